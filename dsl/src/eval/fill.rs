//! Values in texts: `{name}`, `{path.to.answer}`; `{{` is a brace.

use std::borrow::Cow;

use rust_decimal::{Decimal, RoundingStrategy};
use serde_json::Value as Json;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::value::{Val, decimal_json, month_text, time_text};
use super::view::{Env, View};
use super::walk::Walk;
use super::{Path, PathStep};
use crate::kind::units::with_unit;
use crate::kind::{DateLimits, Kind, NumberLimits, month_name};
use crate::model::Language;

/// The place that a text stands at: names are looked up in its entry or block first, then around.
#[derive(Clone, Copy)]
pub(crate) enum Scope<'s> {
    /// At this question, block, entry or repeat.
    At(&'s [PathStep]),
    /// Somewhere inside the entries that are known by their indexes.
    Entries,
}

impl<'s> Scope<'s> {
    pub(crate) fn of(path: &'s Path) -> Self {
        Self::At(&path.0)
    }
}

/// A text with what stands for each `{name}`; one that nothing stands for stays as it is written,
/// and `{{` is a brace.
pub(crate) fn fill_text(text: &str, stands_for: impl Fn(&str) -> Option<String>) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(brace) = rest.find(['{', '}']) {
        let (before, from) = rest.split_at(brace);
        filled.push_str(before);
        if let Some(after) = from.strip_prefix("{{") {
            filled.push('{');
            rest = after;
        } else if let Some(after) = from.strip_prefix("}}") {
            filled.push('}');
            rest = after;
        } else if let Some((name, after)) = from.strip_prefix('{').and_then(|inner| inner.split_once('}')) {
            match stands_for(name.trim()) {
                Some(value) => filled.push_str(&value),
                None => filled.push_str(&from[..name.len() + 2]),
            }
            rest = after;
        } else {
            filled.push_str(&from[..1]);
            rest = &from[1..];
        }
    }
    filled.push_str(rest);
    filled
}

impl View<'_> {
    /// The text with values put in. A name that nothing has stays as it is written.
    pub(crate) fn fill(&self, text: &str, language: Language, env: Env<'_>, scope: Scope<'_>) -> String {
        fill_text(text, |name| self.named(name, language, env, scope))
    }

    /// What stands for a name; empty where the value is absent, `None` where there is no such name.
    fn named(&self, name: &str, language: Language, env: Env<'_>, scope: Scope<'_>) -> Option<String> {
        let keys: Vec<Cow<'_, str>> = name.split('.').map(json_key).collect();
        self.answer_text(&keys, language, env, scope).or_else(|| {
            if let Some(computed) = self.procedure.computed.iter().find(|computed| computed.name == name) {
                let calc = crate::model::Calc::Computed(computed.name.clone());
                let value = self.calc(&calc, env);
                return Some(
                    value.map_or_else(String::new, |value| self.show(&value, computed.unit.as_deref(), language)),
                );
            }
            let constant = self.procedure.constants.iter().find(|constant| constant.name == name)?;
            let value = self.calc(&constant.value, Env::default());
            Some(value.map_or_else(String::new, |value| self.show(&value, constant.unit.as_deref(), language)))
        })
    }

    fn answer_text(&self, keys: &[Cow<'_, str>], language: Language, env: Env<'_>, scope: Scope<'_>) -> Option<String> {
        match scope {
            Scope::At(place) => (0..=place.len()).rev().find_map(|length| {
                let walk = Walk::start(self, env).along(&place[..length])?;
                walk.to(keys)?.text(language)
            }),
            Scope::Entries => Walk::start(self, env).to(keys).and_then(|walk| walk.text(language)).or_else(|| {
                self.procedure.sections.iter().find_map(|section| {
                    let start = Walk::start(self, env);
                    match &section.repeat {
                        Some(_) => start.to(&[section.key.as_str().into()])?.search(keys, language),
                        None => start.search_items(&section.items, keys, language),
                    }
                })
            }),
        }
    }

    /// A value as people read it.
    pub(super) fn show(&self, value: &Val<'_>, unit: Option<&str>, language: Language) -> String {
        let shown = |kind: Kind, answer: Json| kind.show(&answer, language, self.around());
        match value {
            Val::Number(number) => match unit.and_then(|unit| unit.strip_prefix('€')) {
                Some(per) => {
                    let cents = number.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
                    let amount = shown(Kind::Money(NumberLimits::default()), decimal_json(cents));
                    format!("{amount}{}", with_unit(Decimal::ZERO, per, language))
                }
                None => {
                    let number = number.normalize();
                    let limits = NumberLimits::default();
                    let kind = match number.scale() {
                        0 => Kind::Whole(limits),
                        places => Kind::Decimal { places, limits },
                    };
                    let digits = shown(kind, decimal_json(number));
                    format!("{digits}{}", with_unit(number, unit.unwrap_or_default(), language))
                }
            },
            Val::Bool(yes) => shown(Kind::YesNo, Json::Bool(*yes)),
            Val::Text(text) => text.clone().into_owned(),
            Val::Date(date) => shown(Kind::Date(DateLimits::default()), date.to_string().into()),
            Val::Month(first) => shown(Kind::Month, month_text(*first).into()),
            Val::MonthDay(day) => match language {
                Language::English => format!("{} {}", day.day, month_name(day.month, language)),
                _ => format!("{:02}.{:02}.", day.day, day.month),
            },
            Val::Time(time) => shown(Kind::Time, time_text(*time).into()),
            Val::DateTime(at) => {
                let date = self.show(&Val::Date(at.date()), None, language);
                let time = self.show(&Val::Time(at.time()), None, language);
                match language {
                    Language::English => format!("{date} at {time}"),
                    _ => format!("{date} um {time}"),
                }
            }
            Val::Keys(_) | Val::There => String::new(),
        }
    }
}

/// The JSON key of a name: `größe` is `groesse`, other letters lose their marks.
pub(crate) fn json_key(name: &str) -> Cow<'_, str> {
    if name.is_ascii() {
        return Cow::Borrowed(name);
    }
    let mut key = String::with_capacity(name.len() + 4);
    for letter in name.nfc() {
        match letter {
            'ä' => key.push_str("ae"),
            'ö' => key.push_str("oe"),
            'ü' => key.push_str("ue"),
            'Ä' => key.push_str("Ae"),
            'Ö' => key.push_str("Oe"),
            'Ü' => key.push_str("Ue"),
            'ß' => key.push_str("ss"),
            'ẞ' => key.push_str("SS"),
            other => key.extend(std::iter::once(other).nfd().filter(|part| !is_combining_mark(*part))),
        }
    }
    Cow::Owned(key)
}
