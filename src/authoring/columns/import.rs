//! A case from its tables.

use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::model::{
    Actor, ActorKind, Attack, Case, ClaimKind, Document, DocumentKind, Effect, Evidence, Expectation, Inference, Key,
    Manner, Nature, Period, Premise, Probability, Question, RareList, RelationshipKind, Report, Section, Source,
    Standard, Statement, StatementId, Table, TableId,
};
use crate::source::{Sources, Span};

use super::super::allow::Allowances;
use super::super::input::LoadError;
use super::super::load::{Loaded, MANIFEST};
use super::super::resolve::one_line;
use super::super::rules;
use super::super::threads::Threads;
use super::super::values::{OpenKind, Words, find};
use super::export::OTHER;
use super::manifest::{FORMAT, Head, Manifest, Rows, VERSION};
use super::numbers::{Numbers, Wrong};
use super::read::{Place, Sparse, TableReader};

type Result<T, E = LoadError> = std::result::Result<T, E>;

/// The largest manifest, in bytes: 256 MiB.
const LARGEST: u64 = 1 << 28;

/// The most rows that a table may have: 100 million.
const MOST_ROWS: u32 = 100_000_000;

/// The lists of ids that entries have.
const LISTS: [&str; 16] = [
    "by",
    "derives_from",
    "rests_on",
    "supersedes",
    "bears_on",
    "mentions",
    "about",
    "entails",
    "rivals",
    "all_of",
    "any_of",
    "one_of",
    "given",
    "given_rejected",
    "claims",
    "relies_on",
];

/// The lists of words that entries have.
const WORD_LISTS: [&str; 4] = ["aliases", "authors", "places", "tags"];

/// Loads a case from a folder of tables, of which `path` is the manifest.
///
/// Cost: linear in the size of the case.
pub(in super::super) fn open(path: PathBuf, threads: Threads) -> Result<Loaded> {
    let folder = path.parent().unwrap_or(Path::new("")).to_owned();
    let (manifest, text) = read_manifest(&path)?;
    let sources = Sources::new();
    sources.add(path.display().to_string(), Some(path.clone()), text);
    let wrong = |problem: String| LoadError::Snapshot { path: path.clone(), problem };
    let standard = find(Words::WORDS, &manifest.standard).ok_or_else(|| wrong(no_word(&manifest.standard)))?;
    let thresholds = manifest.thresholds.try_into();
    let settings = Case {
        title: one_line(&manifest.title),
        summary: manifest.summary,
        standard,
        thresholds: thresholds.map_err(|error| wrong(format!("`thresholds`: {error}")))?,
        ..Case::default()
    };
    if let Some((table, rows)) = manifest.rows.all().into_iter().find(|&(_, rows)| rows > MOST_ROWS) {
        return Err(wrong(format!("`{table}` has {rows} rows, and 100 million are read")));
    }
    let numbers = Numbers::new(&manifest.rows).ok_or_else(|| wrong("`rows`: there are too many".to_owned()))?;
    let mut case = Import { folder, rows: manifest.rows, numbers }.read(settings)?;
    case.mark_unchecked();
    let mut problems = Diagnostics::new();
    rules::check_unwritten(&case, threads, &mut problems);
    let well_formed = !problems.has_errors();
    let mut diagnostics = problems.finish();
    for warning in manifest.warnings {
        let code = Code::from_name(&warning.code).filter(|code| code.severity() == Severity::Warning);
        let code = code.ok_or_else(|| wrong(format!("`warnings`: there is no warning `{}`", warning.code)))?;
        let warning =
            Diagnostic { help: warning.help, about: warning.about, ..Diagnostic::unplaced(code, warning.message) };
        diagnostics.push(warning);
    }
    let counts = (manifest.allowed, manifest.allowed_without_reason);
    let capped = diagnostics.iter().any(|problem| problem.code == Code::TooMany);
    let allowances = Allowances::from_unplaced(manifest.allowances, counts, capped);
    let allowances = allowances.map_err(|code| wrong(format!("`allowances`: there is no warning `{code}`")))?;
    Ok(Loaded { sources, case: well_formed.then_some(case), diagnostics, allowances })
}

