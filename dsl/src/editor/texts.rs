//! Names where the compiler knows their answers only: in braces in texts, in examples, in transitions.

use std::sync::Arc;

use super::symbol::Index;
use crate::check::declare::full_path;
use crate::check::expressions::nfc;
use crate::check::levels::Levels;
use crate::check::names::json_key;
use crate::check::record::{Record, Target};
use crate::check::thing::Thing;
use crate::check::translation::version_of;
use crate::syntax::keyword::{Fixed, Heading, Key};
use crate::syntax::{KeyLine, Node, Sources, Span, split_items};

/// Adds the names in texts and examples of all files.
pub(super) fn add(index: &mut Index, sources: &Sources, record: &Record) {
    let levels = record.levels.borrow();
    for thing in &record.things {
        let Some(text) = sources.text(&thing.file) else { continue };
        let target = match thing.node.heading {
            Heading::Translation => translated(thing, record),
            _ => Some(&**thing),
        };
        let Some(target) = target else { continue };
        let Some(names) = levels.get(&target.file) else { continue };
        for (name, span) in in_braces(text) {
            let scope = scope_of(&thing.node, &target.node, names, span.start);
            for (span, of) in parts(&name, span, names, scope) {
                index.used(&thing.file, span, &of, record);
            }
        }
        let things = [Some(&**thing), template(thing, record)];
        for node in thing.node.children.iter().filter(|node| node.heading == Heading::Example) {
            example(index, things, node, names, record);
        }
        for node in thing.node.children.iter().filter(|node| node.heading == Heading::Transition) {
            let before =
                version_before(thing, node, record).and_then(|before| levels.get(&before.file)).map(|known| &**known);
            transition(index, thing, node, (before, names), record);
        }
        questions(index, thing, &thing.node, names, record);
    }
}

/// What a translation translates: of several versions the one that it names, else the newest.
pub(super) fn translated<'r>(thing: &Thing, record: &'r Record) -> Option<&'r Thing> {
    version_named(thing, &thing.key, record)
}

/// What an adoption takes over.
pub(super) fn template<'r>(thing: &Thing, record: &'r Record) -> Option<&'r Thing> {
    let adopts = thing.node.heading == Heading::Adopts;
    adopts.then(|| version_named(thing, &full_path(thing.node.name_text(), &thing.folder), record)).flatten()
}

/// The version with a key that a translation or an adoption names, else the newest.
pub(super) fn version_named<'r>(thing: &Thing, key: &str, record: &'r Record) -> Option<&'r Thing> {
    let named = thing.node.items.iter().find_map(|(item, _)| {
        let (found, rest) = Fixed::find_at_start(item)?;
        rest.trim().parse::<u32>().ok().filter(|_| found.word == Fixed::Version)
    });
    let all =
        record.things.iter().map(|thing| &**thing).filter(|other| {
            other.key == key && !matches!(other.node.heading, Heading::Translation | Heading::Authority)
        });
    all.max_by_key(|other| (version_of(&other.node) == named, version_of(&other.node)))
}

/// The file of the version that a transition begins from.
pub(super) fn version_before<'r>(thing: &Thing, node: &Node, record: &'r Record) -> Option<&'r Thing> {
    let from = node.name_text().parse::<u32>().ok()?;
    let others =
        record.things.iter().map(|thing| &**thing).filter(|other| other.key == thing.key && other.file != thing.file);
    others
        .filter(|other| other.node.heading != Heading::Translation)
        .find(|other| version_of(&other.node) == Some(from))
}

