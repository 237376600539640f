use sqlx::sqlite::SqliteRow;
use sqlx::{SqliteConnection, SqlitePool};
use uuid::Uuid;

use super::row::{get_count, get_id, get_moment, moment};
use crate::store::{StoreError, Upload};

pub(super) async fn add(connection: &mut SqliteConnection, upload: &Upload) -> Result<(), StoreError> {
    let added = sqlx::query(
        "INSERT INTO amtsweg_upload (id, portal, draft, size, created_at)
         SELECT ?, portal, id, ?, ? FROM amtsweg_draft WHERE id = ?",
    )
    .bind(&upload.id.as_bytes()[..])
    .bind(i64::try_from(upload.size).unwrap_or(i64::MAX))
    .bind(moment(upload.created_at))
    .bind(&upload.draft.as_bytes()[..])
    .execute(connection)
    .await?;
    // The draft was sent or discarded in the meantime.
    if added.rows_affected() == 1 { Ok(()) } else { Err(StoreError::Conflict) }
}

pub(super) async fn of_draft(pool: &SqlitePool, draft: Uuid) -> Result<Vec<Upload>, StoreError> {
    let rows = sqlx::query("SELECT * FROM amtsweg_upload WHERE draft = ? AND submission IS NULL ORDER BY id")
        .bind(&draft.as_bytes()[..])
        .fetch_all(pool)
        .await?;
    rows.iter().map(read).collect()
}

pub(super) async fn of_submission(pool: &SqlitePool, submission: Uuid) -> Result<Vec<Upload>, StoreError> {
    let rows = sqlx::query("SELECT * FROM amtsweg_upload WHERE submission = ? ORDER BY id")
        .bind(&submission.as_bytes()[..])
        .fetch_all(pool)
        .await?;
    rows.iter().map(read).collect()
}

pub(super) async fn exists(pool: &SqlitePool, id: Uuid) -> Result<bool, StoreError> {
    let row =
        sqlx::query("SELECT 1 FROM amtsweg_upload WHERE id = ?").bind(&id.as_bytes()[..]).fetch_optional(pool).await?;
    Ok(row.is_some())
}

pub(super) async fn remove(connection: &mut SqliteConnection, draft: Uuid, id: Uuid) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM amtsweg_upload WHERE id = ? AND draft = ? AND submission IS NULL")
        .bind(&id.as_bytes()[..])
        .bind(&draft.as_bytes()[..])
        .execute(connection)
        .await?;
    Ok(())
}

fn read(row: &SqliteRow) -> Result<Upload, StoreError> {
    Ok(Upload {
        id: get_id(row, "id")?,
        draft: get_id(row, "draft")?,
        size: get_count(row, "size")?,
        created_at: get_moment(row, "created_at")?,
    })
}
