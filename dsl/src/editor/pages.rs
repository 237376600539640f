//! The pages of the language reference, which exist in English and in German.

use crate::model::Language;

/// The names of pages below `language/`, and of those below `sprache/` that say the same.
const PAGES: [(&str, &str); 21] = [
    ("authorities", "stellen"),
    ("blocks", "bausteine"),
    ("calculations", "berechnungen"),
    ("checking", "pruefen"),
    ("conditions", "bedingungen"),
    ("examples", "beispiele"),
    ("keywords", "schluesselwoerter"),
    ("kinds", "arten"),
    ("lines", "zeilen"),
    ("names", "namen"),
    ("procedures", "verfahren"),
    ("questions", "fragen"),
    ("rare", "seltene-woerter"),
    ("rules", "regeln"),
    ("second-person", "zweite-person"),
    ("tables", "tabellen"),
    ("templates", "vorlagen"),
    ("texts", "texte"),
    ("time", "zeit"),
    ("translations", "uebersetzungen"),
    ("versions", "fassungen"),
];

/// Where a page stands for a reader, by its English name: `sprache/fragen` for `questions`.
pub(super) fn page(name: &str, reader: Language) -> String {
    let german = PAGES.iter().find(|(english, _)| *english == name && reader != Language::English);
    german.map_or_else(|| format!("language/{name}"), |(_, german)| format!("sprache/{german}"))
}
