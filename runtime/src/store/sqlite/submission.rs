use sqlx::sqlite::{SqliteArguments, SqliteRow};
use sqlx::{AssertSqlSafe, SqliteConnection, SqlitePool, query::Query};
use uuid::Uuid;

use super::row::{get, get_hash, get_id, get_moment, is_taken, moment};
use crate::reference::new_reference;
use crate::store::{DeliveryKind, NewSubmission, StoreError, Submission};

/// Collisions of a reference that are borne; two in a row do not happen by chance.
const DRAWS: u32 = 8;

pub(super) async fn submit(
    connection: &mut SqliteConnection,
    mut new: NewSubmission,
) -> Result<Submission, StoreError> {
    for _ in 0..DRAWS {
        match insert(connection, &new).await {
            Ok(()) => {
                keep_uploads(connection, &new).await?;
                return Ok(stored(new));
            }
            Err(error) if is_taken(&error) => {}
            Err(error) => return Err(error.into()),
        }
        // Sent before with this token: the first one counts. Else the reference is taken.
        if let Some(first) = by_token(&mut *connection, new.submit_token).await? {
            return Ok(first);
        }
        new.reference = new_reference()
            .map_err(|_| StoreError::Unavailable("the machine's source of randomness fails".to_owned()))?;
    }
    Err(StoreError::Corrupt("no free reference".to_owned()))
}

/// Submission, deliveries and the end of the draft in one call to the engine's thread. The
/// submission comes first: where its token or reference is taken, nothing was written.
async fn insert(connection: &mut SqliteConnection, new: &NewSubmission) -> Result<(), sqlx::Error> {
    let mut sql = String::from(
        "INSERT INTO amtsweg_submission (id, reference, portal, procedure, version, submit_token, language,
             authority, fees, answers, secret, state, submitted_at, released_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'released', ?, ?);",
    );
    for (position, _) in new.outbox.iter().enumerate() {
        sql.push_str(if position == 0 {
            "INSERT INTO amtsweg_outbox (portal, submission, kind, destination, message_id, due_at, created_at)
             VALUES (?, ?, ?, ?, ?, ?, ?)"
        } else {
            ", (?, ?, ?, ?, ?, ?, ?)"
        });
    }
    sql.push_str("; DELETE FROM amtsweg_draft WHERE id = ?");
    let at = moment(new.submitted_at);
    let id = &new.id.as_bytes()[..];
    let mut query: Query<'_, sqlx::Sqlite, SqliteArguments> = sqlx::query(AssertSqlSafe(sql))
        .bind(id)
        .bind(new.reference.as_str())
        .bind(new.portal.as_str())
        .bind(new.procedure.as_str())
        .bind(new.version.as_str())
        .bind(&new.submit_token.as_bytes()[..])
        .bind(new.language.as_str())
        .bind(new.authority.as_str())
        .bind(new.fees.as_str())
        .bind(new.answers.as_slice())
        .bind(&new.secret[..])
        .bind(at)
        .bind(at);
    for row in &new.outbox {
        query = query
            .bind(new.portal.as_str())
            .bind(id)
            .bind(kind_name(row.kind))
            .bind(row.destination.as_slice())
            .bind(row.message_id.as_str())
            .bind(at)
            .bind(at);
    }
    query.bind(new.draft.as_ref().map(|draft| &draft.as_bytes()[..])).execute(connection).await?;
    Ok(())
}

async fn keep_uploads(connection: &mut SqliteConnection, new: &NewSubmission) -> Result<(), StoreError> {
    for upload in &new.uploads {
        let kept =
            sqlx::query("UPDATE amtsweg_upload SET submission = ? WHERE id = ? AND portal = ? AND submission IS NULL")
                .bind(&new.id.as_bytes()[..])
                .bind(&upload.as_bytes()[..])
                .bind(new.portal.as_str())
                .execute(&mut *connection)
                .await?;
        if kept.rows_affected() == 0 {
            return Err(StoreError::Corrupt("an upload of the submission is not there".to_owned()));
        }
    }
    Ok(())
}

fn stored(new: NewSubmission) -> Submission {
    Submission {
        id: new.id,
        reference: new.reference,
        portal: new.portal,
        procedure: new.procedure,
        version: new.version,
        language: new.language,
        authority: new.authority,
        fees: new.fees,
        answers: new.answers,
        secret: new.secret,
        state: "released".to_owned(),
        submitted_at: new.submitted_at,
    }
}

pub(super) async fn by_reference(
    pool: &SqlitePool,
    portal: &str,
    reference: &str,
) -> Result<Option<Submission>, StoreError> {
    let row = sqlx::query("SELECT * FROM amtsweg_submission WHERE portal = ? AND reference = ?")
        .bind(portal)
        .bind(reference)
        .fetch_optional(pool)
        .await?;
    row.as_ref().map(read).transpose()
}

pub(super) async fn by_token<'e>(
    executor: impl sqlx::SqliteExecutor<'e>,
    token: Uuid,
) -> Result<Option<Submission>, StoreError> {
    let row = sqlx::query("SELECT * FROM amtsweg_submission WHERE submit_token = ?")
        .bind(token.as_bytes().to_vec())
        .fetch_optional(executor)
        .await?;
    row.as_ref().map(read).transpose()
}

pub(super) async fn by_id(pool: &SqlitePool, id: Uuid) -> Result<Option<Submission>, StoreError> {
    let row = sqlx::query("SELECT * FROM amtsweg_submission WHERE id = ?")
        .bind(&id.as_bytes()[..])
        .fetch_optional(pool)
        .await?;
    row.as_ref().map(read).transpose()
}

/// How a kind of delivery is called in its column.
pub(super) fn kind_name(kind: DeliveryKind) -> &'static str {
    match kind {
        DeliveryKind::Authority => "authority",
        DeliveryKind::Citizen => "citizen",
    }
}

fn read(row: &SqliteRow) -> Result<Submission, StoreError> {
    Ok(Submission {
        id: get_id(row, "id")?,
        reference: get(row, "reference")?,
        portal: get(row, "portal")?,
        procedure: get(row, "procedure")?,
        version: get(row, "version")?,
        language: get(row, "language")?,
        authority: get(row, "authority")?,
        fees: get(row, "fees")?,
        answers: get(row, "answers")?,
        secret: get_hash(row, "secret")?,
        state: get(row, "state")?,
        submitted_at: get_moment(row, "submitted_at")?,
    })
}
