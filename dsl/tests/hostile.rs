//! Broken, huge and cyclic texts: an answer within a second, and never a panic.

#![expect(clippy::unwrap_used, reason = "a test that fails panics")]

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

use amtsweg_dsl::Compiler;
use amtsweg_dsl::diagnostic::{Diagnostic, line_and_column};
use amtsweg_dsl::model::{Catalogue, Language};
use amtsweg_dsl::region::Regions;
use amtsweg_dsl::syntax::{Sources, tree};

/// How long a compilation may take on a machine that is busy; alone it takes less than a second, without optimisation
/// many times as long.
const LIMIT: Duration = Duration::from_secs(if cfg!(debug_assertions) { 20 } else { 5 });

fn read(folder: &Path, prefix: &str, files: &mut BTreeMap<String, Vec<u8>>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = format!("{prefix}{}", entry.file_name().into_string().unwrap());
        if entry.file_type().unwrap().is_dir() {
            read(&entry.path(), &format!("{name}/"), files);
        } else if name.ends_with(".amt") {
            files.insert(name, std::fs::read(entry.path()).unwrap());
        }
    }
}

fn catalogue() -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../forms"), "", &mut files);
    files
}

/// Compiles within the limit; every message has a place in its file and sentences.
fn compile(files: &BTreeMap<String, Vec<u8>>, what: &str) -> Vec<Diagnostic> {
    compile_again(&mut Compiler::new(Regions::shipped()), files, what).1
}

/// The same with a compiler that may have seen other texts before.
fn compile_again(
    compiler: &mut Compiler<'_>,
    files: &BTreeMap<String, Vec<u8>>,
    what: &str,
) -> (Catalogue, Vec<Diagnostic>) {
    let mut sources = Sources::new();
    for (file, bytes) in files {
        sources.add(file, bytes).unwrap();
    }
    let start = Instant::now();
    let (catalogue, found) = compiler.compile(&sources, jiff::civil::date(2026, 11, 22));
    let took = start.elapsed();
    assert!(took < LIMIT, "{what}: {took:?}");
    for message in &found {
        let text = sources.text(&message.file).unwrap_or("");
        assert!(message.span.start <= message.span.end && message.span.end <= text.len(), "{what}: {message:?}");
        assert!(text.is_char_boundary(message.span.start) && text.is_char_boundary(message.span.end), "{what}");
        assert!(line_and_column(text, message.span.start).0 >= 1);
        for language in [Language::German, Language::English] {
            assert!(!message.message(language).is_empty() && !message.help(language).is_empty(), "{what}");
        }
    }
    (catalogue, found)
}

fn alone(text: &str, what: &str) -> Vec<Diagnostic> {
    compile(&BTreeMap::from([("a.amt".to_owned(), text.as_bytes().to_vec())]), what)
}

/// Numbers that look random and are always the same.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit.max(1)
    }
}

const HEAD: &str = "Sprache: Deutsch\nAntrag a \"A\"\n  Fassung: 1, gültig ab 01.01.2026\nAbschnitt eins \"Eins\"\n";

#[test]
fn every_beginning_of_every_file_is_read() {
    for (file, bytes) in catalogue() {
        let text = String::from_utf8(bytes).unwrap();
        // Each line cut off anywhere; a long list is looked at in its first part.
        for (at, _) in text.char_indices().take(1_500).filter(|(at, _)| at % 3 == 0) {
            let (_, found) = tree(&file, &text[..at]);
            assert!(found.iter().all(|message| message.span.end <= at), "{file} up to {at}");
        }
    }
}

#[test]
fn every_line_of_every_file_may_be_missing() {
    for (file, bytes) in catalogue() {
        let text = String::from_utf8(bytes).unwrap();
        let lines: Vec<&str> = text.split_inclusive('\n').take(80).collect();
        for left_out in 0..lines.len() {
            let rest: String =
                lines.iter().enumerate().filter(|(at, _)| *at != left_out).map(|(_, line)| *line).collect();
            let (_, found) = tree(&file, &rest);
            assert!(found.iter().all(|message| message.span.end <= rest.len()), "{file} without line {left_out}");
        }
    }
}

