//! A report as a document for a word processor (Office Open XML): headings, lists and tables that are such, pictures with their
//! words, and a footnote where a section first cites a source.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::diagram::{Illustrations, Look, Measure, Paper, Picture, png};
use crate::escape::xml;
use crate::report::{Block, Flow, Indent, Place, Run, Table, Target, no_more_pictures};

use super::columns::{Fitted, fitted};
use super::package::{Package, PackageError};

const STYLES: &str = include_str!("docx/styles.xml");
const NUMBERING: &str = include_str!("docx/numbering.xml");
const TYPES: &str = include_str!("docx/types.xml");
const RELATIONS: &str = include_str!("docx/relations.xml");
const SETTINGS: &str = include_str!("docx/settings.xml");

/// What stands at the head of every part.
const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const NAMES: &str = concat!(
    "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" ",
    "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" ",
    "xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" ",
    "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" ",
    "xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\""
);
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// The style of words that lead somewhere.
const LINK: &str = "<w:rStyle w:val=\"Hyperlink\"/>";
/// Twentieths of a point in a unit of 1/96 inch, and the units of drawings.
const TWENTIETHS: f64 = 15.0;
const EMU: f64 = 9525.0;
/// Left, right, above and below the text, in units of 1/96 inch.
const MARGIN: f64 = 86.0;
/// The size of the author's letters, in half points and in units of 1/96 inch.
const AUTHOR: f64 = 22.0;
const UNITS: f64 = 96.0 / 144.0;
/// A picture has at most so much of the height of a page: above it are the heading of its section and a few words. One that has more
/// than the other share begins a page together with these.
const HIGHEST: f64 = 0.6;
const TALL: f64 = 0.3;
/// Pixels to a unit of a picture.
const SHARPNESS: f32 = 2.0;

/// The report with its pictures, on paper of a size. The same report gives the same bytes.
///
/// Cost: linear in the report, and in the pixels of its pictures.
///
/// # Errors
///
/// [`PackageError`] if a picture is too large to be drawn, or the document for its format.
pub fn docx(flow: &Flow, pictures: &Illustrations, paper: Paper) -> Result<Vec<u8>, PackageError> {
    let mut writer = Writer::new(flow, pictures, paper);
    writer.paragraph("Title", "", &[Run { text: flow.title.clone(), ..Run::default() }]);
    for (at, block) in flow.blocks.iter().enumerate() {
        let is_section = matches!(block, Block::Heading { level: 2, .. });
        writer.on_new_page = is_section && writer.has_tall_picture(&flow.blocks[at + 1..]);
        writer.block(block)?;
    }
    writer.finish(&flow.title)
}

/// A document while it is written.
struct Writer<'a> {
    flow: &'a Flow,
    pictures: &'a Illustrations,
    paper: (f64, f64),
    body: String,
    footnotes: String,
    /// Addresses and pictures, as relations of the document.
    relations: String,
    links: BTreeMap<String, usize>,
    media: Vec<Vec<u8>>,
    /// The numbers of the places that links lead to: their names may have no more than forty letters, and few of them.
    bookmarks: BTreeMap<String, usize>,
    placed: BTreeSet<usize>,
    /// The sources that this section has cited; none where sources are not noted.
    cited: Option<BTreeSet<u64>>,
    notes: usize,
    count: usize,
    /// Whether what comes next begins a page.
    on_new_page: bool,
    measure: Measure,
    /// The size of the words of a table that is set smaller, as a property of each of them.
    size: String,
}

/// The style of an item of a list: the author's words look like the author's in a list, too.
fn list_style(of_author: bool) -> &'static str {
    if of_author { "Author" } else { "ListParagraph" }
}

