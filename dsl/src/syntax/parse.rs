//! The grammar, and what it finds as expressions.

use jiff::civil::{Date, Time};
use pest::Parser as _;
use pest::iterators::Pair;
use pest_derive::Parser;
use rust_decimal::Decimal;

use super::Span;
use super::expression::{CalcExpr, CalcKind, ConditionExpr, ConditionKind, PathExpr, SetExpr, SetKind, TargetExpr};
use crate::model::{MonthDay, Op, Quantity, Rounding};

/// The parser made from `amt.pest`.
#[derive(Parser)]
#[grammar = "syntax/amt.pest"]
pub struct Parser;

/// Brackets deeper than this are refused.
const MAX_DEPTH: usize = 24;

/// More words and colons that hold a further condition or calculation (`nicht`, `jeder x: …`) are refused.
const MAX_NESTING: usize = 32;

/// More terms of one sum or product are refused.
const MAX_TERMS: usize = 100;

/// Why something could not be read: where, and which rules were expected there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseError {
    /// The byte at which reading stopped, in the file.
    pub at: usize,
    /// What was expected.
    pub expected: Vec<Rule>,
    /// Too many brackets.
    pub too_deep: bool,
}

type Result<T> = std::result::Result<T, ParseError>;

/// Parses `text`, which begins at byte `base` of its file, from a start rule.
pub(super) fn start(rule: Rule, text: &str, base: usize) -> Result<Pair<'_, Rule>> {
    let nests = matches!(rule, Rule::condition_only | Rule::set_only | Rule::calc_only);
    if nests && too_deep(text) {
        return Err(deep(base));
    }
    let mut pairs = Parser::parse(rule, text).map_err(|error| {
        let at = match error.location {
            pest::error::InputLocation::Pos(at) | pest::error::InputLocation::Span((at, _)) => at,
        };
        let expected = match error.variant {
            pest::error::ErrorVariant::ParsingError { positives, .. } => positives,
            pest::error::ErrorVariant::CustomError { .. } => Vec::new(),
        };
        ParseError { at: base + at, expected, too_deep: false }
    })?;
    pairs.next().ok_or(ParseError { at: base, expected: Vec::new(), too_deep: false })
}

/// Whether the grammar would go down too far: it calls itself for brackets and for these words.
fn too_deep(text: &str) -> bool {
    let (mut now, mut most) = (0_usize, 0_usize);
    for c in text.chars() {
        match c {
            '(' => {
                now += 1;
                most = most.max(now);
            }
            ')' => now = now.saturating_sub(1),
            _ => {}
        }
    }
    let nesting = ["nicht", "not", "Anzahl", "Count", "Alter", "Age"];
    let words = text.split(|c: char| !c.is_alphanumeric() && c != '_');
    let further = words.filter(|word| nesting.contains(word)).count() + text.matches(':').count();
    most > MAX_DEPTH || further > MAX_NESTING
}

fn deep(base: usize) -> ParseError {
    ParseError { at: base, expected: Vec::new(), too_deep: true }
}

fn nothing(base: usize) -> ParseError {
    ParseError { at: base, expected: Vec::new(), too_deep: false }
}

fn span(pair: &Pair<'_, Rule>, base: usize) -> Span {
    let found = pair.as_span();
    let trimmed = found.as_str().trim_end().len();
    Span::new(base + found.start(), base + found.start() + trimmed)
}

/// A condition.
///
/// # Errors
/// Where reading stopped, and what was expected there.
pub fn parse_condition(text: &str, base: usize) -> Result<ConditionExpr> {
    let pair = start(Rule::condition_only, text, base)?;
    let inner = pair.into_inner().next().ok_or_else(|| nothing(base))?;
    condition(inner, base)
}

/// A set.
///
/// # Errors
/// As [`parse_condition`].
pub fn parse_set(text: &str, base: usize) -> Result<SetExpr> {
    let pair = start(Rule::set_only, text, base)?;
    let inner = pair.into_inner().next().ok_or_else(|| nothing(base))?;
    set(inner, base)
}

