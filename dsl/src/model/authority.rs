use jiff::civil::Time;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Set, Text};

/// An authority ("Stelle").
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Authority {
    /// Folder and name: `stadt/norderstedt/steueramt`.
    pub path: String,
    /// Its name for people.
    pub name: Text,
    /// City, county, state or federation ("Ebene").
    pub level: Level,
    /// The municipalities that it is there for ("Gebiet").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area: Option<Set>,
    /// Words for what it does ("Aufgabe"), used as `hundesteuer für wohnung.gemeinde`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tasks: Vec<String>,
    /// Postal address ("Anschrift").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Telephone number ("Telefon").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// How submissions reach it ("Kanal"), in the order of fallback.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub channels: Vec<Channel>,
    /// When it is open ("Geöffnet").
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub opening_hours: Vec<OpeningHours>,
}

/// The level of government ("Ebene").
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// "Stadt": a city or another municipality.
    City,
    /// "Kreis"
    County,
    /// "Land"
    State,
    /// "Bund"
    Federal,
}

/// How submissions reach an authority ("Kanal").
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// "E-Mail"
    Email {
        /// The mailbox.
        address: String,
        /// The file with its key ("verschlüsselt mit").
        #[serde(default, skip_serializing_if = "Option::is_none")]
        key_file: Option<String>,
    },
    /// "Aufruf": a signed HTTP call.
    Webhook {
        /// The address, `https://…`.
        url: String,
        /// The file with its key ("verschlüsselt mit").
        #[serde(default, skip_serializing_if = "Option::is_none")]
        key_file: Option<String>,
    },
    /// "FIT-Connect"
    FitConnect {
        /// The id of the destination ("Zustellpunkt").
        destination: String,
    },
}

/// Opening hours of some days of the week ("Geöffnet").
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OpeningHours {
    /// The days, 1 = Monday to 7 = Sunday.
    pub days: Vec<u8>,
    /// From.
    pub from: Time,
    /// To.
    pub to: Time,
}
