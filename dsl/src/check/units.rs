//! Units: what cancels, what must not meet.

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
        Self {
            over: vec![keyword::unit(over)],
            under: under.map(keyword::unit).into_iter().collect(),
        }
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
        Self::cancelled(
            [&self.over[..], &other.over[..]].concat(),
            [&self.under[..], &other.under[..]].concat(),
        )
    }

    /// The unit of a quotient.
    pub fn divided_by(&self, other: &Self) -> Self {
        Self::cancelled(
            [&self.over[..], &other.under[..]].concat(),
            [&self.under[..], &other.over[..]].concat(),
        )
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

    /// As people read it, in German: `€ je Jahr`.
    pub fn text(&self) -> String {
        let over = self.over.join(" × ");
        if self.under.is_empty() {
            return over;
        }
        let under: Vec<String> = self
            .under
            .iter()
            .map(|word| {
                keyword::UNITS
                    .iter()
                    .find(|unit| unit.canonical == word)
                    .map_or(word.clone(), |unit| unit.spellings[0].to_owned())
            })
            .collect();
        format!("{over} je {}", under.join(" × ")).trim().to_owned()
    }
}
