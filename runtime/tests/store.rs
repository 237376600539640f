//! The store: what it promises, held against SQLite.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use amtsweg::store::{
    Attempt, ConditionKind, ConditionState, DeliveryKind, Draft, NewCondition, NewOutboxRow, NewSubmission,
    PublishedVersion, Settled, Settlement, SqliteStore, Store, StoreError, Submission, Then, Times, Upload,
};
use jiff::{SignedDuration, Timestamp};
use tempfile::TempDir;
use uuid::Uuid;

const PORTAL: &str = "stadt/norderstedt/norderstedt";

async fn store() -> (TempDir, Arc<SqliteStore>) {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(&folder.path().join("amtsweg.db")).unwrap();
    (folder, Arc::new(store))
}

fn now() -> Timestamp {
    Timestamp::from_second(1_800_000_000).unwrap()
}

fn draft(visitor: u8) -> Draft {
    Draft {
        id: Uuid::now_v7(),
        portal: PORTAL.into(),
        visitor: [visitor; 32],
        procedure: "stadt/norderstedt/hund".into(),
        version: "ab".into(),
        revision: 0,
        submit_token: Uuid::new_v4(),
        answers: vec![1, 2, 3],
        created_at: now(),
        changed_at: now(),
        expires_at: now() + SignedDuration::from_hours(24),
    }
}

fn submission(reference: &str) -> NewSubmission {
    NewSubmission {
        id: Uuid::now_v7(),
        reference: reference.into(),
        portal: PORTAL.into(),
        procedure: "stadt/norderstedt/hund".into(),
        version: "ab".into(),
        submit_token: Uuid::new_v4(),
        language: "de".into(),
        authority: "stadt/norderstedt/steueramt".into(),
        fees: "[]".into(),
        answers: vec![4, 5, 6],
        secret: [7; 32],
        submitted_at: now(),
        draft: None,
        uploads: Vec::new(),
        conditions: Vec::new(),
        outbox: vec![row(DeliveryKind::Authority, "a"), row(DeliveryKind::Citizen, "c")],
    }
}

fn row(kind: DeliveryKind, id: &str) -> NewOutboxRow {
    NewOutboxRow { kind, destination: b"{}".to_vec(), message_id: format!("{id}-{}", Uuid::new_v4()) }
}

#[tokio::test]
async fn a_draft_keeps_its_revision() {
    let (_folder, store) = store().await;
    let mut draft = draft(1);
    draft.revision = store.save_draft(&draft).await.unwrap();
    assert_eq!(draft.revision, 1);
    draft.answers = vec![9];
    assert_eq!(store.save_draft(&draft).await.unwrap(), 2);

    // Another tab still has revision 1.
    assert!(matches!(store.save_draft(&draft).await, Err(StoreError::Conflict)));
    let found = store.draft(PORTAL, &draft.visitor, &draft.procedure).await.unwrap().unwrap();
    assert_eq!((found.revision, found.answers, found.id), (2, vec![9], draft.id));
    assert_eq!((found.created_at, found.expires_at), (draft.created_at, draft.expires_at));
    assert_eq!(found.submit_token, draft.submit_token);

    // Neither another portal nor another visitor sees it.
    assert!(store.draft("stadt/kiel/kiel", &draft.visitor, &draft.procedure).await.unwrap().is_none());
    assert!(store.drafts(PORTAL, &[2; 32]).await.unwrap().is_empty());
    assert_eq!(store.drafts(PORTAL, &draft.visitor).await.unwrap().len(), 1);
}

