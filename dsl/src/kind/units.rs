//! Units behind numbers, in German and English.

use rust_decimal::Decimal;

use crate::model::Language;

/// A unit of the language in both languages, singular and plural.
struct Unit {
    german: [&'static str; 2],
    english: [&'static str; 2],
}

const fn unit(german: [&'static str; 2], english: [&'static str; 2]) -> Unit {
    Unit { german, english }
}

/// The words that have a plural, or another word in English.
const UNITS: &[Unit] = &[
    unit(["Jahr", "Jahre"], ["year", "years"]),
    unit(["Monat", "Monate"], ["month", "months"]),
    unit(["Woche", "Wochen"], ["week", "weeks"]),
    unit(["Werktag", "Werktage"], ["weekday with Saturday", "weekdays with Saturday"]),
    unit(["Arbeitstag", "Arbeitstage"], ["weekday", "weekdays"]),
    unit(["Tag", "Tage"], ["day", "days"]),
    unit(["Stunde", "Stunden"], ["hour", "hours"]),
    unit(["Datei", "Dateien"], ["file", "files"]),
    unit(["Stelle", "Stellen"], ["digit", "digits"]),
    unit(["Zeichen", "Zeichen"], ["character", "characters"]),
    unit(["Cent", "Cent"], ["cent", "cents"]),
];

/// The unit alone, as it stands beside a field: the words for many.
pub(super) fn alone(unit: &str, language: Language) -> String {
    with_unit(Decimal::ZERO, unit, language).trim().to_owned()
}

/// A blank and the unit for a number; nothing where there is no unit.
pub(crate) fn with_unit(number: Decimal, unit: &str, language: Language) -> String {
    let mut text = String::new();
    for (position, word) in unit.split_whitespace().enumerate() {
        // What stands behind "je" is one: "Stunden je Woche".
        let one = position > 0 || number.abs() == Decimal::ONE;
        text.push(' ');
        text.push_str(translated(word, one, language));
    }
    text
}

fn translated(word: &str, one: bool, language: Language) -> &str {
    if matches!(word, "je" | "per") {
        return if language == Language::English { "per" } else { "je" };
    }
    UNITS.iter().find(|unit| unit.german.contains(&word) || unit.english.contains(&word)).map_or(word, |unit| {
        let forms = if language == Language::English { &unit.english } else { &unit.german };
        forms[usize::from(!one)]
    })
}
