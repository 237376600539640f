//! The store in one file of SQLite: WAL, a full sync with every commit, one writer with group
//! commit, readers beside it.

mod draft;
mod outbox;
mod readers;
mod release;
mod row;
mod submission;
mod upload;
mod version;
mod writer;

use std::path::Path;
use std::time::Duration;

use async_trait::async_trait;
use jiff::Timestamp;
use rusqlite::Connection;
use rusqlite_migration::{M, Migrations};
use uuid::Uuid;

use super::{
    Attempt, Condition, Draft, NewOutboxRow, NewSubmission, OutboxEntry, OutboxRow, PublishedVersion, Settled,
    Settlement, Store, StoreError, Submission, Upload,
};
use readers::Readers;
use writer::Writer;

/// In their order; one that has shipped is never changed.
const STEPS: &[M<'_>] = &[
    M::up(include_str!("../../../migrations/sqlite/0001_start.sql")),
    M::up(include_str!("../../../migrations/sqlite/0002_release.sql")),
];
const MIGRATIONS: Migrations<'_> = Migrations::from_slice(STEPS);

/// How long somebody waits where another process holds the file.
const BUSY: Duration = Duration::from_secs(3);
/// Statements that a connection keeps ready: more than there are.
const STATEMENTS: usize = 64;

/// A [`Store`] in a file.
pub struct SqliteStore {
    writer: Writer,
    readers: Readers,
}

impl SqliteStore {
    /// Opens the file, makes it where it is not there, and brings its tables up to date.
    ///
    /// # Errors
    /// When the file cannot be opened, is not one of ours, or was written by a newer Amtsweg.
    pub fn open(file: &Path) -> Result<Self, StoreError> {
        Self::open_limited(file, u32::MAX - 1)
    }

    /// As [`Self::open`], with a limit on the size of the file: pages of 4,096 bytes. Beyond it
    /// every write is answered with [`StoreError::Unavailable`].
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn open_limited(file: &Path, pages: u32) -> Result<Self, StoreError> {
        let file = file.to_owned();
        let mut connection = open_writing(&file, pages)?;
        adopt(&connection)?;
        MIGRATIONS
            .to_latest(&mut connection)
            .map_err(|error| StoreError::Corrupt(format!("the tables cannot be brought up to date: {error}")))?;
        let readers = Readers::new(file.clone());
        let writer = Writer::start(connection, Box::new(move || open_writing(&file, pages)))
            .map_err(|error| StoreError::Unavailable(format!("no thread for the writer: {error}")))?;
        Ok(Self { writer, readers })
    }

    /// The value of a setting of the engine on the connection that writes, as `PRAGMA name` says.
    ///
    /// # Errors
    /// When the store is not available, or there is no such setting.
    pub async fn setting(&self, name: &'static str) -> Result<String, StoreError> {
        let sql = format!("SELECT CAST({name} AS TEXT) FROM pragma_{name}");
        self.writer.run(move |connection| connection.query_row(&sql, [], |row| row.get(0))).await
    }
}

/// Files from the days when another library kept the count of migrations have it in a table of its own.
fn adopt(connection: &Connection) -> rusqlite::Result<()> {
    if connection.table_exists(None, "_sqlx_migrations")? {
        connection.execute_batch("BEGIN; DROP TABLE _sqlx_migrations; PRAGMA user_version = 1; COMMIT")?;
    }
    Ok(())
}

fn open_writing(file: &Path, pages: u32) -> rusqlite::Result<Connection> {
    let connection = Connection::open(file)?;
    connection.busy_timeout(BUSY)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    connection.pragma_update(None, "journal_mode", "wal")?;
    connection.pragma_update(None, "synchronous", "full")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "max_page_count", pages)?;
    // Pages that many writes change are copied out of the log once for all of them.
    connection.pragma_update(None, "wal_autocheckpoint", 8_192)?;
    connection.pragma_update(None, "cache_size", -4_096)?;
    connection.pragma_update(None, "journal_size_limit", 64 << 20)?;
    Ok(connection)
}

#[async_trait]
impl Store for SqliteStore {
    async fn draft(&self, portal: &str, visitor: &[u8; 32], procedure: &str) -> Result<Option<Draft>, StoreError> {
        self.readers.run(|c| draft::find(c, portal, visitor, procedure)).await
    }

    async fn drafts(&self, portal: &str, visitor: &[u8; 32]) -> Result<Vec<Draft>, StoreError> {
        self.readers.run(|c| draft::of_visitor(c, portal, visitor)).await
    }

    async fn save_draft(&self, new: &Draft) -> Result<i64, StoreError> {
        let new = new.clone();
        self.writer.run(move |c| draft::save(c, &new)).await
    }

    async fn discard_draft(&self, id: Uuid) -> Result<(), StoreError> {
        self.writer.run(move |c| draft::discard(c, id)).await
    }

    async fn sweep_drafts(&self, now: Timestamp) -> Result<u64, StoreError> {
        self.writer.run(move |c| draft::sweep(c, now)).await
    }

