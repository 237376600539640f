//! Calculations in words: numbers with their units, days, counts, sums.

use rust_decimal::Decimal;

use super::Narrator;
use super::document::reference;
use super::numbers::Named;
use super::say;
use crate::eval::{Value, constant};
use crate::kind::{Kind, show_date, show_number};
use crate::model::{Calc, Computed, ComputedValue, Ref, Rounding, TimeUnit};

/// The case in which a day stands in a German sentence.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Case {
    Nominative,
    Dative,
}

impl Narrator<'_> {
    /// The unit of a value, as it is written in German: `cm`, `€ je Jahr`.
    pub(super) fn unit(&self, calc: &Calc) -> Option<String> {
        match calc {
            Calc::Answer(reference) => match (&self.numbers.question(reference)?.kind, &reference.fact) {
                (Kind::Whole(limits) | Kind::Decimal { limits, .. }, None) => limits.unit.clone(),
                (Kind::Money(limits), None) => {
                    Some(format!("€ {}", limits.unit.as_deref().unwrap_or_default()).trim().to_owned())
                }
                _ => None,
            },
            Calc::Computed(name) => self.computed(name)?.1.unit.clone(),
            Calc::Age { .. } => Some("Jahre".to_owned()),
            Calc::Sum { of, .. } | Calc::Round { of, .. } => self.unit(of),
            Calc::Add(a, b) | Calc::Sub(a, b) | Calc::AtLeast(a, b) | Calc::AtMost(a, b) => {
                self.unit(a).or_else(|| self.unit(b))
            }
            Calc::Mul(a, b) => [a, b].into_iter().filter_map(|side| self.unit(side)).find(|unit| is_money(unit)),
            Calc::Div(a, _) => self.unit(a).filter(|unit| is_money(unit)),
            _ => None,
        }
    }

    /// A number with its unit; amounts of money are whole cents.
    pub(super) fn number(&self, number: Decimal, unit: Option<&str>) -> String {
        show_number(number, unit.unwrap_or_default(), self.language)
    }

    /// A computed value and its index.
    pub(super) fn computed(&self, name: &str) -> Option<(usize, &Computed)> {
        let mut all = self.procedure.computed.iter().map(|computed| &**computed).enumerate();
        all.find(|(_, computed)| computed.name == name)
    }

    /// `W1`
    pub(super) fn value_number(&self, name: &str) -> String {
        self.computed(name).map_or_else(|| name.to_owned(), |(index, _)| reference(&self.numbers.value(index)))
    }

    /// `Frage 2.11`, `Seite 2`
    pub(super) fn place(&self, reference: &Ref) -> String {
        match self.numbers.answer(&reference.steps) {
            Some((number, Named::Page(_))) => self.page(number),
            Some((number, Named::Question(_))) => self.question(number),
            None => String::new(),
        }
    }

    pub(super) fn question(&self, number: &str) -> String {
        let number = reference(number);
        say!(self; "Frage {number}", "question {number}")
    }

    pub(super) fn page(&self, number: &str) -> String {
        let number = reference(number);
        say!(self; "Seite {number}", "page {number}")
    }

    /// What an entry of a repeat is called: `„Hund“ (Seite 2)`.
    pub(super) fn entry(&self, list: &Ref) -> String {
        let each = self.numbers.answer(&list.steps).and_then(|(_, named)| named.repeat());
        let each = self.quote(each.map_or("", |repeat| repeat.each.get(self.language)));
        format!("{each} ({})", self.place(list))
    }

    /// A value as the subject of a sentence.
    pub(super) fn subject(&self, calc: &Calc) -> String {
        match calc {
            Calc::Answer(_) if self.is_day(calc) => self.day(calc, Case::Nominative),
            Calc::Answer(reference) => {
                let place = self.place(reference);
                match reference.fact.as_deref().map(|fact| self.quote(&self.catalogue.spelled(fact))) {
                    Some(fact) => {
                        say!(self; "die Angabe {fact} zur Antwort auf {place}", "the entry {fact} for the answer to {place}")
                    }
                    None => say!(self; "die Antwort auf {place}", "the answer to {place}"),
                }
            }
            Calc::Computed(name) => {
                let (number, name) = (self.value_number(name), self.quote(name));
                format!("{number} ({name})")
            }
            calc if self.is_day(calc) => self.day(calc, Case::Nominative),
            // What follows a relative clause is set apart.
            Calc::Count { with: Some(_), .. } | Calc::Sum { .. } => {
                format!("{},", self.term(calc, self.unit(calc).as_deref()))
            }
            calc => self.term(calc, self.unit(calc).as_deref()),
        }
    }

    /// A value inside a calculation; `unit` is that of bare numbers in it.
    pub(super) fn term(&self, calc: &Calc, unit: Option<&str>) -> String {
        match calc {
            Calc::Number(number) => self.number(*number, unit),
            Calc::Bool(true) => say!(self; "Ja", "yes"),
            Calc::Bool(false) => say!(self; "Nein", "no"),
            Calc::Key(key) => self.quote(&self.catalogue.spelled(key)),
            Calc::Answer(reference) => {
                match reference.fact.as_deref().map(|fact| self.quote(&self.catalogue.spelled(fact))) {
                    Some(_) => self.subject(calc),
                    None => self.place(reference),
                }
            }
            Calc::Computed(name) => self.value_number(name),
            Calc::Date(_)
            | Calc::MonthDay(_)
            | Calc::Time(_)
            | Calc::Today
            | Calc::Now
            | Calc::Shift { .. }
            | Calc::PeriodEnd(_)
            | Calc::At { .. } => self.day(calc, Case::Nominative),
            Calc::Age { born, on } => {
                let (born, on) = (self.term(born, None), self.day(on, Case::Dative));
                let on = on.strip_prefix("dem ").map_or_else(|| on.clone(), |day| format!("am {day}"));
                say!(self; "das Alter nach {born} {on}", "the age by {born} on {on}")
            }
            Calc::Count { list, with } => {
                let entry = self.entry(list);
                match with {
                    None => say!(self; "die Zahl der Einträge {entry}", "the number of entries {entry}"),
                    Some(with) => {
                        let with = self.clause(with);
                        say!(self; "die Zahl der Einträge {entry}, bei denen {with}", "the number of entries {entry} for which {with}")
                    }
                }
            }
            Calc::Sum { list, with, of } => {
                let (entry, of) = (self.entry(list), self.term(of, unit));
                match with {
                    None => {
                        say!(self; "die Summe von {of} über alle Einträge {entry}", "the sum of {of} over all entries {entry}")
                    }
                    Some(with) => {
                        let with = self.clause(with);
                        say!(self; "die Summe von {of} über alle Einträge {entry}, bei denen {with}", "the sum of {of} over all entries {entry} for which {with}")
                    }
                }
            }
            Calc::Add(a, b) => format!("{} + {}", self.term(a, unit), self.bracketed(b, unit, false)),
            Calc::Sub(a, b) => format!("{} − {}", self.term(a, unit), self.bracketed(b, unit, true)),
            Calc::Mul(..) => self.product(calc, unit),
            Calc::Div(a, b) => format!("{} ÷ {}", self.bracketed(a, unit, true), self.bracketed(b, None, true)),
            Calc::Round { of, how, to } => {
                let (of, to) = (self.term(of, unit), self.number(*to, unit));
                match how {
                    Rounding::Nearest => say!(self; "{of}, gerundet auf {to}", "{of}, rounded to {to}"),
                    Rounding::Up => say!(self; "{of}, aufgerundet auf {to}", "{of}, rounded up to {to}"),
                    Rounding::Down => say!(self; "{of}, abgerundet auf {to}", "{of}, rounded down to {to}"),
                }
            }
            Calc::AtLeast(of, least) => {
                let (of, least) = (self.term(of, unit), self.term(least, unit));
                say!(self; "{of}, mindestens aber {least}", "{of}, but at least {least}")
            }
            Calc::AtMost(of, most) => {
                let (of, most) = (self.term(of, unit), self.term(most, unit));
                say!(self; "{of}, höchstens aber {most}", "{of}, but at most {most}")
            }
        }
    }

    /// Factors. Of an amount of money it is not written which factor holds the euros: a factor
    /// that is known to be money, else the one whole number, else all whole numbers together.
    fn product(&self, calc: &Calc, unit: Option<&str>) -> String {
        let mut factors = Vec::new();
        flatten(calc, &mut factors);
        let money = unit.filter(|unit| is_money(unit));
        let known = factors.iter().any(|factor| self.unit(factor).is_some_and(|unit| is_money(&unit)));
        let whole: Vec<Decimal> =
            factors.iter().filter_map(|factor| number_of(factor)).filter(Decimal::is_integer).collect();
        let mut amount = (money.is_some() && !known && !whole.is_empty())
            .then(|| whole.iter().try_fold(Decimal::ONE, |all, one| all.checked_mul(*one)))
            .flatten();
        // Brackets can hold the amount: (10 € + 5 € × a) × b.
        let mut inside = money.filter(|_| !known && amount.is_none());
        let mut said = Vec::new();
        for factor in factors {
            match number_of(factor) {
                Some(number) if number.is_integer() && money.is_some() && !known => {
                    said.extend(amount.take().map(|amount| self.number(amount, money)));
                }
                Some(number) if !number.is_integer() && number.abs() < Decimal::ONE => {
                    said.push(format!("{} %", self.number((number * Decimal::ONE_HUNDRED).normalize(), None)));
                }
                Some(number) => said.push(self.number(number, None)),
                None => {
                    let unit = if holds_a_number(factor) { inside.take() } else { None };
                    said.push(self.bracketed(factor, unit, true));
                }
            }
        }
        said.join(" × ")
    }

    /// With brackets round a sum, and round what is a sentence of its own.
    fn bracketed(&self, calc: &Calc, unit: Option<&str>, tight: bool) -> String {
        let said = self.term(calc, unit);
        match calc {
            Calc::Add(..) | Calc::Sub(..) | Calc::Div(..) if tight => format!("({said})"),
            Calc::Count { .. }
            | Calc::Sum { .. }
            | Calc::Round { .. }
            | Calc::AtLeast(..)
            | Calc::AtMost(..)
            | Calc::Age { .. } => format!("({said})"),
            _ => said,
        }
    }

    /// Whether a value is a day or a minute.
    pub(super) fn is_day(&self, calc: &Calc) -> bool {
        match calc {
            Calc::Date(_)
            | Calc::MonthDay(_)
            | Calc::Today
            | Calc::Now
            | Calc::Shift { .. }
            | Calc::PeriodEnd(_)
            | Calc::At { .. } => true,
            Calc::Answer(reference) => self.numbers.question(reference).is_some_and(|question| {
                matches!(question.kind, Kind::Date(_) | Kind::BirthDate { .. } | Kind::Month | Kind::Time)
            }),
            Calc::Computed(name) => match self.computed(name).map(|(_, computed)| &computed.value) {
                Some(ComputedValue::Calc(calc)) => self.is_day(calc),
                Some(ComputedValue::Table(table)) => {
                    table.rows.iter().map(|row| &row.then).chain(&table.otherwise).any(|then| self.is_day(then))
                }
                _ => false,
            },
            _ => false,
        }
    }

    /// A day in a sentence.
    pub(super) fn day(&self, calc: &Calc, case: Case) -> String {
        let the = if case == Case::Dative { "dem" } else { "der" };
        match calc {
            Calc::Date(date) => {
                let date = show_date(*date, self.language);
                say!(self; "{the} {date}", "{date}")
            }
            Calc::MonthDay(day) => {
                let day = self.month_day(*day);
                say!(self; "{the} {day}", "{day}")
            }
            Calc::Time(time) => {
                let (hour, minute) = (time.hour(), time.minute());
                say!(self; "{hour:02}:{minute:02} Uhr", "{hour:02}:{minute:02}")
            }
            Calc::Today => say!(self; "{the} Tag des Absendens", "the day of sending"),
            Calc::Now => say!(self; "{the} Zeitpunkt des Absendens", "the moment of sending"),
            Calc::Answer(reference) => {
                let place = self.place(reference);
                match self.numbers.question(reference).map(|question| &question.kind) {
                    Some(Kind::Month) => say!(self; "{the} Monat in {place}", "the month in {place}"),
                    Some(Kind::Time) => {
                        let the = if case == Case::Dative { "der" } else { "die" };
                        say!(self; "{the} Uhrzeit in {place}", "the time in {place}")
                    }
                    _ => say!(self; "{the} Tag in {place}", "the day in {place}"),
                }
            }
            Calc::Key(key) if month_of(key).is_some() => {
                let (year, month) = month_of(key).unwrap_or_default();
                format!("{} {year}", crate::kind::month_name(month, self.language))
            }
            Calc::Computed(name) => {
                let number = self.value_number(name);
                say!(self; "{the} Tag {number}", "the day {number}")
            }
            Calc::Shift { date, by, unit } => {
                let date = self.day(date, Case::Dative);
                match constant(by, jiff::civil::Date::ZERO) {
                    Some(Value::Number(by)) => {
                        let length = self.duration(by.abs(), *unit);
                        if by.is_sign_negative() {
                            say!(self; "{length} vor {date}", "{length} before {date}")
                        } else {
                            say!(self; "{length} nach {date}", "{length} after {date}")
                        }
                    }
                    _ => {
                        let (by, unit) = (self.bracketed(by, None, true), self.duration(Decimal::TWO, *unit));
                        let unit = unit.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
                        say!(self; "{by} {unit} nach {date}", "{by} {unit} after {date}")
                    }
                }
            }
            Calc::PeriodEnd(end) => {
                let end = self.day(end, case);
                say!(self; "{end} (fällt das auf einen Samstag, Sonntag oder Feiertag, dann der nächste Werktag)", "{end} (if that is a Saturday, Sunday or holiday, the next working day)")
            }
            Calc::At { date, time } => {
                let (date, hour, minute) = (self.day(date, case), time.hour(), time.minute());
                say!(self; "{date} um {hour:02}:{minute:02} Uhr", "{date} at {hour:02}:{minute:02}")
            }
            other => self.term(other, None),
        }
    }

    /// `14 Tage`
    pub(super) fn duration(&self, amount: Decimal, unit: TimeUnit) -> String {
        self.number(amount, Some(unit_word(unit)))
    }
}

