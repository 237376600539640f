//! What time it is: an argument, so that tests and embedders can steer it.

use std::sync::LazyLock;

use jiff::{Timestamp, civil::DateTime, tz::TimeZone};

/// The source of time.
pub trait Clock: Send + Sync + 'static {
    /// The present moment.
    fn now(&self) -> Timestamp;
}

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

static BERLIN: LazyLock<TimeZone> = LazyLock::new(|| TimeZone::get("Europe/Berlin").unwrap_or(TimeZone::UTC));

/// The moment at which the clock on the wall in Germany shows this.
#[must_use]
pub fn moment(local: DateTime) -> Timestamp {
    BERLIN.to_ambiguous_timestamp(local).compatible().unwrap_or(Timestamp::MAX)
}

/// A moment as the clock on the wall shows it in Germany, to the minute: "jetzt".
#[must_use]
pub fn local(at: Timestamp) -> DateTime {
    let local = BERLIN.to_datetime(at);
    local.with().second(0).subsec_nanosecond(0).build().unwrap_or(local)
}
