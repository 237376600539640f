//! Publishing: strict checks, then every version into the store, for ever. Of a version that is
//! published only the last day may still be set or moved.

use std::collections::BTreeSet;
use std::path::Path;

use amtsweg_dsl::diagnostic::{Diagnostic, Problem, Severity};
use amtsweg_dsl::model::Procedure;
use amtsweg_dsl::syntax::keyword::Heading;
use amtsweg_dsl::syntax::{Sources, tree};
use jiff::Timestamp;
use jiff::civil::Date;

use super::folder::Compiled;
use super::{Edition, EditionError};
use crate::clock::local;
use crate::store::{PublishedVersion, Store, StoreError};

/// What becomes of a version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publication {
    /// The procedure's path.
    pub procedure: String,
    /// The number of the version.
    pub version: u32,
    /// Its hash.
    pub hash: String,
    /// Whether it is published now, or was before, and how.
    pub became: Became,
    /// The last day on which it is valid; none: no end is set.
    pub last_day: Option<Date>,
}

/// Whether a version is published now, or was before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Became {
    /// It is published now.
    New,
    /// It was published before; its last day is set or moved now.
    EndMoved,
    /// It was published before with the same content.
    Same,
}

/// A version by its procedure's path and its number.
pub type Numbered = (String, u32);

/// What publishing does, before it is done.
#[derive(Debug, Default)]
pub struct Plan {
    /// Every version.
    pub publications: Vec<Publication>,
    /// Versions that are published and still valid, and do not lie beside their newer ones: what
    /// becomes of their drafts could not be checked.
    pub missing: Vec<Numbered>,
    writes: Vec<Write>,
}

/// A version for the store, and the hash of the one whose place it takes.
#[derive(Debug)]
struct Write {
    version: PublishedVersion,
    instead_of: Option<String>,
}

/// Why nothing is published.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    /// The texts do not hold.
    #[error("the texts have {0} messages that stand in the way of publishing")]
    Texts(usize),
    /// Versions that are published with another content.
    #[error("already published with another content: {}", shown(.0))]
    Changed(Vec<Numbered>),
    /// Versions that are published and differ in their last day only, which was over or would be.
    #[error("the last day of a published version can only be set to today or later: {}", shown(.0))]
    Over(Vec<Numbered>),
    /// A procedure cannot be made ready.
    #[error(transparent)]
    Edition(#[from] EditionError),
    /// The store does not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

fn shown(versions: &[Numbered]) -> String {
    versions.iter().map(|(procedure, version)| format!("{procedure} version {version}")).collect::<Vec<_>>().join(", ")
}

/// Whether a message stands in the way of publishing: errors, details that citizens need, and
/// placeholders that they would read.
#[must_use]
pub fn prevents_publishing(diagnostic: &Diagnostic) -> bool {
    diagnostic.severity() == Severity::Error
        || matches!(diagnostic.problem, Problem::PublishMissing { .. } | Problem::PlaceholderLeft { .. })
}

/// The messages that stand in the way of publishing a folder, or the files of a part of it: what
/// is said about those, and, where one of their procedures does not compile because of others, the
/// errors of these.
#[must_use]
pub fn in_the_way<'c>(compiled: &'c Compiled, part: Option<&Path>) -> Vec<&'c Diagnostic> {
    let meant = |file: &str| part.is_none_or(|part| Path::new(file).starts_with(part));
    let made: BTreeSet<&String> = compiled.catalogue.files.values().collect();
    let lacking = compiled.sources.iter().any(|(file, _)| {
        let makes =
            |heading| matches!(heading, Heading::Application | Heading::Report | Heading::Topic | Heading::Adopts);
        let read = |text| tree(file, text).0.roots.iter().any(|root| makes(root.heading));
        meant(file) && !made.iter().any(|made| *made == file) && compiled.sources.text(file).is_some_and(read)
    });
    let all = compiled.diagnostics.iter().filter(|found| prevents_publishing(found));
    all.filter(|found| meant(&found.file) || lacking && found.severity() == Severity::Error).collect()
}

