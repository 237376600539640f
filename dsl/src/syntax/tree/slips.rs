//! Small slips in a line: a sign is missing, or stands where none belongs. What is meant is plain, so the
//! line is read as it is meant, and only the slip is reported.

use super::Node;
use super::fold::Folder;
use crate::diagnostic::{Both, Problem};
use crate::syntax::Span;
use crate::syntax::keyword::{Fixed, Heading, Key, KindWord, is_word_char};
use crate::syntax::line::{self, LineKind};

const QUOTES: [char; 6] = ['"', '„', '“', '”', '»', '«'];

impl Folder<'_> {
    /// A row of a table without its first or last bar, read as if it had it.
    pub fn row_without_bar(&mut self, kind: &LineKind, span: Span) -> Option<LineKind> {
        let (text, place) = match kind {
            LineKind::Other(text, place) => (text.clone(), *place),
            LineKind::Key { .. } | LineKind::Bullet(..) => {
                let raw = self.text.get(span.start..span.end)?;
                let lead = raw.len() - raw.trim_start().len();
                let inner = raw.trim();
                (inner.to_owned(), Span::new(span.start + lead, span.start + lead + inner.len()))
            }
            _ => return None,
        };
        let (first, last) = (text.starts_with('|'), text.ends_with('|'));
        let node = self.current()?;
        let in_table = matches!(
            node.heading,
            Heading::Fee | Heading::Responsible | Heading::Computed | Heading::List | Heading::Translation
        ) && !node.rows.is_empty();
        if !(first || (in_table && (last || text.contains("||")))) {
            return None;
        }
        let before = if first { "" } else { "|" };
        let after = if last { "" } else { " |" };
        let row = line::read(&format!("{before}{text}{after}"), place.start.saturating_sub(before.len()));
        if !matches!(row, LineKind::Table(_)) {
            return None;
        }
        let message = self.say(Problem::BarMissing, place);
        message.fix = match (first, last) {
            (true, _) => Some((Span::new(place.end, place.end), " |".to_owned())),
            (false, true) => Some((Span::new(place.start, place.start), "| ".to_owned())),
            (false, false) => Some((place, format!("| {text} |"))),
        };
        Some(row)
    }

    /// A text that begins with one kind of quotation mark and ends with another: `„…"`. The line as it is meant.
    pub fn quotes_mixed(&mut self, open: Span, span: Span) -> Option<LineKind> {
        let line = self.text.get(span.start..span.end)?;
        let (before, text) = line.split_at_checked(open.start.checked_sub(span.start)?)?;
        let mut signs = text.char_indices();
        let (_, mark) = signs.next()?;
        let mut others = signs.filter(|(_, c)| QUOTES.contains(c) && *c != mark);
        let (at, other) = others.next()?;
        // With more marks behind it is not plain where the text ends.
        if others.next().is_some() || before.contains('#') {
            return None;
        }
        let inner = text.get(mark.len_utf8()..at)?;
        let behind = text.get(at + other.len_utf8()..)?;
        if inner.trim().is_empty() || inner.contains('"') {
            return None;
        }
        let partner = crate::syntax::paste::partner(mark)?;
        let shown = |mark: char| -> Both {
            let (de, en) = match mark {
                '"' => ("einem geraden Anführungszeichen", "a straight quotation mark"),
                '„' => ("einem Anführungszeichen unten", "a low quotation mark"),
                '“' | '”' => ("einem Anführungszeichen oben", "a high quotation mark"),
                _ => ("einem spitzen Anführungszeichen", "a pointed quotation mark"),
            };
            Both::new(de, en)
        };
        let place = Span::new(open.start, open.start + at + other.len_utf8());
        let problem = Problem::QuotesMixed { open: shown(mark), close: shown(other) };
        self.say(problem, place).fix = Some((place, format!("\"{inner}\"")));
        let meant = line::read(&format!("{before}{mark}{inner}{partner}{behind}"), span.start);
        (!matches!(meant, LineKind::Unclosed(_))).then_some(meant)
    }

    /// A text that begins with two commas, as they look like low marks: `,,Wo?“`. The line as it is meant.
    pub fn commas_for_quotes(&mut self, open: Span, span: Span) -> Option<LineKind> {
        let line = self.text.get(span.start..span.end)?;
        let (before, text) = line.split_at_checked(open.start.checked_sub(span.start)?)?;
        let mark = text.chars().next().filter(|mark| matches!(mark, '“' | '”' | '"'))?;
        let behind = text.get(mark.len_utf8()..)?;
        let (before, inner) = before.split_once(",,").filter(|(_, inner)| !inner.contains(QUOTES))?;
        if behind.contains(QUOTES) {
            return None;
        }
        let place = Span::new(span.start + before.len(), open.start + mark.len_utf8());
        let high = Both::new("einem Anführungszeichen", "a quotation mark");
        let problem = Problem::QuotesMixed { open: Both::new("zwei Kommas", "two commas"), close: high };
        self.say(problem, place).fix = Some((place, format!("\"{inner}\"")));
        // Two commas and the mark are as long as low and high mark together, or nearly so.
        let meant = line::read(&format!("{before}\"{inner}\"{behind}"), span.start);
        (!matches!(meant, LineKind::Unclosed(_))).then_some(meant)
    }

    /// A text that is not closed: closed at the end of the line, where nothing else can follow.
    pub fn quote_not_closed(&mut self, open: Span, span: Span) {
        let written = self.text.get(open.start..span.end).unwrap_or("").trim_end();
        let end = open.start + written.len();
        let alone = !written.contains(['#', '|']) && !written.contains(", ");
        let next = self.text.get(span.end..).unwrap_or("").trim_start_matches(['\r', '\n']).lines().next();
        let next = next.unwrap_or("").trim();
        let goes_on = !next.is_empty()
            && !next.starts_with(['-', '|', '#'])
            && !next.contains(':')
            && Heading::find_at_start(next).is_none();
        let message = self.say(Problem::QuoteNotClosed, open);
        if alone && !goes_on {
            message.fix = Some((Span::new(end, end), "\"".to_owned()));
            if !written.starts_with('"') {
                let inner: String = written.chars().skip(1).collect();
                message.fix = Some((Span::new(open.start, end), format!("\"{inner}\"")));
            }
        }
    }

    /// `Frage name: "…"`: a heading with a colon.
    pub fn heading_with_colon(&mut self, words: &str, key_span: Span, value_span: Span) -> bool {
        let Some((found, rest)) = Heading::find_at_start(words) else { return false };
        let name = rest.trim();
        let one_word = !name.is_empty() && name.chars().all(|c| is_word_char(c) || c == '-');
        let value = self.text.get(value_span.start..value_span.end).unwrap_or("");
        let line = self.text.get(key_span.start..value_span.end.max(key_span.end)).unwrap_or("");
        let adapts = matches!(found.word, Heading::Replaces | Heading::Adds | Heading::Drops);
        let target = if adapts { Heading::find_at_start(name) } else { None };
        let alone = matches!(found.word, Heading::Responsible | Heading::Tiles | Heading::Offer);
        let quoted = name.is_empty() && value.starts_with(|c: char| is_word_char(c) || QUOTES.contains(&c));
        if !(one_word || quoted || target.is_some() || alone && name.is_empty()) {
            return false;
        }
        let Some(colon) = line.find(':') else { return false };
        let at = key_span.start + colon;
        let is = target.as_ref().map_or(found.word, |(target, _)| target.word);
        // `Wert satz: 5 €`: what is meant is the equals sign.
        let equals = matches!(is, Heading::Value | Heading::Computed)
            && !value.is_empty()
            && !value.starts_with(|c| QUOTES.contains(&c));
        if equals {
            let before = words.trim_end();
            let problem = Problem::WriteInstead { found: line.to_owned(), meant: format!("{before} = {value}") };
            let fix = Some((Span::new(key_span.start + before.len(), at + 1), " =".to_owned()));
            self.say(problem, key_span).fix = fix;
        } else {
            let heading = words.to_owned();
            self.say(Problem::HeadingColon { heading }, key_span).fix = Some((Span::new(at, at + 1), String::new()));
        }
        let meant = line.replacen(':', if equals { "=" } else { " " }, 1);
        let word = line.len() - Heading::find_at_start(line).map_or(line.len(), |(_, rest)| rest.len());
        let rest = meant.get(word..).unwrap_or("").to_owned();
        let span = Span::new(key_span.start, key_span.start + line.len());
        if adapts {
            self.adapts(found.word, &rest, key_span.start + word, span);
        } else {
            self.block(found.word, None, &rest, key_span.start + word, span);
        }
        true
    }

    /// A colour without quotation marks: what follows `#` is a comment. It is reported with the colour.
    pub fn is_colour(&self, key: Key, key_span: Span) -> bool {
        let line = self.text.get(key_span.end..).and_then(|rest| rest.lines().next()).unwrap_or("");
        key == Key::Colour && line.trim_start().trim_start_matches(':').trim_start().starts_with('#')
    }

    /// `zucht "…"` among the answers of a question: only the dash is missing.
    pub fn option_without_dash(&mut self, word: &str, text: &str, span: Span) -> bool {
        let Some(node) = self.current().filter(|node| node.heading == Heading::Question) else { return false };
        let choice = node.key(Key::Kind).and_then(|line| KindWord::find_at_start(&line.value));
        if !choice.is_some_and(|(found, _)| matches!(found.word, KindWord::OneOf | KindWord::SeveralOf)) {
            return false;
        }
        // `1. hund "Hund"` or `a) hund "Hund"`, as lists are counted in a letter.
        if let Some(counted) = text.get(word.len()..).map(str::trim_start).filter(|_| word.ends_with(['.', ')']))
            && word.chars().count() <= 3
            && counted.contains(QUOTES)
        {
            let at = Span::new(span.start, span.end - counted.len());
            let name = counted.split_whitespace().next().unwrap_or("").to_owned();
            self.say(Problem::DashMissing { name }, span).fix = Some((at, "- ".to_owned()));
            self.bullet(counted, Span::new(at.end, span.end));
            return true;
        }
        let rest = text.get(word.len()..).unwrap_or("").trim_start();
        let alone = rest.is_empty() && !node.bullets.is_empty();
        let name = word.chars().all(is_word_char) && word.chars().next().is_some_and(char::is_lowercase);
        if !name || !(alone || rest.starts_with(QUOTES)) || Heading::find_at_start(text).is_some() {
            return false;
        }
        let at = Span::new(span.start, span.start);
        self.say(Problem::DashMissing { name: word.to_owned() }, span).fix = Some((at, "- ".to_owned()));
        self.bullet(text, span);
        true
    }

    /// `wohnung.gemeinde Norderstedt` or `erwartet Gebühr 40 €` in an example: only the colon is missing.
    pub fn answer_without_colon(&mut self, text: &str, span: Span) -> bool {
        if self.current().is_none_or(|node| node.heading != Heading::Example) {
            return false;
        }
        if self.answer_as_elsewhere(text, span) {
            return true;
        }
        let expects = Key::find_at_start(text).filter(|(found, _)| found.word == Key::Expects);
        let rest = match &expects {
            Some((_, rest)) => match Fixed::find_at_start(rest.trim_start()) {
                Some((found, behind)) if found.word == Fixed::ExpectFee => {
                    // The name of one of several fees may follow.
                    behind.find(|c: char| c.is_ascii_digit()).and_then(|at| behind.get(at..)).unwrap_or("")
                }
                Some((_, behind)) => behind,
                None => rest.trim_start().split_once(char::is_whitespace).map_or("", |(_, behind)| behind),
            },
            None => {
                if !text.chars().next().is_some_and(char::is_lowercase) {
                    return false;
                }
                let mut words = text.split_whitespace();
                let mut path = words.next().map_or(0, str::len);
                while let Some(number) = words.next().filter(|word| word.bytes().all(|b| b.is_ascii_digit())) {
                    let Some(name) = words.next() else { break };
                    let from = text.get(path..).and_then(|rest| rest.find(number)).unwrap_or(0) + path + number.len();
                    path = text.get(from..).and_then(|rest| rest.find(name)).unwrap_or(0) + from + name.len();
                }
                text.get(path..).unwrap_or("")
            }
        };
        let value = rest.trim();
        let words = text.get(..text.len() - rest.trim_start().len()).unwrap_or("").trim();
        if value.is_empty() || words.is_empty() {
            return false;
        }
        let at = span.start + words.len();
        let problem = Problem::ColonMissing { word: words.to_owned() };
        let key_span = Span::new(span.start, at);
        self.say(problem, key_span).fix = Some((Span::new(at, at), ":".to_owned()));
        let start = span.start + text.len() - rest.trim_start().len();
        self.key_line(words, key_span, value, Span::new(start, start + value.len()));
        true
    }

    /// `Frage altes kennzeichen "…"`: a name of several words, made one; the rest of the heading with it.
    pub fn name_of_several_words(&mut self, rest: &str, base: usize, node: &mut Node) -> Option<String> {
        if !named(node.heading) {
            return None;
        }
        let lead = rest.len() - rest.trim_start().len();
        let end = rest.find(|c| QUOTES.contains(&c) || matches!(c, '=' | ',' | '#'))?;
        let name = rest.get(lead..end)?.trim_end();
        let words: Vec<&str> = name.split_whitespace().collect();
        let plain = |word: &&str| word.chars().all(|c| is_word_char(c) || c == '-');
        if words.len() < 2 || words.len() > 4 || !words.iter().all(plain) {
            return None;
        }
        let fixed = proper(&words.join("_"))?;
        let place = Span::new(base + lead, base + lead + name.len());
        let message = self.say(Problem::NameForm { name: name.to_owned() }, place);
        message.suggestion = Some(fixed.clone());
        message.fix = Some((place, fixed.clone()));
        node.written = Some(name.to_owned());
        let padding = " ".repeat(name.len().saturating_sub(fixed.len()));
        Some(format!("{}{fixed}{padding}{}", rest.get(..lead)?, rest.get(lead + name.len()..)?))
    }

    /// A name that can be none, such as `Rufname` or `rasse-genau`: reported here, and from now on as it is meant.
    pub fn proper_name(&mut self, node: &mut Node) {
        let Some((name, span)) = node.name.clone() else { return };
        if !named(node.heading) || name.contains('/') || crate::syntax::keyword::RESERVED.contains(&name.as_str()) {
            return;
        }
        // A number alone: `Abschnitt 1`.
        let number = name.starts_with(|c: char| c.is_ascii_digit());
        let written = if number { format!("{}_{name}", self.word(node.heading)) } else { name.clone() };
        let Some(fixed) = proper(&written).filter(|fixed| *fixed != name) else { return };
        let message = self.say(Problem::NameForm { name: name.clone() }, span);
        message.suggestion = Some(fixed.clone());
        message.fix = Some((span, fixed.clone()));
        node.written = Some(name);
        node.name = Some((fixed, span));
    }
}

/// Headings behind which one word stands as a name.
fn named(heading: Heading) -> bool {
    matches!(
        heading,
        Heading::Application
            | Heading::Report
            | Heading::Topic
            | Heading::Block
            | Heading::List
            | Heading::Authority
            | Heading::Portal
            | Heading::Section
            | Heading::Question
            | Heading::Paragraph
            | Heading::Rule
            | Heading::Computed
            | Heading::Value
            | Heading::Fee
            | Heading::EndPage
            | Heading::Example
            | Heading::LifeEvent
    )
}

/// What a name is meant to be: it begins small, and `_` stands for a hyphen.
pub(crate) fn proper(name: &str) -> Option<String> {
    let mut letters = name.chars();
    let first = letters.next().filter(|first| first.is_alphabetic())?;
    let name: String = first.to_lowercase().chain(letters).map(|c| if c == '-' { '_' } else { c }).collect();
    name.chars().all(is_word_char).then_some(name)
}
