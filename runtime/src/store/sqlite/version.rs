use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection, SqlitePool};

use super::row::{get, get_count, get_moment, moment};
use crate::store::{PublishedVersion, StoreError};

pub(super) async fn publish(connection: &mut SqliteConnection, version: &PublishedVersion) -> Result<(), StoreError> {
    keep(connection, &version.hash, &version.compiled).await?;
    let added = sqlx::query(
        "INSERT INTO amtsweg_published (procedure, version, hash, sources, published_at) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (procedure, version) DO NOTHING",
    )
    .bind(version.procedure.as_str())
    .bind(i64::from(version.version))
    .bind(version.hash.as_str())
    .bind(version.sources.as_str())
    .bind(moment(version.published_at))
    .execute(&mut *connection)
    .await?;
    if added.rows_affected() == 1 {
        return Ok(());
    }
    let stored = sqlx::query("SELECT hash FROM amtsweg_published WHERE procedure = ? AND version = ?")
        .bind(version.procedure.as_str())
        .bind(i64::from(version.version))
        .fetch_one(connection)
        .await?;
    if get::<&str>(&stored, "hash")? == version.hash { Ok(()) } else { Err(StoreError::VersionTaken) }
}

pub(super) async fn keep(connection: &mut SqliteConnection, hash: &str, compiled: &[u8]) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO amtsweg_compiled (hash, body) VALUES (?, ?) ON CONFLICT (hash) DO NOTHING")
        .bind(hash)
        .bind(compiled)
        .execute(connection)
        .await?;
    Ok(())
}

pub(super) async fn compiled(pool: &SqlitePool, hash: &str) -> Result<Option<Vec<u8>>, StoreError> {
    let row = sqlx::query("SELECT body FROM amtsweg_compiled WHERE hash = ?").bind(hash).fetch_optional(pool).await?;
    Ok(row.map(|row| row.try_get("body")).transpose()?)
}

pub(super) async fn published(pool: &SqlitePool) -> Result<Vec<PublishedVersion>, StoreError> {
    let rows = sqlx::query(
        "SELECT p.procedure, p.version, p.hash, p.published_at, c.body FROM amtsweg_published p
         JOIN amtsweg_compiled c ON c.hash = p.hash ORDER BY p.procedure, p.version",
    )
    .fetch_all(pool)
    .await?;
    rows.iter().map(read).collect()
}

fn read(row: &SqliteRow) -> Result<PublishedVersion, StoreError> {
    Ok(PublishedVersion {
        procedure: get(row, "procedure")?,
        version: get_count(row, "version")?,
        hash: get(row, "hash")?,
        compiled: get(row, "body")?,
        sources: String::new(),
        published_at: get_moment(row, "published_at")?,
    })
}
