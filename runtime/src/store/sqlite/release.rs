use jiff::Timestamp;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Connection, Row, params};
use uuid::Uuid;

use super::row::{Moment, all, execute, one};
use super::submission::add_deliveries;
use crate::store::{
    Condition, ConditionKind, ConditionState, NewCondition, NewOutboxRow, Settled, Settlement, StoreError, Then,
};

/// Stores the conditions of a submission that has just been inserted.
pub(super) fn add(
    connection: &Connection,
    portal: &str,
    submission: Uuid,
    conditions: &[NewCondition],
) -> rusqlite::Result<()> {
    for new in conditions {
        let state = if new.open.is_some() { ConditionState::Open } else { ConditionState::Ahead };
        execute(
            connection,
            "INSERT INTO amtsweg_condition (id, portal, submission, kind, secret, detail, state, remind_at, due_at)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            params![
                new.id,
                portal,
                submission,
                new.kind,
                new.secret,
                new.detail,
                state,
                new.open.and_then(|times| times.remind_at).map(Moment),
                new.open.map(|times| Moment(times.due_at)),
            ],
        )?;
    }
    Ok(())
}

/// Settles a condition. Whatever is written is undone where this answers with an error.
pub(super) fn settle(connection: &Connection, settlement: &Settlement) -> Result<Settled, StoreError> {
    let settled = execute(
        connection,
        "UPDATE amtsweg_condition SET state = ?, settled_at = ?, remind_at = NULL WHERE id = ? AND state = 'open'",
        params![settlement.end, Moment(settlement.at), settlement.condition],
    )?;
    if settled == 0 {
        return Ok(Settled::Before);
    }
    let id = settlement.submission;
    let current = execute(
        connection,
        "UPDATE amtsweg_submission SET revision = revision + 1, answers = coalesce(?, answers)
         WHERE id = ? AND revision = ? AND state = 'submitted'",
        params![settlement.answers, id, settlement.revision],
    )?;
    if current == 0 {
        return Err(StoreError::Conflict);
    }
    for (opens, times) in &settlement.opens {
        execute(
            connection,
            "UPDATE amtsweg_condition SET state = 'open', remind_at = ?, due_at = ? WHERE id = ? AND state = 'ahead'",
            params![times.remind_at.map(Moment), Moment(times.due_at), opens],
        )?;
    }
    add_deliveries(connection, id, &settlement.outbox, settlement.at)?;
    match &settlement.then {
        Then::Withdraw(rows) => {
            let others = "UPDATE amtsweg_condition SET state = 'over', settled_at = ?, remind_at = NULL
                          WHERE submission = ? AND state IN ('ahead', 'open')";
            execute(connection, others, params![Moment(settlement.at), id])?;
            execute(connection, "UPDATE amtsweg_submission SET state = 'withdrawn' WHERE id = ?", [id])?;
            add_deliveries(connection, id, rows, settlement.at)?;
            Ok(Settled::Withdrawn)
        }
        Then::Release(_) if is_waiting(connection, id)? => Ok(Settled::Waiting),
        Then::Release(rows) => {
            let released = "UPDATE amtsweg_submission SET state = 'released', released_at = ? WHERE id = ?";
            execute(connection, released, params![Moment(settlement.at), id])?;
            add_deliveries(connection, id, rows, settlement.at)?;
            Ok(Settled::Released)
        }
    }
}

fn is_waiting(connection: &Connection, submission: Uuid) -> rusqlite::Result<bool> {
    let sql = "SELECT 1 FROM amtsweg_condition WHERE submission = ? AND state IN ('ahead', 'open') LIMIT 1";
    Ok(one(connection, sql, [submission], |_| Ok(()))?.is_some())
}

/// Notes that somebody is reminded, with the mail that does it; `false`: they were before.
pub(super) fn remind(
    connection: &Connection,
    condition: &Condition,
    rows: &[NewOutboxRow],
    now: Timestamp,
) -> rusqlite::Result<bool> {
    let sql = "UPDATE amtsweg_condition SET remind_at = NULL
               WHERE id = ? AND state = 'open' AND remind_at IS NOT NULL";
    if execute(connection, sql, [condition.id])? == 0 {
        return Ok(false);
    }
    add_deliveries(connection, condition.submission, rows, now)?;
    Ok(true)
}

pub(super) fn of_submission(connection: &Connection, submission: Uuid) -> rusqlite::Result<Vec<Condition>> {
    all(connection, "SELECT * FROM amtsweg_condition WHERE submission = ? ORDER BY id", [submission], read)
}

pub(super) fn by_secret(
    connection: &Connection,
    portal: &str,
    secret: &[u8; 32],
) -> rusqlite::Result<Option<Condition>> {
    let sql = "SELECT * FROM amtsweg_condition WHERE portal = ? AND secret = ?";
    one(connection, sql, params![portal, secret], read)
}

pub(super) fn due(connection: &Connection, now: Timestamp, limit: u32) -> rusqlite::Result<Vec<Condition>> {
    all(
        connection,
        "SELECT * FROM amtsweg_condition WHERE state = 'open' AND due_at <= ?1
         UNION
         SELECT * FROM amtsweg_condition WHERE state = 'open' AND remind_at IS NOT NULL AND remind_at <= ?1
         LIMIT ?2",
        params![Moment(now), limit],
        read,
    )
}

fn read(row: &Row<'_>) -> rusqlite::Result<Condition> {
    Ok(Condition {
        id: row.get("id")?,
        portal: row.get("portal")?,
        submission: row.get("submission")?,
        kind: row.get("kind")?,
        detail: row.get("detail")?,
        state: row.get("state")?,
        remind_at: row.get::<_, Option<Moment>>("remind_at")?.map(|moment| moment.0),
        due_at: row.get::<_, Option<Moment>>("due_at")?.map(|moment| moment.0),
        settled_at: row.get::<_, Option<Moment>>("settled_at")?.map(|moment| moment.0),
    })
}

/// Words in columns, in both directions.
macro_rules! words {
    ($name:ident { $($variant:ident $word:literal),+ }) => {
        impl ToSql for $name {
            fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
                Ok(match self { $(Self::$variant => $word),+ }.into())
            }
        }

        impl FromSql for $name {
            fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
                match value.as_str()? {
                    $($word => Ok(Self::$variant),)+
                    _ => Err(FromSqlError::InvalidType),
                }
            }
        }
    };
}

words! { ConditionKind { Email "email", Payment "payment", SecondPerson "second_person" } }
words! { ConditionState { Ahead "ahead", Open "open", Met "met", Over "over" } }
