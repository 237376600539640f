//! Code lists, authorities and portals.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use rust_decimal::Decimal;

use super::declare::full_path;
use super::expressions::number;
use super::options;
use super::types::Type;
use super::units::Unit;
use super::world::{CompiledList, Thing, World, node_id, place, quoted_part};
use crate::diagnostic::{Both, Diagnostic, Problem};
use crate::model::{
    Authority, Calc, Channel, CodeList, CodeValue, Fact, Level, LifeEvent, OpeningHours, Portal, Procedure, Set, Text,
    Tile, Values,
};
use crate::syntax::expression::{CalcKind, SetKind};
use crate::syntax::keyword::{Fixed, Heading, Key};
use crate::syntax::{KeyLine, Node, Span, TableCell, parse_set, split_items, unquote};

fn say(world: &World<'_>, thing: &Thing, problem: Problem, span: Span) {
    world.say(Diagnostic::new(problem, &thing.file, span));
}

fn title(world: &World<'_>, thing: &Thing, node: &Node, id: &str) -> Text {
    match &node.title {
        Some((title, _)) => world.text(thing, &place(id, "title"), title),
        None => {
            let what = format!("{} {}", node.heading.spelling(thing.language), node.name_text());
            say(world, thing, Problem::MissingText { what }, node.span);
            Text::default()
        }
    }
}

/// Compiles a code list.
pub(super) fn list(world: &World<'_>, thing: &Thing) -> CompiledList {
    let node = &thing.node;
    let mut units = BTreeMap::new();
    let mut list = CodeList {
        title: title(world, thing, node, ""),
        source: node.key(Key::Source).and_then(|line| quoted_part(&line.value)),
        values: Vec::new(),
    };
    let Some(((head, head_span), body)) = node.rows.split_first() else {
        say(world, thing, Problem::NoTable { heading: node.heading.spelling(thing.language).to_owned() }, node.span);
        return (list, units);
    };
    let word = |cell: Option<&TableCell>| cell.and_then(|cell| Fixed::find(&cell.text)).map(|found| found.word);
    if word(head.first()) != Some(Fixed::ColumnKey) || word(head.get(1)) != Some(Fixed::ColumnLabel) {
        say(world, thing, Problem::ListColumns, *head_span);
        return (list, units);
    }
    let mut keys = HashSet::new();
    for (cells, span) in body {
        if cells.len() != head.len() {
            let problem = Problem::TableShape { found: cells.len().to_string(), wanted: head.len().to_string() };
            say(world, thing, problem, *span);
            continue;
        }
        let key = super::names::json_key(&cells[0].text);
        if !keys.insert(key.clone()) {
            say(world, thing, Problem::OptionTwice { name: cells[0].text.clone() }, cells[0].span);
            continue;
        }
        let label = unquote(&cells[1].text).unwrap_or_else(|| cells[1].text.clone());
        let label = world.text(thing, &place("", &format!("| {key}")), &label);
        let mut value = CodeValue { key, label, facts: BTreeMap::new(), valid_from: None, valid_to: None };
        for (cell, column) in cells.iter().zip(head).skip(2) {
            match word(Some(column)) {
                Some(Fixed::ValidFrom) => value.valid_from = date(world, thing, cell),
                Some(Fixed::ValidTo) => value.valid_to = date(world, thing, cell),
                _ => match fact(cell) {
                    Some((fact, unit)) => {
                        let column_key = super::names::json_key(&column.text);
                        if let Some(unit) = unit {
                            units.insert(column_key.clone(), unit);
                        }
                        value.facts.insert(column_key, fact);
                    }
                    None => say(world, thing, Problem::FactMixed { column: column.text.clone() }, cell.span),
                },
            }
        }
        list.values.push(value);
    }
    for column in head.iter().skip(2) {
        let key = super::names::json_key(&column.text);
        let kinds: Vec<_> = list.values.iter().filter_map(|v| v.facts.get(&key)).map(std::mem::discriminant).collect();
        if kinds.windows(2).any(|pair| pair[0] != pair[1]) {
            say(world, thing, Problem::FactMixed { column: column.text.clone() }, column.span);
        }
    }
    (list, units)
}

