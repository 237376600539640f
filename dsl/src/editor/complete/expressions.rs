//! Conditions, calculations, sets: names, what they can be, the words between them.

use super::{List, Offer, tail};
use crate::check::expressions::nfc;
use crate::check::levels::{Known, Levels, Possible};
use crate::editor::texts;
use crate::editor::words::Word;
use crate::model::Language;
use crate::syntax::Span;
use crate::syntax::keyword::{Heading, Inner};

/// Signs and words behind which a value of the answer before them stands.
const COMPARES: [&str; 10] = ["=", "≠", "<>", "!=", "ist nicht", "is not", "enthält", "contains", "≤", "≥"];

impl List<'_> {
    /// A condition or calculation of which `text` is written already.
    pub(super) fn expression(&mut self, text: &str, calculation: bool) {
        let levels = self.analysis.record.levels.borrow();
        let Some(names) = self.at.names(&levels) else { return };
        let (scope, order) = self.scope(names);
        let written = tail(text);
        let before = text.get(..text.len() - written.len()).unwrap_or("").trim_end();
        if let Some((path, last)) = written.rsplit_once('.') {
            let parts: Vec<String> = path.split('.').map(nfc).collect();
            self.members(names.inside(&parts, scope), names.columns(&parts, scope), last);
            return;
        }
        let own: Vec<Known> = names.visible(scope, order);
        if let Some((left, further)) = compared(before) {
            let parts: Vec<String> = left.split('.').map(nfc).collect();
            let scope = entry_scope(before, names).unwrap_or(scope);
            let possible = value_of(names, &parts, scope, self.reader);
            self.possible(&possible, written, before);
            if further || !matches!(possible, Possible::YesNo | Possible::Choices(..)) {
                self.known(own, written);
            }
            return;
        }
        let path = tail(before);
        let parts: Vec<String> = path.split('.').map(nfc).collect();
        let possible = names.possible(&parts, scope, self.reader);
        let named = !path.is_empty() && !names.trail(&parts, scope).is_empty();
        if named
            && before.ends_with(path)
            && text.ends_with(char::is_whitespace) | !written.is_empty()
            && before != text
        {
            self.signs(&possible, written);
            return;
        }
        let scope = entry_scope(before, names);
        self.known(scope.map_or(own, |inner| names.visible(inner, None)), written);
        self.first_words(written, calculation);
    }

    /// The names in braces in a text.
    pub(super) fn names_in_text(&mut self, name: &str) {
        let levels = self.analysis.record.levels.borrow();
        let Some(names) = self.at.names(&levels) else { return };
        let (scope, _) = self.scope(names);
        match name.rsplit_once('.') {
            Some((path, last)) => {
                let parts: Vec<String> = path.split('.').map(nfc).collect();
                self.members(names.inside(&parts, scope), names.columns(&parts, scope), last);
            }
            None => {
                self.known(names.visible(scope, None).into_iter().filter(|known| !known.repeat).collect(), name);
                let area = if self.at.language == Language::English { "Area" } else { "Gebiet" };
                let about = match self.reader {
                    Language::English => "The town that offers the procedure.",
                    _ => "Die Gemeinde, die das Verfahren anbietet.",
                };
                let replace = self.last(name.len());
                self.push(area, Offer::Keyword, "", about, replace);
            }
        }
    }

    fn scope(&self, names: &Levels) -> (usize, Option<usize>) {
        let Some(node) = self.at.node else { return (0, None) };
        if let (Some(thing), Some(target)) = (self.at.thing, self.at.target)
            && thing.node.heading == Heading::Translation
        {
            return (texts::scope_of(&thing.node, &target.node, names, self.at.offset), None);
        }
        let (scope, order) = names.at(node.span.start);
        // Only conditions look back; rules see everything.
        let backwards = self.at.before.trim_start();
        let looks_back = ["nur wenn", "only if", "-"].iter().any(|word| backwards.starts_with(word));
        (scope, order.filter(|_| looks_back))
    }

    /// Adds names with their texts.
    pub(super) fn known(&mut self, known: Vec<Known>, written: &str) {
        let replace = self.last(written.len());
        for name in known {
            let title = self.symbol(&name.file, name.span).and_then(|symbol| symbol.title.clone()).unwrap_or_default();
            let about = self.kind_of(&name);
            self.push(&name.name, Offer::Name, &title, &about, replace);
        }
    }

    fn members(&mut self, known: Vec<Known>, columns: Vec<String>, written: &str) {
        let replace = self.last(written.len());
        self.known(known, written);
        for column in columns {
            let spelled = self.analysis.index.symbols.iter().find(|symbol| {
                symbol.sort == crate::editor::Sort::Column && crate::check::names::json_key(&symbol.name) == column
            });
            let name = spelled.map_or(column.clone(), |symbol| symbol.name.clone());
            self.push(&name, Offer::Name, "", "", replace);
        }
    }

    /// What stands behind `Art:` of a question.
    fn kind_of(&self, name: &Known) -> String {
        let symbol = self.symbol(&name.file, name.span);
        let thing = self.analysis.record.of_file(&name.file).first();
        let node = symbol.and(thing).and_then(|thing| crate::editor::hover::node_named(&thing.node, name.span));
        node.and_then(|node| node.key(crate::syntax::keyword::Key::Kind))
            .map(|line| line.value.clone())
            .unwrap_or_default()
    }

    /// Adds what the value of a name can be.
    pub(super) fn possible(&mut self, possible: &Possible, written: &str, before: &str) {
        let replace = self.last(written.len());
        match possible {
            Possible::YesNo => {
                self.word(Word::Inner(Inner::Yes), "", replace);
                self.word(Word::Inner(Inner::No), "", replace);
            }
            Possible::Choices(choices, _) => {
                for (key, label) in choices {
                    let name = self.spelled(key);
                    self.push(&name, Offer::Value, label, "", replace);
                }
            }
            Possible::Places => self.places(written, before),
            Possible::Date => self.word(Word::Inner(Inner::Today), "", replace),
            Possible::Number(_) | Possible::Text | Possible::Nothing => {}
        }
    }

    /// A key as its author writes it.
    fn spelled(&self, key: &str) -> String {
        use crate::editor::Sort;
        let values = |sort| matches!(sort, Sort::Option | Sort::ListValue);
        let mut symbols = self.analysis.index.symbols.iter().filter(|symbol| values(symbol.sort));
        symbols
            .find(|symbol| crate::check::names::json_key(&symbol.name) == key)
            .map_or_else(|| key.to_owned(), |symbol| symbol.name.clone())
    }

    /// Adds the signs and words that can stand behind a name.
    fn signs(&mut self, possible: &Possible, written: &str) {
        let replace = self.last(written.len());
        if written.is_empty() {
            let signs: &[&str] = match possible {
                Possible::Number(_) | Possible::Date => &["=", "≠", "<", "≤", ">", "≥"],
                Possible::Choices(_, true) | Possible::Nothing => &[],
                _ => &["=", "≠"],
            };
            for sign in signs {
                if let Some(item) = self.push(sign, Offer::Keyword, "", "", replace) {
                    item.insert = format!("{sign} ");
                }
            }
        }
        let words: &[Inner] = match possible {
            Possible::Choices(_, true) => &[Inner::Contains, Inner::IsAnswered, Inner::IsNotAnswered],
            Possible::Date => &[Inner::Before, Inner::After, Inner::Latest, Inner::Earliest, Inner::IsAnswered],
            Possible::Number(_) => {
                &[Inner::AtLeast, Inner::AtMost, Inner::MoreThan, Inner::LessThan, Inner::IsAnswered]
            }
            Possible::Nothing => &[Inner::IsAnswered, Inner::IsNotAnswered, Inner::With, Inner::Distinct],
            _ => &[Inner::IsNot, Inner::IsAnswered, Inner::IsNotAnswered],
        };
        for word in words.iter().chain(&[Inner::And, Inner::Or]) {
            self.word(Word::Inner(*word), " ", replace);
        }
    }

    /// Adds the words with which a condition or a calculation begins.
    fn first_words(&mut self, written: &str, calculation: bool) {
        let replace = self.last(written.len());
        let words: &[Inner] = if calculation {
            &[Inner::Count, Inner::Sum, Inner::Age, Inner::Today]
        } else {
            &[Inner::Not, Inner::Every, Inner::Some, Inner::None, Inner::Age, Inner::Count, Inner::Sum, Inner::Today]
        };
        for word in words {
            self.word(Word::Inner(*word), " ", replace);
        }
        if !calculation {
            for word in [Inner::AtLeastOneAnswer, Inner::ExactlyOneAnswer, Inner::AtMostOneAnswer] {
                self.word(Word::Inner(word), ": ", replace);
            }
        }
    }

    /// Adds places whose names begin like what is written, with what may stand before: `Kreis Se`.
    pub(super) fn places(&mut self, written: &str, before: &str) {
        let last = before.rsplit(' ').next().unwrap_or("");
        let area = ["Kreis", "Amt", "Land", "Gemeinde"].contains(&last);
        let wanted = if area { format!("{last} {written}") } else { written.to_owned() };
        // A name that is quoted for the words of the language in it is replaced with them.
        let behind = self.at.before.len() - written.len();
        let gap = self.at.before.get(..behind).map_or(0, |text| text.len() - text.trim_end().len());
        let length = written.len() + if area { last.len() + gap } else { 0 };
        let replace: Span = self.last(length);
        let found = self.analysis.regions.begin_with(&wanted, 60);
        self.done.more |= found.len() >= 60;
        for (name, about) in found {
            let quoted = name.split([' ', '-']).skip(1).any(|word| crate::syntax::keyword::RESERVED.contains(&word));
            if let Some(item) = self.push(&name, Offer::Place, &about, "", replace)
                && quoted
            {
                item.insert = format!("\"{name}\"");
            }
        }
        self.done.more |= wanted.len() < 3;
    }

    /// The authorities as they are written in this file, and the end pages and tasks.
    pub(super) fn targets(&mut self, written: &str, whole: &str) {
        self.authorities(written);
        let replace = self.last(written.len());
        let language = self.at.language;
        let word = Heading::EndPage.spelling(language);
        let pages = self.at.thing.into_iter().flat_map(|thing| &thing.node.children);
        let pages: Vec<(String, String)> = pages
            .filter(|node| node.heading == Heading::EndPage && node.name.is_some())
            .map(|node| (node.name_text().to_owned(), node.title.as_ref().map_or_else(String::new, |(t, _)| t.clone())))
            .collect();
        let behind = whole.trim_start().starts_with(word);
        for (name, title) in pages {
            let label = if behind { name } else { format!("{word} {name}") };
            self.push(&label, Offer::Thing, &title, "", replace);
        }
        let tasks: Vec<String> = self
            .analysis
            .index
            .symbols
            .iter()
            .filter(|symbol| symbol.sort == crate::editor::Sort::Task)
            .map(|symbol| symbol.name.clone())
            .collect();
        let of = Inner::For.spelling(language);
        if let Some((_, place)) = whole.split_once(&format!(" {of} ")) {
            self.expression(place, true);
            return;
        }
        for task in tasks {
            let about = Word::Inner(Inner::For).meaning().map_or("", |meaning| meaning.text(self.reader));
            if let Some(item) = self.push(&format!("{task} {of} …"), Offer::Thing, "", about, replace) {
                item.insert = format!("{task} {of} ");
            }
        }
    }

    pub(super) fn authorities(&mut self, written: &str) {
        let replace = self.last(written.len());
        let folder = self.at.file.rsplit_once('/').map_or("", |(folder, _)| folder);
        for thing in self.analysis.record.things.iter().filter(|thing| thing.node.heading == Heading::Authority) {
            let name = thing.node.name_text();
            let label = if thing.folder == folder { name.to_owned() } else { format!("{}/{name}", thing.folder) };
            let title = thing.node.title.as_ref().map_or("", |(title, _)| title.as_str());
            self.push(label.trim_start_matches('/'), Offer::Thing, title, "", replace);
        }
    }
}

