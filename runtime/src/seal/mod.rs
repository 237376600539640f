//! Answers and uploads at rest: one `seal`, one `unseal`.
//!
//! Each thing has a data key of its own (AES-256-GCM), wrapped by a key in the data folder.
//! The associated data bind a sealed thing to its place: it cannot be moved to another row.
//!
//! ```text
//! 1 │ length of the key id │ key id │ nonce │ wrapped data key │ nonce │ content
//! ```

mod keys;

use std::path::{Path, PathBuf};

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use aws_lc_rs::rand;
use keys::Key;

/// The first byte of everything sealed: how the rest is laid out.
const LAYOUT: u8 = 1;
const KEY: usize = 32;
const TAG: usize = 16;

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

impl Place<'_> {
    /// The associated data; every part with its length, so that none runs into the next.
    fn associated(&self, purpose: &str) -> Vec<u8> {
        let mut data = Vec::with_capacity(64);
        for part in [purpose.as_bytes(), self.portal.as_bytes(), self.id.as_bytes(), self.format.as_bytes()] {
            data.extend_from_slice(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
            data.extend_from_slice(part);
        }
        data
    }
}

/// The keys of a data folder. The newest one seals, all of them open.
pub struct Vault {
    folder: PathBuf,
    /// Oldest first, never empty.
    keys: Vec<Key>,
}

impl Vault {
    /// Opens the keys in `data/keys`; makes the first one where there is none.
    ///
    /// # Errors
    /// When a key file cannot be read or written.
    pub fn open(data: &Path) -> Result<Self, SealError> {
        let folder = data.join("keys");
        let mut keys = keys::load(&folder)?;
        if keys.is_empty() {
            keys.push(keys::create(&folder)?);
        }
        Ok(Self { folder, keys })
    }

    /// Makes a new key, which seals from now on; the others still open what they sealed.
    ///
    /// # Errors
    /// When the key file cannot be written.
    pub fn add_key(&mut self) -> Result<(), SealError> {
        self.keys.push(keys::create(&self.folder)?);
        Ok(())
    }

    /// The id of the key that seals.
    #[must_use]
    pub fn key_id(&self) -> &str {
        self.keys.last().map_or("", |key| &key.id)
    }

    /// Seals `plain` for its place.
    ///
    /// # Errors
    /// When the machine's source of randomness fails.
    pub fn seal(&self, place: Place<'_>, plain: &[u8]) -> Result<Vec<u8>, SealError> {
        let key = self.keys.last().ok_or(SealError::Broken)?;
        let id_length = u8::try_from(key.id.len()).map_err(|_| SealError::Broken)?;
        let mut data_key = [0_u8; KEY];
        rand::fill(&mut data_key).map_err(|_| SealError::Broken)?;

        let mut sealed = Vec::with_capacity(2 + key.id.len() + NONCE_LEN + KEY + TAG + NONCE_LEN + plain.len() + TAG);
        sealed.push(LAYOUT);
        sealed.push(id_length);
        sealed.extend_from_slice(key.id.as_bytes());
        encrypt(&key.bytes, &place.associated("key"), &data_key, &mut sealed)?;
        encrypt(&data_key, &place.associated("content"), plain, &mut sealed)?;
        Ok(sealed)
    }

    /// Opens what was sealed for this place.
    ///
    /// # Errors
    /// When the key is missing or the data do not belong here.
    pub fn unseal(&self, place: Place<'_>, sealed: &[u8]) -> Result<Vec<u8>, SealError> {
        let ([LAYOUT, id_length], rest) = sealed.split_first_chunk().ok_or(SealError::Broken)? else {
            return Err(SealError::Broken);
        };
        let (id, rest) = rest.split_at_checked(usize::from(*id_length)).ok_or(SealError::Broken)?;
        let (wrapped, content) = rest.split_at_checked(NONCE_LEN + KEY + TAG).ok_or(SealError::Broken)?;
        let key = self
            .keys
            .iter()
            .find(|key| key.id.as_bytes() == id)
            .ok_or_else(|| SealError::UnknownKey(String::from_utf8_lossy(id).into_owned()))?;
        let data_key = decrypt(&key.bytes, &place.associated("key"), wrapped)?;
        let data_key: [u8; KEY] = data_key.try_into().map_err(|_| SealError::Broken)?;
        decrypt(&data_key, &place.associated("content"), content)
    }
}

/// Appends nonce, ciphertext and tag.
fn encrypt(key: &[u8; KEY], associated: &[u8], plain: &[u8], into: &mut Vec<u8>) -> Result<(), SealError> {
    let mut nonce = [0_u8; NONCE_LEN];
    rand::fill(&mut nonce).map_err(|_| SealError::Broken)?;
    into.extend_from_slice(&nonce);
    let start = into.len();
    into.extend_from_slice(plain);
    let tag = cipher(key)?
        .seal_in_place_separate_tag(
            Nonce::assume_unique_for_key(nonce),
            Aad::from(associated),
            into.get_mut(start..).ok_or(SealError::Broken)?,
        )
        .map_err(|_| SealError::Broken)?;
    into.extend_from_slice(tag.as_ref());
    Ok(())
}

fn decrypt(key: &[u8; KEY], associated: &[u8], sealed: &[u8]) -> Result<Vec<u8>, SealError> {
    let (nonce, content) = sealed.split_first_chunk::<NONCE_LEN>().ok_or(SealError::Broken)?;
    let mut content = content.to_vec();
    let plain = cipher(key)?
        .open_in_place(Nonce::assume_unique_for_key(*nonce), Aad::from(associated), &mut content)
        .map_err(|_| SealError::Broken)?
        .len();
    content.truncate(plain);
    Ok(content)
}

fn cipher(key: &[u8; KEY]) -> Result<LessSafeKey, SealError> {
    UnboundKey::new(&AES_256_GCM, key).map(LessSafeKey::new).map_err(|_| SealError::Broken)
}
