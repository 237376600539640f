//! The signed call: Standard Webhooks, with everything in the body.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use jiff::fmt::rfc2822;
use reqwest::header::{CONTENT_TYPE, RETRY_AFTER};
use reqwest::redirect::Policy;
use reqwest::{Client, Response, StatusCode, Url};
use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;
use serde_json::{Map, Value as Json};
use standardwebhooks::Webhook;

use super::address::{PublicOnly, is_allowed, objection};
use super::case::{Attachment, Case};
use super::outcome::Outcome;

const TIMEOUT: Duration = Duration::from_secs(20);
/// What is read of an answer, in bytes. Nothing in it is used.
const ANSWER: usize = 2_048;

/// The clients: one for everybody, one for those that the operator has named.
pub(super) struct Caller {
    public: Client,
    named: Client,
}

impl Caller {
    /// Sets them up.
    ///
    /// # Errors
    /// When the machine's TLS cannot be set up.
    pub(super) fn new() -> Result<Self, reqwest::Error> {
        let builder = || {
            Client::builder()
                .redirect(Policy::none())
                .no_proxy()
                .timeout(TIMEOUT)
                .connect_timeout(Duration::from_secs(10))
                .user_agent("Amtsweg")
        };
        Ok(Self { public: builder().https_only(true).dns_resolver(PublicOnly).build()?, named: builder().build()? })
    }

    /// Makes a call.
    pub(super) async fn call(&self, url: &str, allow: &[String], call: &Call) -> Outcome {
        let Ok(url) = Url::parse(url) else {
            return Outcome::never("the address of the call cannot be read");
        };
        let client = if is_allowed(&url, allow) {
            &self.named
        } else {
            if let Some(objection) = objection(&url) {
                return Outcome::never(objection);
            }
            &self.public
        };
        let mut request = client.post(url).header(CONTENT_TYPE, "application/json").body(call.body.clone());
        for (name, value) in &call.headers {
            request = request.header(*name, value);
        }
        match request.send().await {
            Ok(response) => answered(response).await,
            Err(error) if error.is_timeout() => Outcome::trouble("the receiver did not answer within 20 seconds"),
            Err(error) if not_public(&error) => {
                Outcome::never("the name of the receiver leads to an address that is not public")
            }
            Err(_) => Outcome::trouble("the receiver cannot be reached"),
        }
    }
}

/// A call that is ready to be made.
pub(super) struct Call {
    pub headers: Vec<(&'static str, String)>,
    pub body: String,
}

/// The body of a call.
#[derive(Serialize)]
struct Body<'a> {
    r#type: &'static str,
    timestamp: String,
    data: Data<'a>,
}

#[derive(Serialize)]
struct Data<'a> {
    reference: &'a str,
    submission_id: String,
    procedure: &'a str,
    version: u32,
    /// The hash of the compiled procedure, which names its schema.
    schema: &'a str,
    authority: &'a str,
    submitted_at: String,
    language: &'a str,
    answers: &'a Map<String, Json>,
    fees: Json,
    attachments: Vec<FileData<'a>>,
}

#[derive(Serialize)]
struct FileData<'a> {
    id: &'a str,
    name: &'a str,
    media_type: &'a str,
    size: u64,
    sha256: &'a str,
    content: String,
}

/// Why a call could not be made ready.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum CallError {
    #[error("no secret is set for this authority")]
    NoSecret,
    #[error("a secret of this authority is not one of Standard Webhooks")]
    Secret,
    #[error("the body cannot be written")]
    Body,
}

impl Call {
    /// Makes a call ready: id and body stay the same over all attempts, time and signature do not.
    /// Without secrets it is not signed; that is for showing only.
    pub(super) fn new(
        case: &Case,
        attachments: &[Attachment],
        message_id: &str,
        secrets: &[SecretString],
        now: Timestamp,
    ) -> Result<Self, CallError> {
        let body = body(case, attachments)?;
        let seconds = now.as_second();
        let mut headers = vec![("webhook-id", message_id.to_owned()), ("webhook-timestamp", seconds.to_string())];
        let signatures = secrets.iter().map(|secret| sign(secret, message_id, seconds, &body));
        let signatures = signatures.collect::<Result<Vec<_>, _>>()?;
        if !signatures.is_empty() {
            headers.push(("webhook-signature", signatures.join(" ")));
        }
        Ok(Self { headers, body })
    }
}

