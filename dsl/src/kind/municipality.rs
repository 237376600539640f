//! Municipalities ("Gemeinde").

use serde_json::{Map, Value as Json, json};

use super::definition::{Definition, Lists, plain, rest};
use super::message::{Words, say};
use super::{State, Surroundings, Widget};
use crate::model::{Language, Set, Values};
use crate::region::{OUTSIDE_GERMANY, set_contains};

/// A municipality of a set, by its official key.
pub(super) struct Municipality<'a>(pub Option<&'a Set>);

impl Municipality<'_> {
    fn allows(&self, key: &str) -> bool {
        self.0.is_none_or(|set| set_contains(set, key))
    }
}

impl Definition for Municipality<'_> {
    fn words(&self) -> Words {
        Words {
            de: ("Die Gemeinde", "eine Gemeinde oder eine Postleitzahl"),
            en: ("The municipality", "a municipality or a postcode"),
        }
    }

    fn widget(&self, _lists: &Lists) -> Widget {
        Widget::Place
    }

    fn autocomplete(&self) -> Option<&'static str> {
        Some("address-level2")
    }

    fn read_line(&self, typed: &str, around: Surroundings<'_>) -> Result<Json, State> {
        let mut found = around.regions.find(typed, self.0);
        if !found.exact {
            // A place that is named as a whole but not allowed is no misspelling of another one.
            let anywhere = around.regions.find(typed, None);
            if anywhere.exact {
                return Err(State::PlaceOutside);
            }
            if found.keys.is_empty() {
                let outside = !anywhere.keys.is_empty();
                return Err(if outside { State::PlaceOutside } else { State::NoSuchPlace });
            }
        }
        match (found.exact, found.keys.len()) {
            (true, 1) => Ok(Json::from(found.keys.swap_remove(0))),
            _ => Err(State::SeveralPlaces(found.keys)),
        }
    }

    fn check_text(&self, text: &str, around: Surroundings<'_>) -> Result<(), State> {
        if !around.regions.knows(text) {
            Err(State::NoSuchPlace)
        } else if !self.allows(text) {
            Err(State::PlaceOutside)
        } else {
            Ok(())
        }
    }

    fn show(&self, answer: &Json, language: Language, around: Surroundings<'_>) -> String {
        match answer.as_str() {
            Some(OUTSIDE_GERMANY) if language == Language::English => "outside Germany".to_owned(),
            Some(key) => around.regions.name(key).map_or_else(|| key.to_owned(), |name| name.into_owned()),
            None => plain(answer),
        }
    }

    fn input(&self, answer: &Json, language: Language, around: Surroundings<'_>) -> super::Input {
        let name = self.show(answer, language, around);
        // The name only where it leads back to the key.
        let leads_back = self.read_line(&name, around).is_ok_and(|key| key == *answer);
        super::Input::Line(if leads_back { name } else { plain(answer) })
    }

    fn message(&self, state: &State, label: &str, language: Language) -> Option<String> {
        Some(match state {
            State::NoSuchPlace => say!(language;
                "Die Gemeinde oder Postleitzahl bei „{label}“ kennen wir nicht. Prüfen Sie die Schreibweise.",
                "We do not know the municipality or postcode for “{label}”. Check the spelling.",
                "Diesen Ort kennen wir nicht: „{label}“. Schreiben Sie den Ort oder die Postleitzahl noch einmal."),
            State::SeveralPlaces(places) if places.len() == 1 => say!(language;
                "Die Gemeinde bei „{label}“ ist nicht eindeutig. Wählen Sie den Vorschlag aus oder geben Sie eine andere an.",
                "The municipality for “{label}” is not clear. Select the suggestion or enter another one.",
                "Wir sind nicht sicher, welchen Ort Sie meinen: „{label}“. Wählen Sie den Ort aus."),
            State::SeveralPlaces(_) => say!(language;
                "Bei „{label}“ passen mehrere Gemeinden. Wählen Sie Ihre aus.",
                "Several municipalities fit for “{label}”. Select yours.",
                "Es gibt mehrere Orte mit dem Namen oder der Postleitzahl: „{label}“. Wählen Sie einen Ort aus."),
            State::PlaceOutside => say!(language;
                "Die Gemeinde bei „{label}“ gehört nicht zu dem Gebiet, um das es hier geht.",
                "The municipality for “{label}” is outside the area that this form is for.",
                "Der Ort ist nicht in unserem Gebiet: „{label}“. Schreiben Sie einen anderen Ort."),
            _ => return None,
        })
    }

    fn schema(&self, _lists: &Lists, _language: Language) -> Json {
        let mut schema = json!({ "type": "string", "pattern": "^[0-9]{12}$" });
        match self.0.map(|set| &set.values) {
            None | Some(Values::Any) => {}
            Some(Values::Municipalities { within, except }) => {
                schema["pattern"] = json!(format!("^({})$", keys(within)));
                if !except.is_empty() {
                    schema["not"] = json!({ "pattern": format!("^({})$", keys(except)) });
                }
            }
            Some(Values::Keys(keys)) => schema["enum"] = json!(keys),
            Some(_) => schema["enum"] = json!(false),
        }
        schema
    }

    fn remainder(&self) -> Map<String, Json> {
        rest("known_place", true)
    }
}

/// A pattern for the keys that begin with one of the prefixes.
fn keys(prefixes: &[String]) -> String {
    let keys: Vec<String> = prefixes
        .iter()
        .map(|prefix| match 12usize.saturating_sub(prefix.len()) {
            0 => prefix.clone(),
            rest => format!("{prefix}[0-9]{{{rest}}}"),
        })
        .collect();
    keys.join("|")
}
