//! What a procedure makes of answers, one construct after the other.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

mod build;
mod calculations;
mod conditions;
mod deadlines;
mod decisions;
mod hostile;
mod pruning;
mod rules;
mod texts;
