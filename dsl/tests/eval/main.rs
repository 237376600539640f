//! What a procedure makes of answers, one construct after the other.

mod build;
mod calculations;
mod conditions;
mod decisions;
mod hostile;
mod pruning;
mod rules;
mod texts;
