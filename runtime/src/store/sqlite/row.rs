//! How values stand in the columns, and what the engine's errors mean.

use jiff::Timestamp;
use sqlx::sqlite::SqliteRow;
use sqlx::{Decode, Row, Sqlite, Type};
use uuid::Uuid;

use crate::store::StoreError;

/// Errors of the engine. Its messages name tables and columns, never values.
impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) | sqlx::Error::ColumnNotFound(_) => {
                Self::Corrupt(error.to_string())
            }
            other => Self::Unavailable(other.to_string()),
        }
    }
}

/// Whether a unique column has this value already.
pub(super) fn is_taken(error: &sqlx::Error) -> bool {
    error.as_database_error().is_some_and(sqlx::error::DatabaseError::is_unique_violation)
}

/// A moment as it is stored: microseconds since 1970.
pub(super) fn moment(at: Timestamp) -> i64 {
    at.as_microsecond()
}

/// A column of any type that the engine knows.
pub(super) fn get<'r, T>(row: &'r SqliteRow, column: &str) -> Result<T, StoreError>
where
    T: Decode<'r, Sqlite> + Type<Sqlite>,
{
    Ok(row.try_get(column)?)
}

/// A column with a moment.
pub(super) fn get_moment(row: &SqliteRow, column: &str) -> Result<Timestamp, StoreError> {
    Timestamp::from_microsecond(get(row, column)?).map_err(|_| corrupt(column))
}

/// A column with an id.
pub(super) fn get_id(row: &SqliteRow, column: &str) -> Result<Uuid, StoreError> {
    Uuid::from_slice(get(row, column)?).map_err(|_| corrupt(column))
}

/// A column with a SHA-256.
pub(super) fn get_hash(row: &SqliteRow, column: &str) -> Result<[u8; 32], StoreError> {
    get::<&[u8]>(row, column)?.try_into().map_err(|_| corrupt(column))
}

/// A column with a number that is never negative.
pub(super) fn get_count<T: TryFrom<i64>>(row: &SqliteRow, column: &str) -> Result<T, StoreError> {
    T::try_from(get::<i64>(row, column)?).map_err(|_| corrupt(column))
}

/// The column does not hold what belongs there.
pub(super) fn corrupt(column: &str) -> StoreError {
    StoreError::Corrupt(format!("column {column}"))
}