#[test]
fn changed_files_of_the_catalogue_are_answered_the_same_by_who_knows_the_files_before() {
    let mut numbers = Numbers(7);
    let mut kept = Compiler::new(Regions::shipped());
    let whole = catalogue();
    let names: Vec<String> = whole.keys().filter(|name| !name.contains("staaten")).cloned().collect();
    let words =
        ["(", "\"", "|", "||", ":", ",", "und", "Ja", "\u{0}", "{", "#", "- ", "\n", "€", "=", "sonst", "{{", "ä"];
    for round in 0..25 {
        let mut files = whole.clone();
        let name = &names[numbers.below(names.len())];
        let bytes = files.get_mut(name).unwrap();
        for _ in 0..=numbers.below(4) {
            let at = numbers.below(bytes.len());
            match numbers.below(5) {
                0 => bytes.truncate(at),
                1 => {
                    bytes.get_mut(at).into_iter().for_each(|byte| *byte = byte.wrapping_add(1));
                }
                2 => {
                    let word = words[numbers.below(words.len())];
                    bytes.splice(at..at, word.bytes());
                }
                3 => {
                    let end = (at + numbers.below(40)).min(bytes.len());
                    bytes.drain(at..end);
                }
                _ => {
                    let text = String::from_utf8_lossy(bytes).into_owned();
                    let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
                    let (a, b) = (numbers.below(lines.len()), numbers.below(lines.len()));
                    if !lines.is_empty() {
                        lines.swap(a, b);
                    }
                    *bytes = lines.concat().into_bytes();
                }
            }
        }
        let what = format!("round {round}, {name}");
        let again = compile_again(&mut kept, &files, &what);
        let anew = compile_again(&mut Compiler::new(Regions::shipped()), &files, &what);
        assert_eq!(again.1, anew.1, "{what}");
        assert!(again.0 == anew.0, "{what}: another catalogue");
    }
}

#[test]
fn bytes_that_are_no_text_are_answered() {
    let mut numbers = Numbers(3);
    for round in 0..200 {
        let bytes: Vec<u8> = (0..numbers.below(300)).map(|_| u8::try_from(numbers.below(256)).unwrap()).collect();
        let found = compile(&BTreeMap::from([("a.amt".to_owned(), bytes)]), &format!("round {round}"));
        assert!(!found.is_empty());
    }
}

#[test]
fn a_file_of_an_old_program_is_answered_with_a_sentence() {
    let old: Vec<u8> = "Sprache: Deutsch\nInformation a \"Gr\u{fc}\u{df}e\"\n".chars().map(|c| c as u8).collect();
    let found = compile(&BTreeMap::from([("a.amt".to_owned(), old)]), "Windows-1252");
    let codes: Vec<&str> = found.iter().map(|message| message.problem.code()).collect();
    assert_eq!(codes, ["AW0001"]);
    assert!(found[0].help(Language::German).contains("UTF-8") && found[0].help(Language::English).contains("UTF-8"));
}