/// The answer that a comparison at the end of a text is about; whether only its first value may
/// also be another name.
fn compared(before: &str) -> Option<(&str, bool)> {
    // Behind a further value: back to the sign.
    let mut text = before;
    let mut further = false;
    loop {
        let sign = COMPARES.iter().find(|sign| {
            let word = sign.starts_with(char::is_alphabetic);
            text.strip_suffix(**sign).is_some_and(|rest| !word || rest.ends_with(char::is_whitespace))
        });
        if let Some(sign) = sign {
            let left = text.get(..text.len() - sign.len())?.trim_end();
            let path = tail(left);
            return (!path.is_empty()).then_some((path, further));
        }
        let joined = ["oder", "or", "ohne", "except", "(", ","].iter().find_map(|word| {
            let rest = text.strip_suffix(word)?;
            (rest.is_empty() || rest.ends_with([' ', '=', '('])).then_some((*word, rest))
        })?;
        further |= matches!(joined.0, "oder" | "or");
        // The value before it.
        let rest = joined.1.trim_end();
        let sign = COMPARES.iter().filter_map(|sign| rest.rfind(sign).map(|at| at + sign.len())).max()?;
        let value = rest.get(sign..)?;
        if value.contains([':', '|']) {
            return None;
        }
        text = rest.get(..sign)?;
    }
}

/// What the value of a name can be; of the column of a list what stands in it.
pub(super) fn value_of(names: &Levels, parts: &[String], scope: usize, reader: Language) -> Possible {
    match (names.possible(parts, scope, reader), parts.split_last()) {
        (Possible::Nothing, Some((fact, of))) if !of.is_empty() => names.fact(of, scope, fact),
        (possible, _) => possible,
    }
}

/// Behind `jeder hunde:` or `Anzahl hunde mit` the names of an entry can be seen.
fn entry_scope(before: &str, names: &Levels) -> Option<usize> {
    let mut opened = false;
    before.split([' ', '(', ')']).rev().filter(|word| !word.is_empty()).find_map(|word| {
        opened |= word.ends_with(':') || matches!(word, "mit" | "with" | "nach" | "by");
        let parts: Vec<String> = word.trim_end_matches(':').split('.').map(nfc).collect();
        names.entry(&parts).filter(|_| opened)
    })
}
