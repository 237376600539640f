//! Versions of a procedure: a template and the town that adopts it, what becomes of a draft, and
//! what is said about it.

#![expect(clippy::unwrap_used, reason = "a test that fails panics")]

use std::path::Path;

use amtsweg_dsl::compare::{Drafts, carry_over, compare};
use amtsweg_dsl::diagnostic::line_and_column;
use amtsweg_dsl::eval::{Outcome, evaluate};
use amtsweg_dsl::model::{Catalogue, Language, Procedure};
use amtsweg_dsl::region::Regions;
use amtsweg_dsl::syntax::Sources;
use amtsweg_dsl::{compile, resolved};
use serde_json::{Value as Json, json};

fn read(folder: &Path, top: &Path, into: &mut Sources) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read(&path, top, into);
        } else {
            let name = path.strip_prefix(top).unwrap().to_str().unwrap().to_owned();
            into.add(&name, &std::fs::read(&path).unwrap()).unwrap();
        }
    }
}

fn sources() -> Sources {
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/versions");
    let mut sources = Sources::new();
    read(&top, &top, &mut sources);
    sources
}

fn catalogue(sources: &Sources) -> Catalogue {
    let (catalogue, problems) = compile(sources, Regions::shipped(), jiff::civil::date(2026, 11, 22));
    let errors: Vec<_> = problems.iter().filter(|problem| problem.problem.code() != "AW0501").collect();
    assert!(errors.is_empty(), "{errors:#?}");
    catalogue
}

fn town(catalogue: &Catalogue) -> [&Procedure; 2] {
    let versions = &catalogue.procedures["stadt/hund"];
    [&versions[0], &versions[1]]
}

#[test]
fn a_town_has_what_it_replaced_and_the_rest_of_the_template() {
    let sources = sources();
    let catalogue = catalogue(&sources);
    let [first, second] = town(&catalogue);
    assert_eq!((first.version, second.version), (1, 2));
    assert_eq!(first.sections, catalogue.templates["land/hund"][0].sections);
    let answers = json!({"name": "Ada Muster", "gemeinde": "010600063063",
        "hunde": [{"rufname": "Rex", "chip": "1", "farbe": "braun", "gefaehrlich": false}]});
    let found = evaluate(
        first,
        answers.as_object().unwrap(),
        jiff::civil::date(2026, 11, 22).at(9, 0, 0, 0),
        Regions::shipped(),
    );
    assert_eq!(found.outcome, Outcome::Authority("stadt/steueramt".to_owned()));
    assert_eq!(found.fees[0].cents, 9_000);
    // The template itself is offered to nobody.
    assert_eq!(catalogue.procedures.keys().collect::<Vec<_>>(), ["dorf/hund", "stadt/hund"]);
}

#[test]
fn a_portal_that_names_a_template_takes_it_over_unchanged() {
    let catalogue = catalogue(&sources());
    assert_eq!(catalogue.portals["dorf/dorf"].offers, ["dorf/hund"]);
    let versions = &catalogue.procedures["dorf/hund"];
    assert_eq!(versions.iter().map(|one| one.version).collect::<Vec<_>>(), [3, 4]);
    let answers = json!({"name": "Ada Muster", "gemeinde": "010600005005",
        "hunde": [{"rufname": "Rex", "chip": "1", "farbe": "braun", "gefaehrlich": false}]});
    let now = jiff::civil::date(2026, 11, 22).at(9, 0, 0, 0);
    let found = evaluate(&versions[0], answers.as_object().unwrap(), now, Regions::shipped());
    assert_eq!(found.outcome, Outcome::Authority("dorf/kasse".to_owned()), "{:?}", found.problems);
    assert_eq!(found.fees[0].cents, 8_000);
}

