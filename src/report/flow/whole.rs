//! Whole reports and reports on one page as blocks.

use crate::report::article::{
    Brief, Carriers, Contest, Dig, Document, Entry, Fact, Finding, Inline, Legend, Line, Meaning, Section, Sign,
    SourceEntry, Summary,
};

use super::author::author_blocks;
use super::block::{Block, Flow, Indent, Place, Row, Run, Table, Target};

impl Document {
    /// The report as blocks.
    pub fn flow(&self) -> Flow {
        let mut flow = Flow { title: Run::of(&self.title).text, ..Flow::default() };
        flow.opening(&self.reading, &self.counts, self.left_out.as_deref(), &self.changes);
        flow.blocks.push(Block::Figure(Place::Card));
        flow.summary(&self.summary);
        self.sections.iter().enumerate().for_each(|(at, section)| flow.section(at, section));
        flow.contests(&self.contests);
        flow.findings(&self.findings);
        flow.carriers(&self.carriers);
        flow.digging(&self.digging);
        if let Some(about) = &self.about {
            flow.heading("about", "About this case");
            flow.author("The author writes", about);
        }
        flow.sources(&self.sources.iter().collect::<Vec<_>>(), true);
        flow.legend(&self.legend);
        flow
    }
}

impl Brief<'_> {
    /// The report on one page as blocks.
    pub fn flow(&self) -> Flow {
        let mut flow = Flow { title: Run::of(self.title).text, ..Flow::default() };
        flow.opening(self.reading, self.counts, self.left_out, self.changes);
        flow.summary(&self.summary);
        flow.more(self.unasked, "question");
        if !self.statements.is_empty() {
            flow.heading(
                "statements",
                if self.summary.is_empty() { "The statements" } else { "The statements named here" },
            );
            let row = |entry: &&Entry| Row {
                anchor: entry.anchor.clone(),
                cells: vec![vec![Run::of(&entry.number)], vec![Run::of(&entry.text)], sign(entry.sign)],
            };
            flow.table(&[0.08, 0.67, 0.25], &["", "Statement", "Verdict"], self.statements.iter().map(row).collect());
            flow.more(self.unlisted, "statement");
        }
        if !self.hangs_on.is_empty() {
            flow.heading("carriers", "What the verdicts hang on");
            flow.paragraph(line(self.hangs_on));
        }
        if !self.digging.is_empty() {
            flow.heading("digging", "Where to dig");
            for dig in &self.digging {
                let heading = Run { italic: true, ..Run::of(format!("{}. ", dig.heading)) };
                flow.item([vec![heading], line(dig.first)].concat());
            }
        }
        flow.sources(&self.sources, false);
        flow.paragraph(vec![Run::soft(
            "Every verdict here was computed from the case alone. The whole report has the grounds of each, and the same numbers.",
        )]);
        flow
    }
}

impl Flow {
    fn heading(&mut self, anchor: &str, text: &str) {
        self.blocks.push(Block::Heading { level: 2, anchor: anchor.to_owned(), text: vec![Run::of(text)] });
    }

    fn subheading(&mut self, anchor: &str, text: Vec<Run>) {
        self.blocks.push(Block::Heading { level: 3, anchor: anchor.to_owned(), text });
    }

    fn paragraph(&mut self, text: Vec<Run>) {
        self.anchored("", text);
    }

    fn anchored(&mut self, anchor: &str, text: Vec<Run>) {
        self.blocks.push(Block::Paragraph { indent: Indent::None, anchor: anchor.to_owned(), text });
    }

    fn labelled(&mut self, label: &str, text: Vec<Run>) {
        self.paragraph([vec![Run::bold(format!("{label}: "))], text].concat());
    }

    fn item(&mut self, text: Vec<Run>) {
        let indent = Indent::Item { sign: "•".to_owned(), of_author: false, depth: 1 };
        self.blocks.push(Block::Paragraph { indent, anchor: String::new(), text });
    }

    fn table(&mut self, widths: &[f64], head: &[&str], rows: Vec<Row>) {
        let head = head.iter().map(|text| vec![Run::bold(text)]).collect();
        self.blocks.push(Block::Table(Table { widths: widths.to_vec(), head, rows, of_author: false }));
    }

