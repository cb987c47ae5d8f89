//! Tables into entries.

use std::collections::BTreeSet;

use csv::StringRecord;
use rustc_hash::FxHashMap;

use crate::authoring::{Field, Rule, Sort, Sorts, Takes, nearest};
use crate::diagnostic::{Code, Diagnostic, Safety};
use crate::source::{FileId, Sources, Span};

use super::super::entry::{Entry, Imported, list};
use super::super::ids::{Ids, Known, slug};
use super::super::losses::Losses;
use super::cells::{Wrong, checked, folded, ids, ron, unguarded};
use super::rows::Rows;
use super::table::Table;

/// Makes entries of tables.
pub(in super::super) fn import(files: &[FileId], sources: &Sources, known: Known<'_>) -> Imported {
    let mut tables: Vec<(Table, Rows<'_>)> = Vec::new();
    let mut losses = Losses::default();
    for &file in files {
        let source = sources.file(file);
        let rows = Rows::read(file, source.text());
        match Table::of_file(source.name()).or_else(|| Table::of_columns(&rows.columns)) {
            Some(table) => tables.push((table, rows)),
            None => losses.push(no_table(&rows)),
        }
    }
    let mut import = Importer {
        known,
        losses,
        ids: Ids::new(known),
        imported: Imported::default(),
        by_id: FxHashMap::default(),
        names: Vec::new(),
    };
    let (evidence, others): (Vec<_>, Vec<_>) = tables.iter().partition(|(table, _)| *table == Table::Evidence);
    others.into_iter().chain(evidence).for_each(|(table, rows)| import.table(*table, rows));
    import.references();
    Imported { diagnostics: import.losses.finish(), ..import.imported }
}

fn no_table(rows: &Rows<'_>) -> Diagnostic {
    let names: Vec<&str> = Table::ALL.into_iter().map(Table::name).collect();
    let problem =
        Diagnostic::new(Code::UnknownKind, rows.column(0), "which table this is does not follow from its columns");
    problem.help(format!("call the file after its table: {}", names.join(", ")))
}

struct Importer<'c> {
    known: Known<'c>,
    losses: Losses,
    ids: Ids<'c>,
    imported: Imported,
    /// The imported entries by their ids.
    by_id: FxHashMap<String, usize>,
    /// Ids that cells name, with the sorts that may have them.
    names: Vec<(String, Sorts, Span)>,
}

/// A row as it is looked at: its cells by the names of their columns.
struct Row<'r, 't> {
    table: Table,
    rows: &'r Rows<'t>,
    start: usize,
    cells: &'r StringRecord,
}

impl<'r> Row<'r, '_> {
    fn place(&self, column: &str) -> Option<usize> {
        self.rows.columns.iter().position(|known| known == column)
    }

    fn cell(&self, column: &str) -> &'r str {
        self.place(column).and_then(|place| self.cells.get(place)).unwrap_or_default()
    }

    fn span(&self, column: &str) -> Span {
        self.rows.cell(self.start, self.place(column).unwrap_or(0))
    }
}

