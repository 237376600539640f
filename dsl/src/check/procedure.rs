//! A procedure: header, sections, rules, fees, responsibility, end pages.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::sync::Arc;

use super::computed::State;
use super::expressions::{Context, Lower};
use super::refs::{self, Used};
use super::scope::{Entry, Names, Scope};
use super::thing::Thing;
use super::types::Type;
use super::world::{World, node_id};
use crate::diagnostic::{Diagnostic, Problem};
use crate::model::{Calc, Computed, Condition, Constant, Procedure, ProcedureKind};
use crate::syntax::keyword::{Fixed, Heading, Key};
use crate::syntax::{Node, Span, split_items};

impl<'t> Lower<'t> {
    /// Compiles a procedure; `None` when it has errors of its own.
    pub(super) fn procedure(world: &'t World<'t>, thing: &'t Thing) -> Option<Procedure> {
        let lower = Self::new(world, thing);
        let procedure = lower.whole();
        lower.found_all();
        let adoption_is_clean = thing.origin.as_ref().is_none_or(|origin| world.errors_in(&origin.adopted_in) == 0);
        let clean = world.errors_in(&thing.file) == 0
            && adoption_is_clean
            && lower.used_files().iter().all(|file| world.errors_in(file) == 0);
        let procedure = procedure.filter(|_| clean)?;
        lower.wanted_for_publishing(procedure.kind, &Context::top(&thing.file, thing.language));
        Some(procedure)
    }

    /// Nothing is declared yet.
    pub(super) fn new(world: &'t World<'t>, thing: &'t Thing) -> Self {
        Self {
            world,
            thing,
            names: RefCell::new(Names { scopes: vec![Scope::default()], ..Names::default() }),
            constants: RefCell::default(),
            computed: RefCell::default(),
            depth: Cell::new(0),
            finished: RefCell::default(),
            by_name: RefCell::default(),
            lists: RefCell::default(),
            places: RefCell::default(),
            orders: Cell::new(0),
            stops: RefCell::default(),
            subjects: RefCell::default(),
        }
    }

    /// The files of the blocks and lists in use.
    pub(super) fn used_files(&self) -> Vec<String> {
        let mut files = Vec::new();
        let mut open: Vec<&Thing> = vec![self.thing];
        while let Some(thing) = open.pop() {
            let line = thing.node.key(Key::Uses);
            for (item, _) in line.map(|line| split_items(&line.value, 0)).unwrap_or_default() {
                let path = thing
                    .path_of(item.split(" als ").next().unwrap_or(&item).trim(), |path| self.world.used_exists(path));
                let found = self.world.used(&path);
                if let Some(found) = found
                    && !files.contains(&found.file)
                {
                    files.push(found.file.clone());
                    open.push(found);
                }
            }
        }
        files
    }

