use std::path::PathBuf;

use amtsweg_dsl::diagnostic::{Diagnostic, Problem};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;

use super::args::Place;
use super::output::Output;
use super::report::{Finding, findings, on_disk};
use super::{Failure, block_on, check, data, paths, words};
use crate::library::{Compiled, Folder, Publication, PublishError, prevents_publishing, publish};

/// `publish`: what became of each version.
#[derive(Default, Serialize, JsonSchema)]
pub(super) struct Published {
    /// The folder of forms; absent for the catalogue that is built into the program.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub folder: Option<PathBuf>,
    /// Every version; empty where nothing was published.
    pub versions: Vec<PublishedVersion>,
    /// Versions that were published with another content before; for them nothing was published.
    pub changed: Vec<String>,
    /// Messages that stand in the way; for them nothing was published.
    pub diagnostics: Vec<Finding>,
}

/// A published version.
#[derive(Serialize, JsonSchema)]
pub(super) struct PublishedVersion {
    /// The procedure: folder and name.
    pub procedure: String,
    /// The number of the version ("Fassung").
    pub version: u32,
    /// The hash of the procedure.
    pub hash: String,
    /// Whether it was published now; otherwise it was there already, with the same content.
    pub new: bool,
}

/// Publishes every version in a folder.
pub(super) fn run(place: &Place, output: &Output) -> Result<(), Failure> {
    let folder = paths::folder(place.folder.as_ref(), output)?;
    let compiled = check::compile(&folder, output)?;
    if compiled.sources.iter().next().is_none() {
        return Err(check::empty(&words::folder(output.language, &folder), output).into());
    }
    for unread in compiled.diagnostics.iter().filter(|found| is_unread(found)) {
        let language = output.language;
        output.note(&format!("{} {}", unread.message(language), unread.help(language)));
    }
    let data = data::folder(place)?;
    let done = block_on(async {
        let store = data::store(&data)?;
        Ok(publish(&compiled, &*store, Timestamp::now()).await)
    })?;
    let mut result = Published { folder: on_disk(&folder), ..Published::default() };
    match done {
        Ok(done) => {
            result.versions = done.into_iter().map(PublishedVersion::from).collect();
            output.result(&result, || text(&result, &folder, output))
        }
        Err(PublishError::Texts(_)) => refused(result, &compiled, output),
        Err(PublishError::Changed(versions)) => {
            result.changed = versions;
            if output.is_json() {
                output.json(&result)?;
            }
            let said = output.pick(
                "Es wurde nichts veröffentlicht. Mit anderem Inhalt schon veröffentlicht: {versions}. Geben Sie der Änderung eine neue Nummer (Fassung).",
                "Nothing was published. Published with another content before: {versions}. Give the change a new number (Version).",
            );
            Err(Failure::not_in_order(said.replace("{versions}", &result.changed.join(", "))))
        }
        Err(other) => Err(other.into()),
    }
}

/// Whether a file is not read that its author may miss afterwards.
fn is_unread(found: &Diagnostic) -> bool {
    matches!(found.problem, Problem::FileEnding { .. } | Problem::FileDocument { .. })
}

impl From<Publication> for PublishedVersion {
    fn from(done: Publication) -> Self {
        let Publication { procedure, version, hash, new } = done;
        Self { procedure, version, hash, new }
    }
}

fn text(result: &Published, folder: &Folder, output: &Output) -> String {
    let mut text = String::new();
    for version in &result.versions {
        let state = if version.new {
            output.pick("veröffentlicht", "published")
        } else {
            output.pick("unverändert", "unchanged")
        };
        let number = output.pick("Fassung", "version");
        text.push_str(&format!("{state}: {} {number} {} {}\n", version.procedure, version.version, version.hash));
    }
    let new = result.versions.iter().filter(|version| version.new).count();
    let said = output.pick("Veröffentlicht: {n} aus {folder}", "Published: {n} from {folder}");
    text + &said.replace("{n}", &new.to_string()).replace("{folder}", &words::folder(output.language, folder))
}

/// Says what stands in the way.
fn refused(mut result: Published, compiled: &Compiled, output: &Output) -> Result<(), Failure> {
    let preventing: Vec<&Diagnostic> = compiled.diagnostics.iter().filter(|found| prevents_publishing(found)).collect();
    result.diagnostics = findings(&preventing, &compiled.sources, output.language);
    output.result(&result, || check::text(&preventing, compiled, output))?;
    let said = output.pick(
        "Es wurde nichts veröffentlicht. Das steht dem entgegen, siehe oben.",
        "Nothing was published. See above for what stands in the way.",
    );
    Err(Failure::not_in_order(said))
}
