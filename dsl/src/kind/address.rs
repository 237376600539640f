//! Parts of an address: street, house number, postcode, place.

use serde_json::Value as Json;

use super::definition::{Definition, Lists, digits_line, pattern};
use super::message::{Words, say};
use super::name::{Label, MAX_NAME};
use super::text::only_digits;
use super::{State, Surroundings, Widget};
use crate::model::Language;

impl Label {
    pub(super) const STREET: Self = Self {
        words: Words { de: ("Die Straße", "eine Straße"), en: ("The street", "a street") },
        autocomplete: Some("address-line1"),
        max: MAX_NAME,
        width: None,
    };
    /// No token: browsers know the house number only together with the street.
    pub(super) const HOUSE_NUMBER: Self = Self {
        words: Words { de: ("Die Hausnummer", "eine Hausnummer"), en: ("The house number", "a house number") },
        autocomplete: None,
        max: 20,
        width: Some(8),
    };
    pub(super) const PLACE: Self = Self {
        words: Words { de: ("Der Ort", "einen Ort"), en: ("The place", "a place") },
        autocomplete: Some("address-level2"),
        max: MAX_NAME,
        width: None,
    };
}

/// A German postcode.
pub(super) struct Postcode;

impl Definition for Postcode {
    fn words(&self) -> Words {
        Words { de: ("Die Postleitzahl", "eine Postleitzahl"), en: ("The postcode", "a postcode") }
    }

    fn widget(&self, _lists: &Lists) -> Widget {
        digits_line(5)
    }

    fn autocomplete(&self) -> Option<&'static str> {
        Some("postal-code")
    }

    fn read_line(&self, typed: &str, _around: Surroundings<'_>) -> Result<Json, State> {
        let upper = typed.to_uppercase();
        let postcode = ["DE", "D"].into_iter().find_map(|country| upper.strip_prefix(country)).unwrap_or(&upper);
        Ok(Json::from(only_digits(postcode)))
    }

    fn check_text(&self, text: &str, _around: Surroundings<'_>) -> Result<(), State> {
        let fine = text.len() == 5 && text.bytes().all(|b| b.is_ascii_digit()) && !text.starts_with("00");
        if fine { Ok(()) } else { Err(State::Form) }
    }

    fn message(&self, state: &State, label: &str, language: Language) -> Option<String> {
        (*state == State::Form).then(|| {
            say!(language;
                "Die Postleitzahl bei „{label}“ muss aus fünf Ziffern bestehen, zum Beispiel 22846.",
                "The postcode for “{label}” must have five digits, for example 22846.",
                "Das ist keine Postleitzahl: „{label}“. Eine Postleitzahl hat 5 Ziffern, zum Beispiel 22846.")
        })
    }

    fn schema(&self, _lists: &Lists, _language: Language) -> Json {
        pattern("^(0[1-9]|[1-9][0-9])[0-9]{3}$")
    }
}
