//! What LaTeX in a bibliography says, as plain text.

use std::str::Chars;

use crate::model::normalized;

/// Groups within groups beyond this many are taken as they are written.
const DEEPEST: usize = 64;

/// The text of a value: accents and signs as characters, without braces and what only says how letters look.
/// `unknown` takes the names of commands that are not known; of those the name stays in the text.
///
/// Cost: linear in the value.
pub(super) fn text(value: &str, unknown: &mut Vec<String>) -> String {
    let mut decoder = Decoder { rest: value.chars(), out: String::with_capacity(value.len()), unknown };
    decoder.until(None, 0);
    let words: Vec<&str> = decoder.out.split_whitespace().collect();
    normalized(&words.join(" ")).into_owned()
}

/// The text of a value that is an address or the like: only signs are unescaped.
pub(super) fn verbatim(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let mut letters = value.trim().chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' if letters.peek().is_some_and(|next| "_%&#$~{}\\".contains(*next)) => out.extend(letters.next()),
            '{' | '}' => {}
            letter if letter.is_whitespace() => {}
            letter => out.push(letter),
        }
    }
    out.strip_prefix("\\url").unwrap_or(&out).to_owned()
}

struct Decoder<'v, 'u> {
    rest: Chars<'v>,
    out: String,
    unknown: &'u mut Vec<String>,
}

impl Decoder<'_, '_> {
    fn peek(&self) -> Option<char> {
        self.rest.clone().next()
    }

    /// Whether that comes next; then it is taken.
    fn takes(&mut self, words: &str) -> bool {
        let rest = self.rest.as_str().strip_prefix(words);
        self.rest = rest.unwrap_or(self.rest.as_str()).chars();
        rest.is_some()
    }

    /// Reads up to the end, or to the bracket that closes a group.
    fn until(&mut self, closer: Option<char>, depth: usize) {
        while let Some(letter) = self.rest.next() {
            match letter {
                letter if Some(letter) == closer => return,
                '{' if depth < DEEPEST => self.until(Some('}'), depth + 1),
                '{' | '}' => {}
                '\\' => self.command(depth),
                '$' if self.rest.as_str().contains('$') => self.until(Some('$'), depth.min(DEEPEST) + 1),
                '~' => self.out.push(' '),
                '-' if self.takes("--") => self.out.push('—'),
                '-' if self.takes("-") => self.out.push('–'),
                '`' if self.takes("`") => self.out.push('“'),
                '\'' if self.takes("'") => self.out.push('”'),
                letter => self.out.push(letter),
            }
        }
    }

    /// What stands behind a backslash.
    fn command(&mut self, depth: usize) {
        let Some(first) = self.peek() else { return };
        if !first.is_ascii_alphabetic() {
            self.rest.next();
            return self.sign(first, depth);
        }
        let rest = self.rest.as_str();
        let length = rest.find(|letter: char| !letter.is_ascii_alphabetic()).unwrap_or(rest.len());
        let name = &rest[..length];
        self.rest = rest[length..].chars();
        if let Some(mark) = accent(name).filter(|_| name.len() == 1 || name == "acute") {
            return self.accented(mark, depth);
        }
        if let Some((_, sign)) = SIGNS.iter().find(|(known, _)| *known == name) {
            self.end_of_name();
            return self.out.push_str(sign);
        }
        match name {
            // What these name is not shown.
            "noopsort" | "vphantom" | "phantom" | "hspace" | "vspace" | "label" | "index" => drop(self.argument(depth)),
            "href" => {
                let address = verbatim(&self.argument_as_written());
                let words = self.argument(depth);
                self.out += &if words == address { words } else { format!("{words} ({address})") };
            }
            "enquote" | "mkbibquote" => {
                let words = self.argument(depth);
                self.out += &format!("“{words}”");
            }
            "par" | "newline" | "linebreak" | "quad" | "qquad" | "space" => self.out.push(' '),
            // What comes next looks different, and says the same.
            _ if LOOKS.contains(&name) => self.end_of_name(),
            _ => {
                self.unknown.push(name.to_owned());
                self.out += &format!("\\{name}");
            }
        }
    }

    /// The space that ends the name of a command is not in the text.
    fn end_of_name(&mut self) {
        self.rest = self.rest.as_str().trim_start().chars();
        self.takes("{}");
    }

