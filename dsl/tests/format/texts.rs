//! The texts that the tests are made with.

use std::collections::BTreeMap;
use std::path::Path;

use amtsweg_dsl::Compiler;
use amtsweg_dsl::diagnostic::Diagnostic;
use amtsweg_dsl::model::{Catalogue, Language, Procedure};
use amtsweg_dsl::region::Regions;
use amtsweg_dsl::syntax::Sources;

/// Files by path.
pub type Files = BTreeMap<String, String>;

fn read(folder: &Path, prefix: &str, ending: &str, files: &mut Files) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = format!("{prefix}{}", entry.file_name().into_string().unwrap());
        if entry.file_type().unwrap().is_dir() {
            read(&entry.path(), &format!("{name}/"), ending, files);
        } else if let Ok(text) = std::fs::read_to_string(entry.path())
            && name.ends_with(ending)
        {
            files.insert(name, text);
        }
    }
}

fn folder(path: &str) -> Files {
    folder_of(path, ".amt")
}

fn folder_of(path: &str, ending: &str) -> Files {
    let mut files = Files::new();
    read(&Path::new(env!("CARGO_MANIFEST_DIR")).join(path), "", ending, &mut files);
    files
}

/// The catalogue that ships.
pub fn catalogue() -> Files {
    folder("../forms")
}

/// A template and a town that changes whatever it can.
pub fn adopted() -> Files {
    folder("tests/format/adopted")
}

/// The examples of messages, each with what it needs.
pub fn cases() -> BTreeMap<String, Files> {
    let all = folder("tests/examples");
    let shared: Files = all
        .iter()
        .filter_map(|(file, text)| Some((file.strip_prefix("gemeinsam/")?.to_owned(), text.clone())))
        .collect();
    let mut cases: BTreeMap<String, Files> = BTreeMap::new();
    for (file, text) in all.iter().filter(|(file, _)| !file.starts_with("gemeinsam/")) {
        let (case, name) = file.split_once('/').unwrap_or((file, file));
        cases.entry(case.to_owned()).or_insert_with(|| shared.clone()).insert(name.to_owned(), text.clone());
    }
    cases
}

/// The samples of the book, each as a file.
pub fn samples() -> Files {
    let mut files = Files::new();
    for (page, text) in folder_of("../docs/src", ".md") {
        for (at, sample) in text.split("\n```amt").skip(1).enumerate() {
            let (_, sample) = sample.split_once('\n').unwrap();
            let sample = sample.split("```").next().unwrap();
            files.insert(format!("{page} {at}"), sample.to_owned());
        }
    }
    files
}

/// All texts that there are, by where they stand.
pub fn everything() -> Vec<(String, String)> {
    let all = [folder("../forms"), folder("tests/examples"), samples(), folder("tests/format/words"), adopted()];
    assert!(all.iter().take(3).all(|files| files.len() > 20), "{:?}", all.each_ref().map(Files::len));
    all.into_iter().flatten().collect()
}

fn compile(files: &Files) -> (Catalogue, Vec<Diagnostic>) {
    again(&mut Compiler::new(Regions::shipped()), files)
}

fn again(compiler: &mut Compiler<'_>, files: &Files) -> (Catalogue, Vec<Diagnostic>) {
    let mut sources = Sources::new();
    for (file, text) in files {
        sources.add(file, text.as_bytes()).unwrap();
    }
    compiler.compile(&sources, jiff::civil::date(2026, 11, 22))
}

/// All versions of all procedures.
pub fn procedures(files: &Files) -> Vec<Procedure> {
    let versions = compile(files).0.procedures.into_values().flatten();
    versions.map(|procedure| (*procedure).clone()).collect()
}

/// All messages in words, without their places.
pub fn messages(files: &Files) -> Vec<String> {
    compile(files).1.iter().map(|found| format!("{} {}", found.file, found.problem.message(Language::German))).collect()
}

/// The hashes of what compiles, and the codes of all messages.
pub fn compiled(files: &Files) -> (BTreeMap<String, Vec<String>>, Vec<String>) {
    compiled_by(&mut Compiler::new(Regions::shipped()), files)
}

/// As [`compiled`], by a compiler that may know most of it.
pub fn compiled_by(compiler: &mut Compiler<'_>, files: &Files) -> (BTreeMap<String, Vec<String>>, Vec<String>) {
    let (catalogue, found) = again(compiler, files);
    let hashes = catalogue
        .procedures
        .into_iter()
        .map(|(path, versions)| (path, versions.iter().map(|procedure| procedure.hash().unwrap()).collect()));
    let mut codes: Vec<String> =
        found.iter().map(|message| format!("{} {}", message.file, message.problem.code())).collect();
    codes.sort();
    (hashes.collect(), codes)
}
