//! Each construct by itself, in both directions.

use std::sync::Arc;

use amtsweg_dsl::kind::{Choices, Kind};
use amtsweg_dsl::model::*;
use serde_json::json;

use crate::build::*;
use crate::compare::Pair;

const YES: &str = "accepted";
const NO: &str = "refused by both";
const REST: &str = "refused by the remainder";

fn whole_said(procedure: &Procedure) -> Pair<'_> {
    let pair = Pair::new(procedure, "construct");
    assert!(pair.all_said, "{:#}", pair.schema);
    pair
}

#[test]
fn asked_only_if() {
    let procedure = procedure(vec![section(
        "s",
        vec![question("hund", Kind::YesNo), question("rasse", line(1, 9)).when(yes("hund"))],
    )]);
    let pair = whole_said(&procedure);
    pair.verdict(json!({}), NO);
    pair.verdict(json!({ "hund": false }), YES);
    pair.verdict(json!({ "hund": true }), NO);
    pair.verdict(json!({ "hund": true, "rasse": "x" }), YES);
    pair.verdict(json!({ "hund": false, "rasse": "x" }), NO);
    pair.verdict(json!({ "hund": false, "fremd": "x" }), NO);
    pair.verdict(json!([]), NO);
}

#[test]
fn a_section_hides_its_questions_and_what_depends_on_them() {
    let procedure = procedure(vec![
        section("s", vec![question("a", Kind::YesNo)]),
        section("t", vec![question("b", Kind::YesNo), question("c", line(1, 9)).when(yes("b"))]).when(yes("a")),
        section("u", vec![question("d", Kind::YesNo)]).when(not(yes("b"))),
    ]);
    let pair = whole_said(&procedure);
    pair.verdict(json!({ "a": false, "d": true }), YES);
    pair.verdict(json!({ "a": false }), NO);
    pair.verdict(json!({ "a": true, "b": true, "c": "x" }), YES);
    pair.verdict(json!({ "a": true, "b": true }), NO);
    pair.verdict(json!({ "a": false, "b": true, "c": "x" }), NO);
}

#[test]
fn a_repeated_section_with_conditions_in_and_around_its_entries() {
    let mut procedure = procedure(vec![
        section("s", vec![question("genau", Kind::YesNo)]),
        section(
            "hunde",
            vec![
                question("alt", Kind::YesNo),
                question("jahre", whole(0, 30)).when(Condition::All(vec![yes("genau"), yes("hunde.*.alt")])),
                optional(question(
                    "halter",
                    block(vec![question("name", line(1, 9)), question("tel", line(1, 9)).when(yes("genau"))]),
                )),
            ],
        )
        .repeated(1, 2),
    ]);
    let pair = whole_said(&procedure);
    pair.verdict(json!({ "genau": true, "hunde": [{ "alt": true, "jahre": 3 }, { "alt": false }] }), YES);
    pair.verdict(json!({ "genau": true, "hunde": [{ "alt": true }] }), NO);
    pair.verdict(json!({ "genau": false, "hunde": [{ "alt": true }] }), YES);
    pair.verdict(json!({ "genau": false, "hunde": [{ "alt": true, "jahre": 3 }] }), NO);
    pair.verdict(json!({ "genau": true, "hunde": [] }), NO);
    pair.verdict(json!({ "genau": true }), NO);
    pair.verdict(json!({ "genau": true, "hunde": [{ "alt": false, "x": 1 }] }), NO);
    pair.verdict(json!({ "genau": true, "hunde": [{ "alt": false, "halter": { "name": "A" } }] }), NO);
    pair.verdict(json!({ "genau": true, "hunde": [{ "alt": false, "halter": { "name": "A", "tel": "1" } }] }), YES);
    pair.verdict(json!({ "genau": false, "hunde": [{ "alt": false, "halter": {} }] }), NO);

    Arc::make_mut(&mut procedure.sections[1]).condition = Some(yes("genau"));
    let pair = whole_said(&procedure);
    pair.verdict(json!({ "genau": false }), YES);
    pair.verdict(json!({ "genau": false, "hunde": [{ "alt": false }] }), NO);
}

#[test]
fn counts_and_quantifiers() {
    let count = |with| Calc::Count { list: to("hunde"), with };
    let big = || Some(Box::new(yes("hunde.*.groß")));
    let then = |key: &str, condition| question(key, Kind::YesNo).when(condition);
    let procedure = procedure(vec![
        section("hunde", vec![question("groß", Kind::YesNo)]).repeated(0, 4),
        section(
            "s",
            vec![
                then("viele", compare(count(None), Op::Gt, number(2))),
                then("keiner", compare(count(None), Op::Eq, number(0))),
                then("zwei_große", Condition::In { what: count(big()), set: numbers(&[(Some(2), Some(2))]) }),
                then("ein_großer", some("hunde", yes("hunde.*.groß"))),
                then("nur_große", every("hunde", yes("hunde.*.groß"))),
            ],
        ),
    ]);
    let pair = whole_said(&procedure);
    pair.verdict(json!({ "keiner": true, "nur_große": true }), YES);
    pair.verdict(json!({ "hunde": [], "keiner": true, "nur_große": true }), YES);
    pair.verdict(json!({ "nur_große": true }), NO);
    pair.verdict(json!({ "hunde": [{ "groß": true }, { "groß": false }], "ein_großer": true }), YES);
    pair.verdict(json!({ "hunde": [{ "groß": true }, { "groß": false }] }), NO);
    pair.verdict(
        json!({ "hunde": [{ "groß": true }, { "groß": true }, { "groß": false }], "viele": true, "zwei_große": true, "ein_großer": false }),
        YES,
    );
}