fn date(world: &World<'_>, thing: &Thing, cell: &TableCell) -> Option<jiff::civil::Date> {
    if cell.text.is_empty() {
        return None;
    }
    let found = crate::syntax::read_date(&cell.text);
    if found.is_none() {
        say(world, thing, Problem::NoSuchDate { text: cell.text.clone() }, cell.span);
    }
    found
}

fn fact(cell: &TableCell) -> Option<(Fact, Option<Unit>)> {
    if cell.text.is_empty() {
        return None;
    }
    if let Some(text) = unquote(&cell.text) {
        return Some((Fact::Text(text), None));
    }
    Some(match parse_set(&cell.text, 0).map(|set| set.kind) {
        Ok(SetKind::Bool(value)) => (Fact::Bool(value), None),
        Ok(SetKind::Value(value)) => match value.kind {
            CalcKind::Number { value, unit, .. } => {
                let (calc, kind) = number(value, unit.as_ref());
                let (Calc::Number(value), Type::Number(number)) = (calc, kind) else {
                    return None;
                };
                (Fact::Number(value), Some(number.unit))
            }
            _ => (Fact::Text(cell.text.clone()), None),
        },
        _ => (Fact::Text(cell.text.clone()), None),
    })
}

/// A set of municipalities as text.
fn area(world: &World<'_>, thing: &Thing, line: &KeyLine) -> Option<Set> {
    let expr = match parse_set(&line.value, line.value_span.start) {
        Ok(expr) => expr,
        Err(error) => {
            let start = line.value_span.start;
            let (problem, span) = crate::syntax::phrase::cannot_read(&error, &line.value, start, thing.language);
            say(world, thing, problem, span);
            return None;
        }
    };
    let mut within = Vec::new();
    let mut except = Vec::new();
    let mut open = vec![(&expr, true)];
    while let Some((expr, inside)) = open.pop() {
        match &expr.kind {
            SetKind::Or(parts) => open.extend(parts.iter().map(|part| (part, inside))),
            SetKind::Except(from, parts) => {
                open.push((from, inside));
                open.extend(parts.iter().map(|part| (part, !inside)));
            }
            SetKind::Any => within.push(String::new()),
            SetKind::Words(words) => match super::places::find(world.regions, words) {
                Ok(key) => if inside { &mut within } else { &mut except }.push(key),
                Err(problem) => say(world, thing, problem, expr.span),
            },
            SetKind::Value(crate::syntax::expression::CalcExpr { kind: CalcKind::Text(words), .. }) => {
                match super::places::find(world.regions, words) {
                    Ok(key) => if inside { &mut within } else { &mut except }.push(key),
                    Err(problem) => say(world, thing, problem, expr.span),
                }
            }
            _ => {
                let allowed = Both::any_of(&["Norderstedt", "Kreis Segeberg", "Amt Itzstedt"]);
                let (word, value) = (line.words.clone(), line.value.clone());
                say(world, thing, Problem::ValueNotUnderstood { word, value, allowed }, expr.span);
                return None;
            }
        }
    }
    within.sort();
    except.sort();
    Some(Set { values: Values::Municipalities { within, except }, no_answer: false })
}

