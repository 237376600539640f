//! What a case can show of a procedure.

use jiff::civil::Date;
use serde_json::Value as Json;

use super::Group;
use crate::check::reach::site::Site;
use crate::eval::Value;
use crate::model::{Column, Condition, Fee, Procedure, Ref, Set, Step};

/// One thing that a case can show, and where it stands.
#[derive(Debug, Clone)]
pub(super) struct Aim {
    /// What it is counted with.
    pub group: Group,
    /// The file and the line of it.
    pub line: (String, usize),
    pub shows: Shows,
}

/// How a thing is seen in a case.
#[derive(Debug, Clone)]
pub(super) enum Shows {
    /// The condition of a place holds, or does not, where it is looked at; or a part of it does.
    Condition { site: Site, condition: Condition, holds: bool, part: bool },
    /// A rule is kept, or broken.
    Rule { site: Site, kept: bool },
    /// A row of a table is the one; and something in it is so.
    Row { table: usize, row: usize, with: Option<Condition> },
    /// A table is looked at, and something is so: a value just outside a row.
    Beside { table: usize, with: Condition },
    /// An answer lies at its limit.
    Limit { condition: Condition },
    /// An answer just beyond its limit is refused.
    Refused { steps: Vec<Step>, beyond: Beyond },
    /// A repeat has so many entries.
    Entries { steps: Vec<Step>, count: u32 },
    /// The case comes to an authority, by its path.
    Office(String),
    /// The case ends there, by the name of the end page.
    EndPage(String),
}

/// The answer just beyond a limit.
#[derive(Debug, Clone)]
pub(super) enum Beyond {
    /// This one.
    Answer(Json),
    /// So many days from one that may depend on the day of submission.
    Day(crate::model::Calc, i64),
}

impl Beyond {
    /// The answer on a day of submission.
    pub fn answer(&self, today: Date) -> Option<Json> {
        match self {
            Self::Answer(answer) => Some(answer.clone()),
            Self::Day(limit, by) => match crate::eval::constant(limit, today)? {
                Value::Date(date) => {
                    let date = date.checked_add(jiff::Span::new().try_days(*by).ok()?).ok()?;
                    Some(Json::from(date.to_string()))
                }
                _ => None,
            },
        }
    }
}

impl Shows {
    /// Whether a case in which something is wrong can show it: a rule speaks, or an answer is refused.
    pub fn is_wrong(&self) -> bool {
        matches!(self, Self::Rule { kept: false, .. } | Self::Refused { .. })
    }

    /// Whether only a case that comes to its end can show it.
    pub fn needs_an_end(&self) -> bool {
        matches!(
            self,
            Self::Row { .. }
                | Self::Beside { .. }
                | Self::Office(_)
                | Self::EndPage(_)
                | Self::Condition { site: Site::Fee(_) | Site::EndPage(_), .. }
        )
    }
}

/// A table of the procedure.
pub(super) struct Tabled<'p> {
    pub of: TableOf,
    pub columns: &'p [Column],
    pub rows: Vec<&'p [Set]>,
    /// There is a row "sonst".
    pub otherwise: bool,
    /// Of a fee for each entry: the repeat.
    pub list: Option<&'p Ref>,
}

/// Whose table it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TableOf {
    Fee(usize),
    Computed(usize),
    Responsible,
}

impl TableOf {
    /// The fee that it belongs to.
    pub fn fee(self, procedure: &Procedure) -> Option<&Fee> {
        if let Self::Fee(index) = self { procedure.fees.get(index).map(AsRef::as_ref) } else { None }
    }
}