#[test]
fn huge_texts_are_answered() {
    let many = |line: &str, count: usize| format!("{HEAD}{}", line.repeat(count));
    let deep = |open: &str, close: &str, count: usize| {
        format!("{HEAD}Frage x \"X\"\n  Art: Text\n  nur wenn: {}ja = Ja{}\n", open.repeat(count), close.repeat(count))
    };
    let cases = [
        ("headings", many("Frage ja \"Ja?\"\n", 20_000)),
        ("keys", many("  Art: Datum\n", 30_000)),
        ("options", many("    - a \"A\"\n", 30_000)),
        ("rows", many("| a | b || c |\n", 30_000)),
        ("texts", many("\"Noch ein Satz.\"\n", 30_000)),
        ("words", many("Dies ist ein Satz ohne Sinn\n", 20_000)),
        ("quotation marks", many("\"\n", 50_000)),
        ("bars", format!("{HEAD}{}", "|".repeat(900_000))),
        ("colons", format!("{HEAD}{}", ":".repeat(900_000))),
        ("one line", format!("{HEAD}{}", "a ".repeat(400_000))),
        ("brackets", deep("(", ")", 5_000)),
        ("not", deep("nicht ", "", 2_000)),
        ("every", deep("jeder x: ", "", 1_500)),
        ("sum", format!("{HEAD}Berechnet x = 1{}\n", " + 1".repeat(4_000))),
        ("braces", format!("{HEAD}Zwischentext t \"{}\"\n", "{".repeat(15_000))),
        ("names in braces", format!("{HEAD}Zwischentext t \"{}\"\n", "{a}".repeat(6_000))),
        ("uses", format!("{HEAD}  verwendet: {}\n", "a/b, ".repeat(3_000))),
        ("empty lines", many("\n", 900_000)),
        ("comments", many("# nichts\n", 90_000)),
    ];
    for (what, text) in cases {
        let found = alone(&text, what);
        assert!(!found.is_empty(), "{what}");
    }
}

#[test]
fn what_is_far_too_large_is_said_to_be_so() {
    let options: String = (0..1_000_000).map(|i| format!("    - a{i} \"A\"\n")).collect();
    let cases = [
        ("a line of ten megabytes", format!("{HEAD}  Text: \"{}\"\n", "a ".repeat(5_000_000))),
        ("a million options", format!("{HEAD}Frage x \"X?\"\n  Art: eine von\n{options}")),
        ("ten megabytes of bars", "|".repeat(10_000_000)),
    ];
    for (what, text) in cases {
        let found = alone(&text, what);
        let codes: Vec<&str> = found.iter().map(|message| message.problem.code()).collect();
        assert_eq!(codes, ["AW0002"], "{what}");
    }
    // As many as fit into a file.
    let rows: String = (0..45_000).map(|i| format!("| k{i} | L{i} |\n")).collect();
    let list = format!(
        "Sprache: Deutsch\nListe a \"A\"\n  Fassung: 1, gültig ab 01.01.2026\n| Schlüssel | Bezeichnung |\n{rows}"
    );
    let asks = "Sprache: Deutsch\nAntrag b \"B\"\n  Fassung: 1, gültig ab 01.01.2026\n  verwendet: a\nAbschnitt eins \"Eins\"\nFrage x \"X?\"\n  Art: Liste a\nFrage y \"Y?\"\n  Art: Text\n  nur wenn: x = k44999x\nZuständigkeit\n| x || an |\n| k1 || c |\n";
    let files =
        BTreeMap::from([("a.amt".to_owned(), list.into_bytes()), ("b.amt".to_owned(), asks.as_bytes().to_vec())]);
    let found = compile(&files, "a list of 45000");
    let wrong = found.iter().find(|message| message.problem.code() == "AW0109").unwrap();
    assert!(wrong.help(Language::German).len() < 500, "the help names the first answers only");
}

#[test]
fn translations_and_texts_without_end_are_answered() {
    let head = "Sprache: Deutsch\nInformation a \"A\"\n  Fassung: 1, gültig ab 01.01.2026\n";
    let sections: String =
        (0..3_000).map(|i| format!("Abschnitt s{i} \"S\"\n  Zwischentext t \"Text {i}.\"\n")).collect();
    let renamed = sections.replace("Abschnitt s", "Abschnitt r");
    let translation = format!("Sprache: Deutsch\nÜbersetzung a \"A\", Fassung 1, Englisch\n{renamed}");
    let files = BTreeMap::from([
        ("a.amt".to_owned(), format!("{head}{sections}").into_bytes()),
        ("a.en.amt".to_owned(), translation.into_bytes()),
    ]);
    let found = compile(&files, "3000 sections, all renamed in the translation");
    assert!(found.iter().any(|message| message.problem.code() == "AW0602"));
    let marks = "**[a](".repeat(3_000);
    alone(&format!("{head}  Text: \"{marks}\"\nAbschnitt eins \"Eins\"\n  Zwischentext t \"T\"\n"), "marks");
    let words = "wird geprüft und ".repeat(1_000);
    alone(&format!("{head}  Text: \"{words}\"\nAbschnitt eins \"Eins\"\n  Zwischentext t \"T\"\n"), "words");
}

