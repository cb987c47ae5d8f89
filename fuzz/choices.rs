//! Well-formed cases, as bytes choose them.

use std::fmt::Write as _;

/// Bytes that decide, one after another; when they are used up, every choice is the first.
pub struct Choices<'b>(pub &'b [u8]);

impl Choices<'_> {
    /// From 0 to below `end`.
    fn below(&mut self, end: usize) -> usize {
        let Some((&first, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        usize::from(first) % end.max(1)
    }

    fn pick<'w>(&mut self, words: &[&'w str]) -> &'w str {
        words[self.below(words.len())]
    }

    /// A list of up to `most` ids of a sort, numbered below `end`.
    fn ids(&mut self, sort: char, end: usize, most: usize) -> String {
        let count = if end == 0 { 0 } else { self.below(most + 1) };
        (0..count).map(|_| format!("\"{sort}{}\", ", self.below(end))).collect()
    }

    fn words(&mut self) -> &'static str {
        self.pick(&["A text.", "<b>\u{202e}x\u{ad}", "“Quoted” \\\" | `code`", "م\u{200c}ی", "a\nb\tc", "%%{init}%% --> &lt;"])
    }

    fn attacks(&mut self, field: &str, statements: usize, sources: usize) -> String {
        match self.below(4) {
            0 if statements > 0 => format!(", {field}: [(from: \"c{}\", strength: Weak)]", self.below(statements)),
            1 if sources > 0 => format!(", {field}: [(from: \"d{}\")]", self.below(sources)),
            _ => String::new(),
        }
    }

    /// A case file.
    pub fn case(&mut self) -> String {
        let (sources, statements, inferences) = (1 + self.below(6), 1 + self.below(12), self.below(4));
        let mut text = format!("Case(title: \"{}\", documents: {{", self.words());
        for index in 0..sources {
            let (title, kind) = (self.words(), self.pick(&["Cable", "Archive", "Testimony", "Other(\"x\")"]));
            let reliability = self.pick(&["A", "C", "0.5", "1.0", "0.0"]);
            let (derives, rests) = (self.ids('d', sources, 2), self.ids('d', sources, 1));
            let (supersedes, withheld) = (self.ids('d', sources, 1), self.pick(&["None", "Partial", "Full"]));
            let attacks = self.attacks("impeached_by", statements, sources);
            let _ = write!(
                text,
                "\"d{index}\": (title: \"{title}\", kind: {kind}, reliability: {reliability}, derives_from: [{derives}], \
                 rests_on: [{rests}], supersedes: [{supersedes}], withheld: {withheld}{attacks}),"
            );
        }
        text += "}, claims: {";
        for index in 0..statements {
            let words = self.words();
            let _ = write!(text, "\"c{index}\": (text: \"{words}\", evidence: [");
            for _ in 0..self.below(4) {
                let (effect, manner) = (self.pick(&["Supports", "Opposes"]), self.pick(&["Account", "Exhibit", "Silence"]));
                let from = if self.below(3) == 0 { format!("c{}", self.below(statements)) } else { format!("d{}", self.below(sources)) };
                let manner = if from.starts_with('d') { format!(", as: {manner}") } else { String::new() };
                let attacks = self.attacks("undercut_by", statements, sources);
                let _ = write!(text, "{effect}(from: \"{from}\"{manner}{attacks}),");
            }
            let (entails, rivals) = (self.ids('c', statements, 2), self.ids('c', statements, 2));
            let parts = self.pick(&["all_of", "any_of", "one_of"]);
            let of = self.ids('c', statements, 3);
            let assumed = self.pick(&["", "", ", assumed: Weak"]);
            let _ = write!(text, "], entails: [{entails}], rivals: [{rivals}], {parts}: [{of}]{assumed}),");
        }
        text += "}, inferences: {";
        for index in 0..inferences {
            let (given, rejected) = (self.ids('c', statements, 3), self.ids('c', statements, 1));
            let (to, effect) = (self.below(statements), self.pick(&["Supports", "Opposes"]));
            let attacks = self.attacks("undercut_by", statements, sources);
            let _ = write!(
                text,
                "\"i{index}\": (given: [{given}], given_rejected: [{rejected}], to: \"c{to}\", effect: {effect}{attacks}),"
            );
        }
        let claims = self.ids('c', statements, 3);
        let _ = write!(text, "}}, questions: {{\"q\": (text: \"{}\", claims: [{claims}])}})", self.words());
        text
    }
}