impl<'a> Writer<'a> {
    fn new(flow: &'a Flow, pictures: &'a Illustrations, paper: Paper) -> Self {
        Self {
            flow,
            pictures,
            paper: paper.size(),
            body: String::new(),
            footnotes: String::new(),
            relations: String::new(),
            links: BTreeMap::new(),
            media: Vec::new(),
            bookmarks: BTreeMap::new(),
            placed: BTreeSet::new(),
            cited: Some(BTreeSet::new()),
            notes: 0,
            count: 0,
            on_new_page: false,
            measure: Measure::for_texts(flow.texts()),
            size: String::new(),
        }
    }

    /// The width of the text.
    fn width(&self) -> f64 {
        self.paper.0 - 2.0 * MARGIN
    }

    fn block(&mut self, block: &Block) -> Result<(), PackageError> {
        match block {
            Block::Heading { level, anchor, text } => {
                if *level == 2 {
                    // The table of sources has itself what a note on each would say.
                    self.cited = (anchor != "sources").then(BTreeSet::new);
                }
                let (style, page) = match level {
                    2 if self.on_new_page => ("Heading1", "<w:pageBreakBefore/>"),
                    2 => ("Heading1", ""),
                    _ => ("Heading2", ""),
                };
                self.formatted(&format!("<w:pStyle w:val=\"{style}\"/>{page}"), anchor, text);
            }
            Block::Paragraph { indent, anchor, text } => self.text(indent, anchor, text),
            Block::Table(table) => self.tables(table),
            Block::Figure(place) => self.figure(*place)?,
        }
        Ok(())
    }

    fn text(&mut self, indent: &Indent, anchor: &str, text: &[Run]) {
        match indent {
            Indent::None => self.paragraph("BodyText", anchor, text),
            Indent::Author(level) => {
                let left = 360 * (1 + (*level).min(8));
                self.formatted(&format!("<w:pStyle w:val=\"Author\"/><w:ind w:left=\"{left}\"/>"), anchor, text);
            }
            Indent::Item { sign, depth, of_author } if sign == "•" => {
                let level = (depth - 1).min(8);
                let style = list_style(*of_author);
                let list = format!("<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"1\"/></w:numPr>");
                self.formatted(&format!("<w:pStyle w:val=\"{style}\"/>{list}"), anchor, text);
            }
            Indent::Item { sign, depth, of_author } => {
                let list = list_style(*of_author);
                let left = 360 * (1 + (*depth).min(8));
                let sign = Run { text: format!("{sign} "), ..Run::default() };
                let style = format!("<w:pStyle w:val=\"{list}\"/><w:ind w:left=\"{left}\" w:hanging=\"360\"/>");
                self.formatted(&style, anchor, &[vec![sign], text.to_vec()].concat());
            }
        }
    }

    fn paragraph(&mut self, style: &str, anchor: &str, text: &[Run]) {
        self.formatted(&format!("<w:pStyle w:val=\"{style}\"/>"), anchor, text);
    }

    fn formatted(&mut self, properties: &str, anchor: &str, text: &[Run]) {
        let runs = self.runs(text);
        let (begin, end) = self.bookmark(anchor);
        let _ = writeln!(self.body, "<w:p><w:pPr>{properties}</w:pPr>{begin}{runs}{end}</w:p>");
    }

    /// The beginning and the end of a place that links lead to.
    fn bookmark(&mut self, anchor: &str) -> (String, String) {
        if anchor.is_empty() {
            return Default::default();
        }
        let id = self.number_of(anchor);
        if !self.placed.insert(id) {
            return Default::default();
        }
        let begin = format!("<w:bookmarkStart w:id=\"{id}\" w:name=\"place{id}\"/>");
        (begin, format!("<w:bookmarkEnd w:id=\"{id}\"/>"))
    }

    fn number_of(&mut self, anchor: &str) -> usize {
        let next = self.bookmarks.len() + 1;
        *self.bookmarks.entry(anchor.to_owned()).or_insert(next)
    }

    fn runs(&mut self, runs: &[Run]) -> String {
        let parts: Vec<String> = runs.iter().filter(|run| !run.text.is_empty()).map(|run| self.run(run)).collect();
        parts.concat()
    }

