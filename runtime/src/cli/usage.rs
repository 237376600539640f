//! What is said about a command line that cannot be read.

use std::ffi::OsString;

use amtsweg_dsl::diagnostic::closest;
use amtsweg_dsl::model::Language;
use clap::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::{Exit, words};

/// German words that somebody may try, and the command for them.
const MEANT: &[(&str, &str)] = &[
    ("erklären", "explain"),
    ("formatieren", "fmt"),
    ("hilfe", "help"),
    ("neu", "new"),
    ("prüfen", "check"),
    ("pruefen", "check"),
    ("starten", "serve"),
    ("testen", "test"),
    ("vergleichen", "compare"),
    ("veröffentlichen", "publish"),
    ("zeichnen", "graph"),
    ("zeigen", "show"),
    ("übersetzen", "translate"),
    ("format", "fmt"),
    ("diff", "compare"),
    ("init", "new"),
    ("run", "serve"),
    ("start", "serve"),
];

/// The language that `--lang` asks for on a command line that need not be right.
pub(super) fn language_in(words: &[OsString]) -> Option<Language> {
    let mut words = words.iter().map(|word| word.to_string_lossy());
    while let Some(word) = words.next() {
        let value = match word.strip_prefix("--lang") {
            Some("") => words.next().map(|value| value.into_owned()),
            Some(rest) => rest.strip_prefix('=').map(str::to_owned),
            None => continue,
        };
        match value.as_deref() {
            Some("de") => return Some(Language::German),
            Some("en") => return Some(Language::English),
            _ => {}
        }
    }
    None
}

/// Prints help and version where they were asked for; otherwise what is wrong with the command line.
pub(super) fn said(error: &Error, language: Language) -> Exit {
    if !error.use_stderr() {
        // Who has stopped reading does not want to be told.
        drop(error.print());
        return Exit::Fine;
    }
    eprintln!("{}", sentence(error, language));
    Exit::Unusable
}

/// Says that there is no such command.
pub(super) fn no_command(named: &str, near: Option<String>, language: Language) -> String {
    let small = named.to_lowercase();
    let known = MEANT.iter().find(|(word, _)| *word == small).map(|(_, command)| (*command).to_owned());
    let said = words::pick(language, "Den Befehl „{named}“ gibt es nicht.", "There is no command “{named}”.");
    let said = said.replace("{named}", named);
    let all = words::pick(language, "Alle Befehle zeigt: amtsweg --help", "All commands: amtsweg --help");
    match known.or(near) {
        Some(meant) => {
            let question = words::pick(language, "Meinten Sie „{meant}“?", "Did you mean “{meant}”?");
            format!("{said} {} {all}", question.replace("{meant}", &meant))
        }
        None => format!("{said} {all}"),
    }
}

fn sentence(error: &Error, language: Language) -> String {
    let text = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.clone()),
        Some(ContextValue::Strings(texts)) => Some(texts.join(", ")).filter(|texts| !texts.is_empty()),
        Some(ContextValue::StyledStrs(texts)) => texts.first().map(ToString::to_string),
        _ => None,
    };
    let first = |kind| match error.get(kind) {
        Some(ContextValue::Strings(texts)) => texts.first().cloned(),
        Some(ContextValue::String(text)) => Some(text.clone()),
        _ => None,
    };
    let invalid = text(ContextKind::InvalidArg).unwrap_or_default();
    let value = text(ContextKind::InvalidValue).unwrap_or_default();
    let pick = |german: &str, english: &str| {
        words::pick(language, german, english).replace("{arg}", &invalid).replace("{value}", &value)
    };
    let said = match error.kind() {
        ErrorKind::InvalidSubcommand => {
            let named = text(ContextKind::InvalidSubcommand).unwrap_or_default();
            let whole = super::command(language);
            let near = closest(&named, whole.get_subcommands().map(clap::Command::get_name));
            return no_command(&named, near, language);
        }
        ErrorKind::UnknownArgument if invalid.starts_with('-') => {
            pick("Die Option {arg} gibt es hier nicht.", "There is no option {arg} here.")
        }
        ErrorKind::UnknownArgument => pick("„{arg}“ ist hier zu viel.", "“{arg}” is too much here."),
        ErrorKind::MissingRequiredArgument => pick("Es fehlt: {arg}.", "This is missing: {arg}."),
        ErrorKind::ArgumentConflict => {
            let other = text(ContextKind::PriorArg).unwrap_or_default();
            let said = pick("{arg} und {other} gehen nicht zusammen.", "{arg} and {other} do not go together.");
            said.replace("{other}", &other)
        }
        ErrorKind::InvalidValue if value.is_empty() => {
            pick("Hinter {arg} fehlt, was gemeint ist.", "Behind {arg} it is missing what is meant.")
        }
        ErrorKind::ValueValidation if invalid.starts_with("--min ") => pick(
            "„{value}“ geht bei {arg} nicht; möglich ist eine ganze Zahl von 0 bis 100.",
            "“{value}” does not fit {arg}; a whole number from 0 to 100 does.",
        ),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            pick("„{value}“ geht bei {arg} nicht.", "“{value}” does not fit {arg}.")
        }
        // Rare ones, in the words of the library.
        _ => return error.to_string().trim_end().to_owned(),
    };
    let mut sentences = vec![said];
    let meant = [ContextKind::SuggestedArg, ContextKind::SuggestedValue].into_iter().find_map(first);
    if let Some(meant) = meant {
        let question = words::pick(language, "Meinten Sie {meant}?", "Did you mean {meant}?");
        sentences.push(question.replace("{meant}", &meant));
    } else if let Some(valid) = text(ContextKind::ValidValue) {
        let said = words::pick(language, "Möglich sind: {valid}.", "Possible are: {valid}.");
        sentences.push(said.replace("{valid}", &valid));
    }
    let usage = error.get(ContextKind::Usage).map(ToString::to_string).unwrap_or_default();
    let usage = usage.trim().trim_start_matches("Usage:").trim().to_owned();
    if !usage.is_empty() {
        let said = words::pick(language, "Aufruf: {usage}", "Usage: {usage}");
        sentences.push(said.replace("{usage}", &usage));
    }
    sentences.join(" ")
}