/// A calculation.
///
/// # Errors
/// As [`parse_condition`].
pub fn parse_calc(text: &str, base: usize) -> Result<CalcExpr> {
    let pair = start(Rule::calc_only, text, base)?;
    let inner = pair.into_inner().next().ok_or_else(|| nothing(base))?;
    rounded(inner, base)
}

/// What stands right of `||` in a responsibility table.
///
/// # Errors
/// As [`parse_condition`].
pub fn parse_target(text: &str, base: usize) -> Result<TargetExpr> {
    let pair = start(Rule::target, text, base)?;
    let inner = pair.into_inner().next().ok_or_else(|| nothing(base))?;
    let rule = inner.as_rule();
    let mut parts = inner.into_inner().filter(|pair| !matches!(pair.as_rule(), Rule::kw_for | Rule::kw_end_page));
    let first = parts.next().ok_or_else(|| nothing(base))?;
    Ok(match (rule, parts.next()) {
        (Rule::end_page_target, _) => TargetExpr::EndPage(first.as_str().to_owned()),
        (Rule::task_target, Some(place)) => TargetExpr::Task(first.as_str().to_owned(), path(&place, base)),
        _ => TargetExpr::Authority(first.as_str().to_owned()),
    })
}

/// The parts of a value between commas (a comma that separates has a blank behind it).
#[must_use]
pub fn split_items(text: &str, base: usize) -> Vec<(String, Span)> {
    let Ok(pair) = start(Rule::items, text, base) else {
        return Vec::new();
    };
    pair.into_inner()
        .filter(|pair| pair.as_rule() == Rule::item)
        .map(|pair| {
            let raw = pair.as_str();
            let lead = raw.len() - raw.trim_start().len();
            let start = base + pair.as_span().start() + lead;
            let item = raw.trim();
            (item.to_owned(), Span::new(start, start + item.len()))
        })
        .collect()
}

/// The text between quotation marks; `None` when `text` is not exactly one quoted text.
#[must_use]
pub fn unquote(text: &str) -> Option<String> {
    let pair = start(Rule::texts, text.trim(), 0).ok()?;
    let mut texts = pair.into_inner().filter(|pair| pair.as_rule() == Rule::text);
    let first = texts.next()?;
    if texts.next().is_some() {
        return None;
    }
    Some(text_of(first))
}

/// The content of a pair of the rule `text`.
pub(super) fn text_of(pair: Pair<'_, Rule>) -> String {
    let Some(marked) = pair.into_inner().next() else {
        return String::new();
    };
    let straight = marked.as_rule() == Rule::straight;
    let inner = marked.into_inner().next().map_or("", |inner| inner.as_str());
    if straight { inner.replace("\"\"", "\"") } else { inner.to_owned() }
}

fn path(pair: &Pair<'_, Rule>, base: usize) -> PathExpr {
    PathExpr { parts: pair.as_str().split('.').map(str::to_owned).collect(), span: span(pair, base) }
}

fn first_path(pair: &Pair<'_, Rule>, base: usize) -> Result<PathExpr> {
    pair.clone()
        .into_inner()
        .find(|inner| inner.as_rule() == Rule::path)
        .map(|inner| path(&inner, base))
        .ok_or_else(|| nothing(base))
}

fn child<'i>(pair: &Pair<'i, Rule>, rule: Rule) -> Option<Pair<'i, Rule>> {
    pair.clone().into_inner().find(|inner| inner.as_rule() == rule)
}

fn condition(pair: Pair<'_, Rule>, base: usize) -> Result<ConditionExpr> {
    let place = span(&pair, base);
    let (mut operands, mut ands, mut ors) = (Vec::new(), 0, 0);
    for inner in pair.into_inner() {
        match inner.as_rule() {
            Rule::kw_and => ands += 1,
            Rule::kw_or => ors += 1,
            _ => operands.push(operand(inner, base)?),
        }
    }
    let kind = match (ands, ors) {
        (0, 0) => return operands.pop().ok_or_else(|| nothing(base)),
        (_, 0) => ConditionKind::And(operands),
        (0, _) => ConditionKind::Or(operands),
        _ => ConditionKind::Mixed,
    };
    Ok(ConditionExpr { kind, span: place })
}

