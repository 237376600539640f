//! One of, several of.

use std::borrow::Cow;

use jiff::civil::Date;
use serde_json::{Map, Value as Json, json};

use super::definition::{Definition, Lists, plain, rest};
use super::message::{Words, say};
use super::{Choices, Input, State, Surroundings, Widget, characters};
use crate::model::{CodeValue, Language, Set, Values};

/// How many choices are shown as radios; more are a select.
const MOST_RADIOS: usize = 7;
/// How many choices the schema tells with their titles; of more it tells the keys only.
const MOST_TITLES: usize = 100;

impl Choices {
    /// Keys and labels in their order, also of values that are not valid today.
    fn all<'a>(&'a self, lists: &'a Lists, language: Language) -> Vec<(&'a str, &'a str)> {
        match self {
            Self::Options(options) => {
                options.iter().map(|option| (option.key.as_str(), option.label.get(language))).collect()
            }
            Self::List { .. } => {
                self.values(lists).map(|value| (value.key.as_str(), value.label.get(language))).collect()
            }
        }
    }

    /// The values of the list that may be used.
    fn values<'a>(&'a self, lists: &'a Lists) -> impl Iterator<Item = &'a CodeValue> {
        let (list, only) = match self {
            Self::List { name, only } => (lists.get(name), only.as_ref()),
            Self::Options(_) => (None, None),
        };
        list.into_iter()
            .flat_map(|list| &list.values)
            .filter(move |value| only.is_none_or(|only| holds(only, &value.key)))
    }

    /// Checks a key; of a list also whether it may be chosen today.
    fn check(&self, key: &str, around: Surroundings<'_>) -> Result<(), State> {
        let known = match self {
            Self::Options(options) => options.iter().any(|option| option.key == key),
            Self::List { .. } => {
                self.values(around.lists).any(|value| value.key == key && is_valid(value, around.today))
            }
        };
        if known { Ok(()) } else { Err(State::NotAChoice) }
    }

    fn label<'a>(&'a self, key: &'a str, language: Language, lists: &'a Lists) -> Cow<'a, str> {
        // A value that `only` leaves out has a label all the same.
        let label = match self {
            Self::Options(options) => options.iter().find(|option| option.key == key).map(|option| &option.label),
            Self::List { name, .. } => lists
                .get(name)
                .and_then(|list| list.values.iter().find(|value| value.key == key))
                .map(|value| &value.label),
        };
        Cow::Borrowed(label.map_or(key, |label| label.get(language)))
    }

    fn item_schema(&self, lists: &Lists, language: Language) -> Json {
        let all = self.all(lists, language);
        if all.is_empty() {
            return json!(false);
        }
        if all.len() > MOST_TITLES {
            let keys: Vec<&str> = all.iter().map(|(key, _)| *key).collect();
            return json!({ "type": "string", "enum": keys });
        }
        let titled: Vec<Json> = all.iter().map(|(key, label)| json!({ "const": key, "title": label })).collect();
        json!({ "type": "string", "oneOf": titled })
    }

    /// Values of lists have dates of validity, and the day counts.
    fn remainder(&self) -> Map<String, Json> {
        match self {
            Self::Options(_) => Map::new(),
            Self::List { name, .. } => rest("valid_today", name.as_str()),
        }
    }

    fn excluding(&self) -> impl Iterator<Item = &super::Choice> {
        let options = match self {
            Self::Options(options) => options.as_slice(),
            Self::List { .. } => &[],
        };
        options.iter().filter(|option| option.excludes_others)
    }
}

fn holds(set: &Set, key: &str) -> bool {
    match &set.values {
        Values::Any => true,
        Values::Keys(keys) => keys.iter().any(|k| k == key),
        _ => false,
    }
}

fn is_valid(value: &CodeValue, today: Date) -> bool {
    value.valid_from.is_none_or(|from| from <= today) && value.valid_to.is_none_or(|to| today <= to)
}

/// One key.
pub(super) struct One<'a>(pub &'a Choices);

impl Definition for One<'_> {
    fn words(&self) -> Words {
        Words { de: ("Die Auswahl", "eine der Möglichkeiten"), en: ("The choice", "one of the options") }
    }

    fn widget(&self, lists: &Lists) -> Widget {
        if self.0.all(lists, Language::German).len() <= MOST_RADIOS { Widget::Radios } else { Widget::Select }
    }

    fn check_text(&self, text: &str, around: Surroundings<'_>) -> Result<(), State> {
        self.0.check(text, around)
    }

    fn show(&self, answer: &Json, language: Language, around: Surroundings<'_>) -> String {
        match answer.as_str() {
            Some(key) => self.0.label(key, language, around.lists).into_owned(),
            None => plain(answer),
        }
    }

    fn message(&self, state: &State, label: &str, language: Language) -> Option<String> {
        (*state == State::Empty).then(|| {
            say!(language;
                "Wählen Sie bei „{label}“ eine Möglichkeit aus.",
                "Select an option for “{label}”.",
                "Hier fehlt etwas: „{label}“. Wählen Sie eine Antwort aus.")
        })
    }

    fn schema(&self, lists: &Lists, language: Language) -> Json {
        self.0.item_schema(lists, language)
    }

    fn remainder(&self) -> Map<String, Json> {
        self.0.remainder()
    }
}

