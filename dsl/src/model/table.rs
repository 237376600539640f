use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Calc, Set};

/// A decision table: rows that exclude each other and together cover every case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Table<T> {
    /// What is looked at, left of `||`.
    pub columns: Vec<Column>,
    /// The rows, in the order of the text.
    pub rows: Vec<Row<T>>,
    /// The last row "sonst".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub otherwise: Option<T>,
}

/// A column of a [`Table`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Column {
    /// The head as the author wrote it, with German words of the language: the same in both keyword languages.
    pub head: String,
    /// What the head names.
    pub what: Calc,
}

/// A row of a [`Table`]: a set for each column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Row<T> {
    /// One cell for each column.
    pub cells: Vec<Set>,
    /// Right of `||`.
    pub then: T,
}
