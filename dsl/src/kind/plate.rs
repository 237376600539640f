//! German number plates ("Kennzeichen", § 9 FZV).

use serde_json::{Value as Json, json};

use super::definition::{Definition, Lists};
use super::message::{Words, say};
use super::{State, Surroundings, Widget};
use crate::model::Language;

/// Letters that no registration office gives out behind the hyphen.
const FORBIDDEN: [&str; 5] = ["HJ", "KZ", "NS", "SA", "SS"];
/// The greatest length with hyphen and blank; the plate itself has at most 8 characters.
const MAX_LENGTH: usize = 10;

/// A number plate, stored as `SE-AB 123`, with `E` (electric) or `H` (historic) behind it.
pub(super) struct Plate;

impl Definition for Plate {
    fn words(&self) -> Words {
        Words { de: ("Das Kennzeichen", "ein Kennzeichen"), en: ("The number plate", "a number plate") }
    }

    fn widget(&self, _lists: &Lists) -> Widget {
        super::line(Some(12))
    }

    fn read_line(&self, typed: &str, _around: Surroundings<'_>) -> Result<Json, State> {
        read_plate(&typed.to_uppercase()).map(Json::from).ok_or(State::Form)
    }

    fn check_text(&self, text: &str, _around: Surroundings<'_>) -> Result<(), State> {
        if is_plate(text) { Ok(()) } else { Err(State::Form) }
    }

    fn message(&self, state: &State, label: &str, language: Language) -> Option<String> {
        (*state == State::Form).then(|| {
            say!(language;
                "Das Kennzeichen bei „{label}“ muss so aufgebaut sein wie SE-AB 123, mit dem Bindestrich nach dem Ort.",
                "The number plate for “{label}” must look like SE-AB 123, with the hyphen after the place.",
                "So sieht kein Kennzeichen aus: „{label}“. Schreiben Sie es so: SE-AB 123.")
        })
    }

    fn schema(&self, _lists: &Lists, _language: Language) -> Json {
        json!({
            "type": "string",
            "maxLength": MAX_LENGTH,
            "pattern": "^[A-ZÄÖÜ]{1,3}-[A-Z]{1,2} [1-9][0-9]{0,3}[EH]?$",
            "not": { "pattern": format!("-({}) ", FORBIDDEN.join("|")) },
        })
    }
}

fn is_plate(text: &str) -> bool {
    let Some((place, rest)) = text.split_once('-') else {
        return false;
    };
    let Some((letters, number)) = rest.split_once(' ') else {
        return false;
    };
    let digits = number.strip_suffix(['E', 'H']).unwrap_or(number);
    (1..=3).contains(&place.chars().count())
        && place.chars().all(|c| matches!(c, 'A'..='Z' | 'Ä' | 'Ö' | 'Ü'))
        && (1..=2).contains(&letters.len())
        && letters.bytes().all(|b| b.is_ascii_uppercase())
        && !FORBIDDEN.contains(&letters)
        && (1..=4).contains(&digits.len())
        && digits.bytes().all(|b| b.is_ascii_digit())
        && !digits.starts_with('0')
        && text.chars().count() <= MAX_LENGTH
}

/// `SE AB 123`, `SE-AB123`, `SE:AB 123 E`; together (`SEAB123`) only where there is one way to
/// part the letters.
fn read_plate(typed: &str) -> Option<String> {
    let is_separator = |c: char| super::text::is_separator(c) || c == ':' || c == '*';
    if typed.len() > 4 * MAX_LENGTH {
        return None;
    }
    let digit = typed.find(|c: char| c.is_ascii_digit())?;
    let (letters, number) = typed.split_at(digit);
    let number: String = number.chars().filter(|c| !is_separator(*c)).collect();
    let groups: Vec<&str> = letters.split(is_separator).filter(|group| !group.is_empty()).collect();
    let candidates: Vec<String> = match *groups.as_slice() {
        [place, letters] => vec![format!("{place}-{letters} {number}")],
        [together] => together
            .char_indices()
            .skip(1)
            .map(|(middle, _)| together.split_at(middle))
            .map(|(place, letters)| format!("{place}-{letters} {number}"))
            .filter(|plate| is_plate(plate))
            .collect(),
        _ => return None,
    };
    match candidates.as_slice() {
        [plate] => Some(plate.clone()),
        _ => None,
    }
}
