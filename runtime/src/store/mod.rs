//! What is kept: drafts, submissions, the outbox, published versions.
//!
//! One trait, [`Store`]; everything personal arrives here sealed (see [`crate::seal`]).

mod release;
mod sqlite;

use async_trait::async_trait;
use jiff::Timestamp;
use uuid::Uuid;

pub use release::{Condition, ConditionKind, ConditionState, NewCondition, Settled, Settlement, Then, Times};
pub use sqlite::SqliteStore;

/// What can go wrong in a store.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Somebody else wrote first: the draft has another revision now.
    #[error("the draft was changed elsewhere")]
    Conflict,
    /// This version of the procedure was published before, with another content.
    #[error("this version is already published with another content")]
    VersionTaken,
    /// The store cannot be written or read at the moment: full, locked, unreachable.
    #[error("the store is not available: {0}")]
    Unavailable(String),
    /// What is stored cannot be understood.
    #[error("the store holds something unexpected: {0}")]
    Corrupt(String),
}

/// A draft ("Entwurf"): answers of somebody who has not sent them yet.
#[derive(Debug, Clone)]
pub struct Draft {
    /// Identifies it inside; never shown, never authorises.
    pub id: Uuid,
    /// The portal it belongs to (its path).
    pub portal: String,
    /// SHA-256 of the visitor cookie's secret.
    pub visitor: [u8; 32],
    /// The procedure's path.
    pub procedure: String,
    /// The hash of the compiled procedure that it was made with.
    pub version: String,
    /// Grows with each write; 0 has not been written yet.
    pub revision: i64,
    /// Makes submitting idempotent: made with the draft.
    pub submit_token: Uuid,
    /// The answers, a JSON object, sealed.
    pub answers: Vec<u8>,
    /// When it was begun.
    pub created_at: Timestamp,
    /// When it was last written.
    pub changed_at: Timestamp,
    /// When it is deleted.
    pub expires_at: Timestamp,
}

/// A submission that is to be stored, with everything that belongs into the same transaction.
#[derive(Debug, Clone)]
pub struct NewSubmission {
    /// UUIDv7.
    pub id: Uuid,
    /// What people call it: see [`crate::reference`]. For display only. Where it is taken, the
    /// store draws another one: what counts is the reference of the [`Submission`] that comes back.
    pub reference: String,
    /// The portal (its path).
    pub portal: String,
    /// The procedure's path.
    pub procedure: String,
    /// The hash of the compiled procedure.
    pub version: String,
    /// Unique: the same token again gives the same submission.
    pub submit_token: Uuid,
    /// The language in which it was filled in (`de`, `en`).
    pub language: String,
    /// The responsible authority (its path).
    pub authority: String,
    /// The fees, JSON: `[{"name","cents","per","payment"}]`.
    pub fees: String,
    /// The answers, a JSON object, sealed.
    pub answers: Vec<u8>,
    /// SHA-256 of the secret with which the citizen sees the confirmation again.
    pub secret: [u8; 32],
    /// "heute" and "jetzt".
    pub submitted_at: Timestamp,
    /// The draft that it comes from; it is deleted in the same transaction.
    pub draft: Option<Uuid>,
    /// Ids of the uploads that belong to it.
    pub uploads: Vec<Uuid>,
    /// What has to happen before it is released; nothing: it is released at once.
    pub conditions: Vec<NewCondition>,
    /// Deliveries that are due.
    pub outbox: Vec<NewOutboxRow>,
}

/// A submission as it is stored.
#[derive(Debug, Clone)]
pub struct Submission {
    /// UUIDv7.
    pub id: Uuid,
    /// What people call it.
    pub reference: String,
    /// The portal (its path).
    pub portal: String,
    /// The procedure's path.
    pub procedure: String,
    /// The hash of the compiled procedure.
    pub version: String,
    /// The language in which it was filled in.
    pub language: String,
    /// The responsible authority (its path).
    pub authority: String,
    /// The fees, JSON.
    pub fees: String,
    /// The answers, sealed.
    pub answers: Vec<u8>,
    /// SHA-256 of the citizen's secret.
    pub secret: [u8; 32],
    /// `submitted`, `released`, `handed_over`, `received`, `withdrawn`, …: an open list.
    pub state: String,
    /// When it was sent.
    pub submitted_at: Timestamp,
    /// When nothing was waited for any more.
    pub released_at: Option<Timestamp>,
    /// Grows with each condition that is settled.
    pub revision: i64,
}

