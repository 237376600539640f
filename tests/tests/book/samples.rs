//! Samples of the language: a whole file (`amt`) compiles beside the catalogue, the lines of a part (`amt-part`) are
//! lines of the language.

use std::fs;
use std::path::Path;

use amtsweg_dsl::diagnostic::{Diagnostic, Severity, line_and_column};
use amtsweg_dsl::model::Language;
use amtsweg_dsl::region::Regions;
use amtsweg_dsl::syntax::Sources;
use amtsweg_tests::{files, root};

/// The samples that are right: whole files, then parts with a beginning that makes files of them.
pub fn right() -> Vec<String> {
    let wrong = |block: &Block| block.info.iter().any(|mark| mark.starts_with("AW"));
    let (whole, rest): (Vec<Block>, Vec<Block>) =
        blocks().into_iter().filter(|block| !wrong(block)).partition(|block| block.info[0] == "amt");
    let parts = rest.into_iter().filter(|block| block.info[0] == "amt-part").map(|block| as_file(&block));
    whole.into_iter().map(|block| block.text).chain(parts).collect()
}

/// The lines of a part below a heading.
fn as_file(part: &Block) -> String {
    let head = if part.info.iter().any(|mark| mark == "en") {
        "Language: English\nApplication probe \"Probe\"\n"
    } else {
        "Sprache: Deutsch\nAntrag probe \"Probe\"\n"
    };
    format!("{head}{}", part.text)
}

/// A block of code: where it stands, what stands behind the three signs, its text.
struct Block {
    place: String,
    info: Vec<String>,
    text: String,
}

fn blocks() -> Vec<Block> {
    let mut found = Vec::new();
    let pages = files().unwrap().into_iter().filter(|path| {
        path.extension().is_some_and(|ending| ending == "md")
            && (path.starts_with("docs") || path == Path::new("README.md"))
    });
    for path in pages {
        let text = fs::read_to_string(root().join(&path)).unwrap();
        let mut open: Option<Block> = None;
        for (number, line) in text.lines().enumerate() {
            match (line.trim_start().strip_prefix("```"), &mut open) {
                (Some(_), Some(_)) => found.extend(open.take()),
                (Some(info), None) => {
                    let info = info.split([',', ' ']).map(str::to_owned).collect();
                    open =
                        Some(Block { place: format!("{}:{}", path.display(), number + 1), info, text: String::new() });
                }
                (None, Some(block)) => {
                    block.text.push_str(line);
                    block.text.push('\n');
                }
                (None, None) => {}
            }
        }
        assert!(open.is_none(), "{}: a block of code is not closed", path.display());
    }
    found
}

pub fn catalogue() -> Sources {
    let mut sources = Sources::new();
    for path in files().unwrap() {
        if let (Ok(name), true) = (path.strip_prefix("forms"), path.extension().is_some_and(|ending| ending == "amt")) {
            sources.add(name.to_str().unwrap(), &fs::read(root().join(&path)).unwrap()).unwrap();
        }
    }
    sources
}

fn compile(sources: &Sources) -> Vec<Diagnostic> {
    amtsweg_dsl::compile(sources, Regions::shipped(), jiff::civil::date(2026, 11, 22)).1
}

fn said(problem: &Diagnostic, text: &str) -> String {
    let (line, _) = line_and_column(text, problem.span.start);
    format!(
        "line {line}: {} {} {}",
        problem.problem.code(),
        problem.message(Language::English),
        problem.help(Language::English)
    )
}

/// The name in the first heading; several authorities may stand in one file of any name.
fn name(text: &str) -> String {
    let heading = text.lines().map(str::trim).find(|line| {
        let lower = line.to_lowercase();
        !line.is_empty() && !line.starts_with('#') && !lower.starts_with("sprache:") && !lower.starts_with("language:")
    });
    let mut words = heading.unwrap_or_default().split_whitespace();
    match (words.next().unwrap_or_default(), words.next()) {
        ("Stelle" | "Authority", _) | (_, None) => "stellen".to_owned(),
        // What is adopted is named with its folder.
        (_, Some(name)) => name.rsplit('/').next().unwrap_or(name).trim_end_matches(',').to_owned(),
    }
}

#[test]
fn whole_files_compile_and_wrong_ones_say_what_they_should() {
    let blocks = blocks();
    let mut sources = catalogue();
    let mut whole = Vec::new();
    for (index, block) in blocks.iter().enumerate().filter(|(_, block)| block.info[0] == "amt") {
        // A sample stands in a folder of its own, or where it says: ```amt in=stadt/norderstedt names a folder,
        // ```amt in=stadt/norderstedt/hund.2.amt a file, where there are several versions of a thing.
        let place = block.info.iter().find_map(|mark| mark.strip_prefix("in=").map(str::to_owned));
        let place = place.unwrap_or_else(|| format!("sample{index}"));
        let path = if place.ends_with(".amt") { place } else { format!("{place}/{}.amt", name(&block.text)) };
        sources.add(&path, block.text.as_bytes()).unwrap();
        whole.push((path, block));
    }
    assert!(whole.len() > 10, "only {} whole samples", whole.len());
    let problems = compile(&sources);
    let mut wrong = Vec::new();
    for (path, block) in whole {
        let own: Vec<_> =
            problems.iter().filter(|problem| problem.file == path && problem.severity() == Severity::Error).collect();
        let expected: Vec<&str> = block.info.iter().filter(|mark| mark.starts_with("AW")).map(String::as_str).collect();
        let codes: Vec<&str> = own.iter().map(|problem| problem.problem.code()).collect();
        if codes != expected {
            wrong.push(format!("{}: expected {expected:?}", block.place));
            wrong.extend(own.iter().map(|problem| format!("    {}", said(problem, &block.text))));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn lines_of_parts_are_lines_of_the_language() {
    /// What a line can be by itself, whatever the lines around it are.
    const OF_LINES: [&str; 9] =
        ["AW0006", "AW0007", "AW0008", "AW0016", "AW0017", "AW0022", "AW0114", "AW0205", "AW0301"];
    let mut wrong = Vec::new();
    let blocks = blocks();
    let parts: Vec<&Block> = blocks.iter().filter(|block| block.info[0] == "amt-part").collect();
    assert!(!parts.is_empty());
    for block in parts {
        let text = as_file(block);
        let mut sources = Sources::new();
        sources.add("probe.amt", text.as_bytes()).unwrap();
        let problems = compile(&sources);
        let own = problems.iter().filter(|problem| OF_LINES.contains(&problem.problem.code()));
        wrong.extend(own.map(|problem| format!("{}: {}", block.place, said(problem, &text))));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What the book shows of embedding is what the example does, which is built and tried.
#[test]
fn rust_samples_are_parts_of_the_example() {
    let example = fs::read_to_string(root().join("examples/embedded/src/main.rs")).unwrap();
    let rust: Vec<Block> = blocks().into_iter().filter(|block| block.info[0] == "rust").collect();
    assert!(!rust.is_empty(), "the book shows no Rust");
    for block in rust {
        assert!(example.contains(&block.text), "{} is no part of examples/embedded/src/main.rs", block.place);
    }
}
