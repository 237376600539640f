//! Mistakes that authors make, seeded into real procedures, and what the compiler must say to each.
//!
//! `forms/` holds procedures as they were on one day, so that a mistake stays the same when the catalogue goes on.
//! Each file of `mistakes/` is a list of rules with their mistakes; a mistake is added by adding a table:
//!
//! ```toml
//! [[rule.mistake]]
//! name = "colon"                       # its own name
//! file = "land/person.amt"             # the file below `forms/` that it is made in
//! change = [["Art: Ort", "Art Ort"]]   # what is replaced, each occurring once in the file
//! line = "Art Ort"                     # the message stands on the last line of this text, which occurs once afterwards
//! code = "AW0030"
//! becomes = "Art: Ort"                 # what the file holds when the quick fix was taken,
//! # or suggests = "…": the word of “Did you mean …?”; or help = "…": words of the remedy, where no fix is certain
//! ```
//!
//! What is expected was written before the compiler was asked. `AMTSWEG_SHOW_CONTEST=1` prints what it said.

#![expect(clippy::unwrap_used, reason = "a test that cannot read its files has failed")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use amtsweg_dsl::diagnostic::{Diagnostic, line_and_column};
use amtsweg_dsl::model::Language;
use amtsweg_dsl::region::Regions;
use amtsweg_dsl::syntax::Sources;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Theme {
    rule: Vec<Rule>,
}

/// How mistakes of one sort come about.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    what: String,
    mistake: Vec<Mistake>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Mistake {
    name: String,
    file: String,
    change: Vec<[String; 2]>,
    line: String,
    code: String,
    becomes: Option<String>,
    suggests: Option<String>,
    help: Option<String>,
}

impl Mistake {
    /// The file with the mistake in it.
    fn seeded(&self, files: &BTreeMap<String, String>) -> String {
        let mut text = files[&self.file].clone();
        for [old, new] in &self.change {
            assert_eq!(text.matches(old.as_str()).count(), 1, "{}: “{old}” occurs not once", self.name);
            text = text.replacen(old.as_str(), new, 1);
        }
        assert_eq!(text.matches(self.line.as_str()).count(), 1, "{}: “{}” occurs not once", self.name, self.line);
        text
    }

    /// The number of the line that the message must stand on.
    fn line(&self, text: &str) -> usize {
        let at = text.find(&self.line).unwrap() + self.line.trim_end().len();
        line_and_column(text, at).0
    }

    /// Whether the remedy is the one that is expected.
    fn right(&self, message: &Diagnostic, text: &str, language: Language) -> bool {
        if let Some(wanted) = &self.becomes {
            return message.fix.as_ref().is_some_and(|(span, new)| {
                let mut fixed = text.to_owned();
                fixed.replace_range(span.start..span.end, new);
                fixed.matches(wanted.as_str()).count() == text.matches(wanted.as_str()).count() + 1
            });
        }
        if let Some(wanted) = &self.suggests {
            return message.suggestion.as_ref() == Some(wanted);
        }
        self.help.as_ref().is_some_and(|wanted| message.help(language).contains(wanted.as_str()))
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/contest")
}

fn rules() -> Vec<Rule> {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder().join("mistakes")).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let theme = |path: &PathBuf| toml::from_str::<Theme>(&fs::read_to_string(path).unwrap());
    paths.iter().flat_map(|path| theme(path).unwrap_or_else(|error| panic_with(path, &error)).rule).collect()
}

#[expect(clippy::panic, reason = "a table that cannot be read fails the test")]
fn panic_with(path: &Path, error: &toml::de::Error) -> Theme {
    panic!("{}: {error}", path.display())
}

fn read(folder: &Path, prefix: &str, files: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = format!("{prefix}{}", entry.file_name().into_string().unwrap());
        if entry.file_type().unwrap().is_dir() {
            read(&entry.path(), &format!("{name}/"), files);
        } else {
            files.insert(name, fs::read_to_string(entry.path()).unwrap());
        }
    }
}

