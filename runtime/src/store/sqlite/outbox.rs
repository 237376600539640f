use jiff::Timestamp;
use rusqlite::{Connection, Row, params};

use super::row::{Moment, all, execute, one};
use crate::store::{Attempt, DeliveryKind, OutboxEntry, OutboxRow};

pub(super) fn lease(
    connection: &Connection,
    now: Timestamp,
    until: Timestamp,
    limit: u32,
) -> rusqlite::Result<Vec<OutboxRow>> {
    let mut rows = all(
        connection,
        "UPDATE amtsweg_outbox SET state = 'leased', attempt = attempt + 1, fence = fence + 1, due_at = ?
         WHERE id IN (SELECT id FROM amtsweg_outbox WHERE state IN ('pending', 'leased') AND due_at <= ?
                      ORDER BY due_at LIMIT ?)
         RETURNING *",
        params![Moment(until), Moment(now), limit],
        read,
    )?;
    rows.sort_by_key(|row| row.id);
    Ok(rows)
}

pub(super) fn reclaim(connection: &Connection, now: Timestamp) -> rusqlite::Result<u64> {
    let sql = "UPDATE amtsweg_outbox SET state = 'pending', due_at = ? WHERE state = 'leased'";
    Ok(execute(connection, sql, [Moment(now)])? as u64)
}

pub(super) fn finish(
    connection: &Connection,
    row: &OutboxRow,
    attempt: Attempt,
    now: Timestamp,
) -> rusqlite::Result<bool> {
    let (state, due, reason, message, counts) = match attempt {
        Attempt::Delivered => ("delivered", None, None, None, true),
        Attempt::Retry { at, reason } => ("pending", Some(at), Some(reason), None, true),
        Attempt::Postponed { at, reason } => ("pending", Some(at), Some(reason), None, false),
        Attempt::Parked { reason } => ("parked", None, Some(reason), None, true),
        Attempt::Kept { message } => ("kept", None, None, Some(message), true),
    };
    let ended = due.is_none().then_some(Moment(now));
    let finished = execute(
        connection,
        "UPDATE amtsweg_outbox SET state = ?, due_at = coalesce(?, due_at), reason = ?, message = ?,
             finished_at = ?, attempt = attempt - ?
         WHERE id = ? AND state = 'leased' AND fence = ?",
        params![state, due.map(Moment), reason, message, ended, i64::from(!counts), row.id, row.fence],
    )?;
    if finished == 0 {
        return Ok(false);
    }
    if state == "delivered" && row.kind == DeliveryKind::Authority {
        let sql = "UPDATE amtsweg_submission SET state = 'handed_over' WHERE id = ? AND state = 'released'";
        execute(connection, sql, [row.submission])?;
    }
    Ok(true)
}

pub(super) fn release(connection: &Connection, id: i64, now: Timestamp) -> rusqlite::Result<bool> {
    // The days after which it is given up count from now.
    let released = execute(
        connection,
        "UPDATE amtsweg_outbox SET state = 'pending', due_at = ?, created_at = ?, attempt = 0, finished_at = NULL
         WHERE id = ? AND state = 'parked'",
        params![Moment(now), Moment(now), id],
    )?;
    Ok(released == 1)
}

pub(super) fn list(connection: &Connection, state: Option<&str>, limit: u32) -> rusqlite::Result<Vec<OutboxEntry>> {
    all(
        connection,
        "SELECT o.*, s.reference AS reference FROM amtsweg_outbox o
         JOIN amtsweg_submission s ON s.id = o.submission
         WHERE ?1 IS NULL OR o.state = ?1 ORDER BY o.id DESC LIMIT ?2",
        params![state, limit],
        read_entry,
    )
}

pub(super) fn entry(connection: &Connection, id: i64) -> rusqlite::Result<Option<OutboxEntry>> {
    one(
        connection,
        "SELECT o.*, s.reference AS reference FROM amtsweg_outbox o
         JOIN amtsweg_submission s ON s.id = o.submission WHERE o.id = ?",
        [id],
        read_entry,
    )
}

fn read_entry(row: &Row<'_>) -> rusqlite::Result<OutboxEntry> {
    Ok(OutboxEntry {
        row: read(row)?,
        state: row.get("state")?,
        reference: row.get("reference")?,
        due_at: row.get::<_, Moment>("due_at")?.0,
        reason: row.get("reason")?,
        message: row.get("message")?,
    })
}

fn read(row: &Row<'_>) -> rusqlite::Result<OutboxRow> {
    Ok(OutboxRow {
        id: row.get("id")?,
        submission: row.get("submission")?,
        kind: row.get("kind")?,
        destination: row.get("destination")?,
        message_id: row.get("message_id")?,
        attempt: row.get("attempt")?,
        fence: row.get("fence")?,
        created_at: row.get::<_, Moment>("created_at")?.0,
    })
}