#[tokio::test]
async fn an_expired_draft_makes_room_and_is_swept() {
    let (_folder, store) = store().await;
    let old = draft(1);
    store.save_draft(&old).await.unwrap();
    let mut second = draft(1);
    assert!(matches!(store.save_draft(&second).await, Err(StoreError::Conflict)));
    second.created_at = old.expires_at;
    second.expires_at = old.expires_at + SignedDuration::from_hours(24);
    assert_eq!(store.save_draft(&second).await.unwrap(), 1);

    let upload = Upload { id: Uuid::now_v7(), draft: second.id, size: 5, created_at: now() };
    store.add_upload(&upload).await.unwrap();
    assert_eq!(store.sweep_drafts(second.expires_at - SignedDuration::from_secs(1)).await.unwrap(), 0);
    assert!(store.has_upload(upload.id).await.unwrap());
    assert_eq!(store.sweep_drafts(second.expires_at).await.unwrap(), 1);
    assert!(!store.has_upload(upload.id).await.unwrap());
}

#[tokio::test]
async fn submitting_takes_the_draft_and_its_uploads_along() {
    let (_folder, store) = store().await;
    let draft = draft(1);
    store.save_draft(&draft).await.unwrap();
    let uploads: Vec<Upload> =
        (0..3).map(|size| Upload { id: Uuid::now_v7(), draft: draft.id, size, created_at: now() }).collect();
    for upload in &uploads {
        store.add_upload(upload).await.unwrap();
    }
    store.remove_upload(draft.id, uploads[2].id).await.unwrap();
    let mut new = submission("A");
    new.draft = Some(draft.id);
    new.uploads = vec![uploads[0].id];
    let stored = store.submit(new.clone()).await.unwrap();

    assert!(store.draft(PORTAL, &draft.visitor, &draft.procedure).await.unwrap().is_none());
    let kept = store.submission_uploads(stored.id).await.unwrap();
    assert_eq!(kept.iter().map(|upload| (upload.id, upload.size)).collect::<Vec<_>>(), [(uploads[0].id, 0)]);
    // The one that was not sent goes with the next sweep; the one that was sent stays.
    store.sweep_drafts(now()).await.unwrap();
    assert!(!store.has_upload(uploads[1].id).await.unwrap());
    assert!(store.has_upload(uploads[0].id).await.unwrap());

    let found = store.submission(PORTAL, "A").await.unwrap().unwrap();
    assert_eq!((found.id, found.answers, found.secret), (new.id, new.answers, new.secret));
    assert_eq!((found.submitted_at, found.fees, found.state), (now(), "[]".into(), "released".into()));
    assert!(store.submission("stadt/kiel/kiel", "A").await.unwrap().is_none());
    assert_eq!(store.submission_by_id(new.id).await.unwrap().unwrap().reference, "A");
}

#[tokio::test]
async fn the_same_token_gives_the_same_submission() {
    let (_folder, store) = store().await;
    let first = submission("A");
    store.submit(first.clone()).await.unwrap();
    let mut again = submission("B");
    again.submit_token = first.submit_token;
    let answered = store.submit(again).await.unwrap();
    assert_eq!((answered.id, answered.reference.as_str()), (first.id, "A"));
    assert!(store.submission(PORTAL, "B").await.unwrap().is_none());
    assert_eq!(store.submission_by_token(first.submit_token).await.unwrap().unwrap().id, first.id);
    assert_eq!(store.outbox(None, 10).await.unwrap().len(), 2);
}

#[tokio::test]
async fn the_same_token_at_the_same_time_too() {
    let (_folder, store) = store().await;
    let token = Uuid::new_v4();
    let tasks: Vec<_> = (0..40)
        .map(|number| {
            let (store, mut new) = (store.clone(), submission(&format!("R{number}")));
            new.submit_token = token;
            tokio::spawn(async move { store.submit(new).await.unwrap().reference })
        })
        .collect();
    let mut references = Vec::new();
    for task in tasks {
        references.push(task.await.unwrap());
    }
    references.dedup();
    assert_eq!(references.len(), 1);
    assert_eq!(store.outbox(None, 100).await.unwrap().len(), 2);
}

