use jiff::Timestamp;
use sqlx::sqlite::SqliteRow;
use sqlx::{SqliteConnection, SqlitePool};

use super::row::{corrupt, get, get_count, get_id, get_moment, moment};
use super::submission::kind_name;
use crate::store::{Attempt, DeliveryKind, OutboxEntry, OutboxRow, StoreError};

pub(super) async fn lease(
    connection: &mut SqliteConnection,
    now: Timestamp,
    until: Timestamp,
    limit: u32,
) -> Result<Vec<OutboxRow>, StoreError> {
    let rows = sqlx::query(
        "UPDATE amtsweg_outbox SET state = 'leased', attempt = attempt + 1, fence = fence + 1, due_at = ?
         WHERE id IN (SELECT id FROM amtsweg_outbox WHERE state IN ('pending', 'leased') AND due_at <= ?
                      ORDER BY due_at LIMIT ?)
         RETURNING *",
    )
    .bind(moment(until))
    .bind(moment(now))
    .bind(i64::from(limit))
    .fetch_all(connection)
    .await?;
    let mut rows: Vec<OutboxRow> = rows.iter().map(read).collect::<Result<_, _>>()?;
    rows.sort_by_key(|row| row.id);
    Ok(rows)
}

pub(super) async fn reclaim(connection: &mut SqliteConnection, now: Timestamp) -> Result<u64, StoreError> {
    let reclaimed = sqlx::query("UPDATE amtsweg_outbox SET state = 'pending', due_at = ? WHERE state = 'leased'")
        .bind(moment(now))
        .execute(connection)
        .await?;
    Ok(reclaimed.rows_affected())
}

pub(super) async fn finish(
    connection: &mut SqliteConnection,
    row: &OutboxRow,
    attempt: Attempt,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let (state, due, reason, message, counts) = match attempt {
        Attempt::Delivered => ("delivered", None, None, None, true),
        Attempt::Retry { at, reason } => ("pending", Some(at), Some(reason), None, true),
        Attempt::Postponed { at, reason } => ("pending", Some(at), Some(reason), None, false),
        Attempt::Parked { reason } => ("parked", None, Some(reason), None, true),
        Attempt::Kept { message } => ("kept", None, None, Some(message), true),
    };
    let ended = due.is_none().then(|| moment(now));
    let finished = sqlx::query(
        "UPDATE amtsweg_outbox SET state = ?, due_at = coalesce(?, due_at), reason = ?, message = ?,
             finished_at = ?, attempt = attempt - ?
         WHERE id = ? AND state = 'leased' AND fence = ?",
    )
    .bind(state)
    .bind(due.map(moment))
    .bind(reason)
    .bind(message)
    .bind(ended)
    .bind(i64::from(!counts))
    .bind(row.id)
    .bind(row.fence)
    .execute(&mut *connection)
    .await?;
    if finished.rows_affected() == 0 {
        return Ok(false);
    }
    if state == "delivered" && row.kind == DeliveryKind::Authority {
        sqlx::query("UPDATE amtsweg_submission SET state = 'handed_over' WHERE id = ? AND state = 'released'")
            .bind(&row.submission.as_bytes()[..])
            .execute(connection)
            .await?;
    }
    Ok(true)
}

pub(super) async fn release(connection: &mut SqliteConnection, id: i64, now: Timestamp) -> Result<bool, StoreError> {
    // The days after which it is given up count from now.
    let released = sqlx::query(
        "UPDATE amtsweg_outbox SET state = 'pending', due_at = ?, created_at = ?, attempt = 0, finished_at = NULL
         WHERE id = ? AND state = 'parked'",
    )
    .bind(moment(now))
    .bind(moment(now))
    .bind(id)
    .execute(connection)
    .await?;
    Ok(released.rows_affected() == 1)
}

pub(super) async fn list(pool: &SqlitePool, state: Option<&str>, limit: u32) -> Result<Vec<OutboxEntry>, StoreError> {
    let rows = sqlx::query(
        "SELECT o.*, s.reference AS reference FROM amtsweg_outbox o
         JOIN amtsweg_submission s ON s.id = o.submission
         WHERE ? IS NULL OR o.state = ? ORDER BY o.id DESC LIMIT ?",
    )
    .bind(state)
    .bind(state)
    .bind(i64::from(limit))
    .fetch_all(pool)
    .await?;
    rows.iter().map(read_entry).collect()
}

pub(super) async fn entry(pool: &SqlitePool, id: i64) -> Result<Option<OutboxEntry>, StoreError> {
    let row = sqlx::query(
        "SELECT o.*, s.reference AS reference FROM amtsweg_outbox o
         JOIN amtsweg_submission s ON s.id = o.submission WHERE o.id = ?",
    )
    .bind(id)
    .fetch_optional(pool)
    .await?;
    row.as_ref().map(read_entry).transpose()
}

fn read_entry(row: &SqliteRow) -> Result<OutboxEntry, StoreError> {
    Ok(OutboxEntry {
        row: read(row)?,
        state: get(row, "state")?,
        reference: get(row, "reference")?,
        due_at: get_moment(row, "due_at")?,
        reason: get(row, "reason")?,
        message: get(row, "message")?,
    })
}

fn read(row: &SqliteRow) -> Result<OutboxRow, StoreError> {
    let kind: &str = get(row, "kind")?;
    let kind = [DeliveryKind::Authority, DeliveryKind::Citizen]
        .into_iter()
        .find(|known| kind_name(*known) == kind)
        .ok_or_else(|| corrupt("kind"))?;
    Ok(OutboxRow {
        id: get(row, "id")?,
        submission: get_id(row, "submission")?,
        kind,
        destination: get(row, "destination")?,
        message_id: get(row, "message_id")?,
        attempt: get_count(row, "attempt")?,
        fence: get(row, "fence")?,
        created_at: get_moment(row, "created_at")?,
    })
}
