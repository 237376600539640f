//! A letter as an e-mail: text and HTML, the answers as data, the uploads.
//!
//! Every body and attachment is Base64. That is not a matter of taste: text that is sent as it
//! is may carry `<LF>.<LF>MAIL FROM:…`, which a server that takes bare line feeds reads as
//! commands (RUSTSEC-2026-0561). For the same reason nothing is ever sent raw.

use std::time::{Duration, SystemTime};

use jiff::Timestamp;
use lettre::Message;
use lettre::message::header::{ContentDisposition, ContentTransferEncoding, ContentType, HeaderName, HeaderValue};
use lettre::message::{Body, Mailbox, MultiPart, SinglePart};

use super::case::Attachment;
use super::letter::{DATA_FILE, Letter};

/// An e-mail before it is put together.
pub(super) struct Mail<'a> {
    pub from: &'a str,
    pub to: &'a str,
    pub message_id: &'a str,
    pub at: Timestamp,
    pub letter: &'a Letter,
    /// The answers as JSON.
    pub data: Option<&'a str>,
    pub attachments: &'a [Attachment],
}

/// Why an e-mail cannot be put together. Says nothing personal.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum MailError {
    #[error("the sender's address cannot be used")]
    From,
    #[error("the recipient's address cannot be used")]
    To,
    #[error("the message cannot be put together")]
    Other,
}

impl Mail<'_> {
    /// Puts it together.
    pub(super) fn build(&self) -> Result<Message, MailError> {
        let from: Mailbox = self.from.parse().map_err(|_| MailError::From)?;
        let to: Mailbox = self.to.parse().map_err(|_| MailError::To)?;
        let domain = from.email.domain().to_owned();
        let seconds = u64::try_from(self.at.as_second()).unwrap_or(0);
        let mut mixed = MultiPart::mixed().multipart(
            MultiPart::alternative()
                .singlepart(part(ContentType::TEXT_PLAIN, self.letter.text().into_bytes())?)
                .singlepart(part(ContentType::TEXT_HTML, self.letter.html().into_bytes())?),
        );
        if let Some(data) = self.data {
            mixed = mixed.singlepart(file(DATA_FILE, "application/json", data.as_bytes().to_vec())?);
        }
        for attachment in self.attachments {
            mixed = mixed.singlepart(file(&attachment.name, &attachment.media_type, attachment.content.clone())?);
        }
        Message::builder()
            .from(from)
            .to(to)
            .subject(self.letter.subject.clone())
            .message_id(Some(format!("<{}@{domain}>", self.message_id)))
            .date(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds))
            .raw_header(HeaderValue::new(HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated".to_owned()))
            .raw_header(HeaderValue::new(
                HeaderName::new_from_ascii_str("Content-Language"),
                self.letter.language.tag().to_owned(),
            ))
            .multipart(mixed)
            .map_err(|_| MailError::Other)
    }
}

fn part(kind: ContentType, content: Vec<u8>) -> Result<SinglePart, MailError> {
    Ok(SinglePart::builder().header(kind).body(base64(content)?))
}

fn file(name: &str, media_type: &str, content: Vec<u8>) -> Result<SinglePart, MailError> {
    let kind = ContentType::parse(media_type).map_err(|_| MailError::Other)?;
    let disposition = ContentDisposition::attachment(&harmless(name));
    Ok(SinglePart::builder().header(disposition).header(kind).body(base64(content)?))
}

fn base64(content: Vec<u8>) -> Result<Body, MailError> {
    Body::new_with_encoding(content, ContentTransferEncoding::Base64).map_err(|_| MailError::Other)
}

/// A file name that leads nowhere and carries no control characters.
fn harmless(name: &str) -> String {
    let name: String = name
        .chars()
        .map(|sign| if sign.is_control() || matches!(sign, '/' | '\\' | '"') { '_' } else { sign })
        .collect();
    let name = name.trim_start_matches('.').trim();
    if name.is_empty() { "datei".to_owned() } else { name.to_owned() }
}
