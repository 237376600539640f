//! How long large folders take: from nothing, after a change, on the cores that there are; and how
//! much memory they hold. Real procedures of the catalogue under other names.
//!
//! `cargo bench -p amtsweg-dsl --bench folders` prints a table; its figures stand in the book.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use amtsweg_dsl::Compiler;
use amtsweg_dsl::diagnostic::Severity;
use amtsweg_dsl::region::Regions;
use amtsweg_dsl::syntax::Sources;

type Files = BTreeMap<String, String>;

fn read(folder: &Path, prefix: &str, files: &mut Files) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            read(&entry.path(), &format!("{path}/"), files);
        } else if path.ends_with(".amt") {
            files.insert(path, std::fs::read_to_string(entry.path()).unwrap_or_default());
        }
    }
}

fn catalogue() -> Files {
    let mut files = Files::new();
    read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../forms"), "", &mut files);
    files
}

fn sources(files: &Files) -> Sources {
    let mut sources = Sources::new();
    for (file, text) in files {
        let added = sources.add(file, text.as_bytes());
        assert!(added.is_ok(), "{file}");
    }
    sources
}

/// The catalogue with so many more procedures: three real ones in turn.
fn procedures(count: usize) -> Files {
    let mut files = catalogue();
    let three = [
        ("kreis/segeberg", "baum_faellen", "baum_fällen"),
        ("stadt/norderstedt", "bewohnerparken", "bewohnerparken"),
        ("stadt/norderstedt", "wilder_muell", "wilder_müll"),
    ];
    for number in 0..count {
        let (folder, file, name) = three[number % 3];
        let text =
            files[&format!("{folder}/{file}.amt")].replacen(&format!(" {name} "), &format!(" kopie_{number} "), 1);
        files.insert(format!("{folder}/kopie_{number}.amt"), text);
    }
    files
}

/// So many templates, and so many towns that adopt all of them, each with its offices.
fn adoptions(templates: usize, towns: usize) -> Files {
    let mut files = catalogue();
    files.retain(|file, _| file.starts_with("land/") && !file.contains("hund_") && !file.contains("briefwahl"));
    let template = files["land/gewerbe_anmelden.amt"].clone();
    let mut offers = String::new();
    for number in 0..templates {
        let text = template.replacen(" gewerbe_anmelden ", &format!(" vorlage_{number} "), 1);
        files.insert(format!("land/vorlage_{number}.amt"), text);
        let _ = writeln!(offers, "  - land/vorlage_{number}");
    }
    let regions = Regions::shipped();
    // The examples of the template stand in Norderstedt.
    let all = std::iter::once("010600063063")
        .chain(regions.within("01").map(|town| town.key).filter(|key| *key != "010600063063"));
    for (number, key) in all.take(towns.max(1)).enumerate() {
        let name = regions.name(key).unwrap_or_default();
        let office = format!(
            "Sprache: Deutsch\nStelle amt \"Amt\"\n  Ebene: Stadt\n  Gebiet: \"{name}\"\n  Aufgabe: gewerbeamt\n  \
             Kanal: E-Mail amt@ort.example\n"
        );
        let folder = if number == 0 { "stadt/norderstedt".to_owned() } else { format!("stadt/ort{number}") };
        let office = if number == 0 { office.replace("Stelle amt", "Stelle gewerbeamt") } else { office };
        files.insert(format!("{folder}/stellen.amt"), office);
        if towns > 0 {
            let portal = format!(
                "Sprache: Deutsch\nPortal ort \"Ort\"\n  Gebiet: \"{name}\"\n\nKacheln\n  - logistik \"Wirtschaft\"\n\nAngebot\n{offers}"
            );
            files.insert(format!("{folder}/ort.amt"), portal);
        }
    }
    files
}

