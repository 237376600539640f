//! How drafts of an earlier version go on in a later one ("Übergang").

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Set;

/// The way of an answer without the numbers of entries: `["hunde", "chip"]`.
pub type AnswerPath = Vec<String>;

/// What becomes of the answers of an earlier version ("Übergang von Fassung 3").
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Transition {
    /// The earlier version.
    pub from: u32,
    /// What happens to which answer; those that are not named stay where they are.
    pub steps: Vec<TransitionStep>,
}

/// What becomes of one answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TransitionStep {
    /// "umbenannt: a wird b[, sonst neu fragen]"
    Renamed {
        /// Where it was.
        from: AnswerPath,
        /// Where it is.
        to: AnswerPath,
        /// What no longer fits is asked again.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        otherwise_ask: bool,
    },
    /// "entfällt: a"
    Dropped {
        /// Where it was.
        path: AnswerPath,
    },
    /// "neu gefragt: a"
    AskedAnew {
        /// The question.
        path: AnswerPath,
    },
    /// "neu: a = wert"
    New {
        /// The question.
        path: AnswerPath,
        /// What is entered for it.
        #[schemars(with = "serde_json::Value")]
        value: serde_json::Value,
    },
    /// "umgewandelt: a wird b" with a table.
    Converted {
        /// Where it was.
        from: AnswerPath,
        /// Where it is.
        to: AnswerPath,
        /// What each old answer becomes; nothing: it is asked again.
        rows: Vec<Conversion>,
    },
}

/// A row of the table below "umgewandelt".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Conversion {
    /// The old answers.
    pub when: Set,
    /// The new one; absent: "neu fragen".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<serde_json::Value>")]
    pub then: Option<serde_json::Value>,
}
