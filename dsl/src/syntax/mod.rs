//! Text to tree. Parsing never fails: it answers with a tree and a list of problems.

mod calculation;
pub mod expression;
pub mod keyword;
mod line;
mod parse;
mod paste;
pub(crate) mod phrase;
mod purity;
mod reserved;
mod source;
#[cfg(test)]
mod tests;
mod tree;

pub(crate) use calculation::{read_date, read_time};
pub(crate) use line::lines as lines_of;
pub use line::{Line, LineKind, TableCell};
pub(crate) use parse::{
    Form, ParseError, parse_calc, parse_condition, parse_set, parse_target, slips, split_items, unquote,
};
pub(crate) use paste::{ends as closes, partner as closing_mark};
pub use source::{SourceFile, Sources, Span};
pub use tree::{Bullet, KeyLine, Node, Tree, tree};
pub(crate) use tree::{REPEATABLE, depth, fits, keys, keys_under, tree_of_pieces};
