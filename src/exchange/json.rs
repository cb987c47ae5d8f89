//! JSON with places: what stands where in a file.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::source::{FileId, Span};

/// A value with its place in a file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Json<'t> {
    file: FileId,
    /// The text that it stands in, and where that starts in the file.
    whole: &'t str,
    offset: usize,
    /// The value as it is written.
    pub(super) written: &'t str,
}

/// Text that is no JSON, and where.
#[derive(Debug)]
pub(super) struct NotJson {
    pub(super) span: Span,
    pub(super) message: String,
}

impl<'t> Json<'t> {
    /// The value that a text is, which starts at a byte of a file. Cost: linear in the text.
    pub(super) fn read(file: FileId, whole: &'t str, offset: usize) -> Result<Self, NotJson> {
        match serde_json::from_str::<&RawValue>(whole) {
            Ok(value) => Ok(Self { file, whole, offset, written: value.get() }),
            Err(error) => Err(not_json(file, whole, offset, &error)),
        }
    }

    fn inner(&self, value: &'t RawValue) -> Self {
        Self { written: value.get(), ..*self }
    }

    pub(super) fn span(&self) -> Span {
        let start = self.offset + (self.written.as_ptr() as usize - self.whole.as_ptr() as usize);
        Span::new(self.file, start..start + self.written.len())
    }

    /// What kind of value it is, by its first character.
    pub(super) fn starts_with(&self, sign: char) -> bool {
        self.written.starts_with(sign)
    }

    /// The items of a list; none if it is something else.
    pub(super) fn items(&self) -> Option<Vec<Self>> {
        let items = serde_json::from_str::<Vec<&RawValue>>(self.written).ok()?;
        Some(items.into_iter().map(|item| self.inner(item)).collect())
    }

    /// The members of an object; none if it is something else. Of two of the same name the last counts.
    pub(super) fn members(&self) -> Option<BTreeMap<String, Self>> {
        let members = serde_json::from_str::<BTreeMap<String, &RawValue>>(self.written).ok()?;
        Some(members.into_iter().map(|(name, value)| (name, self.inner(value))).collect())
    }

    /// A text, or a number or a truth value as it is written; none if it is something else.
    pub(super) fn text(&self) -> Option<String> {
        match self.written.as_bytes().first()? {
            b'"' => String::deserialize(&mut serde_json::Deserializer::from_str(self.written)).ok(),
            b'[' | b'{' | b'n' => None,
            _ => Some(self.written.to_owned()),
        }
    }
}

fn not_json(file: FileId, whole: &str, offset: usize, error: &serde_json::Error) -> NotJson {
    let lines: usize = whole.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
    let at = (lines + error.column().saturating_sub(1)).min(whole.len());
    let at = whole.floor_char_boundary(at);
    let end = whole[at..].chars().next().map_or(at, |letter| at + letter.len_utf8());
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or_default().to_owned();
    NotJson { span: Span::new(file, offset + at..offset + end), message }
}