    fn author(&mut self, label: &str, text: &str) {
        let indent = Indent::Author(0);
        self.blocks.push(Block::Paragraph { indent, anchor: String::new(), text: vec![Run::soft(label)] });
        self.blocks.extend(author_blocks(text));
    }

    /// That there is more in the whole report.
    fn more(&mut self, number: usize, noun: &str) {
        if number > 0 {
            let are = if number == 1 { " is" } else { "s are" };
            self.paragraph(vec![Run::of(format!("{number} further {noun}{are} in the whole report."))]);
        }
    }

    fn opening(&mut self, reading: &str, counts: &str, left_out: Option<&str>, changes: &[Line]) {
        self.paragraph(vec![Run::soft(format!("{reading} {counts}"))]);
        if let Some(left_out) = left_out {
            self.paragraph(vec![Run::bold("Not complete. "), Run::of(left_out)]);
        }
        if !changes.is_empty() {
            let what_if = "This report does not tell the case as it is written, but with these changes:";
            self.paragraph(vec![Run::bold("What if. "), Run::of(what_if)]);
            changes.iter().for_each(|change| self.item(line(change)));
        }
    }

    fn summary(&mut self, summary: &[Summary]) {
        self.heading("summary", "Executive summary");
        for one in summary {
            if summary.len() > 1 {
                self.subheading("", vec![Run::of(&one.question)]);
            } else {
                self.paragraph(vec![Run { italic: true, ..Run::of(&one.question) }]);
            }
            for (at, paragraph) in one.paragraphs.iter().enumerate() {
                let finding = if at == 0 { [sign(one.finding), vec![Run::of(". ")]].concat() } else { Vec::new() };
                self.paragraph([finding, line(paragraph)].concat());
            }
        }
        if summary.is_empty() {
            let none = "This case asks no question. Its statements stand below, each with its verdict.";
            self.paragraph(vec![Run::of(none)]);
        }
    }

    fn section(&mut self, at: usize, section: &Section) {
        self.heading(&section.anchor, &format!("{}. {}", section.number, section.heading));
        if let Some(text) = &section.text {
            self.author("The author writes", text);
        }
        if !section.lead.is_empty() {
            self.paragraph(line(&section.lead));
        }
        self.blocks.push(Block::Figure(Place::Section(at)));
        section.entries.iter().for_each(|entry| self.entry(entry));
    }

    fn entry(&mut self, entry: &Entry) {
        if !entry.elsewhere.is_empty() {
            let number = Run::of(&entry.number);
            let number = if entry.again { number.leading_to(Target::Anchor(entry.anchor.clone())) } else { number };
            let text =
                [vec![number, Run::of(format!(" {} ", entry.text))], verdict(entry), vec![Run::of(", ")]].concat();
            let text = [text, line(&entry.elsewhere), vec![Run::of(".")]].concat();
            self.anchored(if entry.again { "" } else { &entry.anchor }, text);
            return self.note(entry.note.as_deref());
        }
        self.subheading(&entry.anchor, vec![Run::soft(format!("{} ", entry.number)), Run::of(&entry.text)]);
        let mut text = [verdict(entry), vec![Run::of(format!(". {}", entry.cases))]].concat();
        if !entry.not_refuted.is_empty() {
            text.extend([vec![Run::of(" ")], line(&entry.not_refuted)].concat());
        }
        self.paragraph(text);
        let stop = || vec![Run::of(".")];
        for side in entry.grounds.iter().flatten() {
            self.labelled(side.label, [line(&side.text), stop()].concat());
        }
        if entry.grounds.is_none() {
            self.paragraph(vec![Run::of("What speaks for it and against it is left out.")]);
        }
        if !entry.reasons.is_empty() {
            self.labelled("Why it is open", [line(&entry.reasons), stop()].concat());
        }
        for remark in &entry.remarks {
            self.labelled("To be considered", vec![Run::of(format!("{remark}."))]);
        }
        self.note(entry.note.as_deref());
    }

