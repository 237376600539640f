//! What an evaluation costs beside parsing the answers that it looks at.

#[path = "../tests/eval/build.rs"]
#[expect(dead_code, clippy::panic, reason = "the tests of the evaluator use the rest")]
mod build;

use std::hint::black_box;

use amtsweg_dsl::emit::schema;
use amtsweg_dsl::eval::evaluate;
use amtsweg_dsl::kind::Kind;
use amtsweg_dsl::model::{Calc, Language, Op, Procedure};
use amtsweg_dsl::region::Regions;
use build::*;
use criterion::{Criterion, criterion_group, criterion_main};
use serde_json::{Map, Value as Json, json};

/// Ten questions on one page, three of them conditional, with a rule.
fn page() -> (Procedure, Json) {
    let person = vec![
        question("vorname", Kind::GivenName),
        question("familienname", Kind::FamilyName),
        question("email", Kind::Email),
    ];
    let mut procedure = procedure(vec![section(
        "antrag",
        vec![
            question("person", block(person)),
            question("wohnung", one_of(&["haupt", "neben"])),
            question("plz", Kind::Postcode).when(is("wohnung", "haupt")),
            question("seit", day()),
            question("stunden", whole(1, 80)),
            question("wochen", whole(1, 52)),
            optional(question("mehr", line(1, 500))).when(compare(answer("stunden"), Op::Gt, number(10))),
            question("zwecke", several_of(&["a", "b", "c"], None)),
            question("ja", Kind::YesNo).when(answered("mehr")),
            question("erklärt", Kind::Declaration),
        ],
    )]);
    let year = Calc::Mul(boxed(answer("stunden")), boxed(answer("wochen")));
    procedure.computed = vec![computed("jahr", year)];
    procedure.rules = vec![rule("genug", "wochen", compare(Calc::Computed("jahr".to_owned()), Op::Ge, number(150)))];
    let answers = json!({
        "person": { "vorname": "Jörg", "familienname": "Müller-Lüdenscheidt", "email": "joerg@example.org" },
        "wohnung": "haupt",
        "plz": "22846",
        "seit": "2027-03-01",
        "stunden": 12,
        "wochen": 40,
        "mehr": "Seit drei Jahren bin ich in der Freiwilligen Feuerwehr.",
        "zwecke": ["a", "c"],
        "ja": true,
        "erklärt": true,
    });
    (procedure, answers)
}

/// Twenty entries of five questions each.
fn repeat() -> (Procedure, Json) {
    let procedure = procedure(vec![
        section(
            "hunde",
            vec![
                question("rufname", line(1, 50)),
                question("chip", Kind::Digits(Default::default())),
                question("alt", Kind::YesNo),
                question("jahre", whole(0, 30)).when(yes("hunde.*.alt")),
                question("seit", day()),
            ],
        )
        .repeated(1, 20),
    ]);
    let entry = |n: usize| json!({ "rufname": "Rex", "chip": format!("27609{n:010}"), "alt": true, "jahre": 7, "seit": "2027-03-01" });
    let answers = json!({ "hunde": (0..20).map(entry).collect::<Vec<_>>() });
    (procedure, answers)
}

fn benches(c: &mut Criterion) {
    let regions = Regions::default();
    for (name, (procedure, answers)) in [("page of 10 questions", page()), ("repeat of 20 entries", repeat())] {
        let (text, answers) = (answers.to_string(), object(answers));
        assert!(goes_to_an_authority(&evaluate(&procedure, &answers, noon(), &regions)));
        let mut group = c.benchmark_group(name);
        group.bench_function("parse the answers", |b| {
            b.iter(|| serde_json::from_str::<Map<String, Json>>(black_box(&text)).ok());
        });
        group.bench_function("evaluate", |b| {
            b.iter(|| evaluate(black_box(&procedure), black_box(&answers), noon(), &regions));
        });
        group.bench_function("emit the schema", |b| {
            b.iter(|| schema(black_box(&procedure), Language::German));
        });
        group.finish();
    }
}

criterion_group!(all, benches);
criterion_main!(all);
