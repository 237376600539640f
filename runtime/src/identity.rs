//! Who is asking, as far as a host knows it.

use amtsweg_dsl::model::Access;
use axum::http::request::Parts;

/// A person who is signed in at the host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Names the account for ever; drafts belong to it. Never shown.
    pub id: String,
    /// Shown in the head of the page.
    pub name: Option<String>,
    /// How far the host trusts it.
    pub level: Access,
    /// Where the person signs out.
    pub sign_out: Option<String>,
}

/// Tells who a request comes from.
pub trait Identity: Send + Sync + 'static {
    /// The person; `None`: nobody is signed in, drafts then belong to the browser.
    fn person(&self, request: &Parts) -> Option<Person>;
}

/// Nobody is ever signed in.
#[derive(Debug, Clone, Copy, Default)]
pub struct Anonymous;

impl Identity for Anonymous {
    fn person(&self, _request: &Parts) -> Option<Person> {
        None
    }
}