    pub(super) fn children(&self, heading: Heading) -> impl Iterator<Item = &'t Node> {
        self.thing.node.children.iter().filter(move |node| node.heading == heading)
    }

    fn whole(&self) -> Option<Procedure> {
        let thing = self.thing;
        let context = Context::top(&thing.file, thing.language);
        self.uses_exist(&context);
        self.address(&thing.node, &context);
        for node in self.children(Heading::Value) {
            self.constant(node, 0, thing);
        }
        let declared = self.declare(thing);
        for node in self.children(Heading::Computed) {
            let index = self.add_computed(State::new(node, thing, 0));
            self.name(0, node, Entry::Computed(index), &context);
        }
        for node in self.children(Heading::Fee).chain(self.children(Heading::Rule)) {
            self.name(0, node, Entry::Taken, &context);
        }
        let mut sections = self.sections(&declared, thing);
        if thing.origin.is_some() {
            sections.iter_mut().for_each(super::adopt::without_dropped_options);
        }
        self.section_names(&context);
        let end_pages = self.end_pages(&context);
        self.lower_all_computed();
        let rules = self
            .children(Heading::Rule)
            .filter_map(|node| self.rule(node, thing, &node_id("", node), &context))
            .map(Arc::new)
            .collect();
        let fees = self.children(Heading::Fee).filter_map(|node| self.fee(node, &context)).map(Arc::new).collect();
        let kind = match thing.node.heading {
            Heading::Report => ProcedureKind::Report,
            Heading::Topic => ProcedureKind::Topic,
            _ => ProcedureKind::Application,
        };
        let responsibility = self.responsibility(kind, &end_pages, &context);
        let (version, valid_from, valid_until) = self.version(&context)?;
        let open = self.window(kind, (valid_from, valid_until), &context);
        Some(Procedure {
            format: 1,
            path: thing.key.clone(),
            kind,
            version,
            valid_from,
            valid_until,
            language: thing.texts,
            title: self.title(&thing.node, thing, "", &context),
            service: thing.node.key(Key::Service).map(|line| line.value.trim().to_owned()),
            category: thing.node.key(Key::Category).map(|line| super::names::json_key(line.value.trim())),
            access: self.access(&context),
            open,
            introduction: self.rich(Key::Text),
            legal_basis: self.rich(Key::LegalBasis),
            deadline: match thing.node.key(Key::Deadline) {
                Some(line) if Fixed::find(&line.value).is_some_and(|found| found.word == Fixed::None) => None,
                Some(line) if self.is_no_sentence(line, &context) => None,
                Some(_) => self.rich(Key::Deadline),
                None => None,
            },
            retention: self.retention(&context),
            what_happens_next: self.rich(Key::WhatNext),
            search_words: self.search_words(&context),
            sections: sections.into_iter().map(Arc::new).collect(),
            constants: self.model_constants(),
            computed: self.model_computed(),
            rules,
            fees,
            end_pages: end_pages.into_iter().map(Arc::new).collect(),
            responsibility: responsibility.map(Arc::new),
            lists: self.lists.borrow().clone(),
            transitions: Vec::new(),
            examples: Vec::new(),
        })
    }

    pub(super) fn uses_exist(&self, context: &Context<'_>) {
        let Some(line) = self.thing.node.key(Key::Uses) else {
            return;
        };
        for (item, span) in split_items(&line.value, line.value_span.start) {
            let path =
                item.split(" als ").next().unwrap_or(&item).split(" as ").next().unwrap_or(&item).trim().to_owned();
            let full = self.thing.path_of(&path, |path| self.world.used_exists(path));
            let thing = self.world.used(&full);
            let last = path.rsplit('/').next().unwrap_or(&path).len();
            let end = span.start + path.len();
            self.world.found_thing(context.file, Span::new(end - last.min(end), end), thing);
            if thing.is_none() && self.world.is_something_else(&full) {
                let fix = without(&line.value, line.value_span, span);
                let problem = Problem::NotABlock { name: path };
                self.world.say(Diagnostic { fix, ..Diagnostic::new(problem, context.file, span) });
            } else if thing.is_none() {
                let known = self.world.used_names();
                let known: Vec<&str> = known.collect();
                // A name without its folder: `person` for `land/person`.
                let last = super::names::path_key(&path);
                let mut same = known.iter().filter(|known| known.rsplit('/').next() == Some(last.as_str()));
                let same = same.next().filter(|_| same.next().is_none()).map(|known| (*known).to_owned());
                let suggestion = same.or_else(|| crate::diagnostic::closest(&full, known));
                self.say_with(
                    Problem::FileNotFound { name: path, file: format!("{full}.amt") },
                    suggestion,
                    context,
                    span,
                );
            }
        }
    }

    /// Sections that are not repeated are addresses: their names must differ, too.
    fn section_names(&self, context: &Context<'_>) {
        let mut seen: BTreeMap<String, Span> = BTreeMap::new();
        for node in self.children(Heading::Section) {
            let key = super::names::json_key(node.name_text());
            if let Some(first) = seen.insert(key, node.name_span()) {
                let problem = Problem::NameTwice { name: node.name_text().to_owned() };
                let mut message = Diagnostic::new(problem, context.file, node.name_span());
                message.related.push((context.file.to_owned(), first));
                self.world.say(message);
            }
        }
    }

    fn rich(&self, key: Key) -> Option<crate::model::RichText> {
        let context = Context::top(&self.thing.file, self.thing.language);
        self.rich_at(self.thing, "", &self.thing.node, key, &context)
    }

    fn model_constants(&self) -> Vec<Constant> {
        let names = self.names.borrow();
        let constants = self.constants.borrow();
        names.scopes[0]
            .names
            .iter()
            .filter_map(|(name, (entry, ..))| match entry {
                Entry::Constant(index) => constants.get(*index).map(|(value, kind)| Constant {
                    name: name.clone(),
                    value: value.clone(),
                    unit: match kind {
                        Type::Number(number) if !number.unit.is_none() => Some(number.unit.text()),
                        _ => None,
                    },
                }),
                _ => None,
            })
            .chain(self.thing.area.iter().map(|area| Constant {
                name: Key::Area.spelling(crate::model::Language::German).to_owned(),
                value: Calc::Key(area.name.clone()),
                unit: None,
            }))
            .collect()
    }

    /// Computed values, each after those that it uses.
    fn model_computed(&self) -> Vec<Arc<Computed>> {
        self.finished.borrow().iter().map(|done| Arc::new(done.computed.clone())).collect()
    }

    /// The position of the last question that a computed value uses.
    pub(super) fn last_order(&self, computed: &Computed) -> Option<usize> {
        let mut order = None;
        refs::computed(computed, &mut |used| order = order.max(self.order_of(&used)));
        order
    }

    pub(super) fn order_of(&self, used: &Used<'_>) -> Option<usize> {
        match used {
            Used::Answer(reference) => self.names.borrow().slot_at(reference).map(|slot| slot.last),
            Used::Computed(name) => self.done(name).and_then(|done| done.order),
        }
    }

    /// The section of the last question that a condition uses.
    pub(super) fn last_section(&self, condition: &Condition) -> usize {
        let mut last = 0;
        refs::condition(condition, &mut |used| {
            let order = self.order_of(&used);
            let names = self.names.borrow();
            let section = match used {
                Used::Answer(reference) => names.slot_at(reference).map(|slot| slot.section),
                Used::Computed(_) => {
                    names.slots.iter().filter(|slot| Some(slot.order) <= order).map(|slot| slot.section).max()
                }
            };
            last = last.max(section.unwrap_or(0));
        });
        last
    }
}

/// What takes one of several names out of a line.
fn without(value: &str, place: Span, item: Span) -> Option<(Span, String)> {
    let (before, after) = (value.get(..item.start - place.start)?, value.get(item.end - place.start..)?);
    if before.trim().is_empty() {
        let next = after.strip_prefix(',')?;
        let blank = next.len() - next.trim_start().len();
        return Some((Span::new(item.start, item.end + 1 + blank), String::new()));
    }
    Some((Span::new(place.start + before.trim_end().trim_end_matches(',').len(), item.end), String::new()))
}
