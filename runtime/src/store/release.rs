//! What has to happen before a submission is released ("Freigabe").

use jiff::Timestamp;
use uuid::Uuid;

use super::NewOutboxRow;

/// What is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConditionKind {
    /// The sender confirms their e-mail address.
    Email,
    /// The fee is paid.
    Payment,
    /// Somebody else answers.
    SecondPerson,
}

/// How far a condition is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConditionState {
    /// Others come first.
    Ahead,
    /// It is waited for.
    Open,
    /// It has come about.
    Met,
    /// It has not, and its time is over.
    Over,
}

/// Until when something is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Times {
    /// When somebody is reminded, once.
    pub remind_at: Option<Timestamp>,
    /// When the time is over.
    pub due_at: Timestamp,
}

/// A condition that is stored with its submission.
#[derive(Debug, Clone)]
pub struct NewCondition {
    /// UUIDv7.
    pub id: Uuid,
    /// What is waited for.
    pub kind: ConditionKind,
    /// SHA-256 of the secret in the link.
    pub secret: [u8; 32],
    /// Whom it is about and what is asked, sealed.
    pub detail: Vec<u8>,
    /// It opens at once; without: when those before it are met.
    pub open: Option<Times>,
}

/// A condition as it is stored.
#[derive(Debug, Clone)]
pub struct Condition {
    /// UUIDv7.
    pub id: Uuid,
    /// The portal (its path).
    pub portal: String,
    /// The submission.
    pub submission: Uuid,
    /// What is waited for.
    pub kind: ConditionKind,
    /// Whom it is about and what is asked, sealed.
    pub detail: Vec<u8>,
    /// How far it is.
    pub state: ConditionState,
    /// When somebody is reminded; `None`: they have been, or nobody is.
    pub remind_at: Option<Timestamp>,
    /// When the time is over; `None`: others come first.
    pub due_at: Option<Timestamp>,
    /// When it was settled.
    pub settled_at: Option<Timestamp>,
}

/// The end of a condition, and what follows from it in the same transaction.
#[derive(Debug, Clone)]
pub struct Settlement {
    /// The condition.
    pub condition: Uuid,
    /// Its submission.
    pub submission: Uuid,
    /// `Met` or `Over`.
    pub end: ConditionState,
    /// The submission's revision that was looked at.
    pub revision: i64,
    /// The answers with those that were added, sealed.
    pub answers: Option<Vec<u8>>,
    /// Conditions that open now.
    pub opens: Vec<(Uuid, Times)>,
    /// Deliveries that are due whatever comes next.
    pub outbox: Vec<NewOutboxRow>,
    /// What happens to the submission.
    pub then: Then,
    /// Now.
    pub at: Timestamp,
}

/// What happens to a submission when a condition is settled.
#[derive(Debug, Clone)]
pub enum Then {
    /// It is released with these deliveries, unless others are still waited for.
    Release(Vec<NewOutboxRow>),
    /// It is never released; these people are told.
    Withdraw(Vec<NewOutboxRow>),
}

/// What has come of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settled {
    /// Others are still waited for.
    Waiting,
    /// The submission is released.
    Released,
    /// The submission is never released.
    Withdrawn,
    /// The condition was settled before; nothing has changed.
    Before,
}
