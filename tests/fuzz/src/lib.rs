//! What must hold for any input: no panic, no hang, no stack overflow, and these properties. The same functions run
//! under libFuzzer (`targets/`) and, over the kept corpus, in the tests of the repository.

use std::sync::LazyLock;

use amtsweg_dsl::diagnostic::{Diagnostic, line_and_column};
use amtsweg_dsl::format;
use amtsweg_dsl::model::{Catalogue, Language, Procedure};
use amtsweg_dsl::region::Regions;
use amtsweg_dsl::syntax::{Sources, tree};
use jiff::civil::{Date, DateTime, date, datetime};
use serde_json::{Map, Value as Json};

const TODAY: Date = date(2026, 11, 22);
const NOW: DateTime = datetime(2026, 11, 22, 12, 0, 0, 0);

/// Offices and a block that every input can name.
const AROUND: [(&str, &str); 2] = [
    (
        "amt/stellen.amt",
        "Sprache: Deutsch\nStelle umwelt \"Umweltamt\"\n  Ebene: Kreis\n  Gebiet: Kreis Segeberg\n  Aufgabe: natur\n  Kanal: E-Mail umwelt@amt.example\n",
    ),
    (
        "land/adresse.amt",
        "Sprache: Deutsch\nBaustein adresse \"Adresse\"\nFrage straße \"Straße\"\n  Art: Straße\nFrage gemeinde \"Gemeinde\"\n  Art: Gemeinde\n",
    ),
];

/// Files of an input: a line `=== land/person.amt` begins the next one; what stands before the first is `a.amt`.
#[must_use]
pub fn files(data: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut files = vec![("a.amt".to_owned(), Vec::new())];
    for line in data.split_inclusive(|byte| *byte == b'\n') {
        match line.strip_prefix(b"=== ").and_then(|name| std::str::from_utf8(name).ok()) {
            Some(name) if files.len() < 40 => files.push((name.trim().to_owned(), Vec::new())),
            _ => files.last_mut().into_iter().for_each(|(_, text)| text.extend_from_slice(line)),
        }
    }
    files.retain(|(_, text)| !text.is_empty());
    files
}

fn sources(data: &[u8]) -> Sources {
    let mut sources = Sources::new();
    for (file, text) in AROUND {
        let _ = sources.add(file, text.as_bytes());
    }
    for (file, bytes) in files(data) {
        // A path that leads out of the folder is refused.
        let _ = sources.add(&file, &bytes);
    }
    sources
}

/// Each message has its place in its file, and sentences in both languages.
fn said(messages: &[Diagnostic], text: impl Fn(&str) -> Option<String>) {
    for message in messages {
        let text = text(&message.file).unwrap_or_default();
        let fix = message.fix.as_ref().map(|(span, _)| *span);
        for span in [message.span].into_iter().chain(fix) {
            assert!(span.start <= span.end && span.end <= text.len(), "{message:?}");
            assert!(text.is_char_boundary(span.start) && text.is_char_boundary(span.end), "{message:?}");
        }
        assert!(line_and_column(&text, message.span.start).0 >= 1);
        for language in [Language::German, Language::English] {
            let (what, help) = (message.message(language), message.help(language));
            assert!(!what.is_empty() && !help.is_empty(), "{message:?}");
            assert!(!what.contains("{}") && !what.contains("Rule::"), "{what}");
        }
    }
}

/// Any text is read: to a tree and messages, always the same.
pub fn parser(data: &[u8]) {
    for (file, bytes) in files(data) {
        let Ok(text) = std::str::from_utf8(&bytes) else { continue };
        let (first, messages) = tree(&file, text);
        let (again, _) = tree(&file, text);
        assert_eq!(format!("{first:?}"), format!("{again:?}"));
        let whole = text.to_owned();
        for message in &messages {
            assert!(message.span.start <= message.span.end && message.span.start <= whole.len(), "{message:?}");
        }
    }
}

/// Any text is put in shape: a second time nothing changes, comments stay, and keywords go to the other
/// language and back.
pub fn formatter(data: &[u8]) {
    for (_, bytes) in files(data) {
        let Ok(text) = std::str::from_utf8(&bytes) else { continue };
        let found = format::format(text);
        assert_ne!(found.kept, Some(format::Kept::WouldDiffer), "{text:?}");
        assert_eq!(format::format(&found.text).text, found.text, "{text:?}");
        // Other signs than a line feed may break a line, or stand for a blank.
        if text.chars().all(|c| c == '\n' || c == '\t' || !c.is_control() && (c == ' ' || !c.is_whitespace())) {
            let comments = |text: &str| {
                let lines = text.lines().map(str::trim).filter(|line| line.starts_with('#'));
                lines.map(str::to_owned).collect::<Vec<_>>()
            };
            let after = comments(&found.text);
            assert!(comments(text).iter().all(|comment| after.contains(comment)), "{text:?}");
        }
        for to in [Language::German, Language::English] {
            let there = format::translate(text, to);
            assert_ne!(there, Err(format::NotTranslated::WouldDiffer), "{text:?}");
            if let Ok(there) = there {
                assert_eq!(format::format(&there).text, there, "{text:?}");
            }
        }
    }
}

