use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::{Calc, Condition, Set, Text};

/// What can be chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Choices {
    /// The options of the question itself.
    Options(Vec<Choice>),
    /// Values of a code list of the procedure.
    List {
        /// Its name in [`crate::model::Procedure::lists`].
        name: String,
        /// Only these keys; `None`: all.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        only: Option<Set>,
    },
}

/// An option of a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Choice {
    /// The key that is stored and sent.
    pub key: String,
    /// What is shown.
    pub label: Text,
    /// A hint below the option.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<Text>,
    /// "schließt andere aus": "none of these".
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub excludes_others: bool,
    /// "nur wenn": whether it is offered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub condition: Option<Condition>,
}

/// Limits on the length of a text, in characters (Unicode code points after NFC).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LengthLimits {
    /// The least length.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<u32>,
    /// The greatest length.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<u32>,
}

/// Unit and limits of a number.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct NumberLimits {
    /// The unit as it is shown ("cm", "Stunden je Woche"); of money: the period ("je Jahr").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// The least number (money: cents).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<Decimal>,
    /// The greatest number (money: cents).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<Decimal>,
}

/// Limits of a date, both included; the calculations hold constants and today only.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DateLimits {
    /// The first day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Calc>,
    /// The last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Calc>,
}

/// Limits of files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FileLimits {
    /// The kinds that are taken.
    pub kinds: Vec<FileKind>,
    /// The greatest size of one file, in bytes.
    pub max_size: u64,
    /// The least number of files.
    pub min_count: u32,
    /// The greatest number of files; above 1 the answer is an array.
    pub max_count: u32,
}

/// A kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FileKind {
    /// PDF
    Pdf,
    /// JPEG
    Jpeg,
    /// PNG
    Png,
}
