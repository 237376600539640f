//! Dates and birth dates.

use jiff::civil::Date;
use serde_json::{Map, Value as Json, json};

use super::definition::{Definition, Lists, pattern, plain};
use super::known::{Known, real_date, show_date};
use super::message::{Words, say};
use super::month::month_number;
use super::{DateLimits, Input, State, Surroundings, Widget, characters};
use crate::eval;
use crate::model::{Calc, Language};

/// A date; with `birth` a birth date, which may be `incomplete`.
pub(super) struct Day<'a> {
    pub limits: &'a DateLimits,
    pub birth: bool,
    pub incomplete: bool,
}

impl DateLimits {
    /// The first and the last day that are allowed, where a day is.
    #[must_use]
    pub fn days(&self, today: Date) -> (Option<Date>, Option<Date>) {
        let day = |limit: &Option<Calc>| limit.as_ref().and_then(|calc| day_of(calc, today));
        (day(&self.from), day(&self.to))
    }
}

impl Day<'_> {
    /// The last day as a calculation: of birth dates without limits today.
    fn last(&self) -> Option<&Calc> {
        const TODAY: &Calc = &Calc::Today;
        let unlimited = self.limits.from.is_none() && self.limits.to.is_none();
        if self.birth && unlimited { Some(TODAY) } else { self.limits.to.as_ref() }
    }

    fn check_limits(&self, known: Known, today: Date) -> Result<(), State> {
        if let Some(from) = self.limits.from.as_ref().and_then(|calc| day_of(calc, today))
            && known.latest() < from
        {
            return Err(State::TooEarly(from));
        }
        if let Some(to) = self.last().and_then(|calc| day_of(calc, today))
            && known.earliest() > to
        {
            return Err(State::TooLate(to));
        }
        Ok(())
    }

    fn known(&self, text: &str) -> Option<Known> {
        Known::parse(text).filter(|known| self.incomplete || matches!(known, Known::Day(_)))
    }
}

impl Definition for Day<'_> {
    fn words(&self) -> Words {
        if self.birth {
            Words { de: ("Das Geburtsdatum", "ein Geburtsdatum"), en: ("The date of birth", "a date of birth") }
        } else {
            Words { de: ("Das Datum", "ein Datum"), en: ("The date", "a date") }
        }
    }

    fn widget(&self, _lists: &Lists) -> Widget {
        Widget::Date
    }

    fn autocomplete(&self) -> Option<&'static str> {
        self.birth.then_some("bday")
    }

    fn read(&self, input: &Input, around: Surroundings<'_>) -> Result<Option<Json>, State> {
        let [day, month, year] = match input {
            Input::Date { day, month, year } => [day, month, year].map(|part| characters::clean(part)),
            line => match parts(&characters::clean(&line.line()), self.incomplete) {
                Some(parts) => parts,
                None => return Err(State::NoSuchDate),
            },
        };
        if [&day, &month, &year].into_iter().all(String::is_empty) {
            return Ok(None);
        }
        let known = self.read_parts(&day, &month, &year)?;
        self.check_limits(known, around.today)?;
        Ok(Some(Json::from(known.text())))
    }

    fn check_text(&self, text: &str, around: Surroundings<'_>) -> Result<(), State> {
        let known = self.known(text).ok_or(State::NoSuchDate)?;
        self.check_limits(known, around.today)
    }

    fn show(&self, answer: &Json, language: Language, _around: Surroundings<'_>) -> String {
        match answer.as_str().and_then(Known::parse) {
            Some(known) => known.show(language),
            None => plain(answer),
        }
    }

    fn input(&self, answer: &Json, _language: Language, _around: Surroundings<'_>) -> Input {
        let parts = match answer.as_str().and_then(Known::parse) {
            Some(Known::Day(date)) => [date.day().to_string(), date.month().to_string(), date.year().to_string()],
            Some(Known::Month(first)) => [String::new(), first.month().to_string(), first.year().to_string()],
            Some(Known::Year(first)) => [String::new(), String::new(), first.year().to_string()],
            None => [String::new(), String::new(), plain(answer)],
        };
        let [day, month, year] = parts;
        Input::Date { day, month, year }
    }

    fn message(&self, state: &State, label: &str, language: Language) -> Option<String> {
        let words = self.words();
        let (the, the_en) = (words.de.0, words.en.0);
        Some(match state {
            State::DayMissing => say!(language;
                "{the} bei „{label}“ braucht einen Tag.",
                "{the_en} for “{label}” must include a day.",
                "Der Tag fehlt: „{label}“. Schreiben Sie den Tag."),
            State::MonthMissing => say!(language;
                "{the} bei „{label}“ braucht einen Monat.",
                "{the_en} for “{label}” must include a month.",
                "Der Monat fehlt: „{label}“. Schreiben Sie den Monat."),
            State::YearMissing => say!(language;
                "{the} bei „{label}“ braucht ein Jahr.",
                "{the_en} for “{label}” must include a year.",
                "Das Jahr fehlt: „{label}“. Schreiben Sie das Jahr."),
            State::YearDigits => say!(language;
                "Das Jahr bei „{label}“ muss vier Ziffern haben, zum Beispiel 1980.",
                "The year for “{label}” must have four digits, for example 1980.",
                "Das Jahr ist nicht vollständig: „{label}“. Schreiben Sie vier Ziffern, zum Beispiel 1980."),
            State::NoSuchDate => say!(language;
                "{the} bei „{label}“ muss es im Kalender geben, zum Beispiel 31. 3. 1980.",
                "{the_en} for “{label}” must be a real date, for example 31 3 1980.",
                "Diesen Tag gibt es nicht: „{label}“. Schreiben Sie das Datum so: 31. 3. 1980."),
            State::TooEarly(_) if self.limits.from == Some(Calc::Today) => say!(language;
                "{the} bei „{label}“ muss heute oder später sein.",
                "{the_en} for “{label}” must be today or in the future.",
                "Der Tag ist schon vorbei: „{label}“. Schreiben Sie das Datum von heute oder ein späteres."),
            State::TooLate(_) if self.last() == Some(&Calc::Today) => say!(language;
                "{the} bei „{label}“ muss heute oder früher sein.",
                "{the_en} for “{label}” must be today or in the past.",
                "Der Tag kommt erst noch: „{label}“. Schreiben Sie das Datum von heute oder ein früheres."),
            State::TooEarly(first) => {
                let first = show_date(*first, language);
                say!(language;
                    "{the} bei „{label}“ darf nicht vor dem {first} liegen.",
                    "{the_en} for “{label}” must be {first} or later.",
                    "Der Tag ist zu früh: „{label}“. Der erste Tag ist der {first}.")
            }
            State::TooLate(last) => {
                let last = show_date(*last, language);
                say!(language;
                    "{the} bei „{label}“ darf nicht nach dem {last} liegen.",
                    "{the_en} for “{label}” must be {last} or earlier.",
                    "Der Tag ist zu spät: „{label}“. Der letzte Tag ist der {last}.")
            }
            _ => return None,
        })
    }

    fn schema(&self, _lists: &Lists, _language: Language) -> Json {
        if self.incomplete {
            let date = real_date();
            return pattern(format!("^([1-9][0-9]{{3}}(-(0[1-9]|1[0-2]))?|{date})$"));
        }
        json!({ "type": "string", "format": "date", "pattern": format!("^{}$", real_date()) })
    }

    fn remainder(&self) -> Map<String, Json> {
        let limits = [("date_from", self.limits.from.as_ref()), ("date_to", self.last())];
        limits
            .into_iter()
            .filter_map(|(key, limit)| Some((key.to_owned(), serde_json::to_value(limit?).ok()?)))
            .collect()
    }
}

