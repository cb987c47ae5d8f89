//! PDF in one order.
//!
//! `svg2pdf` walks hash maps: fonts are written, and resources listed, in an order that changes from run to run. What
//! is in them does not. Here the lists are sorted, line by line, which moves no object; and whoever converts asks again
//! until the fonts come in their order.

/// Sorts the entries of resource dictionaries, one a line, outside of streams.
pub(super) fn sort_resources(pdf: &mut [u8]) {
    let mut at = 0;
    let mut length = 0;
    let mut run: Option<(usize, Vec<u8>)> = None;
    while at < pdf.len() {
        let end = pdf[at..].iter().position(|&byte| byte == b'\n').map_or(pdf.len(), |found| at + found + 1);
        let line = &pdf[at..end];
        let prefix = resource_prefix(line);
        if run.as_ref().map(|(_, prefix)| prefix) != prefix.as_ref() {
            if let Some((start, _)) = run.take() {
                sort_lines(&mut pdf[start..at]);
            }
            run = prefix.map(|prefix| (at, prefix));
        }
        let line = &pdf[at..end];
        length = stream_length(line).unwrap_or(length);
        at = if line == b"stream\n" { (end + length).min(pdf.len()) } else { end };
    }
}

/// The indentation and letters of an entry such as `      /po12 20 0 R`.
fn resource_prefix(line: &[u8]) -> Option<Vec<u8>> {
    let name = line.iter().position(|&byte| byte != b' ')?;
    let number = line.iter().position(u8::is_ascii_digit)?;
    let letters = line.get(name..number)?;
    [&b"/xo"[..], b"/po", b"/gs", b"/sh", b"/fo", b"/cs"].contains(&letters).then(|| line[..number].to_vec())
}

fn sort_lines(lines: &mut [u8]) {
    let mut sorted: Vec<Vec<u8>> = lines.split_inclusive(|&byte| byte == b'\n').map(<[u8]>::to_vec).collect();
    sorted.sort();
    lines.copy_from_slice(&sorted.concat());
}

/// The number in `/Length 123`.
fn stream_length(line: &[u8]) -> Option<usize> {
    let text = std::str::from_utf8(line).ok()?;
    text.trim().strip_prefix("/Length ")?.parse().ok()
}

/// Whether the fonts stand in the order of their numbers.
pub(super) fn fonts_in_order(pdf: &[u8]) -> bool {
    let mut numbers: Vec<usize> = Vec::new();
    let mut object = 0;
    for line in pdf.split(|&byte| byte == b'\n') {
        let Ok(line) = std::str::from_utf8(line) else { continue };
        if let Some(number) = line.strip_suffix(" 0 obj").and_then(|number| number.parse().ok()) {
            object = number;
        } else if line.trim() == "/Subtype /Type0" {
            numbers.push(object);
        }
    }
    numbers.is_sorted()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_sorted_outside_of_streams_only() {
        let mut pdf = b"    /Font <<\n      /fo1 2 0 R\n      /fo0 1 0 R\n    >>\n  /Length 26\nstream\n  /fo1 2 0 R\n  /fo0 1 0 R\nendstream\n".to_vec();
        sort_resources(&mut pdf);
        let expected = b"    /Font <<\n      /fo0 1 0 R\n      /fo1 2 0 R\n    >>\n  /Length 26\nstream\n  /fo1 2 0 R\n  /fo0 1 0 R\nendstream\n";
        assert_eq!(String::from_utf8_lossy(&pdf), String::from_utf8_lossy(expected));
        assert!(fonts_in_order(b"1 0 obj\n  /Subtype /Type0\n2 0 obj\n  /Subtype /Type0\n"));
        assert!(!fonts_in_order(b"2 0 obj\n  /Subtype /Type0\n1 0 obj\n  /Subtype /Type0\n"));
    }
}