    /// A sign behind a backslash.
    fn sign(&mut self, sign: char, depth: usize) {
        match sign {
            '-' | '/' | '@' | '!' | '(' | ')' | '[' | ']' | '*' | '+' => {}
            ',' | ';' | ':' | '\\' | '>' => self.out.push(' '),
            letter if letter.is_whitespace() => self.out.push(' '),
            letter => match accent(letter.encode_utf8(&mut [0; 4])) {
                Some(mark) => self.accented(mark, depth),
                None => self.out.push(letter),
            },
        }
    }

    /// A letter with a mark above or below it.
    fn accented(&mut self, mark: char, depth: usize) {
        let words = self.argument(depth);
        let mut letters = words.chars();
        match letters.next() {
            None => self.out.push(if mark == '\u{302}' {
                '^'
            } else if mark == '\u{303}' {
                '~'
            } else {
                return;
            }),
            Some(first) => {
                // A mark stands in the place of the dot.
                self.out.push(match first {
                    'ı' => 'i',
                    'ȷ' => 'j',
                    first => first,
                });
                self.out.push(mark);
                self.out.push_str(letters.as_str());
            }
        }
    }

    /// The text of what a command is about: the next group, command or character.
    fn argument(&mut self, depth: usize) -> String {
        self.rest = self.rest.as_str().trim_start().chars();
        let before = std::mem::take(&mut self.out);
        match self.peek() {
            Some('{') if depth < DEEPEST => {
                self.rest.next();
                self.until(Some('}'), depth + 1);
            }
            Some('\\') if depth < DEEPEST => {
                self.rest.next();
                self.command(depth + 1);
            }
            Some('}') | None => {}
            _ => self.out.extend(self.rest.next()),
        }
        std::mem::replace(&mut self.out, before)
    }

    /// The next group as it is written.
    fn argument_as_written(&mut self) -> String {
        let rest = self.rest.as_str().trim_start();
        let (mut depth, mut end) = (0_usize, rest.len());
        for (at, letter) in rest.char_indices() {
            depth += usize::from(letter == '{');
            if letter == '}' {
                depth = depth.saturating_sub(1);
            }
            if depth == 0 {
                end = at + letter.len_utf8();
                break;
            }
        }
        self.rest = rest[end..].chars();
        rest[..end].to_owned()
    }
}

/// The mark of an accent.
fn accent(command: &str) -> Option<char> {
    Some(match command {
        "`" => '\u{300}',
        "'" | "acute" => '\u{301}',
        "^" => '\u{302}',
        "~" => '\u{303}',
        "=" => '\u{304}',
        "u" => '\u{306}',
        "." => '\u{307}',
        "\"" => '\u{308}',
        "r" => '\u{30a}',
        "H" => '\u{30b}',
        "v" => '\u{30c}',
        "d" => '\u{323}',
        "c" => '\u{327}',
        "k" => '\u{328}',
        "b" => '\u{331}',
        _ => return None,
    })
}

/// Commands that only say how what comes next looks, or what it is.
const LOOKS: &[&str] = &[
    "textbf",
    "textit",
    "textsc",
    "texttt",
    "textrm",
    "textsf",
    "textsl",
    "textup",
    "textmd",
    "textnormal",
    "text",
    "emph",
    "em",
    "it",
    "bf",
    "sc",
    "tt",
    "rm",
    "sf",
    "sl",
    "bfseries",
    "itshape",
    "scshape",
    "upshape",
    "mkbibemph",
    "mkbibbold",
    "mkbibitalic",
    "mathrm",
    "mathit",
    "mathbf",
    "mathbb",
    "mathcal",
    "mathsf",
    "hbox",
    "mbox",
    "ensuremath",
    "url",
    "path",
    "nolinkurl",
    "textsubscript",
    "textsuperscript",
    "relax",
    "protect",
    "null",
    "left",
    "right",
    "displaystyle",
    "cite",
    "bibstring",
    "autocap",
    "uppercase",
    "lowercase",
    "MakeUppercase",
    "MakeLowercase",
    "textquotesingleleft",
    "small",
    "footnotesize",
    "large",
    "normalsize",
    "underline",
    "uline",
    "overline",
    "bar",
    "vec",
    "hat",
    "tilde",
    "noindent",
    "newblock",
    "foreignlanguage",
    "selectlanguage",
    "ocirc",
    "mathring",
];

