//! What people bring along from letters, spreadsheets and other programs. What is meant is plain, so the
//! line is read as it is meant, and only the habit is reported.

use super::fold::Folder;
use super::{KeyLine, Node};
use crate::diagnostic::Problem;
use crate::syntax::Span;
use crate::syntax::keyword::{Heading, Key, is_word_char};
use crate::syntax::line::TableCell;

/// Keys behind which names or texts stand with commas between.
const LISTED: [Key; 5] = [Key::Uses, Key::Task, Key::Without, Key::Sees, Key::SearchWords];

impl Folder<'_> {
    /// `|---|---|` below the head of a table, as some programs want it.
    pub fn row_of_dashes(&mut self, cells: &[TableCell], span: Span) -> bool {
        let dashes = |cell: &TableCell| cell.text.chars().all(|c| matches!(c, '-' | '–' | '—' | ':' | '=' | '_'));
        if !cells.iter().all(dashes) || !cells.iter().any(|cell| cell.text.len() > 1) {
            return false;
        }
        let whole = Span::new(span.start, (span.end + 1).min(self.text.len()));
        self.say(Problem::RowOfDashes, self.without_blanks(span)).fix = Some((whole, String::new()));
        true
    }

    /// `a; b` or `a und b` where commas belong: the value as it is meant, each sign at its place.
    pub fn with_commas(&mut self, key: Key, value: &str, span: Span) -> Option<String> {
        if !LISTED.contains(&key) || value.contains(['#']) {
            return None;
        }
        let words = if key == Key::SearchWords { &[";"][..] } else { &[";", " und ", " and "][..] };
        let mut meant = String::with_capacity(value.len());
        let mut first = None;
        // Every second part stands between quotation marks.
        for (index, part) in value.split_inclusive(['"', '„', '“', '”', '»', '«']).enumerate() {
            let mut part = part.to_owned();
            for word in words.iter().filter(|_| index % 2 == 0) {
                if let Some(at) = part.find(word) {
                    first = first.or(Some((meant.len() + at, *word)));
                    part = part.replace(word, &format!(",{}", " ".repeat(word.len() - 1)));
                }
            }
            meant.push_str(&part);
        }
        let (at, word) = first?;
        let place = Span::new(span.start + at, span.start + at + word.len());
        let problem = Problem::WriteInstead { found: word.trim().to_owned(), meant: ",".to_owned() };
        let parts = meant.split(',').map(str::trim).filter(|part| !part.is_empty());
        let fixed = parts.collect::<Vec<_>>().join(", ");
        self.say(problem, self.without_blanks(place)).fix = Some((span, fixed));
        Some(meant)
    }

    /// The same key on two lines, one below the other, where all of it belongs on one.
    pub fn join_listed(&self, key: Key, first: &KeyLine, value: &str, span: Span) -> Option<(Span, String)> {
        let between = self.text.get(first.value_span.end..span.start)?;
        let near = between.split_once('\n')?.0.trim().is_empty() && between.matches('\n').count() == 1;
        let once = LISTED.contains(&key) && near && !first.value.trim().is_empty() && !value.trim().is_empty();
        once.then(|| (Span::new(first.value_span.end, span.end), format!(", {}", value.trim())))
    }

    /// A hint or a condition on a line of its own that belongs to the answer above: another answer follows,
    /// or the one before had its own in the same way.
    pub fn detail_of_option(&mut self, key: Key, spelling: &str, key_span: Span, value_span: Span) -> bool {
        if !matches!(key, Key::Hint | Key::OnlyIf) {
            return false;
        }
        let Some(node) = self.current().filter(|node| node.heading == Heading::Question) else { return false };
        let (from, Some(last)) = (node.span, node.bullets.last().cloned()) else { return false };
        let twice = node.key(key).is_some();
        let end = self.line_end(value_span.end);
        let next = self.text.get(end..).unwrap_or("").lines().map(str::trim);
        let next = next.filter(|line| !line.is_empty() && !line.starts_with('#')).find(|_| true).unwrap_or("");
        let followed = next.starts_with(['-', '–', '—', '•', '*']);
        let before = |said: &crate::diagnostic::Diagnostic| {
            said.span.start > from.start
                && matches!(&said.problem, Problem::OptionDetail { word, .. } if word == spelling)
        };
        if !(followed || twice || self.problems.iter().any(before)) {
            return false;
        }
        let between = self.text.get(last.span.end..key_span.start).unwrap_or("");
        let ends = crate::check::options::condition_at_end(&last.text, 0).1.is_some();
        let near = between.trim().is_empty() && between.matches('\n').count() == 1 && !ends;
        let line = self.text.get(key_span.start..value_span.end).unwrap_or("").to_owned();
        let option: String = last.text.chars().take_while(|c| !c.is_whitespace() && *c != ',').collect();
        let problem = Problem::OptionDetail { word: spelling.to_owned(), option };
        let fix = near.then(|| (Span::new(last.span.end, value_span.end), format!(", {line}")));
        self.say(problem, key_span).fix = fix;
        true
    }

    /// `und alter ≥ 18 Jahre` on a line of its own: it goes on with the line above.
    pub fn line_that_goes_on(&mut self, text: &str, span: Span) -> bool {
        let word = text.split_whitespace().next().unwrap_or("");
        if !matches!(word, "und" | "oder" | "and" | "or" | "nicht" | "not" | "mit" | "with" | "+" | "×") {
            return false;
        }
        let Some(line) = self.current().and_then(|node| node.keys.last().cloned()) else { return false };
        let between = self.text.get(line.value_span.end..span.start).unwrap_or("x");
        if !between.trim().is_empty() || line.value.is_empty() || !line.more.is_empty() {
            return false;
        }
        let fix = Some((Span::new(line.value_span.end, span.start), " ".to_owned()));
        self.say(Problem::LineGoesOn { word: word.to_owned() }, span).fix = fix;
        // Read as one line; each sign stays at its place.
        let whole = Span::new(line.value_span.start, span.end);
        let value = self.text.get(whole.start..whole.end).unwrap_or("").replace('\n', " ");
        if let Some(line) = self.current().and_then(|node| node.keys.last_mut()) {
            (line.value, line.value_span) = (value, whole);
        }
        true
    }

    /// Moves a line directly below the heading that it belongs to.
    pub fn move_below(&self, outer: &Node, key_span: Span, value_span: Span) -> Option<(Span, String)> {
        let from = self.line_end(outer.span.end);
        let (start, end) = (self.line_start(key_span.start), self.line_end(value_span.end.max(key_span.end)));
        let rest = self.text.get(end..)?.trim_start();
        // A text that goes on in further lines moves as a whole, by hand.
        if from >= start || rest.starts_with(['"', '„', '“', '»', '«']) {
            return None;
        }
        let line = self.text.get(start..end)?.trim();
        let passed = self.text.get(from..start)?.trim_end_matches('\n');
        Some((Span::new(from, end), format!("\n  {line}{passed}")))
    }

    /// Moves a block of a section, from its heading to the next one, to where its section ends.
    pub fn move_up(&self, section_ends: usize, heading: Span) -> Option<(Span, String)> {
        let to = self.line_start(section_ends);
        let start = self.line_start(heading.start);
        let mut end = self.line_end(heading.end);
        for line in self.text.get(end..)?.split_inclusive('\n') {
            let written = line.trim();
            let next = Heading::find_at_start(written).is_some()
                && Key::find_at_start(written).is_none_or(|(_, rest)| !rest.trim_start().starts_with(':'));
            if next {
                break;
            }
            end += line.len();
        }
        let block = self.text.get(start..end)?.trim_end();
        let passed = self.text.get(to..start)?.trim_end();
        let behind = self.text.get(start..end)?;
        let gap = behind.get(behind.trim_end().len()..).unwrap_or("");
        (to < start).then(|| (Span::new(to, end), format!("{block}\n\n{passed}{gap}")))
    }

    /// `Betrag: 5 €` below a fee: what stands behind `=` in its heading.
    pub fn amount_below(&mut self, words: &str, value: &str, key_span: Span, value_span: Span) -> bool {
        let word = words.to_lowercase();
        let meant = matches!(word.as_str(), "betrag" | "höhe" | "preis" | "kosten" | "amount" | "price" | "costs");
        let Some(node) = self.current().filter(|node| node.heading == Heading::Fee) else { return false };
        if !meant || node.definition.is_some() || !node.rows.is_empty() || value.is_empty() {
            return false;
        }
        let heading = node.span;
        let named =
            format!("{} {}", node.heading.spelling(self.language), self.current().map_or("", |node| node.name_text()));
        let between = self.text.get(heading.end..key_span.start).unwrap_or("x");
        let near = between.trim().is_empty() && between.matches('\n').count() == 1;
        let fix = near.then(|| (Span::new(heading.end, value_span.end), format!(" = {value}")));
        let problem = Problem::AmountBelow { heading: named, amount: value.to_owned() };
        self.say(problem, key_span).fix = fix;
        if let Some(node) = self.current() {
            node.definition = Some((value.to_owned(), value_span));
        }
        true
    }

    /// `Gebühr anmeldung "…" 5 €`: the heading without the amount, and the amount with its place.
    pub fn amount_without_sign<'r>(
        &mut self,
        heading: Heading,
        rest: &'r str,
        base: usize,
    ) -> Option<(&'r str, (String, Span))> {
        if heading != Heading::Fee || rest.contains('=') {
            return None;
        }
        let quote = rest.rfind(['"', '“', '”', '«', '»']);
        let named =
            rest.trim_start().find(|c: char| !is_word_char(c)).map(|at| at + rest.len() - rest.trim_start().len());
        let end = match quote {
            Some(at) => at + rest.get(at..)?.chars().next()?.len_utf8(),
            None => named?,
        };
        let (head, behind) = rest.split_at_checked(end)?;
        let amount = behind.trim();
        if !amount.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let start = base + rest.trim_end().len() - amount.len();
        let sign = Span::new(base + head.len(), start);
        let place = Span::new(start, start + amount.len());
        let problem = Problem::EqualsMissing { name: format!("{}{}", heading.spelling(self.language), head) };
        self.say(problem, place).fix = Some((sign, " = ".to_owned()));
        Some((head, (amount.to_owned(), place)))
    }

    /// `n = 5` and `hunde[2].laut: Ja` in an example, as programs write it.
    pub fn answer_as_elsewhere(&mut self, text: &str, span: Span) -> bool {
        let name = |c: char| is_word_char(c) || matches!(c, '.' | ' ');
        if let Some((words, value)) = text.split_once('=').filter(|(words, _)| words.trim().chars().all(name)) {
            let (words, value) = (words.trim_end(), value.trim());
            let sign = Span::new(span.start + words.len(), span.end - value.len());
            let problem = Problem::WriteInstead { found: "=".to_owned(), meant: ":".to_owned() };
            let at = self.text.get(sign.start..sign.end).and_then(|found| found.find('=')).unwrap_or(0);
            self.say(problem, Span::new(sign.start + at, sign.start + at + 1)).fix = Some((sign, ": ".to_owned()));
            self.key_line(words, Span::new(span.start, sign.start), value, Span::new(sign.end, span.end));
            return true;
        }
        let Some((list, rest)) = text.split_once(['[', '(']) else { return false };
        let Some((number, rest)) = rest.split_once([']', ')']) else { return false };
        let Some((path, value)) = rest.split_once(':') else { return false };
        let entry = number.trim().parse::<u32>().is_ok() && list.trim().chars().all(name) && path.chars().all(name);
        if !entry {
            return false;
        }
        let words = format!("{} {} {}", list.trim(), number.trim(), path.trim_matches(['.', ' ']));
        let colon = span.start + text.len() - value.len() - 1;
        let place = Span::new(span.start, colon);
        let found = self.text.get(place.start..place.end).unwrap_or("").to_owned();
        let problem = Problem::WriteInstead { found, meant: words.clone() };
        self.say(problem, place).fix = Some((place, words.clone()));
        let value = value.trim();
        self.key_line(&words, place, value, Span::new(span.end - value.len(), span.end));
        true
    }

    fn line_start(&self, at: usize) -> usize {
        self.text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline + 1)
    }

    fn line_end(&self, at: usize) -> usize {
        self.text.get(at..).and_then(|rest| rest.find('\n')).map_or(self.text.len(), |newline| at + newline)
    }

    fn without_blanks(&self, span: Span) -> Span {
        let written = self.text.get(span.start..span.end).unwrap_or("");
        let lead = written.len() - written.trim_start().len();
        Span::new(span.start + lead, span.start + lead + written.trim().len().max(1))
    }
}
