//! First pass over a procedure: names, kinds and the order of questions.

use super::computed::State;
use super::expressions::{Context, Lower, nfc};
use super::kinds::KindLine;
use super::scope::{Entry, Scope, Slot};
use super::types::Type;
use super::world::{Thing, World, node_id, place, quoted_part};
use crate::diagnostic::{Diagnostic, Problem};
use crate::kind::Kind;
use crate::model::{Repeat, Step, Subject};
use crate::syntax::keyword::{Fixed, Heading, Key, KindWord};
use crate::syntax::{KeyLine, Node, Span, split_items};

/// A section after the first pass.
pub(super) struct DeclaredSection<'t> {
    pub node: &'t Node,
    pub id: String,
    pub repeat: Option<Repeat>,
    /// The slot of a repeated section.
    pub slot: Option<usize>,
    pub items: Vec<Declared<'t>>,
    /// The position of its first question.
    pub order: usize,
}

/// A question or paragraph after the first pass.
pub(super) enum Declared<'t> {
    Question(Box<DeclaredQuestion<'t>>),
    Paragraph { node: &'t Node, id: String, thing: &'t Thing, order: usize, scope: usize },
}

/// A question after the first pass.
pub(super) struct DeclaredQuestion<'t> {
    pub node: &'t Node,
    pub thing: &'t Thing,
    pub id: String,
    pub key: String,
    pub slot: usize,
    /// The scope in which its conditions are looked up.
    pub scope: usize,
    pub order: usize,
    pub kind: Kind,
    pub optional: bool,
    pub may_follow: Option<crate::model::Calc>,
    pub subject: Subject,
    pub repeat: Option<Repeat>,
    /// Of a building block: what is in it.
    pub inside: Option<Inside<'t>>,
}

/// A building block in use.
pub(super) struct Inside<'t> {
    /// The scope of its questions.
    pub scope: usize,
    /// Its questions and paragraphs.
    pub items: Vec<Declared<'t>>,
    /// Its file.
    pub block: &'t Thing,
}

/// Where questions are declared.
#[derive(Clone)]
struct Level {
    scope: usize,
    /// The name that an author writes before it.
    prefix: String,
    steps: Vec<Step>,
    section: usize,
    subject: Subject,
    blocks: Vec<String>,
}

impl<'t> Lower<'t> {
    /// Declares all sections.
    pub(super) fn declare(&self, thing: &'t Thing) -> Vec<DeclaredSection<'t>> {
        let sections = thing.node.children.iter().filter(|node| node.heading == Heading::Section);
        sections.enumerate().map(|(index, node)| self.declare_section(index, node, thing)).collect()
    }

    fn declare_section(&self, index: usize, node: &'t Node, thing: &'t Thing) -> DeclaredSection<'t> {
        let context = Context::top(&thing.file, thing.language);
        let id = node_id("", node);
        let repeat = node.key(Key::Repeats).and_then(|line| self.repeat(line, thing, &id, &context));
        let order = self.orders.get();
        let subject = if repeat.is_some() { Subject::Other } else { Subject::Applicant };
        let mut level =
            Level { scope: 0, prefix: String::new(), steps: Vec::new(), section: index, subject, blocks: Vec::new() };
        let key = super::names::json_key(node.name_text());
        let mut slot = None;
        if let Some(repeat) = &repeat {
            let scope = self.new_scope(0);
            level.steps = vec![Step::Key(key.clone()), Step::Entry];
            level.scope = scope;
            level.prefix = format!("{}.", node.name_text());
            let number = self.new_slot(Slot {
                name: node.name_text().to_owned(),
                steps: vec![Step::Key(key.clone())],
                kind: Type::Other,
                optional: false,
                conditions: Vec::new(),
                order,
                last: order,
                section: index,
                repeat: Some((repeat.min, repeat.max)),
            });
            slot = Some(number);
            self.name(0, node, Entry::Repeat(number, scope), &context);
        }
        let items = self.declare_items(node, thing, &id, &level);
        if let Some(slot) = slot {
            self.names.borrow_mut().slots[slot].last = self.orders.get().max(order + 1) - 1;
        }
        let topic = thing.node.heading == Heading::Topic;
        if !items.iter().any(|item| matches!(item, Declared::Question(_))) && !topic {
            self.say(Problem::SectionEmpty { name: node.name_text().to_owned() }, &context, node.span);
        }
        DeclaredSection { node, id, repeat, slot, items, order }
    }

