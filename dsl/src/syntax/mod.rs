//! Text to tree. Parsing never fails: it answers with a tree and a list of problems.

pub mod expression;
pub mod keyword;
mod line;
mod parse;
pub(crate) mod phrase;
mod purity;
mod source;
mod tree;

pub use line::{Line, LineKind, TableCell};
pub use parse::{ParseError, Parser, Rule, parse_calc, parse_condition, parse_set, parse_target, split_items, unquote};
pub(crate) use parse::{read_date, read_time};
pub use source::{SourceFile, Sources, Span};
pub use tree::{Bullet, KeyLine, Node, Tree, tree};
