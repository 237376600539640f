use jiff::Timestamp;
use sqlx::sqlite::SqliteRow;
use sqlx::{SqliteConnection, SqlitePool};
use uuid::Uuid;

use super::row::{get, get_hash, get_id, get_moment, is_taken, moment};
use crate::store::{Draft, StoreError};

pub(super) async fn find(
    pool: &SqlitePool,
    portal: &str,
    visitor: &[u8; 32],
    procedure: &str,
) -> Result<Option<Draft>, StoreError> {
    let row = sqlx::query("SELECT * FROM amtsweg_draft WHERE portal = ? AND visitor = ? AND procedure = ?")
        .bind(portal)
        .bind(&visitor[..])
        .bind(procedure)
        .fetch_optional(pool)
        .await?;
    row.as_ref().map(read).transpose()
}

pub(super) async fn all(pool: &SqlitePool, portal: &str, visitor: &[u8; 32]) -> Result<Vec<Draft>, StoreError> {
    let rows =
        sqlx::query("SELECT * FROM amtsweg_draft WHERE portal = ? AND visitor = ? ORDER BY changed_at DESC, id DESC")
            .bind(portal)
            .bind(&visitor[..])
            .fetch_all(pool)
            .await?;
    rows.iter().map(read).collect()
}

pub(super) async fn save(connection: &mut SqliteConnection, draft: &Draft) -> Result<i64, StoreError> {
    if draft.revision == 0 { insert(connection, draft).await } else { update(connection, draft).await }
}

/// A draft that has expired and was not swept yet makes room for the new one.
async fn insert(connection: &mut SqliteConnection, draft: &Draft) -> Result<i64, StoreError> {
    let inserted = sqlx::query(
        "DELETE FROM amtsweg_draft WHERE portal = ? AND visitor = ? AND procedure = ? AND expires_at <= ?;
         INSERT INTO amtsweg_draft (id, portal, visitor, procedure, version, revision, submit_token, answers,
             created_at, changed_at, expires_at)
         VALUES (?, ?, ?, ?, ?, 1, ?, ?, ?, ?, ?)",
    )
    .bind(draft.portal.as_str())
    .bind(&draft.visitor[..])
    .bind(draft.procedure.as_str())
    .bind(moment(draft.created_at))
    .bind(&draft.id.as_bytes()[..])
    .bind(draft.portal.as_str())
    .bind(&draft.visitor[..])
    .bind(draft.procedure.as_str())
    .bind(draft.version.as_str())
    .bind(&draft.submit_token.as_bytes()[..])
    .bind(draft.answers.as_slice())
    .bind(moment(draft.created_at))
    .bind(moment(draft.changed_at))
    .bind(moment(draft.expires_at))
    .execute(connection)
    .await;
    match inserted {
        Ok(_) => Ok(1),
        Err(error) if is_taken(&error) => Err(StoreError::Conflict),
        Err(error) => Err(error.into()),
    }
}

async fn update(connection: &mut SqliteConnection, draft: &Draft) -> Result<i64, StoreError> {
    let updated = sqlx::query(
        "UPDATE amtsweg_draft SET version = ?, revision = revision + 1, submit_token = ?, answers = ?,
             changed_at = ?, expires_at = ?
         WHERE id = ? AND portal = ? AND revision = ?",
    )
    .bind(draft.version.as_str())
    .bind(&draft.submit_token.as_bytes()[..])
    .bind(draft.answers.as_slice())
    .bind(moment(draft.changed_at))
    .bind(moment(draft.expires_at))
    .bind(&draft.id.as_bytes()[..])
    .bind(draft.portal.as_str())
    .bind(draft.revision)
    .execute(connection)
    .await?;
    if updated.rows_affected() == 1 { Ok(draft.revision + 1) } else { Err(StoreError::Conflict) }
}

pub(super) async fn discard(connection: &mut SqliteConnection, id: Uuid) -> Result<(), StoreError> {
    sqlx::query(
        "DELETE FROM amtsweg_upload WHERE draft = ? AND submission IS NULL;
         DELETE FROM amtsweg_draft WHERE id = ?",
    )
    .bind(&id.as_bytes()[..])
    .bind(&id.as_bytes()[..])
    .execute(connection)
    .await?;
    Ok(())
}

pub(super) async fn sweep(connection: &mut SqliteConnection, now: Timestamp) -> Result<u64, StoreError> {
    let swept = sqlx::query("DELETE FROM amtsweg_draft WHERE expires_at <= ?")
        .bind(moment(now))
        .execute(&mut *connection)
        .await?;
    // Uploads of drafts that are gone, however they went.
    sqlx::query(
        "DELETE FROM amtsweg_upload WHERE submission IS NULL
             AND NOT EXISTS (SELECT 1 FROM amtsweg_draft WHERE amtsweg_draft.id = amtsweg_upload.draft)",
    )
    .execute(connection)
    .await?;
    Ok(swept.rows_affected())
}

fn read(row: &SqliteRow) -> Result<Draft, StoreError> {
    Ok(Draft {
        id: get_id(row, "id")?,
        portal: get(row, "portal")?,
        visitor: get_hash(row, "visitor")?,
        procedure: get(row, "procedure")?,
        version: get(row, "version")?,
        revision: get(row, "revision")?,
        submit_token: get_id(row, "submit_token")?,
        answers: get(row, "answers")?,
        created_at: get_moment(row, "created_at")?,
        changed_at: get_moment(row, "changed_at")?,
        expires_at: get_moment(row, "expires_at")?,
    })
}
