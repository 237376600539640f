//! The colours of the language for editors that know TextMate grammars, made from the table of words.

use amtsweg_dsl::model::Language;
use amtsweg_dsl::syntax::keyword::{Fixed, Heading, Inner, Key, KindWord, RESERVED, UNITS};
use serde_json::{Value, json};

use crate::hold;

/// What is no part of a word.
const BEFORE: &str = r"(?<![\p{L}\p{N}_])";
const BEHIND: &str = r"(?![\p{L}\p{N}_])";

/// The marks around texts: the first one, what ends it.
const QUOTES: [(&str, &str); 5] = [("\"", "\"(?!\")"), ("„", "[“”]"), ("“", "”"), ("»", "«"), ("«", "»")];

/// Both spellings of words, the longer ones first, as one pattern.
fn any_of(spellings: impl Iterator<Item = &'static str>) -> String {
    let mut words: Vec<&str> = spellings.filter(|word| !word.is_empty()).collect();
    words.sort_unstable_by_key(|word| (std::cmp::Reverse(word.chars().count()), *word));
    words.dedup();
    let escape = |word: &str| -> String {
        word.chars().flat_map(|c| [Some('\\').filter(|_| "+-*?.()|[]{}^$".contains(c)), Some(c)]).flatten().collect()
    };
    words.into_iter().map(escape).collect::<Vec<_>>().join("|")
}

/// The same at the beginning of a line, where the first letter may be a capital.
fn at_start(spellings: impl Iterator<Item = &'static str>) -> String {
    let words = any_of(spellings);
    let either = |word: &str| {
        let mut letters = word.chars();
        let first = letters.next().unwrap_or(' ');
        let (small, large): (String, String) = (first.to_lowercase().collect(), first.to_uppercase().collect());
        format!("[{large}{small}]{}", letters.as_str())
    };
    words.split('|').map(either).collect::<Vec<_>>().join("|")
}

macro_rules! spellings {
    ($($words:ident),+) => {
        std::iter::empty::<&'static str>()$(.chain($words::ALL.iter().flat_map(|word| {
            [word.spelling(Language::German), word.spelling(Language::English)]
        })))+
    };
}

fn capture(names: &[&str]) -> Value {
    let numbered = names.iter().enumerate().filter(|(_, name)| !name.is_empty());
    numbered.map(|(number, name)| ((number + 1).to_string(), json!({ "name": format!("{name}.amtsweg") }))).collect()
}

fn made() -> String {
    let headings = at_start(spellings!(Heading));
    let keys = at_start(spellings!(Key));
    let kind = at_start(spellings!(Key).filter(|word| {
        [Language::German, Language::English].iter().any(|language| Key::Kind.spelling(*language) == *word)
    }));
    let kinds = any_of(spellings!(KindWord));
    let name = r"[\p{L}\p{N}_./]+";
    let words = any_of(spellings!(Inner, Fixed).chain(RESERVED.iter().copied()));
    let units = any_of(UNITS.iter().flat_map(|unit| unit.spellings));
    let texts = QUOTES.map(|(open, close)| {
        let inside = if open == "\"" {
            vec![json!({ "name": "constant.character.escape.amtsweg", "match": "\"\"" })]
        } else {
            vec![]
        };
        let answers = json!({ "name": "variable.other.answer.amtsweg", "match": r"\{\{|\{[^}]*\}" });
        json!({
            "name": "string.quoted.amtsweg",
            "begin": open,
            "end": format!("{close}|$"),
            "patterns": inside.into_iter().chain([answers]).collect::<Vec<_>>(),
        })
    });
    let grammar = json!({
        "$schema": "https://raw.githubusercontent.com/martinring/tmlanguage/master/tmlanguage.json",
        "name": "Amtsweg",
        "scopeName": "source.amtsweg",
        "fileTypes": ["amt"],
        "patterns": [
            { "include": "#comments" }, { "include": "#kinds" }, { "include": "#keys" }, { "include": "#headings" },
            { "include": "#options" }, { "include": "#texts" }, { "include": "#units" }, { "include": "#numbers" },
            { "include": "#words" }, { "include": "#signs" },
        ],
        "repository": {
            "comments": { "patterns": [{ "name": "comment.line.number-sign.amtsweg", "match": "#.*$" }] },
            "kinds": { "patterns": [{
                "match": format!(r"^\s*({kind})(:)\s*({kinds}){BEHIND}"),
                "captures": capture(&["support.type.property-name", "punctuation.separator.key-value", "storage.type"]),
            }] },
            "keys": { "patterns": [{
                "match": format!(r"^\s*({keys})((?:\s[^:#\x{{22}}„“»«|]*)?)(:)"),
                "captures": capture(&["support.type.property-name", "support.type.property-name", "punctuation.separator.key-value"]),
            }] },
            "headings": { "patterns": [{
                "match": format!(r"^\s*({headings})(?:\s+({headings}))?(?=\s|$)(?!\s*:)(?:\s+({name}))?"),
                "captures": capture(&["keyword.control.heading", "keyword.control.heading", "entity.name.function"]),
            }] },
            "options": { "patterns": [{
                "match": format!(r"^\s*([-–•*])\s+({name})"),
                "captures": capture(&["punctuation.definition.list", "variable.other.enummember"]),
            }] },
            "texts": { "patterns": texts },
            "units": { "patterns": [{
                "match": format!(r"({BEFORE}\d+(?:[.,:/]\d+)*)\s*({units}){BEHIND}"),
                "captures": capture(&["constant.numeric", "keyword.other.unit"]),
            }] },
            "numbers": { "patterns": [{
                "name": "constant.numeric.amtsweg",
                "match": format!(r"{BEFORE}\d+(?:[.,:/]\d+)*"),
            }] },
            "words": { "patterns": [{
                "name": "keyword.operator.word.amtsweg",
                "match": format!("{BEFORE}(?:{words}){BEHIND}"),
            }] },
            "signs": { "patterns": [
                { "name": "punctuation.separator.table.amtsweg", "match": r"\|\|?" },
                { "name": "keyword.operator.amtsweg", "match": "[=≠<>≤≥+×÷*]" },
            ] },
        },
    });
    serde_json::to_string_pretty(&grammar).unwrap_or_default() + "\n"
}

#[test]
fn the_colours_of_editors_are_those_of_the_table_of_words() {
    let path = amtsweg_tests::root().join("docs/editors/vscode/syntaxes/amtsweg.tmLanguage.json");
    hold(&path, &made()).unwrap_or_else(|wrong| panic!("{wrong}"));
}
