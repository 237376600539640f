use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// A name as it is compared: `Bad Oldesloe`, `bad-oldesloe` and `Bad  Oldesloe` are one;
/// `ä` is `ae`, `ß` is `ss`; other accents are gone, signs are blanks.
pub(crate) fn fold(name: &str) -> String {
    let mut folded = String::with_capacity(name.len() + 4);
    for c in name.nfc().flat_map(char::to_lowercase) {
        match c {
            'ä' => folded.push_str("ae"),
            'ö' => folded.push_str("oe"),
            'ü' => folded.push_str("ue"),
            'ß' => folded.push_str("ss"),
            c if c.is_ascii_alphanumeric() => folded.push(c),
            c if c.is_alphanumeric() => {
                folded.extend(std::iter::once(c).nfd().filter(|d| !is_combining_mark(*d)));
            }
            c if is_combining_mark(c) => {}
            _ if folded.is_empty() || folded.ends_with(' ') => {}
            _ => folded.push(' '),
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// A folded name for people who leave out more: `ue` is `u`, blanks are gone, `Sankt` is `St.`
pub(super) fn loosen(folded: &str) -> String {
    let mut loose = String::with_capacity(folded.len());
    for word in folded.split(' ') {
        let mut previous = ' ';
        for c in if word == "sankt" { "st" } else { word }.chars() {
            if !(c == 'e' && matches!(previous, 'a' | 'o' | 'u')) {
                loose.push(c);
            }
            previous = c;
        }
    }
    loose
}
