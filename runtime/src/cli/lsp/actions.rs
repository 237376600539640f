//! What an editor offers to do at a place: put right what is wrong, delete what nothing uses.

use amtsweg_dsl::diagnostic::Diagnostic as Said;
use amtsweg_dsl::editor::Removal;
use amtsweg_dsl::model::Language;
use amtsweg_dsl::syntax::Span;
use lsp_types::{
    CodeAction, CodeActionDisabled, CodeActionKind, CodeActionOrCommand, CodeActionParams, CodeActionResponse,
    DocumentChanges, TextDocumentEdit, WorkspaceEdit,
};

use super::answers::{Refused, edited};
use super::publish::shown;
use super::server::{Here, Server};

/// So many letters of a change are shown.
const SHOWN: usize = 40;

impl Server {
    pub fn actions(&mut self, params: CodeActionParams) -> Result<Option<CodeActionResponse>, Refused> {
        let disabled = self.client.disabled_actions;
        let only = params.context.only;
        let wanted = |kind: &CodeActionKind| {
            only.as_ref().is_none_or(|only| only.iter().any(|asked| kind.as_str().starts_with(asked.as_str())))
        };
        let mut done = Vec::new();
        {
            let Some(here) = self.here(&params.text_document.uri) else { return Ok(None) };
            let from = here.document.offset(params.range.start);
            let to = here.document.offset(params.range.end);
            if wanted(&CodeActionKind::QUICKFIX) {
                let own = here.analysis.diagnostics().iter().filter(|said| said.file == here.file);
                for said in own.filter(|said| said.span.start <= to && from <= said.span.end) {
                    fixes(said, &here, &mut done);
                }
            }
            if wanted(&CodeActionKind::SOURCE_FIX_ALL) && only.is_some() {
                done.extend(fix_all(&here));
            }
            if wanted(&CodeActionKind::REFACTOR) {
                done.extend(removal(&here, from, disabled));
            }
        }
        Ok(Some(done.into_iter().map(CodeActionOrCommand::CodeAction).collect()))
    }
}

/// What puts a message right: the change that is certain, or the name that was probably meant.
fn fixes(said: &Said, here: &Here<'_>, done: &mut Vec<CodeAction>) {
    let english = here.reader == Language::English;
    let Some(text) = here.analysis.sources().text(here.file) else { return };
    let mut push = |title: String, span: Span, new: &str, certain: bool| {
        let Some(edit) = edited(here.home, here.file, vec![here.document.edit(span, new)]) else { return };
        done.push(CodeAction {
            title,
            kind: Some(CodeActionKind::QUICKFIX),
            diagnostics: Some(vec![shown(said, here.home, None, here.reader)]),
            edit: Some(change(vec![edit])),
            is_preferred: Some(certain),
            ..CodeAction::default()
        });
    };
    if let Some((span, new)) = &said.fix {
        let old = text.get(span.start..span.end).unwrap_or("");
        push(title(old, new, said, here.reader), *span, new, true);
    }
    let Some(name) = &said.suggestion else { return };
    let same = said.fix.as_ref().is_some_and(|(span, new)| *span == said.span && new == name);
    if !same {
        let title = if english {
            format!("Did you mean “{name}”? Replace")
        } else {
            format!("Meinten Sie „{name}“? Ersetzen")
        };
        push(title, said.span, name, false);
    }
}

/// What a change does, in words.
fn title(old: &str, new: &str, said: &Said, reader: Language) -> String {
    let english = reader == Language::English;
    let several = |text: &str| text.trim().contains('\n') || text.chars().count() > SHOWN;
    let (old, new) = (old.trim(), new.trim());
    let help = said.help(reader);
    match (old.is_empty(), new.is_empty()) {
        _ if several(old) || several(new) => {
            let help = help.trim_end_matches('.');
            match (help.is_empty(), english) {
                (false, _) => help.to_owned(),
                (true, true) => "Put it right".to_owned(),
                (true, false) => "In Ordnung bringen".to_owned(),
            }
        }
        (true, _) if english => format!("Insert “{new}”"),
        (true, _) => format!("„{new}“ einfügen"),
        (_, true) if english => format!("Delete “{old}”"),
        (_, true) => format!("„{old}“ löschen"),
        _ if english => format!("Replace “{old}” with “{new}”"),
        _ => format!("„{old}“ durch „{new}“ ersetzen"),
    }
}

/// Everything in a file that can be put right for certain, at once.
fn fix_all(here: &Here<'_>) -> Option<CodeAction> {
    let own = here.analysis.diagnostics().iter().filter(|said| said.file == here.file);
    let mut all: Vec<&(Span, String)> = own.filter_map(|said| said.fix.as_ref()).collect();
    all.sort();
    let mut end = None;
    all.retain(|(span, _)| {
        let free = end.is_none_or(|end| end < span.start || (end == span.start && span.end > span.start));
        if free {
            end = Some(span.end);
        }
        free
    });
    let edits: Vec<_> = all.into_iter().map(|(span, new)| here.document.edit(*span, new)).collect();
    let title = match here.reader {
        Language::English => "Put right everything that is certain",
        _ => "Alles in Ordnung bringen, was eindeutig ist",
    };
    let none = edits.is_empty();
    let edit = edited(here.home, here.file, edits).filter(|_| !none)?;
    Some(CodeAction {
        title: title.to_owned(),
        kind: Some(CodeActionKind::SOURCE_FIX_ALL),
        edit: Some(change(vec![edit])),
        ..CodeAction::default()
    })
}

/// Deleting what is introduced in a line, with its translations; where something uses it, why not.
fn removal(here: &Here<'_>, offset: usize, disabled: bool) -> Option<CodeAction> {
    let english = here.reader == Language::English;
    let (what, removal) = here.analysis.removal(here.file, offset)?;
    let title = if english { format!("Delete {what}") } else { format!("{what} löschen") };
    let kind = Some(CodeActionKind::REFACTOR);
    match removal {
        Removal::Free(gone) => {
            let edits = gone.into_iter().filter_map(|(file, spans)| {
                let document = here.home.document(&file);
                edited(here.home, &file, spans.into_iter().map(|span| document.edit(span, "")).collect())
            });
            Some(CodeAction { title, kind, edit: Some(change(edits.collect())), ..CodeAction::default() })
        }
        Removal::Used(places) if disabled => {
            let shown = here.analysis.shown(&places, here.reader);
            let reason = if english { format!("It is used: {shown}") } else { format!("Wird verwendet: {shown}") };
            let disabled = Some(CodeActionDisabled { reason });
            Some(CodeAction { title, kind, disabled, ..CodeAction::default() })
        }
        Removal::Used(_) => None,
    }
}

fn change(edits: Vec<TextDocumentEdit>) -> WorkspaceEdit {
    WorkspaceEdit { document_changes: Some(DocumentChanges::Edits(edits)), ..WorkspaceEdit::default() }
}
