//! Reads a selector: words and parentheses, then *or* of *and* of *not* of conditions.

use std::ops::Range;

use super::error::{SelectorError, SelectorProblem};
use super::expression::Expression;

impl<C> Expression<C> {
    /// Reads a selector; `read` makes a condition of a key and its value.
    ///
    /// Cost: linear in the length of the text, and each condition read once.
    ///
    /// # Errors
    ///
    /// [`SelectorError`] if it is not understood, or `read` does not understand one of its conditions.
    pub fn parse(
        text: &str,
        read: impl FnMut(&str, &str) -> Result<C, SelectorProblem>,
    ) -> Result<Self, SelectorError> {
        if text.len() > Self::LONGEST {
            let end = text.floor_char_boundary(Self::LONGEST);
            return Err(SelectorError { text: text.to_owned(), at: end..end, problem: SelectorProblem::TooLong });
        }
        let mut parser = Parser { text, at: 0, conditions: 0, depth: 0, read };
        let parsed = parser.any().and_then(|expression| parser.end().map(|()| expression));
        parsed.map_err(|Wrong { at, problem }| SelectorError { text: text.to_owned(), at, problem })
    }
}

/// What is wrong, and where.
struct Wrong {
    at: Range<usize>,
    problem: SelectorProblem,
}

struct Parser<'t, R> {
    text: &'t str,
    /// The next byte.
    at: usize,
    conditions: usize,
    depth: usize,
    read: R,
}

impl<'t, R> Parser<'t, R> {
    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn skip_spaces(&mut self) {
        self.at = self.text.len() - self.rest().trim_start().len();
    }

    /// Takes a character, if it is next.
    fn takes(&mut self, letter: char) -> bool {
        self.skip_spaces();
        let next = self.rest().starts_with(letter);
        self.at += if next { letter.len_utf8() } else { 0 };
        next
    }

    /// Takes one of the three words of the language, if it is next.
    fn takes_word(&mut self, word: &str) -> bool {
        self.skip_spaces();
        let next = self.rest()[..self.plain_length()] == *word && !self.is_key();
        self.at += if next { word.len() } else { 0 };
        next
    }

    /// The length of the word that is next: up to a space, a colon, a parenthesis or a quotation mark.
    fn plain_length(&self) -> usize {
        let ends = |letter: char| letter.is_whitespace() || matches!(letter, ':' | '(' | ')' | '"');
        self.rest().find(ends).unwrap_or(self.rest().len())
    }

    /// Whether a colon follows the word that is next.
    fn is_key(&self) -> bool {
        self.rest()[self.plain_length()..].trim_start().starts_with(':')
    }

    /// What is next, as a message shows it: a word with what hangs on it, or one character.
    fn next_words(&self) -> Range<usize> {
        let ends = |letter: char| letter.is_whitespace() || matches!(letter, '(' | ')');
        let first = self.rest().chars().next().map_or(0, char::len_utf8);
        self.at..self.at + self.rest().find(ends).unwrap_or(self.rest().len()).max(first)
    }

    fn wrong<T>(&self, at: Range<usize>, problem: SelectorProblem) -> Result<T, Wrong> {
        Err(Wrong { at, problem })
    }

    /// The end of the text, where nothing more may follow.
    fn end(&mut self) -> Result<(), Wrong> {
        self.skip_spaces();
        match self.rest().chars().next() {
            None => Ok(()),
            Some(')') => self.wrong(self.at..self.at + 1, SelectorProblem::StrayParenthesis),
            Some(_) => {
                let at = self.next_words();
                let found = shown(&self.text[at.clone()]);
                self.wrong(at, SelectorProblem::ConnectiveMissing { found })
            }
        }
    }
}