#[tokio::test]
async fn a_taken_reference_is_drawn_again() {
    let (_folder, store) = store().await;
    store.submit(submission("A")).await.unwrap();
    let second = store.submit(submission("A")).await.unwrap();
    assert_ne!(second.reference, "A");
    assert!(amtsweg::reference::read_reference(&second.reference).is_some());
    assert!(store.submission(PORTAL, &second.reference).await.unwrap().is_some());
}

#[tokio::test]
async fn one_that_fails_harms_no_other_of_its_group() {
    let (_folder, store) = store().await;
    let tasks: Vec<_> = (0..60)
        .map(|number| {
            let (store, mut new) = (store.clone(), submission(&format!("R{number}")));
            if number % 3 == 0 {
                new.uploads = vec![Uuid::new_v4()];
            }
            tokio::spawn(async move { (number % 3 == 0, store.submit(new).await.is_err()) })
        })
        .collect();
    for task in tasks {
        let (expected, failed) = task.await.unwrap();
        assert_eq!(expected, failed);
    }
    assert_eq!(store.outbox(None, 1000).await.unwrap().len(), 80);
    for number in 0..60 {
        let there = store.submission(PORTAL, &format!("R{number}")).await.unwrap().is_some();
        assert_eq!(there, number % 3 != 0);
    }
}

#[tokio::test]
async fn what_is_acknowledged_is_on_the_disk() {
    let (folder, store) = store().await;
    assert_eq!(store.setting("synchronous").await.unwrap(), "2", "2 is FULL");
    assert_eq!(store.setting("journal_mode").await.unwrap(), "wal");
    assert_eq!(store.setting("foreign_keys").await.unwrap(), "1");
    for round in 0..5 {
        let reference = format!("R{round}");
        store.submit(submission(&reference)).await.unwrap();
        // The files as they are at this moment: what a kill would leave.
        let copy = tempfile::tempdir().unwrap();
        for file in ["amtsweg.db", "amtsweg.db-wal"] {
            std::fs::copy(folder.path().join(file), copy.path().join(file)).unwrap();
        }
        let after = SqliteStore::open(&copy.path().join("amtsweg.db")).unwrap();
        let found = after.submission(PORTAL, &reference).await.unwrap();
        assert!(found.is_some(), "round {round}");
        assert_eq!(after.outbox(None, 100).await.unwrap().len(), 2 * (round + 1));
    }
}

#[tokio::test]
async fn a_lease_is_fenced() {
    let (_folder, store) = store().await;
    store.submit(submission("A")).await.unwrap();
    let minute = SignedDuration::from_mins(1);
    assert!(store.lease(now() - minute, now(), 10).await.unwrap().is_empty(), "not due yet");
    let first = store.lease(now(), now() + minute, 10).await.unwrap();
    assert_eq!(first.len(), 2);
    assert!(store.lease(now(), now() + minute, 10).await.unwrap().is_empty(), "leased");

    // The lease runs out; another worker takes over, and the first one comes too late.
    let second = store.lease(now() + minute, now() + minute * 2, 10).await.unwrap();
    assert_eq!((second.len(), second[0].attempt), (2, 2));
    assert!(!store.finish(&first[0], Attempt::Delivered, now()).await.unwrap());
    assert!(store.finish(&second[0], Attempt::Delivered, now()).await.unwrap());
    assert!(!store.finish(&second[0], Attempt::Parked { reason: "x".into() }, now()).await.unwrap());
    assert_eq!(store.outbox_entry(second[0].id).await.unwrap().unwrap().state, "delivered");
    assert_eq!(store.submission(PORTAL, "A").await.unwrap().unwrap().state, "handed_over");
}

