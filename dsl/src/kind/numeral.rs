//! How numbers are read from what people type and from JSON, and written.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;
use serde_json::{Number, Value as Json};

use super::State;
use crate::model::Language;

/// Reads a number as people type it: decimal comma, dots, blanks or apostrophes between
/// thousands; a decimal dot, and commas between thousands, only where they can be nothing else.
pub(super) fn parse(typed: &str) -> Result<Decimal, State> {
    let (negative, number) = match typed.strip_prefix(['-', '−', '–']) {
        Some(number) => (true, number),
        None => (false, typed.strip_prefix('+').unwrap_or(typed)),
    };
    let number: String = number.chars().filter(|c| !matches!(c, ' ' | '\'' | '’')).collect();
    let (whole, places) = split(&number).ok_or(State::NotANumber)?;
    let whole = whole.trim_start_matches('0');
    let places = places.trim_end_matches('0');
    if whole.len() > 18 {
        return Err(if negative { State::TooLow } else { State::TooHigh });
    }
    if places.len() > 9 {
        return Err(State::TooManyPlaces);
    }
    let value = Decimal::from_str_exact(&format!("0{whole}.{places}0")).map_err(|_| State::NotANumber)?.normalize();
    Ok(if negative && !value.is_zero() { -value } else { value })
}

/// The digits before and behind the decimal sign.
fn split(number: &str) -> Option<(String, &str)> {
    let signs_are_fine = number.chars().all(|c| c.is_ascii_digit() || c == ',' || c == '.');
    if !signs_are_fine || !number.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let count = |sign| number.matches(sign).count();
    let groups = |part: &str, sign: char| {
        let mut groups = part.split(sign);
        let first = groups.next().unwrap_or_default();
        let fine = (1..=3).contains(&first.len()) && !first.starts_with('0') && groups.all(|group| group.len() == 3);
        fine.then(|| part.replace(sign, ""))
    };
    let (decimal, thousands) = match (count(','), count('.')) {
        (0, 0) => return Some((number.to_owned(), "")),
        (0, _) => match groups(number, '.') {
            Some(whole) => return Some((whole, "")),
            None => ('.', ','),
        },
        (1, 0) => (',', '.'),
        (_, 0) => return groups(number, ',').map(|whole| (whole, "")),
        _ if number.rfind(',') > number.rfind('.') => (',', '.'),
        _ => ('.', ','),
    };
    let (whole, places) = number.rsplit_once(decimal)?;
    if whole.contains(decimal) {
        return None;
    }
    let whole = if whole.contains(thousands) { groups(whole, thousands)? } else { whole.to_owned() };
    Some((whole, places))
}

/// A number from JSON, exactly as it is written there.
pub(super) fn from_json(answer: &Json) -> Result<Decimal, State> {
    let Json::Number(number) = answer else {
        return Err(State::WrongType);
    };
    if let Some(whole) = number.as_i64() {
        return Ok(Decimal::from(whole));
    }
    let value = number.as_f64().unwrap_or(f64::MAX);
    if value.abs() >= 1e18 {
        return Err(if value < 0.0 { State::TooLow } else { State::TooHigh });
    }
    // The shortest text that means this number; too long for a `Decimal` only by its places.
    let text = format!("{value}");
    Decimal::from_str_exact(&text).map(|d| d.normalize()).map_err(|_| State::TooManyPlaces)
}

/// A number as JSON: whole where it is whole.
pub(super) fn to_json(number: Decimal) -> Json {
    let number = number.normalize();
    match number.to_i64() {
        Some(whole) if number.is_integer() => Json::from(whole),
        _ => number.to_string().parse().ok().and_then(Number::from_f64).map_or(Json::Null, Json::Number),
    }
}

/// A number with signs between thousands and exactly `places` decimal places.
pub(super) fn grouped(number: Decimal, places: u32, language: Language) -> String {
    let (thousands, decimal) = if language == Language::English { (',', '.') } else { ('.', ',') };
    let text = format!("{:.*}", places as usize, number.abs());
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let mut grouped = String::from(if number.is_sign_negative() && !number.is_zero() { "-" } else { "" });
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            grouped.push(thousands);
        }
        grouped.push(digit);
    }
    if !fraction.is_empty() {
        grouped.push(decimal);
        grouped.push_str(fraction);
    }
    grouped
}

/// A number as somebody would type it, with exactly `places` decimal places. A dot before
/// three digits would be read as one between thousands, so it is a comma.
pub(super) fn typed_number(number: Decimal, places: u32, language: Language) -> String {
    let text = format!("{:.*}", places as usize, number);
    if language == Language::English && places != 3 { text } else { text.replace('.', ",") }
}
