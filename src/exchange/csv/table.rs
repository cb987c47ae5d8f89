//! Which tables there are.

use crate::authoring::{Field, Record, Sort, Takes};

/// A table: a section of a case, the evidence of all statements, or what is said of the case as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Table {
    /// The title, the summary and the standard of the case, in one row.
    Case,
    /// Evidence, with the statement that it is evidence on.
    Evidence,
    /// The entries of a section, with their ids.
    Entries(Sort),
}

impl Table {
    /// Every table, in the order in which they are written.
    pub const ALL: [Self; 8] = [
        Self::Case,
        Self::Entries(Sort::Actor),
        Self::Entries(Sort::Document),
        Self::Entries(Sort::Claim),
        Self::Entries(Sort::Relationship),
        Self::Evidence,
        Self::Entries(Sort::Inference),
        Self::Entries(Sort::Question),
    ];

    /// What it is called; its file is called so as well.
    pub fn name(self) -> &'static str {
        match self {
            Self::Case => "case",
            Self::Evidence => "evidence",
            Self::Entries(sort) => sort.plural(),
        }
    }

    /// The table of that name, in the plural or not.
    pub fn of_name(name: &str) -> Option<Self> {
        let name = name.to_lowercase();
        let is_called = |table: &Self| table.name() == name || table.name().strip_suffix('s') == Some(&name);
        Self::ALL.into_iter().find(is_called)
    }

    /// The table that a file has by its name: `documents.csv`, `2024 documents (draft).csv`.
    pub(super) fn of_file(name: &str) -> Option<Self> {
        let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
        let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
        stem.split(|letter: char| !letter.is_alphabetic()).rev().find_map(Self::of_name)
    }

    /// The table whose columns these are.
    pub(super) fn of_columns(columns: &[String]) -> Option<Self> {
        let has = |names: &[&str]| names.iter().all(|name| columns.iter().any(|column| column == name));
        let signs: [(&[&str], Self); 7] = [
            (&["statement", "effect"], Self::Evidence),
            (&["from", "to", "kind"], Self::Entries(Sort::Relationship)),
            (&["given", "to"], Self::Entries(Sort::Inference)),
            (&["text", "claims"], Self::Entries(Sort::Question)),
            (&["text"], Self::Entries(Sort::Claim)),
            (&["title", "id"], Self::Entries(Sort::Document)),
            (&["name"], Self::Entries(Sort::Actor)),
        ];
        signs.into_iter().find(|(names, _)| has(names)).map(|(_, table)| table)
    }

    /// Its columns that are fields of a case file.
    pub(super) fn fields(self) -> impl Iterator<Item = &'static Field> {
        let record = match self {
            Self::Case => Record::Case,
            Self::Evidence => Record::Evidence,
            Self::Entries(sort) => Record::Entry(sort),
        };
        // Allowed warnings are no part of the case that was loaded.
        let fits = move |field: &&Field| match field.takes {
            Takes::Evidence | Takes::Entries(_) | Takes::Paths | Takes::Record(_) | Takes::Lints => false,
            Takes::Records(_) | Takes::Text | Takes::Texts | Takes::Number => true,
            Takes::Id(_) | Takes::Ids(_) | Takes::IdOrIds(_) | Takes::Word(_) => true,
        };
        record.fields().iter().filter(fits)
    }

    /// Its columns that are no fields: they come first.
    pub(super) fn keys(self) -> &'static [&'static str] {
        match self {
            Self::Case => &[],
            Self::Evidence => &["statement", "effect"],
            Self::Entries(_) => &["id"],
        }
    }

    /// All its columns, in order.
    pub(super) fn columns(self) -> impl Iterator<Item = &'static str> {
        self.keys().iter().copied().chain(self.fields().map(|field| field.name))
    }
}
