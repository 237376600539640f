//! The procedures that are served: the newest text in author mode, published versions in
//! service mode; old versions stay loadable by their hash.

mod folder;
mod publish;
mod read;
mod shelf;
#[cfg(feature = "cli")]
mod watch;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, RwLock};

use amtsweg_dsl::model::{Authority, Language, Portal, Procedure};
use jiff::civil::Date;

pub use folder::{Compiled, Folder, compile_again, compile_folder, compile_sources};
pub use publish::{Became, Numbered, Plan, Publication, PublishError, in_the_way, plan, prevents_publishing, publish};
pub use read::{FolderError, why};
#[cfg(feature = "cli")]
pub use watch::{Watch, reload, watch};

/// A compiled procedure with what is made from it once.
pub struct Edition {
    /// The procedure.
    pub procedure: Procedure,
    /// Its hash.
    pub hash: String,
    /// Its schema with German titles: the last check before anything is stored as submitted.
    pub validator: jsonschema::Validator,
    /// Its schemas by language.
    pub schemas: BTreeMap<Language, serde_json::Value>,
}

/// What is served at a moment.
#[derive(Default)]
pub struct Shelf {
    /// Editions by the procedure's path; oldest version first.
    pub procedures: BTreeMap<String, Vec<Arc<Edition>>>,
    /// Authorities by path.
    pub authorities: BTreeMap<String, Arc<Authority>>,
    /// Portals by path.
    pub portals: BTreeMap<String, Arc<Portal>>,
    /// Messages about the texts, as an author reads them (author mode).
    pub diagnostics: Vec<String>,
    /// Author mode: the first error of each procedure that has one now, by its name in addresses;
    /// what is served of it is older than its text.
    pub broken: BTreeMap<String, String>,
    /// Author mode: the file of each version, by path and number.
    pub files: BTreeMap<(String, u32), String>,
    /// Author mode: versions that are served as they last were without an error.
    pub kept: BTreeSet<(String, u32)>,
    /// Author mode: a version is shown before it is valid, too.
    pub preview: bool,
}

impl Shelf {
    /// The edition that new drafts of a procedure get on a day; `None`: there is none.
    #[must_use]
    pub fn current(&self, path: &str, on: Date) -> Option<&Arc<Edition>> {
        let editions = self.procedures.get(path)?;
        // A version without a last day is valid until the next one begins.
        let begun = editions.iter().filter(|edition| edition.procedure.valid_from <= on);
        let newest = begun.max_by_key(|edition| edition.procedure.valid_from);
        let valid = newest.filter(|edition| edition.procedure.valid_until.is_none_or(|until| on < until));
        valid.or_else(|| editions.iter().find(|edition| self.preview && edition.procedure.valid_from > on))
    }

    /// The edition with this hash.
    #[must_use]
    pub fn by_hash(&self, path: &str, hash: &str) -> Option<&Arc<Edition>> {
        self.procedures.get(path)?.iter().find(|edition| edition.hash == hash)
    }
}

/// The shelf of the moment; exchanged as a whole when texts change or a version is published.
#[derive(Default)]
pub struct Library {
    shelf: RwLock<Arc<Shelf>>,
}

impl Library {
    /// A library that serves `shelf`.
    #[must_use]
    pub fn new(shelf: Shelf) -> Self {
        Self { shelf: RwLock::new(Arc::new(shelf)) }
    }

    /// What is served now.
    #[must_use]
    pub fn shelf(&self) -> Arc<Shelf> {
        self.shelf.read().unwrap_or_else(std::sync::PoisonError::into_inner).clone()
    }

    /// Exchanges the shelf.
    pub fn replace(&self, shelf: Shelf) {
        *self.shelf.write().unwrap_or_else(std::sync::PoisonError::into_inner) = Arc::new(shelf);
    }
}

/// Why a compiled procedure could not be made ready.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct EditionError(pub String);

impl Edition {
    /// Makes a compiled procedure ready for serving.
    ///
    /// # Errors
    /// When its schema does not fit the meta-schema of JSON Schema 2020-12.
    pub fn new(procedure: Procedure) -> Result<Self, EditionError> {
        let hash = procedure.hash().map_err(|error| EditionError(error.to_string()))?;
        let schemas: BTreeMap<_, _> = [Language::German, Language::English]
            .into_iter()
            .map(|language| (language, amtsweg_dsl::emit::schema(&procedure, language)))
            .collect();
        let validator = jsonschema::options()
            .should_validate_formats(true)
            .build(&schemas[&Language::German])
            .map_err(|error| EditionError(error.to_string()))?;
        Ok(Self { procedure, hash, validator, schemas })
    }
}
