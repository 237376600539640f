use rusqlite::{Connection, Row, params};
use uuid::Uuid;

use super::row::{Moment, all, execute, one};
use crate::store::{StoreError, Upload};

pub(super) fn add(connection: &Connection, upload: &Upload) -> Result<(), StoreError> {
    let added = execute(
        connection,
        "INSERT INTO amtsweg_upload (id, portal, draft, size, created_at)
         SELECT ?, portal, id, ?, ? FROM amtsweg_draft WHERE id = ?",
        params![upload.id, upload.size, Moment(upload.created_at), upload.draft,],
    )?;
    // The draft was sent or discarded in the meantime.
    if added == 1 { Ok(()) } else { Err(StoreError::Conflict) }
}

pub(super) fn of_draft(connection: &Connection, draft: Uuid) -> rusqlite::Result<Vec<Upload>> {
    let sql = "SELECT * FROM amtsweg_upload WHERE draft = ? AND submission IS NULL ORDER BY id";
    all(connection, sql, [draft], read)
}

pub(super) fn of_submission(connection: &Connection, submission: Uuid) -> rusqlite::Result<Vec<Upload>> {
    all(connection, "SELECT * FROM amtsweg_upload WHERE submission = ? ORDER BY id", [submission], read)
}

pub(super) fn exists(connection: &Connection, id: Uuid) -> rusqlite::Result<bool> {
    Ok(one(connection, "SELECT 1 FROM amtsweg_upload WHERE id = ?", [id], |_| Ok(()))?.is_some())
}

pub(super) fn remove(connection: &Connection, draft: Uuid, id: Uuid) -> rusqlite::Result<()> {
    let sql = "DELETE FROM amtsweg_upload WHERE id = ? AND draft = ? AND submission IS NULL";
    execute(connection, sql, [id, draft])?;
    Ok(())
}

fn read(row: &Row<'_>) -> rusqlite::Result<Upload> {
    Ok(Upload {
        id: row.get("id")?,
        draft: row.get("draft")?,
        size: row.get("size")?,
        created_at: row.get::<_, Moment>("created_at")?.0,
    })
}
