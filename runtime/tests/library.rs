//! What is served: the newest text or the last good one, published versions, and nothing that
//! leads nowhere.
#![cfg(feature = "cli")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use amtsweg::deliver::{Channels, MailServer, RealChannel, Tls, destination_for};
use amtsweg::dsl::model::Language;
use amtsweg::library::{self, Became, Compiled, Folder, Library, PublishError, Shelf, compile_folder, publish};
use amtsweg::store::{SqliteStore, Store};
use jiff::Timestamp;
use jiff::civil::{Date, date};
use tempfile::TempDir;

const LANGUAGE: Language = Language::German;

fn today() -> Date {
    date(2026, 11, 22)
}

fn procedure(name: &str, title: &str, kind: &str) -> String {
    format!(
        "Sprache: Deutsch\nAntrag {name} \"{title}\"\n  Fassung: 1, gültig ab 01.01.2026\n  Kategorie: sonstiges\n  \
         Zugang: keine\n  Rechtsgrundlage: \"Satzung\"\n  Frist: keine\n  Aufbewahrung: 1 Jahr nach Erledigung\n  \
         Wie es weitergeht: \"Wir melden uns.\"\n\nAbschnitt a \"A\"\n  Frage ja \"Ja?\"\n    Art: {kind}\n\n\
         Zuständigkeit\n  | ja       || an  |\n  | beliebig || amt |\n"
    )
}

fn write(folder: &Path, file: &str, text: &str) {
    std::fs::write(folder.join(file), text).unwrap();
}

fn forms() -> TempDir {
    let forms = tempfile::tempdir().unwrap();
    write(forms.path(), "eins.amt", &procedure("eins", "Eins", "Ja oder Nein"));
    write(forms.path(), "zwei.amt", &procedure("zwei", "Zwei", "Ja oder Nein"));
    write(
        forms.path(),
        "stellen.amt",
        "Sprache: Deutsch\nStelle amt \"Amt\"\n  Ebene: Stadt\n  Kanal: E-Mail amt@stadt.example\n",
    );
    forms
}

fn compile(forms: &TempDir) -> Compiled {
    compile_folder(&Folder::Path(forms.path().to_owned()), today()).unwrap()
}

fn title(shelf: &Shelf, path: &str) -> String {
    shelf.current(path, today()).unwrap().procedure.title.get(LANGUAGE).to_owned()
}

#[test]
fn a_broken_text_leaves_the_last_good_one_and_the_others_follow() {
    let forms = forms();
    let first = Shelf::of_texts(&compile(&forms), LANGUAGE, &Shelf::default());
    assert!(first.diagnostics.is_empty(), "{:?}", first.diagnostics);

    write(forms.path(), "eins.amt", &procedure("eins", "Eins neu", "Ja oder Neim"));
    write(forms.path(), "zwei.amt", &procedure("zwei", "Zwei neu", "Ja oder Nein"));
    let second = Shelf::of_texts(&compile(&forms), LANGUAGE, &first);
    assert_eq!((title(&second, "eins").as_str(), title(&second, "zwei").as_str()), ("Eins", "Zwei neu"));
    assert!(second.diagnostics.iter().any(|line| line.starts_with("eins.amt:") && line.contains("Neim")));

    write(forms.path(), "eins.amt", &procedure("eins", "Eins neu", "Ja oder Nein"));
    let third = Shelf::of_texts(&compile(&forms), LANGUAGE, &second);
    assert_eq!(title(&third, "eins"), "Eins neu");
    assert!(third.diagnostics.is_empty());

    std::fs::remove_file(forms.path().join("zwei.amt")).unwrap();
    let fourth = Shelf::of_texts(&compile(&forms), LANGUAGE, &third);
    assert!(fourth.current("zwei", today()).is_none(), "what was removed is gone");
}

