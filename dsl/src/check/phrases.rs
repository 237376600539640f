//! What people write in conditions, cells and calculations who know another program, or simply German, and
//! what it is in this language. Looked at only where a line could not be read.

use crate::diagnostic::{Both, Diagnostic, Problem};
use crate::model::Language;
use crate::syntax::{Form, Span};

/// Words of a phrase, and what is written instead, German and English.
type Row = (&'static [&'static str], &'static str, &'static str);

const CONDITIONS: &[Row] = &[
    (&["[", "]", "{", "}"], "runde Klammern: „( … )“", "round brackets: “( … )”"),
    (&["entweder", "either"], "nur „… oder …“, ohne „entweder“", "only “… or …”, without “either”"),
    (
        &["wenn", "falls", "sofern", "if", "when"],
        "die Bedingung gleich hinter den Doppelpunkt, ohne dieses Wort",
        "the condition right behind the colon, without this word",
    ),
    (
        &["nicht beantwortet", "not answered", "leer", "empty", "ausgefüllt", "angegeben"],
        "„… ist beantwortet“ oder „… ist nicht beantwortet“",
        "“… is answered” or “… is not answered”",
    ),
    (&["beantwortet", "answered"], "„… ist beantwortet“", "“… is answered”"),
    (&["zwischen", "between"], "„… = 3 bis 5“", "“… = 3 to 5”"),
    (&["größer gleich", "größer oder gleich", "=>", "greater or equal"], "„≥“ oder „mindestens“", "“≥” or “at least”"),
    (&["kleiner gleich", "kleiner oder gleich", "=<", "less or equal"], "„≤“ oder „höchstens“", "“≤” or “at most”"),
    (&["größer", "greater", "höher", "älter"], "„>“ oder „größer als“", "“>” or “greater than”"),
    (&["kleiner", "smaller", "niedriger", "jünger"], "„<“ oder „kleiner als“", "“<” or “smaller than”"),
    (&["weder", "neither"], "„nicht (… oder …)“", "“not (… or …)”"),
    (
        &["alle", "all"],
        "„jeder hunde: …“, also „jeder“, den Namen des Abschnitts und einen Doppelpunkt",
        "“every hunde: …”, that is “every”, the name of the section and a colon",
    ),
    (
        &["mindestens 2", "mindestens 3", "mindestens zwei", "at least 2", "at least 3", "at least two"],
        "„Anzahl hunde mit … ≥ 2“",
        "“Count hunde with … ≥ 2”",
    ),
    (
        &["hat", "has", "umfasst", "beinhaltet", "includes"],
        "„=“, oder „enthält“ bei mehreren Antworten",
        "“=”, or “contains” where there are several answers",
    ),
    (
        &["jeder", "jede", "every"],
        "einen Doppelpunkt hinter den Namen des Abschnitts: „jeder hunde: …“",
        "a colon behind the name of the section: “every hunde: …”",
    ),
    (&["unter", "under"], "„… < 18 Jahre“ oder „… = unter 18 Jahre“", "“… < 18 years” or “… = under 18 years”"),
    (&["über", "over"], "„… > 18 Jahre“ oder „… = über 18 Jahre“", "“… > 18 years” or “… = over 18 years”"),
];

const CELLS: &[Row] = &[
    (&["<=", "≤", "höchstens", "maximal", "max", "at most"], "„bis 3“", "“up to 3”"),
    (&[">=", "≥", "mindestens", "at least"], "„ab 3“", "“from 3”"),
    (&["<", "weniger als", "kleiner als", "less than"], "„unter 3“", "“under 3”"),
    (&[">", "mehr als", "größer als", "more than"], "„über 3“", "“over 3”"),
    (
        &["sonst", "otherwise"],
        "„sonst“ allein in die letzte Zeile und hier die Antworten",
        "“otherwise” alone into the last row and the answers here",
    ),
    (&[","], "„oder“ zwischen die Werte", "“or” between the values"),
];

const CALCULATIONS: &[Row] = &[
    (
        &["mindestens", "mindestgebühr", "höchstens", "at least", "at most"],
        "zuerst die Rechnung und dahinter, wie viel es mindestens oder höchstens ist: „satz × fläche, mindestens 50 €“",
        "the calculation first and behind it how much it is at least or at most: “satz × fläche, at least 50 €”",
    ),
    (
        &["bis", "up to", "to"],
        "eine Rechnung mit ihren Grenzen: „satz × fläche, mindestens 10 €, höchstens 50 €“",
        "a calculation with its limits: “satz × fläche, at least 10 €, at most 50 €”",
    ),
    (
        &["wenn", "falls", "dann", "if", "then"],
        "unter „Berechnet“ eine Tabelle mit einer Zeile für jeden Fall",
        "a table below “Computed” with a row for each case",
    ),
    (&["% von", "% of", "prozent von"], "„betrag × 50 %“", "“amount × 50 %”"),
    (
        &["runde", "runden", "rounded(", "round"],
        "hinter die Rechnung „, gerundet auf 1 €“",
        "“, rounded to 1 €” behind the calculation",
    ),
    (
        &["maximum", "minimum", "max", "min", "größte", "kleinste"],
        "unter „Berechnet“ eine Tabelle mit einer Zeile für jeden Fall",
        "a table below “Computed” with a row for each case",
    ),
    (
        &["^", "hoch", "²"],
        "die Zahl so oft mal, wie sie vorkommt: „a × a“",
        "the number as often as it occurs: “a × a”",
    ),
    (&["pro", "im", "in", "p.a."], "„je“: „7,50 € je Jahr“", "“per”: “7,50 € per year”"),
    (&[" : "], "„/“, wenn geteilt wird: „betrag / 2“", "“/” for dividing: “amount / 2”"),
    (&["eur", "euro"], "die Währung hinter die Zahl: „5 €“", "the currency behind the number: “5 €”"),
    (
        &["€"],
        "das „€“ hinter die Zahl, Cent mit Komma: „5 €“ oder „5,50 €“",
        "the “€” behind the number, cents with a comma: “5 €” or “5,50 €”",
    ),
];

