//! The store in one file of SQLite: WAL, a full sync with every commit, one writer with group
//! commit, readers beside it.

mod draft;
mod outbox;
mod row;
mod submission;
mod upload;
mod version;
mod writer;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use jiff::Timestamp;
use sqlx::ConnectOptions;
use sqlx::migrate::Migrator;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous};
use uuid::Uuid;

use super::{
    Attempt, Draft, NewSubmission, OutboxEntry, OutboxRow, PublishedVersion, Store, StoreError, Submission, Upload,
};
use writer::Writer;

static MIGRATIONS: Migrator = sqlx::migrate!("migrations/sqlite");

/// How long the engine waits where another process holds the file.
const BUSY: Duration = Duration::from_secs(3);
/// Connections that read at the same time.
const READERS: u32 = 4;

/// A [`Store`] in a file.
pub struct SqliteStore {
    writer: Writer,
    readers: SqlitePool,
}

impl SqliteStore {
    /// Opens the file, makes it where it is not there, and brings its tables up to date.
    ///
    /// # Errors
    /// When the file cannot be opened, is not one of ours, or was written by a newer Amtsweg.
    pub async fn open(file: &Path) -> Result<Self, StoreError> {
        Self::open_limited(file, u32::MAX - 1).await
    }

    /// As [`Self::open`], with a limit on the size of the file: pages of 4,096 bytes. Beyond it
    /// every write is answered with [`StoreError::Unavailable`].
    ///
    /// # Errors
    /// As [`Self::open`].
    pub async fn open_limited(file: &Path, pages: u32) -> Result<Self, StoreError> {
        let options = SqliteConnectOptions::new()
            .filename(file)
            .busy_timeout(BUSY)
            .foreign_keys(true)
            .disable_statement_logging();
        let writing = options
            .clone()
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .pragma("max_page_count", pages.to_string())
            .pragma("journal_size_limit", "67108864");
        let mut connection = writing.connect().await?;
        MIGRATIONS
            .run(&mut connection)
            .await
            .map_err(|error| StoreError::Corrupt(format!("the tables cannot be brought up to date: {error}")))?;
        let readers = SqlitePoolOptions::new()
            .max_connections(READERS)
            .acquire_timeout(BUSY)
            .test_before_acquire(false)
            .connect_with(options.read_only(true))
            .await?;
        Ok(Self { writer: Writer::start(writing, connection), readers })
    }

    /// The value of a setting of the engine on the connection that writes, as `PRAGMA name` says.
    ///
    /// # Errors
    /// When the store is not available, or there is no such setting.
    pub async fn setting(&self, name: &'static str) -> Result<String, StoreError> {
        self.writer
            .run(move |connection| {
                Box::pin(async move {
                    let sql = sqlx::AssertSqlSafe(format!("SELECT CAST({name} AS TEXT) AS value FROM pragma_{name}"));
                    let found = sqlx::query(sql).fetch_one(connection).await?;
                    row::get(&found, "value")
                })
            })
            .await
    }
}

#[async_trait]
impl Store for SqliteStore {
    async fn draft(&self, portal: &str, visitor: &[u8; 32], procedure: &str) -> Result<Option<Draft>, StoreError> {
        draft::find(&self.readers, portal, visitor, procedure).await
    }

    async fn drafts(&self, portal: &str, visitor: &[u8; 32]) -> Result<Vec<Draft>, StoreError> {
        draft::all(&self.readers, portal, visitor).await
    }

    async fn save_draft(&self, new: &Draft) -> Result<i64, StoreError> {
        let new = new.clone();
        self.writer.run(move |c| Box::pin(async move { draft::save(c, &new).await })).await
    }

    async fn discard_draft(&self, id: Uuid) -> Result<(), StoreError> {
        self.writer.run(move |c| Box::pin(draft::discard(c, id))).await
    }