/// What a delivery is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeliveryKind {
    /// To the responsible authority.
    Authority,
    /// A confirmation to the citizen.
    Citizen,
    /// The link of a [`Condition`], to whoever has to do something.
    Link,
    /// The same once more.
    Reminder,
    /// To the citizen: what was waited for has come, or its time is over; the authority has it now.
    Released,
    /// To the citizen: it did not come in time; the authority never gets it.
    Withdrawn,
}

/// A delivery that is to be made.
#[derive(Debug, Clone)]
pub struct NewOutboxRow {
    /// What it is for.
    pub kind: DeliveryKind,
    /// A snapshot of the destination, JSON of [`crate::deliver::Destination`], sealed for citizens.
    pub destination: Vec<u8>,
    /// Stays the same over all attempts.
    pub message_id: String,
}

/// A delivery that a worker has leased.
#[derive(Debug, Clone)]
pub struct OutboxRow {
    /// Its number.
    pub id: i64,
    /// The submission.
    pub submission: Uuid,
    /// What it is for.
    pub kind: DeliveryKind,
    /// A snapshot of the destination.
    pub destination: Vec<u8>,
    /// Stays the same over all attempts.
    pub message_id: String,
    /// How often it was tried, this attempt included.
    pub attempt: u32,
    /// Proves that the lease is still ours.
    pub fence: i64,
    /// When it was put into the outbox.
    pub created_at: Timestamp,
}

/// What became of an attempt.
#[derive(Debug, Clone)]
pub enum Attempt {
    /// Handed over.
    Delivered,
    /// To be tried again then.
    Retry {
        /// When.
        at: Timestamp,
        /// Why, without personal data.
        reason: String,
    },
    /// Not tried, because others for the same destination are under way or have just failed.
    Postponed {
        /// When to look again.
        at: Timestamp,
        /// Why, without personal data.
        reason: String,
    },
    /// Failed for good: somebody has to look at it.
    Parked {
        /// Why, without personal data.
        reason: String,
    },
    /// In author mode: it lies in the local outbox and leaves the machine never.
    Kept {
        /// The message as it would have been sent, sealed.
        message: Vec<u8>,
    },
}

/// A row of the outbox as the operator sees it.
#[derive(Debug, Clone)]
pub struct OutboxEntry {
    /// The row.
    pub row: OutboxRow,
    /// `pending`, `leased`, `delivered`, `parked` or `kept`.
    pub state: String,
    /// The reference of the submission.
    pub reference: String,
    /// When it is due next.
    pub due_at: Timestamp,
    /// What the last attempt said.
    pub reason: Option<String>,
    /// The message that was kept in author mode, sealed.
    pub message: Option<Vec<u8>>,
}

/// An uploaded file; its bytes lie in the file store under its id.
#[derive(Debug, Clone)]
pub struct Upload {
    /// Also the id in the answer.
    pub id: Uuid,
    /// The draft it belongs to.
    pub draft: Uuid,
    /// Bytes.
    pub size: u64,
    /// When it came.
    pub created_at: Timestamp,
}

/// A published version of a procedure.
#[derive(Debug, Clone)]
pub struct PublishedVersion {
    /// The procedure's path.
    pub procedure: String,
    /// The number of the version.
    pub version: u32,
    /// The hash of the compiled form.
    pub hash: String,
    /// The compiled form, canonical JSON.
    pub compiled: Vec<u8>,
    /// The texts it was made from: path and text, JSON object.
    pub sources: String,
    /// When it was published.
    pub published_at: Timestamp,
}

