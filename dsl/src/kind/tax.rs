//! The tax identification number ("Steuerliche Identifikationsnummer", § 139b AO).

use serde_json::{Map, Value as Json};

use super::definition::{Definition, Lists, digits_line, pattern, plain, rest};
use super::message::{Words, say};
use super::text::only_digits;
use super::{Input, State, Surroundings, Widget};
use crate::model::Language;

/// The tax identification number.
pub(super) struct TaxNumber;

impl Definition for TaxNumber {
    fn words(&self) -> Words {
        Words {
            de: ("Die Steuer-Identifikationsnummer", "eine Steuer-Identifikationsnummer"),
            en: ("The tax identification number", "a tax identification number"),
        }
    }

    fn widget(&self, _lists: &Lists) -> Widget {
        digits_line(14)
    }

    fn read_line(&self, typed: &str, _around: Surroundings<'_>) -> Result<Json, State> {
        let digits = only_digits(typed);
        if digits.is_empty() { Err(State::Form) } else { Ok(Json::from(digits)) }
    }

    fn check_text(&self, text: &str, _around: Surroundings<'_>) -> Result<(), State> {
        let digits: Vec<u32> = text.chars().filter_map(|c| c.to_digit(10)).collect();
        if digits.len() != 11 || text.len() != 11 || text.starts_with('0') {
            return Err(State::Form);
        }
        if is_possible(&digits) { Ok(()) } else { Err(State::CheckDigit) }
    }

    fn show(&self, answer: &Json, _language: Language, _around: Surroundings<'_>) -> String {
        let number = plain(answer);
        match (number.get(..2), number.get(2..5), number.get(5..8), number.get(8..11)) {
            (Some(a), Some(b), Some(c), Some(d)) if number.len() == 11 => {
                format!("{a} {b} {c} {d}")
            }
            _ => number,
        }
    }

    fn input(&self, answer: &Json, language: Language, around: Surroundings<'_>) -> Input {
        Input::Line(self.show(answer, language, around))
    }

    fn message(&self, state: &State, label: &str, language: Language) -> Option<String> {
        Some(match state {
            State::Form => say!(language;
                "Die Steuer-Identifikationsnummer bei „{label}“ muss aus 11 Ziffern bestehen und darf nicht mit 0 beginnen.",
                "The tax identification number for “{label}” must have 11 digits and must not begin with 0.",
                "Das ist keine Steuer-Nummer: „{label}“. Die Nummer hat 11 Ziffern. Die erste Ziffer ist nicht 0."),
            State::CheckDigit => say!(language;
                "Die Steuer-Identifikationsnummer bei „{label}“ enthält einen Tippfehler: Die Prüfziffer passt nicht. Vergleichen Sie jede Ziffer.",
                "The tax identification number for “{label}” contains a typing mistake: the check digit does not fit. Compare each digit.",
                "In der Steuer-Nummer ist ein Fehler: „{label}“. Vergleichen Sie jede Ziffer."),
            _ => return None,
        })
    }

    fn schema(&self, _lists: &Lists, _language: Language) -> Json {
        pattern("^[1-9][0-9]{10}$")
    }

    fn remainder(&self) -> Map<String, Json> {
        rest("check_digit", "tax_id")
    }
}

/// Among the first ten digits exactly one stands twice or three times, the others at most
/// once; the last one is the check digit (ISO 7064, MOD 11,10).
fn is_possible(digits: &[u32]) -> bool {
    let Some((check, first)) = digits.split_last() else {
        return false;
    };
    let counts = (0..10).map(|digit| first.iter().filter(|d| **d == digit).count());
    let repeated: Vec<usize> = counts.filter(|count| *count > 1).collect();
    let product = first.iter().fold(10, |product, digit| {
        let sum = (product + digit) % 10;
        (if sum == 0 { 10 } else { sum }) * 2 % 11
    });
    matches!(repeated.as_slice(), [2 | 3]) && (11 - product) % 10 == *check
}
