//! Versions that are no longer on the shelf: a draft keeps the one that it was begun with.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::library::{Edition, Shelf};
use crate::store::{Store, StoreError};

/// How many are kept ready.
const MOST: usize = 64;

/// Editions by hash.
#[derive(Default)]
pub(crate) struct Editions {
    ready: Mutex<HashMap<String, Arc<Edition>>>,
}

impl Editions {
    /// The edition with this hash, from the shelf or from the store; `None`: it is nowhere.
    pub async fn find(
        &self,
        shelf: &Shelf,
        store: &dyn Store,
        path: &str,
        hash: &str,
    ) -> Result<Option<Arc<Edition>>, StoreError> {
        if let Some(edition) = shelf.by_hash(path, hash) {
            return Ok(Some(edition.clone()));
        }
        if let Some(edition) = self.ready.lock().unwrap_or_else(PoisonError::into_inner).get(hash) {
            return Ok(Some(edition.clone()));
        }
        let Some(compiled) = store.compiled(hash).await? else {
            return Ok(None);
        };
        let Ok(procedure) = serde_json::from_slice(&compiled) else {
            return Err(StoreError::Corrupt(format!("the compiled form {hash} cannot be read")));
        };
        let edition = Edition::new(procedure).map_err(|error| StoreError::Corrupt(error.to_string()))?;
        let edition = Arc::new(edition);
        let mut ready = self.ready.lock().unwrap_or_else(PoisonError::into_inner);
        if ready.len() >= MOST {
            ready.clear();
        }
        ready.insert(hash.to_owned(), edition.clone());
        Ok(Some(edition))
    }
}
