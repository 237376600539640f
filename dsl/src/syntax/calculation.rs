//! What the grammar finds as sets and calculations.

use super::Span;
use super::expression::{CalcExpr, CalcKind, ConditionExpr, SetExpr, SetKind};
use super::parse::{MAX_TERMS, Result, Rule, child, condition, deep, first_path, nothing, path, span, text_of};
use crate::model::{MonthDay, Rounding};
use jiff::civil::{Date, Time};
use pest::iterators::Pair;
use rust_decimal::Decimal;

pub(super) fn set(pair: Pair<'_, Rule>, base: usize) -> Result<SetExpr> {
    let place = span(&pair, base);
    let mut terms = pair
        .into_inner()
        .filter(|inner| inner.as_rule() == Rule::set_term)
        .map(|term| set_term(term, base))
        .collect::<Result<Vec<_>>>()?;
    if terms.len() == 1 {
        return terms.pop().ok_or_else(|| nothing(base));
    }
    Ok(SetExpr { kind: SetKind::Or(terms), span: place })
}

pub(super) fn set_term(pair: Pair<'_, Rule>, base: usize) -> Result<SetExpr> {
    let place = span(&pair, base);
    let mut atoms = pair
        .into_inner()
        .filter(|inner| inner.as_rule() == Rule::set_atom)
        .map(|atom| set_atom(atom, base))
        .collect::<Result<Vec<_>>>()?;
    if atoms.is_empty() {
        return Err(nothing(base));
    }
    let first = atoms.remove(0);
    if atoms.is_empty() {
        return Ok(first);
    }
    Ok(SetExpr { kind: SetKind::Except(Box::new(first), atoms), span: place })
}

pub(super) fn set_atom(pair: Pair<'_, Rule>, base: usize) -> Result<SetExpr> {
    let place = span(&pair, base);
    let inner = pair.into_inner().next().ok_or_else(|| nothing(base))?;
    let kind = match inner.as_rule() {
        Rule::set => return set(inner, base),
        Rule::kw_any => SetKind::Any,
        Rule::kw_no_answer => SetKind::NoAnswer,
        Rule::kw_own_area => SetKind::OwnArea,
        Rule::set_range => set_range(inner, place, base)?,
        Rule::set_dash => {
            let ends = inner.into_inner().filter(|part| part.as_rule() != Rule::slip_to);
            let ends = ends.map(|end| literal(end, base)).collect::<Result<Vec<_>>>()?;
            between(ends, base)?
        }
        _ => {
            let value = inner.into_inner().next().ok_or_else(|| nothing(base))?;
            match value.as_rule() {
                Rule::yes => SetKind::Bool(true),
                Rule::no => SetKind::Bool(false),
                Rule::words => {
                    let words: Vec<&str> = value.as_str().split_whitespace().collect();
                    SetKind::Words(words.join(" "))
                }
                _ => SetKind::Value(literal(value, base)?),
            }
        }
    };
    Ok(SetExpr { kind, span: place })
}

/// `ab X`, `X bis Y`, `über X bis unter Y`.
fn set_range(pair: Pair<'_, Rule>, place: Span, base: usize) -> Result<SetKind> {
    let (mut words, mut bounds) = (Vec::new(), Vec::new());
    for part in pair.into_inner() {
        if part.as_rule() == Rule::bound {
            let bound = part.into_inner().next().ok_or_else(|| nothing(base))?;
            bounds.push(calc(bound, base)?);
        } else {
            words.push(part.as_rule());
        }
    }
    if bounds.len() == 1 {
        let bound = bounds.remove(0);
        return match words.first() {
            Some(Rule::kw_from) => Ok(SetKind::From(bound)),
            Some(Rule::kw_over) => Ok(SetKind::Over(bound)),
            Some(Rule::kw_up_to) => Ok(SetKind::UpTo(bound)),
            Some(Rule::kw_under) => Ok(SetKind::Under(bound)),
            _ => Err(nothing(base)),
        };
    }
    let (over, under) = (words.contains(&Rule::kw_over), words.contains(&Rule::kw_under));
    // A season has no day before its first: only both ends included can be said of it.
    if (over || under) && bounds.iter().any(|bound| matches!(bound.kind, CalcKind::MonthDay(..))) {
        return Err(nothing(base));
    }
    let left_out = [(over, bounds.first()), (under, bounds.last())];
    let left_out: Vec<SetExpr> = left_out
        .into_iter()
        .filter(|(without, _)| *without)
        .filter_map(|(_, bound)| bound)
        .map(|bound| SetExpr { kind: SetKind::Value(bound.clone()), span: bound.span })
        .collect();
    let both = between(bounds, base)?;
    if left_out.is_empty() {
        return Ok(both);
    }
    Ok(SetKind::Except(Box::new(SetExpr { kind: both, span: place }), left_out))
}

