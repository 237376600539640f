//! Conditions and sets over answers that are there, absent, or in entries.

use amtsweg_dsl::eval::{Evaluator, Value};
use amtsweg_dsl::kind::Kind;
use amtsweg_dsl::model::*;
use amtsweg_dsl::region::Regions;
use jiff::civil::date;
use rust_decimal::Decimal;
use serde_json::{Value as Json, json};

use crate::build::*;

fn sample() -> Procedure {
    let staff = question(
        "leute",
        block(vec![question("alter", whole(0, 120)), optional(question("rolle", one_of(&["a", "b"])))]),
    );
    procedure(vec![
        section(
            "s",
            vec![
                optional(question("ja", Kind::YesNo)),
                optional(question("zahl", whole(0, 100))),
                optional(question("wahl", one_of(&["x", "y", "z"]))),
                optional(question("mehrere", several_of(&["p", "q", "r"], None))),
                optional(question("tag", day())),
                staff.repeated(0, 5),
            ],
        ),
        section(
            "firmen",
            vec![
                optional(question("nr", whole(0, 9))),
                question("leiter", block(vec![question("alter", whole(0, 120))])).repeated(0, 3),
            ],
        )
        .repeated(0, 3),
    ])
}

#[track_caller]
fn check(condition: Condition, answers: Json, holds: bool) {
    let (procedure, answers, regions) = (sample(), object(answers), Regions::default());
    let evaluator = Evaluator::new(&procedure, &answers, noon(), &regions);
    assert_eq!(evaluator.holds(&condition, &[]), holds, "{condition:?} over {answers:?}");
}

#[test]
fn a_comparison_with_an_absent_answer_does_not_hold() {
    for op in [Op::Eq, Op::Ne, Op::Lt, Op::Le, Op::Gt, Op::Ge] {
        check(compare(answer("zahl"), op, number(3)), json!({}), false);
        check(compare(number(3), op, answer("zahl")), json!({}), false);
        check(not(compare(answer("zahl"), op, number(3))), json!({}), true);
    }
    check(is("wahl", "x"), json!({}), false);
    check(is_in("wahl", or_none(keys(&["x"]))), json!({}), true);
    check(is_in("wahl", or_none(keys(&["x"]))), json!({ "wahl": "y" }), false);
    check(is_in("wahl", Set::any()), json!({}), true);
    check(is_in("wahl", Set { values: Values::Any, no_answer: false }), json!({}), false);
}

#[test]
fn a_wrong_answer_is_absent_here_too() {
    check(answered("zahl"), json!({ "zahl": 101 }), false);
    check(answered("wahl"), json!({ "wahl": "w" }), false);
    check(answered("wahl"), json!({ "wahl": "x" }), true);
}

#[test]
fn numbers_dates_and_keys_compare() {
    let answers = json!({ "zahl": 7, "tag": "2027-03-04", "wahl": "y", "ja": false });
    check(compare(answer("zahl"), Op::Ge, number(7)), answers.clone(), true);
    check(compare(answer("zahl"), Op::Ne, number(7)), answers.clone(), false);
    check(is_in("zahl", numbers(&[(None, Some(3)), (Some(6), Some(8))])), answers.clone(), true);
    check(compare(answer("tag"), Op::Lt, Calc::Today), answers.clone(), true);
    check(compare(answer("tag"), Op::Eq, Calc::Date(date(2027, 3, 4))), answers.clone(), true);
    check(compare(answer("tag"), Op::Gt, Calc::MonthDay(MonthDay { month: 3, day: 3 })), answers.clone(), true);
    check(is_in("tag", dates(&[(Some(date(2027, 3, 4)), Some(date(2027, 3, 4)))])), answers.clone(), true);
    check(compare(answer("wahl"), Op::Ne, Calc::Key("x".to_owned())), answers.clone(), true);
    check(compare(answer("ja"), Op::Eq, Calc::Bool(false)), answers.clone(), true);
    // Values of different kinds stand in no relation.
    check(compare(answer("zahl"), Op::Ne, answer("wahl")), answers, false);
}

#[test]
fn several_of_contains() {
    let contains = |set| Condition::Contains { what: to("mehrere"), set };
    check(contains(keys(&["q", "r"])), json!({ "mehrere": ["p", "r"] }), true);
    check(contains(keys(&["q"])), json!({ "mehrere": ["p", "r"] }), false);
    check(contains(keys(&["q"])), json!({}), false);
}

#[test]
fn quantifiers_over_no_entry() {
    for answers in [json!({}), json!({ "leute": [] })] {
        check(every("leute", yes("ja")), answers.clone(), true);
        check(some("leute", Condition::All(Vec::new())), answers.clone(), false);
        check(answered("leute"), answers.clone(), false);
        check(Condition::Distinct { list: to("leute"), by: to("leute.*.alter") }, answers.clone(), true);
        let count = Calc::Count { list: to("leute"), with: None };
        check(compare(count, Op::Eq, number(0)), answers, true);
    }
}

