//! What author mode keeps instead of sending: the message as it would have left.

use serde::{Deserialize, Serialize};

/// A message that was not sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// The mailbox, or the address of the call.
    pub to: String,
    /// Headers of the call; of a mail, sender and subject.
    pub headers: Vec<(String, String)>,
    /// The subject; of a call its type.
    pub subject: String,
    /// The text of a mail.
    pub text: Option<String>,
    /// The HTML of a mail.
    pub html: Option<String>,
    /// The answers, or the body of the call, as JSON.
    pub json: Option<String>,
    /// Files that would have gone along.
    pub attachments: Vec<KeptAttachment>,
}

/// A file that would have gone along.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptAttachment {
    /// Its name.
    pub name: String,
    /// Its media type.
    pub media_type: String,
    /// Bytes.
    pub size: u64,
}

impl Kept {
    /// As it is sealed.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        serde_json::to_vec(self).unwrap_or_default()
    }

    /// Reads what [`crate::store::OutboxEntry::message`] holds, opened. `None`: it is something else.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes).ok()
    }
}
