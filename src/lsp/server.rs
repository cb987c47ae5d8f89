//! The loop that reads messages, and which part answers which.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Instant;

use gen_lsp_types::{
    CodeActionParams, CodeLensParams, CompletionParams, DefinitionParams, DidChangeTextDocumentParams,
    DidCloseTextDocumentParams, DidOpenTextDocumentParams, DocumentFormattingParams, DocumentHighlightParams,
    DocumentSymbolParams, ExecuteCommandParams, FoldingRangeParams, HoverParams, InlayHintParams, Position,
    PrepareRenameParams, ReferenceParams, RenameParams, SelectionRangeParams, SemanticTokensParams,
    TextDocumentPositionParams, Uri,
};
use lsp_server::{Connection, ErrorCode, Message, Notification, ProtocolError, Request, RequestId};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use thiserror::Error;

use crate::assist::look_up;
use crate::quotes::PdfReader;
use crate::source::FileId;

use super::analysis::{Analysis, Root};
use super::answers::{Answers, Asked, Why};
use super::board::Board;
use super::capabilities::{Editor, REPORT, WHY, capabilities, watching};
use super::client::{Client, Refusal};
use super::session::Session;
use super::verdicts::Worker;
use super::{actions, completion, folding, formatting, hints, lenses, navigate, rename, selection, symbols, tokens};

/// Why the server has ended before it was asked to.
#[derive(Debug, Error)]
pub enum ServeError {
    /// What was read is no message of the protocol, or came out of turn.
    #[error("the editor does not speak the language server protocol: {0}")]
    Protocol(String),
    /// Standard input or output is closed.
    #[error("the editor cannot be reached: {0}")]
    Stream(#[from] io::Error),
}

/// Serves an editor on standard input and output until it says that it is done, or closes them. `why` words the answer to
/// the command of that name.
///
/// # Errors
///
/// [`ServeError`] where what comes in is no message of the protocol.
pub fn serve(why: Why, pdf: PdfReader) -> Result<(), ServeError> {
    let (connection, threads) = Connection::stdio();
    let client = Arc::new(Client::new(&connection));
    let served = run(&connection, &client, why, pdf);
    client.close();
    drop(connection);
    match served {
        Ok(()) => Ok(threads.join()?),
        // The thread that reads may wait for ever for what does not come.
        Err(error) => Err(ServeError::Protocol(error.to_string())),
    }
}

fn run(connection: &Connection, client: &Arc<Client>, why: Why, pdf: PdfReader) -> Result<(), ProtocolError> {
    let (id, params) = connection.initialize_start()?;
    let editor = Editor::of(&params);
    connection.initialize_finish(id, capabilities(&editor))?;
    if editor.watches_files {
        client.ask("client/registerCapability", watching());
    }
    let board = Arc::new(Board::default());
    let worker = Worker::start(Arc::clone(client), Arc::clone(&board), editor.refreshes.clone(), pdf);
    let answers = Answers::start(Arc::clone(client), why, pdf);
    let session = Session::new(Arc::clone(client), board, worker, &editor);
    Server { session, answers, takes_snippets: editor.takes_snippets }.serve(connection)
}

struct Server {
    session: Session,
    answers: Answers,
    takes_snippets: bool,
}

/// What a request is answered with: now, or later by another thread.
enum Answer {
    Now(Value),
    Later(Arc<Analysis>, Asked),
}

type Answered = Result<Answer, Refusal>;

impl Server {
    fn serve(mut self, connection: &Connection) -> Result<(), ProtocolError> {
        loop {
            let message = match self.session.deadline() {
                // A deadline that has passed does not keep from reading what has come.
                Some(deadline) => match connection.receiver.recv_deadline(deadline) {
                    Ok(message) => Some(message),
                    Err(error) if error.is_timeout() => None,
                    Err(_) => return Ok(()),
                },
                None => match connection.receiver.recv() {
                    Ok(message) => Some(message),
                    Err(_) => return Ok(()),
                },
            };
            match message {
                Some(Message::Request(request)) => {
                    if connection.handle_shutdown(&request)? {
                        return Ok(());
                    }
                    self.request(request);
                }
                Some(Message::Notification(notification)) if notification.method == "exit" => return Ok(()),
                Some(Message::Notification(notification)) => {
                    self.guarded(|server| server.notification(notification));
                }
                // Answers to what was asked do not matter.
                Some(Message::Response(_)) => {}
                None => {}
            }
            if self.session.deadline().is_some_and(|deadline| deadline <= Instant::now()) {
                // What panics once is likely to do so again: it is tried again when something has changed.
                if self.guarded(|server| server.session.work()).is_none() {
                    self.session.rest();
                }
            }
        }
    }

