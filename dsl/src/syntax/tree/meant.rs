//! Slips behind a heading that can be read once they are put right.

use super::Node;
use super::fold::Folder;
use crate::diagnostic::Problem;
use crate::syntax::Span;
use crate::syntax::keyword::{Heading, Key, is_word_char};
use crate::syntax::parse::{self, Rule};

/// Words for what needs no word: every question must be answered.
const REQUIRED: &[&str] =
    &["pflicht", "pflichtfeld", "pflichtangabe", "erforderlich", "required", "mandatory", "verpflichtend"];

/// Whether a word says that an answer must be given.
pub(crate) fn says_required(text: &str) -> bool {
    REQUIRED.contains(&text.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase().as_str())
}

impl Folder<'_> {
    /// A line that only says that the answer must be given: `Pflichtfeld`.
    pub fn required_anyway(&mut self, text: &str, span: Span) -> bool {
        let right = says_required(text) && self.current().is_some_and(|node| node.heading == Heading::Question);
        if right {
            let fix = Some((span, String::new()));
            self.say(Problem::RequiredAnyway { word: text.trim().to_owned() }, span).fix = fix;
        }
        right
    }

    /// What stands behind the text of a question with a comma belongs behind its kind, or nowhere.
    pub fn no_items(&mut self, node: &Node) {
        if node.heading != Heading::Question {
            return;
        }
        for (text, span) in &node.items {
            let before = self.text.get(..span.start).unwrap_or("").trim_end();
            let start = before.strip_suffix(',').map_or(span.start, |before| before.trim_end().len());
            let fix = Some((Span::new(start, span.end), String::new()));
            let word = text.clone();
            if says_required(text) {
                self.say(Problem::RequiredAnyway { word }, *span).fix = fix;
            } else {
                let key = Key::Kind.spelling(self.language).to_owned();
                self.say(Problem::BehindKind { text: word, key }, *span);
            }
        }
    }

    /// The rest of a heading as it is meant, after a message; as long as it was.
    pub fn heading_slip(&mut self, heading: Heading, rest: &str, base: usize, rule: Rule) -> Option<String> {
        let reads = |text: &str| parse::start(rule, text, base).is_ok();
        let padded = |meant: String| {
            let missing = rest.len().saturating_sub(meant.len());
            Some(meant + &" ".repeat(missing))
        };
        // Behind the text.
        let end = text_end(rest).filter(|end| reads(rest.get(..*end).unwrap_or("")));
        if let Some(end) = end {
            let behind = rest.get(end..)?;
            let lead = behind.len() - behind.trim_start().len();
            let extra = behind.trim();
            let place = Span::new(base + end + lead, base + end + lead + extra.len());
            if let Some(value) = extra.strip_prefix(':') {
                let meant = format!("{}={value}", rest.get(..end + lead)?);
                let defined = matches!(heading, Heading::Fee | Heading::Value | Heading::Computed);
                if defined && reads(&meant) {
                    let at = Span::new(base + end, base + end + lead + 1);
                    let problem = Problem::WriteInstead { found: ":".to_owned(), meant: "=".to_owned() };
                    self.say(problem, Span::new(at.end - 1, at.end)).fix = Some((at, " =".to_owned()));
                    return Some(meant);
                }
            }
            if extra.starts_with("//") || extra.starts_with("/*") || extra.starts_with(';') {
                let signs: String = extra.chars().take_while(|c| !c.is_alphanumeric() && !c.is_whitespace()).collect();
                let at = Span::new(place.start, place.start + signs.len());
                let problem = Problem::WriteInstead { found: signs, meant: "#".to_owned() };
                self.say(problem, at).fix = Some((at, "#".to_owned()));
                return padded(rest.get(..end)?.to_owned());
            }
            if says_required(extra) {
                let at = Span::new(base + end, place.end);
                let problem = Problem::RequiredAnyway { word: extra.to_owned() };
                self.say(problem, place).fix = Some((at, String::new()));
                return padded(rest.get(..end)?.to_owned());
            }
        }
        let (meant, place, problem, fix) = inner_marks(rest, base).or_else(|| single_marks(rest, base))?;
        if !reads(&meant) {
            return None;
        }
        self.say(problem, place).fix = fix;
        Some(meant)
    }
}

/// Where the first text ends.
fn text_end(rest: &str) -> Option<usize> {
    let (start, mark) = rest.char_indices().find(|(_, c)| crate::syntax::closing_mark(*c).is_some())?;
    let partner = crate::syntax::closing_mark(mark)?;
    let from = start + mark.len_utf8();
    let (at, last) = rest.get(from..)?.char_indices().find(|(_, c)| crate::syntax::closes(partner, *c))?;
    Some(from + at + last.len_utf8())
}

type Meant = (String, Span, Problem, Option<(Span, String)>);

/// `"Haben Sie "rote" Schirme?"`: straight marks inside of straight marks.
fn inner_marks(rest: &str, base: usize) -> Option<Meant> {
    let (from, to) = (rest.find('"')?, rest.rfind('"')?);
    let inner = rest.get(from + 1..to)?;
    if inner.matches('"').count() != 2 || inner.contains("\"\"") || inner.contains(['=', '#']) {
        return None;
    }
    let (a, b) = (inner.find('"')?, inner.rfind('"')?);
    let word = inner.get(a + 1..b).filter(|word| !word.trim().is_empty())?.to_owned();
    let (before, after) = (inner.get(..a)?, inner.get(b + 1..)?);
    let place = Span::new(base + from, base + to + 1);
    let fix = Some((place, format!("\"{before}„{word}“{after}\"")));
    // The marks are read as if they were others, so that all places stay.
    let meant = format!("{}\"{before}'{word}'{after}\"{}", rest.get(..from)?, rest.get(to + 1..)?);
    Some((meant, place, Problem::QuotesInText { word }, fix))
}

/// `‚Schirme?‘` and `'Schirme?'`
fn single_marks(rest: &str, base: usize) -> Option<Meant> {
    let marks = ['‚', '‘', '’', '\'', '`', '´', '‹', '›'];
    let lead = rest.len() - rest.trim_start().len();
    let name: usize = rest.trim_start().chars().take_while(|c| is_word_char(*c)).map(char::len_utf8).sum();
    let behind = rest.get(lead + name..)?;
    let start = lead + name + behind.len() - behind.trim_start().len();
    let text = rest.get(start..)?.trim_end();
    let first = text.chars().next().filter(|c| marks.contains(c))?;
    let last = text.chars().next_back().filter(|c| marks.contains(c))?;
    let inner = text.get(first.len_utf8()..text.len().checked_sub(last.len_utf8())?)?;
    if inner.trim().is_empty() || inner.contains(['"', '„', '“']) {
        return None;
    }
    let place = Span::new(base + start, base + start + text.len());
    let problem = Problem::WriteInstead { found: text.to_owned(), meant: format!("\"{inner}\"") };
    let meant = format!("{}\"{inner}\"", rest.get(..start)?);
    let missing = rest.len().saturating_sub(meant.len());
    Some((meant + &" ".repeat(missing), place, problem, Some((place, format!("\"{inner}\"")))))
}
