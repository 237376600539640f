//! Towns that adopt templates as they are: what comes of it is the same whether the portal offers
//! the template or a file adopts it, and everything that the town does not change is there once.

#![expect(clippy::unwrap_used, reason = "a test that fails panics")]

use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use amtsweg_dsl::model::Catalogue;
use amtsweg_dsl::region::Regions;
use amtsweg_dsl::syntax::Sources;
use amtsweg_dsl::{Compiler, compile};

/// The templates of the catalogue that every town can adopt, with their versions.
const TEMPLATES: [(&str, &[(u32, &str)]); 2] = [
    ("gewerbe_anmelden", &[(1, "gültig ab 01.01.2026")]),
    ("hund_anmelden", &[(3, "gültig ab 01.01.2026 bis 31.12.2027"), (4, "gültig ab 01.01.2028")]),
];

/// Of each size and district, one whose name occurs twice, one that is a district by itself.
const TOWNS: [&str; 6] = ["Kiel", "Itzstedt", "Husum", "Büchen", "Ahrensburg", "Wyk auf Föhr"];

fn state() -> Sources {
    let mut sources = Sources::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../forms/land");
    for entry in std::fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        sources.add(&format!("land/{name}"), &std::fs::read(entry.path()).unwrap()).unwrap();
    }
    sources
}

/// A town with its offices; with files that adopt the templates, or without.
fn add_town(sources: &mut Sources, town: &str, files: bool) {
    let folder = format!("stadt/ort{}", TOWNS.iter().position(|other| *other == town).unwrap());
    let offices = format!(
        "Sprache: Deutsch\nStelle amt \"Amt\"\n  Ebene: Stadt\n  Gebiet: {town}\n  Aufgabe: hundesteuer, gewerbeamt\n\
         \x20 Kanal: E-Mail amt@ort.example\n"
    );
    sources.add(&format!("{folder}/stellen.amt"), offices.as_bytes()).unwrap();
    let mut portal = format!(
        "Sprache: Deutsch\nPortal ort \"{town}\"\n  Gebiet: {town}\n\nKacheln\n  - recht \"Recht\"\n  - logistik \
         \"Wirtschaft\"\n\nAngebot\n"
    );
    for (template, versions) in TEMPLATES {
        let _ = writeln!(portal, "  - land/{template}");
        for (version, valid) in versions.iter().filter(|_| files) {
            let text = format!(
                "Sprache: Deutsch\nübernimmt land/{template}, Fassung {version}\n  Gebiet: {town}\n  Fassung: {version}, {valid}\n"
            );
            sources.add(&format!("{folder}/{template}.{version}.amt"), text.as_bytes()).unwrap();
        }
    }
    sources.add(&format!("{folder}/ort.amt"), portal.as_bytes()).unwrap();
}

/// What comes of it, and how much was checked.
fn compiled(files: bool) -> (Catalogue, usize) {
    let mut sources = state();
    for town in TOWNS {
        add_town(&mut sources, town, files);
    }
    let mut compiler = Compiler::new(Regions::shipped());
    let (catalogue, problems) = compiler.compile(&sources, jiff::civil::date(2026, 11, 22));
    let in_towns: Vec<_> = problems.iter().filter(|problem| problem.file.starts_with("stadt")).collect();
    let said: Vec<_> = in_towns.iter().map(|problem| (&problem.file, &problem.problem)).collect();
    assert!(said.is_empty(), "{said:?}");
    (catalogue, compiler.checks())
}

#[test]
fn a_portal_and_a_file_make_the_same_of_a_template() {
    let ((offered, few), (adopted, many)) = (compiled(false), compiled(true));
    // What a portal offers is not compiled for each town.
    assert_eq!(few + TOWNS.len() * TEMPLATES.len(), many);
    assert_eq!(offered.portals, adopted.portals);
    let names = |catalogue: &Catalogue| catalogue.procedures.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&offered), names(&adopted));
    for (path, versions) in &offered.procedures {
        for (own, other) in versions.iter().zip(&adopted.procedures[path]) {
            let (own, other) = (serde_json::to_value(own).unwrap(), serde_json::to_value(other).unwrap());
            assert_eq!(own, other, "{path}");
        }
        assert_eq!(versions.len(), adopted.procedures[path].len(), "{path}");
    }
    for number in 0..TOWNS.len() {
        for (template, versions) in TEMPLATES {
            let path = format!("stadt/ort{number}/{template}");
            assert_eq!(offered.procedures[&path].len(), versions.len());
            assert_eq!(offered.files[&(path, versions[0].0)], format!("stadt/ort{number}/ort.amt"));
        }
    }
}

