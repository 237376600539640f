use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Map, Value as Json, json};

use super::message::Words;
use super::{Input, State, Surroundings, Widget, characters};
use crate::model::{CodeList, Language};

/// The lists of a procedure by name.
pub(super) type Lists = BTreeMap<String, Arc<CodeList>>;

/// What one kind of answer is: everything that pages, checks, schemas and messages need.
///
/// The defaults are those of a kind whose answer is a text that is typed on one line.
pub(super) trait Definition {
    /// What answers of this kind are called in messages.
    fn words(&self) -> Words;

    /// See [`super::Kind::widget`].
    fn widget(&self, lists: &Lists) -> Widget;

    /// The `autocomplete` token where the answer is about the applicant.
    fn autocomplete(&self) -> Option<&'static str> {
        None
    }

    /// See [`super::Kind::read`].
    fn read(&self, input: &Input, around: Surroundings<'_>) -> Result<Option<Json>, State> {
        let typed = characters::clean(&input.line());
        if typed.is_empty() {
            return Ok(None);
        }
        let answer = self.read_line(&typed, around)?;
        self.check(&answer, around)?;
        Ok(Some(answer))
    }

    /// Reads one line that is [clean](characters::clean) and not empty; the answer is checked
    /// afterwards.
    fn read_line(&self, typed: &str, _around: Surroundings<'_>) -> Result<Json, State> {
        Ok(Json::from(typed))
    }

    /// See [`super::Kind::check`].
    fn check(&self, answer: &Json, around: Surroundings<'_>) -> Result<(), State> {
        let text = answer.as_str().ok_or(State::WrongType)?;
        if text.is_empty() {
            return Err(State::Empty);
        }
        self.check_text(text, around)
    }

    /// Checks an answer that is a text and not empty.
    fn check_text(&self, _text: &str, _around: Surroundings<'_>) -> Result<(), State> {
        Ok(())
    }

    /// See [`super::Kind::show`].
    fn show(&self, answer: &Json, _language: Language, _around: Surroundings<'_>) -> String {
        plain(answer)
    }

    /// See [`super::Kind::input`].
    fn input(&self, answer: &Json, _language: Language, _around: Surroundings<'_>) -> Input {
        Input::Line(plain(answer))
    }

    /// A sentence of this kind's own; `None`: the one for every kind.
    fn message(&self, _state: &State, _label: &str, _language: Language) -> Option<String> {
        None
    }

    /// The least and the greatest number of characters, for messages.
    fn lengths(&self) -> Option<(u32, u32)> {
        None
    }

    /// See [`super::Kind::schema`].
    fn schema(&self, lists: &Lists, language: Language) -> Json;

    /// See [`super::Kind::remainder`].
    fn remainder(&self) -> Map<String, Json> {
        Map::new()
    }
}

/// An answer as it stands in JSON, for answers that are shown though they are wrong.
pub(super) fn plain(answer: &Json) -> String {
    match answer {
        Json::Null => String::new(),
        Json::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// A remainder with one entry.
pub(super) fn rest(key: &str, value: impl Into<Json>) -> Map<String, Json> {
    Map::from_iter([(key.to_owned(), value.into())])
}

/// The schema of a text with a pattern.
pub(super) fn pattern(pattern: impl Into<String>) -> Json {
    json!({ "type": "string", "pattern": pattern.into() })
}

/// A schema of a text with limits on its length.
pub(super) fn with_length(mut schema: Json, (min, max): (u32, u32)) -> Json {
    schema["minLength"] = json!(min);
    schema["maxLength"] = json!(max);
    schema
}

/// A line of text without help from the keyboard.
pub(super) fn line(width: Option<u8>) -> Widget {
    Widget::Line { input_type: "text", input_mode: None, width, spellcheck: false }
}

/// A line for digits.
pub(super) fn digits_line(width: u8) -> Widget {
    Widget::Line { input_type: "text", input_mode: Some("numeric"), width: Some(width), spellcheck: false }
}
