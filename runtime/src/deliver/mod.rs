//! How submissions leave the house: mail, signed webhook; a worker that never loses one.
//!
//! A delivery is made at least once, always with the same id; what cannot be delivered is
//! parked and said, never dropped.

mod address;
mod asks;
mod breaker;
pub(crate) mod case;
mod channels;
mod kept;
mod letter;
mod mail;
mod outcome;
mod schedule;
mod smtp;
mod texts;
mod webhook;
mod worker;

use std::sync::Arc;

use amtsweg_dsl::region::Regions;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::clock::Clock;
use crate::files::Files;
use crate::library::Library;
use crate::payment::Payment;
use crate::seal::{Place, SealError, Vault};
use crate::store::{DeliveryKind, NewOutboxRow, OutboxRow, Store};

pub use channels::{Channels, MailServer, RealChannel, Tls, destination_for};
pub use kept::{Kept, KeptAttachment};
pub use worker::{RunError, run};

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
    /// To the mailbox of somebody who has to do something before a submission is released.
    Link {
        /// The address.
        address: String,
        /// The link, with its secret.
        link: String,
        /// The condition.
        condition: Uuid,
    },
}

impl Destination {
    /// The mailbox, where it is one.
    #[must_use]
    pub fn mailbox(&self) -> Option<&str> {
        match self {
            Self::Email { address } | Self::Link { address, .. } => Some(address),
            Self::Webhook { .. } => None,
        }
    }
}

/// What deliveries need.
#[derive(Clone)]
pub struct Context {
    /// Submissions and the outbox.
    pub store: Arc<dyn Store>,
    /// Opens answers.
    pub vault: Arc<Vault>,
    /// The bytes of uploads.
    pub files: Files,
    /// Procedures and authorities.
    pub library: Arc<Library>,
    /// Names of municipalities.
    pub regions: &'static Regions,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// The ways out.
    pub channels: Arc<Channels>,
    /// Who takes payments.
    pub payment: Option<Arc<dyn Payment>>,
}

/// The outbox row of a delivery: a citizen's address is sealed in it.
///
/// # Errors
/// When sealing fails.
pub fn outbox_row(
    vault: &Vault,
    portal: &str,
    submission: Uuid,
    kind: DeliveryKind,
    destination: &Destination,
) -> Result<NewOutboxRow, SealError> {
    let json = serde_json::to_vec(destination).map_err(|_| SealError::Broken)?;
    let destination = match kind {
        DeliveryKind::Authority => json,
        _ => vault.seal(place(portal, submission), &json)?,
    };
    Ok(NewOutboxRow { kind, destination, message_id: format!("msg_{}", Uuid::now_v7().simple()) })
}

/// The destination of a row.
///
/// # Errors
/// When it cannot be opened or read.
pub fn read_destination(vault: &Vault, portal: &str, row: &OutboxRow) -> Result<Destination, SealError> {
    let opened;
    let json = match row.kind {
        DeliveryKind::Authority => &row.destination,
        _ => {
            opened = vault.unseal(place(portal, row.submission), &row.destination)?;
            &opened
        }
    };
    serde_json::from_slice(json).map_err(|_| SealError::Broken)
}

fn place(portal: &str, submission: Uuid) -> Place<'_> {
    Place { portal, id: submission, format: "destination" }
}
