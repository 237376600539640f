//! What stands behind a colon.

use super::{List, Offer, tail};
use crate::check::allowed;
use crate::check::expressions::nfc;
use crate::editor::words::Word;
use crate::editor::{Sort, texts};
use crate::syntax::keyword::{Fixed, Heading, Inner, Key, KindWord};
use crate::syntax::{KeyLine, Span, split_items};

impl List<'_> {
    pub(super) fn value(&mut self, key: Option<Key>, words: &str, value: &str) {
        let replace = self.last(value.len());
        let item = value.rsplit_once(',').map_or(value, |(_, last)| last.trim_start());
        let last = self.last(item.len());
        let Some(key) = key else {
            self.example_value(words, item);
            return;
        };
        let fixed: &[Fixed] = match key {
            Key::Kind => return self.kind(value, item),
            Key::Uses => return self.uses(item),
            Key::OnlyIf | Key::MustHold => return self.expression(value, false),
            Key::At | Key::AnsweredBy => return self.expression(value, true),
            Key::Sees => return self.expression(item, true),
            Key::New => {
                if let Some((name, new)) = value.split_once('=') {
                    self.example_value(name.trim(), new.trim_start());
                }
                return self.expression(value.rsplit_once('=').map_or(value, |(_, new)| new.trim_start()), true);
            }
            Key::Without => return self.left_out(item),
            Key::Category => return self.tiles(value),
            Key::Area => {
                let written = tail(value);
                let before = value.get(..value.len() - written.len()).unwrap_or("").trim_end();
                self.places(written, before);
                return self.word(Word::Inner(Inner::Any), "", self.last(written.len()));
            }
            Key::Contact => return self.authorities(value),
            Key::Imprint | Key::Privacy | Key::BarrierReport => return self.procedures(value),
            Key::ForEach => return self.repeats(value),
            Key::Expects => return self.expected(words, value),
            Key::Dropped if self.at.node.is_some_and(|node| node.heading == Heading::Replaces) => {
                return self.droppable(item);
            }
            Key::Renamed | Key::Dropped | Key::AskedAnew | Key::Converted => return self.carried(key, value, item),
            Key::Task => return self.tasks(item),
            Key::Open => return self.constants(tail(value)),
            Key::About => {
                self.word(Word::Fixed(Fixed::AnotherPerson), "", replace);
                return self.expression(value, true);
            }
            Key::Waits => &[Fixed::OnWithoutAnswer, Fixed::ThenNotSent],
            Key::Template => &[Fixed::ForMunicipalities, Fixed::ForCounties],
            Key::Adaptable => &[Fixed::Table, Fixed::Amounts, Fixed::Options, Fixed::MayGo, Fixed::MoreQuestions],
            Key::Access => &[Fixed::None, Fixed::Email, Fixed::Account, Fixed::Eid],
            Key::Page => &[Fixed::EachQuestion],
            Key::Appears => &[Fixed::OnTheSamePage],
            Key::Payment => &[Fixed::AfterNotice, Fixed::BeforeSending],
            Key::Level => &[Fixed::City, Fixed::County, Fixed::State, Fixed::Federal],
            Key::Texts => &[Fixed::German, Fixed::English],
            Key::Deadline => &[Fixed::None],
            Key::Channel => &[Fixed::ChannelEmail, Fixed::ChannelCall, Fixed::ChannelFitConnect, Fixed::EncryptedWith],
            Key::OpenHours => &[
                Fixed::Monday,
                Fixed::Tuesday,
                Fixed::Wednesday,
                Fixed::Thursday,
                Fixed::Friday,
                Fixed::Saturday,
                Fixed::Sunday,
            ],
            Key::Retention => {
                return self
                    .behind_number(value, &[Fixed::AfterCompletion, Fixed::AfterReceipt, Fixed::AfterEndOfYear]);
            }
            Key::Version => return self.version(value),
            Key::Language => {
                for word in ["Deutsch", "English"] {
                    self.push(word, Offer::Keyword, "", "", replace);
                }
                return;
            }
            _ => &[],
        };
        for word in fixed {
            self.word(Word::Fixed(*word), "", last);
        }
    }

    /// `1, gültig ab 01.01.2027`
    fn version(&mut self, value: &str) {
        let replace = self.last(value.len());
        let english = self.at.language == crate::model::Language::English;
        let year = self.analysis.today.year() + 1;
        let label = if english { format!("1, valid from 01.01.{year}") } else { format!("1, gültig ab 01.01.{year}") };
        let about = Word::Key(Key::Version).meaning().map_or("", |meaning| meaning.text(self.reader));
        self.push(&label, Offer::Keyword, "", about, replace);
    }

    fn behind_number(&mut self, value: &str, words: &[Fixed]) {
        let english = self.at.language == crate::model::Language::English;
        let unit = if english { "10 years" } else { "10 Jahre" };
        let starts = value.trim().is_empty();
        let last = value.rsplit_once(' ').map_or(value, |(_, last)| last);
        for word in words {
            let spelling = word.spelling(self.at.language);
            let label = if starts { format!("{unit} {spelling}") } else { spelling.to_owned() };
            let about = Word::Fixed(*word).meaning().map_or("", |meaning| meaning.text(self.reader));
            let replace = self.last(last.len());
            self.push(&label, Offer::Keyword, "", about, replace);
        }
    }

    /// `Art:`: kinds, building blocks, lists; behind a comma what fits the kind.
    fn kind(&mut self, value: &str, item: &str) {
        let language = self.at.language;
        let replace = self.last(item.len());
        if let Some((first, _)) = value.split_once(',') {
            let found = KindWord::find_at_start(first).map(|(found, _)| found.word);
            let kind = found.map_or("", |word| word.spelling(language));
            for limit in allowed::behind(kind, language) {
                self.push(limit, Offer::Keyword, "", "", replace);
            }
            if matches!(found, Some(KindWord::BirthDate)) {
                self.word(Word::Fixed(Fixed::AlsoIncomplete), "", replace);
            }
            self.word(Word::Fixed(Fixed::Optional), "", replace);
            return self.limits(item);
        }
        let behind = KindWord::find_at_start(item).filter(|(_, rest)| rest.starts_with(' '));
        match behind.map(|(found, rest)| (found.word, rest.trim_start())) {
            Some((KindWord::List, name)) => return self.lists(name, ""),
            Some((KindWord::OneOf | KindWord::SeveralOf, name)) => {
                return self.lists(name, KindWord::List.spelling(language));
            }
            _ => {}
        }
        for word in KindWord::ALL {
            if *word != KindWord::List {
                self.word(Word::Kind(*word), "", replace);
            }
        }
        self.lists(item, KindWord::List.spelling(language));
        self.blocks(item);
    }

    /// Inside of a limit: the values that the question can have, and fixed values.
    fn limits(&mut self, item: &str) {
        let levels = self.analysis.record.levels.borrow();
        let (Some(names), Some(node)) = (self.at.names(&levels), self.at.node) else { return };
        let written = tail(item);
        let before = item.get(..item.len() - written.len()).unwrap_or("").trim_end();
        let possible = names.possible(&[nfc(node.name_text())], names.at(node.span.start).0, self.reader);
        self.possible(&possible, written, before);
        if !before.is_empty() {
            self.constants(written);
        }
    }

    /// Fixed values that have a name.
    fn constants(&mut self, written: &str) {
        let levels = self.analysis.record.levels.borrow();
        let Some(names) = self.at.names(&levels) else { return };
        self.known(names.visible(0, None).into_iter().filter(|known| known.constant).collect(), written);
    }

    /// The tasks that other authorities have already.
    fn tasks(&mut self, item: &str) {
        let replace = self.last(item.len());
        let line = self.at.node.and_then(|node| node.key(Key::Task));
        let present = line.map(|line| self.other_items(line)).unwrap_or_default();
        for symbol in self.analysis.index.symbols.iter().filter(|symbol| symbol.sort == Sort::Task) {
            if !present.contains(&symbol.name) {
                self.push(&symbol.name, Offer::Thing, "", "", replace);
            }
        }
    }

    /// Behind `entfällt:` of `ersetzt Frage`: the options of the question in the template.
    fn droppable(&mut self, item: &str) {
        let replace = self.last(item.len());
        let Some(node) = self.at.node else { return };
        let present = node.key(Key::Dropped).map(|line| self.other_items(line)).unwrap_or_default();
        let question = self.analysis.index.at(self.at.file, node.name_span().end).map(|(symbol, ..)| symbol);
        for option in self.analysis.index.symbols.iter().filter(|option| option.sort == Sort::Option) {
            if question.is_some() && option.parent == question && !present.contains(&option.name) {
                self.push(&option.name, Offer::Value, option.title.as_deref().unwrap_or(""), "", replace);
            }
        }
    }

    /// Names in a transition: those of the version before, behind `wird` those of this one.
    fn carried(&mut self, key: Key, value: &str, item: &str) {
        let record = &self.analysis.record;
        let levels = record.levels.borrow();
        let becomes = [" wird ", " becomes "].iter().any(|word| value.contains(word));
        let names = match (self.at.thing, self.at.node) {
            (Some(thing), Some(node)) if !becomes && key != Key::AskedAnew => {
                texts::version_before(thing, node, record)
                    .and_then(|before| levels.get(&before.file))
                    .map(|known| &**known)
            }
            _ => self.at.names(&levels),
        };
        let Some(names) = names else { return };
        let written = tail(item);
        match written.rsplit_once('.') {
            Some((path, last)) => {
                let parts: Vec<String> = path.split('.').map(nfc).collect();
                self.known(names.inside(&parts, 0), last);
            }
            None => self.known(names.visible(0, None), written),
        }
        let named = value.trim_end() != value && !value.trim().is_empty();
        if named && !becomes && matches!(key, Key::Renamed | Key::Converted) {
            self.word(Word::Fixed(Fixed::Becomes), " ", self.last(0));
        }
    }

    /// The files that can stand behind `verwendet:` and do not yet.
    fn uses(&mut self, item: &str) {
        let replace = self.last(item.len());
        let folder = self.at.file.rsplit_once('/').map_or("", |(folder, _)| folder);
        let node = self.at.thing.map(|thing| &thing.node);
        let line = node.and_then(|node| node.key(Key::Uses));
        let present = line.map(|line| self.other_items(line)).unwrap_or_default();
        for thing in &self.analysis.record.things {
            if !matches!(thing.node.heading, Heading::Block | Heading::List) || thing.file == self.at.file {
                continue;
            }
            let name = written_path(&thing.folder, thing.node.name_text(), folder);
            if !present.contains(&name) {
                let title = thing.node.title.as_ref().map_or("", |(title, _)| title.as_str());
                let about = thing.node.heading.spelling(self.reader);
                self.push(&name, Offer::Thing, title, about, replace);
            }
        }
    }

    /// The items of a line without the one at the cursor.
    fn other_items(&self, line: &KeyLine) -> Vec<String> {
        let items = split_items(&line.value, line.value_span.start);
        let others = items.into_iter().filter(|(_, span)| span.end < self.at.offset || self.at.offset < span.start);
        others.map(|(item, _)| item).collect()
    }

    fn left_out(&mut self, item: &str) {
        let levels = self.analysis.record.levels.borrow();
        let (Some(names), Some(node)) = (self.at.names(&levels), self.at.node) else { return };
        let mut known = names.all_inside(&[nfc(node.name_text())], names.at(node.span.start).0);
        let present = node.key(Key::Without).map(|line| self.other_items(line)).unwrap_or_default();
        known.retain(|name| !present.contains(&name.name));
        self.known(known, item);
    }

    fn repeats(&mut self, value: &str) {
        let levels = self.analysis.record.levels.borrow();
        let Some(names) = self.at.names(&levels) else { return };
        self.known(names.visible(0, None).into_iter().filter(|known| known.repeat).collect(), value);
    }

    fn tiles(&mut self, value: &str) {
        let replace = self.last(value.len());
        for symbol in self.analysis.index.symbols.iter().filter(|symbol| symbol.sort == Sort::Tile) {
            self.push(&symbol.name, Offer::Value, symbol.title.as_deref().unwrap_or(""), "", replace);
        }
    }

    /// Procedures as they are written in this file.
    pub(super) fn procedures(&mut self, value: &str) {
        let replace = self.last(value.len());
        let folder = self.at.file.rsplit_once('/').map_or("", |(folder, _)| folder);
        for thing in &self.analysis.record.things {
            if matches!(thing.node.heading, Heading::Application | Heading::Report | Heading::Topic | Heading::Adopts) {
                let name = thing.node.name_text();
                let name = name.rsplit('/').next().unwrap_or(name);
                let title = thing.node.title.as_ref().map_or("", |(title, _)| title.as_str());
                let about = thing.node.heading.spelling(self.reader);
                self.push(&written_path(&thing.folder, name, folder), Offer::Thing, title, about, replace);
            }
        }
    }

    fn lists(&mut self, written: &str, word: &str) {
        self.used(Heading::List, written, word);
    }

    fn blocks(&mut self, written: &str) {
        self.used(Heading::Block, written, "");
    }

    /// Building blocks or lists; one that `verwendet:` does not name yet is added there.
    fn used(&mut self, heading: Heading, written: &str, word: &str) {
        let replace = self.last(written.len());
        let folder = self.at.file.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
        let Some(root) = self.at.thing.map(|thing| &thing.node) else { return };
        let line = root.key(Key::Uses);
        let items = line.map(|line| split_items(&line.value, line.value_span.start)).unwrap_or_default();
        let shorts: Vec<(String, Option<String>)> = items
            .iter()
            .map(|(item, _)| match item.split_once(" als ").or_else(|| item.split_once(" as ")) {
                Some((path, short)) => (path.trim().to_owned(), Some(short.trim().to_owned())),
                None => (item.clone(), None),
            })
            .collect();
        let key = Key::Uses.spelling(self.at.language);
        let adds = match self.reader {
            crate::model::Language::English => format!("Writes it behind “{key}:” as well."),
            _ => format!("Schreibt auch „{key}:“ dazu."),
        };
        for thing in self.analysis.record.things.iter().filter(|thing| thing.node.heading == heading) {
            if thing.file == self.at.file {
                continue;
            }
            let path = written_path(&thing.folder, thing.node.name_text(), &folder);
            let present =
                shorts.iter().find(|(item, _)| *item == path || crate::check::names::path_key(item) == thing.key);
            let short =
                present.and_then(|(_, short)| short.clone()).unwrap_or_else(|| thing.node.name_text().to_owned());
            let label = format!("{word} {short}");
            let title = thing.node.title.as_ref().map_or("", |(title, _)| title.as_str());
            let further = present.is_none().then(|| match line {
                Some(line) if !line.value.is_empty() => {
                    (Span::new(line.value_span.end, line.value_span.end), format!(", {path}"))
                }
                Some(line) => (Span::new(line.value_span.end, line.value_span.end), format!(" {path}")),
                None => (Span::new(root.span.end, root.span.end), format!("\n  {key}: {path}")),
            });
            let about = if further.is_some() { adds.as_str() } else { "" };
            if let Some(item) = self.push(label.trim_start(), Offer::Thing, title, about, replace) {
                item.further = further;
            }
        }
    }
}

/// A name with its folder, or without it where that is the own one.
pub(super) fn written_path(folder: &str, name: &str, own: &str) -> String {
    if folder == own || folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}
