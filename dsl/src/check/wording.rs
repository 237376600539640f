//! What makes a text hard to read, as far as a few plain rules can tell without being wrong often, and
//! marks of the small Markdown that are not complete.

use crate::diagnostic::Problem;
use crate::model::Language;

/// What a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    /// The text of a heading or an option: shown as it is.
    Plain,
    /// A text of paragraphs: bold, links, lists, sub-headings.
    Rich,
    /// What somebody is told whose answer does not fit.
    Message,
    /// The name of a law or of anything else that has its name from elsewhere.
    Name,
}

/// More words make a sentence long, also where it is German or English of an office.
const MOST_WORDS: usize = 25;

/// More words make a sentence long in Leichte Sprache.
const MOST_EASY_WORDS: usize = 12;

/// A longer word of Leichte Sprache is cut with a hyphen or a middle dot.
const MOST_LETTERS: usize = 20;

/// Words that blame people or are those of a machine, and what is said instead; German, then English.
const BLAMING: &[(Language, &str)] = &[
    (Language::German, "ungültig"),
    (Language::German, "fehlerhaft"),
    (Language::German, "unzulässig"),
    (Language::German, "unzulässige"),
    (Language::German, "fehler"),
    (Language::German, "inkorrekt"),
    (Language::German, "falscheingabe"),
    (Language::English, "invalid"),
    (Language::English, "illegal"),
    (Language::English, "error"),
    (Language::English, "forbidden"),
    (Language::English, "incorrect"),
];

/// Words of form designers, in any text.
const OF_FORMS: &[(Language, &str)] = &[
    (Language::German, "pflichtfeld"),
    (Language::German, "pflichtangabe"),
    (Language::English, "mandatory field"),
    (Language::English, "required field"),
];

/// Short forms that are not read aloud as words.
const SHORT: &[(&str, &str)] = &[
    ("z. B.", "zum Beispiel"),
    ("z.B.", "zum Beispiel"),
    ("ggf.", "wenn nötig"),
    ("bzw.", "oder"),
    ("bzgl.", "zu"),
    ("i. d. R.", "meist"),
    ("i.d.R.", "meist"),
    ("u. a.", "unter anderem"),
    ("u.a.", "unter anderem"),
    ("d. h.", "das heißt"),
    ("d.h.", "das heißt"),
    ("usw.", "und so weiter"),
    ("etc.", "und so weiter"),
    ("o. g.", "oben genannt"),
    ("s. o.", "siehe oben"),
    ("gem.", "nach"),
];

/// Marks that are not complete, or not among those that the language has.
pub(super) fn marks(text: &str, sort: Sort) -> Vec<Problem> {
    let mut found = Vec::new();
    if sort != Sort::Rich {
        if let Some(mark) = ["**", "](http"].into_iter().find(|mark| text.contains(mark)) {
            let mark = if mark == "**" { "**" } else { "[…](…)" };
            found.push(Problem::MarkShown { mark: mark.to_owned() });
        }
        return found;
    }
    if text.matches("**").count() % 2 == 1 {
        found.push(Problem::BoldOpen);
    }
    let mut rest = text;
    while let Some((_, behind)) = rest.split_once("](") {
        let address: String = behind.chars().take_while(|c| *c != ')').collect();
        let closed = behind.contains(')');
        let safe = ["https://", "mailto:", "tel:"].iter().any(|scheme| address.starts_with(scheme));
        if !closed || !safe || address.contains(char::is_whitespace) {
            let shown: String = address.chars().take(60).collect();
            found.push(Problem::LinkForm { address: shown });
        }
        rest = behind;
    }
    let other = if text.starts_with("# ") || text.starts_with("### ") {
        Some("#")
    } else if text.starts_with("* ") {
        Some("*")
    } else if text.contains("![") {
        Some("![…]")
    } else {
        ["<b>", "<i>", "<br", "<a ", "<p>", "<u>", "<strong>", "</"].into_iter().find(|tag| text.contains(tag))
    };
    found.extend(other.map(|mark| Problem::MarkShown { mark: mark.to_owned() }));
    found
}

/// What is written where the author means to write later.
const LATER: &[&str] = &["…", "...", "???", "xxx", "xx", "todo", "tbd", "lorem ipsum", "platzhalter", "placeholder"];

/// A text that waits for its author: one between ‹ and › or in brackets, or one such as `xxx`.
pub(super) fn placeholder(text: &str) -> Option<Problem> {
    let text = text.trim();
    let within = |open, close| {
        text.strip_prefix(open)
            .and_then(|rest| rest.strip_suffix(close))
            .is_some_and(|inner: &str| !inner.contains(open))
    };
    let lorem = text.get(..11).is_some_and(|start| start.eq_ignore_ascii_case("lorem ipsum"));
    let later = lorem || LATER.iter().any(|word| text.eq_ignore_ascii_case(word));
    let waits = later || within('‹', '›') || within('[', ']');
    waits.then(|| Problem::PlaceholderLeft { text: text.chars().take(60).collect() })
}

