//! The data folder: where it is, and that one process alone serves from it.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Failure;
use super::output::Output;
use crate::store::SqliteStore;

/// The data folder that was named, else `./amtsweg-data`; made where it is not there.
pub(super) fn folder(named: Option<&Path>) -> Result<PathBuf, Failure> {
    let data = named.map_or_else(|| PathBuf::from("amtsweg-data"), Path::to_owned);
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(&data).map_err(|error| format!("{}: {error}", data.display()))?;
    Ok(fs::canonicalize(&data)?)
}

/// Holds the folder for this process. `publish` needs no such hold.
pub(super) fn lock(data: &Path, output: &Output) -> Result<File, Failure> {
    let path = data.join("lock");
    let file = File::create(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => {
            let said = output.pick(
                "Ein anderes amtsweg läuft schon mit den Daten in {data}. Beenden Sie es, oder nehmen Sie mit --data einen anderen Ordner.",
                "Another amtsweg serves from {data} already. Stop it, or take another folder with --data.",
            );
            Err(Failure::stopped(said.replace("{data}", &data.display().to_string())))
        }
        Err(TryLockError::Error(error)) => Err(format!("{}: {error}", path.display()).into()),
    }
}

pub(super) fn store(data: &Path) -> Result<Arc<SqliteStore>, Failure> {
    let file = data.join("amtsweg.db");
    let store = SqliteStore::open(&file).map_err(|error| format!("{}: {error}", file.display()))?;
    Ok(Arc::new(store))
}
