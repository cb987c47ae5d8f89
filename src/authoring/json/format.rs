//! A JSON file laid out anew: one item a line, two spaces a bracket. What is written stays as it is written.

use super::super::token::{Kind, Token};
use super::lexer::Lexer;

/// A sound JSON file laid out as [`export_json`](super::export_json) writes one. Cost: linear in the text, times the
/// depth of its brackets.
pub(in super::super) fn format(text: &str) -> String {
    let (mut lexer, mut out, mut depth) = (Lexer::new(text), String::with_capacity(text.len() * 2), 0_usize);
    let mut before = Kind::End;
    loop {
        let Token { kind, start, end } = lexer.next();
        if kind == Kind::End {
            return out + "\n";
        }
        depth -= usize::from(kind.closes()).min(depth);
        let opened = before.closer().is_some();
        if (kind.closes() && !opened) || (opened && !kind.closes()) || before == Kind::Comma {
            out.push('\n');
            out.extend(std::iter::repeat_n("  ", depth));
        }
        depth += usize::from(kind.closer().is_some());
        out.push_str(&text[start..end]);
        if kind == Kind::Colon {
            out.push(' ');
        }
        before = kind;
    }
}

#[cfg(test)]
mod tests {
    use super::format;

    #[test]
    fn it_is_the_layout_of_serde_json() {
        let text = r#"{"a":[],"b":{ },"c":[1.50,{"d":"e\u0041","f":[[true]]}],"g":null}"#;
        let spelled = |text: &str| text.replace("1.50", "1.5").replace("\\u0041", "A");
        let value: serde_json::Value = serde_json::from_str(text).expect("it is JSON");
        assert_eq!(spelled(&format(text)), serde_json::to_string_pretty(&value).expect("it can be written") + "\n");
        assert_eq!(format(&format(text)), format(text));
        assert!(format(text).contains("1.50") && format(text).contains("\\u0041"));
    }
}
