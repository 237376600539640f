//! Days, holidays and the ends of periods, against a calendar that was looked up.

use amtsweg_dsl::eval::{Value, constant, deadline};
use amtsweg_dsl::model::{Calc, MonthDay, Opening, RichText, TimeUnit, Window};
use jiff::civil::{Date, Weekday, date};

/// Good Friday, Easter Monday, Ascension Day, Whit Monday.
const MOVABLE: &[(i16, [(i8, i8); 4])] = &[
    (1995, [(4, 14), (4, 17), (5, 25), (6, 5)]),
    (2008, [(3, 21), (3, 24), (5, 1), (5, 12)]),
    (2019, [(4, 19), (4, 22), (5, 30), (6, 10)]),
    (2024, [(3, 29), (4, 1), (5, 9), (5, 20)]),
    (2025, [(4, 18), (4, 21), (5, 29), (6, 9)]),
    (2026, [(4, 3), (4, 6), (5, 14), (5, 25)]),
    (2027, [(3, 26), (3, 29), (5, 6), (5, 17)]),
    (2028, [(4, 14), (4, 17), (5, 25), (6, 5)]),
    (2029, [(3, 30), (4, 2), (5, 10), (5, 21)]),
    (2030, [(4, 19), (4, 22), (5, 30), (6, 10)]),
    // The latest Easter and the earliest one of their centuries.
    (2038, [(4, 23), (4, 26), (6, 3), (6, 14)]),
    (2285, [(3, 20), (3, 23), (4, 30), (5, 11)]),
];
const FIXED: [(i8, i8); 5] = [(1, 1), (5, 1), (10, 3), (12, 25), (12, 26)];

fn moved(from: Date, by: i64, unit: TimeUnit) -> Date {
    let calc = Calc::Shift { date: Box::new(Calc::Date(from)), by: Box::new(Calc::Number(by.into())), unit };
    match constant(&calc, from) {
        Some(Value::Date(day)) => day,
        other => panic!("{other:?}"),
    }
}

#[test]
fn every_holiday_of_schleswig_holstein_and_no_other_day_is_left_out() {
    for (year, movable) in MOVABLE {
        let mut holidays: Vec<Date> =
            movable.iter().chain(&FIXED).map(|(month, day)| date(*year, *month, *day)).collect();
        if *year >= 2017 {
            holidays.push(date(*year, 10, 31));
        }
        let mut day = date(*year, 1, 1);
        while day.year() == *year {
            let works = moved(day.yesterday().unwrap(), 1, TimeUnit::WorkingDaysWithSaturday) == day;
            let free = day.weekday() == Weekday::Sunday || holidays.contains(&day);
            assert_eq!(works, !free, "{day}");
            let office = moved(day.yesterday().unwrap(), 1, TimeUnit::WorkingDays) == day;
            assert_eq!(office, !free && day.weekday() != Weekday::Saturday, "{day}");
            day = day.tomorrow().unwrap();
        }
    }
}

#[test]
fn months_end_on_the_day_of_the_same_number_or_the_last_one() {
    for (from, by, unit, to) in [
        (date(2027, 1, 31), 1, TimeUnit::Months, date(2027, 2, 28)),
        (date(2028, 1, 31), 1, TimeUnit::Months, date(2028, 2, 29)),
        (date(2027, 2, 28), 1, TimeUnit::Months, date(2027, 3, 28)),
        (date(2027, 11, 30), 3, TimeUnit::Months, date(2028, 2, 29)),
        (date(2028, 2, 29), 1, TimeUnit::Years, date(2029, 2, 28)),
        (date(2028, 2, 29), 4, TimeUnit::Years, date(2032, 2, 29)),
        (date(2027, 3, 31), -1, TimeUnit::Months, date(2027, 2, 28)),
        (date(2027, 3, 15), 2, TimeUnit::Weeks, date(2027, 3, 29)),
        (date(2027, 12, 24), 14, TimeUnit::Days, date(2028, 1, 7)),
        // Over Easter 2027: Good Friday, Saturday for offices, Sunday and Monday do not count.
        (date(2027, 3, 24), 3, TimeUnit::WorkingDays, date(2027, 3, 31)),
        (date(2027, 3, 24), 3, TimeUnit::WorkingDaysWithSaturday, date(2027, 3, 30)),
        (date(2027, 3, 30), -2, TimeUnit::WorkingDays, date(2027, 3, 24)),
        // Christmas Eve and New Year's Eve are working days.
        (date(2026, 12, 23), 1, TimeUnit::WorkingDays, date(2026, 12, 24)),
        (date(2026, 12, 30), 1, TimeUnit::WorkingDays, date(2026, 12, 31)),
    ] {
        assert_eq!(moved(from, by, unit), to, "{from} {by} {unit:?}");
    }
}