fn operand(pair: Pair<'_, Rule>, base: usize) -> Result<ConditionExpr> {
    let place = span(&pair, base);
    let inner = pair.into_inner().next().ok_or_else(|| nothing(base))?;
    let nested = |pair: &Pair<'_, Rule>| -> Result<Box<ConditionExpr>> {
        let found = child(pair, Rule::condition).ok_or_else(|| nothing(base))?;
        condition(found, base).map(Box::new)
    };
    let kind = match inner.as_rule() {
        Rule::bracket => return nested(&inner).map(|condition| *condition),
        Rule::negation => {
            let found = child(&inner, Rule::operand).ok_or_else(|| nothing(base))?;
            ConditionKind::Not(Box::new(operand(found, base)?))
        }
        Rule::group => {
            let mut quantity = Quantity::AtLeastOne;
            let mut answers = Vec::new();
            for part in inner.into_inner() {
                match part.as_rule() {
                    Rule::kw_exactly_one => quantity = Quantity::ExactlyOne,
                    Rule::kw_at_most_one => quantity = Quantity::AtMostOne,
                    Rule::path => answers.push(path(&part, base)),
                    _ => {}
                }
            }
            ConditionKind::Group(quantity, answers)
        }
        Rule::every => ConditionKind::Every(first_path(&inner, base)?, nested(&inner)?),
        Rule::some => ConditionKind::Some(first_path(&inner, base)?, nested(&inner)?),
        Rule::none => ConditionKind::None(first_path(&inner, base)?, nested(&inner)?),
        _ => return comparison(inner, base),
    };
    Ok(ConditionExpr { kind, span: place })
}

fn comparison(pair: Pair<'_, Rule>, base: usize) -> Result<ConditionExpr> {
    let place = span(&pair, base);
    let inner = pair.into_inner().next().ok_or_else(|| nothing(base))?;
    let set_in = |pair: &Pair<'_, Rule>| set(child(pair, Rule::set).ok_or_else(|| nothing(base))?, base);
    let kind = match inner.as_rule() {
        Rule::distinct => {
            let mut paths = inner.into_inner().filter(|pair| pair.as_rule() == Rule::path);
            let (Some(list), Some(by)) = (paths.next(), paths.next()) else {
                return Err(nothing(base));
            };
            ConditionKind::Distinct(path(&list, base), path(&by, base))
        }
        Rule::answered => ConditionKind::Answered(first_path(&inner, base)?),
        Rule::not_answered => ConditionKind::NotAnswered(first_path(&inner, base)?),
        Rule::contains => ConditionKind::Contains(first_path(&inner, base)?, set_in(&inner)?),
        Rule::is_in => {
            let left = child(&inner, Rule::calc).ok_or_else(|| nothing(base))?;
            ConditionKind::In(calc(left, base)?, set_in(&inner)?)
        }
        Rule::is_not_in => {
            let left = child(&inner, Rule::calc).ok_or_else(|| nothing(base))?;
            ConditionKind::NotIn(calc(left, base)?, set_in(&inner)?)
        }
        Rule::compared => {
            let mut calcs = inner.clone().into_inner().filter(|pair| pair.as_rule() == Rule::calc);
            let (Some(left), Some(right)) = (calcs.next(), calcs.next()) else {
                return Err(nothing(base));
            };
            let sign = child(&inner, Rule::op).and_then(|op| op.into_inner().next());
            let op = match sign.map(|sign| sign.as_rule()) {
                Some(Rule::op_le | Rule::op_at_most | Rule::op_latest) => Op::Le,
                Some(Rule::op_ge | Rule::op_at_least | Rule::op_earliest) => Op::Ge,
                Some(Rule::op_lt | Rule::op_less | Rule::op_before) => Op::Lt,
                Some(Rule::op_gt | Rule::op_more | Rule::op_after) => Op::Gt,
                Some(Rule::op_ne | Rule::op_is_not) => Op::Ne,
                _ => Op::Eq,
            };
            ConditionKind::Compare(calc(left, base)?, op, calc(right, base)?)
        }
        _ => ConditionKind::Bare(first_path(&inner, base)?),
    };
    Ok(ConditionExpr { kind, span: place })
}

