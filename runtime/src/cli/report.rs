//! What commands answer with under `--format json`. Names are kept: fields may be added, none is
//! renamed or taken away.

use std::path::{Path, PathBuf};

use amtsweg_dsl::diagnostic::{Diagnostic, Severity, line_and_column};
use amtsweg_dsl::model::Language;
use amtsweg_dsl::syntax::{Sources, Span};
use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::library::{Compiled, Folder};

/// `check`: every message about the texts. Also the answer of other commands, with exit code 1,
/// where texts have errors that stand in their way.
#[derive(Serialize, JsonSchema)]
pub(super) struct Checked {
    /// The folder of forms; absent for the catalogue that is built into the program.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub folder: Option<PathBuf>,
    /// The file or folder in it that alone is spoken of, where one was named.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub only: Option<PathBuf>,
    /// How many files were spoken of.
    pub files: usize,
    /// How many messages are errors.
    pub errors: usize,
    /// How many are warnings.
    pub warnings: usize,
    /// How many are hints.
    pub hints: usize,
    /// The messages, errors first, then by file and place.
    pub diagnostics: Vec<Finding>,
}

/// A message about a place in a text.
#[derive(Serialize, JsonSchema)]
pub(super) struct Finding {
    /// The code, which never changes its meaning: `AW0402`.
    pub code: &'static str,
    /// How much it weighs.
    pub severity: Severity,
    /// What is wrong, in the language of `--lang`.
    pub message: String,
    /// How to put it right; may be empty.
    pub help: String,
    /// The page about this code, from the top of this book.
    pub page: String,
    /// The place.
    #[serde(flatten)]
    pub place: Place,
    /// A name that was probably meant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suggestion: Option<String>,
    /// What puts it right for certain.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fix: Option<Fix>,
    /// Further places that belong to it.
    pub related: Vec<Place>,
}

/// A stretch of a file.
#[derive(Serialize, JsonSchema)]
pub(super) struct Place {
    /// The file, from the folder of forms.
    pub file: String,
    /// Its first character.
    pub start: Position,
    /// The place behind its last character.
    pub end: Position,
}

/// A place between characters. Both numbers count from 1.
#[derive(Serialize, JsonSchema)]
pub(super) struct Position {
    /// The line.
    pub line: usize,
    /// The column, in characters (code points of the text in Unicode's form NFC).
    pub column: usize,
}

/// A change to the text of the file that the message is about.
#[derive(Serialize, JsonSchema)]
pub(super) struct Fix {
    /// Where the text that goes begins.
    pub start: Position,
    /// Where it ends.
    pub end: Position,
    /// What comes in its place.
    pub text: String,
}

impl Checked {
    /// These messages of what was compiled.
    pub fn new(
        about: &[&Diagnostic],
        compiled: &Compiled,
        folder: &Folder,
        only: Option<&Path>,
        language: Language,
    ) -> Self {
        let count = |severity| about.iter().filter(|found| found.severity() == severity).count();
        let spoken = |file: &str| only.is_none_or(|only| Path::new(file).starts_with(only));
        Self {
            folder: on_disk(folder),
            only: only.map(Path::to_owned),
            files: compiled.sources.iter().filter(|(file, _)| spoken(file)).count(),
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            hints: count(Severity::Hint),
            diagnostics: findings(about, &compiled.sources, language),
        }
    }
}

/// The folder, where it is one of the disk's.
pub(super) fn on_disk(folder: &Folder) -> Option<PathBuf> {
    match folder {
        Folder::Path(path) => Some(path.canonicalize().unwrap_or_else(|_| path.clone())),
        Folder::BuiltIn => None,
    }
}

/// Messages, errors first, then by file and place.
pub(super) fn findings(about: &[&Diagnostic], sources: &Sources, language: Language) -> Vec<Finding> {
    let mut sorted = about.to_vec();
    sorted
        .sort_by(|one, other| (one.severity(), &one.file, one.span).cmp(&(other.severity(), &other.file, other.span)));
    sorted.into_iter().map(|found| finding(found, sources, language)).collect()
}

fn finding(found: &Diagnostic, sources: &Sources, language: Language) -> Finding {
    let code = found.problem.code();
    let position = |byte| position(sources.text(&found.file).unwrap_or_default(), byte);
    Finding {
        code,
        severity: found.severity(),
        message: found.message(language),
        help: found.help(language),
        page: format!("diagnostics/{code}.html"),
        place: place(&found.file, found.span, sources),
        suggestion: found.suggestion.clone(),
        fix: found.fix.as_ref().map(|(span, text)| Fix {
            start: position(span.start),
            end: position(span.end),
            text: text.clone(),
        }),
        related: found.related.iter().map(|(file, span)| place(file, *span, sources)).collect(),
    }
}

fn place(file: &str, span: Span, sources: &Sources) -> Place {
    let text = sources.text(file).unwrap_or_default();
    Place { file: file.to_owned(), start: position(text, span.start), end: position(text, span.end) }
}

fn position(text: &str, byte: usize) -> Position {
    let (line, column) = line_and_column(text, byte);
    Position { line, column }
}

/// The shapes of all answers as JSON Schema: one property for each command.
#[must_use]
pub fn schemas() -> Value {
    let mut maker = SchemaSettings::draft2020_12().for_serialize().into_generator();
    let answers = [
        ("check", maker.subschema_for::<Checked>()),
        ("compare", maker.subschema_for::<super::compare::Compared>()),
        ("explain", maker.subschema_for::<super::explain::Told>()),
        ("fmt", maker.subschema_for::<super::rewrite::Rewritten>()),
        ("graph", maker.subschema_for::<super::graph::Drawn>()),
        ("new", maker.subschema_for::<super::new::Written>()),
        ("publish", maker.subschema_for::<super::publish::Published>()),
        ("serve", maker.subschema_for::<super::greeting::Serving>()),
        ("show", maker.subschema_for::<super::show::Shown>()),
        ("test", maker.subschema_for::<super::test::Report>()),
        ("translate", maker.subschema_for::<super::rewrite::Rewritten>()),
    ];
    let properties: Map<String, Value> =
        answers.into_iter().map(|(command, schema)| (command.to_owned(), schema.into())).collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "What the commands answer with under --format json, by command",
        "type": "object",
        "properties": properties,
        "$defs": maker.take_definitions(true),
    })
}
