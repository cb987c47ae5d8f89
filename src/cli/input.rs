//! From arguments to an engine: the case, the terms, the ids.

use std::collections::BTreeSet;
use std::io::Read;
use std::path::{Path, PathBuf};

use crate::authoring::{Input, LARGEST, LoadError, Loaded, by_nearness, has_tables, load, nearest};
use crate::compare::{Flag, Terms};
use crate::diagnostic::{Code, Diagnostic, Severity, human};
use crate::engine::{Engine, Method, Sampling};
use crate::lint::Remarks;
use crate::logic::Budget;
use crate::model::{Case, Key, Period, Probability, QuestionId, Source, StatementId};
use crate::quotes::{Quotations, verify_quotes};
use crate::selector::{Selector, SelectorError};
use crate::source::{Disk, Storage};
use crate::words::joined;

use super::args::{EvaluationArgs, MethodName, ScenarioArgs};
use super::exit::Failure;
use super::output::Output;
use super::pdf;
use super::watchdog::Watchdog;

/// Loads a case, well formed or not, and holds its quotations against the kept copies of their sources. From now on nothing
/// is written to what was read.
pub fn load_any(path: &Path, output: &Output) -> Result<Loaded, LoadError> {
    let mut loaded = load_unverified(path, output)?;
    verify(&mut loaded, &Disk);
    Ok(loaded)
}

/// The same without looking at copies.
pub fn load_unverified(path: &Path, output: &Output) -> Result<Loaded, LoadError> {
    let loaded = load(input(path, output)?)?;
    keep_from_writing(path, &loaded, output);
    Ok(loaded)
}

/// Holds the quotations of a case against the kept copies of their sources.
pub fn verify(loaded: &mut Loaded, storage: &dyn Storage) -> Quotations {
    verify_quotes(loaded, storage, pdf::read_apart)
}

/// From now on nothing is written to the files of a case that was loaded.
pub fn keep_from_writing(path: &Path, loaded: &Loaded, output: &Output) {
    loaded.sources.iter().filter_map(|(_, file)| file.path()).for_each(|file| output.inputs.add(file));
    kept_copies(loaded).for_each(|copy| output.inputs.add(&copy));
    if has_tables(path) {
        // All of them are read.
        output.inputs.add(path);
    }
}

/// Where the kept copies of a case are, or would be.
fn kept_copies(loaded: &Loaded) -> impl Iterator<Item = PathBuf> {
    let documents = loaded.case.iter().flat_map(|case| case.documents.values());
    documents.filter_map(|document| {
        let namer = loaded.sources.file(document.declared.somewhere()?.file).path()?;
        Some(namer.with_file_name(document.copy.as_deref()?))
    })
}

/// The failure that files of a case are no text, or too much: of these only a part is known, which is not to take their
/// place.
pub fn unread(loaded: &Loaded, output: &Output) -> Option<Failure> {
    let is_unread = |problem: &&Diagnostic| matches!(problem.code, Code::NotUtf8 | Code::TooLarge);
    let unread: Vec<Diagnostic> = loaded.diagnostics.iter().filter(is_unread).cloned().collect();
    let rendered = || human(&unread, &loaded.sources, output.look_stderr());
    (!unread.is_empty()).then(|| Failure::Case { rendered: rendered() })
}

/// What a path on the command line names: `-` is standard input, which is read here.
pub fn input(path: &Path, output: &Output) -> Result<Input, LoadError> {
    if path != Path::new("-") {
        return Ok(Input::Path(path.to_owned()));
    }
    output.inputs.add_stdin();
    let mut bytes = Vec::new();
    let mut stdin = std::io::stdin().lock().take(LARGEST + 1);
    stdin.read_to_end(&mut bytes).map_err(|reason| LoadError::Unreadable { path: path.to_owned(), reason })?;
    Ok(Input::Bytes { name: "standard input".to_owned(), bytes })
}

/// Loads a case that has to be well formed.
pub fn load_case(path: &Path, output: &Output) -> Result<Case, Failure> {
    well_formed(load_any(path, output)?, output)
}

/// The same without looking at copies, for what does not say what became of quotations.
pub fn load_as_written(path: &Path, output: &Output) -> Result<Case, Failure> {
    well_formed(load_unverified(path, output)?, output)
}

/// The case of an answer that does not say what became of quotations: copies are looked at only if what counts hangs on them.
pub fn load_for(path: &Path, scenario: &ScenarioArgs, output: &Output) -> Result<Case, Failure> {
    if scenario.verified_quotes_only { load_case(path, output) } else { load_as_written(path, output) }
}

