//! Procedures made to be hard: each ends with a verdict, or with "could not be checked".

use std::fmt::Write as _;

use amtsweg_dsl::region::Regions;
use amtsweg_dsl::syntax::Sources;

fn codes(body: &str) -> Vec<&'static str> {
    let text = format!(
        "Sprache: Deutsch\nAntrag probe \"Eine Probe\"\n  Fassung: 1, gültig ab 01.01.2026\n\nAbschnitt angaben \"Angaben\"\n{body}\n\
         Zuständigkeit\n  | erste || an |\n  | beliebig || amt |\n"
    );
    let mut sources = Sources::new();
    sources.add("amt.amt", crate::OFFICE.as_bytes()).unwrap();
    sources.add("probe.amt", text.as_bytes()).unwrap();
    let (_, problems) = amtsweg_dsl::compile(&sources, Regions::shipped(), jiff::civil::date(2026, 11, 22));
    let mut codes: Vec<&str> = problems.iter().map(|one| one.problem.code()).filter(|code| *code != "AW0501").collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

const FIRST: &str = "  Frage erste \"Erste?\"\n    Art: Ja oder Nein\n";

/// More people than chairs: no two may take the same one.
fn chairs(people: usize, chairs: usize) -> String {
    let mut text = FIRST.to_owned();
    for person in 0..people {
        let _ = write!(text, "  Frage p{person} \"Wo?\"\n    Art: eine von\n");
        for chair in 0..chairs {
            let _ = writeln!(text, "    - s{chair} \"Stuhl\"");
        }
    }
    for one in 0..people {
        for other in one + 1..people {
            let _ = write!(
                text,
                "\nRegel r{one}_{other}\n  Es muss gelten: p{one} ≠ p{other}\n  sonst: \"Der Stuhl ist besetzt.\"\n"
            );
        }
    }
    text
}

#[test]
fn few_chairs_are_too_few() {
    assert_eq!(codes(&chairs(4, 3)), ["AW0905"]);
    assert_eq!(codes(&chairs(3, 3)), [] as [&str; 0]);
}

#[test]
fn many_chairs_end_within_the_budget() {
    assert_eq!(codes(&chairs(14, 13)), ["AW0907"]);
}

#[test]
fn a_long_chain_of_questions() {
    let mut text = FIRST.to_owned();
    let mut before = "erste".to_owned();
    for index in 0..1_500 {
        let _ = write!(text, "  Frage q{index} \"Frage?\"\n    Art: Ja oder Nein\n    nur wenn: {before} = Ja\n");
        before = format!("q{index}");
    }
    let codes = codes(&text);
    assert!(codes.iter().all(|code| ["AW0907", "AW0025"].contains(code)), "{codes:?}");
}

#[test]
fn a_circle_of_many_days() {
    let mut text = FIRST.to_owned();
    for index in 0..20 {
        let _ = write!(text, "  Frage d{index} \"Wann?\"\n    Art: Datum\n");
    }
    for index in 0..20 {
        let next = (index + 1) % 20;
        let _ = write!(text, "\nRegel r{index}\n  Es muss gelten: d{index} < d{next}\n  sonst: \"Erst später.\"\n");
    }
    assert_eq!(codes(&text), ["AW0905"]);
}
