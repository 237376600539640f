//! What time it is: an argument, so that tests and embedders can steer it.

use jiff::{Timestamp, Zoned, civil::DateTime, tz::TimeZone};

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

/// A moment as the clock on the wall shows it in Germany, to the minute: "jetzt".
#[must_use]
pub fn local(at: Timestamp) -> DateTime {
    let zone = TimeZone::get("Europe/Berlin").unwrap_or(TimeZone::UTC);
    let zoned: Zoned = at.to_zoned(zone);
    let local = zoned.datetime();
    local.with().second(0).subsec_nanosecond(0).build().unwrap_or(local)
}
