//! The key files: `keys/<id>.key` in the data folder, readable for the owner only. The id of a
//! newer key sorts behind that of an older one.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use aws_lc_rs::rand;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use uuid::Uuid;

use super::SealError;

/// A key of the data folder.
pub(super) struct Key {
    /// The name of its file, without the ending.
    pub id: String,
    /// AES-256.
    pub bytes: [u8; 32],
}

/// All keys, oldest first.
pub(super) fn load(folder: &Path) -> Result<Vec<Key>, SealError> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(at(folder, &error)),
    };
    let mut keys = Vec::new();
    for entry in entries {
        let path = entry.map_err(|error| at(folder, &error))?.path();
        let id = path.file_stem().and_then(|stem| stem.to_str());
        if let (Some(id), true) = (id, path.extension().is_some_and(|ending| ending == "key")) {
            keys.push(Key { id: id.to_owned(), bytes: read(&path)? });
        }
    }
    keys.sort_by(|one, other| one.id.cmp(&other.id));
    Ok(keys)
}

/// Makes a new key; it is on the disk when this returns.
pub(super) fn create(folder: &Path) -> Result<Key, SealError> {
    make_folder(folder).map_err(|error| at(folder, &error))?;
    let mut bytes = [0_u8; 32];
    rand::fill(&mut bytes).map_err(|_| SealError::KeyFile("the machine's source of randomness fails".to_owned()))?;
    let id = Uuid::now_v7().simple().to_string();
    let path = folder.join(format!("{id}.key"));
    write(folder, &path, &bytes).map_err(|error| at(&path, &error))?;
    Ok(Key { id, bytes })
}

fn write(folder: &Path, path: &PathBuf, key: &[u8; 32]) -> io::Result<()> {
    let unfinished = path.with_extension("new");
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&unfinished)?;
    file.write_all(STANDARD.encode(key).as_bytes())?;
    file.write_all(b"\n")?;
    file.sync_all()?;
    fs::rename(&unfinished, path)?;
    File::open(folder)?.sync_all()
}

fn make_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

fn read(path: &Path) -> Result<[u8; 32], SealError> {
    refuse_open_to_others(path)?;
    let text = fs::read_to_string(path).map_err(|error| at(path, &error))?;
    let bytes = STANDARD.decode(text.trim()).ok().and_then(|bytes| bytes.try_into().ok());
    bytes.ok_or_else(|| SealError::KeyFile(format!("{} is not a key file", path.display())))
}

#[cfg(unix)]
fn refuse_open_to_others(path: &Path) -> Result<(), SealError> {
    use std::os::unix::fs::PermissionsExt;
    let mode = fs::metadata(path).map_err(|error| at(path, &error))?.permissions().mode();
    if mode & 0o007 == 0 {
        return Ok(());
    }
    Err(SealError::KeyFile(format!("everybody on this machine may read {0}; run: chmod 600 {0}", path.display())))
}

#[cfg(not(unix))]
fn refuse_open_to_others(_path: &Path) -> Result<(), SealError> {
    Ok(())
}

fn at(path: &Path, error: &io::Error) -> SealError {
    SealError::KeyFile(format!("{}: {error}", path.display()))
}
