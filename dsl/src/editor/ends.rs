//! Where blocks of a file end.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::check::thing::Thing;
use crate::syntax::Node;

/// Where the headings of a file begin, and where the lines of each end.
pub(super) struct Ends(BTreeMap<usize, usize>);

impl Ends {
    /// Of a file with what it describes.
    pub fn of(text: &str, things: &[Arc<Thing>]) -> Self {
        let mut starts = Vec::new();
        let mut open: Vec<&Node> = things.iter().map(|thing| &*thing.node).collect();
        while let Some(node) = open.pop() {
            starts.push(node.span.start);
            open.extend(&node.children);
        }
        starts.sort_unstable();
        starts.dedup();
        let mut ends = BTreeMap::new();
        for (index, start) in starts.iter().enumerate() {
            let next = starts.get(index + 1).copied().unwrap_or(text.len());
            let lines = text.get(*start..next).unwrap_or("");
            let last = lines
                .split_inclusive('\n')
                .scan(0, |at, line| {
                    *at += line.len();
                    Some((*at, line))
                })
                .filter(|(_, line)| !matches!(line.trim_start().chars().next(), None | Some('#')))
                .last();
            let end = last.map_or(lines.len(), |(at, line)| at - line.len() + line.trim_end().len());
            ends.insert(*start, start + end);
        }
        Self(ends)
    }

    /// Where the lines of a node end, those of the blocks inside included.
    pub fn end_of(&self, node: &Node) -> usize {
        let own = self.0.get(&node.span.start).copied().unwrap_or(node.span.end);
        node.children.iter().map(|child| self.end_of(child)).max().unwrap_or(0).max(own)
    }
}
