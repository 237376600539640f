//! Values of header lines that are written in words.

use jiff::civil::Date;

use super::expressions::time_unit;
use crate::model::TimeUnit;
use crate::syntax::keyword::{self, Fixed};

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

/// `10 Jahre nach Erledigung`: amount, unit, and the rest.
pub(super) fn retention(text: &str) -> Option<(u32, TimeUnit, &str)> {
    let (amount, rest) = text.trim().split_once(char::is_whitespace)?;
    let (unit, rest) = rest.trim().split_once(char::is_whitespace)?;
    Some((amount.parse().ok()?, time_unit(&keyword::unit(unit))?, rest.trim()))
}