/// Both ends; where only the second says its unit (`10 bis 30 m`), it is that of the first as well.
fn between(mut ends: Vec<CalcExpr>, base: usize) -> Result<SetKind> {
    let (Some(to), Some(mut from)) = (ends.pop(), ends.pop()) else {
        return Err(nothing(base));
    };
    if let (CalcKind::Number { unit: first @ None, .. }, CalcKind::Number { unit: Some(unit), .. }) =
        (&mut from.kind, &to.kind)
    {
        *first = Some(unit.clone());
    }
    Ok(SetKind::Between(from, to))
}

pub(super) fn rounded(pair: Pair<'_, Rule>, base: usize) -> Result<CalcExpr> {
    let place = span(&pair, base);
    if pair.clone().into_inner().count() > 2 * MAX_TERMS {
        return Err(deep(base));
    }
    let mut parts = pair.into_inner();
    let first = parts.next().ok_or_else(|| nothing(base))?;
    let mut value = calc(first, base)?;
    // What stands behind a comma is done to all that stands before it.
    while let (Some(word), Some(to)) = (parts.next(), parts.next()) {
        let of = Box::new(value);
        let to = |how: Option<Rounding>| match how {
            Some(_) => literal(to, base).map(Box::new),
            None => calc(to, base).map(Box::new),
        };
        let how = match word.as_rule() {
            Rule::kw_round_up => Some(Rounding::Up),
            Rule::kw_round_down => Some(Rounding::Down),
            Rule::kw_round => Some(Rounding::Nearest),
            _ => None,
        };
        let kind = match (how, word.as_rule()) {
            (Some(way), _) => CalcKind::Round(of, way, to(how)?),
            (None, Rule::op_at_least) => CalcKind::AtLeast(of, to(None)?),
            (None, _) => CalcKind::AtMost(of, to(None)?),
        };
        value = CalcExpr { kind, span: place };
    }
    Ok(value)
}

pub(super) fn calc(pair: Pair<'_, Rule>, base: usize) -> Result<CalcExpr> {
    let place = span(&pair, base);
    if pair.clone().into_inner().count() > 2 * MAX_TERMS {
        return Err(deep(base));
    }
    let mut value: Option<CalcExpr> = None;
    let mut minus = false;
    for part in pair.into_inner() {
        match part.as_rule() {
            Rule::sum_sign => minus = part.as_str() != "+",
            Rule::at_time => {
                let time = child(&part, Rule::time).and_then(|time| read_time(time.as_str()));
                let date = value.take().ok_or_else(|| nothing(base))?;
                value = Some(CalcExpr { kind: CalcKind::At(Box::new(date), time), span: place });
            }
            _ => {
                let right = product(part, base)?;
                value = Some(match value.take() {
                    None => right,
                    Some(left) => {
                        let (left, right) = (Box::new(left), Box::new(right));
                        let kind = if minus { CalcKind::Sub(left, right) } else { CalcKind::Add(left, right) };
                        CalcExpr { kind, span: place }
                    }
                });
            }
        }
    }
    value.ok_or_else(|| nothing(base))
}

pub(super) fn product(pair: Pair<'_, Rule>, base: usize) -> Result<CalcExpr> {
    let place = span(&pair, base);
    if pair.clone().into_inner().count() > 2 * MAX_TERMS {
        return Err(deep(base));
    }
    let mut value: Option<CalcExpr> = None;
    let mut divide = false;
    for part in pair.into_inner() {
        if part.as_rule() == Rule::product_sign {
            divide = matches!(part.as_str(), "/" | "÷");
            continue;
        }
        let right = factor(part, base)?;
        value = Some(match value.take() {
            None => right,
            Some(left) => {
                let (left, right) = (Box::new(left), Box::new(right));
                let kind = if divide { CalcKind::Div(left, right) } else { CalcKind::Mul(left, right) };
                CalcExpr { kind, span: place }
            }
        });
    }
    value.ok_or_else(|| nothing(base))
}

