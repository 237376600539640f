//! Where each authority is reached, as the operator has set it, and how mail leaves.

use std::collections::BTreeMap;
use std::path::PathBuf;

use amtsweg_dsl::model::{Authority, Channel};
use secrecy::SecretString;

use super::Destination;

/// The ways out of the house. What a form file says about them is a default for trying only.
#[derive(Debug, Clone, Default)]
pub struct Channels {
    /// Nothing leaves the machine: messages are kept for the local outbox.
    pub author_mode: bool,
    /// The real channel of an authority, by its path.
    pub authorities: BTreeMap<String, RealChannel>,
    /// The mail server; `None`: no mail can be sent.
    pub mail: Option<MailServer>,
    /// Destinations (`host:port`) that may be on addresses that are not public, and without TLS.
    pub allow: Vec<String>,
    /// Everything goes to this mailbox instead, marked as a trial.
    pub redirect_all: Option<String>,
    /// Whether fees can be paid before sending: a provider of payments is set.
    pub payments: bool,
}

/// The channel of an authority.
#[derive(Debug, Clone)]
pub enum RealChannel {
    /// A mailbox.
    Email {
        /// The address.
        address: String,
    },
    /// A signed HTTP call.
    Webhook {
        /// Where to.
        url: String,
        /// Secrets of Standard Webhooks, `whsec_…`; two while one is being replaced.
        secrets: Vec<SecretString>,
    },
}

/// A server that takes mail (SMTP submission).
#[derive(Debug, Clone)]
pub struct MailServer {
    /// Its host name; the certificate must carry it.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is protected.
    pub tls: Tls,
    /// User and password.
    pub login: Option<(String, SecretString)>,
    /// The sender's address.
    pub from: String,
    /// A file with a further root certificate (PEM).
    pub ca_file: Option<PathBuf>,
    /// The largest message in bytes, attachments encoded.
    pub max_size: usize,
}

/// How the connection to a mail server is protected. There is no way back to plain text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tls {
    /// From the first byte (port 465).
    Implicit,
    /// After `STARTTLS`, which the server has to offer (port 587).
    StartTls,
    /// Not at all: on the machine itself only.
    None,
}

impl Channels {
    /// The ways out of a machine on which procedures are written: none.
    #[must_use]
    pub fn author() -> Self {
        Self { author_mode: true, ..Self::default() }
    }

    /// Whether a citizen who gives an address can be written to.
    #[must_use]
    pub fn can_mail(&self) -> bool {
        self.author_mode || self.mail.is_some()
    }

    /// The secrets that calls to an authority are signed with.
    pub(super) fn secrets(&self, authority: &str) -> &[SecretString] {
        match self.authorities.get(authority) {
            Some(RealChannel::Webhook { secrets, .. }) => secrets,
            _ => &[],
        }
    }
}

/// Where submissions for an authority go: the operator's setting, else what its file says.
///
/// `None`: nowhere. In service mode that is so where nobody has set a channel and the file's
/// address ends in `.example`, or where it needs a mail server and none is set.
#[must_use]
pub fn destination_for(authority: &Authority, channels: &Channels) -> Option<Destination> {
    let set = channels.authorities.get(&authority.path).map(|channel| match channel {
        RealChannel::Email { address } => Destination::Email { address: address.clone() },
        RealChannel::Webhook { url, .. } => {
            Destination::Webhook { url: url.clone(), authority: authority.path.clone() }
        }
    });
    if channels.author_mode {
        return Some(set.or_else(|| for_trying(authority)).unwrap_or_else(|| made_up(authority)));
    }
    let redirected = channels.redirect_all.is_some();
    let found = set.or_else(|| from_file(authority).filter(|found| redirected || is_real(found)));
    let found = if redirected { Some(found.unwrap_or_else(|| made_up(authority))) } else { found };
    found.filter(|found| channels.mail.is_some() || (matches!(found, Destination::Webhook { .. }) && !redirected))
}

/// The first channel that the file names and that a message can be made for.
fn for_trying(authority: &Authority) -> Option<Destination> {
    authority.channels.iter().find_map(|channel| match channel {
        Channel::Email { address, .. } => Some(Destination::Email { address: address.clone() }),
        Channel::Webhook { url, .. } => {
            Some(Destination::Webhook { url: url.clone(), authority: authority.path.clone() })
        }
        Channel::FitConnect { .. } => None,
    })
}

/// The first mailbox that the file names. A call needs a secret and so a setting of the operator.
fn from_file(authority: &Authority) -> Option<Destination> {
    authority.channels.iter().find_map(|channel| match channel {
        Channel::Email { address, .. } => Some(Destination::Email { address: address.clone() }),
        Channel::Webhook { .. } | Channel::FitConnect { .. } => None,
    })
}

/// For trying an authority that has no mailbox: an address that leads nowhere.
fn made_up(authority: &Authority) -> Destination {
    let name: String =
        authority.path.chars().map(|sign| if sign.is_ascii_alphanumeric() { sign } else { '-' }).collect();
    Destination::Email { address: format!("{name}@trial.example") }
}

/// Whether it can exist: `.example` is reserved for texts.
fn is_real(destination: &Destination) -> bool {
    match destination {
        Destination::Email { address } => {
            let domain = address.rsplit('@').next().unwrap_or_default().trim_end_matches('.').to_ascii_lowercase();
            !(domain == "example" || domain.ends_with(".example"))
        }
        Destination::Webhook { .. } | Destination::Link { .. } => true,
    }
}
