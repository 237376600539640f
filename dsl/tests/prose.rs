//! The whole procedure as sentences: nothing of it is missing.

#![expect(clippy::unwrap_used, reason = "a test that fails panics")]

use std::path::Path;
use std::sync::Arc;

use amtsweg_dsl::diagnostic::Severity;
use amtsweg_dsl::emit::{Block, Document, Piece, prose};
use amtsweg_dsl::graph::{Sort, graph};
use amtsweg_dsl::model::{Catalogue, Language, Procedure};
use amtsweg_dsl::region::Regions;
use amtsweg_dsl::syntax::Sources;
use serde_json::Value as Json;

fn read(folder: &Path, prefix: &str, sources: &mut Sources) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        let path = if prefix.is_empty() { name } else { format!("{prefix}/{name}") };
        if entry.file_type().unwrap().is_dir() {
            read(&entry.path(), &path, sources);
        } else if path.ends_with(".amt") {
            sources.add(&path, &std::fs::read(entry.path()).unwrap()).unwrap();
        }
    }
}

fn catalogue(folder: &str) -> Catalogue {
    let mut sources = Sources::new();
    read(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), "", &mut sources);
    let (catalogue, problems) = amtsweg_dsl::compile(&sources, Regions::shipped(), jiff::civil::date(2026, 11, 22));
    let errors: Vec<String> = problems
        .iter()
        .filter(|problem| problem.severity() == Severity::Error)
        .map(|problem| format!("{} {:?} {}", problem.file, problem.span, problem.message(Language::German)))
        .collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
    catalogue
}

/// What ships, and the procedure that has everything.
fn everything() -> Vec<(Catalogue, Arc<Procedure>)> {
    let all = ["../forms", "tests/prose"].map(catalogue);
    let of = |catalogue: &Catalogue| catalogue.procedures.values().flatten().cloned().collect::<Vec<_>>();
    all.iter().flat_map(|catalogue| of(catalogue).into_iter().map(|procedure| (catalogue.clone(), procedure))).collect()
}

fn told(catalogue: &Catalogue, procedure: &Procedure, language: Language) -> Document {
    prose(procedure, catalogue, Regions::shipped(), language)
}

/// Every way of saying something, by a procedure that has them all: to be read aloud.
#[test]
fn reads_aloud() {
    let catalogue = catalogue("tests/prose");
    let procedure = catalogue.procedures["alles"].last().unwrap();
    for (language, tag) in [(Language::German, "de"), (Language::English, "en")] {
        let text = told(&catalogue, procedure, language).plain();
        // The mark changes with every version of the model; that it stands there is enough.
        let hash = procedure.hash().unwrap();
        let mark: Vec<&str> = (0..8).map(|part| &hash[part * 8..part * 8 + 8]).collect();
        assert!(text.contains(&mark.join(" ")));
        insta::assert_snapshot!(format!("prose_{tag}"), text.replace(&mark.join(" "), "…"));
    }
}

/// Every text of the model in the language of the prose, the parts between braces apart.
fn texts(model: &Json, language: &str, found: &mut Vec<String>) {
    match model {
        Json::Object(object)
            if !object.is_empty() && object.keys().all(|key| ["de", "en", "leicht"].contains(&&**key)) =>
        {
            let own = object.get(language).or_else(|| object.get("de")).or_else(|| object.values().next());
            let easy = if language == "de" { object.get("leicht") } else { None };
            for text in own.into_iter().chain(easy) {
                let lines: Vec<&str> = match text {
                    Json::Array(lines) => lines.iter().filter_map(Json::as_str).collect(),
                    other => other.as_str().into_iter().collect(),
                };
                for line in lines {
                    // What stands in braces is put in.
                    let parts = line
                        .split('{')
                        .flat_map(|part| part.split_once('}').map_or(Some(part), |(_, rest)| Some(rest)));
                    found.extend(parts.map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned));
                }
            }
        }
        Json::Object(object) => object.values().for_each(|inner| texts(inner, language, found)),
        Json::Array(list) => list.iter().for_each(|inner| texts(inner, language, found)),
        _ => {}
    }
}

/// Every number of the model: JSON numbers, and decimal numbers, which are texts there.
fn numbers(key: &str, model: &Json, found: &mut Vec<(String, String)>) {
    match model {
        Json::Number(number) => found.push((key.to_owned(), number.to_string())),
        Json::String(text) if ["number", "min", "max", "from", "to"].contains(&key) && text.parse::<f64>().is_ok() => {
            found.push((key.to_owned(), text.clone()));
        }
        // The answers of examples are samples; what decides among them is told, and snapshots hold it.
        Json::Object(object) => {
            let left = ["answers", "format"];
            object
                .iter()
                .filter(|(key, _)| !left.contains(&&***key))
                .for_each(|(key, inner)| numbers(key, inner, found));
        }
        Json::Array(list) => list.iter().for_each(|inner| numbers(key, inner, found)),
        _ => {}
    }
}

