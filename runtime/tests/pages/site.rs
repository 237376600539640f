//! A site on a folder of its own, and a browser that knows cookies and forms.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use amtsweg::clock::Clock;
use amtsweg::deliver::Kept;
use amtsweg::dsl::compile;
use amtsweg::dsl::diagnostic::Severity;
use amtsweg::dsl::region::Regions;
use amtsweg::dsl::syntax::Sources;
use amtsweg::files::Files;
use amtsweg::library::{Edition, Library, Shelf};
use amtsweg::seal::{Place, Vault};
use amtsweg::store::{DeliveryKind, SqliteStore, Store};
use amtsweg::{Builder, Mode, Runtime};
use axum::body::Body;
use axum::http::{Request, Response, StatusCode, header};
use jiff::Timestamp;
use tempfile::TempDir;
use tower::ServiceExt as _;

/// A clock that is set by hand.
pub struct Watch(Mutex<Timestamp>);

impl Clock for Watch {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap()
    }
}

impl Watch {
    pub fn set(&self, at: &str) {
        *self.0.lock().unwrap() = at.parse().unwrap();
    }
}

/// A running site.
pub struct Site {
    pub folder: TempDir,
    pub library: Arc<Library>,
    pub store: Arc<dyn Store>,
    pub watch: Arc<Watch>,
    vault: Arc<Vault>,
    runtime: Runtime,
    router: axum::Router,
}

/// Compiles files; every one of them must be right.
pub fn shelf(files: &[(&str, &str)]) -> Shelf {
    let mut sources = Sources::new();
    for (path, text) in files {
        sources.add(path, text.as_bytes()).unwrap();
    }
    let (catalogue, problems) = compile(&sources, Regions::shipped(), jiff::civil::date(2027, 3, 1));
    let errors: Vec<_> = problems.iter().filter(|problem| problem.severity() == Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    let procedures = catalogue.procedures.into_iter().map(|(path, versions)| {
        let editions =
            versions.into_iter().map(|procedure| Arc::new(Edition::new(Arc::unwrap_or_clone(procedure)).unwrap()));
        (path, editions.collect())
    });
    Shelf {
        procedures: procedures.collect(),
        authorities: catalogue.authorities,
        portals: catalogue.portals,
        ..Shelf::default()
    }
}

impl Site {
    pub async fn new(files: &[(&str, &str)]) -> Self {
        Self::with(files, |builder| builder).await
    }

    pub async fn with(files: &[(&str, &str)], more: impl FnOnce(Builder) -> Builder) -> Self {
        Self::on_store(files, more, |store| store).await
    }

    pub async fn on_store(
        files: &[(&str, &str)],
        more: impl FnOnce(Builder) -> Builder,
        wrap: impl FnOnce(Arc<dyn Store>) -> Arc<dyn Store>,
    ) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = SqliteStore::open(&folder.path().join("amtsweg.db")).unwrap();
        let store = wrap(Arc::new(store));
        let vault = Arc::new(Vault::open(folder.path()).unwrap());
        let uploads = Files::open(folder.path(), vault.clone()).unwrap();
        let library = Arc::new(Library::new(shelf(files)));
        let watch = Arc::new(Watch(Mutex::new("2027-03-01T09:00:00Z".parse().unwrap())));
        let builder = Runtime::builder()
            .library(library.clone())
            .store(store.clone())
            .vault(vault.clone())
            .files(uploads)
            .clock(watch.clone());
        let runtime = more(builder).build().unwrap();
        Self { folder, library, store, watch, vault, router: runtime.router(), runtime }
    }

    pub async fn service(files: &[(&str, &str)], public_url: &str) -> Self {
        let mode = Mode::Service { public_url: public_url.to_owned() };
        Self::with(files, |builder| builder.mode(mode)).await
    }

    /// Lets the worker do what is due, and answers with every message there is, oldest first.
    pub async fn deliver(&self) -> Vec<Message> {
        let (end, ended) = tokio::sync::oneshot::channel::<()>();
        let runtime = self.runtime.clone();
        let working = tokio::spawn(async move { runtime.run_deliveries(async { drop(ended.await) }).await });
        let mut quiet = 0;
        for _ in 0..200 {
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
            let rows = self.store.outbox(None, 1_000).await.unwrap();
            let busy = rows.iter().any(|row| matches!(row.state.as_str(), "pending" | "leased"));
            let due = self.store.conditions_due(self.watch.now(), 10).await.unwrap();
            quiet = if busy || !due.is_empty() { 0 } else { quiet + 1 };
            if quiet == 3 {
                break;
            }
        }
        drop(end);
        working.await.unwrap().unwrap();
        let mut rows = self.store.outbox(None, 1_000).await.unwrap();
        rows.reverse();
        let mut messages = Vec::new();
        for row in rows {
            let submission = self.store.submission_by_id(row.row.submission).await.unwrap().unwrap();
            let place = Place { portal: &submission.portal, id: submission.id, format: "message" };
            let sealed = row.message.as_ref().unwrap_or_else(|| panic!("{:?} {:?}", row.state, row.reason));
            let kept = Kept::read(&self.vault.unseal(place, sealed).unwrap()).unwrap();
            messages.push(Message {
                kind: row.row.kind,
                to: kept.to,
                subject: kept.subject,
                text: kept.text.unwrap_or_default(),
                json: kept.json,
            });
        }
        messages
    }

    /// A browser that has not been here yet.
    pub fn browser(&self) -> Browser {
        Browser { router: self.router.clone(), cookie: None, page: Page::default() }
    }
}

