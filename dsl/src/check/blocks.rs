//! Building blocks in use: which one is meant, what is left out, checked by themselves.

use super::declare::{Declared, Level};
use super::expressions::{Context, Lower, nfc};
use super::record::Target;
use super::scope::Entry;
use super::thing::Thing;
use super::world::World;
use crate::diagnostic::{Diagnostic, Problem};
use crate::model::Subject;
use crate::syntax::keyword::{Heading, Key, KindWord};
use crate::syntax::{KeyLine, Node, Span, split_items};

/// With more questions, those in building blocks included, a file is refused: blocks that use
/// blocks can make very many.
const MOST_QUESTIONS: usize = 2_000;

impl<'t> Lower<'t> {
    /// Checks a building block by itself, whether it is used or not.
    pub(super) fn block(world: &'t World<'t>, thing: &'t Thing) {
        if world.overgrown.get() {
            return;
        }
        let lower = Self::new(world, thing);
        let context = Context::top(&thing.file, thing.language);
        lower.uses_exist(&context);
        let level = Level {
            scope: 0,
            prefix: String::new(),
            steps: Vec::new(),
            section: 0,
            subject: Subject::Applicant,
            second: false,
            inside_second: false,
            blocks: vec![thing.key.clone()],
        };
        let declared = lower.declare_inside(thing, &level, &[], None);
        let mut items = lower.items(&declared, &[], &[]);
        lower.lower_all_computed();
        lower.block_rules(thing, 0, &mut items, &[]);
        lower.found_all();
        if !declared.iter().any(|item| matches!(item, Declared::Question(_))) && world.errors_in(&thing.file) == 0 {
            lower.say(Problem::SectionEmpty { name: thing.node.name_text().to_owned() }, &context, thing.node.span);
        }
        if lower.used_files().iter().all(|file| world.errors_in(file) == 0) {
            super::reach::check_block(world, thing, items, lower.lists.take());
        }
    }

    /// The building block behind a name; `None` after a message, or where blocks use each other
    /// in a circle, which is reported once, at the block that comes first in the alphabet.
    pub(super) fn block_of(
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
        if self.names.borrow().slots.len() > MOST_QUESTIONS {
            // Said once, at the head: the questions come from all the blocks together.
            let file = &self.thing.file;
            self.world.overgrown.set(true);
            let problem = Problem::TooManyQuestions { most: MOST_QUESTIONS.to_string() };
            self.world.say(Diagnostic::new(problem, file, self.thing.node.span));
            return None;
        }
        let block = self.world.block(&path);
        if block.is_none() && self.world.list_file(&path).is_some() {
            let word = KindWord::List.spelling(context.language);
            let problem = Problem::ListWithoutWord { name: name.to_owned(), word: format!("{word} {name}") };
            self.say(problem, context, span);
        }
        // A file that is missing was reported at `verwendet:`.
        block.map(|block| (path, block))
    }

    /// `ohne: a, b`: questions of the block that this use leaves out.
    pub(super) fn left_out(&self, node: &Node, block: &Thing, scope: usize, context: &Context<'_>) -> Vec<String> {
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
                let meant =
                    block.node.children.iter().find(|c| c.heading == Heading::Question && c.name_text() == name);
                if let Some(meant) = meant {
                    self.world.found(context.file, span, || Target::At(block.file.clone(), meant.name_span()));
                }
                let mut names = self.names.borrow_mut();
                names.left_out.push((context.file.to_owned(), span));
                let entry = Entry::LeftOut(names.left_out.len() - 1);
                names.scopes[scope].names.insert(nfc(&name), (entry, context.file.to_owned(), span));
                super::names::json_key(&name)
            })
            .collect()
    }

    /// The folder and name behind a name that `verwendet:` lists.
    pub(super) fn used(&self, name: &str, thing: &Thing, span: Span, context: &Context<'_>) -> Option<String> {
        let wanted = super::names::json_key(name);
        let line = thing.node.key(Key::Uses);
        // A second such line was reported; what it names is there.
        let lines = thing.node.all(Key::Uses).map(|line| split_items(&line.value, line.value_span.start));
        for (item, place) in lines.flatten() {
            let renamed = item.split_once(" als ").or_else(|| item.split_once(" as "));
            let (path, short) = match renamed {
                Some((path, short)) => (path.trim().to_owned(), short.trim().to_owned()),
                None => (item.clone(), item.rsplit('/').next().unwrap_or(&item).to_owned()),
            };
            if super::names::json_key(&short) == wanted {
                let full = thing.path_of(&path, |path| self.world.used_exists(path));
                let used = Span::new(span.end - name.len().min(span.end), span.end);
                if renamed.is_some() {
                    let own = Span::new(place.end - short.len(), place.end);
                    self.world.found(context.file, used, || Target::At(thing.file.clone(), own));
                } else {
                    let meant = self.world.used(&full);
                    self.world.found_thing(context.file, used, meant);
                }
                return Some(full);
            }
        }
        let own = thing.path_of(name, |path| self.world.used_exists(path));
        let paths: Vec<&str> = self.world.used_names().collect();
        let last = |path: &'_ str| path.rsplit('/').next().unwrap_or(path).to_owned();
        let same: Vec<&str> = paths.iter().filter(|path| last(path) == wanted).copied().collect();
        if let Some(first) = same.iter().find(|path| **path == own).or(same.first()) {
            // One that is misspelt there was reported there.
            if self.listed_wrongly(line, first, thing) {
                return None;
            }
            let path = self.world.spelled_path(first);
            let problem = Problem::NotUsed { name: name.to_owned(), whole: path.clone() };
            let mut message = Diagnostic::new(problem, context.file, span);
            if let (Some(line), 1) = (line.filter(|line| !line.value.is_empty()), same.len()) {
                let end = Span::new(line.value_span.end, line.value_span.end);
                message.fix = Some((end, format!(", {path}")));
            } else if line.is_none() && same.len() == 1 {
                let end = Span::new(thing.node.span.end, thing.node.span.end);
                let word = Key::Uses.spelling(context.language);
                message.fix = Some((end, format!("\n  {word}: {path}")));
            }
            self.world.say(message);
        } else {
            let known: Vec<String> = paths.iter().map(|path| self.world.spelled(&last(path))).collect();
            let suggestion = super::kinds::meant(name, context.language)
                .map(str::to_owned)
                .or_else(|| crate::diagnostic::closest(name, known.iter().map(String::as_str)));
            self.say_with(Problem::UnknownKind { name: name.to_owned() }, suggestion, context, span);
        }
        None
    }

    /// Whether `verwendet:` names a file that does not exist and that may be meant for `path`.
    fn listed_wrongly(&self, line: Option<&KeyLine>, path: &str, thing: &Thing) -> bool {
        let items = line.map(|line| split_items(&line.value, line.value_span.start)).unwrap_or_default();
        items.iter().any(|(item, _)| {
            let full = thing.path_of(item, |path| self.world.used_exists(path));
            self.world.used(&full).is_none() && crate::diagnostic::closest(&full, [path]).is_some()
        })
    }
}