/// Holds the versions of a folder, or of a part of it, against what is published.
///
/// # Errors
/// When the texts do not hold, when a version is published with another content, or when the
/// store does not answer.
pub async fn plan(
    compiled: &Compiled,
    part: Option<&Path>,
    store: &dyn Store,
    now: Timestamp,
) -> Result<Plan, PublishError> {
    let preventing = in_the_way(compiled, part).len();
    if preventing > 0 {
        return Err(PublishError::Texts(preventing));
    }
    let known = store.published().await?;
    let today = local(now).date();
    let sources = texts(&compiled.sources);
    let (mut changed, mut over) = (Vec::new(), Vec::new());
    let mut plan = Plan::default();
    for procedure in compiled.catalogue.procedures.values().flatten() {
        let number = (procedure.path.clone(), procedure.version);
        let file = compiled.catalogue.files.get(&number);
        if part.is_some_and(|part| !file.is_some_and(|file| Path::new(file).starts_with(part))) {
            continue;
        }
        let hash = Edition::new(procedure.as_ref().clone())?.hash;
        let before = known.iter().find(|known| known.procedure == procedure.path && known.version == procedure.version);
        let became = match before {
            None => Became::New,
            Some(before) if before.hash == hash => Became::Same,
            Some(before) => match only_end(before, procedure, &hash)? {
                None => {
                    changed.push(number.clone());
                    continue;
                }
                Some(end) if is_over(end, today) || is_over(procedure.valid_until, today) => {
                    over.push(number.clone());
                    continue;
                }
                Some(_) => Became::EndMoved,
            },
        };
        plan.publications.push(Publication {
            procedure: procedure.path.clone(),
            version: procedure.version,
            hash: hash.clone(),
            became,
            last_day: procedure.valid_until.and_then(|until| until.yesterday().ok()),
        });
        if became != Became::Same {
            let bytes = procedure.canonical_json().map_err(|error| EditionError(error.to_string()))?;
            let version = PublishedVersion {
                procedure: procedure.path.clone(),
                version: procedure.version,
                hash,
                compiled: bytes,
                sources: sources.clone(),
                published_at: now,
            };
            plan.writes.push(Write { version, instead_of: before.map(|before| before.hash.clone()) });
        }
    }
    if !changed.is_empty() {
        return Err(PublishError::Changed(changed));
    }
    if !over.is_empty() {
        return Err(PublishError::Over(over));
    }
    plan.missing = missing(&plan.publications, compiled, &known, today)?;
    Ok(plan)
}

/// Publishes all versions of a folder, or of a part of it, or none.
///
/// # Errors
/// As [`plan`].
pub async fn publish(
    compiled: &Compiled,
    part: Option<&Path>,
    store: &dyn Store,
    now: Timestamp,
) -> Result<Plan, PublishError> {
    let plan = plan(compiled, part, store, now).await?;
    for Write { version, instead_of } in &plan.writes {
        match instead_of {
            None => store.publish(version).await?,
            Some(hash) => store.republish(version, hash).await?,
        }
    }
    Ok(plan)
}

/// The end that a published version has, where it differs in nothing else.
fn only_end(
    before: &PublishedVersion,
    procedure: &Procedure,
    hash: &str,
) -> Result<Option<Option<Date>>, EditionError> {
    let wrong =
        |error: &dyn std::fmt::Display| EditionError(format!("{} {}: {error}", before.procedure, before.version));
    let mut old: Procedure = serde_json::from_slice(&before.compiled).map_err(|error| wrong(&error))?;
    let end = old.valid_until;
    old.valid_until = procedure.valid_until;
    let same = old.hash().map_err(|error| wrong(&error))? == hash;
    Ok(same.then_some(end))
}

fn is_over(until: Option<Date>, today: Date) -> bool {
    until.is_some_and(|until| until <= today)
}

/// Versions that are published, are still valid, and do not lie in the folder, where a newer one
/// is published now.
fn missing(
    publications: &[Publication],
    compiled: &Compiled,
    known: &[PublishedVersion],
    today: Date,
) -> Result<Vec<Numbered>, EditionError> {
    let mut missing = Vec::new();
    for known in known {
        let newer = |one: &Publication| {
            one.became == Became::New && one.procedure == known.procedure && one.version > known.version
        };
        let versions = compiled.catalogue.procedures.get(&known.procedure);
        let there = versions.is_some_and(|all| all.iter().any(|one| one.version == known.version));
        if there || !publications.iter().any(newer) {
            continue;
        }
        let old: Procedure = serde_json::from_slice(&known.compiled)
            .map_err(|error| EditionError(format!("{} {}: {error}", known.procedure, known.version)))?;
        if !is_over(old.valid_until, today) {
            missing.push((known.procedure.clone(), known.version));
        }
    }
    Ok(missing)
}

/// All texts of the folder: a building block is a part of every procedure that uses it.
fn texts(sources: &Sources) -> String {
    let texts: serde_json::Map<String, serde_json::Value> =
        sources.iter().filter_map(|(path, _)| Some((path.to_owned(), sources.text(path)?.into()))).collect();
    serde_json::Value::Object(texts).to_string()
}
