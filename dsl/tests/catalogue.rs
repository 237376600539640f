//! The catalogue that ships compiles without a message.

#![expect(clippy::unwrap_used, reason = "a test that fails panics")]

use std::path::Path;

use amtsweg_dsl::diagnostic::line_and_column;
use amtsweg_dsl::model::{Language, ProcedureKind};
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

#[test]
fn compiles_without_a_message() {
    let mut sources = Sources::new();
    read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../forms"), "", &mut sources);
    let (catalogue, problems) = amtsweg_dsl::compile(&sources, Regions::shipped(), jiff::civil::date(2026, 11, 22));
    let messages: Vec<String> = problems
        .iter()
        .map(|problem| {
            let text = sources.text(&problem.file).unwrap_or("");
            let (line, column) = line_and_column(text, problem.span.start);
            let (message, help) = (problem.message(Language::German), problem.help(Language::German));
            format!("{}:{line}:{column} {} {message} {help}", problem.file, problem.problem.code())
        })
        .collect();
    assert!(messages.is_empty(), "{}", messages.join("\n"));
    assert!(catalogue.procedures.len() >= 5);
    let name = |path: &str| path.rsplit('/').next().map(str::to_owned);
    let templates: Vec<Option<String>> = catalogue.templates.keys().map(|path| name(path)).collect();
    for procedure in catalogue.procedures.values().chain(catalogue.templates.values()).flatten() {
        let few = procedure.kind == ProcedureKind::Topic
            || procedure.path.ends_with("barriere_melden")
            // What a portal takes over unchanged has the examples of its template.
            || (procedure.examples.is_empty() && templates.contains(&name(&procedure.path)));
        assert!(few || procedure.examples.len() >= 3, "{} has few examples", procedure.path);
    }
}

/// Whatever row of a responsibility table is taken away or written twice, a case is named.
#[test]
fn no_row_of_a_responsibility_table_can_be_missing_or_stand_there_twice() {
    let file = "kreis/segeberg/baum_faellen.amt";
    let forms = Path::new(env!("CARGO_MANIFEST_DIR")).join("../forms");
    let text = std::fs::read_to_string(forms.join(file)).unwrap();
    let table = text.find("\nZuständigkeit").unwrap();
    let rows: Vec<&str> = text[table..].lines().filter(|line| line.contains(" || ")).skip(1).collect();
    assert!(rows.len() >= 3, "{rows:?}");
    for row in rows {
        for (changed, code) in
            [(text.replace(&format!("{row}\n"), ""), "AW0402"), (text.replace(row, &format!("{row}\n{row}")), "AW0403")]
        {
            let mut sources = Sources::new();
            read(&forms, "", &mut sources);
            sources.add(file, changed.as_bytes()).unwrap();
            let (_, found) = amtsweg_dsl::compile(&sources, Regions::shipped(), jiff::civil::date(2026, 11, 22));
            let named = found.iter().find(|problem| problem.problem.code() == code);
            let message = named.unwrap_or_else(|| panic!("{row}: {found:?}")).message(Language::German);
            assert!(message.contains("gemeinde = "), "{row}: {message}");
        }
    }
}