/// Where everything is kept. Every method is one transaction.
#[async_trait]
pub trait Store: Send + Sync + 'static {
    /// The visitor's draft of a procedure.
    async fn draft(&self, portal: &str, visitor: &[u8; 32], procedure: &str) -> Result<Option<Draft>, StoreError>;
    /// All drafts of a visitor, newest first.
    async fn drafts(&self, portal: &str, visitor: &[u8; 32]) -> Result<Vec<Draft>, StoreError>;
    /// Writes a draft; its `revision` is the one that was read, the answer is the new one.
    /// [`StoreError::Conflict`] where somebody else wrote, sent or discarded it in the meantime.
    async fn save_draft(&self, draft: &Draft) -> Result<i64, StoreError>;
    /// Deletes a draft and what was uploaded for it.
    async fn discard_draft(&self, id: Uuid) -> Result<(), StoreError>;
    /// Deletes the drafts that have expired; answers with how many.
    async fn sweep_drafts(&self, now: Timestamp) -> Result<u64, StoreError>;
    /// Stores a submission with its outbox rows, durable when this returns. The same
    /// `submit_token` again changes nothing and answers with the first one.
    async fn submit(&self, submission: NewSubmission) -> Result<Submission, StoreError>;
    /// A submission by its reference.
    async fn submission(&self, portal: &str, reference: &str) -> Result<Option<Submission>, StoreError>;
    /// A submission by the token of the draft that it came from.
    async fn submission_by_token(&self, submit_token: Uuid) -> Result<Option<Submission>, StoreError>;
    /// A submission by its id.
    async fn submission_by_id(&self, id: Uuid) -> Result<Option<Submission>, StoreError>;
    /// What a submission waits or has waited for, in its order.
    async fn conditions(&self, submission: Uuid) -> Result<Vec<Condition>, StoreError>;
    /// A condition by the hash of the secret in its link.
    async fn condition_by_secret(&self, portal: &str, secret: &[u8; 32]) -> Result<Option<Condition>, StoreError>;
    /// Open conditions that somebody is to be reminded of, or whose time is over.
    async fn conditions_due(&self, now: Timestamp, limit: u32) -> Result<Vec<Condition>, StoreError>;
    /// Settles a condition and does what follows. [`StoreError::Conflict`]: another one was
    /// settled since the submission was read; look again.
    async fn settle(&self, settlement: Settlement) -> Result<Settled, StoreError>;
    /// Notes that somebody is reminded, with the mails that do it; `false`: they were before.
    async fn remind(
        &self,
        condition: &Condition,
        outbox: Vec<NewOutboxRow>,
        now: Timestamp,
    ) -> Result<bool, StoreError>;
    /// Notes an upload; its bytes are already on the disk. [`StoreError::Conflict`] where its
    /// draft is no longer there.
    async fn add_upload(&self, upload: &Upload) -> Result<(), StoreError>;
    /// The uploads of a draft.
    async fn uploads(&self, draft: Uuid) -> Result<Vec<Upload>, StoreError>;
    /// The uploads of a submission.
    async fn submission_uploads(&self, submission: Uuid) -> Result<Vec<Upload>, StoreError>;
    /// Whether an upload is noted; the bytes of one that is not are swept.
    async fn has_upload(&self, id: Uuid) -> Result<bool, StoreError>;
    /// Forgets an upload.
    async fn remove_upload(&self, draft: Uuid, id: Uuid) -> Result<(), StoreError>;
    /// Leases deliveries that are due, at most `limit`, until `until`.
    async fn lease(&self, now: Timestamp, until: Timestamp, limit: u32) -> Result<Vec<OutboxRow>, StoreError>;
    /// Takes back the leases that no worker can hold any more: where one process owns the store,
    /// all of them, when it starts. Answers with how many.
    async fn reclaim(&self, now: Timestamp) -> Result<u64, StoreError>;
    /// Notes what became of an attempt; changes nothing and answers `false` when the lease was lost.
    async fn finish(&self, row: &OutboxRow, attempt: Attempt, now: Timestamp) -> Result<bool, StoreError>;
    /// Makes a parked delivery due again.
    async fn release(&self, id: i64, now: Timestamp) -> Result<bool, StoreError>;
    /// The outbox, newest first, optionally of one state.
    async fn outbox(&self, state: Option<&str>, limit: u32) -> Result<Vec<OutboxEntry>, StoreError>;
    /// A row of the outbox.
    async fn outbox_entry(&self, id: i64) -> Result<Option<OutboxEntry>, StoreError>;
    /// Publishes a version; again with the same hash changes nothing, with another one it is
    /// [`StoreError::VersionTaken`].
    async fn publish(&self, version: &PublishedVersion) -> Result<(), StoreError>;
    /// Puts a published version with another last day in the place of the one with the hash
    /// `before`, whose compiled form stays for its drafts. [`StoreError::VersionTaken`] where
    /// that is not the one that is published.
    async fn republish(&self, version: &PublishedVersion, before: &str) -> Result<(), StoreError>;
    /// Keeps the compiled form that a draft of an author's text was made with.
    async fn keep_compiled(&self, hash: &str, compiled: &[u8]) -> Result<(), StoreError>;
    /// The compiled form by its hash.
    async fn compiled(&self, hash: &str) -> Result<Option<Vec<u8>>, StoreError>;
    /// All published versions, without sources.
    async fn published(&self) -> Result<Vec<PublishedVersion>, StoreError>;
    /// Whether the store answers.
    async fn ping(&self) -> Result<(), StoreError>;
}