/// Compiles an authority.
pub(super) fn authority(world: &World<'_>, thing: &Thing) -> Authority {
    let node = &thing.node;
    let unknown = |line: &KeyLine, allowed: &[&str]| {
        if !line.value.is_empty() {
            let (word, value, allowed) = (line.words.clone(), line.value.clone(), Both::any_of(allowed));
            say(world, thing, Problem::ValueNotUnderstood { word, value, allowed }, line.value_span);
        }
    };
    let level = match node.key(Key::Level) {
        Some(line) => match Fixed::find(&line.value).map(|found| found.word) {
            Some(Fixed::City) => Level::City,
            Some(Fixed::County) => Level::County,
            Some(Fixed::State) => Level::State,
            Some(Fixed::Federal) => Level::Federal,
            _ => {
                let levels = [Fixed::City, Fixed::County, Fixed::State, Fixed::Federal];
                unknown(line, &levels.map(|level| level.spelling(thing.language)));
                Level::City
            }
        },
        None => {
            let (word, heading) = (Key::Level.spelling(thing.language), node.heading.spelling(thing.language));
            say(world, thing, Problem::MissingKey { word: word.to_owned(), heading: heading.to_owned() }, node.span);
            Level::City
        }
    };
    let tasks = node
        .key(Key::Task)
        .map(|line| split_items(&line.value, line.value_span.start))
        .unwrap_or_default()
        .into_iter()
        .map(|(task, _)| super::names::json_key(&task))
        .collect();
    let channels = node
        .all(Key::Channel)
        .filter_map(|line| {
            let channel = channel(&line.value);
            if channel.is_none() {
                say(world, thing, Problem::AddressForm { value: line.value.clone() }, line.value_span);
            }
            channel
        })
        .collect();
    let opening_hours = node
        .all(Key::OpenHours)
        .filter_map(|line| {
            let hours = opening(&line.value);
            if hours.is_none() {
                let english = thing.language == crate::model::Language::English;
                unknown(line, &[if english { "Mon to Fri, 08:00 to 12:00" } else { "Mo bis Fr, 08:00 bis 12:00" }]);
            }
            hours
        })
        .collect();
    let quoted = |key| node.key(key).map(|line| unquote(&line.value).unwrap_or_else(|| line.value.clone()));
    Authority {
        path: thing.key.clone(),
        name: title(world, thing, node, ""),
        level,
        area: node.key(Key::Area).and_then(|line| area(world, thing, line)),
        tasks,
        address: quoted(Key::Address),
        phone: quoted(Key::Phone),
        channels,
        opening_hours,
    }
}

fn channel(text: &str) -> Option<Channel> {
    let (kind, rest) = Fixed::find_at_start(text.trim())?;
    let mut parts = split_items(rest, 0).into_iter().map(|(part, _)| part);
    let address = parts.next()?.trim().to_owned();
    let key_file = parts.find_map(|part| {
        let (found, file) = Fixed::find_at_start(&part)?;
        (found.word == Fixed::EncryptedWith).then(|| unquote(file))?
    });
    let address = unquote(&address).unwrap_or(address);
    match kind.word {
        Fixed::Email | Fixed::ChannelEmail => {
            let (local, domain) = address.split_once('@')?;
            let right = !local.is_empty() && domain.contains('.') && !address.contains(char::is_whitespace);
            right.then_some(Channel::Email { address, key_file })
        }
        Fixed::ChannelCall => address.starts_with("https://").then_some(Channel::Webhook { url: address, key_file }),
        Fixed::ChannelFitConnect => Some(Channel::FitConnect { destination: address }),
        _ => None,
    }
}

fn opening(text: &str) -> Option<OpeningHours> {
    let (days, times) = text.split_once(',')?;
    let day = |word: &str| -> Option<u8> {
        let week = [
            Fixed::Monday,
            Fixed::Tuesday,
            Fixed::Wednesday,
            Fixed::Thursday,
            Fixed::Friday,
            Fixed::Saturday,
            Fixed::Sunday,
        ];
        let found = Fixed::find(word)?.word;
        week.iter().position(|day| *day == found).and_then(|at| u8::try_from(at + 1).ok())
    };
    let words: Vec<&str> = days.split_whitespace().collect();
    let days = match words.as_slice() {
        [one] => vec![day(one)?],
        [from, _, to] => (day(from)?..=day(to)?).collect(),
        _ => return None,
    };
    let times: Vec<&str> = times.split_whitespace().collect();
    let [from, _, to] = times.as_slice() else {
        return None;
    };
    Some(OpeningHours { days, from: crate::syntax::read_time(from)?, to: crate::syntax::read_time(to)? })
}

