//! First pass over a procedure: names, kinds and the order of questions.

use super::computed::State;
use super::expressions::{Context, Lower, nfc};
use super::kinds::KindLine;
use super::scope::{Entry, From, Slot};
use super::thing::Thing;
use super::types::Type;
use super::world::node_id;
use crate::diagnostic::Problem;
use crate::kind::Kind;
use crate::model::{Repeat, Step, Subject};
use crate::syntax::keyword::{Fixed, Heading, Key};
use crate::syntax::{KeyLine, Node};

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
    Paragraph {
        node: &'t Node,
        id: String,
        thing: &'t Thing,
        order: usize,
        scope: usize,
        /// Only a second person reads it.
        second: bool,
    },
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
    /// It may be absent where it is asked.
    pub optional: bool,
    /// "freiwillig"
    pub freely: bool,
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
pub(super) struct Level {
    pub scope: usize,
    /// The name that an author writes before it.
    pub prefix: String,
    pub steps: Vec<Step>,
    pub section: usize,
    pub subject: Subject,
    /// Its questions are answered by a second person.
    pub second: bool,
    /// It lies in a building block that a second person answers.
    pub inside_second: bool,
    pub blocks: Vec<String>,
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
        self.found_place(thing, node, 0);
        let subject = if repeat.is_some() { Subject::Other } else { Subject::Applicant };
        let mut level = Level {
            scope: 0,
            prefix: String::new(),
            steps: Vec::new(),
            section: index,
            subject,
            second: repeat.is_none() && node.key(Key::AnsweredBy).is_some(),
            inside_second: false,
            blocks: Vec::new(),
        };
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
                from: From::default(),
            });
            slot = Some(number);
            self.name(0, node, Entry::Repeat(number, scope), &context);
        }
        let items = self.declare_items(node, thing, &id, &level);
        if let Some(slot) = slot {
            self.names.borrow_mut().slots[slot].last = self.orders.get().max(order + 1) - 1;
        }
        let topic = thing.node.heading == Heading::Topic;
        // A question that could not be read was reported, and is there.
        let asks = node.children.iter().any(|child| child.heading == Heading::Question);
        if !asks && !topic {
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
                Heading::Paragraph => {
                    self.found_place(thing, child, level.scope);
                    Some(Declared::Paragraph {
                        node: child,
                        id: node_id(id, child),
                        thing,
                        order: self.orders.get(),
                        scope: level.scope,
                        second: level.second || level.inside_second,
                    })
                }
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
            self.world.say(super::names::missing_name(node, &heading(), &thing.file));
            return None;
        }
        if node.title.is_none() {
            let what = format!("{} {}", heading(), node.name_text());
            self.say(Problem::MissingText { what }, &context, node.span);
        }
        let order = self.orders.get();
        self.found_place(thing, node, level.scope);
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
        let second = level.second || node.key(Key::AnsweredBy).is_some();
        let subject = match node.key(Key::About) {
            Some(line) if Fixed::find(&line.value).is_some_and(|found| found.word == Fixed::AnotherPerson) => {
                Subject::Other
            }
            // Of the person that another question asks for.
            Some(line) => self.subject_of(line, &context),
            None if second => Subject::Other,
            None => level.subject.clone(),
        };
        self.subjects.borrow_mut().insert(key.clone(), subject.clone());
        let repeat = node.key(Key::Repeats).and_then(|line| {
            if kind.block.is_none() {
                self.say(Problem::NotRepeatable, &context, line.key_span);
                return None;
            }
            self.repeat(line, thing, id, &context)
        });
        let optional = kind.optional || kind.may_follow.is_some() || second;
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
            from: From {
                email: matches!(kind.kind, Some(Kind::Email)),
                about_another: subject == Subject::Other,
                second: second || level.inside_second,
            },
        };
        let name = slot.name.clone();
        let slot = self.new_slot(slot);
        let KindLine { kind, block, may_follow, optional: freely } = kind;
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
                freely,
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
            second: false,
            inside_second: second || level.inside_second,
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
            freely,
            may_follow,
            subject,
            repeat,
            inside: Some(Inside { scope, items, block }),
        })
    }

    /// Whom an answer is about that is about the person of another question.
    fn subject_of(&self, line: &KeyLine, context: &Context<'_>) -> Subject {
        let name = line.value.trim();
        let subjects = self.subjects.borrow();
        if let Some(subject) = subjects.get(&super::names::json_key(name)) {
            return subject.clone();
        }
        if !name.is_empty() {
            let suggestion = crate::diagnostic::closest(name, subjects.keys().map(String::as_str));
            self.say_with(Problem::AboutUnknown { name: name.to_owned() }, suggestion, context, line.value_span);
        }
        Subject::Applicant
    }

    /// The questions, constants and computed values of a building block.
    pub(super) fn declare_inside(
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
                    second: level.inside_second,
                }),
                _ => {}
            }
        }
        items
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
            from: From { second: level.second || level.inside_second, ..From::default() },
        });
        self.name(level.scope, node, Entry::Answer(slot), context);
    }
}

/// A name with folders as a key; without a folder it is in `folder`.
pub(crate) fn full_path(path: &str, folder: &str) -> String {
    let key = super::names::path_key(path);
    if path.contains('/') || folder.is_empty() { key } else { format!("{}/{key}", super::names::path_key(folder)) }
}