/// The same, without what became of quotations: two versions that differ in their copies alone are the same.
pub fn load_without_quotations(path: &Path, output: &Output) -> Result<Case, Failure> {
    let mut case = load_as_written(path, output)?;
    let links = case.statements.values_mut().flat_map(|statement| &mut statement.evidence);
    links.for_each(|link| link.quote_state = None);
    Ok(case)
}

/// The same, with everything that was loaded.
#[cfg(feature = "columns")]
pub fn load_well_formed(path: &Path, output: &Output) -> Result<Loaded, Failure> {
    let loaded = load_unverified(path, output)?;
    if loaded.case.is_some() { Ok(loaded) } else { Err(errors_in(&loaded, output)) }
}

/// The same, with what `check` warns of.
pub fn load_with_remarks(path: &Path, output: &Output) -> Result<(Case, Remarks), Failure> {
    let loaded = load_any(path, output)?;
    let remarks = Remarks::of(&loaded);
    Ok((well_formed(loaded, output)?, remarks))
}

fn well_formed(loaded: Loaded, output: &Output) -> Result<Case, Failure> {
    match loaded.case {
        Some(case) => Ok(case),
        None => Err(errors_in(&loaded, output)),
    }
}

/// The failure that a case is not well formed, with its errors.
pub fn errors_in(loaded: &Loaded, output: &Output) -> Failure {
    let errors = loaded.diagnostics.iter().filter(|problem| problem.severity() == Severity::Error);
    let errors: Vec<_> = errors.cloned().collect();
    Failure::Case { rendered: human(&errors, &loaded.sources, output.look_stderr()) }
}

fn usage(message: String, help: Option<String>) -> Failure {
    Failure::Usage { message, help }
}

/// The engine that the arguments ask for.
pub fn engine<'c>(case: &'c Case, args: &EvaluationArgs, watchdog: &Watchdog) -> Result<Engine<'c>, Failure> {
    let flags = flags(&[case], &args.scenario)?;
    // That `--off` stands without its method is said before what is wrong with its ids; see `terms`.
    let method = method(args)?;
    let terms = Terms { flags, method, off: off(&[case], args)?, sampling: sampling(args) };
    Ok(terms.engine(case, Budget::seconds(args.budget())).watched(watchdog.watch()))
}

/// The engine for a history, whose days have the budget each. What is compiled for them has all documents in it and takes more
/// than what is compiled as of one day, so they may take more.
pub fn history_engine<'c>(case: &'c Case, args: &EvaluationArgs, watchdog: &Watchdog) -> Result<Engine<'c>, Failure> {
    const ROOM: f64 = 4.0;
    Ok(terms(&[case], args)?.engine(case, Budget::seconds(ROOM * args.budget())).watched(watchdog.watch()))
}

/// The engine that samples a case under a scenario.
pub fn sampling_engine<'c>(
    case: &'c Case,
    scenario: &ScenarioArgs,
    seed: u64,
    watchdog: &Watchdog,
) -> Result<Engine<'c>, Failure> {
    let sampling = Sampling { seed, ..Sampling::default() };
    let terms = Terms { flags: flags(&[case], scenario)?, method: Method::Sampled, off: Vec::new(), sampling };
    Ok(terms.engine(case, Budget::default()).watched(watchdog.watch()))
}

/// What the arguments ask of several versions of a case: whatever they name has to be in one of them.
pub fn terms(cases: &[&Case], args: &EvaluationArgs) -> Result<Terms, Failure> {
    let (flags, off) = (flags(cases, &args.scenario)?, off(cases, args)?);
    Ok(Terms { flags, method: method(args)?, off, sampling: sampling(args) })
}

fn flags(cases: &[&Case], args: &ScenarioArgs) -> Result<Vec<Flag>, Failure> {
    let mut flags = Vec::new();
    for id in &args.without {
        flags.push(Flag::Without(known(cases, "--without", id)?));
    }
    for text in &args.only {
        flags.push(Flag::Only(in_any(cases, |case| only(text, case))?));
    }
    flags.extend(args.as_of.as_deref().map(as_of).transpose()?.map(Flag::AsOf));
    let mut set_before = BTreeSet::new();
    for setting in &args.set {
        let (id, number) = setting.split_once('=').ok_or_else(|| wrong_setting(setting, "has no `=`"))?;
        let id = id.trim();
        let key = known(cases, "--set", id)?;
        let number = in_any(cases, |case| set(setting, case.source(id).is_some(), number.trim()))?;
        if !set_before.insert(key.clone()) {
            return Err(usage(format!("--set: `{id}` is given two numbers"), Some("give it one".to_owned())));
        }
        flags.push(Flag::Set(key, number));
    }
    flags.extend(args.verified_quotes_only.then_some(Flag::VerifiedQuotesOnly));
    if let Some(name) = &args.standard {
        flags.push(Flag::Standard(name.parse()?));
    }
    Ok(flags)
}

