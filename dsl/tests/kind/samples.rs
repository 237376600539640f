//! A kind of each sort, under a name, and the surroundings that they are read in.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use amtsweg_dsl::kind::{Kind, Surroundings};
use amtsweg_dsl::model::CodeList;
use amtsweg_dsl::region::Regions;
use jiff::civil::date;
use serde_json::{Value as Json, json};

/// Every kind by the name that the tables of the tests use.
pub static KINDS: LazyLock<Vec<(&'static str, Kind)>> = LazyLock::new(|| {
    let options = |count: usize| -> Json {
        (0..count).map(|n| json!({ "key": format!("k{n}"), "label": { "de": format!("Wahl {n}"), "en": format!("Option {n}") } })).collect()
    };
    let mut with_none = options(3);
    with_none.as_array_mut().unwrap().push(json!({
        "key": "nichts", "label": { "de": "Nichts davon", "en": "None of these" }, "excludes_others": true,
    }));
    let shift =
        |by: i64, unit: &str| json!({ "shift": { "date": "today", "by": { "number": by.to_string() }, "unit": unit } });
    [
        ("text", json!({ "text": {} })),
        ("text 3-5", json!({ "text": { "min": 3, "max": 5 } })),
        ("long text", json!({ "long_text": { "max": 50 } })),
        ("digits", json!({ "digits": { "min": 1, "max": 4 } })),
        ("digits 15", json!({ "digits": { "min": 15, "max": 15 } })),
        ("whole", json!({ "whole": {} })),
        ("whole cm", json!({ "whole": { "unit": "cm", "min": "10", "max": "1500" } })),
        ("whole min", json!({ "whole": { "min": "-5" } })),
        ("decimal 1", json!({ "decimal": { "places": 1, "limits": { "unit": "Stunden je Woche", "min": "0.5", "max": "80" } } })),
        ("decimal 3", json!({ "decimal": { "places": 3, "limits": {} } })),
        ("money", json!({ "money": {} })),
        ("money limits", json!({ "money": { "unit": "je Jahr", "min": "1000", "max": "125000" } })),
        ("date", json!({ "date": {} })),
        ("date past", json!({ "date": { "to": "today" } })),
        ("date future", json!({ "date": { "from": "today" } })),
        ("date near", json!({ "date": { "from": shift(14, "days"), "to": shift(1, "years") } })),
        ("date constant", json!({ "date": { "from": { "date": "2027-01-01" }, "to": { "date": "2027-12-31" } } })),
        ("birth date", json!({ "birth_date": { "incomplete": false, "limits": {} } })),
        ("incomplete", json!({ "birth_date": { "incomplete": true, "limits": {} } })),
        ("month", json!("month")),
        ("time", json!("time")),
        ("yes no", json!("yes_no")),
        ("one of", json!({ "one_of": { "options": options(3) } })),
        ("one of many", json!({ "one_of": { "options": options(8) } })),
        ("list", json!({ "one_of": { "list": { "name": "rassen" } } })),
        ("list only", json!({ "one_of": { "list": { "name": "rassen", "only": { "values": { "keys": ["dackel"] } } } } })),
        ("several of", json!({ "several_of": { "choices": { "options": with_none }, "max": 2 } })),
        ("several of list", json!({ "several_of": { "choices": { "list": { "name": "rassen" } } } })),
        ("file", json!({ "file": { "kinds": ["pdf", "jpeg"], "max_size": 5_000_000, "min_count": 1, "max_count": 1 } })),
        ("files", json!({ "file": { "kinds": ["png"], "max_size": 1_048_576, "min_count": 2, "max_count": 3 } })),
        ("email", json!("email")),
        ("phone", json!("phone")),
        ("postcode", json!("postcode")),
        ("municipality", json!({ "municipality": null })),
        ("municipality set", json!({ "municipality": { "values": { "municipalities": { "within": ["01060"], "except": ["010600063063"] } } } })),
        ("country", json!("country")),
        ("given name", json!("given_name")),
        ("family name", json!("family_name")),
        ("full name", json!("full_name")),
        ("organisation", json!("organisation")),
        ("street", json!("street")),
        ("house number", json!("house_number")),
        ("place", json!("place")),
        ("iban", json!("iban")),
        ("tax number", json!("tax_number")),
        ("plate", json!("number_plate")),
        ("declaration", json!("declaration")),
        ("block", json!({ "block": { "name": "person", "items": [] } })),
    ]
    .into_iter()
    .map(|(name, kind)| (name, serde_json::from_value(kind).unwrap_or_else(|e| panic!("{name}: {e}"))))
    .collect()
});

static LISTS: LazyLock<BTreeMap<String, Arc<CodeList>>> = LazyLock::new(|| {
    let rassen = json!({
        "title": { "de": "Hunderassen" },
        "values": [
            { "key": "dackel", "label": { "de": "Dackel", "en": "Dachshund" } },
            { "key": "pudel", "label": { "de": "Pudel", "en": "Poodle" }, "valid_to": "2027-03-03" },
            { "key": "mops", "label": { "de": "Mops", "en": "Pug" }, "valid_from": "2027-03-04" },
        ],
    });
    BTreeMap::from([("rassen".to_owned(), serde_json::from_value(rassen).unwrap())])
});

/// The 4th of March 2027, all of Germany, and the list `rassen`.
pub fn around() -> Surroundings<'static> {
    Surroundings { lists: &LISTS, regions: Regions::shipped(), today: date(2027, 3, 4) }
}

#[track_caller]
pub fn kind(name: &str) -> &'static Kind {
    let found = KINDS.iter().find(|(known, _)| *known == name);
    &found.unwrap_or_else(|| panic!("there is no sample kind `{name}`")).1
}
