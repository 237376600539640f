//! House rules that a machine can see, over every file of the repository.

#![expect(clippy::unwrap_used, reason = "a test that cannot read its files has failed")]
use std::fs;
use std::path::Path;

use amtsweg_tests::{files, root};

/// What may stand at the top, beside folders and files that begin with a dot.
const TOP: [&str; 13] = [
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE",
    "README.md",
    "clippy.toml",
    "deny.toml",
    "docs",
    "dsl",
    "examples",
    "forms",
    "runtime",
    "rustfmt.toml",
    "tests",
];

/// Files of these kinds hold no text.
const BINARY: [&str; 12] = ["png", "jpg", "jpeg", "webp", "gif", "ico", "woff", "woff2", "pdf", "db", "gz", "wasm"];

/// Longest Rust file outside tests, in lines.
const LINES: usize = 500;

fn extension(path: &Path) -> &str {
    path.extension().and_then(|extension| extension.to_str()).unwrap_or_default()
}

fn is_test(path: &Path) -> bool {
    path.components().any(|part| matches!(part.as_os_str().to_str(), Some("tests" | "tests.rs" | "benches")))
}

/// Every text file as `(path, bytes)`.
fn texts() -> Vec<(std::path::PathBuf, Vec<u8>)> {
    let texts: Vec<_> = files()
        .unwrap()
        .into_iter()
        .filter(|path| !BINARY.contains(&extension(path)))
        .map(|path| {
            let bytes = fs::read(root().join(&path)).unwrap();
            (path, bytes)
        })
        .collect();
    assert!(texts.len() > 10, "only {} files were found", texts.len());
    texts
}

#[test]
fn the_top_holds_the_rooms_and_nothing_else() {
    let mut strangers: Vec<String> = files()
        .unwrap()
        .iter()
        .filter_map(|path| path.components().next()?.as_os_str().to_str().map(str::to_owned))
        .filter(|name| !name.starts_with('.') && !TOP.contains(&name.as_str()))
        .collect();
    strangers.dedup();
    assert!(strangers.is_empty(), "at the top without a place there: {strangers:?}");
}

#[test]
fn text_is_utf8_with_unix_line_ends() {
    // Files that are wrong on purpose, as input for tests, say so by their folder.
    let problems: Vec<String> = texts()
        .iter()
        .filter(|(path, _)| !is_test(path))
        .filter_map(|(path, bytes)| match std::str::from_utf8(bytes) {
            Err(error) => Some(format!("{}: {error}", path.display())),
            Ok(text) if text.contains('\r') => Some(format!("{}: carriage return", path.display())),
            Ok(text) if !text.is_empty() && !text.ends_with('\n') => {
                Some(format!("{}: no line end at the end", path.display()))
            }
            Ok(_) => None,
        })
        .collect();
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn nothing_unfinished_and_no_path_of_a_machine() {
    // Written in parts, so that this file does not find itself.
    let anywhere = [
        concat!("/wo", "rk/"),
        concat!("/fa", "rm/"),
        concat!("/ro", "ot/"),
        concat!("/tmp/", "wt"),
        concat!("../sha", "red"),
        concat!("TO", "DO"),
        concat!("FIX", "ME"),
    ];
    let rust = [
        concat!("to", "do!("),
        concat!("unimpl", "emented!("),
        concat!("#[ig", "nore"),
        concat!("#[al", "low("),
        concat!("#![al", "low("),
    ];
    // A test may leave itself out where the machine cannot do what it needs, with a reason; nobody leaves one out for it.
    let script = [
        concat!("test.sk", "ip("),
        concat!("describe.sk", "ip("),
        concat!("sk", "ip: true"),
        concat!("test.to", "do("),
        concat!(".on", "ly("),
    ];
    let mut problems = Vec::new();
    for (path, bytes) in texts() {
        let text = String::from_utf8_lossy(&bytes);
        let mut words = anywhere.to_vec();
        match extension(&path) {
            "rs" => words.extend(rust),
            "mjs" | "js" => words.extend(script),
            "lock" => continue,
            _ => {}
        }
        for (number, line) in text.lines().enumerate() {
            for word in words.iter().filter(|word| line.contains(**word)) {
                problems.push(format!("{}:{}: {word}", path.display(), number + 1));
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn rust_files_are_one_room_each() {
    let long: Vec<String> = texts()
        .iter()
        .filter(|(path, _)| extension(path) == "rs" && !is_test(path))
        .map(|(path, bytes)| (path, bytes.iter().filter(|byte| **byte == b'\n').count()))
        .filter(|(_, lines)| *lines > LINES)
        .map(|(path, lines)| format!("{}: {lines} lines", path.display()))
        .collect();
    assert!(long.is_empty(), "longer than {LINES} lines:\n{}", long.join("\n"));
}

#[test]
fn every_package_keeps_the_lints_of_the_house() {
    let without: Vec<String> = texts()
        .iter()
        .filter(|(path, _)| path.ends_with("Cargo.toml") && path.components().count() > 1)
        .filter(|(_, bytes)| !String::from_utf8_lossy(bytes).contains("[lints]\nworkspace = true"))
        .map(|(path, _)| path.display().to_string())
        .collect();
    assert!(without.is_empty(), "without `[lints] workspace = true`: {without:?}");
}

#[test]
fn no_lock_file_names_a_registry_of_somebodys_own() {
    let lock = fs::read_to_string(root().join("tests/browser/package-lock.json")).unwrap();
    assert!(!lock.contains("\"resolved\""), "package-lock.json records where packages were fetched from");
    let lock = fs::read_to_string(root().join("Cargo.lock")).unwrap();
    let strange: Vec<&str> = lock
        .lines()
        .filter(|line| line.starts_with("source = "))
        .filter(|line| !line.contains("registry+https://github.com/rust-lang/crates.io-index"))
        .collect();
    assert!(strange.is_empty(), "{strange:?}");
}
