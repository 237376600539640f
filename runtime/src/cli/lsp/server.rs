//! What the server knows: the folders that are open, what the editor can do, in which language it reads.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::rc::Rc;
use std::time::Instant;

use amtsweg_dsl::editor::Analysis;
use amtsweg_dsl::model::Language;
use crossbeam_channel::Sender;
use lsp_server::{Message, Notification, Request, RequestId};
use lsp_types::notification::{
    DidChangeTextDocument, DidChangeWatchedFiles, DidChangeWorkspaceFolders, DidCloseTextDocument, DidOpenTextDocument,
    DidSaveTextDocument, Notification as _,
};
use lsp_types::request::{RegisterCapability, Request as _};
use lsp_types::{
    DidChangeTextDocumentParams, DidChangeWatchedFilesParams, DidChangeWorkspaceFoldersParams,
    DidCloseTextDocumentParams, DidOpenTextDocumentParams, DidSaveTextDocumentParams, InitializeParams, Uri,
};

use super::document::Document;
use super::home::{Home, Open, root_of};
use super::pages::Pages;
use super::{unsaved, uri};

/// What the server knows.
pub(super) struct Server {
    pub sender: Sender<Message>,
    /// The language of the one who reads; without it that of each file.
    pub reader: Option<Language>,
    pub homes: BTreeMap<PathBuf, Home>,
    /// The files that are open: the folder of forms and the path in it.
    files: BTreeMap<String, (PathBuf, String)>,
    workspace: Vec<PathBuf>,
    pub pages: Option<Pages>,
    pub client: Client,
    /// When something has changed last of which the editor was told nothing yet.
    pub changed: Option<Instant>,
    asked: i32,
}

/// What the editor can do, as far as answers depend on it.
#[derive(Debug, Clone, Default)]
pub(super) struct Client {
    /// It fills in snippets.
    pub snippets: bool,
    /// It renames files.
    pub renames_files: bool,
    /// It shows actions that cannot be done, with the reason.
    pub disabled_actions: bool,
    /// It lets the server say which files it watches.
    pub watches: bool,
    /// Its command that offers completions again, if it has said so.
    pub suggest: Option<String>,
}

/// A file that a request is about.
pub(super) struct Here<'a> {
    pub home: &'a Home,
    pub analysis: &'a Analysis<'static>,
    pub document: Rc<Document>,
    /// Its path in the folder of forms.
    pub file: &'a str,
    /// The language of the one who reads.
    pub reader: Language,
}

impl Server {
    /// A server for an editor that has said what it can do.
    pub fn new(sender: Sender<Message>, params: &InitializeParams, asked: Option<Language>) -> Self {
        let locale = params.locale.as_deref().and_then(|locale| match locale.get(..2) {
            Some("de") => Some(Language::German),
            Some(_) => Some(Language::English),
            None => None,
        });
        let folders = params.workspace_folders.iter().flatten().map(|folder| &folder.uri);
        let workspace = folders.filter_map(uri::path).map(|path| uri::settled(&path)).collect();
        Self {
            sender,
            reader: asked.or(locale),
            homes: BTreeMap::new(),
            files: BTreeMap::new(),
            workspace,
            pages: Pages::new(),
            client: Client::of(params),
            changed: None,
            asked: 0,
        }
    }

    /// Works on what the editor tells.
    pub fn hear(&mut self, notification: Notification) {
        let Notification { method, params } = notification;
        let heard = match method.as_str() {
            DidOpenTextDocument::METHOD => serde_json::from_value(params).map(|params| self.opened(params)),
            DidChangeTextDocument::METHOD => serde_json::from_value(params).map(|params| self.edited(params)),
            DidCloseTextDocument::METHOD => serde_json::from_value(params).map(|params| self.closed(&params)),
            DidSaveTextDocument::METHOD => serde_json::from_value(params).map(|params| self.saved(&params)),
            DidChangeWatchedFiles::METHOD => serde_json::from_value(params).map(|params| self.watched(&params)),
            DidChangeWorkspaceFolders::METHOD => serde_json::from_value(params).map(|params| self.moved(&params)),
            _ => Ok(()),
        };
        if let Err(error) = heard {
            tracing::warn!("{method}: {error}");
        }
    }

    /// Asks the editor to say when a file of forms changes on the disk.
    pub fn watch_files(&mut self) {
        if !self.client.watches {
            return;
        }
        self.asked += 1;
        let watchers = serde_json::json!({ "registrations": [{
            "id": "forms",
            "method": DidChangeWatchedFiles::METHOD,
            "registerOptions": { "watchers": [{ "globPattern": "**/*.amt" }] },
        }]});
        let request = Request::new(RequestId::from(self.asked), RegisterCapability::METHOD.to_owned(), watchers);
        self.send(request.into());
    }

    pub fn send(&self, message: Message) {
        // Nobody reads any more: the loop will notice.
        drop(self.sender.send(message));
    }

