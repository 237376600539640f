//! The bytes of uploads: one sealed file each, `uploads/<id>` in the data folder, and what may
//! come in. A file is on the disk before the row that names it is written; a file that no row
//! names is swept.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use amtsweg_dsl::kind::{FileKind, FileLimits, State};
use uuid::Uuid;

use crate::seal::{Place, SealError, Vault};
use crate::store::{Store, StoreError};

/// Files that no row names are left alone for this long: their row may still be on its way.
const YOUNG: Duration = Duration::from_secs(60 * 60);
/// The ending of a file that is being written.
const UNFINISHED: &str = "part";

/// Why an upload could not be kept or read.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// There is no such file.
    #[error("the file {0} is not in the data folder")]
    Missing(Uuid),
    /// The disk is full, or the folder cannot be written.
    #[error("the folder for uploads cannot be used: {0}")]
    Disk(#[from] io::Error),
    /// It cannot be sealed or opened.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// The store did not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The uploads of a data folder.
#[derive(Clone)]
pub struct Files {
    folder: PathBuf,
    vault: Arc<Vault>,
}

impl Files {
    /// Opens `data/uploads`, and makes it where it is not there.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub fn open(data: &Path, vault: Arc<Vault>) -> Result<Self, FileError> {
        let folder = data.join("uploads");
        let mut builder = fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(&folder)?;
        Ok(Self { folder, vault })
    }

    /// Keeps `content`; it is on the disk when this returns. The row comes after.
    ///
    /// # Errors
    /// When the disk does not take it.
    pub async fn put(&self, portal: &str, id: Uuid, content: &[u8]) -> Result<(), FileError> {
        let sealed = self.vault.seal(place(portal, id), content)?;
        let (folder, path) = (self.folder.clone(), self.path(id));
        blocking(move || {
            let unfinished = path.with_extension(UNFINISHED);
            let written = write(&folder, &unfinished, &path, &sealed);
            if written.is_err() {
                // Where the disk is full, a half file must not stay.
                drop(fs::remove_file(&unfinished));
            }
            written
        })
        .await
    }

    /// The content of an upload.
    ///
    /// # Errors
    /// When it is not there, or does not belong to this portal.
    pub async fn get(&self, portal: &str, id: Uuid) -> Result<Vec<u8>, FileError> {
        let path = self.path(id);
        let sealed = blocking(move || match fs::read(path) {
            Ok(sealed) => Ok(sealed),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Err(FileError::Missing(id)),
            Err(error) => Err(error.into()),
        })
        .await?;
        Ok(self.vault.unseal(place(portal, id), &sealed)?)
    }

    /// Removes an upload; one that is not there is fine.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub async fn remove(&self, id: Uuid) -> Result<(), FileError> {
        let path = self.path(id);
        blocking(move || match fs::remove_file(path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error.into()),
            _ => Ok(()),
        })
        .await
    }

    /// Removes files that no row names; answers with how many.
    ///
    /// # Errors
    /// When the folder or the store cannot be read.
    pub async fn sweep(&self, store: &dyn Store) -> Result<u64, FileError> {
        self.sweep_older_than(store, YOUNG).await
    }

    /// As [`Self::sweep`], with an age of one's own.
    ///
    /// # Errors
    /// When the folder or the store cannot be read.
    pub async fn sweep_older_than(&self, store: &dyn Store, age: Duration) -> Result<u64, FileError> {
        let folder = self.folder.clone();
        let candidates = blocking(move || old_files(&folder, age)).await?;
        let mut swept = 0;
        for path in candidates {
            let id = path.file_name().and_then(|name| name.to_str()).and_then(|name| Uuid::try_parse(name).ok());
            let named = match id {
                Some(id) => store.has_upload(id).await?,
                None => false,
            };
            if !named {
                blocking(move || Ok(fs::remove_file(path)?)).await?;
                swept += 1;
            }
        }
        Ok(swept)
    }

    fn path(&self, id: Uuid) -> PathBuf {
        self.folder.join(id.simple().to_string())
    }
}

/// Checks the content of a file against what a question takes: size, and the kind by its first
/// bytes and by the ending of its name. Answers with the kind that it is.
///
/// # Errors
/// What is the matter with it: [`State::FileEmpty`], [`State::FileSize`], [`State::FileKind`].
pub fn check(name: &str, content: &[u8], limits: &FileLimits) -> Result<FileKind, State> {
    if content.is_empty() {
        return Err(State::FileEmpty);
    }
    if u64::try_from(content.len()).unwrap_or(u64::MAX) > limits.max_size {
        return Err(State::FileSize);
    }
    let kind = match infer::get(content).map(|found| found.mime_type()) {
        Some("application/pdf") => FileKind::Pdf,
        Some("image/jpeg") => FileKind::Jpeg,
        Some("image/png") => FileKind::Png,
        _ => return Err(State::FileKind),
    };
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    let endings: &[&str] = match kind {
        FileKind::Pdf => &["pdf"],
        FileKind::Jpeg => &["jpg", "jpeg"],
        FileKind::Png => &["png"],
    };
    if limits.kinds.contains(&kind) && endings.contains(&ending.as_str()) { Ok(kind) } else { Err(State::FileKind) }
}

fn place(portal: &str, id: Uuid) -> Place<'_> {
    Place { portal, id, format: "upload" }
}

/// Under another name first: a file under its own name is whole.
fn write(folder: &Path, unfinished: &Path, path: &Path, sealed: &[u8]) -> Result<(), FileError> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(unfinished)?;
    file.write_all(sealed)?;
    file.sync_all()?;
    fs::rename(unfinished, path)?;
    File::open(folder)?.sync_all()?;
    Ok(())
}

fn old_files(folder: &Path, age: Duration) -> Result<Vec<PathBuf>, FileError> {
    let now = SystemTime::now();
    let mut old = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let changed = entry.metadata()?.modified()?;
        if now.duration_since(changed).unwrap_or_default() >= age {
            old.push(entry.path());
        }
    }
    Ok(old)
}

async fn blocking<T, F>(work: F) -> Result<T, FileError>
where
    T: Send + 'static,
    F: FnOnce() -> Result<T, FileError> + Send + 'static,
{
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done,
        Err(error) => Err(io::Error::other(error).into()),
    }
}
