use jiff::civil::Date;
use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A set of answers ("Zelle"): a cell of a table, the right side of `=`, or a limit.
///
/// Sets are normalised: bounds are included (`unter 80` of whole numbers is `..=79`),
/// `ohne` and `oder` are worked out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Set {
    /// The values in the set.
    pub values: Values,
    /// Whether an answer that was not asked or left empty is in the set ("keine Antwort").
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub no_answer: bool,
}

/// The values of a [`Set`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Values {
    /// Every value ("beliebig").
    Any,
    /// Yes, no, or both.
    Bools(Vec<bool>),
    /// Keys of options or of a code list, or texts; in the order of the text.
    Keys(Vec<String>),
    /// Numbers: whole and decimal numbers as written, amounts of money in whole cents.
    /// Sorted, disjoint.
    Numbers(Vec<Range<Decimal>>),
    /// Dates. Sorted, disjoint.
    Dates(Vec<Range<Date>>),
    /// Days of the year ("01.10. bis 29.02."); each range may run over New Year.
    /// The 29th of February is the last day of that month in every year.
    Season(Vec<(MonthDay, MonthDay)>),
    /// Municipalities by official key: those that begin with one of `within` (2, 5, 9 or 12
    /// digits) and with none of `except`; an empty string begins every key.
    Municipalities {
        /// Prefixes of official keys that are in the set.
        within: Vec<String>,
        /// Prefixes of official keys that are not.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        except: Vec<String>,
    },
}

/// Values from `from` to `to`, both included; an end that is absent is open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Range<T> {
    /// The least value in the range.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<T>,
    /// The greatest value in the range.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<T>,
}

impl<T: PartialOrd> Range<T> {
    /// Whether `value` lies in the range.
    pub fn contains(&self, value: &T) -> bool {
        self.from.as_ref().is_none_or(|f| f <= value) && self.to.as_ref().is_none_or(|t| value <= t)
    }
}

/// A day of the year, without the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub struct MonthDay {
    /// 1 to 12.
    pub month: i8,
    /// 1 to 31.
    pub day: i8,
}

impl MonthDay {
    /// The day of the year that `date` falls on.
    #[must_use]
    pub fn of(date: Date) -> Self {
        Self { month: date.month(), day: date.day() }
    }
}

impl Set {
    /// Every value, and no answer ("beliebig").
    #[must_use]
    pub fn any() -> Self {
        Self { values: Values::Any, no_answer: true }
    }
}