    /// What a request about a file needs, compiled with the newest texts.
    pub fn here(&mut self, uri: &Uri) -> Option<Here<'_>> {
        let (root, file) = self.files.get(uri.as_str())?;
        let home = self.homes.get_mut(root)?;
        home.analyse();
        let analysis = home.analysis()?;
        let document = home.document(file);
        let reader = self.reader.unwrap_or_else(|| analysis.language(file));
        Some(Here { home, analysis, document, file, reader })
    }

    /// The text of a file.
    pub fn document(&self, uri: &Uri) -> Option<Rc<Document>> {
        let (root, file) = self.files.get(uri.as_str())?;
        Some(self.homes.get(root)?.document(file))
    }

    fn opened(&mut self, params: DidOpenTextDocumentParams) {
        let document = params.text_document;
        let path = uri::path(&document.uri).or_else(|| unsaved::path(&document.uri)).map(|path| uri::settled(&path));
        let root = match &path {
            Some(path) => root_of(path, &self.workspace),
            None if unsaved::is(&document.uri) => unsaved::root(&self.workspace),
            None => return,
        };
        let home = self.homes.entry(root.clone()).or_insert_with(|| Home::new(root.clone()));
        let file = match &path {
            Some(path) => home.name_of(path),
            None => Some(unsaved::name(&document.uri, &document.text)),
        };
        let Some(file) = file else { return };
        let uri = document.uri.clone();
        // An editor shows signs in place of what is no UTF-8; what is wrong with the file stays to be said.
        let broken = document.text.contains('\u{fffd}')
            && path.and_then(|path| std::fs::read(path).ok()).is_some_and(|bytes| std::str::from_utf8(&bytes).is_err());
        let text = Rc::new(Document::new(document.text));
        let open = Open { uri, version: document.version, document: text };
        if broken {
            home.put_unread(&file, open)
        } else {
            home.put(&file, open)
        }
        self.files.insert(document.uri.as_str().to_owned(), (root, file));
        self.has_changed();
    }

    fn edited(&mut self, params: DidChangeTextDocumentParams) {
        let uri = &params.text_document.uri;
        let Some((root, file)) = self.files.get_mut(uri.as_str()) else { return };
        let Some(home) = self.homes.get_mut(root) else { return };
        let Some(text) = home.open(file).map(|open| open.document.changed(params.content_changes)) else { return };
        if unsaved::is(uri) && unsaved::path(uri).is_none() {
            let now = unsaved::name(uri, text.text());
            home.call(file, &now);
            *file = now;
        }
        let open =
            Open { uri: params.text_document.uri, version: params.text_document.version, document: Rc::new(text) };
        home.put(file, open);
        self.has_changed();
    }

    fn closed(&mut self, params: &DidCloseTextDocumentParams) {
        let uri = &params.text_document.uri;
        let Some((root, file)) = self.files.remove(uri.as_str()) else { return };
        if let Some(home) = self.homes.get_mut(&root) {
            home.close(&file);
            // What has never been saved is no more.
            if unsaved::is(uri) {
                home.told.remove(&file);
                self.told_nothing(uri.clone());
            }
        }
        self.has_changed();
    }

    fn saved(&mut self, params: &DidSaveTextDocumentParams) {
        // An editor that watches tells of other files by itself.
        let known = self.files.get(params.text_document.uri.as_str()).filter(|_| !self.client.watches);
        if let Some(home) = known.and_then(|(root, _)| self.homes.get_mut(root)) {
            home.reload();
            self.has_changed();
        }
    }

    fn watched(&mut self, params: &DidChangeWatchedFilesParams) {
        let paths: Vec<PathBuf> =
            params.changes.iter().filter_map(|change| uri::path(&change.uri)).map(|path| uri::settled(&path)).collect();
        let mut any = false;
        for home in self.homes.values_mut() {
            let names: Vec<String> = paths.iter().filter_map(|path| home.name_of(path)).collect();
            // What is open in the editor is as it is there.
            if names.iter().any(|name| home.open(name).is_none()) {
                home.reload();
                any = true;
            }
        }
        if any {
            self.has_changed();
        }
    }

    fn moved(&mut self, params: &DidChangeWorkspaceFoldersParams) {
        let paths = |folders: &[lsp_types::WorkspaceFolder]| -> Vec<PathBuf> {
            folders.iter().filter_map(|folder| uri::path(&folder.uri)).map(|path| uri::settled(&path)).collect()
        };
        let gone = paths(&params.event.removed);
        self.workspace.retain(|folder| !gone.contains(folder));
        self.workspace.extend(paths(&params.event.added));
    }

    fn has_changed(&mut self) {
        self.changed = Some(Instant::now());
    }
}

impl Client {
    fn of(params: &InitializeParams) -> Self {
        let text = params.capabilities.text_document.as_ref();
        let workspace = params.capabilities.workspace.as_ref();
        let item = text.and_then(|text| text.completion.as_ref()).and_then(|found| found.completion_item.as_ref());
        let edits = workspace.and_then(|found| found.workspace_edit.as_ref());
        let operations = edits.and_then(|edits| edits.resource_operations.as_ref());
        let actions = text.and_then(|text| text.code_action.as_ref());
        let watching = workspace.and_then(|found| found.did_change_watched_files.as_ref());
        let options = params.initialization_options.as_ref();
        Self {
            snippets: item.and_then(|item| item.snippet_support).unwrap_or(false),
            renames_files: operations.is_some_and(|known| known.contains(&lsp_types::ResourceOperationKind::Rename)),
            disabled_actions: actions.and_then(|found| found.disabled_support).unwrap_or(false),
            watches: watching.and_then(|found| found.dynamic_registration).unwrap_or(false),
            suggest: options.and_then(|options| options.get("suggest")?.as_str().map(str::to_owned)),
        }
    }
}