#[tokio::test]
async fn attempts_end_as_they_are_noted() {
    let (_folder, store) = store().await;
    store.submit(submission("A")).await.unwrap();
    let later = now() + SignedDuration::from_mins(5);
    let rows = store.lease(now(), later, 10).await.unwrap();
    store.finish(&rows[0], Attempt::Retry { at: later, reason: "451".into() }, now()).await.unwrap();
    store.finish(&rows[1], Attempt::Postponed { at: later, reason: "busy".into() }, now()).await.unwrap();
    let rows = store.lease(later, later + SignedDuration::from_mins(1), 10).await.unwrap();
    assert_eq!(rows.iter().map(|row| row.attempt).collect::<Vec<_>>(), [2, 1]);

    store.finish(&rows[0], Attempt::Parked { reason: "550".into() }, later).await.unwrap();
    store.finish(&rows[1], Attempt::Kept { message: vec![1] }, later).await.unwrap();
    let parked = store.outbox(Some("parked"), 10).await.unwrap();
    assert_eq!(parked.len(), 1);
    assert_eq!((parked[0].reason.as_deref(), parked[0].reference.as_str()), (Some("550"), "A"));
    let kept = store.outbox(Some("kept"), 10).await.unwrap();
    assert_eq!(kept[0].message, Some(vec![1]));

    assert!(!store.release(kept[0].row.id, later).await.unwrap(), "only what is parked");
    assert!(store.release(parked[0].row.id, later).await.unwrap());
    let again = store.lease(later, later + SignedDuration::from_mins(1), 10).await.unwrap();
    assert_eq!((again.len(), again[0].attempt, again[0].message_id.clone()), (1, 1, rows[0].message_id.clone()));
}

#[tokio::test]
async fn leases_of_a_process_that_is_gone_are_taken_back() {
    let (folder, store) = store().await;
    store.submit(submission("A")).await.unwrap();
    let far = now() + SignedDuration::from_hours(10);
    store.lease(now(), far, 10).await.unwrap();
    drop(store);
    let store = SqliteStore::open(&folder.path().join("amtsweg.db")).unwrap();
    assert_eq!(store.reclaim(now()).await.unwrap(), 2);
    assert_eq!(store.lease(now(), far, 10).await.unwrap().len(), 2);
}

#[tokio::test]
async fn a_published_version_never_changes() {
    let (_folder, store) = store().await;
    let version = |number, hash: &str| PublishedVersion {
        procedure: "p".into(),
        version: number,
        hash: hash.into(),
        compiled: hash.as_bytes().to_vec(),
        sources: "{}".into(),
        published_at: now(),
    };
    store.publish(&version(1, "aa")).await.unwrap();
    store.publish(&version(1, "aa")).await.unwrap();
    assert!(matches!(store.publish(&version(1, "bb")).await, Err(StoreError::VersionTaken)));
    assert!(store.compiled("bb").await.unwrap().is_none(), "nothing stays of what was refused");
    // Its last day may be moved, by whoever knows what is published; its drafts keep their form.
    assert!(matches!(store.republish(&version(1, "dd"), "xx").await, Err(StoreError::VersionTaken)));
    store.republish(&version(1, "dd"), "aa").await.unwrap();
    assert!(store.compiled("aa").await.unwrap().is_some());
    store.republish(&version(1, "aa"), "dd").await.unwrap();
    store.publish(&version(2, "bb")).await.unwrap();
    let all = store.published().await.unwrap();
    assert_eq!(all.iter().map(|v| (v.version, v.hash.as_str())).collect::<Vec<_>>(), [(1, "aa"), (2, "bb")]);
    assert_eq!(all[1].compiled, b"bb");
    store.keep_compiled("cc", b"trial").await.unwrap();
    assert_eq!(store.compiled("cc").await.unwrap().unwrap(), b"trial");
}

#[tokio::test]
async fn a_locked_file_is_said_in_seconds_and_passes() {
    let (folder, store) = store().await;
    let lock = lock(&folder.path().join("amtsweg.db"));
    let started = Instant::now();
    let refused = store.submit(submission("A")).await;
    assert!(matches!(refused, Err(StoreError::Unavailable(_))), "{refused:?}");
    assert!(started.elapsed() < Duration::from_secs(5));
    assert!(store.submission(PORTAL, "A").await.unwrap().is_none(), "readers go on");
    drop(lock);
    tokio::time::sleep(Duration::from_millis(200)).await;
    store.submit(submission("A")).await.unwrap();
}

