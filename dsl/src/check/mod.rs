//! Trees to the model: names, kinds, units, guards, cycles, tables, examples.

mod adopt;
pub(crate) mod allowed;
pub(crate) mod answer_paths;
mod answers;
mod area;
mod arithmetic;
mod authority;
mod blocks;
mod bounds;
mod build;
mod calculations;
mod choices;
mod compiler;
mod computed;
mod conditions;
mod cover;
pub(crate) mod dates;
pub(crate) mod declare;
mod example;
mod expectations;
pub(crate) mod expressions;
mod fees;
mod fill;
mod header;
mod intervals;
mod kinds;
mod known;
pub(crate) mod levels;
mod limits;
pub(crate) mod names;
mod naming;
mod numbering;
mod offices;
mod opening;
pub(crate) mod options;
mod phrases;
mod placeholders;
mod places;
mod portal;
mod problems;
mod procedure;
mod proof;
mod reach;
mod read;
pub(crate) mod record;
mod refs;
mod responsible;
mod rewrites;
mod rules;
mod scope;
mod second_person;
mod sets;
mod table;
mod table_bars;
mod task;
mod tested;
mod texts;
pub(crate) mod thing;
mod things;
mod transition;
pub(crate) mod translation;
mod translation_fix;
mod types;
mod units;
mod unread;
mod window;
mod wording;
pub(crate) mod world;

pub use adopt::{OriginLine, Resolved, resolved};
pub use reach::cases;
pub use tested::tested;

use jiff::civil::Date;

use crate::diagnostic::Diagnostic;
use crate::model::Catalogue;
use crate::region::Regions;
use crate::syntax::Sources;
pub use compiler::Compiler;

/// Compiles the texts of a folder.
///
/// The catalogue holds what compiled; a procedure with errors is left out and the others go on.
/// `today` says which versions are over. Who compiles the same folder again and again keeps a
/// [`Compiler`].
///
/// ```
/// use amtsweg_dsl::{compile, region::Regions, syntax::Sources};
///
/// let mut sources = Sources::new();
/// sources.add("gruß.amt", "Sprache: Deutsch\nInformation gruß \"Guten Tag\"\n  Fassung: 1, gültig ab 01.01.2026\n\
///     Abschnitt a \"Willkommen\"\n  Zwischentext b \"Schön, dass Sie da sind.\"\n".as_bytes()).unwrap();
/// let (catalogue, problems) = compile(&sources, Regions::shipped(), jiff::civil::date(2026, 11, 22));
/// assert!(problems.is_empty(), "{problems:?}");
/// assert!(catalogue.procedures.contains_key("gruss"));
/// ```
#[must_use]
pub fn compile(sources: &Sources, regions: &Regions, today: Date) -> (Catalogue, Vec<Diagnostic>) {
    Compiler::new(regions).compile(sources, today)
}
