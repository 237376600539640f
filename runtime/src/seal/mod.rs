//! Answers and uploads at rest: one `seal`, one `open`.
//!
//! Each thing has a data key of its own (AES-256-GCM), wrapped by a key in the data folder.
//! The associated data bind a sealed thing to its place: it cannot be moved to another row.

use std::path::Path;

/// Why sealing or opening failed. Says nothing about the content.
#[derive(Debug, thiserror::Error)]
pub enum SealError {
    /// The key that it was sealed with is not there.
    #[error("the key {0} is not in the data folder; restore the folder `keys` from the backup")]
    UnknownKey(String),
    /// It was changed, or belongs somewhere else.
    #[error("the sealed data do not fit their place")]
    Broken,
    /// A key file cannot be read or written.
    #[error("{0}")]
    KeyFile(String),
}

/// Where a sealed thing belongs: portal, id, format.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    /// The portal's path.
    pub portal: &'a str,
    /// The row or file.
    pub id: uuid::Uuid,
    /// What it is: `draft`, `submission`, `upload`, `destination`, `message`.
    pub format: &'a str,
}

/// The keys of a data folder.
pub struct Vault {
    keys: Vec<(String, [u8; 32])>,
}

impl Vault {
    /// Opens the keys in `data/keys`; makes the first one where there is none.
    ///
    /// # Errors
    /// When a key file cannot be read or written.
    pub fn open(data: &Path) -> Result<Self, SealError> {
        todo!()
    }

    /// Seals `plain` for its place.
    ///
    /// # Errors
    /// When the machine's source of randomness fails.
    pub fn seal(&self, place: Place<'_>, plain: &[u8]) -> Result<Vec<u8>, SealError> {
        todo!()
    }

    /// Opens what was sealed for this place.
    ///
    /// # Errors
    /// When the key is missing or the data do not belong here.
    pub fn unseal(&self, place: Place<'_>, sealed: &[u8]) -> Result<Vec<u8>, SealError> {
        todo!()
    }
}
