//! What stands between sending and releasing ("Freigabe"): the sender's address is confirmed, the
//! fee is paid, other people have answered.
//!
//! A submission that waits for something is stored with a condition for each of them. Each has a
//! link with a secret of its own; the store knows only its hash. What comes of a condition, the
//! mails and in the end the deliveries to the authority included, is one transaction.

pub(crate) mod person;
pub(crate) mod plan;
pub(crate) mod settle;
pub(crate) mod watch;

use amtsweg_dsl::model::Unanswered;
use aws_lc_rs::rand;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::deliver::Destination;
use crate::seal::{Place, SealError, Vault};
use crate::store::Condition;

/// Bytes of the secret in a link: 256 bit.
const SECRET: usize = 32;

/// What a condition holds, sealed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Detail {
    /// The mailbox that the link is sent to; a payment may have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// The whole link, with the secret in it.
    pub link: String,
    /// Where the submission goes, as it was settled when it was sent.
    pub office: Destination,
    /// Of a second person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<Asked>,
    /// Of a payment: whole cents.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cents: Option<i64>,
}

/// What a second person is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Asked {
    /// The names of the questions: `organisationen.0.bestaetigung`.
    pub questions: Vec<String>,
    /// The entries of the repeats around them.
    pub entries: Vec<usize>,
    /// What they are shown, by names.
    pub sees: Vec<String>,
    /// What happens when they do not answer.
    pub then: Unanswered,
    /// How long they have.
    pub amount: u32,
    /// In which unit.
    pub unit: amtsweg_dsl::model::TimeUnit,
}

impl Detail {
    pub fn seal(&self, vault: &Vault, portal: &str, condition: Uuid) -> Result<Vec<u8>, SealError> {
        let json = serde_json::to_vec(self).map_err(|_| SealError::Broken)?;
        vault.seal(place(portal, condition), &json)
    }

    pub fn open(vault: &Vault, condition: &Condition) -> Result<Self, SealError> {
        let json = vault.unseal(place(&condition.portal, condition.id), &condition.detail)?;
        serde_json::from_slice(&json).map_err(|_| SealError::Broken)
    }

    /// Where a mail about it goes.
    pub fn mail(&self, condition: Uuid) -> Option<Destination> {
        let address = self.address.clone()?;
        Some(Destination::Link { address, link: self.link.clone(), condition })
    }
}

fn place(portal: &str, condition: Uuid) -> Place<'_> {
    Place { portal, id: condition, format: "condition" }
}

/// The secret of a link; `None` where the machine has no randomness.
pub(crate) fn new_secret() -> Option<String> {
    let mut bytes = [0u8; SECRET];
    rand::fill(&mut bytes).ok()?;
    Some(BASE64.encode(bytes))
}

/// How the store knows a secret.
pub(crate) fn hash(secret: &str) -> [u8; 32] {
    Sha256::new().chain_update("link\0").chain_update(secret).finalize().into()
}
