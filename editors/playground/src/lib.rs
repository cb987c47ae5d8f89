//! evigraph in a page: the engine, behind two functions that a browser calls and one that it gives.
//!
//! A question is one JSON object and every answer is one too. [`room`] makes room for a question, which the page writes
//! there; [`ask`] answers it, by way of `said`, once or more often. Nothing else goes in or out: the module has no files, no
//! clock, no network and no threads. Three functions by hand take the place of generated glue, so that a build needs nothing
//! but a compiler.
//!
//! A defect ends the module: its message is said as `{"panic": …}`, and the worker in which it runs starts a new one.

#![deny(unsafe_code, missing_docs)]

mod answer;
mod columns;
mod diagnostics;
mod folder;

use std::sync::{Mutex, PoisonError};

use serde_json::{Value, json};

/// Where the page writes its question.
static QUESTION: Mutex<Vec<u8>> = Mutex::new(Vec::new());

/// The one function of the page.
mod page {
    #[allow(unsafe_code, reason = "the page gives this function; it copies the bytes and keeps nothing")]
    #[link(wasm_import_module = "page")]
    unsafe extern "C" {
        /// Takes the bytes of an answer.
        pub safe fn said(answer: *const u8, length: usize);
    }
}

/// Makes room for a question of so many bytes, and says where. It is there until the next call.
#[allow(unsafe_code, reason = "the name under which the page calls it")]
#[unsafe(no_mangle)]
pub extern "C" fn room(length: usize) -> *mut u8 {
    std::panic::set_hook(Box::new(|defect| say(&json!({ "panic": defect.to_string() }))));
    let mut question = QUESTION.lock().unwrap_or_else(PoisonError::into_inner);
    *question = vec![0; length];
    question.as_mut_ptr()
}

/// Answers the question.
#[allow(unsafe_code, reason = "the name under which the page calls it")]
#[unsafe(no_mangle)]
pub extern "C" fn ask() {
    let question = std::mem::take(&mut *QUESTION.lock().unwrap_or_else(PoisonError::into_inner));
    match serde_json::from_slice(&question) {
        Ok(question) => answer::answer(question, &mut |answer| say(&answer)),
        Err(error) => say(&json!({ "trouble": format!("this is no question: {error}") })),
    }
}

fn say(answer: &Value) {
    let text = answer.to_string();
    page::said(text.as_ptr(), text.len());
}
