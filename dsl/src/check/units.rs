//! Units: what cancels, what must not meet.

use crate::model::{Language, TimeUnit};
use crate::syntax::keyword;

/// A unit: words that are multiplied, and words that divide ("€ je Jahr").
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Unit {
    over: Vec<String>,
    under: Vec<String>,
}

impl Unit {
    /// No unit, as counts have it.
    pub fn none() -> Self {
        Self::default()
    }

    /// The unit with these words.
    pub fn of(over: &str, under: Option<&str>) -> Self {
        Self { over: vec![keyword::unit(over)], under: under.map(keyword::unit).into_iter().collect() }
    }

    /// Reads `Stunden je Woche`.
    pub fn read(text: &str) -> Self {
        let words = text.trim();
        for per in [" je ", " per "] {
            if let Some((over, under)) = words.split_once(per) {
                return Self::of(over.trim(), Some(under.trim()));
            }
        }
        Self::of(words, None)
    }

    /// Whether it is no unit.
    pub fn is_none(&self) -> bool {
        self.over.is_empty() && self.under.is_empty()
    }

    /// Whether it is an amount of money (of a period or not).
    pub fn is_money(&self) -> bool {
        self.over == ["€"]
    }

    /// The period of an amount ("je Jahr").
    pub fn period(&self) -> Option<&str> {
        self.under.first().map(String::as_str)
    }

    /// The one word of a unit without a divisor.
    pub fn single(&self) -> Option<&str> {
        match (self.over.as_slice(), self.under.as_slice()) {
            ([word], []) => Some(word),
            _ => None,
        }
    }

    /// The unit of a product.
    pub fn times(&self, other: &Self) -> Self {
        Self::cancelled([&self.over[..], &other.over[..]].concat(), [&self.under[..], &other.under[..]].concat())
    }

    /// The unit of a quotient.
    pub fn divided_by(&self, other: &Self) -> Self {
        Self::cancelled([&self.over[..], &other.under[..]].concat(), [&self.under[..], &other.over[..]].concat())
    }

    fn cancelled(over: Vec<String>, mut under: Vec<String>) -> Self {
        let mut left = Vec::new();
        for word in over {
            match under.iter().position(|other| *other == word) {
                Some(at) => {
                    under.remove(at);
                }
                None => left.push(word),
            }
        }
        left.sort();
        under.sort();
        Self { over: left, under }
    }

    /// As the model keeps it, in German: `€ je Jahr`.
    pub fn text(&self) -> String {
        self.written(Language::German)
    }

    /// As an author writes it in a keyword language: `€ per year`.
    pub fn written(&self, language: Language) -> String {
        let english = language == Language::English;
        let spelled = |word: &String, many: bool| {
            let unit = keyword::UNITS.iter().find(|unit| unit.canonical == word);
            let at = usize::from(many) + if english { 2 } else { 0 };
            unit.map_or_else(|| word.clone(), |unit| unit.spellings[at].to_owned())
        };
        let join =
            |words: &[String], many| words.iter().map(|word| spelled(word, many)).collect::<Vec<_>>().join(" × ");
        if self.under.is_empty() {
            return join(&self.over, true);
        }
        let per = if english { "per" } else { "je" };
        format!("{} {per} {}", join(&self.over, true), join(&self.under, false)).trim().to_owned()
    }
}

/// The word of a unit of time.
pub(super) fn word(unit: TimeUnit) -> &'static str {
    match unit {
        TimeUnit::Days => "Tage",
        TimeUnit::Weeks => "Wochen",
        TimeUnit::Months => "Monate",
        TimeUnit::Years => "Jahre",
        TimeUnit::WorkingDaysWithSaturday => "Werktage",
        TimeUnit::WorkingDays => "Arbeitstage",
    }
}
