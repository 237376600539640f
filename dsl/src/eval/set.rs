//! Which values are in a set.

use super::Value;
use super::value::{Val, month_text, time_text};
use crate::model::{MonthDay, Set, Values};

impl Set {
    /// Whether a value is in the set. Of the keys of several-of one is enough.
    ///
    /// A value of another kind than the set's is not in it.
    #[must_use]
    pub fn contains(&self, value: &Value) -> bool {
        if let Value::Keys(keys) = value {
            return match &self.values {
                Values::Any => true,
                Values::Keys(wanted) => keys.iter().any(|key| wanted.contains(key)),
                _ => false,
            };
        }
        Val::of_value(value).is_some_and(|value| self.has(&value))
    }

    /// Whether an answer is in the set; `None` is "keine Antwort".
    pub(crate) fn has_answer(&self, value: Option<&Val<'_>>) -> bool {
        value.map_or(self.no_answer, |value| self.has(value))
    }

    pub(crate) fn has(&self, value: &Val<'_>) -> bool {
        match (&self.values, value) {
            (Values::Any, _) => true,
            (Values::Bools(wanted), Val::Bool(yes)) => wanted.contains(yes),
            (Values::Keys(wanted), Val::Text(text)) => wanted.iter().any(|key| key == text),
            (Values::Keys(wanted), Val::Month(first)) => wanted.contains(&month_text(*first)),
            (Values::Keys(wanted), Val::Time(time)) => wanted.contains(&time_text(*time)),
            (Values::Keys(wanted), Val::Keys(keys)) => {
                keys.iter().filter_map(serde_json::Value::as_str).any(|key| wanted.iter().any(|w| w == key))
            }
            (Values::Numbers(ranges), Val::Number(number)) => ranges.iter().any(|range| range.contains(number)),
            (Values::Dates(ranges), Val::Date(date) | Val::Month(date)) => {
                ranges.iter().any(|range| range.contains(date))
            }
            (Values::Season(ranges), Val::Date(date)) => {
                let day = MonthDay::of(*date);
                // In a year without the 29th of February a range that begins on it begins on the 28th.
                let last = day == LAST && !date.in_leap_year();
                ranges.iter().any(|range| in_season(*range, day) || (last && range.0 == LEAP))
            }
            (Values::Season(ranges), Val::MonthDay(day)) => ranges.iter().any(|range| in_season(*range, *day)),
            (Values::Municipalities { within, except }, Val::Text(key)) => {
                within.iter().any(|prefix| key.starts_with(prefix.as_str()))
                    && !except.iter().any(|prefix| key.starts_with(prefix.as_str()))
            }
            _ => false,
        }
    }
}

const LAST: MonthDay = MonthDay { month: 2, day: 28 };
const LEAP: MonthDay = MonthDay { month: 2, day: 29 };

/// Whether a day lies in a season; one whose end comes before its beginning runs over New Year.
pub(crate) fn in_season((from, to): (MonthDay, MonthDay), day: MonthDay) -> bool {
    if from <= to { from <= day && day <= to } else { from <= day || day <= to }
}
