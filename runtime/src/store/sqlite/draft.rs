use jiff::Timestamp;
use rusqlite::{Connection, Row, params};
use uuid::Uuid;

use super::row::{Moment, all, execute, is_taken, one};
use crate::store::{Draft, StoreError};

/// The columns in the order of [`read`]: every page of a form asks for them, and a name costs more to find than a value.
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, portal, visitor, procedure, version, revision, submit_token, answers, created_at, changed_at,
                 expires_at FROM amtsweg_draft ",
            $rest
        )
    };
}

pub(super) fn find(
    connection: &Connection,
    portal: &str,
    visitor: &[u8; 32],
    procedure: &str,
) -> rusqlite::Result<Option<Draft>> {
    let sql = select!("WHERE portal = ? AND visitor = ? AND procedure = ?");
    one(connection, sql, params![portal, visitor, procedure], read)
}

pub(super) fn of_visitor(connection: &Connection, portal: &str, visitor: &[u8; 32]) -> rusqlite::Result<Vec<Draft>> {
    let sql = select!("WHERE portal = ? AND visitor = ? ORDER BY changed_at DESC, id DESC");
    all(connection, sql, params![portal, visitor], read)
}

pub(super) fn save(connection: &Connection, draft: &Draft) -> Result<i64, StoreError> {
    if draft.revision == 0 { insert(connection, draft) } else { update(connection, draft) }
}

/// A draft that has expired and was not swept yet makes room for the new one.
fn insert(connection: &Connection, draft: &Draft) -> Result<i64, StoreError> {
    execute(
        connection,
        "DELETE FROM amtsweg_draft WHERE portal = ? AND visitor = ? AND procedure = ? AND expires_at <= ?",
        params![draft.portal, draft.visitor, draft.procedure, Moment(draft.created_at)],
    )?;
    let inserted = execute(
        connection,
        "INSERT INTO amtsweg_draft (id, portal, visitor, procedure, version, revision, submit_token, answers,
             created_at, changed_at, expires_at)
         VALUES (?, ?, ?, ?, ?, 1, ?, ?, ?, ?, ?)",
        params![
            draft.id,
            draft.portal,
            draft.visitor,
            draft.procedure,
            draft.version,
            draft.submit_token,
            draft.answers,
            Moment(draft.created_at),
            Moment(draft.changed_at),
            Moment(draft.expires_at),
        ],
    );
    match inserted {
        Ok(_) => Ok(1),
        Err(error) if is_taken(&error) => Err(StoreError::Conflict),
        Err(error) => Err(error.into()),
    }
}

fn update(connection: &Connection, draft: &Draft) -> Result<i64, StoreError> {
    let updated = execute(
        connection,
        "UPDATE amtsweg_draft SET version = ?, revision = revision + 1, submit_token = ?, answers = ?,
             changed_at = ?, expires_at = ?
         WHERE id = ? AND portal = ? AND revision = ?",
        params![
            draft.version,
            draft.submit_token,
            draft.answers,
            Moment(draft.changed_at),
            Moment(draft.expires_at),
            draft.id,
            draft.portal,
            draft.revision,
        ],
    )?;
    if updated == 1 { Ok(draft.revision + 1) } else { Err(StoreError::Conflict) }
}

pub(super) fn discard(connection: &Connection, id: Uuid) -> rusqlite::Result<()> {
    execute(connection, "DELETE FROM amtsweg_upload WHERE draft = ? AND submission IS NULL", [id])?;
    execute(connection, "DELETE FROM amtsweg_draft WHERE id = ?", [id])?;
    Ok(())
}

pub(super) fn sweep(connection: &Connection, now: Timestamp) -> rusqlite::Result<u64> {
    let swept = execute(connection, "DELETE FROM amtsweg_draft WHERE expires_at <= ?", [Moment(now)])?;
    // Uploads of drafts that are gone, however they went.
    execute(
        connection,
        "DELETE FROM amtsweg_upload WHERE submission IS NULL
             AND NOT EXISTS (SELECT 1 FROM amtsweg_draft WHERE amtsweg_draft.id = amtsweg_upload.draft)",
        [],
    )?;
    Ok(swept as u64)
}

fn read(row: &Row<'_>) -> rusqlite::Result<Draft> {
    Ok(Draft {
        id: row.get(0)?,
        portal: row.get(1)?,
        visitor: row.get(2)?,
        procedure: row.get(3)?,
        version: row.get(4)?,
        revision: row.get(5)?,
        submit_token: row.get(6)?,
        answers: row.get(7)?,
        created_at: row.get::<_, Moment>(8)?.0,
        changed_at: row.get::<_, Moment>(9)?.0,
        expires_at: row.get::<_, Moment>(10)?.0,
    })
}
