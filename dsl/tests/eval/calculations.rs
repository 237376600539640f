//! Arithmetic, days and ages.

use std::sync::Arc;

use amtsweg_dsl::eval::{Evaluator, Value};
use amtsweg_dsl::kind::{DateLimits, Kind};
use amtsweg_dsl::model::*;
use amtsweg_dsl::region::Regions;
use jiff::civil::{Date, date, time};
use rust_decimal::Decimal;
use serde_json::{Value as Json, json};

use crate::build::*;

fn value_over(calc: &Calc, answers: Json) -> Option<Value> {
    let born = Kind::BirthDate { incomplete: true, limits: DateLimits::default() };
    let mut procedure = procedure(vec![
        section("s", vec![optional(question("zahl", whole(0, 100))), optional(question("geboren", born))]),
        section("hunde", vec![question("kg", whole(0, 100)), optional(question("zahlt", Kind::YesNo))]).repeated(0, 9),
    ]);
    procedure.computed = vec![
        computed("doppelt", Calc::Add(boxed(answer("zahl")), boxed(answer("zahl")))),
        Arc::new(Computed {
            condition: Some(compare(answer("zahl"), Op::Gt, number(5))),
            ..Arc::unwrap_or_clone(computed("viel", number(1)))
        }),
        computed_if("klein", compare(answer("zahl"), Op::Lt, number(5))),
    ];
    let (answers, regions) = (object(answers), Regions::default());
    Evaluator::new(&procedure, &answers, noon(), &regions).value(calc, &[])
}

fn value(calc: &Calc) -> Option<Value> {
    value_over(calc, json!({}))
}

fn decimal(text: &str) -> Calc {
    Calc::Number(text.parse().unwrap())
}

fn is_number(text: &str) -> Option<Value> {
    Some(Value::Number(text.parse().unwrap()))
}

#[test]
fn arithmetic_is_exact() {
    let tenth = Calc::Mul(boxed(decimal("0.1")), boxed(number(3)));
    assert_eq!(value(&Calc::Sub(boxed(tenth), boxed(decimal("0.3")))), is_number("0"));
    assert_eq!(value(&Calc::Div(boxed(number(7)), boxed(number(2)))), is_number("3.5"));
}

#[test]
fn what_leaves_the_range_is_absent() {
    let most = || boxed(Calc::Number(Decimal::MAX));
    assert_eq!(value(&Calc::Add(most(), most())), None);
    assert_eq!(value(&Calc::Mul(most(), most())), None);
    assert_eq!(value(&Calc::Sub(boxed(Calc::Number(Decimal::MIN)), most())), None);
    assert_eq!(value(&Calc::Div(boxed(number(1)), boxed(number(0)))), None);
    let round = Calc::Round { of: boxed(number(1)), how: Rounding::Up, to: Decimal::ZERO };
    assert_eq!(value(&round), None);
    for by in [i64::MAX, i64::MIN + 1, 10_000_000] {
        for unit in [TimeUnit::Days, TimeUnit::Weeks, TimeUnit::Months, TimeUnit::Years, TimeUnit::WorkingDays] {
            assert_eq!(value(&shift(date(2027, 1, 1), by, unit)), None);
        }
    }
}

#[test]
fn limits_take_the_greater_or_the_smaller() {
    let least = |of: i64, least: i64| value(&Calc::AtLeast(boxed(number(of)), boxed(number(least))));
    let most = |of: i64, most: i64| value(&Calc::AtMost(boxed(number(of)), boxed(number(most))));
    assert_eq!((least(20, 50), least(70, 50)), (is_number("50"), is_number("70")));
    assert_eq!((most(20, 50), most(70, 50)), (is_number("20"), is_number("50")));
    // One after the other, from left to right.
    let both = Calc::AtMost(boxed(Calc::AtLeast(boxed(number(20)), boxed(number(50)))), boxed(number(30)));
    assert_eq!(value(&both), is_number("30"));
}

