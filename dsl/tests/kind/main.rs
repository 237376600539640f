//! Kinds of answers: what is read, checked, shown, said, and told in schemas.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that fails panics")]

mod described;
mod messages;
mod property;
mod samples;
mod table;
