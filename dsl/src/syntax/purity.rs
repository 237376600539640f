//! Words of the other keyword language inside values: conditions, cells, calculations, kinds.
//!
//! Both spellings of a word mean the same and are read alike, so a line with a wrong one is
//! reported once and otherwise understood.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};

use super::Span;
use super::keyword::{Fixed, Heading, Inner, Key, is_word_char};
use super::reserved::UNITS;
use super::tree::{Node, Tree};
use crate::diagnostic::{Diagnostic, Problem};
use crate::model::Language;

/// Pairs of words, German and English.
pub(crate) type Pairs = Vec<(&'static str, &'static str)>;

/// Words that may stand in a value, by their spelling in each language.
struct Words {
    /// German, with what it is in English.
    german: HashMap<&'static str, &'static str>,
    /// English, with what it is in German.
    english: HashMap<&'static str, &'static str>,
    /// With what they begin: nothing else needs to be looked up.
    first: HashSet<&'static str>,
}

/// Behind each key.
static BY_KEY: LazyLock<HashMap<Key, Words>> =
    LazyLock::new(|| Key::ALL.iter().map(|key| (*key, Words::of(value_words(*key)))).collect());

/// Behind the name of a question, in an example.
static ANSWERS: LazyLock<Words> = LazyLock::new(|| Words::of(answer_words()));

/// In conditions, cells and calculations.
static INNER: LazyLock<Words> = LazyLock::new(|| Words::of(inner_words()));

/// What an example expects.
static EXPECTED: LazyLock<Words> = LazyLock::new(|| {
    let mut expected = expected_words();
    expected.extend(spelled(&[Key::Expects], Key::spelling));
    expected.push(("Erwartet", "Expects"));
    Words::of(expected)
});

impl Words {
    fn of(pairs: Pairs) -> Self {
        let mut words = Self { german: HashMap::default(), english: HashMap::default(), first: HashSet::default() };
        for (german, english) in pairs {
            words.first.extend([german, english].into_iter().flat_map(|word| word.split(' ').next()));
            words.german.entry(german).or_insert(english);
            words.english.entry(english).or_insert(german);
        }
        words
    }
}

/// Reports words of the other language, at most one for each value.
pub(super) fn check(tree: &Tree, file: &str) -> Vec<Diagnostic> {
    let mut check = Check { file, language: tree.language, found: Vec::new() };
    tree.roots.iter().for_each(|node| check.node(node));
    check.found
}

struct Check<'a> {
    file: &'a str,
    language: Language,
    found: Vec<Diagnostic>,
}

impl Check<'_> {
    fn node(&mut self, node: &Node) {
        for line in &node.keys {
            let words = line.key.map_or(Some(&*ANSWERS), |key| BY_KEY.get(&key));
            if line.key == Some(Key::Expects) {
                self.value(&line.words, line.key_span.start, &EXPECTED);
            }
            if let Some(words) = words {
                self.value(&line.value, line.value_span.start, words);
            }
        }
        if let Some((text, span)) = &node.definition {
            self.value(text, span.start, &INNER);
        }
        for bullet in node.bullets.iter().filter(|_| node.heading == Heading::Question) {
            if let Some(colon) = bullet.text.rfind(':') {
                self.value(&bullet.text[colon..], bullet.span.start + colon, &INNER);
            }
        }
        if !matches!(node.heading, Heading::List | Heading::Translation) {
            for cell in node.rows.iter().flat_map(|(cells, _)| cells) {
                self.value(&cell.text, cell.span.start, &INNER);
            }
        }
        node.children.iter().for_each(|child| self.node(child));
    }

    fn value(&mut self, text: &str, base: usize, words: &Words) {
        // What is one text has no words of the language.
        if words.first.is_empty() || super::parse::quoted(text).is_some() {
            return;
        }
        let Some((start, end, right)) = first_wrong(text, self.language, words) else { return };
        let span = Span::new(base + start, base + end);
        let word = text.get(start..end).unwrap_or("").to_owned();
        let mut message = Diagnostic::new(Problem::MixedLanguages { word, other: right.clone() }, self.file, span);
        message.fix = Some((span, right));
        self.found.push(message);
    }
}

/// The first word of the other language: where it begins and ends, and what it is in this one.
fn first_wrong(text: &str, language: Language, words: &Words) -> Option<(usize, usize, String)> {
    let english = language == Language::English;
    let (own, other) = if english { (&words.english, &words.german) } else { (&words.german, &words.english) };
    let places = words_of(text);
    for (index, (start, _)) in places.iter().enumerate() {
        let number = index.checked_sub(1).and_then(|before| places.get(before));
        let number = number.is_some_and(|(a, b)| text[*a..*b].bytes().next().is_some_and(|c| c.is_ascii_digit()));
        if !number && !words.first.contains(&text[*start..places[index].1]) {
            continue;
        }
        for length in (1..=5).rev() {
            let Some((_, end)) = places.get(index + length - 1) else { continue };
            let written = text[*start..*end].split_whitespace().collect::<Vec<_>>().join(" ");
            if own.contains_key(written.as_str()) {
                break;
            }
            if let Some(own) = other.get(written.as_str()) {
                return Some((*start, *end, (*own).to_owned()));
            }
            if number && let Some(own) = unit(&written, english) {
                return Some((*start, *end, own));
            }
        }
    }
    None
}