/// Compiles a portal; `procedures` are all that exist, by path.
pub(super) fn portal(world: &World<'_>, thing: &Thing, procedures: &BTreeMap<String, Vec<Arc<Procedure>>>) -> Portal {
    let node = &thing.node;
    let exists = |path: &str| procedures.contains_key(path) || world.procedures.iter().any(|other| other.key == path);
    let procedure = |name: &str, span: Span| -> Option<String> {
        let path = full_path(name, &thing.folder);
        if exists(&path) {
            return Some(path);
        }
        let known = world.procedures.iter().map(|other| other.key.as_str());
        let suggestion = crate::diagnostic::closest(&path, known);
        let problem = Problem::UnknownProcedure { name: name.to_owned() };
        world.say(Diagnostic { suggestion, ..Diagnostic::new(problem, &thing.file, span) });
        None
    };
    let named = |key| node.key(key).and_then(|line| procedure(&line.value, line.value_span));
    let mut tiles = Vec::new();
    let mut offers: Vec<String> = Vec::new();
    let mut life_events = Vec::new();
    for child in &node.children {
        let id = node_id("", child);
        let paths =
            || child.bullets.iter().filter_map(|bullet| procedure(&bullet.text, bullet.span)).collect::<Vec<_>>();
        match child.heading {
            Heading::Tiles => {
                for bullet in &child.bullets {
                    let line = options::read(&bullet.text, bullet.span.start);
                    let key = super::names::json_key(&line.key);
                    if tiles.iter().any(|tile: &Tile| tile.key == key) {
                        say(world, thing, Problem::OptionTwice { name: line.key.clone() }, line.key_span);
                    }
                    let label = line.label.unwrap_or_else(|| line.key.clone());
                    let title = world.text(thing, &place(&id, &format!("- {key}")), &label);
                    tiles.push(Tile { key, title });
                }
            }
            Heading::Offer => {
                for bullet in &child.bullets {
                    let Some(path) = procedure(&bullet.text, bullet.span) else {
                        continue;
                    };
                    let last = path.rsplit('/').next().unwrap_or(&path).to_owned();
                    if offers.iter().any(|other| other.rsplit('/').next() == Some(&last)) {
                        say(world, thing, Problem::OfferTwice { name: last }, bullet.span);
                        continue;
                    }
                    offers.push(path);
                }
            }
            Heading::LifeEvent => {
                let key = super::names::json_key(child.name_text());
                life_events.push(LifeEvent { key, title: title(world, thing, child, &id), offers: paths() });
            }
            _ => {}
        }
    }
    for path in &offers {
        for other in world.procedures.iter().filter(|other| other.key == *path) {
            if let Some(line) = other.node.key(Key::Category)
                && !tiles.iter().any(|tile| tile.key == super::names::json_key(&line.value))
            {
                let problem =
                    Problem::UnknownCategory { name: line.value.clone(), portal: node.name_text().to_owned() };
                let suggestion = crate::diagnostic::closest(&line.value, tiles.iter().map(|tile| tile.key.as_str()));
                world.say(Diagnostic { suggestion, ..Diagnostic::new(problem, &other.file, line.value_span) });
            }
        }
    }
    let colour = node.key(Key::Colour).and_then(|line| {
        let colour = unquote(&line.value).unwrap_or_else(|| line.value.clone());
        let right = colour.len() == 7 && colour.starts_with('#') && colour[1..].bytes().all(|b| b.is_ascii_hexdigit());
        if !right {
            say(world, thing, Problem::ColourForm { value: colour.clone() }, line.value_span);
        }
        right.then_some(colour)
    });
    let coat_of_arms = node.key(Key::CoatOfArms).and_then(|line| {
        let parts = split_items(&line.value, 0);
        let file = unquote(&parts.first()?.0)?;
        let description = quoted_part(&parts.get(1)?.0)?;
        Some((file, world.text(thing, &place("", "Wappen"), &description)))
    });
    let contact = node.key(Key::Contact).and_then(|line| {
        let path = full_path(&line.value, &thing.folder);
        if !world.authorities.contains_key(&path) {
            let suggestion = crate::diagnostic::closest(&path, world.authorities.keys().map(String::as_str));
            let problem = Problem::UnknownAuthority { name: line.value.clone() };
            world.say(Diagnostic { suggestion, ..Diagnostic::new(problem, &thing.file, line.value_span) });
            return None;
        }
        Some(path)
    });
    Portal {
        path: thing.key.clone(),
        title: title(world, thing, node, ""),
        area: node.key(Key::Area).and_then(|line| area(world, thing, line)).unwrap_or_else(Set::any),
        host: node.key(Key::Host).map(|line| unquote(&line.value).unwrap_or_else(|| line.value.clone())),
        coat_of_arms,
        colour,
        contact,
        imprint: named(Key::Imprint),
        privacy: named(Key::Privacy),
        barrier_report: named(Key::BarrierReport),
        tiles,
        offers,
        life_events,
    }
}

/// A decimal as an author writes it.
pub(super) fn written(value: Decimal) -> String {
    value.normalize().to_string().replace('.', ",")
}
