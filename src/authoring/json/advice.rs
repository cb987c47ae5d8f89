//! What is advised of a case in JSON: words of a case file stand in JSON there too.

use crate::diagnostic::Diagnostic;
use crate::source::Sources;

use super::super::notation::is_json;
use super::super::token::{Kind, Lexer};
use super::values::SIDES;

/// Puts what is advised of a JSON file into its words. What is in RON files, or in those words already, stays.
///
/// Cost: linear in the number of problems and in what is advised.
pub fn worded(problems: &mut [Diagnostic], sources: &Sources) {
    for problem in problems {
        let file = problem.span.map(|span| sources.file(span.file));
        if file.is_some_and(|file| is_json(file.name(), file.text())) {
            problem.help = problem.help.take().map(|help| in_json(&help));
        }
    }
}

/// A help whose pieces of a case file, between backquotes, are in JSON.
///
/// `strength: Weak` becomes `"strength": "Weak"`, and `Case(title: "…")` becomes `{"title": "…"}`. What is JSON already,
/// and what is no piece of a case file, stays.
fn in_json(help: &str) -> String {
    let pieces = help.split('`').enumerate();
    let pieces = pieces.map(|(index, piece)| if index % 2 == 1 { translated(piece) } else { piece.to_owned() });
    pieces.collect::<Vec<_>>().join("`")
}

fn translated(piece: &str) -> String {
    let mut lexer = Lexer::new(piece);
    let (first, second) = (lexer.next(), lexer.next());
    let is_ron = first.kind == Kind::Word && matches!(second.kind, Kind::Colon | Kind::LeftParen);
    if is_ron { in_braces(piece) } else { piece.to_owned() }
}

/// A piece of RON as JSON. Brackets that are never closed stay so.
fn in_braces(piece: &str) -> String {
    let mut lexer = Lexer::new(piece);
    let (mut json, mut at, mut closers) = (String::new(), 0, Vec::new());
    let mut token = lexer.next();
    while token.kind != Kind::End {
        json.push_str(&piece[at..token.start]);
        at = token.end;
        let words = &piece[token.start..token.end];
        let next = lexer.next();
        match token.kind {
            Kind::Word if next.kind == Kind::LeftParen => {
                let (opener, closer) = wrapped(words);
                json += &opener;
                closers.push(closer);
                at = next.end;
                token = lexer.next();
                continue;
            }
            Kind::Word if !["true", "false", "null"].contains(&words) => json += &format!("\"{words}\""),
            Kind::LeftParen => {
                json.push('{');
                closers.push("}");
            }
            Kind::RightParen => json += closers.pop().unwrap_or("}"),
            _ => json += words,
        }
        token = next;
    }
    json + &piece[at..]
}

/// What stands for a name and the bracket behind it, and what closes that.
fn wrapped(name: &str) -> (String, &'static str) {
    let side = SIDES.iter().find(|(side, _)| side.eq_ignore_ascii_case(name));
    match (side, name) {
        (Some((side, _)), _) => (format!("{{\"{side}\": {{"), "}}"),
        (None, "Other") => ("{\"Other\": ".to_owned(), "}"),
        _ => ("{".to_owned(), "}"),
    }
}

#[cfg(test)]
mod tests {
    use super::in_json;

    #[test]
    fn pieces_of_a_case_file_are_in_json() {
        let pairs = [
            ("mostly `strength: Weak` or `Slight`", "mostly `\"strength\": \"Weak\"` or `Slight`"),
            ("such as `at: \"p. 3\"`", "such as `\"at\": \"p. 3\"`"),
            ("add `from: …, to: …`", "add `\"from\": …, \"to\": …`"),
            ("`Case(title: \"…\")`", "`{\"title\": \"…\"}`"),
            ("`Supports(from: \"…\")`", "`{\"supports\": {\"from\": \"…\"}}`"),
            ("`Other(\"…\")`", "`{\"Other\": \"…\"}`"),
            ("`[0742,0747]`, `rain`, `evigraph why CASE rain`", "`[0742,0747]`, `rain`, `evigraph why CASE rain`"),
        ];
        for (ron, json) in pairs {
            assert_eq!(in_json(ron), json);
            assert_eq!(in_json(json), json, "JSON stays as it is");
        }
    }
}
