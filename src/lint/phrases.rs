//! Words that several checks share.

use crate::verdict::{Degrees, Detail};

pub(super) fn came_out(detail: Detail) -> String {
    match detail {
        Detail::Established => "supported".to_owned(),
        Detail::Undecided => "undecided".to_owned(),
        detail => format!("{} ({})", detail.verdict(), detail.name().replace('_', " ")),
    }
}

pub(super) fn numbers(degrees: Degrees) -> String {
    format!("the case for it is {:.2} and the case against it {:.2}", degrees.case_for(), degrees.case_against())
}
