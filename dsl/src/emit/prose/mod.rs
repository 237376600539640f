//! A whole procedure as sentences, for the legal office: everything that the form asks, checks,
//! works out and decides, with numbers that can be referred to.
//!
//! It is made from the model, so it says what the form does and not what its author meant.
//! Conditions stand where they matter, in full, and once more in a list: who reads aloud needs
//! no turning of pages, who signs has every condition before them.

mod amounts;
mod annex;
mod clause;
mod decisions;
mod document;
mod kinds;
mod lead;
mod numbers;
mod pages;
mod sets;
mod transitions;

use serde_json::Value as Json;

use self::document::reference;
pub(crate) use self::document::unmarked;
pub use self::document::{Block, Document, Line, Piece, Point};
use self::numbers::Numbers;
use crate::diagnostic::{joined, one_of};
use crate::eval::fill::{fill_text, json_key};
use crate::kind::{Kind, Surroundings};
use crate::model::{Catalogue, Language, Procedure, ProcedureKind, RichText, Step, Text};
use crate::region::Regions;

/// One of two sentences.
macro_rules! say {
    ($narrator:expr; $de:literal, $en:literal) => {
        if $narrator.language == $crate::model::Language::English { format!($en) } else { format!($de) }
    };
}
use say;

/// The whole procedure as a text in `language`; easy language is told in German.
///
/// `catalogue` is the one that the procedure stands in, for the names of authorities.
#[must_use]
pub fn prose(procedure: &Procedure, catalogue: &Catalogue, regions: &Regions, language: Language) -> Document {
    let narrator = Narrator::new(procedure, catalogue, regions, language);
    let mut blocks = Vec::new();
    narrator.lead(&mut blocks);
    narrator.basics(&mut blocks);
    narrator.pages(&mut blocks);
    if procedure.kind != ProcedureKind::Topic {
        narrator.evidence(&mut blocks);
        narrator.rules(&mut blocks);
        let mut decisions = Vec::new();
        narrator.values(&mut decisions);
        narrator.end_pages(&mut decisions);
        narrator.fees(&mut decisions);
        narrator.responsibility(&mut decisions);
        let mut examples = Vec::new();
        narrator.examples(&decisions, &mut examples);
        blocks.append(&mut decisions);
        narrator.conditions(&mut blocks);
        narrator.offices(&mut blocks);
        blocks.append(&mut examples);
    }
    narrator.lists(&mut blocks);
    narrator.transitions(&mut blocks);
    narrator.approval(&mut blocks);
    Document { title: procedure.title.get(narrator.language).to_owned(), blocks }
}

/// Says what a procedure does.
pub(crate) struct Narrator<'p> {
    pub procedure: &'p Procedure,
    pub catalogue: &'p Catalogue,
    pub regions: &'p Regions,
    pub language: Language,
    pub numbers: Numbers<'p>,
}

impl<'p> Narrator<'p> {
    pub(crate) fn new(
        procedure: &'p Procedure,
        catalogue: &'p Catalogue,
        regions: &'p Regions,
        language: Language,
    ) -> Self {
        let language = if language == Language::English { language } else { Language::German };
        Self { procedure, catalogue, regions, language, numbers: Numbers::new(procedure, language) }
    }

    /// One of two words.
    pub(crate) fn pick<'a>(&self, german: &'a str, english: &'a str) -> &'a str {
        if self.language == Language::English { english } else { german }
    }

    /// In quotation marks.
    pub(crate) fn quote(&self, text: &str) -> String {
        say!(self; "„{text}“", "“{text}”")
    }

    /// `a, b oder c`
    pub(crate) fn or(&self, parts: &[String]) -> String {
        one_of(parts, self.language)
    }

    /// `a, b und c`
    pub(crate) fn and(&self, parts: &[String]) -> String {
        joined(parts, self.pick("und", "and"))
    }

    /// A text of the author in quotation marks.
    fn quoted(&self, text: &Text, way: &[&str]) -> String {
        self.quote(&self.filled(text.get(self.language), way))
    }

    /// The paragraphs of the author, and those in easy language.
    fn quote_of(&self, text: &RichText, way: &[&str]) -> Vec<Block> {
        let all =
            |paragraphs: &[String]| paragraphs.iter().map(|paragraph| unmarked(&self.filled(paragraph, way))).collect();
        let mut blocks = vec![Block::Quote(all(text.get(self.language)))];
        if let Some(easy) = self.has_easy().and_then(|easy| text.0.get(&easy)) {
            blocks.push(Block::paragraph("In Leichter Sprache:"));
            blocks.push(Block::Quote(all(easy)));
        }
        blocks
    }

    /// The same in easy language, where the text is German and has it.
    fn easy(&self, text: &Text, way: &[&str]) -> Option<String> {
        let easy = text.0.get(&self.has_easy()?)?;
        Some(format!("In Leichter Sprache: {}", self.quote(&self.filled(easy, way))))
    }

    fn has_easy(&self) -> Option<Language> {
        (self.language == Language::German).then_some(Language::Easy)
    }

    fn shown(&self, kind: &Kind, answer: &Json) -> String {
        let today = self.procedure.valid_from;
        kind.show(answer, self.language, Surroundings { lists: &self.procedure.lists, regions: self.regions, today })
    }

    /// A text with what stands for `{name}`: the number of the question or value, the value of a
    /// constant.
    fn filled(&self, text: &str, way: &[&str]) -> String {
        fill_text(text, |name| Some(self.stands_for(name, way)))
    }

    fn stands_for(&self, name: &str, way: &[&str]) -> String {
        let keys: Vec<String> = name.split('.').map(|part| json_key(part).into_owned()).collect();
        for length in (0..=way.len()).rev() {
            let steps = way[..length].iter().map(|key| (*key).to_owned()).chain(keys.iter().cloned());
            let steps: Vec<Step> = steps.map(Step::Key).collect();
            if let Some((number, _)) = self.numbers.answer(&steps) {
                return format!("[{}]", self.question(number));
            }
        }
        if let Some((index, _)) = self.computed(name) {
            return format!("[{}]", reference(&self.numbers.value(index)));
        }
        let constant = self.procedure.constants.iter().find(|constant| constant.name == name);
        constant.map_or_else(|| format!("[{name}]"), |constant| self.term(&constant.value, constant.unit.as_deref()))
    }
}
