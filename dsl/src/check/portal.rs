//! Portals: tiles, offers and life events of a municipality.

use super::adopt::Offer;
use super::authority::area;
use super::declare::full_path;
use super::known::Known;
use super::names::{json_key, path_key};
use super::options;
use super::record::Target;
use super::responsible::last_part;
use super::thing::Thing;
use super::things::{say, title};
use super::world::{World, node_id, place, quoted_part};
use crate::diagnostic::{Both, Diagnostic, Problem};
use crate::model::{LifeEvent, Portal, Procedure, Set, Tile};
use crate::syntax::keyword::{Heading, Key};
use crate::syntax::{KeyLine, Span, split_items, unquote};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// The procedures that portals can name.
pub(super) struct Directory<'w> {
    /// All that compiled, by path.
    compiled: &'w BTreeMap<String, Vec<Arc<Procedure>>>,
    /// Those that files describe, by path; what is offered unchanged is described by its template.
    described: BTreeMap<&'w str, Vec<&'w Thing>>,
    /// What a folder has made of a template.
    adopted: HashMap<(&'w str, &'w str), &'w str>,
    /// The newest version of each template.
    templates: BTreeMap<&'w str, &'w Thing>,
}

impl<'w> Directory<'w> {
    pub fn new(
        known: &'w Known,
        offers: &'w BTreeMap<String, Offer>,
        compiled: &'w BTreeMap<String, Vec<Arc<Procedure>>>,
    ) -> Self {
        let mut described: BTreeMap<&str, Vec<&Thing>> = BTreeMap::new();
        let mut adopted = HashMap::new();
        for thing in &known.procedures {
            described.entry(&thing.key).or_default().push(thing);
            if let Some(origin) = &thing.origin {
                adopted.entry((thing.folder.as_str(), origin.key.as_str())).or_insert(thing.key.as_str());
            }
        }
        let templates: BTreeMap<&str, &Thing> =
            known.templates.iter().map(|template| (template.key.as_str(), &**template)).collect();
        for offer in offers.values() {
            adopted.entry((&offer.folder, &offer.template)).or_insert(&offer.key);
            described.entry(&offer.key).or_default().extend(templates.get(offer.template.as_str()));
        }
        Self { compiled, described, adopted, templates }
    }
}

