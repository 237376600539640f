//! Answers that nobody means well with.

use amtsweg_dsl::eval::{Evaluator, Outcome, unasked};
use amtsweg_dsl::kind::Kind;
use amtsweg_dsl::model::*;
use amtsweg_dsl::region::Regions;
use serde_json::{Value as Json, json};

use crate::build::*;

fn sample() -> Procedure {
    let mut procedure = procedure(vec![
        section(
            "s",
            vec![
                question("a", line(1, 9)),
                question("b", several_of(&["x", "y"], Some(1))),
                question("c", whole(0, 9)),
                question("p", block(vec![question("q", day())])),
            ],
        ),
        section(
            "l",
            vec![
                question("n", whole(0, 9)),
                question("m", Kind::YesNo).when(not(is_in("l.*.n", numbers(&[(Some(5), None)])))),
            ],
        )
        .repeated(0, 3),
    ]);
    procedure.rules = vec![rule("verschieden", "l.*.n", Condition::Distinct { list: to("l"), by: to("l.*.n") })];
    procedure
}

#[test]
fn every_shape_in_every_place_is_refused_without_a_panic() {
    let deep =
        (0..100).fold(json!(1), |inner, level| if level % 2 == 0 { json!([inner]) } else { json!({ "x": inner }) });
    let wide: Json = (0..20_000).map(|n| json!({ "n": n })).collect();
    let shapes = [
        json!(null),
        json!(true),
        json!(-1),
        json!(1e300),
        json!(u64::MAX),
        json!(0.1),
        json!("\u{0}"),
        json!("x".repeat(100_000)),
        json!([]),
        json!([[]]),
        json!({}),
        json!({ "": {} }),
        deep,
        wide,
    ];
    let procedure = sample();
    for key in ["a", "b", "c", "p", "l", ""] {
        for shape in &shapes {
            let answers = object(json!({ key: shape }));
            let evaluation = run(&procedure, Json::Object(answers.clone()));
            assert_eq!(evaluation.outcome, Outcome::Open, "{key}");
            assert!(!evaluation.problems.is_empty());
            let _ = unasked(&procedure, &answers, noon(), &Regions::default());
            let regions = Regions::default();
            let evaluator = Evaluator::new(&procedure, &answers, noon(), &regions);
            for rule in &procedure.rules {
                let _ = evaluator.holds(&rule.holds, &[]);
            }
            let _ = evaluator.fill("{a} {b} {c} {p.q} {l.n} {n} {{ } {", Language::German, &[0]);
        }
    }
}

#[test]
fn a_list_without_end_is_kept_up_to_a_bound() {
    let entries: Json = (0..50_000).map(|_| json!({ "n": 1 })).collect();
    let evaluation = run(&sample(), json!({ "l": entries }));
    assert_eq!(evaluation.answers["l"].as_array().map(Vec::len), Some(103));
    assert!(problems(&evaluation).contains(&"l: TooManyEntries(3)".to_owned()));
}

#[test]
fn a_wrong_answer_that_is_too_deep_to_be_shown_is_cut() {
    let deep = (0..90).fold(json!(1), |inner, _| json!([inner]));
    let evaluation = run(&sample(), json!({ "a": deep }));
    assert_eq!(evaluation.answers["a"], json!([[[[null]]]]));
}
