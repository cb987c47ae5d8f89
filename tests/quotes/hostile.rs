//! Copies that are made to do harm: none brings the program down, holds it up or is taken for checked.

use std::fs;

use super::pages::{assembled, by_hand};
use super::{Folder, case, quotes, states};

/// What becomes of a quotation from a copy, by name and content.
fn outcome(name: &str, bytes: &[u8]) -> (String, String) {
    let folder =
        Folder::with("case.ron", case(&format!("copy: \"{name}\""), &["at nine in the evening we left the quay"]));
    fs::write(folder.path().join(name), bytes).expect("the copy is written");
    let (answer, _) = quotes(folder.path(), &[]);
    (states(&answer)[0].to_owned(), answer["copies"][0]["trouble"].as_str().unwrap_or_default().to_owned())
}

fn pdf_of(contents: &str, more: &[&str]) -> Vec<u8> {
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /XObject << /X 5 0 R >> >> >>".to_owned(),
        contents.to_owned(),
    ];
    objects.extend(more.iter().map(|&object| object.to_owned()));
    assembled(&objects)
}

#[test]
fn a_stream_that_unpacks_to_terabytes_is_not_read() {
    // 0x81 twice is 128 times 0x81: eight times over, that is 64 to the eighth power.
    let filters = "/RunLengthDecode ".repeat(8);
    let bomb = format!("<< /Length 10 /Filter [{filters}] >> stream\n\u{1}\u{1}\nendstream");
    let mut bytes = pdf_of(&bomb, &[]);
    let at = bytes.windows(2).position(|pair| pair == [1, 1]).expect("it is there");
    bytes[at..at + 2].copy_from_slice(&[0x81, 0x81]);
    let (state, trouble) = outcome("bomb.pdf", &bytes);
    assert_eq!(state, "unchecked", "{trouble}");
}

#[test]
fn circles_end() {
    let tree = assembled(&[
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 2 >>".to_owned(),
        "<< /Type /Pages /Kids [2 0 R] /Parent 3 0 R /Count 1 >>".to_owned(),
    ]);
    assert_eq!(outcome("tree.pdf", &tree).0, "unchecked");
    let form = pdf_of(
        "<< /Length 5 >> stream\n/X Do\nendstream",
        &[
            "<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 5 0 R >> >> /Length 11 >> stream\n/X Do /X Do\nendstream",
        ],
    );
    assert_eq!(outcome("form.pdf", &form).0, "unchecked");
}

#[test]
fn depth_and_number_do_not_matter() {
    let deep =
        pdf_of(&format!("<< /Length 0 /A {}{} >> stream\n\nendstream", "[".repeat(300_000), "]".repeat(300_000)), &[]);
    assert_eq!(outcome("deep.pdf", &deep).0, "unchecked");
    let many = assembled(&[
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!("<< /Type /Pages /Kids [{}] /Count 2000000000 >>", "3 0 R ".repeat(30_000)),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>".to_owned(),
    ]);
    let (state, trouble) = outcome("many.pdf", &many);
    assert_eq!(state, "unchecked", "{trouble}");
    assert_eq!(outcome("deep.html", "<div>".repeat(500_000).as_bytes()).0, "unchecked");
    assert_eq!(outcome("deep.md", ">".repeat(20_000).as_bytes()).0, "unchecked");
}

#[test]
fn what_is_damaged_says_so() {
    let whole = by_hand(&["at nine in the evening we left the quay"]);
    assert_eq!(outcome("whole.pdf", &whole).0, "exact", "the whole can be read");
    for (name, bytes) in [
        ("half.pdf", &whole[..40]),
        ("none.pdf", &b"%PDF-1.7 and nothing else"[..]),
        ("name.pdf", &b"this is no PDF"[..]),
        ("zip.txt", &b"PK\x03\x04at nine in the evening we left the quay"[..]),
        ("nul.txt", &b"at nine\0in the evening we left the quay"[..]),
        ("empty.txt", &b""[..]),
    ] {
        let (state, trouble) = outcome(name, bytes);
        assert_eq!(state, "unchecked", "{name}: {trouble}");
        assert!(!trouble.is_empty(), "{name} says why");
    }
}

#[test]
fn a_copy_beyond_the_limit_is_not_read() {
    let folder = Folder::with("case.ron", case("copy: \"large.txt\"", &["anything"]));
    let large = fs::File::create(folder.path().join("large.txt")).expect("a file");
    // Without a byte on the disk.
    large.set_len((64 << 20) + 1).expect("a size");
    let (answer, _) = quotes(folder.path(), &[]);
    assert_eq!(answer["copies"][0]["trouble"], "it is larger than 64 MiB");
}

#[test]
fn words_that_repeat_do_not_hold_it_up() {
    let copy = "ab ".repeat(200_000);
    let folder = Folder::with(
        "case.ron",
        case("copy: \"long.txt\"", &[&"ab ".repeat(3_000), &("ab ".repeat(3_000) + "c"), &"ba ".repeat(2_000)]),
    );
    fs::write(folder.path().join("long.txt"), copy).expect("the copy is written");
    let (answer, _) = quotes(folder.path(), &[]);
    // Runs of letters that stand everywhere are not followed everywhere: what is near may then be missed.
    assert_eq!(states(&answer)[0], "exact");
    assert!(["near", "missing"].contains(&states(&answer)[1]));
}

#[test]
fn tags_of_many_attributes_are_not_read() {
    let attributes: String = (0..60_000).map(|at| format!(" a{at}")).collect();
    let page = format!("<a{attributes}><p>at nine in the evening we left the quay</p>");
    let (state, trouble) = outcome("tag.html", page.as_bytes());
    assert_eq!((state.as_str(), trouble.as_str()), ("unchecked", "a tag in it has more than 1,000 attributes"));
    let picture =
        format!("<img src=\"data:,{}\"><p>at nine in the evening we left the quay</p>", "a/b ".repeat(300_000));
    assert_eq!(outcome("picture.html", picture.as_bytes()).0, "exact");
}

#[test]
fn a_pdf_whose_fonts_say_nothing_accuses_nobody() {
    let mut bytes = super::pages::pdf(&[&["at nine in the evening we left the quay"]]);
    assert_eq!(outcome("letter.pdf", &bytes).0, "exact");
    let name = b"/ToUnicode";
    let places: Vec<usize> = (0..bytes.len() - name.len()).filter(|&at| bytes[at..].starts_with(name)).collect();
    assert!(!places.is_empty());
    places.iter().for_each(|&at| bytes[at + name.len() - 1] = b'X');
    let (state, trouble) = outcome("letter.pdf", &bytes);
    assert_eq!((state.as_str(), trouble.as_str()), ("unchecked", "its fonts do not say which letters they show"));
}