/// A message that would have left.
#[derive(Debug, Clone)]
pub struct Message {
    pub kind: DeliveryKind,
    pub to: String,
    pub subject: String,
    pub text: String,
    pub json: Option<String>,
}

impl Message {
    /// The path of the link in it.
    pub fn link(&self) -> String {
        let at = self.text.find("/z/").unwrap_or_else(|| panic!("no link: {}", self.text));
        self.text[at..].split_whitespace().next().unwrap().to_owned()
    }
}

/// What was answered.
#[derive(Debug, Clone, Default)]
pub struct Page {
    pub status: StatusCode,
    pub address: String,
    pub headers: axum::http::HeaderMap,
    pub text: String,
}

/// Somebody's browser.
pub struct Browser {
    router: axum::Router,
    pub cookie: Option<String>,
    /// The page that is open.
    pub page: Page,
}

impl Browser {
    /// One request, without following redirects.
    pub async fn send(&mut self, request: Request<Body>) -> Response<Body> {
        let response = self.router.clone().oneshot(request).await.unwrap();
        for cookie in response.headers().get_all(header::SET_COOKIE) {
            let cookie = cookie.to_str().unwrap();
            self.cookie = Some(cookie.split(';').next().unwrap().to_owned());
        }
        response
    }

    pub fn request(&self, method: &str, address: &str) -> axum::http::request::Builder {
        let mut request = Request::builder().method(method).uri(address).header("host", "localhost:8080");
        if let Some(cookie) = &self.cookie {
            request = request.header("cookie", cookie);
        }
        request
    }

    /// Opens an address, following redirects.
    pub async fn open(&mut self, address: &str) -> &Page {
        let request = self.request("GET", address).body(Body::empty()).unwrap();
        let response = self.send(request).await;
        self.arrive(address, response).await
    }

    async fn arrive(&mut self, address: &str, mut response: Response<Body>) -> &Page {
        let mut address = address.to_owned();
        for _ in 0..5 {
            if response.status() != StatusCode::SEE_OTHER {
                break;
            }
            address = response.headers()[header::LOCATION].to_str().unwrap().to_owned();
            let request = self.request("GET", address.split('#').next().unwrap()).body(Body::empty()).unwrap();
            response = self.send(request).await;
        }
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        self.page = Page { status: parts.status, address, headers: parts.headers, text };
        &self.page
    }

    /// Fills in the form of the open page and presses a button (`""`: the last one).
    pub async fn press(&mut self, button: &str, answers: &[(&str, &str)]) -> &Page {
        let mut fields: Vec<(String, String)> = self.page.form_fields();
        for (name, _) in answers {
            fields.retain(|(field, _)| field != name);
        }
        fields.extend(answers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        if !button.is_empty() {
            fields.push(("_action".into(), button.into()));
        }
        let action = self
            .page
            .between("<form method=\"post\" action=\"", "\"")
            .unwrap_or_else(|| panic!("no form: {}", self.page.text));
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        self.post(&action.replace("&amp;", "&"), &fields).await
    }

    /// Presses "Weiter".
    pub async fn on(&mut self, answers: &[(&str, &str)]) -> &Page {
        self.press("", answers).await
    }

    /// Posts fields as they are.
    pub async fn post(&mut self, address: &str, fields: &[(&str, &str)]) -> &Page {
        let body = encode(fields);
        let request = self
            .request("POST", address)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Body::from(body))
            .unwrap();
        let response = self.send(request).await;
        self.arrive(address, response).await
    }
}

