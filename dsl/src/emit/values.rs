//! Sets and comparisons as schemas of one value.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde_json::{Value as Json, json};

use crate::eval::value::{Val, decimal_json};
use crate::eval::{condition::satisfies, set::in_season, value::decimal};
use crate::kind::{Choices, Kind};
use crate::model::{CodeList, MonthDay, Op, Set, Values};

/// What a value is tested for.
#[derive(Debug, Clone)]
pub(super) enum Test<'t> {
    /// It is in a set.
    In(&'t Set),
    /// It stands in this relation to a constant.
    Is(Op, Val<'t>),
}

/// What a schema can say about a value that is there.
pub(super) enum Said {
    /// Exactly this.
    Schema(Json),
    /// No value fulfils it.
    Never,
    /// Nothing.
    Nothing,
}

impl Test<'_> {
    /// Whether an answer that is absent passes.
    pub(super) fn takes_absence(&self) -> bool {
        matches!(self, Self::In(set) if set.no_answer)
    }

    /// Whether a constant passes.
    pub(super) fn passes(&self, value: &Val<'_>) -> bool {
        match self {
            Self::In(set) => set.has(value),
            Self::Is(op, constant) => value.compare(constant).is_some_and(|order| satisfies(*op, order)),
        }
    }

    /// The ranges of whole numbers from 0 that pass; `None` where it is no test of a number.
    pub(super) fn counts(&self) -> Option<Vec<(u64, Option<u64>)>> {
        let ranges: Vec<(Option<Decimal>, Option<Decimal>)> = match self {
            Self::In(Set { values: Values::Any, .. }) => vec![(None, None)],
            Self::In(Set { values: Values::Numbers(ranges), .. }) => {
                ranges.iter().map(|range| (range.from, range.to)).collect()
            }
            Self::Is(op, Val::Number(number)) => {
                let (below, above) = (number.ceil() - Decimal::ONE, number.floor() + Decimal::ONE);
                match op {
                    Op::Eq => vec![(Some(*number), Some(*number))],
                    Op::Ne => vec![(None, Some(below)), (Some(above), None)],
                    Op::Lt => vec![(None, Some(below))],
                    Op::Le => vec![(None, Some(*number))],
                    Op::Gt => vec![(Some(above), None)],
                    Op::Ge => vec![(Some(*number), None)],
                }
            }
            _ => return None,
        };
        let ranges = ranges.into_iter().filter_map(|(from, to)| {
            let from = from.map_or(Some(0), |from| u64::try_from(from.ceil().max(Decimal::ZERO)).ok())?;
            match to.map(|to| to.floor()) {
                None => Some((from, None)),
                Some(to) => u64::try_from(to).ok().filter(|to| *to >= from).map(|to| (from, Some(to))),
            }
        });
        // A number that is not an equal whole one lies between two counts.
        Some(
            if let Self::Is(Op::Ne, Val::Number(number)) = self
                && !number.is_integer()
            {
                vec![(0, None)]
            } else {
                ranges.collect()
            },
        )
    }

    /// The schema of an answer of a kind.
    pub(super) fn said_of(&self, kind: &Kind) -> Said {
        match self {
            Self::In(set) => set_said_of(set, kind),
            Self::Is(op, constant) => comparison_said_of(*op, constant, kind),
        }
    }

    /// The schema of an answer from a code list by a further column of it.
    pub(super) fn said_of_fact(&self, kind: &Kind, fact: &str, lists: &BTreeMap<String, Arc<CodeList>>) -> Said {
        let (Kind::OneOf(Choices::List { name, .. }) | Kind::SeveralOf { choices: Choices::List { name, .. }, .. }) =
            kind
        else {
            return Said::Never;
        };
        let Some(list) = lists.get(name) else {
            return Said::Never;
        };
        let keys: Vec<&str> = list
            .values
            .iter()
            .filter(|value| value.facts.get(fact).is_some_and(|fact| self.passes(&Val::of_fact(fact))))
            .map(|value| value.key.as_str())
            .collect();
        one_of(&keys)
    }
}

fn set_said_of(set: &Set, kind: &Kind) -> Said {
    match (&set.values, kind) {
        (_, Kind::Block { .. }) => Said::Never,
        (Values::Any, _) => Said::Schema(Json::Bool(true)),
        (Values::Bools(wanted), Kind::YesNo | Kind::Declaration) => match wanted.as_slice() {
            [] => Said::Never,
            [first, rest @ ..] if rest.iter().all(|yes| yes == first) => Said::Schema(json!({ "const": first })),
            _ => Said::Schema(json!({ "type": "boolean" })),
        },
        (Values::Numbers(ranges), _) if is_number(kind) => {
            let ranges: Option<Vec<Json>> = ranges
                .iter()
                .map(|range| {
                    let mut schema = serde_json::Map::new();
                    for (keyword, bound) in [("minimum", range.from), ("maximum", range.to)] {
                        if let Some(bound) = bound {
                            schema.insert(keyword.to_owned(), exact(bound)?);
                        }
                    }
                    Some(Json::Object(schema))
                })
                .collect();
            match ranges {
                None => Said::Nothing,
                Some(ranges) => any_of(ranges),
            }
        }
        (Values::Keys(keys), Kind::SeveralOf { .. }) => match one_of(keys) {
            Said::Schema(schema) => Said::Schema(json!({ "contains": schema })),
            other => other,
        },
        (Values::Keys(keys), _) if is_text(kind) || matches!(kind, Kind::Month | Kind::Time) => one_of(keys),
        (Values::Dates(ranges), Kind::Date(_) | Kind::BirthDate { incomplete: false, .. }) => {
            let days: Option<Vec<String>> = ranges
                .iter()
                .map(|range| range.from.filter(|from| range.to == Some(*from)).map(|day| day.to_string()))
                .collect();
            days.map_or(Said::Nothing, |days| one_of(&days))
        }
        (Values::Dates(_), Kind::BirthDate { .. } | Kind::Month) => Said::Nothing,
        (Values::Season(ranges), Kind::Date(_) | Kind::BirthDate { incomplete: false, .. }) => season(ranges),
        (Values::Season(_), Kind::BirthDate { .. }) => Said::Nothing,
        (Values::Municipalities { within, except }, _) if is_text(kind) => {
            if within.is_empty() {
                return Said::Never;
            }
            let mut schema = json!({ "pattern": prefixes(within) });
            if !except.is_empty()
                && let Some(members) = schema.as_object_mut()
            {
                members.insert("not".to_owned(), json!({ "pattern": prefixes(except) }));
            }
            Said::Schema(schema)
        }
        _ => Said::Never,
    }
}

