//! What Word and its like leave in a text: signs that look like nothing or like a plain one.

use unicode_normalization::{UnicodeNormalization, is_nfc};

/// The mark that ends a text which `open` begins.
pub(crate) fn partner(open: char) -> Option<char> {
    Some(match open {
        '"' => '"',
        '„' => '“',
        '“' => '”',
        '»' => '«',
        '«' => '»',
        _ => return None,
    })
}

/// Whether `mark` ends a text whose partner is `partner`: both “ and ” end „.
pub(crate) fn ends(partner: char, mark: char) -> bool {
    mark == partner || (partner == '“' && mark == '”')
}

/// What a sign stands for outside of texts; `None`: it stands for itself.
fn plain(c: char) -> Option<&'static str> {
    Some(match c {
        '\t' | '\u{a0}' | '\u{2002}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => " ",
        // Soft hyphens, joiners and marks of direction.
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}' => "",
        '\u{2010}' | '\u{2011}' => "-",
        _ => return None,
    })
}

/// Whether a sign ends a line in some program, but is no line feed.
fn breaks(c: char) -> bool {
    matches!(c, '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// The text with plain signs: no byte order mark, letters in one piece (NFC), every line ended by a
/// line feed, plain blanks and hyphens outside of texts, nothing invisible there; and where each
/// place of it is in the text as it was.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cleaned {
    text: String,
    /// From these bytes of the text on, to the next pair, places are as far behind the second byte
    /// of the text as it was as they are behind the first.
    runs: Vec<(usize, usize)>,
}

impl Cleaned {
    /// Cleans a text.
    #[must_use]
    pub fn new(original: &str) -> Self {
        let text = original.strip_prefix('\u{feff}').unwrap_or(original);
        let whole = is_nfc(text);
        if whole && text.len() == original.len() && !text.contains(|c| plain(c).is_some() || breaks(c)) {
            return Self { text: text.to_owned(), runs: Vec::new() };
        }
        let mut clean = Self { text: String::with_capacity(text.len()), runs: Vec::new() };
        let from = original.len() - text.len();
        if whole {
            clean.read(text.char_indices().map(|(at, c)| (c, from + at, from + at + c.len_utf8())));
        } else {
            clean.read(in_one_piece(text, from));
        }
        clean.mark(original.len());
        clean
    }

    /// The clean text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The clean text.
    #[must_use]
    pub fn into_text(self) -> String {
        self.text
    }

    /// Where a byte of the clean text is in the text as it was.
    #[must_use]
    pub fn original(&self, clean: usize) -> usize {
        let next = self.runs.partition_point(|(start, _)| *start <= clean);
        let (start, original) = next.checked_sub(1).and_then(|at| self.runs.get(at)).copied().unwrap_or_default();
        let place = original + (clean - start);
        self.runs.get(next).map_or(place, |(_, next)| place.min(*next))
    }

    /// Where a byte of the text as it was is in the clean text.
    #[must_use]
    pub fn cleaned(&self, original: usize) -> usize {
        let next = self.runs.partition_point(|(_, start)| *start <= original);
        let (clean, start) = next.checked_sub(1).and_then(|at| self.runs.get(at)).copied().unwrap_or_default();
        let place = clean + (original - start);
        self.runs.get(next).map_or(place, |(next, _)| place.min(*next)).min(self.text.len())
    }

    /// Reads signs with the bytes at which each begins and ends in the text as it was.
    fn read(&mut self, signs: impl Iterator<Item = (char, usize, usize)>) {
        let mut inside: Option<char> = None;
        let mut signs = signs.peekable();
        // Two signs end a line as on Windows: one place.
        let mut ending = None;
        while let Some((c, start, _)) = signs.next() {
            if c == '\r' && signs.peek().is_some_and(|(next, ..)| *next == '\n') {
                ending = Some(start);
                continue;
            }
            self.mark(ending.take().unwrap_or(start));
            match inside {
                // Within a text a break is one of Word's, at which its lines wrap.
                Some(_) if breaks(c) && c != '\r' => self.text.push(' '),
                _ if c == '\n' || breaks(c) => {
                    inside = None;
                    self.text.push('\n');
                }
                Some(end) => {
                    inside = (!ends(end, c)).then_some(end);
                    self.text.push(c);
                }
                None => {
                    inside = partner(c);
                    match plain(c) {
                        Some(sign) => self.text.push_str(sign),
                        None => self.text.push(c),
                    }
                }
            }
        }
    }

    /// What comes next stands at this byte of the text as it was.
    fn mark(&mut self, original: usize) {
        let clean = self.text.len();
        let (start, before) = self.runs.last().copied().unwrap_or_default();
        if before + (clean - start) != original {
            self.runs.push((clean, original));
        }
    }
}

/// The signs of a text with letters in one piece, each with the bytes that it was made of.
fn in_one_piece(text: &str, from: usize) -> impl Iterator<Item = (char, usize, usize)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        // Nothing before an ASCII sign depends on it or on what follows.
        let rest = text.get(at..).filter(|rest| !rest.is_empty())?;
        let length = rest.char_indices().skip(1).find(|(_, c)| c.is_ascii()).map_or(rest.len(), |(length, _)| length);
        let (piece, start) = (rest.get(..length)?, from + at);
        at += length;
        let end = start + length;
        let mut reached = start;
        let same = is_nfc(piece);
        Some(piece.nfc().map(move |c| {
            let begin = reached;
            reached = if same { begin + c.len_utf8() } else { end };
            (c, begin, reached)
        }))
    })
    .flatten()
}

#[cfg(test)]
mod tests {
    use super::Cleaned;

    /// The text as it was, the clean one, and for each byte of the clean text where it was.
    #[test]
    fn places_lead_back_to_the_text_as_it_was() {
        for (original, clean, places) in [
            ("ab", "ab", &[0, 1, 2][..]),
            ("\u{feff}ab", "ab", &[3, 4, 5]),
            ("a\r\nb\r\n", "a\nb\n", &[0, 1, 3, 4, 6]),
            ("a\rb", "a\nb", &[0, 1, 2, 3]),
            ("a\u{a0}b", "a b", &[0, 1, 3, 4]),
            ("a\u{ad}b", "ab", &[0, 3, 4]),
            // Inside of a text a blank that does not break stays.
            ("\"a\u{a0}b\"\u{a0}c", "\"a\u{a0}b\" c", &[0, 1, 2, 3, 4, 5, 6, 8, 9]),
            ("a\u{308}b", "äb", &[0, 1, 3, 4]),
        ] {
            let cleaned = Cleaned::new(original);
            assert_eq!(cleaned.text(), clean);
            let found: Vec<usize> = (0..=clean.len()).map(|at| cleaned.original(at)).collect();
            assert_eq!(found, places, "{original:?}");
            for (at, _) in clean.char_indices() {
                assert_eq!(cleaned.cleaned(cleaned.original(at)), at, "{original:?} {at}");
            }
            assert_eq!(cleaned.cleaned(original.len()), clean.len(), "{original:?}");
        }
    }
}
