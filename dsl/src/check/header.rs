//! Values of header lines that are written in words.

use super::expressions::{Context, Lower, nfc, time_unit};
use super::scope::Entry;
use super::world::place;
use crate::diagnostic::{Both, Diagnostic, Problem, joined};
use crate::eval::Value;
use crate::model::{Access, Language, ProcedureKind, Retention, RetentionFrom, TimeUnit};
use crate::syntax::keyword::{self, Fixed, Key};
use crate::syntax::{KeyLine, split_items, unquote};
use jiff::civil::Date;

impl<'t> Lower<'t> {
    pub(super) fn version(&self, context: &Context<'_>) -> Option<(u32, jiff::civil::Date, Option<jiff::civil::Date>)> {
        let Some(line) = self.thing.node.key(Key::Version) else {
            self.say(Problem::MissingVersion, context, self.thing.node.span);
            return None;
        };
        let found = version(&line.value);
        if found.is_none() && !line.value.is_empty() {
            let message = super::dates::other_form(&line.value, line.value_span.start, context.file);
            self.world.say(message.unwrap_or_else(|| {
                let fix = version_meant(&line.value, context.language).map(|text| (line.value_span, text));
                Diagnostic { fix, ..Diagnostic::new(Problem::VersionForm, context.file, line.value_span) }
            }));
        }
        found
    }

    pub(super) fn access(&self, context: &Context<'_>) -> Access {
        let Some(line) = self.thing.node.key(Key::Access) else {
            return Access::None;
        };
        match Fixed::find(&line.value).map(|found| found.word) {
            Some(Fixed::None) => Access::None,
            Some(Fixed::Email | Fixed::ChannelEmail) => {
                if !self.has_applicant_email() {
                    let word = format!("{}: {}", line.words, line.value.trim());
                    self.say(Problem::AccessNeedsEmail { word }, context, line.value_span);
                }
                Access::Email
            }
            Some(Fixed::Account) => Access::Account,
            Some(Fixed::Eid) => Access::Eid,
            _ => {
                self.one_of_words(line, &[Fixed::None, Fixed::Email, Fixed::Account, Fixed::Eid], context);
                Access::None
            }
        }
    }

    /// Reports a value that is none of these words.
    pub(super) fn one_of_words(&self, line: &KeyLine, words: &[Fixed], context: &Context<'_>) {
        if line.value.is_empty() {
            return;
        }
        let words: Vec<&str> = words.iter().map(|word| word.spelling(context.language)).collect();
        let suggestion = crate::diagnostic::closest(&line.value, words.iter().copied());
        let allowed = Both::any_of(&words);
        let problem = Problem::ValueNotUnderstood { word: line.words.clone(), value: line.value.clone(), allowed };
        self.say_with(problem, suggestion, context, line.value_span);
    }

    pub(super) fn retention(&self, context: &Context<'_>) -> Option<Retention> {
        let line = self.thing.node.key(Key::Retention)?;
        let found = retention(&line.value).and_then(|(amount, unit, rest)| {
            let from = match Fixed::find(rest).map(|found| found.word) {
                Some(Fixed::AfterCompletion) => RetentionFrom::Completion,
                Some(Fixed::AfterReceipt) => RetentionFrom::Receipt,
                Some(Fixed::AfterEndOfYear) => RetentionFrom::EndOfYear,
                _ => {
                    let (after, name) = Fixed::find_at_start(rest)?;
                    let day = (after.word == Fixed::After).then_some(name.trim())?;
                    match self.names.borrow().find(&[nfc(day)], 0) {
                        Ok((Entry::Constant(index), _)) => RetentionFrom::Day(self.fixed_day(index)?),
                        _ => return None,
                    }
                }
            };
            Some(Retention { amount, unit, from })
        });
        if found.is_none() {
            self.say(Problem::RetentionForm, context, line.value_span);
        }
        found
    }

    /// `Frist: 14 Tage`: quotation marks alone would not make it something that people understand.
    pub(super) fn is_no_sentence(&self, line: &KeyLine, context: &Context<'_>) -> bool {
        let text = line.value.trim();
        let number = text.split_whitespace().next().is_some_and(|word| word.bytes().all(|b| b.is_ascii_digit()));
        let short = number && text.split_whitespace().count() <= 3 && !text.contains(['"', '„', '“', '»', '«']);
        if short {
            self.say(Problem::DeadlineNoSentence { text: text.to_owned() }, context, line.value_span);
        }
        short
    }

