//! Amtsweg serves administrative procedures: accessible pages, a JSON API, a durable store and
//! delivery to the one authority that is responsible.
//!
//! The procedures themselves are compiled by [`amtsweg_dsl`]; this crate never has an opinion
//! of its own on what an answer means.

pub mod clock;
pub mod deliver;
pub mod library;
pub mod record;
pub mod seal;
pub mod store;

pub use amtsweg_dsl as dsl;
pub use axum;
