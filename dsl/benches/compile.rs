//! How long it takes to compile and check 500 questions in 20 sections: every fifth has a
//! condition, every fifth a limit. The same questions as other form compilers are measured with.

use std::fmt::Write as _;
use std::hint::black_box;

use amtsweg_dsl::compile;
use amtsweg_dsl::region::Regions;
use amtsweg_dsl::syntax::Sources;
use criterion::{Criterion, criterion_group, criterion_main};

/// The kinds take turns: text, whole number, date, yes or no, decimal number.
fn questions(count: usize) -> String {
    let mut text =
        String::from("Language: English\nApplication survey \"A survey\"\n  Version: 1, valid from 01.01.2026\n");
    for i in 0..count {
        if i % 25 == 0 {
            let _ = writeln!(text, "\nSection g{i} \"Section {i}\"");
        }
        let kind = [
            "Text, at most 200 characters",
            "Whole number, 0 to 999",
            "Date",
            "Yes or no",
            "Decimal, 0 to 999, 2 decimal places",
        ][i % 5];
        let _ = write!(text, "  Question q{i} \"Question number {i}?\"\n    Kind: {kind}\n    Hint: \"A hint\"\n");
        if i % 5 == 0 && i >= 25 {
            let _ = writeln!(text, "    only if: q{} is answered", i - 5);
        } else if i % 5 == 4 && i > 5 {
            let _ = writeln!(text, "    only if: q{} = yes", i - 1);
        }
    }
    text.push_str("\nEnd page done \"Thank you\"\n\nResponsible\n  | q3 || to |\n  | any || End page done |\n");
    text
}

fn sources(count: usize) -> Sources {
    let mut sources = Sources::new();
    let text = questions(count);
    let added = sources.add("survey.amt", text.as_bytes());
    assert!(added.is_ok());
    sources
}

fn compiles(criterion: &mut Criterion) {
    let regions = Regions::shipped();
    let today = jiff::civil::date(2026, 11, 22);
    let mut group = criterion.benchmark_group("compile");
    for count in [50, 500, 5_000] {
        let sources = sources(count);
        let (catalogue, problems) = compile(&sources, regions, today);
        assert!(catalogue.procedures.contains_key("survey"), "{problems:?}");
        group.sample_size(if count > 500 { 10 } else { 50 });
        group.bench_function(format!("{count} questions"), |bencher| {
            bencher.iter(|| compile(black_box(&sources), regions, today));
        });
    }
    group.finish();
}

criterion_group!(benches, compiles);
criterion_main!(benches);
