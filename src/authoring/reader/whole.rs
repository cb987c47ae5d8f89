//! Where a case begins and ends in its file.

use crate::diagnostic::{Code, Diagnostic};

use super::super::token::Kind;
use super::Reader;

impl Reader<'_, '_> {
    /// Whether a case begins here; if not, that is the one thing to report of the file.
    pub(in super::super) fn begin_case(&mut self) -> bool {
        let named = self.kind() == Kind::Word && self.peek(1) == Kind::LeftParen;
        if named || self.kind() == Kind::LeftParen {
            return true;
        }
        self.damage();
        if self.kind() == Kind::End && self.reported_line.is_none() {
            let whole = self.place(0..self.text.len().min(1));
            let problem =
                Diagnostic::new(Code::EmptyFile, whole, "the file has nothing in it but white space and comments");
            self.out.push(problem.help("a case is written `Case(title: \"…\")`"));
        } else if self.kind() != Kind::End {
            let problem = self.syntax(self.token.start..self.token.end, "a case file starts with `Case(`");
            self.slip(problem.help("write `Case(title: \"…\", …)`"));
            self.skip();
        }
        false
    }

    /// Reports what stands behind the case.
    pub(in super::super) fn end_case(&mut self) {
        if self.kind() != Kind::End {
            self.damage();
            let found = self.describe();
            let problem =
                self.syntax(self.token.start..self.token.end, format!("{found} stands behind the end of the case"));
            self.slip(problem.help("a file has one case; look for a bracket that closes too early"));
        }
    }
}
