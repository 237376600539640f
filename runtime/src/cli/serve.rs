//! `amtsweg serve`: portal, operator's pages and deliveries in one process.

use std::collections::BTreeMap;
use std::io::{IsTerminal, Write};
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use amtsweg_dsl::diagnostic::{Diagnostic, Severity, closest};
use amtsweg_dsl::model::Language;
use amtsweg_dsl::region::Regions;
use axum::Router;
use axum::http::StatusCode;
use tokio::net::TcpListener;
use tokio::signal;
use tokio::sync::watch;
use tower_http::timeout::{RequestBodyTimeoutLayer, TimeoutLayer};

use super::args::Serve;
use super::greeting::Serving;
use super::output::Output;
use super::report::on_disk;
use super::{Exit, Failure, block_on, check, data, http, listen, log, paths, render, today};
use crate::clock::SystemClock;
use crate::config::{self, Config, ConfigError, Settings};
use crate::deliver::{Channels, Context};
use crate::files::Files;
use crate::library::{self, Compiled, Folder, FolderError, Library, Shelf, compile_folder};
use crate::operator::{self, Hosts, Operator};
use crate::seal::Vault;
use crate::store::{SqliteStore, Store};
use crate::{Mode, Runtime};

/// How long the body of a request may pause, and the whole request may take.
const BODY: Duration = Duration::from_secs(30);
const REQUEST: Duration = Duration::from_secs(90);
/// How often is looked whether something new was published.
const NEWS: Duration = Duration::from_secs(10);

/// Serves until the process is told to end.
pub(super) fn run(serve: &Serve, output: &Output) -> Result<(), Failure> {
    log();
    let folder = paths::folder(serve.place.folder.as_ref(), output)?;
    let data = data::folder(serve.place.data.as_deref())?;
    let settings = settings(serve, &data)?;
    let config = settings.check(&data)?;
    block_on(async {
        let portal = output.pick("--listen oder der Einstellung listen", "--listen or the setting listen");
        let portal = listen::bind(config.listen, portal, 8080, output).await?;
        let admin = output.pick("der Einstellung admin.listen", "the setting admin.listen");
        let admin = listen::bind(config.admin_listen, admin, 8081, output).await?;
        let _held = data::lock(&data, output)?;
        let house = House::open(&data, &config, &folder, *output).await?;
        house
            .serve(portal, admin, &settings, &config)
            .await
            .map_err(|failure| Failure { exit: Exit::Stopped, ..failure })
    })
}

fn settings(serve: &Serve, data: &Path) -> Result<Settings, Failure> {
    let mut settings = config::load(data)?;
    if let Some(listen) = &serve.listen {
        settings.listen = Some(listen.clone());
    }
    Ok(settings)
}

/// Everything that is open while it serves.
struct House<'a> {
    data: &'a Path,
    folder: &'a Folder,
    output: Output,
    context: Context,
    notes: Vec<String>,
}

impl<'a> House<'a> {
    async fn open(data: &'a Path, config: &Config, folder: &'a Folder, output: Output) -> Result<Self, Failure> {
        let store = data::store(data)?;
        let vault = Arc::new(Vault::open(data)?);
        let channels = Arc::new(config.channels.clone());
        let (shelf, notes) = first_shelf(folder, &output, &store, &channels).await?;
        let context = Context {
            store,
            files: Files::open(data, vault.clone())?,
            vault,
            library: Arc::new(Library::new(shelf)),
            regions: Regions::shipped(),
            clock: Arc::new(SystemClock),
            channels,
            payment: None,
        };
        Ok(Self { data, folder, output, context, notes })
    }

