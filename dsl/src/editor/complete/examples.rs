//! Lines of examples: answers, and what is expected.

use super::{List, Offer};
use crate::check::expressions::nfc;
use crate::check::levels::Levels;
use crate::editor::texts::answer_name;
use crate::editor::words::Word;
use crate::syntax::keyword::{Fixed, Heading, Inner, Key};

impl List<'_> {
    /// The beginning of a line: the answers that can be named, and `erwartet …`.
    pub(super) fn example_start(&mut self, words: &str) {
        let levels = self.analysis.record.levels.borrow();
        let Some(names) = self.at.names(&levels) else { return };
        if let Some((found, rest)) = Key::find_at_start(words)
            && found.word == Key::Expects
            && rest.starts_with(' ')
        {
            self.expected_word(rest.trim_start());
            return;
        }
        let inside = self.answers(names, words, ": ");
        let replace = self.last(words.len());
        if !inside {
            let language = self.at.language;
            let start = Key::Expects.spelling(language);
            let words = [
                Fixed::ExpectResponsible,
                Fixed::ExpectFee,
                Fixed::ExpectEndPage,
                Fixed::ExpectError,
                Fixed::ExpectAsked,
                Fixed::ExpectNotAsked,
            ];
            for word in words {
                let about = Word::Fixed(word).meaning().map_or("", |meaning| meaning.text(self.reader));
                let label = format!("{start} {}", word.spelling(language));
                if let Some(item) = self.push(&label, Offer::Keyword, "", about, replace) {
                    item.insert = format!("{label}: ");
                }
            }
        }
    }

    /// The answers that can be named, entry by entry, with what stands `behind` a whole name;
    /// whether a list or building block is named already.
    fn answers(&mut self, names: &Levels, words: &str, behind: &str) -> bool {
        let written = words.rsplit(['.', ' ']).next().unwrap_or(words);
        let before = words.get(..words.len() - written.len()).unwrap_or("");
        let parts: Vec<String> = answer_name(before).into_iter().map(|(part, _)| nfc(&part)).collect();
        let known = if parts.is_empty() { names.visible(0, None) } else { names.inside(&parts, 0) };
        let replace = self.last(written.len());
        for name in known {
            if name.constant || name.computed {
                continue;
            }
            let title = self.symbol(&name.file, name.span).and_then(|symbol| symbol.title.clone()).unwrap_or_default();
            if let Some(item) = self.push(&name.name, Offer::Name, &title, "", replace) {
                item.insert = match (name.repeat, name.inside) {
                    (true, _) => format!("{} 1 ", name.name),
                    (false, true) => format!("{}.", name.name),
                    _ => format!("{}{behind}", name.name),
                };
            }
        }
        !parts.is_empty()
    }

    /// Behind `erwartet`: words, fees and computed values.
    fn expected_word(&mut self, written: &str) {
        let replace = self.last(written.len());
        for word in [
            Fixed::ExpectResponsible,
            Fixed::ExpectFee,
            Fixed::ExpectEndPage,
            Fixed::ExpectError,
            Fixed::ExpectAsked,
            Fixed::ExpectNotAsked,
        ] {
            self.word(Word::Fixed(word), ": ", replace);
        }
        let things = self.at.thing.into_iter().chain(self.at.target);
        for node in things.flat_map(|thing| &thing.node.children).filter(|node| node.name.is_some()) {
            let label = match node.heading {
                Heading::Computed => node.name_text().to_owned(),
                Heading::Fee => format!("{} {}", Fixed::ExpectFee.spelling(self.at.language), node.name_text()),
                _ => continue,
            };
            let title = node.title.as_ref().map_or("", |(title, _)| title.as_str());
            let about = node.heading.spelling(self.reader);
            if let Some(item) = self.push(&label, Offer::Name, title, about, replace) {
                item.insert = format!("{label}: ");
            }
        }
    }

    /// The value of an answer.
    pub(super) fn example_value(&mut self, words: &str, item: &str) {
        let levels = self.analysis.record.levels.borrow();
        let Some(names) = self.at.names(&levels) else { return };
        let parts: Vec<String> = answer_name(words).into_iter().map(|(part, _)| nfc(&part)).collect();
        let possible = names.possible(&parts, 0, self.reader);
        let written = item.rsplit(' ').next().unwrap_or(item);
        let before = item.get(..item.len() - written.len()).unwrap_or("").trim_end();
        self.possible(&possible, written, before);
    }

    /// What stands behind the colon of a line with `erwartet`.
    pub(super) fn expected(&mut self, words: &str, value: &str) {
        let item = value.rsplit_once(',').map_or(value, |(_, last)| last.trim_start());
        let Some((_, rest)) = Key::find_at_start(words) else { return };
        let word = Fixed::find_at_start(rest.trim_start()).map(|(found, _)| found.word);
        match word {
            Some(Fixed::ExpectResponsible) => self.authorities(value),
            Some(Fixed::ExpectEndPage | Fixed::EndPage) => self.nodes(Heading::EndPage, item),
            Some(Fixed::ExpectError) => {
                self.nodes(Heading::Rule, item);
                self.asked(item);
            }
            Some(Fixed::ExpectAsked | Fixed::ExpectNotAsked) => self.asked(item),
            Some(Fixed::ExpectFee | Fixed::ColumnAmount) => {}
            _ => {
                let replace = self.last(value.len());
                self.example_value(rest.trim_start(), item);
                self.word(Word::Inner(Inner::NoAnswer), "", replace);
            }
        }
    }

    fn asked(&mut self, item: &str) {
        let levels = self.analysis.record.levels.borrow();
        if let Some(names) = self.at.names(&levels) {
            self.answers(names, item, "");
        }
    }

    fn nodes(&mut self, heading: Heading, written: &str) {
        let replace = self.last(written.len());
        let things = self.at.thing.into_iter().chain(self.at.target);
        let names: Vec<(String, String)> = things
            .flat_map(|thing| &thing.node.children)
            .filter(|node| node.heading == heading && node.name.is_some())
            .map(|node| (node.name_text().to_owned(), node.title.as_ref().map_or_else(String::new, |(t, _)| t.clone())))
            .collect();
        for (name, title) in names {
            self.push(&name, Offer::Name, &title, "", replace);
        }
    }
}
