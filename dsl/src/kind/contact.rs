//! E-mail addresses and phone numbers.

use std::fmt::Write as _;

use phonenumber::Mode;
use serde_json::{Map, Value as Json, json};

use super::definition::{Definition, Lists, rest};
use super::message::{Words, say};
use super::text::check_length;
use super::{State, Surroundings, Widget, characters};
use crate::model::Language;

/// The greatest length of an e-mail address (RFC 5321).
const MAX_EMAIL: u32 = 254;
/// The greatest length of the part before the @ (RFC 5321).
const MAX_LOCAL: usize = 64;

/// An e-mail address.
pub(super) struct Email;

impl Definition for Email {
    fn words(&self) -> Words {
        Words { de: ("Die E-Mail-Adresse", "eine E-Mail-Adresse"), en: ("The email address", "an email address") }
    }

    fn widget(&self, _lists: &Lists) -> Widget {
        Widget::Line { input_type: "email", input_mode: None, width: None, spellcheck: false }
    }

    fn autocomplete(&self) -> Option<&'static str> {
        Some("email")
    }

    fn check_text(&self, text: &str, _around: Surroundings<'_>) -> Result<(), State> {
        characters::check(text, false)?;
        check_length(text, (1, MAX_EMAIL))?;
        let (local, domain) = text.split_once('@').ok_or(State::Form)?;
        let local_fine = local.chars().count() <= MAX_LOCAL
            && local.split('.').all(|atom| !atom.is_empty() && atom.chars().all(is_local));
        let domain_fine = domain.contains('.') && domain.split('.').all(is_label);
        if local_fine && domain_fine { Ok(()) } else { Err(State::Form) }
    }

    fn lengths(&self) -> Option<(u32, u32)> {
        Some((1, MAX_EMAIL))
    }

    fn message(&self, state: &State, label: &str, language: Language) -> Option<String> {
        (*state == State::Form).then(|| {
            say!(language;
                "Die E-Mail-Adresse bei „{label}“ muss so aufgebaut sein wie name@beispiel.de.",
                "The email address for “{label}” must look like name@example.com.",
                "Das ist keine E-Mail-Adresse: „{label}“. Eine E-Mail-Adresse sieht so aus: name@beispiel.de.")
        })
    }

    fn schema(&self, _lists: &Lists, _language: Language) -> Json {
        let refused = characters::refused_class(false);
        json!({
            "type": "string",
            "maxLength": MAX_EMAIL,
            "pattern": "^[^@.]+(\\.[^@.]+)*@[^@.]+(\\.[^@.]+)+$",
            "allOf": [
                { "pattern": format!("^[^@]{{1,{MAX_LOCAL}}}@") },
                { "pattern": format!("^[^ \"(),:;<>\\[\\\\\\]{refused}]*$") },
                // In the domain no sign of ASCII but dot and hyphen, and this inside only.
                { "pattern": "@[^!-,/:-@\\[-`{-~]*$" },
            ],
            "not": { "pattern": "@(.*\\.)?-|-(\\.[^@]*)?$" },
        })
    }

    fn remainder(&self) -> Map<String, Json> {
        rest("nfc", true)
    }
}

fn is_local(c: char) -> bool {
    !matches!(c, ' ' | '"' | '(' | ')' | ',' | '.' | ':' | ';' | '<' | '>' | '@' | '[' | '\\' | ']')
}

/// Whether a text is one part of a domain, between the dots.
fn is_label(text: &str) -> bool {
    let sign = |c: char| c.is_ascii() && !c.is_ascii_alphanumeric() && c != '-';
    !text.is_empty() && !text.starts_with('-') && !text.ends_with('-') && !text.contains(sign)
}

/// A phone number: international, with blanks (E.123).
pub(super) struct Phone;

impl Definition for Phone {
    fn words(&self) -> Words {
        Words { de: ("Die Telefonnummer", "eine Telefonnummer"), en: ("The phone number", "a phone number") }
    }

    fn widget(&self, _lists: &Lists) -> Widget {
        Widget::Line { input_type: "tel", input_mode: None, width: Some(20), spellcheck: false }
    }

    fn autocomplete(&self) -> Option<&'static str> {
        Some("tel")
    }

    fn read_line(&self, typed: &str, _around: Surroundings<'_>) -> Result<Json, State> {
        read_phone(typed).map(Json::from).ok_or(State::Form)
    }

    fn check_text(&self, text: &str, _around: Surroundings<'_>) -> Result<(), State> {
        let Some(number) = text.strip_prefix('+') else {
            return Err(State::Form);
        };
        let groups_fine = number.split(' ').all(|g| !g.is_empty() && g.bytes().all(|b| b.is_ascii_digit()));
        let digits = number.bytes().filter(u8::is_ascii_digit).count();
        if groups_fine && !number.starts_with('0') && (7..=15).contains(&digits) { Ok(()) } else { Err(State::Form) }
    }

    fn message(&self, state: &State, label: &str, language: Language) -> Option<String> {
        (*state == State::Form).then(|| {
            say!(language;
                "Die Telefonnummer bei „{label}“ braucht die Vorwahl, zum Beispiel 040 123456 oder +45 12 34 56 78.",
                "The phone number for “{label}” must include the area code, for example 040 123456 or +45 12 34 56 78.",
                "Das ist keine Telefonnummer: „{label}“. Schreiben Sie die Nummer mit Vorwahl, zum Beispiel 040 123456.")
        })
    }

    fn schema(&self, _lists: &Lists, _language: Language) -> Json {
        json!({ "type": "string", "pattern": "^\\+[1-9]( ?[0-9]){6,14}$" })
    }
}

/// A number as people write it, with area code: `040/123456`, `+49 (0)40 123456`, `0045 …`.
fn read_phone(typed: &str) -> Option<String> {
    let plus = typed.starts_with('+');
    let typed = if plus || typed.starts_with("00") { typed.replace("(0)", "") } else { typed.to_owned() };
    let is_sign = |c: char| matches!(c, '(' | ')' | '+') || super::text::is_separator(c);
    if typed.chars().any(|c| !c.is_ascii_digit() && !is_sign(c)) || typed.rfind('+').is_some_and(|place| place > 0) {
        return None;
    }
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    let international = if plus {
        format!("+{digits}")
    } else if let Some(abroad) = digits.strip_prefix("00") {
        format!("+{abroad}")
    } else {
        format!("+49{}", digits.strip_prefix('0')?)
    };
    if !(8..=16).contains(&international.len()) {
        return None;
    }
    let number = phonenumber::parse(None, &international).ok()?;
    let mut written = String::new();
    // Writing fails where the country code belongs to nobody.
    write!(written, "{}", number.format().mode(Mode::International)).ok()?;
    let mut spaced = String::with_capacity(written.len());
    for c in written.chars() {
        match c {
            '+' | '0'..='9' => spaced.push(c),
            _ if !spaced.ends_with(' ') => spaced.push(' '),
            _ => {}
        }
    }
    Some(spaced.trim_end().to_owned())
}