#[test]
fn a_version_without_a_last_day_is_valid_until_the_next_one_begins() {
    let forms = forms();
    let of = |version: u32, days: &str, title: &str| {
        procedure("eins", title, "Ja oder Nein")
            .replace("Fassung: 1, gültig ab 01.01.2026", &format!("Fassung: {version}, gültig ab {days}"))
    };
    write(forms.path(), "eins.2.amt", &of(2, "01.01.2027 bis 31.12.2027", "Zweite"));
    write(forms.path(), "eins.3.amt", &of(3, "01.02.2028", "Dritte"));
    let shelf = Shelf { preview: false, ..Shelf::of_texts(&compile(&forms), LANGUAGE, &Shelf::default()) };
    assert!(shelf.diagnostics.is_empty(), "{:?}", shelf.diagnostics);
    for (on, expected) in [
        (date(2025, 12, 31), None),
        (date(2026, 12, 31), Some("Eins")),
        (date(2027, 1, 1), Some("Zweite")),
        (date(2027, 12, 31), Some("Zweite")),
        // The first one does not come back between the second and the third.
        (date(2028, 1, 1), None),
        (date(2028, 2, 1), Some("Dritte")),
    ] {
        let found = shelf.current("eins", on).map(|edition| edition.procedure.title.get(LANGUAGE));
        assert_eq!(found, expected, "{on}");
    }
}

#[test]
fn a_version_with_an_error_stays_as_it_was_beside_the_others() {
    let forms = forms();
    let version = |number: u32, from: &str, kind: &str| {
        procedure("eins", &format!("Eins {number}"), kind)
            .replace("1, gültig ab 01.01.2026", &format!("{number}, gültig ab {from}"))
    };
    write(forms.path(), "eins.amt", &version(1, "01.01.2026 bis 31.12.2027", "Ja oder Nein"));
    write(forms.path(), "eins.2.amt", &version(2, "01.01.2028", "Ja oder Nein"));
    let first = Shelf::of_texts(&compile(&forms), LANGUAGE, &Shelf::default());
    write(forms.path(), "eins.amt", &version(1, "01.01.2026 bis 31.12.2027", "Ja oder Neim"));
    let broken = compile(&forms);
    let second = Shelf::of_texts(&broken, LANGUAGE, &first);
    assert_eq!(title(&second, "eins"), "Eins 1");
    assert!(second.kept.contains(&("eins".to_owned(), 1)) && second.broken.contains_key("eins"));
    // Also after a second look, and not for one who comes only now.
    let third = Shelf::of_texts(&broken, LANGUAGE, &second);
    assert_eq!(title(&third, "eins"), "Eins 1");
    let late = Shelf::of_texts(&broken, LANGUAGE, &Shelf::default());
    assert!(title(&late, "eins") == "Eins 2" && late.kept.is_empty());

    write(forms.path(), "eins.amt", &version(1, "01.01.2026 bis 31.12.2027", "Ja oder Nein"));
    assert!(Shelf::of_texts(&compile(&forms), LANGUAGE, &third).kept.is_empty());
    std::fs::remove_file(forms.path().join("eins.amt")).unwrap();
    write(forms.path(), "zwei.amt", &procedure("zwei", "Zwei", "Ja oder Neim"));
    let gone = Shelf::of_texts(&compile(&forms), LANGUAGE, &third);
    assert_eq!(gone.procedures["eins"].len(), 1, "what was removed is gone");
}

