//! The compiled procedure: the one source that pages, schema, API, mails and checks derive from.
//!
//! A [`Procedure`] is *resolved*: building blocks and code lists stand inside it, names of
//! answers have become [`Ref`]s, units are checked and gone, sets are normalised. It holds no
//! positions in the text and no keywords, so its [hash](Procedure::hash) does not change when
//! comments, layout or the keyword language do.

mod authority;
mod condition;
mod hash;
mod list;
mod outcome;
mod portal;
mod procedure;
mod second_person;
mod set;
mod table;
mod text;
mod transition;
mod window;

pub use crate::kind::{Choice, Choices, DateLimits, FileKind, FileLimits, Kind, LengthLimits, NumberLimits};
pub use authority::{Authority, Channel, Level, OpeningHours};
pub use condition::{Calc, Condition, Op, Quantity, Ref, Rounding, Step, TimeUnit};
pub use list::{CodeList, CodeValue, Fact};
pub use outcome::{EndPage, Example, Fee, FeePayment, Responsible, Rule};
pub use portal::{LifeEvent, Portal, Tile};
pub use procedure::{
    Access, Computed, ComputedValue, Constant, Item, Message, Paragraph, Procedure, ProcedureKind, Question,
    QuestionRule, Repeat, Retention, RetentionFrom, Section, Subject,
};
pub use second_person::{SecondPerson, Unanswered, Waiting};
pub use set::{MonthDay, Range, Set, Values};
pub use table::{Column, Row, Table};
pub use text::{Language, RichText, Text};
pub use transition::{AnswerPath, Conversion, Transition, TransitionStep};
pub use window::{Opening, Window};

use std::collections::BTreeMap;
use std::sync::Arc;

/// Everything that one folder of forms compiles to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Catalogue {
    /// Procedures by path (`stadt/norderstedt/bewohnerparken`), newest version last.
    pub procedures: BTreeMap<String, Vec<Arc<Procedure>>>,
    /// Templates ("Vorlagen") by path, newest version last: nobody is offered them as they are.
    pub templates: BTreeMap<String, Vec<Arc<Procedure>>>,
    /// Versions that compile by themselves and are left out all the same: for a change against
    /// the version before no line says what becomes of drafts.
    pub refused: Vec<Arc<Procedure>>,
    /// The file of every version, by path and number: its own, the one that adopts it, or the
    /// portal that offers a template unchanged.
    pub files: BTreeMap<(String, u32), String>,
    /// Authorities ("Stellen") by path (`stadt/norderstedt/steueramt`).
    pub authorities: BTreeMap<String, Arc<Authority>>,
    /// Portals by path (`stadt/norderstedt/norderstedt`).
    pub portals: BTreeMap<String, Arc<Portal>>,
    /// Names as authors write them by their keys, where the two differ: `größe` by `groesse`.
    pub spellings: BTreeMap<String, String>,
}

impl Catalogue {
    /// A name, also one with dots or folders, as an author writes it.
    #[must_use]
    pub fn spelled(&self, key: &str) -> String {
        let part = |part| self.spellings.get(part).map_or(part, String::as_str);
        let folders = key.split('/').map(|folder| folder.split('.').map(part).collect::<Vec<_>>().join("."));
        folders.collect::<Vec<_>>().join("/")
    }
}
