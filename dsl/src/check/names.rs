//! Names of authors and the keys that stand for them in data, files and addresses.

use unicode_normalization::UnicodeNormalization;

use crate::diagnostic::Problem;
use crate::syntax::keyword::{RESERVED, is_word_char};

/// The key of a name: ä→ae, ö→oe, ü→ue, ß→ss, other letters without their marks; lower case.
#[must_use]
pub(crate) fn json_key(name: &str) -> String {
    // Most names: asked for again and again.
    if name.is_ascii() {
        return name.to_ascii_lowercase();
    }
    let mut key = String::with_capacity(name.len());
    for c in name.nfc() {
        match c {
            'ä' | 'Ä' => key.push_str("ae"),
            'ö' | 'Ö' => key.push_str("oe"),
            'ü' | 'Ü' => key.push_str("ue"),
            'ß' | 'ẞ' => key.push_str("ss"),
            'æ' | 'Æ' => key.push_str("ae"),
            'ø' | 'Ø' => key.push_str("oe"),
            'å' | 'Å' => key.push_str("aa"),
            'ł' | 'Ł' => key.push('l'),
            'đ' | 'Đ' => key.push('d'),
            _ => {
                let base = std::iter::once(c).nfd().next().unwrap_or(c);
                key.push(base.to_lowercase().next().unwrap_or(base));
            }
        }
    }
    key
}

/// The key of a path with folders: each part by itself.
#[must_use]
pub(crate) fn path_key(path: &str) -> String {
    path.split('/').map(json_key).collect::<Vec<_>>().join("/")
}

/// What is the matter with a name, if anything.
pub(crate) fn check_name(name: &str) -> Option<Problem> {
    if RESERVED.contains(&name) {
        return Some(Problem::NameReserved { name: name.to_owned() });
    }
    let starts = name.chars().next().is_some_and(|c| c.is_lowercase());
    if !starts || !name.chars().all(is_word_char) {
        return Some(Problem::NameForm { name: name.to_owned() });
    }
    None
}
