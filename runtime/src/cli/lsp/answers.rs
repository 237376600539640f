//! What editors ask, and the answers.

use std::panic::{AssertUnwindSafe, catch_unwind};

use amtsweg_dsl::editor::{Offer, Place};
use amtsweg_dsl::format::format;
use amtsweg_dsl::model::Language;
use lsp_server::{ErrorCode, Request, Response};
use lsp_types::request::{
    CodeActionRequest, Completion, DocumentHighlightRequest, DocumentSymbolRequest, FoldingRangeRequest, Formatting,
    GotoDefinition, HoverRequest, PrepareRenameRequest, References, Rename, Request as Method,
    SemanticTokensFullRequest, SemanticTokensRangeRequest, WorkspaceSymbolRequest,
};
use lsp_types::{
    Command, CompletionItem, CompletionItemKind, CompletionList, CompletionParams, CompletionResponse,
    CompletionTextEdit, DocumentChangeOperation, DocumentChanges, DocumentFormattingParams, DocumentHighlight,
    DocumentHighlightParams, DocumentSymbolParams, DocumentSymbolResponse, Documentation, FoldingRange,
    FoldingRangeParams, GotoDefinitionParams, GotoDefinitionResponse, Hover, HoverContents, HoverParams,
    InsertTextFormat, InsertTextMode, Location, MarkupContent, MarkupKind, OneOf,
    OptionalVersionedTextDocumentIdentifier, PrepareRenameResponse, ReferenceParams, RenameFile, RenameParams,
    ResourceOp, SemanticTokensParams, SemanticTokensRangeParams, SemanticTokensRangeResult, SemanticTokensResult,
    TextDocumentEdit, TextDocumentPositionParams, TextEdit, Uri, WorkspaceEdit, WorkspaceSymbolParams,
    WorkspaceSymbolResponse,
};

use super::home::Home;
use super::server::{Here, Server};
use super::{convert, uri};

/// Why a request is not answered, in a sentence for the author.
pub(super) struct Refused(pub String);

/// At most so many things are found by name.
const FOUND: usize = 200;

impl Server {
    /// Answers a request.
    pub fn answer(&mut self, request: Request) {
        let response = match request.method.as_str() {
            Completion::METHOD => self.by::<Completion>(request, Self::completion),
            HoverRequest::METHOD => self.by::<HoverRequest>(request, Self::hover),
            GotoDefinition::METHOD => self.by::<GotoDefinition>(request, Self::definition),
            References::METHOD => self.by::<References>(request, Self::references),
            DocumentHighlightRequest::METHOD => self.by::<DocumentHighlightRequest>(request, Self::highlights),
            DocumentSymbolRequest::METHOD => self.by::<DocumentSymbolRequest>(request, Self::outline),
            WorkspaceSymbolRequest::METHOD => self.by::<WorkspaceSymbolRequest>(request, Self::search),
            FoldingRangeRequest::METHOD => self.by::<FoldingRangeRequest>(request, Self::folds),
            PrepareRenameRequest::METHOD => self.by::<PrepareRenameRequest>(request, Self::renamable),
            Rename::METHOD => self.by::<Rename>(request, Self::rename),
            CodeActionRequest::METHOD => self.by::<CodeActionRequest>(request, Self::actions),
            Formatting::METHOD => self.by::<Formatting>(request, Self::formatted),
            SemanticTokensFullRequest::METHOD => self.by::<SemanticTokensFullRequest>(request, Self::tokens),
            SemanticTokensRangeRequest::METHOD => self.by::<SemanticTokensRangeRequest>(request, Self::some_tokens),
            other => {
                let said = format!("{other} is not answered.");
                Response::new_err(request.id, ErrorCode::MethodNotFound as i32, said)
            }
        };
        self.send(response.into());
    }

    fn by<R: Method>(
        &mut self,
        request: Request,
        work: impl FnOnce(&mut Self, R::Params) -> Result<R::Result, Refused>,
    ) -> Response {
        let params: R::Params = match serde_json::from_value(request.params) {
            Ok(params) => params,
            Err(error) => {
                return Response::new_err(request.id, ErrorCode::InvalidParams as i32, error.to_string());
            }
        };
        // Whatever goes wrong inside, the editor keeps its server.
        match catch_unwind(AssertUnwindSafe(|| work(self, params))) {
            Ok(Ok(result)) => Response::new_ok(request.id, result),
            Ok(Err(Refused(said))) => Response::new_err(request.id, ErrorCode::RequestFailed as i32, said),
            Err(_) => {
                let said = format!("{} could not be answered.", request.method);
                Response::new_err(request.id, ErrorCode::InternalError as i32, said)
            }
        }
    }