    /// The day that a constant stands for, whatever day it is today.
    fn fixed_day(&self, constant: usize) -> Option<Date> {
        let constants = self.constants.borrow();
        let (calc, _) = constants.get(constant)?;
        let day = |today| match crate::eval::constant(calc, today)? {
            Value::Date(day) => Some(day),
            Value::DateTime(at) => Some(at.date()),
            _ => None,
        };
        let found = day(Date::constant(2000, 1, 1))?;
        (day(Date::constant(2001, 7, 2)) == Some(found)).then_some(found)
    }

    pub(super) fn search_words(&self, context: &Context<'_>) -> Vec<String> {
        let Some(line) = self.thing.node.key(Key::SearchWords) else {
            return Vec::new();
        };
        let mut words = Vec::new();
        for (item, span) in split_items(&line.value, line.value_span.start) {
            match unquote(&item) {
                Some(word) => words.push(word),
                None => self.world.say(super::world::not_quoted(&item, context.file, span)),
            }
        }
        let all = self.world.rich(self.thing, &place("", "Suchwörter"), &words);
        all.0.values().flatten().cloned().collect()
    }

    /// Says what is still missing for publishing, once nothing is wrong.
    pub(super) fn wanted_for_publishing(&self, kind: ProcedureKind, context: &Context<'_>) {
        let wanted: &[Key] = if kind == ProcedureKind::Topic {
            &[]
        } else {
            &[Key::LegalBasis, Key::Deadline, Key::Retention, Key::WhatNext, Key::Category]
        };
        let missing: Vec<String> = wanted
            .iter()
            .filter(|key| self.thing.node.key(**key).is_none())
            .map(|key| format!("{}:", key.spelling(self.thing.language)))
            .collect();
        if missing.is_empty() {
            return;
        }
        let words = Both::each(|reader| {
            let english = reader == Language::English;
            let quoted: Vec<String> =
                missing.iter().map(|word| if english { format!("“{word}”") } else { format!("„{word}“") }).collect();
            joined(&quoted, if english { "and" } else { "und" })
        });
        self.say(Problem::PublishMissing { words }, context, self.thing.node.span);
    }
}

/// `1, gültig ab 01.01.2027 bis 31.12.2027`: number, first day, first day after.
pub(super) fn version(text: &str) -> Option<(u32, Date, Option<Date>)> {
    let (number, rest) = text.split_once(',')?;
    let number: u32 = number.trim().parse().ok().filter(|number| *number > 0)?;
    let (found, rest) = Fixed::find_at_start(rest.trim())?;
    if found.word != Fixed::ValidFrom {
        return None;
    }
    let rest = rest.trim().trim_start_matches(':').trim();
    let mut words = rest.split_whitespace();
    let from = crate::syntax::read_date(words.next()?.trim_end_matches(','))?;
    let until = match words.next() {
        None => None,
        Some(word) if matches!(Fixed::find(word).map(|found| found.word), Some(Fixed::To)) => {
            let last = crate::syntax::read_date(words.next()?)?;
            Some(last.tomorrow().ok()?)
        }
        Some(_) => return None,
    };
    (words.next().is_none() && until.is_none_or(|until| from < until)).then_some((number, from, until))
}

/// A version that has its number and its days, but not the words between them as they must be.
fn version_meant(text: &str, language: Language) -> Option<String> {
    let words: Vec<&str> = text.split([' ', ',', ':', '\u{a0}']).filter(|word| !word.is_empty()).collect();
    let mut numbers = words.iter().filter_map(|word| word.parse::<u32>().ok());
    let mut days = words.iter().filter(|word| crate::syntax::read_date(word).is_some());
    let (number, from) = (numbers.next()?, days.next()?);
    let until = days.next().map(|day| format!(" {} {day}", Fixed::To.spelling(language)));
    if numbers.next().is_some() || days.next().is_some() {
        return None;
    }
    let meant = format!("{number}, {} {from}{}", Fixed::ValidFrom.spelling(language), until.unwrap_or_default());
    version(&meant).map(|_| meant)
}

/// `10 Jahre nach Erledigung`: amount, unit, and the rest.
pub(super) fn retention(text: &str) -> Option<(u32, TimeUnit, &str)> {
    let (amount, rest) = text.trim().split_once(char::is_whitespace)?;
    let (unit, rest) = rest.trim().split_once(char::is_whitespace)?;
    Some((amount.parse().ok()?, time_unit(&keyword::unit(unit))?, rest.trim()))
}
