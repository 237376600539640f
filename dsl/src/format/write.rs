//! Lines to text: tables in columns, comments of neighbours in one.

use unicode_width::UnicodeWidthStr as _;

/// Blanks before a comment behind something.
const BEFORE_COMMENT: usize = 3;
/// Comments of neighbouring lines stand in one column, unless a line is longer than this.
const COMMENT_COLUMN: usize = 72;

/// A line as it is to be written.
pub(super) struct Out {
    pub indent: usize,
    pub content: Content,
    pub comment: Option<String>,
}

pub(super) enum Content {
    /// Nothing, or a comment alone.
    Nothing,
    /// To the letter; a line of a table stays in it.
    Raw {
        text: String,
        table: bool,
    },
    Line(String),
    /// A line of a table: whether `||` stands before a cell, and the cell.
    Row(Vec<(bool, String)>),
}

impl Out {
    pub fn is_blank(&self) -> bool {
        matches!(self.content, Content::Nothing) && self.comment.is_none()
    }

    /// Whether it is a comment and nothing else.
    pub fn is_comment(&self) -> bool {
        matches!(self.content, Content::Nothing) && self.comment.is_some()
    }

    /// How many blanks stand before it.
    pub fn begins(&self) -> usize {
        match &self.content {
            Content::Raw { text, .. } => text.chars().take_while(|c| c.is_whitespace()).count(),
            _ => self.indent,
        }
    }
}

pub(super) fn write(out: &[Out]) -> String {
    let texts = texts(out);
    let columns = comment_columns(out, &texts);
    let mut written = String::new();
    for ((line, text), column) in out.iter().zip(&texts).zip(columns) {
        written.push_str(text);
        if let Some(comment) = &line.comment {
            let blanks = if line.is_comment() { line.indent } else { column.saturating_sub(text.width()) };
            written.extend(std::iter::repeat_n(' ', blanks));
            written.push_str(comment);
        }
        written.push('\n');
    }
    written
}

/// The lines without their comments; a table is all lines with nothing but comments between them.
fn texts(out: &[Out]) -> Vec<String> {
    let mut texts = Vec::with_capacity(out.len());
    let mut widths: Vec<usize> = Vec::new();
    for (index, line) in out.iter().enumerate() {
        texts.push(match &line.content {
            Content::Nothing => String::new(),
            Content::Raw { text, table } => {
                if !table {
                    widths.clear();
                }
                text.clone()
            }
            Content::Line(text) => {
                widths.clear();
                format!("{}{text}", " ".repeat(line.indent))
            }
            Content::Row(cells) => {
                if widths.is_empty() {
                    widths = column_widths(&out[index..]);
                }
                row(line.indent, cells, &widths)
            }
        });
    }
    texts
}

fn row(indent: usize, cells: &[(bool, String)], widths: &[usize]) -> String {
    let mut text = " ".repeat(indent);
    for ((result, cell), width) in cells.iter().zip(widths) {
        text.push_str(if *result { "|| " } else { "| " });
        text.push_str(cell);
        text.extend(std::iter::repeat_n(' ', width.saturating_sub(cell.width()) + 1));
    }
    text.push('|');
    text
}

fn column_widths(out: &[Out]) -> Vec<usize> {
    let mut widths: Vec<usize> = Vec::new();
    for line in out {
        match &line.content {
            Content::Nothing | Content::Raw { table: true, .. } => {}
            Content::Row(cells) => {
                widths.resize(widths.len().max(cells.len()), 1);
                for (width, (_, cell)) in widths.iter_mut().zip(cells) {
                    *width = (*width).max(cell.width());
                }
            }
            Content::Raw { .. } | Content::Line(_) => break,
        }
    }
    widths
}

/// The column of each line's comment: one for neighbours.
fn comment_columns(out: &[Out], texts: &[String]) -> Vec<usize> {
    let behind = |line: &Out| line.comment.is_some() && !line.is_comment();
    let widths: Vec<usize> = texts.iter().map(|text| text.width()).collect();
    let mut columns: Vec<usize> = widths.iter().map(|width| width + BEFORE_COMMENT).collect();
    let mut from = 0;
    while from < out.len() {
        let group = from..from + out[from..].iter().take_while(|line| behind(line)).count();
        let short = |width: &usize| *width <= COMMENT_COLUMN;
        let widest = widths[group.clone()].iter().copied().filter(short).max().unwrap_or(0);
        for at in group.clone().filter(|at| short(&widths[*at])) {
            columns[at] = widest + BEFORE_COMMENT;
        }
        from += group.len().max(1);
    }
    columns
}