#[test]
fn rounding_to_a_multiple() {
    let round = |of: &str, how, to: &str| value(&Calc::Round { of: boxed(decimal(of)), how, to: to.parse().unwrap() });
    assert_eq!(round("149.5", Rounding::Nearest, "1"), is_number("150"));
    assert_eq!(round("-149.5", Rounding::Nearest, "1"), is_number("-150"));
    assert_eq!(round("149.4", Rounding::Nearest, "1"), is_number("149"));
    assert_eq!(round("101", Rounding::Up, "50"), is_number("150"));
    assert_eq!(round("100", Rounding::Up, "50"), is_number("100"));
    assert_eq!(round("149", Rounding::Down, "50"), is_number("100"));
    assert_eq!(round("-101", Rounding::Up, "50"), is_number("-100"));
    assert_eq!(round("-101", Rounding::Down, "50"), is_number("-150"));
    // A third times three is one, although a third has no end.
    let third = Calc::Mul(boxed(Calc::Div(boxed(number(100)), boxed(number(3)))), boxed(number(3)));
    let down = Calc::Round { of: boxed(third), how: Rounding::Down, to: Decimal::from(100) };
    assert_eq!(value(&down), is_number("100"));
}

fn shift(from: Date, by: i64, unit: TimeUnit) -> Calc {
    Calc::Shift { date: boxed(Calc::Date(from)), by: boxed(number(by)), unit }
}

#[track_caller]
fn moved(from: Date, by: i64, unit: TimeUnit, to: Date) {
    assert_eq!(value(&shift(from, by, unit)), Some(Value::Date(to)), "{from} {by:+} {unit:?}");
}

#[test]
fn months_end_where_the_day_is_lacking() {
    moved(date(2027, 1, 31), 1, TimeUnit::Months, date(2027, 2, 28));
    moved(date(2028, 1, 31), 1, TimeUnit::Months, date(2028, 2, 29));
    moved(date(2027, 3, 31), -1, TimeUnit::Months, date(2027, 2, 28));
    moved(date(2028, 2, 29), 1, TimeUnit::Years, date(2029, 2, 28));
    moved(date(2027, 12, 15), 2, TimeUnit::Months, date(2028, 2, 15));
    moved(date(2027, 12, 25), 2, TimeUnit::Weeks, date(2028, 1, 8));
    moved(date(2027, 3, 1), -1, TimeUnit::Days, date(2027, 2, 28));
}

#[test]
fn working_days_leave_out_the_holidays_of_schleswig_holstein() {
    // Maundy Thursday 2027; Good Friday is the 26th, Easter Monday the 29th of March.
    moved(date(2027, 3, 25), 1, TimeUnit::WorkingDaysWithSaturday, date(2027, 3, 27));
    moved(date(2027, 3, 25), 2, TimeUnit::WorkingDaysWithSaturday, date(2027, 3, 30));
    moved(date(2027, 3, 25), 1, TimeUnit::WorkingDays, date(2027, 3, 30));
    moved(date(2027, 3, 30), -1, TimeUnit::WorkingDays, date(2027, 3, 25));
    // Ascension Day and Whit Monday.
    moved(date(2027, 5, 5), 1, TimeUnit::WorkingDays, date(2027, 5, 7));
    moved(date(2027, 5, 14), 1, TimeUnit::WorkingDays, date(2027, 5, 18));
    // New Year, 1 May, 3 October, Reformation Day, Christmas: each on a working day of its year.
    moved(date(2026, 12, 31), 1, TimeUnit::WorkingDaysWithSaturday, date(2027, 1, 2));
    moved(date(2026, 4, 30), 1, TimeUnit::WorkingDaysWithSaturday, date(2026, 5, 2));
    moved(date(2028, 10, 2), 1, TimeUnit::WorkingDays, date(2028, 10, 4));
    moved(date(2028, 10, 30), 1, TimeUnit::WorkingDays, date(2028, 11, 1));
    moved(date(2028, 12, 23), 1, TimeUnit::WorkingDays, date(2028, 12, 27));
    moved(date(2027, 10, 16), 0, TimeUnit::WorkingDays, date(2027, 10, 16));
    // Easter at its earliest and latest of this century.
    moved(date(2038, 4, 23), 1, TimeUnit::WorkingDays, date(2038, 4, 27));
    moved(date(2035, 3, 22), 1, TimeUnit::WorkingDays, date(2035, 3, 27));
}

