use std::collections::{BTreeMap, BTreeSet};

use amtsweg_dsl::Compiler;
use amtsweg_dsl::emit;
use amtsweg_dsl::format::{NotTranslated, format, translate};
use amtsweg_dsl::model::Language;
use amtsweg_dsl::region::Regions;
use amtsweg_dsl::syntax::keyword::{Fixed, Heading, Inner, Key, KindWord, UNITS};
use amtsweg_dsl::syntax::tree;

use crate::shape::first_difference;
use crate::texts::{Files, adopted, cases, catalogue, compiled, compiled_by, everything, messages, procedures};

const BOTH: [Language; 2] = [Language::German, Language::English];

fn other(language: Language) -> Language {
    if language == Language::English { Language::German } else { Language::English }
}

/// A file with the keywords of a language; a line that cannot be read stands in the way.
fn translated(file: &str, text: &str, to: Language) -> Option<String> {
    match translate(text, to) {
        Ok(translated) => Some(translated),
        Err(NotTranslated::WouldDiffer) => panic!("{file}: {}", difference(text, to)),
        Err(_) => None,
    }
}

/// What would differ, for whoever reads the message of a test that failed.
fn difference(text: &str, to: Language) -> String {
    let once = format(text).text;
    format!("there and back is another text, to {to:?}:\n{once}")
}

#[test]
fn there_and_back_is_the_same() {
    let mut kept = 0;
    for (file, text) in everything() {
        let proper = format(&text).text;
        let language = tree("", &proper).0.language;
        let Some(there) = translated(&file, &text, other(language)) else {
            kept += 1;
            continue;
        };
        assert_eq!(tree("", &there).0.language, other(language), "{file}");
        assert!(format(&there).text == there, "{file}: {}", first_difference(&there, &format(&there).text));
        let back = translated(&file, &there, language).unwrap();
        assert!(back == proper, "{file}: {}", first_difference(&proper, &back));
    }
    assert!(kept < 200, "{kept} files have lines that cannot be read");
}

/// A translated catalogue compiles to the same, without a message more or less, and gives the same
/// schemas to the byte.
#[test]
fn a_translated_catalogue_is_the_same_catalogue() {
    let files = catalogue();
    let schemas = |files: &Files| -> BTreeMap<String, String> {
        procedures(files)
            .iter()
            .flat_map(|procedure| {
                BOTH.map(|language| {
                    let name = format!("{} {} {language:?}", procedure.path, procedure.version);
                    (name, emit::schema(procedure, language).to_string())
                })
            })
            .collect()
    };
    let before = (compiled(&files), schemas(&files));
    assert!(before.1.len() > 20);
    for to in BOTH {
        let there: Files =
            files.iter().map(|(file, text)| (file.clone(), translated(file, text, to).unwrap())).collect();
        assert_eq!(messages(&there), messages(&files), "{to:?}");
        let after = compiled(&there);
        let differs = |path: &&String| after.0.get(*path) != before.0.0.get(*path);
        assert_eq!(before.0.0.keys().filter(differs).collect::<Vec<_>>(), Vec::<&String>::new(), "{to:?}");
        assert_eq!(after, before.0, "{to:?}");
        assert_eq!(schemas(&there), before.1, "{to:?}");
    }
}

