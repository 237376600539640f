//! A house with one procedure, and the other sides that it delivers to: a mail server that takes
//! more than it should, and a receiver of calls. Both on loopback, both say what a script says.
pub mod receiver;
pub mod smtp;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use amtsweg::clock::Clock;
use amtsweg::deliver::{self, Channels, Context, Destination};
use amtsweg::dsl::model::Language;
use amtsweg::dsl::region::Regions;
use amtsweg::dsl::syntax::Sources;
use amtsweg::files::Files;
use amtsweg::library::{Library, Shelf, compile_sources};
use amtsweg::seal::{Place, Vault};
use amtsweg::store::{DeliveryKind, Draft, NewOutboxRow, NewSubmission, OutboxEntry, SqliteStore, Store, Upload};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use uuid::Uuid;

pub const PORTAL: &str = "portal";
pub const OFFICE: &str = "amt";

const TEXT: &str = r#"Sprache: Deutsch
Antrag hund "Hund anmelden"
  Fassung: 1, gültig ab 01.01.2020
  Kategorie: sonstiges
  Zugang: keine
  Text: "Melden Sie Ihren Hund an."
  Rechtsgrundlage: "Satzung"
  Frist: keine
  Aufbewahrung: 1 Jahr nach Erledigung
  Wie es weitergeht: "Sie bekommen einen **Bescheid** für {hundename}."
    "Das dauert etwa zwei Wochen."

Abschnitt person "Wer sind Sie?"
  Frage name "Wie heißen Sie?"
    Art: Name
  Frage email "Wie lautet Ihre E-Mail-Adresse?"
    Art: E-Mail, freiwillig

Abschnitt hund "Welcher Hund?"
  Frage hundename "Wie heißt der Hund?"
    Art: Text, höchstens 60 Zeichen
  Frage gefährlich "Ist er gefährlich?"
    Art: Ja oder Nein
  Frage bemerkung "Möchten Sie noch etwas sagen?"
    Art: langer Text, höchstens 1.000 Zeichen, freiwillig
  Frage nachweis "Laden Sie den Nachweis hoch"
    Art: Datei, PDF, höchstens 5 MB, freiwillig

Zuständigkeit
  | gefährlich || an  |
  | beliebig   || amt |

Stelle amt "Musteramt"
  Ebene: Stadt
  Telefon: 040 123456
  Kanal: E-Mail amt@stadt.example

Portal portal "Musterportal"
  Gebiet: Norderstedt

Kacheln
  - sonstiges "Sonstiges"

Angebot
  - hund
"#;

/// A clock that tests move.
pub struct MovedClock(Mutex<SignedDuration>);

impl Clock for MovedClock {
    fn now(&self) -> Timestamp {
        Timestamp::now() + *self.0.lock().unwrap()
    }
}

pub struct House {
    pub data: TempDir,
    pub context: Context,
    pub store: Arc<SqliteStore>,
    clock: Arc<MovedClock>,
    version: String,
    running: Option<(watch::Sender<bool>, JoinHandle<()>)>,
}

impl House {
    pub async fn new(channels: Channels) -> Self {
        let data = tempfile::tempdir().unwrap();
        let store = Arc::new(SqliteStore::open(&data.path().join("amtsweg.db")).unwrap());
        let vault = Arc::new(Vault::open(data.path()).unwrap());
        let mut sources = Sources::new();
        for (file, text) in parts(TEXT) {
            sources.add(&file, text.as_bytes()).unwrap();
        }
        let compiled = compile_sources(sources, jiff::civil::date(2026, 11, 22));
        assert_eq!(compiled.lines(Language::German), Vec::<String>::new());
        let shelf = Shelf::of_texts(&compiled, Language::German, &Shelf::default());
        let version = shelf.procedures["hund"][0].hash.clone();
        let clock = Arc::new(MovedClock(Mutex::new(SignedDuration::ZERO)));
        let context = Context {
            store: store.clone(),
            files: Files::open(data.path(), vault.clone()).unwrap(),
            vault,
            library: Arc::new(Library::new(shelf)),
            regions: Regions::shipped(),
            clock: clock.clone(),
            channels: Arc::new(channels),
            payment: None,
        };
        Self { data, context, store, clock, version, running: None }
    }

    /// Starts the worker.
    pub fn start(&mut self) {
        let (end, mut ended) = watch::channel(false);
        let context = self.context.clone();
        let worker = tokio::spawn(async move {
            let until = async move { drop(ended.wait_for(|ended| *ended).await) };
            deliver::run(context, until).await.unwrap();
        });
        self.running = Some((end, worker));
    }

    /// Lets it come to its end.
    pub async fn stop(&mut self) {
        if let Some((end, worker)) = self.running.take() {
            end.send_replace(true);
            worker.await.unwrap();
        }
    }

