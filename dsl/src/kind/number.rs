//! Whole numbers and decimal numbers.

use rust_decimal::Decimal;
use serde_json::{Map, Value as Json, json};

use super::definition::{Definition, Lists, plain, rest};
use super::message::{Words, say};
use super::numeral::{from_json, grouped, parse, to_json, typed_number};
use super::units::{alone, with_unit};
use super::{Input, NumberLimits, State, Surroundings, Widget};
use crate::model::Language;

/// A number with its unit as people read them: `1.500 cm`, `2 hours per week`; of a unit that
/// begins with `€` the number is whole cents: `85,00 € je Jahr`.
pub(crate) fn show_number(number: Decimal, unit: &str, language: Language) -> String {
    match unit.trim().strip_prefix('€') {
        Some(per) => super::money::euros(number, language) + &with_unit(Decimal::ZERO, per, language),
        None => grouped(number, number.normalize().scale(), language) + &with_unit(number, unit, language),
    }
}

/// The greatest number where the author sets none; its negative is the least one where the
/// greatest is below zero.
pub const MAX_NUMBER: i64 = 999_999_999_999;

impl NumberLimits {
    /// Both limits. Without a least number 0, without a greatest one [`MAX_NUMBER`].
    #[must_use]
    pub fn range(&self) -> (Decimal, Decimal) {
        let greatest = Decimal::from(MAX_NUMBER);
        let max = self.max.unwrap_or(greatest);
        let lowest = if max.is_sign_negative() { -greatest } else { Decimal::ZERO };
        (self.min.unwrap_or(lowest), max)
    }

    fn check(&self, number: Decimal) -> Result<(), State> {
        let (min, max) = self.range();
        if number < min {
            Err(State::TooLow)
        } else if number > max {
            Err(State::TooHigh)
        } else {
            Ok(())
        }
    }

    fn negative(&self) -> bool {
        self.range().0.is_sign_negative()
    }

    /// A number with its unit, both in the reader's language.
    fn with_unit(&self, number: Decimal, language: Language) -> String {
        show_number(number, self.unit.as_deref().unwrap_or_default(), language)
    }

    fn message(&self, state: &State, label: &str, language: Language) -> Option<String> {
        let number = |n: Decimal| self.with_unit(n, language);
        let (min, max) = self.range();
        let (min, max) = (number(min), number(max));
        let both = self.min.is_some() && self.max.is_some();
        Some(match state {
            State::TooLow if both => say!(language;
                "Die Zahl bei „{label}“ ist zu klein. Sie muss zwischen {min} und {max} liegen.",
                "The number for “{label}” is too small. It must be between {min} and {max}.",
                "Die Zahl ist zu klein: „{label}“. Die kleinste Zahl ist {min}. Die größte Zahl ist {max}."),
            State::TooHigh if both => say!(language;
                "Die Zahl bei „{label}“ ist zu groß. Sie muss zwischen {min} und {max} liegen.",
                "The number for “{label}” is too large. It must be between {min} and {max}.",
                "Die Zahl ist zu groß: „{label}“. Die kleinste Zahl ist {min}. Die größte Zahl ist {max}."),
            State::TooLow => say!(language;
                "Die Zahl bei „{label}“ muss mindestens {min} sein.",
                "The number for “{label}” must be {min} or more.",
                "Die Zahl ist zu klein: „{label}“. Die kleinste Zahl ist {min}."),
            State::TooHigh => say!(language;
                "Die Zahl bei „{label}“ darf höchstens {max} sein.",
                "The number for “{label}” must be {max} or less.",
                "Die Zahl ist zu groß: „{label}“. Die größte Zahl ist {max}."),
            _ => return None,
        })
    }
}

/// A whole number.
pub(super) struct Whole<'a>(pub &'a NumberLimits);

impl Definition for Whole<'_> {
    fn words(&self) -> Words {
        Words { de: ("Die Zahl", "eine ganze Zahl"), en: ("The number", "a whole number") }
    }

    fn widget(&self, _lists: &Lists) -> Widget {
        number_line(self.0, "numeric", 0)
    }

    fn read_line(&self, typed: &str, _around: Surroundings<'_>) -> Result<Json, State> {
        let number = parse(without_unit(typed, self.0.unit.as_deref()))?;
        if number.is_integer() { Ok(to_json(number)) } else { Err(State::NotWhole) }
    }

    fn check(&self, answer: &Json, _around: Surroundings<'_>) -> Result<(), State> {
        let number = from_json(answer)?;
        if number.is_integer() { self.0.check(number) } else { Err(State::NotWhole) }
    }

    fn show(&self, answer: &Json, language: Language, _around: Surroundings<'_>) -> String {
        match from_json(answer) {
            Ok(number) => self.0.with_unit(number, language),
            Err(_) => plain(answer),
        }
    }

    fn input(&self, answer: &Json, language: Language, _around: Surroundings<'_>) -> Input {
        Input::Line(typed(answer, language))
    }

    fn message(&self, state: &State, label: &str, language: Language) -> Option<String> {
        self.0.message(state, label, language)
    }

    fn schema(&self, _lists: &Lists, _language: Language) -> Json {
        let (min, max) = self.0.range();
        json!({ "type": "integer", "minimum": to_json(min.ceil()), "maximum": to_json(max.floor()) })
    }
}