/// `umbenannt: a wird b`, `entfällt: a`, and the table below `umgewandelt: a wird b`: `a` is a name
/// of the version before, `b` one of this version.
fn transition(
    index: &mut Index,
    thing: &Thing,
    node: &Node,
    (before, now): (Option<&Levels>, &Levels),
    record: &Record,
) {
    let file = &thing.file;
    for (number, line) in node.keys.iter().enumerate() {
        let start = line.value_span.start;
        match line.key {
            Some(Key::Dropped | Key::AskedAnew) => {
                let names = if line.key == Some(Key::Dropped) { before } else { Some(now) };
                for (name, span) in split_items(&line.value, start) {
                    names.map(|names| answer(index, file, &name, span.start, names, record));
                }
            }
            Some(Key::New) => {
                let Some((name, value)) = line.value.split_once('=') else { continue };
                let keys = answer(index, file, name.trim_end(), start, now, record);
                let lead = value.len() - value.trim_start().len();
                let begin = start + name.len() + 1 + lead;
                chosen(index, file, (value.trim(), begin), &keys, now, record);
            }
            Some(Key::Renamed | Key::Converted) => {
                let words = line.value.split(',').next().unwrap_or_default();
                let Some((from, to)) = words.split_once(char::is_whitespace) else { continue };
                let Some((_, to)) = to.trim_start().split_once(char::is_whitespace) else { continue };
                let to = to.trim();
                let end = start + words.trim_end().len();
                let from = before.map(|names| answer(index, file, from, start, names, record));
                let to = answer(index, file, to, end - to.len(), now, record);
                let next = node.keys.get(number + 1).map_or(usize::MAX, |next| next.key_span.start);
                let mut rows = node.rows.iter().filter(|(_, span)| start < span.start && span.start < next);
                let head = rows.next().map(|(cells, _)| cells.as_slice());
                for (column, names, path) in [(0, before, from), (1, Some(now), Some(to))] {
                    let (Some(names), Some(path)) = (names, path) else { continue };
                    let trail = names.trail(&path, 0);
                    let Some((of, place)) = trail.last().filter(|_| trail.len() == path.len()) else { continue };
                    if let Some(cell) = head.and_then(|cells| cells.get(column)) {
                        index.used(file, cell.span, &Target::At(of.clone(), *place), record);
                    }
                    for cell in rows.clone().filter_map(|(cells, _)| cells.get(column)) {
                        chosen(index, file, (&cell.text, cell.span.start), &path, names, record);
                    }
                }
            }
            _ => {}
        }
    }
}

/// The names in braces in the texts of a file, with the places of the names.
pub(super) fn in_braces(text: &str) -> Vec<(String, Span)> {
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        for (from, to) in super::lines::quoted(line) {
            let inner = line.get(from..to).unwrap_or("");
            let mut at = 0;
            while let Some(open) = inner.get(at..).and_then(|rest| rest.find('{')) {
                let open = at + open;
                if inner.get(open + 1..).is_some_and(|rest| rest.starts_with('{')) {
                    at = open + 2;
                    continue;
                }
                let Some(close) = inner.get(open..).and_then(|rest| rest.find('}')) else { break };
                let name = inner.get(open + 1..open + close).unwrap_or("");
                let lead = name.len() - name.trim_start().len();
                let begin = start + from + open + 1 + lead;
                let name = name.trim();
                found.push((name.to_owned(), Span::new(begin, begin + name.len())));
                at = open + close;
            }
        }
        start += line.len();
    }
    found
}

/// The scope of the heading that a position belongs to; of a translation, that of the same heading
/// in what it translates.
pub(super) fn scope_of(node: &Node, target: &Node, names: &Levels, offset: usize) -> usize {
    let below = node.children.iter().filter(|child| child.span.start <= offset);
    let Some(child) = below.max_by_key(|child| child.span.start) else {
        return names.at(target.span.start).0;
    };
    let same = |other: &&Node| other.heading == child.heading && other.name_text() == child.name_text();
    match target.children.iter().find(same) {
        Some(meant) => scope_of(child, meant, names, offset),
        None => names.at(target.span.start).0,
    }
}

/// What the parts of a name with dots stand for, and where each is written.
fn parts(name: &str, span: Span, names: &Levels, scope: usize) -> Vec<(Span, Target)> {
    let written: Vec<&str> = name.split('.').collect();
    let keys: Vec<String> = written.iter().map(|part| nfc(part)).collect();
    let mut start = span.start;
    written
        .iter()
        .zip(names.trail(&keys, scope))
        .map(|(part, (file, place))| {
            let own = Span::new(start, start + part.len());
            start = own.end + 1;
            (own, Target::At(file, place))
        })
        .collect()
}

/// The names of an answer in an example: `hunde 2 person.geburtsdatum`, without the numbers.
pub(crate) fn answer_name(words: &str) -> Vec<(String, usize)> {
    let mut parts = Vec::new();
    let mut at = 0;
    for piece in words.split([' ', '.']) {
        if !piece.is_empty() && !piece.bytes().all(|byte| byte.is_ascii_digit()) {
            parts.push((piece.to_owned(), at));
        }
        at += piece.len() + 1;
    }
    parts
}

fn answer(index: &mut Index, file: &str, words: &str, start: usize, names: &Levels, record: &Record) -> Vec<String> {
    let written = answer_name(words);
    let keys: Vec<String> = written.iter().map(|(part, _)| nfc(part)).collect();
    for ((part, at), (of, place)) in written.iter().zip(names.trail(&keys, 0)) {
        let own = Span::new(start + at, start + at + part.len());
        index.used(file, own, &Target::At(of, place), record);
    }
    keys
}

