//! What is known of a request before anything is done: language, portal, visitor.

use std::sync::Arc;

use amtsweg_dsl::kind::Surroundings;
use amtsweg_dsl::model::{Language, Portal, Procedure};
use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use jiff::civil::DateTime;
use percent_encoding::percent_decode_str;

use crate::identity::Person;
use crate::journey::visitor::Visitor;
use crate::library::{Edition, Shelf};
use crate::links::is_named;
use crate::page::trouble::{self, Trouble};
use crate::router::refused;
use crate::runtime::{Inner, Mode};
use crate::texts::Texts;

/// A request and where it belongs.
pub(crate) struct Request {
    pub runtime: Arc<Inner>,
    pub shelf: Arc<Shelf>,
    pub portal: Arc<Portal>,
    pub language: Language,
    /// The path without base and language, for the links to the other languages.
    pub path: String,
    /// The query, without personal data by construction.
    pub query: String,
    pub headers: HeaderMap,
    pub person: Option<Person>,
    pub visitor: Visitor,
    pub now: Timestamp,
    /// "jetzt", Europe/Berlin.
    pub at: DateTime,
}

impl Request {
    pub fn texts(&self) -> &Texts {
        self.runtime.texts.of(self.language)
    }

    /// The address of a path inside, in the language of the request.
    pub fn link(&self, inner: &str) -> String {
        self.runtime.links.to(self.language, inner)
    }

    /// The whole address of a path with base and language, for mails. In service mode host names
    /// come from the settings and the portal, never from what a browser says.
    pub fn absolute(&self, path: &str) -> String {
        let host = self.headers.get(axum::http::header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
        let Mode::Service { public_url } = &self.runtime.mode else {
            return format!("http://{host}{path}");
        };
        let (scheme, rest) = public_url.split_once("://").unwrap_or(("https", public_url));
        let public = rest.split('/').next().unwrap_or(rest);
        let own = self.portal.host.as_deref().filter(|own| own.eq_ignore_ascii_case(without_port(host)));
        let port = &public[without_port(public).len()..];
        match own {
            Some(own) => format!("{scheme}://{own}{port}{path}"),
            None => format!("{scheme}://{public}{path}"),
        }
    }

    pub fn surroundings<'a>(&'a self, procedure: &'a Procedure) -> Surroundings<'a> {
        Surroundings { lists: &procedure.lists, regions: self.runtime.regions, today: self.at.date() }
    }

    /// The procedure with this name in addresses: offered here, or named by the portal itself;
    /// in author mode also one that nobody offers yet.
    pub fn procedure_path(&self, name: &str) -> Option<&str> {
        let portal = &self.portal;
        let own = [&portal.imprint, &portal.privacy, &portal.barrier_report].into_iter().flatten();
        let mut known = portal.offers.iter().chain(own).map(String::as_str);
        known.find(|path| is_named(path, name)).or_else(|| {
            let mut all = self.shelf.procedures.keys().map(String::as_str);
            all.find(|path| self.runtime.mode.is_author() && is_named(path, name))
        })
    }

    /// The edition that new drafts get today.
    pub fn edition(&self, path: &str) -> Option<&Arc<Edition>> {
        self.shelf.current(path, self.at.date())
    }
}

impl FromRequestParts<Arc<Inner>> for Request {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, runtime: &Arc<Inner>) -> Result<Self, Response> {
        let whole = parts.uri.path();
        let (language, path) = match whole.strip_prefix("/en") {
            Some(rest) if rest.is_empty() || rest.starts_with('/') => (Language::English, rest),
            _ => (Language::German, whole),
        };
        let path = path.to_owned();
        let query = parts.uri.query().unwrap_or_default().to_owned();
        let shelf = runtime.library.shelf();
        let Some(portal) = runtime.portal_of(&shelf, host(parts)) else {
            return Err(trouble::unknown_host(runtime, language).into_response());
        };
        let now = runtime.clock.now();
        let person = runtime.identity.person(parts);
        let visitor = Visitor::read(&parts.headers, runtime, person.as_ref());
        let request = Self {
            runtime: runtime.clone(),
            shelf,
            portal,
            language,
            path,
            query,
            headers: std::mem::take(&mut parts.headers),
            person,
            visitor,
            now,
            at: crate::clock::local(now),
        };
        // No address of ours has other bytes; axum would refuse it in English and without a page.
        if percent_decode_str(whole).decode_utf8().is_err() {
            return Err(refused(&request, &Trouble::NotFound));
        }
        Ok(request)
    }
}

/// The host that was asked for, without its port.
fn host(parts: &Parts) -> &str {
    let named = parts.headers.get(axum::http::header::HOST).and_then(|host| host.to_str().ok());
    let authority = named.or_else(|| parts.uri.host());
    without_port(authority.unwrap_or_default())
}

/// `norderstedt.localhost:8080` without `:8080`.
pub(crate) fn without_port(authority: &str) -> &str {
    match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|b| b.is_ascii_digit()) && !host.is_empty() => host,
        _ => authority,
    }
}
