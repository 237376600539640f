use jiff::Timestamp;
use rusqlite::{Connection, Row, params};
use uuid::Uuid;

use super::row::{Moment, execute, is_taken, one};
use crate::reference::new_reference;
use crate::store::{NewOutboxRow, NewSubmission, StoreError, Submission};

/// Collisions of a reference that are borne; two in a row do not happen by chance.
const DRAWS: u32 = 8;

pub(super) fn submit(connection: &Connection, mut new: NewSubmission) -> Result<Submission, StoreError> {
    for _ in 0..DRAWS {
        match insert(connection, &new) {
            Ok(()) => {
                keep_uploads(connection, &new)?;
                return Ok(stored(new));
            }
            Err(error) if is_taken(&error) => {}
            Err(error) => return Err(error.into()),
        }
        // Sent before with this token: the first one counts. Else the reference is taken.
        if let Some(first) = by_token(connection, new.submit_token)? {
            return Ok(first);
        }
        new.reference = new_reference()
            .map_err(|_| StoreError::Unavailable("the machine's source of randomness fails".to_owned()))?;
    }
    Err(StoreError::Corrupt("no free reference".to_owned()))
}

/// Submission, deliveries and the end of the draft. The submission comes first: where its token
/// or reference is taken, nothing was written.
fn insert(connection: &Connection, new: &NewSubmission) -> rusqlite::Result<()> {
    execute(
        connection,
        "INSERT INTO amtsweg_submission (id, reference, portal, procedure, version, submit_token, language,
             authority, fees, answers, secret, state, submitted_at, released_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        params![
            new.id,
            new.reference,
            new.portal,
            new.procedure,
            new.version,
            new.submit_token,
            new.language,
            new.authority,
            new.fees,
            new.answers,
            new.secret,
            state(new),
            Moment(new.submitted_at),
            new.conditions.is_empty().then_some(Moment(new.submitted_at)),
        ],
    )?;
    super::release::add(connection, &new.portal, new.id, &new.conditions)?;
    add_deliveries(connection, new.id, &new.outbox, new.submitted_at)?;
    if let Some(draft) = new.draft {
        execute(connection, "DELETE FROM amtsweg_draft WHERE id = ?", [draft])?;
    }
    Ok(())
}

/// Where it waits for nothing it is released at once.
fn state(new: &NewSubmission) -> &'static str {
    if new.conditions.is_empty() { "released" } else { "submitted" }
}

/// Deliveries of a submission that are due at once.
pub(super) fn add_deliveries(
    connection: &Connection,
    submission: Uuid,
    rows: &[NewOutboxRow],
    now: Timestamp,
) -> rusqlite::Result<()> {
    for row in rows {
        execute(
            connection,
            "INSERT INTO amtsweg_outbox (portal, submission, kind, destination, message_id, due_at, created_at)
             SELECT portal, id, ?, ?, ?, ?, ? FROM amtsweg_submission WHERE id = ?",
            params![row.kind, row.destination, row.message_id, Moment(now), Moment(now), submission],
        )?;
    }
    Ok(())
}

fn keep_uploads(connection: &Connection, new: &NewSubmission) -> Result<(), StoreError> {
    for upload in &new.uploads {
        let kept = execute(
            connection,
            "UPDATE amtsweg_upload SET submission = ? WHERE id = ? AND portal = ? AND submission IS NULL",
            params![new.id, upload, new.portal],
        )?;
        if kept == 0 {
            return Err(StoreError::Corrupt("an upload of the submission is not there".to_owned()));
        }
    }
    Ok(())
}

fn stored(new: NewSubmission) -> Submission {
    Submission {
        state: state(&new).to_owned(),
        released_at: new.conditions.is_empty().then_some(new.submitted_at),
        revision: 0,
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
        submitted_at: new.submitted_at,
    }
}

pub(super) fn by_reference(
    connection: &Connection,
    portal: &str,
    reference: &str,
) -> rusqlite::Result<Option<Submission>> {
    let sql = "SELECT * FROM amtsweg_submission WHERE portal = ? AND reference = ?";
    one(connection, sql, [portal, reference], read)
}

pub(super) fn by_token(connection: &Connection, token: Uuid) -> rusqlite::Result<Option<Submission>> {
    one(connection, "SELECT * FROM amtsweg_submission WHERE submit_token = ?", [token], read)
}

pub(super) fn by_id(connection: &Connection, id: Uuid) -> rusqlite::Result<Option<Submission>> {
    one(connection, "SELECT * FROM amtsweg_submission WHERE id = ?", [id], read)
}

fn read(row: &Row<'_>) -> rusqlite::Result<Submission> {
    Ok(Submission {
        id: row.get("id")?,
        reference: row.get("reference")?,
        portal: row.get("portal")?,
        procedure: row.get("procedure")?,
        version: row.get("version")?,
        language: row.get("language")?,
        authority: row.get("authority")?,
        fees: row.get("fees")?,
        answers: row.get("answers")?,
        secret: row.get("secret")?,
        state: row.get("state")?,
        submitted_at: row.get::<_, Moment>("submitted_at")?.0,
        released_at: row.get::<_, Option<Moment>>("released_at")?.map(|moment| moment.0),
        revision: row.get("revision")?,
    })
}