#[test]
fn options_that_are_offered_only_if() {
    let mut options = vec![choice("a"), choice("b")];
    options[1].condition = Some(yes("darf"));
    let procedure = procedure(vec![section(
        "s",
        vec![
            question("darf", Kind::YesNo),
            question("wahl", Kind::OneOf(Choices::Options(options.clone()))),
            optional(question("wahlen", Kind::SeveralOf { choices: Choices::Options(options), max: None })),
        ],
    )]);
    let pair = whole_said(&procedure);
    pair.verdict(json!({ "darf": true, "wahl": "b", "wahlen": ["a", "b"] }), YES);
    pair.verdict(json!({ "darf": false, "wahl": "b" }), NO);
    pair.verdict(json!({ "darf": false, "wahl": "a", "wahlen": ["b"] }), NO);
    pair.verdict(json!({ "darf": false, "wahl": "a", "wahlen": ["a"] }), YES);
}

#[test]
fn what_a_schema_cannot_say_stands_beside_it() {
    let mut procedure = procedure(vec![section(
        "s",
        vec![
            question("von", whole(0, 9)),
            question("bis", whole(0, 9)),
            question("mehr", Kind::YesNo).when(Condition::All(vec![
                is_in("von", numbers(&[(Some(5), None)])),
                compare(answer("von"), Op::Lt, answer("bis")),
            ])),
        ],
    )]);
    procedure.rules = vec![rule("ordnung", "bis", compare(answer("von"), Op::Le, answer("bis")))];
    let pair = Pair::new(&procedure, "remainder");
    assert_eq!(pair.schema["x-amtsweg-conditions"][0]["at"], json!(["/mehr"]));
    assert_eq!(pair.schema["x-amtsweg-rules"][0]["at"], "/bis");
    pair.verdict(json!({ "von": 5, "bis": 6, "mehr": true }), YES);
    pair.verdict(json!({ "von": 5, "bis": 6 }), REST);
    pair.verdict(json!({ "von": 5, "bis": 5, "mehr": true }), REST);
    pair.verdict(json!({ "von": 5, "bis": 4 }), REST);
    // Half of the condition can be said, and is.
    pair.verdict(json!({ "von": 4, "bis": 6, "mehr": true }), NO);
    pair.verdict(json!({ "von": 4, "bis": 6 }), YES);
}

#[test]
fn rules_that_a_schema_can_say_leave_no_remainder() {
    let mut procedure = procedure(vec![
        section("s", vec![optional(question("mail", line(1, 9))), optional(question("ruf", line(1, 9)))]),
        section("hunde", vec![question("alter", whole(0, 30))]).repeated(0, 3),
    ]);
    let group = Condition::Group { quantity: Quantity::ExactlyOne, answers: vec![to("mail"), to("ruf")] };
    procedure.rules = vec![
        rule("einer", "ruf", group),
        rule("jung", "hunde.*.alter", every("hunde", compare(answer("hunde.*.alter"), Op::Lt, number(20)))),
    ];
    let pair = whole_said(&procedure);
    pair.verdict(json!({}), NO);
    pair.verdict(json!({ "mail": "x" }), YES);
    pair.verdict(json!({ "mail": "x", "ruf": "y" }), NO);
    pair.verdict(json!({ "mail": "x", "hunde": [{ "alter": 3 }, { "alter": 20 }] }), NO);
    pair.verdict(json!({ "mail": "x", "hunde": [{ "alter": 3 }] }), YES);
}

#[test]
fn answers_that_end_on_an_end_page_are_no_submission() {
    let mut procedure = procedure(vec![
        section("s", vec![question("alter", whole(0, 99)), question("art", one_of(&["a", "b"]))]),
        section("t", vec![question("ja", Kind::YesNo)]),
    ]);
    procedure.end_pages = vec![end_page("jung", "s", is_in("alter", numbers(&[(None, Some(15))])))];
    procedure.responsibility = Some(Arc::new(Table {
        columns: vec![Column { head: "art".to_owned(), what: answer("art") }],
        rows: vec![
            Row { cells: vec![keys(&["a"])], then: Responsible::Authority("amt".to_owned()) },
            Row { cells: vec![keys(&["b"])], then: Responsible::EndPage("woanders".to_owned()) },
        ],
        otherwise: None,
    }));
    let pair = whole_said(&procedure);
    pair.verdict(json!({ "alter": 16, "art": "a", "ja": true }), YES);
    pair.verdict(json!({ "alter": 15, "art": "a" }), NO);
    pair.verdict(json!({ "alter": 15, "art": "a", "ja": true }), NO);
    pair.verdict(json!({ "alter": 16, "art": "b", "ja": true }), NO);
}

