//! What names were found to mean: kept for editors, so that they and the compiler never disagree.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::adopt::MARK;
use super::expressions::{Lower, nfc};
use super::levels::Levels;
use super::names::json_key;
use super::thing::Thing;
use super::world::{World, last_part};
use crate::kind::Choices;
use crate::model::Language;
use crate::syntax::expression::PathExpr;
use crate::syntax::keyword::{Fixed, Heading, Key};
use crate::syntax::{Node, Span, split_items};

/// What a name stands for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Target {
    /// What this place of a file introduces: the name in a heading, a key of a list.
    At(String, Span),
    /// An option of what this place introduces: of a question, of a computed value with words.
    Option(String, Span, String),
    /// An authority, by folder and name: where it stands does not matter to who names it.
    Authority(String),
    /// A task of authorities ("Aufgabe").
    Task(String),
    /// A tile of portals ("Kachel").
    Tile(String),
}

impl Target {
    /// What a heading with a name introduces.
    pub fn of(thing: &Thing, node: &Node) -> Self {
        match node.heading {
            Heading::Authority => Self::Authority(thing.key.clone()),
            _ => Self::At(thing.file.clone(), node.name_span()),
        }
    }
}

/// What was found out about names in a part of the work.
#[derive(Debug, Clone)]
pub(super) struct FoundNames {
    uses: Vec<((String, Span), Target)>,
    levels: Vec<(String, Arc<Levels>)>,
}

/// Everything that was found out about names.
#[derive(Debug, Default)]
pub(crate) struct Record {
    /// The keyword language of each file that could be read.
    pub languages: BTreeMap<String, Language>,
    /// What the files describe, in their order.
    pub things: Vec<Arc<Thing>>,
    /// The names in use, each once.
    pub uses: RefCell<BTreeMap<(String, Span), Target>>,
    /// The names of each procedure and building block, by file.
    pub levels: RefCell<BTreeMap<String, Arc<Levels>>>,
}

impl Record {
    /// What a file describes.
    pub fn of_file(&self, file: &str) -> &[Arc<Thing>] {
        let start = self.things.partition_point(|thing| thing.file.as_str() < file);
        let behind = self.things.get(start..).unwrap_or_default();
        behind.get(..behind.partition_point(|thing| thing.file == file)).unwrap_or_default()
    }

    /// Adds what was found in a part of the work.
    pub(super) fn add(&mut self, part: &FoundNames) {
        let uses = self.uses.get_mut();
        for (place, target) in &part.uses {
            if !uses.contains_key(place) {
                uses.insert(place.clone(), target.clone());
            }
        }
        self.levels.get_mut().extend(part.levels.iter().map(|(file, known)| (file.clone(), Arc::clone(known))));
    }

    /// What was found, of a part of the work that is done.
    pub(super) fn into_found(self) -> FoundNames {
        FoundNames {
            uses: self.uses.into_inner().into_iter().collect(),
            levels: self.levels.into_inner().into_iter().collect(),
        }
    }

    /// What was found in procedures that are put together from a template and an adoption, at the
    /// places where it stands.
    pub(super) fn settled(self, world: &World<'_>) -> Self {
        let real = |file: &str, span: Span| match world.known.resolved.get(file) {
            Some(patchwork) => patchwork.origin(span).map(|(file, span)| (file.to_owned(), span)),
            None => Some((file.to_owned(), span)),
        };
        let mut uses = BTreeMap::new();
        for ((file, span), target) in self.uses.into_inner() {
            let target = match target {
                Target::At(of, place) => real(&of, place).map(|(of, place)| Target::At(of, place)),
                Target::Option(of, place, key) => real(&of, place).map(|(of, place)| Target::Option(of, place, key)),
                other => Some(other),
            };
            if let (Some(place), Some(target)) = (real(&file, span), target) {
                // What a file says by itself goes before what it says in an adoption.
                let own = !world.known.resolved.contains_key(&file);
                let known = uses.entry(place).or_insert_with(|| target.clone());
                if own {
                    *known = target;
                }
            }
        }
        let mut levels = BTreeMap::new();
        for (file, shared) in self.levels.into_inner() {
            let Some(patchwork) = world.known.resolved.get(&file) else {
                levels.insert(file, shared);
                continue;
            };
            let Some(adoption) = file.strip_suffix(MARK).map(str::to_owned) else { continue };
            let mut known = Levels::clone(&shared);
            known.names.places_at(real);
            known.places = std::mem::take(&mut known.places)
                .into_iter()
                .filter_map(|(start, scope, order)| {
                    let (of, span) = patchwork.origin(Span::new(start, start))?;
                    (of == adoption).then_some((span.start, scope, order))
                })
                .collect();
            levels.insert(adoption, Arc::new(known));
        }
        Self { uses: RefCell::new(uses), levels: RefCell::new(levels), ..self }
    }
}

