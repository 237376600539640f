//! When the next attempt is due, and when it is given up.

use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};

use super::Destination;
use crate::store::{Attempt, OutboxRow};

/// Seconds after each failed call; Standard Webhooks proposes these. After the last: parked.
const CALLS: [i64; 9] = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];
/// Seconds after each failed mail; the last one again and again, until five days are over.
const MAILS: [i64; 8] = [30, 60, 120, 300, 600, 1_800, 3_600, 7_200];
const MAILS_END: SignedDuration = SignedDuration::from_hours(5 * 24);
/// The longest that a receiver's wish to wait is followed.
const LONGEST_WAIT: i64 = 86_400;

/// What is noted after an attempt that may succeed later.
pub(super) fn next(
    row: &OutboxRow,
    destination: &Destination,
    now: Timestamp,
    reason: String,
    wait: Option<u64>,
) -> Attempt {
    let failed = usize::try_from(row.attempt).unwrap_or(usize::MAX).saturating_sub(1);
    let seconds = match destination {
        Destination::Webhook { .. } => CALLS.get(failed).copied(),
        Destination::Email { .. } | Destination::Link { .. } if now.duration_since(row.created_at) >= MAILS_END => None,
        Destination::Email { .. } | Destination::Link { .. } => MAILS.get(failed).or(MAILS.last()).copied(),
    };
    let Some(seconds) = seconds else {
        return Attempt::Parked { reason: format!("{reason} (given up after {} attempts)", row.attempt) };
    };
    let wished = wait.and_then(|wait| i64::try_from(wait).ok()).unwrap_or(0).min(LONGEST_WAIT);
    let delay = SignedDuration::from_millis((seconds * 1_000 + jitter(row, seconds)).max(wished * 1_000));
    Attempt::Retry { at: now + delay, reason }
}

/// Up to a fifth more, so that those that failed together do not come back together. It follows
/// from the message and the attempt: the same in every run.
fn jitter(row: &OutboxRow, seconds: i64) -> i64 {
    let digest = Sha256::digest(format!("{}.{}", row.message_id, row.attempt));
    let share = i64::from(u16::from_be_bytes([digest[0], digest[1]]));
    seconds * 200 * share / i64::from(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::DeliveryKind;

    fn row(attempt: u32) -> OutboxRow {
        OutboxRow {
            id: 1,
            submission: uuid::Uuid::nil(),
            kind: DeliveryKind::Authority,
            destination: Vec::new(),
            message_id: format!("msg_{attempt}"),
            attempt,
            fence: 1,
            created_at: Timestamp::UNIX_EPOCH,
        }
    }

    fn call() -> Destination {
        Destination::Webhook { url: String::new(), authority: String::new() }
    }

    fn seconds(attempt: Attempt) -> Option<f64> {
        match attempt {
            Attempt::Retry { at, .. } => Some(at.duration_since(Timestamp::UNIX_EPOCH).as_secs_f64()),
            Attempt::Parked { .. } => None,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn calls_follow_the_proposal_and_end_parked() {
        for (attempt, expected) in (1..).zip(CALLS) {
            let waited = seconds(next(&row(attempt), &call(), Timestamp::UNIX_EPOCH, String::new(), None)).unwrap();
            let expected = expected as f64;
            assert!((expected..=expected * 1.2).contains(&waited), "{attempt}: {waited}");
        }
        assert_eq!(seconds(next(&row(10), &call(), Timestamp::UNIX_EPOCH, String::new(), None)), None);
    }

    #[test]
    fn mails_go_on_for_five_days() {
        let mail = Destination::Email { address: String::new() };
        let first = seconds(next(&row(1), &mail, Timestamp::UNIX_EPOCH, String::new(), None)).unwrap();
        assert!(first >= 30.0);
        assert!(seconds(next(&row(60), &mail, Timestamp::UNIX_EPOCH, String::new(), None)).unwrap() >= 7_200.0);
        let end = Timestamp::UNIX_EPOCH + MAILS_END;
        assert_eq!(seconds(next(&row(60), &mail, end, String::new(), None)), None);
    }

    #[test]
    fn a_wish_to_wait_is_followed_for_a_day_at_most() {
        let waited = |wait| seconds(next(&row(1), &call(), Timestamp::UNIX_EPOCH, String::new(), Some(wait))).unwrap();
        assert_eq!(waited(3_600), 3_600.0);
        assert!(waited(1) >= 5.0);
        assert_eq!(waited(u64::MAX), waited(0), "nonsense is not followed");
        assert_eq!(waited(10_000_000), 86_400.0);
    }
}
