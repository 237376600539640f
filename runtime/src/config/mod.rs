//! The operator's settings: `amtsweg.toml` in the data folder, over it the environment
//! (`AMTSWEG_…`, nested keys with `__`). Every one is documented here; `amtsweg schema --of
//! config` writes these texts out. An unknown or wrong one stops the start with a sentence.

mod check;
mod load;

use std::collections::BTreeMap;
use std::path::PathBuf;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use check::{Config, Proxy};
pub use load::load;

/// Why the settings cannot be used: a sentence for the operator.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct ConfigError(pub String);

/// The settings of Amtsweg (`amtsweg.toml`).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// The address under which citizens reach the portal: `https://service.stadt.de`. With it
    /// the service runs for real; without it everything is a trial and nothing leaves the
    /// machine. `http://` is taken for `localhost` and loopback addresses only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub public_url: Option<String>,
    /// Where the portal listens: `127.0.0.1:8080`. Port 0 takes any free one. Without this
    /// setting the next free port from 8080 on is taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub listen: Option<String>,
    /// Addresses or networks of reverse proxies whose `X-Forwarded-For` is believed:
    /// `["127.0.0.1", "10.0.0.0/8"]`.
    pub trusted_proxies: Vec<String>,
    /// The operator's pages.
    pub admin: Admin,
    /// The server that takes mail.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mail: Option<Mail>,
    /// What applies to all deliveries.
    pub deliver: Deliver,
    /// The real channel of each authority, by its path: `[authorities."stadt/norderstedt/umwelt"]`.
    /// Exactly one of `email` and `webhook`.
    pub authorities: BTreeMap<String, AuthorityChannel>,
}

/// The operator's pages.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Admin {
    /// Where the operator's pages listen: `127.0.0.1:8081`. They have no login: keep them on the
    /// machine itself. Without this setting the next free port from 8081 on is taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub listen: Option<String>,
}

/// The server that takes mail (SMTP submission).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Mail {
    /// The name of the server; its certificate must carry it.
    pub host: String,
    /// The port. Without this setting: 465 with `tls`, 587 with `starttls`, 25 with `none`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub port: Option<u16>,
    /// How the connection is protected: `tls` (from the first byte), `starttls` (which the server
    /// has to offer), `none` (only for a server on this machine).
    #[serde(default)]
    pub tls: MailTls,
    /// The user to log in as. Without it nobody logs in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<String>,
    /// A file with the password; a relative path counts from the data folder.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub password_file: Option<PathBuf>,
    /// The sender of all mail: `portal@stadt.de`.
    pub from: String,
    /// A file with a further root certificate (PEM), for servers with a certificate of one's own
    /// authority; a relative path counts from the data folder.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ca_file: Option<PathBuf>,
    /// The largest message in megabytes, attachments encoded. A larger one is parked. Ask for
    /// the limit of the mail server.
    #[serde(default = "max_size")]
    pub max_size: u32,
}

fn max_size() -> u32 {
    35
}

/// How the connection to the mail server is protected.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum MailTls {
    /// From the first byte.
    Tls,
    /// After `STARTTLS`, which the server has to offer.
    #[default]
    StartTls,
    /// Not at all: only for a server on this machine.
    None,
}

/// What applies to all deliveries.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Deliver {
    /// Receivers (`host:port`) that may have addresses that are not public, as inside a city's
    /// own network, and that may be called without TLS: `["10.20.4.7:443"]`.
    pub allow: Vec<String>,
    /// Everything goes to this mailbox instead of its authority, marked as a trial.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub redirect_all: Option<String>,
}

/// The real channel of an authority.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct AuthorityChannel {
    /// The mailbox.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// The address of the signed call, `https://…`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub webhook: Option<String>,
    /// A file with the secret that signs the call (`whsec_…`, 24 to 64 bytes in Base64); two
    /// lines while one secret is being replaced by another. A relative path counts from the data
    /// folder.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secret_file: Option<PathBuf>,
}
