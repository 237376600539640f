//! Fixed values and fees of two versions side by side.

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::Serialize;

use crate::diagnostic::Both;
use crate::eval::{Value, constant};
use crate::kind::show_number;
use crate::model::{Calc, Fee, Language, Procedure, Text, TimeUnit};

/// A fixed value ("Wert") or a fee ("Gebühr") that differs.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Amount {
    /// Its name.
    pub name: String,
    /// The title of a fee.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<Text>,
    /// How much it was, where that is one number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old: Option<Text>,
    /// How much it is now, where that is one number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new: Option<Text>,
    /// Which of the two versions has it.
    pub there: There,
    /// Whether a fee is worked out as before, with other amounts.
    pub same_calculation: bool,
}

/// Which of two versions has something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum There {
    /// Both.
    Both,
    /// The old one only.
    Before,
    /// The new one only.
    Now,
}

/// Values and fees that differ: values in the order of their names, then fees.
pub(super) fn amounts(old: &Procedure, new: &Procedure) -> Vec<Amount> {
    let mut all = Vec::new();
    let values = |procedure: &Procedure| {
        let of = |one: &crate::model::Constant| {
            (one.name.clone(), shown(&one.value, one.unit.as_deref().unwrap_or_default(), procedure))
        };
        procedure.constants.iter().map(of).collect::<Vec<_>>()
    };
    let fees = |procedure: &Procedure| {
        let of = |fee: &std::sync::Arc<Fee>| (fee.name.clone(), one_amount(fee, procedure), (**fee).clone());
        procedure.fees.iter().map(of).collect::<Vec<_>>()
    };
    let (before, now) = (values(old), values(new));
    for (name, was) in &before {
        if let Some((_, is)) = now.iter().find(|(other, is)| other == name && is != was) {
            let (old, new) = (was.clone(), is.clone());
            let (name, there) = (name.clone(), There::Both);
            all.push(Amount { name, title: None, old, new, there, same_calculation: false });
        }
    }
    let (before, now) = (fees(old), fees(new));
    for (name, was, fee) in &before {
        let other = now.iter().find(|(other, ..)| other == name);
        let there = match other {
            Some((.., same)) if same == fee => continue,
            Some(_) => There::Both,
            None => There::Before,
        };
        let is = other.and_then(|(_, is, _)| is.clone());
        let title = other.map_or(&fee.title, |(.., fee)| &fee.title).clone();
        let same_calculation = other.is_some_and(|(.., now)| outline(now) == outline(fee));
        all.push(Amount { name: name.clone(), title, old: was.clone(), new: is, there, same_calculation });
    }
    for (name, is, fee) in now.iter().filter(|(name, ..)| !before.iter().any(|(other, ..)| other == name)) {
        let (name, title, new) = (name.clone(), fee.title.clone(), is.clone());
        all.push(Amount { name, title, old: None, new, there: There::Now, same_calculation: false });
    }
    all
}

/// A fee without the numbers that it is worked out with.
fn outline(fee: &Fee) -> serde_json::Value {
    fn without(form: &mut serde_json::Value) {
        match form {
            serde_json::Value::Object(members) => {
                for (name, inner) in members {
                    if name == "number" {
                        *inner = serde_json::Value::Null;
                    } else {
                        without(inner);
                    }
                }
            }
            serde_json::Value::Array(all) => all.iter_mut().for_each(without),
            _ => {}
        }
    }
    let mut form = serde_json::to_value(fee).unwrap_or_default();
    without(&mut form);
    form
}

/// The amount of a fee that is always the same.
fn one_amount(fee: &Fee, procedure: &Procedure) -> Option<Text> {
    let fixed = fee.amount.rows.is_empty() && fee.for_each.is_none();
    let unit = match fee.per {
        None => "€",
        Some(TimeUnit::Days) => "€ je Tag",
        Some(TimeUnit::Weeks) => "€ je Woche",
        Some(TimeUnit::Months) => "€ je Monat",
        Some(TimeUnit::Years) => "€ je Jahr",
        Some(_) => return None,
    };
    fixed.then_some(())?;
    shown(fee.amount.otherwise.as_ref()?, unit, procedure)
}

/// A number that depends on nothing.
fn shown(calc: &Calc, unit: &str, procedure: &Procedure) -> Option<Text> {
    let number: Decimal = match constant(calc, procedure.valid_from)? {
        Value::Number(number) => number,
        _ => return None,
    };
    let both = Both::each(|reader| show_number(number, unit, reader));
    let of = |language: Language| (language, both.get(language).to_owned());
    Some(Text([of(Language::German), of(Language::English)].into_iter().collect()))
}