    async fn sweep_drafts(&self, now: Timestamp) -> Result<u64, StoreError> {
        self.writer.run(move |c| Box::pin(draft::sweep(c, now))).await
    }

    async fn submit(&self, new: NewSubmission) -> Result<Submission, StoreError> {
        self.writer.run(move |c| Box::pin(submission::submit(c, new))).await
    }

    async fn submission(&self, portal: &str, reference: &str) -> Result<Option<Submission>, StoreError> {
        submission::by_reference(&self.readers, portal, reference).await
    }

    async fn submission_by_token(&self, submit_token: Uuid) -> Result<Option<Submission>, StoreError> {
        submission::by_token(&self.readers, submit_token).await
    }

    async fn submission_by_id(&self, id: Uuid) -> Result<Option<Submission>, StoreError> {
        submission::by_id(&self.readers, id).await
    }

    async fn add_upload(&self, new: &Upload) -> Result<(), StoreError> {
        let new = new.clone();
        self.writer.run(move |c| Box::pin(async move { upload::add(c, &new).await })).await
    }

    async fn uploads(&self, draft: Uuid) -> Result<Vec<Upload>, StoreError> {
        upload::of_draft(&self.readers, draft).await
    }

    async fn submission_uploads(&self, submission: Uuid) -> Result<Vec<Upload>, StoreError> {
        upload::of_submission(&self.readers, submission).await
    }

    async fn has_upload(&self, id: Uuid) -> Result<bool, StoreError> {
        upload::exists(&self.readers, id).await
    }

    async fn remove_upload(&self, draft: Uuid, id: Uuid) -> Result<(), StoreError> {
        self.writer.run(move |c| Box::pin(upload::remove(c, draft, id))).await
    }

    async fn lease(&self, now: Timestamp, until: Timestamp, limit: u32) -> Result<Vec<OutboxRow>, StoreError> {
        self.writer.run(move |c| Box::pin(outbox::lease(c, now, until, limit))).await
    }

    async fn reclaim(&self, now: Timestamp) -> Result<u64, StoreError> {
        self.writer.run(move |c| Box::pin(outbox::reclaim(c, now))).await
    }

    async fn finish(&self, row: &OutboxRow, attempt: Attempt, now: Timestamp) -> Result<bool, StoreError> {
        let row = row.clone();
        self.writer.run(move |c| Box::pin(async move { outbox::finish(c, &row, attempt, now).await })).await
    }

    async fn release(&self, id: i64, now: Timestamp) -> Result<bool, StoreError> {
        self.writer.run(move |c| Box::pin(outbox::release(c, id, now))).await
    }

    async fn outbox(&self, state: Option<&str>, limit: u32) -> Result<Vec<OutboxEntry>, StoreError> {
        outbox::list(&self.readers, state, limit).await
    }

    async fn outbox_entry(&self, id: i64) -> Result<Option<OutboxEntry>, StoreError> {
        outbox::entry(&self.readers, id).await
    }

    async fn publish(&self, version: &PublishedVersion) -> Result<(), StoreError> {
        let version = version.clone();
        self.writer.run(move |c| Box::pin(async move { version::publish(c, &version).await })).await
    }

    async fn keep_compiled(&self, hash: &str, compiled: &[u8]) -> Result<(), StoreError> {
        let (hash, compiled): (Arc<str>, Vec<u8>) = (hash.into(), compiled.to_vec());
        self.writer.run(move |c| Box::pin(async move { version::keep(c, &hash, &compiled).await })).await
    }

    async fn compiled(&self, hash: &str) -> Result<Option<Vec<u8>>, StoreError> {
        version::compiled(&self.readers, hash).await
    }

    async fn published(&self) -> Result<Vec<PublishedVersion>, StoreError> {
        version::published(&self.readers).await
    }

    async fn ping(&self) -> Result<(), StoreError> {
        sqlx::query("SELECT 1").execute(&self.readers).await?;
        Ok(())
    }
}