    /// Does something that must not end the server. After a panic nothing that was worked out is trusted.
    fn guarded<T>(&mut self, work: impl FnOnce(&mut Self) -> T) -> Option<T> {
        let done = catch_unwind(AssertUnwindSafe(|| work(self))).ok();
        if done.is_none() {
            self.session.reset();
            self.session.client.log_error("something could not be done: this is a defect of evigraph");
        }
        done
    }

    fn request(&mut self, request: Request) {
        let id = request.id.clone();
        let answered = catch_unwind(AssertUnwindSafe(|| self.answer(request)));
        let answered = answered.unwrap_or_else(|_| {
            self.session.reset();
            Err(Refusal::new(ErrorCode::InternalError, "this request met a defect of evigraph"))
        });
        match answered {
            Ok(Answer::Later(analysis, asked)) => self.answers.ask(id, analysis, asked),
            Ok(Answer::Now(value)) => self.session.client.answer(id, Ok(value)),
            Err(refusal) => self.session.client.answer(id, Err(refusal)),
        }
    }

    fn notification(&mut self, Notification { method, params }: Notification) {
        match &*method {
            "textDocument/didOpen" => {
                if let Ok(DidOpenTextDocumentParams { text_document }) = serde_json::from_value(params) {
                    self.session.open(text_document.uri, text_document.version, text_document.text);
                }
            }
            "textDocument/didChange" => {
                if let Ok(DidChangeTextDocumentParams { text_document, content_changes }) =
                    serde_json::from_value(params)
                {
                    let uri = text_document.text_document_identifier.uri;
                    self.session.change(&uri, text_document.version, content_changes);
                }
            }
            "textDocument/didClose" => {
                if let Ok(DidCloseTextDocumentParams { text_document }) = serde_json::from_value(params) {
                    self.session.close(&text_document.uri);
                }
            }
            "textDocument/didSave" | "workspace/didChangeWatchedFiles" => self.session.reassign(),
            "$/cancelRequest" => {
                if let Some(id) = params.get("id").and_then(request_id) {
                    self.answers.cancel(&id);
                }
            }
            _ => {}
        }
    }

    fn answer(&mut self, Request { method, params, .. }: Request) -> Answered {
        match &*method {
            "textDocument/completion" => {
                let CompletionParams { text_document_position_params: at, .. } = read(params)?;
                let snippets = self.takes_snippets;
                self.at(&at, |root, analysis, file, at, session| {
                    let verdicts = session.board.verdicts(root);
                    completion::complete(analysis, file, at, verdicts.as_deref(), snippets, session.overlay())
                })
            }
            "textDocument/hover" => {
                let HoverParams { text_document_position_params: at, .. } = read(params)?;
                let Some((root, analysis, file)) = self.session.case_of(&at.text_document.uri) else {
                    return nothing();
                };
                let verdicts = self.session.board.verdicts(&root);
                let diagnostics = self.session.diagnostics(&root, &analysis);
                let byte = analysis.lines(file).byte(at.position);
                match look_up(&analysis.case, file, byte, verdicts.as_deref(), &diagnostics) {
                    Some(found) => Ok(Answer::Later(analysis, Asked::Hover(found))),
                    None => nothing(),
                }
            }
            "textDocument/definition" => {
                let DefinitionParams { text_document_position_params: at, .. } = read(params)?;
                self.at(&at, |_, analysis, file, at, _| navigate::definition(analysis, file, at))
            }
            "textDocument/references" => {
                let ReferenceParams { text_document_position_params: at, context, .. } = read(params)?;
                self.at(&at, |_, analysis, file, at, _| {
                    navigate::references(analysis, file, at, context.include_declaration)
                })
            }
            "textDocument/documentHighlight" => {
                let DocumentHighlightParams { text_document_position_params: at, .. } = read(params)?;
                self.at(&at, |_, analysis, file, at, _| navigate::highlights(analysis, file, at))
            }
            "textDocument/prepareRename" => {
                let PrepareRenameParams { text_document_position_params: at, .. } = read(params)?;
                self.at(&at, |_, analysis, file, at, _| rename::prepare(analysis, file, at))
            }
            "textDocument/rename" => {
                let RenameParams { text_document_position_params: at, new_name, .. } = read(params)?;
                let Some((_, analysis, file)) = self.session.case_of(&at.text_document.uri) else { return nothing() };
                now(rename::rename(&analysis, file, at.position, &new_name)?)
            }
            "textDocument/codeAction" => {
                let params: CodeActionParams = read(params)?;
                self.of(&params.text_document.uri, |root, analysis, file, session| {
                    actions::actions(analysis, file, &session.diagnostics(root, analysis), &params)
                })
            }
            "textDocument/codeLens" => {
                let CodeLensParams { text_document, .. } = read(params)?;
                self.of(&text_document.uri, |_, analysis, file, _| lenses::lenses(analysis, file))
            }
            "textDocument/inlayHint" => {
                let InlayHintParams { text_document, range, .. } = read(params)?;
                self.of(&text_document.uri, |root, analysis, file, session| {
                    hints::hints(analysis, file, range, session.board.verdicts(root).as_deref())
                })
            }
            "textDocument/documentSymbol" => {
                let DocumentSymbolParams { text_document, .. } = read(params)?;
                self.of(&text_document.uri, |_, analysis, file, _| symbols::symbols(analysis, file))
            }
            "textDocument/foldingRange" => {
                let FoldingRangeParams { text_document, .. } = read(params)?;
                self.of(&text_document.uri, |_, analysis, file, _| folding::ranges(analysis, file))
            }
            "textDocument/selectionRange" => {
                let SelectionRangeParams { text_document, positions, .. } = read(params)?;
                self.of(&text_document.uri, |_, analysis, file, _| selection::ranges(analysis, file, &positions))
            }
            "textDocument/semanticTokens/full" => {
                let SemanticTokensParams { text_document, .. } = read(params)?;
                self.of(&text_document.uri, |_, analysis, file, _| tokens::tokens(analysis, file))
            }
            "textDocument/formatting" => {
                let DocumentFormattingParams { text_document, .. } = read(params)?;
                let Some((_, analysis, file)) = self.session.case_of(&text_document.uri) else { return nothing() };
                now(formatting::format(&analysis, file)?)
            }
            "workspace/executeCommand" => {
                let ExecuteCommandParams { command, arguments, .. } = read(params)?;
                self.command(&command, &arguments.unwrap_or_default())
            }
            _ => Err(Refusal::new(ErrorCode::MethodNotFound, format!("`{method}` is not served"))),
        }
    }