fn set(pair: Pair<'_, Rule>, base: usize) -> Result<SetExpr> {
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

fn set_term(pair: Pair<'_, Rule>, base: usize) -> Result<SetExpr> {
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

fn set_atom(pair: Pair<'_, Rule>, base: usize) -> Result<SetExpr> {
    let place = span(&pair, base);
    let inner = pair.into_inner().next().ok_or_else(|| nothing(base))?;
    let kind = match inner.as_rule() {
        Rule::set => return set(inner, base),
        Rule::kw_any => SetKind::Any,
        Rule::kw_no_answer => SetKind::NoAnswer,
        Rule::kw_own_area => SetKind::OwnArea,
        Rule::set_range => {
            let mut word = None;
            let mut bounds = Vec::new();
            for part in inner.into_inner() {
                if part.as_rule() == Rule::bound {
                    let bound = part.into_inner().next().ok_or_else(|| nothing(base))?;
                    bounds.push(calc(bound, base)?);
                } else {
                    word = Some(part.as_rule());
                }
            }
            let mut bounds = bounds.into_iter();
            match (word, bounds.next(), bounds.next()) {
                (Some(Rule::kw_from), Some(x), None) => SetKind::From(x),
                (Some(Rule::kw_over), Some(x), None) => SetKind::Over(x),
                (Some(Rule::kw_up_to), Some(x), None) => SetKind::UpTo(x),
                (Some(Rule::kw_under), Some(x), None) => SetKind::Under(x),
                (_, Some(x), Some(y)) => SetKind::Between(x, y),
                _ => return Err(nothing(base)),
            }
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

fn rounded(pair: Pair<'_, Rule>, base: usize) -> Result<CalcExpr> {
    let place = span(&pair, base);
    let (mut value, mut how, mut to) = (None, None, None);
    for part in pair.into_inner() {
        match part.as_rule() {
            Rule::calc => value = Some(calc(part, base)?),
            Rule::kw_round => how = Some(Rounding::Nearest),
            Rule::kw_round_up => how = Some(Rounding::Up),
            Rule::kw_round_down => how = Some(Rounding::Down),
            Rule::quantity => to = Some(literal(part, base)?),
            _ => {}
        }
    }
    let value = value.ok_or_else(|| nothing(base))?;
    Ok(match (how, to) {
        (Some(how), Some(to)) => CalcExpr { kind: CalcKind::Round(Box::new(value), how, Box::new(to)), span: place },
        _ => value,
    })
}

fn calc(pair: Pair<'_, Rule>, base: usize) -> Result<CalcExpr> {
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

fn product(pair: Pair<'_, Rule>, base: usize) -> Result<CalcExpr> {
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

fn factor(pair: Pair<'_, Rule>, base: usize) -> Result<CalcExpr> {
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

fn literal(pair: Pair<'_, Rule>, base: usize) -> Result<CalcExpr> {
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

fn quantity(pair: &Pair<'_, Rule>) -> Option<CalcKind> {
    let number = child(pair, Rule::number)?;
    let text = number.as_str().to_owned();
    let value: Decimal = text.replace('.', "").replace(',', ".").parse().ok()?;
    let unit = child(pair, Rule::units).map(|units| {
        let mut words = units
            .into_inner()
            .filter(|pair| pair.as_rule() == Rule::unit)
            .map(|pair| pair.as_str().split_whitespace().collect::<Vec<_>>().join(" "));
        (words.next().unwrap_or_default(), words.next())
    });
    Some(CalcKind::Number { text, value, unit })
}

/// `01.03.2027`
pub(crate) fn read_date(text: &str) -> Option<Date> {
    let mut parts = text.trim().split('.');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

fn read_month_day(text: &str) -> Option<MonthDay> {
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
