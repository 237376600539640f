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

/// A moment as the clock on the wall shows it in Germany, to the minute: "jetzt".
#[must_use]
pub fn local(at: Timestamp) -> DateTime {
    static BERLIN: LazyLock<TimeZone> = LazyLock::new(|| TimeZone::get("Europe/Berlin").unwrap_or(TimeZone::UTC));
    let local = BERLIN.to_datetime(at);
    local.with().second(0).subsec_nanosecond(0).build().unwrap_or(local)
}