impl World<'_> {
    /// Remembers what the headings of an adoption change.
    pub(super) fn found_adoption(&self, adoption: &Thing, template: &Thing) {
        let last = |name: &str, span: Span| Span::new(span.end - last_part(name).len().min(span.end), span.end);
        let node = &adoption.node;
        self.found_thing(&adoption.file, last(node.name_text(), node.name_span()), Some(template));
        for child in &node.children {
            let Some(heading) = child.target.filter(|_| child.name.is_some()) else { continue };
            let name = child.name_text();
            let own = name.rsplit('.').next().unwrap_or(name);
            let nodes = template.node.children.iter();
            let mut nodes = nodes.flat_map(|section| std::iter::once(section).chain(&section.children));
            if let Some(meant) =
                nodes.find(|node| node.heading == heading && json_key(node.name_text()) == json_key(own))
            {
                let end = child.name_span().end;
                let used = Span::new(end - own.len().min(end), end);
                self.found(&adoption.file, used, || Target::At(template.file.clone(), meant.name_span()));
                self.found_in_change(adoption, child, template, meant);
            }
        }
    }

    /// Remembers the options that `entfällt:` takes away from a question, and the question behind `nach`.
    fn found_in_change(&self, adoption: &Thing, change: &Node, template: &Thing, meant: &Node) {
        for line in change.all(Key::Dropped) {
            for (name, span) in split_items(&line.value, line.value_span.start) {
                let option = || Target::Option(template.file.clone(), meant.name_span(), json_key(&name));
                self.found(&adoption.file, span, option);
            }
        }
        for (item, span) in &change.items {
            let after = Fixed::find_at_start(item).filter(|(found, _)| found.word == Fixed::After);
            let Some((_, name)) = after.map(|(found, name)| (found, name.trim())) else { continue };
            if let Some(node) = meant.children.iter().find(|node| json_key(node.name_text()) == json_key(name)) {
                let place = Span::new(span.end - name.len().min(span.end), span.end);
                self.found(&adoption.file, place, || Target::At(template.file.clone(), node.name_span()));
            }
        }
    }

    /// Remembers what a name at a place stands for.
    pub(super) fn found(&self, file: &str, span: Span, target: impl FnOnce() -> Target) {
        if let Some(record) = &self.record {
            record.uses.borrow_mut().entry((file.to_owned(), span)).or_insert_with(target);
        }
    }

    /// Remembers that a name stands for something that a file describes.
    pub(super) fn found_thing(&self, file: &str, span: Span, thing: Option<&Thing>) {
        if let Some(thing) = thing {
            self.found(file, span, || Target::of(thing, &thing.node));
        }
    }
}

impl Lower<'_> {
    /// Remembers what each part of a path stands for.
    pub(super) fn found_path(&self, path: &PathExpr, file: &str, scope: usize) {
        if self.world.record.is_none() {
            return;
        }
        let parts: Vec<String> = path.parts.iter().map(|part| nfc(part)).collect();
        let names = self.names.borrow();
        let mut start = path.span.start;
        for (part, (_, target, span)) in path.parts.iter().zip(names.follow(&parts, scope)) {
            let place = Span::new(start, start + part.len());
            start = place.end + 1;
            if self.world.text_of(file).and_then(|text| text.get(place.start..place.end)) == Some(part) {
                self.world.found(file, place, || Target::At(target.clone(), *span));
            }
        }
    }

    /// Remembers that the last part of a path is a column of a list.
    pub(super) fn found_column(&self, path: &PathExpr, column: &str, list: &str, file: &str) {
        let place = Span::new(path.span.end - column.len().min(path.span.end), path.span.end);
        if let Some(thing) = self.world.list_named(list).filter(|_| path.text().ends_with(column)) {
            let key = json_key(column);
            let head = thing.node.rows.first().into_iter().flat_map(|(cells, _)| cells);
            if let Some(cell) = head.skip(2).find(|cell| json_key(&cell.text) == key) {
                self.world.found(file, place, || Target::At(thing.file.clone(), cell.span));
            }
        }
    }

    /// Remembers that words stand for something that can be chosen.
    pub(super) fn found_choice(
        &self,
        choices: &Choices,
        key: &str,
        subject: Option<&str>,
        file: &str,
        place: (Span, usize),
    ) {
        if self.world.record.is_none() {
            return;
        }
        let (span, scope) = place;
        match choices {
            Choices::List { name, .. } => {
                let Some(thing) = self.world.list_named(name) else { return };
                let cells = thing.node.rows.iter().skip(1).filter_map(|(cells, _)| cells.first());
                if let Some(cell) = cells.into_iter().find(|cell| json_key(&cell.text) == key) {
                    self.world.found(file, span, || Target::At(thing.file.clone(), cell.span));
                }
            }
            Choices::Options(_) => {
                let parts: Vec<String> = subject.unwrap_or_default().split('.').map(nfc).collect();
                let names = self.names.borrow();
                let trail = names.follow(&parts, scope);
                if let Some((_, of, place)) = trail.last().filter(|_| trail.len() == parts.len()) {
                    self.world.found(file, span, || Target::Option((*of).clone(), **place, key.to_owned()));
                }
            }
        }
    }

    /// Remembers where the names of a question or text are looked up.
    pub(super) fn found_place(&self, thing: &Thing, node: &Node, scope: usize) {
        if self.world.record.is_some() && thing.file == self.thing.file {
            self.places.borrow_mut().push((node.span.start, scope, self.orders.get()));
        }
    }

    /// Remembers all names of the file: nothing is lowered afterwards.
    pub(super) fn found_all(&self) {
        let Some(record) = &self.world.record else { return };
        let computed = self.computed.borrow();
        let known = computed.iter().map(|state| {
            let done = state.done.as_ref().and_then(Option::as_ref)?;
            Some((done.kind.clone(), done.order))
        });
        let levels = Levels {
            names: self.names.borrow().clone(),
            places: self.places.take(),
            constants: self.constants.borrow().iter().map(|(_, kind)| kind.clone()).collect(),
            computed: known.collect(),
            lists: self.lists.borrow().clone(),
        };
        record.levels.borrow_mut().insert(self.thing.file.clone(), Arc::new(levels));
    }
}
