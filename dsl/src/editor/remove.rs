//! Deleting what has a name: only where nothing uses it.

use std::collections::BTreeMap;

use super::ends::Ends;
use super::{Analysis, Place, Sort};
use crate::diagnostic::line_and_column;
use crate::model::Language;
use crate::syntax::Span;
use crate::syntax::keyword::Heading;

/// What deleting something comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Removal {
    /// Nothing uses it: the lines that go, by file, also from translations.
    Free(BTreeMap<String, Vec<Span>>),
    /// It is used in these places.
    Used(Vec<Place>),
}

impl Analysis<'_> {
    /// What deleting the thing whose heading or option stands in the line of a position comes to;
    /// and its name. Nothing where the line introduces nothing that can be deleted.
    #[must_use]
    pub fn removal(&self, file: &str, offset: usize) -> Option<(String, Removal)> {
        let text = self.sources.text(file)?;
        let (from, to) = super::lines::around(text, offset);
        let (_, number, _) =
            self.index.in_file(file).find(|(span, _, own)| *own && from <= span.start && span.end <= to)?;
        let symbol = self.index.symbols.get(number)?;
        let can = match symbol.sort {
            Sort::Heading(heading) => matches!(
                heading,
                Heading::Section
                    | Heading::Question
                    | Heading::Paragraph
                    | Heading::Rule
                    | Heading::Computed
                    | Heading::Value
                    | Heading::Fee
                    | Heading::EndPage
                    | Heading::Example
                    | Heading::LifeEvent
            ),
            Sort::Option => symbol.whole != symbol.places.first()?.span,
            Sort::ListValue => true,
            // A tile of several portals is none of one file.
            Sort::Tile => symbol.places.len() == 1,
            _ => false,
        };
        if !can {
            return None;
        }
        let what = format!("{} {}", symbol.sort_word(self.language(file)), symbol.name);
        let inside = |place: &Place| {
            place.file == file && symbol.whole.start <= place.span.start && place.span.end <= symbol.whole.end
        };
        let all: Vec<usize> = self
            .index
            .symbols
            .iter()
            .enumerate()
            .filter(|(other, _)| self.within(*other, number))
            .map(|(other, _)| other)
            .collect();
        let mut gone: BTreeMap<String, Vec<Span>> = BTreeMap::new();
        let mut used = Vec::new();
        for other in all {
            for place in self.index.uses(other).iter().filter(|place| !inside(place)) {
                match self.translated(place) {
                    // Only the texts of what goes itself; those inside go with them.
                    Some(span) => gone.entry(place.file.clone()).or_default().push(span),
                    None => used.push(place.clone()),
                }
            }
        }
        if !used.is_empty() {
            used.sort();
            used.dedup();
            return Some((what, Removal::Used(used)));
        }
        gone.entry(file.to_owned()).or_default().push(symbol.whole);
        for (file, spans) in &mut gone {
            let text = self.sources.text(file).unwrap_or("");
            spans.iter_mut().for_each(|span| *span = whole_lines(text, *span));
            spans.sort();
            // What lies inside another goes with it.
            let mut last = 0;
            spans.retain(|span| {
                let own = span.start >= last;
                last = last.max(span.end);
                own
            });
        }
        Some((what, Removal::Free(gone)))
    }

    fn within(&self, symbol: usize, around: usize) -> bool {
        let mut at = Some(symbol);
        while let Some(number) = at {
            if number == around {
                return true;
            }
            at = self.index.symbols.get(number).and_then(|symbol| symbol.parent);
        }
        false
    }

    /// Of a heading, option or row of a translation: all its lines.
    fn translated(&self, place: &Place) -> Option<Span> {
        let things = self.record.of_file(&place.file);
        let translations = things.iter().map(|thing| &*thing.node).filter(|node| node.heading == Heading::Translation);
        let mut open: Vec<_> = translations.collect();
        let ends = Ends::of(self.sources.text(&place.file)?, things);
        while let Some(node) = open.pop() {
            if node.name_span() == place.span {
                return Some(Span::new(node.span.start, ends.end_of(node)));
            }
            let bullet = node.bullets.iter().find(|line| line.span.start == place.span.start);
            let row = node.rows.iter().find(|(cells, _)| cells.first().is_some_and(|cell| cell.span == place.span));
            if let Some(span) = bullet.map(|line| line.span).or(row.map(|(_, span)| *span)) {
                return Some(span);
            }
            open.extend(&node.children);
        }
        None
    }

    /// Where something is used, in words: `hund.amt, Zeile 12 und 40`.
    #[must_use]
    pub fn shown(&self, places: &[Place], reader: Language) -> String {
        let english = reader == Language::English;
        let mut files: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for place in places {
            let text = self.sources.text(&place.file).unwrap_or("");
            files.entry(&place.file).or_default().push(line_and_column(text, place.span.start).0);
        }
        let shown = files.into_iter().map(|(file, mut lines)| {
            lines.sort_unstable();
            lines.dedup();
            let word = match (english, lines.len()) {
                (true, 1) => "line",
                (true, _) => "lines",
                (false, 1) => "Zeile",
                (false, _) => "Zeilen",
            };
            let more = lines.len() > 6;
            let mut numbers: Vec<String> = lines.iter().take(6).map(usize::to_string).collect();
            if more {
                numbers.push("…".to_owned());
            }
            format!("{file}, {word} {}", numbers.join(", "))
        });
        shown.collect::<Vec<_>>().join("; ")
    }
}

/// A stretch with its lines from beginning to end, and one blank line behind them.
fn whole_lines(text: &str, span: Span) -> Span {
    let (start, _) = super::lines::around(text, span.start);
    let (_, end) = super::lines::around(text, span.end);
    let mut end = (end + 1).min(text.len());
    let (_, next) = super::lines::around(text, end);
    let before_blank = start == 0 || text.get(..start).is_some_and(|before| before.ends_with("\n\n"));
    if before_blank && text.get(end..next).is_some_and(|line| line.trim().is_empty()) {
        end = (next + 1).min(text.len());
    }
    Span::new(start, end)
}
