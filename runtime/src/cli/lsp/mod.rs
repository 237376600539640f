//! `amtsweg lsp`: speaks with editors while an author writes, over the Language Server Protocol.

mod actions;
mod answers;
mod convert;
mod document;
mod home;
mod pages;
mod publish;
mod server;
mod unsaved;
mod uri;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use amtsweg_dsl::model::Language;
use crossbeam_channel::RecvTimeoutError;
use lsp_server::{Connection, Message};
use lsp_types::{
    CodeActionKind, CodeActionOptions, CompletionOptions, HoverProviderCapability, InitializeParams, InitializeResult,
    OneOf, RenameOptions, SemanticTokensFullOptions, SemanticTokensLegend, SemanticTokensOptions, ServerCapabilities,
    ServerInfo, TextDocumentSyncCapability, TextDocumentSyncKind, TextDocumentSyncOptions, TextDocumentSyncSaveOptions,
    WorkDoneProgressOptions,
};

use super::exit::Failure;
use super::log;
use server::Server;

/// So long nobody must have typed before the folder is compiled.
const PAUSE: Duration = Duration::from_millis(120);

/// Answers an editor until it says that it is done. `asked` is the language that the command line
/// asks for; without it the editor's is taken.
pub(super) fn run(asked: Option<Language>) -> Result<(), Failure> {
    log();
    let (connection, threads) = Connection::stdio();
    let (id, params) = connection.initialize_start()?;
    let params: InitializeParams = serde_json::from_value(params)?;
    let server = Server::new(connection.sender.clone(), &params, asked);
    let result = InitializeResult {
        capabilities: capabilities(),
        server_info: Some(ServerInfo {
            name: "amtsweg".to_owned(),
            version: Some(env!("CARGO_PKG_VERSION").to_owned()),
        }),
    };
    connection.initialize_finish(id, serde_json::to_value(result)?)?;
    let ended = talk(&connection, server);
    // The threads end when nobody holds the connection any more.
    drop(connection);
    threads.join()?;
    ended
}

/// Answers messages until the end.
fn talk(connection: &Connection, mut server: Server) -> Result<(), Failure> {
    server.watch_files();
    loop {
        let message = match server.changed {
            None => connection.receiver.recv().map_err(|_| RecvTimeoutError::Disconnected),
            Some(changed) => connection.receiver.recv_deadline(changed + PAUSE),
        };
        match message {
            Ok(Message::Request(request)) => {
                if connection.handle_shutdown(&request)? {
                    return Ok(());
                }
                server.answer(request);
            }
            Ok(Message::Notification(notification)) if notification.method == "exit" => {
                return Err(Failure::NOT_IN_ORDER);
            }
            Ok(Message::Notification(notification)) => {
                // Whatever goes wrong inside, the editor keeps its server.
                if catch_unwind(AssertUnwindSafe(|| server.hear(notification))).is_err() {
                    tracing::error!("a message of the editor could not be worked on");
                }
            }
            Ok(Message::Response(_)) => {}
            Err(RecvTimeoutError::Timeout) => {
                if catch_unwind(AssertUnwindSafe(|| server.publish())).is_err() {
                    tracing::error!("the folder could not be compiled");
                    server.changed = None;
                }
            }
            // The editor is gone.
            Err(RecvTimeoutError::Disconnected) => return Err(Failure::NOT_IN_ORDER),
        }
        // Many changes in a row are compiled once, but nobody waits for ever.
        if server.changed.is_some_and(|changed| changed + PAUSE < Instant::now()) && connection.receiver.is_empty() {
            drop(catch_unwind(AssertUnwindSafe(|| server.publish())));
        }
    }
}

fn capabilities() -> ServerCapabilities {
    let words = |letters: &[&str]| Some(letters.iter().map(|letter| (*letter).to_owned()).collect());
    ServerCapabilities {
        text_document_sync: Some(TextDocumentSyncCapability::Options(TextDocumentSyncOptions {
            open_close: Some(true),
            change: Some(TextDocumentSyncKind::INCREMENTAL),
            save: Some(TextDocumentSyncSaveOptions::Supported(true)),
            ..TextDocumentSyncOptions::default()
        })),
        completion_provider: Some(CompletionOptions {
            trigger_characters: words(&[" ", ":", ",", ".", "|", "/", "{", "=", "-"]),
            ..CompletionOptions::default()
        }),
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        definition_provider: Some(OneOf::Left(true)),
        references_provider: Some(OneOf::Left(true)),
        document_highlight_provider: Some(OneOf::Left(true)),
        document_symbol_provider: Some(OneOf::Left(true)),
        workspace_symbol_provider: Some(OneOf::Left(true)),
        folding_range_provider: Some(true.into()),
        code_action_provider: Some(
            CodeActionOptions {
                code_action_kinds: Some(vec![
                    CodeActionKind::QUICKFIX,
                    CodeActionKind::REFACTOR,
                    CodeActionKind::SOURCE_FIX_ALL,
                ]),
                ..CodeActionOptions::default()
            }
            .into(),
        ),
        document_formatting_provider: Some(OneOf::Left(true)),
        rename_provider: Some(OneOf::Right(RenameOptions {
            prepare_provider: Some(true),
            work_done_progress_options: WorkDoneProgressOptions::default(),
        })),
        semantic_tokens_provider: Some(
            SemanticTokensOptions {
                legend: SemanticTokensLegend {
                    token_types: convert::TOKEN_TYPES.to_vec(),
                    token_modifiers: vec![lsp_types::SemanticTokenModifier::DECLARATION],
                },
                range: Some(true),
                full: Some(SemanticTokensFullOptions::Bool(true)),
                ..SemanticTokensOptions::default()
            }
            .into(),
        ),
        ..ServerCapabilities::default()
    }
}