fn comparison_said_of(op: Op, constant: &Val<'_>, kind: &Kind) -> Said {
    let equal = |value: Json| match op {
        Op::Eq => Said::Schema(json!({ "const": value })),
        Op::Ne => Said::Schema(json!({ "not": { "const": value } })),
        _ => Said::Nothing,
    };
    match constant {
        Val::Number(number) if is_number(kind) => {
            let Some(number) = exact(*number) else {
                return Said::Nothing;
            };
            Said::Schema(match op {
                Op::Eq => json!({ "minimum": number, "maximum": number }),
                Op::Ne => json!({ "not": { "minimum": number, "maximum": number } }),
                Op::Lt => json!({ "exclusiveMaximum": number }),
                Op::Le => json!({ "maximum": number }),
                Op::Gt => json!({ "exclusiveMinimum": number }),
                Op::Ge => json!({ "minimum": number }),
            })
        }
        Val::Bool(yes) if matches!(kind, Kind::YesNo | Kind::Declaration) => equal(Json::Bool(*yes)),
        Val::Text(text) if is_text(kind) => equal(Json::String(text.clone().into_owned())),
        Val::Date(date) if matches!(kind, Kind::Date(_) | Kind::BirthDate { incomplete: false, .. }) => {
            equal(Json::String(date.to_string()))
        }
        Val::Text(_) | Val::Date(_) | Val::MonthDay(_) | Val::Time(_) | Val::Month(_) => match kind {
            Kind::Month | Kind::Time | Kind::Date(_) | Kind::BirthDate { .. } => Said::Nothing,
            _ => Said::Never,
        },
        _ => Said::Never,
    }
}

/// A number as JSON, if JSON can say exactly this number.
fn exact(number: Decimal) -> Option<Json> {
    let json = decimal_json(number);
    (decimal(json.as_number()?)? == number).then_some(json)
}

fn one_of<T: AsRef<str>>(keys: &[T]) -> Said {
    let keys: Vec<&str> = keys.iter().map(AsRef::as_ref).collect();
    match keys.as_slice() {
        [] => Said::Never,
        [one] => Said::Schema(json!({ "const": one })),
        _ => Said::Schema(json!({ "enum": keys })),
    }
}

fn any_of(mut schemas: Vec<Json>) -> Said {
    match schemas.len() {
        0 => Said::Never,
        1 => Said::Schema(schemas.swap_remove(0)),
        _ => Said::Schema(json!({ "anyOf": schemas })),
    }
}

/// A pattern for dates in one of the seasons.
fn season(ranges: &[(MonthDay, MonthDay)]) -> Said {
    const LEAP: MonthDay = MonthDay { month: 2, day: 29 };
    // Whether the 28th of February belongs to what begins on the 29th depends on the year.
    if ranges.iter().any(|(from, _)| *from == LEAP) {
        return Said::Nothing;
    }
    let inside = |month: i8, day: i8| {
        let day = MonthDay { month, day };
        ranges.iter().any(|range| in_season(*range, day))
    };
    let months: Vec<String> = (1..=12)
        .filter_map(|month| {
            let days: Vec<String> = (1..=31).filter(|day| inside(month, *day)).map(|day| format!("{day:02}")).collect();
            let last = Date::new(2000, month, 1).map_or(31, Date::days_in_month);
            match days.len() {
                0 => None,
                _ if (1..=last).all(|day| inside(month, day)) => Some(format!("{month:02}")),
                _ => Some(format!("{month:02}-(?:{})", days.join("|"))),
            }
        })
        .collect();
    match months.as_slice() {
        [] => Said::Never,
        months => Said::Schema(json!({ "pattern": format!("^[0-9]{{4}}-(?:{})", months.join("|")) })),
    }
}

/// A pattern for texts that begin with one of the prefixes, which are digits.
fn prefixes(prefixes: &[String]) -> String {
    match prefixes {
        [one] => format!("^{one}"),
        many => format!("^(?:{})", many.join("|")),
    }
}

fn is_number(kind: &Kind) -> bool {
    matches!(kind, Kind::Whole(_) | Kind::Decimal { .. } | Kind::Money(_))
}

/// Whether the answer is a text that is compared as it is.
fn is_text(kind: &Kind) -> bool {
    !is_number(kind)
        && !matches!(
            kind,
            Kind::YesNo
                | Kind::Declaration
                | Kind::Date(_)
                | Kind::BirthDate { .. }
                | Kind::Month
                | Kind::Time
                | Kind::SeveralOf { .. }
                | Kind::File(_)
                | Kind::Block { .. }
        )
}
