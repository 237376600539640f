//! How submissions leave the house: mail, signed webhook; a worker that never loses one.

use serde::{Deserialize, Serialize};

/// Where a delivery goes: the snapshot that its outbox row holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Destination {
    /// To a mailbox.
    Email {
        /// The address.
        address: String,
    },
    /// To a system of the authority.
    Webhook {
        /// `https://…`
        url: String,
        /// The authority whose secret signs the call.
        authority: String,
    },
}