/// `a=1&b=2`.
pub fn encode(fields: &[(&str, &str)]) -> String {
    let part = |text: &str| percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string();
    fields.iter().map(|(name, value)| format!("{}={}", part(name), part(value))).collect::<Vec<_>>().join("&")
}

impl Page {
    /// The first text between two others.
    pub fn between(&self, start: &str, end: &str) -> Option<String> {
        let from = self.text.find(start)? + start.len();
        let length = self.text[from..].find(end)?;
        Some(self.text[from..from + length].to_owned())
    }

    pub fn has(&self, text: &str) -> bool {
        self.text.contains(text)
    }

    pub fn title(&self) -> String {
        self.between("<title>", "</title>").unwrap()
    }

    /// The heading without marks inside.
    pub fn heading(&self) -> String {
        let heading = self.between("<h1", "</h1>").unwrap();
        plain(heading.split_once('>').unwrap().1)
    }

    /// The messages of the error summary.
    pub fn errors(&self) -> Vec<String> {
        let Some(summary) = self.between("<ul><li><a href=\"#", "</ul>").filter(|_| self.has("id=\"fehler\"")) else {
            return Vec::new();
        };
        format!("<a href=\"#{summary}").split("</li>").filter(|part| !part.is_empty()).map(plain).collect()
    }

    /// The fields of the form with what stands in them, as a browser would send them.
    pub fn form_fields(&self) -> Vec<(String, String)> {
        let mut fields = Vec::new();
        let form = self.text.find("<form").map_or("", |at| &self.text[at..]);
        for tag in form.split('<').filter(|tag| {
            tag.starts_with("input ")
                || tag.starts_with("textarea ")
                || tag.starts_with("select ")
                || tag.starts_with("option ")
        }) {
            let (tag, inner) = tag.split_once('>').unwrap();
            let attribute = |name: &str| {
                let at = tag.find(&format!(" {name}=\""))? + name.len() + 3;
                Some(unescape(tag[at..].split('"').next().unwrap()))
            };
            let chosen = |mark: &str| tag.split(' ').any(|part| part == mark);
            let kind = attribute("type").unwrap_or_default();
            let value = attribute("value").unwrap_or_default();
            match tag.split(' ').next().unwrap() {
                "option" => {
                    if chosen("selected") {
                        let last: &mut (String, String) = fields.last_mut().unwrap();
                        last.1 = value;
                    }
                }
                "textarea" => {
                    fields.push((attribute("name").unwrap(), unescape(inner.strip_prefix('\n').unwrap_or(inner))))
                }
                "select" => fields.push((attribute("name").unwrap(), String::new())),
                _ if matches!(kind.as_str(), "radio" | "checkbox") && !chosen("checked") => {}
                _ if kind == "file" => {}
                _ => fields.push((attribute("name").unwrap(), value)),
            }
        }
        fields
    }

    /// What stands in a field.
    pub fn value(&self, name: &str) -> Option<String> {
        self.form_fields().into_iter().find(|(field, _)| field == name).map(|(_, value)| value)
    }

    /// The rows of the lists of answers: question and answer.
    pub fn rows(&self) -> BTreeMap<String, String> {
        let mut rows = BTreeMap::new();
        for row in self.text.split("<dt>").skip(1) {
            let Some((question, rest)) = row.split_once("</dt>") else { continue };
            let answer = rest.split("</dd>").next().unwrap_or_default();
            rows.insert(plain(question), plain(answer));
        }
        rows
    }
}

/// Text without tags.
pub fn plain(html: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for character in html.chars() {
        match character {
            '<' => inside = true,
            '>' => inside = false,
            other if !inside => text.push(other),
            _ => {}
        }
    }
    unescape(text.trim())
}

fn unescape(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}
