//! Code lists ("Liste").

use super::Text;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A code list ("Liste") as this procedure uses it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CodeList {
    /// Its title.
    pub title: Text,
    /// Where the values come from ("Quelle").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The values in their order.
    pub values: Vec<CodeValue>,
}

/// A value of a code list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CodeValue {
    /// The key that is stored and sent ("Schlüssel").
    pub key: String,
    /// What is shown ("Bezeichnung").
    pub label: Text,
    /// Further columns.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub facts: BTreeMap<String, Fact>,
    /// The first day on which it may be chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<Date>,
    /// The last day on which it may be chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<Date>,
}

/// A fact about a value of a code list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// Yes or no.
    Bool(bool),
    /// A number; money in cents.
    Number(rust_decimal::Decimal),
    /// A text.
    Text(String),
}