#[test]
fn circles_and_chains_are_answered() {
    let circle: String = (0..2_000).map(|i| format!("Berechnet b{i} = b{} + 1\n", (i + 1) % 2_000)).collect();
    let found = alone(&format!("{HEAD}{circle}"), "a circle of 2000");
    assert!(found.iter().any(|message| message.problem.code() == "AW0305"));
    let chain: String = (0..2_000).map(|i| format!("Berechnet c{i} = c{} + 1\n", i + 1)).collect();
    alone(&format!("{HEAD}{chain}Berechnet c2000 = 1\n"), "a chain of 2000");
    let asked: String =
        (1..1_500).map(|i| format!("Frage q{i} \"Q?\"\n  Art: Ja oder Nein\n  nur wenn: q{} = Ja\n", i - 1)).collect();
    alone(&format!("{HEAD}Frage q0 \"Q?\"\n  Art: Ja oder Nein\n{asked}"), "questions in a chain");
}

#[test]
fn blocks_that_use_each_other_are_answered() {
    let mut blocks: BTreeMap<String, Vec<u8>> = (0..60)
        .map(|i| {
            let next = (i + 1) % 60;
            let text = format!(
                "Sprache: Deutsch\nBaustein b{i} \"B\"\n  verwendet: b{next}\nFrage x \"X?\"\n  Art: b{next}\nFrage y \"Y?\"\n  Art: b{next}\n"
            );
            (format!("b{i}.amt"), text.into_bytes())
        })
        .collect();
    assert!(compile(&blocks, "blocks in a circle").iter().any(|message| message.problem.code() == "AW0117"));
    // Each uses the next twice: written out that would be 2^30 questions.
    for i in 0..30 {
        let text = format!(
            "Sprache: Deutsch\nBaustein b{i} \"B\"\n  verwendet: b{0}\nFrage x \"X?\"\n  Art: b{0}\nFrage y \"Y?\"\n  Art: b{0}\n",
            i + 1
        );
        blocks.insert(format!("b{i}.amt"), text.into_bytes());
    }
    blocks
        .insert("b30.amt".to_owned(), b"Sprache: Deutsch\nBaustein b30 \"B\"\nFrage x \"X?\"\n  Art: Text\n".to_vec());
    blocks.retain(|name, _| name.trim_end_matches(".amt")[1..].parse::<u32>().unwrap() <= 30);
    assert!(compile(&blocks, "blocks that double").iter().any(|message| message.problem.code() == "AW0123"));
}

#[test]
fn large_tables_are_answered() {
    let questions: String = (0..8).map(|i| format!("Frage z{i} \"Z?\"\n  Art: ganze Zahl, 1 bis 1000\n")).collect();
    let head: String = (0..8).map(|i| format!("| z{i} ")).collect();
    let mut numbers = Numbers(11);
    let rows: String = (0..700)
        .map(|_| {
            let cells: String = (0..8)
                .map(|_| {
                    let from = 1 + numbers.below(900);
                    format!("| {from} bis {} ", from + numbers.below(100))
                })
                .collect();
            format!("{cells}|| Endseite e |\n")
        })
        .collect();
    let text = format!("{HEAD}{questions}Zuständigkeit\n{head}|| an |\n{rows}Endseite e \"E\"\n");
    let found = alone(&text, "a large table");
    assert!(found.iter().any(|message| matches!(message.problem.code(), "AW0402" | "AW0403" | "AW0406")));
}
