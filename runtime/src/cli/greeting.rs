//! What is said when the portal has begun to be served.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;

use schemars::JsonSchema;
use serde::Serialize;

use super::Failure;
use super::output::Output;
use crate::library::Folder;

/// `serve`: one line when it has begun. Nothing follows on the output.
#[derive(Serialize, JsonSchema)]
pub(super) struct Serving {
    /// The version of the program.
    pub version: &'static str,
    /// Whether everything is a trial: nothing leaves the machine.
    pub trial: bool,
    /// The folder of forms; absent for the catalogue that is built into the program.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub folder: Option<PathBuf>,
    /// The data folder.
    pub data: PathBuf,
    /// The portal's address.
    pub portal: String,
    /// Of several portals each by its path, with the address at which this machine shows it; for
    /// real every portal answers at its own host only.
    pub portals: BTreeMap<String, String>,
    /// The address of the operator's pages.
    pub operator: String,
    /// What the operator should know.
    pub notes: Vec<String>,
}

impl Serving {
    /// Says it.
    pub fn say(&self, folder: &Folder, output: &Output) -> Result<(), Failure> {
        let mut out = std::io::stdout().lock();
        if output.is_json() {
            writeln!(out, "{}", serde_json::to_string(self)?)?;
            return Ok(out.flush()?);
        }
        writeln!(out, "Amtsweg {}", self.version)?;
        if self.trial {
            let said = output.pick(
                "Probe: Was eingegeben wird, verlässt diesen Rechner nicht. Mails und Aufrufe liegen im Postausgang unter „Betrieb“.",
                "Trial: what is entered does not leave this machine. Mails and calls lie in the outbox under “Operator”.",
            );
            writeln!(out, "{said}")?;
        }
        for note in &self.notes {
            writeln!(out, "{note}")?;
        }
        writeln!(out, "{}: {folder}", output.pick("Verfahren", "Procedures"))?;
        writeln!(out, "{}: {}", output.pick("Daten", "Data"), self.data.display())?;
        let keep = output.pick(
            "Sichern: amtsweg.db, uploads/ und keys/ aus diesem Ordner; ohne keys/ ist der Rest unlesbar.",
            "Back up: amtsweg.db, uploads/ and keys/ in this folder; without keys/ nobody can read the rest.",
        );
        writeln!(out, "{keep}")?;
        writeln!(out, "{}: amtsweg --help", output.pick("Alle Befehle", "All commands"))?;
        writeln!(out, "Portal: {}", self.portal)?;
        for (path, address) in &self.portals {
            writeln!(out, "  {path}: {address}")?;
        }
        writeln!(out, "{}: {}", output.pick("Betrieb", "Operator"), self.operator)?;
        writeln!(out, "{}", output.pick("Beenden: Strg+C", "To end it: Ctrl+C"))?;
        Ok(out.flush()?)
    }
}
