//! Whether two trees say the same: all but places, blanks and the ways to write a sign. What is
//! read with the grammar is compared as it was read, so that a change that only looks like one of
//! layout is found.

use super::expression::{Tongue, meaning, quantity};
use super::pieces::{Piece, pieces};
use super::value::{CELL, CONDITION, VALUE, definition_rules, result_rules};
use crate::model::Language;
use crate::syntax::keyword::{self, Fixed, Found, Heading, Inner, Key, KindWord};
use crate::syntax::{KeyLine, Node, Rule, split_items};

/// Compares what is written with one keyword language with what is written with another, or the same.
pub(super) struct Same {
    pub tongue: Tongue,
}

impl Same {
    /// Whether the blocks are the same, one by one.
    pub fn nodes(&self, before: &[Node], after: &[Node]) -> bool {
        alike(before, after, |a, b| self.node(a, b))
    }

    fn node(&self, before: &Node, after: &Node) -> bool {
        let heading = before.shape();
        let rules = definition_rules(heading);
        before.heading == after.heading
            && before.target == after.target
            && before.name_text() == after.name_text()
            && alike(before.title.as_slice(), after.title.as_slice(), |a, b| self.text(&a.0, &b.0))
            && alike(before.definition.as_slice(), after.definition.as_slice(), |a, b| self.read(rules, &a.0, &b.0))
            && alike(&before.items, &after.items, |a, b| self.plain(&a.0, &b.0))
            && alike(&keys(before), &keys(after), |a, b| self.key(heading, a, b))
            && alike(&before.bullets, &after.bullets, |a, b| self.option(heading, &a.text, &b.text))
            && self.rows(heading, before, after)
            && alike(&before.texts, &after.texts, |a, b| self.text(a, b))
            && self.nodes(&before.children, &after.children)
    }

    fn rows(&self, heading: Heading, before: &Node, after: &Node) -> bool {
        let listed = matches!(heading, Heading::List | Heading::Translation);
        let mut rules: Vec<Option<&[Rule]>> = vec![Some(VALUE)];
        rules.resize(before.rows.len().max(1), None);
        before.rows.len() == after.rows.len()
            && before.rows.iter().zip(&after.rows).zip(rules).all(|(((before, _), (after, _)), first)| {
                alike(before, after, |a, b| {
                    let rules = first.unwrap_or(if a.result { result_rules(heading) } else { CELL });
                    let same = |a: &str, b: &str| {
                        if listed { self.plain(a, b) } else { self.words(a, b) || self.read(rules, a, b) }
                    };
                    a.result == b.result && same(&a.text, &b.text)
                })
            })
    }

    fn key(&self, heading: Heading, before: &KeyLine, after: &KeyLine) -> bool {
        let (a, b) = (before.value.as_str(), after.value.as_str());
        let words = match before.key {
            None => before.words.to_lowercase() == after.words.to_lowercase(),
            // What is expected has words and a name.
            Some(Key::Expects) if self.translated() => true,
            Some(Key::Expects) => small(&before.words) == small(&after.words),
            Some(_) => true,
        };
        let value = match before.key {
            Some(Key::OnlyIf | Key::MustHold) => self.read(CONDITION, a, b),
            Some(Key::Kind) => self.kind(a, b),
            Some(Key::Area | Key::Open) => self.read(CELL, a, b),
            Some(Key::Adaptable) if heading == Heading::Value => self.read(CELL, a, b),
            Some(Key::On) => self.read(VALUE, a, b),
            Some(Key::New) => match (a.split_once('='), b.split_once('=')) {
                (Some(a), Some(b)) => {
                    a.0.trim() == b.0.trim() && self.read(definition_rules(Heading::Transition), a.1.trim(), b.1.trim())
                }
                _ => self.plain(a, b),
            },
            None | Some(Key::Expects) => alike(&split_items(a, 0), &split_items(b, 0), |a, b| self.answer(&a.0, &b.0)),
            Some(_) => self.plain(a, b),
        };
        before.key == after.key && words && value && alike(&before.more, &after.more, |a, b| self.text(a, b))
    }

    /// Kind, limits, marks.
    fn kind(&self, before: &str, after: &str) -> bool {
        let (a, b) = (split_items(before, 0), split_items(after, 0));
        let (Some((a, limits)), Some((b, others))) = (a.split_first(), b.split_first()) else {
            return self.plain(before, after);
        };
        let kind = match (KindWord::find_at_start(&a.0), KindWord::find_at_start(&b.0)) {
            (Some((a, first)), Some((b, second))) => a.word == b.word && self.behind_kind(first.trim(), second.trim()),
            _ => self.plain(&a.0, &b.0),
        };
        kind && alike(limits, others, |a, b| match (Fixed::find_at_start(&a.0), Fixed::find_at_start(&b.0)) {
            (Some((a, first)), Some((b, second))) if a.word == b.word => {
                first.trim().is_empty() && second.trim().is_empty() || self.read(VALUE, first.trim(), second.trim())
            }
            _ => self.read(CELL, &a.0, &b.0),
        })
    }

