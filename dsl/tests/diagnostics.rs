//! What the compiler says to authors: every file (or folder, where several files are needed)
//! below `examples/` carries the messages that it leads to, each under the line it belongs to:
//!
//! ```text
//!   Art: Dattum
//! #      ^ AW0114 part of the message
//! ```
//!
//! The caret stands below the place; the words occur in the message in the language of the file.
//! A case is added by adding a file; `AMTSWEG_WRITE_CASES=1` writes the messages into the files,
//! to be read before they are kept. What a procedure lacks for being published (AW0501) is
//! looked at only where a case names it. The files in `gemeinsam/` are part of every case.

#![expect(clippy::unwrap_used, reason = "a test that fails panics")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use amtsweg_dsl::diagnostic::{Diagnostic, Problem, line_and_column};
use amtsweg_dsl::model::Language;
use amtsweg_dsl::region::Regions;
use amtsweg_dsl::syntax::Sources;

/// A case: its name, and its files with their bytes.
struct Case {
    name: String,
    files: BTreeMap<String, Vec<u8>>,
}

/// A message that a file says it leads to.
#[derive(Debug)]
struct Expected {
    file: String,
    line: usize,
    column: usize,
    code: String,
    words: String,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/examples")
}

fn files(folder: &Path, prefix: &str, into: &mut BTreeMap<String, Vec<u8>>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = format!("{prefix}{}", entry.file_name().into_string().unwrap());
        if entry.file_type().unwrap().is_dir() {
            files(&entry.path(), &format!("{name}/"), into);
        } else {
            into.insert(name, std::fs::read(entry.path()).unwrap());
        }
    }
}

fn cases() -> Vec<Case> {
    let mut shared = BTreeMap::new();
    files(&folder().join("gemeinsam"), "", &mut shared);
    let mut cases: Vec<Case> = std::fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.file_name() != "gemeinsam")
        .map(|entry| {
            let name = entry.file_name().into_string().unwrap();
            let mut own = shared.clone();
            if entry.file_type().unwrap().is_dir() {
                files(&entry.path(), "", &mut own);
            } else {
                own.insert(name.clone(), std::fs::read(entry.path()).unwrap());
            }
            Case { name, files: own }
        })
        .collect();
    cases.sort_by(|a, b| a.name.cmp(&b.name));
    cases
}

/// The language of a file's keywords.
fn language(text: &str) -> Language {
    if text.starts_with("Language: English") { Language::English } else { Language::German }
}

fn note(line: &str) -> Option<&str> {
    line.trim_start().strip_prefix('#').and_then(|rest| rest.trim_start().strip_prefix("^ AW"))
}

fn is_note(line: &str) -> bool {
    note(line).is_some()
}

/// The messages that a file names in its comments.
fn expected(file: &str, text: &str) -> Vec<Expected> {
    let mut all = Vec::new();
    let mut above = 1;
    for (index, line) in text.lines().enumerate() {
        let Some(note) = note(line) else {
            above = index + 1;
            continue;
        };
        let (number, words) = note.split_at(4);
        all.push(Expected {
            file: file.to_owned(),
            line: above,
            column: line.chars().position(|c| c == '^').unwrap() + 1,
            code: format!("AW{number}"),
            words: words.trim().to_owned(),
        });
    }
    all
}

/// First line, first column and last column of a message.
fn place(text: &str, message: &Diagnostic) -> (usize, usize, usize) {
    let (line, column) = line_and_column(text, message.span.start);
    let length = text.get(message.span.start..message.span.end).map_or(0, |part| part.chars().count());
    (line, column, column + length.max(1) - 1)
}

fn said(message: &Diagnostic, language: Language) -> String {
    format!("{} {}", message.message(language), message.help(language))
}

/// Compiles a case; its messages, but for what is only needed for publishing.
fn messages(case: &Case) -> Vec<Diagnostic> {
    let mut sources = Sources::new();
    for (file, bytes) in &case.files {
        sources.add(file, bytes).unwrap();
    }
    let (_, found) = amtsweg_dsl::compile(&sources, Regions::shipped(), jiff::civil::date(2026, 11, 22));
    let names_hints = case.files.values().any(|bytes| String::from_utf8_lossy(bytes).contains("^ AW0501"));
    found.into_iter().filter(|message| names_hints || message.problem.code() != "AW0501").collect()
}