fn sign(secret: &SecretString, id: &str, seconds: i64, body: &str) -> Result<String, CallError> {
    let webhook = Webhook::new(secret.expose_secret()).map_err(|_| CallError::Secret)?;
    webhook.sign(id, seconds, body.as_bytes()).map_err(|_| CallError::Secret)
}

fn body(case: &Case, attachments: &[Attachment]) -> Result<String, CallError> {
    let submission = &case.submission;
    let at = submission.submitted_at.to_string();
    let body = Body {
        r#type: "submission.created",
        timestamp: at.clone(),
        data: Data {
            reference: &submission.reference,
            submission_id: submission.id.to_string(),
            procedure: &submission.procedure,
            version: case.procedure.version,
            schema: &submission.version,
            authority: &submission.authority,
            submitted_at: at,
            language: &submission.language,
            answers: &case.answers,
            fees: serde_json::from_str(&submission.fees).map_err(|_| CallError::Body)?,
            attachments: attachments
                .iter()
                .map(|file| FileData {
                    id: &file.id,
                    name: &file.name,
                    media_type: &file.media_type,
                    size: file.size,
                    sha256: &file.sha256,
                    content: STANDARD.encode(&file.content),
                })
                .collect(),
        },
    };
    serde_json::to_string(&body).map_err(|_| CallError::Body)
}

async fn answered(mut response: Response) -> Outcome {
    let status = response.status();
    let wait = response.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok()).and_then(wait);
    let mut read = 0;
    while read < ANSWER {
        match response.chunk().await {
            Ok(Some(chunk)) => read += chunk.len(),
            Ok(None) | Err(_) => break,
        }
    }
    judge(status, wait)
}

/// What a status means. 2xx is success and nothing else is; redirects are not followed.
fn judge(status: StatusCode, wait: Option<u64>) -> Outcome {
    let reason = format!("the receiver answered {}", status.as_u16());
    match status.as_u16() {
        200..=299 => Outcome::Delivered,
        410 => Outcome::never(format!("{reason}: it is gone")),
        408 | 425 | 429 => Outcome::Later { reason, wait, blame: true },
        300..=499 => Outcome::never(reason),
        _ => Outcome::Later { reason, wait, blame: true },
    }
}

/// `Retry-After`: seconds, or a date.
fn wait(value: &str) -> Option<u64> {
    if let Ok(seconds) = value.trim().parse() {
        return Some(seconds);
    }
    let date = rfc2822::parse(value.trim()).ok()?.timestamp();
    u64::try_from(date.duration_since(Timestamp::now()).as_secs()).ok()
}

fn not_public(error: &reqwest::Error) -> bool {
    let mut cause: Option<&dyn std::error::Error> = Some(error);
    while let Some(error) = cause {
        if error.to_string() == "the address is not public" {
            return true;
        }
        cause = error.source();
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses_mean_what_the_contract_says() {
        let of = |status| judge(StatusCode::from_u16(status).unwrap(), None);
        for status in [200, 202, 204] {
            assert_eq!(of(status), Outcome::Delivered);
        }
        for status in [301, 302, 307, 308, 400, 401, 404, 410, 413, 422] {
            assert!(matches!(of(status), Outcome::Never { .. }), "{status}");
        }
        for status in [408, 425, 429, 500, 502, 503, 504] {
            assert!(matches!(of(status), Outcome::Later { .. }), "{status}");
        }
    }

    #[test]
    fn the_wish_to_wait_is_read_in_both_forms() {
        assert_eq!(wait("120"), Some(120));
        assert_eq!(wait("nonsense"), None);
        let date = rfc2822::to_string(
            &(Timestamp::now() + jiff::SignedDuration::from_secs(100)).to_zoned(jiff::tz::TimeZone::UTC),
        );
        assert!((95..=100).contains(&wait(&date.unwrap()).unwrap()));
        assert_eq!(wait("Wed, 21 Oct 2015 07:28:00 GMT"), None, "long over");
    }
}