    /// `in Stunden je Woche`, `Liste staaten`, `je Monat`.
    fn behind_kind(&self, before: &str, after: &str) -> bool {
        match (Fixed::find_at_start(before), Fixed::find_at_start(after)) {
            (Some((Found { word: Fixed::In, .. }, a)), Some((Found { word: Fixed::In, .. }, b))) => {
                quantity(a).is_some_and(|a| quantity(b).is_some_and(|b| a == b)) || self.plain(a, b)
            }
            _ => match (KindWord::find_at_start(before), KindWord::find_at_start(after)) {
                (Some((a, first)), Some((b, second))) => a.word == b.word && first.trim() == second.trim(),
                _ => quantity(before).is_some_and(|a| quantity(after) == Some(a)) || self.plain(before, after),
            },
        }
    }

    fn option(&self, heading: Heading, before: &str, after: &str) -> bool {
        if heading != Heading::Question {
            return self.plain(before, after);
        }
        let (a, first) = crate::check::options::condition_at_end(before, 0);
        let (b, second) = crate::check::options::condition_at_end(after, 0);
        self.plain(a, b) && alike(first.as_slice(), second.as_slice(), |a, b| self.read(CONDITION, &a.0, &b.0))
    }

    fn answer(&self, before: &str, after: &str) -> bool {
        let rules = &[Rule::date_time, Rule::quantity];
        self.words(before, after) || first(rules, before).is_some() && self.read(rules, before, after) || {
            self.plain(before, after)
        }
    }

    /// Whether both are the same word of the language.
    fn words(&self, before: &str, after: &str) -> bool {
        let Tongue { from, to } = self.tongue;
        Inner::ALL.iter().any(|word| word.spelling(from) == before && word.spelling(to) == after)
            || Fixed::ALL.iter().any(|word| word.spelling(from) == before && word.spelling(to) == after)
    }

    /// By the first rule that can read it.
    fn read(&self, rules: &[Rule], before: &str, after: &str) -> bool {
        match (first(rules, before), first(rules, after)) {
            (Some(a), Some(b)) => a == b || self.translated() && self.with_area(&a.1) == b.1,
            (None, None) => self.plain(before, after),
            _ => false,
        }
    }

    /// Texts as they are, and what stands between them word by word; its words are not compared
    /// where they are in another language.
    fn plain(&self, before: &str, after: &str) -> bool {
        let (a, b) = (parts(before), parts(after));
        let texts = |parts: &[(bool, String)]| parts.iter().filter(|part| part.0).map(|part| part.1.clone()).collect();
        let (first, second): (Vec<_>, Vec<_>) = (texts(&a), texts(&b));
        if self.translated() { alike(&first, &second, |a, b| self.text(a, b)) } else { a == b }
    }

    fn text(&self, before: &str, after: &str) -> bool {
        before == after || self.with_area(before) == after
    }

    fn with_area(&self, text: &str) -> String {
        self.tongue.text(text).unwrap_or_else(|| text.to_owned())
    }

    fn translated(&self) -> bool {
        self.tongue.from != self.tongue.to
    }
}

fn alike<T>(before: &[T], after: &[T], same: impl Fn(&T, &T) -> bool) -> bool {
    before.len() == after.len() && before.iter().zip(after).all(|(a, b)| same(a, b))
}

/// All but the line that says in which language the texts are, which has its own place.
fn keys(node: &Node) -> Vec<&KeyLine> {
    node.keys.iter().filter(|line| line.key != Some(Key::Texts)).collect()
}

/// The first rule that reads a text, and what it reads.
fn first(rules: &[Rule], text: &str) -> Option<(Rule, String)> {
    rules.iter().find_map(|rule| Some((*rule, meaning(*rule, text)?)))
}

/// A value in its parts: texts, and what stands between them with single blanks, none before a
/// comma, and with units in one form.
fn parts(value: &str) -> Vec<(bool, String)> {
    let part = |piece| match piece {
        Piece::Text(text) => (true, text.into_owned()),
        Piece::Words(_, words) => {
            let mut between = String::new();
            for word in words.split_whitespace() {
                let bare = word.trim_end_matches(',');
                if !between.is_empty() && !bare.is_empty() {
                    between.push(' ');
                }
                between.push_str(&keyword::unit(bare));
                between.push_str(&word[bare.len()..]);
            }
            (false, between)
        }
    };
    pieces(value).into_iter().map(part).collect()
}

fn small(words: &str) -> String {
    let language = |words: &str| Key::find_at_start(words).map(|(found, rest)| (found.word, rest.trim().to_owned()));
    language(words).map_or_else(|| words.to_owned(), |(key, rest)| format!("{} {rest}", key.spelling(Language::German)))
}
