//! Sealing and the bytes of uploads.

use std::sync::Arc;
use std::time::Duration;

use amtsweg::dsl::kind::{FileKind, FileLimits, State};
use amtsweg::files::{self, FileError, Files};
use amtsweg::seal::{Place, SealError, Vault};
use amtsweg::store::{Draft, SqliteStore, Store, Upload};
use jiff::Timestamp;
use uuid::Uuid;

fn place(id: Uuid) -> Place<'static> {
    Place { portal: "stadt/norderstedt/norderstedt", id, format: "draft" }
}

#[test]
fn what_is_sealed_is_opened_at_its_place_only() {
    let data = tempfile::tempdir().unwrap();
    let vault = Vault::open(data.path()).unwrap();
    let id = Uuid::now_v7();
    let sealed = vault.seal(place(id), b"geheim").unwrap();
    assert_eq!(vault.unseal(place(id), &sealed).unwrap(), b"geheim");
    assert!(!sealed.windows(6).any(|part| part == b"geheim"));
    assert_ne!(sealed, vault.seal(place(id), b"geheim").unwrap(), "a data key of its own");

    for elsewhere in [
        place(Uuid::now_v7()),
        Place { portal: "stadt/kiel/kiel", ..place(id) },
        Place { format: "submission", ..place(id) },
    ] {
        assert!(matches!(vault.unseal(elsewhere, &sealed), Err(SealError::Broken)));
    }
    assert!(vault.unseal(place(id), &vault.seal(place(id), b"").unwrap()).unwrap().is_empty());
}

#[test]
fn every_changed_byte_and_every_shortening_is_noticed() {
    let data = tempfile::tempdir().unwrap();
    let vault = Vault::open(data.path()).unwrap();
    let id = Uuid::now_v7();
    let sealed = vault.seal(place(id), b"geheim").unwrap();
    for position in 0..sealed.len() {
        let mut changed = sealed.clone();
        changed[position] ^= 1;
        assert!(vault.unseal(place(id), &changed).is_err(), "byte {position}");
        assert!(vault.unseal(place(id), &sealed[..position]).is_err(), "length {position}");
    }
}

#[test]
fn a_new_key_seals_and_the_old_ones_still_open() {
    let data = tempfile::tempdir().unwrap();
    let mut vault = Vault::open(data.path()).unwrap();
    let id = Uuid::now_v7();
    let old = vault.seal(place(id), b"alt").unwrap();
    let first = vault.key_id().to_owned();
    vault.add_key().unwrap();
    assert_ne!(vault.key_id(), first);
    let new = vault.seal(place(id), b"neu").unwrap();

    let again = Vault::open(data.path()).unwrap();
    assert_eq!(again.key_id(), vault.key_id(), "the newest one seals after a restart too");
    assert_eq!(again.unseal(place(id), &old).unwrap(), b"alt");
    assert_eq!(again.unseal(place(id), &new).unwrap(), b"neu");

    std::fs::remove_file(data.path().join("keys").join(format!("{first}.key"))).unwrap();
    let poorer = Vault::open(data.path()).unwrap();
    assert!(matches!(poorer.unseal(place(id), &old), Err(SealError::UnknownKey(missing)) if missing == first));
}

#[cfg(unix)]
#[test]
fn key_files_are_for_the_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let data = tempfile::tempdir().unwrap();
    Vault::open(data.path()).unwrap();
    let folder = data.path().join("keys");
    let key = std::fs::read_dir(&folder).unwrap().next().unwrap().unwrap().path();
    assert_eq!(std::fs::metadata(&key).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(std::fs::metadata(&folder).unwrap().permissions().mode() & 0o777, 0o700);
    std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o644)).unwrap();
    let refused = Vault::open(data.path()).err().unwrap().to_string();
    assert!(refused.contains("chmod 600"), "{refused}");
}

#[tokio::test]
async fn an_upload_comes_back_and_lies_sealed() {
    let data = tempfile::tempdir().unwrap();
    let files = Files::open(data.path(), Arc::new(Vault::open(data.path()).unwrap())).unwrap();
    let (id, content) = (Uuid::now_v7(), b"%PDF-1.7 Antrag".repeat(1_000));
    files.put("p", id, &content).await.unwrap();
    assert_eq!(files.get("p", id).await.unwrap(), content);
    assert!(matches!(files.get("q", id).await, Err(FileError::Seal(SealError::Broken))));
    let on_disk = std::fs::read(data.path().join("uploads").join(id.simple().to_string())).unwrap();
    assert!(!on_disk.windows(6).any(|part| part == b"Antrag"));
    files.remove(id).await.unwrap();
    files.remove(id).await.unwrap();
    assert!(matches!(files.get("p", id).await, Err(FileError::Missing(_))));
}

#[tokio::test]
async fn files_that_no_row_names_are_swept() {
    let data = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(&data.path().join("amtsweg.db")).unwrap();
    let files = Files::open(data.path(), Arc::new(Vault::open(data.path()).unwrap())).unwrap();
    let draft = Draft {
        id: Uuid::now_v7(),
        portal: "p".into(),
        visitor: [0; 32],
        procedure: "x".into(),
        version: String::new(),
        revision: 0,
        submit_token: Uuid::new_v4(),
        answers: Vec::new(),
        created_at: Timestamp::UNIX_EPOCH,
        changed_at: Timestamp::UNIX_EPOCH,
        expires_at: Timestamp::MAX,
    };
    store.save_draft(&draft).await.unwrap();
    let (named, orphan) = (Uuid::now_v7(), Uuid::now_v7());
    files.put("p", named, b"1").await.unwrap();
    files.put("p", orphan, b"2").await.unwrap();
    std::fs::write(data.path().join("uploads").join(format!("{}.part", Uuid::now_v7().simple())), b"half").unwrap();
    store.add_upload(&Upload { id: named, draft: draft.id, size: 1, created_at: Timestamp::UNIX_EPOCH }).await.unwrap();

    assert_eq!(files.sweep(&store).await.unwrap(), 0, "a row may still be on its way");
    assert_eq!(files.sweep_older_than(&store, Duration::ZERO).await.unwrap(), 2);
    assert_eq!(files.get("p", named).await.unwrap(), b"1");
    assert!(matches!(files.get("p", orphan).await, Err(FileError::Missing(_))));
}

#[test]
fn the_content_of_a_file_decides_on_its_kind() {
    let limits = FileLimits { kinds: vec![FileKind::Pdf, FileKind::Png], max_size: 100, min_count: 0, max_count: 1 };
    let png = b"\x89PNG\r\n\x1a\n rest of a picture";
    let pdf = b"%PDF-1.7\n%rest";
    let jpeg = b"\xff\xd8\xff\xe0 rest";
    assert_eq!(files::check("Plan.PDF", pdf, &limits), Ok(FileKind::Pdf));
    assert_eq!(files::check("foto.png", png, &limits), Ok(FileKind::Png));
    assert_eq!(files::check("foto.pdf", png, &limits), Err(State::FileKind), "the ending says something else");
    assert_eq!(files::check("foto", png, &limits), Err(State::FileKind));
    assert_eq!(files::check("foto.jpg", jpeg, &limits), Err(State::FileKind), "not taken here");
    assert_eq!(files::check("a.pdf", b"<html>", &limits), Err(State::FileKind));
    assert_eq!(files::check("a.pdf", b"", &limits), Err(State::FileEmpty));
    assert_eq!(files::check("a.pdf", &pdf.repeat(20), &limits), Err(State::FileSize));
}
