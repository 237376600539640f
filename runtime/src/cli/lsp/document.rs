//! The text of a file as an editor has it, and where its places are in the text that is compiled.

use amtsweg_dsl::syntax::{Cleaned, Span};
use lsp_types::{Position, Range, TextDocumentContentChangeEvent, TextEdit};

/// The text of a file. Positions are lines and UTF-16 units of this text; spans are bytes of the
/// text that is compiled, in which a byte order mark and what Word leaves behind are cleaned away.
pub(super) struct Document {
    text: String,
    cleaned: Cleaned,
    /// Where the lines begin.
    lines: Vec<usize>,
}

impl Document {
    /// A document with this text.
    pub fn new(text: String) -> Self {
        let bytes = text.as_bytes();
        let ends = bytes.iter().enumerate().filter(|(at, byte)| match byte {
            b'\n' => true,
            b'\r' => bytes.get(at + 1) != Some(&b'\n'),
            _ => false,
        });
        let lines = std::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect();
        Self { cleaned: Cleaned::new(&text), lines, text }
    }

    /// The text as the editor has it.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text with the changes that an editor tells, one after another.
    pub fn changed(&self, changes: Vec<TextDocumentContentChangeEvent>) -> Self {
        let mut now = Self::new(self.text.clone());
        for change in changes {
            let text = match change.range {
                None => change.text,
                Some(range) => {
                    let start = now.byte(range.start);
                    let end = now.byte(range.end).max(start);
                    let mut text = now.text;
                    text.replace_range(start..end, &change.text);
                    text
                }
            };
            now = Self::new(text);
        }
        now
    }

    /// The byte of the compiled text at a position.
    pub fn offset(&self, position: Position) -> usize {
        self.cleaned.cleaned(self.byte(position))
    }

    /// The position of a byte of the compiled text.
    pub fn position(&self, offset: usize) -> Position {
        let byte = self.text.floor_char_boundary(self.cleaned.original(offset));
        let line = self.lines.partition_point(|start| *start <= byte).saturating_sub(1);
        let start = self.lines.get(line).copied().unwrap_or(0);
        let units = self.text.get(start..byte).unwrap_or("").encode_utf16().count();
        Position::new(u32::try_from(line).unwrap_or(u32::MAX), u32::try_from(units).unwrap_or(u32::MAX))
    }

    /// The range of a span of the compiled text.
    pub fn range(&self, span: Span) -> Range {
        Range::new(self.position(span.start), self.position(span.end))
    }

    /// A change of the compiled text as a change of the editor's.
    pub fn edit(&self, span: Span, text: &str) -> TextEdit {
        let windows = self.text.contains("\r\n");
        let text = if windows { text.replace('\n', "\r\n") } else { text.to_owned() };
        TextEdit::new(self.range(span), text)
    }

    /// The changes that make this text of it, line by line, so that whoever stands in a line stays there.
    pub fn changes_to(&self, new: &str) -> Vec<TextEdit> {
        let ends = ['\n', '\r'];
        let own: Vec<&str> = (0..self.lines.len()).map(|line| self.line(line).trim_end_matches(ends)).collect();
        let new: Vec<&str> = new.split('\n').collect();
        let whole = |line: usize| {
            let units = own.get(line).map_or(0, |text| text.encode_utf16().count());
            let line = u32::try_from(line).unwrap_or(u32::MAX);
            Range::new(Position::new(line, 0), Position::new(line, u32::try_from(units).unwrap_or(u32::MAX)))
        };
        if own.len() == new.len() {
            let changed = own.iter().zip(&new).enumerate().filter(|(_, (own, new))| own != new);
            return changed.map(|(line, (_, new))| TextEdit::new(whole(line), (*new).to_owned())).collect();
        }
        // Everything between what is the same at the beginning and at the end.
        let first = own.iter().zip(&new).take_while(|(own, new)| own == new).count();
        let most = own.len().min(new.len()) - first;
        let last = own.iter().rev().zip(new.iter().rev()).take(most).take_while(|(own, new)| own == new).count();
        let text = new.get(first..new.len() - last).unwrap_or_default().join("\n");
        let windows = self.text.contains("\r\n");
        let line_end = if windows { "\r\n" } else { "\n" };
        let text = if windows { text.replace('\n', line_end) } else { text };
        let (start, end) = (Position::new(u32::try_from(first).unwrap_or(u32::MAX), 0), own.len() - last);
        let (range, text) = match (new.len() - last > first, last > 0) {
            // Whole lines with their ends.
            (filled, true) => {
                let end = Position::new(u32::try_from(end).unwrap_or(u32::MAX), 0);
                (Range::new(start, end), if filled { text + line_end } else { text })
            }
            (_, false) => (Range::new(start, whole(own.len() - 1).end), text),
        };
        vec![TextEdit::new(range, text)]
    }

    /// A line with its end.
    fn line(&self, line: usize) -> &str {
        let start = self.lines.get(line).copied().unwrap_or(self.text.len());
        let end = self.lines.get(line + 1).copied().unwrap_or(self.text.len());
        self.text.get(start..end).unwrap_or("")
    }

    /// The byte of the editor's text at a position; behind the end of a line its end.
    fn byte(&self, position: Position) -> usize {
        let line = usize::try_from(position.line).unwrap_or(usize::MAX);
        let Some(start) = self.lines.get(line).copied() else { return self.text.len() };
        let line = self.line(line).trim_end_matches(['\n', '\r']);
        let mut units = 0;
        for (at, c) in line.char_indices() {
            if units >= position.character {
                return start + at;
            }
            units += u32::try_from(c.len_utf16()).unwrap_or(1);
        }
        start + line.len()
    }
}
