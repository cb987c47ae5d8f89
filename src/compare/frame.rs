//! The case itself, without its entries.

use crate::model::{Case, Report, Standard, Thresholds};

/// What a case says outside its tables.
#[derive(Debug, Clone)]
pub(super) struct Frame {
    pub(super) title: String,
    pub(super) summary: Option<String>,
    pub(super) standard: Standard,
    pub(super) thresholds: Thresholds,
    pub(super) report: Report,
}

impl Frame {
    pub(super) fn of(case: &Case) -> Self {
        Self {
            title: case.title.clone(),
            summary: case.summary.clone(),
            standard: case.standard,
            thresholds: case.thresholds,
            report: case.report.clone(),
        }
    }
}
