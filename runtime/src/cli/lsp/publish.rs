//! What the compiler says, told to the editor.

use std::collections::BTreeMap;

use amtsweg_dsl::diagnostic::{Diagnostic as Said, Severity};
use amtsweg_dsl::editor::Place;
use amtsweg_dsl::model::Language;
use lsp_server::Notification;
use lsp_types::notification::{Notification as _, PublishDiagnostics};
use lsp_types::{
    CodeDescription, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, NumberOrString,
    PublishDiagnosticsParams, Uri,
};

use super::home::Home;
use super::pages::Pages;
use super::server::Server;

impl Server {
    /// Compiles what has changed and tells what there is to say about every file.
    pub fn publish(&mut self) {
        self.changed = None;
        let mut messages = Vec::new();
        for home in self.homes.values_mut().filter(|home| home.untold) {
            home.analyse();
            home.untold = false;
            let now = all(home, self.pages.as_ref(), self.reader);
            let gone = home.told.keys().filter(|file| !now.contains_key(*file)).map(|file| (file, &[][..]));
            for (file, said) in gone.chain(now.iter().map(|(file, said)| (file, said.as_slice()))) {
                let open = home.open(file);
                let before = home.told.get(file).map_or(&[][..], Vec::as_slice);
                // Of what is open also that nothing is to be said of this version.
                if open.is_none() && before == said {
                    continue;
                }
                if let Some(uri) = home.uri(file) {
                    let version = open.map(|open| open.version);
                    messages.push(PublishDiagnosticsParams { uri, diagnostics: said.to_vec(), version });
                }
            }
            home.told = now;
        }
        for params in messages {
            self.send(Notification::new(PublishDiagnostics::METHOD.to_owned(), params).into());
        }
    }

    /// Takes back what was said about a file that is no more.
    pub fn told_nothing(&self, uri: Uri) {
        let params = PublishDiagnosticsParams { uri, diagnostics: Vec::new(), version: None };
        self.send(Notification::new(PublishDiagnostics::METHOD.to_owned(), params).into());
    }
}

/// What there is to say about the files of a folder: about those that something is said of, and
/// those that are open.
fn all(home: &Home, pages: Option<&Pages>, reader: Option<Language>) -> BTreeMap<String, Vec<Diagnostic>> {
    let mut files: BTreeMap<String, Vec<Diagnostic>> =
        home.open_files().map(|file| (file.to_owned(), Vec::new())).collect();
    for (analysis, said) in home.analysis().iter().flat_map(|all| all.diagnostics().iter().map(move |said| (all, said)))
    {
        let reader = reader.unwrap_or_else(|| analysis.language(&said.file));
        files.entry(said.file.clone()).or_default().push(shown(said, home, pages, reader));
    }
    files
}

/// A message as editors know them.
pub(super) fn shown(said: &Said, home: &Home, pages: Option<&Pages>, reader: Language) -> Diagnostic {
    let code = said.problem.code();
    let related = said.related.iter().filter_map(|(file, span)| {
        let location = home.location(&Place { file: file.clone(), span: *span })?;
        let message = if reader == Language::English { "This belongs to it." } else { "Das gehört dazu." };
        Some(DiagnosticRelatedInformation { location, message: message.to_owned() })
    });
    let related: Vec<_> = related.collect();
    Diagnostic {
        range: home.document(&said.file).range(said.span),
        severity: Some(match said.severity() {
            Severity::Error => DiagnosticSeverity::ERROR,
            Severity::Warning => DiagnosticSeverity::WARNING,
            // What editors call a hint is hardly seen.
            Severity::Hint => DiagnosticSeverity::INFORMATION,
        }),
        code: Some(NumberOrString::String(code.to_owned())),
        code_description: pages.and_then(|pages| pages.message(code)).map(|href| CodeDescription { href }),
        source: Some("amtsweg".to_owned()),
        message: format!("{}\n{}", said.message(reader), said.help(reader)).trim().to_owned(),
        related_information: (!related.is_empty()).then_some(related),
        ..Diagnostic::default()
    }
}
