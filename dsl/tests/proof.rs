//! What is proved of tables, against trying every case: random tables over few answers.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that fails panics")]

#[path = "schema/random.rs"]
#[expect(dead_code, reason = "the comparison of schemas uses the rest")]
mod random;

use amtsweg_dsl::diagnostic::Diagnostic;
use amtsweg_dsl::eval::{Outcome, evaluate};
use amtsweg_dsl::model::Language;
use amtsweg_dsl::region::Regions;
use amtsweg_dsl::syntax::Sources;
use random::Random;
use serde_json::{Value as Json, json};

/// A choice, yes or no, a number, a choice that is asked after a yes only, and the entries of a repeat that is asked
/// after a yes only.
const QUESTIONS: &str = r#"Sprache: Deutsch
Antrag probe "Eine Probe"
  Fassung: 1, gültig ab 01.01.2026
  Aufbewahrung: 1 Jahr nach Erledigung
  Rechtsgrundlage: "§ 1"
  Frist: keine
  Wie es weitergeht: "Wir schreiben Ihnen."

Abschnitt eins "Angaben"
  Frage sorte "Welche Sorte?"
    Art: eine von
    - x "X"
    - y "Y"
    - z "Z"
  Frage ja "Stimmt das?"
    Art: Ja oder Nein
  Frage zahl "Wie viele?"
    Art: ganze Zahl, 0 bis 5
  Frage teil "Welcher Teil?"
    Art: eine von
    - p "P"
    - q "Q"
    nur wenn: ja = Ja

Abschnitt dinge "Dinge"
  wiederholt: 1 bis 3 mal, je "Ding"
  nur wenn: ja = Ja
  Frage ding "Was ist es?"
    Art: Text, höchstens 20 Zeichen

Endseite nirgends "Niemand"
  Text: "Niemand ist zuständig."
"#;

const OFFICES: &str = r#"Sprache: Deutsch
Stelle eins "Amt eins"
  Ebene: Land
  Gebiet: Land Schleswig-Holstein
  Kanal: E-Mail eins@amt.example
Stelle zwei "Amt zwei"
  Ebene: Land
  Gebiet: Land Schleswig-Holstein
  Kanal: E-Mail zwei@amt.example
"#;

const COLUMNS: [&str; 5] = ["sorte", "ja", "zahl", "teil", "Anzahl dinge"];

/// One way to fill the form: an index into the choices, or the number; `None` where nothing is asked.
type Case = [Option<u32>; 5];

fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for sort in 0..3 {
        for number in 0..6 {
            cases.push([Some(sort), Some(0), Some(number), None, Some(0)]);
            for part in 0..2 {
                for count in 1..4 {
                    cases.push([Some(sort), Some(1), Some(number), Some(part), Some(count)]);
                }
            }
        }
    }
    cases
}

fn answers(case: &Case) -> Json {
    let mut answers = json!({
        "sorte": word(0, case[0]),
        "ja": case[1] == Some(1),
        "zahl": case[2],
    });
    if let Some(part) = case[3] {
        answers["teil"] = json!(word(3, Some(part)));
        answers["dinge"] = json!(vec![json!({ "ding": "Ding" }); case[4].unwrap() as usize]);
    }
    answers
}

/// A value of a column as the language writes it.
fn word(column: usize, value: Option<u32>) -> String {
    match (column, value) {
        (_, None) => "keine Antwort".to_owned(),
        (0, Some(value)) => ["x", "y", "z"][value as usize].to_owned(),
        (1, Some(value)) => ["Nein", "Ja"][value as usize].to_owned(),
        (3, Some(value)) => ["p", "q"][value as usize].to_owned(),
        (_, Some(value)) => value.to_string(),
    }
}

/// A cell: its text, and the values that it holds.
struct Cell {
    text: String,
    holds: Box<dyn Fn(Option<u32>) -> bool>,
}

fn cell(column: usize, random: &mut Random) -> Cell {
    let count = [3, 2, 6, 2, 4][column];
    let mut some = || u32::try_from(random.below(count)).unwrap();
    let (low, high) = (some(), some());
    let (low, high) = (low.min(high), low.max(high));
    let one = move |text: String, holds: Box<dyn Fn(Option<u32>) -> bool>| Cell { text, holds };
    match (column, random.below(6)) {
        (_, 0 | 1) => one("beliebig".to_owned(), Box::new(|_| true)),
        (3, 2 | 3) => one("keine Antwort".to_owned(), Box::new(|value| value.is_none())),
        (2 | 4, 2) => one(format!("bis {low}"), Box::new(move |value| value.is_some_and(|value| value <= low))),
        (2 | 4, 3) => one(format!("über {low}"), Box::new(move |value| value.is_some_and(|value| value > low))),
        (2 | 4, 4) if low < high => one(
            format!("{low} bis {high}"),
            Box::new(move |value| value.is_some_and(|value| (low..=high).contains(&value))),
        ),
        (0, 2 | 3) if low < high => {
            let text = format!("{} oder {}", word(0, Some(low)), word(0, Some(high)));
            one(text, Box::new(move |value| value == Some(low) || value == Some(high)))
        }
        _ => one(word(column, Some(high)), Box::new(move |value| value == Some(high))),
    }
}

struct Table {
    columns: Vec<usize>,
    rows: Vec<Vec<Cell>>,
}

impl Table {
    fn random(random: &mut Random) -> Self {
        let mut columns: Vec<usize> = (0..COLUMNS.len()).filter(|_| random.below(2) == 0).collect();
        if columns.is_empty() {
            columns.push(random.below(5));
        }
        let count = 1 + random.below(5);
        let rows = (0..count).map(|_| columns.iter().map(|column| cell(*column, random)).collect()).collect();
        Self { columns, rows }
    }

