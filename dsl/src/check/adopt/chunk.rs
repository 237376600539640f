//! A file cut at its headings: each with its lines, and what each line is.

use crate::syntax::keyword::{Heading, Key};
use crate::syntax::{LineKind, Node, Span, lines_of};

/// A heading with the lines up to the next one.
#[derive(Debug, Clone)]
pub(super) struct Chunk<'t> {
    pub node: &'t Node,
    /// The section in which it stands.
    pub section: Option<&'t Node>,
    pub lines: Vec<ChunkLine>,
}

/// A line of a chunk.
#[derive(Debug, Clone)]
pub(super) struct ChunkLine {
    pub what: What,
    /// Without the line end.
    pub span: Span,
}

/// What a line of a chunk is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    /// The heading itself.
    Heading,
    /// A key line, or a text line that continues it.
    Key(Key),
    /// An answer of an example.
    Answer,
    /// A list line.
    Bullet,
    /// A line of a table.
    Row,
    /// A text line that continues the heading's own text.
    Text,
    /// A blank line or a comment.
    Other,
}

/// Cuts the file of `root` at its headings. The first chunk is that of the file's heading.
pub(super) fn chunks<'t>(root: &'t Node, text: &str) -> Vec<Chunk<'t>> {
    let mut nodes = vec![(root, None)];
    for child in &root.children {
        nodes.push((child, None));
        let section = matches!(child.heading, Heading::Section | Heading::Adds).then_some(child);
        nodes.extend(child.children.iter().map(|inner| (inner, section)));
    }
    nodes.sort_by_key(|(node, _)| node.span.start);
    let mut all: Vec<Chunk<'t>> = Vec::new();
    let mut next = nodes.into_iter().peekable();
    let mut last = What::Other;
    for line in lines_of(text) {
        if let Some((node, section)) = next.next_if(|(node, _)| node.span.start <= line.span.end) {
            all.push(Chunk { node, section, lines: vec![ChunkLine { what: What::Heading, span: line.span }] });
            last = What::Heading;
            continue;
        }
        let Some(chunk) = all.last_mut() else { continue };
        let what = match &line.kind {
            LineKind::Blank => What::Other,
            LineKind::Key { key_span, .. } => {
                let found = chunk.node.keys.iter().find(|known| known.key_span == *key_span);
                found.map_or(What::Other, |known| known.key.map_or(What::Answer, What::Key))
            }
            LineKind::Bullet(..) => What::Bullet,
            LineKind::Table(_) => What::Row,
            LineKind::Text(..) if matches!(last, What::Key(_)) => last,
            LineKind::Text(..) => What::Text,
            LineKind::Other(..) | LineKind::Unclosed(_) => What::Other,
        };
        if what != What::Other {
            last = what;
        }
        chunk.lines.push(ChunkLine { what, span: line.span });
    }
    all
}
