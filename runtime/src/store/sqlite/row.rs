//! How values stand in the columns, and what the engine's errors mean.

use jiff::Timestamp;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Error, ErrorCode, OptionalExtension as _};

use crate::store::{DeliveryKind, StoreError};

/// Errors of the engine. Its messages name tables and columns, never values.
impl From<Error> for StoreError {
    fn from(error: Error) -> Self {
        match error {
            Error::FromSqlConversionFailure(..)
            | Error::InvalidColumnType(..)
            | Error::InvalidColumnName(_)
            | Error::IntegralValueOutOfRange(..) => Self::Corrupt(error.to_string()),
            other => Self::Unavailable(other.to_string()),
        }
    }
}

/// Whether a unique column has this value already.
pub(super) fn is_taken(error: &Error) -> bool {
    error.sqlite_error_code() == Some(ErrorCode::ConstraintViolation)
        && error.sqlite_error().is_some_and(|failure| {
            use rusqlite::ffi::{SQLITE_CONSTRAINT_PRIMARYKEY, SQLITE_CONSTRAINT_UNIQUE};
            matches!(failure.extended_code, SQLITE_CONSTRAINT_UNIQUE | SQLITE_CONSTRAINT_PRIMARYKEY)
        })
}

/// Whether somebody else holds the file at the moment.
pub(super) fn is_busy(error: &Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked))
}

/// A moment as it is stored: microseconds since 1970.
pub(super) struct Moment(pub Timestamp);

impl ToSql for Moment {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.0.as_microsecond().into())
    }
}

impl FromSql for Moment {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        Timestamp::from_microsecond(value.as_i64()?).map(Self).map_err(FromSqlError::other)
    }
}

impl ToSql for DeliveryKind {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(kind_name(*self).into())
    }
}

impl FromSql for DeliveryKind {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let name = value.as_str()?;
        [Self::Authority, Self::Citizen, Self::Link, Self::Reminder, Self::Released, Self::Withdrawn]
            .into_iter()
            .find(|known| kind_name(*known) == name)
            .ok_or(FromSqlError::InvalidType)
    }
}

fn kind_name(kind: DeliveryKind) -> &'static str {
    match kind {
        DeliveryKind::Authority => "authority",
        DeliveryKind::Citizen => "citizen",
        DeliveryKind::Link => "link",
        DeliveryKind::Reminder => "reminder",
        DeliveryKind::Released => "released",
        DeliveryKind::Withdrawn => "withdrawn",
    }
}

/// The only row of a query, if there is one.
pub(super) fn one<T>(
    connection: &rusqlite::Connection,
    sql: &str,
    values: impl rusqlite::Params,
    read: impl FnOnce(&rusqlite::Row<'_>) -> rusqlite::Result<T>,
) -> rusqlite::Result<Option<T>> {
    connection.prepare_cached(sql)?.query_row(values, read).optional()
}

/// All rows of a query.
pub(super) fn all<T>(
    connection: &rusqlite::Connection,
    sql: &str,
    values: impl rusqlite::Params,
    read: impl FnMut(&rusqlite::Row<'_>) -> rusqlite::Result<T>,
) -> rusqlite::Result<Vec<T>> {
    connection.prepare_cached(sql)?.query_map(values, read)?.collect()
}

/// Runs a statement; answers with how many rows it changed.
pub(super) fn execute(
    connection: &rusqlite::Connection,
    sql: &str,
    values: impl rusqlite::Params,
) -> rusqlite::Result<usize> {
    connection.prepare_cached(sql)?.execute(values)
}