/// The word of a unit of time, in German: what units are known by.
pub(super) fn unit_word(unit: TimeUnit) -> &'static str {
    match unit {
        TimeUnit::Days => "Tage",
        TimeUnit::Weeks => "Wochen",
        TimeUnit::Months => "Monate",
        TimeUnit::Years => "Jahre",
        TimeUnit::WorkingDaysWithSaturday => "Werktage",
        TimeUnit::WorkingDays => "Arbeitstage",
    }
}

fn is_money(unit: &str) -> bool {
    unit.starts_with('€')
}

fn number_of(calc: &Calc) -> Option<Decimal> {
    if let Calc::Number(number) = calc { Some(*number) } else { None }
}

fn flatten<'c>(calc: &'c Calc, factors: &mut Vec<&'c Calc>) {
    match calc {
        Calc::Mul(a, b) => {
            flatten(a, factors);
            flatten(b, factors);
        }
        other => factors.push(other),
    }
}

/// Whether a bare number can be an amount in a sum or a quotient.
fn holds_a_number(calc: &Calc) -> bool {
    match calc {
        Calc::Number(_) => true,
        Calc::Add(a, b) | Calc::Sub(a, b) | Calc::AtLeast(a, b) | Calc::AtMost(a, b) => {
            holds_a_number(a) && holds_a_number(b)
        }
        Calc::Mul(a, b) => holds_a_number(a) || holds_a_number(b),
        Calc::Div(a, _) | Calc::Round { of: a, .. } | Calc::Sum { of: a, .. } => holds_a_number(a),
        _ => false,
    }
}

/// Year and month of `2026-10`, as months are kept.
fn month_of(key: &str) -> Option<(i16, i8)> {
    let (year, month) = key.split_once('-')?;
    (month.len() == 2).then(|| Some((year.parse().ok()?, month.parse().ok()?)))?
}
