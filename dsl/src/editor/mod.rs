//! What an editor asks about texts: which names there are and where each is used, what can be
//! written at a place, what a word means. Places are bytes of the texts in [`Sources`].
//!
//! What names mean was found by the compiler ([`crate::compile`]), so that both never disagree.

mod complete;
mod ends;
mod hover;
mod lines;
mod outline;
mod pages;
mod place;
mod remove;
mod rename;
mod symbol;
mod texts;
mod tokens;
mod words;

pub use complete::{Completion, Completions, Offer};
pub use hover::Hover;
pub use outline::Block;
pub use remove::Removal;
pub use rename::{NotRenamed, Renamed};
pub use symbol::{Sort, Symbol};
pub use tokens::{Token, TokenKind};
pub use words::{Meaning, Word};

use jiff::civil::Date;

use crate::check::Compiler;
use crate::check::record::Record;
use crate::diagnostic::Diagnostic;
use crate::model::{Catalogue, Language};
use crate::region::Regions;
use crate::syntax::{Sources, Span};
use symbol::Index;

/// A stretch of a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The file.
    pub file: String,
    /// The place in it.
    pub span: Span,
}

/// The texts of a folder, compiled, with what there is to say about every place in them.
pub struct Analysis<'r> {
    compiler: Compiler<'r>,
    sources: Sources,
    regions: &'r Regions,
    today: Date,
    catalogue: Catalogue,
    diagnostics: Vec<Diagnostic>,
    record: Record,
    index: Index,
}

impl<'r> Analysis<'r> {
    /// Compiles the texts of a folder; `today` as for [`crate::compile`].
    #[must_use]
    pub fn new(sources: Sources, regions: &'r Regions, today: Date) -> Self {
        Self::by(Compiler::new(regions), sources, regions, today)
    }

    /// Compiles the texts after a change: only what has changed, and what depends on it.
    pub fn update(&mut self, sources: Sources, today: Date) {
        let compiler = std::mem::replace(&mut self.compiler, Compiler::new(self.regions));
        *self = Self::by(compiler, sources, self.regions, today);
    }

    fn by(mut compiler: Compiler<'r>, sources: Sources, regions: &'r Regions, today: Date) -> Self {
        let (catalogue, diagnostics, record) = compiler.compile_recorded(&sources, today);
        let mut index = Index::new(&sources, &record);
        texts::add(&mut index, &sources, &record);
        Self { compiler, sources, regions, today, catalogue, diagnostics, record, index }
    }

    /// What comes of other texts, of which most are the same.
    fn of_others(&self, sources: Sources) -> Self {
        Self::by(self.compiler.clone(), sources, self.regions, self.today)
    }

    /// The texts.
    #[must_use]
    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    /// What compiled.
    #[must_use]
    pub fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    /// What there is to say about the texts, in the order of files and places.
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// The keyword language of a file.
    #[must_use]
    pub fn language(&self, file: &str) -> Language {
        self.record.languages.get(file).copied().unwrap_or_default()
    }

    /// What the name at a position stands for, and where that name is written.
    #[must_use]
    pub fn symbol_at(&self, file: &str, offset: usize) -> Option<(&Symbol, Span)> {
        let (symbol, span, _) = self.index.at(file, offset)?;
        Some((self.index.symbols.get(symbol)?, span))
    }

    /// Where the name at a position is introduced; of a translation what it translates.
    #[must_use]
    pub fn definition(&self, file: &str, offset: usize) -> Vec<Place> {
        self.symbol_at(file, offset).map(|(symbol, _)| symbol.places.clone()).unwrap_or_default()
    }

    /// Where the name at a position is used, in the order of files and places.
    #[must_use]
    pub fn uses(&self, file: &str, offset: usize, with_introduction: bool) -> Vec<Place> {
        let Some((symbol, _, _)) = self.index.at(file, offset) else { return Vec::new() };
        let own = self.index.symbols.get(symbol).filter(|_| with_introduction).map(|symbol| symbol.places.clone());
        let mut places: Vec<Place> = self.index.uses(symbol).to_vec();
        places.extend(own.unwrap_or_default());
        places.sort();
        places
    }
}
