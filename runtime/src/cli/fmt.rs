use std::path::PathBuf;

use amtsweg_dsl::format::{Kept, format};
use amtsweg_dsl::model::Language;
use clap::{Args, ValueHint};
use similar::{ChangeTag, TextDiff};

use super::Failure;
use super::output::Output;
use super::rewrite::{self, Next};
use super::words::pick;

/// What is to be put in its proper shape.
#[derive(Args)]
pub(super) struct Fmt {
    /// Files, folders with all their .amt files, or - for the input.
    #[arg(default_value = "forms", value_name = "FILE|FOLDER|-", value_hint = ValueHint::AnyPath)]
    paths: Vec<PathBuf>,
    /// Changes nothing: shows what would change, and ends with 1 when there is something.
    #[arg(long)]
    check: bool,
}

/// Puts texts in their proper shape, or shows what that would change.
pub(super) fn run(asked: &Fmt, output: &Output) -> Result<(), Failure> {
    let next = |name: &str, text: &str| {
        let found = format(text);
        let next = match found.kept {
            Some(kept) => return Next::Leave(why(kept, output).to_owned()),
            None if !asked.check => Next::Write(found.text),
            None if found.text == text => Next::Show(String::new()),
            None => Next::Show(difference(name, text, &found.text, output.language)),
        };
        match found.unread.as_slice() {
            [] => next,
            lines => Next::Partly(Box::new(next), unread(lines, output)),
        }
    };
    rewrite::each(&asked.paths, output, next, |all, changed| Some(summary(all, changed, asked.check, output)))
}

/// Which lines stay as they are.
fn unread(lines: &[usize], output: &Output) -> String {
    let numbers: Vec<String> = lines.iter().map(ToString::to_string).collect();
    let said = match lines.len() {
        1 => output.pick(
            "Zeile {lines} ist nicht zu verstehen und bleibt, wie sie ist. `amtsweg check` sagt, woran das liegt.",
            "Line {lines} cannot be understood and stays as it is. `amtsweg check` says why.",
        ),
        _ => output.pick(
            "Die Zeilen {lines} sind nicht zu verstehen und bleiben, wie sie sind. `amtsweg check` sagt, woran das liegt.",
            "The lines {lines} cannot be understood and stay as they are. `amtsweg check` says why.",
        ),
    };
    said.replace("{lines}", &numbers.join(", "))
}

fn why(kept: Kept, output: &Output) -> &'static str {
    match kept {
        Kept::NotRead => output.pick(
            "Bleibt, wie sie ist: Es ist nicht zu erkennen, was die Datei beschreibt. `amtsweg check` sagt, woran das liegt.",
            "Stays as it is: it cannot be seen what the file describes. `amtsweg check` says why.",
        ),
        Kept::WouldDiffer => output.pick(
            "Bleibt, wie sie ist: In der neuen Form würde sie etwas anderes sagen. Das ist ein Fehler von Amtsweg. Bitte melden Sie ihn mit dieser Datei.",
            "Stays as it is: in the new form it would say something else. That is a mistake in Amtsweg. Please report it with this file.",
        ),
    }
}

fn summary(all: usize, changed: usize, check: bool, output: &Output) -> String {
    let said = match (check, changed) {
        (_, 0) => output.pick("In Form: {all} von {all} Dateien.", "In shape: {all} of {all} files."),
        (true, _) => output.pick(
            "Nicht in Form: {n} von {all} Dateien. `amtsweg fmt` bringt sie in Form.",
            "Not in shape: {n} of {all} files. `amtsweg fmt` puts them in shape.",
        ),
        (false, _) => output.pick("In Form gebracht: {n} von {all} Dateien.", "Put in shape: {n} of {all} files."),
    };
    said.replace("{n}", &changed.to_string()).replace("{all}", &all.to_string())
}

/// Which lines would change, each with its number: what is there now, and what would be there.
fn difference(name: &str, before: &str, after: &str, language: Language) -> String {
    let plain = before.strip_prefix('\u{feff}').unwrap_or(before).replace("\r\n", "\n");
    if plain == after {
        let said = pick(
            language,
            "{name}\n  Nur das Ende der Zeilen oder ein unsichtbares Zeichen am Anfang würde sich ändern.\n",
            "{name}\n  Only the ends of the lines or an invisible sign at the beginning would change.\n",
        );
        return said.replace("{name}", name);
    }
    let mut text = format!("{name}\n");
    let difference = TextDiff::from_lines(plain.as_str(), after);
    for group in difference.grouped_ops(0) {
        let line = group.first().map_or(0, |change| change.old_range().start) + 1;
        text.push_str(&format!("  {} {line}\n", pick(language, "Zeile", "line")));
        for change in group.iter().flat_map(|change| difference.iter_changes(change)) {
            let sign = match change.tag() {
                ChangeTag::Delete => '-',
                ChangeTag::Insert => '+',
                ChangeTag::Equal => continue,
            };
            text.push_str(format!("  {sign} {}", visible(change.value())).trim_end());
            text.push('\n');
        }
    }
    text
}

/// A line with signs for the blanks at its end, and for steps of the tabulator: else nobody sees
/// what changes.
fn visible(line: &str) -> String {
    let line = line.trim_end_matches(['\n', '\r']);
    let said = line.trim_end();
    let blanks = line[said.len()..].chars().count();
    format!("{}{}", said.replace('\t', "→ "), "·".repeat(blanks))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_shows_what_cannot_be_seen() {
        let found = difference("a.amt", "eins\n\tzwei  \ndrei\n\n", "eins\n  zwei\ndrei\n", Language::German);
        assert_eq!(found, "a.amt\n  Zeile 2\n  - → zwei··\n  +   zwei\n  Zeile 4\n  -\n");
        let ends = difference("a.amt", "\u{feff}eins\r\n", "eins\n", Language::English);
        assert_eq!(ends.lines().count(), 2, "{ends}");
    }
}
