//! Texts in other languages: where each stands, which are missing.

use super::record::Target;
use super::thing::Thing;
use super::world::{Translated, Translation, World, key_role, node_id, paragraphs, place, quoted_part};
use crate::diagnostic::{Both, Diagnostic, Problem, closest};
use crate::model::Language;
use crate::syntax::keyword::{Fixed, Heading, Key};
use crate::syntax::{Node, Span, unquote};
use std::collections::BTreeSet;

/// For more headings no name is guessed.
const MOST_GUESSES: usize = 50;

/// What a translation says of itself in its heading.
struct Head {
    language: Language,
    version: Option<(u32, Span)>,
}

impl World<'_> {
    /// Takes the texts of a translation; what is the matter with them is said at the end, when it is known
    /// whether the translated file has errors that it follows from.
    pub(super) fn translation(&self, thing: &Thing) -> Option<Translated> {
        let head = self.translation_head(thing);
        let known = &self.known;
        let targets = known
            .procedures
            .iter()
            .chain(&known.templates)
            .chain(known.blocks.values())
            .chain(known.list_files.values())
            .chain(&known.portals)
            .chain(&known.authority_files)
            .filter(|other| other.key == thing.key);
        // Of several versions the one that is named, else the newest.
        let number = |other: &Thing| -> u32 { version_of(&other.node).unwrap_or(0) };
        let named = head.version.map(|(version, _)| version);
        let Some(target) = targets.max_by_key(|other| (Some(number(other)) == named, number(other))) else {
            let problem = Problem::TranslationTarget { name: thing.node.name_text().to_owned() };
            let all = known.procedures.iter().chain(known.blocks.values()).chain(known.list_files.values());
            let names: Vec<&str> =
                all.filter(|other| other.folder == thing.folder).map(|other| other.node.name_text()).collect();
            let suggestion = closest(thing.node.name_text(), names);
            self.say(Diagnostic { suggestion, ..Diagnostic::new(problem, &thing.file, thing.node.name_span()) });
            return None;
        };
        self.found_thing(&thing.file, thing.node.name_span(), Some(target));
        found_below(self, thing, &thing.node, &target.file, &target.node);
        let mut notes = Vec::new();
        if target.node.heading != Heading::Authority {
            self.translation_version(thing, target, head.version, &mut notes);
        }
        let (wrong, hints) = super::texts::look(thing, head.language, self.sources.text(&thing.file).unwrap_or(""));
        wrong.into_iter().for_each(|message| self.say(message));
        self.notes.borrow_mut().extend(hints.into_iter().map(|hint| (thing.file.clone(), hint)));
        let mut texts = Translation::new();
        collect("", &thing.node, &mut texts);
        // A text that is there, but empty, is still to be translated.
        texts.retain(|_, paragraphs| paragraphs.iter().any(|text| !text.trim().is_empty()));
        let mut wanted = Translation::new();
        collect("", &target.node, &mut wanted);
        let meant = self.translation_stale(thing, target, &mut notes);
        translation_gone(thing, target, &texts, &wanted, &mut notes);
        let missing: Vec<&str> = wanted
            .keys()
            .filter(|key| !texts.contains_key(*key) && !self.in_template(target, head.language, key))
            // What is there under a misspelt name is not missing as well.
            .filter(|key| !key.split('|').next().is_some_and(|id| meant.contains(id)))
            .map(String::as_str)
            .collect();
        if !missing.is_empty() {
            let more = missing.len().saturating_sub(5);
            let texts = Both::each(|reader| {
                let mut shown: Vec<String> = missing.iter().take(5).map(|key| shown_place(key, reader)).collect();
                if more > 0 {
                    shown.push(if reader == Language::English {
                        format!("{more} more")
                    } else {
                        format!("{more} weitere")
                    });
                }
                shown.join(", ")
            });
            let problem = Problem::TranslationMissing { texts };
            let mut message = Diagnostic::new(problem, &thing.file, thing.node.span);
            message.fix = super::translation_fix::missing(thing, target, &wanted, &missing, self.sources);
            notes.push(message);
        }
        let file = target.file.clone();
        self.notes.borrow_mut().extend(notes.into_iter().map(|note| (file.clone(), note)));
        let version = number(target);
        Some(Translated { language: head.language, version, texts, content: thing.content })
    }

    /// Whether the translation of the template has this text of an adoption.
    fn in_template(&self, target: &Thing, language: Language, key: &str) -> bool {
        target.origin.as_ref().is_some_and(|origin| {
            let mut translations = self.translations_of(&origin.key, origin.version);
            !origin.changed.contains(key)
                && translations.any(|one| one.language == language && one.texts.contains_key(key))
        })
    }

    /// `…, Fassung 4, Englisch`
    fn translation_head(&self, thing: &Thing) -> Head {
        let names = [Fixed::English, Fixed::EasyLanguage, Fixed::German];
        let mut head = Head { language: Language::English, version: None };
        let mut named = None;
        for (item, span) in &thing.node.items {
            let found = Fixed::find_at_start(item).map(|(found, rest)| (found.word, rest.trim()));
            match found {
                Some((word, "")) if names.contains(&word) => named = Some(word),
                Some((Fixed::Version, rest)) if rest.parse::<u32>().is_ok() => {
                    head.version = rest.parse().ok().map(|number| (number, *span));
                }
                _ => {
                    let words = names.map(|word| word.spelling(thing.language));
                    let suggestion = closest(item, words);
                    // It counts as what was meant.
                    named = named.or(suggestion.as_deref().and_then(Fixed::find).map(|found| found.word));
                    let problem = Problem::ValueNotUnderstood {
                        word: thing.node.heading.spelling(thing.language).to_owned(),
                        value: item.clone(),
                        allowed: Both::any_of(&words),
                    };
                    let fix = suggestion.clone().map(|word| (*span, word));
                    self.say(Diagnostic { suggestion, fix, ..Diagnostic::new(problem, &thing.file, *span) });
                }
            }
        }
        let ending = thing.file.trim_end_matches(".amt").rsplit_once('.').map(|(_, ending)| ending);
        let by_name = match ending {
            Some("en") => Some(Fixed::English),
            Some("leicht") => Some(Fixed::EasyLanguage),
            Some("de") => Some(Fixed::German),
            _ => None,
        };
        if named.is_none() {
            let word = by_name.unwrap_or(Fixed::English).spelling(thing.language).to_owned();
            let at = Span::new(thing.node.span.end, thing.node.span.end);
            let fix = by_name.map(|_| (at, format!(", {word}")));
            let message = Diagnostic::new(Problem::TranslationLanguage { word }, &thing.file, thing.node.span);
            self.say(Diagnostic { fix, ..message });
        }
        if let (Some(named), Some(by_name)) = (named, by_name)
            && named != by_name
        {
            let ending = ending.unwrap_or_default().to_owned();
            let language = Both::each(|reader| named.spelling(reader).to_owned());
            let problem = Problem::TranslationFile { ending, language };
            self.say(Diagnostic::new(problem, &thing.file, thing.node.span));
        }
        head.language = match named.or(by_name) {
            Some(Fixed::EasyLanguage) => Language::Easy,
            Some(Fixed::German) => Language::German,
            _ => Language::English,
        };
        head
    }

    /// Whether the version that is named is the one that is translated.
    fn translation_version(
        &self,
        thing: &Thing,
        target: &Thing,
        version: Option<(u32, Span)>,
        notes: &mut Vec<Diagnostic>,
    ) {
        let Some(newest) = version_of(&target.node) else { return };
        let newest = newest.to_string();
        match version {
            Some((number, span)) if number.to_string() != newest => {
                let problem = Problem::TranslationOld { version: number.to_string(), newest };
                let mut message = Diagnostic::new(problem, &thing.file, span);
                let line = target.node.key(Key::Version).map_or(target.node.span, |line| line.value_span);
                message.related.push((target.file.clone(), line));
                notes.push(message);
            }
            Some(_) => {}
            None => {
                notes.push(Diagnostic::new(Problem::TranslationVersion { newest }, &thing.file, thing.node.span));
            }
        }
    }

    /// Headings that the translated file does not have; the places that were probably meant.
    fn translation_stale(&self, thing: &Thing, target: &Thing, notes: &mut Vec<Diagnostic>) -> BTreeSet<String> {
        let mut known = Vec::new();
        headings("", &target.node, &mut known);
        let ids: BTreeSet<&str> = known.iter().map(|(id, ..)| id.as_str()).collect();
        let mut present = Vec::new();
        headings("", &thing.node, &mut present);
        let there: BTreeSet<String> = present.iter().map(|(id, ..)| id.clone()).collect();
        let mut meant = BTreeSet::new();
        // What stands below a heading that is lost follows it, and is lost with it.
        let mut lost: Option<String> = None;
        let mut guesses = 0;
        for (id, heading, name, span) in &present {
            if ids.contains(id.as_str()) || lost.as_ref().is_some_and(|parent| id.starts_with(parent.as_str())) {
                continue;
            }
            lost = Some(format!("{id}/"));
            guesses += 1;
            let free = || known.iter().filter(|(id, other, ..)| other == heading && !there.contains(id));
            // Where very many are lost nothing needs to be guessed.
            let suggestion =
                if guesses > MOST_GUESSES { None } else { closest(name, free().map(|(_, _, name, _)| name.as_str())) };
            if suggestion.is_some() {
                meant.extend(
                    free().filter(|(_, _, name, _)| Some(name) == suggestion.as_ref()).map(|(id, ..)| id.clone()),
                );
            }
            let heading = heading.spelling(thing.language).to_owned();
            let problem = Problem::TranslationStale { heading, name: name.clone() };
            let fix = suggestion.clone().map(|name| (*span, name));
            notes.push(Diagnostic { suggestion, fix, ..Diagnostic::new(problem, &thing.file, *span) });
        }
        meant
    }
}

