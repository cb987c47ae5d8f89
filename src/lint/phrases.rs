//! Words that several checks share.

use crate::verdict::{Degrees, Detail, degree};

pub(super) fn came_out(detail: Detail) -> String {
    match detail {
        Detail::Established => "supported".to_owned(),
        Detail::Undecided => "undecided".to_owned(),
        detail => format!("{} ({})", detail.verdict(), detail.name().replace('_', " ")),
    }
}

pub(super) fn numbers(degrees: Degrees) -> String {
    let [case_for, case_against] = [degrees.case_for(), degrees.case_against()].map(degree);
    format!("the case for it is {case_for} and the case against it {case_against}")
}
