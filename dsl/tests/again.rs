//! A folder that is compiled again after a change: the same comes out as from the start, and only
//! the changed file and what depends on it is checked.

#![expect(clippy::unwrap_used, reason = "a test that fails panics")]

use std::path::Path;

use amtsweg_dsl::region::Regions;
use amtsweg_dsl::syntax::Sources;
use amtsweg_dsl::{Compiler, compile};

fn read(folder: &Path, prefix: &str, sources: &mut Sources) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let path = format!("{prefix}{}", entry.file_name().into_string().unwrap());
        if entry.file_type().unwrap().is_dir() {
            read(&entry.path(), &format!("{path}/"), sources);
        } else if path.ends_with(".amt") {
            sources.add(&path, &std::fs::read(entry.path()).unwrap()).unwrap();
        }
    }
}

/// A change: the file, what is replaced there by what, and how much has to be checked again –
/// procedures with all their versions, templates, building blocks.
const CHANGES: &[(&str, &str, &str, usize)] = &[
    // A procedure that nothing depends on.
    ("kreis/segeberg/baum_faellen.amt", "Wann soll gefällt werden?", "Wann wollen Sie fällen?", 1),
    ("stadt/norderstedt/wilder_muell.amt", "Report wilder_müll \"", "Report wilder_müll \"Neu: ", 1),
    // With a mistake, and mended.
    ("kreis/segeberg/baum_faellen.amt", "Art: Datum, ab heute", "Art: Datm, ab heute", 1),
    ("kreis/segeberg/baum_faellen.amt", "Art: Datm, ab heute", "Art: Datum, ab heute", 1),
    // The address of an authority is in no procedure, its tasks are.
    ("stadt/bad_segeberg/stellen.amt", "Steueramt", "Amt für Steuern", 0),
    // A comment.
    ("land/gewerbe_anmelden.amt", "Sprache: Deutsch\n", "Sprache: Deutsch\n# Ein Wort\n", 2),
    // A translation: the procedure has other texts, but is not checked in another way.
    ("kreis/segeberg/baum_faellen.en.amt", "Many trees", "Most trees", 1),
];

#[test]
fn only_what_depends_on_a_change_is_checked_again() {
    let mut sources = Sources::new();
    read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../forms"), "", &mut sources);
    let (regions, today) = (Regions::shipped(), jiff::civil::date(2026, 11, 22));
    let mut compiler = Compiler::new(regions);
    compiler.compile(&sources, today);
    let all = compiler.checks();
    assert!(all > 10, "{all}");
    compiler.compile(&sources, today);
    assert_eq!(compiler.checks(), 0, "nothing has changed");
    for (file, from, to, checks) in CHANGES {
        let text = sources.text(file).unwrap_or_else(|| panic!("{file}"));
        assert!(text.contains(from), "{file}: {from}");
        let changed = text.replacen(from, to, 1);
        sources.add(file, changed.as_bytes()).unwrap();
        let again = compiler.compile(&sources, today);
        let anew = compile(&sources, regions, today);
        assert_eq!(again.1, anew.1, "{file}: {to}");
        assert!(again.0 == anew.0, "{file}: {to}: another catalogue");
        assert_eq!(compiler.checks(), *checks, "{file}: {to}");
    }
    // What many use.
    for (file, from, to) in [
        ("land/person.amt", "Sprache: Deutsch\n", "Sprache: Deutsch\n# Ein Wort\n"),
        ("land/staaten.amt", "| Dänemark ", "| Reich der Dänen "),
        ("land/hund_anmelden.4.amt", "Frage vorhandene", "Frage bisherige"),
        ("stadt/norderstedt/stellen.amt", "Aufgabe: ", "Aufgabe: fischerei, "),
        ("stadt/norderstedt/stellen.amt", "hundesteuer", "katzensteuer"),
    ] {
        let text = sources.text(file).unwrap_or_else(|| panic!("{file}"));
        assert!(text.contains(from), "{file}: {from}");
        let changed = text.replacen(from, to, 1);
        sources.add(file, changed.as_bytes()).unwrap();
        let again = compiler.compile(&sources, today);
        let anew = compile(&sources, regions, today);
        assert_eq!(again.1, anew.1, "{file}: {to}");
        assert!(again.0 == anew.0, "{file}: {to}: another catalogue");
        let checks = compiler.checks();
        assert!(checks < all, "{file}: {to}: {checks} of {all}");
    }
    // Another day changes what is over.
    let later = jiff::civil::date(2028, 2, 1);
    assert_eq!(compiler.compile(&sources, later).1, compile(&sources, regions, later).1);
}