/// A unit of the other language in this one.
fn unit(written: &str, english: bool) -> Option<String> {
    let (own, other) = if english { (2..4, 0..2) } else { (0..2, 2..4) };
    if UNITS.iter().any(|unit| unit.spellings[own.clone()].contains(&written)) {
        return None;
    }
    UNITS.iter().find_map(|unit| {
        let at = unit.spellings[other.clone()].iter().position(|word| *word == written)?;
        Some(unit.spellings[own.start + at].to_owned())
    })
}

/// Where the words of a value stand, without its texts.
fn words_of(text: &str) -> Vec<(usize, usize)> {
    let mut places = Vec::new();
    let mut start = None;
    let mut closing = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let in_word = closing.is_none() && (is_word_char(c) || matches!(c, '.' | '-' | '/' | ',') && start.is_some());
        match (in_word, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                let word = text[from..at].trim_end_matches(['.', ',']);
                places.push((from, from + word.len()));
                start = None;
            }
            _ => {}
        }
        closing = match (closing, c) {
            (None, '"') => Some('"'),
            (None, '„') => Some('“'),
            (None, '“') => Some('”'),
            (None, '»') => Some('«'),
            (None, '«') => Some('»'),
            (Some(end), c) if c == end || (end == '“' && c == '”') => None,
            (open, _) => open,
        };
    }
    places
}

fn spelled<T: Copy>(all: &[T], spelling: impl Fn(T, Language) -> &'static str) -> Pairs {
    all.iter().map(|word| (spelling(*word, Language::German), spelling(*word, Language::English))).collect()
}

fn inner_words() -> Pairs {
    let mut words = spelled(Inner::ALL, Inner::spelling);
    // Further forms of a word, which have one spelling in the other language.
    words.extend([("jede", "every"), ("jedes", "every"), ("keine", "no"), ("mindestens eine", "at least one")]);
    words
}

fn answer_words() -> Pairs {
    spelled(&[Inner::Yes, Inner::No, Inner::NoAnswer], Inner::spelling)
}

/// Words behind `erwartet`.
pub(crate) fn expected_words() -> Pairs {
    let fixed = [
        Fixed::ExpectFee,
        Fixed::ExpectResponsible,
        Fixed::ExpectEndPage,
        Fixed::ExpectError,
        Fixed::ExpectAsked,
        Fixed::ExpectNotAsked,
    ];
    spelled(&fixed, Fixed::spelling)
}

/// Words that may stand behind a key.
pub(crate) fn value_words(key: Key) -> Pairs {
    let fixed: &[Fixed] = match key {
        Key::OnlyIf | Key::MustHold => return inner_words(),
        Key::Kind => {
            let marks =
                [Fixed::Optional, Fixed::MayFollowUntil, Fixed::MayFollow, Fixed::AlsoIncomplete, Fixed::Exactly];
            let mut words = inner_words();
            words.extend(spelled(&marks, Fixed::spelling));
            return words;
        }
        Key::Version => &[Fixed::ValidFrom, Fixed::To],
        Key::Access => &[Fixed::None, Fixed::Email, Fixed::Account, Fixed::Eid],
        Key::Deadline => &[Fixed::None],
        Key::Payment => &[Fixed::AfterNotice, Fixed::BeforeSending],
        Key::Level => &[Fixed::City, Fixed::County, Fixed::State, Fixed::Federal],
        Key::Page => &[Fixed::EachQuestion],
        Key::Appears => &[Fixed::OnTheSamePage],
        Key::About => &[Fixed::AnotherPerson],
        Key::Retention => &[Fixed::AfterCompletion, Fixed::AfterReceipt, Fixed::AfterEndOfYear, Fixed::After],
        Key::Repeats => &[Fixed::To, Fixed::Times, Fixed::Each],
        Key::Channel => &[Fixed::ChannelEmail, Fixed::ChannelCall, Fixed::EncryptedWith],
        Key::OpenHours => &[
            Fixed::Monday,
            Fixed::Tuesday,
            Fixed::Wednesday,
            Fixed::Thursday,
            Fixed::Friday,
            Fixed::Saturday,
            Fixed::Sunday,
            Fixed::To,
        ],
        Key::Source => &[Fixed::AsOf],
        Key::CoatOfArms => &[Fixed::Description],
        Key::Template => &[Fixed::ForMunicipalities, Fixed::ForCounties],
        Key::Adaptable => {
            let mut words = spelled(
                &[Fixed::Table, Fixed::Amounts, Fixed::Options, Fixed::MayGo, Fixed::MoreQuestions],
                Fixed::spelling,
            );
            words.extend(spelled(Key::ALL, Key::spelling));
            return words;
        }
        Key::Renamed | Key::Converted => &[Fixed::Becomes, Fixed::OtherwiseAskAnew],
        Key::Waits => &[Fixed::OnWithoutAnswer, Fixed::ThenNotSent],
        Key::Open | Key::New => return inner_words(),
        Key::Texts => &[Fixed::German, Fixed::English, Fixed::EasyLanguage],
        Key::Expects => return answer_words(),
        Key::Uses => &[Fixed::As],
        _ => return Vec::new(),
    };
    spelled(fixed, Fixed::spelling)
}

/// Words behind the commas of a heading.
pub(crate) fn heading_words() -> Pairs {
    spelled(&[Fixed::Version, Fixed::German, Fixed::English, Fixed::EasyLanguage, Fixed::After], Fixed::spelling)
}

/// Words in the line of an option.
pub(crate) fn option_words() -> Pairs {
    spelled(&[Fixed::ExcludesOthers], Fixed::spelling)
}
