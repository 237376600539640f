//! A town's own web application, with the procedures mounted below `/formulare`.

use std::{error::Error, path::Path, sync::Arc};

use amtsweg::axum::{self, Router, http::request::Parts, response::Html, routing::get};
use amtsweg::clock::{Clock as _, SystemClock, local};
use amtsweg::dsl::model::{Access, Language, Portal};
use amtsweg::identity::{Identity, Person};
use amtsweg::library::{Folder, Library, Shelf, compile_folder};
use amtsweg::theme::{Markup, PreEscaped, Theme};
use amtsweg::{Runtime, files::Files, seal::Vault, store::SqliteStore};

/// The gateway in front of the town's servers says who is signed in.
struct Gateway;
impl Identity for Gateway {
    fn person(&self, request: &Parts) -> Option<Person> {
        let text = |name: &str| Some(request.headers.get(name)?.to_str().ok()?.to_owned());
        let (id, name, sign_out) = (text("x-town-account")?, text("x-town-name"), Some("/abmelden".into()));
        Some(Person { id, name, level: Access::Account, sign_out })
    }
}

/// The town's colours and its name above every page.
struct Town;
impl Theme for Town {
    fn styles(&self) -> &str {
        ":root{--brand:#004d40;--on-brand:#fff}"
    }
    fn header(&self, _portal: &Portal, _language: Language) -> Option<Markup> {
        Some(PreEscaped(r#"<a class="brand" href="/">Stadt Beispielhausen</a>"#.into()))
    }
}

/// The procedures, kept in a folder of the town's.
async fn procedures(data: &Path, forms: Folder) -> Result<Runtime, Box<dyn Error>> {
    let compiled = compile_folder(&forms, local(SystemClock.now()).date())?;
    let shelf = Shelf::of_texts(&compiled, Language::German, &Shelf::default());
    let vault = Arc::new(Vault::open(data)?);
    let runtime = Runtime::builder().library(Arc::new(Library::new(shelf))).base_path("/formulare");
    let runtime = runtime.store(Arc::new(SqliteStore::open(&data.join("amtsweg.db"))?));
    Ok(runtime.files(Files::open(data, vault.clone())?).vault(vault).identity(Gateway).theme(Town).build()?)
}

/// The whole application: a page of the town's own, and the procedures.
fn app(runtime: &Runtime) -> Router {
    let own = get(async || Html("<h1>Stadt Beispielhausen</h1><p><a href=\"/formulare\">Formulare</a></p>"));
    Router::new().route("/", own).merge(runtime.router())
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let runtime = procedures(Path::new("embedded-data"), Folder::BuiltIn).await?;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:8090").await?;
    println!("http://{}/", listener.local_addr()?);
    tokio::select! { done = axum::serve(listener, app(&runtime)) => done?, done = runtime.run_deliveries(std::future::pending()) => done? }
    Ok(())
}

#[cfg(test)]
mod tests;
