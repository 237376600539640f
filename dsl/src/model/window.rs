//! When a procedure is open ("Offen").

use jiff::civil::{Date, DateTime, Time};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{MonthDay, RichText};

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
    /// Open every year from the first day to the last, both included; it may run over New Year
    /// ("01.10. bis 28.02."). Then there are no other bounds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub every_year: Option<(MonthDay, MonthDay)>,
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
        let (from, to) = self.span(at);
        if from.is_some_and(|from| at < from) {
            Opening::Before
        } else if to.is_some_and(|to| to < at) {
            Opening::After
        } else {
            Opening::Open
        }
    }

    /// First and last minute of the time that a minute lies in; of one that comes every year,
    /// where it does not lie in it, those of the next one.
    #[must_use]
    pub fn span(&self, at: DateTime) -> (Option<DateTime>, Option<DateTime>) {
        let Some((first, last)) = self.every_year else {
            return (self.from, self.to);
        };
        // The time that began last year may still run; the one of this year may be over.
        let years = (-1..=1).filter_map(|by| at.year().checked_add(by));
        let spans = years.filter_map(|year| {
            let begins = day_of(first, year)?;
            let ends = day_of(last, if last < first { year.checked_add(1)? } else { year })?;
            Some((begins.to_datetime(Time::midnight()), Self::end_of(ends)))
        });
        let next = spans.into_iter().find(|(_, to)| at <= *to);
        (next.map(|(from, _)| from), next.map(|(_, to)| to))
    }

    /// The last minute of a day.
    #[must_use]
    pub fn end_of(day: Date) -> DateTime {
        day.to_datetime(LAST_MINUTE)
    }

    /// Whether a bound stands for a whole day: it is shown without its time.
    #[must_use]
    pub fn is_whole_day(bound: DateTime) -> bool {
        bound.time() == Time::midnight() || bound.time() == LAST_MINUTE
    }
}

/// The day of a year; where a year lacks the 29th of February, the 28th.
fn day_of(day: MonthDay, year: i16) -> Option<Date> {
    Date::new(year, day.month, day.day).or_else(|_| Date::new(year, day.month, day.day - 1)).ok()
}