    async fn serve(
        self,
        portal: TcpListener,
        admin: TcpListener,
        settings: &Settings,
        config: &Config,
    ) -> Result<(), Failure> {
        let (portal_at, admin_at) = (portal.local_addr()?, admin.local_addr()?);
        let mode = match &config.public_url {
            Some(public_url) => Mode::Service { public_url: public_url.clone() },
            None => Mode::Author,
        };
        let context = self.context.clone();
        let runtime = Runtime::builder()
            .library(context.library.clone())
            .store(context.store.clone())
            .vault(context.vault.clone())
            .files(context.files.clone())
            .clock(context.clock.clone())
            .channels(context.channels.as_ref().clone())
            .mode(mode)
            .build()?;
        let operator = Arc::new(Operator {
            context: context.clone(),
            facts: self.facts(settings, portal_at, admin_at),
            notes: self.notes.clone(),
            hosts: Hosts::of(admin_at.ip()),
        });

        let (end, ended) = watch::channel(false);
        let proxies: Arc<[_]> = config.trusted_proxies.clone().into();
        let public = tokio::spawn(http::serve(portal, with_deadlines(runtime.router()), proxies, ended.clone()));
        let inner =
            tokio::spawn(http::serve(admin, with_deadlines(operator::router(operator)), Arc::new([]), ended.clone()));
        let until = wait(ended.clone());
        let deliveries = tokio::spawn(async move { runtime.run_deliveries(until).await });
        let _following = self.follow(ended);
        self.greet(portal_at, admin_at)?;

        told_to_end().await?;
        end.send_replace(true);
        public.await?;
        inner.await?;
        deliveries.await??;
        Ok(())
    }

    /// Follows the texts in author mode, what is published in service mode.
    fn follow(&self, ended: watch::Receiver<bool>) -> Option<library::Watch> {
        if !self.context.channels.author_mode {
            let (context, folder) = (self.context.clone(), self.folder.clone());
            tokio::spawn(follow_publications(context, folder, ended));
            return None;
        }
        let Folder::Path(path) = self.folder else {
            return None;
        };
        let language = self.output.language;
        let report = move |read: Result<Compiled, FolderError>| match read {
            Ok(compiled) => drop(print_diagnostics(&compiled, language)),
            Err(error) => tracing::error!(%error, "the folder of forms cannot be read"),
        };
        match library::watch(self.context.library.clone(), path, language, today, report) {
            Ok(watching) => Some(watching),
            Err(error) => {
                tracing::error!(%error, "the folder of forms cannot be watched; changes show after a restart");
                None
            }
        }
    }

    /// What somebody who has started it needs to know.
    fn greet(&self, portal: SocketAddr, admin: SocketAddr) -> Result<(), Failure> {
        let serving = Serving {
            version: env!("CARGO_PKG_VERSION"),
            trial: self.context.channels.author_mode,
            folder: on_disk(self.folder),
            data: self.data.to_owned(),
            portal: format!("http://{portal}/"),
            portals: self.portals(portal.port()),
            operator: format!("http://{admin}/"),
            notes: self.notes.clone(),
        };
        serving.say(self.folder, &self.output)
    }

    /// In author mode, where there are several portals: at which address each is shown.
    fn portals(&self, port: u16) -> BTreeMap<String, String> {
        let shelf = self.context.library.shelf();
        if !self.context.channels.author_mode || shelf.portals.len() < 2 {
            return BTreeMap::new();
        }
        let address = |path: &String| {
            let name = path.rsplit('/').next().unwrap_or(path);
            (path.clone(), format!("http://{name}.localhost:{port}/"))
        };
        shelf.portals.keys().map(address).collect()
    }

    /// The settings in force. None of them is a secret: those lie in files, which are named.
    fn facts(&self, settings: &Settings, portal: SocketAddr, admin: SocketAddr) -> Vec<(String, String)> {
        let mut facts = vec![
            ("version".to_owned(), env!("CARGO_PKG_VERSION").to_owned()),
            ("data".to_owned(), self.data.display().to_string()),
            ("forms".to_owned(), self.folder.to_string()),
            ("key".to_owned(), self.context.vault.key_id().to_owned()),
            ("portal".to_owned(), format!("http://{portal}/")),
            ("operator".to_owned(), format!("http://{admin}/")),
        ];
        if let Ok(settings) = serde_json::to_value(settings) {
            flatten("", &settings, &mut facts);
        }
        facts
    }
}

fn flatten(path: &str, value: &serde_json::Value, into: &mut Vec<(String, String)>) {
    match value {
        serde_json::Value::Object(members) => {
            for (name, value) in members {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                flatten(&path, value, into);
            }
        }
        serde_json::Value::Null => {}
        serde_json::Value::String(text) => into.push((path.to_owned(), text.clone())),
        other => into.push((path.to_owned(), other.to_string())),
    }
}