/// Whether a folder has been written by [`export_columns`](super::export_columns), and has nothing else in it.
pub fn is_exported(folder: &Path) -> bool {
    let is_ours = |entry: io::Result<fs::DirEntry>| {
        entry.is_ok_and(|entry| entry.file_name() == MANIFEST || entry.path().extension() == Some("parquet".as_ref()))
    };
    let only_ours = || fs::read_dir(folder).is_ok_and(|mut entries| entries.all(is_ours));
    read_manifest(&folder.join(MANIFEST)).is_ok() && only_ours()
}

fn read_manifest(path: &Path) -> Result<(Manifest, String)> {
    let unreadable = |reason| LoadError::Unreadable { path: path.to_owned(), reason };
    let wrong = |problem: String| LoadError::Snapshot { path: path.to_owned(), problem };
    let mut text = String::new();
    let file = fs::File::open(path).map_err(unreadable)?;
    file.take(LARGEST + 1).read_to_string(&mut text).map_err(unreadable)?;
    if text.len() as u64 > LARGEST {
        return Err(wrong("it has more than 256 MiB".to_owned()));
    }
    let head: Head = serde_json::from_str(&text).map_err(|error| wrong(error.to_string()))?;
    if head.format != FORMAT {
        return Err(wrong(format!("its format is `{}`, and not `{FORMAT}`", head.format)));
    }
    if head.version != VERSION {
        return Err(wrong(format!(
            "it has version {} of the format, and only version {VERSION} is read",
            head.version
        )));
    }
    let manifest: Manifest = serde_json::from_str(&text).map_err(|error| wrong(error.to_string()))?;
    Ok((manifest, text))
}