    fn run(&mut self, run: &Run) -> String {
        match &run.target {
            None => words(run, "", &self.size),
            Some(Target::Anchor(anchor)) => self.inner_link(anchor, run),
            Some(Target::Web(address)) => {
                let relation = self.relation_to(address);
                format!("<w:hyperlink r:id=\"{relation}\">{}</w:hyperlink>", words(run, LINK, &self.size))
            }
            Some(Target::Source { number, anchor }) => {
                let is_first = self.cited.as_mut().is_some_and(|cited| cited.insert(*number));
                let note = self.flow.sources.get(number).filter(|_| is_first).map(|note| self.note(run, note));
                self.inner_link(anchor, run) + &note.unwrap_or_default()
            }
        }
    }

    fn inner_link(&mut self, anchor: &str, run: &Run) -> String {
        let id = self.number_of(anchor);
        let words = words(run, LINK, &self.size);
        format!("<w:hyperlink w:anchor=\"place{id}\">{words}</w:hyperlink>")
    }

    /// A footnote, which says the number of the source again: notes count by themselves.
    fn note(&mut self, mark: &Run, note: &[Run]) -> String {
        self.notes += 1;
        let id = self.notes;
        let style = "<w:rPr><w:rStyle w:val=\"FootnoteReference\"/></w:rPr>";
        // Addresses in notes are words: a relation would have to be one of the part with the notes.
        let text: String = note.iter().map(|run| words(run, "", "")).collect();
        let number = words(&Run { text: format!(" {} ", mark.text), ..Run::default() }, "", "");
        let _ = writeln!(
            self.footnotes,
            "<w:footnote w:id=\"{id}\"><w:p><w:pPr><w:pStyle w:val=\"FootnoteText\"/></w:pPr><w:r>{style}<w:footnoteRef/></w:r>\
             {number}{text}</w:p></w:footnote>"
        );
        format!("<w:r>{style}<w:footnoteReference w:id=\"{id}\"/></w:r>")
    }

    fn relation_to(&mut self, address: &str) -> String {
        let next = self.links.len() + 1;
        let known = self.links.contains_key(address);
        let id = format!("link{}", self.links.entry(address.to_owned()).or_insert(next));
        if !known {
            let target = xml(address);
            let _ = writeln!(
                self.relations,
                "<Relationship Id=\"{id}\" Type=\"{OFFICE}/hyperlink\" Target=\"{target}\" TargetMode=\"External\"/>"
            );
        }
        id
    }

    /// A table; one of the author's that is too wide as what an editor would make of it.
    fn tables(&mut self, table: &Table) {
        let look = Look { size: AUTHOR * UNITS, bold: true, italic: false, colour: "#000000" };
        let parts = fitted(table, self.width(), |word| self.measure.width(word, look));
        for Fitted { table, scale, label } in &parts {
            if let Some(text) = label {
                self.paragraph("Author", "", &[Run { text: text.clone(), soft: true, ..Run::default() }]);
            }
            if *scale < 1.0 {
                self.size = format!("<w:sz w:val=\"{}\"/>", (AUTHOR * scale) as u32);
            }
            self.table(table);
            self.size.clear();
        }
    }

    fn table(&mut self, table: &Table) {
        let width = |share: f64| (self.width() * share * TWENTIETHS) as u32;
        let widths: Vec<u32> = table.widths.iter().map(|&share| width(share)).collect();
        let grid: String = widths.iter().map(|width| format!("<w:gridCol w:w=\"{width}\"/>")).collect();
        let all: u32 = widths.iter().sum();
        let _ = writeln!(
            self.body,
            "<w:tbl><w:tblPr><w:tblStyle w:val=\"Report\"/><w:tblW w:w=\"{all}\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/>\
             <w:tblLook w:firstRow=\"1\"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
        );
        // The author's words look like the author's in a table, too.
        let [head, text] = if table.of_author { ["Author"; 2] } else { ["TableHead", "TableText"] };
        self.row("<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>", head, "", &table.head, &widths);
        for row in &table.rows {
            self.row("<w:trPr><w:cantSplit/></w:trPr>", text, &row.anchor, &row.cells, &widths);
        }
        // A table is followed by a paragraph, or it would grow into the next one.
        self.body.push_str("</w:tbl>\n<w:p><w:pPr><w:pStyle w:val=\"Gap\"/></w:pPr></w:p>\n");
    }

