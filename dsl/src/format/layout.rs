//! Where each line begins, and what stands in it.

use std::collections::BTreeSet;

use super::expression::Tongue;
use super::languages::Stated;
use super::pieces::split_comment;
use super::value;
use super::write::{Content, Out};
use crate::model::Language;
use crate::syntax::keyword::{Heading, Key};
use crate::syntax::{Line, LineKind, TableCell, depth_of, takes_options, takes_table};

/// Blanks of a step to the right.
const STEP: usize = 2;

/// A text with its lines.
pub(super) struct Source<'a> {
    /// The lines as they were read.
    pub lines: &'a [Line],
    /// Each to the letter.
    pub raw: &'a [String],
    /// Those that cannot be read.
    pub broken: &'a BTreeSet<usize>,
}

/// The lines in their proper form, and the numbers of those that stay to the letter.
pub(super) fn lay_out(source: &Source<'_>, tongue: Tongue) -> (Vec<Out>, BTreeSet<usize>) {
    let stated = Stated::of(source, tongue);
    let mut place = Place::new(tongue);
    let mut out: Vec<Out> = Vec::with_capacity(source.lines.len());
    let mut kept = BTreeSet::new();
    for (index, (line, raw)) in source.lines.iter().zip(source.raw).enumerate() {
        let comment = split_comment(raw).1.map(str::to_owned);
        if line.kind == LineKind::Blank {
            if comment.is_some() || !ends_blank(&out) {
                out.push(Out { indent: 0, content: Content::Nothing, comment });
            }
            continue;
        }
        if stated.moved.contains(&index) {
            continue;
        }
        let broken = source.broken.contains(&index);
        let Some((indent, content)) = (!broken).then(|| place.line(line)).flatten() else {
            if broken {
                place.pass_over(line);
            }
            kept.insert(index);
            let table = matches!(line.kind, LineKind::Table(_));
            out.push(Out { indent: 0, content: Content::Raw { text: raw.clone(), table }, comment: None });
            continue;
        };
        if place.block && matches!(line.kind, LineKind::Other(..)) {
            blank_before(&mut out);
        }
        out.push(Out { indent, content, comment });
        if let Some((line, comment)) = stated.below.get(&index) {
            out.push(Out { indent: STEP, content: Content::Line(line.clone()), comment: comment.clone() });
        }
    }
    while out.last().is_some_and(Out::is_blank) {
        out.pop();
    }
    align_comments_alone(&mut out);
    (out, kept)
}

/// Whether there is nothing yet, or a blank line at the end.
fn ends_blank(out: &[Out]) -> bool {
    out.last().is_none_or(Out::is_blank)
}

/// A blank line before what comes next; comments directly above belong to that.
fn blank_before(out: &mut Vec<Out>) {
    let comments = out.iter().rev().take_while(|line| line.is_comment()).count();
    let at = out.len() - comments;
    if at > 0 && !out[at - 1].is_blank() {
        out.insert(at, Out { indent: 0, content: Content::Nothing, comment: None });
    }
}

/// A comment alone stands where the line directly below it begins; before a blank line where the line
/// above begins.
fn align_comments_alone(out: &mut [Out]) {
    let mut below = None;
    for at in (0..out.len()).rev() {
        if out[at].is_comment() {
            let above = || out[..at].iter().rev().find(|line| !line.is_comment()).filter(|line| !line.is_blank());
            let next = || out[at..].iter().find(|line| !line.is_comment() && !line.is_blank());
            out[at].indent = match below {
                Some(indent) => indent,
                None => above().or_else(next).map_or(0, Out::begins),
            };
        } else {
            below = (!out[at].is_blank()).then(|| out[at].begins());
        }
    }
}

/// Where the lines stand that come next.
struct Place {
    tongue: Tongue,
    root: Option<Heading>,
    /// The heading whose keys and lines these are.
    heading: Option<Heading>,
    /// Whether a blank line stands before it.
    block: bool,
    /// Where the heading begins.
    indent: usize,
    /// Whether there was a section.
    section: bool,
    /// How many lines of the table there were.
    rows: usize,
    /// The heading above was not read: what belongs to it was not, either.
    lost: bool,
}

impl Place {
    fn new(tongue: Tongue) -> Self {
        Self { tongue, root: None, heading: None, block: false, indent: 0, section: false, rows: 0, lost: false }
    }