/// An example of a procedure, which may be an adoption of a template.
fn example(index: &mut Index, things: [Option<&Thing>; 2], node: &Node, names: &Levels, record: &Record) {
    let [Some(thing), _] = things else { return };
    let file = &thing.file;
    for line in &node.keys {
        match line.key {
            None => {
                let keys = answer(index, file, &line.words, line.key_span.start, names, record);
                chosen(index, file, (&line.value, line.value_span.start), &keys, names, record);
            }
            Some(Key::Expects) => expectation(index, things, line, names, record),
            Some(_) => {}
        }
    }
}

/// The options that a value chooses: it begins at `start`.
fn chosen(
    index: &mut Index,
    file: &str,
    (value, start): (&str, usize),
    keys: &[String],
    names: &Levels,
    record: &Record,
) {
    let trail = names.trail(keys, 0);
    let Some((of, place)) = trail.last().filter(|_| trail.len() == keys.len()) else { return };
    let list = names.list_of(keys, 0).and_then(|list| {
        let last = |thing: &&Arc<Thing>| thing.key.rsplit('/').next() == Some(list);
        record.things.iter().filter(|thing| thing.node.heading == Heading::List).find(last)
    });
    for (word, span) in split_items(value, start) {
        let key = json_key(&word);
        let target = match list {
            Some(list) => {
                let mut cells = list.node.rows.iter().skip(1).filter_map(|(cells, _)| cells.first());
                cells.find(|cell| json_key(&cell.text) == key).map(|cell| Target::At(list.file.clone(), cell.span))
            }
            None => Some(Target::Option(of.clone(), *place, key)),
        };
        if let Some(target) = target {
            index.used(file, span, &target, record);
        }
    }
}

/// `erwartet …:` names fees, computed values, rules, questions and end pages.
fn expectation(index: &mut Index, things: [Option<&Thing>; 2], line: &KeyLine, names: &Levels, record: &Record) {
    let [Some(thing), _] = things else { return };
    let file = &thing.file;
    let Some((_, rest)) = Key::find_at_start(&line.words) else { return };
    let end = line.key_span.end;
    let behind = rest.trim_start();
    let found = Fixed::find_at_start(behind).map(|(found, rest)| (found.word, rest.trim()));
    let own = |heading: Heading, name: &str| {
        let key = json_key(name);
        let mut nodes =
            things.iter().flatten().flat_map(|thing| thing.node.children.iter().map(move |node| (thing, node)));
        let found = nodes.find(|(_, node)| node.heading == heading && json_key(node.name_text()) == key);
        found.map(|(thing, node)| Target::At(thing.file.clone(), node.name_span()))
    };
    match found {
        Some((Fixed::ExpectFee | Fixed::ColumnAmount, name)) => {
            let span = Span::new(end - name.len().min(end), end);
            if let Some(target) = own(Heading::Fee, name) {
                index.used(file, span, &target, record);
            }
        }
        Some((Fixed::ExpectEndPage | Fixed::EndPage, _)) => {
            if let Some(target) = own(Heading::EndPage, &line.value) {
                index.used(file, line.value_span, &target, record);
            }
        }
        Some((Fixed::ExpectError | Fixed::ExpectAsked | Fixed::ExpectNotAsked, _)) => {
            for (name, span) in split_items(&line.value, line.value_span.start) {
                match own(Heading::Rule, &name) {
                    Some(target) => index.used(file, span, &target, record),
                    None => drop(answer(index, file, &name, span.start, names, record)),
                }
            }
        }
        Some((Fixed::ExpectResponsible, _)) => {}
        _ => {
            let keys = answer(index, file, behind, end - behind.len().min(end), names, record);
            chosen(index, file, (&line.value, line.value_span.start), &keys, names, record);
        }
    }
}

/// `betrifft: halter`: the question that introduces a person.
fn questions(index: &mut Index, thing: &Thing, node: &Node, names: &Levels, record: &Record) {
    if let Some(line) = node.key(Key::About).filter(|line| Fixed::find(&line.value).is_none()) {
        let scope = names.at(node.span.start).0;
        for (span, of) in parts(&line.value, line.value_span, names, scope) {
            index.used(&thing.file, span, &of, record);
        }
    }
    node.children.iter().for_each(|child| questions(index, thing, child, names, record));
}
