//! Options, offers of a portal, cells of tables.

use super::expressions::value_of;
use super::{List, Offer, Symbol, tail};
use crate::check::expressions::nfc;
use crate::check::levels::Possible;
use crate::editor::words::Word;
use crate::editor::{Sort, texts};
use crate::syntax::Node;
use crate::syntax::keyword::{Fixed, Heading, Inner, Key};

impl List<'_> {
    pub(super) fn bullet(&mut self, text: &str) {
        let Some(heading) = self.at.node.map(|node| node.heading) else { return };
        if matches!(heading, Heading::Offer | Heading::LifeEvent) {
            self.procedures(text);
            return;
        }
        for key in ["nur wenn:", "only if:"] {
            if let Some((_, condition)) = text.rsplit_once(key) {
                return self.expression(condition.trim_start(), false);
            }
        }
        if let Some((_, part)) = text.rsplit_once(',')
            && heading == Heading::Question
        {
            let replace = self.last(part.trim_start().len());
            self.word(Word::Key(Key::Hint), ": ", replace);
            self.word(Word::Fixed(Fixed::ExcludesOthers), "", replace);
            self.word(Word::Key(Key::OnlyIf), ": ", replace);
        }
        let translated = self.at.thing.is_some_and(|thing| thing.node.heading == Heading::Translation);
        if translated && !text.contains(' ') {
            self.options_to_translate(text);
        }
    }

    /// The options of the question that a translation stands at.
    fn options_to_translate(&mut self, text: &str) {
        let Some(node) = self.at.node else { return };
        let symbol = self.analysis.index.at(self.at.file, node.name_span().start).map(|(symbol, _, _)| symbol);
        let target = self.at.target.map_or("", |target| target.file.as_str());
        let others = node.bullets.iter().filter(|line| !self.at.is_on(line.span));
        let present: Vec<&str> = others.map(|line| line.text.split([' ', ',']).next().unwrap_or("")).collect();
        let options = self.analysis.index.symbols.iter().filter(|other| match other.sort {
            Sort::Tile => node.heading == Heading::Tiles && other.file() == target,
            _ => symbol.is_some() && other.parent == symbol,
        });
        let options: Vec<(String, String)> = options
            .filter(|option| matches!(option.sort, Sort::Option | Sort::Tile))
            .filter(|option| !present.contains(&option.name.as_str()))
            .map(|option| (option.name.clone(), option.title.clone().unwrap_or_default()))
            .collect();
        let replace = self.last(text.len());
        for (name, title) in options {
            if let Some(item) = self.push(&name, Offer::Value, &title, "", replace) {
                item.insert = format!("{name} \"$1\"");
                item.snippet = true;
            }
        }
    }

    /// The values of the list that a translation is for.
    fn values_to_translate(&mut self, list: &Node, number: usize, text: &str) {
        let Some(node) = self.at.node.filter(|_| number == 0) else { return };
        let others = node.rows.iter().filter(|(_, span)| !self.at.is_on(*span));
        let present: Vec<&str> = others.filter_map(|(cells, _)| cells.first()).map(|cell| cell.text.as_str()).collect();
        let replace = self.last(text.len());
        for (cells, _) in list.rows.iter().skip(1) {
            let Some(key) = cells.first().filter(|key| !present.contains(&key.text.as_str())) else { continue };
            let label = cells.get(1).map_or("", |label| label.text.as_str());
            if let Some(item) = self.push(&key.text, Offer::Value, label, "", replace) {
                item.insert = format!("{} | ", key.text);
            }
        }
    }

    pub(super) fn cell(&mut self, number: usize, right: bool, text: &str) {
        let Some(node) = self.at.node else { return };
        if let (Some(Heading::Translation), Some(target)) =
            (self.at.thing.map(|thing| thing.node.heading), self.at.target)
        {
            return self.values_to_translate(&target.node, number, text);
        }
        if node.heading == Heading::Transition {
            return self.carried_cell(number, text);
        }
        let head = node.rows.first().map(|(cells, _)| cells.as_slice()).unwrap_or_default();
        let first_row = head.first().is_none_or(|cell| cell.span.start >= self.at.start);
        let shape = node.shape();
        match (first_row, right) {
            (true, true) => {
                let replace = self.last(text.len());
                match shape {
                    Heading::Responsible => self.word(Word::Fixed(Fixed::ColumnTo), " |", replace),
                    Heading::Fee => self.word(Word::Fixed(Fixed::ColumnAmount), " |", replace),
                    Heading::Computed => {
                        if let Some(item) = self.push(node.name_text(), Offer::Name, "", "", replace) {
                            item.insert = format!("{} |", node.name_text());
                        }
                    }
                    _ => {}
                }
            }
            (true, false) => self.expression(text, true),
            (false, true) if shape == Heading::Responsible => self.targets(tail(text), text),
            (false, true) => {
                // The words that stand there already.
                let written = self.last(tail(text).len());
                let symbol = self.analysis.index.at(self.at.file, node.name_span().start).map(|(symbol, ..)| symbol);
                let own = |other: &&Symbol| other.sort == Sort::Option && symbol.is_some() && other.parent == symbol;
                for word in self.analysis.index.symbols.iter().filter(own) {
                    self.push(&word.name, Offer::Value, "", "", written);
                }
                self.expression(text, true);
            }
            (false, false) => {
                let column = head.get(number).map(|cell| cell.text.clone()).unwrap_or_default();
                self.set(&column, text, number == 0);
            }
        }
    }

    /// A cell of the table below `umgewandelt: a wird b`: on the left what `a` was in the version
    /// before, on the right what becomes of it.
    fn carried_cell(&mut self, number: usize, text: &str) {
        let (Some(thing), Some(node)) = (self.at.thing, self.at.node) else { return };
        let lines = node.all(Key::Converted).filter(|line| line.key_span.start < self.at.start);
        let Some(line) = lines.last() else { return };
        let mut words = line.value.split([' ', ',']).filter(|word| !word.is_empty());
        let (Some(from), Some(to)) = (words.next(), words.nth(1)) else { return };
        let first = node.rows.iter().find(|(_, span)| line.key_span.start < span.start);
        let head = first.is_none_or(|(_, span)| self.at.start <= span.start);
        let name = if number == 0 { from } else { to };
        let written = tail(text);
        if head {
            let replace = self.last(written.len());
            self.push(name.rsplit('.').next().unwrap_or(name), Offer::Name, "", "", replace);
            return;
        }
        let record = &self.analysis.record;
        let levels = record.levels.borrow();
        let names = match number {
            0 => texts::version_before(thing, node, record).and_then(|before| levels.get(&before.file)),
            _ => levels.get(&thing.file),
        };
        let Some(names) = names else { return };
        let parts: Vec<String> = name.split('.').map(nfc).collect();
        let possible = value_of(names, &parts, 0, self.reader);
        let before = text.get(..text.len() - written.len()).unwrap_or("").trim_end();
        self.possible(&possible, written, before);
        if number > 0 {
            self.word(Word::Fixed(Fixed::AskAnew), "", self.last(text.len()));
        }
    }

    /// A set of the values of a column.
    fn set(&mut self, column: &str, text: &str, first: bool) {
        let levels = self.analysis.record.levels.borrow();
        let Some(names) = self.at.names(&levels) else { return };
        let parts: Vec<String> = column.split('.').map(nfc).collect();
        let possible = value_of(names, &parts, 0, self.reader);
        let written = tail(text);
        let before = text.get(..text.len() - written.len()).unwrap_or("").trim_end();
        self.possible(&possible, written, before);
        let replace = self.last(written.len());
        if matches!(possible, Possible::Number(_) | Possible::Date) {
            for word in [Inner::From, Inner::Over, Inner::UpTo, Inner::Under] {
                self.word(Word::Inner(word), " ", replace);
            }
            let constants = names.visible(0, None).into_iter().filter(|known| known.constant).collect();
            self.known(constants, written);
        }
        if before.is_empty() {
            self.word(Word::Inner(Inner::Any), "", replace);
            self.word(Word::Inner(Inner::NoAnswer), "", replace);
            if first {
                self.word(Word::Inner(Inner::Otherwise), "", replace);
            }
        } else {
            self.word(Word::Inner(Inner::Or), " ", replace);
            self.word(Word::Inner(Inner::Except), " ", replace);
        }
        if matches!(possible, Possible::Places) {
            self.word(Word::Inner(Inner::OwnArea), "", replace);
        }
    }
}