    fn completion(&mut self, params: CompletionParams) -> Result<Option<CompletionResponse>, Refused> {
        let client = self.client.clone();
        let TextDocumentPositionParams { text_document, position } = params.text_document_position;
        let Some(here) = self.here(&text_document.uri) else { return Ok(None) };
        let offset = here.document.offset(position);
        let found = here.analysis.complete(here.file, offset, here.reader);
        let items = found.items.into_iter().enumerate().map(|(number, item)| {
            let snippet = item.snippet && client.snippets;
            let new = if item.snippet && !snippet { convert::plain(&item.insert) } else { item.insert };
            // Behind the words before a colon one goes on at once.
            let goes_on = new.ends_with([' ', '.']) || new.ends_with("$0");
            CompletionItem {
                kind: Some(kind(item.sort)),
                detail: Some(item.detail).filter(|detail| !detail.is_empty()),
                documentation: Some(item.about).filter(|about| !about.is_empty()).map(Documentation::String),
                sort_text: Some(format!("{number:05}")),
                text_edit: Some(CompletionTextEdit::Edit(here.document.edit(item.replace, &new))),
                insert_text_format: snippet.then_some(InsertTextFormat::SNIPPET),
                insert_text_mode: snippet.then_some(InsertTextMode::AS_IS),
                additional_text_edits: item.further.map(|(span, text)| vec![here.document.edit(span, &text)]),
                command: client.suggest.clone().filter(|_| goes_on).map(|command| Command {
                    title: item.label.clone(),
                    command,
                    arguments: None,
                }),
                label: item.label,
                ..CompletionItem::default()
            }
        });
        let list = CompletionList { is_incomplete: found.more, items: items.collect() };
        Ok(Some(CompletionResponse::List(list)))
    }

    fn hover(&mut self, params: HoverParams) -> Result<Option<Hover>, Refused> {
        let TextDocumentPositionParams { text_document, position } = params.text_document_position_params;
        let Some(here) = self.here(&text_document.uri) else { return Ok(None) };
        let offset = here.document.offset(position);
        let Some(found) = here.analysis.hover(here.file, offset, here.reader) else { return Ok(None) };
        let (range, reader) = (here.document.range(found.span), here.reader);
        let mut value = found.text;
        if let Some(page) = found.page.and_then(|page| self.pages.as_ref()?.word(&page)) {
            let more = if reader == Language::English { "More about it" } else { "Mehr dazu" };
            value += &format!("\n\n[{more}]({})", page.as_str());
        }
        let contents = HoverContents::Markup(MarkupContent { kind: MarkupKind::Markdown, value });
        Ok(Some(Hover { contents, range: Some(range) }))
    }

    fn definition(&mut self, params: GotoDefinitionParams) -> Result<Option<GotoDefinitionResponse>, Refused> {
        let at = params.text_document_position_params;
        let places = self.places(&at, |here, offset| here.analysis.definition(here.file, offset));
        Ok(Some(GotoDefinitionResponse::Array(places)))
    }

    fn references(&mut self, params: ReferenceParams) -> Result<Option<Vec<Location>>, Refused> {
        let own = params.context.include_declaration;
        let at = params.text_document_position;
        Ok(Some(self.places(&at, |here, offset| here.analysis.uses(here.file, offset, own))))
    }

