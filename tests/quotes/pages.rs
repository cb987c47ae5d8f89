//! PDFs for the tests: by krilla, as any program writes them, and by hand, as those that seldom are.

use std::fmt::Write as _;

use krilla::Document;
use krilla::geom::Point;
use krilla::page::PageSettings;
use krilla::text::{Font, GlyphId, KrillaGlyph};
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider as _};

const ROBOTO: &[u8] = include_bytes!("../../src/diagram/fonts/RobotoCondensed-Regular.ttf");

/// A PDF with some lines on each page.
pub(super) fn pdf(pages: &[&[&str]]) -> Vec<u8> {
    let font = Font::new(ROBOTO.into(), 0).expect("the font is well formed");
    let letters = FontRef::new(ROBOTO).expect("the font is well formed");
    let (charmap, widths) = (letters.charmap(), letters.glyph_metrics(Size::new(1.0), LocationRef::default()));
    let mut document = Document::new();
    for lines in pages {
        let mut page = document.start_page_with(PageSettings::from_wh(595.0, 842.0).expect("A4"));
        let mut surface = page.surface();
        for (row, line) in (0_u16..).zip(*lines) {
            let glyphs = line.char_indices().map(|(at, letter)| {
                let glyph = charmap.map(letter).unwrap_or_else(|| panic!("the font has no {letter:?}"));
                let width = widths.advance_width(glyph).unwrap_or(0.5);
                KrillaGlyph::new(GlyphId::new(glyph.to_u32()), width, 0.0, 0.0, 0.0, at..at + letter.len_utf8(), None)
            });
            let glyphs: Vec<KrillaGlyph> = glyphs.collect();
            surface.draw_glyphs(
                Point::from_xy(40.0, 60.0 + 18.0 * f32::from(row)),
                &glyphs,
                font.clone(),
                line,
                11.0,
                false,
            );
        }
        surface.finish();
        page.finish();
    }
    document.finish().expect("a PDF")
}

/// A PDF of one page whose font is not in it and says of every letter what it is. The lines are painted from left to right,
/// so that those in Hebrew have to be turned round before. A `³` is a small 3 that stands raised.
pub(super) fn by_hand(lines: &[&str]) -> Vec<u8> {
    let mut letters: Vec<char> = lines.iter().flat_map(|line| line.chars()).collect();
    letters.sort_unstable();
    letters.dedup();
    let code = |letter: char| letters.binary_search(&letter).expect("it is there") + 1;
    let mut content = "BT /F 11 Tf 40 780 Td\n".to_owned();
    for line in lines {
        for letter in line.chars() {
            let (before, behind) = if letter == '³' { ("/F 6 Tf 4 Ts ", " /F 11 Tf 0 Ts") } else { ("", "") };
            let _ = write!(content, "{before}<{:04x}> Tj{behind} ", code(letter));
        }
        content += "0 -18 Td\n";
    }
    content += "ET";
    let mut map = "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def /CMapType 2 def\n\
                   1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        .to_owned();
    for chunk in letters.chunks(90) {
        let _ = writeln!(map, "{} beginbfchar", chunk.len());
        for &letter in chunk {
            let says = if letter == '³' { '3' } else { letter };
            let units: String = says.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("{unit:04x}")).collect();
            let _ = writeln!(map, "<{:04x}> <{units}>", code(letter));
        }
        map += "endbfchar\n";
    }
    map += "endcmap end end";
    let stream = |text: &str| format!("<< /Length {} >> stream\n{text}\nendstream", text.len());
    assembled(&[
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>".to_owned(),
        stream(&content),
        "<< /Type /Font /Subtype /Type0 /BaseFont /Nowhere /Encoding /Identity-H /DescendantFonts [6 0 R] /ToUnicode 8 0 R >>".to_owned(),
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Nowhere /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) \
         /Supplement 0 >> /FontDescriptor 7 0 R /DW 500 >>"
            .to_owned(),
        "<< /Type /FontDescriptor /FontName /Nowhere /Flags 4 /FontBBox [0 0 1000 1000] /ItalicAngle 0 /Ascent 800 /Descent -200 \
         /CapHeight 700 /StemV 80 >>"
            .to_owned(),
        stream(&map),
    ])
}

/// Objects, numbered from 1, as a PDF.
pub(super) fn assembled(objects: &[String]) -> Vec<u8> {
    let mut file = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (number, object) in (1..).zip(objects) {
        places.push(file.len());
        file.extend(format!("{number} 0 obj\n{object}\nendobj\n").bytes());
    }
    let start = file.len();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    places.iter().for_each(|place| table += &format!("{place:010} 00000 n \n"));
    let _ = write!(table, "trailer << /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1);
    file.extend(table.bytes());
    file
}
