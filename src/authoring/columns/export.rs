//! A loaded case as tables.

use std::borrow::Cow;
use std::io;

use crate::model::{
    ActorKind, Attack, Case, ClaimKind, Document, DocumentKind, Evidence, Nature, Period, Premise, Probability,
    RelationshipKind, Source, Standard, Statement, StatementId,
};

use super::super::build::word;
use super::super::load::Loaded;
use super::manifest::{FORMAT, Manifest, Rows, VERSION, Warning};
use super::numbers::Numbers;
use super::write::TableWriter;

/// Writes a case as Parquet files, one for each table, and at last `case.json`, which says what they are: each file is
/// given to `write` with its name.
///
/// [`open`](crate::open) of a folder with these files gives the same case again, places in files apart. The tables are
/// described in `docs/columns.md`. There is nothing to write of a case with errors.
///
/// Cost: linear in the size of the case; the files are in memory one at a time.
///
/// # Errors
///
/// What `write` returns. The encoder itself has none of its own.
///
/// # Panics
///
/// If all entries and links of the case together are more than 4 billion.
pub fn export_columns(loaded: &Loaded, write: &mut dyn FnMut(&str, &[u8]) -> io::Result<()>) -> io::Result<()> {
    let Some(case) = &loaded.case else { return Ok(()) };
    let tables = Tables::new(case);
    let mut table = |name: &str, file: io::Result<Vec<u8>>| write(&format!("{name}.parquet"), &file?);
    table("actors", tables.actors().encode("actors"))?;
    table("documents", tables.documents().encode("documents"))?;
    table("claims", tables.claims().encode("claims"))?;
    table("relationships", tables.relationships().encode("relationships"))?;
    table("inferences", tables.inferences().encode("inferences"))?;
    table("questions", tables.questions().encode("questions"))?;
    table("sections", tables.sections().encode("sections"))?;
    table("evidence", tables.evidence().encode("evidence"))?;
    let (attacks, references, words) = (tables.attacks(), tables.references(), tables.words());
    let rows = Rows {
        attacks: count(attacks.rows()),
        references: count(references.rows()),
        words: count(words.rows()),
        ..tables.rows
    };
    table("attacks", attacks.encode("attacks"))?;
    table("references", references.encode("references"))?;
    table("words", words.encode("words"))?;
    let manifest = serde_json::to_string_pretty(&manifest(loaded, case, rows)).map_err(io::Error::other)?;
    write("case.json", (manifest + "\n").as_bytes())
}

fn manifest(loaded: &Loaded, case: &Case, rows: Rows) -> Manifest {
    let warning = |problem: &crate::diagnostic::Diagnostic| Warning {
        code: problem.code.name().to_owned(),
        message: problem.message.clone(),
        help: problem.help.clone(),
        about: problem.about.clone(),
    };
    Manifest {
        format: FORMAT.to_owned(),
        version: VERSION,
        title: case.title.clone(),
        summary: case.summary.clone(),
        standard: word(case.standard).to_owned(),
        thresholds: case.thresholds.into(),
        rows,
        warnings: loaded.diagnostics.iter().map(warning).collect(),
        allowances: loaded.allowances.unplaced(case),
        allowed: loaded.allowances.silenced(),
        allowed_without_reason: loaded.allowances.unreasoned(),
    }
}

fn count(rows: usize) -> u32 {
    u32::try_from(rows).expect("fewer than 4 billion rows")
}

/// An entry that others can be written under: its number, and the id of what it is or belongs to.
#[derive(Clone, Copy)]
struct Owner<'c> {
    number: u32,
    id: Option<&'c str>,
}

struct AttackRow<'c> {
    target: Owner<'c>,
    attack: &'c Attack,
}

struct ReferenceRow<'c> {
    owner: Owner<'c>,
    field: &'static str,
    to: Premise,
}

struct WordRow<'c> {
    owner: Owner<'c>,
    field: &'static str,
    word: &'c str,
}

struct Tables<'c> {
    case: &'c Case,
    rows: Rows,
    numbers: Numbers,
}

impl<'c> Tables<'c> {
    fn new(case: &'c Case) -> Self {
        let claims = case.statements.values().filter(|statement| statement.is_claim()).count();
        let rows = Rows {
            actors: count(case.actors.len()),
            documents: count(case.documents.len()),
            claims: count(claims),
            relationships: count(case.statements.len() - claims),
            inferences: count(case.inferences.len()),
            questions: count(case.questions.len()),
            sections: count(case.report.sections.len()),
            evidence: count(case.statements.values().map(|statement| statement.evidence.len()).sum()),
            ..Rows::default()
        };
        let numbers = Numbers::new(&rows).expect("fewer than 4 billion entries");
        Self { case, rows, numbers }
    }

