//! When a procedure is open ("Offen").

use jiff::civil::{DateTime, Time};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::RichText;

/// The last minute of a day: the window has its last day whole.
const LAST_MINUTE: Time = Time::constant(23, 59, 0, 0);

/// The time in which a procedure can be begun and sent ("Offen", "geschlossen").
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Window {
    /// The first minute, Europe/Berlin; absent: from the beginning.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<DateTime>,
    /// The last minute, included; a day without a time has all its minutes. Absent: without end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<DateTime>,
    /// What is said while it is closed ("geschlossen").
    pub closed: RichText,
}

/// Where a moment lies to a [`Window`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opening {
    /// It has not opened yet.
    Before,
    /// It is open.
    Open,
    /// It has closed.
    After,
}

impl Window {
    /// Where a minute lies.
    #[must_use]
    pub fn at(&self, at: DateTime) -> Opening {
        if self.from.is_some_and(|from| at < from) {
            Opening::Before
        } else if self.to.is_some_and(|to| to < at) {
            Opening::After
        } else {
            Opening::Open
        }
    }

    /// The last minute of a day.
    #[must_use]
    pub fn end_of(day: jiff::civil::Date) -> DateTime {
        day.to_datetime(LAST_MINUTE)
    }

    /// Whether a bound stands for a whole day: it is shown without its time.
    #[must_use]
    pub fn is_whole_day(bound: DateTime) -> bool {
        bound.time() == Time::midnight() || bound.time() == LAST_MINUTE
    }
}
