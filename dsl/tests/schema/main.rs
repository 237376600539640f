//! The schema and the evaluator say the same.
//!
//! For every JSON value: the evaluator accepts it exactly when the schema accepts it and the
//! remainder holds that stands in the schema.

#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

mod answers;
#[path = "../eval/build.rs"]
#[expect(dead_code, reason = "the tests of the evaluator use the rest")]
mod build;
mod catalogue;
mod compare;
mod constructs;
mod everything;
mod procedures;
mod random;
mod remainder;
mod third;

use std::collections::BTreeMap;

use amtsweg_dsl::model::Language;
use serde_json::json;

use crate::random::Random;

/// Random procedures, and for each answers that are right or nearly so.
#[test]
fn random_procedures_and_answers() {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let mut third = third::Third::start();
    for seed in 0..procedures_to_try() {
        let mut tried = Vec::new();
        let mut random = Random::new(seed);
        let procedure = procedures::procedure(&mut random);
        let pair = compare::Pair::new(&procedure, &format!("seed {seed}"));
        for _ in 0..60 {
            let right = answers::answers(&procedure, &mut random);
            *seen.entry(pair.compare(&right)).or_default() += 1;
            tried.push(right.clone());
            for _ in 0..3 {
                let mut wrong = right.clone();
                answers::spoil(&mut wrong, &procedure, &mut random);
                *seen.entry(pair.compare(&wrong)).or_default() += 1;
                tried.push(wrong);
            }
        }
        if let Some(third) = &mut third {
            let verdicts = third.verdicts(&pair.schema, &tried);
            for (answers, valid) in tried.iter().zip(verdicts) {
                assert_eq!(pair.is_valid(answers), valid, "seed {seed}: ajv differs\n{answers}\n{:#}", pair.schema);
                *seen.entry("ajv agrees").or_default() += 1;
            }
        }
        *seen.entry(if pair.all_said { "schema says it all" } else { "schema has a remainder" }).or_default() += 1;
    }
    println!("{seen:?}");
    // The comparison is worth something only where all cases come up often.
    for (case, least) in [("accepted", 10), ("refused by both", 30), ("refused by the remainder", 1)] {
        assert!(
            seen.get(case).copied().unwrap_or(0) * 1000 >= least * 240 * procedures_to_try() as usize / 4,
            "{case}: {seen:?}"
        );
    }
    assert!(seen["schema says it all"] > 0 && seen["schema has a remainder"] > 0, "{seen:?}");
}

/// Small procedures, and every combination of answers that stand for all others.
#[test]
fn every_combination_in_small_procedures() {
    let (mut procedures, mut combinations) = (0, 0);
    let mut third = third::Third::start();
    for seed in 0..procedures_to_try() {
        let procedure = procedures::small(&mut Random::new(seed));
        let Some(all) = everything::combinations(&procedure) else { continue };
        let pair = compare::Pair::new(&procedure, &format!("small, seed {seed}"));
        procedures += 1;
        combinations += all.len();
        all.iter().for_each(|answers| {
            pair.compare(answers);
        });
        if let Some(third) = &mut third {
            for (answers, valid) in all.iter().zip(third.verdicts(&pair.schema, &all)) {
                assert_eq!(pair.is_valid(answers), valid, "seed {seed}: ajv differs\n{answers}\n{:#}", pair.schema);
            }
        }
    }
    println!("{procedures} procedures with {combinations} combinations");
    assert!(procedures * 3 > procedures_to_try(), "{procedures} are small enough");
}

/// How many procedures are tried; more with `TEST_PROCEDURES=10000`.
fn procedures_to_try() -> u64 {
    std::env::var("TEST_PROCEDURES").ok().and_then(|text| text.parse().ok()).unwrap_or(150)
}

#[test]
fn the_head_of_a_schema() {
    let mut procedure = build::procedure(vec![]);
    procedure.path = "stadt/x/baum_fällen".to_owned();
    let schema = amtsweg_dsl::emit::schema(&procedure, Language::German);
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    assert_eq!(schema["$id"], "urn:amtsweg:stadt/x/baum_faellen:1:de");
    assert_eq!(schema["title"], "Antrag");
    assert_eq!(schema["unevaluatedProperties"], json!(false));
}
