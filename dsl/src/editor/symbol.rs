//! What files introduce: headings with names, options, values and columns of lists, tasks, tiles.

use std::collections::BTreeMap;

use super::Place;
use super::ends::Ends;
use crate::check::names::json_key;
use crate::check::options;
use crate::check::record::{Record, Target};
use crate::check::thing::Thing;
use crate::model::Language;
use crate::syntax::keyword::{Fixed, Heading, Key};
use crate::syntax::{Node, Sources, Span, split_items};

/// What something with a name is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sort {
    /// What a heading introduces.
    Heading(Heading),
    /// An option of a question, or a word of a computed value.
    Option,
    /// A value of a code list.
    ListValue,
    /// A column of a code list: a fact about its values.
    Column,
    /// The short name that `verwendet: … als …` gives.
    Alias,
    /// A task of authorities.
    Task,
    /// A tile of a portal.
    Tile,
}

/// Something with a name.
#[derive(Debug, Clone)]
pub struct Symbol {
    /// The name as its author writes it.
    pub name: String,
    /// The text beside it.
    pub title: Option<String>,
    /// What it is.
    pub sort: Sort,
    /// Where it is introduced; a task or tile at several places, everything else at one.
    pub places: Vec<Place>,
    /// The block that its heading begins, with the blocks inside; of an option the line.
    pub whole: Span,
    /// What it stands in.
    pub parent: Option<usize>,
}

impl Symbol {
    /// The file that introduces it.
    #[must_use]
    pub fn file(&self) -> &str {
        self.places.first().map_or("", |place| place.file.as_str())
    }

    /// What it is, in a word.
    #[must_use]
    pub fn sort_word(&self, reader: Language) -> &'static str {
        let english = reader == Language::English;
        match self.sort {
            Sort::Heading(heading) => heading.spelling(reader),
            Sort::Option if english => "Option",
            Sort::Option => "Auswahl",
            Sort::ListValue if english => "Value of a list",
            Sort::ListValue => "Wert einer Liste",
            Sort::Column if english => "Column of a list",
            Sort::Column => "Spalte einer Liste",
            Sort::Alias if english => "Short name",
            Sort::Alias => "Kurzname",
            Sort::Task if english => "Task",
            Sort::Task => "Aufgabe",
            Sort::Tile if english => "Tile",
            Sort::Tile => "Kachel",
        }
    }
}

/// All symbols, and where each is used.
#[derive(Debug, Default)]
pub(super) struct Index {
    pub symbols: Vec<Symbol>,
    /// Every place at which a symbol is introduced or used, by file and position.
    places: BTreeMap<(String, Span), (usize, bool)>,
    /// The uses of each symbol.
    uses: Vec<Vec<Place>>,
    targets: BTreeMap<Target, usize>,
}

impl Index {
    /// Reads the symbols of all files.
    pub fn new(sources: &Sources, record: &Record) -> Self {
        let mut index = Self::default();
        for things in record.things.chunk_by(|one, next| one.file == next.file) {
            let ends = Ends::of(things.first().and_then(|thing| sources.text(&thing.file)).unwrap_or(""), things);
            for thing in things.iter().filter(|thing| thing.node.heading != Heading::Translation) {
                index.node(thing, &thing.node, None, &ends);
            }
        }
        index.uses.resize(index.symbols.len(), Vec::new());
        for ((file, span), target) in record.uses.borrow().iter() {
            index.used(file, *span, target, record);
        }
        index
    }

    /// Remembers a use of what a target stands for; nothing, where that is no symbol.
    pub fn used(&mut self, file: &str, span: Span, target: &Target, record: &Record) {
        let mut target = target.clone();
        // A name that only passes another on: what `ohne:` leaves out.
        for _ in 0..4 {
            if self.targets.contains_key(&target) {
                break;
            }
            let Target::At(of, place) = &target else { break };
            match record.uses.borrow().get(&(of.clone(), *place)) {
                Some(next) => target = next.clone(),
                None => break,
            }
        }
        let Some(symbol) = self.targets.get(&target).copied() else { return };
        let key = (file.to_owned(), span);
        if span.end > span.start && !self.places.contains_key(&key) {
            self.places.insert(key, (symbol, false));
            self.uses[symbol].push(Place { file: file.to_owned(), span });
        }
    }

    /// The symbol at a position, its place there, and whether it is introduced there.
    pub fn at(&self, file: &str, offset: usize) -> Option<(usize, Span, bool)> {
        let after = (file.to_owned(), Span::new(offset + 1, offset + 1));
        let before = self.places.range(..after).rev().take(4);
        before
            .filter(|((other, span), _)| other == file && span.start <= offset && offset <= span.end)
            .min_by_key(|((_, span), _)| (offset == span.end, span.end - span.start))
            .map(|((_, span), (symbol, own))| (*symbol, *span, *own))
    }

    /// All names in a file with their places: the symbol, and whether it is introduced there.
    pub fn in_file<'i>(&'i self, file: &'i str) -> impl Iterator<Item = (Span, usize, bool)> + 'i {
        let from = (file.to_owned(), Span::default());
        self.places.range(from..).take_while(move |((other, _), _)| other == file).map(|((_, s), (i, o))| (*s, *i, *o))
    }

