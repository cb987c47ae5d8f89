//! A case as a folder of Parquet files, a table each: quick to read, and to be asked by DuckDB and pandas.
//!
//! `docs/columns.md` lists the tables and their columns. `export` lays a loaded case out as tables, which `write` encodes;
//! `import` makes the case of them again, which `read` decodes column by column. Nothing in a snapshot is trusted: rows
//! are counted, every number of an entry is looked up, and the rules that find errors look at the result. What the rules
//! warned of is kept in the snapshot, since they need the words of the files.

mod export;
mod import;
mod manifest;
mod numbers;
mod read;
mod write;

pub use export::export_columns;
pub use import::is_exported;
pub(super) use import::open;