/// 300 questions with three building blocks.
fn three_hundred() -> Files {
    let mut files = catalogue();
    files.retain(|file, _| {
        ["land/person", "land/anschrift", "land/kontakt", "land/staaten", "land/anschrift_inland"]
            .iter()
            .any(|name| file.starts_with(name))
    });
    let mut text = String::from(
        "Sprache: Deutsch\nAntrag lang \"Ein langer Antrag\"\n  Fassung: 1, gültig ab 01.01.2026\n  verwendet: land/person, \
         land/anschrift, land/kontakt\n\nAbschnitt wer \"Wer sind Sie?\"\n  Frage person \"Person\"\n    Art: person\n  \
         Frage anschrift \"Anschrift\"\n    Art: anschrift\n  Frage kontakt \"Kontakt\"\n    Art: kontakt\n",
    );
    let kinds = [
        "Text, höchstens 200 Zeichen",
        "ganze Zahl, 0 bis 999",
        "Datum",
        "Ja oder Nein",
        "Dezimalzahl, 0 bis 999, 2 Nachkommastellen",
    ];
    for number in 0..297 {
        if number % 25 == 0 {
            let _ = writeln!(text, "\nAbschnitt g{number} \"Abschnitt {number}\"");
        }
        let _ = writeln!(text, "  Frage q{number} \"Frage Nummer {number}?\"\n    Art: {}", kinds[number % 5]);
        if number % 5 == 4 && number > 5 {
            let _ = writeln!(text, "    nur wenn: q{} = Ja", number - 1);
        }
    }
    text.push_str("\nEndseite fertig \"Danke\"\n\nZuständigkeit\n  | q3       || an               |\n  | beliebig || Endseite fertig |\n");
    files.insert("lang.amt".to_owned(), text);
    files
}

/// A fee by a table of 2,000 rows by 20 columns. Each value of the first column has two rows, which
/// another column tells apart; one that is made to be hard cuts cases in two again and again, each
/// time by another column.
fn table(hard: bool) -> Files {
    const COLUMNS: usize = 20;
    let mut random = 7_u64;
    let mut below = |limit: usize| {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(random >> 33).unwrap_or_default() % limit
    };
    let mut text = String::from(
        "Sprache: Deutsch\nAntrag tafel \"Eine Tafel\"\n  Fassung: 1, gültig ab 01.01.2026\n\nAbschnitt fragen \"Fragen\"\n",
    );
    for column in 0..COLUMNS {
        let _ = writeln!(text, "  Frage q{column} \"Wie viel ist es bei {column}?\"\n    Art: ganze Zahl, 0 bis 999");
    }
    let mut cases = std::collections::VecDeque::from([[(0, 999); COLUMNS]]);
    if !hard {
        cases.clear();
        for value in 0..1_000 {
            let (column, middle) = (1 + below(COLUMNS - 1), below(999));
            let mut case = [(0, 999); COLUMNS];
            case[0] = (value, value);
            let (mut low, mut high) = (case, case);
            low[column] = (0, middle);
            high[column] = (middle + 1, 999);
            cases.extend([low, high]);
        }
    }
    while cases.len() < 2_000 {
        let Some(case) = cases.pop_front() else { break };
        let column = below(COLUMNS);
        let (from, to) = case[column];
        if from == to {
            cases.push_back(case);
            continue;
        }
        let middle = from + below(to - from);
        let (mut low, mut high) = (case, case);
        low[column] = (from, middle);
        high[column] = (middle + 1, to);
        cases.extend([low, high]);
    }
    text.push_str("\nGebühr tafel \"Gebühr\"\n  Zahlung: nach Bescheid\n  |");
    for column in 0..COLUMNS {
        let _ = write!(text, " q{column} |");
    }
    text.push_str("| Betrag |\n");
    for (number, case) in cases.iter().enumerate() {
        text.push_str("  |");
        for (from, to) in case {
            match (from, to) {
                (0, 999) => text.push_str(" beliebig |"),
                (from, to) if from == to => drop(write!(text, " {from} |")),
                (from, to) => drop(write!(text, " {from} bis {to} |")),
            }
        }
        let _ = writeln!(text, "| {number} € |");
    }
    text.push_str("\nEndseite fertig \"Danke\"\n\nZuständigkeit\n  | q0       || an               |\n  | beliebig || Endseite fertig |\n");
    Files::from([("tafel.amt".to_owned(), text)])
}

