//! A town's own application with a page of its own, and the procedures under `/antraege`.

use std::{error::Error, path::Path, sync::Arc};

use amtsweg::Runtime;
use amtsweg::axum::http::request::Parts;
use amtsweg::axum::{Router, response::Html, routing::get, serve};
use amtsweg::clock::{Clock, SystemClock, local};
use amtsweg::dsl::model::{Access, Language};
use amtsweg::files::Files;
use amtsweg::identity::{Identity, Person};
use amtsweg::library::{Folder, Library, Shelf, compile_folder};
use amtsweg::seal::Vault;
use amtsweg::store::SqliteStore;
use amtsweg::theme::Theme;

/// The host has signed the person in and says so in a header that only its proxy can set.
struct HostAccounts;

impl Identity for HostAccounts {
    fn person(&self, request: &Parts) -> Option<Person> {
        let id = request.headers.get("x-host-user")?.to_str().ok()?.to_owned();
        Some(Person { name: Some(id.clone()), id, level: Access::Account, sign_out: Some("/abmelden".to_owned()) })
    }
}

/// The colours of the host.
struct HostTheme;

impl Theme for HostTheme {
    fn styles(&self) -> &str {
        ":root { --action: #0b5d3b; }"
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let data = std::env::args().nth(1).unwrap_or_else(|| "embedded-data".to_owned());
    let data = Path::new(&data);
    std::fs::create_dir_all(data)?;
    let texts = compile_folder(&Folder::BuiltIn, local(SystemClock.now()).date())?;
    let vault = Arc::new(Vault::open(data)?);
    let runtime = Runtime::builder()
        .library(Arc::new(Library::new(Shelf::of_texts(&texts, Language::German, &Shelf::default()))))
        .store(Arc::new(SqliteStore::open(&data.join("amtsweg.db")).await?))
        .files(Files::open(data, Arc::clone(&vault))?)
        .vault(vault)
        .base_path("/antraege")
        .identity(HostAccounts)
        .theme(HostTheme)
        .build()?;
    let host = get(|| async { Html("<!doctype html><title>Rathaus</title><a href=\"/antraege/\">Anträge</a>") });
    let app = Router::new().route("/", host).nest("/antraege", runtime.router());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("Host: http://{}/", listener.local_addr()?);
    tokio::try_join!(async { serve(listener, app).await.map_err(Box::from) }, async {
        runtime.run_deliveries(std::future::pending()).await.map_err(Box::<dyn Error>::from)
    })?;
    Ok(())
}
