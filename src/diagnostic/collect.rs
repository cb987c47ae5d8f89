//! Gathering problems, up to a number that a person can use.

use super::{Code, Diagnostic};

/// The problems of a case, as they are found.
///
/// Keeps the first [`Diagnostics::KEPT`]; of the others it only counts how many there are, so that a
/// file with a million mistakes costs no more than one with a thousand.
#[derive(Debug, Clone, Default)]
pub struct Diagnostics {
    kept: Vec<Diagnostic>,
    left_off: usize,
    errors: usize,
}

impl Diagnostics {
    /// How many are kept.
    pub const KEPT: usize = 1000;

    /// No problem yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes a problem.
    pub fn push(&mut self, problem: Diagnostic) {
        self.errors += usize::from(problem.is_error());
        if self.kept.len() < Self::KEPT {
            self.kept.push(problem);
        } else {
            self.left_off += 1;
        }
    }

    /// Whether an error is among them.
    pub fn has_errors(&self) -> bool {
        self.errors > 0
    }

    /// How many errors there are, those not kept among them.
    pub fn errors(&self) -> usize {
        self.errors
    }

    /// The problems in the order of the files and of the places in them; where some were not kept, a
    /// last one says how many.
    pub fn finish(mut self) -> Vec<Diagnostic> {
        self.kept.sort_by_key(|problem| (problem.span.is_none(), problem.span));
        if self.left_off > 0 {
            let message = match self.left_off {
                1 => "there is one more problem, which is not shown".to_owned(),
                more => format!("there are {more} more problems, which are not shown"),
            };
            let help = "mend the first ones and check again";
            self.kept.push(Diagnostic::unplaced(Code::TooMany, message).help(help));
        }
        self.kept
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beyond_a_thousand_problems_are_only_counted() {
        let mut problems = Diagnostics::new();
        for _ in 0..Diagnostics::KEPT + 7 {
            problems.push(Diagnostic::unplaced(Code::Unused, "nothing uses it"));
        }
        assert!(!problems.has_errors());
        let problems = problems.finish();
        assert_eq!(problems.len(), Diagnostics::KEPT + 1);
        assert_eq!(problems.last().map(|last| last.message.contains("7 more")), Some(true));
    }
}
