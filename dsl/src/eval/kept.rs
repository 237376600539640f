//! Answers as they are kept.

use serde_json::{Map, Value as Json};
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// How deep a wrong answer may be to be kept; the deepest right one is a list of files.
const DEEPEST: usize = 4;

/// An answer as it is kept: texts in NFC; `null` instead of what is deeper than any answer.
pub(super) fn kept(answer: &Json) -> Json {
    match answer {
        Json::String(text) => Json::String(nfc(text)),
        Json::Array(_) | Json::Object(_) => kept_within(answer, DEEPEST),
        other => other.clone(),
    }
}

fn kept_within(answer: &Json, depth: usize) -> Json {
    match answer {
        Json::String(text) => Json::String(nfc(text)),
        Json::Array(_) | Json::Object(_) if depth == 0 => Json::Null,
        Json::Array(all) => all.iter().map(|one| kept_within(one, depth - 1)).collect(),
        Json::Object(all) => {
            all.iter().map(|(key, one)| (key.clone(), kept_within(one, depth - 1))).collect::<Map<_, _>>().into()
        }
        other => other.clone(),
    }
}

fn nfc(text: &str) -> String {
    if is_nfc(text) { text.to_owned() } else { text.nfc().collect() }
}
