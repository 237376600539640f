use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Set, Text};

/// One municipality's site ("Portal").
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Portal {
    /// Folder and name: `stadt/norderstedt/norderstedt`.
    pub path: String,
    /// The name of the site.
    pub title: Text,
    /// Its municipalities ("Gebiet").
    pub area: Set,
    /// The host name ("Netzadresse").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub host: Option<String>,
    /// File and description of the coat of arms ("Wappen").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coat_of_arms: Option<(String, Text)>,
    /// The colour of the site ("Farbe"), `#rrggbb`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub colour: Option<String>,
    /// The authority to turn to ("Kontakt").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<String>,
    /// The procedure with the imprint ("Impressum").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub imprint: Option<String>,
    /// The procedure with the privacy notice ("Datenschutz").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub privacy: Option<String>,
    /// The procedure for reporting a barrier ("Barriere melden").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub barrier_report: Option<String>,
    /// Tiles of categories ("Kacheln") in their order.
    pub tiles: Vec<Tile>,
    /// Paths of the procedures that it offers ("Angebot").
    pub offers: Vec<String>,
    /// Situations in life ("Lebenslage").
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub life_events: Vec<LifeEvent>,
}

/// A tile of a category ("Kachel").
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Tile {
    /// The key that a procedure names under "Kategorie".
    pub key: String,
    /// What is shown.
    pub title: Text,
}

/// A situation in life ("Lebenslage") and the procedures that belong to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LifeEvent {
    /// Its name.
    pub key: String,
    /// What is shown.
    pub title: Text,
    /// Paths of procedures.
    pub offers: Vec<String>,
}