    /// Answers about a file.
    fn of<T: serde::Serialize>(
        &mut self,
        uri: &Uri,
        answer: impl FnOnce(&Root, &Analysis, FileId, &Session) -> T,
    ) -> Answered {
        match self.session.case_of(uri) {
            Some((root, analysis, file)) => now(answer(&root, &analysis, file, &self.session)),
            None => nothing(),
        }
    }

    /// Answers about a place of a file.
    fn at<T: serde::Serialize>(
        &mut self,
        at: &TextDocumentPositionParams,
        answer: impl FnOnce(&Root, &Analysis, FileId, Position, &Session) -> T,
    ) -> Answered {
        self.of(&at.text_document.uri, |root, analysis, file, session| {
            answer(root, analysis, file, at.position, session)
        })
    }

    fn command(&mut self, command: &str, arguments: &[Value]) -> Answered {
        let uri = arguments.first().and_then(Value::as_str).map(|uri| Uri(uri.to_owned()));
        let uri = uri.ok_or_else(|| wrong("the first argument is the address of a file of the case"))?;
        let analysis = self.session.case_of(&uri).map(|(_, analysis, _)| analysis);
        let analysis = analysis.ok_or_else(|| wrong("no such file is open"))?;
        match command {
            WHY => {
                let id = arguments.get(1).and_then(Value::as_str);
                let id =
                    id.ok_or_else(|| wrong("the second argument is the id of a claim, a relationship or a question"))?;
                Ok(Answer::Later(analysis, Asked::Why(id.to_owned())))
            }
            REPORT => Ok(Answer::Later(analysis, Asked::Report)),
            _ => Err(wrong(&format!("there is no command `{command}`"))),
        }
    }
}

fn wrong(message: &str) -> Refusal {
    Refusal::new(ErrorCode::InvalidParams, message)
}

fn now(value: impl serde::Serialize) -> Answered {
    serde_json::to_value(value).map(Answer::Now).map_err(|error| Refusal::failed(error.to_string()))
}

fn nothing() -> Answered {
    Ok(Answer::Now(json!(null)))
}

fn read<T: DeserializeOwned>(params: Value) -> Result<T, Refusal> {
    serde_json::from_value(params).map_err(|error| wrong(&error.to_string()))
}

fn request_id(value: &Value) -> Option<RequestId> {
    serde_json::from_value(value.clone()).ok()
}