fn compiled(data: &[u8]) -> (Catalogue, Vec<Diagnostic>) {
    let sources = sources(data);
    let (catalogue, messages) = amtsweg_dsl::compile(&sources, Regions::shipped(), TODAY);
    said(&messages, |file| sources.text(file).map(str::to_owned));
    (catalogue, messages)
}

/// Any folder is compiled: what has errors is left out, and each message can be read.
pub fn checker(data: &[u8]) {
    let _ = compiled(data);
}

fn procedures(catalogue: &Catalogue) -> impl Iterator<Item = &Procedure> {
    catalogue.procedures.values().flatten().map(|procedure| &**procedure)
}

/// What compiles has a schema that is one, and a hash.
pub fn schema(data: &[u8]) {
    let (catalogue, _) = compiled(data);
    for procedure in procedures(&catalogue) {
        let german = amtsweg_dsl::emit::schema(procedure, Language::German);
        let english = amtsweg_dsl::emit::schema(procedure, Language::English);
        for schema in [&german, &english] {
            assert!(jsonschema::meta::is_valid(schema), "{}", procedure.path);
        }
        assert!(procedure.hash().is_ok());
    }
}

/// Procedures that answers are given to.
static ASKED: LazyLock<Vec<Catalogue>> =
    LazyLock::new(|| [ASKED_HERE].into_iter().map(|text| compiled(text.as_bytes()).0).collect());

const ASKED_HERE: &str = include_str!("../corpus/texts/alles.amt");

/// Answers in which bytes that are no JSON choose what is changed.
fn answers(data: &[u8]) -> Map<String, Json> {
    if let Ok(Json::Object(answers)) = serde_json::from_slice::<Json>(data) {
        return answers;
    }
    let mut answers = match serde_json::from_str(WHOLE) {
        Ok(Json::Object(answers)) => answers,
        _ => Map::new(),
    };
    let names: Vec<String> = answers.keys().cloned().chain(["monat".to_owned(), "zeit".to_owned()]).collect();
    for change in data.chunks(3).take(30) {
        let [name, what, value] = change else { break };
        let Some(name) = names.get(usize::from(*name) % names.len()) else { continue };
        let value = i64::from(*value);
        let new = match what % 9 {
            0 => Json::Null,
            1 => Json::Bool(value % 2 == 0),
            2 => Json::from(value - 100),
            3 => Json::from(value.saturating_mul(i64::MAX / 200)),
            4 => Json::String(format!("2026-{:02}-{value:02}", value % 14)),
            5 => {
                // Entries of a repeat, never more than seven times what was there at the beginning.
                let entry = serde_json::json!({"name": "a", "seit": "2020-01-01", "laut": value % 2 == 0});
                Json::Array(vec![entry; usize::try_from(value % 9).unwrap_or(0)])
            }
            6 => Json::String(String::from_utf8_lossy(data).chars().take(80).collect()),
            7 => Json::from(f64::from(u8::try_from(value).unwrap_or(1)) / 7.0),
            _ => {
                answers.remove(name);
                continue;
            }
        };
        answers.insert(name.clone(), new);
    }
    answers
}

const WHOLE: &str = include_str!("../corpus/answers/whole.json");

/// Any answers are taken: twice the same comes out, and what was pruned stays as it is.
pub fn evaluator(data: &[u8]) {
    let answers = answers(data);
    assert!(ASKED.iter().flat_map(procedures).count() > 0, "nothing to answer");
    for procedure in ASKED.iter().flat_map(procedures) {
        let evaluate =
            |answers: &Map<String, Json>| amtsweg_dsl::eval::evaluate(procedure, answers, NOW, Regions::shipped());
        let first = evaluate(&answers);
        let again = evaluate(&first.answers);
        assert_eq!(first.answers, again.answers);
        assert_eq!(format!("{:?}", first.outcome), format!("{:?}", again.outcome));
    }
}

/// What an input is held against.
type Target = (&'static str, fn(&[u8]));

/// Every function by its name.
pub const ALL: [Target; 5] =
    [("parser", parser), ("formatter", formatter), ("checker", checker), ("schema", schema), ("evaluator", evaluator)];
