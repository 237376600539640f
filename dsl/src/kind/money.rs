//! Amounts of money, in whole cents.

use rust_decimal::Decimal;
use serde_json::{Value as Json, json};

use super::definition::{Definition, Lists, plain};
use super::message::{Words, say};
use super::numeral::{from_json, grouped, parse, to_json, typed_number};
use super::units::alone;
use super::{Input, NumberLimits, State, Surroundings, Widget};
use crate::model::Language;

/// An amount of money; limits and answers in cents.
pub(super) struct Money<'a>(pub &'a NumberLimits);

impl Definition for Money<'_> {
    fn words(&self) -> Words {
        Words { de: ("Der Betrag", "einen Betrag"), en: ("The amount", "an amount") }
    }

    fn widget(&self, _lists: &Lists) -> Widget {
        let negative = self.0.range().0.is_sign_negative();
        Widget::Line {
            input_type: "text",
            input_mode: (!negative).then_some("decimal"),
            width: Some(12),
            spellcheck: false,
        }
    }

    fn read_line(&self, typed: &str, _around: Surroundings<'_>) -> Result<Json, State> {
        let cents = parse(&without_currency(typed))? * Decimal::ONE_HUNDRED;
        if cents.is_integer() { Ok(to_json(cents)) } else { Err(State::TooManyPlaces) }
    }

    fn check(&self, answer: &Json, _around: Surroundings<'_>) -> Result<(), State> {
        let cents = from_json(answer)?;
        let (min, max) = self.0.range();
        if !cents.is_integer() {
            Err(State::NotWhole)
        } else if cents < min {
            Err(State::TooLow)
        } else if cents > max {
            Err(State::TooHigh)
        } else {
            Ok(())
        }
    }

    fn show(&self, answer: &Json, language: Language, _around: Surroundings<'_>) -> String {
        match from_json(answer) {
            Ok(cents) => self.amount(cents, language),
            Err(_) => plain(answer),
        }
    }

    fn input(&self, answer: &Json, language: Language, _around: Surroundings<'_>) -> Input {
        Input::Line(match from_json(answer) {
            Ok(cents) => typed_number(cents / Decimal::ONE_HUNDRED, 2, language),
            Err(_) => plain(answer),
        })
    }

    fn message(&self, state: &State, label: &str, language: Language) -> Option<String> {
        let (min, max) = self.0.range();
        let (min, max) = (self.amount(min, language), self.amount(max, language));
        Some(match state {
            State::NotANumber => say!(language;
                "Der Betrag bei „{label}“ muss eine Zahl sein, zum Beispiel 123,45.",
                "The amount for “{label}” must be a number, for example 123.45.",
                "Das ist kein Betrag: „{label}“. Schreiben Sie eine Zahl, zum Beispiel 123,45."),
            State::TooManyPlaces => say!(language;
                "Der Betrag bei „{label}“ darf höchstens zwei Stellen für die Cent haben, zum Beispiel 123,45.",
                "The amount for “{label}” must have at most two digits for the cents, for example 123.45.",
                "Der Betrag ist zu genau: „{label}“. Schreiben Sie zwei Ziffern für die Cent."),
            State::NotWhole => say!(language;
                "Der Betrag bei „{label}“ muss in ganzen Cent gesendet werden.",
                "The amount for “{label}” must be sent in whole cents.",
                "Der Betrag braucht ganze Cent: „{label}“."),
            State::TooLow => say!(language;
                "Der Betrag bei „{label}“ muss mindestens {min} sein.",
                "The amount for “{label}” must be {min} or more.",
                "Der Betrag ist zu klein: „{label}“. Der kleinste Betrag ist {min}."),
            State::TooHigh => say!(language;
                "Der Betrag bei „{label}“ darf höchstens {max} sein.",
                "The amount for “{label}” must be {max} or less.",
                "Der Betrag ist zu groß: „{label}“. Der größte Betrag ist {max}."),
            _ => return None,
        })
    }

    fn schema(&self, _lists: &Lists, _language: Language) -> Json {
        let (min, max) = self.0.range();
        json!({ "type": "integer", "minimum": to_json(min.ceil()), "maximum": to_json(max.floor()) })
    }
}

impl Money<'_> {
    fn amount(&self, cents: Decimal, language: Language) -> String {
        let amount = euros(cents, language);
        match &self.0.unit {
            Some(period) => format!("{amount} {}", alone(period, language)),
            None => amount,
        }
    }
}

/// An amount of whole cents as people read it: `1.234,50 €`, `€1,234.50`.
#[must_use]
pub fn show_money(cents: i64, language: Language) -> String {
    euros(cents.into(), language)
}

pub(super) fn euros(cents: Decimal, language: Language) -> String {
    let number = grouped(cents / Decimal::ONE_HUNDRED, 2, language);
    match (language, number.strip_prefix('-')) {
        (Language::English, Some(number)) => format!("-€{number}"),
        (Language::English, None) => format!("€{number}"),
        _ => format!("{number} €"),
    }
}

/// `€ 12,50`, `12,50 EUR`, `12,- Euro`.
fn without_currency(typed: &str) -> String {
    let mut amount = typed.to_lowercase();
    for word in ["euro", "eur", "€"] {
        if let Some(rest) = amount.strip_suffix(word).or_else(|| amount.strip_prefix(word)) {
            amount = rest.trim().to_owned();
            break;
        }
    }
    for dashes in [",--", ",-", ",–", ",—"] {
        if let Some(rest) = amount.strip_suffix(dashes) {
            return rest.to_owned();
        }
    }
    amount
}
