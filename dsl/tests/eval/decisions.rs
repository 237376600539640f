//! Fees, tables and where a case goes.

use std::collections::BTreeMap;
use std::sync::Arc;

use amtsweg_dsl::eval::{Outcome, Value};
use amtsweg_dsl::kind::Kind;
use amtsweg_dsl::model::*;
use serde_json::json;

use crate::build::*;

fn column(what: Calc) -> Column {
    Column { head: "Spalte".to_owned(), what }
}

fn row<T>(cells: Vec<Set>, then: T) -> Row<T> {
    Row { cells, then }
}

fn fee(name: &str, amount: Table<Calc>) -> Fee {
    Fee {
        name: name.to_owned(),
        title: Some(text(name)),
        condition: None,
        amount,
        for_each: None,
        per: None,
        payment: FeePayment::AfterNotice,
    }
}

fn only<T>(then: T) -> Table<T> {
    Table { columns: Vec::new(), rows: Vec::new(), otherwise: Some(then) }
}

fn sample() -> Procedure {
    let mut procedure = procedure(vec![
        section(
            "s",
            vec![
                question("stück", whole(0, 99)),
                optional(question("art", one_of(&["a", "b"]))),
                optional(question("ort", line(1, 12))),
            ],
        ),
        section("bäume", vec![question("umfang", whole(0, 999))]).repeated(0, 4),
    ]);
    let per_copy = Calc::Add(boxed(number(1500)), boxed(Calc::Mul(boxed(number(750)), boxed(answer("stück")))));
    let by_size = Table {
        columns: vec![column(answer("bäume.*.umfang"))],
        rows: vec![
            row(vec![numbers(&[(None, Some(80))])], number(1000)),
            row(vec![numbers(&[(Some(81), None)])], number(2500)),
        ],
        otherwise: None,
    };
    let mut trees = fee("bäume", by_size);
    trees.for_each = Some(to("bäume"));
    let mut special = fee("besonders", only(number(1)));
    special.condition = Some(is("art", "a"));
    procedure.fees = [fee("urkunden", only(per_copy)), trees, special].map(Arc::new).into();
    procedure
}

fn fees(procedure: &Procedure, answers: serde_json::Value) -> Vec<(String, i64)> {
    run(procedure, answers).fees.into_iter().map(|fee| (fee.name, fee.cents)).collect()
}

#[test]
fn fees_add_up_over_a_repeat() {
    let answers = json!({ "stück": 3, "art": "a", "bäume": [{ "umfang": 80 }, { "umfang": 81 }] });
    let named = |name: &str, cents| (name.to_owned(), cents);
    assert_eq!(fees(&sample(), answers), [named("urkunden", 3750), named("bäume", 3500), named("besonders", 1)]);
    assert_eq!(fees(&sample(), json!({ "stück": 0 })), [named("urkunden", 1500), named("bäume", 0)]);
    assert!(fees(&sample(), json!({ "stück": 3, "bäume": [{}] })).is_empty());
}

#[test]
fn a_table_decides_by_its_cells_and_by_no_answer() {
    let mut procedure = sample();
    let goes = |path: &str| Responsible::Authority(path.to_owned());
    procedure.responsibility = Some(Arc::new(Table {
        columns: vec![column(answer("art")), column(Calc::Computed("groß".to_owned()))],
        rows: vec![
            row(vec![keys(&["a"]), Set::any()], goes("amt/a")),
            row(vec![or_none(keys(&[])), bools(&[true])], goes("amt/groß")),
            row(vec![keys(&["b"]), bools(&[true])], Responsible::EndPage("ende".to_owned())),
        ],
        otherwise: Some(goes("amt/sonst")),
    }));
    procedure.computed = vec![computed_if("groß", compare(answer("stück"), Op::Gt, number(50)))];
    let outcome = |answers| run(&procedure, answers).outcome;
    let authority = |path: &str| Outcome::Authority(path.to_owned());
    assert_eq!(outcome(json!({ "stück": 60, "art": "a" })), authority("amt/a"));
    assert_eq!(outcome(json!({ "stück": 60 })), authority("amt/groß"));
    assert_eq!(outcome(json!({ "stück": 6, "art": "b" })), authority("amt/sonst"));
    assert_eq!(outcome(json!({ "stück": 60, "art": "b" })), Outcome::EndPage { name: "ende".to_owned(), after: 1 });
    assert_eq!(run(&procedure, json!({ "stück": 60, "art": "b" })).computed["groß"], Value::Bool(true));
    assert!(run(&procedure, json!({ "stück": 60, "art": "b" })).fees.is_empty());
}

#[test]
fn a_task_goes_to_the_authority_with_the_longest_key() {
    let mut procedure = sample();
    let authorities = [("01", "land"), ("01060", "kreis"), ("010600063063", "stadt")];
    procedure.responsibility = Some(Arc::new(only(Responsible::Task {
        task: "hundesteuer".to_owned(),
        place: to("ort"),
        authorities: authorities
            .map(|(key, path)| (key.to_owned(), path.to_owned()))
            .into_iter()
            .collect::<BTreeMap<_, _>>()
            .into(),
    })));
    let outcome = |ort: &str| run(&procedure, json!({ "stück": 1, "ort": ort })).outcome;
    let authority = |path: &str| Outcome::Authority(path.to_owned());
    assert_eq!(outcome("010600063063"), authority("stadt"));
    assert_eq!(outcome("010605043043"), authority("kreis"));
    assert_eq!(outcome("010020000000"), authority("land"));
    assert_eq!(outcome("020000000000"), Outcome::Open);
    assert_eq!(outcome("äöü"), Outcome::Open);
}

#[test]
fn facts_of_a_code_list_decide() {
    let value = |key: &str, free: bool| CodeValue {
        key: key.to_owned(),
        label: text(key),
        facts: BTreeMap::from([("freizügig".to_owned(), Fact::Bool(free))]),
        valid_from: None,
        valid_to: None,
    };
    let choices = amtsweg_dsl::kind::Choices::List { name: "staaten".to_owned(), only: None };
    let mut procedure = procedure(vec![section(
        "s",
        vec![
            question("staat", Kind::OneOf(choices)),
            question("titel", Kind::YesNo).when(is_in("staat#freizügig", bools(&[false]))),
        ],
    )]);
    procedure.lists.insert(
        "staaten".to_owned(),
        Arc::new(CodeList {
            title: text("Staaten"),
            source: None,
            values: vec![value("DK", true), value("US", false)],
        }),
    );
    assert!(goes_to_an_authority(&run(&procedure, json!({ "staat": "DK" }))));
    assert_eq!(problems(&run(&procedure, json!({ "staat": "US" }))), ["titel: Empty"]);
}

#[test]
fn an_amount_beyond_all_bounds_is_no_amount() {
    let mut procedure = sample();
    let huge = Calc::Mul(boxed(Calc::Number(rust_decimal::Decimal::MAX)), boxed(answer("stück")));
    procedure.fees =
        [fee("huge", only(huge)), fee("part", only(Calc::Number("0.5".parse().unwrap())))].map(Arc::new).into();
    assert!(fees(&procedure, json!({ "stück": 9 })).is_empty());
}
