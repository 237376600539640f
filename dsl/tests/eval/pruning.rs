//! Hidden means absent.

use amtsweg_dsl::eval::{Outcome, SectionState, unasked};
use amtsweg_dsl::kind::{Choices, Kind};
use amtsweg_dsl::region::Regions;
use serde_json::{Value as Json, json};

use crate::build::*;

fn unknown(procedure: &amtsweg_dsl::model::Procedure, answers: Json) -> Vec<String> {
    unasked(procedure, &object(answers), noon(), &Regions::default()).iter().map(ToString::to_string).collect()
}

#[test]
fn an_answer_to_a_hidden_question_is_dropped_and_hides_what_depends_on_it() {
    let procedure = procedure(vec![section(
        "a",
        vec![
            question("hund", Kind::YesNo),
            question("rasse", one_of(&["mops", "dogge"])).when(yes("hund")),
            question("leine", Kind::YesNo).when(is("rasse", "dogge")),
        ],
    )]);
    let answers = json!({ "hund": false, "rasse": "dogge", "leine": true, "fremd": 1 });
    let evaluation = run(&procedure, answers.clone());
    assert_eq!(Json::Object(evaluation.answers), json!({ "hund": false }));
    assert!(evaluation.problems.is_empty());
    assert_eq!(unknown(&procedure, answers), ["rasse", "leine", "fremd"]);
}

#[test]
fn a_wrong_answer_is_kept_and_counts_as_absent() {
    let procedure = procedure(vec![section(
        "a",
        vec![
            question("zahl", whole(0, 5)),
            question("mehr", Kind::YesNo).when(is_in("zahl", numbers(&[(Some(3), None)]))),
        ],
    )]);
    let evaluation = run(&procedure, json!({ "zahl": 9 }));
    assert_eq!(Json::Object(evaluation.answers.clone()), json!({ "zahl": 9 }));
    assert_eq!(problems(&evaluation), ["zahl: TooHigh"]);
    assert_eq!(evaluation.sections, [SectionState::Open]);
    assert_eq!(evaluation.outcome, Outcome::Open);
}

