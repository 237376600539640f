//! Text to tree. Parsing never fails: it answers with a tree and a list of problems.

pub mod expression;
pub mod keyword;
mod line;
mod parse;
mod paste;
pub(crate) mod phrase;
mod purity;
mod source;
#[cfg(test)]
mod tests;
mod tree;

pub use line::{Line, LineKind, TableCell};
pub(crate) use parse::{
    ParseError, parse_calc, parse_condition, parse_set, parse_target, read_date, read_time, split_items, unquote,
};
pub use source::{SourceFile, Sources, Span};
pub use tree::{Bullet, KeyLine, Node, Tree, tree};
