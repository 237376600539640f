//! What holds for every input and every JSON value.

use std::sync::LazyLock;

use amtsweg_dsl::eval;
use amtsweg_dsl::kind::{Input, Kind};
use amtsweg_dsl::model::{Calc, Language};
use jiff::civil::Date;
use jsonschema::Validator;
use proptest::prelude::*;
use serde_json::{Value as Json, json};
use unicode_normalization::is_nfc;

use crate::samples::{KINDS, around};

/// The schemas of all kinds, with formats asserted and without.
static SCHEMAS: LazyLock<Vec<[Validator; 2]>> = LazyLock::new(|| {
    let schema = |kind: &Kind| kind.schema(around().lists, Language::German);
    let validator =
        |kind: &Kind, formats| jsonschema::options().should_validate_formats(formats).build(&schema(kind)).unwrap();
    KINDS.iter().map(|(_, kind)| [validator(kind, true), validator(kind, false)]).collect()
});

/// What the schema leaves to `remainder`, as a reader of the published schema would check it.
fn remainder_holds(kind: &Kind, answer: &Json) -> bool {
    let texts = || answer.as_str().unwrap_or_default();
    kind.remainder().iter().all(|(key, rest)| match (key.as_str(), rest) {
        ("nfc", Json::Bool(true)) => is_nfc(texts()),
        ("decimal_places", places) => {
            let number = answer.as_f64().unwrap_or_default();
            let text = format!("{number}");
            text.split_once('.').map_or(0, |(_, places)| places.len()) as u64 <= places.as_u64().unwrap()
        }
        ("date_from", calc) => limit(calc).is_none_or(|from| last_day(texts()) >= from),
        ("date_to", calc) => limit(calc).is_none_or(|to| first_day(texts()) <= to),
        ("check_digit", Json::String(which)) => match which.as_str() {
            "iban" => texts().parse::<iban::Iban>().is_ok(),
            "tax_id" => tax_id(texts()),
            other => panic!("{other}"),
        },
        ("known_place", Json::Bool(true)) => {
            texts() == "990000000000" || around().regions.all().any(|place| place.key == texts())
        }
        ("valid_today", Json::String(list)) => {
            let keys = answer.as_array().map_or(vec![answer.clone()], Clone::clone);
            keys.iter().all(|key| {
                let mut values = around().lists[list].values.iter();
                let value = values.find(|value| *key == value.key).unwrap();
                let today = around().today;
                value.valid_from.is_none_or(|d| d <= today) && value.valid_to.is_none_or(|d| d >= today)
            })
        }
        other => panic!("a remainder that nobody knows: {other:?}"),
    })
}

fn limit(calc: &Json) -> Option<Date> {
    let calc: Calc = serde_json::from_value(calc.clone()).unwrap();
    match eval::constant(&calc, around().today) {
        Some(eval::Value::Date(date)) => Some(date),
        _ => None,
    }
}

fn first_day(text: &str) -> Date {
    let full = format!("{text}{}", &"0000-01-01"[text.len()..]);
    full.parse().unwrap()
}

fn last_day(text: &str) -> Date {
    match text.len() {
        4 => first_day(text).last_of_year(),
        7 => first_day(text).last_of_month(),
        _ => first_day(text),
    }
}

fn tax_id(text: &str) -> bool {
    let digits: Vec<u32> = text.chars().map(|c| c.to_digit(10).unwrap()).collect();
    let mut product = 10;
    for digit in &digits[..10] {
        let mut sum = (digit + product) % 10;
        if sum == 0 {
            sum = 10;
        }
        product = (sum * 2) % 11;
    }
    let check = if product == 1 { 0 } else { 11 - product };
    let mut counts = [0; 10];
    for digit in &digits[..10] {
        counts[*digit as usize] += 1;
    }
    let twice = counts.iter().filter(|count| **count >= 2).count();
    check == digits[10] && twice == 1 && counts.iter().all(|count| *count <= 3)
}

#[track_caller]
fn schema_and_check_agree(index: usize, answer: &Json) {
    let (name, kind) = &KINDS[index];
    let checked = kind.check(answer, around());
    for validator in &SCHEMAS[index] {
        let told = validator.is_valid(answer) && remainder_holds(kind, answer);
        assert_eq!(checked.is_ok(), told, "{name}: {answer} is {checked:?}, but the schema says {told}");
    }
}