    /// Where a symbol is used.
    pub fn uses(&self, symbol: usize) -> &[Place] {
        self.uses.get(symbol).map(Vec::as_slice).unwrap_or_default()
    }

    fn add(&mut self, symbol: Symbol, target: Target) -> usize {
        let place = symbol.places.first().cloned();
        if let Some(known) = self.targets.get(&target) {
            let known = *known;
            if let Some(place) = place {
                self.places.insert((place.file.clone(), place.span), (known, true));
                self.symbols[known].places.push(place);
            }
            return known;
        }
        let number = self.symbols.len();
        if let Some(place) = place {
            self.places.insert((place.file, place.span), (number, true));
        }
        self.symbols.push(symbol);
        self.targets.insert(target, number);
        number
    }

    fn node(&mut self, thing: &Thing, node: &Node, parent: Option<usize>, ends: &Ends) {
        let file = &thing.file;
        // What an adoption replaces, adds to or drops is introduced in its template.
        let changes = matches!(node.heading, Heading::Adopts | Heading::Replaces | Heading::Adds | Heading::Drops);
        let own = node.name.as_ref().filter(|_| !changes).map(|(name, span)| {
            let symbol = Symbol {
                name: name.clone(),
                title: node.title.as_ref().map(|(title, _)| title.clone()),
                sort: Sort::Heading(node.heading),
                places: vec![Place { file: file.clone(), span: *span }],
                whole: Span::new(node.span.start, ends.end_of(node)),
                parent,
            };
            self.add(symbol, Target::of(thing, node))
        });
        let around = own.or(parent);
        self.lines(thing, node, around);
        match node.heading {
            Heading::List => self.list(file, node, around),
            Heading::Computed => self.words(file, node, around),
            _ => {}
        }
        for child in &node.children {
            self.node(thing, child, around, ends);
        }
    }

    fn lines(&mut self, thing: &Thing, node: &Node, parent: Option<usize>) {
        let file = &thing.file;
        let small = |name: String, title, sort, span, whole| Symbol {
            name,
            title,
            sort,
            places: vec![Place { file: file.clone(), span }],
            whole,
            parent,
        };
        if matches!(node.heading, Heading::Question | Heading::Tiles) {
            for bullet in &node.bullets {
                let line = options::read(&bullet.text, bullet.span.start);
                let key = json_key(&line.key);
                let (sort, target) = match node.heading {
                    Heading::Tiles => (Sort::Tile, Target::Tile(key)),
                    _ => (Sort::Option, Target::Option(file.clone(), node.name_span(), key)),
                };
                self.add(small(line.key, line.label, sort, line.key_span, bullet.span), target);
            }
        }
        for line in &node.keys {
            match line.key {
                Some(Key::Task) => {
                    for (task, span) in split_items(&line.value, line.value_span.start) {
                        let target = Target::Task(json_key(&task));
                        self.add(small(task, None, Sort::Task, span, span), target);
                    }
                }
                Some(Key::Uses) => {
                    for (item, span) in split_items(&line.value, line.value_span.start) {
                        let short = item.rsplit_once(char::is_whitespace).filter(|(before, _)| {
                            let word = before.rsplit(char::is_whitespace).next();
                            word.and_then(Fixed::find).is_some_and(|found| found.word == Fixed::As)
                        });
                        if let Some((_, short)) = short {
                            let own = Span::new(span.end - short.len(), span.end);
                            let target = Target::At(file.clone(), own);
                            self.add(small(short.to_owned(), None, Sort::Alias, own, span), target);
                        }
                    }
                }
                _ => {}
            }
        }
    }

    fn list(&mut self, file: &str, node: &Node, parent: Option<usize>) {
        let head = node.rows.first().into_iter().flat_map(|(cells, _)| cells.iter().skip(2));
        let fixed = |text: &str| Fixed::find(text).is_some();
        let columns = head.filter(|cell| !fixed(&cell.text)).map(|cell| (cell, None, Sort::Column, cell.span));
        let values = node.rows.iter().skip(1).filter_map(|(cells, span)| {
            let title =
                cells.get(1).map(|cell| crate::syntax::unquote(&cell.text).unwrap_or_else(|| cell.text.clone()));
            Some((cells.first()?, title, Sort::ListValue, *span))
        });
        for (cell, title, sort, whole) in columns.chain(values) {
            let place = Place { file: file.to_owned(), span: cell.span };
            let symbol = Symbol { name: cell.text.clone(), title, sort, places: vec![place], whole, parent };
            self.add(symbol, Target::At(file.to_owned(), cell.span));
        }
    }

    /// The words of a computed value: each is introduced where it stands first.
    fn words(&mut self, file: &str, node: &Node, parent: Option<usize>) {
        for (cells, _) in node.rows.iter().skip(1) {
            let Some(cell) = cells.last().filter(|cell| cell.result) else { continue };
            let word = cell.text.chars().next().is_some_and(char::is_lowercase)
                && cell.text.chars().all(crate::syntax::keyword::is_word_char);
            if word {
                let place = Place { file: file.to_owned(), span: cell.span };
                let whole = cell.span;
                let name = cell.text.clone();
                let target = Target::Option(file.to_owned(), node.name_span(), json_key(&name));
                self.add(Symbol { name, title: None, sort: Sort::Option, places: vec![place], whole, parent }, target);
            }
        }
    }
}
