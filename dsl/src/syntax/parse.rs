//! The grammar, and what it finds as expressions.

use pest::Parser as _;
use pest::iterators::Pair;
use pest_derive::Parser;

use super::calculation::{calc, rounded, set};
use super::expression::{CalcExpr, ConditionExpr, ConditionKind, PathExpr, SetExpr, TargetExpr};
use super::{Span, paste};
use crate::model::{Language, Op, Quantity};

/// The parser made from `amt.pest`.
#[derive(Parser)]
#[grammar = "syntax/amt.pest"]
pub struct Parser;

/// Brackets deeper than this are refused.
const MAX_DEPTH: usize = 24;

/// More words and colons that hold a further condition or calculation (`nicht`, `jeder x: …`) are refused.
const MAX_NESTING: usize = 32;

/// More terms of one sum or product are refused.
pub(super) const MAX_TERMS: usize = 100;

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

pub(super) type Result<T> = std::result::Result<T, ParseError>;

/// Parses `text`, which begins at byte `base` of its file, from a start rule.
pub(crate) fn start(rule: Rule, text: &str, base: usize) -> Result<Pair<'_, Rule>> {
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

pub(super) fn deep(base: usize) -> ParseError {
    ParseError { at: base, expected: Vec::new(), too_deep: true }
}

pub(super) fn nothing(base: usize) -> ParseError {
    ParseError { at: base, expected: Vec::new(), too_deep: false }
}

pub(super) fn span(pair: &Pair<'_, Rule>, base: usize) -> Span {
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

/// What is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A condition.
    Condition,
    /// A set.
    Set,
    /// A calculation.
    Calculation,
}

/// What means something in `text`, but is written in another way in this language: its place, what it
/// is there, and what it is in this language. Nothing where the text cannot be read.
#[must_use]
pub fn slips(form: Form, text: &str, base: usize, language: Language) -> Vec<(Span, String, &'static str)> {
    let rule = match form {
        Form::Condition => Rule::condition_only,
        Form::Set => Rule::set_only,
        Form::Calculation => Rule::calc_only,
    };
    // Most texts have none: no need to read them twice.
    let signs = ["==", "gleich", "equal", "&", "x", "X", "-", "–", "−", "von", "of"];
    if !signs.iter().any(|sign| text.contains(sign)) {
        return Vec::new();
    }
    let Ok(pair) = start(rule, text, base) else { return Vec::new() };
    let english = language == Language::English;
    pair.into_inner()
        .flatten()
        .filter_map(|found| {
            let meant = match found.as_rule() {
                Rule::slip_equals | Rule::slip_same => "=",
                Rule::slip_unequal => "≠",
                Rule::slip_and if english => "and",
                Rule::slip_and => "und",
                Rule::slip_times => "×",
                Rule::slip_to if english => "to",
                Rule::slip_to => "bis",
                // Between two ends it says nothing.
                Rule::slip_from => "",
                _ => return None,
            };
            Some((span(&found, base), found.as_str().trim().to_owned(), meant))
        })
        .collect()
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
    let text = text.trim();
    // Most values: nothing to parse.
    paste::partner(text.chars().next()?)?;
    if let Some(inner) = quoted(text) {
        return Some(inner.to_owned());
    }
    let pair = start(Rule::texts, text, 0).ok()?;
    let mut texts = pair.into_inner().filter(|pair| pair.as_rule() == Rule::text);
    let first = texts.next()?;
    if texts.next().is_some() {
        return None;
    }
    Some(text_of(first))
}

/// What stands between two quotation marks, where no further mark could be another end.
pub(super) fn quoted(text: &str) -> Option<&str> {
    let mut chars = text.chars();
    let end = paste::partner(chars.next()?)?;
    let closed = paste::ends(end, chars.next_back()?);
    let inner = chars.as_str();
    (closed && !inner.contains(|c| paste::ends(end, c))).then_some(inner)
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

pub(super) fn path(pair: &Pair<'_, Rule>, base: usize) -> PathExpr {
    PathExpr { parts: pair.as_str().split('.').map(str::to_owned).collect(), span: span(pair, base) }
}

pub(super) fn first_path(pair: &Pair<'_, Rule>, base: usize) -> Result<PathExpr> {
    pair.clone()
        .into_inner()
        .find(|inner| inner.as_rule() == Rule::path)
        .map(|inner| path(&inner, base))
        .ok_or_else(|| nothing(base))
}

/// The name that a calculation is, where it is nothing else.
fn lone_path(pair: Pair<'_, Rule>) -> Option<Pair<'_, Rule>> {
    if pair.as_rule() == Rule::path {
        return Some(pair);
    }
    let mut inner = pair.into_inner();
    let only = inner.next()?;
    if inner.next().is_some() { None } else { lone_path(only) }
}

pub(super) fn child<'i>(pair: &Pair<'i, Rule>, rule: Rule) -> Option<Pair<'i, Rule>> {
    pair.clone().into_inner().find(|inner| inner.as_rule() == rule)
}

pub(super) fn condition(pair: Pair<'_, Rule>, base: usize) -> Result<ConditionExpr> {
    let place = span(&pair, base);
    let (mut operands, mut ands, mut ors) = (Vec::new(), 0, 0);
    for inner in pair.into_inner() {
        match inner.as_rule() {
            Rule::kw_and | Rule::slip_and => ands += 1,
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
    let mut parts = pair.into_inner();
    let left = parts.next().ok_or_else(|| nothing(base))?;
    let Some(test) = parts.next() else {
        return Ok(ConditionExpr { kind: ConditionKind::Bare(first_path(&left, base)?), span: place });
    };
    let set_in = |pair: &Pair<'_, Rule>| set(child(pair, Rule::set).ok_or_else(|| nothing(base))?, base);
    // Only what has a name can be answered, or contain something.
    let named = |left: Pair<'_, Rule>| match lone_path(left) {
        Some(found) => Ok(path(&found, base)),
        None => {
            let at = base + test.as_span().start();
            Err(ParseError { at, expected: vec![Rule::op], too_deep: false })
        }
    };
    let kind = match test.as_rule() {
        Rule::distinct => ConditionKind::Distinct(named(left)?, first_path(&test, base)?),
        Rule::answered => ConditionKind::Answered(named(left)?),
        Rule::not_answered => ConditionKind::NotAnswered(named(left)?),
        Rule::contains => ConditionKind::Contains(named(left)?, set_in(&test)?),
        Rule::is_in => ConditionKind::In(calc(left, base)?, set_in(&test)?),
        Rule::is_not_in => ConditionKind::NotIn(calc(left, base)?, set_in(&test)?),
        _ => {
            let right = child(&test, Rule::calc).ok_or_else(|| nothing(base))?;
            // `ist mehr als` is `mehr als`.
            let sign = child(&test, Rule::op).and_then(|op| op.into_inner().last());
            let op = match sign.map(|sign| sign.as_rule()) {
                Some(Rule::op_le | Rule::op_at_most | Rule::op_latest) => Op::Le,
                Some(Rule::op_ge | Rule::op_at_least | Rule::op_earliest) => Op::Ge,
                Some(Rule::op_lt | Rule::op_less | Rule::op_smaller | Rule::op_before) => Op::Lt,
                Some(Rule::op_gt | Rule::op_more | Rule::op_greater | Rule::op_after) => Op::Gt,
                Some(Rule::op_ne | Rule::op_is_not) => Op::Ne,
                _ => Op::Eq,
            };
            ConditionKind::Compare(calc(left, base)?, op, calc(right, base)?)
        }
    };
    Ok(ConditionExpr { kind, span: place })
}
