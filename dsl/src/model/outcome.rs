//! What comes of answers: rules, fees, authorities, end pages, examples.

use super::procedure::Message;
use super::{Calc, Condition, Ref, RichText, Table, Text};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A rule of the whole procedure ("Regel").
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Rule {
    /// Its name.
    pub name: String,
    /// When it applies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub condition: Option<Condition>,
    /// What must hold. A [`Condition::Every`] puts the message at each entry that breaks it,
    /// a [`Condition::Distinct`] at the later of two equal ones.
    pub holds: Condition,
    /// The question or repeat at which the message stands ("bei").
    pub at: Ref,
    /// What is said otherwise.
    pub message: Message,
}

/// A fee ("Gebühr").
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Fee {
    /// Its name.
    pub name: String,
    /// Its title; absent only where the fee is always 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Text>,
    /// When it is charged at all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub condition: Option<Condition>,
    /// The amount in cents: a table; a fee on one line has no columns and `otherwise` only.
    pub amount: Table<Calc>,
    /// "je: bäume": the table is evaluated for each entry and added up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub for_each: Option<Ref>,
    /// The period of the amount: `Jahr` in "€ je Jahr".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub per: Option<super::TimeUnit>,
    /// When it is paid ("Zahlung").
    pub payment: FeePayment,
}

/// When a fee is paid ("Zahlung").
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FeePayment {
    /// "nach Bescheid": the authority sends a notice.
    AfterNotice,
    /// "vor dem Absenden".
    BeforeSending,
}

/// Who or what a case comes to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Responsible {
    /// An authority ("Stelle") by its path.
    Authority(String),
    /// An end page by its name.
    EndPage(String),
    /// "hundesteuer für wohnung.gemeinde": the one authority with that task there.
    Task {
        /// The task ("Aufgabe").
        task: String,
        /// The answer that holds the municipality.
        place: Ref,
        /// The authority for each official key or its beginning; the longest one that fits counts.
        authorities: Arc<BTreeMap<String, String>>,
    },
}

/// A page that ends a procedure without a submission ("Endseite").
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct EndPage {
    /// Its name.
    pub name: String,
    /// The heading.
    pub title: Text,
    /// The text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<RichText>,
    /// When it stops the citizen, and the key of the section after which it does;
    /// absent: it is reached from the responsibility table only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stops: Option<(Condition, String)>,
}

/// An example ("Beispiel"): answers with every gap filled, and the day on which it is tried.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Example {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: Text,
    /// "heute" and "jetzt" in this example.
    pub at: jiff::civil::DateTime,
    /// The whole answers, as a citizen would have sent them.
    #[schemars(with = "serde_json::Map<String, serde_json::Value>")]
    pub answers: serde_json::Map<String, serde_json::Value>,
}
