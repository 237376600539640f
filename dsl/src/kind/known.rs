//! Dates of which only a part may be known.

use jiff::civil::Date;

use super::month::month_name;
use crate::model::Language;

/// A date, or the part of it that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Known {
    Day(Date),
    /// The first day of the month.
    Month(Date),
    /// The first day of the year.
    Year(Date),
}

impl Known {
    pub(super) fn parse(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let shape = bytes.iter().enumerate().all(|(place, b)| match place {
            0 => (b'1'..=b'9').contains(b),
            4 | 7 => *b == b'-',
            _ => b.is_ascii_digit(),
        });
        if !shape {
            return None;
        }
        let part = |range: std::ops::Range<usize>| text.get(range).and_then(|part| part.parse::<i16>().ok());
        let small = |range| part(range).and_then(|n| i8::try_from(n).ok());
        let year = part(0..4)?;
        match bytes.len() {
            4 => Date::new(year, 1, 1).ok().map(Self::Year),
            7 => Date::new(year, small(5..7)?, 1).ok().map(Self::Month),
            10 => Date::new(year, small(5..7)?, small(8..10)?).ok().map(Self::Day),
            _ => None,
        }
    }

    pub(super) fn text(self) -> String {
        match self {
            Self::Day(date) => date.to_string(),
            Self::Month(first) => format!("{:04}-{:02}", first.year(), first.month()),
            Self::Year(first) => format!("{:04}", first.year()),
        }
    }

    pub(super) fn earliest(self) -> Date {
        match self {
            Self::Day(date) | Self::Month(date) | Self::Year(date) => date,
        }
    }

    pub(super) fn latest(self) -> Date {
        match self {
            Self::Day(date) => date,
            Self::Month(first) => first.last_of_month(),
            Self::Year(first) => first.last_of_year(),
        }
    }

    pub(super) fn show(self, language: Language) -> String {
        match self {
            Self::Day(date) => show_date(date, language),
            Self::Month(first) => {
                format!("{} {}", month_name(first.month(), language), first.year())
            }
            Self::Year(first) => first.year().to_string(),
        }
    }
}

/// A date as people read it: `4. März 2027`, `4 March 2027`.
#[must_use]
pub fn show_date(date: Date, language: Language) -> String {
    let (day, month, year) = (date.day(), month_name(date.month(), language), date.year());
    match language {
        Language::English => format!("{day} {month} {year}"),
        Language::German | Language::Easy => format!("{day}. {month} {year}"),
    }
}

/// The pattern of the days that the calendar has, years 1000 to 9999, without anchors.
pub(super) fn real_date() -> String {
    let common = "[1-9][0-9]{3}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])\
                  |(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))";
    let leap = "([1-9][0-9](0[48]|[2468][048]|[13579][26])|([2468][048]|1[26]|[3579][26])00)-02-29";
    format!("({common}|{leap})")
}
