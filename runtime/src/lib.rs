//! Amtsweg serves administrative procedures: accessible pages, a JSON API, a durable store and
//! delivery to the one authority that is responsible.
//!
//! The procedures themselves are compiled by [`amtsweg_dsl`]; this crate never has an opinion
//! of its own on what an answer means.

mod api;
mod assets;
mod body;
mod charge;
#[cfg(feature = "cli")]
pub mod cli;
pub mod clock;
#[cfg(feature = "cli")]
pub mod config;
pub mod deliver;
pub mod files;
pub mod identity;
mod journey;
pub mod library;
pub mod links;
pub mod operator;
mod page;
pub mod payment;
mod portal;
pub mod record;
pub mod reference;
mod release;
mod request;
mod router;
mod runtime;
pub mod seal;
mod security;
pub mod store;
pub mod texts;
pub mod theme;

pub use amtsweg_dsl as dsl;
pub use axum;
pub use router::{ROUTES, Role, Route};
pub use runtime::{BuildError, Builder, Limits, Mode, Runtime};