    fn text(&self, more: &str) -> String {
        let heads: Vec<&str> = self.columns.iter().map(|column| COLUMNS[*column]).collect();
        let mut text = format!("{QUESTIONS}\nZuständigkeit\n  | {} || an |\n", heads.join(" | "));
        for (index, row) in self.rows.iter().enumerate() {
            let cells: Vec<&str> = row.iter().map(|cell| cell.text.as_str()).collect();
            text += &format!("  | {} || amt/{} |\n", cells.join(" | "), office(index));
        }
        text + more
    }

    /// The rows that a case stands in.
    fn rows_of(&self, case: &Case) -> Vec<usize> {
        let stands = |row: &Vec<Cell>| row.iter().zip(&self.columns).all(|(cell, column)| (cell.holds)(case[*column]));
        (0..self.rows.len()).filter(|index| stands(&self.rows[*index])).collect()
    }
}

fn office(row: usize) -> &'static str {
    ["eins", "zwei"][row % 2]
}

fn compiled(text: &str) -> (amtsweg_dsl::model::Catalogue, Vec<Diagnostic>) {
    let mut sources = Sources::new();
    sources.add("amt/stellen.amt", OFFICES.as_bytes()).unwrap();
    sources.add("amt/probe.amt", text.as_bytes()).unwrap();
    amtsweg_dsl::compile(&sources, Regions::shipped(), jiff::civil::date(2026, 11, 22))
}

fn outcome(text: &str, case: &Case) -> Outcome {
    let (catalogue, problems) = compiled(text);
    let procedure = &catalogue.procedures.get("amt/probe").unwrap_or_else(|| panic!("{text}\n{problems:#?}"))[0];
    let at = jiff::civil::date(2026, 11, 22).at(12, 0, 0, 0);
    evaluate(procedure, answers(case).as_object().unwrap(), at, Regions::shipped()).outcome
}

/// How many tables are tried: `TEST_TABLES`, or as many as take seconds.
fn tables() -> u64 {
    std::env::var("TEST_TABLES").ok().and_then(|text| text.parse().ok()).unwrap_or(1_500)
}

#[test]
fn every_verdict_is_what_trying_all_cases_gives() {
    let all = cases();
    let mut seen = [0; 4];
    for seed in 0..tables() {
        let table = Table::random(&mut Random::new(seed));
        let text = table.text("");
        let (catalogue, problems) = compiled(&text);
        let said = |code: &str| problems.iter().find(|problem| problem.problem.code() == code);
        let hits: Vec<Vec<usize>> = all.iter().map(|case| table.rows_of(case)).collect();
        let gap = hits.iter().any(Vec::is_empty);
        let overlap = hits.iter().any(|rows| rows.len() > 1);
        let dead = (0..table.rows.len()).any(|row| !hits.iter().any(|rows| rows.contains(&row)));
        let about = format!("seed {seed}\n{text}\n{problems:#?}");
        // Gaps are looked for once no rows overlap.
        assert_eq!(said("AW0402").is_some(), gap && !overlap, "gap: {about}");
        assert_eq!(said("AW0403").is_some(), overlap, "overlap: {about}");
        assert_eq!(said("AW0404").is_some(), dead, "dead row: {about}");
        for (found, count) in [gap, overlap, dead, !(gap || overlap || dead)].into_iter().zip(&mut seen) {
            *count += u32::from(found);
        }
        if let Some(problem) = said("AW0402") {
            gap_is_real(&table, &all, &problem.message(Language::German), &about);
        }
        if !(gap || overlap || dead) {
            assert!(catalogue.procedures.contains_key("amt/probe"), "{about}");
            for (case, rows) in all.iter().zip(&hits).step_by(7) {
                assert_eq!(
                    outcome(&text, case),
                    Outcome::Authority(format!("amt/{}", office(rows[0]))),
                    "{case:?} {about}"
                );
            }
        }
    }
    assert!(seen.iter().all(|count| *count >= 20), "gaps, overlaps, dead rows, right ones: {seen:?}");
}

/// The case that a message names is one that nobody is responsible for, for the evaluator too: with a last row for all
/// that is left, it comes there.
fn gap_is_real(table: &Table, all: &[Case], message: &str, about: &str) {
    let case = message.split_once(": ").unwrap_or_else(|| panic!("{about}")).1.trim_end_matches('.');
    let given: Vec<(usize, &str)> = case
        .split(", ")
        .map(|part| part.split_once(" = ").unwrap_or_else(|| panic!("{part}: {about}")))
        .map(|(column, value)| (COLUMNS.iter().position(|name| *name == column).unwrap(), value))
        .collect();
    let meant: Vec<&Case> =
        all.iter().filter(|case| given.iter().all(|(column, value)| word(*column, case[*column]) == *value)).collect();
    assert!(!meant.is_empty(), "no such case: {about}");
    for case in &meant {
        assert!(table.rows_of(case).is_empty(), "{case:?} has a row: {about}");
    }
    let rest = format!("  | sonst {}|| Endseite nirgends |\n", "| ".repeat(table.columns.len() - 1));
    let (_, problems) = compiled(&table.text(&rest));
    if problems.iter().all(|problem| !["AW0403", "AW0404"].contains(&problem.problem.code())) {
        let outcome = outcome(&table.text(&rest), meant[0]);
        assert!(matches!(&outcome, Outcome::EndPage { name, .. } if name == "nirgends"), "{outcome:?} {about}");
    }
}