#[test]
fn a_period_ends_on_a_working_day() {
    for (from, amount, unit, to) in [
        // Ends on a Wednesday.
        (date(2027, 3, 10), 14, TimeUnit::Days, date(2027, 3, 24)),
        // Good Friday moves over Easter to the Tuesday.
        (date(2027, 3, 12), 14, TimeUnit::Days, date(2027, 3, 30)),
        // A Saturday moves to the Monday, a Sunday as well.
        (date(2027, 6, 5), 14, TimeUnit::Days, date(2027, 6, 21)),
        (date(2027, 6, 6), 14, TimeUnit::Days, date(2027, 6, 21)),
        // Reformation Day 2028 is a Tuesday.
        (date(2028, 9, 30), 1, TimeUnit::Months, date(2028, 10, 30)),
        (date(2028, 10, 17), 2, TimeUnit::Weeks, date(2028, 11, 1)),
        // Weekdays with Saturday may end on one: it moves too.
        (date(2027, 6, 7), 5, TimeUnit::WorkingDaysWithSaturday, date(2027, 6, 14)),
        (date(2027, 6, 7), 5, TimeUnit::WorkingDays, date(2027, 6, 14)),
        // Over New Year.
        (date(2027, 12, 18), 14, TimeUnit::Days, date(2028, 1, 3)),
    ] {
        assert_eq!(deadline(from, amount, unit), Some(to), "{from} {amount} {unit:?}");
    }
    assert_eq!(deadline(Date::MAX, 1, TimeUnit::Days), None);
}

#[test]
fn a_time_that_comes_every_year_opens_again() {
    let day = |month, day| MonthDay { month, day };
    let at = |text: &str| text.parse().unwrap();
    for (first, last, now, opening, from, to) in [
        (day(3, 1), day(5, 31), "2027-02-28T23:59", Opening::Before, "2027-03-01T00:00", "2027-05-31T23:59"),
        (day(3, 1), day(5, 31), "2027-03-01T00:00", Opening::Open, "2027-03-01T00:00", "2027-05-31T23:59"),
        (day(3, 1), day(5, 31), "2027-05-31T23:59", Opening::Open, "2027-03-01T00:00", "2027-05-31T23:59"),
        (day(3, 1), day(5, 31), "2027-06-01T00:00", Opening::Before, "2028-03-01T00:00", "2028-05-31T23:59"),
        // Over New Year, to the last day of February.
        (day(10, 1), day(2, 29), "2027-02-28T12:00", Opening::Open, "2026-10-01T00:00", "2027-02-28T23:59"),
        (day(10, 1), day(2, 29), "2028-02-29T12:00", Opening::Open, "2027-10-01T00:00", "2028-02-29T23:59"),
        (day(10, 1), day(2, 29), "2027-03-01T00:00", Opening::Before, "2027-10-01T00:00", "2028-02-29T23:59"),
        (day(10, 1), day(2, 29), "2027-12-31T23:59", Opening::Open, "2027-10-01T00:00", "2028-02-29T23:59"),
    ] {
        let window = Window { from: None, to: None, every_year: Some((first, last)), closed: RichText::default() };
        assert_eq!(window.at(at(now)), opening, "{now}");
        assert_eq!(window.span(at(now)), (Some(at(from)), Some(at(to))), "{now}");
    }
}
