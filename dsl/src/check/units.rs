//! Units: what cancels, what must not meet.

use crate::diagnostic::Both;
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

    /// The unit of one word that each of the others divides: `€ je m² je Monat`.
    pub fn per(over: &str, under: &[impl AsRef<str>]) -> Self {
        let mut under: Vec<String> = under.iter().map(|word| keyword::unit(word.as_ref())).collect();
        under.sort();
        Self { over: vec![keyword::unit(over)], under }
    }

    /// Reads `Stunden je Woche`.
    pub fn read(text: &str) -> Self {
        let text = text.replace(" per ", " je ");
        let mut words = text.split(" je ").map(str::trim);
        let over = words.next().unwrap_or("");
        Self::per(over, &words.collect::<Vec<_>>())
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

    /// Whether it is an amount that can be asked for: in one sum, or each day, week, month or year.
    pub fn is_charge(&self) -> bool {
        let comes_again = |per: &str| super::expressions::time_unit(per).is_some();
        self.is_money() && self.under.len() <= 1 && self.period().is_none_or(comes_again)
    }

    /// By what an amount of money is multiplied that has no „je“ for it: the unit, and what is missing.
    pub fn without_per(&self, language: Language) -> Option<(String, String)> {
        let per = if language == Language::English { "per" } else { "je" };
        let words: Vec<&String> = self.over.iter().filter(|word| *word != "€").collect();
        let [word] = words.as_slice() else { return None };
        let money = words.len() < self.over.len() && self.under.is_empty();
        money.then(|| (spelled(word, language, true), format!("{per} {}", spelled(word, language, false))))
    }

    /// How a calculation with this unit becomes an amount that can be asked for.
    pub fn to_charge(&self, language: Language) -> Both {
        let per = if language == Language::English { "per" } else { "je" };
        let amount: Vec<&String> = self.over.iter().filter(|word| *word != "€").collect();
        // Money times something, as `5 € je m² × fläche × monate` is: its amount has a „je“ too few.
        if amount.len() < self.over.len() && !amount.is_empty() {
            let missing: String =
                amount.iter().map(|word| format!(" {per} {}", spelled(word, language, false))).collect();
            return Both::new(
                format!("hinter den Betrag auch „{}“", missing.trim()),
                format!("“{}” behind the amount as well", missing.trim()),
            );
        }
        match self.under.iter().find(|word| super::expressions::time_unit(word).is_none()) {
            Some(word) if self.is_money() => {
                let word = spelled(word, language, true);
                Both::new(
                    format!("hinter den Betrag „×“ und den Namen der Frage, deren Antwort in {word} ist"),
                    format!("“×” behind the amount, and the name of the question whose answer is in {word}"),
                )
            }
            _ => Both::new("Beträge wie „7,50 € × anzahl“", "amounts such as “7,50 € × anzahl”"),
        }
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
        let spelled = |word: &String, many: bool| spelled(word, language, many);
        let join =
            |words: &[String], many| words.iter().map(|word| spelled(word, many)).collect::<Vec<_>>().join(" × ");
        if self.under.is_empty() {
            return join(&self.over, many);
        }
        let per = if english { "per" } else { "je" };
        let under = self.under.iter().map(|word| format!(" {per} {}", spelled(word, false))).collect::<String>();
        format!("{}{under}", join(&self.over, many)).trim().to_owned()
    }
}

/// A word of a unit, as it stands behind one or behind many.
fn spelled(word: &str, language: Language, many: bool) -> String {
    let unit = keyword::UNITS.iter().find(|unit| unit.canonical == word);
    let at = usize::from(many) + if language == Language::English { 2 } else { 0 };
    unit.map_or_else(|| word.to_owned(), |unit| unit.spellings[at].to_owned())
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

/// Whether a word is a unit that the language knows.
pub(super) fn is_known(word: &str) -> bool {
    otherwise(word).is_some() || keyword::UNITS.iter().any(|unit| unit.spellings.contains(&word))
}

/// The unit of the language that has this name elsewhere.
pub(super) fn otherwise(word: &str) -> Option<&'static str> {
    const ROWS: &[(&[&str], &str)] = &[
        (&["qm", "m2", "Quadratmeter", "Quadratmetern"], "m²"),
        (&["cbm", "m3", "Kubikmeter", "Kubikmetern"], "m³"),
        (&["Meter", "Metern", "metre", "metres", "meter", "meters"], "m"),
        (&["Zentimeter", "Zentimetern", "centimetres", "centimeters"], "cm"),
        (&["Kilometer", "Kilometern", "kilometres", "kilometers"], "km"),
        (&["Kilo", "Kilogramm", "kilograms"], "kg"),
        (&["Prozent", "percent"], "%"),
    ];
    ROWS.iter().find(|(names, _)| names.contains(&word)).map(|(_, unit)| *unit)
}

/// A unit that was probably meant where a word is none that the language knows.
pub(super) fn meant(word: &str, language: Language) -> Option<&'static str> {
    if let Some(unit) = otherwise(word) {
        return Some(unit);
    }
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