#[test]
fn every_line_of_a_resolved_procedure_says_where_it_stands() {
    let sources = sources();
    let mut shown = String::new();
    for one in resolved(&sources, Regions::shipped()).iter().filter(|one| one.file == "stadt/hund.2.amt") {
        for line in &one.lines {
            let place = line.origin.as_ref().map_or_else(String::new, |(file, at)| {
                format!("{file}:{}", line_and_column(sources.text(file).unwrap(), *at).0)
            });
            shown.push_str(format!("{place:<20} | {}", line.text).trim_end());
            shown.push('\n');
        }
    }
    insta::assert_snapshot!(shown);
}

/// A draft of the first version, as it is in the second: answers, dropped, asked again.
const DRAFTS: [(&str, &str, &str, &str); 3] = [
    (
        r#"{"name":"Ada Muster","gemeinde":"010600063063","hunde":[
            {"rufname":"Rex","chip":"276094000000001","farbe":"braun","gefaehrlich":false},
            {"rufname":"Waldemar von und zu","chip":"unbekannt","farbe":"weiß","gefaehrlich":true}]}"#,
        r#"{"name":"Ada Muster","gemeinde":"010600063063","hunde":[
            {"rufname":"Rex","chipnummer":"276094000000001","einstufung":"unauffaellig","groesse":40},
            {"groesse":40}]}"#,
        "hunde.0.farbe hunde.1.farbe",
        "hunde.1.gefaehrlich→hunde.1.einstufung hunde.1.rufname hunde.1.chipnummer",
    ),
    (r#"{"telefon":"+4940535950"}"#, r#"{"telefon":"+4940535950"}"#, "", ""),
    ("{}", "{}", "", ""),
];

#[test]
fn a_draft_goes_on_in_the_next_version() {
    let sources = sources();
    let catalogue = catalogue(&sources);
    let [old, new] = town(&catalogue);
    let now = jiff::civil::date(2028, 2, 1).at(9, 0, 0, 0);
    for (draft, after, dropped, again) in DRAFTS {
        let [draft, after]: [Json; 2] = [draft, after].map(|text| serde_json::from_str(text).unwrap());
        let carried = carry_over(old, new, draft.as_object().unwrap(), now, Regions::shipped());
        assert_eq!(Json::Object(carried.answers), after);
        let join =
            |paths: &[amtsweg_dsl::eval::Path]| paths.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
        assert_eq!(join(&carried.dropped), dropped);
        let wanted: Vec<&str> = again.split(' ').filter_map(|path| path.rsplit('→').next()).collect();
        assert_eq!(join(&carried.ask_again), wanted.join(" "));
    }
}

#[test]
fn the_legal_office_reads_what_becomes_of_drafts() {
    let sources = sources();
    let catalogue = catalogue(&sources);
    let [_, new] = town(&catalogue);
    let mut shown = String::new();
    for language in [Language::German, Language::English] {
        let text = amtsweg_dsl::emit::prose(new, &catalogue, Regions::shipped(), language).plain();
        let part = text.split_once(if language == Language::German { "Entwürfe aus" } else { "Drafts of" }).unwrap();
        shown.push_str(part.1.split("\n#").next().unwrap());
    }
    insta::assert_snapshot!(shown);
}

#[test]
fn a_version_is_compared_with_the_one_before_in_words() {
    let sources = sources();
    let catalogue = catalogue(&sources);
    let [old, new] = town(&catalogue);
    let comparison = compare(old, new);
    assert_eq!(comparison.drafts, Drafts::AskAgain);
    assert_eq!(compare(old, old).drafts, Drafts::Stay);
    // Back again, without a line under „Übergang“.
    assert_eq!(compare(new, old).drafts, Drafts::Refused);
    let mut shown = String::new();
    for language in [Language::German, Language::English] {
        for (old, new) in [(old, new), (new, old)] {
            for part in compare(old, new).words(&catalogue, language) {
                shown.push_str(&format!("{}\n", part.heading));
                part.lines.iter().for_each(|line| shown.push_str(&format!("  - {line}\n")));
            }
            shown.push('\n');
        }
    }
    insta::assert_snapshot!(shown);
}
