//! The formatter and the translation of keywords, over every text that there is and over texts
//! that were spoilt.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that fails panics")]

mod mangle;
mod shape;
mod texts;
mod translate;
