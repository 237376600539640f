//! A text with headings, numbered points and references between them, before it has a form:
//! written out as plain text here, as a page elsewhere.

use std::collections::BTreeSet;

/// Around a number that points to where that number stands. Private characters, which no text
/// of an author keeps.
const OPEN: char = '\u{E000}';
const CLOSE: char = '\u{E001}';

/// A text that is read from its first line to its last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The title.
    pub title: String,
    /// What stands below it.
    pub blocks: Vec<Block>,
}

/// A part of a [`Document`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A heading; 2 is the highest below the title.
    Heading {
        /// 2 or 3.
        level: u8,
        /// The number of what begins here, where it has one.
        number: Option<String>,
        /// The heading.
        text: String,
    },
    /// Sentences.
    Paragraph(Line),
    /// What the author wrote, paragraph by paragraph, in the small Markdown of texts.
    Quote(Vec<String>),
    /// Points below each other.
    Points(Vec<Point>),
    /// An empty line to write on, with the word below it.
    Blank(String),
}

/// One point, with what belongs to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// Its number: `2.11`, `B3`, `G1.2`; absent where nothing refers to it.
    pub number: Option<String>,
    /// What it says.
    pub text: Line,
    /// Further sentences and points.
    pub inner: Vec<Block>,
}

/// Sentences with references in them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line(pub Vec<Piece>);

/// A part of a [`Line`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Words.
    Text(String),
    /// A number that stands at a point or heading of the document.
    Reference(String),
}

impl Document {
    /// The document as plain text with the marks of Markdown: to be read, printed and compared.
    #[must_use]
    pub fn plain(&self) -> String {
        let mut out = format!("# {}\n", self.title);
        write(&self.blocks, 0, &mut out);
        out
    }
}

impl Point {
    /// A point with a number.
    pub(super) fn numbered(number: impl Into<String>, text: &str, inner: Vec<Block>) -> Self {
        Self { number: Some(number.into()), text: Line::of(text), inner }
    }

    /// A point without one.
    pub(super) fn plain(text: &str) -> Self {
        Self { number: None, text: Line::of(text), inner: Vec::new() }
    }
}

impl Block {
    /// The numbers that this block refers to.
    pub(super) fn references<'b>(&'b self, found: &mut BTreeSet<&'b str>) {
        match self {
            Self::Paragraph(line) => line.references(found),
            Self::Points(points) => points.iter().for_each(|point| {
                point.text.references(found);
                point.inner.iter().for_each(|block| block.references(found));
            }),
            Self::Heading { .. } | Self::Quote(_) | Self::Blank(_) => {}
        }
    }

    pub(super) fn paragraph(text: &str) -> Self {
        Self::Paragraph(Line::of(text))
    }

    pub(super) fn heading(level: u8, text: impl Into<String>) -> Self {
        Self::Heading { level, number: None, text: text.into() }
    }
}

impl Line {
    /// A line from words in which [`reference`]s are marked.
    pub(super) fn of(text: &str) -> Self {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some((before, (number, after))) =
            rest.split_once(OPEN).and_then(|(before, from)| Some((before, from.split_once(CLOSE)?)))
        {
            if !before.is_empty() {
                pieces.push(Piece::Text(before.to_owned()));
            }
            pieces.push(Piece::Reference(number.to_owned()));
            rest = after;
        }
        if !rest.is_empty() {
            pieces.push(Piece::Text(rest.to_owned()));
        }
        Self(pieces)
    }

    /// The numbers that this line refers to.
    pub(super) fn references<'l>(&'l self, found: &mut BTreeSet<&'l str>) {
        found.extend(self.0.iter().filter_map(|piece| match piece {
            Piece::Reference(number) => Some(number.as_str()),
            Piece::Text(_) => None,
        }));
    }

    /// The words alone.
    #[must_use]
    pub fn plain(&self) -> String {
        self.0
            .iter()
            .map(|piece| match piece {
                Piece::Text(text) | Piece::Reference(text) => text.as_str(),
            })
            .collect()
    }
}

/// A number that points to the place where it stands.
pub(super) fn reference(number: &str) -> String {
    format!("{OPEN}{number}{CLOSE}")
}

/// The words of a text in which references are marked.
pub(crate) fn unmarked(text: &str) -> String {
    text.replace([OPEN, CLOSE], "")
}

fn write(blocks: &[Block], depth: usize, out: &mut String) {
    let indent = "  ".repeat(depth);
    for block in blocks {
        match block {
            Block::Heading { level, number, text } => {
                let marks = "#".repeat(usize::from(*level));
                let number = number.as_ref().map(|number| format!("{number} ")).unwrap_or_default();
                out.push_str(&format!("\n{marks} {number}{text}\n"));
            }
            Block::Paragraph(line) if depth == 0 => out.push_str(&format!("\n{}\n", line.plain())),
            Block::Paragraph(line) => out.push_str(&format!("{indent}{}\n", line.plain())),
            Block::Quote(paragraphs) => {
                if depth == 0 {
                    out.push('\n');
                }
                for (index, paragraph) in paragraphs.iter().enumerate() {
                    if index > 0 && !paragraph.starts_with("- ") {
                        out.push_str(&format!("{indent}>\n"));
                    }
                    out.push_str(&format!("{indent}> {paragraph}\n"));
                }
            }
            Block::Points(points) => {
                if depth == 0 {
                    out.push('\n');
                }
                for point in points {
                    let number = point.number.as_ref().map(|number| format!("**{number}** ")).unwrap_or_default();
                    out.push_str(&format!("{indent}- {number}{}\n", point.text.plain()));
                    write(&point.inner, depth + 1, out);
                }
            }
            Block::Blank(word) => {
                out.push_str(&format!("\n{indent}________________________________________\n{indent}{word}\n"))
            }
        }
    }
}