pub(super) fn factor(pair: Pair<'_, Rule>, base: usize) -> Result<CalcExpr> {
    let inner = pair.into_inner().next().ok_or_else(|| nothing(base))?;
    let place = span(&inner, base);
    let with = |pair: &Pair<'_, Rule>| -> Result<Option<Box<ConditionExpr>>> {
        child(pair, Rule::condition).map(|found| condition(found, base).map(Box::new)).transpose()
    };
    let kind = match inner.as_rule() {
        Rule::rounded => return rounded(inner, base),
        Rule::kw_today => CalcKind::Today,
        Rule::kw_now => CalcKind::Now,
        Rule::path => CalcKind::Path(path(&inner, base)),
        Rule::age => {
            let on = child(&inner, Rule::factor).map(|on| factor(on, base).map(Box::new)).transpose()?;
            CalcKind::Age(first_path(&inner, base)?, on)
        }
        Rule::count => CalcKind::Count(first_path(&inner, base)?, with(&inner)?),
        Rule::sum => {
            let of = child(&inner, Rule::calc).ok_or_else(|| nothing(base))?;
            CalcKind::Sum(first_path(&inner, base)?, with(&inner)?, Box::new(calc(of, base)?))
        }
        _ => return literal(inner, base),
    };
    Ok(CalcExpr { kind, span: place })
}

pub(super) fn literal(pair: Pair<'_, Rule>, base: usize) -> Result<CalcExpr> {
    let place = span(&pair, base);
    let written = pair.as_str().trim().to_owned();
    let kind = match pair.as_rule() {
        Rule::date => CalcKind::Date(read_date(&written), written),
        Rule::month_day => CalcKind::MonthDay(read_month_day(&written), written),
        Rule::month => CalcKind::Month(written),
        Rule::time => CalcKind::Time(read_time(&written), written),
        Rule::point_number => CalcKind::PointNumber(written),
        Rule::text => CalcKind::Text(text_of(pair)),
        Rule::date_time => {
            let date = child(&pair, Rule::date).ok_or_else(|| nothing(base))?;
            let time = child(&pair, Rule::time).and_then(|time| read_time(time.as_str()));
            CalcKind::At(Box::new(literal(date, base)?), time)
        }
        _ => quantity(&pair).ok_or_else(|| nothing(place.start))?,
    };
    Ok(CalcExpr { kind, span: place })
}

pub(super) fn quantity(pair: &Pair<'_, Rule>) -> Option<CalcKind> {
    let number = child(pair, Rule::number)?;
    let text = number.as_str().to_owned();
    let value: Decimal = text.replace('.', "").replace(',', ".").parse().ok()?;
    let unit = child(pair, Rule::units).map(|units| {
        let mut words = units
            .into_inner()
            .filter(|pair| pair.as_rule() == Rule::unit)
            .map(|pair| pair.as_str().split_whitespace().collect::<Vec<_>>().join(" "));
        (words.next().unwrap_or_default(), words.collect())
    });
    Some(CalcKind::Number { text, value, unit })
}

/// `01.03.2027`
pub(crate) fn read_date(text: &str) -> Option<Date> {
    let mut parts = text.trim().split('.');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    // Two digits, or a slip such as 0026, would be a year of the Romans.
    if year.len() != 4 || year.starts_with('0') {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

pub(super) fn read_month_day(text: &str) -> Option<MonthDay> {
    let mut parts = text.trim().split('.');
    let (day, month): (i8, i8) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    Date::new(2028, month, day).ok().map(MonthDay::of)
}

/// `15:00` or `15.00 Uhr`
pub(crate) fn read_time(text: &str) -> Option<Time> {
    let text = text.trim().trim_end_matches("Uhr").trim();
    let (hour, minute) = text.split_once([':', '.'])?;
    Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()
}