#[test]
fn answers_come_in_the_order_of_the_procedure_and_in_nfc() {
    let procedure = procedure(vec![section("a", vec![question("eins", line(1, 5)), question("zwei", Kind::YesNo)])]);
    let evaluation = run(&procedure, json!({ "zwei": true, "eins": "a\u{308}" }));
    assert_eq!(serde_json::to_string(&evaluation.answers).unwrap(), r#"{"eins":"ä","zwei":true}"#);
}

#[test]
fn an_optional_block_is_absent_or_complete() {
    let inside =
        vec![question("name", line(1, 9)), question("alter", whole(0, 120)), optional(question("ort", line(1, 9)))];
    let procedure = procedure(vec![section("a", vec![optional(question("vertreter", block(inside)))])]);
    assert!(run(&procedure, json!({})).problems.is_empty());
    let empty = run(&procedure, json!({ "vertreter": {} }));
    assert!(empty.problems.is_empty());
    assert!(empty.answers.is_empty());
    assert_eq!(unknown(&procedure, json!({ "vertreter": {} })), ["vertreter"]);
    assert_eq!(
        problems(&run(&procedure, json!({ "vertreter": { "ort": "X" } }))),
        ["vertreter.name: Empty", "vertreter.alter: Empty"]
    );
    assert!(run(&procedure, json!({ "vertreter": { "name": "X", "alter": 3 } })).problems.is_empty());
}

#[test]
fn a_required_block_that_is_absent_lacks_its_answers() {
    let inside = vec![question("name", line(1, 9)), optional(question("ort", line(1, 9)))];
    let procedure = procedure(vec![section("a", vec![question("person", block(inside))])]);
    assert_eq!(problems(&run(&procedure, json!({}))), ["person.name: Empty"]);
    assert_eq!(problems(&run(&procedure, json!({ "person": 7 }))), ["person: WrongType"]);
}

#[test]
fn repeats_have_least_and_greatest_numbers_and_nest() {
    let visits = question("besuche", block(vec![question("tag", day())])).repeated(1, 2);
    let procedure = procedure(vec![section("hunde", vec![question("name", line(1, 9)), visits]).repeated(1, 2)]);
    assert_eq!(problems(&run(&procedure, json!({}))), ["hunde: TooFewEntries(1)"]);
    assert_eq!(problems(&run(&procedure, json!({ "hunde": [] }))), ["hunde: TooFewEntries(1)"]);
    let answers = json!({ "hunde": [{ "name": "A", "besuche": [{}], "x": 1 }, 4, { "name": "C" }] });
    assert_eq!(
        problems(&run(&procedure, answers.clone())),
        [
            "hunde: TooManyEntries(2)",
            "hunde.0.besuche.0.tag: Empty",
            "hunde.1: WrongType",
            "hunde.2.besuche: TooFewEntries(1)"
        ]
    );
    assert_eq!(unknown(&procedure, answers), ["hunde.0.x"]);
}

#[test]
fn a_condition_inside_an_entry_looks_at_that_entry() {
    let procedure = procedure(vec![
        section("hunde", vec![question("groß", Kind::YesNo), question("leine", Kind::YesNo).when(yes("hunde.*.groß"))])
            .repeated(0, 3),
    ]);
    let evaluation = run(&procedure, json!({ "hunde": [{ "groß": false, "leine": true }, { "groß": true }] }));
    assert_eq!(problems(&evaluation), ["hunde.1.leine: Empty"]);
    assert_eq!(evaluation.answers["hunde"][0], json!({ "groß": false }));
}

#[test]
fn an_option_that_is_not_offered_is_no_choice() {
    let mut options = vec![choice("a"), choice("b")];
    options[1].condition = Some(yes("darf"));
    let procedure = procedure(vec![section(
        "s",
        vec![
            question("darf", Kind::YesNo),
            question("wahl", Kind::OneOf(Choices::Options(options.clone()))),
            question("wahlen", Kind::SeveralOf { choices: Choices::Options(options), max: None }),
        ],
    )]);
    let with = |darf: bool| run(&procedure, json!({ "darf": darf, "wahl": "b", "wahlen": ["a", "b"] }));
    assert_eq!(problems(&with(false)), ["wahl: NotAChoice", "wahlen: NotAChoice"]);
    assert!(with(true).problems.is_empty());
}

#[test]
fn an_end_page_hides_what_comes_after_its_section() {
    let mut procedure = procedure(vec![
        section("erst", vec![question("alter", whole(0, 120)), question("ort", line(1, 9))]),
        section("dann", vec![question("hund", Kind::YesNo)]),
    ]);
    procedure.end_pages = vec![
        end_page("zu_jung", "erst", is_in("alter", numbers(&[(None, Some(15))]))),
        end_page("kind", "erst", is_in("alter", numbers(&[(None, Some(5))]))),
    ];
    let stopped = run(&procedure, json!({ "alter": 3, "ort": "X", "hund": true }));
    assert_eq!(stopped.outcome, Outcome::EndPage { name: "zu_jung".to_owned(), after: 0 });
    assert_eq!(stopped.sections, [SectionState::Done, SectionState::NotAsked]);
    assert!(!stopped.answers.contains_key("hund"));
    // Something else is missing on that page: the way is not at its end.
    assert_eq!(run(&procedure, json!({ "alter": 3 })).outcome, Outcome::Open);
    assert_eq!(problems(&run(&procedure, json!({ "alter": 30, "ort": "X" }))), ["hund: Empty"]);
}

#[test]
fn a_stop_by_what_is_not_answered_yet_stops_nobody() {
    let mut procedure = procedure(vec![
        section("erst", vec![question("darf", Kind::YesNo)]),
        section("dann", vec![question("hund", Kind::YesNo)]),
    ]);
    procedure.end_pages = vec![end_page("nein", "erst", not(yes("darf")))];
    assert_eq!(run(&procedure, json!({})).sections, [SectionState::Open, SectionState::Open]);
    assert_eq!(run(&procedure, json!({ "darf": false })).sections, [SectionState::Done, SectionState::NotAsked]);
}

#[test]
fn pruned_answers_are_pruned_already() {
    let procedure = procedure(vec![
        section("s", vec![question("a", Kind::YesNo), question("b", whole(0, 3)).when(yes("a"))]),
        section("liste", vec![question("c", line(1, 3))]).repeated(0, 2).when(is_in("b", numbers(&[(Some(2), None)]))),
    ]);
    for answers in [
        json!({ "a": true, "b": 2, "liste": [{ "c": "x" }, { "d": 1 }], "e": [] }),
        json!({ "a": true, "b": 9, "liste": [{}] }),
        json!({ "a": null, "b": 3 }),
    ] {
        let once = run(&procedure, answers);
        let twice = run(&procedure, Json::Object(once.answers.clone()));
        assert_eq!(once.answers, twice.answers);
        assert_eq!(once.problems, twice.problems);
    }
}