/// A number in every way in which it may be told: as it is, as cents, as a size, as the other
/// side of a day.
fn told_as(number: &str, language: Language) -> Vec<String> {
    let value: f64 = number.parse().unwrap();
    let thousands = |text: String| -> String {
        let (whole, rest) =
            text.split_once('.').map_or((text.clone(), String::new()), |(a, b)| (a.to_owned(), b.to_owned()));
        let mut grouped = String::new();
        for (index, digit) in whole.chars().enumerate() {
            if index > 0 && (whole.len() - index).is_multiple_of(3) {
                grouped.push(if language == Language::English { ',' } else { '.' });
            }
            grouped.push(digit);
        }
        let sign = if language == Language::English { "." } else { "," };
        if rest.is_empty() { grouped } else { format!("{grouped}{sign}{rest}") }
    };
    let value = value.abs();
    vec![
        thousands(format!("{value}")),
        thousands(format!("{:.2}", value / 100.0)),
        format!("{} MB", thousands(format!("{}", value / 1e6))),
        format!("{} MB", thousands(format!("{}", value / 1024.0 / 1024.0))),
        format!("{} KB", thousands(format!("{}", value / 1e3))),
    ]
}

/// Every text, every option and every number of the model occurs, a text as often as it stands there.
#[test]
fn nothing_is_missing() {
    let mut seen = 0;
    for (catalogue, procedure) in everything() {
        let model = serde_json::to_value(procedure.as_ref()).unwrap();
        for (language, tag) in [(Language::German, "de"), (Language::English, "en")] {
            let text = told(&catalogue, &procedure, language).plain();
            let mut all = Vec::new();
            texts(&model, tag, &mut all);
            for one in &all {
                let there = text.matches(one.as_str()).count();
                let wanted = all.iter().filter(|other| *other == one).count();
                assert!(there >= wanted, "{} {tag}: {wanted} times expected, {there} found: {one}", procedure.path);
            }
            let mut all_numbers = Vec::new();
            numbers("", &model, &mut all_numbers);
            for (key, number) in &all_numbers {
                // A repeat or a file that is asked for once, an allowed month or day: told in words.
                let in_words = matches!(number.as_str(), "0" | "1") || ["month", "day"].contains(&key.as_str());
                let found = told_as(number, language).iter().any(|told| text.contains(told.as_str()));
                assert!(found || in_words, "{} {tag}: {key} {number} is not told", procedure.path);
            }
            seen += all.len() + all_numbers.len();
        }
    }
    assert!(seen > 1_000, "only {seen} texts and numbers were looked for");
}

/// Every reference of a text leads to a point or a heading of it, and no number stands twice.
#[test]
fn references_lead_somewhere() {
    fn walk<'d>(blocks: &'d [Block], numbers: &mut Vec<&'d str>, references: &mut Vec<&'d str>) {
        let mut of = |line: &'d amtsweg_dsl::emit::Line| {
            references.extend(line.0.iter().filter_map(|piece| match piece {
                Piece::Reference(number) => Some(number.as_str()),
                Piece::Text(_) => None,
            }));
        };
        for block in blocks {
            match block {
                Block::Heading { number, .. } => numbers.extend(number.as_deref()),
                Block::Paragraph(line) => of(line),
                Block::Points(points) => {
                    for point in points {
                        numbers.extend(point.number.as_deref());
                        of(&point.text);
                    }
                }
                Block::Quote(_) | Block::Blank(_) => {}
            }
        }
        for block in blocks {
            if let Block::Points(points) = block {
                points.iter().for_each(|point| walk(&point.inner, numbers, references));
            }
        }
    }
    for (catalogue, procedure) in everything() {
        let document = told(&catalogue, &procedure, Language::German);
        let (mut numbers, mut references) = (Vec::new(), Vec::new());
        walk(&document.blocks, &mut numbers, &mut references);
        let lost: Vec<&&str> = references.iter().filter(|reference| !numbers.contains(reference)).collect();
        assert!(lost.is_empty(), "{}: {lost:?}", procedure.path);
        let mut once = numbers.clone();
        once.sort_unstable();
        once.dedup();
        assert_eq!(once.len(), numbers.len(), "{}", procedure.path);
    }
}

/// The drawing and its list hold every page, question, end page and authority; every line leads
/// downwards, and the drawing can be read by any program that reads XML.
#[test]
fn the_drawing_holds_everything() {
    for (catalogue, procedure) in everything() {
        for language in [Language::German, Language::English] {
            let drawn = graph(&procedure, &catalogue, Regions::shipped(), language);
            let (list, svg) = (drawn.list(), drawn.svg());
            for section in &procedure.sections {
                assert!(list.contains(section.title.get(language)), "{}: {}", procedure.path, section.key);
                for question in section.questions() {
                    assert!(list.contains(question.label.get(language)), "{}: {}", procedure.path, question.key);
                }
            }
            for page in &procedure.end_pages {
                assert!(
                    drawn.nodes.iter().any(|node| node.sort == Sort::End && node.label == page.title.get(language))
                );
            }
            let offices = drawn.nodes.iter().filter(|node| node.sort == Sort::Office).count();
            assert_eq!(offices > 0, procedure.responsibility.is_some(), "{}", procedure.path);
            for (at, node) in drawn.nodes.iter().enumerate() {
                for number in &node.needs {
                    let from = drawn.nodes.iter().position(|other| other.number == *number);
                    assert!(from.is_some_and(|from| from < at), "{}: {number} for {}", procedure.path, node.number);
                }
            }
            assert_eq!(svg.matches("<svg").count(), 1);
            assert_eq!(svg.matches("<text").count(), svg.matches("</text>").count());
            assert!(
                svg.contains("<title") && svg.contains("<desc") && !svg.contains("http://")
                    || svg.matches("http://").count() == 1
            );
            let bare = svg.replace("&amp;", "").replace("&lt;", "").replace("&gt;", "");
            assert!(!bare.contains('&'), "{}", procedure.path);
        }
    }
}
