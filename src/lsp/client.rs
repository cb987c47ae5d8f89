//! The editor at the other end, for all threads.

use std::sync::{Mutex, MutexGuard, PoisonError};

use lsp_server::{Connection, ErrorCode, Message, Notification, Request, RequestId, Response};
use serde::Serialize;

use crate::escape::visible_lines;

type Send = Box<dyn Fn(Message) + std::marker::Send>;

/// Sends messages until it is closed. A message that cannot be sent any more is dropped.
pub(super) struct Client {
    send: Mutex<Option<Send>>,
    requests: Mutex<i32>,
}

/// A lock that another thread panicked with is as good as any: nothing is left half done under one.
pub(super) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Client {
    pub(super) fn new(connection: &Connection) -> Self {
        let sender = connection.sender.clone();
        let send: Send = Box::new(move |message| drop(sender.send(message)));
        Self { send: Mutex::new(Some(send)), requests: Mutex::new(0) }
    }

    /// Sends nothing from now on.
    pub(super) fn close(&self) {
        *locked(&self.send) = None;
    }

    fn send(&self, message: Message) {
        if let Some(send) = &*locked(&self.send) {
            send(message);
        }
    }

    pub(super) fn notify(&self, method: &str, params: impl Serialize) {
        let params = serde_json::to_value(params).unwrap_or_default();
        self.send(Notification { method: method.to_owned(), params }.into());
    }

    /// Asks the editor for something whose answer does not matter.
    pub(super) fn ask(&self, method: &str, params: serde_json::Value) {
        let id = {
            let mut requests = locked(&self.requests);
            *requests = requests.wrapping_add(1);
            format!("evigraph-{requests}")
        };
        self.send(Request { id: RequestId::from(id), method: method.to_owned(), params }.into());
    }

    pub(super) fn answer(&self, id: RequestId, answer: Result<serde_json::Value, Refusal>) {
        self.send(match answer {
            Ok(result) => Response { id, response_result: Ok(result) }.into(),
            Err(Refusal { code, message }) => Response::new_err(id, code as i32, message).into(),
        });
    }

    /// Writes into the log that the editor keeps of the server.
    pub(super) fn log_error(&self, message: &str) {
        self.notify("window/logMessage", serde_json::json!({ "type": 1, "message": message }));
    }
}

/// Why a request has no answer.
#[derive(Debug)]
pub(super) struct Refusal {
    pub(super) code: ErrorCode,
    pub(super) message: String,
}

impl Refusal {
    pub(super) fn new(code: ErrorCode, message: impl AsRef<str>) -> Self {
        Self { code, message: visible_lines(message.as_ref()).into_owned() }
    }

    /// What was asked cannot be done, for a reason that the author is to read.
    pub(super) fn failed(message: impl AsRef<str>) -> Self {
        Self::new(ErrorCode::RequestFailed, message)
    }
}
