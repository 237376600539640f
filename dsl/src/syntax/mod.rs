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
    Form, ParseError, Rule, parse_calc, parse_condition, parse_set, parse_target, slips, split_items, start as pairs,
    unquote,
};
pub use paste::Cleaned;
pub(crate) use paste::{ends as closes, partner as closing_mark};
pub(crate) use purity::{expected_words, heading_words, option_words, value_words};
pub use source::{SourceFile, Sources, Span};
pub use tree::{Bullet, KeyLine, Node, Tree, tree};
pub(crate) use tree::{
    REPEATABLE, depth, depth as depth_of, fits, keys, keys_under, proper, says_required, takes_options, takes_table,
    tree_of_pieces,
};
