//! Months and times of day.

use serde_json::{Value as Json, json};

use super::definition::{Definition, Lists, line, plain};
use super::message::{Words, say};
use super::{State, Surroundings, Widget};
use crate::model::Language;

const GERMAN: [&str; 12] = [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
];
const ENGLISH: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The name of a month, from 1.
pub(crate) fn month_name(month: i8, language: Language) -> &'static str {
    let names = if language == Language::English { ENGLISH } else { GERMAN };
    usize::try_from(month - 1).ok().and_then(|index| names.get(index).copied()).unwrap_or_default()
}

/// The month that somebody typed: `3`, `03`, `März`, `Mrz.`, `march`.
pub(super) fn month_number(typed: &str) -> Option<i8> {
    let typed = typed.trim_end_matches('.').to_lowercase().replace('ä', "ae");
    if typed.bytes().all(|b| b.is_ascii_digit()) {
        return (1..=2).contains(&typed.len()).then(|| typed.parse().ok()).flatten().filter(|m| (1..=12).contains(m));
    }
    let other = match typed.as_str() {
        "mrz" => Some(3),
        "maer" | "mär" => Some(3),
        "jaen" | "jaenner" => Some(1),
        "feber" => Some(2),
        _ => None,
    };
    other.or_else(|| {
        let named = |names: [&str; 12]| {
            names.iter().position(|name| name.to_lowercase().replace('ä', "ae").starts_with(&typed))
        };
        let index = (typed.len() >= 3).then(|| named(GERMAN).or_else(|| named(ENGLISH))).flatten()?;
        i8::try_from(index + 1).ok()
    })
}

/// A month of a year.
pub(super) struct Month;

impl Definition for Month {
    fn words(&self) -> Words {
        Words { de: ("Der Monat", "einen Monat mit Jahr"), en: ("The month", "a month with its year") }
    }

    fn widget(&self, _lists: &Lists) -> Widget {
        line(Some(15))
    }

    fn read_line(&self, typed: &str, _around: Surroundings<'_>) -> Result<Json, State> {
        let words: Vec<&str> = typed.split([' ', '.', '/', '-', ',', '–']).filter(|word| !word.is_empty()).collect();
        let (month, year) = match *words.as_slice() {
            [year, month] if is_year(year) => (month, year),
            [month, year] if is_year(year) => (month, year),
            [_, year] if year.len() == 2 && year.bytes().all(|b| b.is_ascii_digit()) => {
                return Err(State::YearDigits);
            }
            [year] if is_year(year) => return Err(State::MonthMissing),
            [month] if month_number(month).is_some() => return Err(State::YearMissing),
            _ => return Err(State::Form),
        };
        let month = month_number(month).ok_or(State::Form)?;
        Ok(Json::from(format!("{year}-{month:02}")))
    }

    fn check_text(&self, text: &str, _around: Surroundings<'_>) -> Result<(), State> {
        split_month(text).map(|_| ()).ok_or(State::Form)
    }

    fn show(&self, answer: &Json, language: Language, _around: Surroundings<'_>) -> String {
        match answer.as_str().and_then(split_month) {
            Some((year, month)) => format!("{} {year}", month_name(month, language)),
            None => plain(answer),
        }
    }

    fn input(&self, answer: &Json, language: Language, around: Surroundings<'_>) -> super::Input {
        super::Input::Line(self.show(answer, language, around))
    }

    fn message(&self, state: &State, label: &str, language: Language) -> Option<String> {
        Some(match state {
            State::MonthMissing => say!(language;
                "Bei „{label}“ fehlt der Monat. Geben Sie Monat und Jahr an, zum Beispiel 10/2027.",
                "The month is missing for “{label}”. Enter month and year, for example 10/2027.",
                "Der Monat fehlt: „{label}“. Schreiben Sie Monat und Jahr, zum Beispiel 10/2027."),
            State::YearMissing => say!(language;
                "Bei „{label}“ fehlt das Jahr. Geben Sie Monat und Jahr an, zum Beispiel 10/2027.",
                "The year is missing for “{label}”. Enter month and year, for example 10/2027.",
                "Das Jahr fehlt: „{label}“. Schreiben Sie Monat und Jahr, zum Beispiel 10/2027."),
            State::YearDigits => say!(language;
                "Das Jahr bei „{label}“ muss vier Ziffern haben, zum Beispiel 10/2027.",
                "The year for “{label}” must have four digits, for example 10/2027.",
                "Das Jahr ist nicht vollständig: „{label}“. Schreiben Sie vier Ziffern, zum Beispiel 2027."),
            State::Form => say!(language;
                "Der Monat bei „{label}“ muss aus Monat und Jahr bestehen, zum Beispiel 10/2027.",
                "The month for “{label}” must be a month and a year, for example 10/2027.",
                "Diesen Monat gibt es nicht: „{label}“. Schreiben Sie ihn so: 10/2027."),
            _ => return None,
        })
    }