#[test]
fn ages_are_completed_years() {
    let age = |born: Calc, on: Date| value(&Calc::Age { born: boxed(born), on: boxed(Calc::Date(on)) });
    let born = || Calc::Date(date(2008, 2, 29));
    assert_eq!(age(born(), date(2027, 2, 28)), is_number("18"));
    assert_eq!(age(born(), date(2027, 3, 1)), is_number("19"));
    assert_eq!(age(born(), date(2028, 2, 29)), is_number("20"));
    let of_answer = |text: &str| {
        let calc = Calc::Age { born: boxed(answer("geboren")), on: boxed(Calc::Date(date(2027, 6, 15))) };
        value_over(&calc, json!({ "geboren": text }))
    };
    assert_eq!(of_answer("1980"), is_number("46"));
    assert_eq!(of_answer("1980-06"), is_number("46"));
    assert_eq!(of_answer("1980-05"), is_number("47"));
    assert_eq!(of_answer("1980-06-15"), is_number("47"));
}

#[test]
fn sums_and_counts_leave_out_what_is_absent() {
    let answers = json!({ "hunde": [{ "kg": 5, "zahlt": true }, { "kg": 7 }, { "kg": 999 }] });
    let sum = |with: Option<Condition>| Calc::Sum {
        list: to("hunde"),
        with: with.map(Box::new),
        of: boxed(answer("hunde.*.kg")),
    };
    assert_eq!(value_over(&sum(None), answers.clone()), is_number("12"));
    assert_eq!(value_over(&sum(Some(yes("hunde.*.zahlt"))), answers.clone()), is_number("5"));
    assert_eq!(value_over(&sum(None), json!({})), is_number("0"));
    assert_eq!(value_over(&Calc::Count { list: to("hunde"), with: None }, answers), is_number("3"));
}

#[test]
fn computed_values_are_absent_with_their_answers() {
    let of = |name: &str| Calc::Computed(name.to_owned());
    assert_eq!(value_over(&of("doppelt"), json!({})), None);
    assert_eq!(value_over(&of("doppelt"), json!({ "zahl": 4 })), is_number("8"));
    assert_eq!(value_over(&of("viel"), json!({ "zahl": 4 })), None);
    assert_eq!(value_over(&of("viel"), json!({ "zahl": 6 })), is_number("1"));
    assert_eq!(value_over(&of("klein"), json!({})), Some(Value::Bool(false)));
    assert_eq!(value_over(&of("klein"), json!({ "zahl": 4 })), Some(Value::Bool(true)));
}

#[test]
fn the_time_of_submission() {
    assert_eq!(value(&Calc::Today), Some(Value::Date(date(2027, 10, 15))));
    assert_eq!(value(&Calc::Now), Some(Value::DateTime(noon())));
    let at = Calc::At { date: boxed(Calc::Today), time: time(12, 0, 0, 0) };
    assert_eq!(value(&at), Some(Value::DateTime(noon())));
}

#[test]
fn a_long_chain_of_computed_values_is_computed_once_each() {
    let mut procedure = procedure(vec![section("s", vec![question("zahl", whole(0, 100))])]);
    procedure.computed.push(computed("w0", answer("zahl")));
    for index in 1..60 {
        let before = || boxed(Calc::Computed(format!("w{}", index - 1)));
        procedure.computed.push(computed(&format!("w{index}"), Calc::Add(before(), before())));
    }
    let evaluation = run(&procedure, json!({ "zahl": 1 }));
    assert_eq!(evaluation.computed["w59"], Value::Number(Decimal::from(1_u64 << 59)));
}