/// What holds for whatever is typed, of whatever kind.
#[track_caller]
fn reading_holds(index: usize, input: &Input) {
    let (name, kind) = &KINDS[index];
    match kind.read(input, around()) {
        Ok(None) => {}
        Ok(Some(answer)) => {
            assert_eq!(kind.check(&answer, around()), Ok(()), "{name}: {input:?} is read as {answer}");
            schema_and_check_agree(index, &answer);
            for language in [Language::German, Language::English, Language::Easy] {
                let again = kind.input(&answer, language, around());
                let read = kind.read(&again, around());
                assert_eq!(read, Ok(Some(answer.clone())), "{name}: {input:?}, then {again:?}");
                assert!(!kind.show(&answer, language, around()).is_empty());
            }
        }
        Err(state) => {
            for language in [Language::German, Language::English, Language::Easy] {
                assert!(!kind.message(&state, "Frage", language).is_empty());
            }
        }
    }
}

/// Near enough to answers that many of them are some.
fn typed() -> impl Strategy<Value = String> {
    let known = prop::sample::select(
        include_str!("cases.txt")
            .lines()
            .filter_map(|line| line.split(" | ").nth(1))
            .filter_map(|typed| serde_json::from_str::<String>(&format!("\"{typed}\"")).ok())
            .collect::<Vec<_>>(),
    );
    let changed =
        (known.clone(), any::<prop::sample::Index>(), any::<char>(), 0..3).prop_map(|(text, place, c, how)| {
            let mut chars: Vec<char> = text.chars().collect();
            let place = if chars.is_empty() { 0 } else { place.index(chars.len()) };
            match how {
                0 => chars.insert(place, c),
                1 if !chars.is_empty() => drop(chars.remove(place)),
                _ if !chars.is_empty() => chars[place] = c,
                _ => {}
            }
            chars.into_iter().collect::<String>()
        });
    prop_oneof![
        any::<String>(),
        known,
        changed,
        "[0-9+(). /-]{0,24}",
        "[-+]?[0-9]{1,7}([.,'][0-9]{3}){0,3}([.,][0-9]{0,4})?( ?(€|EUR|cm|Stunden))?",
        "\\+?[0-9]{1,3}[ 0-9]{5,16}",
        "[A-ZÄÖÜa-zäöü]{1,4}[- ]?[A-Za-z]{0,3}[- ]?[0-9]{0,5}[eEhH]?",
        "[A-Za-zäöüßŋƏ’ \u{306}\u{301}\u{200b}\u{a0}-]{0,30}",
        "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        "[0-9]{1,2}:[0-9]{2}",
        "[a-zü.]{1,9}@[a-zü.-]{1,9}\\.[a-z]{2,3}",
    ]
}

/// JSON of every sort, much of it nearly an answer.
fn json_value() -> impl Strategy<Value = Json> {
    let number = prop_oneof![
        any::<i64>().prop_map(Json::from),
        any::<u64>().prop_map(Json::from),
        (-20_000i64..200_000).prop_map(Json::from),
        any::<f64>().prop_map(Json::from),
        (-2_000i64..100_000, 0u32..4).prop_map(|(n, places)| json!(n as f64 / f64::from(10u32.pow(places)))),
    ];
    let text = prop_oneof![
        typed(),
        prop::sample::select(vec![
            "DE89370400440532013000",
            "86095742719",
            "SE-AB 123",
            "SE-SS 123",
            "010600063063",
            "010600005005",
            "010600000000",
            "990000000000",
            "999999999999",
            "22846",
            "00123",
            "2027-03-04",
            "2027-02-29",
            "2028-02-29",
            "1900-02-29",
            "2000-02-29",
            "2027-04-31",
            "0999-01-01",
            "1980",
            "1980-05",
            "1980-13",
            "2027-10",
            "15:00",
            "24:00",
            "+49 40 123456",
            "+49  40 123456",
            "ja",
            "k0",
            "nichts",
            "dackel",
            "pudel",
            "mops",
            "a\n b",
            " a",
            "a ",
            "a  b",
            "e\u{301}",
            "é",
            "a\u{0}",
            "a\u{a0}b",
            "",
            "name@beispiel.de",
            "a@b",
            "DE",
            "ZZ",
            "de",
        ])
        .prop_map(str::to_owned),
        "[0-9]{4}(-[0-9]{2}){0,2}",
        "0106000[0-9]{5}",
    ]
    .prop_map(Json::from);
    let keys = prop::collection::vec(
        prop::sample::select(vec![
            json!("k0"),
            json!("k1"),
            json!("k2"),
            json!("nichts"),
            json!("dackel"),
            json!("mops"),
            json!("x"),
            json!(1),
        ]),
        0..5,
    )
    .prop_map(Json::from);
    let files = prop::collection::vec(file(), 0..5).prop_map(Json::from);
    prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        number,
        text,
        keys,
        file(),
        files,
        Just(json!({}))
    ]
}

