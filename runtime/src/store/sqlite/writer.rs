//! The one writer: requests queue up, and up to 64 of them share a transaction and so the wait
//! for the disk ("group commit"). Each has a savepoint: one that fails harms no other. Nobody
//! is answered before the transaction is on the disk.

use std::time::Duration;

use futures_util::future::BoxFuture;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, SqliteConnection};
use tokio::sync::{mpsc, oneshot};

use crate::store::StoreError;

/// How many requests share a transaction.
const GROUP: usize = 64;
/// How many requests wait; who comes later waits for a place.
const QUEUE: usize = 256;
/// How long somebody waits for a place in the queue before hearing that the store is busy.
const PATIENCE: Duration = Duration::from_secs(3);

/// The way to the writer.
#[derive(Clone)]
pub(super) struct Writer {
    queue: mpsc::Sender<Box<dyn Job>>,
}

impl Writer {
    /// Starts the writer on a connection of its own. It ends when the last `Writer` is gone.
    pub(super) fn start(options: SqliteConnectOptions, connection: SqliteConnection) -> Self {
        let (queue, waiting) = mpsc::channel(QUEUE);
        tokio::spawn(serve(waiting, options, connection));
        Self { queue }
    }

    /// Runs `work` in a transaction and answers when it is on the disk.
    ///
    /// What `work` wrote is undone where it answers with an error.
    pub(super) async fn run<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: for<'c> FnOnce(&'c mut SqliteConnection) -> BoxFuture<'c, Result<T, StoreError>> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let job = Box::new(Request { work: Some(work), result: None, reply: Some(reply) });
        self.queue.send_timeout(job, PATIENCE).await.map_err(|_| unavailable("the queue of the writer is full"))?;
        answer.await.map_err(|_| unavailable("the writer has stopped"))?
    }
}

fn unavailable(why: &str) -> StoreError {
    StoreError::Unavailable(why.to_owned())
}

/// A request with its type forgotten.
trait Job: Send {
    /// Does the work; answers whether its savepoint may stay.
    fn work<'c>(&'c mut self, connection: &'c mut SqliteConnection) -> BoxFuture<'c, bool>;
    /// Tells the one who waits. `failure`: the transaction as a whole did not come about.
    fn answer(&mut self, failure: Option<&str>);
}

struct Request<T, F> {
    work: Option<F>,
    result: Option<Result<T, StoreError>>,
    reply: Option<oneshot::Sender<Result<T, StoreError>>>,
}

impl<T, F> Job for Request<T, F>
where
    T: Send + 'static,
    F: for<'c> FnOnce(&'c mut SqliteConnection) -> BoxFuture<'c, Result<T, StoreError>> + Send + 'static,
{
    fn work<'c>(&'c mut self, connection: &'c mut SqliteConnection) -> BoxFuture<'c, bool> {
        Box::pin(async move {
            let Some(work) = self.work.take() else {
                return false;
            };
            let result = work(connection).await;
            let stays = result.is_ok();
            self.result = Some(result);
            stays
        })
    }

    fn answer(&mut self, failure: Option<&str>) {
        let result = match (failure, self.result.take()) {
            (None, Some(result)) => result,
            (Some(_), Some(Err(error))) => Err(error),
            (Some(why), _) => Err(unavailable(why)),
            (None, None) => Err(unavailable("the request was not run")),
        };
        if let Some(reply) = self.reply.take() {
            // Whoever has stopped waiting is not told.
            drop(reply.send(result));
        }
    }
}

async fn serve(mut waiting: mpsc::Receiver<Box<dyn Job>>, options: SqliteConnectOptions, connection: SqliteConnection) {
    let mut connection = Some(connection);
    let mut group: Vec<Box<dyn Job>> = Vec::with_capacity(GROUP);
    loop {
        if waiting.recv_many(&mut group, GROUP).await == 0 {
            return;
        }
        // Those who were answered a moment ago come back with their next request: let them.
        if group.len() < GROUP {
            tokio::task::yield_now().await;
            while group.len() < GROUP
                && let Ok(job) = waiting.try_recv()
            {
                group.push(job);
            }
        }
        let failure = match ready(&mut connection, &options).await {
            Ok(connection) => run_group(connection, &mut group).await.err(),
            Err(error) => Some(error),
        };
        if let Some(error) = &failure {
            tracing::error!(%error, requests = group.len(), "a group of writes did not come about");
            // A connection that is out of step is not used again.
            if !matches!(error, sqlx::Error::Database(_)) {
                connection = None;
            }
        }
        let why = failure.map(|error| error.to_string());
        for mut job in group.drain(..) {
            job.answer(why.as_deref());
        }
    }
}

/// The connection, opened again after it was lost.
async fn ready<'c>(
    connection: &'c mut Option<SqliteConnection>,
    options: &SqliteConnectOptions,
) -> Result<&'c mut SqliteConnection, sqlx::Error> {
    let opened = match connection.take() {
        Some(opened) => opened,
        None => options.connect().await?,
    };
    Ok(connection.insert(opened))
}

/// One transaction with all requests of the group.
async fn run_group(connection: &mut SqliteConnection, group: &mut [Box<dyn Job>]) -> Result<(), sqlx::Error> {
    execute(connection, "BEGIN IMMEDIATE; SAVEPOINT request").await?;
    let done = run_jobs(connection, group).await;
    if done.is_err() {
        // The engine may have rolled back already, as it does when the disk is full.
        drop(execute(connection, "ROLLBACK").await);
    }
    done
}

async fn run_jobs(connection: &mut SqliteConnection, group: &mut [Box<dyn Job>]) -> Result<(), sqlx::Error> {
    let count = group.len();
    for (position, job) in group.iter_mut().enumerate() {
        let stays = job.work(connection).await;
        let last = position + 1 == count;
        match (stays, last) {
            (true, true) => {}
            (true, false) => execute(connection, "RELEASE request; SAVEPOINT request").await?,
            (false, _) => execute(connection, "ROLLBACK TO request").await?,
        }
    }
    execute(connection, "COMMIT").await
}

async fn execute(connection: &mut SqliteConnection, sql: &'static str) -> Result<(), sqlx::Error> {
    sqlx::query(sql).execute(connection).await.map(drop)
}
