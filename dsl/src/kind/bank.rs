//! Bank accounts: IBAN.

use iban::{BaseIban, Iban as Checked, ParseBaseIbanError, ParseIbanError};
use serde_json::{Map, Value as Json};

use super::definition::{Definition, Lists, pattern, plain, rest};
use super::message::{Words, say};
use super::{Input, State, Surroundings, Widget};
use crate::model::Language;

/// An IBAN, stored without blanks. Every country that has one, so all of SEPA
/// (Regulation (EU) No 260/2012, article 9).
pub(super) struct Iban;

impl Definition for Iban {
    fn words(&self) -> Words {
        Words { de: ("Die IBAN", "eine IBAN"), en: ("The IBAN", "an IBAN") }
    }

    fn widget(&self, _lists: &Lists) -> Widget {
        super::line(Some(34))
    }

    fn read_line(&self, typed: &str, _around: Surroundings<'_>) -> Result<Json, State> {
        let typed = typed.strip_prefix("IBAN").or_else(|| typed.strip_prefix("iban")).unwrap_or(typed);
        let signs = |c: char| super::text::is_separator(c) || c == ':';
        let iban: String = typed.chars().filter(|c| !signs(*c)).map(|c| c.to_ascii_uppercase()).collect();
        if iban.is_empty() { Err(State::Form) } else { Ok(Json::from(iban)) }
    }

    fn check_text(&self, text: &str, _around: Surroundings<'_>) -> Result<(), State> {
        // Of a German one with a digit too few the length is wrong, not the check digits.
        if !has_shape(text) || text.starts_with("DE") && text.len() != 22 {
            return Err(State::Form);
        }
        // The crate reads blanks, too; the shape has excluded them.
        match text.parse::<Checked>() {
            Ok(_) => Ok(()),
            Err(ParseIbanError::InvalidBaseIban { source: ParseBaseIbanError::InvalidChecksum }) => {
                Err(State::CheckDigit)
            }
            Err(_) => Err(State::Form),
        }
    }

    fn show(&self, answer: &Json, _language: Language, _around: Surroundings<'_>) -> String {
        let iban = plain(answer);
        match iban.parse::<BaseIban>() {
            Ok(_) => grouped(&iban),
            Err(_) => iban,
        }
    }

    fn input(&self, answer: &Json, language: Language, around: Surroundings<'_>) -> Input {
        Input::Line(self.show(answer, language, around))
    }

    fn message(&self, state: &State, label: &str, language: Language) -> Option<String> {
        Some(match state {
            State::Form => say!(language;
                "Die IBAN bei „{label}“ hat nicht die richtige Länge oder Form. Eine deutsche beginnt mit DE und hat 22 Zeichen.",
                "The IBAN for “{label}” does not have the right length or form. A German one begins with DE and has 22 characters.",
                "Das ist keine IBAN: „{label}“. Eine deutsche IBAN fängt mit DE an. Sie hat 22 Zeichen."),
            State::CheckDigit => say!(language;
                "Die IBAN bei „{label}“ enthält einen Tippfehler: Die Prüfziffer passt nicht. Vergleichen Sie jede Stelle.",
                "The IBAN for “{label}” contains a typing mistake: the check digits do not fit. Compare each character.",
                "In der IBAN ist ein Fehler: „{label}“. Vergleichen Sie jede Ziffer."),
            _ => return None,
        })
    }

    fn schema(&self, _lists: &Lists, _language: Language) -> Json {
        pattern("^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$")
    }

    fn remainder(&self) -> Map<String, Json> {
        rest("check_digit", "iban")
    }
}

fn has_shape(text: &str) -> bool {
    (15..=34).contains(&text.len())
        && text.bytes().enumerate().all(|(place, b)| match place {
            0 | 1 => b.is_ascii_uppercase(),
            2 | 3 => b.is_ascii_digit(),
            _ => b.is_ascii_uppercase() || b.is_ascii_digit(),
        })
}

/// In groups of four.
fn grouped(iban: &str) -> String {
    let mut grouped = String::with_capacity(iban.len() * 5 / 4);
    for (place, c) in iban.chars().filter(|c| *c != ' ').enumerate() {
        if place > 0 && place % 4 == 0 {
            grouped.push(' ');
        }
        grouped.push(c);
    }
    grouped
}
