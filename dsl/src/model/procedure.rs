use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::list::CodeList;
use super::outcome::{EndPage, Example, Fee, Responsible, Rule};
use super::{Calc, Condition, Kind, Language, RichText, SecondPerson, Table, Text, Window};

/// A compiled procedure ("Verfahren"), one version of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Procedure {
    /// The format of this document; an engine loads every format that was ever released.
    pub format: u32,
    /// Folder and name: `stadt/norderstedt/bewohnerparken`.
    pub path: String,
    /// Whether it is an application, a report or a topic.
    pub kind: ProcedureKind,
    /// The number of the version ("Fassung").
    pub version: u32,
    /// The first day on which new drafts get this version.
    pub valid_from: Date,
    /// The first day on which they no longer do; the text names the last day that is included.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<Date>,
    /// The language of the texts in the file itself.
    pub language: Language,
    /// The title.
    pub title: Text,
    /// The key in the catalogue of services ("Leistungsschlüssel", LeiKa), 14 digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<String>,
    /// The key of a tile of the portal ("Kategorie").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// The level of trust that is needed ("Zugang").
    pub access: Access,
    /// When it is open ("Offen"); absent: always.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub open: Option<Window>,
    /// The introduction on the start page ("Text").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub introduction: Option<RichText>,
    /// The legal basis ("Rechtsgrundlage").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub legal_basis: Option<RichText>,
    /// The deadline ("Frist"); absent: there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deadline: Option<RichText>,
    /// How long the authority keeps it ("Aufbewahrung").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retention: Option<Retention>,
    /// What happens next ("Wie es weitergeht").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub what_happens_next: Option<RichText>,
    /// Words that citizens search with ("Suchwörter").
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub search_words: Vec<String>,
    /// The pages in the order of the text.
    pub sections: Vec<Arc<Section>>,
    /// Named constants ("Wert"), for texts; in calculations they are already put in.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub constants: Vec<Constant>,
    /// Computed values, each after those that it uses.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub computed: Vec<Arc<Computed>>,
    /// Rules of the whole procedure.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<Arc<Rule>>,
    /// Fees; none: nothing is charged.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fees: Vec<Arc<Fee>>,
    /// End pages.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub end_pages: Vec<Arc<EndPage>>,
    /// Who is responsible ("Zuständigkeit"); absent only for a topic.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub responsibility: Option<Arc<Table<Responsible>>>,
    /// Code lists by the name that kinds use.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub lists: BTreeMap<String, Arc<CodeList>>,
    /// How drafts of earlier versions go on ("Übergang").
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub transitions: Vec<super::Transition>,
    /// Examples ("Beispiele"); the compiler has run them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub examples: Vec<Example>,
}

/// What a procedure is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ProcedureKind {
    /// "Antrag": somebody wants something from an authority.
    Application,
    /// "Meldung": somebody tells an authority something.
    Report,
    /// "Information": a topic to read.
    Topic,
}

/// The level of trust that a procedure asks for ("Zugang").
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Access {
    /// "keine"
    #[default]
    None,
    /// "E-Mail"
    Email,
    /// "Konto"
    Account,
    /// "Online-Ausweis"
    Eid,
}

/// How long an authority keeps a submission ("Aufbewahrung").
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Retention {
    /// How many.
    pub amount: u32,
    /// Of which unit.
    pub unit: super::TimeUnit,
    /// From when.
    pub from: RetentionFrom,
}

/// From when a retention period runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RetentionFrom {
    /// "nach Erledigung"
    Completion,
    /// "nach Eingang"
    Receipt,
    /// "nach Ende des Jahres"
    EndOfYear,
    /// "nach wahltag": a constant.
    Day(Date),
}

/// A page of questions ("Abschnitt").
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Section {
    /// The JSON key of a repeated section, and the last part of every section's address.
    pub key: String,
    /// The heading.
    pub title: Text,
    /// The introduction ("Text").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub introduction: Option<RichText>,
    /// When it is asked ("nur wenn").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub condition: Option<Condition>,
    /// Whether it is a list of entries ("wiederholt").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repeat: Option<Repeat>,
    /// "Seite: je Frage": every question on a page of its own.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub page_per_question: bool,
    /// Questions and paragraphs in order.
    pub items: Vec<Item>,
}

/// "wiederholt: 1 bis 5 mal, je "Hund"".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Repeat {
    /// The least number of entries.
    pub min: u32,
    /// The greatest number of entries.
    pub max: u32,
    /// What one entry is called.
    pub each: Text,
}

/// What stands on a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Item {
    /// A question.
    Question(Box<Question>),
    /// A text between questions.
    Paragraph(Paragraph),
}

/// A text between questions ("Zwischentext").
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Paragraph {
    /// Its name, for translations.
    pub key: String,
    /// The text.
    pub text: RichText,
    /// When it is shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub condition: Option<Condition>,
}

/// A question ("Frage").
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Question {
    /// The JSON key of its answer.
    pub key: String,
    /// The question itself.
    pub label: Text,
    /// A hint ("Hinweis").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<RichText>,
    /// The kind of answer ("Art").
    pub kind: Kind,
    /// "freiwillig": may be left empty.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub optional: bool,
    /// "nachreichbar": until when a file may follow.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub may_follow: Option<Calc>,
    /// When it is asked ("nur wenn").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub condition: Option<Condition>,
    /// Rules at the question ("Es muss gelten").
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<QuestionRule>,
    /// A question whose kind is a building block may be repeated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repeat: Option<Repeat>,
    /// Whom the answer is about ("betrifft"): decides on autocompletion.
    pub subject: Subject,
    /// "erscheint: auf derselben Seite".
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub same_page: bool,
    /// "beantwortet von": somebody else answers it, after the first person has sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answered_by: Option<SecondPerson>,
}

impl Question {
    /// Whether the answer may be missing where the question is asked: it is optional, a file
    /// that may follow, or an answer that somebody else gives later.
    #[must_use]
    pub fn may_be_absent(&self) -> bool {
        self.optional || self.may_follow.is_some() || self.answered_by.is_some()
    }
}

/// Whom an answer is about ("betrifft").
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// The person who fills in the form.
    Applicant,
    /// Another person, or nobody.
    Other,
}

/// A rule at a question; in a repeat it is checked for each entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct QuestionRule {
    /// What must hold; checked only where the question is answered.
    pub holds: Condition,
    /// What is said otherwise.
    pub message: Message,
}

/// What a rule says to the person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Message {
    /// The text.
    pub text: Text,
    /// "sonst Warnung": is shown and lets through.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub warning: bool,
}

/// A named constant ("Wert").
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Constant {
    /// The name as `{name}` in texts uses it.
    pub name: String,
    /// Its value.
    pub value: Calc,
    /// How it is shown: the unit behind the number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
}

/// A computed value ("Berechnet").
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Computed {
    /// Its name.
    pub name: String,
    /// When it has a value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub condition: Option<Condition>,
    /// How it is computed.
    pub value: ComputedValue,
    /// How it is shown: the unit behind the number (`€`, `Stunden je Jahr`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
}

/// How a computed value comes about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ComputedValue {
    /// `Berechnet x = …` with a calculation.
    Calc(Calc),
    /// `Berechnet x = …` with a condition: yes or no.
    Condition(Condition),
    /// A table.
    Table(Table<Calc>),
}