fn text(case: &Case, file: &str) -> String {
    String::from_utf8_lossy(&case.files[file]).into_owned()
}

/// Holds the messages of a case against those that its files name; what differs.
fn check(case: &Case) -> Vec<String> {
    let mut open: Vec<Expected> = case.files.keys().flat_map(|file| expected(file, &text(case, file))).collect();
    let mut differences = Vec::new();
    for message in messages(case) {
        let (line, from, to) = place(&text(case, &message.file), &message);
        let words = said(&message, language(&text(case, &message.file)));
        let fits = open.iter().position(|wanted| {
            wanted.file == message.file
                && wanted.line == line
                && (from..=to.max(2)).contains(&wanted.column)
                && wanted.code == message.problem.code()
                && words.contains(&wanted.words)
        });
        match fits {
            Some(index) => {
                open.remove(index);
            }
            None => differences.push(format!(
                "+ {}|{}|{line}|{from}|{}|{}",
                case.name,
                message.file,
                message.problem.code(),
                words
            )),
        }
    }
    differences.extend(open.iter().map(|wanted| format!("- {}|{wanted:?}", case.name)));
    differences
}

/// Writes the messages of a case into its files.
fn write(case: &Case) {
    let found = messages(case);
    for (file, bytes) in &case.files {
        let own: Vec<&Diagnostic> = found.iter().filter(|message| message.file == *file).collect();
        let text = text(case, file);
        let mut out: Vec<u8> = Vec::new();
        let lines = || bytes.split_inclusive(|byte| *byte == b'\n');
        // Places count lines with the old notes; these go away together.
        for (index, line) in lines().chain(bytes.is_empty().then_some(&b"\n"[..])).enumerate() {
            let number = index + 1;
            if !is_note(&String::from_utf8_lossy(line)) {
                out.extend(line);
            }
            for message in own.iter().filter(|message| place(&text, message).0 == number) {
                if !out.ends_with(b"\n") {
                    out.push(b'\n');
                }
                let (_, from, _) = place(&text, message);
                let words = message.message(language(&text));
                let _ = std::io::Write::write_fmt(
                    &mut out,
                    format_args!("#{}^ {} {words}\n", " ".repeat(from.saturating_sub(2)), message.problem.code()),
                );
            }
        }
        let path = folder().join(&case.name);
        let path = if path.is_dir() { path.join(file) } else { path };
        if (path.is_dir() || path.ends_with(file)) && *bytes != out {
            std::fs::write(path, out).unwrap();
        }
    }
}

#[test]
fn every_case_leads_to_its_messages() {
    if std::env::var_os("AMTSWEG_WRITE_CASES").is_some() {
        cases().iter().for_each(write);
    }
    let differences: Vec<String> = cases().iter().flat_map(check).collect();
    assert!(differences.is_empty(), "\n{}", differences.join("\n"));
}

/// All messages in one language, as they are read: a change of a sentence shows.
fn sentences(language: Language) -> String {
    let mut out = String::new();
    for case in cases() {
        let _ = writeln!(out, "## {}", case.name);
        for message in messages(&case) {
            let text = text(&case, &message.file);
            let (line, from, to) = place(&text, &message);
            let source = text.lines().nth(line - 1).unwrap_or("").trim_end();
            let shown: String = source.chars().take(100).collect();
            let mark = "^".repeat((to + 1 - from).min(100));
            let _ = writeln!(out, "{} {}:{line}", message.problem.code(), message.file);
            let _ = writeln!(out, "  | {shown}\n  | {}{mark}", " ".repeat((from - 1).min(100)));
            let _ = writeln!(out, "  {}\n  {}", message.message(language), message.help(language));
        }
        out.push('\n');
    }
    out
}

#[test]
fn sentences_in_german() {
    insta::assert_snapshot!(sentences(Language::German));
}

#[test]
fn sentences_in_english() {
    insta::assert_snapshot!(sentences(Language::English));
}

