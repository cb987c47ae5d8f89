//! The tree of a selector: conditions joined by *not*, *and* and *or*.

use std::fmt;

/// Conditions joined by *not*, *and* and *or*.
///
/// One that was parsed has no *and* directly inside an *and*, and no *or* directly inside an *or*; printed and parsed
/// again it is the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expression<C> {
    /// One condition.
    Condition(C),
    /// What the other does not mean.
    Not(Box<Self>),
    /// What all of them mean; two or more.
    All(Vec<Self>),
    /// What any of them means; two or more.
    Any(Vec<Self>),
}

impl<C> Expression<C> {
    /// The longest text that is read, in bytes.
    pub const LONGEST: usize = 16_384;
    /// How many parentheses and `not`s may stand inside each other.
    pub const DEEPEST: usize = 64;
    /// How many conditions there may be.
    pub const MOST: usize = 200;

    /// Whether it holds, where `holds` says which conditions do. Cost: each condition once at most.
    pub fn holds(&self, holds: &impl Fn(&C) -> bool) -> bool {
        match self {
            Self::Condition(condition) => holds(condition),
            Self::Not(inner) => !inner.holds(holds),
            Self::All(parts) => parts.iter().all(|part| part.holds(holds)),
            Self::Any(parts) => parts.iter().any(|part| part.holds(holds)),
        }
    }

    /// The same tree over other conditions.
    pub(super) fn map<D>(&self, map: &mut impl FnMut(&C) -> D) -> Expression<D> {
        match self {
            Self::Condition(condition) => Expression::Condition(map(condition)),
            Self::Not(inner) => Expression::Not(Box::new(inner.map(map))),
            Self::All(parts) => Expression::All(parts.iter().map(|part| part.map(map)).collect()),
            Self::Any(parts) => Expression::Any(parts.iter().map(|part| part.map(map)).collect()),
        }
    }

    /// How tightly it binds when printed: *or* least.
    fn strength(&self) -> u8 {
        match self {
            Self::Any(_) => 0,
            Self::All(_) => 1,
            Self::Not(_) | Self::Condition(_) => 2,
        }
    }
}

impl<C: fmt::Display> Expression<C> {
    fn print(&self, f: &mut fmt::Formatter<'_>, at_least: u8) -> fmt::Result {
        if self.strength() < at_least {
            f.write_str("(")?;
            self.print(f, 0)?;
            return f.write_str(")");
        }
        match self {
            Self::Condition(condition) => condition.fmt(f),
            Self::Not(inner) => {
                f.write_str("not ")?;
                inner.print(f, 2)
            }
            Self::All(parts) => print_joined(f, parts, " and ", 2),
            Self::Any(parts) => print_joined(f, parts, " or ", 1),
        }
    }
}

fn print_joined<C: fmt::Display>(
    f: &mut fmt::Formatter<'_>,
    parts: &[Expression<C>],
    joint: &str,
    at_least: u8,
) -> fmt::Result {
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            f.write_str(joint)?;
        }
        part.print(f, at_least)?;
    }
    Ok(())
}

impl<C: fmt::Display> fmt::Display for Expression<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.print(f, 0)
    }
}
