//! Objects that are records: names, values, what is missing and what is not known.

use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

use super::super::nearest::near;
use super::super::reader::{Requires, Shape, Slot, Text, double_field, missing_fields, unknown_field};
use super::super::token::Kind;
use super::{FromJson, Json};

/// The member by which an editor finds the schema of a file. It says nothing about the case.
const SCHEMA: &str = "$schema";

/// What has been read of a record as a whole.
pub(in super::super) struct Members {
    /// The place that messages about the whole record point at.
    subject: Span,
    /// Fields that unknown names were most likely meant for, which are not reported as missing.
    meant: Vec<&'static str>,
}

impl Requires for Json<'_, '_> {
    fn is_opened(&self) -> bool {
        self.file.index() == 0
    }

    fn is_broken(&self) -> bool {
        self.is_broken
    }
}

impl<'a> Json<'a, '_> {
    /// Sets the place that missing fields of the next record are reported at.
    pub(in super::super) fn set_subject(&mut self, span: Span) {
        self.subject = Some(span);
    }

    /// Reads a record, giving each field's name to `field`, which reads the value, or returns false where there is no such
    /// field. Nothing where there is no record.
    pub(in super::super) fn record(
        &mut self,
        shape: &Shape,
        mut field: impl FnMut(&mut Self, &Text<'a>) -> bool,
    ) -> Option<Members> {
        let here = self.span(self.token);
        let subject = self.subject.take().unwrap_or(here);
        if self.kind() != Kind::LeftBrace {
            self.wrong_type(&format!("{} in braces `{{…}}`", shape.what), |problem, _| problem);
            return None;
        }
        let is_case = self.depth == 0;
        let (mut seen, mut unknown) = (Vec::<(&'static str, Span)>::new(), Vec::new());
        self.members(|json, name| {
            let mut names = shape.fields.iter().copied().chain(is_case.then_some(SCHEMA));
            if let Some(known) = names.find(|known| *known == name.text) {
                match seen.iter().find(|(before, _)| *before == known) {
                    Some((_, first)) => json.slip(double_field(known, name.span, *first)),
                    None => seen.push((known, name.span)),
                }
            }
            if field(json, &name) {
                return;
            }
            if is_case && name.text == SCHEMA {
                Text::from_json(json);
                return;
            }
            let value = json.skip();
            json.damaged.extend(is_case.then(|| name.span.range().start..value.range().end));
            unknown.push(name);
        });
        let known: Vec<&str> = seen.iter().map(|(name, _)| *name).collect();
        let mut meant = Vec::new();
        for name in unknown {
            let (problem, near) = unknown_field(&name.text, name.span, shape, &known);
            meant.extend(near.map(|near| near.word));
            self.slip(problem);
        }
        Some(Members { subject, meant })
    }

    /// Reads the value of a field into its slot, the first where there are several; `null` says the same as leaving it out.
    pub(in super::super) fn field<T: FromJson<'a>>(&mut self, name: &Text<'a>, slot: &mut Slot<T>) {
        if self.kind() == Kind::Word && self.words(self.token) == "null" {
            self.advance();
            return;
        }
        let value = T::from_json(self);
        if slot.seen.is_none() {
            *slot = Slot { seen: Some(name.span), value };
        }
    }

    /// Reports the required fields that are missing.
    pub(in super::super) fn report_missing(&mut self, missing: &[&'static str], shape: &Shape, members: &Members) {
        let missing: Vec<&str> = missing.iter().copied().filter(|field| !members.meant.contains(field)).collect();
        if !missing.is_empty() {
            self.slip(missing_fields(&missing, shape, members.subject));
        }
    }

    /// The word of a list that a name is, or is most likely meant for, which is reported.
    pub(super) fn one_of(
        &mut self,
        name: &Text<'a>,
        what: &str,
        words: &[&'static str],
        otherwise: &str,
    ) -> Option<&'static str> {
        if let Some(word) = words.iter().find(|word| **word == name.text) {
            return Some(word);
        }
        let near = near(&name.text, words.iter().copied());
        let problem = Diagnostic::new(Code::UnknownKind, name.span, format!("`{}` is not {what}", name.text));
        self.slip(match &near {
            Some(near) => problem.did_you_mean(near.word, name.span, near.safety()),
            None => problem.help(otherwise),
        });
        near.map(|near| near.word)
    }
}