fn lock(file: &Path) -> rusqlite::Connection {
    let connection = rusqlite::Connection::open(file).unwrap();
    connection.execute_batch("BEGIN EXCLUSIVE").unwrap();
    connection
}

#[tokio::test]
async fn a_file_of_earlier_days_is_taken_over() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("amtsweg.db");
    let earlier = rusqlite::Connection::open(&file).unwrap();
    earlier.execute_batch(include_str!("../migrations/sqlite/0001_start.sql")).unwrap();
    earlier.execute_batch("CREATE TABLE _sqlx_migrations (version BIGINT PRIMARY KEY)").unwrap();
    drop(earlier);
    for reference in ["A", "B"] {
        let store = SqliteStore::open(&file).unwrap();
        store.submit(submission(reference)).await.unwrap();
        assert!(store.submission(PORTAL, "A").await.unwrap().is_some());
    }
}

/// A condition that opens at once.
fn condition(secret: u8) -> NewCondition {
    NewCondition {
        id: Uuid::now_v7(),
        kind: ConditionKind::SecondPerson,
        secret: [secret; 32],
        detail: vec![1],
        open: Some(Times {
            remind_at: Some(now() + SignedDuration::from_hours(1)),
            due_at: now() + SignedDuration::from_hours(2),
        }),
    }
}

fn settlement(submission: &Submission, condition: Uuid, revision: i64) -> Settlement {
    Settlement {
        condition,
        submission: submission.id,
        end: ConditionState::Met,
        revision,
        answers: Some(vec![u8::try_from(revision).unwrap()]),
        opens: Vec::new(),
        outbox: Vec::new(),
        then: Then::Release(vec![row(DeliveryKind::Authority, "a")]),
        at: now(),
    }
}

#[tokio::test]
async fn a_submission_is_released_when_the_last_condition_is_met_and_once() {
    let (_folder, store) = store().await;
    let mut new = submission("W");
    (new.outbox, new.conditions) = (Vec::new(), vec![condition(1), condition(2)]);
    let ids: Vec<Uuid> = new.conditions.iter().map(|condition| condition.id).collect();
    let stored = store.submit(new).await.unwrap();
    assert_eq!((stored.state.as_str(), stored.released_at), ("submitted", None));
    assert_eq!(store.condition_by_secret(PORTAL, &[1; 32]).await.unwrap().unwrap().id, ids[0]);
    assert!(store.condition_by_secret("elsewhere", &[1; 32]).await.unwrap().is_none());

    // Reminders and what is over, each when its time has come.
    assert!(store.conditions_due(now(), 10).await.unwrap().is_empty());
    let due = store.conditions_due(now() + SignedDuration::from_hours(1), 10).await.unwrap();
    assert_eq!(due.len(), 2);
    assert!(store.remind(&due[0], vec![row(DeliveryKind::Reminder, "r")], now()).await.unwrap());
    assert!(!store.remind(&due[0], vec![row(DeliveryKind::Reminder, "r")], now()).await.unwrap());
    assert_eq!(store.conditions_due(now() + SignedDuration::from_hours(1), 10).await.unwrap().len(), 1);
    assert_eq!(store.conditions_due(now() + SignedDuration::from_hours(2), 10).await.unwrap().len(), 2);

    // Two people at the same moment: the second one looks again, and nothing of theirs is lost.
    assert_eq!(store.settle(settlement(&stored, ids[0], 0)).await.unwrap(), Settled::Waiting);
    assert!(matches!(store.settle(settlement(&stored, ids[1], 0)).await, Err(StoreError::Conflict)));
    assert_eq!(store.settle(settlement(&stored, ids[0], 1)).await.unwrap(), Settled::Before);
    assert_eq!(store.settle(settlement(&stored, ids[1], 1)).await.unwrap(), Settled::Released);
    assert_eq!(store.settle(settlement(&stored, ids[1], 2)).await.unwrap(), Settled::Before);
    let released = store.submission(PORTAL, &stored.reference).await.unwrap().unwrap();
    assert_eq!((released.state.as_str(), released.revision, released.answers), ("released", 2, vec![1]));
    assert!(released.released_at.is_some());
    let rows = store.outbox(None, 10).await.unwrap();
    let kinds: Vec<_> = rows.iter().rev().map(|entry| entry.row.kind).collect();
    assert_eq!(kinds, [DeliveryKind::Reminder, DeliveryKind::Authority]);
}