fn off(cases: &[&Case], args: &EvaluationArgs) -> Result<Vec<Key>, Failure> {
    args.off.iter().map(|id| known(cases, "--off", id)).collect()
}

fn sampling(args: &EvaluationArgs) -> Sampling {
    Sampling { seed: args.seed, half_width: args.half_width, confidence: args.confidence, ..Sampling::default() }
}

/// The method; what is off in a single world is put in for each version by [`Terms`].
fn method(args: &EvaluationArgs) -> Result<Method, Failure> {
    if args.method != MethodName::World && !args.off.is_empty() {
        let help = "write --without for what never holds, or add --method world".to_owned();
        return Err(usage("--off is for --method world".to_owned(), Some(help)));
    }
    Ok(match args.method {
        MethodName::Auto => Method::Auto,
        MethodName::Exact => Method::Exact,
        MethodName::Sampled => Method::Sampled,
        MethodName::Independent => Method::Independent,
        MethodName::Bounds => Method::Bounds,
        MethodName::World => Method::World { off: Vec::new(), off_inferences: Vec::new() },
    })
}

/// The id of a document, an actor or an inference of one of the cases.
fn known(cases: &[&Case], flag: &str, id: &str) -> Result<Key, Failure> {
    in_any(cases, |case| {
        let source = case.source(id).map(|source| case.source_key(source));
        let inference = || case.inference(id).map(|inference| &case.inferences[inference].key);
        source.or_else(inference).cloned().ok_or_else(|| {
            let sources = case.sources().map(|source| case.source_key(source).as_str());
            let inferences = case.inferences.values().map(|inference| inference.key.as_str());
            unknown(case, &format!("{flag}: "), id, "document, actor or inference", sources.chain(inferences))
        })
    })
}

/// The first answer that one of the cases has, or else what is wrong with the last.
fn in_any<T>(cases: &[&Case], answer: impl Fn(&Case) -> Result<T, Failure>) -> Result<T, Failure> {
    let (last, others) = cases.split_last().expect("there is a case");
    others.iter().find_map(|case| answer(case).ok()).map_or_else(|| answer(last), Ok)
}

/// The failure that a selector is wrong; `before` is what it stands behind, with a colon.
pub fn wrong_selector(before: &'static str) -> impl Fn(SelectorError) -> Failure {
    move |error| Failure::Selector { before, error: Box::new(error) }
}

/// The selector of `--only`: one that means nothing would quietly leave a case without evidence.
fn only(text: &str, case: &Case) -> Result<Selector, Failure> {
    let selector = Selector::parse(text, case).map_err(wrong_selector("--only: "))?;
    if selector.is_empty() {
        let help = "`evigraph query CASE documents SELECTOR` lists what a selector means".to_owned();
        return Err(usage(format!("--only: no document of the case matches `{text}`"), Some(help)));
    }
    Ok(selector)
}

/// The date of `--as-of`, which has to end.
fn as_of(text: &str) -> Result<Period, Failure> {
    let date = Period::parse(text.trim()).map_err(|error| usage(format!("--as-of: {error}"), None))?;
    if date.last_day().is_none() {
        let help = "write the last year, month or day that is to count".to_owned();
        return Err(usage(format!("--as-of: `{text}` has no end"), Some(help)));
    }
    Ok(date)
}

/// The number of a setting, or the word that a case file has for one.
fn set(setting: &str, is_source: bool, number: &str) -> Result<Probability, Failure> {
    let words: &[_] = if is_source { &Probability::RELIABILITY } else { &Probability::STRENGTH };
    if let Some((_, number)) = words.iter().find(|(word, _)| *word == number) {
        return Ok(*number);
    }
    let what = if is_source { "grade from A to F" } else { "strength such as Weak" };
    let number: f64 = number
        .parse()
        .map_err(|_| wrong_setting(setting, &format!("has neither a number nor a {what} behind the `=`")))?;
    Probability::new(number).map_err(|_| wrong_setting(setting, "has a number that is not from 0 to 1"))
}

fn wrong_setting(setting: &str, what: &str) -> Failure {
    let help = "write --set ID=NUMBER, with a number from 0 to 1; or a grade for a source, a strength for an inference";
    usage(format!("--set: `{setting}` {what}"), Some(help.to_owned()))
}

/// What an argument names: a statement, or a question, which stands for its headline.
pub fn subject(case: &Case, id: &str) -> Result<(StatementId, Option<QuestionId>), Failure> {
    if let Some(question) = case.question(id) {
        return Ok((case.questions[question].headline, Some(question)));
    }
    case.statement(id).map(|statement| (statement, None)).ok_or_else(|| unknown(case, "", id, SUBJECT, subjects(case)))
}

