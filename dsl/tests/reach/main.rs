//! What is said to be dead, against trying every way to fill in a form, and against z3.
//!
//! Random procedures are written as text and compiled; the messages are the verdicts. Small ones
//! are tried with every combination of answers. Larger ones, with numbers up to 1,000, dates and
//! several entries, are written down for z3 by an encoding of its own (`smt.rs`), which knows
//! nothing of the compiler's.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that fails panics")]

mod cases;
mod hostile;
#[path = "../schema/random.rs"]
mod random;
mod runs;
mod smt;
mod text;

use std::collections::BTreeMap;

use amtsweg_dsl::diagnostic::{Diagnostic, Severity, line_and_column};
use amtsweg_dsl::model::{Language, Procedure};
use amtsweg_dsl::region::Regions;
use amtsweg_dsl::syntax::Sources;
use random::Random;
use text::{Size, Spot, Written};

const OFFICE: &str = "Sprache: Deutsch\nStelle amt \"Amt\"\n  Ebene: Bund\n  Kanal: E-Mail amt@amt.example\n";

/// How many procedures are tried: `TEST_FORMS`, or as many as take seconds.
fn forms(usual: u64) -> u64 {
    let few = if cfg!(debug_assertions) { usual / 10 } else { usual };
    std::env::var("TEST_FORMS").ok().and_then(|text| text.parse().ok()).unwrap_or(few)
}

struct Compiled {
    written: Written,
    procedure: std::sync::Arc<Procedure>,
    problems: Vec<Diagnostic>,
}

fn compiled(seed: u64, size: Size) -> Result<Compiled, String> {
    as_written(text::write(&mut Random::new(seed), size))
}

/// With rules that warn only, every way to fill in the form breaks one of them.
fn nobody_can_finish(seed: u64) {
    let mut written = text::write(&mut Random::new(seed), Size::Small);
    written.text = written.text.replace("sonst:", "sonst Warnung:");
    let form = as_written(written).unwrap_or_else(|said| panic!("{said}"));
    let runs = runs::Runs::of(&form.procedure);
    assert!(!runs.keeps_all_rules(), "said that nobody can finish, seed {seed}:\n{}", form.written.text);
}

fn sources(text: &str) -> Sources {
    let mut sources = Sources::new();
    sources.add("amt.amt", OFFICE.as_bytes()).unwrap();
    sources.add("probe.amt", text.as_bytes()).unwrap();
    sources
}

fn as_written(written: Written) -> Result<Compiled, String> {
    let sources = sources(&written.text);
    let (catalogue, problems) = amtsweg_dsl::compile(&sources, Regions::shipped(), jiff::civil::date(2026, 11, 22));
    match catalogue.procedures.get("probe").and_then(|versions| versions.first()) {
        Some(procedure) => Ok(Compiled { written, procedure: procedure.clone(), problems }),
        None => {
            let errors = problems.iter().filter(|problem| problem.severity() == Severity::Error);
            let said: Vec<String> = errors
                .map(|problem| format!("{} {}", problem.problem.code(), problem.message(Language::German)))
                .collect();
            Err(format!("{}\n{}", written.text, said.join("\n")))
        }
    }
}

/// What was said about a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Verdict {
    /// Nothing: it can hold and can fail.
    Both,
    Never,
    Always,
    NotDecided,
}

impl Compiled {
    fn verdict(&self, spot: &Spot) -> Verdict {
        let codes: Vec<&str> = self
            .problems
            .iter()
            .filter(|one| one.file == "probe.amt" && line_and_column(&self.written.text, one.span.start).0 == spot.line)
            .map(|one| one.problem.code())
            .collect();
        let said = |wanted: &[&str]| codes.iter().any(|code| wanted.contains(code));
        match () {
            () if said(&["AW0901", "AW0904"]) => Verdict::Never,
            () if said(&["AW0902", "AW0903"]) => Verdict::Always,
            () if said(&["AW0907"]) => Verdict::NotDecided,
            () => Verdict::Both,
        }
    }