    fn schema(&self, _lists: &Lists, _language: Language) -> Json {
        json!({ "type": "string", "pattern": "^[1-9][0-9]{3}-(0[1-9]|1[0-2])$" })
    }
}

fn is_year(text: &str) -> bool {
    text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit()) && !text.starts_with('0')
}

fn split_month(text: &str) -> Option<(&str, i8)> {
    let (year, month) = text.split_once('-')?;
    let number = (month.len() == 2).then(|| month_number(month)).flatten()?;
    (is_year(year) && month.bytes().all(|b| b.is_ascii_digit())).then_some((year, number))
}

/// A time of day, to the minute.
pub(super) struct Time;

impl Definition for Time {
    fn words(&self) -> Words {
        Words { de: ("Die Uhrzeit", "eine Uhrzeit"), en: ("The time", "a time") }
    }

    fn widget(&self, _lists: &Lists) -> Widget {
        line(Some(8))
    }

    fn read_line(&self, typed: &str, _around: Surroundings<'_>) -> Result<Json, State> {
        let (hour, minute) = read_time(&typed.to_lowercase()).ok_or(State::Form)?;
        Ok(Json::from(format!("{hour:02}:{minute:02}")))
    }

    fn check_text(&self, text: &str, _around: Surroundings<'_>) -> Result<(), State> {
        let fine = match *text.as_bytes() {
            [h1, h2, b':', m1, m2] => {
                matches!((h1, h2), (b'0' | b'1', b'0'..=b'9') | (b'2', b'0'..=b'3'))
                    && matches!((m1, m2), (b'0'..=b'5', b'0'..=b'9'))
            }
            _ => false,
        };
        if fine { Ok(()) } else { Err(State::Form) }
    }

    fn show(&self, answer: &Json, language: Language, _around: Surroundings<'_>) -> String {
        match language {
            Language::English => plain(answer),
            Language::German | Language::Easy => format!("{} Uhr", plain(answer)),
        }
    }

    fn message(&self, state: &State, label: &str, language: Language) -> Option<String> {
        (*state == State::Form).then(|| {
            say!(language;
                "Die Uhrzeit bei „{label}“ muss aus Stunde und Minute bestehen, zum Beispiel 15:00.",
                "The time for “{label}” must be hours and minutes, for example 15:00.",
                "Diese Uhrzeit gibt es nicht: „{label}“. Schreiben Sie sie so: 15:00.")
        })
    }

    fn schema(&self, _lists: &Lists, _language: Language) -> Json {
        json!({ "type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$" })
    }
}

/// `15:00`, `15.00`, `15 Uhr`, `15 Uhr 30`, `9`, `3:30 pm`.
fn read_time(typed: &str) -> Option<(u8, u8)> {
    let (typed, half) = match typed.replace("p.m.", "pm").replace("a.m.", "am") {
        t if t.ends_with("pm") => (t.replace("pm", ""), Some(12)),
        t if t.ends_with("am") => (t.replace("am", ""), Some(0)),
        t => (t, None),
    };
    let typed = typed.replace("uhr", ":").replace('h', ":");
    let mut numbers = typed.split([':', '.', ' ']).filter(|part| !part.is_empty());
    let number = |text: &str| -> Option<u8> {
        (text.len() <= 2 && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok()).flatten()
    };
    let hour = number(numbers.next()?)?;
    let minute = match numbers.next() {
        Some(text) if text.len() == 2 => number(text)?,
        Some(_) => return None,
        None => 0,
    };
    if numbers.next().is_some() || minute > 59 {
        return None;
    }
    let hour = match half {
        Some(half) if (1..=12).contains(&hour) => hour % 12 + half,
        Some(_) => return None,
        None => hour,
    };
    (hour <= 23).then_some((hour, minute))
}