    async fn submit(&self, new: NewSubmission) -> Result<Submission, StoreError> {
        self.writer.run(move |c| submission::submit(c, new)).await
    }

    async fn submission(&self, portal: &str, reference: &str) -> Result<Option<Submission>, StoreError> {
        self.readers.run(|c| submission::by_reference(c, portal, reference)).await
    }

    async fn submission_by_token(&self, submit_token: Uuid) -> Result<Option<Submission>, StoreError> {
        self.readers.run(|c| submission::by_token(c, submit_token)).await
    }

    async fn submission_by_id(&self, id: Uuid) -> Result<Option<Submission>, StoreError> {
        self.readers.run(|c| submission::by_id(c, id)).await
    }

    async fn conditions(&self, submission: Uuid) -> Result<Vec<Condition>, StoreError> {
        self.readers.run(|c| release::of_submission(c, submission)).await
    }

    async fn condition_by_secret(&self, portal: &str, secret: &[u8; 32]) -> Result<Option<Condition>, StoreError> {
        self.readers.run(|c| release::by_secret(c, portal, secret)).await
    }

    async fn conditions_due(&self, now: Timestamp, limit: u32) -> Result<Vec<Condition>, StoreError> {
        self.readers.run(|c| release::due(c, now, limit)).await
    }

    async fn settle(&self, settlement: Settlement) -> Result<Settled, StoreError> {
        self.writer.run(move |c| release::settle(c, &settlement)).await
    }

    async fn remind(
        &self,
        condition: &Condition,
        outbox: Vec<NewOutboxRow>,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let condition = condition.clone();
        self.writer.run(move |c| release::remind(c, &condition, &outbox, now)).await
    }

    async fn add_upload(&self, new: &Upload) -> Result<(), StoreError> {
        let new = new.clone();
        self.writer.run(move |c| upload::add(c, &new)).await
    }

    async fn uploads(&self, draft: Uuid) -> Result<Vec<Upload>, StoreError> {
        self.readers.run(|c| upload::of_draft(c, draft)).await
    }

    async fn submission_uploads(&self, submission: Uuid) -> Result<Vec<Upload>, StoreError> {
        self.readers.run(|c| upload::of_submission(c, submission)).await
    }

    async fn has_upload(&self, id: Uuid) -> Result<bool, StoreError> {
        self.readers.run(|c| upload::exists(c, id)).await
    }

    async fn remove_upload(&self, draft: Uuid, id: Uuid) -> Result<(), StoreError> {
        self.writer.run(move |c| upload::remove(c, draft, id)).await
    }

    async fn lease(&self, now: Timestamp, until: Timestamp, limit: u32) -> Result<Vec<OutboxRow>, StoreError> {
        self.writer.run(move |c| outbox::lease(c, now, until, limit)).await
    }

    async fn reclaim(&self, now: Timestamp) -> Result<u64, StoreError> {
        self.writer.run(move |c| outbox::reclaim(c, now)).await
    }

    async fn finish(&self, row: &OutboxRow, attempt: Attempt, now: Timestamp) -> Result<bool, StoreError> {
        let row = row.clone();
        self.writer.run(move |c| outbox::finish(c, &row, attempt, now)).await
    }

    async fn release(&self, id: i64, now: Timestamp) -> Result<bool, StoreError> {
        self.writer.run(move |c| outbox::release(c, id, now)).await
    }

    async fn outbox(&self, state: Option<&str>, limit: u32) -> Result<Vec<OutboxEntry>, StoreError> {
        self.readers.run(|c| outbox::list(c, state, limit)).await
    }

    async fn outbox_entry(&self, id: i64) -> Result<Option<OutboxEntry>, StoreError> {
        self.readers.run(|c| outbox::entry(c, id)).await
    }

    async fn publish(&self, version: &PublishedVersion) -> Result<(), StoreError> {
        let version = version.clone();
        self.writer.run(move |c| version::publish(c, &version)).await
    }

    async fn republish(&self, version: &PublishedVersion, before: &str) -> Result<(), StoreError> {
        let (version, before) = (version.clone(), before.to_owned());
        self.writer.run(move |c| version::republish(c, &version, &before)).await
    }

    async fn keep_compiled(&self, hash: &str, compiled: &[u8]) -> Result<(), StoreError> {
        let (hash, compiled) = (hash.to_owned(), compiled.to_vec());
        self.writer.run(move |c| version::keep(c, &hash, &compiled)).await
    }

    async fn compiled(&self, hash: &str) -> Result<Option<Vec<u8>>, StoreError> {
        self.readers.run(|c| version::compiled(c, hash)).await
    }

    async fn published(&self) -> Result<Vec<PublishedVersion>, StoreError> {
        self.readers.run(version::published).await
    }

    async fn ping(&self) -> Result<(), StoreError> {
        self.readers.run(|c| c.query_row("SELECT 1", [], |_| Ok(()))).await
    }
}
