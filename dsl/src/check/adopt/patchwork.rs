//! A text put together from lines of other files, that remembers where each piece comes from.

use std::sync::Arc;

use crate::model::Language;
use crate::syntax::Span;

/// A text made of pieces of other files.
#[derive(Debug, Clone, Default)]
pub(in crate::check) struct Patchwork {
    text: String,
    pieces: Vec<Piece>,
    /// Where it is said that the pieces belong together: the heading of the adoption.
    pub home: (String, Span),
}

/// A stretch of the text that stands to the letter in another file.
#[derive(Debug, Clone)]
struct Piece {
    at: usize,
    file: Arc<str>,
    span: Span,
    /// The keyword language of that file.
    language: Language,
}

/// A line of a resolved text, with the file and the place that it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OriginLine {
    /// The line.
    pub text: String,
    /// The file and the byte at which its words stand there; nothing for a line that was made.
    pub origin: Option<(String, usize)>,
}

impl Patchwork {
    /// An empty text; what cannot be traced is said at `home`.
    pub fn new(file: &str, span: Span) -> Self {
        Self { home: (file.to_owned(), span), ..Self::default() }
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Adds words that stand in no file.
    pub fn made(&mut self, words: &str) {
        self.text.push_str(words);
    }

    /// Adds a stretch of a file.
    pub fn piece(&mut self, file: &Arc<str>, language: Language, text: &str, span: Span) {
        let Some(words) = text.get(span.start..span.end) else { return };
        self.pieces.push(Piece { at: self.text.len(), file: file.clone(), span, language });
        self.text.push_str(words);
    }

    /// Ends the line.
    pub fn end_line(&mut self) {
        self.text.push('\n');
    }

    /// Where a stretch of this text comes from.
    pub fn origin(&self, span: Span) -> Option<(&str, Span)> {
        let piece = self.piece_at(span.start)?;
        let start = piece.span.start + (span.start - piece.at);
        let end = (start + (span.end - span.start)).min(piece.span.end);
        Some((&piece.file, Span::new(start, end)))
    }

    /// Where a stretch of a file stands in this text.
    pub fn place(&self, file: &str, span: Span) -> Option<Span> {
        let holds =
            |piece: &&Piece| *piece.file == *file && piece.span.start <= span.start && span.end <= piece.span.end;
        let piece = self.pieces.iter().find(holds)?;
        let start = piece.at + (span.start - piece.span.start);
        Some(Span::new(start, start + (span.end - span.start)))
    }

    /// The keyword language of the file in which the words at this byte stand.
    pub fn language_at(&self, at: usize) -> Option<Language> {
        self.piece_at(at).map(|piece| piece.language)
    }

    /// The keyword languages of all pieces.
    pub fn languages(&self) -> Vec<Language> {
        self.pieces.iter().map(|piece| piece.language).collect()
    }

    fn piece_at(&self, at: usize) -> Option<&Piece> {
        let index = self.pieces.partition_point(|piece| piece.at <= at).checked_sub(1)?;
        let piece = self.pieces.get(index)?;
        (at <= piece.at + (piece.span.end - piece.span.start)).then_some(piece)
    }

    /// The lines with their origins.
    pub fn lines(&self) -> Vec<OriginLine> {
        let mut at = 0;
        self.text
            .lines()
            .map(|line| {
                let first = at + line.len() - line.trim_start().len();
                let last = at + line.len();
                at = last + 1;
                // The last piece of a line is what the line says; before it stand its first words.
                let index = self.pieces.partition_point(|piece| piece.at <= last);
                let piece = index.checked_sub(1).and_then(|index| self.pieces.get(index));
                let piece = piece.filter(|piece| piece.at + (piece.span.end - piece.span.start) >= first);
                let origin = piece.map(|piece| {
                    let lead = first.saturating_sub(piece.at).min(piece.span.end - piece.span.start);
                    (piece.file.to_string(), piece.span.start + lead)
                });
                OriginLine { text: line.to_owned(), origin }
            })
            .collect()
    }
}