impl<C, R: FnMut(&str, &str) -> Result<C, SelectorProblem>> Parser<'_, R> {
    fn any(&mut self) -> Result<Expression<C>, Wrong> {
        let mut parts = Vec::new();
        loop {
            match self.all()? {
                Expression::Any(more) => parts.extend(more),
                part => parts.push(part),
            }
            if !self.takes_word("or") {
                return Ok(one_or(parts, Expression::Any));
            }
        }
    }

    fn all(&mut self) -> Result<Expression<C>, Wrong> {
        let mut parts = Vec::new();
        loop {
            match self.negated()? {
                Expression::All(more) => parts.extend(more),
                part => parts.push(part),
            }
            if !self.takes_word("and") {
                return Ok(one_or(parts, Expression::All));
            }
        }
    }

    fn negated(&mut self) -> Result<Expression<C>, Wrong> {
        self.skip_spaces();
        let start = self.at;
        if self.takes_word("not") {
            return self.inside(start, |parser| Ok(Expression::Not(Box::new(parser.negated()?))));
        }
        if !self.takes('(') {
            return self.condition();
        }
        let inner = self.inside(start, Self::any)?;
        if self.takes(')') {
            return Ok(inner);
        }
        if self.rest().is_empty() {
            return self.wrong(start..start + 1, SelectorProblem::OpenParenthesis);
        }
        self.end().map(|()| inner)
    }

    /// Reads what stands one level deeper.
    fn inside<T>(&mut self, start: usize, read: impl FnOnce(&mut Self) -> Result<T, Wrong>) -> Result<T, Wrong> {
        if self.depth == Expression::<C>::DEEPEST {
            return self.wrong(start..self.at, SelectorProblem::TooDeep);
        }
        self.depth += 1;
        let result = read(self);
        self.depth -= 1;
        result
    }

    fn condition(&mut self) -> Result<Expression<C>, Wrong> {
        self.skip_spaces();
        let start = self.at;
        let key = &self.rest()[..self.plain_length()];
        if !self.is_key() || key.is_empty() {
            return self.no_condition(key);
        }
        self.at += key.len();
        self.takes(':');
        let key_at = start..start + key.len();
        self.skip_spaces();
        let value_start = self.at;
        let value = self.value()?;
        if value.trim().is_empty() {
            return self.wrong(start..self.at, SelectorProblem::NoValue(key.to_owned()));
        }
        if self.conditions == Expression::<C>::MOST {
            return self.wrong(start..self.at, SelectorProblem::TooMany);
        }
        self.conditions += 1;
        (self.read)(key, &value).map(Expression::Condition).map_err(|problem| {
            let is_key = matches!(problem, SelectorProblem::UnknownKey { .. });
            Wrong { at: if is_key { key_at } else { value_start..self.at }, problem }
        })
    }

    /// There is no key and colon where a condition should be.
    fn no_condition<T>(&self, word: &str) -> Result<T, Wrong> {
        let at = self.next_words();
        let problem = match word {
            "" | "and" | "or" | "not" => SelectorProblem::ConditionMissing { found: shown(&self.text[at.clone()]) },
            word => SelectorProblem::NoColon(shown(word)),
        };
        self.wrong(at, problem)
    }

    /// A value: in quotation marks, or up to a space or parenthesis.
    fn value(&mut self) -> Result<String, Wrong> {
        let start = self.at;
        if !self.rest().starts_with('"') {
            let ends = |letter: char| letter.is_whitespace() || matches!(letter, '(' | ')' | '"');
            let length = self.rest().find(ends).unwrap_or(self.rest().len());
            self.at += length;
            return Ok(self.text[start..self.at].to_owned());
        }
        let mut value = String::new();
        let mut letters = self.text[start + 1..].char_indices();
        while let Some((place, letter)) = letters.next() {
            match letter {
                '"' => {
                    self.at = start + 1 + place + 1;
                    return Ok(value);
                }
                '\\' => value.extend(letters.next().map(|(_, letter)| letter)),
                letter => value.push(letter),
            }
        }
        self.wrong(start..start + 1, SelectorProblem::OpenQuotation)
    }
}

/// The only part, or all of them joined.
fn one_or<C>(mut parts: Vec<Expression<C>>, join: impl FnOnce(Vec<Expression<C>>) -> Expression<C>) -> Expression<C> {
    match parts.len() {
        1 => parts.remove(0),
        _ => join(parts),
    }
}

/// The beginning of words that a message quotes.
fn shown(words: &str) -> String {
    const MOST: usize = 60;
    if words.chars().count() <= MOST {
        return words.to_owned();
    }
    words.chars().take(MOST - 1).chain(['…']).collect()
}