impl Importer<'_> {
    fn table(&mut self, table: Table, rows: &Rows<'_>) {
        self.columns(table, rows);
        for (start, cells) in &rows.rows {
            let row = Row { table, rows, start: *start, cells };
            match table {
                Table::Case => self.settings(&row),
                Table::Evidence => self.evidence(&row),
                Table::Entries(sort) => self.entry(sort, &row),
            }
            let spare = cells.iter().enumerate().skip(rows.columns.len()).find(|(_, cell)| !cell.trim().is_empty());
            if let Some((column, _)) = spare {
                let help = "a text with a comma or semicolon in it stands in quotation marks";
                self.push(
                    Code::Syntax,
                    rows.cell(*start, column),
                    "this row has more cells than the table has columns",
                    help,
                );
            }
        }
    }

    fn push(&mut self, code: Code, span: Span, message: impl Into<String>, help: impl Into<String>) {
        self.losses.push(Diagnostic::new(code, span, message).help(help));
    }

    fn wrong(&mut self, span: Span, wrong: Wrong) {
        self.push(wrong.code, span, wrong.message, wrong.help);
    }

    /// Looks at the names of the columns.
    fn columns(&mut self, table: Table, rows: &Rows<'_>) {
        for (place, column) in rows.columns.iter().enumerate() {
            if table.columns().any(|known| known == column) || column.is_empty() {
                if rows.columns[..place].contains(column) && !column.is_empty() {
                    let message = format!("the table has two columns `{column}`");
                    self.push(Code::DuplicateField, rows.column(place), message, "remove one of the two");
                }
                continue;
            }
            let span = rows.column(place);
            match nearest(column, table.columns()) {
                Some(near) => {
                    let problem = Diagnostic::new(
                        Code::UnknownField,
                        span,
                        format!("the table `{}` has no column `{column}`", table.name()),
                    );
                    self.losses.push(problem.did_you_mean(near, span, Safety::Unsafe));
                }
                None => self.losses.field(column, span),
            }
        }
    }

    fn settings(&mut self, row: &Row<'_, '_>) {
        for field in row.table.fields() {
            let Some(value) = self.value(row, field) else { continue };
            match (self.known.0, field.name) {
                (None, "title") => self.imported.title = Some(unguarded(row.cell("title")).to_owned()),
                (None, name) => self.imported.settings.push((name, value)),
                (Some(case), name) => {
                    let own = match name {
                        "title" => Some(case.title.as_str()),
                        "summary" => case.summary.as_deref(),
                        _ => continue,
                    };
                    if own != Some(unguarded(row.cell(name))) {
                        let message = format!("the case has a `{name}` of its own, which stays");
                        self.losses.lost(
                            row.span(name),
                            message,
                            "change it in the case by hand, if this one is better",
                        );
                    }
                }
            }
        }
    }

    /// The value of a field, as RON; what it names is looked up when every table has been read.
    fn value(&mut self, row: &Row<'_, '_>, field: &Field) -> Option<String> {
        let cell = row.cell(field.name);
        match ron(cell, field.name, field.takes) {
            Ok(value) => {
                if let (Some(_), Some(sorts)) = (&value, sorts(field.takes)) {
                    let span = row.span(field.name);
                    self.names.extend(ids(cell, field.takes).into_iter().map(|id| (id, sorts, span)));
                }
                value
            }
            Err(wrong) => {
                self.wrong(row.span(field.name), wrong);
                None
            }
        }
    }

    fn entry(&mut self, sort: Sort, row: &Row<'_, '_>) {
        let Some(id) = self.id(sort, row) else { return };
        let mut entry = Entry::new(sort, id.clone(), row.span("id"));
        for field in row.table.fields() {
            match self.value(row, field) {
                Some(value) => entry.ron(field.name, value, Rule::Replace),
                None if field.required && !self.known.has(&id) && row.cell(field.name).is_empty() => {
                    let message = format!("{} has no `{}`", sort.what(), field.name);
                    self.push(
                        Code::MissingField,
                        row.span("id"),
                        message,
                        format!("fill in the column `{}`", field.name),
                    );
                }
                None => {}
            }
        }
        self.by_id.insert(id, self.imported.entries.len());
        self.imported.entries.push(entry);
    }

    /// The id of a row: that of its cell, or one made of its words.
    fn id(&mut self, sort: Sort, row: &Row<'_, '_>) -> Option<String> {
        let written = row.cell("id").trim();
        if written.is_empty() {
            let words = ["title", "name", "text", "scheme"]
                .iter()
                .find_map(|name| Some(row.cell(name)).filter(|cell| !cell.is_empty()));
            let id = self.ids.give(&slug(words.unwrap_or(sort.plural())), sort);
            let message = format!("this row has no id, and is imported as `{id}`");
            self.losses.lost(
                row.rows.cell(row.start, 0),
                message,
                "write an id, so that the row is known again when its words change",
            );
            return Some(id);
        }
        let span = row.span("id");
        let id = match checked(written) {
            Ok(id) => crate::model::normalized(id).into_owned(),
            Err(wrong) => {
                self.wrong(span, wrong);
                return None;
            }
        };
        if let Some(&first) = self.by_id.get(&id) {
            let problem = Diagnostic::new(Code::DuplicateId, span, format!("the id `{id}` is given twice"));
            let first = self.imported.entries[first].span;
            self.losses.push(problem.related(first, "it is given here first").help("give one of the two another id"));
            return None;
        }
        if let Some(known) = self.known.sort(&id).filter(|known| *known != sort) {
            let message = format!("`{id}` is {} in the case, and here it is {}", known.what(), sort.what());
            self.push(Code::DuplicateId, span, message, "give it another id");
            return None;
        }
        Some(self.ids.give(&id, sort))
    }

    /// Evidence, which stands under its statement.
    fn evidence(&mut self, row: &Row<'_, '_>) {
        let statement = crate::model::normalized(row.cell("statement").trim()).into_owned();
        let effect = match folded(row.cell("effect")).as_str() {
            "supports" | "support" | "" => "Supports",
            "opposes" | "oppose" => "Opposes",
            _ => {
                let message = format!("`{}` is no effect", row.cell("effect"));
                return self.push(Code::UnknownKind, row.span("effect"), message, "write `Supports` or `Opposes`");
            }
        };
        let mut fields: Vec<String> = Vec::new();
        for field in row.table.fields() {
            match self.value(row, field) {
                Some(value) if field.name == "from" => fields.push(format!("from: {}", single(value))),
                Some(value) => fields.push(format!("{}: {value}", field.name)),
                None if field.required => {
                    self.push(
                        Code::MissingField,
                        row.span("statement"),
                        "evidence has no `from`",
                        "fill in the column `from`",
                    );
                }
                None => {}
            }
        }
        self.link(&statement, format!("{effect}({})", fields.join(", ")), row.span("statement"));
    }

    fn link(&mut self, statement: &str, link: String, span: Span) {
        let sort = match self.by_id.get(statement) {
            Some(&place) => Some(self.imported.entries[place].edit.section),
            None => self.known.sort(statement),
        };
        let Some(sort @ (Sort::Claim | Sort::Relationship)) = sort else {
            self.names.push((statement.to_owned(), &[Sort::Claim, Sort::Relationship], span));
            return;
        };
        let entries = &mut self.imported.entries;
        let place = *self.by_id.entry(statement.to_owned()).or_insert_with(|| {
            entries.push(Entry::new(sort, statement, span));
            entries.len() - 1
        });
        let fields = &mut self.imported.entries[place].edit.fields;
        match fields.iter_mut().find(|field| field.name == "evidence") {
            Some(field) => {
                field.value.truncate(field.value.len() - 1);
                field.value += &format!(", {link}]");
            }
            None => self.imported.entries[place].ron("evidence", list([link]), Rule::Update),
        }
    }

    /// Looks up what cells name.
    fn references(&mut self) {
        // For so many ids that lead nowhere a near one is looked for.
        let mut searches = 100_usize;
        for (id, sorts, span) in std::mem::take(&mut self.names) {
            let place = self.by_id.get(&*crate::model::normalized(&id)).copied();
            let sort = place.map(|place| self.imported.entries[place].edit.section).or_else(|| self.known.sort(&id));
            match sort {
                Some(sort) if sorts.contains(&sort) => {}
                Some(sort) => {
                    let wanted: Vec<&str> = sorts.iter().map(|sort| sort.what()).collect();
                    let message = format!("`{id}` is {}, and here {} is needed", sort.what(), wanted.join(" or "));
                    self.push(Code::WrongSort, span, message, "name another id");
                }
                None => {
                    self.unknown(&id, span, searches > 0);
                    searches = searches.saturating_sub(1);
                }
            }
        }
    }

    fn unknown(&mut self, id: &str, span: Span, looks: bool) {
        let near = looks.then(|| self.near(id)).flatten().map(|near| format!("did you mean `{near}`?"));
        let help = || "import the table that has it together with this one, or into the case that has it".to_owned();
        self.push(Code::UnknownId, span, format!("nothing has the id `{id}`"), near.unwrap_or_else(help));
    }

    /// The id that is nearest to another; of those that are as near the first in order.
    fn near(&self, id: &str) -> Option<String> {
        let case = self.known.0.into_iter().flat_map(|case| case.keys()).map(|key| key.as_str());
        let known: BTreeSet<&str> = self.by_id.keys().map(String::as_str).chain(case).collect();
        nearest(id, known).map(str::to_owned)
    }
}

/// The sorts of what a field names.
fn sorts(takes: Takes) -> Option<Sorts> {
    const PREMISES: Sorts = &[Sort::Document, Sort::Actor, Sort::Claim, Sort::Relationship];
    match takes {
        Takes::Id(sorts) | Takes::Ids(sorts) | Takes::IdOrIds(sorts) => Some(sorts),
        Takes::Records(_) => Some(PREMISES),
        _ => None,
    }
}

/// A list of one id as that id.
fn single(ids: String) -> String {
    let inside = ids.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    inside.filter(|id| !id.contains(',')).map_or(ids.clone(), str::to_owned)
}
