use std::path::{Path, PathBuf};

use amtsweg_dsl::diagnostic::{Diagnostic, Problem};
use amtsweg_dsl::kind::show_date;
use clap::{Args, ValueHint};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;

use super::args::Home;
use super::output::Output;
use super::report::{Finding, findings, on_disk};
use super::{Failure, block_on, check, data, words};
use crate::library::{Became, Compiled, Folder, Numbered, Plan, Publication, PublishError, in_the_way, plan, publish};

/// What is asked for.
#[derive(Args)]
pub(super) struct Publish {
    /// A folder of forms, or a file or folder in it, of which alone everything is published; without it ./forms, else the built-in catalogue.
    #[arg(value_hint = ValueHint::AnyPath)]
    path: Option<PathBuf>,
    #[command(flatten)]
    home: Home,
    /// Publishes nothing: says what would be published.
    #[arg(long)]
    check: bool,
    /// Where everything is kept; without it ./amtsweg-data.
    #[arg(long, env = "AMTSWEG_DATA", value_name = "FOLDER", value_hint = ValueHint::DirPath)]
    data: Option<PathBuf>,
}

/// `publish`: what became of each version.
#[derive(Default, Serialize, JsonSchema)]
pub(super) struct Published {
    /// The folder of forms; absent for the catalogue that is built into the program.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub folder: Option<PathBuf>,
    /// The file or folder in it that alone was meant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub only: Option<PathBuf>,
    /// Whether it was only looked at (`--check`): nothing was published.
    pub check: bool,
    /// Every version; empty where nothing was published.
    pub versions: Vec<PublishedVersion>,
    /// Versions that were published with another content before; for them nothing was published.
    pub changed: Vec<String>,
    /// Published versions whose last day was over or would be; for them nothing was published.
    pub over: Vec<String>,
    /// Published versions that are still valid and do not lie beside the newer ones that were
    /// published now.
    pub missing: Vec<String>,
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
    /// Whether it was there already, and its last day was set or moved now.
    pub end_moved: bool,
    /// The last day on which it is valid; absent where no end is set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_day: Option<String>,
}

/// Publishes every version in a folder or a part of it, or says what would be published.
pub(super) fn run(asked: &Publish, output: &Output) -> Result<(), Failure> {
    let (folder, only) = check::meant(asked.path.clone(), &asked.home, output)?;
    let compiled = check::compile(&folder, output)?;
    let meant = |file: &str| only.as_ref().is_none_or(|only| Path::new(file).starts_with(only));
    if !compiled.sources.iter().any(|(file, _)| meant(file)) {
        return Err(check::empty(&shown(&folder, only.as_deref(), output), output).into());
    }
    for unread in compiled.diagnostics.iter().filter(|found| is_unread(found) && meant(&found.file)) {
        let language = output.language;
        output.note(&format!("{} {}", unread.message(language), unread.help(language)));
    }
    let data = data::folder(asked.data.as_deref())?;
    let done = block_on(async {
        let store = data::store(&data)?;
        let (part, now) = (only.as_deref(), Timestamp::now());
        Ok(match asked.check {
            true => plan(&compiled, part, &*store, now).await,
            false => publish(&compiled, part, &*store, now).await,
        })
    })?;
    let mut result =
        Published { folder: on_disk(&folder), only: only.clone(), check: asked.check, ..Published::default() };
    let refused = |result: &Published, said: String| {
        if output.is_json() {
            output.json(result)?;
        }
        Err(Failure::not_in_order(said))
    };
    match done {
        Ok(plan) => {
            for (procedure, version) in &plan.missing {
                output.note(&missing(procedure, *version, output));
            }
            result.missing = numbered(&plan.missing, "version");
            result.versions = plan_of(plan);
            output.result(&result, || text(&result, &folder, only.as_deref(), output))
        }
        Err(PublishError::Texts(_)) => in_the_texts(result, &compiled, only.as_deref(), output),
        Err(PublishError::Changed(versions)) => {
            result.changed = numbered(&versions, "version");
            let said = output.pick(
                "Es wurde nichts veröffentlicht. Mit anderem Inhalt schon veröffentlicht: {versions}. Geben Sie der Änderung eine neue Nummer (Fassung).",
                "Nothing was published. Published with another content before: {versions}. Give the change a new number (Version).",
            );
            let versions = numbered(&versions, output.pick("Fassung", "version")).join(", ");
            refused(&result, said.replace("{versions}", &versions))
        }
        Err(PublishError::Over(versions)) => {
            result.over = numbered(&versions, "version");
            let said = output.pick(
                "Es wurde nichts veröffentlicht. Das Ende einer veröffentlichten Fassung lässt sich nur auf heute oder später legen, und nur, solange sie gilt: {versions}.",
                "Nothing was published. The last day of a published version can only be set to today or later, and only while it is valid: {versions}.",
            );
            let versions = numbered(&versions, output.pick("Fassung", "version")).join(", ");
            refused(&result, said.replace("{versions}", &versions))
        }
        Err(other) => Err(other.into()),
    }
}

