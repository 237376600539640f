//! Yes or no, and declarations.

use serde_json::{Value as Json, json};

use super::definition::{Definition, Lists, plain};
use super::message::{Words, say};
use super::{Input, State, Surroundings, Widget};
use crate::model::Language;

/// Yes or no.
pub(super) struct YesNo;

impl Definition for YesNo {
    fn words(&self) -> Words {
        Words { de: ("Die Auswahl", "Ja oder Nein"), en: ("The choice", "yes or no") }
    }

    fn widget(&self, _lists: &Lists) -> Widget {
        Widget::Radios
    }

    fn read_line(&self, typed: &str, _around: Surroundings<'_>) -> Result<Json, State> {
        match typed.to_lowercase().as_str() {
            "ja" | "yes" | "true" | "j" | "y" => Ok(json!(true)),
            "nein" | "no" | "false" | "n" => Ok(json!(false)),
            _ => Err(State::NotAChoice),
        }
    }

    fn check(&self, answer: &Json, _around: Surroundings<'_>) -> Result<(), State> {
        if answer.is_boolean() { Ok(()) } else { Err(State::WrongType) }
    }

    fn show(&self, answer: &Json, language: Language, _around: Surroundings<'_>) -> String {
        match (answer.as_bool(), language) {
            (Some(true), Language::English) => "Yes".to_owned(),
            (Some(false), Language::English) => "No".to_owned(),
            (Some(true), _) => "Ja".to_owned(),
            (Some(false), _) => "Nein".to_owned(),
            (None, _) => plain(answer),
        }
    }

    fn input(&self, answer: &Json, _language: Language, _around: Surroundings<'_>) -> Input {
        Input::Line(match answer.as_bool() {
            Some(true) => "ja".to_owned(),
            Some(false) => "nein".to_owned(),
            None => plain(answer),
        })
    }

    fn message(&self, state: &State, label: &str, language: Language) -> Option<String> {
        (*state == State::Empty).then(|| {
            say!(language;
                "Wählen Sie bei „{label}“ „Ja“ oder „Nein“ aus.",
                "Select “Yes” or “No” for “{label}”.",
                "Hier fehlt etwas: „{label}“. Wählen Sie „Ja“ oder „Nein“ aus.")
        })
    }

    fn schema(&self, _lists: &Lists, _language: Language) -> Json {
        json!({ "type": "boolean" })
    }
}

/// A declaration: a box that must be ticked.
pub(super) struct Declaration;

impl Definition for Declaration {
    fn words(&self) -> Words {
        Words { de: ("Die Erklärung", "die Erklärung"), en: ("The declaration", "the declaration") }
    }

    fn widget(&self, _lists: &Lists) -> Widget {
        Widget::Declaration
    }

    fn read_line(&self, typed: &str, _around: Surroundings<'_>) -> Result<Json, State> {
        match typed.to_lowercase().as_str() {
            "ja" | "yes" | "true" | "on" => Ok(json!(true)),
            _ => Err(State::NotAChoice),
        }
    }

    fn check(&self, answer: &Json, _around: Surroundings<'_>) -> Result<(), State> {
        match answer.as_bool() {
            Some(true) => Ok(()),
            Some(false) => Err(State::Empty),
            None => Err(State::WrongType),
        }
    }

    fn show(&self, answer: &Json, language: Language, around: Surroundings<'_>) -> String {
        YesNo.show(answer, language, around)
    }

    fn input(&self, answer: &Json, language: Language, around: Surroundings<'_>) -> Input {
        if answer == &json!(true) { YesNo.input(answer, language, around) } else { Input::Line(String::new()) }
    }

    fn message(&self, state: &State, label: &str, language: Language) -> Option<String> {
        (*state == State::Empty).then(|| {
            say!(language;
                "Setzen Sie das Häkchen bei „{label}“, um die Erklärung abzugeben.",
                "Tick the box at “{label}” to give the declaration.",
                "Hier fehlt Ihr Häkchen: „{label}“. Setzen Sie das Häkchen.")
        })
    }

    fn schema(&self, _lists: &Lists, _language: Language) -> Json {
        json!({ "const": true })
    }
}