    fn declare_items(&self, node: &'t Node, thing: &'t Thing, id: &str, level: &Level) -> Vec<Declared<'t>> {
        node.children
            .iter()
            .filter_map(|child| match child.heading {
                Heading::Question => self
                    .declare_question(child, thing, &node_id(id, child), level)
                    .map(|q| Declared::Question(Box::new(q))),
                Heading::Paragraph => Some(Declared::Paragraph {
                    node: child,
                    id: node_id(id, child),
                    thing,
                    order: self.orders.get(),
                    scope: level.scope,
                }),
                _ => None,
            })
            .collect()
    }

    fn declare_question(
        &self,
        node: &'t Node,
        thing: &'t Thing,
        id: &str,
        level: &Level,
    ) -> Option<DeclaredQuestion<'t>> {
        let mut context = Context { scope: level.scope, ..Context::top(&thing.file, thing.language) };
        let heading = || Heading::Question.spelling(thing.language).to_owned();
        if node.name.is_none() {
            self.say(Problem::MissingName { what: heading() }, &context, node.span);
            return None;
        }
        if node.title.is_none() {
            let what = format!("{} {}", heading(), node.name_text());
            self.say(Problem::MissingText { what }, &context, node.span);
        }
        let order = self.orders.get();
        self.orders.set(order + 1);
        context.before = Some(order);
        let key = super::names::json_key(node.name_text());
        let Some(line) = node.key(Key::Kind) else {
            let word = Key::Kind.spelling(thing.language).to_owned();
            let heading = format!("{} {}", heading(), node.name_text());
            self.say(Problem::MissingKey { word, heading }, &context, node.span);
            self.unknown_question(node, level, &context, order);
            return None;
        };
        let Some(kind) = self.kind_line(line, node, thing, id, &context) else {
            self.unknown_question(node, level, &context, order);
            return None;
        };
        let subject = match node.key(Key::About) {
            Some(line) if Fixed::find(&line.value).is_some_and(|found| found.word == Fixed::AnotherPerson) => {
                Subject::Other
            }
            Some(_) => Subject::Applicant,
            None => level.subject.clone(),
        };
        let repeat = node.key(Key::Repeats).and_then(|line| {
            if kind.block.is_none() {
                self.say(Problem::NotRepeatable, &context, line.key_span);
                return None;
            }
            self.repeat(line, thing, id, &context)
        });
        let optional = kind.optional || kind.may_follow.is_some();
        let mut steps = level.steps.clone();
        steps.push(Step::Key(key.clone()));
        let slot = Slot {
            name: format!("{}{}", level.prefix, nfc(node.name_text())),
            steps: steps.clone(),
            kind: kind.kind.as_ref().map_or(Type::Other, Type::of),
            optional,
            conditions: Vec::new(),
            order,
            last: order,
            section: level.section,
            repeat: repeat.as_ref().map(|repeat| (repeat.min, repeat.max)),
        };
        let name = slot.name.clone();
        let slot = self.new_slot(slot);
        let KindLine { kind, block, may_follow, .. } = kind;
        let Some((block_name, span)) = block else {
            self.name(level.scope, node, Entry::Answer(slot), &context);
            return Some(DeclaredQuestion {
                node,
                thing,
                id: id.to_owned(),
                key,
                slot,
                scope: level.scope,
                order,
                kind: kind?,
                optional,
                may_follow,
                subject,
                repeat,
                inside: None,
            });
        };
        let block = self.block_of(&block_name, thing, span, level, &context);
        let Some((path, block)) = block else {
            // The name stands for something unknown, so that nothing else is reported for it.
            self.names.borrow_mut().slots[slot].kind = Type::Unknown;
            self.name(level.scope, node, Entry::Answer(slot), &context);
            return None;
        };
        let scope = self.new_scope(level.scope);
        let entry = if repeat.is_some() { Entry::Repeat(slot, scope) } else { Entry::Block(slot, scope) };
        self.name(level.scope, node, entry, &context);
        if repeat.is_some() {
            steps.push(Step::Entry);
        }
        let inner = Level {
            scope,
            prefix: format!("{name}."),
            steps,
            section: level.section,
            subject: subject.clone(),
            blocks: [level.blocks.as_slice(), &[path]].concat(),
        };
        let left_out = self.left_out(node, block, scope, &context);
        let items = self.declare_inside(block, &inner, &left_out, Some(order));
        self.names.borrow_mut().slots[slot].last = self.orders.get().max(order + 1) - 1;
        Some(DeclaredQuestion {
            node,
            thing,
            id: id.to_owned(),
            key,
            slot,
            scope: level.scope,
            order,
            kind: Kind::Block { name: super::names::json_key(&block_name), items: Vec::new() },
            optional,
            may_follow,
            subject,
            repeat,
            inside: Some(Inside { scope, items, block }),
        })
    }

    /// The questions, constants and computed values of a building block.
    fn declare_inside(
        &self,
        block: &'t Thing,
        level: &Level,
        left_out: &[String],
        order: Option<usize>,
    ) -> Vec<Declared<'t>> {
        let children = || {
            block.node.children.iter().filter(|child| !left_out.contains(&super::names::json_key(child.name_text())))
        };
        let context = Context::top(&block.file, block.language);
        for child in children() {
            match child.heading {
                Heading::Value => self.constant(child, level.scope, block),
                Heading::Computed => {
                    let mut state = State::new(child, block, level.scope);
                    state.block = Some(order.unwrap_or(0));
                    let index = self.add_computed(state);
                    self.name(level.scope, child, Entry::Local(index), &context);
                }
                Heading::Rule if child.name.is_some() => self.name(level.scope, child, Entry::Taken, &context),
                _ => {}
            }
        }
        let mut items = Vec::new();
        for child in children() {
            match child.heading {
                Heading::Question => items.extend(
                    self.declare_question(child, block, &node_id("", child), level)
                        .map(|question| Declared::Question(Box::new(question))),
                ),
                Heading::Paragraph => items.push(Declared::Paragraph {
                    node: child,
                    id: node_id("", child),
                    thing: block,
                    order: self.orders.get(),
                    scope: level.scope,
                }),
                _ => {}
            }
        }
        items
    }

    /// Checks a building block by itself, whether it is used or not.
    pub(super) fn block(world: &'t World<'t>, thing: &'t Thing) {
        let lower = Self::new(world, thing);
        let context = Context::top(&thing.file, thing.language);
        lower.uses_exist(&context);
        let level = Level {
            scope: 0,
            prefix: String::new(),
            steps: Vec::new(),
            section: 0,
            subject: Subject::Applicant,
            blocks: vec![thing.key.clone()],
        };
        let declared = lower.declare_inside(thing, &level, &[], None);
        let mut items = lower.items(&declared, &[], &[]);
        lower.lower_all_computed();
        lower.block_rules(thing, 0, &mut items, &[]);
        if !declared.iter().any(|item| matches!(item, Declared::Question(_))) && world.errors_in(&thing.file) == 0 {
            lower.say(Problem::SectionEmpty { name: thing.node.name_text().to_owned() }, &context, thing.node.span);
        }
    }

    /// The building block behind a name; `None` after a message, or where blocks use each other
    /// in a circle, which is reported once, at the block that comes first in the alphabet.
    fn block_of(
        &self,
        name: &str,
        thing: &Thing,
        span: Span,
        level: &Level,
        context: &Context<'_>,
    ) -> Option<(String, &'t Thing)> {
        let path = self.used(name, thing, span, context)?;
        if let Some(at) = level.blocks.iter().position(|block| *block == path) {
            let circle = &level.blocks[at..];
            if circle.iter().min() == Some(&path) {
                let names: Vec<String> =
                    circle.iter().chain([&path]).map(|path| self.world.spelled_path(path)).collect();
                self.say(Problem::BlockCycle { names: names.join(", ") }, context, span);
            }
            return None;
        }
        let block = self.world.blocks.get(&path);
        if block.is_none() && self.world.list_files.contains_key(&path) {
            let word = KindWord::List.spelling(context.language);
            let problem = Problem::ListWithoutWord { name: name.to_owned(), word: format!("{word} {name}") };
            self.say(problem, context, span);
        }
        // A file that is missing was reported at `verwendet:`.
        block.map(|block| (path, block))
    }

    /// A question whose kind could not be read still has its name, so that nothing else is reported.
    fn unknown_question(&self, node: &Node, level: &Level, context: &Context<'_>, order: usize) {
        let mut steps = level.steps.clone();
        steps.push(Step::Key(super::names::json_key(node.name_text())));
        let slot = self.new_slot(Slot {
            name: format!("{}{}", level.prefix, node.name_text()),
            steps,
            kind: Type::Unknown,
            optional: false,
            conditions: Vec::new(),
            order,
            last: order,
            section: level.section,
            repeat: None,
        });
        self.name(level.scope, node, Entry::Answer(slot), context);
    }

    /// `ohne: a, b`: questions of the block that this use leaves out.
    fn left_out(&self, node: &Node, block: &Thing, scope: usize, context: &Context<'_>) -> Vec<String> {
        let Some(line) = node.key(Key::Without) else {
            return Vec::new();
        };
        let known: Vec<String> = block
            .node
            .children
            .iter()
            .filter(|c| c.heading == Heading::Question)
            .map(|c| c.name_text().to_owned())
            .collect();
        split_items(&line.value, line.value_span.start)
            .into_iter()
            .map(|(name, span)| {
                if !known.contains(&name) {
                    let suggestion = crate::diagnostic::closest(&name, known.iter().map(String::as_str));
                    self.say_with(Problem::UnknownName { name: name.clone() }, suggestion, context, span);
                }
                let mut names = self.names.borrow_mut();
                names.left_out.push((context.file.to_owned(), span));
                let entry = Entry::LeftOut(names.left_out.len() - 1);
                names.scopes[scope].names.insert(nfc(&name), (entry, context.file.to_owned(), span));
                super::names::json_key(&name)
            })
            .collect()
    }

    /// `1 bis 5 mal, je "Hund"`
    fn repeat(&self, line: &KeyLine, thing: &Thing, id: &str, context: &Context<'_>) -> Option<Repeat> {
        let read = || -> Option<Repeat> {
            let (count, _) = line.value.split_once(',').unwrap_or((line.value.as_str(), ""));
            let words: Vec<&str> = count.split_whitespace().collect();
            let numbers: Vec<u32> = words.iter().filter_map(|word| word.parse().ok()).collect();
            let times = words.last().and_then(|word| Fixed::find(word)).is_some_and(|found| found.word == Fixed::Times);
            let (min, max) = match numbers.as_slice() {
                [min, max] => (*min, *max),
                [both] if words.len() == 2 => (*both, *both),
                _ => return None,
            };
            let each = quoted_part(&line.value)?;
            let each = self.world.text(thing, &place(id, "wiederholt"), &each);
            (times && min <= max && max > 0 && max <= 1_000).then_some(Repeat { min, max, each })
        };
        let found = read();
        if found.is_none() {
            self.say(Problem::RepeatForm, context, line.value_span);
        }
        found
    }

    pub(super) fn new_scope(&self, parent: usize) -> usize {
        let mut names = self.names.borrow_mut();
        names.scopes.push(Scope { parent: Some(parent), ..Scope::default() });
        names.scopes.len() - 1
    }

    fn new_slot(&self, slot: Slot) -> usize {
        let mut names = self.names.borrow_mut();
        let index = names.slots.len();
        names.places.entry(slot.steps.clone()).or_insert(index);
        names.slots.push(slot);
        index
    }

    /// Gives a name to something in a scope; reports what is wrong with the name.
    pub(super) fn name(&self, scope: usize, node: &Node, entry: Entry, context: &Context<'_>) {
        let name = nfc(node.name_text());
        let span = node.name_span();
        if let Some(problem) = super::names::check_name(&name) {
            self.say(problem, context, span);
        }
        self.name_is(scope, name, entry, span, context);
    }

    fn name_is(&self, scope: usize, name: String, entry: Entry, span: Span, context: &Context<'_>) {
        let key = super::names::json_key(&name);
        let mut names = self.names.borrow_mut();
        let level = &mut names.scopes[scope];
        if let Some((_, file, first)) = level.names.get(&name) {
            let mut message = Diagnostic::new(Problem::NameTwice { name }, context.file, span);
            message.related.push((file.clone(), *first));
            self.world.say(message);
            return;
        }
        if let Some(other) = level.keys.get(&key) {
            let problem = Problem::KeyCollision { name: name.clone(), other: other.clone() };
            self.say(problem, context, span);
        }
        level.keys.insert(key, name.clone());
        level.names.insert(name, (entry, context.file.to_owned(), span));
    }

    /// `Wert name = …`
    pub(super) fn constant(&self, node: &Node, scope: usize, thing: &Thing) {
        let context = Context { scope, before: Some(0), ..Context::top(&thing.file, thing.language) };
        let Some((text, span)) = &node.definition else {
            let word = node.heading.spelling(thing.language).to_owned();
            self.say(Problem::EmptyValue { word }, &context, node.span);
            return;
        };
        let value = self.read_calc(text, *span, &context);
        let index = {
            let mut constants = self.constants.borrow_mut();
            constants.push(value.unwrap_or((crate::model::Calc::Bool(false), Type::Unknown)));
            constants.len() - 1
        };
        self.name(scope, node, Entry::Constant(index), &context);
    }

    /// The folder and name behind a name that `verwendet:` lists.
    pub(super) fn used(&self, name: &str, thing: &Thing, span: Span, context: &Context<'_>) -> Option<String> {
        let wanted = super::names::json_key(name);
        let line = thing.node.key(Key::Uses);
        for (item, _) in line.map(|line| split_items(&line.value, line.value_span.start)).unwrap_or_default() {
            let (path, short) = match item.split_once(" als ").or_else(|| item.split_once(" as ")) {
                Some((path, short)) => (path.trim().to_owned(), short.trim().to_owned()),
                None => (item.clone(), item.rsplit('/').next().unwrap_or(&item).to_owned()),
            };
            if super::names::json_key(&short) == wanted {
                return Some(full_path(&path, &thing.folder));
            }
        }
        let own = full_path(name, &thing.folder);
        let known: Vec<&str> = self
            .world
            .blocks
            .keys()
            .chain(self.world.list_files.keys())
            .map(|path| path.rsplit('/').next().unwrap_or(path))
            .collect();
        if self.world.blocks.contains_key(&own)
            || self.world.list_files.contains_key(&own)
            || known.contains(&wanted.as_str())
        {
            self.say(Problem::NotUsed { name: name.to_owned() }, context, span);
        } else {
            let suggestion = crate::diagnostic::closest(&wanted, known);
            self.say_with(Problem::UnknownKind { name: name.to_owned() }, suggestion, context, span);
        }
        None
    }
}

/// A name with folders as a key; without a folder it is in `folder`.
pub(super) fn full_path(path: &str, folder: &str) -> String {
    let key = super::names::path_key(path);
    if path.contains('/') || folder.is_empty() { key } else { format!("{}/{key}", super::names::path_key(folder)) }
}
