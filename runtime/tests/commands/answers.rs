//! What is printed for other programs.

use serde_json::Value;

use crate::{call, place, real};

/// A command, the code that it ends with, and values of its answer by their places.
type Case = (&'static str, i32, &'static [(&'static str, &'static str)]);

/// What is called under `--format json`, the code, and pointers into the answer with their values.
const CASES: &[Case] = &[
    ("check", 0, &[("/files", "3"), ("/errors", "0"), ("/diagnostics", "[]"), ("/folder", "\"{place}/forms\"")]),
    (
        "check broken",
        1,
        &[
            ("/errors", "1"),
            ("/diagnostics/0/code", "\"AW0114\""),
            ("/diagnostics/0/severity", "\"error\""),
            ("/diagnostics/0/page", "\"diagnostics/AW0114.html\""),
            ("/diagnostics/0/file", "\"stadt/hund_anmelden.amt\""),
            ("/diagnostics/0/start", "{\"line\":16,\"column\":10}"),
            ("/diagnostics/0/end", "{\"line\":16,\"column\":22}"),
            ("/diagnostics/0/suggestion", "\"Ja oder Nein\""),
        ],
    ),
    ("check broken/stadt/stellen.amt --folder broken", 0, &[("/only", "\"stadt/stellen.amt\""), ("/files", "1")]),
    ("explain hund_anmelden --folder broken", 1, &[("/diagnostics/0/code", "\"AW0114\"")]),
    ("graph hund_anmelden --folder broken", 1, &[("/diagnostics/0/code", "\"AW0114\"")]),
    (
        "explain hund_anmelden",
        0,
        &[("/path", "\"stadt/hund_anmelden\""), ("/version", "2"), ("/blocks/0/kind", "\"paragraph\"")],
    ),
    (
        "graph hund_anmelden",
        0,
        &[
            ("/nodes/0", "{\"id\":\"1\",\"kind\":\"page\",\"number\":\"1\",\"label\":\"Ihr Hund\",\"notes\":[]}"),
            ("/nodes/3/kind", "\"authority\""),
            ("/edges/0", "{\"from\":\"1\",\"to\":\"1.1\",\"kind\":\"contains\"}"),
        ],
    ),
    (
        "show forms/stadt/hund_anmelden.1.amt",
        0,
        &[
            ("/file", "\"stadt/hund_anmelden.1.amt\""),
            ("/procedures/0/path", "\"stadt/hund_anmelden\""),
            ("/procedures/0/lines/2/line", "3"),
        ],
    ),
    (
        "compare forms/stadt/hund_anmelden.1.amt forms/stadt/hund_anmelden.2.amt",
        0,
        &[
            ("/drafts", "\"ask_again\""),
            ("/changes/0/path", "[\"name\"]"),
            ("/sections/0/heading", "\"Entwürfe, die schon begonnen sind\""),
        ],
    ),
    (
        "compare refused/stadt/hund_anmelden.1.amt refused/stadt/hund_anmelden.2.amt --folder refused",
        1,
        &[("/drafts", "\"refused\""), ("/changes/0/uncovered", "true")],
    ),
    (
        "test forms/stadt/hund_anmelden.1.amt",
        0,
        &[
            ("/procedures/0/path", "\"stadt/hund_anmelden\""),
            ("/procedures/0/percent", "0"),
            ("/procedures/0/percent_with_cases", "100"),
            ("/procedures/0/not_shown/0/line", "18"),
            ("/procedures/0/cases/0/further_office", "false"),
            ("/diagnostics", "[]"),
        ],
    ),
    ("test broken", 1, &[("/procedures", "[]"), ("/diagnostics/0/code", "\"AW0114\"")]),
    (
        "new katze --folder neu",
        0,
        &[("/procedure", "\"stadt/musterstadt/katze\""), ("/files/0", "\"neu/stadt/musterstadt/katze.amt\"")],
    ),
    (
        "publish",
        0,
        &[
            ("/versions/0/procedure", "\"stadt/hund_anmelden\""),
            ("/versions/1/version", "2"),
            ("/versions/0/new", "true"),
        ],
    ),
    ("publish broken", 1, &[("/versions", "[]"), ("/diagnostics/0/code", "\"AW0114\"")]),
];

#[test]
fn every_answer_is_json_of_its_shape_and_nothing_else() {
    let shapes = amtsweg::cli::schemas();
    let mut wrong = Vec::new();
    for (line, code, expected) in CASES {
        let place = place();
        let args: Vec<&str> = line.split(' ').chain(["--format", "json"]).collect();
        let done = call(place.path(), &args);
        let Ok(answer) = serde_json::from_str::<Value>(&done.out) else {
            wrong.push(format!("{line}: no JSON: {done:?}"));
            continue;
        };
        if done.code != *code {
            wrong.push(format!("{line}: ended with {}", done.code));
        }
        // Texts with errors are an answer as `check` gives it, whatever was asked.
        let command = args[0];
        let shape = if *code == 1 && ["explain", "graph"].contains(&command) { "check" } else { command };
        let mut schema = shapes["properties"][shape].clone();
        schema["$defs"] = shapes["$defs"].clone();
        let validator = jsonschema::draft202012::new(&schema).unwrap();
        wrong.extend(validator.iter_errors(&answer).map(|error| format!("{line}: {error}")));
        for (pointer, value) in *expected {
            let value = value.replace("{place}", &real(&place).display().to_string());
            let found = answer.pointer(pointer).map(Value::to_string);
            if found.as_deref() != Some(&value) {
                wrong.push(format!("{line}: {pointer} is {found:?} instead of {value}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A field may be added; one that is renamed, taken away or gets another meaning breaks programs.
#[test]
fn the_shapes_stay_what_they_are() {
    insta::assert_snapshot!(serde_json::to_string_pretty(&amtsweg::cli::schemas()).unwrap());
}