    fn note(&mut self, note: Option<&str>) {
        if let Some(note) = note {
            self.author("The author notes", note);
        }
    }

    fn contests(&mut self, contests: &[Contest]) {
        if contests.is_empty() {
            return;
        }
        self.heading("contests", "Rival readings, side by side");
        let cannot = "Two readings that cannot both be true. What speaks for one speaks against the other.";
        self.paragraph(vec![Run::of(cannot)]);
        for contest in contests {
            self.subheading(&contest.anchor, vec![Run::of(&contest.heading)]);
            let readings = contest.readings.len().max(1) as f64;
            let widths = [vec![0.16], vec![0.84 / readings; contest.readings.len()]].concat();
            let head = [vec![vec![Run::bold("Reading")]], contest.readings.iter().map(line).collect()].concat();
            let rows = contest.rows.iter().map(|row| Row {
                anchor: String::new(),
                cells: [vec![vec![Run::of(row.label)]], row.cells.iter().map(line).collect()].concat(),
            });
            self.blocks.push(Block::Table(Table { widths, head, rows: rows.collect(), of_author: false }));
            self.paragraph(line(&contest.text));
        }
    }

    fn findings(&mut self, findings: &[Finding]) {
        if findings.is_empty() {
            return;
        }
        self.heading("verdict", "The verdict");
        for one in findings {
            self.subheading("", vec![Run::of(&one.question)]);
            self.paragraph([sign(one.finding), vec![Run::of(". ")], line(&one.opening)].concat());
            one.parts.iter().for_each(|part| self.labelled(part.label, line(&part.text)));
        }
    }

    fn carriers(&mut self, carriers: &Carriers) {
        if carriers.lead.is_empty() {
            return;
        }
        self.heading("carriers", "What the verdicts hang on");
        self.paragraph(line(&carriers.lead));
        let rows = carriers.rows.iter().map(|row| {
            let changes = row.changes.iter().enumerate();
            let changes =
                changes.flat_map(|(at, one)| [vec![Run::of(if at == 0 { "" } else { "; " })], line(one)].concat());
            Row {
                anchor: String::new(),
                cells: vec![line(&row.source), vec![Run::of(row.count.to_string())], changes.collect()],
            }
        });
        let rows: Vec<Row> = rows.collect();
        if !rows.is_empty() {
            let head = ["Without this source, or any one of these", "Verdicts", "What they would be"];
            self.table(&[0.42, 0.11, 0.47], &head, rows);
        }
        carriers.sets.iter().for_each(|set| self.item(line(set)));
    }

    fn digging(&mut self, digging: &[Dig]) {
        if digging.is_empty() {
            return;
        }
        self.heading("digging", "Where to dig");
        for dig in digging {
            self.subheading("", vec![Run::of(dig.heading)]);
            self.paragraph(vec![Run::of(dig.lead)]);
            dig.items.iter().for_each(|item| self.item(line(item)));
        }
    }

    /// The table of sources, and what a note on each says.
    fn sources(&mut self, sources: &[&SourceEntry], is_whole: bool) {
        if sources.is_empty() {
            return;
        }
        self.sources = sources.iter().map(|source| (source.number, imprint(source))).collect();
        self.heading("sources", if is_whole { "Sources" } else { "Sources named here" });
        let row = |source: &&SourceEntry| {
            let number = vec![Run::of(format!("[{}]", source.number))];
            let cells = if is_whole {
                vec![number, imprint(source), facts(&source.facts), uses(source)]
            } else {
                vec![number, imprint(source)]
            };
            Row { anchor: source.anchor.clone(), cells }
        };
        let rows = sources.iter().map(row).collect();
        if is_whole {
            self.table(&[0.07, 0.42, 0.27, 0.24], &["", "Source", "What it is worth", "What it speaks to"], rows);
        } else {
            self.table(&[0.07, 0.93], &["", "Source"], rows);
        }
        for source in sources.iter().filter(|source| is_whole && source.note.is_some()) {
            self.author(
                &format!("The author notes on [{}]", source.number),
                source.note.as_deref().unwrap_or_default(),
            );
        }
    }