#[test]
fn municipalities_and_computed_values() {
    let within = Set {
        values: Values::Municipalities {
            within: vec!["01060".to_owned(), "02".to_owned()],
            except: vec!["010600063063".to_owned()],
        },
        no_answer: false,
    };
    let mut procedure = procedure(vec![section(
        "s",
        vec![
            question("ort", line(1, 12)),
            question("kreis", Kind::YesNo).when(is_in("ort", within)),
            question("ja", Kind::YesNo)
                .when(Condition::In { what: Calc::Computed("dort".to_owned()), set: bools(&[true]) }),
        ],
    )]);
    procedure.computed = vec![computed_if("dort", yes("kreis"))];
    let pair = whole_said(&procedure);
    pair.verdict(json!({ "ort": "010605043043", "kreis": false }), YES);
    pair.verdict(json!({ "ort": "010605043043", "kreis": true, "ja": false }), YES);
    pair.verdict(json!({ "ort": "010605043043", "kreis": true }), NO);
    pair.verdict(json!({ "ort": "010600063063" }), YES);
    pair.verdict(json!({ "ort": "010600063063", "kreis": true }), NO);
    pair.verdict(json!({ "ort": "020000000000", "kreis": false }), YES);
    pair.verdict(json!({ "ort": "030000000000", "kreis": false }), NO);
}

#[test]
fn a_topic_takes_no_answers() {
    let mut procedure = procedure(vec![section("s", vec![])]);
    procedure.responsibility = None;
    whole_said(&procedure).verdict(json!({}), NO);
}

#[test]
fn texts_are_brought_to_nfc_before_the_schema_looks_at_them() {
    let procedure = procedure(vec![section("s", vec![question("name", line(1, 1))])]);
    let pair = whole_said(&procedure);
    let evaluation = run(&procedure, json!({ "name": "a\u{308}" }));
    assert!(goes_to_an_authority(&evaluation));
    pair.verdict(evaluation.answers.into(), YES);
}

#[test]
fn seasons() {
    let day_of = |month, day| MonthDay { month, day };
    let season = |ranges: &[(MonthDay, MonthDay)]| Set { values: Values::Season(ranges.to_vec()), no_answer: false };
    let procedure = procedure(vec![section(
        "s",
        vec![
            question("tag", day()),
            question("winter", Kind::YesNo).when(is_in("tag", season(&[(day_of(10, 1), day_of(2, 29))]))),
            question("ostern", Kind::YesNo)
                .when(is_in("tag", season(&[(day_of(3, 22), day_of(4, 25)), (day_of(12, 31), day_of(12, 31))]))),
        ],
    )]);
    let pair = whole_said(&procedure);
    for (day, winter, easter) in [
        ("2027-10-01", true, false),
        ("2027-12-31", true, true),
        ("2028-02-29", true, false),
        ("2027-02-28", true, false),
        ("2027-03-01", false, false),
        ("2027-03-22", false, true),
        ("2027-04-25", false, true),
        ("2027-04-26", false, false),
        ("2027-09-30", false, false),
    ] {
        for (has_winter, has_easter) in [(false, false), (true, false), (false, true), (true, true)] {
            let mut answers = json!({ "tag": day });
            for (key, has) in [("winter", has_winter), ("ostern", has_easter)] {
                if has {
                    answers[key] = json!(true);
                }
            }
            let right = (winter, easter) == (has_winter, has_easter);
            pair.verdict(answers, if right { YES } else { NO });
        }
    }
}

#[test]
fn a_rule_is_not_broken_where_none_of_its_questions_is_asked() {
    let lacks = || not(answered("hunde.*.chip"));
    for holds in [not(some("hunde", lacks())), every("hunde", answered("hunde.*.chip"))] {
        let chip = optional(question("chip", whole(0, 99))).when(yes("hunde.*.groß"));
        let mut procedure = procedure(vec![section("hunde", vec![question("groß", Kind::YesNo), chip]).repeated(1, 3)]);
        procedure.rules = vec![rule("chip", "hunde.*.chip", holds)];
        let pair = whole_said(&procedure);
        pair.verdict(json!({ "hunde": [{ "groß": false }] }), YES);
        pair.verdict(json!({ "hunde": [{ "groß": false }, { "groß": true, "chip": 1 }] }), YES);
        pair.verdict(json!({ "hunde": [{ "groß": false }, { "groß": true }] }), NO);
    }
}
