//! The region tables: what ships, what is found, what is refused.

use amtsweg_dsl::model::{Set, Values};
use amtsweg_dsl::region::{OUTSIDE_GERMANY, RegionTable, Regions, STATE_SCHLESWIG_HOLSTEIN, in_set, set_contains};

fn names(query: &str) -> Vec<&'static str> {
    Regions::shipped().search(query, None).into_iter().map(|place| place.name).collect()
}

fn segeberg() -> Set {
    let values = Values::Municipalities { within: vec!["01060".into()], except: vec![] };
    Set { values, no_answer: false }
}

#[test]
fn the_shipped_tables_can_be_read() {
    let regions = Regions::read_shipped().unwrap();
    assert_eq!(regions.all().count(), 10_981);
    assert_eq!(regions.within(STATE_SCHLESWIG_HOLSTEIN).count(), 1_106);
    assert_eq!(regions.within("01060").count(), 95 + 1);
}

#[test]
fn a_municipality_is_found_by_its_key() {
    let regions = Regions::shipped();
    let norderstedt = regions.get("010600063063").unwrap();
    assert_eq!((norderstedt.name, norderstedt.district), ("Norderstedt", "01060"));
    assert_eq!(regions.get("010600063064"), None);
    assert_eq!(regions.get(""), None);
    assert!(regions.knows(OUTSIDE_GERMANY) && !regions.knows("01060"));
    assert_eq!(regions.postcodes_of("010600063063"), ["22844", "22846", "22848", "22850", "22851"]);
    assert!(regions.postcodes_of("x").is_empty());
    assert_eq!(regions.with_postcode("01067")[0].name, "Dresden");
    assert!(regions.with_postcode("1067").is_empty());
}

#[test]
fn areas_have_names() {
    let regions = Regions::shipped();
    assert_eq!(regions.district_named("Kreis Segeberg"), Some("01060"));
    assert_eq!(regions.district_named("Segeberg"), None);
    assert_eq!(regions.association_named("Amt Itzstedt"), Some("010605034"));
    assert_eq!(regions.state_named("Land Schleswig-Holstein"), Some("01"));
    assert_eq!(regions.state_named("Bayern"), Some("09"));
    assert_eq!(regions.name("01060").as_deref(), Some("Kreis Segeberg"));
    assert_eq!(regions.name("01").as_deref(), Some("Schleswig-Holstein"));
    assert_eq!(regions.name("010605034").as_deref(), Some("Amt Itzstedt"));
    assert_eq!(regions.name("010600063063").as_deref(), Some("Norderstedt"));
    assert_eq!(regions.name(OUTSIDE_GERMANY).as_deref(), Some("außerhalb Deutschlands"));
    assert_eq!(regions.name("77"), None);
}

#[test]
fn a_name_that_occurs_twice_carries_its_district() {
    let regions = Regions::shipped();
    let found = regions.municipalities_named("Neukirchen", STATE_SCHLESWIG_HOLSTEIN);
    assert_eq!(found.len(), 2);
    for place in found {
        let name = regions.name(place.key).unwrap();
        assert!(name.starts_with("Neukirchen (Kreis "), "{name}");
        assert_eq!(regions.municipalities_named(&name, ""), [place]);
        assert_eq!(regions.find(&name, None).keys, [place.key]);
    }
}

#[test]
fn people_find_their_place() {
    assert_eq!(names("Norderstedt"), ["Norderstedt"]);
    assert_eq!(names("norders"), ["Norderstedt"]);
    assert_eq!(names("22846"), ["Norderstedt"]);
    assert_eq!(names("22846 Norderstedt"), ["Norderstedt"]);
    assert_eq!(names("luebeck")[0], "Lübeck");
    assert_eq!(names("Lübeck")[0], "Lübeck");
    assert_eq!(names("lubeck")[0], "Lübeck");
    assert_eq!(names("bad bramstedt"), ["Bad Bramstedt"]);
    assert_eq!(names("Bad-Bramstedt"), ["Bad Bramstedt"]);
    assert!(names("Bramstedt").contains(&"Bad Bramstedt"));
    assert_eq!(names("garmischpartenkirchen"), ["Garmisch-Partenkirchen"]);
    assert_eq!(names("Norderstet"), ["Norderstedt"]);
    assert!(names("x".repeat(10_000).as_str()).is_empty());
    assert!(names("").is_empty() && names("  - ").is_empty() && names("qqqqq").is_empty());
    assert!(names("ba").len() == 20);
}

#[test]
fn schleswig_holstein_comes_first() {
    let regions = Regions::shipped();
    let found = regions.search("Neu", None);
    let home = |key: &str| key.starts_with(STATE_SCHLESWIG_HOLSTEIN);
    let homes = found.iter().take_while(|place| home(place.key)).count();
    assert!(homes > 0 && found.iter().skip(homes).all(|place| !home(place.key)));
}

#[test]
fn a_search_keeps_to_the_set() {
    let regions = Regions::shipped();
    let found = regions.search("Ba", Some(&segeberg()));
    assert!(!found.is_empty() && found.iter().all(|place| place.district == "01060"));
    assert!(regions.search("Kiel", Some(&segeberg())).is_empty());
    assert!(regions.find("Ausland", None).keys == [OUTSIDE_GERMANY]);
    assert!(regions.find("Ausland", Some(&segeberg())).keys.is_empty());
}

#[test]
fn sets_hold_keys_by_their_beginning() {
    let texts = |texts: &[&str]| texts.iter().map(|t| (*t).to_owned()).collect::<Vec<_>>();
    assert!(in_set("010600063063", &texts(&["01060"]), &[]));
    assert!(!in_set("010600063063", &texts(&["01060"]), &texts(&["010600063063"])));
    assert!(in_set(OUTSIDE_GERMANY, &texts(&[""]), &[]));
    assert!(!in_set("010600063063", &[], &[]));
    assert!(set_contains(&Set::any(), "x") && set_contains(&segeberg(), "010600063063"));
}

#[test]
fn every_district_of_a_municipality_has_a_name() {
    let regions = Regions::shipped();
    for place in regions.all() {
        assert!(regions.name(place.district).is_some(), "{place:?}");
    }
}

#[test]
fn tables_may_quote_names() {
    let municipalities = "ars,name,district\n010600063063,\"Norderstedt, \"\"Stadt\"\"\",01060\r\n";
    let regions =
        Regions::parse(municipalities, "key,name,state\n01060,Kreis Segeberg,Schleswig-Holstein", "key,name\n", "")
            .unwrap();
    assert_eq!(regions.get("010600063063").unwrap().name, "Norderstedt, \"Stadt\"");
}

#[test]
fn a_wrong_row_is_named() {
    let parse = |municipalities: &str, postcodes: &str| Regions::parse(municipalities, "", "", postcodes).unwrap_err();
    let heads = "ars,name,district\n";
    for row in ["1,A,01060", "010600063063,A,01061", "010600063063,A", "010600063063,\"A,01060", "010600063063,A,x"] {
        let error = parse(&format!("{heads}{row}"), "");
        assert_eq!((error.table, error.line), (RegionTable::Municipalities, 2), "{error}");
    }
    let twice = format!("{heads}010600063063,A,01060\n010600063063,B,01060\n");
    assert_eq!(parse(&twice, "").line, 3);
    let error = parse(heads, "postcode,ars\n22846,010600063063");
    assert_eq!((error.table, error.line), (RegionTable::Postcodes, 2));
    assert_eq!(error.to_string(), "line 2 of the postcodes: there is no municipality `010600063063`");
}