/// Compiles a portal.
pub(super) fn portal(world: &World<'_>, thing: &Thing, directory: &Directory<'_>) -> Portal {
    let node = &thing.node;
    let procedure = |name: &str, span: Span| -> Option<String> {
        let path = full_path(name, &thing.folder);
        let described = directory.described.get(path.as_str());
        if described.is_some() || directory.compiled.contains_key(&path) {
            let meant = described.and_then(|things| things.first());
            world.found_thing(&thing.file, last_part(name, span), meant.copied());
            return Some(path);
        }
        // A template stands for what this town has made of it, or takes over unchanged.
        if let Some(adopted) = directory.adopted.get(&(thing.folder.as_str(), path.as_str())) {
            let template = directory.templates.get(path.as_str());
            world.found_thing(&thing.file, last_part(name, span), template.copied());
            return Some((*adopted).to_owned());
        }
        // The file is there, and what is the matter with it is said in it.
        let named = |file: &str| file.rsplit_once('/').map_or(file, |(_, name)| name).split('.').next().map(json_key);
        let there = world.sources.iter().any(|(file, _)| {
            let (folder, name) = path.rsplit_once('/').unwrap_or(("", &path));
            let here = file.rsplit_once('/').map_or("", |(folder, _)| folder);
            path_key(here) == folder && named(file).as_deref() == Some(name) && world.errors_in(file) > 0
        });
        if there {
            return None;
        }
        let known = directory.described.keys().copied();
        let suggestion = crate::diagnostic::closest(&path, known).map(|path| world.spelled_path(&path));
        let problem = Problem::UnknownProcedure { name: name.to_owned() };
        world.say(Diagnostic { suggestion, ..Diagnostic::new(problem, &thing.file, span) });
        None
    };
    let named = |key| node.key(key).and_then(|line| procedure(&line.value, line.value_span));
    let mut tiles = Vec::new();
    let mut offers: Vec<(String, Span)> = Vec::new();
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
                    if offers.iter().any(|(other, _)| other.rsplit('/').next() == Some(&last)) {
                        say(world, thing, Problem::OfferTwice { name: last }, bullet.span);
                        continue;
                    }
                    offers.push((path, bullet.span));
                }
            }
            Heading::LifeEvent => {
                let key = super::names::json_key(child.name_text());
                life_events.push(LifeEvent { key, title: title(world, thing, child, &id), offers: paths() });
            }
            _ => {}
        }
    }
    let described = world.known.procedures.iter().chain(&world.known.templates);
    for other in described.filter(|_| world.record.is_some()) {
        let line = other.node.key(Key::Category);
        let tile = line
            .map(|line| super::names::json_key(&line.value))
            .filter(|key| tiles.iter().any(|tile| tile.key == *key));
        if let (Some(line), Some(tile)) = (line, tile) {
            world.found(&other.file, line.value_span, || Target::Tile(tile));
        }
    }
    for (path, offer) in &offers {
        for other in directory.described.get(path.as_str()).into_iter().flatten() {
            if let Some(line) = other.node.key(Key::Category)
                && !tiles.iter().any(|tile| tile.key == super::names::json_key(&line.value))
            {
                let known: Vec<String> = tiles.iter().map(|tile| world.spelled(&tile.key)).collect();
                let known: Vec<&str> = known.iter().map(String::as_str).collect();
                let problem = Problem::UnknownCategory {
                    name: line.value.clone(),
                    portal: node.name_text().to_owned(),
                    known: Both::some_of(&known),
                };
                let suggestion = crate::diagnostic::closest(&line.value, known);
                // A template is right by itself: it is said where this town offers it.
                let (file, span) = match other.node.key(Key::Template) {
                    Some(_) if other.origin.is_none() => (&thing.file, *offer),
                    _ => (&other.file, line.value_span),
                };
                world.say(Diagnostic { suggestion, ..Diagnostic::new(problem, file, span) });
            }
        }
    }
    let colour = node.key(Key::Colour).and_then(|line| {
        let colour = unquote(&line.value).unwrap_or_else(|| line.value.clone());
        let right = is_colour(&colour);
        if !right {
            // Without quotation marks the colour is a comment.
            let text = world.sources.text(&thing.file).unwrap_or("");
            let rest = text.get(line.key_span.end..).and_then(|rest| rest.lines().next()).unwrap_or("");
            let sign = rest.find('#').filter(|_| line.value.is_empty());
            let comment = sign.and_then(|at| Some((at, rest.get(at..)?.split_whitespace().next()?)));
            let (value, span) = match comment {
                Some((at, word)) => {
                    let start = line.key_span.end + at;
                    (word.to_owned(), Span::new(start, start + word.len()))
                }
                None => (colour.clone(), line.value_span),
            };
            let fix = is_colour(&value).then(|| (span, format!("\"{value}\"")));
            let problem = Problem::ColourForm { value };
            world.say(Diagnostic { fix, ..Diagnostic::new(problem, &thing.file, span) });
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
        if world.authority(&path).is_none() {
            let (problem, suggestion) = world.unknown_authority(line.value.clone(), &path);
            world.say(Diagnostic { suggestion, ..Diagnostic::new(problem, &thing.file, line.value_span) });
            return None;
        }
        world.found_thing(&thing.file, last_part(&line.value, line.value_span), world.authority_named(&path));
        Some(path)
    });
    Portal {
        path: thing.key.clone(),
        title: title(world, thing, node, ""),
        area: node.key(Key::Area).and_then(|line| area(world, thing, line)).unwrap_or_else(Set::any),
        host: node.key(Key::Host).map(|line| host(world, thing, line)),
        coat_of_arms,
        colour,
        contact,
        imprint: named(Key::Imprint),
        privacy: named(Key::Privacy),
        barrier_report: named(Key::BarrierReport),
        tiles,
        offers: offers.into_iter().map(|(path, _)| path).collect(),
        life_events,
    }
}

/// `#00457C`
fn is_colour(text: &str) -> bool {
    text.len() == 7
        && text.strip_prefix('#').is_some_and(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))
}

/// `Netzadresse: www.norderstedt.de`: a name without anything around it, by which a browser asks.
fn host(world: &World<'_>, thing: &Thing, line: &KeyLine) -> String {
    let written = unquote(&line.value).unwrap_or_else(|| line.value.clone());
    let plain = written.trim().trim_start_matches("https://").trim_start_matches("http://");
    let plain = plain.split(['/', ':', '?', '#']).next().unwrap_or(plain).to_lowercase();
    let named = |name: &str| !name.is_empty() && !name.contains(char::is_whitespace);
    if plain != written.trim().to_lowercase() && !line.value.is_empty() {
        let fix = named(&plain).then(|| (line.value_span, plain.clone()));
        let problem = Problem::HostForm { value: written };
        world.say(Diagnostic { fix, ..Diagnostic::new(problem, &thing.file, line.value_span) });
    } else if !line.value.is_empty() && !named(&plain) {
        say(world, thing, Problem::HostForm { value: written }, line.value_span);
    }
    plain
}