fn file() -> impl Strategy<Value = Json> {
    let size = prop_oneof![
        Just(json!(1)),
        Just(json!(0)),
        Just(json!(5_000_000)),
        Just(json!(5_000_001)),
        Just(json!(1_048_576)),
        Just(json!(1.5)),
        Just(json!(2.0)),
        Just(json!(-1)),
        Just(json!("1")),
    ];
    let media = prop::sample::select(vec!["application/pdf", "image/png", "image/jpeg", "text/html"]);
    let name = prop::sample::select(vec!["plan.pdf", "", "a\u{0}b", "Ma\u{308}rz.png"]);
    let other = prop::sample::select(vec!["", "more", "id", "sha256"]);
    (size, media, name, other, 0..8).prop_map(|(size, media, name, other, odds)| {
        let mut file = json!({
            "name": name, "media_type": media, "size": size, "sha256": "0f".repeat(32), "id": "0190-ab_C",
        });
        match other {
            "more" if odds == 0 => file["more"] = json!(1),
            "id" if odds == 0 => file["id"] = json!("a/b"),
            "sha256" if odds == 0 => drop(file.as_object_mut().unwrap().remove("sha256")),
            _ => {}
        }
        file
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_typed_is_read_or_refused(line in typed()) {
        for index in 0..KINDS.len() {
            reading_holds(index, &Input::Line(line.clone()));
        }
    }

    #[test]
    fn whatever_is_typed_as_a_date_is_read_or_refused(day in "[0-9]{0,2}", month in "[0-9]{0,2}|Mär?z?|o[ck]t", year in "[0-9]{0,4}|[12][0-9]{3}") {
        for index in 0..KINDS.len() {
            reading_holds(index, &Input::Date { day: day.clone(), month: month.clone(), year: year.clone() });
        }
    }

    #[test]
    fn whatever_is_ticked_is_read_or_refused(boxes in prop::collection::vec("k[0-9]|nichts|dackel|mops|", 0..4)) {
        for index in 0..KINDS.len() {
            reading_holds(index, &Input::Many(boxes.clone()));
        }
    }

    #[test]
    fn the_schema_accepts_what_is_accepted(answer in json_value()) {
        for (index, (_, kind)) in KINDS.iter().enumerate() {
            schema_and_check_agree(index, &answer);
            // Wrong answers are shown as well.
            let shown = kind.show(&answer, Language::English, around());
            prop_assert!(shown.len() < 100_000);
            let typed = kind.input(&answer, Language::German, around());
            prop_assert!(kind.read(&typed, around()).is_ok() || kind.check(&answer, around()).is_err());
        }
    }
}

#[test]
fn the_schema_knows_the_calendar() {
    let index = KINDS.iter().position(|(name, _)| *name == "date").unwrap();
    for year in [1000, 1582, 1600, 1700, 1900, 1996, 2000, 2027, 2028, 2100, 2400, 9996, 9999] {
        for month in 0..=13 {
            for day in 0..=32 {
                schema_and_check_agree(index, &json!(format!("{year:04}-{month:02}-{day:02}")));
            }
        }
    }
}

#[test]
fn the_schema_knows_every_character() {
    for name in ["text", "long text", "given name", "organisation", "email"] {
        let index = KINDS.iter().position(|(known, _)| *known == name).unwrap();
        for c in ('\0'..='\u{FFFF}').chain(['\u{10000}', '\u{1F600}', '\u{10FFFF}']) {
            let text = if name == "email" { format!("a{c}@b{c}c.de") } else { format!("a{c}a") };
            schema_and_check_agree(index, &json!(text));
        }
    }
}

#[test]
fn a_huge_text_is_read_at_once() {
    for piece in ["a", "1", " ", "A-", "1.", "e\u{301}"] {
        let line = piece.repeat(100_000 / piece.len());
        let many: Vec<String> = (0..4_000).map(|n| format!("{piece}{n}")).collect();
        for (name, kind) in KINDS.iter() {
            for input in [Input::Line(line.clone()), Input::Line(format!("{line}1")), Input::Many(many.clone())] {
                let begin = std::time::Instant::now();
                let read = kind.read(&input, around());
                // Blanks are no answer, and of `000…1` the 1 is.
                let length = read.map_or(0, |answer| answer.map_or(0, |a| a.to_string().len()));
                assert!(length < 100, "{name}: {piece:?} again and again is an answer");
                assert!(begin.elapsed().as_secs() < 5, "{name}: {piece:?} takes {:?}", begin.elapsed());
            }
        }
    }
}
