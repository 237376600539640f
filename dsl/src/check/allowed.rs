//! What may stand behind a kind: examples for messages.

use crate::model::Language;
use crate::syntax::keyword::KindWord;

/// Limits and marks that fit a kind, named by its word; behind an option what fits there.
pub(crate) fn behind(kind: &str, language: Language) -> &'static [&'static str] {
    let (german, english) = match KindWord::find(kind).map(|found| found.word) {
        Some(KindWord::Text | KindWord::LongText) => {
            (&["höchstens 200 Zeichen", "freiwillig"][..], &["at most 200 characters", "optional"][..])
        }
        Some(KindWord::Digits) => (&["genau 15 Stellen", "freiwillig"][..], &["exactly 15 digits", "optional"][..]),
        Some(KindWord::Whole) => {
            (&["in cm, 10 bis 500", "1 bis 5", "freiwillig"][..], &["in cm, 10 to 500", "1 to 5", "optional"][..])
        }
        Some(KindWord::Decimal) => (
            &["in Stunden je Woche, 0,5 bis 80", "1 Nachkommastelle"][..],
            &["in hours per week, 0,5 to 80", "1 decimal place"][..],
        ),
        Some(KindWord::Money) => (&["0 € bis 500 €", "freiwillig"][..], &["0 € to 500 €", "optional"][..]),
        Some(KindWord::Date | KindWord::BirthDate) => (
            &["bis heute", "heute bis heute + 1 Jahr", "01.03.2027 bis 30.09.2027", "freiwillig"][..],
            &["up to today", "today to today + 1 year", "01.03.2027 to 30.09.2027", "optional"][..],
        ),
        Some(KindWord::SeveralOf) => (
            &["höchstens 3", "Liste hunderassen", "freiwillig"][..],
            &["at most 3", "List hunderassen", "optional"][..],
        ),
        Some(KindWord::File) => (
            &["PDF oder JPEG", "höchstens 5 MB", "1 bis 3 Dateien", "nachreichbar 14 Tage"][..],
            &["PDF or JPEG", "at most 5 MB", "1 to 3 files", "may follow 14 days"][..],
        ),
        Some(KindWord::Municipality) => (
            &["Kreis Segeberg ohne Norderstedt", "freiwillig"][..],
            &["Kreis Segeberg except Norderstedt", "optional"][..],
        ),
        None if kind == "-" => (
            &["Hinweis: \"…\"", "schließt andere aus", "nur wenn: …"][..],
            &["Hint: \"…\"", "excludes others", "only if: …"][..],
        ),
        _ => (&["freiwillig"][..], &["optional"][..]),
    };
    if language == Language::English { english } else { german }
}
