//! Connections that read. A row is found within microseconds, mostly in memory: handing the
//! question to another thread and the answer back costs several times as much, so whoever asks
//! reads on their own thread.

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};
use tokio::time::{Instant, sleep};

use super::row::is_busy;
use super::{BUSY, STATEMENTS};
use crate::store::StoreError;

/// How long until a reader looks again whether the file is free.
const AGAIN: Duration = Duration::from_millis(20);
/// Connections that are kept for the next readers.
const KEPT: usize = 8;
/// Pages of the file that a connection keeps, in KB as the engine counts them: below zero. The system has the others.
const CACHE: i32 = -512;

/// The way to the readers.
pub(super) struct Readers {
    file: PathBuf,
    idle: Mutex<Vec<Connection>>,
}

impl Readers {
    pub(super) fn new(file: PathBuf) -> Self {
        Self { file, idle: Mutex::default() }
    }

    /// Reads. Readers wait for nobody who writes; where another process holds the whole file,
    /// they ask again for a while, without a thread that waits.
    pub(super) async fn run<T>(&self, read: impl Fn(&Connection) -> rusqlite::Result<T>) -> Result<T, StoreError> {
        let patience = Instant::now() + BUSY;
        loop {
            match self.read(&read) {
                Err(error) if is_busy(&error) && Instant::now() < patience => sleep(AGAIN).await,
                result => return Ok(result?),
            }
        }
    }

    fn read<T>(&self, read: impl Fn(&Connection) -> rusqlite::Result<T>) -> rusqlite::Result<T> {
        let kept = self.idle().pop();
        let connection = match kept {
            Some(connection) => connection,
            None => self.open()?,
        };
        let result = read(&connection);
        let mut idle = self.idle();
        if idle.len() < KEPT {
            idle.push(connection);
        }
        result
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Connection>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn open(&self) -> rusqlite::Result<Connection> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(&self.file, flags)?;
        connection.busy_timeout(Duration::ZERO)?;
        connection.pragma_update(None, "cache_size", CACHE)?;
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        Ok(connection)
    }
}
