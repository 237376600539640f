//! Answers that somebody else gives ("beantwortet von").

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Ref, TimeUnit};

/// Who answers a question after the first person has sent, and what comes of it.
///
/// Questions of one entry with equal values are answered together, on one page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SecondPerson {
    /// The question that asks for their e-mail address.
    pub by: Ref,
    /// The answers that they are shown ("sieht"); they see nothing else.
    pub sees: Vec<Ref>,
    /// How long they have ("wartet").
    pub waits: Waiting,
}

/// How long somebody is waited for ("wartet").
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Waiting {
    /// How many.
    pub amount: u32,
    /// Of which unit.
    pub unit: TimeUnit,
    /// What happens then.
    pub then: Unanswered,
}

/// What happens when an answer does not come in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Unanswered {
    /// "danach ohne diese Antwort weiter"
    GoOn,
    /// "danach nicht gesendet"
    NotSent,
}
