use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use crate::model::CodeList;
use crate::region::Regions;

/// What somebody typed or chose, as a form sends it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// One field; what was typed.
    Line(String),
    /// Day, month and year of a date.
    Date {
        /// Day.
        day: String,
        /// Month: a number or a name.
        month: String,
        /// Year.
        year: String,
    },
    /// The values of the boxes that are ticked.
    Many(Vec<String>),
}

/// What kinds need to know to read and check an answer.
#[derive(Clone, Copy)]
pub struct Surroundings<'a> {
    /// The code lists of the procedure.
    pub lists: &'a BTreeMap<String, Arc<CodeList>>,
    /// The municipalities.
    pub regions: &'a Regions,
    /// The day of submission.
    pub today: Date,
}

/// How a kind is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Widget {
    /// One line of text.
    Line {
        /// The `type` attribute: `text`, `email` or `tel`.
        input_type: &'static str,
        /// The `inputmode` attribute.
        input_mode: Option<&'static str>,
        /// How many characters wide; `None`: the whole width.
        width: Option<u8>,
        /// Whether the browser may check the spelling.
        spellcheck: bool,
    },
    /// Several lines of text.
    Area,
    /// Day, month and year.
    Date,
    /// One of a few.
    Radios,
    /// Several of a few.
    Checkboxes,
    /// One of many.
    Select,
    /// One field for a place or a postcode, candidates as radios.
    Place,
    /// A file.
    File,
    /// One box to tick.
    Declaration,
    /// The questions of a building block.
    Group,
}

impl Input {
    /// What was typed as one line; parts of a date are joined with dots, boxes with commas.
    pub(super) fn line(&self) -> std::borrow::Cow<'_, str> {
        match self {
            Self::Line(line) => line.into(),
            Self::Date { day, month, year } => {
                let parts: Vec<&str> =
                    [day, month, year].into_iter().map(|part| part.trim()).filter(|part| !part.is_empty()).collect();
                parts.join(".").into()
            }
            Self::Many(values) => values.join(", ").into(),
        }
    }
}