#[test]
fn quantifiers_look_at_each_entry_and_around() {
    let answers = json!({ "zahl": 18, "leute": [{ "alter": 20, "rolle": "a" }, { "alter": 18 }] });
    let of_age = || compare(answer("leute.*.alter"), Op::Ge, answer("zahl"));
    check(every("leute", of_age()), answers.clone(), true);
    check(every("leute", answered("leute.*.rolle")), answers.clone(), false);
    check(some("leute", answered("leute.*.rolle")), answers.clone(), true);
    let count = Calc::Count { list: to("leute"), with: Some(Box::new(not(answered("leute.*.rolle")))) };
    check(compare(count, Op::Eq, number(1)), answers, true);
}

#[test]
fn a_quantifier_inside_a_quantifier_keeps_the_entries_apart() {
    let older = compare(answer("firmen.*.leiter.*.alter"), Op::Gt, answer("firmen.*.nr"));
    let all = every("firmen", every("firmen.*.leiter", older));
    check(
        all.clone(),
        json!({ "firmen": [{ "nr": 1, "leiter": [{ "alter": 2 }] }, { "nr": 5, "leiter": [{ "alter": 6 }, { "alter": 9 }] }] }),
        true,
    );
    check(
        all,
        json!({ "firmen": [{ "nr": 7, "leiter": [{ "alter": 8 }] }, { "nr": 5, "leiter": [{ "alter": 6 }, { "alter": 4 }] }] }),
        false,
    );
    // Another repeat than the one around: its entry is the quantifier's, not the one around.
    let (procedure, regions) = (sample(), Regions::default());
    let answers = object(json!({ "firmen": [{ "nr": 1 }, { "nr": 6 }], "leute": [{ "alter": 3 }, { "alter": 9 }] }));
    let evaluator = Evaluator::new(&procedure, &answers, noon(), &regions);
    let any_older = some("leute", compare(answer("leute.*.alter"), Op::Gt, answer("firmen.*.nr")));
    assert!(evaluator.holds(&any_older, &[1]));
    let all_older = every("leute", compare(answer("leute.*.alter"), Op::Gt, answer("firmen.*.nr")));
    assert!(evaluator.holds(&all_older, &[0]));
    assert!(!evaluator.holds(&all_older, &[1]));
}

#[test]
fn distinct_and_groups() {
    let distinct = Condition::Distinct { list: to("leute"), by: to("leute.*.alter") };
    check(distinct.clone(), json!({ "leute": [{ "alter": 1 }, { "alter": 2 }] }), true);
    check(distinct, json!({ "leute": [{ "alter": 1 }, { "alter": 2 }, { "alter": 1 }] }), false);
    let group = |quantity| Condition::Group { quantity, answers: vec![to("ja"), to("zahl"), to("wahl")] };
    for (answers, least, exactly, most) in [
        (json!({}), false, false, true),
        (json!({ "ja": false }), true, true, true),
        (json!({ "ja": true, "wahl": "x" }), true, false, false),
    ] {
        check(group(Quantity::AtLeastOne), answers.clone(), least);
        check(group(Quantity::ExactlyOne), answers.clone(), exactly);
        check(group(Quantity::AtMostOne), answers, most);
    }
}

#[test]
fn seasons_run_over_new_year_and_end_with_february() {
    let season = |from: (i8, i8), to: (i8, i8)| Set {
        values: Values::Season(vec![(MonthDay { month: from.0, day: from.1 }, MonthDay { month: to.0, day: to.1 })]),
        no_answer: false,
    };
    let winter = season((10, 1), (2, 29));
    for (day, inside) in [
        (date(2027, 10, 1), true),
        (date(2027, 12, 31), true),
        (date(2028, 1, 1), true),
        (date(2028, 2, 29), true),
        (date(2027, 2, 28), true),
        (date(2027, 3, 1), false),
        (date(2027, 9, 30), false),
    ] {
        assert_eq!(winter.contains(&Value::Date(day)), inside, "{day}");
    }
    let from_the_last = season((2, 29), (3, 15));
    assert!(from_the_last.contains(&Value::Date(date(2027, 2, 28))));
    assert!(!from_the_last.contains(&Value::Date(date(2028, 2, 28))));
    assert!(season((1, 1), (2, 28)).contains(&Value::Date(date(2027, 2, 28))));
}

#[test]
fn municipalities_by_prefix() {
    let set = Set {
        values: Values::Municipalities { within: vec!["01060".to_owned()], except: vec!["010600063063".to_owned()] },
        no_answer: false,
    };
    let key = |key: &str| Value::Text(key.to_owned());
    assert!(set.contains(&key("010605043043")));
    assert!(!set.contains(&key("010600063063")));
    assert!(!set.contains(&key("020000000000")));
    let all =
        Set { values: Values::Municipalities { within: vec![String::new()], except: Vec::new() }, no_answer: false };
    assert!(all.contains(&key("020000000000")));
}

#[test]
fn sets_of_other_values() {
    assert!(keys(&["a"]).contains(&Value::Keys(vec!["b".to_owned(), "a".to_owned()])));
    assert!(!keys(&["a"]).contains(&Value::Number(Decimal::ONE)));
    assert!(bools(&[true, false]).contains(&Value::Bool(false)));
    assert!(Set::any().contains(&Value::DateTime(noon())));
    assert!(numbers(&[(Some(1), None)]).contains(&Value::Number(Decimal::MAX)));
}
