//! The live page of a case: its picture, its report and its remarks, which follow the text as it is written.
//!
//! Two programs show it: `evigraph watch`, which serves it to a browser, and the playground, in which it runs in the
//! browser whole. They differ in where texts come from and in how what is made here gets to the page, and in nothing else.
//! There is no clock, no thread and no file in here.
//!
//! # What is made of a text
//!
//! [`Page::update`] takes a case as it was loaded and hands over an [`Update`] as soon as each part is there: the state
//! (remarks, changes of verdicts, where each entry is written), then the explorer, once more when it is known what is
//! settled, then the report. Of a broken text there is the state alone, and the page goes on to show the last picture and
//! report, and says so.
//!
//! # What the page shows
//!
//! [`BODY`], [`STYLE`] and [`SCRIPT`] make the page; [`shell`] puts them together. The script needs one element of the
//! class `evigraph-page` and takes its data from `window.evigraphPage`:
//!
//! - `evigraphPage.show(update)` takes an update as JSON makes it: `{generation, state: {…}}`, `{generation,
//!   explorer: "<!doctype html>…"}`, `{generation, report: "…"}`; of `explorer` and `report` may also be said why there is
//!   none: `{trouble: "a sentence"}`. What is of an older generation than what is shown is dropped. With the first may
//!   come `at`, when the text was read, in milliseconds since 1970.
//! - `evigraphPage.lost(sentence)` says that nothing more comes, until something does.
//! - `evigraphPage.clear()` says that another case comes: nothing of the one before stays.
//! - `evigraphPage.choose(id)` chooses an entry in the picture, as a click on its box does.
//! - The event `evigraph:place` of `window`, whose `detail` is `{id, place}` or `{place}`, says that somebody wants to see
//!   a place in the text: by a click on a box, `id` names its entry; or on a place. A host that shows the text may go there
//!   and call `preventDefault()`, so that the page does not show an excerpt.
//!
//! Explorer and report are shown in frames that can reach neither each other, nor the page, nor anything else: the explorer
//! in one that may run its script and has no origin, the report in one that may run none. [`content_policy`] is what a
//! page that is nothing else is served with.

mod changes;
mod illustrated;
mod parts;
mod places;
mod remarks;
mod shell;
mod state;
mod update;

pub use changes::Change;
pub use illustrated::{figure, figures, illustrated_html};
pub use parts::Shown;
pub use places::Place;
pub use remarks::{Related, Remark};
pub use shell::{BODY, SCRIPT, STYLE, content_policy, shell};
pub use state::{Count, State};
pub use update::{Page, Part, Update};