/// A template and the files that adopt it need not have their keywords in the same language: each
/// file alone in the other one, there and back, and all adoptions without their templates.
#[test]
fn an_adoption_in_another_language_than_its_template_is_the_same() {
    let is = |text: &str, key: &str| text.lines().any(|line| line.trim_start().starts_with(key));
    for (before, few) in [(catalogue(), 8), (adopted(), 2)] {
        let of = |key| before.keys().filter(|file| is(&before[*file], key)).collect::<Vec<_>>();
        let (adoptions, templates) = (of("übernimmt "), of("Vorlage:"));
        assert!(!adoptions.is_empty() && adoptions.len() + templates.len() >= few, "{adoptions:?} {templates:?}");
        let mut compiler = Compiler::new(Regions::shipped());
        let expected = compiled_by(&mut compiler, &before);
        let alone = adoptions.iter().chain(&templates).map(|file| vec![*file]);
        for changed in alone.chain([adoptions.clone()]) {
            let mut files = before.clone();
            for file in &changed {
                let there = translated(file, &before[*file], Language::English).unwrap();
                assert_eq!(translated(file, &there, Language::German).as_ref(), Some(&format(&before[*file]).text));
                files.insert((*file).clone(), there);
            }
            let after = compiled_by(&mut compiler, &files);
            assert_eq!(after.1, Vec::<String>::new(), "{changed:?}");
            assert_eq!(after, expected, "{changed:?}");
        }
    }
}

/// Examples whose messages are about the spelling of a word of one language.
const BY_WORDS: [&str; 3] = ["beispiel_eintrag.amt", "einheit_vertippt.amt", "wert_mit_und.amt"];

/// Each example of a message has the same messages in the other keyword language, unless the
/// message is about a word of it.
#[test]
fn translated_files_have_the_same_messages() {
    let (mut equal, mut differ) = (0, BTreeSet::new());
    for (name, files) in cases() {
        let languages: BTreeSet<_> = files.values().map(|text| tree("", text).0.language).collect();
        let all = |to| -> Option<Files> {
            files.iter().map(|(file, text)| Some((file.clone(), translated(file, text, to)?))).collect()
        };
        for to in BOTH.into_iter().filter(|to| !(languages.len() == 1 && languages.contains(to))) {
            let Some(there) = all(to) else { continue };
            equal += 1;
            if compiled(&there) != compiled(&files) {
                differ.insert(name.clone());
            }
        }
    }
    assert_eq!(differ, BTreeSet::from(BY_WORDS.map(str::to_owned)));
    assert!(equal > 100, "only {equal}");
}

/// Whether a line has a word or words, with nothing that continues them.
fn has(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let inside = |c: char| c.is_alphanumeric() || c == '_';
        !line[..at].ends_with(inside) && !line[at + word.len()..].starts_with(inside)
    })
}

/// Forms behind „von“ and its like, for which the formatter writes the usual ones; and `Texte`, whose
/// line comes and goes.
const NOT_MET: [(&str, &str); 6] = [
    ("Arbeitstagen", "weekdays"),
    ("Jahren", "years"),
    ("Monaten", "months"),
    ("Tagen", "days"),
    ("Texte", "Texts"),
    ("Werktagen", "weekdays with Saturday"),
];

/// Every word of the language is translated somewhere above, in a line that has it.
#[test]
fn every_word_is_met() {
    let mut words: BTreeSet<(&str, &str)> = BTreeSet::new();
    macro_rules! table {
        ($($table:ident)*) => {
            $(words.extend($table::ALL.iter().map(|word| <(&str, &str)>::from(BOTH.map(|language| word.spelling(language)))));)*
        };
    }
    table!(Heading Key KindWord Inner Fixed);
    words.extend(UNITS.iter().map(|unit| (unit.spellings[1], unit.spellings[3])));
    let all = words.len();
    for (file, text) in everything() {
        let pair = BOTH.map(|language| translated(&file, &text, language));
        let [Some(german), Some(english)] = pair else { continue };
        let lines = |text: &str, word: &str| -> Vec<String> {
            text.lines().filter(|line| !line.trim_start().starts_with(word)).map(str::to_owned).collect()
        };
        for (german, english) in lines(&german, "Texte:").iter().zip(lines(&english, "Texts:")) {
            words.retain(|(de, en)| !(has(german, de) && has(&english, en)));
        }
    }
    assert!(all > 200, "only {all} words");
    assert_eq!(words.into_iter().collect::<Vec<_>>(), NOT_MET);
}