/// What `why` and `settled` answer for.
const SUBJECT: &str = "claim, relationship or question";

/// The ids that name one, questions first.
fn subjects(case: &Case) -> impl Iterator<Item = &str> {
    let questions = case.questions.values().map(|question| question.key.as_str());
    questions.chain(case.statements.values().map(|statement| statement.key.as_str()))
}

/// The failure that no id is given where one is needed.
pub fn no_subject(case: &Case) -> Failure {
    let known: Vec<&str> = subjects(case).collect();
    let help = (!known.is_empty()).then(|| there_are(&known, known.len()));
    usage(format!("name a {SUBJECT} behind the case"), help)
}

/// The document or actor that an argument names.
pub fn source(case: &Case, id: &str, needed: &str) -> Result<Source, Failure> {
    let known = || case.sources().map(|source| case.source_key(source).as_str());
    case.source(id).ok_or_else(|| unknown(case, "", id, needed, known()))
}

/// The failure that an id names nothing, or something of another sort than is needed.
pub fn wrong_id(case: &Case, id: &str, needed: &str) -> Failure {
    unknown(case, "", id, needed, case.keys().map(|key| key.as_str()))
}

/// The failure that an id names something of another sort than is needed.
pub fn wrong_sort(case: &Case, id: &str, needed: &str) -> Failure {
    unknown(case, "", id, needed, std::iter::empty())
}

/// The failure that a word is none of those that there are.
pub fn unknown_word(what: &str, word: &str, known: &[&str]) -> Failure {
    let nearest = nearest(word, known.iter().copied()).map(|nearest| format!("did you mean `{nearest}`?"));
    let all = || format!("there is {}", known.join(", "));
    usage(format!("there is no {what} `{word}`"), Some(nearest.unwrap_or_else(all)))
}

/// The statements and questions that arguments name.
pub fn asked(case: &Case, ids: &[String]) -> Result<(BTreeSet<StatementId>, BTreeSet<QuestionId>), Failure> {
    let (mut statements, mut questions) = (BTreeSet::new(), BTreeSet::new());
    for id in ids {
        if let Some(statement) = case.statement(id) {
            statements.insert(statement);
        } else if let Some(question) = case.question(id) {
            questions.insert(question);
        } else {
            let statements = case.statements.values().map(|statement| statement.key.as_str());
            let questions = case.questions.values().map(|question| question.key.as_str());
            return Err(unknown(case, "", id, "claim, relationship or question", statements.chain(questions)));
        }
    }
    Ok((statements, questions))
}

/// That an id names nothing in the case.
pub fn unknown_id(case: &Case, flag: &str, id: &str) -> Failure {
    unknown(
        case,
        flag,
        id,
        "claim, relationship, document, actor, inference or question",
        case.keys().map(|key| key.as_str()),
    )
}

fn unknown<'c>(case: &Case, flag: &str, id: &str, needed: &str, known: impl Iterator<Item = &'c str>) -> Failure {
    let message = match sort(case, id) {
        Some(sort) => {
            let article = if needed.starts_with('a') { "an" } else { "a" };
            format!("{flag}`{id}` is {sort}, and here {article} {needed} is needed")
        }
        None => format!("{flag}the case has no {needed} `{id}`"),
    };
    let known: Vec<&str> = known.collect();
    let help = match nearest(id, known.iter().copied()) {
        Some(nearest) => Some(format!("did you mean `{nearest}`?")),
        None => (!known.is_empty())
            .then(|| there_are(&by_nearness(id, known.iter().take(MOST_COMPARED).copied()), known.len())),
    };
    usage(message, help)
}

/// So many ids are put in order.
const MOST_COMPARED: usize = 10_000;

/// Which ids there are, by the first of them.
fn there_are(ids: &[&str], of: usize) -> String {
    const SHOWN: usize = 12;
    let named = ids.iter().take(SHOWN).map(|id| format!("`{id}`"));
    let more = of.saturating_sub(SHOWN);
    format!("the case has {}", joined(named.chain((more > 0).then(|| format!("{more} more")))))
}

/// What an id names, if it names anything.
fn sort(case: &Case, id: &str) -> Option<&'static str> {
    match case.source(id) {
        Some(Source::Document(_)) => return Some("a document"),
        Some(Source::Actor(_)) => return Some("an actor"),
        None => {}
    }
    case.statement(id)
        .map(|_| "a claim or relationship")
        .or_else(|| case.inference(id).map(|_| "an inference"))
        .or_else(|| case.question(id).map(|_| "a question, which `verdict` answers"))
}
