//! Values in texts.

use std::sync::Arc;

use amtsweg_dsl::eval::{Evaluator, Path, PathStep};
use amtsweg_dsl::kind::{Kind, NumberLimits};
use amtsweg_dsl::model::*;
use amtsweg_dsl::region::Regions;
use jiff::civil::date;
use serde_json::json;

use crate::build::*;

fn sample() -> Procedure {
    let mut procedure = procedure(vec![
        section(
            "s",
            vec![
                question("name", line(1, 20)),
                question("groesse", Kind::Whole(NumberLimits::default())),
                question("person", block(vec![question("vorname", line(1, 20))])),
            ],
        ),
        section("hunde", vec![question("rufname", line(1, 20)), question("name", line(1, 20))]).repeated(0, 3),
    ]);
    let constant = |name: &str, value, unit: Option<&str>| Constant {
        name: name.to_owned(),
        value,
        unit: unit.map(str::to_owned),
    };
    procedure.constants = vec![
        constant("satz", number(125_050), Some("€ je Jahr")),
        constant("frist", number(14), Some("Tage")),
        constant("einer", number(1), Some("Tage")),
        constant("menge", Calc::Number("2.5".parse().unwrap()), Some("Stunden je Woche")),
        constant("Gebiet", Calc::Key("Norderstedt".to_owned()), None),
        constant("wahltag", Calc::Date(date(2027, 4, 18)), None),
    ];
    procedure.computed = vec![
        Arc::new(Computed {
            unit: Some("Stunden".to_owned()),
            ..Arc::unwrap_or_clone(computed("stunden", Calc::Mul(boxed(answer("groesse")), boxed(number(1000)))))
        }),
        computed("leer", answer("fehlt")),
    ];
    procedure
}

#[track_caller]
fn check(text: &str, language: Language, expected: &str) {
    let (procedure, regions) = (sample(), Regions::default());
    let answers = object(
        json!({ "name": "Ada", "groesse": 3, "person": { "vorname": "Eva" }, "hunde": [{ "rufname": "Rex", "name": "A" }, { "rufname": "Bello", "name": "B" }] }),
    );
    let evaluator = Evaluator::new(&procedure, &answers, noon(), &regions);
    assert_eq!(evaluator.fill(text, language, &[1]), expected);
}

#[test]
fn answers_by_name_and_by_path() {
    check("Guten Tag, {name}!", Language::German, "Guten Tag, Ada!");
    check("{größe} und {person.vorname}", Language::German, "3 und Eva");
    check("{rufname} oder {hunde.rufname}", Language::German, "Bello oder Bello");
}

#[test]
fn the_town_that_has_adopted() {
    check("{Gebiet}", Language::German, "Norderstedt");
}

#[test]
fn braces_and_names_that_nothing_has() {
    check("{{name}} {unbekannt} {name", Language::German, "{name} {unbekannt} {name");
    check("<{leer}>", Language::German, "<>");
    check("", Language::German, "");
}

#[test]
fn numbers_with_their_units() {
    check("{frist}", Language::German, "14 Tage");
    check("{frist}", Language::English, "14 days");
    check("{einer}", Language::German, "1 Tag");
    check("{einer}", Language::English, "1 day");
    check("{menge}", Language::German, "2,5 Stunden je Woche");
    check("{menge}", Language::English, "2.5 hours per week");
    check("{stunden}", Language::German, "3.000 Stunden");
    check("{stunden}", Language::English, "3,000 hours");
    check("{wahltag}", Language::German, "18. April 2027");
}

#[test]
fn the_own_entry_comes_first() {
    let (procedure, regions) = (sample(), Regions::default());
    let answers = object(json!({ "name": "Ada", "hunde": [{ "name": "A" }, { "name": "B" }] }));
    let evaluator = Evaluator::new(&procedure, &answers, noon(), &regions);
    let path = Path(vec![PathStep::Key("hunde".to_owned()), PathStep::Index(1), PathStep::Key("rufname".to_owned())]);
    assert_eq!(evaluator.fill_at("{name}", Language::German, &path), "B");
    assert_eq!(evaluator.fill_at("{name}", Language::German, &Path::default()), "Ada");
}

#[test]
fn the_message_of_a_rule_is_filled_in_its_entry() {
    let mut procedure = sample();
    procedure.rules =
        vec![rule("{rufname} ist zu kurz für {name}", "hunde.*.rufname", every("hunde", is("hunde.*.rufname", "Rex")))];
    let answers = json!({ "name": "Ada", "groesse": 3, "person": { "vorname": "Eva" }, "hunde": [{ "rufname": "Rex", "name": "A" }, { "rufname": "Bo", "name": "B" }] });
    assert_eq!(problems(&run(&procedure, answers)), ["hunde.1.rufname: Bo ist zu kurz für B"]);
}
