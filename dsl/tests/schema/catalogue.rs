//! The procedures that ship: their examples, and mistakes in them.

use std::path::Path;

use amtsweg_dsl::emit;
use amtsweg_dsl::model::{Catalogue, Language};
use amtsweg_dsl::region::Regions;
use amtsweg_dsl::syntax::Sources;
use jiff::civil::date;
use serde_json::Value as Json;

use crate::answers::spoil;
use crate::compare::Pair;
use crate::random::Random;

fn catalogue() -> Catalogue {
    let mut sources = Sources::new();
    read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../forms"), "", &mut sources);
    amtsweg_dsl::compile(&sources, Regions::shipped(), date(2026, 11, 22)).0
}

fn read(folder: &Path, prefix: &str, sources: &mut Sources) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let path = format!("{prefix}{}", entry.file_name().into_string().unwrap());
        if entry.file_type().unwrap().is_dir() {
            read(&entry.path(), &format!("{path}/"), sources);
        } else if path.ends_with(".amt") {
            sources.add(&path, &std::fs::read(entry.path()).unwrap()).unwrap();
        }
    }
}

#[test]
fn examples_and_mistakes_in_them() {
    let (mut accepted, mut refused) = (0, 0);
    for procedure in catalogue().procedures.values().flatten() {
        for (seed, example) in procedure.examples.iter().enumerate() {
            let name = format!("{} {}", procedure.path, example.name);
            let pair = Pair::at(procedure, &name, example.at, Regions::shipped());
            let answers = Json::Object(example.answers.clone());
            let mut count = |verdict| {
                if verdict == "accepted" { accepted += 1 } else { refused += 1 }
            };
            count(pair.compare(&answers));
            let mut random = Random::new(seed as u64);
            for _ in 0..200 {
                let mut wrong = answers.clone();
                spoil(&mut wrong, procedure, &mut random);
                count(pair.compare(&wrong));
            }
        }
    }
    assert!(accepted > 20 && refused > 1000, "{accepted} accepted, {refused} refused");
}

#[test]
fn every_procedure_has_a_schema_in_each_language() {
    for procedure in catalogue().procedures.values().flatten() {
        for language in [Language::German, Language::English, Language::Easy] {
            let schema = emit::schema(procedure, language);
            assert!(jsonschema::meta::is_valid(&schema), "{}", procedure.path);
            assert!(jsonschema::draft202012::new(&schema).is_ok(), "{}", procedure.path);
        }
    }
}
