//! Texts in other languages: where each stands, which are missing.

use super::record::Target;
use super::world::{Thing, Translation, World, key_role, node_id, paragraphs, place, quoted_part};
use crate::diagnostic::{Both, Diagnostic, Problem};
use crate::model::Language;
use crate::syntax::keyword::{Fixed, Heading, Key};
use crate::syntax::{Node, Span, unquote};
use std::collections::BTreeSet;

impl<'a> World<'a> {
    pub(super) fn translation(&mut self, thing: Thing) {
        let language = thing.node.items.iter().find_map(|(item, _)| Fixed::find(item)).map(|found| found.word);
        let language = match language {
            Some(Fixed::EasyLanguage) => Language::Easy,
            Some(Fixed::German) => Language::German,
            _ => Language::English,
        };
        let target = self
            .procedures
            .iter()
            .chain(&self.templates)
            .chain(self.blocks.values())
            .chain(self.list_files.values())
            .chain(&self.portals)
            .find(|other| other.key == thing.key);
        let Some(target) = target else {
            let problem = Problem::TranslationTarget { name: thing.node.name_text().to_owned() };
            self.say(Diagnostic::new(problem, &thing.file, thing.node.name_span()));
            return;
        };
        let mut known = Vec::new();
        headings("", &target.node, &mut known);
        let ids: BTreeSet<&str> = known.iter().map(|(id, ..)| id.as_str()).collect();
        let mut present = Vec::new();
        headings("", &thing.node, &mut present);
        for (id, heading, name, span) in &present {
            if !ids.contains(id.as_str()) {
                let heading = heading.spelling(thing.language).to_owned();
                let problem = Problem::TranslationStale { heading, name: name.clone() };
                self.say(Diagnostic::new(problem, &thing.file, *span));
            }
        }
        self.found_thing(&thing.file, thing.node.name_span(), Some(target));
        found_below(self, &thing, &thing.node, &target.file, &target.node);
        let mut texts = Translation::new();
        collect("", &thing.node, &mut texts);
        let mut wanted = Translation::new();
        collect("", &target.node, &mut wanted);
        let missing: Vec<&str> = wanted.keys().filter(|key| !texts.contains_key(*key)).map(String::as_str).collect();
        if !missing.is_empty() {
            let more = if missing.len() > 5 { ", …" } else { "" };
            let texts = Both::each(|reader| {
                let shown: Vec<String> = missing.iter().take(5).map(|key| shown_place(key, reader)).collect();
                shown.join(", ") + more
            });
            let problem = Problem::TranslationMissing { texts };
            self.say(Diagnostic::new(problem, &thing.file, thing.node.span));
        }
        self.translations.entry(thing.key.clone()).or_default().push((language, texts));
    }
}

/// Remembers what the headings, options and rows of a translation are the texts of.
fn found_below(world: &World<'_>, thing: &Thing, node: &Node, file: &str, target: &Node) {
    let read = |bullet: &crate::syntax::Bullet| super::options::read(&bullet.text, bullet.span.start);
    let key = super::names::json_key;
    for line in node.bullets.iter().map(read) {
        let meant = target.bullets.iter().map(read).find(|other| key(&other.key) == key(&line.key));
        if let Some(meant) = meant {
            world.found(&thing.file, line.key_span, || match target.heading {
                Heading::Tiles => Target::Tile(key(&meant.key)),
                _ => Target::Option(file.to_owned(), target.name_span(), key(&meant.key)),
            });
        }
    }
    let rows =
        |node: &Node| node.rows.iter().skip(1).filter_map(|(cells, _)| cells.first()).cloned().collect::<Vec<_>>();
    for cell in rows(node) {
        if let Some(meant) = rows(target).iter().find(|other| key(&other.text) == key(&cell.text)) {
            world.found(&thing.file, cell.span, || Target::At(file.to_owned(), meant.span));
        }
    }
    for child in &node.children {
        let same = |other: &&Node| other.heading == child.heading && other.name_text() == child.name_text();
        if let Some(meant) = target.children.iter().find(same) {
            if child.name.is_some() {
                world.found(&thing.file, child.name_span(), || Target::At(file.to_owned(), meant.name_span()));
            }
            found_below(world, thing, child, file, meant);
        }
    }
}

/// A place as an author reads it.
pub(super) fn shown_place(place: &str, reader: Language) -> String {
    let (id, role) = place.split_once('|').unwrap_or((place, ""));
    let name = id.rsplit(':').next().unwrap_or(id);
    let role = match (role, Key::find(role)) {
        ("title", _) if name.is_empty() => {
            if reader == Language::English {
                "title"
            } else {
                "Titel"
            }
        }
        ("title", _) => "",
        (_, Some(found)) => found.word.spelling(reader),
        (role, None) => role,
    };
    format!("{name} {role}").trim().to_owned()
}

pub(super) fn headings(parent: &str, node: &Node, out: &mut Vec<(String, Heading, String, Span)>) {
    for child in &node.children {
        if matches!(child.heading, Heading::Example | Heading::Responsible | Heading::Tiles | Heading::Offer) {
            continue;
        }
        let id = node_id(parent, child);
        out.push((id.clone(), child.heading, child.name_text().to_owned(), child.name_span()));
        headings(&id, child, out);
    }
}

/// All texts for citizens below a node, by their places.
pub(super) fn collect(id: &str, node: &Node, out: &mut Translation) {
    let is_text = !matches!(node.heading, Heading::Example | Heading::Responsible | Heading::Offer);
    if !is_text {
        return;
    }
    if let Some((title, _)) = &node.title {
        let all = std::iter::once(title.clone()).chain(node.texts.iter().cloned()).collect();
        out.insert(place(id, "title"), all);
    }
    let (mut otherwise, mut warnings) = (0, 0);
    for line in &node.keys {
        let Some(key) = line.key else { continue };
        let role = match key {
            Key::Hint | Key::Text | Key::LegalBasis | Key::Deadline | Key::WhatNext | Key::Closed => {
                key_role(key).to_owned()
            }
            Key::Otherwise => {
                otherwise += 1;
                format!("sonst {otherwise}")
            }
            Key::OtherwiseWarning => {
                warnings += 1;
                format!("sonst Warnung {warnings}")
            }
            Key::Repeats => {
                if let Some(each) = quoted_part(&line.value) {
                    out.insert(place(id, "wiederholt"), vec![each]);
                }
                continue;
            }
            Key::SearchWords => {
                let words = crate::syntax::split_items(&line.value, 0);
                out.insert(place(id, "Suchwörter"), words.iter().filter_map(|(word, _)| unquote(word)).collect());
                continue;
            }
            _ => continue,
        };
        if let Some(texts) = paragraphs(line) {
            out.insert(place(id, &role), texts);
        }
    }
    for bullet in &node.bullets {
        let option = super::options::read(&bullet.text, bullet.span.start);
        if let Some(label) = option.label {
            out.insert(place(id, &format!("- {}", super::names::json_key(&option.key))), vec![label]);
        }
        if let Some(hint) = option.hint {
            out.insert(place(id, &format!("- {} Hinweis", super::names::json_key(&option.key))), vec![hint]);
        }
    }
    if matches!(node.heading, Heading::List | Heading::Translation) {
        for (cells, _) in node.rows.iter().skip(1) {
            if let [key, label, ..] = cells.as_slice() {
                let label = unquote(&label.text).unwrap_or_else(|| label.text.clone());
                out.insert(place(id, &format!("| {}", super::names::json_key(&key.text))), vec![label]);
            }
        }
    }
    for child in &node.children {
        collect(&node_id(id, child), child, out);
    }
}