/// The number behind `Fassung:`.
pub(crate) fn version_of(node: &Node) -> Option<u32> {
    node.key(Key::Version)?.value.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

/// Texts whose heading is there, but has no such text in the translated file.
fn translation_gone(
    thing: &Thing,
    target: &Thing,
    texts: &Translation,
    wanted: &Translation,
    notes: &mut Vec<Diagnostic>,
) {
    let mut known = Vec::new();
    headings("", &target.node, &mut known);
    let ids: BTreeSet<&str> = known.iter().map(|(id, ..)| id.as_str()).chain([""]).collect();
    for key in texts.keys().filter(|key| !wanted.contains_key(*key)) {
        let (id, role) = key.split_once('|').unwrap_or((key, ""));
        if !ids.contains(id) {
            continue;
        }
        let text = Both::each(|reader| shown_place(key, reader));
        let problem = Problem::TranslationTextGone { text };
        let span = span_of("", &thing.node, id, role).unwrap_or(thing.node.span);
        notes.push(Diagnostic::new(problem, &thing.file, span));
    }
}

/// Where a text stands: the line with its key, its option, its row, or its heading.
fn span_of(at: &str, node: &Node, id: &str, role: &str) -> Option<Span> {
    if at != id {
        return node.children.iter().find_map(|child| {
            let below = node_id(at, child);
            (id == below || id.starts_with(&format!("{below}/"))).then(|| span_of(&below, child, id, role))?
        });
    }
    let (sign, name) = role.split_once(' ').unwrap_or((role, ""));
    let named = |text: &str| super::names::json_key(text) == name.trim_end_matches(" Hinweis");
    let bullet = || node.bullets.iter().find(|bullet| named(&super::options::read(&bullet.text, 0).key));
    let row = || node.rows.iter().find(|(cells, _)| cells.first().is_some_and(|cell| named(&cell.text)));
    let line = || node.keys.iter().find(|line| line.key.is_some_and(|key| role.starts_with(key_role(key))));
    match sign {
        "title" => node.title.as_ref().map(|(_, span)| *span),
        "-" => bullet().map(|bullet| bullet.span),
        "|" => row().map(|(_, span)| *span),
        _ => line().map(|line| line.key_span),
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
