//! Values while conditions are looked at: borrowed from the answers where they can be.

use std::borrow::Cow;
use std::cmp::Ordering;

use jiff::civil::{Date, DateTime, Time};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde_json::{Number, Value as Json};

use super::Value;
use super::calendar;
use crate::kind::Kind;
use crate::model::{Fact, MonthDay};

/// A value inside the evaluation; [`Value`] is its owned form for others.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Val<'v> {
    Number(Decimal),
    Bool(bool),
    Text(Cow<'v, str>),
    Keys(&'v [Json]),
    Date(Date),
    /// The first day of a month.
    Month(Date),
    MonthDay(MonthDay),
    Time(Time),
    DateTime(DateTime),
    /// A file, an entry or a block: it is there, nothing else can be said of it.
    There,
}

impl<'v> Val<'v> {
    /// The value of an answer that its kind has accepted; `None` for another JSON type.
    pub(crate) fn of(kind: &Kind, answer: &'v Json) -> Option<Self> {
        match (kind, answer) {
            (Kind::Whole(_) | Kind::Decimal { .. } | Kind::Money(_), Json::Number(number)) => {
                decimal(number).map(Self::Number)
            }
            (Kind::YesNo | Kind::Declaration, Json::Bool(yes)) => Some(Self::Bool(*yes)),
            (Kind::Date(_), Json::String(text)) => text.parse().ok().map(Self::Date),
            (Kind::BirthDate { .. }, Json::String(text)) => calendar::latest(text).map(Self::Date),
            (Kind::Month, Json::String(text)) => calendar::month(text).map(Self::Month),
            (Kind::Time, Json::String(text)) => text.parse().ok().map(Self::Time),
            (Kind::SeveralOf { .. }, Json::Array(keys)) => Some(Self::Keys(keys)),
            (Kind::File(_), Json::Array(_) | Json::Object(_)) => Some(Self::There),
            (
                Kind::Whole(_)
                | Kind::Decimal { .. }
                | Kind::Money(_)
                | Kind::YesNo
                | Kind::Declaration
                | Kind::SeveralOf { .. }
                | Kind::File(_)
                | Kind::Block { .. },
                _,
            ) => None,
            (_, Json::String(text)) => Some(Self::Text(Cow::Borrowed(text))),
            _ => None,
        }
    }

    /// The value of a further column of a code list.
    pub(crate) fn of_fact(fact: &'v Fact) -> Self {
        match fact {
            Fact::Bool(yes) => Self::Bool(*yes),
            Fact::Number(number) => Self::Number(*number),
            Fact::Text(text) => Self::Text(Cow::Borrowed(text)),
        }
    }

    /// The value for others; `None` where it has no form outside.
    pub(crate) fn into_value(self) -> Option<Value> {
        Some(match self {
            Self::Number(number) => Value::Number(number),
            Self::Bool(yes) => Value::Bool(yes),
            Self::Text(text) => Value::Text(text.into_owned()),
            Self::Keys(keys) => Value::Keys(keys.iter().filter_map(Json::as_str).map(str::to_owned).collect()),
            Self::Date(date) => Value::Date(date),
            Self::Month(first) => Value::Text(month_text(first)),
            Self::Time(time) => Value::Text(time_text(time)),
            Self::DateTime(at) => Value::DateTime(at),
            Self::MonthDay(_) | Self::There => return None,
        })
    }

    /// The same value without a borrow.
    pub(crate) fn of_value(value: &Value) -> Option<Self> {
        Some(match value {
            Value::Number(number) => Self::Number(*number),
            Value::Bool(yes) => Self::Bool(*yes),
            Value::Text(text) => Self::Text(Cow::Owned(text.clone())),
            Value::Date(date) => Self::Date(*date),
            Value::DateTime(at) => Self::DateTime(*at),
            Value::Keys(_) => return None,
        })
    }

    /// How two values of one kind compare; `None` for values of different kinds.
    pub(crate) fn compare(&self, other: &Self) -> Option<Ordering> {
        use Val::{Bool, Date, DateTime, Month, MonthDay as Day, Number, Text, Time};
        Some(match (self, other) {
            (Number(a), Number(b)) => a.cmp(b),
            (Bool(a), Bool(b)) => a.cmp(b),
            (Text(a), Text(b)) => a.cmp(b),
            (Date(a) | Month(a), Date(b) | Month(b)) => a.cmp(b),
            (DateTime(a), DateTime(b)) => a.cmp(b),
            (Time(a), Time(b)) => a.cmp(b),
            (Day(a), Day(b)) => a.cmp(b),
            (Date(a), Day(b)) => MonthDay::of(*a).cmp(b),
            (Day(a), Date(b)) => a.cmp(&MonthDay::of(*b)),
            (Month(a), Text(b)) => a.cmp(&calendar::month(b)?),
            (Text(a), Month(b)) => calendar::month(a)?.cmp(b),
            (Time(a), Text(b)) => a.cmp(&b.parse().ok()?),
            (Text(a), Time(b)) => a.parse::<jiff::civil::Time>().ok()?.cmp(b),
            _ => return None,
        })
    }
}

/// The exact number that a JSON number is written as; `None` beyond 28 digits.
pub(crate) fn decimal(number: &Number) -> Option<Decimal> {
    if let Some(whole) = number.as_i64() {
        return Some(Decimal::from(whole));
    }
    if let Some(whole) = number.as_u64() {
        return Some(Decimal::from(whole));
    }
    let text = number.to_string();
    let value = if text.contains(['e', 'E']) {
        Decimal::from_scientific(&text).ok()
    } else {
        Decimal::from_str_exact(&text).ok()
    };
    value.map(|value| value.normalize())
}

/// `2027-10`
pub(crate) fn month_text(first: Date) -> String {
    format!("{:04}-{:02}", first.year(), first.month())
}

/// `15:00`
pub(crate) fn time_text(time: Time) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

/// A number as JSON: whole ones as integers.
pub(crate) fn decimal_json(number: Decimal) -> Json {
    let number = number.normalize();
    if number.is_integer()
        && let Some(whole) = number.to_i64()
    {
        return whole.into();
    }
    number.to_f64().and_then(Number::from_f64).map_or(Json::Null, Json::Number)
}
