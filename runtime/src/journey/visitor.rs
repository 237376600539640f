//! The visitor cookie: one secret for all drafts of a browser, and the token against forged posts.

use std::sync::OnceLock;

use aws_lc_rs::{hmac, rand};
use axum::http::{HeaderMap, HeaderValue, header};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::identity::Person;
use crate::runtime::Inner;

/// Bytes of the secret: 256 bit.
const SECRET: usize = 32;
/// How long a browser keeps the cookie: as long as a draft that is written today, and a day.
const MAX_AGE: u32 = 31 * 24 * 3600;

/// A browser, or a person who is signed in.
pub(crate) struct Visitor {
    /// The secret that the browser sent.
    known: Option<String>,
    /// The secret that it is given with this answer.
    fresh: OnceLock<String>,
    token: OnceLock<String>,
    /// Of a person: drafts belong to them and not to the browser.
    person: Option<[u8; 32]>,
    https: bool,
}

impl Visitor {
    pub fn read(headers: &HeaderMap, runtime: &Inner, person: Option<&Person>) -> Self {
        let https = runtime.mode.is_https();
        let person =
            person.map(|person| Sha256::new().chain_update("person\0").chain_update(&person.id).finalize().into());
        Self { known: cookie(headers, name(https)), fresh: OnceLock::new(), token: OnceLock::new(), person, https }
    }

    /// Whether the browser sent the cookie.
    pub fn is_known(&self) -> bool {
        self.known.is_some()
    }

    /// Whose drafts: SHA-256 of the secret, or of the person. `None`: of nobody yet.
    pub fn key(&self) -> Option<[u8; 32]> {
        self.person.or_else(|| self.known.as_ref().map(|secret| Sha256::digest(secret).into()))
    }

    fn secret(&self) -> &str {
        match &self.known {
            Some(known) => known,
            None => self.fresh.get_or_init(|| {
                let mut bytes = [0u8; SECRET];
                // Without randomness there is no secret: an empty one fits no token.
                match rand::fill(&mut bytes) {
                    Ok(()) => BASE64.encode(bytes),
                    Err(_) => String::new(),
                }
            }),
        }
    }

    /// The token for the forms of a page.
    pub fn token(&self) -> &str {
        self.token.get_or_init(|| {
            let key = hmac::Key::new(hmac::HMAC_SHA256, self.secret().as_bytes());
            BASE64.encode(hmac::sign(&key, b"amtsweg form").as_ref())
        })
    }

    /// Whether a token belongs to the cookie that came with it.
    pub fn fits(&self, token: &str) -> bool {
        self.is_known() && bool::from(self.token().as_bytes().ct_eq(token.as_bytes()))
    }

    /// The cookie to be set, where one was made for this answer.
    pub fn set_cookie(&self) -> Option<HeaderValue> {
        let secret = self.fresh.get().filter(|secret| !secret.is_empty())?;
        let secure = if self.https { "; Secure" } else { "" };
        let cookie =
            format!("{}={secret}; Path=/; Max-Age={MAX_AGE}; HttpOnly; SameSite=Lax{secure}", name(self.https));
        HeaderValue::from_str(&cookie).ok()
    }
}

/// Browsers take `__Host-` only by https.
fn name(https: bool) -> &'static str {
    if https { "__Host-amtsweg" } else { "amtsweg" }
}

/// The value of our cookie, where it looks like one that we have set.
fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let all = headers.get_all(header::COOKIE).into_iter().filter_map(|line| line.to_str().ok());
    let pairs = all.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    let value = pairs.filter(|(key, _)| *key == name).map(|(_, value)| value).next()?;
    let ours = BASE64.decode(value).is_ok_and(|bytes| bytes.len() == SECRET);
    ours.then(|| value.to_owned())
}

/// Whether the browser says that a post comes from our own pages. Browsers that say nothing
/// are left to the token.
pub(crate) fn comes_from_here(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text("sec-fetch-site") {
        return matches!(site, "same-origin" | "none");
    }
    match (text("origin"), text("host")) {
        (Some(origin), Some(host)) => origin.split("://").nth(1) == Some(host),
        _ => true,
    }
}
