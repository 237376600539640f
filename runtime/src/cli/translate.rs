use std::path::PathBuf;

use amtsweg_dsl::format::{NotTranslated, translate};
use amtsweg_dsl::model::Language;
use clap::{Args, ValueHint};

use super::Failure;
use super::args::Lang;
use super::output::Output;
use super::rewrite::{self, Next};

/// Whose keywords are to be rewritten, and in which language.
#[derive(Args)]
pub(super) struct Translate {
    /// Files, folders with all their .amt files, or - for the input.
    #[arg(required = true, value_name = "FILE|FOLDER|-", value_hint = ValueHint::AnyPath)]
    paths: Vec<PathBuf>,
    /// The language that the keywords shall have.
    #[arg(long, value_enum, value_name = "LANGUAGE")]
    to: Lang,
}

/// Rewrites keywords in the other language; names, texts and values stay.
pub(super) fn run(asked: &Translate, output: &Output) -> Result<(), Failure> {
    let to = match asked.to {
        Lang::De => Language::German,
        Lang::En => Language::English,
    };
    let next = |_: &str, text: &str| match translate(text, to) {
        Ok(translated) => Next::Write(translated),
        Err(reason) => Next::Leave(why(&reason, output)),
    };
    rewrite::each(&asked.paths, output, next, |_, _| None)
}

fn why(reason: &NotTranslated, output: &Output) -> String {
    match reason {
        NotTranslated::NotRead => output.pick(
            "Bleibt, wie sie ist: Es ist nicht zu erkennen, was die Datei beschreibt. `amtsweg check` sagt, woran das liegt.",
            "Stays as it is: it cannot be seen what the file describes. `amtsweg check` says why.",
        )
        .to_owned(),
        NotTranslated::Lines(lines) => {
            let numbers: Vec<String> = lines.iter().map(ToString::to_string).collect();
            let said = match lines.len() {
                1 => output.pick(
                    "Bleibt, wie sie ist: Zeile {lines} ist nicht zu verstehen. `amtsweg check` sagt, woran das liegt.",
                    "Stays as it is: line {lines} cannot be understood. `amtsweg check` says why.",
                ),
                _ => output.pick(
                    "Bleibt, wie sie ist: Die Zeilen {lines} sind nicht zu verstehen. `amtsweg check` sagt, woran das liegt.",
                    "Stays as it is: the lines {lines} cannot be understood. `amtsweg check` says why.",
                ),
            };
            said.replace("{lines}", &numbers.join(", "))
        }
        NotTranslated::WouldDiffer => output.pick(
            "Bleibt, wie sie ist: Mit den anderen Schlüsselwörtern würde sie etwas anderes sagen. Das ist ein Fehler von Amtsweg. Bitte melden Sie ihn mit dieser Datei.",
            "Stays as it is: with the other keywords it would say something else. That is a mistake in Amtsweg. Please report it with this file.",
        )
        .to_owned(),
    }
}