    fn row(&mut self, properties: &str, style: &str, anchor: &str, cells: &[Vec<Run>], widths: &[u32]) {
        let _ = write!(self.body, "<w:tr>{properties}");
        let empty = Vec::new();
        for (at, width) in widths.iter().enumerate() {
            let _ = write!(self.body, "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/></w:tcPr>");
            self.paragraph(style, if at == 0 { anchor } else { "" }, cells.get(at).unwrap_or(&empty));
            self.body.push_str("</w:tc>");
        }
        self.body.push_str("</w:tr>\n");
    }

    fn picture(&self, place: Place) -> Option<&'a Picture> {
        match place {
            Place::Card => self.pictures.card.as_ref(),
            Place::Section(at) => self.pictures.sections.get(at).and_then(Option::as_ref),
        }
    }

    /// Whether a section has a picture that would mostly find no room on the page on which the section before ends: a word processor
    /// moves it to the next page, and leaves what remains of this one empty between the words of the section and its picture.
    fn has_tall_picture(&self, section: &[Block]) -> bool {
        let section = section.iter().take_while(|block| !matches!(block, Block::Heading { level: 2, .. }));
        let mut places = section.filter_map(|block| match block {
            Block::Figure(place) => Some(*place),
            _ => None,
        });
        let picture = places.find_map(|place| self.picture(place));
        picture.is_some_and(|picture| self.fitted(picture).1 > self.paper.1 * TALL)
    }

    /// The width and height of a picture on the page.
    fn fitted(&self, picture: &Picture) -> (f64, f64) {
        let (width, height) = picture.size();
        let scale = (self.width() / width).min(self.paper.1 * HIGHEST / height).min(1.0);
        (width * scale, height * scale)
    }

    fn figure(&mut self, place: Place) -> Result<(), PackageError> {
        if let Some(picture) = self.picture(place) {
            let drawing = self.drawing(picture)?;
            let _ = writeln!(self.body, "<w:p><w:pPr><w:pStyle w:val=\"Figure\"/></w:pPr><w:r>{drawing}</w:r></w:p>");
        }
        if matches!(place, Place::Section(at) if self.pictures.end_before(at)) {
            let text = no_more_pictures(self.pictures.sections.len());
            self.paragraph("BodyText", "", &[Run { text, soft: true, ..Run::default() }]);
        }
        Ok(())
    }

    fn drawing(&mut self, picture: &Picture) -> Result<String, PackageError> {
        self.media.push(png(picture, SHARPNESS).map_err(PackageError::of)?);
        let number = self.media.len();
        let _ = writeln!(
            self.relations,
            "<Relationship Id=\"picture{number}\" Type=\"{OFFICE}/image\" Target=\"media/picture{number}.png\"/>"
        );
        self.count += 1;
        let (width, height) = self.fitted(picture);
        let [wide, high] = [width, height].map(|length| (length * EMU) as u64);
        let (id, words) = (self.count, xml(&picture.alternative()));
        let shape = format!(
            "<pic:pic><pic:nvPicPr><pic:cNvPr id=\"{id}\" name=\"Picture {id}\" descr=\"{words}\"/><pic:cNvPicPr/></pic:nvPicPr>\
             <pic:blipFill><a:blip r:embed=\"picture{number}\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr>\
             <a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"{wide}\" cy=\"{high}\"/></a:xfrm>\
             <a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>"
        );
        Ok(format!(
            "<w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx=\"{wide}\" cy=\"{high}\"/>\
             <wp:docPr id=\"{id}\" name=\"Picture {id}\" descr=\"{words}\"/><a:graphic>\
             <a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\">{shape}</a:graphicData></a:graphic>\
             </wp:inline></w:drawing>"
        ))
    }

    /// The document as a package.
    fn finish(self, title: &str) -> Result<Vec<u8>, PackageError> {
        let [width, height] = [self.paper.0, self.paper.1].map(|length| (length * TWENTIETHS).round() as u32);
        let margin = (MARGIN * TWENTIETHS) as u32;
        let page = format!(
            "<w:sectPr><w:footerReference w:type=\"default\" r:id=\"footer\"/><w:pgSz w:w=\"{width}\" w:h=\"{height}\"/>\
             <w:pgMar w:top=\"{margin}\" w:right=\"{margin}\" w:bottom=\"{margin}\" w:left=\"{margin}\" w:header=\"720\" \
             w:footer=\"720\" w:gutter=\"0\"/></w:sectPr>"
        );
        let document = format!("{DECLARATION}<w:document {NAMES}><w:body>\n{}{page}</w:body></w:document>", self.body);
        let separators = "<w:footnote w:type=\"separator\" w:id=\"-1\"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>\
             <w:footnote w:type=\"continuationSeparator\" w:id=\"0\"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>";
        let footnotes = format!("{DECLARATION}<w:footnotes {NAMES}>{separators}\n{}</w:footnotes>", self.footnotes);
        let relations = RELATIONS.replace("<!-- relations -->", &self.relations);
        let core = format!(
            "{DECLARATION}<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
             xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>{}</dc:title><dc:language>en</dc:language>\
             </cp:coreProperties>",
            xml(title)
        );
        let number = |what: &str| format!("<w:fldSimple w:instr=\" {what} \"><w:r><w:t>1</w:t></w:r></w:fldSimple>");
        let footer = format!(
            "{DECLARATION}<w:ftr {NAMES}><w:p><w:pPr><w:pStyle w:val=\"Footer\"/></w:pPr>{}<w:r><w:t xml:space=\"preserve\"> / </w:t>\
             </w:r>{}</w:p></w:ftr>",
            number("PAGE"),
            number("NUMPAGES")
        );
        let root = format!(
            "{DECLARATION}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship \
             Id=\"document\" Type=\"{OFFICE}/officeDocument\" Target=\"word/document.xml\"/><Relationship Id=\"core\" \
             Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\" \
             Target=\"docProps/core.xml\"/></Relationships>"
        );
        let mut package = Package::new();
        for (name, text) in [
            ("[Content_Types].xml", TYPES),
            ("_rels/.rels", &root),
            ("docProps/core.xml", &core),
            ("word/document.xml", &document),
            ("word/_rels/document.xml.rels", &relations),
            ("word/styles.xml", STYLES),
            ("word/numbering.xml", NUMBERING),
            ("word/settings.xml", SETTINGS),
            ("word/footnotes.xml", &footnotes),
            ("word/footer.xml", &footer),
        ] {
            package.add(name, text.as_bytes())?;
        }
        for (at, picture) in self.media.iter().enumerate() {
            package.add(&format!("word/media/picture{}.png", at + 1), picture)?;
        }
        package.finish()
    }
}

/// Words with their looks.
fn words(run: &Run, style: &str, size: &str) -> String {
    let look = |is: bool, tag: &'static str| if is { tag } else { "" };
    let looks = [
        look(run.code, "<w:rFonts w:ascii=\"Consolas\" w:hAnsi=\"Consolas\" w:cs=\"Consolas\"/>"),
        look(run.bold, "<w:b/>"),
        look(run.italic, "<w:i/>"),
        look(run.soft && run.target.is_none(), "<w:color w:val=\"4F5965\"/>"),
    ];
    let line = |line: &str| format!("<w:t xml:space=\"preserve\">{}</w:t>", xml(line));
    let text = match run.code {
        true => run.text.split('\n').map(line).collect::<Vec<_>>().join("<w:br/>"),
        false => line(&run.text),
    };
    format!("<w:r><w:rPr>{style}{}{size}</w:rPr>{text}</w:r>", looks.concat())
}
