//! Days: moving them (§§ 187, 188 BGB), the holidays of Schleswig-Holstein, and ages.

use jiff::Span;
use jiff::civil::{Date, Weekday};

use crate::model::TimeUnit;

/// The farthest that a day is moved by working days: more than 300 years.
const FARTHEST: i64 = 100_000;

/// A day moved by so many units; negative is earlier. `None` outside the calendar.
///
/// Where a month lacks the day, its last day counts (§ 188 (3) BGB).
pub(crate) fn shift(date: Date, by: i64, unit: TimeUnit) -> Option<Date> {
    let span = Span::new();
    let span = match unit {
        TimeUnit::Days => span.try_days(by),
        TimeUnit::Weeks => span.try_weeks(by),
        TimeUnit::Months => span.try_months(by),
        TimeUnit::Years => span.try_years(by),
        TimeUnit::WorkingDaysWithSaturday => return working_days(date, by, true),
        TimeUnit::WorkingDays => return working_days(date, by, false),
    };
    date.checked_add(span.ok()?).ok()
}

fn working_days(mut date: Date, by: i64, saturday: bool) -> Option<Date> {
    if by.abs() > FARTHEST {
        return None;
    }
    let mut left = by.abs();
    while left > 0 {
        date = if by < 0 { date.yesterday() } else { date.tomorrow() }.ok()?;
        let weekend = match date.weekday() {
            Weekday::Sunday => true,
            Weekday::Saturday => !saturday,
            _ => false,
        };
        if !weekend && !is_holiday(date) {
            left -= 1;
        }
    }
    Some(date)
}

/// The day on which a period ends whose last day is `date`: a Saturday, Sunday or holiday moves to
/// the next working day (§ 193 BGB, § 89 LVwG). `None` outside the calendar.
pub(crate) fn period_end(mut date: Date) -> Option<Date> {
    while matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday) || is_holiday(date) {
        date = date.tomorrow().ok()?;
    }
    Some(date)
}

/// Whether a day is a holiday in Schleswig-Holstein (§ 2 SFTG; Reformation Day since 2017), from
/// 1995 on; later days as the law stands.
pub(crate) fn is_holiday(date: Date) -> bool {
    match (date.month(), date.day()) {
        (1 | 5, 1) | (10, 3) | (12, 25 | 26) => return true,
        (10, 31) => return date.year() >= 2017,
        _ => {}
    }
    let Some(easter) = easter(date.year()) else {
        return false;
    };
    let days = i64::from(date.day_of_year()) - i64::from(easter.day_of_year());
    // Good Friday, Easter Monday, Ascension Day, Whit Monday.
    matches!(days, -2 | 1 | 39 | 50)
}

/// Easter Sunday in the Gregorian calendar (Meeus, Jones, Butcher).
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (century, in_century) = (y / 100, y % 100);
    let golden = y % 19;
    let skipped = (century + 8) / 25;
    let epact = (19 * golden + century - century / 4 - (century - skipped + 1) / 3 + 15) % 30;
    let weekday = (32 + 2 * (century % 4) + 2 * (in_century / 4) - epact - in_century % 4) % 7;
    let late = (golden + 11 * epact + 22 * weekday) / 451;
    let day = epact + weekday - 7 * late + 114;
    Date::new(year, i8::try_from(day / 31).ok()?, i8::try_from(day % 31 + 1).ok()?).ok()
}

/// Completed years; somebody born on the 29th of February completes one on the 1st of March
/// where the year lacks that day. Negative before the birth.
pub(crate) fn age(born: Date, on: Date) -> i64 {
    let years = i64::from(on.year()) - i64::from(born.year());
    years - i64::from((on.month(), on.day()) < (born.month(), born.day()))
}

/// The latest day that a birth date can be: `1980` is the 31st of December.
pub(crate) fn latest(text: &str) -> Option<Date> {
    match text.len() {
        10 => text.parse().ok(),
        7 => month(text).map(Date::last_of_month),
        4 => Date::new(digits(text)?, 12, 31).ok(),
        _ => None,
    }
}

/// The first day of a month `2027-10`.
pub(crate) fn month(text: &str) -> Option<Date> {
    let (year, month) = text.split_once('-')?;
    if year.len() != 4 || month.len() != 2 {
        return None;
    }
    Date::new(digits(year)?, i8::try_from(digits(month)?).ok()?, 1).ok()
}

fn digits(text: &str) -> Option<i16> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?
}
