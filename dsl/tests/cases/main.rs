//! What examples show, and the cases that are derived for the rest.

#![expect(clippy::unwrap_used, reason = "a test that fails panics")]

use std::path::Path;

use amtsweg_dsl::cases::{Shown, Tested, with_cases};
use amtsweg_dsl::diagnostic::{Diagnostic, line_and_column};
use amtsweg_dsl::model::Language;
use amtsweg_dsl::region::Regions;
use amtsweg_dsl::syntax::Sources;

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

fn catalogue() -> Sources {
    let mut sources = Sources::new();
    read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../forms"), "", &mut sources);
    sources
}

fn tested(sources: &Sources) -> (Vec<Tested>, Vec<Diagnostic>) {
    amtsweg_dsl::tested(sources, Regions::shipped(), jiff::civil::date(2026, 11, 22), &|_| true)
}

/// What no example and no case shows.
fn not_found(one: &Tested) -> Vec<String> {
    let nothing = one.aims.iter().filter(|aim| aim.shown == Shown::Nothing);
    nothing.map(|aim| format!("{}:{} {}", aim.file, aim.line, aim.words.get(Language::German))).collect()
}

fn said(sources: &Sources, problems: &[Diagnostic]) -> Vec<String> {
    let line = |problem: &Diagnostic| {
        let (line, column) = line_and_column(sources.text(&problem.file).unwrap_or(""), problem.span.start);
        let (code, message) = (problem.problem.code(), problem.message(Language::German));
        format!("{}:{line}:{column} {code} {message} {}", problem.file, problem.help(Language::German))
    };
    problems.iter().map(line).collect()
}

/// The files with all cases written behind them.
fn with_all_cases(sources: &Sources, tested: &[Tested]) -> Sources {
    let mut written = sources.clone();
    for one in tested {
        let text = with_cases(sources.text(&one.file).unwrap(), &one.cases);
        written.add(&one.file, text.as_bytes()).unwrap();
    }
    written
}

/// For every procedure of the catalogue: whatever can be shown is shown by an example or by a
/// derived case; with the cases written down it compiles without a message, and there is nothing
/// left to derive.
#[test]
fn the_cases_of_the_catalogue_show_everything_and_stand_as_examples() {
    let sources = catalogue();
    let (first, problems) = tested(&sources);
    assert!(problems.is_empty(), "{:#?}", said(&sources, &problems));
    for one in &first {
        let shown = |shown| one.aims.iter().filter(|aim| aim.shown == shown).count();
        let (examples, cases) = (shown(Shown::Example), shown(Shown::Case));
        let (all, written) = (one.aims.len(), one.cases.iter().filter(|case| !case.further_office).count());
        println!("{}: {examples} of {all} by examples, {cases} by {written} cases, {} never", one.file, one.never);
        assert_eq!(not_found(one), Vec::<String>::new(), "{}", one.file);
    }
    let written = with_all_cases(&sources, &first);
    let (second, problems) = tested(&written);
    assert!(problems.is_empty(), "{:#?}", said(&written, &problems));
    for (one, before) in second.iter().zip(&first) {
        assert_eq!(one.examples.len(), before.examples.len() + before.cases.len(), "{}", one.file);
        let open: Vec<&str> = one
            .aims
            .iter()
            .filter(|aim| aim.shown != Shown::Example)
            .map(|aim| aim.words.get(Language::German))
            .collect();
        assert_eq!(open, Vec::<&str>::new(), "{}", one.file);
        assert!(one.cases.is_empty(), "{}: {:#?}", one.file, one.cases);
    }
    schemas_take_the_cases(&written);
}

/// What comes to an authority is what the schema of the procedure takes.
fn schemas_take_the_cases(sources: &Sources) {
    let (catalogue, _) = amtsweg_dsl::compile(sources, Regions::shipped(), jiff::civil::date(2026, 11, 22));
    for procedure in catalogue.procedures.values().chain(catalogue.templates.values()).flatten() {
        let schema = amtsweg_dsl::emit::schema(procedure, Language::German);
        let validator = jsonschema::options().should_validate_formats(true).build(&schema).unwrap();
        for example in &procedure.examples {
            let answers = serde_json::Value::Object(example.answers.clone());
            let errors: Vec<String> = validator.iter_errors(&answers).map(|error| error.to_string()).collect();
            assert!(errors.is_empty(), "{} {}: {errors:?}", procedure.path, example.name);
        }
    }
}
