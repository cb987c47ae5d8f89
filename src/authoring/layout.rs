//! How a case file is laid out: on one line what fits, else one item a line.

use std::fmt::Write as _;

/// The longest line that holds more than one field or item, in characters. The formatter keeps to it as well.
pub(super) const WIDTH: usize = 120;

/// What is written in a case file.
#[derive(Debug, Clone)]
pub(super) enum Value {
    /// A word that stands for a value.
    Word(String),
    Number(f64),
    Whole(u32),
    /// A word with a text in brackets: `Other("…")`.
    Wrapped(&'static str, String),
    Text(String),
    List(Vec<Value>),
    /// Fields in round brackets, with the name before them where it says something.
    Record(&'static str, Vec<(&'static str, Value)>),
    /// Entries by their ids.
    Map(Vec<(String, Value)>),
}

/// What can be written as the value of a field.
pub(super) trait Written {
    fn written(&self) -> Value;

    /// Whether the field is left out.
    fn is_left_out(&self) -> bool {
        false
    }
}

impl Written for String {
    fn written(&self) -> Value {
        Value::Text(self.clone())
    }
}

impl Written for u32 {
    fn written(&self) -> Value {
        Value::Whole(*self)
    }
}

impl<T: Written> Written for Option<T> {
    fn written(&self) -> Value {
        self.as_ref().map_or_else(|| Value::Word("None".to_owned()), Written::written)
    }

    fn is_left_out(&self) -> bool {
        self.is_none()
    }
}

impl<T: Written> Written for Vec<T> {
    fn written(&self) -> Value {
        Value::List(self.iter().map(Written::written).collect())
    }

    fn is_left_out(&self) -> bool {
        self.is_empty()
    }
}

impl<T: Written> Written for Vec<(String, T)> {
    fn written(&self) -> Value {
        Value::Map(self.iter().map(|(id, entry)| (id.clone(), entry.written())).collect())
    }

    fn is_left_out(&self) -> bool {
        self.is_empty()
    }
}

