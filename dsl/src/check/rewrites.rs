//! What stands in a text that could not be read, written as this language has it. A rewriting counts only
//! where the text can be read afterwards; so what is meant is plain.

use crate::model::Language;
use crate::syntax::{Form, parse_calc, parse_condition, parse_set};

/// Words, and the German and English word of this language that stands for them.
type Swap = (&'static str, &'static str, &'static str);

const AMOUNTS: &[Swap] = &[
    ("pro", "je", "per"),
    ("monatlich", "je Monat", "per month"),
    ("im monat", "je Monat", "per month"),
    ("jährlich", "je Jahr", "per year"),
    ("im jahr", "je Jahr", "per year"),
    ("wöchentlich", "je Woche", "per week"),
    ("täglich", "je Tag", "per day"),
    ("monthly", "je Monat", "per month"),
    ("a month", "je Monat", "per month"),
    ("yearly", "je Jahr", "per year"),
    ("a year", "je Jahr", "per year"),
    ("minimum", "mindestens", "at least"),
    ("maximum", "höchstens", "at most"),
    ("jedoch mindestens", "mindestens", "at least"),
    ("jedoch höchstens", "höchstens", "at most"),
    ("aber mindestens", "mindestens", "at least"),
    ("aber höchstens", "höchstens", "at most"),
];

const SETS: &[Swap] = &[
    ("mehr als", "über", "over"),
    ("größer als", "über", "over"),
    ("more than", "über", "over"),
    ("weniger als", "unter", "under"),
    ("kleiner als", "unter", "under"),
    ("less than", "unter", "under"),
    ("höchstens", "bis", "up to"),
    ("maximal", "bis", "up to"),
    ("max.", "bis", "up to"),
    ("max", "bis", "up to"),
    ("spätestens", "bis", "up to"),
    ("at most", "bis", "up to"),
    ("mindestens", "ab", "from"),
    ("frühestens", "ab", "from"),
    ("at least", "ab", "from"),
    ("<=", "bis ", "up to "),
    ("≤", "bis ", "up to "),
    (">=", "ab ", "from "),
    ("≥", "ab ", "from "),
    ("<", "unter ", "under "),
    (">", "über ", "over "),
    ("vor", "unter", "under"),
    ("nach", "über", "over"),
];

/// Of one text, with all that stands in it as it is meant; `None`: it does not hold this.
type Rewriting = fn(&str, Language) -> Option<String>;

/// The text as it is meant. Each rewriting is tried by itself, then all of them together.
pub(super) fn meant(form: Form, text: &str, language: Language) -> Option<String> {
    let reads = |text: &str| match form {
        Form::Condition => parse_condition(text, 0).is_ok(),
        Form::Set => parse_set(text, 0).is_ok(),
        Form::Calculation => parse_calc(text, 0).is_ok(),
    };
    let swaps = if form == Form::Set { SETS } else { AMOUNTS };
    let swapped = |text: &str| {
        let mut all = text.to_owned();
        for swap in swaps {
            all = replaced(&all, swap, language).unwrap_or(all);
        }
        Some(all).filter(|all| all != text)
    };
    let rewritings: [Rewriting; 5] = [between, no_cents, currency_first, slash_for_per, and_for_per];
    let one_by_one = swaps.iter().filter_map(|swap| replaced(text, swap, language));
    let one_by_one = rewritings.iter().filter_map(|rewrite| rewrite(text, language)).chain(one_by_one);
    one_by_one.into_iter().find(|meant| reads(meant)).or_else(|| {
        let mut all = text.to_owned();
        for rewrite in rewritings {
            all = rewrite(&all, language).unwrap_or(all);
        }
        swapped(&all).or(Some(all)).filter(|all| all != text && reads(all))
    })
}

/// A phrase for another, wherever it stands.
fn replaced(text: &str, (phrase, de, en): &Swap, language: Language) -> Option<String> {
    let word = if language == Language::English { en } else { de };
    let mut rest = text;
    let mut done = String::new();
    while let Some(at) = super::phrases::place(&rest.to_lowercase(), phrase) {
        done.push_str(rest.get(..at)?);
        done.push_str(word);
        rest = rest.get(at + phrase.len()..)?;
        // A sign brings its blank.
        if word.ends_with(' ') {
            rest = rest.trim_start();
        }
    }
    (!done.is_empty()).then(|| done + rest)
}

/// `zwischen 1 und 12`
fn between(text: &str, language: Language) -> Option<String> {
    let (words, to) =
        if language == Language::English { (["between ", " and "], " to ") } else { (["zwischen ", " und "], " bis ") };
    let (before, rest) = text.split_once(words[0])?;
    let (from, rest) = rest.split_once(words[1])?;
    // In a condition a sign belongs before it.
    let sign = if before.trim().is_empty() || before.trim_end().ends_with(['=', '(']) { "" } else { "= " };
    Some(format!("{before}{sign}{from}{to}{rest}"))
}

/// `5,- €` and `5,-- €`
fn no_cents(text: &str, _: Language) -> Option<String> {
    let at = text.char_indices().find_map(|(at, c)| {
        let before = text.get(..at)?;
        let behind = text.get(at + c.len_utf8()..)?;
        let dash = behind.starts_with(['-', '–', '—']);
        (c == ',' && before.ends_with(|c: char| c.is_ascii_digit()) && dash).then_some(at)
    })?;
    let (amount, rest) = (text.get(..at)?, text.get(at..)?.trim_start_matches([',', '-', '–', '—']).trim_start());
    let has_currency = ["€", "EUR", "Euro"].iter().any(|word| rest.starts_with(word));
    Some(format!("{amount} {}{rest}", if has_currency { "" } else { "€ " }).trim_end().to_owned())
}

/// `EUR 5,00`
fn currency_first(text: &str, _: Language) -> Option<String> {
    ["EUR", "Euro", "€"].iter().find_map(|currency| {
        let (before, behind) = text.split_once(currency)?;
        let number = behind.trim_start();
        let length = number.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ','))).unwrap_or(number.len());
        let (number, rest) = number.split_at_checked(length).filter(|(number, _)| !number.is_empty())?;
        let free = !before.trim_end().ends_with(|c: char| c.is_ascii_digit());
        free.then(|| format!("{before}{number} {currency}{rest}"))
    })
}

/// `5 €/m²`
fn slash_for_per(text: &str, language: Language) -> Option<String> {
    let per = if language == Language::English { "per" } else { "je" };
    let (before, behind) = text.split_once('/')?;
    let behind = behind.trim_start();
    let money = ["€", "EUR", "Euro", "Cent"].iter().any(|word| before.trim_end().ends_with(word))
        || before.contains('€') && before.trim_end().ends_with(|c: char| c.is_alphabetic() || matches!(c, '²' | '³'));
    let meant =
        (money && behind.starts_with(char::is_alphabetic)).then(|| format!("{} {per} {behind}", before.trim_end()))?;
    Some(slash_for_per(&meant, language).unwrap_or(meant))
}

/// `5 € je m² und Monat`
fn and_for_per(text: &str, language: Language) -> Option<String> {
    let (per, and) = if language == Language::English { ("per", " and ") } else { ("je", " und ") };
    let at = text.find(&format!(" {per} "))?;
    let (before, behind) = text.split_at_checked(at)?;
    let (unit, rest) = behind.split_once(and)?;
    let (one, more) = (unit.split_whitespace().count() == 2, rest.trim_start_matches(&format!("{per} ")));
    one.then(|| format!("{before}{unit} {per} {more}"))
}