    fn places(
        &mut self,
        at: &TextDocumentPositionParams,
        find: impl FnOnce(&Here<'_>, usize) -> Vec<Place>,
    ) -> Vec<Location> {
        let Some(here) = self.here(&at.text_document.uri) else { return Vec::new() };
        let places = find(&here, here.document.offset(at.position));
        places.iter().filter_map(|place| here.home.location(place)).collect()
    }

    fn highlights(&mut self, params: DocumentHighlightParams) -> Result<Option<Vec<DocumentHighlight>>, Refused> {
        let TextDocumentPositionParams { text_document, position } = params.text_document_position_params;
        let Some(here) = self.here(&text_document.uri) else { return Ok(None) };
        let uses = here.analysis.uses(here.file, here.document.offset(position), true);
        let own = uses.into_iter().filter(|place| place.file == here.file);
        let lit = own.map(|place| DocumentHighlight { range: here.document.range(place.span), kind: None });
        Ok(Some(lit.collect()))
    }

    fn outline(&mut self, params: DocumentSymbolParams) -> Result<Option<DocumentSymbolResponse>, Refused> {
        let Some(here) = self.here(&params.text_document.uri) else { return Ok(None) };
        let blocks = here.analysis.outline(here.file);
        let symbols = blocks.iter().map(|block| convert::block(block, &here.document)).collect();
        Ok(Some(DocumentSymbolResponse::Nested(symbols)))
    }

    fn search(&mut self, params: WorkspaceSymbolParams) -> Result<Option<WorkspaceSymbolResponse>, Refused> {
        let mut symbols = Vec::new();
        for home in self.homes.values_mut() {
            home.analyse();
            let Some(analysis) = home.analysis() else { continue };
            let found = analysis.search(&params.query, FOUND);
            symbols.extend(found.into_iter().filter_map(|symbol| convert::symbol(symbol, home)));
        }
        Ok(Some(WorkspaceSymbolResponse::Flat(symbols)))
    }

    fn folds(&mut self, params: FoldingRangeParams) -> Result<Option<Vec<FoldingRange>>, Refused> {
        let Some(here) = self.here(&params.text_document.uri) else { return Ok(None) };
        let mut folds = Vec::new();
        for block in here.analysis.outline(here.file) {
            convert::folds(&block, &here.document, &mut folds);
        }
        Ok(Some(folds))
    }

    fn renamable(&mut self, at: TextDocumentPositionParams) -> Result<Option<PrepareRenameResponse>, Refused> {
        let Some(here) = self.here(&at.text_document.uri) else { return Ok(None) };
        let found = here.analysis.renamable(here.file, here.document.offset(at.position));
        Ok(found.map(|(span, name)| PrepareRenameResponse::RangeWithPlaceholder {
            range: here.document.range(span),
            placeholder: name,
        }))
    }

    fn rename(&mut self, params: RenameParams) -> Result<Option<WorkspaceEdit>, Refused> {
        let renames_files = self.client.renames_files;
        let TextDocumentPositionParams { text_document, position } = params.text_document_position;
        let Some(here) = self.here(&text_document.uri) else { return Ok(None) };
        let offset = here.document.offset(position);
        let renamed = here.analysis.rename(here.file, offset, &params.new_name);
        let renamed = renamed.map_err(|refused| Refused(refused.message(here.reader)))?;
        let mut changes: Vec<DocumentChangeOperation> = Vec::new();
        for (file, edits) in renamed.edits {
            let document = here.home.document(&file);
            let edits = edits.iter().map(|(span, text)| document.edit(*span, text)).collect();
            changes.extend(edited(here.home, &file, edits).map(DocumentChangeOperation::Edit));
        }
        for (from, to) in renamed.files.into_iter().filter(|_| renames_files) {
            let (Some(old_uri), Some(new_uri)) = (here.home.uri(&from), beside(here.home, &from, &to)) else {
                continue;
            };
            let rename = RenameFile { old_uri, new_uri, options: None, annotation_id: None };
            changes.push(DocumentChangeOperation::Op(ResourceOp::Rename(rename)));
        }
        Ok(Some(WorkspaceEdit {
            document_changes: Some(DocumentChanges::Operations(changes)),
            ..WorkspaceEdit::default()
        }))
    }

    fn formatted(&mut self, params: DocumentFormattingParams) -> Result<Option<Vec<TextEdit>>, Refused> {
        let Some(document) = self.document(&params.text_document.uri) else { return Ok(None) };
        let formatted = format(document.text());
        Ok(formatted.kept.is_none().then(|| document.changes_to(&formatted.text)))
    }

    fn tokens(&mut self, params: SemanticTokensParams) -> Result<Option<SemanticTokensResult>, Refused> {
        let Some(here) = self.here(&params.text_document.uri) else { return Ok(None) };
        let tokens = here.analysis.tokens(here.file);
        Ok(Some(SemanticTokensResult::Tokens(convert::tokens(&tokens, &here.document))))
    }

    fn some_tokens(&mut self, params: SemanticTokensRangeParams) -> Result<Option<SemanticTokensRangeResult>, Refused> {
        let Some(here) = self.here(&params.text_document.uri) else { return Ok(None) };
        let (from, to) = (here.document.offset(params.range.start), here.document.offset(params.range.end));
        let mut tokens = here.analysis.tokens(here.file);
        tokens.retain(|token| from < token.span.end && token.span.start < to);
        Ok(Some(SemanticTokensRangeResult::Tokens(convert::tokens(&tokens, &here.document))))
    }
}

/// Changes of a file, for the version that the editor has of it.
pub(super) fn edited(home: &Home, file: &str, edits: Vec<TextEdit>) -> Option<TextDocumentEdit> {
    let version = home.open(file).map(|open| open.version);
    let text_document = OptionalVersionedTextDocumentIdentifier { uri: home.uri(file)?, version };
    Some(TextDocumentEdit { text_document, edits: edits.into_iter().map(OneOf::Left).collect() })
}

/// The address of another file in the same folder of forms.
fn beside(home: &Home, from: &str, to: &str) -> Option<Uri> {
    let path = uri::path(&home.uri(from)?)?;
    let root = path.ancestors().nth(from.split('/').count())?;
    uri::of(&root.join(to))
}

fn kind(sort: Offer) -> CompletionItemKind {
    match sort {
        Offer::Name => CompletionItemKind::VARIABLE,
        Offer::Value => CompletionItemKind::ENUM_MEMBER,
        Offer::Keyword => CompletionItemKind::KEYWORD,
        Offer::Kind => CompletionItemKind::TYPE_PARAMETER,
        Offer::Thing => CompletionItemKind::REFERENCE,
        Offer::Place => CompletionItemKind::CONSTANT,
    }
}