/// What is offered as certain takes its message away. Empty texts of a translation are still missing.
#[test]
fn a_fix_takes_its_message_away() {
    let mut wrong = Vec::new();
    for case in cases() {
        let before = messages(&case);
        for message in &before {
            let code = message.problem.code();
            let Some((span, new)) = message.fix.as_ref().filter(|_| code != "AW0603") else { continue };
            let cleaned = amtsweg_dsl::syntax::Cleaned::new(&text(&case, &message.file));
            let old = cleaned.text();
            let fixed = format!("{}{new}{}", &old[..span.start], &old[span.end..]);
            let mut files = case.files.clone();
            files.insert(message.file.clone(), fixed.into_bytes());
            let after = messages(&Case { name: case.name.clone(), files });
            let same = |other: &&Diagnostic| {
                other.problem == message.problem && other.file == message.file && other.span.start == message.span.start
            };
            if after.iter().any(|other| same(&other)) {
                let (line, ..) = place(old, message);
                wrong.push(format!("{}|{}|{line}|{code}|{new:?}", case.name, message.file));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_code_is_produced_by_a_case() {
    let mut seen: BTreeSet<&str> = cases().iter().flat_map(messages).map(|message| message.problem.code()).collect();
    // Very large files are not kept among the cases.
    let mut sources = Sources::new();
    sources.add("big.amt", &vec![b'x'; Sources::MAX_FILE + 1]).unwrap();
    let head = "Sprache: Deutsch\nInformation lang \"Lang\"\n  Fassung: 1, gültig ab 01.01.2026\n";
    sources.add("lang.amt", format!("{head}  Text: \"{}\"\n", "x".repeat(30_000)).as_bytes()).unwrap();
    sources.add("viel.amt", format!("{head}{}", "  Farge: Rot\n".repeat(400)).as_bytes()).unwrap();
    for i in 0..14 {
        let uses = if i < 13 { format!("  verwendet: b{0}\n", i + 1) } else { String::new() };
        let kind = if i < 13 { format!("b{}", i + 1) } else { "Text".to_owned() };
        let text = format!(
            "Sprache: Deutsch\nBaustein b{i} \"B\"\n{uses}Frage x \"X?\"\n  Art: {kind}\nFrage y \"Y?\"\n  Art: {kind}\n"
        );
        sources.add(&format!("b{i}.amt"), text.as_bytes()).unwrap();
    }
    let today = jiff::civil::date(2026, 11, 22);
    let (_, found) = amtsweg_dsl::compile(&sources, Regions::shipped(), today);
    seen.extend(found.iter().map(|message| message.problem.code()));
    let missing: Vec<_> = Problem::TABLE.iter().map(|(code, ..)| *code).filter(|code| !seen.contains(code)).collect();
    assert!(missing.is_empty(), "no case leads to {missing:?}");
}

#[test]
fn every_message_has_its_words() {
    let only_programmers = [
        "token",
        "null",
        "pfad",
        "path",
        "ausdruck",
        "expression",
        "typ ",
        "type",
        "syntax",
        "parser",
        "eoi",
        "index",
        "variable",
        "string",
        "boolean",
        "array",
        "identifier",
        "literal",
        "compiler",
        "unexpected",
        "bitte",
        "leider",
        "ungültig",
        "fehlerhaft",
        "pflichtfeld",
        "unzulässig",
        "please",
        "invalid",
    ];
    for (code, _, sentences) in Problem::TABLE {
        for sentence in sentences {
            assert!(!sentence.is_empty(), "{code} lacks a sentence");
            let lower = sentence.to_lowercase();
            for word in only_programmers {
                assert!(!lower.contains(word), "{code}: “{word}” in “{sentence}”");
            }
        }
    }
    for case in cases() {
        for message in messages(&case) {
            for language in [Language::German, Language::English] {
                let all = said(&message, language);
                assert!(!all.contains("{}") && !all.contains("Rule::"), "{}: {all}", case.name);
                for word in ["eoi", "null", "token", "expression", "parser"] {
                    assert!(!all.to_lowercase().contains(word), "{}: “{word}” in “{all}”", case.name);
                }
            }
        }
    }
}
