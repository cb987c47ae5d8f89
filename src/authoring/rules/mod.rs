//! The rules of `check`: what a case may not say, and what it should not.

use crate::diagnostic::Diagnostics;
use crate::model::Case;

use super::resolve::Entries;

/// Holds a case against every rule.
pub(super) fn check(_case: &Case, _entries: &Entries<'_>, _problems: &mut Diagnostics) {}
