//! The one writer, on a thread of its own: requests queue up, and up to 64 of them share a
//! transaction and so the wait for the disk ("group commit"). Each has a savepoint: one that
//! fails harms no other. Nobody is answered before the transaction is on the disk.

use std::thread;
use std::time::Duration;

use rusqlite::{Connection, Error};
use tokio::sync::{mpsc, oneshot};

use super::row::execute;
use crate::store::StoreError;

/// How many requests share a transaction.
const GROUP: usize = 64;
/// How many requests wait; who comes later waits for a place.
const QUEUE: usize = 256;
/// How long somebody waits for a place in the queue before hearing that the store is busy.
const PATIENCE: Duration = Duration::from_secs(3);

/// Opens the connection that writes.
type Open = Box<dyn Fn() -> rusqlite::Result<Connection> + Send>;

/// The way to the writer.
#[derive(Clone)]
pub(super) struct Writer {
    queue: mpsc::Sender<Box<dyn Job>>,
}

impl Writer {
    /// Starts the writer. It ends when the last `Writer` is gone. `open` is asked for another
    /// connection where one was lost.
    pub(super) fn start(connection: Connection, open: Open) -> std::io::Result<Self> {
        let (queue, waiting) = mpsc::channel(QUEUE);
        thread::Builder::new().name("amtsweg-writer".to_owned()).spawn(move || serve(waiting, connection, &open))?;
        Ok(Self { queue })
    }

    /// Runs `work` in a transaction and answers when it is on the disk.
    ///
    /// What `work` wrote is undone where it answers with an error.
    pub(super) async fn run<T, E, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        E: Into<StoreError>,
        F: FnOnce(&Connection) -> Result<T, E> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let work = |connection: &Connection| work(connection).map_err(Into::into);
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
    fn work(&mut self, connection: &Connection) -> bool;
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
    T: Send,
    F: FnOnce(&Connection) -> Result<T, StoreError> + Send,
{
    fn work(&mut self, connection: &Connection) -> bool {
        self.result = self.work.take().map(|work| work(connection));
        matches!(self.result, Some(Ok(_)))
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

fn serve(mut waiting: mpsc::Receiver<Box<dyn Job>>, connection: Connection, open: &Open) {
    let mut connection = Some(connection);
    let mut group: Vec<Box<dyn Job>> = Vec::with_capacity(GROUP);
    loop {
        let last = group.len();
        for mut job in group.drain(..) {
            job.answer(None);
        }
        if waiting.blocking_recv_many(&mut group, GROUP) == 0 {
            return;
        }
        // Those who were answered a moment ago come back with their next request: let them.
        while group.len() < last {
            thread::yield_now();
            let before = group.len();
            while group.len() < GROUP
                && let Ok(job) = waiting.try_recv()
            {
                group.push(job);
            }
            if group.len() == before {
                break;
            }
        }
        let Err(error) = ready(&mut connection, open).and_then(|connection| run_group(connection, &mut group)) else {
            continue;
        };
        tracing::error!(%error, requests = group.len(), "a group of writes did not come about");
        // A connection that is out of step is not used again.
        if !matches!(error, Error::SqliteFailure(..)) {
            connection = None;
        }
        let why = error.to_string();
        for mut job in group.drain(..) {
            job.answer(Some(&why));
        }
    }
}

/// The connection, opened again after it was lost.
fn ready<'c>(connection: &'c mut Option<Connection>, open: &Open) -> rusqlite::Result<&'c Connection> {
    let opened = match connection.take() {
        Some(opened) => opened,
        None => open()?,
    };
    Ok(connection.insert(opened))
}

/// One transaction with all requests of the group.
fn run_group(connection: &Connection, group: &mut [Box<dyn Job>]) -> rusqlite::Result<()> {
    say(connection, "BEGIN IMMEDIATE")?;
    let done = run_jobs(connection, group);
    if done.is_err() {
        // The engine may have rolled back already, as it does when the disk is full.
        drop(say(connection, "ROLLBACK"));
    }
    done
}

fn run_jobs(connection: &Connection, group: &mut [Box<dyn Job>]) -> rusqlite::Result<()> {
    for job in group {
        say(connection, "SAVEPOINT request")?;
        if !job.work(connection) {
            say(connection, "ROLLBACK TO request")?;
        }
        say(connection, "RELEASE request")?;
    }
    say(connection, "COMMIT")
}

fn say(connection: &Connection, sql: &'static str) -> rusqlite::Result<()> {
    execute(connection, sql, []).map(drop)
}