    fn id(&self, premise: Premise) -> &'c str {
        self.case.premise_key(premise).as_str()
    }

    fn actors(&self) -> TableWriter<'c, &'c crate::model::Actor> {
        let (case, numbers) = (self.case, self.numbers);
        TableWriter::new(case.actors.values())
            .key(|actor| actor.key.as_str())
            .text("name", |actor| &actor.name)
            .word("kind", |actor| open_kind(actor.kind.word(), &actor.kind, ActorKind::from_word))
            .optional_id("part_of", |actor| actor.part_of.map(|whole| case.actors[whole].key.as_str()))
            .optional_count("part_of_entry", move |actor| actor.part_of.map(|whole| numbers.of_actor(whole)))
            .optional_number("reliability", |actor| actor.reliability.map(Probability::get))
            .optional_text("note", |actor| actor.note.as_deref())
    }

    fn documents(&self) -> TableWriter<'c, &'c Document> {
        let (case, numbers) = (self.case, self.numbers);
        TableWriter::new(case.documents.values())
            .key(|document| document.key.as_str())
            .text("title", |document| &document.title)
            .word("kind", |document| open_kind(document.kind.word(), &document.kind, DocumentKind::from_word))
            .optional_word("date", |document| document.date.as_ref().map(Period::as_str))
            .optional_word("released", |document| document.released.as_ref().map(Period::as_str))
            .number("reliability", |document| document.reliability.get())
            .flag("reliability_given", |document| document.reliability_given)
            .number("withheld", |document| document.withheld.get())
            .flag("bears_on_given", |document| document.bears_on.is_some())
            .optional_count("cite", |document| document.cite)
            .optional_id("collection", |document| document.collection.map(|one| case.source_key(one).as_str()))
            .optional_count("collection_entry", move |document| document.collection.map(|one| numbers.of_source(one)))
            .optional_text("url", |document| document.url.as_deref())
            .optional_text("archived", |document| document.archived.as_deref())
            .optional_word("accessed", |document| document.accessed.as_ref().map(Period::as_str))
            .optional_text("copy", |document| document.copy.as_deref())
            .optional_text("sha256", |document| document.sha256.as_deref())
            .optional_text("locator", |document| document.locator.as_deref())
            .optional_word("period", |document| document.period.as_ref().map(Period::as_str))
            .optional_text("note", |document| document.note.as_deref())
    }

    fn claims(&self) -> TableWriter<'c, &'c Statement> {
        let claims = self.case.statements.values().filter(|statement| statement.is_claim());
        let table = TableWriter::new(claims)
            .key(|claim| claim.key.as_str())
            .text("text", |claim| &claim.text)
            .word("kind", |claim| claim.claim_kind().map_or(ClaimKind::default().word(), ClaimKind::word).into());
        settings(table)
    }

    fn relationships(&self) -> TableWriter<'c, &'c Statement> {
        let (case, numbers) = (self.case, self.numbers);
        let ends = |statement: &&'c Statement| match statement.nature {
            Nature::Relationship { from, to, .. } => [from, to],
            Nature::Claim { .. } => unreachable!("these are relationships"),
        };
        let table = TableWriter::new(case.statements.values().filter(|statement| !statement.is_claim()))
            .key(|statement| statement.key.as_str())
            .id("from", move |statement| case.actors[ends(statement)[0]].key.as_str())
            .count("from_entry", move |statement| numbers.of_actor(ends(statement)[0]))
            .id("to", move |statement| case.actors[ends(statement)[1]].key.as_str())
            .count("to_entry", move |statement| numbers.of_actor(ends(statement)[1]))
            .word("kind", |statement| match &statement.nature {
                Nature::Relationship { kind, .. } => open_kind(kind.word(), kind, RelationshipKind::from_word),
                Nature::Claim { .. } => unreachable!("these are relationships"),
            })
            .optional_id("same_as", |statement| statement.same_as.map(|claim| case.statements[claim].key.as_str()))
            .optional_count("same_as_entry", move |statement| {
                statement.same_as.map(|claim| numbers.of_statement(claim))
            });
        settings(table)
    }

    fn inferences(&self) -> TableWriter<'c, &'c crate::model::Inference> {
        let (case, numbers) = (self.case, self.numbers);
        TableWriter::new(case.inferences.values())
            .key(|inference| inference.key.as_str())
            .id("to", |inference| case.statements[inference.to].key.as_str())
            .count("to_entry", move |inference| numbers.of_statement(inference.to))
            .word("effect", |inference| word(inference.effect).into())
            .number("strength", |inference| inference.strength.get())
            .flag("strength_given", |inference| inference.strength_given)
            .optional_text("scheme", |inference| inference.scheme.as_deref())
            .optional_text("note", |inference| inference.note.as_deref())
    }

    fn questions(&self) -> TableWriter<'c, &'c crate::model::Question> {
        let (case, numbers) = (self.case, self.numbers);
        TableWriter::new(case.questions.values())
            .key(|question| question.key.as_str())
            .text("text", |question| &question.text)
            .id("headline", |question| case.statements[question.headline].key.as_str())
            .count("headline_entry", move |question| numbers.of_statement(question.headline))
    }

    fn sections(&self) -> TableWriter<'c, &'c crate::model::Section> {
        TableWriter::new(&self.case.report.sections)
            .text("title", |section| &section.title)
            .optional_text("text", |section| section.text.as_deref())
    }

    /// Every link, with the statement that it is written under.
    fn links(&self) -> impl Iterator<Item = (StatementId, &'c Evidence)> + use<'c> {
        let statements = self.case.statements.iter();
        statements.flat_map(|(id, statement)| statement.evidence.iter().map(move |link| (id, link)))
    }

    fn evidence(&self) -> TableWriter<'c, (StatementId, &'c Evidence)> {
        let (case, numbers) = (self.case, self.numbers);
        TableWriter::new(self.links())
            .id("statement", |(statement, _)| case.statements[*statement].key.as_str())
            .count("statement_entry", move |(statement, _)| numbers.of_statement(*statement))
            .word("effect", |(_, link)| word(link.effect).into())
            .id("from", |(_, link)| case.premise_key(link.from).as_str())
            .count("from_entry", move |(_, link)| numbers.of_premise(link.from))
            .number("strength", |(_, link)| link.strength.get())
            .flag("strength_given", |(_, link)| link.strength_given)
            .optional_word("as", |(_, link)| link.manner.map(word))
            .optional_text("at", |(_, link)| link.at.as_deref())
            .optional_text("quote", |(_, link)| link.quote.as_deref())
    }

    fn of_source(&self, source: Source) -> Owner<'c> {
        self.owner(self.numbers.of_source(source), self.case.source_key(source).as_str())
    }

    fn of_statement(&self, statement: StatementId) -> Owner<'c> {
        self.owner(self.numbers.of_statement(statement), self.case.statements[statement].key.as_str())
    }

    fn owner(&self, number: u32, id: &'c str) -> Owner<'c> {
        Owner { number, id: Some(id) }
    }

    /// Every link as the owner of what is written in it.
    fn owning_links(&self) -> impl Iterator<Item = (Owner<'c>, &'c Evidence)> + '_ {
        let links = self.links().enumerate();
        links.map(|(at, (statement, link))| {
            let owner = Owner { number: self.numbers.of_evidence(at), ..self.of_statement(statement) };
            (owner, link)
        })
    }

    /// Impeachments and undercuts, in the order of the numbers of what they attack.
    fn attacks(&self) -> TableWriter<'c, AttackRow<'c>> {
        let (case, numbers) = (self.case, self.numbers);
        let actors = case.actors.iter().map(|(id, actor)| (self.of_source(Source::Actor(id)), &actor.impeached_by));
        let documents =
            case.documents.iter().map(|(id, document)| (self.of_source(Source::Document(id)), &document.impeached_by));
        let inferences = case.inferences.iter().map(|(id, inference)| {
            (self.owner(numbers.of_inference(id), inference.key.as_str()), &inference.undercut_by)
        });
        let links = self.owning_links().map(|(owner, link)| (owner, &link.undercut_by));
        let rows = actors.chain(documents).chain(inferences).chain(links);
        let rows = rows.flat_map(|(target, list)| list.iter().map(move |attack| AttackRow { target, attack }));
        TableWriter::new(rows)
            .optional_id("target", |row| row.target.id)
            .count("target_entry", |row| row.target.number)
            .id("from", |row| case.premise_key(row.attack.from).as_str())
            .count("from_entry", move |row| numbers.of_premise(row.attack.from))
            .number("strength", |row| row.attack.strength.get())
            .flag("strength_given", |row| row.attack.strength_given)
    }

    /// Every list of ids, in the order of the numbers of what it is written in.
    fn references(&self) -> TableWriter<'c, ReferenceRow<'c>> {
        let (case, numbers) = (self.case, self.numbers);
        let actor = |id: &_| Premise::Source(Source::Actor(*id));
        let document = |id: &_| Premise::Source(Source::Document(*id));
        let source = |id: &_| Premise::Source(*id);
        let statement = |id: &_| Premise::Statement(*id);
        let mut rows = Vec::new();
        macro_rules! list {
            ($owner:expr, $field:literal, $list:expr, $premise:expr) => {
                rows.extend($list.iter().map($premise).map(|to| ReferenceRow { owner: $owner, field: $field, to }))
            };
        }
        for (id, entry) in case.documents.iter() {
            let owner = self.of_source(Source::Document(id));
            list!(owner, "by", entry.by, actor);
            list!(owner, "derives_from", entry.derives_from, source);
            list!(owner, "rests_on", entry.rests_on, source);
            list!(owner, "supersedes", entry.supersedes, document);
            list!(owner, "bears_on", entry.bears_on.iter().flatten().copied().collect::<Vec<_>>(), statement);
            list!(owner, "mentions", entry.mentions, actor);
        }
        for (id, entry) in case.statements.iter() {
            let owner = self.of_statement(id);
            if let Nature::Claim { about, .. } = &entry.nature {
                list!(owner, "about", about, source);
            }
            list!(owner, "entails", entry.entails, statement);
            list!(owner, "rivals", entry.rivals, statement);
            list!(owner, "all_of", entry.all_of, statement);
            list!(owner, "any_of", entry.any_of, statement);
            list!(owner, "one_of", entry.one_of, statement);
        }
        for (id, entry) in case.inferences.iter() {
            let owner = self.owner(numbers.of_inference(id), entry.key.as_str());
            list!(owner, "given", entry.given, |id| *id);
            list!(owner, "given_rejected", entry.given_rejected, statement);
        }
        for (id, entry) in case.questions.iter() {
            list!(self.owner(numbers.of_question(id), entry.key.as_str()), "claims", entry.claims, statement);
        }
        for (at, section) in case.report.sections.iter().enumerate() {
            list!(Owner { number: numbers.of_section(at), id: None }, "claims", section.claims, statement);
        }
        for (owner, link) in self.owning_links() {
            list!(owner, "relies_on", link.relies_on, source);
        }
        let tables = Self { ..*self };
        TableWriter::new(rows)
            .optional_id("owner", |row| row.owner.id)
            .count("owner_entry", |row| row.owner.number)
            .word("field", |row| row.field.into())
            .id("target", move |row| tables.id(row.to))
            .count("target_entry", move |row| numbers.of_premise(row.to))
    }

    /// Every list of words, in the order of the numbers of what it is written in.
    fn words(&self) -> TableWriter<'c, WordRow<'c>> {
        let case = self.case;
        let mut rows = Vec::new();
        let mut add = |owner, field, list: &'c [String]| {
            rows.extend(list.iter().map(|word| WordRow { owner, field, word }));
        };
        for (id, entry) in case.actors.iter() {
            let owner = self.of_source(Source::Actor(id));
            add(owner, "aliases", &entry.aliases);
            add(owner, "tags", &entry.tags);
        }
        for (id, entry) in case.documents.iter() {
            let owner = self.of_source(Source::Document(id));
            add(owner, "authors", &entry.authors);
            add(owner, "places", &entry.places);
            add(owner, "tags", &entry.tags);
        }
        for (id, entry) in case.statements.iter() {
            let owner = self.of_statement(id);
            add(owner, "places", &entry.places);
            add(owner, "tags", &entry.tags);
        }
        TableWriter::new(rows)
            .optional_id("owner", |row| row.owner.id)
            .count("owner_entry", |row| row.owner.number)
            .word("field", |row| row.field.into())
            .word("word", |row| row.word.into())
    }
}

/// The columns that claims and relationships share.
fn settings<'c>(table: TableWriter<'c, &'c Statement>) -> TableWriter<'c, &'c Statement> {
    table
        .optional_word("standard", |statement| statement.standard.map(word::<Standard>))
        .optional_number("assumed", |statement| statement.assumed.map(Probability::get))
        .optional_word("period", |statement| statement.period.as_ref().map(Period::as_str))
        .optional_text("note", |statement| statement.note.as_deref())
        .optional_word("expect", |statement| statement.expect.map(|(expect, _)| word(expect)))
}

/// What stands before an author's own word for a kind where it would be taken for one of the known words.
pub(super) const OTHER: &str = "Other:";

/// The word of a kind. An author's own that could be taken for another stands behind [`OTHER`].
fn open_kind<'c, K: PartialEq>(word: &'c str, kind: &K, known: impl Fn(&str) -> Option<K>) -> Cow<'c, str> {
    let is_plain = match known(word) {
        Some(known) => known == *kind,
        None => !word.starts_with(OTHER),
    };
    if is_plain { word.into() } else { format!("{OTHER}{word}").into() }
}