/// What is served first, and what there is to say about it.
async fn first_shelf(
    folder: &Folder,
    output: &Output,
    store: &SqliteStore,
    channels: &Channels,
) -> Result<(Shelf, Vec<String>), Failure> {
    let compiled = check::compile(folder, output)?;
    known_authorities(channels, &compiled)?;
    if channels.author_mode {
        print_diagnostics(&compiled, output.language)?;
        return Ok((Shelf::of_texts(&compiled, output.language, &Shelf::default()), Vec::new()));
    }
    let published = store.published().await?;
    let (shelf, mut notes) = Shelf::of_published(&published, &compiled, channels, &Shelf::default())?;
    if published.is_empty() {
        notes.push("Nothing is published yet. Publish the folder of forms with: amtsweg publish".to_owned());
    }
    if let Some(address) = &channels.redirect_all {
        notes.push(format!("Everything goes to {address} (deliver.redirect_all), marked as a trial."));
    }
    Ok((shelf, notes))
}

/// A channel for an authority that the texts do not know would never be used: the real one would wait in vain.
fn known_authorities(channels: &Channels, compiled: &Compiled) -> Result<(), ConfigError> {
    let known = &compiled.catalogue.authorities;
    let Some(unknown) = channels.authorities.keys().find(|path| !known.contains_key(*path)) else { return Ok(()) };
    // While a text is broken, its authorities are not known.
    if compiled.count(Severity::Error) > 0 {
        return Ok(());
    }
    let meant = match closest(unknown, known.keys().map(String::as_str)) {
        Some(meant) => format!(" Is {meant} meant?"),
        None => String::new(),
    };
    Err(ConfigError(format!("The setting authorities.\"{unknown}\" names an authority that no text describes.{meant}")))
}

/// Looks for new publications and changed authorities every few seconds.
async fn follow_publications(context: Context, folder: Folder, ended: watch::Receiver<bool>) {
    // What the shelf has: whatever was published since it was filled is news.
    let mut known: Vec<String> = hashes_on(&context.library.shelf());
    while tokio::time::timeout(NEWS, wait(ended.clone())).await.is_err() {
        let published = match context.store.published().await {
            Ok(published) => published,
            Err(error) => {
                tracing::error!(%error, "what is published cannot be read");
                continue;
            }
        };
        let mut now: Vec<String> = published.iter().map(|version| version.hash.clone()).collect();
        now.sort_unstable();
        if known == now {
            continue;
        }
        known = now;
        let channels = context.channels.clone();
        let library = context.library.clone();
        let folder = folder.clone();
        let exchanged = tokio::task::spawn_blocking(move || -> Result<Vec<String>, String> {
            let compiled = compile_folder(&folder, today()).map_err(|error| error.to_string())?;
            let made = Shelf::of_published(&published, &compiled, &channels, &library.shelf());
            let (shelf, notes) = made.map_err(|error| error.to_string())?;
            library.replace(shelf);
            Ok(notes)
        });
        match exchanged.await {
            Ok(Ok(notes)) => {
                tracing::info!("new versions are served");
                notes.iter().for_each(|note| tracing::warn!("{note}"));
            }
            Ok(Err(error)) => tracing::error!(error, "new versions cannot be served"),
            Err(error) => tracing::error!(%error, "new versions cannot be served"),
        }
    }
}

/// The versions that are served.
fn hashes_on(shelf: &Shelf) -> Vec<String> {
    let mut hashes: Vec<String> = shelf.procedures.values().flatten().map(|edition| edition.hash.clone()).collect();
    hashes.sort_unstable();
    hashes
}

/// What is wrong with the texts, on the error output.
fn print_diagnostics(compiled: &Compiled, language: Language) -> std::io::Result<()> {
    let all: Vec<&Diagnostic> = compiled.diagnostics.iter().collect();
    let colours = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    writeln!(std::io::stderr().lock(), "{}", render::all(&all, &compiled.sources, language, colours))
}

fn with_deadlines(router: Router) -> Router {
    router
        .layer(RequestBodyTimeoutLayer::new(BODY))
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, REQUEST))
}

async fn wait(mut ended: watch::Receiver<bool>) {
    drop(ended.wait_for(|ended| *ended).await);
}

/// Waits for SIGTERM or SIGINT.
async fn told_to_end() -> std::io::Result<()> {
    #[cfg(unix)]
    {
        let mut terminate = signal::unix::signal(signal::unix::SignalKind::terminate())?;
        tokio::select! {
            _ = terminate.recv() => Ok(()),
            done = signal::ctrl_c() => done,
        }
    }
    #[cfg(not(unix))]
    signal::ctrl_c().await
}
