//! The examples of procedures: whether they are right, what they show, and cases for the rest.

mod report;
mod said;

use std::path::{Path, PathBuf};

use amtsweg_dsl::cases::{DerivedCase, Tested, with_cases};
use amtsweg_dsl::diagnostic::{Diagnostic, Severity};
use amtsweg_dsl::model::Catalogue;
use amtsweg_dsl::region::Regions;
use amtsweg_dsl::syntax::Sources;
use amtsweg_dsl::tested;
use clap::{Args, ValueHint};

pub(super) use self::report::Report;
use self::report::TestedProcedure;
use super::args::Home;
use super::output::Output;
use super::report::{findings, on_disk};
use super::{Failure, check, today, words};
use crate::library::{Compiled, Folder};

/// How often it is looked again whether written cases leave something to write.
const ROUNDS: usize = 3;

/// What is asked for.
#[derive(Args)]
pub(super) struct Test {
    /// A folder or a file; without it ./forms, else the built-in catalogue.
    #[arg(value_hint = ValueHint::AnyPath)]
    path: Option<PathBuf>,
    #[command(flatten)]
    home: Home,
    /// Writes the derived cases as examples to the end of their files.
    #[arg(long)]
    write: bool,
    /// Writes also one case for each authority that is found by task and place.
    #[arg(long, requires = "write")]
    every_office: bool,
    /// Ends with 1 where the examples of a procedure show less than so many per cent.
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u8).range(0..=100))]
    min: Option<u8>,
}

/// Runs the examples, and says what they show.
pub(super) fn run(asked: &Test, output: &Output) -> Result<(), Failure> {
    let (folder, only) = check::meant(asked.path.clone(), &asked.home, output)?;
    let sources = folder.sources().map_err(|error| error.message(output.language))?;
    let meant = |file: &str| only.as_ref().is_none_or(|only| Path::new(file).starts_with(only));
    let (found, problems) = tested(&sources, Regions::shipped(), today(), &meant);
    let of_example = |problem: &Diagnostic| {
        found.iter().any(|one| one.examples.iter().any(|example| example.problems.contains(problem)))
    };
    let errors: Vec<&Diagnostic> = problems
        .iter()
        .filter(|problem| problem.severity() == Severity::Error && meant(&problem.file) && !of_example(problem))
        .collect();
    if found.is_empty() && errors.is_empty() {
        let said = output.pick(
            "Hier steht kein Verfahren mit eigenen Beispielen.",
            "There is no procedure with examples of its own here.",
        );
        return Err(said.into());
    }
    let mut report = Report {
        folder: on_disk(&folder),
        procedures: found.iter().map(|one| TestedProcedure::new(one, &sources, output.language)).collect(),
        diagnostics: findings(&errors, &sources, output.language),
    };
    if asked.write {
        write(asked, &folder, &sources, &found, &mut report, output)?;
    }
    output.result(&report, || {
        let mut text = said::text(&report, output.language);
        if !errors.is_empty() {
            let sources = sources.clone();
            let compiled = Compiled { sources, catalogue: Catalogue::default(), diagnostics: Vec::new() };
            text = format!("{text}\n{}", check::text(&errors, &compiled, output));
        }
        text
    })?;
    let failed = report.procedures.iter().flat_map(|one| &one.examples).any(|example| !example.ok);
    if failed || !errors.is_empty() { Err(Failure::NOT_IN_ORDER) } else { enough(asked, &report, output) }
}

/// Whether the examples show as much as was asked for.
fn enough(asked: &Test, report: &Report, output: &Output) -> Result<(), Failure> {
    let Some(min) = asked.min.map(usize::from) else { return Ok(()) };
    let shown = |one: &TestedProcedure| if one.written > 0 { one.percent_with_cases } else { one.percent };
    let less: Vec<String> = report
        .procedures
        .iter()
        .filter(|one| shown(one) < min)
        .map(|one| format!("{} ({} %)", one.file, shown(one)))
        .collect();
    if less.is_empty() {
        return Ok(());
    }
    let said = output.pick(
        "Die Beispiele zeigen weniger als {min} Prozent in: {files}",
        "The examples show less than {min} per cent in: {files}",
    );
    Err(Failure::not_in_order(said.replace("{min}", &min.to_string()).replace("{files}", &less.join(", "))))
}

/// Writes the cases into their files, so that nothing is left to write. A file in which an example
/// is wrong is left alone.
fn write(
    asked: &Test,
    folder: &Folder,
    sources: &Sources,
    found: &[Tested],
    report: &mut Report,
    output: &Output,
) -> Result<(), Failure> {
    let Folder::Path(home) = folder else {
        let said = output.pick(
            "In den mitgelieferten Katalog lässt sich nichts schreiben. Nennen Sie einen Ordner oder eine Datei.",
            "Nothing can be written into the catalogue that comes with the program. Name a folder or a file.",
        );
        return Err(said.into());
    };
    for (one, told) in found.iter().zip(&mut report.procedures) {
        if one.examples.iter().any(|example| !example.problems.is_empty()) {
            continue;
        }
        let cases = needed(asked, sources, one);
        if cases.is_empty() {
            continue;
        }
        let file = home.join(&one.file);
        // The file itself, not what was read of it: its line ends and everything else stay.
        std::fs::read_to_string(&file)
            .and_then(|text| std::fs::write(&file, with_cases(&text, &cases)))
            .map_err(|error| words::unwritable(output.language, &file, &error))?;
        told.written = cases.len();
    }
    Ok(())
}

/// The cases of a file, and those for what is still open when they stand there.
fn needed(asked: &Test, sources: &Sources, one: &Tested) -> Vec<DerivedCase> {
    let wanted = |case: &&DerivedCase| asked.every_office || !case.further_office;
    let mut cases: Vec<DerivedCase> = one.cases.iter().filter(wanted).cloned().collect();
    for _ in 0..ROUNDS {
        let mut written = sources.clone();
        let text = with_cases(sources.text(&one.file).unwrap_or_default(), &cases);
        if cases.is_empty() || written.add(&one.file, text.as_bytes()).is_err() {
            break;
        }
        let (again, _) = tested(&written, Regions::shipped(), today(), &|file| file == one.file);
        let same = again.iter().find(|other| (&other.path, other.version) == (&one.path, one.version));
        let more = same.map(|other| other.cases.as_slice()).unwrap_or_default();
        let more: Vec<DerivedCase> = more.iter().filter(wanted).cloned().collect();
        if more.is_empty() {
            break;
        }
        cases.extend(more);
    }
    cases
}