    fn legend(&mut self, legend: &Legend) {
        self.heading("legend", "How to read this report");
        let computed = "Every verdict here was computed from the case alone, by rules that are the same for all statements; passages \
                        marked as the author's are the author's own words and were weighed by nobody.";
        self.paragraph(vec![Run::of(format!("{computed} {}", legend.method))]);
        legend.standards.iter().for_each(|standard| self.paragraph(vec![Run::of(standard)]));
        let meanings = |words: &[Meaning]| -> Vec<Row> {
            let row = |one: &Meaning| Row {
                anchor: String::new(),
                cells: vec![vec![Run::of(&one.word)], vec![Run::of(&one.meaning)]],
            };
            words.iter().map(row).collect()
        };
        self.table(&[0.3, 0.7], &["Verdict", "What it says"], meanings(&legend.verdicts));
        let strong = "The case for a statement is the probability that the sources and steps that hold make a case for it; the case \
                      against it likewise. It is not the chance that the statement is true. These are its words:";
        self.paragraph(vec![Run::of(strong)]);
        self.table(&[0.3, 0.7], &["A case", "of"], meanings(&legend.strengths));
        let firm = "A decided verdict is settled where neither one source less, nor one assumption less, nor what is not itself \
                    decided, nor withheld material, nor numbers a tenth less favourable would change it. It hangs on one source \
                    where the loss of that source would.";
        self.paragraph(vec![Run::of(firm)]);
    }
}

/// Running text as runs.
fn line(pieces: &Line) -> Vec<Run> {
    let claim = |number: &str, anchor: &str| Run::of(number).leading_to(Target::Anchor(anchor.to_owned()));
    let source = |number: u64, anchor: &str| {
        Run::of(format!("[{number}]")).leading_to(Target::Source { number, anchor: anchor.to_owned() })
    };
    let runs = pieces.iter().flat_map(|piece| match piece {
        Inline::Words { text } => vec![Run::of(text)],
        Inline::Claim { text, number, anchor } => {
            vec![Run::of(format!("{text} (")), claim(number, anchor), Run::of(")")]
        }
        Inline::ClaimNumber { number, anchor, .. } => vec![claim(number, anchor)],
        Inline::Source { text, number, anchor } => vec![source(*number, anchor), Run::of(format!(" {text}"))],
        Inline::SourceNumber { number, anchor, .. } => vec![source(*number, anchor)],
    });
    runs.collect()
}

/// A verdict in words: not every font has the signs.
fn sign(sign: Sign) -> Vec<Run> {
    vec![Run::bold(sign.word)]
}

fn verdict(entry: &Entry) -> Vec<Run> {
    let state = (!entry.state.is_empty()).then(|| Run::of(format!(", {}", entry.state)));
    sign(entry.sign).into_iter().chain(state).collect()
}

/// What a source is and where it can be read.
fn imprint(source: &SourceEntry) -> Vec<Run> {
    let mut text = vec![Run::bold(&source.title), Run::of(". ")];
    if !source.imprint.is_empty() {
        text.push(Run::of(format!("{}. ", source.imprint)));
    }
    if !source.place.is_empty() {
        text.extend(line(&source.place));
        text.push(Run::of(". "));
    }
    text.extend(source.link.as_ref().map(|link| Run::of(link).leading_to(Target::Web(link.clone()))));
    text
}

fn facts(facts: &[Fact]) -> Vec<Run> {
    let described =
        |fact: &Fact| [vec![Run::of(format!("{}: ", fact.label))], line(&fact.text), vec![Run::of(". ")]].concat();
    facts.iter().flat_map(described).collect()
}

fn uses(source: &SourceEntry) -> Vec<Run> {
    let listed = |words: &str, text: &Line| match text.is_empty() {
        true => Vec::new(),
        false => [vec![Run::of(words)], line(text), vec![Run::of(". ")]].concat(),
    };
    let uses = [listed("Speaks to ", &source.used), listed("Stands behind ", &source.behind)].concat();
    if uses.is_empty() { vec![Run::of("Speaks to no statement.")] } else { uses }
}
