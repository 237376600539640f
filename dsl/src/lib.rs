//! The Amtsweg language: administrative procedures as text, compiled to a typed
//! [`model`] that pages, schemas, mails and the API derive from.
//!
//! ```text
//!   text (.amt) ──► syntax ──► check ──► model ◄── eval: answers in, decision out
//!                                          └──► emit: JSON Schema, prose
//! ```
//!
//! The crate is pure: it reads no file, no clock and no network. The texts, the
//! region table and today's date are arguments.

// What pest makes without its standard features names it.
extern crate alloc;

mod check;
pub mod compare;
pub mod diagnostic;
pub mod editor;
pub mod emit;
pub mod eval;
pub mod format;
pub mod graph;
pub mod kind;
pub mod model;
pub mod region;
pub mod syntax;

pub use check::{Compiler, OriginLine, Resolved, cases, compile, resolved, tested};
