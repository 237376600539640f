//! What came of the examples of procedures, as another program reads it.

use std::path::PathBuf;

use amtsweg_dsl::cases::{DerivedCase, Shown, Tested, TestedAim, TestedExample};
use amtsweg_dsl::diagnostic::Diagnostic;
use amtsweg_dsl::model::Language;
use amtsweg_dsl::syntax::Sources;
use schemars::JsonSchema;
use serde::Serialize;

use crate::cli::report::{Finding, findings};

/// `test`: what came of the examples, and what they show.
#[derive(Serialize, JsonSchema)]
pub(in crate::cli) struct Report {
    /// The folder of forms; absent for the catalogue that is built into the program.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub folder: Option<PathBuf>,
    /// The procedures that were looked at, by file and version.
    pub procedures: Vec<TestedProcedure>,
    /// Errors beside the examples: a procedure with one is missing above.
    pub diagnostics: Vec<Finding>,
}

/// A version of a procedure.
#[derive(Serialize, JsonSchema)]
pub(in crate::cli) struct TestedProcedure {
    /// Folder and name: `stadt/norderstedt/hund_anmelden`.
    pub path: String,
    /// The number of the version ("Fassung").
    pub version: u32,
    /// Its file, from the folder of forms.
    pub file: String,
    /// Its examples.
    pub examples: Vec<ExampleResult>,
    /// How many of a hundred parts the examples show, rounded down.
    pub percent: usize,
    /// The same with the derived cases.
    pub percent_with_cases: usize,
    /// What is counted together.
    pub counts: Vec<Count>,
    /// What no example shows, by line.
    pub not_shown: Vec<NotShown>,
    /// How much more the compiler has proved that no case can show.
    pub impossible: usize,
    /// Cases that show it.
    pub cases: Vec<Case>,
    /// How many cases were written into the file.
    pub written: usize,
}

/// What came of an example.
#[derive(Serialize, JsonSchema)]
pub(in crate::cli) struct ExampleResult {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Its line, from 1.
    pub line: usize,
    /// It ends as it says.
    pub ok: bool,
    /// What is different, or does not fit.
    pub diagnostics: Vec<Finding>,
}

/// How much of what belongs together is shown.
#[derive(Serialize, JsonSchema)]
pub(in crate::cli) struct Count {
    /// What: "Zeilen von Gebühr jahressteuer".
    pub what: String,
    /// How many there are.
    pub all: usize,
    /// How many the examples show.
    pub shown: usize,
    /// How many are shown with the derived cases.
    pub with_cases: usize,
    /// Whether examples are measured by it: authorities that are found by task and place are not.
    pub measured: bool,
}

/// What no example shows.
#[derive(Serialize, JsonSchema)]
pub(in crate::cli) struct NotShown {
    /// What it is.
    pub what: String,
    /// What it is counted with.
    pub counted: String,
    /// The file in which it stands: a building block has its own.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// A derived case shows it; otherwise no case was found.
    pub case_found: bool,
    /// Whether examples are measured by it.
    pub measured: bool,
}

/// A derived case.
#[derive(Serialize, JsonSchema)]
pub(in crate::cli) struct Case {
    /// The block as it would be written.
    pub text: String,
    /// What it shows.
    pub shows: Vec<String>,
    /// It shows nothing but a further authority that is found by task and place.
    pub further_office: bool,
}

impl TestedProcedure {
    /// What is known of a version, to a reader.
    pub fn new(one: &Tested, sources: &Sources, language: Language) -> Self {
        let percent = |(shown, all): (usize, usize)| (shown * 100).checked_div(all).unwrap_or(100);
        let mut counts: Vec<Count> = Vec::new();
        for aim in &one.aims {
            let what = aim.counted.get(language);
            let at = counts.iter().position(|count| count.what == what).unwrap_or_else(|| {
                let measured = aim.group.is_measured();
                counts.push(Count { what: what.to_owned(), all: 0, shown: 0, with_cases: 0, measured });
                counts.len() - 1
            });
            let count = &mut counts[at];
            count.all += 1;
            count.shown += usize::from(aim.shown == Shown::Example);
            count.with_cases += usize::from(aim.shown != Shown::Nothing);
        }
        let mut open: Vec<&TestedAim> = one.aims.iter().filter(|aim| aim.shown != Shown::Example).collect();
        open.sort_by_key(|aim| (aim.file != one.file, &aim.file, aim.line));
        Self {
            path: one.path.clone(),
            version: one.version,
            file: one.file.clone(),
            examples: one.examples.iter().map(|example| result(example, sources, language)).collect(),
            percent: percent(one.measured(|shown| shown == Shown::Example)),
            percent_with_cases: percent(one.measured(|shown| shown != Shown::Nothing)),
            counts,
            not_shown: open.into_iter().map(|aim| not_shown(aim, language)).collect(),
            impossible: one.never,
            cases: one.cases.iter().map(|case| shown_case(case, one, language)).collect(),
            written: 0,
        }
    }
}

fn result(example: &TestedExample, sources: &Sources, language: Language) -> ExampleResult {
    ExampleResult {
        name: example.name.clone(),
        title: example.title.clone(),
        line: example.line,
        ok: example.problems.is_empty(),
        diagnostics: findings(&example.problems.iter().collect::<Vec<&Diagnostic>>(), sources, language),
    }
}

fn not_shown(aim: &TestedAim, language: Language) -> NotShown {
    NotShown {
        what: aim.words.get(language).to_owned(),
        counted: aim.counted.get(language).to_owned(),
        file: aim.file.clone(),
        line: aim.line,
        case_found: aim.shown == Shown::Case,
        measured: aim.group.is_measured(),
    }
}

fn shown_case(case: &DerivedCase, one: &Tested, language: Language) -> Case {
    let shows = case.shows.iter().filter_map(|index| one.aims.get(*index));
    Case {
        text: case.text.clone(),
        shows: shows.map(|aim| aim.words.get(language).to_owned()).collect(),
        further_office: case.further_office,
    }
}
