//! A case as tables for a spreadsheet, and such tables as a case.
//!
//! A table is a section of a case, with a column for each field; evidence has a table of its own. Which fields there are, and
//! what each takes, is for the schema of case files to say.

mod cells;
mod export;
mod import;
mod rows;
mod table;

pub use export::export;
pub(super) use import::import;
pub use table::Table;
