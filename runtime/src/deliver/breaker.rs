//! One lane for each other side (a mail server, a receiver): a dead one is left alone for a
//! while, and never takes the places of the others.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};

/// Deliveries at the same time on one lane.
const WIDTH: usize = 8;
/// Failures in a row after which a lane is closed.
const PATIENCE: u32 = 5;
/// How long it is closed first; doubles each time.
const SHORTEST: SignedDuration = SignedDuration::from_secs(30);
const LONGEST: SignedDuration = SignedDuration::from_mins(15);
/// A delivery that takes longer makes the lane a slow one.
const SLOW: SignedDuration = SignedDuration::from_secs(5);

/// Whether a delivery may start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Admission {
    /// It may; [`Lanes::leave`] has to follow.
    Go,
    /// The lane is full with deliveries that go well: soon.
    Soon,
    /// The lane is closed or stuck: look again then.
    Not(Timestamp),
}

#[derive(Default)]
struct Lane {
    /// When each delivery that is under way began.
    under_way: Vec<Timestamp>,
    failures: u32,
    closed_until: Option<Timestamp>,
}

/// All lanes.
#[derive(Default)]
pub(super) struct Lanes {
    lanes: Mutex<HashMap<String, Lane>>,
}

impl Lanes {
    /// Asks for a place on a lane.
    pub(super) fn enter(&self, name: &str, now: Timestamp) -> Admission {
        let mut lanes = self.lanes.lock().unwrap_or_else(PoisonError::into_inner);
        let lane = lanes.entry(name.to_owned()).or_default();
        if let Some(until) = lane.closed_until {
            if now < until {
                return Admission::Not(until);
            }
            // Closed for long enough: one goes ahead and shows whether it is better.
            if !lane.under_way.is_empty() {
                return Admission::Not(now + SLOW);
            }
        }
        if lane.under_way.len() < WIDTH {
            lane.under_way.push(now);
            return Admission::Go;
        }
        let stuck = lane.failures > 0 || lane.under_way.iter().any(|since| now.duration_since(*since) > SLOW);
        if stuck { Admission::Not(now + SLOW * 2) } else { Admission::Soon }
    }

    /// A delivery that began at `since` has ended; `failed`: the other side is in trouble.
    pub(super) fn leave(&self, name: &str, since: Timestamp, now: Timestamp, failed: bool) {
        let mut lanes = self.lanes.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(lane) = lanes.get_mut(name) else {
            return;
        };
        if let Some(position) = lane.under_way.iter().position(|began| *began == since) {
            lane.under_way.swap_remove(position);
        }
        if failed {
            lane.failures = lane.failures.saturating_add(1);
            if lane.failures >= PATIENCE {
                let doublings = (lane.failures - PATIENCE).min(8);
                lane.closed_until = Some(now + (SHORTEST * (1 << doublings)).min(LONGEST));
                tracing::warn!(lane = name, failures = lane.failures, "deliveries fail; left alone for a while");
            }
        } else {
            lane.failures = 0;
            lane.closed_until = None;
            if lane.under_way.is_empty() {
                lanes.remove(name);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn a_lane_that_fails_is_closed_and_opens_with_one() {
        let lanes = Lanes::default();
        for second in 0..5 {
            assert_eq!(lanes.enter("dead", at(second)), Admission::Go);
            lanes.leave("dead", at(second), at(second), true);
        }
        assert_eq!(lanes.enter("dead", at(5)), Admission::Not(at(34)));
        assert_eq!(lanes.enter("alive", at(5)), Admission::Go);

        assert_eq!(lanes.enter("dead", at(34)), Admission::Go);
        assert!(matches!(lanes.enter("dead", at(34)), Admission::Not(_)), "one goes ahead");
        lanes.leave("dead", at(34), at(35), true);
        assert_eq!(lanes.enter("dead", at(36)), Admission::Not(at(35 + 60)), "longer each time");

        assert_eq!(lanes.enter("dead", at(95)), Admission::Go);
        lanes.leave("dead", at(95), at(96), false);
        for _ in 0..WIDTH {
            assert_eq!(lanes.enter("dead", at(97)), Admission::Go);
        }
    }

    #[test]
    fn a_full_lane_says_whether_it_moves() {
        let lanes = Lanes::default();
        for _ in 0..WIDTH {
            assert_eq!(lanes.enter("slow", at(0)), Admission::Go);
        }
        assert_eq!(lanes.enter("slow", at(1)), Admission::Soon);
        assert!(matches!(lanes.enter("slow", at(60)), Admission::Not(_)));
        lanes.leave("slow", at(0), at(61), false);
        assert_eq!(lanes.enter("slow", at(61)), Admission::Go);
    }
}
