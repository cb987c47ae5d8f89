//! What a page may ask, and the answers.

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;
use std::path::PathBuf;

use evigraph::internals::assist::{Choice, ChoiceKind, Judged, OutlinedCase, complete, judge, look_up};
use evigraph::internals::compare::Terms;
use evigraph::internals::json::{Verdicts, pretty};
use evigraph::internals::page::Page;
use evigraph::internals::source::FileId;
use evigraph::{Budget, Engine, Input, LoadError, Loaded, Method, Remarks, Scenario, Watch, load_from};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::columns::Columns;
use crate::diagnostics::diagnostics;
use crate::folder::{Folder, located};

/// About how many seconds may go into exact degrees while somebody points at an id.
const PATIENCE: f64 = 0.25;

/// A question about a case, which comes with it.
#[derive(Deserialize)]
pub struct Question {
    /// What is asked.
    #[serde(flatten)]
    ask: Ask,
    /// The texts, by their paths.
    files: BTreeMap<String, String>,
    /// The path of the text that is opened.
    opened: String,
}

#[derive(Deserialize)]
#[serde(tag = "ask", rename_all = "lowercase")]
enum Ask {
    /// What is wrong with the texts, verdicts aside.
    Check,
    /// What can be written at a place.
    Complete { file: String, at: u32 },
    /// What is known of the words at a place.
    Hover { file: String, at: u32 },
    /// A text laid out anew.
    Format { file: String },
    /// `evigraph verdict --format json`.
    Verdicts,
    /// Everything that is wrong, and the live page: several answers.
    Show { is_other: bool },
}

thread_local! {
    /// The case that was asked about last: most questions come about the same text.
    static LAST: RefCell<Option<Asked>> = const { RefCell::new(None) };
    static PAGE: RefCell<Page> = RefCell::new(new_page());
}

/// A case that is asked about.
struct Asked {
    files: BTreeMap<String, String>,
    opened: String,
    folder: Folder,
    case: OutlinedCase,
    /// Worked out when it is first wanted.
    judged: OnceCell<Judged>,
}

impl Asked {
    fn load(files: BTreeMap<String, String>, opened: String) -> Result<Self, LoadError> {
        let folder = Folder::new(&files);
        let case = OutlinedCase::new(load_from(Input::Path(PathBuf::from(&opened)), &folder)?);
        Ok(Self { files, opened, folder, case, judged: OnceCell::new() })
    }

    fn judged(&self) -> &Judged {
        self.judged.get_or_init(|| judge(&self.case.loaded, &Watch::default()))
    }
}

/// Answers a question. What cannot be answered is said as `{"trouble": "a sentence"}`.
pub fn answer(Question { ask, files, opened }: Question, say: &mut dyn FnMut(Value)) {
    LAST.with_borrow_mut(|last| {
        if last.as_ref().is_none_or(|last| last.files != files || last.opened != opened) {
            *last = Asked::load(files, opened).map_err(|error| say(json!({ "trouble": error.to_string() }))).ok();
        }
        if let Some(asked) = last {
            answer_of(asked, ask, say);
        }
    });
}

fn answer_of(asked: &Asked, ask: Ask, say: &mut dyn FnMut(Value)) {
    let case = &asked.case;
    match ask {
        Ask::Check => say(json!({ "diagnostics": diagnostics(&case.loaded, &case.loaded.diagnostics) })),
        Ask::Complete { file, at } => say(completion(asked, &file, at)),
        Ask::Hover { file, at } => say(hover(asked, &file, at)),
        Ask::Format { file } => say(format(&file, asked.files.get(&file).map_or("", String::as_str))),
        Ask::Verdicts => say(verdicts(&case.loaded)),
        Ask::Show { is_other } => show(asked, is_other, say),
    }
}

fn new_page() -> Page {
    Page::new(Terms::default(), Budget::default())
}

/// The live page compares what it shows with what it showed before, unless that was another case.
fn show(asked: &Asked, is_other: bool, say: &mut dyn FnMut(Value)) {
    say(json!({ "diagnostics": diagnostics(&asked.case.loaded, &asked.judged().diagnostics) }));
    let Ok(Asked { case, .. }) = Asked::load(asked.files.clone(), asked.opened.clone()) else { return };
    PAGE.with_borrow_mut(|page| {
        if is_other {
            *page = new_page();
        }
        page.update(case.loaded, &Watch::default(), &mut |update| {
            say(json!({ "update": update }));
            true
        });
    });
}

/// The file of a path, if the case includes it.
fn file(case: &OutlinedCase, path: &str) -> Option<FileId> {
    let path = located(path.as_ref());
    case.files().find(|&file| case.loaded.sources.file(file).path() == Some(&path))
}

fn format(name: &str, text: &str) -> Value {
    match evigraph::format(name, text) {
        Ok(text) => json!({ "text": text }),
        Err(broken) => {
            let first = broken.diagnostics.first().map_or("", |problem| &problem.message);
            json!({ "trouble": format!("A broken file is left as it is: {first}.") })
        }
    }
}

fn verdicts(loaded: &Loaded) -> Value {
    let Some(case) = &loaded.case else { return json!({ "trouble": "the case has errors" }) };
    let engine = Engine::with_method(case, Scenario::default(), Method::Auto, Budget::default());
    let text = engine.for_all(true).and_then(|engine| {
        let mut answer = engine.answer_all(true)?;
        Remarks::of(loaded).by(&engine).add(&mut answer);
        Ok(pretty(&Verdicts(&engine, &answer)))
    });
    text.map_or_else(|error| json!({ "trouble": error.to_string() }), |text| json!({ "text": text }))
}

fn completion(asked: &Asked, path: &str, at: u32) -> Value {
    let case = &asked.case;
    let Some(file) = file(case, path) else { return Value::Null };
    let columns = Columns::of(case.text(file));
    // What takes verdicts is not waited for while somebody types.
    let verdicts = asked.judged.get().map(|judged| &judged.verdicts);
    let Some(found) = complete(case, file, columns.byte(at), verdicts, &asked.folder) else { return Value::Null };
    json!({
        "from": columns.unit(found.replaced.start),
        "to": columns.unit(found.replaced.end),
        "is_incomplete": found.is_incomplete,
        "choices": found.choices.into_iter().map(choice).collect::<Vec<_>>(),
    })
}

fn choice(choice: Choice) -> Value {
    let kind = match choice.kind {
        ChoiceKind::Snippet => "snippet",
        ChoiceKind::Field => "field",
        ChoiceKind::Reference => "reference",
        ChoiceKind::Word => "word",
        ChoiceKind::File => "file",
        ChoiceKind::Lint => "lint",
    };
    json!({
        "label": choice.label, "snippet": choice.snippet, "filter": choice.filter, "kind": kind,
        "detail": choice.detail, "documentation": choice.documentation,
    })
}

fn hover(asked: &Asked, path: &str, at: u32) -> Value {
    let case = &asked.case;
    let Some(file) = file(case, path) else { return Value::Null };
    let columns = Columns::of(case.text(file));
    let Judged { diagnostics, verdicts } = asked.judged();
    let Some(found) = look_up(case, file, columns.byte(at), Some(verdicts), diagnostics) else { return Value::Null };
    let (from, to) = (columns.unit(found.bytes.start), columns.unit(found.bytes.end));
    let budget = Budget::seconds(PATIENCE);
    let engine = |case| Engine::with_method(case, Scenario::default(), Method::Auto, budget);
    let engine = case.loaded.case.as_ref().map(engine);
    json!({ "from": from, "to": to, "markdown": found.markdown(engine.as_ref()) })
}