/// Whether a file is not read that its author may miss afterwards.
fn is_unread(found: &Diagnostic) -> bool {
    matches!(found.problem, Problem::FileEnding { .. } | Problem::FileDocument { .. })
}

fn plan_of(plan: Plan) -> Vec<PublishedVersion> {
    plan.publications.into_iter().map(PublishedVersion::from).collect()
}

impl From<Publication> for PublishedVersion {
    fn from(done: Publication) -> Self {
        let Publication { procedure, version, hash, became, last_day } = done;
        let (new, end_moved) = (became == Became::New, became == Became::EndMoved);
        Self { procedure, version, hash, new, end_moved, last_day: last_day.map(|day| day.to_string()) }
    }
}

/// `stadt/norderstedt/hund_anmelden Fassung 3`
fn numbered(versions: &[Numbered], word: &str) -> Vec<String> {
    versions.iter().map(|(procedure, version)| format!("{procedure} {word} {version}")).collect()
}

fn missing(procedure: &str, version: u32, output: &Output) -> String {
    let said = output.pick(
        "Fassung {n} von {procedure} ist veröffentlicht und gilt noch, aber ihre Datei liegt nicht in diesem Ordner: Es lässt sich nicht prüfen, was aus angefangenen Anträgen wird. Legen Sie die Datei wieder dazu.",
        "Version {n} of {procedure} is published and still valid, but its file is not in this folder: it cannot be checked what becomes of drafts that are begun. Put the file back.",
    );
    said.replace("{n}", &version.to_string()).replace("{procedure}", procedure)
}

/// The folder of forms, or the part of it that is meant.
fn shown(folder: &Folder, only: Option<&Path>, output: &Output) -> String {
    let folder = words::folder(output.language, folder);
    only.map_or(folder.clone(), |only| Path::new(&folder).join(only).display().to_string())
}

fn text(result: &Published, folder: &Folder, only: Option<&Path>, output: &Output) -> String {
    let mut text = String::new();
    let number = output.pick("Fassung", "version");
    for version in &result.versions {
        let state = match (version.new, version.end_moved, result.check) {
            (true, _, false) => output.pick("veröffentlicht", "published"),
            (true, _, true) => output.pick("würde veröffentlicht", "would be published"),
            (_, true, false) => output.pick("letzter Tag geändert", "last day changed"),
            (_, true, true) => output.pick("letzter Tag würde geändert", "last day would be changed"),
            _ => output.pick("unverändert", "unchanged"),
        };
        text.push_str(&format!("{state}: {} {number} {}", version.procedure, version.version));
        if version.end_moved {
            let last = version.last_day.as_ref().and_then(|day| day.parse().ok());
            text.push_str(&match last {
                Some(day) => output
                    .pick(", gilt bis {day}", ", valid to {day}")
                    .replace("{day}", &show_date(day, output.language)),
                None => output.pick(", gilt ohne Ende", ", valid without an end").to_owned(),
            });
        }
        text.push_str(&format!(" {}\n", words::grouped(&version.hash)));
    }
    let new = result.versions.iter().filter(|version| version.new || version.end_moved).count();
    let said = match result.check {
        true => output.pick(
            "Nichts veröffentlicht. Veröffentlicht würde: {n} aus {folder}",
            "Nothing published. It would be published: {n} from {folder}",
        ),
        false => output.pick("Veröffentlicht: {n} aus {folder}", "Published: {n} from {folder}"),
    };
    text + &said.replace("{n}", &new.to_string()).replace("{folder}", &shown(folder, only, output))
}

/// Says what stands in the way.
fn in_the_texts(
    mut result: Published,
    compiled: &Compiled,
    only: Option<&Path>,
    output: &Output,
) -> Result<(), Failure> {
    let preventing = in_the_way(compiled, only);
    result.diagnostics = findings(&preventing, &compiled.sources, output.language);
    output.result(&result, || check::text(&preventing, compiled, output))?;
    let said = output.pick(
        "Es wurde nichts veröffentlicht, wegen der Meldungen oben.",
        "Nothing was published, because of the messages above.",
    );
    Err(Failure::not_in_order(said))
}
