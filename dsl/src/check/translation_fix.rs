//! The lines that a translation still needs, put where they belong.

use std::collections::BTreeMap;

use super::names::json_key;
use super::thing::Thing;
use super::world::{Translation, node_id};
use crate::syntax::keyword::{Fixed, Heading, Key};
use crate::syntax::{Node, Sources, Span};

/// One replacement that adds what is missing: an empty text for each, with the original as a comment behind it.
pub(super) fn missing(
    thing: &Thing,
    target: &Thing,
    wanted: &Translation,
    missing: &[&str],
    sources: &Sources,
) -> Option<(Span, String)> {
    let text = sources.text(&thing.file)?;
    let mut by_heading: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for place in missing {
        by_heading.entry(place.split('|').next().unwrap_or_default()).or_default().push(place);
    }
    let mut writer = Writer { thing, target, wanted, missing: by_heading, text, added: Vec::new() };
    writer.node("", &thing.node, &target.node, 1);
    let mut added = writer.added;
    added.sort_by_key(|(at, _)| *at);
    let (first, last) = (added.first()?.0, added.last()?.0);
    let mut out = String::new();
    let mut done = first;
    for (at, lines) in added {
        out.push_str(text.get(done..at)?);
        out.push_str(&lines);
        done = at;
    }
    Some((Span::new(first, last), out))
}

struct Writer<'a> {
    thing: &'a Thing,
    target: &'a Thing,
    wanted: &'a Translation,
    /// The places that lack their texts, by their headings.
    missing: BTreeMap<&'a str, Vec<&'a str>>,
    text: &'a str,
    /// Lines and where they go.
    added: Vec<(usize, String)>,
}

impl Writer<'_> {
    /// What is missing at a heading that the translation has.
    fn node(&mut self, id: &str, node: &Node, original: &Node, depth: usize) {
        let own = self.own_lines(id, depth);
        if !own.is_empty() {
            let at = self.end_of_line(self.own_end(node));
            self.added.push((at, own));
        }
        let key = |node: &Node| (node.heading, node.name_text().to_owned());
        let known: BTreeMap<_, &Node> = node.children.iter().map(|child| (key(child), child)).collect();
        let mut whole = String::new();
        for child in &original.children {
            let below = node_id(id, child);
            match known.get(&key(child)) {
                Some(there) => self.node(&below, there, child, depth + 1),
                None => {
                    let lines = self.whole(&below, child, depth);
                    if depth == 1 && child.heading == Heading::Section && !lines.is_empty() {
                        whole.push('\n');
                    }
                    whole.push_str(&lines);
                }
            }
        }
        if !whole.is_empty() {
            let at = self.end_of_line(self.end(node));
            self.added.push((at, whole));
        }
    }

    /// A heading with all its lines.
    fn whole(&self, id: &str, original: &Node, depth: usize) -> String {
        let title = format!("{id}|title");
        let below: String =
            original.children.iter().map(|child| self.whole(&node_id(id, child), child, depth + 1)).collect();
        let own = self.own_lines(id, depth + 1);
        if !self.is_missing(&title) && own.is_empty() && below.is_empty() {
            return String::new();
        }
        let heading = original.heading.spelling(self.thing.language);
        let indent = "  ".repeat(depth - 1);
        let text = if self.is_missing(&title) { self.empty(&title) } else { String::new() };
        format!("{indent}{heading} {}{text}\n{own}{below}", original.name_text())
    }

    /// The lines below a heading: details, options, rows.
    fn own_lines(&self, id: &str, depth: usize) -> String {
        let indent = "  ".repeat(depth);
        let mut lines = String::new();
        for place in self.missing.get(id).into_iter().flatten() {
            let role = place.split_once('|').map_or("", |(_, role)| role);
            let (sign, name) = role.split_once(' ').unwrap_or((role, ""));
            let language = self.thing.language;
            let original = |place: &str| self.wanted.get(place).map_or(String::new(), |texts| texts.join(" "));
            match sign {
                // A hint of an option stands behind its label, which is there already.
                "title" => {}
                "-" if name.ends_with(" Hinweis") => {}
                "-" => lines.push_str(&format!("{indent}- {}{}\n", self.option(name), self.empty(place))),
                "|" => lines.push_str(&format!("{indent}| {name} | \"\" |   # {}\n", original(place))),
                _ => {
                    let key = Key::ALL
                        .iter()
                        .find(|key| role_of(**key) == role.trim_end_matches(|c: char| c.is_ascii_digit()).trim());
                    let Some(key) = key else { continue };
                    let each = if *key == Key::Repeats {
                        format!(" {}", Fixed::Each.spelling(language))
                    } else {
                        String::new()
                    };
                    lines.push_str(&format!("{indent}{}:{each}{}\n", key.spelling(language), self.empty(place)));
                }
            }
        }
        lines
    }

    /// An empty text, with the original behind it as a comment.
    fn empty(&self, place: &str) -> String {
        let original = self.wanted.get(place).map_or(String::new(), |texts| texts.join(" "));
        format!(" \"\"   # {}", original.replace(['\n', '\r'], " "))
    }

    fn is_missing(&self, place: &str) -> bool {
        let id = place.split('|').next().unwrap_or_default();
        self.missing.get(id).is_some_and(|places| places.contains(&place))
    }

    /// The name of an option as the author of the procedure writes it.
    fn option(&self, key: &str) -> String {
        fn find(node: &Node, key: &str) -> Option<String> {
            let own = node.bullets.iter().map(|bullet| super::options::read(&bullet.text, 0).key);
            own.into_iter()
                .find(|name| json_key(name) == key)
                .or_else(|| node.children.iter().find_map(|child| find(child, key)))
        }
        find(&self.target.node, key).unwrap_or_else(|| key.to_owned())
    }

    /// The end of what belongs to a heading itself.
    fn own_end(&self, node: &Node) -> usize {
        let keys = node.keys.iter().map(|line| line.value_span.end.max(line.key_span.end));
        let bullets = node.bullets.iter().map(|bullet| bullet.span.end);
        let rows = node.rows.iter().map(|(_, span)| span.end);
        let end = keys.chain(bullets).chain(rows).max().unwrap_or(node.span.end).max(node.span.end);
        // Further lines of a text.
        let mut at = self.end_of_line(end);
        while let Some(line) = self.text.get(at..).and_then(|rest| rest.split_inclusive('\n').next()) {
            if !line.trim_start().starts_with(['"', '„', '“', '»']) {
                break;
            }
            at += line.len();
        }
        at.saturating_sub(1).max(end)
    }

    /// The end of a block with all that stands in it.
    fn end(&self, node: &Node) -> usize {
        node.children.iter().map(|child| self.end(child)).chain([self.own_end(node)]).max().unwrap_or(0)
    }

    /// The byte behind the line break that follows.
    fn end_of_line(&self, at: usize) -> usize {
        let rest = self.text.get(at..).unwrap_or("");
        rest.find('\n').map_or(self.text.len(), |line| at + line + 1)
    }
}

fn role_of(key: Key) -> &'static str {
    super::world::key_role(key)
}