#[tokio::test]
async fn a_submission_that_is_withdrawn_is_never_released() {
    let (_folder, store) = store().await;
    let mut new = submission("X");
    (new.outbox, new.conditions) = (Vec::new(), vec![condition(1), condition(2)]);
    new.conditions[1].open = None;
    let ids: Vec<Uuid> = new.conditions.iter().map(|condition| condition.id).collect();
    let stored = store.submit(new).await.unwrap();
    let over = Settlement {
        end: ConditionState::Over,
        answers: None,
        then: Then::Withdraw(vec![row(DeliveryKind::Withdrawn, "w")]),
        ..settlement(&stored, ids[0], 0)
    };
    assert_eq!(store.settle(over).await.unwrap(), Settled::Withdrawn);
    assert_eq!(store.settle(settlement(&stored, ids[1], 1)).await.unwrap(), Settled::Before);
    let states: Vec<_> = store.conditions(stored.id).await.unwrap().iter().map(|known| known.state).collect();
    assert_eq!(states, [ConditionState::Over, ConditionState::Over]);
    assert_eq!(store.submission(PORTAL, &stored.reference).await.unwrap().unwrap().state, "withdrawn");
    assert_eq!(store.outbox(None, 10).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_full_disk_acknowledges_nothing_and_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("amtsweg.db");
    let store = SqliteStore::open_limited(&file, 80).unwrap();
    let mut acknowledged = Vec::new();
    let mut refused = Vec::new();
    for number in 0..100 {
        let mut new = submission(&format!("R{number}"));
        new.answers = vec![0; 5_000];
        match store.submit(new.clone()).await {
            Ok(stored) => acknowledged.push(stored.reference),
            Err(StoreError::Unavailable(_)) => refused.push(new),
            Err(other) => panic!("{other}"),
        }
    }
    assert!(acknowledged.len() > 5 && refused.len() > 20, "{} {}", acknowledged.len(), refused.len());
    drop(store);
    let store = SqliteStore::open(&file).unwrap();
    for reference in &acknowledged {
        assert!(store.submission(PORTAL, reference).await.unwrap().is_some());
    }
    for new in refused {
        assert!(store.submission_by_token(new.submit_token).await.unwrap().is_none());
        store.submit(new).await.unwrap();
    }
    assert_eq!(store.outbox(None, 1_000).await.unwrap().len(), 200);
}

#[test]
fn both_schemas_have_the_same_tables() {
    let sqlite = concat!(
        include_str!("../migrations/sqlite/0001_start.sql"),
        include_str!("../migrations/sqlite/0002_release.sql")
    );
    let postgres = concat!(
        include_str!("../migrations/postgres/0001_start.sql"),
        include_str!("../migrations/postgres/0002_release.sql")
    );
    let names = |sql: &str| -> Vec<String> {
        let code = sql.lines().filter(|line| !line.starts_with("--"));
        code.map(|line| line.split_whitespace().take(3).filter(|word| is_name(word)).collect::<Vec<_>>().join(" "))
            .collect()
    };
    assert_eq!(names(sqlite), names(postgres));
}

/// A name of ours, not a type of the engine.
fn is_name(word: &str) -> bool {
    word.chars().all(|sign| sign.is_ascii_lowercase() || sign == '_')
}
