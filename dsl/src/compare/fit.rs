//! Whether answers of one kind are answers of another.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::kind::{Choices, Kind, LengthLimits, NumberLimits};
use crate::model::{Procedure, Set, Values};

/// How the answers of an old kind fit a new one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fit {
    /// The same answers.
    Same,
    /// Every old answer fits, and there are new ones.
    Wider,
    /// Some old answers may no longer fit.
    Narrower,
    /// Another kind of answer.
    Other,
}

/// How answers to `old` fit `new`.
pub(crate) fn fit(old: &Kind, old_of: &Procedure, new: &Kind, new_of: &Procedure) -> Fit {
    let inside = within(old, old_of, new, new_of);
    let back = within(new, new_of, old, old_of);
    match (inside, back) {
        (Some(true), Some(true)) => Fit::Same,
        (Some(true), _) => Fit::Wider,
        (Some(false), _) => Fit::Narrower,
        (None, _) => Fit::Other,
    }
}

/// Whether every answer to `inner` is one to `outer`; `None` where they are of different kinds.
fn within(inner: &Kind, inner_of: &Procedure, outer: &Kind, outer_of: &Procedure) -> Option<bool> {
    use Kind::{
        BirthDate, Block, Date, Decimal as Places, Digits, File, LongText, Money, Municipality, OneOf, SeveralOf, Text,
        Whole,
    };
    Some(match (inner, outer) {
        (Text(a), Text(b) | LongText(b)) | (LongText(a), LongText(b)) | (Digits(a), Digits(b)) => shorter(a, b),
        (LongText(_), Text(_)) => false,
        (Whole(a), Whole(b)) | (Money(a), Money(b)) if a.unit == b.unit => less(a, b),
        (Whole(a), Places { limits, .. }) if a.unit == limits.unit => less(a, limits),
        (Places { places: p, limits: a }, Places { places: q, limits: b }) if a.unit == b.unit => p <= q && less(a, b),
        (Date(a), Date(b)) => a == b || (b.from.is_none() && b.to.is_none()),
        (BirthDate { incomplete: a, limits: x }, BirthDate { incomplete: b, limits: y }) => (*b || !a) && x == y,
        (OneOf(a), OneOf(b)) => chosen(a, inner_of).is_subset(&chosen(b, outer_of)),
        (SeveralOf { choices: a, max: m }, SeveralOf { choices: b, max: n }) => {
            let fewer = n.is_none_or(|most| m.is_some_and(|max| max <= most));
            fewer && chosen(a, inner_of).is_subset(&chosen(b, outer_of))
        }
        (File(a), File(b)) => {
            // An array where several are allowed, else one: the receiving system sees another shape.
            if (a.max_count > 1) != (b.max_count > 1) {
                return None;
            }
            let kinds = a.kinds.iter().all(|kind| b.kinds.contains(kind));
            kinds && a.max_size <= b.max_size && a.min_count >= b.min_count && a.max_count <= b.max_count
        }
        (Municipality(a), Municipality(b)) => a == b || b.is_none(),
        // What is inside is looked at by itself.
        (Block { .. }, Block { .. }) => true,
        (a, b) => return (std::mem::discriminant(a) == std::mem::discriminant(b) && a == b).then_some(true),
    })
}

fn shorter(a: &LengthLimits, b: &LengthLimits) -> bool {
    b.min.is_none_or(|min| a.min.is_some_and(|own| own >= min))
        && b.max.is_none_or(|max| a.max.is_some_and(|own| own <= max))
}

fn less(a: &NumberLimits, b: &NumberLimits) -> bool {
    let from = |limits: &NumberLimits| limits.min.unwrap_or(Decimal::MIN);
    let to = |limits: &NumberLimits| limits.max.unwrap_or(Decimal::MAX);
    from(a) >= from(b) && to(a) <= to(b)
}

/// The keys that can be chosen.
fn chosen(choices: &Choices, of: &Procedure) -> BTreeSet<String> {
    match choices {
        Choices::Options(options) => options.iter().map(|option| option.key.clone()).collect(),
        Choices::List { name, only } => {
            let inside = |key: &str| match only {
                Some(Set { values: Values::Keys(keys), .. }) => keys.iter().any(|other| other == key),
                _ => true,
            };
            let values = of.lists.get(name).into_iter().flat_map(|list| &list.values);
            values.map(|value| value.key.clone()).filter(|key| inside(key)).collect()
        }
    }
}