/// One id of a list: the list, and the number of what it leads to.
type Reference = (&'static str, u32);

/// One word of a list, with the list.
type Word = (&'static str, String);

/// Rows that are written under entries, in the order of the numbers of those.
struct Under<V> {
    place: Place,
    /// The column with the numbers.
    column: &'static str,
    rows: std::iter::Peekable<std::vec::IntoIter<(u32, V)>>,
    /// The row that comes next.
    row: usize,
}

impl<V> Under<V> {
    fn new(place: &Place, column: &'static str, rows: Vec<(u32, V)>, row: usize) -> Self {
        Self { place: place.clone(), column, rows: rows.into_iter().peekable(), row }
    }

    /// What is written under an entry. Entries are to be asked for in the order of their numbers.
    fn of(&mut self, number: u32) -> RareList<V> {
        let own = std::iter::from_fn(|| self.rows.next_if(|&(at, _)| at == number)).map(|(_, value)| value);
        let own: RareList<V> = own.collect();
        self.row += own.len();
        own
    }

    /// That every row was written under an entry that was asked for.
    fn finish(mut self) -> Result<()> {
        match self.rows.peek() {
            None => Ok(()),
            Some((number, _)) => {
                let problem = format!("entry {number} is out of order, or can have no row here");
                Err(self.place.wrong_in(self.column, self.row, &problem))
            }
        }
    }
}

/// The lists of one entry.
struct Lists {
    place: Place,
    /// The row of the first.
    first: usize,
    rows: RareList<Reference>,
    used: usize,
}

impl Lists {
    fn list<I, L: From<Vec<I>>>(&mut self, field: &str, entry: impl Fn(u32) -> Result<I, Wrong>) -> Result<L> {
        let mut list = Vec::new();
        for (at, &(_, number)) in self.rows.iter().enumerate().filter(|(_, row)| row.0 == field) {
            let wrong = |problem: Wrong| self.place.wrong_in("target_entry", self.first + at, &problem);
            list.push(entry(number).map_err(wrong)?);
        }
        self.used += list.len();
        Ok(list.into())
    }

    /// That every list was one of those that the entry can have.
    fn finish(self) -> Result<()> {
        if self.used == self.rows.len() {
            return Ok(());
        }
        Err(self.place.wrong_in("field", self.first, "an entry of this kind has no such list"))
    }
}

impl Under<Reference> {
    fn lists(&mut self, number: u32) -> Lists {
        let (first, rows) = (self.row, self.of(number));
        Lists { place: self.place.clone(), first, rows, used: 0 }
    }
}

impl Under<Word> {
    /// The words of an entry, in each of these lists.
    fn words<const N: usize>(&mut self, number: u32, fields: [&str; N]) -> Result<[RareList<String>; N]> {
        let mut lists = [const { RareList::NONE }; N];
        let first = self.row;
        for (field, word) in self.of(number) {
            let list = fields.iter().position(|&one| one == field);
            let list =
                list.ok_or_else(|| self.place.wrong_in("field", first, "an entry of this kind has no such list"))?;
            lists[list].push(word);
        }
        Ok(lists)
    }
}

/// The columns that claims and relationships share.
struct Settings {
    standard: Sparse<Standard>,
    assumed: Sparse<Probability>,
    period: Sparse<Period>,
    note: Sparse<String>,
    expect: Sparse<(Expectation, Span)>,
}

impl Settings {
    fn read(table: &TableReader) -> Result<Self> {
        Ok(Self {
            standard: table.some_texts("standard", one_of)?,
            assumed: table.some_probabilities("assumed")?,
            period: table.some_texts("period", period)?,
            note: table.some_texts("note", string)?,
            expect: table.some_texts("expect", |word| Ok((one_of(word)?, Span::NOWHERE)))?,
        })
    }

    /// A statement with what stands in its row.
    fn complete(&mut self, statement: Statement, row: u32) -> Statement {
        Statement {
            standard: self.standard.take(row),
            assumed: self.assumed.take(row),
            period: self.period.take(row),
            note: self.note.take(row),
            expect: self.expect.take(row),
            ..statement
        }
    }
}

/// The links of all statements, column by column.
struct Links {
    place: Place,
    statements: Vec<StatementId>,
    effects: Vec<Effect>,
    froms: Vec<Premise>,
    strengths: Vec<Probability>,
    given: Vec<bool>,
    manners: Sparse<Manner>,
    at: Sparse<String>,
    quotes: Sparse<String>,
    /// The row that comes next.
    row: usize,
}

/// What is written under entries of every kind.
struct Parts {
    links: Links,
    attacks: Under<Attack>,
    lists: Under<Reference>,
    /// What is written under links, whose numbers come after all others.
    link_attacks: Under<Attack>,
    link_lists: Under<Reference>,
    words: Under<Word>,
}

struct Import {
    folder: PathBuf,
    rows: Rows,
    numbers: Numbers,
}

impl Import {
    fn table(&self, name: &str, rows: u32) -> Result<TableReader> {
        TableReader::open(&self.folder, name, rows)
    }

    fn read(&self, settings: Case) -> Result<Case> {
        let (links, rest) = std::thread::scope(|scope| {
            let links = scope.spawn(|| self.links());
            let rest = self.attacks().and_then(|attacks| Ok((attacks, self.lists()?, self.words()?)));
            (links.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)), rest)
        });
        let ((attacks, link_attacks), (lists, link_lists), words) = rest?;
        let mut parts = Parts { links: links?, attacks, lists, link_attacks, link_lists, words };
        let mut case = settings;
        case.actors = Table::from_entries(self.actors(&mut parts)?);
        case.documents = Table::from_entries(self.documents(&mut parts)?);
        let mut statements = self.claims(&mut parts)?;
        self.relationships(&case, &mut statements, &mut parts)?;
        case.statements = Table::from_entries(statements);
        case.inferences = Table::from_entries(self.inferences(&mut parts)?);
        case.questions = Table::from_entries(self.questions(&mut parts)?);
        case.report = Report { sections: self.sections(&mut parts)? };
        parts.finish()?;
        self.check_ids(&case)?;
        Ok(case)
    }

    fn links(&self) -> Result<Links> {
        let table = self.table("evidence", self.rows.evidence)?;
        let numbers = self.numbers;
        Ok(Links {
            statements: table.counts("statement_entry", |number| numbers.statement(number))?,
            effects: table.texts("effect", one_of)?,
            froms: table.counts("from_entry", |number| numbers.premise(number))?,
            strengths: table.probabilities("strength")?,
            given: table.flags("strength_given")?,
            manners: table.some_texts("as", one_of)?,
            at: table.some_texts("at", string)?,
            quotes: table.some_texts("quote", string)?,
            place: table.place,
            row: 0,
        })
    }

    /// The attacks on entries, and those on links.
    fn attacks(&self) -> Result<(Under<Attack>, Under<Attack>)> {
        let table = self.table("attacks", self.rows.attacks)?;
        let targets = table.counts("target_entry", Ok)?;
        let froms = table.counts("from_entry", |number| self.numbers.premise(number))?;
        let strengths = table.probabilities("strength")?;
        let given = table.flags("strength_given")?;
        let attack =
            |((from, strength), strength_given)| Attack { from, strength, strength_given, span: Span::NOWHERE };
        let attacks = froms.into_iter().zip(strengths).zip(given).map(attack);
        Ok(self.apart(&table.place, "target_entry", targets.into_iter().zip(attacks).collect()))
    }

    /// The lists of entries, and those of links.
    fn lists(&self) -> Result<(Under<Reference>, Under<Reference>)> {
        let table = self.table("references", self.rows.references)?;
        let owners = table.counts("owner_entry", Ok)?;
        let fields = table.texts("field", |field| known(&LISTS, field))?;
        let targets = table.counts("target_entry", Ok)?;
        Ok(self.apart(&table.place, "owner_entry", owners.into_iter().zip(fields.into_iter().zip(targets)).collect()))
    }

    /// Takes what is written under links apart from the rest.
    fn apart<V>(&self, place: &Place, column: &'static str, mut rows: Vec<(u32, V)>) -> (Under<V>, Under<V>) {
        let first = rows.iter().position(|&(number, _)| self.numbers.is_of_evidence(number)).unwrap_or(rows.len());
        let of_links = rows.split_off(first);
        (Under::new(place, column, rows, 0), Under::new(place, column, of_links, first))
    }

    fn words(&self) -> Result<Under<Word>> {
        let table = self.table("words", self.rows.words)?;
        let owners = table.counts("owner_entry", Ok)?;
        let fields = table.texts("field", |field| known(&WORD_LISTS, field))?;
        let words = table.texts("word", string)?;
        let rows = owners.into_iter().zip(fields.into_iter().zip(words)).collect();
        Ok(Under::new(&table.place, "owner_entry", rows, 0))
    }

    fn actors(&self, parts: &mut Parts) -> Result<Vec<Actor>> {
        let table = self.table("actors", self.rows.actors)?;
        let keys = keys(&table)?;
        let mut names = table.texts("name", heading)?.into_iter();
        let mut kinds = table.texts("kind", kind::<ActorKind>)?.into_iter();
        let mut wholes = table.some_counts("part_of_entry", |number| self.numbers.actor(number))?;
        let mut reliabilities = table.some_probabilities("reliability")?;
        let mut notes = table.some_texts("note", string)?;
        let mut actors = Vec::with_capacity(keys.len());
        for (row, key) in (0..).zip(keys) {
            let [aliases, tags] = parts.words.words(row, ["aliases", "tags"])?;
            actors.push(Actor {
                key,
                name: next(&mut names),
                kind: next(&mut kinds),
                aliases,
                part_of: wholes.take(row),
                reliability: reliabilities.take(row),
                impeached_by: parts.attacks.of(row),
                tags,
                note: notes.take(row),
                declared: Span::NOWHERE,
            });
        }
        Ok(actors)
    }

    fn documents(&self, parts: &mut Parts) -> Result<Vec<Document>> {
        let (table, numbers) = (self.table("documents", self.rows.documents)?, self.numbers);
        let keys = keys(&table)?;
        let mut titles = table.texts("title", heading)?.into_iter();
        let mut kinds = table.texts("kind", kind::<DocumentKind>)?.into_iter();
        let mut dates = table.some_texts("date", period)?;
        let mut released = table.some_texts("released", period)?;
        let mut reliabilities = table.probabilities("reliability")?.into_iter();
        let mut reliabilities_given = table.flags("reliability_given")?.into_iter();
        let mut withheld = table.probabilities("withheld")?.into_iter();
        let mut bears_on_given = table.flags("bears_on_given")?.into_iter();
        let mut cites = table.some_counts("cite", Ok)?;
        let mut collections = table.some_counts("collection_entry", |number| numbers.source(number))?;
        let mut urls = table.some_texts("url", string)?;
        let mut archived = table.some_texts("archived", string)?;
        let mut accessed = table.some_texts("accessed", period)?;
        let mut copies = table.some_texts("copy", string)?;
        let mut digests = table.some_texts("sha256", string)?;
        let mut locators = table.some_texts("locator", string)?;
        let mut periods = table.some_texts("period", period)?;
        let mut notes = table.some_texts("note", string)?;
        let mut documents = Vec::with_capacity(keys.len());
        for (row, key) in (0..).zip(keys) {
            let number = self.rows.actors + row;
            let [authors, places, tags] = parts.words.words(number, ["authors", "places", "tags"])?;
            let mut lists = parts.lists.lists(number);
            let bears_on: Vec<_> = lists.list("bears_on", |number| numbers.statement(number))?;
            let bears_on_given = next(&mut bears_on_given) || !bears_on.is_empty();
            documents.push(Document {
                key,
                title: next(&mut titles),
                kind: next(&mut kinds),
                by: lists.list("by", |number| numbers.actor(number))?,
                authors,
                date: dates.take(row),
                released: released.take(row),
                reliability: next(&mut reliabilities),
                reliability_given: next(&mut reliabilities_given),
                impeached_by: parts.attacks.of(number),
                derives_from: lists.list("derives_from", |number| numbers.source(number))?,
                rests_on: lists.list("rests_on", |number| numbers.source(number))?,
                supersedes: lists.list("supersedes", |number| numbers.document(number))?,
                withheld: next(&mut withheld),
                bears_on: bears_on_given.then_some(bears_on),
                cite: cites.take(row),
                collection: collections.take(row),
                url: urls.take(row),
                archived: archived.take(row),
                accessed: accessed.take(row),
                copy: copies.take(row),
                sha256: digests.take(row),
                locator: locators.take(row),
                mentions: lists.list("mentions", |number| numbers.actor(number))?,
                places,
                period: periods.take(row),
                tags,
                note: notes.take(row),
                declared: Span::NOWHERE,
            });
            lists.finish()?;
        }
        Ok(documents)
    }

    /// The claims, in a table with room for the relationships.
    fn claims(&self, parts: &mut Parts) -> Result<Vec<Statement>> {
        let table = self.table("claims", self.rows.claims)?;
        let keys = keys(&table)?;
        let mut texts = table.texts("text", heading)?.into_iter();
        let mut kinds = table.texts("kind", one_of::<ClaimKind>)?.into_iter();
        let mut settings = Settings::read(&table)?;
        let mut claims = Vec::with_capacity(keys.len() + self.rows.relationships as usize);
        for (row, key) in (0..).zip(keys) {
            let id = StatementId::from_index(row as usize);
            let mut lists = parts.lists.lists(self.numbers.of_statement(id));
            let about = lists.list("about", |number| self.numbers.source(number))?;
            let nature = Nature::Claim { kind: next(&mut kinds), about };
            let statement = self.statement(id, (key, next(&mut texts), nature), lists, parts)?;
            claims.push(settings.complete(statement, row));
        }
        Ok(claims)
    }

    fn relationships(&self, case: &Case, statements: &mut Vec<Statement>, parts: &mut Parts) -> Result<()> {
        let (table, numbers) = (self.table("relationships", self.rows.relationships)?, self.numbers);
        let keys = keys(&table)?;
        let mut froms = table.counts("from_entry", |number| numbers.actor(number))?.into_iter();
        let mut tos = table.counts("to_entry", |number| numbers.actor(number))?.into_iter();
        let mut kinds = table.texts("kind", kind::<RelationshipKind>)?.into_iter();
        let mut same_as = table.some_counts("same_as_entry", |number| numbers.claim(number))?;
        let mut settings = Settings::read(&table)?;
        for (row, key) in (0..).zip(keys) {
            let id = StatementId::from_index(statements.len());
            let lists = parts.lists.lists(numbers.of_statement(id));
            let (from, to, kind) = (next(&mut froms), next(&mut tos), next(&mut kinds));
            let text = format!("{} {} {}", case.actors[from].name, kind.phrase(), case.actors[to].name);
            let nature = Nature::Relationship { from, to, kind };
            let statement = settings.complete(self.statement(id, (key, text, nature), lists, parts)?, row);
            let same_as = same_as.take(row);
            let is_bare = !statement.has_grounds() && statement.entails.is_empty() && statement.rivals.is_empty();
            if same_as.is_some() && !is_bare {
                let problem = "a relationship that takes the verdict of a claim has no grounds of its own";
                return Err(table.place.wrong_in("same_as_entry", row as usize, problem));
            }
            statements.push(Statement { same_as, ..statement });
        }
        Ok(())
    }

    /// A statement without what stands in the columns of [`Settings`].
    fn statement(
        &self,
        id: StatementId,
        (key, text, nature): (Key, String, Nature),
        mut lists: Lists,
        parts: &mut Parts,
    ) -> Result<Statement> {
        let [places, tags] = parts.words.words(self.numbers.of_statement(id), ["places", "tags"])?;
        let mut list = |field| lists.list(field, |number| self.numbers.statement(number));
        let statement = Statement {
            key,
            text,
            nature,
            standard: None,
            evidence: self.evidence(id, parts)?,
            entails: list("entails")?,
            rivals: list("rivals")?,
            all_of: list("all_of")?,
            any_of: list("any_of")?,
            one_of: list("one_of")?,
            assumed: None,
            same_as: None,
            places,
            period: None,
            tags,
            note: None,
            expect: None,
            declared: Span::NOWHERE,
        };
        lists.finish()?;
        Ok(statement)
    }

    /// The links of a statement.
    fn evidence(&self, statement: StatementId, parts: &mut Parts) -> Result<Vec<Evidence>> {
        let Parts { links, link_attacks, link_lists, .. } = parts;
        let first = links.row;
        let count = links.statements[first..].iter().take_while(|&&one| one == statement).count();
        links.row += count;
        let mut evidence = Vec::with_capacity(count);
        for at in first..first + count {
            let (number, row) = (self.numbers.of_evidence(at), at as u32);
            let mut lists = link_lists.lists(number);
            let link = Evidence {
                effect: links.effects[at],
                from: links.froms[at],
                strength: links.strengths[at],
                strength_given: links.given[at],
                manner: links.manners.take(row),
                relies_on: lists.list("relies_on", |number| self.numbers.source(number))?,
                undercut_by: link_attacks.of(number),
                at: links.at.take(row),
                quote: links.quotes.take(row),
                quote_place: Span::NOWHERE,
                quote_state: None,
                span: Span::NOWHERE,
            };
            lists.finish()?;
            let is_of_document = matches!(link.from, Premise::Source(Source::Document(_)));
            if !is_of_document && (link.manner == Some(Manner::Exhibit) || !link.relies_on.is_empty()) {
                let problem = "only a document is an exhibit, or relies on something";
                return Err(links.place.wrong_in("from_entry", at, problem));
            }
            evidence.push(link);
        }
        Ok(evidence)
    }

    fn inferences(&self, parts: &mut Parts) -> Result<Vec<Inference>> {
        let (table, numbers) = (self.table("inferences", self.rows.inferences)?, self.numbers);
        let keys = keys(&table)?;
        let mut conclusions = table.counts("to_entry", |number| numbers.statement(number))?.into_iter();
        let mut effects = table.texts("effect", one_of)?.into_iter();
        let mut strengths = table.probabilities("strength")?.into_iter();
        let mut strengths_given = table.flags("strength_given")?.into_iter();
        let mut schemes = table.some_texts("scheme", string)?;
        let mut notes = table.some_texts("note", string)?;
        let mut inferences = Vec::with_capacity(keys.len());
        for (row, key) in (0..).zip(keys) {
            let number = numbers.of_inference(TableId::from_index(row as usize));
            let mut lists = parts.lists.lists(number);
            let inference = Inference {
                key,
                given: lists.list("given", |number| numbers.premise(number))?,
                given_rejected: lists.list("given_rejected", |number| numbers.statement(number))?,
                to: next(&mut conclusions),
                effect: next(&mut effects),
                strength: next(&mut strengths),
                strength_given: next(&mut strengths_given),
                scheme: schemes.take(row),
                undercut_by: parts.attacks.of(number),
                note: notes.take(row),
                declared: Span::NOWHERE,
            };
            lists.finish()?;
            if inference.given.is_empty() && inference.given_rejected.is_empty() {
                return Err(table.place.wrong_in("id", row as usize, "the inference has no premise"));
            }
            inferences.push(inference);
        }
        Ok(inferences)
    }

    fn questions(&self, parts: &mut Parts) -> Result<Vec<Question>> {
        let (table, numbers) = (self.table("questions", self.rows.questions)?, self.numbers);
        let keys = keys(&table)?;
        let mut texts = table.texts("text", heading)?.into_iter();
        let mut headlines = table.counts("headline_entry", |number| numbers.statement(number))?.into_iter();
        let mut questions = Vec::with_capacity(keys.len());
        for (row, key) in (0..).zip(keys) {
            let mut lists = parts.lists.lists(numbers.of_question(TableId::from_index(row as usize)));
            let claims: Vec<_> = lists.list("claims", |number| numbers.statement(number))?;
            lists.finish()?;
            let headline = next(&mut headlines);
            if !claims.contains(&headline) {
                let problem = "the headline is not among the claims of the question";
                return Err(table.place.wrong_in("headline_entry", row as usize, problem));
            }
            questions.push(Question { key, text: next(&mut texts), claims, headline, declared: Span::NOWHERE });
        }
        Ok(questions)
    }

    fn sections(&self, parts: &mut Parts) -> Result<Vec<Section>> {
        let table = self.table("sections", self.rows.sections)?;
        let titles = table.texts("title", heading)?;
        let mut texts = table.some_texts("text", string)?;
        let mut sections = Vec::with_capacity(titles.len());
        for (row, title) in (0..).zip(titles) {
            let mut lists = parts.lists.lists(self.numbers.of_section(row as usize));
            let claims = lists.list("claims", |number| self.numbers.statement(number))?;
            lists.finish()?;
            sections.push(Section { title, claims, text: texts.take(row) });
        }
        Ok(sections)
    }

    /// That no id is that of two entries. Within a table they are in order.
    fn check_ids(&self, case: &Case) -> Result<()> {
        let (claims, relationships) = case.statements.values().as_slice().split_at(self.rows.claims as usize);
        let tables: [(&str, Vec<&Key>); 6] = [
            ("actors", case.actors.values().map(|entry| &entry.key).collect()),
            ("documents", case.documents.values().map(|entry| &entry.key).collect()),
            ("claims", claims.iter().map(|entry| &entry.key).collect()),
            ("relationships", relationships.iter().map(|entry| &entry.key).collect()),
            ("inferences", case.inferences.values().map(|entry| &entry.key).collect()),
            ("questions", case.questions.values().map(|entry| &entry.key).collect()),
        ];
        for (at, (name, keys)) in tables.iter().enumerate() {
            for (other, others) in &tables[at + 1..] {
                if let Some(key) = first_common(keys, others) {
                    let path = self.folder.join(other).with_extension("parquet");
                    let problem = format!("column `id`: `{key}` is an id in `{name}.parquet` as well");
                    return Err(LoadError::Snapshot { path, problem });
                }
            }
        }
        Ok(())
    }
}