#[tokio::test]
async fn a_change_on_the_disk_is_served_within_seconds() {
    let forms = forms();
    let folder = Folder::Path(forms.path().to_owned());
    let library = Arc::new(Library::default());
    let mut compiler = amtsweg_dsl::Compiler::new(amtsweg_dsl::region::Regions::shipped());
    library::reload(&library, &folder, LANGUAGE, today(), &mut compiler).unwrap();
    let _watch = library::watch(library.clone(), forms.path(), LANGUAGE, today, |_| {}).unwrap();
    write(forms.path(), "eins.amt", &procedure("eins", "Eins neu", "Ja oder Nein"));
    for _ in 0..100 {
        if title(&library.shelf(), "eins") == "Eins neu" {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("not followed");
}

#[tokio::test]
async fn a_version_is_published_once_and_for_ever() {
    let forms = forms();
    let data = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(&data.path().join("amtsweg.db")).unwrap();
    let done = publish(&compile(&forms), None, &store, Timestamp::now()).await.unwrap().publications;
    assert_eq!(
        done.iter().map(|one| (one.procedure.as_str(), one.became)).collect::<Vec<_>>(),
        [("eins", Became::New), ("zwei", Became::New)]
    );
    let again = publish(&compile(&forms), None, &store, Timestamp::now()).await.unwrap().publications;
    assert!(again.iter().all(|one| one.became == Became::Same));

    // Comments and blank lines are no change; a word is, and then nothing at all is published.
    let text = procedure("eins", "Eins", "Ja oder Nein").replace("Abschnitt", "# nur eine Bemerkung\n\nAbschnitt");
    write(forms.path(), "eins.amt", &text);
    assert!(
        publish(&compile(&forms), None, &store, Timestamp::now())
            .await
            .unwrap()
            .publications
            .iter()
            .all(|one| one.became == Became::Same)
    );
    write(forms.path(), "eins.amt", &procedure("eins", "Eins anders", "Ja oder Nein"));
    write(forms.path(), "drei.amt", &procedure("drei", "Drei", "Ja oder Nein"));
    let refused = publish(&compile(&forms), None, &store, Timestamp::now()).await;
    assert!(matches!(refused, Err(PublishError::Changed(changed)) if changed == [("eins".to_owned(), 1)]));
    assert_eq!(store.published().await.unwrap().len(), 2);

    write(forms.path(), "eins.amt", &procedure("eins", "Eins", "Ja oder Neim"));
    let refused = publish(&compile(&forms), None, &store, Timestamp::now()).await;
    assert!(matches!(refused, Err(PublishError::Texts(count)) if count > 0));
    // What citizens need to know may be missing while a text is written, not when it is published.
    let text = procedure("eins", "Eins", "Ja oder Nein").replace("  Rechtsgrundlage: \"Satzung\"\n", "");
    write(forms.path(), "eins.amt", &text);
    assert!(matches!(publish(&compile(&forms), None, &store, Timestamp::now()).await, Err(PublishError::Texts(1))));
}

fn mail() -> MailServer {
    MailServer {
        host: "localhost".into(),
        port: 25,
        tls: Tls::None,
        login: None,
        from: "a@b.example".into(),
        ca_file: None,
        max_size: 1_000_000,
    }
}

#[tokio::test]
async fn what_leads_nowhere_is_not_offered_and_said() {
    let forms = forms();
    let data = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(&data.path().join("amtsweg.db")).unwrap();
    let compiled = compile(&forms);
    publish(&compiled, None, &store, Timestamp::now()).await.unwrap();
    let published = store.published().await.unwrap();
    let offered = |channels: &Channels| {
        let (shelf, notes) = Shelf::of_published(&published, &compiled, channels, &Shelf::default()).unwrap();
        (shelf.procedures.len(), notes)
    };
    let mut channels = Channels { mail: Some(mail()), ..Channels::default() };
    let (count, notes) = offered(&channels);
    assert_eq!(count, 0, "its address ends in .example");
    assert_eq!(notes[0], "eins is not offered: no real channel is set for amt.");

    channels.authorities = BTreeMap::from([("amt".to_owned(), RealChannel::Email { address: "amt@stadt.de".into() })]);
    assert_eq!(offered(&channels), (2, Vec::new()));
    channels.mail = None;
    assert_eq!(offered(&channels).0, 0, "a mailbox needs a mail server");
    let secrets = vec!["whsec_x".to_owned().into()];
    channels.authorities =
        BTreeMap::from([("amt".to_owned(), RealChannel::Webhook { url: "https://x.de/".into(), secrets })]);
    assert_eq!(offered(&channels).0, 2);

    let redirected = Channels { mail: Some(mail()), redirect_all: Some("a@b.de".into()), ..Channels::default() };
    assert_eq!(offered(&redirected).0, 2, "everything goes to one mailbox");
    let authority = &compiled.catalogue.authorities["amt"];
    assert!(destination_for(authority, &Channels::author()).is_some(), "for trying, any address will do");
}

#[test]
fn the_catalogue_that_is_built_in_is_the_one_in_the_repository() {
    let built_in = Folder::BuiltIn.sources().unwrap();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../forms");
    let on_disk = Folder::Path(folder).sources().unwrap();
    let names =
        |sources: &amtsweg::dsl::syntax::Sources| sources.iter().map(|(path, _)| path.to_owned()).collect::<Vec<_>>();
    assert_eq!(names(&built_in), names(&on_disk));
    assert!(names(&built_in).len() > 20);
}
