//! The answers for people: what the check page, the mail to the authority and every other
//! document show, in the order of the procedure.

use amtsweg_dsl::eval::{Evaluation, Path};
use amtsweg_dsl::model::{Language, Procedure};
use amtsweg_dsl::region::Regions;
use jiff::civil::DateTime;

/// All answers of a case, page by page.
#[derive(Debug, Clone)]
pub struct Record {
    /// The pages that are asked; a repeated section has one for each entry.
    pub pages: Vec<RecordPage>,
}

/// The answers of one page.
#[derive(Debug, Clone)]
pub struct RecordPage {
    /// The key of the section.
    pub section: String,
    /// The entry, from 0, of a repeated section.
    pub entry: Option<usize>,
    /// The heading: of an entry with its name, "Hund 2".
    pub title: String,
    /// The answers.
    pub rows: Vec<RecordRow>,
}

/// One answer.
#[derive(Debug, Clone)]
pub struct RecordRow {
    /// Where it stands in the JSON.
    pub path: Path,
    /// The question; inside a building block the block's question stands in `group`.
    pub label: String,
    /// The questions of the building blocks around it, outermost first, with the number of the
    /// entry where the block is repeated.
    pub group: Vec<String>,
    /// The answer as people read it; `None`: not given.
    pub value: Option<String>,
}

impl Record {
    /// The record of a case in a language.
    #[must_use]
    pub fn new(procedure: &Procedure, evaluation: &Evaluation, language: Language, at: DateTime, regions: &Regions) -> Self {
        todo!()
    }
}
