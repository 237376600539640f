//! Where messages of rules stand, and that one cause is one error.

use std::sync::Arc;

use amtsweg_dsl::kind::Kind;
use amtsweg_dsl::model::*;
use serde_json::json;

use crate::build::*;

fn dogs() -> Procedure {
    procedure(vec![
        section(
            "s",
            vec![
                question("von", whole(0, 99)),
                question("bis", whole(0, 99)),
                optional(question("mail", line(1, 9))),
                optional(question("ruf", line(1, 9))),
            ],
        ),
        section(
            "hunde",
            vec![
                question("chip", whole(0, 99)),
                question("alt", Kind::YesNo),
                question("seit", whole(0, 99)).when(yes("hunde.*.alt")),
            ],
        )
        .repeated(0, 4),
    ])
}

fn with(rules: Vec<Arc<Rule>>) -> Procedure {
    Procedure { rules, ..dogs() }
}

#[test]
fn a_rule_at_a_question_is_checked_for_each_entry() {
    let chip = with_rule(question("chip", whole(0, 99)), compare(answer("hunde.*.chip"), Op::Ge, number(10)), "kurz");
    let procedure = procedure(vec![section("hunde", vec![chip]).repeated(0, 4)]);
    let evaluation = run(&procedure, json!({ "hunde": [{ "chip": 12 }, { "chip": 3 }, {}, { "chip": 100 }] }));
    assert_eq!(problems(&evaluation), ["hunde.1.chip: kurz", "hunde.2.chip: Empty", "hunde.3.chip: TooHigh"]);
}

#[test]
fn a_rule_waits_until_all_that_it_names_is_right() {
    let procedure = with(vec![rule("ordnung", "bis", compare(answer("von"), Op::Le, answer("bis")))]);
    assert_eq!(problems(&run(&procedure, json!({ "von": 3, "bis": 2 }))), ["bis: ordnung"]);
    assert_eq!(problems(&run(&procedure, json!({ "von": 3, "bis": 200 }))), ["bis: TooHigh"]);
    assert_eq!(problems(&run(&procedure, json!({ "von": 3 }))), ["bis: Empty"]);
    assert!(run(&procedure, json!({ "von": 2, "bis": 3 })).problems.is_empty());
}

#[test]
fn a_rule_waits_for_what_a_computed_value_needs() {
    let mut procedure =
        with(vec![rule("groß", "von", compare(Calc::Computed("summe".to_owned()), Op::Ge, number(50)))]);
    procedure.computed = vec![computed("summe", Calc::Add(boxed(answer("von")), boxed(answer("bis"))))];
    assert_eq!(problems(&run(&procedure, json!({ "von": 3 }))), ["bis: Empty"]);
    assert_eq!(problems(&run(&procedure, json!({ "von": 3, "bis": 4 }))), ["von: groß"]);
}

#[test]
fn every_puts_the_message_at_each_entry_that_breaks_it() {
    let rule = rule("früher", "hunde.*.seit", every("hunde", compare(answer("hunde.*.seit"), Op::Gt, answer("von"))));
    let answers = json!({ "von": 5, "bis": 9, "hunde": [
        { "chip": 1, "alt": true, "seit": 4 },
        { "chip": 2, "alt": true, "seit": 6 },
        { "chip": 3, "alt": true, "seit": 5 },
        { "chip": 4, "alt": true },
    ] });
    let evaluation = run(&with(vec![rule]), answers);
    assert_eq!(problems(&evaluation), ["hunde.0.seit: früher", "hunde.2.seit: früher", "hunde.3.seit: Empty"]);
}

