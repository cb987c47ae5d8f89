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

    /// Takes the problems of another, behind its own.
    pub fn append(&mut self, other: Self) {
        self.errors += other.errors;
        let room = Self::KEPT.saturating_sub(self.kept.len());
        self.left_off += other.left_off + other.kept.len().saturating_sub(room);
        self.kept.extend(other.kept.into_iter().take(room));
    }

    /// How many are kept.
    pub fn len(&self) -> usize {
        self.kept.len()
    }

    /// Says of every problem that came after the first so many that it is about an entry.
    pub fn about_since(&mut self, first: usize, id: &str) {
        self.kept[first..].iter_mut().for_each(|problem| problem.about.push(id.to_owned()));
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.kept.is_empty()
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
    fn appending_is_pushing_one_after_another() {
        let few = |count: usize, message: &str| {
            let mut problems = Diagnostics::new();
            (0..count).for_each(|_| problems.push(Diagnostic::unplaced(Code::Unused, message)));
            problems
        };
        let (mut appended, mut pushed) = (few(990, "one"), few(990, "one"));
        appended.append(few(1020, "other"));
        (0..1020).for_each(|_| pushed.push(Diagnostic::unplaced(Code::Unused, "other")));
        assert_eq!(appended.errors(), pushed.errors());
        assert_eq!(appended.finish(), pushed.finish());
    }

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