#[test]
fn what_a_town_does_not_change_is_there_once() {
    for files in [false, true] {
        let (catalogue, _) = compiled(files);
        for (template, _) in TEMPLATES {
            for number in 0..TOWNS.len() {
                let towns = &catalogue.procedures[&format!("stadt/ort{number}/{template}")];
                for (own, theirs) in towns.iter().zip(&catalogue.templates[&format!("land/{template}")]) {
                    assert!(own.sections.iter().zip(&theirs.sections).all(|(a, b)| Arc::ptr_eq(a, b)), "{template}");
                    assert!(own.fees.iter().zip(&theirs.fees).all(|(a, b)| Arc::ptr_eq(a, b)), "{template}");
                    assert!(
                        own.lists.values().zip(theirs.lists.values()).all(|(a, b)| Arc::ptr_eq(a, b)),
                        "{template}"
                    );
                }
            }
        }
    }
}

#[test]
fn a_town_without_an_authority_is_told_so() {
    let mut sources = state();
    add_town(&mut sources, "Kiel", false);
    add_town(&mut sources, "Husum", false);
    let folder = "stadt/ort2";
    let offices = sources.text(&format!("{folder}/stellen.amt")).unwrap().replace("hundesteuer, ", "");
    sources.add(&format!("{folder}/stellen.amt"), offices.as_bytes()).unwrap();
    let (catalogue, problems) = compile(&sources, Regions::shipped(), jiff::civil::date(2026, 11, 22));
    let in_towns = problems.iter().filter(|found| found.file.starts_with("stadt"));
    let codes: Vec<(&str, &str)> = in_towns.map(|found| (found.file.as_str(), found.problem.code())).collect();
    assert_eq!(codes, [("stadt/ort2/ort.amt", "AW0412"); 2], "for each version");
    assert!(!catalogue.procedures.contains_key("stadt/ort2/hund_anmelden"));
    assert!(catalogue.procedures.contains_key("stadt/ort2/gewerbe_anmelden"));
}

/// After a change, only the offers that it touches are put together again, and all are what they
/// would be from nothing.
#[test]
fn an_offer_is_kept_until_something_that_it_comes_of_changes() {
    let mut sources = state();
    TOWNS.iter().for_each(|town| add_town(&mut sources, town, false));
    let today = jiff::civil::date(2026, 11, 22);
    let mut compiler = Compiler::new(Regions::shipped());
    let (mut before, _) = compiler.compile(&sources, today);
    let hund = "hund_anmelden";
    let changes: [(&str, &str, &str, &[&str]); 6] = [
        ("stadt/ort4/stellen.amt", "Stelle amt \"Amt\"", "Stelle amt \"Rathaus\"", &[]),
        (
            "stadt/ort4/stellen.amt",
            "Stelle amt ",
            "Stelle rathaus ",
            &["stadt/ort4/gewerbe_anmelden", "stadt/ort4/hund_anmelden"],
        ),
        (
            "stadt/ort1/ort.amt",
            "  Gebiet: Itzstedt",
            "  Gebiet: \"Gemeinde Itzstedt\"",
            &["stadt/ort1/gewerbe_anmelden", "stadt/ort1/hund_anmelden"],
        ),
        ("stadt/ort2/ort.amt", "  - land/hund_anmelden\n", "", &[]),
        // What towns may set is no part of what they get; a text is.
        ("land/hund_anmelden.4.amt", "0 € je Jahr bis 300 € je Jahr", "0 € je Jahr bis 310 € je Jahr", &[]),
        (
            "land/hund_anmelden.4.amt",
            "Frage rasse \"Welche Rasse hat der Hund?\"",
            "Frage rasse \"Bitte: Welche Rasse hat der Hund?\"",
            &[hund],
        ),
    ];
    for (file, from, to, touched) in changes {
        let text = sources.text(file).unwrap().to_owned();
        assert!(text.contains(from), "{file}: {from}");
        sources.add(file, text.replacen(from, to, 1).as_bytes()).unwrap();
        let (after, problems) = compiler.compile(&sources, today);
        let (fresh, fresh_problems) = compile(&sources, Regions::shipped(), today);
        assert_eq!(problems, fresh_problems, "{to}");
        assert_eq!(after, fresh, "{to}");
        for (path, versions) in after.procedures.iter().filter(|(path, _)| path.starts_with("stadt")) {
            let Some(known) = before.procedures.get(path) else { continue };
            let same = versions.iter().zip(known).all(|(own, other)| Arc::ptr_eq(own, other));
            let touched = touched.iter().any(|touched| path.ends_with(touched));
            assert_eq!(same, !touched, "{path} after {to}");
        }
        before = after;
    }
}
