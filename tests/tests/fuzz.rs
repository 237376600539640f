//! The fuzz targets' functions over the kept corpus, and over small changes of it: always the same ones.
//! The long run is `cargo fuzz`, see `tests/fuzz/README.md`.

#![expect(clippy::unwrap_used, reason = "a test that cannot read its files has failed")]

#[path = "../fuzz/src/lib.rs"]
mod targets;

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use amtsweg_tests::root;

/// No single input takes longer, on a busy machine and without optimisation either.
const LIMIT: Duration = Duration::from_secs(20);

/// Peak memory of the whole run, in kilobytes.
const MOST_MEMORY: u64 = 1_500_000;

fn corpus(folder: &str) -> Vec<Vec<u8>> {
    let mut paths: Vec<_> = fs::read_dir(root().join("tests/fuzz/corpus").join(folder))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    paths.iter().map(|path| fs::read(path).unwrap()).collect()
}

/// Numbers that look random and are always the same.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit.max(1)
    }
}

/// One input made from two: parts cut out, doubled, exchanged, signs put in.
fn changed(one: &[u8], other: &[u8], numbers: &mut Numbers) -> Vec<u8> {
    let signs: [&[u8]; 16] = [
        b"(",
        b"\"",
        b"|",
        b"||",
        b":",
        b",",
        b"{",
        b"#",
        b"- ",
        b"\n",
        b"=",
        b"\0",
        b"=== b.amt\n",
        b"9",
        b" je ",
        b"x",
    ];
    let mut bytes = one.to_vec();
    for _ in 0..=numbers.below(5) {
        let at = numbers.below(bytes.len());
        let end = (at + numbers.below(60)).min(bytes.len());
        match numbers.below(5) {
            0 => bytes.truncate(at),
            1 => drop(bytes.drain(at..end)),
            2 => drop(bytes.splice(at..at, signs[numbers.below(signs.len())].iter().copied())),
            3 => {
                let part = bytes[at..end].to_vec();
                drop(bytes.splice(at..at, part));
            }
            _ => {
                let from = numbers.below(other.len());
                let part = &other[from..(from + numbers.below(120)).min(other.len())];
                drop(bytes.splice(at..end, part.iter().copied()));
            }
        }
    }
    bytes
}

/// What the process has needed at most, where the system says it.
fn peak() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

fn run(name: &str, target: fn(&[u8]), data: &[u8]) {
    let start = Instant::now();
    target(data);
    assert!(start.elapsed() < LIMIT, "{name}: {:?} for {:?}", start.elapsed(), String::from_utf8_lossy(data));
}

fn replay(name: &str, rounds: usize) {
    let (_, target) = targets::ALL.into_iter().find(|(known, _)| *known == name).unwrap();
    let inputs = corpus(if name == "evaluator" { "answers" } else { "texts" });
    assert!(inputs.len() > 5, "only {} inputs", inputs.len());
    inputs.iter().for_each(|input| run(name, target, input));
    let mut numbers = Numbers(u64::try_from(name.len()).unwrap());
    for _ in 0..rounds {
        let (one, other) = (numbers.below(inputs.len()), numbers.below(inputs.len()));
        run(name, target, &changed(&inputs[one], &inputs[other], &mut numbers));
    }
    if let Some(peak) = peak() {
        assert!(peak < MOST_MEMORY, "{name} needed {peak} KB");
    }
}

#[test]
fn the_parser_reads_anything() {
    replay("parser", 600);
}

#[test]
fn the_formatter_keeps_what_anything_says() {
    replay("formatter", 300);
}

#[test]
fn the_checker_answers_anything() {
    replay("checker", 300);
}

#[test]
fn what_compiles_has_a_schema() {
    replay("schema", 150);
}

#[test]
fn the_evaluator_takes_any_answers() {
    replay("evaluator", 1_500);
}

#[test]
fn every_target_is_a_wrapper_round_its_function() {
    let folder = root().join("tests/fuzz");
    for (name, _) in targets::ALL {
        let text = fs::read_to_string(folder.join(format!("targets/{name}.rs"))).unwrap();
        assert!(text.contains(&format!("amtsweg_fuzz::{name}(data)")), "targets/{name}.rs");
        let manifest = fs::read_to_string(folder.join("Cargo.toml")).unwrap();
        assert!(manifest.contains(&format!("path = \"targets/{name}.rs\"")), "{name} is no binary");
    }
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    assert!(here.join("fuzz/README.md").is_file());
}