/// The fields that are not left out.
pub(super) fn fields<const N: usize>(fields: [(&'static str, &dyn Written); N]) -> Vec<(&'static str, Value)> {
    let given = fields.into_iter().filter(|(_, value)| !value.is_left_out());
    given.map(|(name, value)| (name, value.written())).collect()
}

/// A case file as text, and where its entries are.
#[derive(Debug, Default)]
pub(super) struct Layout {
    pub(super) text: String,
    /// The ids of entries with the bytes at which they begin, in order.
    pub(super) entries: Vec<(usize, String)>,
}

impl Layout {
    /// Lays out the record that is the whole file: one field a line, an empty line before each section.
    ///
    /// Cost: linear in the size of the text, times the depth of its brackets.
    pub(super) fn of_file(name: &str, fields: &[(&'static str, Value)]) -> Self {
        let mut layout = Self::default();
        let _ = writeln!(layout.text, "{name}(");
        for (field, value) in fields {
            let gap = if matches!(value, Value::Map(_)) { "\n" } else { "" };
            let _ = write!(layout.text, "{gap}    {field}: ");
            layout.value(value, 4, field.len() + 7);
            layout.text += ",\n";
        }
        layout.text += ")\n";
        layout
    }

    /// Writes a value on a line that is set in by `indent` and has `used` characters besides the value.
    fn value(&mut self, value: &Value, indent: usize, used: usize) {
        let flat = flat(value).filter(|flat| used + flat.chars().count() <= WIDTH);
        match (flat, value) {
            (Some(flat), _) => self.text += &flat,
            (None, Value::Word(word)) => self.text += word,
            (None, Value::Number(_) | Value::Whole(_)) => unreachable!("a number is on one line"),
            (None, Value::Wrapped(word, text)) => {
                let _ = write!(self.text, "{word}({})", quoted(text));
            }
            (None, Value::Text(text)) => self.text += &quoted(text),
            (None, Value::List(items)) => self.items("[", items, "]", indent, |_, _| 0),
            (None, Value::Record(name, fields)) => {
                self.items(&format!("{name}("), fields, ")", indent, |layout, (field, _)| {
                    let _ = write!(layout.text, "{field}: ");
                    field.len() + 2
                });
            }
            (None, Value::Map(entries)) => self.items("{", entries, "}", indent, |layout, (id, _)| {
                layout.entries.push((layout.text.len(), id.clone()));
                let _ = write!(layout.text, "{}: ", quoted(id));
                id.chars().count() + 4
            }),
        }
    }

    /// Writes items one a line, each behind what `head` writes, which says how many characters that takes.
    fn items<T: Item>(
        &mut self,
        open: &str,
        items: &[T],
        close: &str,
        indent: usize,
        head: impl Fn(&mut Self, &T) -> usize,
    ) {
        let (outer, inner) = (" ".repeat(indent), " ".repeat(indent + 4));
        self.text += open;
        self.text += "\n";
        for item in items {
            self.text += &inner;
            let used = head(self, item);
            self.value(item.value(), indent + 4, indent + 4 + used + 1);
            self.text += ",\n";
        }
        self.text += &outer;
        self.text += close;
    }
}

trait Item {
    fn value(&self) -> &Value;
}

impl Item for Value {
    fn value(&self) -> &Value {
        self
    }
}

impl<N> Item for (N, Value) {
    fn value(&self) -> &Value {
        &self.1
    }
}

/// A value on one line; none where it takes several: a section, or a text with line breaks.
fn flat(value: &Value) -> Option<String> {
    match value {
        Value::Word(word) => Some(word.clone()),
        // In the fewest digits that read back as the same.
        Value::Number(number) => Some(format!("{number:?}")),
        Value::Whole(number) => Some(number.to_string()),
        Value::Wrapped(word, text) => Some(format!("{word}({})", quoted(text))),
        Value::Text(text) => (!text.contains('\n')).then(|| quoted(text)),
        Value::List(items) => {
            let items: Option<Vec<String>> = items.iter().map(flat).collect();
            Some(format!("[{}]", items?.join(", ")))
        }
        Value::Record(name, fields) => {
            let field = |(name, value): &(&str, Value)| Some(format!("{name}: {}", flat(value)?));
            let fields: Option<Vec<String>> = fields.iter().map(field).collect();
            Some(format!("{name}({})", fields?.join(", ")))
        }
        Value::Map(entries) => entries.is_empty().then(|| "{}".to_owned()),
    }
}

/// A text in quotation marks. Line breaks stay as they are; what would not be seen is escaped.
pub fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for letter in text.chars() {
        match letter {
            '"' => quoted += "\\\"",
            '\\' => quoted += "\\\\",
            '\r' => quoted += "\\r",
            '\t' => quoted += "\\t",
            letter if letter.is_control() && letter != '\n' => {
                let _ = write!(quoted, "\\u{{{:x}}}", u32::from(letter));
            }
            letter => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fits_is_on_one_line() {
        let long = Value::Text("x".repeat(100));
        let record = Value::Record("", vec![("title", Value::Text("D".to_owned())), ("note", long)]);
        let entries = Value::Map(vec![("d".to_owned(), record), ("e".to_owned(), Value::Record("", Vec::new()))]);
        let layout = Layout::of_file("Case", &[("documents", entries)]);
        let x = "x".repeat(100);
        let expected = format!(
            "Case(\n\n    documents: {{\n        \"d\": (\n            title: \"D\",\n            note: \"{x}\",\n        ),\n        \"e\": (),\n    }},\n)\n"
        );
        assert_eq!(layout.text, expected);
        let at = |id: &str| layout.text.find(&format!("\"{id}\"")).expect("it is written");
        assert_eq!(layout.entries, [(at("d"), "d".to_owned()), (at("e"), "e".to_owned())]);
    }

    #[test]
    fn texts_are_escaped() {
        assert_eq!(quoted("a \"b\" \\ \t\r\n\u{1b}é"), "\"a \\\"b\\\" \\\\ \\t\\r\n\\u{1b}é\"");
    }
}
