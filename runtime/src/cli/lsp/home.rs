//! A folder of forms with what an editor has changed in it and not saved.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use amtsweg_dsl::editor::{Analysis, Place};
use amtsweg_dsl::region::Regions;
use amtsweg_dsl::syntax::Sources;
use lsp_types::{Diagnostic, Location, Uri};

use super::document::Document;
use super::uri;
use crate::cli::{paths, today};
use crate::library::Folder;

/// A folder of forms.
pub(super) struct Home {
    /// Where it is.
    root: PathBuf,
    sources: Sources,
    /// What is open in the editor, by the file's path from the root.
    open: BTreeMap<String, Open>,
    /// Other texts that were looked at.
    read: RefCell<BTreeMap<String, Rc<Document>>>,
    /// What is known about the texts, once somebody has asked.
    analysis: Option<Analysis<'static>>,
    /// Whether the texts have changed since.
    stale: bool,
    /// Whether they have changed since the editor was told what there is to say about them.
    pub untold: bool,
    /// What the editor was told last, by file.
    pub told: BTreeMap<String, Vec<Diagnostic>>,
}

/// A file that is open in the editor.
pub(super) struct Open {
    /// What the editor calls it.
    pub uri: Uri,
    /// How often the editor has changed it.
    pub version: i32,
    /// Its text there.
    pub document: Rc<Document>,
}

/// The folder of forms that a file belongs to: the nearest one that is called `forms`; else the
/// folder that is open in the editor, unless its forms lie in such a folder; else the file's own.
pub(super) fn root_of(file: &Path, workspace: &[PathBuf]) -> PathBuf {
    if let Some(forms) = file.parent().and_then(paths::forms_around) {
        return forms.to_owned();
    }
    let around = workspace.iter().filter(|folder| file.starts_with(folder) && !folder.join("forms").is_dir());
    let own = file.parent().unwrap_or(file);
    around.max_by_key(|folder| folder.components().count()).map_or(own, PathBuf::as_path).to_owned()
}

impl Home {
    /// Reads a folder.
    pub fn new(root: PathBuf) -> Self {
        let mut home = Self {
            root,
            sources: Sources::new(),
            open: BTreeMap::new(),
            read: RefCell::default(),
            analysis: None,
            stale: true,
            untold: true,
            told: BTreeMap::new(),
        };
        home.reload();
        home
    }

    /// Reads the folder again; what is open in the editor stays as it is there.
    pub fn reload(&mut self) {
        // A folder that cannot be read holds what is open in the editor.
        self.sources = Folder::Path(self.root.clone()).sources().unwrap_or_else(|error| {
            tracing::warn!("{error}");
            Sources::new()
        });
        for (file, open) in &self.open {
            add(&mut self.sources, file, &open.document);
        }
        self.read.borrow_mut().clear();
        self.has_changed();
    }

    /// The path of a file from the root.
    pub fn name_of(&self, path: &Path) -> Option<String> {
        let name = path.strip_prefix(&self.root).ok()?;
        Some(name.to_string_lossy().replace('\\', "/")).filter(|name| !name.is_empty())
    }

    /// Takes the editor's text of a file instead of that on the disk.
    pub fn put(&mut self, file: &str, open: Open) {
        add(&mut self.sources, file, &open.document);
        self.open.insert(file.to_owned(), open);
        self.has_changed();
    }

    /// A file whose text the editor cannot read: what is said is about the one on the disk.
    pub fn put_unread(&mut self, file: &str, open: Open) {
        self.open.insert(file.to_owned(), open);
    }

    /// The file as it is open in the editor.
    pub fn open(&self, file: &str) -> Option<&Open> {
        self.open.get(file)
    }

    /// A file that is open is called otherwise from now on.
    pub fn call(&mut self, file: &str, now: &str) {
        if file == now {
            return;
        }
        self.sources.remove(file);
        if let Some(open) = self.open.remove(file) {
            self.open.insert(now.to_owned(), open);
        }
        if let Some(told) = self.told.remove(file) {
            self.told.insert(now.to_owned(), told);
        }
    }

    /// Takes the text on the disk again.
    pub fn close(&mut self, file: &str) {
        self.open.remove(file);
        self.read.borrow_mut().remove(file);
        match std::fs::read(self.root.join(file)) {
            Ok(bytes) => drop(self.sources.add(file, &bytes)),
            Err(_) => self.sources.remove(file),
        }
        self.has_changed();
    }

    /// Compiles the texts, where they have changed: only what is not as before, and what depends on it.
    pub fn analyse(&mut self) {
        if !self.stale {
            return;
        }
        match &mut self.analysis {
            Some(analysis) => analysis.update(self.sources.clone(), today()),
            None => self.analysis = Some(Analysis::new(self.sources.clone(), Regions::shipped(), today())),
        }
        self.stale = false;
    }

    /// What is known about the texts; after a change as of before it, until they are compiled.
    pub fn analysis(&self) -> Option<&Analysis<'static>> {
        self.analysis.as_ref()
    }

    fn has_changed(&mut self) {
        (self.stale, self.untold) = (true, true);
    }

    /// The files that are open in the editor.
    pub fn open_files(&self) -> impl Iterator<Item = &str> {
        self.open.keys().map(String::as_str)
    }

    /// The text of a file.
    pub fn document(&self, file: &str) -> Rc<Document> {
        if let Some(open) = self.open.get(file) {
            return Rc::clone(&open.document);
        }
        let mut read = self.read.borrow_mut();
        let document = read.entry(file.to_owned()).or_insert_with(|| {
            let bytes = std::fs::read(self.root.join(file)).unwrap_or_default();
            Rc::new(Document::new(String::from_utf8(bytes).unwrap_or_default()))
        });
        Rc::clone(document)
    }

    /// What the editor calls a file.
    pub fn uri(&self, file: &str) -> Option<Uri> {
        match self.open.get(file) {
            Some(open) => Some(open.uri.clone()),
            None => uri::of(&self.root.join(file)),
        }
    }

    /// A place as editors know them.
    pub fn location(&self, place: &Place) -> Option<Location> {
        Some(Location::new(self.uri(&place.file)?, self.document(&place.file).range(place.span)))
    }
}

fn add(sources: &mut Sources, file: &str, document: &Document) {
    if let Err(path) = sources.add(file, document.text().as_bytes()) {
        tracing::warn!("{path} leads out of the folder");
    }
}
