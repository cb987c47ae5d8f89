//! What each output may contain of a text that an author wrote, and the one function that sees to it.
//!
//! Whatever an author wrote goes through one of these on its way out, names and paths of files included: nothing in it
//! is obeyed by what shows it, becomes markup, or stays unseen.
//!
//! | output | function | what hides ([`letters`]) | besides |
//! | --- | --- | --- | --- |
//! | terminal, messages | [`visible`], [`visible_lines`] | is replaced by a sign | |
//! | commands to a workflow's runner | [`visible`] | is replaced by a sign | what ends a property or a line is `%XX` |
//! | JSON, data in a page | [`json`] | stands as `\uXXXX`, so that programs read what was written | in a page `<` as well |
//! | HTML | [`html`] | is replaced by a sign | `&`, `<`, `>` and quotation marks are entities |
//! | SVG, JUnit's XML | [`xml`] | the same, but for line breaks | the same |
//! | Markdown | [`markdown`] | is replaced by a sign | what could begin markup or a link has a backslash or is an entity |
//! | DOT | [`dot`] | is replaced by a sign | in quotation marks, without escape sequences or entities |
//! | Mermaid | [`mermaid`], [`mermaid_comment`] | is replaced by a sign | all but letters and harmless signs is a character code |

#[cfg(feature = "render")]
mod graph;
mod hidden;
mod json;
#[cfg(feature = "render")]
mod markdown;
mod markup;
mod visible;

#[cfg(feature = "render")]
pub use graph::{dot, mermaid, mermaid_comment};
pub use hidden::{Letter, is_hidden, letters};
pub use json::json;
#[cfg(feature = "render")]
pub use markdown::markdown;
pub use markup::{html, xml};
pub use visible::{sign, visible, visible_lines};