fn forms() -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    read(&folder().join("forms"), "", &mut files);
    files
}

/// All messages about the files, as the command sorts them.
fn compile(files: &BTreeMap<String, String>) -> Vec<Diagnostic> {
    let mut sources = Sources::new();
    for (file, text) in files {
        sources.add(file, text.as_bytes()).unwrap();
    }
    let (_, mut found) = amtsweg_dsl::compile(&sources, Regions::shipped(), jiff::civil::date(2026, 11, 22));
    found.sort_by(|a, b| (a.severity(), &a.file, a.span.start).cmp(&(b.severity(), &b.file, b.span.start)));
    found
}

fn language(text: &str) -> Language {
    if text.starts_with("Language: English") { Language::English } else { Language::German }
}

#[test]
fn the_procedures_without_mistakes_lead_to_no_message() {
    let said: Vec<String> = compile(&forms())
        .iter()
        .map(|message| format!("{} {} {}", message.file, message.problem.code(), message.message(Language::German)))
        .collect();
    assert!(said.is_empty(), "{said:#?}");
}

#[test]
fn every_mistake_can_be_seeded() {
    let files = forms();
    let mut names = BTreeSet::new();
    for rule in rules() {
        assert!(!rule.what.is_empty());
        for mistake in rule.mistake {
            mistake.seeded(&files);
            let remedies = [&mistake.becomes, &mistake.suggests, &mistake.help];
            assert_eq!(remedies.iter().filter(|one| one.is_some()).count(), 1, "{}: one remedy", mistake.name);
            assert!(names.insert(mistake.name.clone()), "{} is there twice", mistake.name);
        }
    }
    assert!(names.len() >= 60, "only {} mistakes", names.len());
}

#[test]
fn mistakes_are_named_at_their_line_with_their_remedy() {
    let files = forms();
    let show = std::env::var_os("AMTSWEG_SHOW_CONTEST").is_some();
    let (mut all, mut right) = (0, 0);
    let mut wrong = Vec::new();
    let mut noisy = Vec::new();
    for mistake in rules().iter().flat_map(|rule| &rule.mistake) {
        let text = mistake.seeded(&files);
        let mut seeded = files.clone();
        seeded.insert(mistake.file.clone(), text.clone());
        let found = compile(&seeded);
        let here = |message: &&Diagnostic| {
            message.file == mistake.file
                && message.problem.code() == mistake.code
                && line_and_column(&text, message.span.start).0 == mistake.line(&text)
        };
        let reader = language(&text);
        let said: Vec<String> = found
            .iter()
            .map(|message| {
                let line = line_and_column(seeded[&message.file].as_str(), message.span.start).0;
                let (what, help) = (message.message(reader), message.help(reader));
                let fix = message.fix.as_ref().map(|(_, new)| format!(" [→ {new}]")).unwrap_or_default();
                format!("    {}:{line} {} {what} {help}{fix}", message.file, message.problem.code())
            })
            .collect();
        let good = found.iter().find(here).is_some_and(|message| mistake.right(message, &text, reader));
        let report = || {
            let wanted = format!("line {}, {}", mistake.line(&text), mistake.code);
            format!("  {} ({wanted}):\n{}", mistake.name, said.join("\n"))
        };
        all += 1;
        right += usize::from(good);
        if !good {
            wrong.push(report());
        }
        // One message may follow from the mistake beside the one that names it.
        if found.len() > 2 {
            noisy.push(report());
        }
        if show {
            eprintln!("{} {}", if good { "right" } else { "WRONG" }, report());
        }
    }
    assert!(noisy.is_empty(), "more than one further message:\n{}", noisy.join("\n"));
    assert!(right * 100 >= all * 95, "{right} of {all} are right; wrong:\n{}", wrong.join("\n"));
}