impl Day<'_> {
    fn read_parts(&self, day: &str, month: &str, year: &str) -> Result<Known, State> {
        let day = day.trim_end_matches('.');
        // Without the year, an incomplete date lacks the year only.
        let may_lack = self.incomplete;
        if day.is_empty() && !may_lack {
            return Err(State::DayMissing);
        }
        if month.is_empty() && !(may_lack && day.is_empty()) {
            return Err(State::MonthMissing);
        }
        if year.is_empty() {
            return Err(State::YearMissing);
        }
        if !year.bytes().all(|b| b.is_ascii_digit()) {
            return Err(State::NoSuchDate);
        }
        if year.len() != 4 || year.starts_with('0') {
            return Err(State::YearDigits);
        }
        let year: i16 = year.parse().map_err(|_| State::YearDigits)?;
        if month.is_empty() {
            return Date::new(year, 1, 1).map(Known::Year).map_err(|_| State::NoSuchDate);
        }
        let month = month_number(month).ok_or(State::NoSuchDate)?;
        if day.is_empty() {
            return Date::new(year, month, 1).map(Known::Month).map_err(|_| State::NoSuchDate);
        }
        let day = small_number(day).ok_or(State::NoSuchDate)?;
        Date::new(year, month, day).map(Known::Day).map_err(|_| State::NoSuchDate)
    }
}

/// The day that a limit means.
fn day_of(calc: &Calc, today: Date) -> Option<Date> {
    match eval::constant(calc, today) {
        Some(eval::Value::Date(date)) => Some(date),
        _ => None,
    }
}

/// A line with a date as day, month and year; `None` where it is none.
fn parts(line: &str, incomplete: bool) -> Option<[String; 3]> {
    if line.is_empty() {
        return Some(<[String; 3]>::default());
    }
    if let Some(known) = Known::parse(line) {
        let [year, month, day] = match known {
            Known::Day(date) => [date.year().to_string(), date.month().to_string(), date.day().to_string()],
            Known::Month(first) => [first.year().to_string(), first.month().to_string(), String::new()],
            Known::Year(first) => [first.year().to_string(), String::new(), String::new()],
        };
        return Some([day, month, year]);
    }
    let mut words: Vec<String> =
        line.split([' ', '.', '/', '-', ',', '–']).filter(|word| !word.is_empty()).map(str::to_owned).collect();
    if words.len() < 3 && incomplete {
        words.insert(0, String::new());
    }
    words.try_into().ok()
}

fn small_number(text: &str) -> Option<i8> {
    let fine = text.len() <= 2 && text.bytes().all(|b| b.is_ascii_digit());
    fine.then(|| text.parse().ok()).flatten()
}