/// Megabytes that the program holds now.
fn held() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or_default();
    line.split_whitespace().next().and_then(|number| number.parse::<u64>().ok()).unwrap_or_default() / 1024
}

struct Measured {
    whole: Duration,
    again: Duration,
    checks: usize,
    megabytes: u64,
}

/// Compiles a folder, and once more after a word of one file has changed.
fn measure(mut files: Files, changed: &str, from: &str, to: &str) -> Measured {
    let today = jiff::civil::date(2026, 11, 22);
    let before = held();
    let mut compiler = Compiler::new(Regions::shipped());
    let texts = sources(&files);
    let start = Instant::now();
    let (catalogue, problems) = compiler.compile(&texts, today);
    let whole = start.elapsed();
    let wrong = problems
        .iter()
        .find(|problem| problem.severity() == Severity::Error && !problem.file.starts_with("land/geburt"));
    assert!(wrong.is_none(), "{wrong:?}");
    drop(texts);
    let megabytes = held().saturating_sub(before);
    if let Some(text) = files.get_mut(changed) {
        assert!(text.contains(from), "{changed}: {from}");
        *text = text.replacen(from, to, 1);
    }
    let texts = sources(&files);
    let mut times = Vec::new();
    for _ in 0..3 {
        // The first change is a real one; the others measure what is looked at every time.
        let start = Instant::now();
        let _ = compiler.compile(&texts, today);
        times.push((start.elapsed(), compiler.checks()));
    }
    drop(catalogue);
    Measured { whole, again: times[0].0, checks: times[0].1, megabytes }
}

fn main() {
    let milliseconds = |time: Duration| time.as_secs_f64() * 1000.0;
    println!("| folder | from nothing | after a change | checked again | memory |");
    println!("|---|---|---|---|---|");
    let line = |name: &str, measured: &Measured| {
        println!(
            "| {name} | {:.0} ms | {:.1} ms | {} | {} MB |",
            milliseconds(measured.whole),
            milliseconds(measured.again),
            measured.checks,
            measured.megabytes
        );
    };
    // The regions are read on first use.
    let _ = measure(three_hundred(), "lang.amt", "Nummer 7?", "Nummer sieben?");
    line("300 questions, 3 building blocks", &measure(three_hundred(), "lang.amt", "Nummer 7?", "Nummer sieben?"));
    line("a table of 2,000 rows by 20 columns", &measure(table(false), "tafel.amt", "bei 7?", "bei sieben?"));
    let today = jiff::civil::date(2026, 11, 22);
    let start = Instant::now();
    let (_, problems) = Compiler::new(Regions::shipped()).compile(&sources(&table(true)), today);
    let said: Vec<&str> = problems.iter().map(|problem| problem.problem.code()).collect();
    println!("| one that is made to be hard ({}) | {:.0} ms | | | |", said.join(", "), milliseconds(start.elapsed()));
    let alone = measure(adoptions(100, 0), "land/vorlage_0.amt", "Zu welchem", "In welchem");
    line("100 templates", &alone);
    let adopted = measure(adoptions(100, 1_100), "land/vorlage_0.amt", "Zu welchem", "In welchem");
    line("100 templates, adopted by 1,100 towns", &adopted);
    println!(
        "\nWith the towns it takes {:.1} times as long.\n",
        adopted.whole.as_secs_f64() / alone.whole.as_secs_f64()
    );
    let small = measure(procedures(2_000), "kreis/segeberg/kopie_0.amt", "Wann soll", "Ab wann soll");
    line("2,000 procedures", &small);
    let large = measure(procedures(20_000), "kreis/segeberg/kopie_0.amt", "Wann soll", "Ab wann soll");
    line("20,000 procedures", &large);
    println!("\n20,000 take {:.1} times as long as 2,000.\n", large.whole.as_secs_f64() / small.whole.as_secs_f64());
}
