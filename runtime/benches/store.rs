//! How many submissions a second the store makes durable: one client, and 64 at the same time.
//! The transactions of the many share the wait for the disk; the ratio of both is printed and
//! must be 5 or more. `cargo bench -p amtsweg --bench store`.
#![expect(clippy::unwrap_used, reason = "a measurement ends by panicking")]

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use amtsweg::store::{DeliveryKind, NewOutboxRow, NewSubmission, SqliteStore, Store};
use jiff::Timestamp;
use uuid::Uuid;

/// How long each measurement runs.
const TIME: Duration = Duration::from_secs(4);
/// Measurements of each kind, in turn; the medians are compared.
const ROUNDS: usize = 5;
/// The length of sealed answers as they are in the catalogue, in bytes.
const ANSWERS: usize = 1_500;
const CLIENTS: usize = 64;
const WANTED: f64 = 5.0;

fn main() {
    // Where temporary files live in memory, a sync costs nothing: this measures a real disk.
    let folder = tempfile::tempdir_in(Path::new(env!("CARGO_TARGET_TMPDIR"))).unwrap();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let (mut one, mut many) = (Vec::new(), Vec::new());
    runtime.block_on(async {
        for round in 0..ROUNDS {
            one.push(measure(&folder.path().join(format!("one-{round}.db")), 1).await);
            many.push(measure(&folder.path().join(format!("many-{round}.db")), CLIENTS).await);
        }
    });
    let (one, many) = (median(one), median(many));
    let ratio = many / one;
    println!("submissions a second: {one:.0} with one client, {many:.0} with {CLIENTS}: {ratio:.1} times");
    // Under a test harness (`cargo test --benches`) numbers say nothing.
    if std::env::args().any(|argument| argument == "--bench") {
        assert!(ratio >= WANTED, "less than {WANTED} times");
    }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// Submissions a second with so many clients, each waiting for its answer.
async fn measure(file: &Path, clients: usize) -> f64 {
    let store = Arc::new(SqliteStore::open(file).unwrap());
    let done = Arc::new(AtomicU64::new(0));
    let started = Instant::now();
    let tasks: Vec<_> = (0..clients)
        .map(|_| {
            let (store, done) = (store.clone(), done.clone());
            tokio::spawn(async move {
                while started.elapsed() < TIME {
                    store.submit(submission()).await.unwrap();
                    done.fetch_add(1, Ordering::Relaxed);
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    let seconds = started.elapsed().as_secs_f64();
    f64::from(u32::try_from(done.load(Ordering::Relaxed)).unwrap()) / seconds
}

/// A submission as the portal makes it: sealed answers, one row for the authority, one for the
/// citizen.
fn submission() -> NewSubmission {
    let row = |kind| NewOutboxRow { kind, destination: vec![7; 120], message_id: Uuid::now_v7().to_string() };
    NewSubmission {
        id: Uuid::now_v7(),
        reference: Uuid::new_v4().to_string(),
        portal: "stadt/norderstedt/norderstedt".into(),
        procedure: "stadt/norderstedt/hund_anmelden".into(),
        version: "0".repeat(64),
        submit_token: Uuid::now_v7(),
        language: "de".into(),
        authority: "stadt/norderstedt/steueramt".into(),
        fees: r#"[{"name":"steuer","cents":9000,"per":"years","payment":"after_notice"}]"#.into(),
        answers: vec![7; ANSWERS],
        secret: [7; 32],
        submitted_at: Timestamp::now(),
        draft: None,
        uploads: Vec::new(),
        conditions: Vec::new(),
        outbox: vec![row(DeliveryKind::Authority), row(DeliveryKind::Citizen)],
    }
}
