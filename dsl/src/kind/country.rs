//! Countries ("Staat"), ISO 3166-1 alpha-2.

use serde_json::{Value as Json, json};
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use super::countries::COUNTRIES;
use super::definition::{Definition, Lists, plain};
use super::message::{Words, say};
use super::{State, Surroundings, Widget};
use crate::model::Language;

/// All countries as their two letters and their name, in the order of the alphabet; accents
/// and umlauts do not count (DIN 5007-1).
#[must_use]
pub fn countries(language: Language) -> Vec<(&'static str, &'static str)> {
    let mut countries: Vec<_> = COUNTRIES.iter().map(|country| (country.0, name(country, language))).collect();
    countries.sort_by_cached_key(|(_, name)| name.nfd().filter(|c| !is_combining_mark(*c)).collect::<String>());
    countries
}

fn name(country: &(&str, &'static str, &'static str), language: Language) -> &'static str {
    if language == Language::English { country.2 } else { country.1 }
}

fn with_letters(letters: &str) -> Option<&'static (&'static str, &'static str, &'static str)> {
    let found = COUNTRIES.binary_search_by(|country| country.0.cmp(letters)).ok()?;
    COUNTRIES.get(found)
}

/// A country by its two letters.
pub(super) struct Country;

impl Definition for Country {
    fn words(&self) -> Words {
        Words { de: ("Der Staat", "einen Staat"), en: ("The country", "a country") }
    }

    fn widget(&self, _lists: &Lists) -> Widget {
        Widget::Select
    }

    fn autocomplete(&self) -> Option<&'static str> {
        Some("country")
    }

    /// The two letters, or the name in German or English.
    fn read_line(&self, typed: &str, _around: Surroundings<'_>) -> Result<Json, State> {
        if let Some(country) = with_letters(&typed.to_uppercase()) {
            return Ok(Json::from(country.0));
        }
        let typed = crate::region::fold(typed);
        let is_named = |name: &str| crate::region::fold(name) == typed;
        let found = COUNTRIES.iter().find(|country| is_named(country.1) || is_named(country.2));
        found.map(|country| Json::from(country.0)).ok_or(State::NotAChoice)
    }

    fn check_text(&self, text: &str, _around: Surroundings<'_>) -> Result<(), State> {
        with_letters(text).map(|_| ()).ok_or(State::NotAChoice)
    }

    fn show(&self, answer: &Json, language: Language, _around: Surroundings<'_>) -> String {
        match answer.as_str().and_then(with_letters) {
            Some(country) => name(country, language).to_owned(),
            None => plain(answer),
        }
    }

    fn message(&self, state: &State, label: &str, language: Language) -> Option<String> {
        Some(match state {
            State::Empty => say!(language;
                "Wählen Sie bei „{label}“ einen Staat aus.",
                "Select a country for “{label}”.",
                "Hier fehlt etwas: „{label}“. Wählen Sie einen Staat aus."),
            State::NotAChoice => say!(language;
                "Der Staat bei „{label}“ steht nicht in der Liste.",
                "The country for “{label}” is not in the list.",
                "Diesen Staat gibt es in der Liste nicht: „{label}“. Wählen Sie einen anderen Staat aus."),
            _ => return None,
        })
    }

    fn schema(&self, _lists: &Lists, _language: Language) -> Json {
        let letters: Vec<&str> = COUNTRIES.iter().map(|country| country.0).collect();
        json!({ "type": "string", "enum": letters })
    }
}
