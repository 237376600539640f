use rusqlite::{Connection, Row, params};

use super::row::{Moment, all, execute, one};
use crate::store::{PublishedVersion, StoreError};

pub(super) fn publish(connection: &Connection, version: &PublishedVersion) -> Result<(), StoreError> {
    keep(connection, &version.hash, &version.compiled)?;
    let added = execute(
        connection,
        "INSERT INTO amtsweg_published (procedure, version, hash, sources, published_at) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (procedure, version) DO NOTHING",
        params![version.procedure, version.version, version.hash, version.sources, Moment(version.published_at),],
    )?;
    if added == 1 {
        return Ok(());
    }
    let sql = "SELECT hash FROM amtsweg_published WHERE procedure = ? AND version = ?";
    let stored: Option<String> = one(connection, sql, params![version.procedure, version.version], |row| row.get(0))?;
    if stored.as_ref() == Some(&version.hash) { Ok(()) } else { Err(StoreError::VersionTaken) }
}

pub(super) fn republish(connection: &Connection, version: &PublishedVersion, before: &str) -> Result<(), StoreError> {
    keep(connection, &version.hash, &version.compiled)?;
    let moved = execute(
        connection,
        "UPDATE amtsweg_published SET hash = ?, sources = ?, published_at = ?
         WHERE procedure = ? AND version = ? AND hash = ?",
        params![
            version.hash,
            version.sources,
            Moment(version.published_at),
            version.procedure,
            version.version,
            before
        ],
    )?;
    if moved == 1 { Ok(()) } else { Err(StoreError::VersionTaken) }
}

pub(super) fn keep(connection: &Connection, hash: &str, compiled: &[u8]) -> rusqlite::Result<()> {
    let sql = "INSERT INTO amtsweg_compiled (hash, body) VALUES (?, ?) ON CONFLICT (hash) DO NOTHING";
    execute(connection, sql, params![hash, compiled])?;
    Ok(())
}

pub(super) fn compiled(connection: &Connection, hash: &str) -> rusqlite::Result<Option<Vec<u8>>> {
    one(connection, "SELECT body FROM amtsweg_compiled WHERE hash = ?", [hash], |row| row.get(0))
}

pub(super) fn published(connection: &Connection) -> rusqlite::Result<Vec<PublishedVersion>> {
    all(
        connection,
        "SELECT p.procedure, p.version, p.hash, p.published_at, c.body FROM amtsweg_published p
         JOIN amtsweg_compiled c ON c.hash = p.hash ORDER BY p.procedure, p.version",
        [],
        read,
    )
}

fn read(row: &Row<'_>) -> rusqlite::Result<PublishedVersion> {
    Ok(PublishedVersion {
        procedure: row.get("procedure")?,
        version: row.get("version")?,
        hash: row.get("hash")?,
        compiled: row.get("body")?,
        sources: String::new(),
        published_at: row.get::<_, Moment>("published_at")?.0,
    })
}