    /// Holds what was said against what is right: whether the spot can hold and can fail.
    /// After something dead, what follows from it is held back.
    fn hold(&self, seed: u64, right: &[(bool, bool)], seen: &mut BTreeMap<Verdict, usize>) {
        let mut dead_before = false;
        for (spot, (can_hold, can_fail)) in self.written.spots.iter().zip(right) {
            let verdict = self.verdict(spot);
            *seen.entry(verdict).or_default() += 1;
            let about = || {
                format!("seed {seed}, line {} {:?}\n{}\n{:#?}", spot.line, spot.what, self.written.text, self.problems)
            };
            match verdict {
                Verdict::Never => assert!(!can_hold, "said never to hold, and can: {}", about()),
                Verdict::Always => assert!(!can_fail, "said always to hold, and can fail: {}", about()),
                Verdict::NotDecided => {}
                Verdict::Both if dead_before => {}
                Verdict::Both if !can_hold && !can_fail => {}
                Verdict::Both => {
                    assert!(*can_hold, "never holds, and nothing was said: {}", about());
                    assert!(*can_fail, "always holds, and nothing was said: {}", about());
                }
            }
            dead_before |= verdict == Verdict::Never;
        }
    }
}

fn most_are_decided(seen: &BTreeMap<Verdict, usize>) {
    println!("{seen:?}");
    let all: usize = seen.values().sum();
    let not = seen.get(&Verdict::NotDecided).copied().unwrap_or(0);
    assert!(not * 100 <= all, "of {all} conditions {not} could not be decided");
    for verdict in [Verdict::Both, Verdict::Never, Verdict::Always] {
        assert!(seen.get(&verdict).copied().unwrap_or(0) * 50 >= all, "{verdict:?} is rare: {seen:?}");
    }
}

#[test]
fn every_verdict_is_what_trying_all_ways_gives() {
    let mut seen = BTreeMap::new();
    let (mut refused, mut nobody) = (0, 0);
    for seed in 0..forms(3_000) {
        match compiled(seed, Size::Small) {
            Ok(form) => {
                let runs = runs::Runs::of(&form.procedure);
                let right: Vec<(bool, bool)> =
                    form.written.spots.iter().map(|spot| runs.can(&form.procedure, spot)).collect();
                form.hold(seed, &right, &mut seen);
                assert!(
                    runs.arrives || form.problems.iter().any(|one| ["AW0906", "AW0907"].contains(&one.problem.code())),
                    "nobody can finish, seed {seed}:\n{}\n{:#?}",
                    form.written.text,
                    form.problems
                );
            }
            Err(said) if said.contains("AW0905") => {
                nobody += 1;
                nobody_can_finish(seed);
            }
            Err(said) => {
                refused += 1;
                assert!(refused * 4 <= seed + 20, "too many do not compile: {said}");
            }
        }
    }
    println!("{refused} do not compile, {nobody} cannot be finished");
    most_are_decided(&seen);
}

#[test]
fn every_verdict_is_what_z3_finds() {
    let Some(mut z3) = smt::Z3::start() else {
        assert!(std::env::var_os("TEST_Z3").is_none(), "TEST_Z3 names no z3");
        println!("no z3 in tests/.tools: tests/run installs it");
        return;
    };
    let mut seen = BTreeMap::new();
    let (mut asked, mut refused) = (0, 0);
    for seed in 0..forms(600) {
        match compiled(seed, Size::Large) {
            Ok(form) => {
                let right = z3.can(&form.procedure, &form.written.spots);
                asked += 2 * right.len();
                form.hold(seed, &right, &mut seen);
            }
            Err(said) => {
                refused += 1;
                assert!(said.contains("AW0905") || refused * 4 <= seed + 20, "too many do not compile: {said}");
            }
        }
    }
    println!("z3 was asked {asked} times, {refused} procedures do not compile");
    most_are_decided(&seen);
}
