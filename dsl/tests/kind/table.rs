//! The table of cases: kind, what is typed, and the answer or the state.
//!
//! What is typed may hold JSON escapes (`\u200b`, `\n`); dates of three fields are written
//! `day / month / year`, boxes `a + b`. What is expected is JSON, `nothing`, or a [`State`].

use amtsweg_dsl::kind::Input;
use serde_json::Value as Json;

use crate::samples::{around, kind};

#[test]
fn reads_what_people_type() {
    let mut wrong = Vec::new();
    for (number, line) in include_str!("cases.txt").lines().enumerate() {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let cells: Vec<&str> = line.split(" | ").collect();
        let [name, typed, expected] = *cells.as_slice() else { panic!("line {}: three columns", number + 1) };
        let name = name.trim();
        let typed: String = serde_json::from_str(&format!("\"{}\"", typed.replace('"', "\\\"")))
            .unwrap_or_else(|e| panic!("line {}: {e}", number + 1));
        let found = match kind(name).read(&input(name, &typed), around()) {
            Ok(None) => "nothing".to_owned(),
            Ok(Some(answer)) => answer.to_string(),
            Err(state) => format!("{state:?}"),
        };
        let expected = expected.trim();
        let expected = serde_json::from_str::<Json>(expected).map_or(expected.to_owned(), |json| json.to_string());
        if found != expected {
            wrong.push(format!("line {}: {name} | {typed} gives {found}, expected {expected}", number + 1));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn input(name: &str, typed: &str) -> Input {
    if name.starts_with("several") {
        return Input::Many(typed.split(" + ").map(str::to_owned).collect());
    }
    match typed.splitn(3, " / ").collect::<Vec<_>>().as_slice() {
        [day, month, year] if !name.contains("text") => {
            let part = |part: &str| part.trim().to_owned();
            Input::Date { day: part(day), month: part(month), year: part(year) }
        }
        _ => Input::Line(typed.to_owned()),
    }
}
