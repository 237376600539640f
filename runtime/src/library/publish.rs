//! Publishing: strict checks, then every version into the store, for ever.

use amtsweg_dsl::diagnostic::{Diagnostic, Problem, Severity};
use amtsweg_dsl::syntax::Sources;
use jiff::Timestamp;

use super::folder::Compiled;
use super::{Edition, EditionError};
use crate::store::{PublishedVersion, Store, StoreError};

/// What became of a version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publication {
    /// The procedure's path.
    pub procedure: String,
    /// The number of the version.
    pub version: u32,
    /// Its hash.
    pub hash: String,
    /// Whether it was published now, or before with the same content.
    pub new: bool,
}

/// Why nothing was published.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    /// The texts do not hold.
    #[error("the texts have {0} messages that stand in the way of publishing")]
    Texts(usize),
    /// Versions that are published with another content: procedure and version.
    #[error("already published with another content: {}", .0.join(", "))]
    Changed(Vec<String>),
    /// A procedure cannot be made ready.
    #[error(transparent)]
    Edition(#[from] EditionError),
    /// The store does not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Whether a message stands in the way of publishing: errors, details that citizens need, and
/// placeholders that they would read.
#[must_use]
pub fn prevents_publishing(diagnostic: &Diagnostic) -> bool {
    diagnostic.severity() == Severity::Error
        || matches!(diagnostic.problem, Problem::PublishMissing { .. } | Problem::PlaceholderLeft { .. })
}

/// Publishes all versions of a folder, or none.
///
/// # Errors
/// When the texts do not hold, when a version is published with another content, or when the
/// store does not answer.
pub async fn publish(compiled: &Compiled, store: &dyn Store, now: Timestamp) -> Result<Vec<Publication>, PublishError> {
    let preventing = compiled.diagnostics.iter().filter(|diagnostic| prevents_publishing(diagnostic)).count();
    if preventing > 0 {
        return Err(PublishError::Texts(preventing));
    }
    let known = store.published().await?;
    let sources = texts(&compiled.sources);
    let mut changed = Vec::new();
    let mut versions = Vec::new();
    for procedure in compiled.catalogue.procedures.values().flatten() {
        let edition = Edition::new(procedure.as_ref().clone())?;
        let before = known.iter().find(|known| known.procedure == procedure.path && known.version == procedure.version);
        if before.is_some_and(|before| before.hash != edition.hash) {
            changed.push(format!("{} version {}", procedure.path, procedure.version));
        }
        let bytes = procedure.canonical_json().map_err(|error| EditionError(error.to_string()))?;
        let version = PublishedVersion {
            procedure: procedure.path.clone(),
            version: procedure.version,
            hash: edition.hash,
            compiled: bytes,
            sources: sources.clone(),
            published_at: now,
        };
        versions.push((version, before.is_none()));
    }
    if !changed.is_empty() {
        return Err(PublishError::Changed(changed));
    }
    let mut done = Vec::new();
    for (version, new) in versions {
        if new {
            store.publish(&version).await?;
        }
        done.push(Publication { procedure: version.procedure, version: version.version, hash: version.hash, new });
    }
    Ok(done)
}

/// All texts of the folder: a building block is a part of every procedure that uses it.
fn texts(sources: &Sources) -> String {
    let texts: serde_json::Map<String, serde_json::Value> =
        sources.iter().filter_map(|(path, _)| Some((path.to_owned(), sources.text(path)?.into()))).collect();
    serde_json::Value::Object(texts).to_string()
}
