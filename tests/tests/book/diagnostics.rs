//! A page for every message of the compiler, an index, and their entries in the summary.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;

use amtsweg_dsl::diagnostic::{Problem, Severity};

use crate::{hold, page, plain, source};

/// Groups of codes as the first digits say them.
const GROUPS: &[(&str, &str)] = &[
    ("AW00", "Files and lines"),
    ("AW01", "Names"),
    ("AW02", "Kinds and units"),
    ("AW03", "Conditions"),
    ("AW04", "Tables, responsibility, fees"),
    ("AW05", "Details of procedures, lists, authorities, portals"),
    ("AW06", "Translations"),
    ("AW07", "Examples"),
    ("AW08", "Templates, adoptions, versions"),
    ("AW09", "What never happens, always holds, or cannot be finished"),
    ("AW10", "How texts read"),
    ("AW11", "Time, second persons, trust"),
];

fn weight(severity: Severity) -> (&'static str, &'static str) {
    match severity {
        Severity::Error => {
            ("Error", "The file does not compile; nothing of this procedure is served anew until it is put right.")
        }
        Severity::Warning => ("Warning", "The file compiles, but something is probably wrong."),
        Severity::Hint => ("Hint", "The file compiles; it is something to add or to think about."),
    }
}

/// `{name}` in a message stands for a text of the case: shown as ‹name›.
fn shown(text: &str) -> String {
    plain(text).replace('{', "‹").replace('}', "›")
}

fn one(code: &str, severity: Severity, texts: &[&str; 4]) -> String {
    let [de, de_help, en, en_help] = texts.map(shown);
    let (name, meaning) = weight(severity);
    let mut out = format!("# {code}\n\n**{name}.** {meaning}\n\n## English\n\n> {en}\n");
    if !en_help.is_empty() {
        let _ = write!(out, ">\n> {en_help}\n");
    }
    let _ = write!(out, "\n## Deutsch\n\n> {de}\n");
    if !de_help.is_empty() {
        let _ = write!(out, ">\n> {de_help}\n");
    }
    if [&de, &en].iter().any(|text| text.contains('‹')) {
        out.push_str("\nWhat stands in ‹angle marks› is filled in with the words of your file.\n");
    }
    out.push_str("\n[All messages](README.md)\n");
    out
}

/// All messages by their codes.
fn in_order() -> impl Iterator<Item = (&'static str, Severity, [&'static str; 4])> {
    let mut all = Problem::TABLE.to_vec();
    all.sort_by_key(|(code, ..)| *code);
    all.into_iter()
}

fn index() -> String {
    let mut out = String::from(
        "# Messages of the compiler\n\nEvery message has a code that never changes its meaning and is never used again. \
         It says what is wrong, where, and how to put it right, in German or English. \
         [How to read one](../language/checking.md).\n",
    );
    for (prefix, title) in GROUPS {
        let _ = write!(out, "\n## {title}\n\n| code | | message |\n|---|---|---|\n");
        for (code, severity, texts) in in_order().filter(|(code, ..)| code.starts_with(prefix)) {
            let _ =
                writeln!(out, "| [{code}]({code}.md) | {} | {} |", weight(severity).0.to_lowercase(), shown(texts[2]));
        }
    }
    out
}

#[test]
fn every_message_has_its_page() {
    let folder = source().join("diagnostics");
    let mut wrong = Vec::new();
    let mut names = BTreeSet::from(["README.md".to_owned()]);
    for (code, severity, texts) in Problem::TABLE {
        let name = format!("{code}.md");
        wrong.extend(hold(&folder.join(&name), &one(code, *severity, texts)).err());
        assert!(names.insert(name), "{code} is used twice");
        assert!(GROUPS.iter().any(|(prefix, _)| code.starts_with(prefix)), "{code} belongs to no group");
    }
    wrong.extend(hold(&folder.join("README.md"), &index()).err());
    for entry in fs::read_dir(&folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if !names.contains(&name) {
            wrong.push(format!("diagnostics/{name}: there is no such message"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_summary_lists_every_message() {
    let summary = page("SUMMARY.md");
    let is_entry = |line: &&str| line.trim_start().starts_with("- [AW");
    let mut made = String::new();
    let mut done = false;
    for line in summary.lines() {
        if !is_entry(&line) {
            let _ = writeln!(made, "{line}");
        }
        if line.contains("(diagnostics/README.md)") {
            for (code, ..) in in_order() {
                let _ = writeln!(made, "  - [{code}](diagnostics/{code}.md)");
            }
            done = true;
        }
    }
    assert!(done, "SUMMARY.md has no entry for diagnostics/README.md");
    hold(&source().join("SUMMARY.md"), &made).unwrap_or_else(|wrong| panic!("{wrong}"));
}
