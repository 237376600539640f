//! Text, long text, digits.

use serde_json::{Map, Value as Json};

use super::definition::{Definition, Lists, digits_line, pattern, plain, rest, with_length};
use super::message::{Words, say};
use super::{Input, LengthLimits, State, Surroundings, Widget, characters};
use crate::model::Language;

/// The greatest length of a text where the author sets none.
pub const MAX_TEXT: u32 = 200;
/// The greatest length of a long text where the author sets none.
pub const MAX_LONG_TEXT: u32 = 2_000;
/// The greatest number of digits where the author sets none.
pub const MAX_DIGITS: u32 = 40;

impl LengthLimits {
    /// Both limits; without a least length 1, without a greatest one `max`.
    fn range(&self, max: u32) -> (u32, u32) {
        (self.min.unwrap_or(1).max(1), self.max.unwrap_or(max))
    }
}

/// Checks a length in characters.
pub(super) fn check_length(text: &str, (min, max): (u32, u32)) -> Result<(), State> {
    let length = text.chars().count();
    if length < min as usize {
        Err(State::TooShort)
    } else if length > max as usize {
        Err(State::TooLong)
    } else {
        Ok(())
    }
}

/// One line.
pub(super) struct Line<'a>(pub &'a LengthLimits);

impl Line<'_> {
    fn range(&self) -> (u32, u32) {
        self.0.range(MAX_TEXT)
    }
}

impl Definition for Line<'_> {
    fn words(&self) -> Words {
        Words { de: ("Die Antwort", "eine Antwort"), en: ("The answer", "an answer") }
    }

    fn widget(&self, _lists: &Lists) -> Widget {
        let width = u8::try_from(self.range().1).ok().filter(|max| *max <= 30);
        Widget::Line { input_type: "text", input_mode: None, width, spellcheck: true }
    }

    fn check_text(&self, text: &str, _around: Surroundings<'_>) -> Result<(), State> {
        characters::check(text, false)?;
        check_length(text, self.range())
    }

    fn lengths(&self) -> Option<(u32, u32)> {
        Some(self.range())
    }

    fn schema(&self, _lists: &Lists, _language: Language) -> Json {
        with_length(characters::line_schema(), self.range())
    }

    fn remainder(&self) -> Map<String, Json> {
        rest("nfc", true)
    }
}

/// Several lines.
pub(super) struct Lines<'a>(pub &'a LengthLimits);

impl Lines<'_> {
    fn range(&self) -> (u32, u32) {
        self.0.range(MAX_LONG_TEXT)
    }
}

impl Definition for Lines<'_> {
    fn words(&self) -> Words {
        Words { de: ("Der Text", "einen Text"), en: ("The text", "a text") }
    }

    fn widget(&self, _lists: &Lists) -> Widget {
        Widget::Area
    }

    fn read(&self, input: &Input, around: Surroundings<'_>) -> Result<Option<Json>, State> {
        let typed = characters::clean_lines(&input.line());
        if typed.is_empty() {
            return Ok(None);
        }
        self.check_text(&typed, around)?;
        Ok(Some(Json::from(typed)))
    }

    fn check_text(&self, text: &str, _around: Surroundings<'_>) -> Result<(), State> {
        characters::check(text, true)?;
        check_length(text, self.range())
    }

    fn lengths(&self) -> Option<(u32, u32)> {
        Some(self.range())
    }

    fn schema(&self, _lists: &Lists, _language: Language) -> Json {
        with_length(characters::lines_schema(), self.range())
    }

    fn remainder(&self) -> Map<String, Json> {
        rest("nfc", true)
    }
}

/// Digits with leading zeros.
pub(super) struct Digits<'a>(pub &'a LengthLimits);

impl Digits<'_> {
    fn range(&self) -> (u32, u32) {
        self.0.range(MAX_DIGITS)
    }
}

impl Definition for Digits<'_> {
    fn words(&self) -> Words {
        Words { de: ("Die Nummer", "eine Nummer"), en: ("The number", "a number") }
    }

    fn widget(&self, _lists: &Lists) -> Widget {
        digits_line(u8::try_from(self.range().1).unwrap_or(40).min(40))
    }

    fn read_line(&self, typed: &str, _around: Surroundings<'_>) -> Result<Json, State> {
        Ok(Json::from(only_digits(typed)))
    }

    fn check_text(&self, text: &str, _around: Surroundings<'_>) -> Result<(), State> {
        if text.bytes().all(|b| b.is_ascii_digit()) { check_length(text, self.range()) } else { Err(State::NotDigits) }
    }

    fn input(&self, answer: &Json, _language: Language, _around: Surroundings<'_>) -> Input {
        Input::Line(plain(answer))
    }

    fn message(&self, state: &State, label: &str, language: Language) -> Option<String> {
        let (min, max) = self.range();
        let exactly = min == max;
        Some(match state {
            State::TooShort if exactly && max > 1 => say!(language;
                "Die Nummer bei „{label}“ hat zu wenige Ziffern. Es müssen genau {min} sein.",
                "The number for “{label}” has too few digits. It must have exactly {min}.",
                "Das sind zu wenige Ziffern: „{label}“. Schreiben Sie genau {min} Ziffern."),
            State::TooLong if exactly && max > 1 => say!(language;
                "Die Nummer bei „{label}“ hat zu viele Ziffern. Es müssen genau {max} sein.",
                "The number for “{label}” has too many digits. It must have exactly {max}.",
                "Das sind zu viele Ziffern: „{label}“. Schreiben Sie genau {max} Ziffern."),
            State::TooLong if max == 1 => say!(language;
                "Die Nummer bei „{label}“ darf nur eine Ziffer haben.",
                "The number for “{label}” must have one digit only.",
                "Das sind zu viele Ziffern: „{label}“. Schreiben Sie eine Ziffer."),
            State::TooShort => say!(language;
                "Die Nummer bei „{label}“ muss mindestens {min} Ziffern haben.",
                "The number for “{label}” must have at least {min} digits.",
                "Das sind zu wenige Ziffern: „{label}“. Schreiben Sie {min} Ziffern oder mehr."),
            State::TooLong => say!(language;
                "Die Nummer bei „{label}“ darf höchstens {max} Ziffern haben.",
                "The number for “{label}” must have at most {max} digits.",
                "Das sind zu viele Ziffern: „{label}“. Schreiben Sie {max} Ziffern oder weniger."),
            _ => return None,
        })
    }

    fn schema(&self, _lists: &Lists, _language: Language) -> Json {
        with_length(pattern("^[0-9]+$"), self.range())
    }
}

/// Without the signs that people put between digits.
pub(super) fn only_digits(typed: &str) -> String {
    typed.chars().filter(|c| !is_separator(*c)).collect()
}

/// Blanks, dots, dashes, slashes.
pub(super) fn is_separator(c: char) -> bool {
    matches!(c, ' ' | '.' | '-' | '/' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '·')
}