const ALWAYS: &[Row] = &[
    (
        &["der", "die", "des", "the"],
        "nur den Namen, ohne „der“ oder „die“: „Anzahl hunde“",
        "the name only, without “the”: “Count hunde”",
    ),
    (
        &["anzahl", "summe", "count", "sum"],
        "„Anzahl“ und „Summe“ mit großem Anfangsbuchstaben",
        "“Count” and “Sum” with a capital letter",
    ),
    (&[","], "„und“ oder „oder“ statt des Kommas", "“and” or “or” instead of the comma"),
];

/// The message about a phrase in a text that could not be read; `base` is where the text begins.
pub(super) fn meant(form: Form, text: &str, base: usize, file: &str, language: Language) -> Option<Diagnostic> {
    if let Some(meant) = super::rewrites::meant(form, text, language) {
        return Some(rewritten(text, &meant, base, file));
    }
    let rows = match form {
        Form::Condition => CONDITIONS,
        Form::Set => CELLS,
        Form::Calculation => CALCULATIONS,
    };
    let lower = text.to_lowercase();
    // What is computed may be a condition as well.
    let further: &[Row] = match form {
        Form::Calculation => CONDITIONS,
        Form::Condition => &CALCULATIONS[2..3],
        Form::Set => &[],
    };
    let (at, words, mut de, mut en) = rows.iter().chain(further).chain(ALWAYS).find_map(|(phrases, de, en)| {
        phrases.iter().find_map(|phrase| place(&lower, phrase).map(|at| (at, *phrase, *de, *en)))
    })?;
    let span = Span::new(base + at, base + at + words.len());
    let found = text.get(at..at + words.len())?.to_owned();
    if found.starts_with(char::is_uppercase) {
        match words {
            "summe" | "sum" => {
                de = "einen Doppelpunkt vor das, was zusammengezählt wird: „Summe hunde: gewicht“";
                en = "a colon before what is added up: “Sum hunde: gewicht”";
            }
            "anzahl" | "count" => {
                de = "den Namen des Abschnitts und dann „mit“: „Anzahl hunde mit laut = Ja“";
                en = "the name of the section and then “with”: “Count hunde with laut = yes”";
            }
            _ => {}
        }
    }
    let problem = Problem::SayDifferently { found, instead: Both::new(de, en) };
    Some(Diagnostic::new(problem, file, span))
}

/// The message about a text that is `meant` in another way: it stands where the two begin to differ.
fn rewritten(text: &str, meant: &str, base: usize, file: &str) -> Diagnostic {
    let same = |a: &mut dyn Iterator<Item = char>, b: &mut dyn Iterator<Item = char>| -> usize {
        a.zip(b).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum()
    };
    let mut from = same(&mut text.chars(), &mut meant.chars());
    let mut left = same(&mut text.chars().rev(), &mut meant.chars().rev()).min(text.len() - from);
    // Whole words.
    let apart = |c: char| !c.is_alphanumeric() && !matches!(c, ',' | '.' | '²' | '³');
    from = text.get(..from).unwrap_or("").rfind(apart).map_or(0, |at| at + 1);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let end = text.len() - left;
    left -= text.get(end..).unwrap_or("").find(apart).unwrap_or(left);
    // `zwischen 3 und 5` belongs together.
    let several = text.get(from..text.len() - left).unwrap_or("").split_whitespace().count() > 2;
    let next = text.get(text.len() - left..).unwrap_or("");
    let lead = next.len() - next.trim_start().len();
    if several && lead > 0 {
        left -= lead + next.trim_start().find(apart).unwrap_or(next.trim_start().len());
    }
    let place = Span::new(base + from, base + text.len() - left);
    let found = text.get(from..text.len() - left).unwrap_or(text).trim().to_owned();
    let problem = Problem::SayDifferently { found, instead: Both::any_of(&[meant]) };
    let fix = Some((Span::new(base, base + text.len()), meant.to_owned()));
    Diagnostic { fix, ..Diagnostic::new(problem, file, place) }
}

/// Where a phrase stands as whole words, outside of texts.
pub(super) fn place(lower: &str, phrase: &str) -> Option<usize> {
    let word = |c: char| c.is_alphanumeric() || c == '_';
    lower.match_indices(phrase).map(|(at, _)| at).find(|at| {
        let before = lower.get(..*at).unwrap_or("");
        let after = lower.get(at + phrase.len()..).unwrap_or("");
        let starts = !phrase.starts_with(word) || !before.ends_with(word);
        let ends = !phrase.ends_with(word) || !after.starts_with(word);
        // A comma between two digits belongs to a number.
        let number = phrase == "," && after.starts_with(|c: char| c.is_ascii_digit());
        starts && ends && !number && before.matches('"').count() % 2 == 0
    })
}