    pub fn advance(&self, seconds: i64) {
        *self.clock.0.lock().unwrap() += SignedDuration::from_secs(seconds);
    }

    /// The answers that tests send, `remark` one of them.
    pub fn answers(remark: &str) -> Value {
        json!({ "name": "Änne Geheim", "email": "aenne@privat.example", "hundename": "Bello", "gefaehrlich": false,
            "bemerkung": remark })
    }

    /// Stores a submission whose office is at `to`.
    pub async fn submit(&self, answers: Value, to: &Destination) -> String {
        self.submit_with(answers, to, None, None).await
    }

    pub async fn submit_with(
        &self,
        mut answers: Value,
        to: &Destination,
        citizen: Option<&str>,
        file: Option<(&str, &[u8])>,
    ) -> String {
        let id = Uuid::now_v7();
        let (draft, uploads) = match file {
            None => (None, Vec::new()),
            Some((name, content)) => {
                let (draft, upload) = self.upload(content).await;
                answers["nachweis"] = json!({
                    "name": name, "media_type": "application/pdf", "size": content.len(),
                    "sha256": "0".repeat(64), "id": upload.to_string(),
                });
                (Some(draft), vec![upload])
            }
        };
        let vault = &self.context.vault;
        let row =
            |kind, to: &Destination| -> NewOutboxRow { deliver::outbox_row(vault, PORTAL, id, kind, to).unwrap() };
        let mut outbox = vec![row(DeliveryKind::Authority, to)];
        if let Some(address) = citizen {
            outbox.push(row(DeliveryKind::Citizen, &Destination::Email { address: address.to_owned() }));
        }
        let place = Place { portal: PORTAL, id, format: "submission" };
        let submission = NewSubmission {
            id,
            reference: amtsweg::reference::new_reference().unwrap(),
            portal: PORTAL.to_owned(),
            procedure: "hund".to_owned(),
            version: self.version.clone(),
            submit_token: Uuid::new_v4(),
            language: "de".to_owned(),
            authority: OFFICE.to_owned(),
            fees: r#"[{"name":"steuer","cents":9000,"per":"year","payment":"after_notice"}]"#.to_owned(),
            answers: vault.seal(place, answers.to_string().as_bytes()).unwrap(),
            secret: [0; 32],
            submitted_at: self.clock.now(),
            draft,
            uploads,
            conditions: Vec::new(),
            outbox,
        };
        self.store.submit(submission).await.unwrap().reference
    }

    async fn upload(&self, content: &[u8]) -> (Uuid, Uuid) {
        let now = self.clock.now();
        let draft = Draft {
            id: Uuid::now_v7(),
            portal: PORTAL.to_owned(),
            visitor: [1; 32],
            procedure: "hund".to_owned(),
            version: self.version.clone(),
            revision: 0,
            submit_token: Uuid::new_v4(),
            answers: Vec::new(),
            created_at: now,
            changed_at: now,
            expires_at: now + SignedDuration::from_hours(24),
        };
        self.store.save_draft(&draft).await.unwrap();
        let upload = Uuid::now_v7();
        self.context.files.put(PORTAL, upload, content).await.unwrap();
        let size = content.len() as u64;
        self.store.add_upload(&Upload { id: upload, draft: draft.id, size, created_at: now }).await.unwrap();
        (draft.id, upload)
    }

    /// Waits until every delivery is in one of these states, at most ten seconds.
    pub async fn settled(&self, states: &[&str]) -> Vec<OutboxEntry> {
        for _ in 0..200 {
            let all = self.store.outbox(None, 1_000).await.unwrap();
            if all.iter().all(|entry| states.contains(&entry.state.as_str())) {
                return all;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        let all = self.store.outbox(None, 1_000).await.unwrap();
        let seen: Vec<_> = all.iter().map(|entry| (&entry.state, entry.row.attempt, &entry.reason)).collect();
        panic!("{seen:?}");
    }

    /// Waits until a delivery waits for another attempt; answers with the reason.
    pub async fn retried(&self) -> String {
        for _ in 0..200 {
            let waiting = self.store.outbox(Some("pending"), 1).await.unwrap();
            if let Some(reason) = waiting.first().and_then(|entry| entry.reason.clone()) {
                return reason;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("no attempt failed");
    }
}

/// The headings of a file for each kind of thing, as a folder has them.
fn parts(text: &str) -> Vec<(String, String)> {
    let (procedure, rest) = text.split_once("Stelle ").unwrap();
    let (office, portal) = rest.split_once("Portal ").unwrap();
    vec![
        ("hund.amt".to_owned(), procedure.to_owned()),
        ("stellen.amt".to_owned(), format!("Sprache: Deutsch\nStelle {office}")),
        ("portal.amt".to_owned(), format!("Sprache: Deutsch\nPortal {portal}")),
    ]
}
