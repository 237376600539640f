//! Units: what cancels, what must not meet.

use crate::model::{Language, TimeUnit};
use crate::syntax::keyword;
use rust_decimal::Decimal;

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

    /// A number with its unit, as written, in this unit, where both measure the same: `2 m` in `cm`.
    pub fn convert(&self, written: &str, language: Language) -> Option<String> {
        const SAME: [&[(&str, i64)]; 4] = [
            &[("mm", 1), ("cm", 10), ("m", 1_000), ("km", 1_000_000)],
            &[("g", 1), ("kg", 1_000), ("t", 1_000_000)],
            &[("KB", 1), ("MB", 1_000)],
            &[("Tage", 1), ("Wochen", 7)],
        ];
        let (number, unit) = written.trim().split_once(char::is_whitespace)?;
        let number: Decimal = number.replace('.', "").replace(',', ".").parse().ok()?;
        let (from, to) = (Self::read(unit), self.single()?);
        let from = from.single()?;
        SAME.iter().find_map(|units| {
            let size = |word: &str| units.iter().find(|(unit, _)| *unit == word).map(|(_, size)| Decimal::from(*size));
            let value = number.checked_mul(size(from)?)?.checked_div(size(to)?)?;
            let value = super::things::written(value.normalize());
            Some(format!("{value} {}", self.written(language)))
        })
    }

    /// As the model keeps it, in German: `€ je Jahr`.
    pub fn text(&self) -> String {
        self.written(Language::German)
    }

    /// As an author writes it in a keyword language: `€ per year`.
    pub fn written(&self, language: Language) -> String {
        self.spelled(language, true)
    }

    /// The same behind the number 1: `Jahr`.
    pub fn of_one(&self, language: Language) -> String {
        self.spelled(language, false)
    }

    fn spelled(&self, language: Language, many: bool) -> String {
        let english = language == Language::English;
        let spelled = |word: &String, many: bool| {
            let unit = keyword::UNITS.iter().find(|unit| unit.canonical == word);
            let at = usize::from(many) + if english { 2 } else { 0 };
            unit.map_or_else(|| word.clone(), |unit| unit.spellings[at].to_owned())
        };
        let join =
            |words: &[String], many| words.iter().map(|word| spelled(word, many)).collect::<Vec<_>>().join(" × ");
        if self.under.is_empty() {
            return join(&self.over, many);
        }
        let per = if english { "per" } else { "je" };
        format!("{} {per} {}", join(&self.over, many), join(&self.under, false)).trim().to_owned()
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

/// A unit that was probably meant where a word is none that the language knows.
pub(super) fn meant(word: &str, language: Language) -> Option<&'static str> {
    let all = || keyword::UNITS.iter().flat_map(|unit| unit.spellings.iter());
    if all().any(|unit| *unit == word) {
        return None;
    }
    let own = if language == Language::English { 2..4 } else { 0..2 };
    let known = || keyword::UNITS.iter().filter_map(|unit| unit.spellings.get(own.clone())).flatten();
    // Short words are near to every other one, unless a letter is missing or too much: `Kuh` is no `kWh`.
    let length = word.chars().count();
    let near = |unit: &&str| length > 3 || length != unit.chars().count() || unit.to_lowercase() == word.to_lowercase();
    let candidates = known().copied().filter(|unit| unit.len() > 1 && near(unit));
    let found = crate::diagnostic::closest(word, candidates).filter(|_| length > 2)?;
    known().find(|unit| **unit == found).copied()
}