#[test]
fn none_puts_the_message_at_the_entries_too_and_a_repeat_gets_one() {
    let none = || not(some("hunde", compare(answer("hunde.*.chip"), Op::Lt, number(3))));
    let answers = json!({ "von": 1, "bis": 2, "hunde": [{ "chip": 1, "alt": false }, { "chip": 2, "alt": false }] });
    let inside = with(vec![rule("klein", "hunde.*.chip", none())]);
    assert_eq!(problems(&run(&inside, answers.clone())), ["hunde.0.chip: klein", "hunde.1.chip: klein"]);
    let above = with(vec![rule("klein", "hunde", none())]);
    assert_eq!(problems(&run(&above, answers)), ["hunde: klein"]);
}

#[test]
fn distinct_puts_the_message_at_the_later_of_two_equal_ones() {
    let distinct = Condition::Distinct { list: to("hunde"), by: to("hunde.*.chip") };
    let procedure = with(vec![rule("gleich", "hunde.*.chip", distinct)]);
    let dog = |chip: i64| json!({ "chip": chip, "alt": false });
    let evaluation = run(&procedure, json!({ "von": 1, "bis": 2, "hunde": [dog(7), dog(8), dog(7), dog(7)] }));
    assert_eq!(problems(&evaluation), ["hunde.2.chip: gleich", "hunde.3.chip: gleich"]);
}

#[test]
fn a_warning_lets_through() {
    let mut warning = rule("viel", "bis", compare(answer("bis"), Op::Lt, number(50)));
    Arc::make_mut(&mut warning).message.warning = true;
    let evaluation = run(&with(vec![warning]), json!({ "von": 1, "bis": 60 }));
    assert_eq!(problems(&evaluation), ["bis: viel !"]);
    assert!(goes_to_an_authority(&evaluation));
}

#[test]
fn a_group_stands_at_the_question_that_is_asked() {
    let group = || Condition::Group { quantity: Quantity::AtLeastOne, answers: vec![to("mail"), to("ruf")] };
    let mut procedure = with(vec![rule("erreichbar", "ruf", group())]);
    assert_eq!(problems(&run(&procedure, json!({ "von": 1, "bis": 2 }))), ["ruf: erreichbar"]);
    assert!(run(&procedure, json!({ "von": 1, "bis": 2, "mail": "x" })).problems.is_empty());
    // The place of the message is not asked: it stands at the other one.
    let hide = |procedure: &mut Procedure, key: &str| {
        for item in &mut Arc::make_mut(&mut procedure.sections[0]).items {
            if let Item::Question(question) = item
                && question.key == key
            {
                question.condition = Some(compare(answer("von"), Op::Gt, number(90)));
            }
        }
    };
    hide(&mut procedure, "ruf");
    assert_eq!(problems(&run(&procedure, json!({ "von": 1, "bis": 2 }))), ["mail: erreichbar"]);
    // Neither is asked: there is nobody to say it to.
    hide(&mut procedure, "mail");
    assert!(run(&procedure, json!({ "von": 1, "bis": 2 })).problems.is_empty());
}

#[test]
fn a_rule_applies_only_under_its_condition() {
    let mut only = rule("ordnung", "bis", compare(answer("von"), Op::Le, answer("bis")));
    Arc::make_mut(&mut only).condition = Some(answered("mail"));
    let procedure = with(vec![only]);
    assert!(run(&procedure, json!({ "von": 3, "bis": 2 })).problems.is_empty());
    assert_eq!(problems(&run(&procedure, json!({ "von": 3, "bis": 2, "mail": "x" }))), ["bis: ordnung"]);
}

#[test]
fn problems_come_in_the_order_of_the_procedure() {
    let procedure = with(vec![
        rule("zwei", "hunde.*.chip", every("hunde", compare(answer("hunde.*.chip"), Op::Gt, number(5)))),
        rule("eins", "bis", compare(answer("von"), Op::Le, answer("bis"))),
    ]);
    let evaluation = run(&procedure, json!({ "von": 3, "bis": 2, "mail": 5, "hunde": [{ "chip": 1 }] }));
    assert_eq!(problems(&evaluation), ["bis: eins", "mail: WrongType", "hunde.0.chip: zwei", "hunde.0.alt: Empty"]);
}
