//! The pages and the API through the router, on small procedures.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod api;
mod forms;
mod groups;
mod hostile;
mod journey;
mod looks;
mod portal;
mod release;
mod repeats;
mod security;
mod site;
mod time;
mod uploads;