/// Several keys.
pub(super) struct Several<'a> {
    pub choices: &'a Choices,
    pub max: Option<u32>,
}

impl Definition for Several<'_> {
    fn words(&self) -> Words {
        Words { de: ("Die Auswahl", "eine Liste der Möglichkeiten"), en: ("The choice", "a list of options") }
    }

    fn widget(&self, _lists: &Lists) -> Widget {
        Widget::Checkboxes
    }

    fn read(&self, input: &Input, around: Surroundings<'_>) -> Result<Option<Json>, State> {
        let typed: &[String] = match input {
            Input::Many(values) => values,
            Input::Line(line) => std::slice::from_ref(line),
            Input::Date { .. } => return Err(State::NotAChoice),
        };
        let mut keys: Vec<Json> = Vec::new();
        for key in typed.iter().map(|key| characters::clean(key)) {
            if key.is_empty() {
                continue;
            }
            // Checked at once, so that there are never more than there are choices.
            self.choices.check(&key, around)?;
            let key = Json::from(key);
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
        if keys.is_empty() {
            return Ok(None);
        }
        let answer = Json::Array(keys);
        self.check(&answer, around)?;
        Ok(Some(answer))
    }

    fn check(&self, answer: &Json, around: Surroundings<'_>) -> Result<(), State> {
        let keys = answer.as_array().ok_or(State::WrongType)?;
        if keys.is_empty() {
            return Err(State::Empty);
        }
        for (index, key) in keys.iter().enumerate() {
            let text = key.as_str().ok_or(State::WrongType)?;
            self.choices.check(text, around)?;
            if keys.iter().take(index).any(|other| other == key) {
                return Err(State::NotAChoice);
            }
        }
        let excluded = keys.len() > 1 && self.choices.excluding().any(|option| keys.iter().any(|k| *k == option.key));
        if excluded {
            return Err(State::Excluded);
        }
        if self.max.is_some_and(|max| keys.len() > max as usize) {
            return Err(State::TooManyChoices);
        }
        Ok(())
    }

    fn show(&self, answer: &Json, language: Language, around: Surroundings<'_>) -> String {
        let Some(keys) = answer.as_array() else {
            return plain(answer);
        };
        let labels: Vec<Cow<'_, str>> = keys
            .iter()
            .map(|key| match key.as_str() {
                Some(key) => self.choices.label(key, language, around.lists),
                None => Cow::Owned(plain(key)),
            })
            .collect();
        labels.join(", ")
    }

    fn input(&self, answer: &Json, _language: Language, _around: Surroundings<'_>) -> Input {
        Input::Many(answer.as_array().map(|keys| keys.iter().map(plain).collect()).unwrap_or_default())
    }

    fn message(&self, state: &State, label: &str, language: Language) -> Option<String> {
        let none = self.choices.excluding().next().map(|option| option.label.get(language));
        Some(match (state, none) {
            (State::Empty, Some(none)) => say!(language;
                "Wählen Sie bei „{label}“ aus, was zutrifft, oder „{none}“.",
                "Select what applies for “{label}”, or “{none}”.",
                "Hier fehlt etwas: „{label}“. Wählen Sie aus, was stimmt. Oder wählen Sie „{none}“."),
            (State::Empty, None) => say!(language;
                "Wählen Sie bei „{label}“ mindestens eine Möglichkeit aus.",
                "Select at least one option for “{label}”.",
                "Hier fehlt etwas: „{label}“. Wählen Sie eine Antwort oder mehrere aus."),
            (State::Excluded, Some(none)) => say!(language;
                    "Bei „{label}“ geht „{none}“ nicht zusammen mit einer anderen Auswahl.",
                    "For “{label}”, “{none}” cannot be combined with another option.",
                    "Das passt nicht zusammen: „{label}“. Wählen Sie nur „{none}“. Oder wählen Sie nur andere Antworten."),
            (State::TooManyChoices, _) => {
                let max = self.max?;
                say!(language;
                    "Bei „{label}“ ist zu viel ausgewählt. Wählen Sie höchstens {max} aus.",
                    "Too many options are selected for “{label}”. Select at most {max}.",
                    "Das sind zu viele: „{label}“. Wählen Sie höchstens {max} aus.")
            }
            _ => return None,
        })
    }

    fn schema(&self, lists: &Lists, language: Language) -> Json {
        let mut schema = json!({
            "type": "array",
            "items": self.choices.item_schema(lists, language),
            "minItems": 1,
            "uniqueItems": true,
        });
        if let Some(max) = self.max {
            schema["maxItems"] = json!(max);
        }
        let alone: Vec<Json> = self
            .choices
            .excluding()
            .map(|option| json!({ "if": { "contains": { "const": option.key } }, "then": { "maxItems": 1 } }))
            .collect();
        if !alone.is_empty() {
            schema["allOf"] = Json::Array(alone);
        }
        schema
    }

    fn remainder(&self) -> Map<String, Json> {
        self.choices.remainder()
    }
}