/// Commands that stand for characters.
const SIGNS: &[(&str, &str)] = &[
    ("aa", "å"),
    ("AA", "Å"),
    ("ae", "æ"),
    ("AE", "Æ"),
    ("oe", "œ"),
    ("OE", "Œ"),
    ("o", "ø"),
    ("O", "Ø"),
    ("l", "ł"),
    ("L", "Ł"),
    ("ss", "ß"),
    ("SS", "ẞ"),
    ("i", "ı"),
    ("j", "ȷ"),
    ("dh", "ð"),
    ("DH", "Ð"),
    ("th", "þ"),
    ("TH", "Þ"),
    ("dj", "đ"),
    ("DJ", "Đ"),
    ("ng", "ŋ"),
    ("NG", "Ŋ"),
    ("S", "§"),
    ("P", "¶"),
    ("textsection", "§"),
    ("textparagraph", "¶"),
    ("copyright", "©"),
    ("textcopyright", "©"),
    ("textregistered", "®"),
    ("texttrademark", "™"),
    ("pounds", "£"),
    ("textsterling", "£"),
    ("texteuro", "€"),
    ("euro", "€"),
    ("textyen", "¥"),
    ("textcent", "¢"),
    ("dag", "†"),
    ("ddag", "‡"),
    ("textdagger", "†"),
    ("textdaggerdbl", "‡"),
    ("ldots", "…"),
    ("dots", "…"),
    ("textellipsis", "…"),
    ("cdots", "⋯"),
    ("textendash", "–"),
    ("textemdash", "—"),
    ("textquoteleft", "‘"),
    ("textquoteright", "’"),
    ("textquotedblleft", "“"),
    ("textquotedblright", "”"),
    ("textquotedbl", "\""),
    ("textquotesingle", "'"),
    ("quotedblbase", "„"),
    ("quotesinglbase", "‚"),
    ("glqq", "„"),
    ("grqq", "“"),
    ("guillemotleft", "«"),
    ("guillemotright", "»"),
    ("guilsinglleft", "‹"),
    ("guilsinglright", "›"),
    ("flqq", "«"),
    ("frqq", "»"),
    ("textexclamdown", "¡"),
    ("textquestiondown", "¿"),
    ("textordfeminine", "ª"),
    ("textordmasculine", "º"),
    ("textperiodcentered", "·"),
    ("textbullet", "•"),
    ("textbackslash", "\\"),
    ("backslash", "\\"),
    ("textasciitilde", "~"),
    ("textasciicircum", "^"),
    ("textasciimacron", "¯"),
    ("textasciigrave", "`"),
    ("textunderscore", "_"),
    ("textdollar", "$"),
    ("textbar", "|"),
    ("textbraceleft", "{"),
    ("textbraceright", "}"),
    ("lbrace", "{"),
    ("rbrace", "}"),
    ("textless", "<"),
    ("textgreater", ">"),
    ("textdegree", "°"),
    ("textpm", "±"),
    ("texttimes", "×"),
    ("textmu", "µ"),
    ("textonehalf", "½"),
    ("textonequarter", "¼"),
    ("textnumero", "№"),
    ("textdoublepipe", "ǂ"),
    ("textdoublebarpipe", "ǂ"),
    ("textpipe", "ǀ"),
    ("slash", "/"),
    ("LaTeX", "LaTeX"),
    ("TeX", "TeX"),
    ("BibTeX", "BibTeX"),
    ("times", "×"),
    ("div", "÷"),
    ("pm", "±"),
    ("mp", "∓"),
    ("cdot", "·"),
    ("circ", "°"),
    ("prime", "′"),
    ("ast", "∗"),
    ("star", "⋆"),
    ("leq", "≤"),
    ("le", "≤"),
    ("leqslant", "⩽"),
    ("geq", "≥"),
    ("ge", "≥"),
    ("geqslant", "⩾"),
    ("neq", "≠"),
    ("ne", "≠"),
    ("approx", "≈"),
    ("sim", "∼"),
    ("simeq", "≃"),
    ("equiv", "≡"),
    ("propto", "∝"),
    ("infty", "∞"),
    ("rightarrow", "→"),
    ("to", "→"),
    ("leftarrow", "←"),
    ("leftrightarrow", "↔"),
    ("Rightarrow", "⇒"),
    ("Leftrightarrow", "⇔"),
    ("textrightarrow", "→"),
    ("textleftarrow", "←"),
    ("langle", "⟨"),
    ("rangle", "⟩"),
    ("in", "∈"),
    ("subset", "⊂"),
    ("cup", "∪"),
    ("cap", "∩"),
    ("forall", "∀"),
    ("exists", "∃"),
    ("neg", "¬"),
    ("partial", "∂"),
    ("nabla", "∇"),
    ("sum", "∑"),
    ("prod", "∏"),
    ("int", "∫"),
    ("ell", "ℓ"),
    ("hbar", "ℏ"),
    ("odot", "⊙"),
    ("oplus", "⊕"),
    ("otimes", "⊗"),
    ("perp", "⊥"),
    ("parallel", "∥"),
    ("lbrack", "["),
    ("rbrack", "]"),
    ("alpha", "α"),
    ("beta", "β"),
    ("gamma", "γ"),
    ("delta", "δ"),
    ("epsilon", "ϵ"),
    ("varepsilon", "ε"),
    ("zeta", "ζ"),
    ("eta", "η"),
    ("theta", "θ"),
    ("iota", "ι"),
    ("kappa", "κ"),
    ("lambda", "λ"),
    ("mu", "μ"),
    ("nu", "ν"),
    ("xi", "ξ"),
    ("pi", "π"),
    ("rho", "ρ"),
    ("sigma", "σ"),
    ("tau", "τ"),
    ("upsilon", "υ"),
    ("phi", "ϕ"),
    ("varphi", "φ"),
    ("chi", "χ"),
    ("psi", "ψ"),
    ("omega", "ω"),
    ("Gamma", "Γ"),
    ("Delta", "Δ"),
    ("Theta", "Θ"),
    ("Lambda", "Λ"),
    ("Xi", "Ξ"),
    ("Pi", "Π"),
    ("Sigma", "Σ"),
    ("Phi", "Φ"),
    ("Psi", "Ψ"),
    ("Omega", "Ω"),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(value: &str) -> String {
        text(value, &mut Vec::new())
    }

    #[test]
    fn latex_is_read_as_it_is_set() {
        for (latex, plain) in [
            (r#"G{\"o}del, K\"urt, \"{O}"#, "Gödel, Kürt, Ö"),
            (r"Erd\H{o}s, \v{C}apek, \c cedilla, Fran\c{c}ois", "Erdős, Čapek, çedilla, François"),
            (r#"na{\"\i}ve, \'{\i}, {\aa}ngstr{\o}m, stra\ss e"#, "naïve, í, ångstrøm, straße"),
            (r"AT\&T, 100\%, \$5, a\_b, \#1, \{x\}", "AT&T, 100%, $5, a_b, #1, {x}"),
            ("pp. 3--4 --- ``so'' {The} {{NASA}}", "pp. 3–4 — “so” The NASA"),
            (r"\emph{Homo sapiens} \textbf{x}$_2$ $\mu$m, {\em y}", "Homo sapiens x_2 μm, y"),
            (r"a~b\ c\,d \textendash{} e \ldots f", "a b c d – e …f"),
            (r"\href{https://a.org/b\_c}{here} \url{https://x.org}", "here (https://a.org/b_c) https://x.org"),
            (r"\enquote{x} {\noopsort{1973}}1981 costs $5", "“x” 1981 costs $5"),
            (r"\vphantom\{\vphantom\}a", "a"),
            (r"\frac{1}{2}", r"\frac12"),
        ] {
            assert_eq!(decoded(latex), plain, "{latex}");
        }
        assert_eq!(verbatim(r"https://a.org/\~{}b\_c?d=\%20"), "https://a.org/~b_c?d=%20");
    }

    #[test]
    fn groups_in_groups_end() {
        let deep = |open: &str| decoded(&format!("{}x{}", open.repeat(100_000), "}".repeat(100_000)));
        assert!(deep("{").contains('x') && deep("\\\"{").contains('x') && deep("\\emph{").contains('x'));
        assert!(decoded(&"$".repeat(100_000)).len() <= 100_000 && decoded(&"\\'".repeat(100_000)).len() < 1_000_000);
    }
}