    /// Where a line begins and what it is; `None`: it stays to the letter.
    fn line(&mut self, line: &Line) -> Option<(usize, Content)> {
        let inner = self.indent + STEP;
        let tongue = self.tongue;
        if self.lost && !matches!(line.kind, LineKind::Other(..)) {
            return None;
        }
        Some(match &line.kind {
            LineKind::Blank | LineKind::Unclosed(_) => return None,
            LineKind::Other(text, _) => {
                let (found, rest) = Heading::find_at_start(text)?;
                let target = target(found.word, rest);
                self.enter(found.word, target.map(|(target, _)| target));
                let mut words = found.word.spelling(tongue.to).to_owned();
                let rest = match target {
                    Some((target, rest)) => {
                        words = format!("{words} {}", target.spelling(tongue.to));
                        value::adapted(target, rest, tongue)?
                    }
                    None => value::heading(found.word, rest, tongue)?,
                };
                (self.indent, Content::Line(format!("{words} {rest}").trim_end().to_owned()))
            }
            LineKind::Key { key, value, .. } => {
                self.rows = 0;
                let indent = if self.heading.is_none() { 0 } else { inner };
                (indent, Content::Line(self.key(key, value)?))
            }
            LineKind::Bullet(text, _) => {
                let heading = self.heading.filter(|heading| takes_options(*heading))?;
                let text = match heading {
                    Heading::Question => value::option(text, tongue)?,
                    _ => value::plain(text, tongue),
                };
                (inner, Content::Line(format!("- {text}")))
            }
            LineKind::Text(text, _) => {
                // Below a heading's own text one step, below a key's text two.
                let own = matches!(self.heading, Some(Heading::Paragraph));
                let text = value::plain(&format!("\"{}\"", text.replace('"', "\"\"")), tongue);
                (if own { inner } else { inner + STEP }, Content::Line(text))
            }
            LineKind::Table(cells) => {
                let heading = self.heading.filter(|heading| takes_table(*heading))?;
                self.rows += 1;
                let cells = cells.iter().enumerate();
                let cells = cells.map(|(at, cell)| Some((cell.result, self.cell(heading, at, cell)?)));
                (inner, Content::Row(cells.collect::<Option<_>>()?))
            }
        })
    }

    fn cell(&self, heading: Heading, at: usize, cell: &TableCell) -> Option<String> {
        let tongue = self.tongue;
        Some(match heading {
            _ if self.rows == 1 => value::column(&cell.text, tongue),
            Heading::List if at >= 2 => value::fact(&cell.text, tongue),
            Heading::List | Heading::Translation => value::plain(&cell.text, tongue),
            _ if cell.result => value::result(heading, &cell.text, tongue)?,
            _ => value::cell(&cell.text, tongue)?,
        })
    }

    /// A line with a key.
    fn key(&self, words: &str, value: &str) -> Option<String> {
        let tongue = self.tongue;
        let on = || Key::find(words).is_some_and(|found| found.word == Key::On);
        let (words, value) = if self.heading == Some(Heading::Example) && !on() {
            let words = value::expected(words, tongue).unwrap_or_else(|| words.to_owned());
            (words, value::answer(value, tongue))
        } else {
            let key = Key::find(words)?.word;
            let value = if self.heading.is_none() && key == Key::Language {
                first_line(tongue.to).to_owned()
            } else {
                value::behind(self.heading?, key, value, tongue)?
            };
            (key.spelling(tongue.to).to_owned(), value)
        };
        Some(format!("{words}: {value}").trim_end().to_owned())
    }

    fn enter(&mut self, heading: Heading, target: Option<Heading>) {
        let file = depth_of(heading) == Some(0);
        // What is one line in a template is one in an adoption.
        let block = match heading {
            Heading::Drops => None,
            Heading::Replaces => target.and_then(depth_of),
            heading => depth_of(heading).filter(|depth| *depth == 1),
        };
        self.block = block.is_some() || file && self.root.is_some();
        if file {
            (self.root, self.section) = (Some(heading), false);
        }
        self.section |= heading == Heading::Section;
        let top = self.root == Some(Heading::Block) || (self.root == Some(Heading::Translation) && !self.section);
        self.indent = if depth_of(heading) == Some(2) && !top { STEP } else { 0 };
        self.heading = Some(if heading == Heading::Replaces { target.unwrap_or(heading) } else { heading });
        (self.rows, self.lost) = (0, false);
    }

    /// A line that was not read. What stands below a heading belongs to it all the same, unless
    /// nobody knows which it is.
    fn pass_over(&mut self, line: &Line) {
        match &line.kind {
            LineKind::Other(text, _) => match Heading::find_at_start(text) {
                Some((found, rest)) => self.enter(found.word, target(found.word, rest).map(|(target, _)| target)),
                None => self.lost = true,
            },
            // The further lines of a table follow from the first.
            LineKind::Table(_) if !self.heading.is_some_and(takes_table) => self.lost = true,
            LineKind::Table(_) => self.rows += 1,
            LineKind::Key { .. } => self.rows = 0,
            _ => {}
        }
    }
}

/// In an adoption: the heading of the template that stands behind the word, and the rest.
fn target(heading: Heading, rest: &str) -> Option<(Heading, &str)> {
    let adapts = matches!(heading, Heading::Replaces | Heading::Adds | Heading::Drops);
    let (found, rest) = Heading::find_at_start(rest.trim_start()).filter(|_| adapts)?;
    Some((found.word, rest))
}

/// What stands behind the first line's colon.
fn first_line(language: Language) -> &'static str {
    if language == Language::English { "English" } else { "Deutsch" }
}