/// Hints on how a text reads.
pub(super) fn hints(text: &str, sort: Sort, language: Language) -> Vec<Problem> {
    let mut found = Vec::new();
    let german = language != Language::English;
    let text = without_marks(text);
    let lower = text.to_lowercase();
    let same = |of: Language| (of == Language::English) != german;
    if sort == Sort::Message {
        let all = words(&lower);
        let blamed = BLAMING.iter().find(|(of, word)| same(*of) && all.contains(word));
        found.extend(blamed.map(|(_, word)| Problem::BlamingWord { word: written(&text, word) }));
    }
    if let Some((_, word)) = OF_FORMS.iter().find(|(of, word)| same(*of) && lower.contains(word)) {
        found.push(Problem::FormWord { word: written(&text, word) });
    }
    if german
        && text.contains('.')
        && let Some((short, long)) = SHORT.iter().find(|(short, _)| has_short(&text, short))
    {
        found.push(Problem::ShortForm { short: (*short).to_owned(), long: (*long).to_owned() });
    }
    let most = if language == Language::Easy { MOST_EASY_WORDS } else { MOST_WORDS };
    for sentence in sentences(&text) {
        let all = words(sentence);
        if all.len() > most {
            found.push(Problem::SentenceLong { words: all.len().to_string(), most: most.to_string() });
        }
        if german && passive(&all) {
            found.push(Problem::PassiveChain);
        }
        if german && let Some(chain) = nominal(&all) {
            found.push(Problem::NounChain { chain });
        }
        if language == Language::Easy
            && let Some(word) = all.iter().find(|word| !word.contains('-') && word.chars().count() > MOST_LETTERS)
        {
            found.push(Problem::LongWord { word: (*word).to_owned() });
        }
    }
    found.dedup();
    found
}

/// The words of a text.
fn words(text: &str) -> Vec<&str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|word| !word.is_empty()).collect()
}

/// The text as it is read: without addresses and marks.
fn without_marks(text: &str) -> String {
    if !text.contains(['*', '[', ']', '#']) {
        return text.trim_start_matches("- ").to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once("](") {
        out.push_str(before);
        rest = behind.split_once(')').map_or("", |(_, rest)| rest);
    }
    out.push_str(rest);
    out.replace("**", "").replace(['[', ']'], "").trim_start_matches("- ").trim_start_matches("## ").to_owned()
}

/// A word as it stands in the text.
fn written(text: &str, lower: &str) -> String {
    let at = text.to_lowercase().find(lower);
    at.and_then(|at| text.get(at..at + lower.len())).unwrap_or(lower).to_owned()
}

fn has_short(text: &str, short: &str) -> bool {
    text.match_indices(short)
        .any(|(at, _)| !text.get(..at).unwrap_or("").chars().next_back().is_some_and(char::is_alphanumeric))
}

/// Sentences: they end with a mark behind which a capital letter follows, or nothing.
fn sentences(text: &str) -> Vec<&str> {
    let mut all = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices() {
        if !matches!(c, '.' | '!' | '?' | ':' | ';') {
            continue;
        }
        let end = at + c.len_utf8();
        let rest = text.get(end..).unwrap_or("");
        let next = rest.trim_start().chars().next();
        // `1. März`, `Abs. 5`, `z. B.`: a number or a short word stands before the point.
        let before = text.get(start..at).unwrap_or("").rsplit([' ', '(']).next().unwrap_or("");
        let short = c == '.' && (before.chars().all(|c| c.is_ascii_digit()) || before.chars().count() < 4);
        let ends = rest.starts_with(char::is_whitespace)
            && next
                .is_none_or(|next| next.is_uppercase() || next.is_numeric() || matches!(next, '„' | '"' | '(' | '{'));
        if ends && !short {
            all.extend(text.get(start..end));
            start = end;
        }
    }
    all.extend(text.get(start..).filter(|rest| !rest.trim().is_empty()));
    all
}

/// Two passives in one sentence: twice a form of `werden`, each with a participle.
fn passive(words: &[&str]) -> bool {
    let becomes = |word: &&&str| {
        word.starts_with(['w', 'W'])
            && matches!(
                word.to_lowercase().as_str(),
                "wird" | "werden" | "wurde" | "wurden" | "worden" | "würde" | "würden"
            )
    };
    let participle = |word: &&&str| {
        let word = **word;
        let small = word.chars().next().is_some_and(char::is_lowercase) && word.chars().count() > 5;
        let begins =
            ["ge", "be", "ver", "er", "ent", "zer"].iter().any(|start| word.starts_with(start)) || word.contains("ge");
        small
            && (word.ends_with("iert") || (begins && (word.ends_with('t') || word.ends_with("en"))))
            && !matches!(word, "gegen" | "gegeben" | "wegen" | "bereits" | "gesamt" | "gesamten" | "besten" | "ersten")
    };
    words.iter().filter(becomes).count() >= 2 && words.iter().filter(participle).count() >= 2
}

/// Three nouns made from verbs, hung one on the other: `die Durchführung der Prüfung der Berechtigung`.
fn nominal(words: &[&str]) -> Option<String> {
    let noun = |word: &&str| {
        let capital = word.chars().next().is_some_and(char::is_uppercase);
        let made = ["ung", "ungen", "heit", "keit", "tion", "tionen", "nahme", "schaft"];
        capital && word.chars().count() > 6 && made.iter().any(|end| word.ends_with(end))
    };
    let link = |word: &&str| matches!(*word, "der" | "des" | "zur" | "zum" | "einer" | "eines" | "von" | "auf" | "für");
    words.windows(5).find_map(|part| match part {
        [a, x, b, y, c] if noun(a) && link(x) && noun(b) && link(y) && noun(c) => Some(part.join(" ")),
        _ => None,
    })
}