impl Parts {
    fn finish(self) -> Result<()> {
        if self.links.row < self.links.statements.len() {
            let problem = "the statement is out of order";
            return Err(self.links.place.wrong_in("statement_entry", self.links.row, problem));
        }
        self.attacks.finish()?;
        self.link_attacks.finish()?;
        self.lists.finish()?;
        self.link_lists.finish()?;
        self.words.finish()
    }
}

/// The first key that two lists in order have in common.
fn first_common<'k>(one: &[&'k Key], other: &[&Key]) -> Option<&'k Key> {
    let (mut one, mut other) = (one.iter().peekable(), other.iter().peekable());
    loop {
        match one.peek()?.cmp(other.peek()?) {
            std::cmp::Ordering::Less => drop(one.next()),
            std::cmp::Ordering::Greater => drop(other.next()),
            std::cmp::Ordering::Equal => return one.next().copied(),
        }
    }
}

/// The ids of a table, which are in order, each once.
fn keys(table: &TableReader) -> Result<Vec<Key>> {
    let keys = table.texts("id", |id| {
        let key = Key::new(id).map_err(|error| error.to_string())?;
        if key.as_str() == id { Ok(key) } else { Err(format!("`{id}` is not in normalization form C")) }
    })?;
    match keys.iter().zip(&keys[1.min(keys.len())..]).position(|(one, next)| one >= next) {
        None => Ok(keys),
        Some(row) => Err(table.place.wrong_in("id", row + 1, &format!("`{}` is out of order", keys[row + 1]))),
    }
}

fn next<T>(column: &mut std::vec::IntoIter<T>) -> T {
    column.next().expect("every column has all rows of its table")
}

fn string(text: &str) -> Result<String, String> {
    Ok(text.to_owned())
}

/// A name, a title or a sentence.
fn heading(text: &str) -> Result<String, String> {
    Ok(one_line(text))
}

/// A date, or a text that is none, as an author may leave it.
fn period(text: &str) -> Result<Period, String> {
    Ok(Period::parse(text).unwrap_or_else(|_| Period::unread(text)))
}

fn one_of<T: Words>(word: &str) -> Result<T, String> {
    find(T::WORDS, word).ok_or_else(|| no_word(word))
}

fn kind<K: OpenKind>(word: &str) -> Result<K, String> {
    Ok(match word.strip_prefix(OTHER) {
        Some(own) => K::other(own.to_owned()),
        None => K::known(word).unwrap_or_else(|| K::other(word.to_owned())),
    })
}

fn known(words: &[&'static str], word: &str) -> Result<&'static str, String> {
    words.iter().find(|&&known| known == word).copied().ok_or_else(|| no_word(word))
}

fn no_word(word: &str) -> String {
    format!("`{word}` is none of the words that stand here")
}
