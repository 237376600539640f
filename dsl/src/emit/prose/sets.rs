//! Sets in words: what stands in a cell, or behind `=`.

use super::Narrator;
use super::say;
use crate::kind::{Choices, Kind, show_date};
use crate::model::{Calc, MonthDay, Range, Ref, Set, Values};
use jiff::civil::Date;
use rust_decimal::Decimal;

impl Narrator<'_> {
    /// That a value lies in a set.
    pub(super) fn in_set(&self, what: &Calc, set: &Set, not: bool) -> String {
        let answer = if let Calc::Answer(reference @ Ref { fact: None, .. }) = what { Some(reference) } else { None };
        let absent = |this: &Self| match answer {
            Some(reference) => {
                let place = this.place(reference);
                say!(this; "{place} nicht beantwortet ist", "{place} is not answered")
            }
            None => {
                let subject = this.subject(what);
                say!(this; "{subject} keinen Wert hat", "{subject} has no value")
            }
        };
        let there = match answer {
            Some(reference) => {
                let place = self.place(reference);
                say!(self; "{place} beantwortet ist", "{place} is answered")
            }
            None => {
                let subject = self.subject(what);
                say!(self; "{subject} einen Wert hat", "{subject} has a value")
            }
        };
        let holds = match (&set.values, set.no_answer) {
            (values, true) if is_empty(values) => return if not { there } else { absent(self) },
            (Values::Any, true) => return say!(self; "{there} oder nicht", "{there} or not"),
            (Values::Any, false) => return if not { absent(self) } else { there },
            (Values::Keys(_) | Values::Bools(_), _) => {
                let names = self.names(what, set).unwrap_or_default();
                self.is_name(what, &self.or(&names), not)
            }
            (Values::Numbers(ranges), _) => {
                let unit = self.unit(what);
                let subject = self.subject(what);
                let parts: Vec<String> = ranges.iter().map(|range| self.number_range(range, unit.as_deref())).collect();
                self.is_ranges(&subject, &parts, not)
            }
            (Values::Dates(ranges), _) => {
                let subject = self.subject(what);
                let parts: Vec<String> = ranges.iter().map(|range| self.date_range(range)).collect();
                self.is_ranges(&subject, &parts, not)
            }
            (Values::Season(seasons), _) => {
                let subject = self.subject(what);
                let parts: Vec<String> = seasons
                    .iter()
                    .map(|(from, to)| {
                        let (from, to) = (self.month_day(*from), self.month_day(*to));
                        say!(self; "vom {from} bis zum {to}", "from {from} to {to}")
                    })
                    .collect();
                let parts = self.or(&parts);
                match not {
                    false => say!(self; "{subject} in die Zeit {parts} fällt", "{subject} lies in the time {parts}"),
                    true => {
                        say!(self; "{subject} nicht in die Zeit {parts} fällt", "{subject} does not lie in the time {parts}")
                    }
                }
            }
            (Values::Municipalities { within, except }, _) => {
                let (subject, places) = (self.place_subject(what), self.towns(within, except));
                match not {
                    false => say!(self; "{subject} {places} ist", "{subject} is {places}"),
                    true => say!(self; "{subject} nicht {places} ist", "{subject} is not {places}")
                        .replace("nicht eine ", "keine "),
                }
            }
        };
        match (set.no_answer, not) {
            (false, _) => holds,
            (true, false) => {
                let absent = absent(self);
                say!(self; "{holds} oder {absent}", "{holds} or {absent}")
            }
            (true, true) => say!(self; "{there} und {holds}", "{there} and {holds}"),
        }
    }

    /// That an answer or a value is what a name in quotes says.
    pub(super) fn is_name(&self, what: &Calc, name: &str, not: bool) -> String {
        match what {
            Calc::Answer(reference @ Ref { fact: None, .. }) => {
                let place = self.place(reference);
                match not {
                    false => say!(self; "{place} mit {name} beantwortet ist", "{place} is answered with {name}"),
                    true => {
                        say!(self; "{place} nicht mit {name} beantwortet ist", "{place} is not answered with {name}")
                    }
                }
            }
            other => {
                let subject = self.subject(other);
                match not {
                    false => say!(self; "{subject} {name} lautet", "{subject} is {name}"),
                    true => say!(self; "{subject} nicht {name} lautet", "{subject} is not {name}"),
                }
            }
        }
    }

    /// The other side of a comparison, where it is a name: an option, a place, yes or no.
    pub(super) fn constant_name(&self, what: &Calc, other: &Calc) -> Option<String> {
        match other {
            Calc::Bool(yes) => Some(self.yes_no(*yes)),
            Calc::Key(key) => Some(self.name_of(what, key)),
            _ => None,
        }
    }

    fn place_subject(&self, what: &Calc) -> String {
        match what {
            Calc::Answer(reference) => {
                let place = self.place(reference);
                say!(self; "die Gemeinde in {place}", "the municipality in {place}")
            }
            other => self.subject(other),
        }
    }

    /// The values of a set by what people read; `None`: every value.
    pub(super) fn names(&self, what: &Calc, set: &Set) -> Option<Vec<String>> {
        match &set.values {
            Values::Keys(keys) => Some(keys.iter().map(|key| self.name_of(what, key)).collect()),
            Values::Bools(list) => Some(list.iter().map(|yes| self.yes_no(*yes)).collect()),
            _ => None,
        }
    }

    pub(super) fn yes_no(&self, yes: bool) -> String {
        self.quote(if yes { self.pick("Ja", "Yes") } else { self.pick("Nein", "No") })
    }

    /// What people read for a key, in quotes.
    pub(super) fn name_of(&self, what: &Calc, key: &str) -> String {
        let kind = match what {
            Calc::Answer(reference @ Ref { fact: None, .. }) => self.numbers.question(reference).map(|q| &q.kind),
            _ => None,
        };
        let label = match kind {
            Some(Kind::OneOf(choices) | Kind::SeveralOf { choices, .. }) => self.label(choices, key),
            Some(Kind::Country) => Some(self.shown(&Kind::Country, &key.into())),
            Some(Kind::Municipality(_)) => self.regions.name(key).map(std::borrow::Cow::into_owned),
            _ => None,
        };
        self.quote(&label.unwrap_or_else(|| self.catalogue.spelled(key)))
    }

    fn label(&self, choices: &Choices, key: &str) -> Option<String> {
        let label = match choices {
            Choices::Options(options) => options.iter().find(|option| option.key == key).map(|option| &option.label),
            Choices::List { name, .. } => self
                .procedure
                .lists
                .get(name)
                .and_then(|list| list.values.iter().find(|value| value.key == key))
                .map(|value| &value.label),
        };
        label.map(|label| label.get(self.language).to_owned())
    }

    fn is_ranges(&self, subject: &str, parts: &[String], not: bool) -> String {
        let parts = self.or(parts);
        match not {
            false => say!(self; "{subject} {parts}", "{subject} is {parts}"),
            true => say!(self; "{subject} nicht {parts}", "{subject} is not {parts}"),
        }
    }

    /// `mindestens 80 cm beträgt`, in English without the verb.
    fn number_range(&self, range: &Range<Decimal>, unit: Option<&str>) -> String {
        let number = |number: &Decimal| self.number(*number, unit);
        match (&range.from, &range.to) {
            (Some(from), Some(to)) if from == to => {
                let from = number(from);
                say!(self; "genau {from} beträgt", "exactly {from}")
            }
            (Some(from), Some(to)) => {
                let (from, to) = (number(from), number(to));
                say!(self; "mindestens {from} und höchstens {to} beträgt", "at least {from} and at most {to}")
            }
            (Some(from), None) => {
                let from = number(from);
                say!(self; "mindestens {from} beträgt", "at least {from}")
            }
            (None, Some(to)) => {
                let to = number(to);
                say!(self; "höchstens {to} beträgt", "at most {to}")
            }
            (None, None) => say!(self; "einen Wert hat", "there"),
        }
    }

    /// `nicht vor dem 1. Mai 2026 liegt`, in English without the verb.
    fn date_range(&self, range: &Range<Date>) -> String {
        let date = |date: &Date| show_date(*date, self.language);
        match (&range.from, &range.to) {
            (Some(from), Some(to)) if from == to => {
                let from = date(from);
                say!(self; "der {from} ist", "{from}")
            }
            (Some(from), Some(to)) => {
                let (from, to) = (date(from), date(to));
                say!(self; "frühestens der {from} und spätestens der {to} ist", "{from} at the earliest and {to} at the latest")
            }
            (Some(from), None) => {
                let from = date(from);
                say!(self; "frühestens der {from} ist", "{from} at the earliest")
            }
            (None, Some(to)) => {
                let to = date(to);
                say!(self; "spätestens der {to} ist", "{to} at the latest")
            }
            (None, None) => say!(self; "angegeben ist", "given"),
        }
    }

    /// `1. März`
    pub(super) fn month_day(&self, day: MonthDay) -> String {
        // The 29th of February is the last day of that month in every year.
        if (day.month, day.day) == (2, 29) {
            return say!(self; "letzten Tag im Februar", "the last day of February");
        }
        let (month, day) = (crate::kind::month_name(day.month, self.language), day.day);
        say!(self; "{day}. {month}", "{day} {month}")
    }

    /// Municipalities: `in Kreis Segeberg, aber nicht in Norderstedt`.
    pub(super) fn towns(&self, within: &[String], except: &[String]) -> String {
        let names = |keys: &[String]| -> Vec<String> {
            keys.iter()
                .map(|key| match key.as_str() {
                    "" => say!(self; "irgendeine Gemeinde", "any municipality"),
                    crate::region::OUTSIDE_GERMANY => say!(self; "ein Ort im Ausland", "a place abroad"),
                    key => {
                        let name = self.regions.name(key).unwrap_or(key.into());
                        if key.len() == 12 {
                            name.into_owned()
                        } else {
                            say!(self; "eine Gemeinde in „{name}“", "a municipality in “{name}”")
                        }
                    }
                })
                .collect()
        };
        let within = self.or(&names(within));
        if except.is_empty() {
            return within;
        }
        let except = self.or(&names(except));
        say!(self; "{within} (ausgenommen {except})", "{within} (except {except})")
    }
}

pub(super) fn is_empty(values: &Values) -> bool {
    match values {
        Values::Any => false,
        Values::Bools(list) => list.is_empty(),
        Values::Keys(list) => list.is_empty(),
        Values::Numbers(list) => list.is_empty(),
        Values::Dates(list) => list.is_empty(),
        Values::Season(list) => list.is_empty(),
        Values::Municipalities { within, .. } => within.is_empty(),
    }
}
