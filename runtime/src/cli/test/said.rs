//! What came of the examples, in sentences.

use amtsweg_dsl::model::Language;

use super::report::{Report, TestedProcedure};
use crate::cli::words::pick;

/// More lines of what is not shown are counted only.
const MOST: usize = 40;

/// The whole report.
pub(super) fn text(report: &Report, language: Language) -> String {
    let parts: Vec<String> = report.procedures.iter().map(|one| procedure(one, language)).collect();
    parts.join("\n")
}

fn procedure(one: &TestedProcedure, language: Language) -> String {
    let version = pick(language, "Fassung", "version");
    let mut lines = vec![format!("{} ({version} {})", one.file, one.version)];
    examples(one, language, &mut lines);
    if one.counts.is_empty() {
        lines.push(format!(
            "  {}",
            pick(
                language,
                "Hier gibt es nichts, was Beispiele zeigen könnten.",
                "There is nothing here that examples could show."
            )
        ));
        return lines.join("\n") + "\n";
    }
    counts(one, language, &mut lines);
    not_shown(one, language, &mut lines);
    cases(one, language, &mut lines);
    lines.join("\n") + "\n"
}

fn examples(one: &TestedProcedure, language: Language, lines: &mut Vec<String>) {
    let right = one.examples.iter().filter(|example| example.ok).count();
    let said = match one.examples.len() {
        0 => pick(language, "Es gibt keine Beispiele.", "There are no examples."),
        1 => pick(language, "{right} von 1 Beispiel stimmt.", "{right} of 1 example is right."),
        _ => pick(language, "{right} von {all} Beispielen stimmen.", "{right} of {all} examples are right."),
    };
    let said = said.replace("{right}", &right.to_string()).replace("{all}", &one.examples.len().to_string());
    lines.push(format!("  {said}"));
    for example in &one.examples {
        let state = match example.ok {
            true => pick(language, "stimmt", "right"),
            false => pick(language, "falsch", "wrong"),
        };
        lines.push(format!("    {state}  {} \"{}\"", example.name, example.title));
        for found in &example.diagnostics {
            let line = pick(language, "Zeile", "line");
            lines.push(format!("      {line} {}: {} {}", found.place.start.line, found.code, found.message));
        }
    }
}

fn counts(one: &TestedProcedure, language: Language, lines: &mut Vec<String>) {
    let said = pick(language, "Die Beispiele zeigen {n} Prozent:", "The examples show {n} per cent:");
    lines.push(format!("  {}", said.replace("{n}", &one.percent.to_string())));
    let of = pick(language, "von", "of");
    for count in &one.counts {
        let not = if count.measured { "" } else { pick(language, " (zählen nicht mit)", " (do not count)") };
        lines.push(format!("    {}: {} {of} {}{not}", count.what, count.shown, count.all));
    }
    if one.impossible > 0 {
        let said = match one.impossible {
            1 => pick(
                language,
                "1 weiteres kann nicht vorkommen, das ist bewiesen.",
                "1 more cannot happen, that is proved.",
            ),
            _ => pick(
                language,
                "{n} weitere können nicht vorkommen, das ist bewiesen.",
                "{n} more cannot happen, that is proved.",
            ),
        };
        lines.push(format!("    {}", said.replace("{n}", &one.impossible.to_string())));
    }
}

fn not_shown(one: &TestedProcedure, language: Language, lines: &mut Vec<String>) {
    let open: Vec<_> = one.not_shown.iter().filter(|open| open.measured).collect();
    if open.is_empty() {
        return;
    }
    lines.push(format!("  {}", pick(language, "Das zeigt noch kein Beispiel:", "No example shows this yet:")));
    let line = pick(language, "Zeile", "line");
    for open in open.iter().take(MOST) {
        let file = if open.file == one.file { String::new() } else { format!("{}, ", open.file) };
        let found = match open.case_found {
            true => "",
            false => pick(language, " – dafür wurde kein Fall gefunden", " – no case was found for it"),
        };
        lines.push(format!("    {file}{line} {}: {}{found}", open.line, open.what));
    }
    if open.len() > MOST {
        let more = pick(language, "… und {n} weitere.", "… and {n} more.");
        lines.push(format!("    {}", more.replace("{n}", &(open.len() - MOST).to_string())));
    }
}

fn cases(one: &TestedProcedure, language: Language, lines: &mut Vec<String>) {
    let (offices, cases): (Vec<_>, Vec<_>) = one.cases.iter().partition(|case| case.further_office);
    let percent = one.percent_with_cases.to_string();
    if one.written > 0 {
        let said = match one.written {
            1 => pick(
                language,
                "1 abgeleiteter Fall steht jetzt in der Datei. Bitte lesen Sie ihn.",
                "1 derived case stands in the file now. Please read it.",
            ),
            _ => pick(
                language,
                "{n} abgeleitete Fälle stehen jetzt in der Datei. Bitte lesen Sie sie.",
                "{n} derived cases stand in the file now. Please read them.",
            ),
        };
        lines.push(format!("  {}", said.replace("{n}", &one.written.to_string())));
    } else if !cases.is_empty() {
        let said = match cases.len() {
            1 => pick(
                language,
                "Mit 1 abgeleiteten Fall sind es {percent} Prozent. --write schreibt ihn in die Datei.",
                "With 1 derived case it is {percent} per cent. --write writes it into the file.",
            ),
            _ => pick(
                language,
                "Mit {n} abgeleiteten Fällen sind es {percent} Prozent. --write schreibt sie in die Datei.",
                "With {n} derived cases it is {percent} per cent. --write writes them into the file.",
            ),
        };
        lines.push(format!("  {}", said.replace("{n}", &cases.len().to_string()).replace("{percent}", &percent)));
    }
    if !offices.is_empty() {
        let said = pick(
            language,
            "Je einen Fall für {n} weitere Stellen schreibt --every-office dazu.",
            "--every-office adds a case for each of {n} further authorities.",
        );
        lines.push(format!("  {}", said.replace("{n}", &offices.len().to_string())));
    }
}
