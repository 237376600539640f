//! Names of people and organisations, streets and places: texts with single blanks.

use serde_json::{Map, Value as Json, json};

use super::definition::{Definition, Lists, rest, with_length};
use super::message::{Words, say};
use super::text::check_length;
use super::{State, Surroundings, Widget, characters, line};
use crate::model::Language;

/// The greatest length of a name, a place or a street, in characters.
pub const MAX_NAME: u32 = 100;
/// The greatest length of a whole name, or of the name of an organisation, in characters.
pub const MAX_LONG_NAME: u32 = 200;

/// Letters and combining marks that stand in names: all of DIN 91379 (Latin letters with every
/// sequence of marks, Greek and Cyrillic), and the other scripts of the first 65,536 characters.
const LETTERS: [(char, char); 13] = [
    ('A', 'Z'),
    ('a', 'z'),
    ('\u{AA}', '\u{AA}'),
    ('\u{BA}', '\u{BA}'),
    ('\u{C0}', '\u{D6}'),
    ('\u{D8}', '\u{F6}'),
    ('\u{F8}', '\u{37D}'),
    ('\u{37F}', '\u{61B}'),
    ('\u{61D}', '\u{167F}'),
    ('\u{1681}', '\u{180D}'),
    ('\u{180F}', '\u{1FFF}'),
    ('\u{2C00}', '\u{2DFF}'),
    ('\u{3005}', '\u{D7FF}'),
];

/// Signs that stand in names besides.
const SIGNS: &str = "',-.`~\u{A8}\u{B4}\u{B7}\u{2010}\u{2011}\u{2013}\u{2018}\u{2019}\u{201B}\u{2032}";

fn is_letter(c: char) -> bool {
    LETTERS.iter().any(|(first, last)| (*first..=*last).contains(&c))
}

/// The name of a person, or a part of it.
pub(super) struct Person {
    pub words: Words,
    pub autocomplete: &'static str,
    pub max: u32,
}

impl Person {
    pub(super) const GIVEN: Self = Self {
        words: Words { de: ("Der Vorname", "einen Vornamen"), en: ("The first name", "a first name") },
        autocomplete: "given-name",
        max: MAX_NAME,
    };
    pub(super) const FAMILY: Self = Self {
        words: Words { de: ("Der Familienname", "einen Familiennamen"), en: ("The last name", "a last name") },
        autocomplete: "family-name",
        max: MAX_NAME,
    };
    pub(super) const FULL: Self = Self {
        words: Words { de: ("Der Name", "einen Namen"), en: ("The name", "a name") },
        autocomplete: "name",
        max: MAX_LONG_NAME,
    };
}

impl Definition for Person {
    fn words(&self) -> Words {
        self.words
    }

    fn widget(&self, _lists: &Lists) -> Widget {
        line(None)
    }

    fn autocomplete(&self) -> Option<&'static str> {
        Some(self.autocomplete)
    }

    fn read_line(&self, typed: &str, _around: Surroundings<'_>) -> Result<Json, State> {
        Ok(Json::from(characters::clean_words(typed)))
    }

    fn check_text(&self, text: &str, _around: Surroundings<'_>) -> Result<(), State> {
        if let Some(c) = text.chars().find(|c| !is_letter(*c) && *c != ' ' && !SIGNS.contains(*c)) {
            return Err(State::Character(c));
        }
        characters::check_words(text)?;
        if !text.contains(is_letter) {
            return Err(State::Form);
        }
        check_length(text, (1, self.max))
    }

    fn lengths(&self) -> Option<(u32, u32)> {
        Some((1, self.max))
    }

    fn message(&self, state: &State, label: &str, language: Language) -> Option<String> {
        let (the, the_en) = (self.words.de.0, self.words.en.0);
        (*state == State::Form).then(|| {
            say!(language;
                "{the} bei „{label}“ muss Buchstaben enthalten.",
                "{the_en} for “{label}” must contain letters.",
                "Hier fehlen Buchstaben: „{label}“. Schreiben Sie den Namen.")
        })
    }

    fn schema(&self, _lists: &Lists, _language: Language) -> Json {
        let letters: String = LETTERS.iter().map(|(first, last)| characters::range(*first, *last)).collect();
        let signs: String = SIGNS.chars().map(|c| characters::range(c, c)).collect();
        let mut schema = characters::schema(format!("^[ {letters}{signs}]*$"), "^ |  | $");
        schema["allOf"] = json!([{ "pattern": format!("[{letters}]") }]);
        with_length(schema, (1, self.max))
    }

    fn remainder(&self) -> Map<String, Json> {
        rest("nfc", true)
    }
}

/// The name of something else, or a part of an address: every sign may stand in it.
pub(super) struct Label {
    pub words: Words,
    pub autocomplete: Option<&'static str>,
    pub max: u32,
    pub width: Option<u8>,
}

impl Definition for Label {
    fn words(&self) -> Words {
        self.words
    }

    fn widget(&self, _lists: &Lists) -> Widget {
        line(self.width)
    }

    fn autocomplete(&self) -> Option<&'static str> {
        self.autocomplete
    }

    fn read_line(&self, typed: &str, _around: Surroundings<'_>) -> Result<Json, State> {
        Ok(Json::from(characters::clean_words(typed)))
    }

    fn check_text(&self, text: &str, _around: Surroundings<'_>) -> Result<(), State> {
        characters::check_words(text)?;
        check_length(text, (1, self.max))
    }

    fn lengths(&self) -> Option<(u32, u32)> {
        Some((1, self.max))
    }

    fn schema(&self, _lists: &Lists, _language: Language) -> Json {
        with_length(characters::words_schema(), (1, self.max))
    }

    fn remainder(&self) -> Map<String, Json> {
        rest("nfc", true)
    }
}

impl Label {
    pub(super) const ORGANISATION: Self = Self {
        words: Words {
            de: ("Der Name der Organisation", "den Namen der Organisation"),
            en: ("The name of the organisation", "the name of the organisation"),
        },
        autocomplete: Some("organization"),
        max: MAX_LONG_NAME,
        width: None,
    };
}