/// A number with decimal places.
pub(super) struct Fraction<'a> {
    pub places: u32,
    pub limits: &'a NumberLimits,
}

impl Definition for Fraction<'_> {
    fn words(&self) -> Words {
        Words { de: ("Die Zahl", "eine Zahl"), en: ("The number", "a number") }
    }

    fn widget(&self, _lists: &Lists) -> Widget {
        number_line(self.limits, "decimal", self.places)
    }

    fn read_line(&self, typed: &str, _around: Surroundings<'_>) -> Result<Json, State> {
        let number = parse(without_unit(typed, self.limits.unit.as_deref()))?;
        if number.normalize().scale() > self.places { Err(State::TooManyPlaces) } else { Ok(to_json(number)) }
    }

    fn check(&self, answer: &Json, _around: Surroundings<'_>) -> Result<(), State> {
        let number = from_json(answer)?;
        if number.normalize().scale() > self.places {
            return Err(State::TooManyPlaces);
        }
        self.limits.check(number)
    }

    fn show(&self, answer: &Json, language: Language, _around: Surroundings<'_>) -> String {
        match from_json(answer) {
            Ok(number) => self.limits.with_unit(number, language),
            Err(_) => plain(answer),
        }
    }

    fn input(&self, answer: &Json, language: Language, _around: Surroundings<'_>) -> Input {
        Input::Line(typed(answer, language))
    }

    fn message(&self, state: &State, label: &str, language: Language) -> Option<String> {
        let places = self.places;
        match state {
            State::TooManyPlaces if places == 1 => Some(say!(language;
                "Die Zahl bei „{label}“ darf höchstens eine Stelle hinter dem Komma haben.",
                "The number for “{label}” must have at most one decimal place.",
                "Die Zahl ist zu genau: „{label}“. Schreiben Sie eine Ziffer hinter das Komma.")),
            State::TooManyPlaces => Some(say!(language;
                "Die Zahl bei „{label}“ darf höchstens {places} Stellen hinter dem Komma haben.",
                "The number for “{label}” must have at most {places} decimal places.",
                "Die Zahl ist zu genau: „{label}“. Schreiben Sie höchstens {places} Ziffern hinter das Komma.")),
            _ => self.limits.message(state, label, language),
        }
    }

    fn schema(&self, _lists: &Lists, _language: Language) -> Json {
        let (min, max) = self.limits.range();
        json!({ "type": "number", "minimum": to_json(min), "maximum": to_json(max) })
    }

    fn remainder(&self) -> Map<String, Json> {
        rest("decimal_places", self.places)
    }
}

/// Without the unit or its beginning behind the last digit: `30 cm`, `20 Stunden`.
fn without_unit<'a>(typed: &'a str, unit: Option<&str>) -> &'a str {
    let Some(last) = typed.rfind(|c: char| c.is_ascii_digit()) else {
        return typed;
    };
    let (number, behind) = typed.split_at(last + 1);
    let behind = behind.trim().trim_end_matches('.').to_lowercase();
    let written = |language: Language| unit.map(|unit| alone(unit, language).to_lowercase());
    let known = [unit.map(str::to_lowercase), written(Language::German), written(Language::English)];
    if known.iter().flatten().any(|unit| unit.starts_with(&behind)) { number } else { typed }
}

/// A number as somebody would type it.
fn typed(answer: &Json, language: Language) -> String {
    match from_json(answer) {
        Ok(number) => typed_number(number, number.normalize().scale(), language),
        Err(_) => plain(answer),
    }
}

fn number_line(limits: &NumberLimits, input_mode: &'static str, places: u32) -> Widget {
    let (min, max) = limits.range();
    let long = min.trunc().to_string().len().max(max.trunc().to_string().len());
    let width = long + long / 3 + if places > 0 { places as usize + 1 } else { 0 };
    Widget::Line {
        input_type: "text",
        input_mode: (!limits.negative()).then_some(input_mode),
        width: Some(u8::try_from(width).unwrap_or(20).clamp(3, 20)),
        spellcheck: false,
    }
}
