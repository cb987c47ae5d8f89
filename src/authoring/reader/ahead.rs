//! Reading the entries of a long section in pieces, several at a time.
//!
//! Where an entry begins can be guessed, not known: what looks like one may stand inside a text. So a piece counts only
//! if reading in order arrives at the very token that it begins with, and only if nothing at all was wrong in it;
//! otherwise its part of the file is read in order. The result is the same, to the last message, as if all had been.

use std::collections::VecDeque;
use std::ops::Range;

use crate::diagnostic::Diagnostics;

use super::super::token::{Kind, Token};
use super::group::Item;
use super::{Frame, Mark, Reader, Text};

/// Entries that were read ahead, and where that ends.
#[derive(Debug)]
struct Piece<'a, E> {
    start: usize,
    entries: Vec<E>,
    /// Where its last entry begins.
    last: usize,
    end: Mark<'a>,
}

/// The longest id that is looked for, quotation marks among it.
const LONGEST: usize = 256;

/// Where entries are long, one begins within so many bytes more than a piece has.
const NEAR: usize = 1 << 12;

impl<'a> Reader<'a, '_> {
    /// Reads a map with ids for keys, which the caller has seen to be one: its entries in their order, in pieces.
    pub(in super::super) fn entries<E: Send>(
        &mut self,
        read: impl Fn(&mut Reader<'a, '_>, Text<'a>) -> E + Sync,
    ) -> Vec<Vec<E>> {
        let mut pieces: Vec<Vec<E>> = vec![Vec::new()];
        let mut ahead = VecDeque::new();
        self.group(&[], |reader| {
            if let Some(piece) = reader.take_ahead(&mut ahead, &read) {
                pieces.extend([piece, Vec::new()]);
                return Item::Several;
            }
            reader.map_item(&mut |reader, id| {
                let entry = read(reader, id);
                pieces.last_mut().expect("there is always one").push(entry);
            })
        });
        pieces.retain(|piece| !piece.is_empty());
        pieces
    }

    /// What was read ahead from the token that comes next. Where that is worth it, reading ahead starts here.
    fn take_ahead<E: Send>(
        &mut self,
        ahead: &mut VecDeque<Piece<'a, E>>,
        read: &(impl Fn(&mut Reader<'a, '_>, Text<'a>) -> E + Sync),
    ) -> Option<Vec<E>> {
        let start = self.token.start;
        while ahead.front().is_some_and(|piece| piece.start < start) {
            ahead.pop_front();
        }
        if ahead.is_empty() && start >= self.alone_until && self.open.len() == 2 && self.kind() == Kind::Text {
            *ahead = self.look_ahead(read);
        }
        if ahead.front()?.start != start {
            return None;
        }
        let Piece { last, entries, end, .. } = ahead.pop_front()?;
        self.fresh(start);
        self.entry = last;
        self.subject = None;
        self.reset(end);
        Some(entries)
    }

    /// Reads pieces that begin at the token that comes next or behind it.
    ///
    /// As many bytes as they have read together are then read before this is done again, whether the pieces were of
    /// use or not: so a file made to mislead takes twice the time at most.
    fn look_ahead<E: Send>(
        &mut self,
        read: &(impl Fn(&mut Reader<'a, '_>, Text<'a>) -> E + Sync),
    ) -> VecDeque<Piece<'a, E>> {
        let places = self.places_ahead();
        let (this, threads) = (&*self, self.threads);
        let tried =
            threads.map(places.len().saturating_sub(1), |piece| this.piece(places[piece], places[piece + 1], read));
        let bytes: usize = tried.iter().map(|(bytes, _)| bytes).sum();
        self.alone_until = self.token.start + bytes.max(threads.bytes);
        tried.into_iter().filter_map(|(_, piece)| piece).collect()
    }

    /// Where pieces begin, and where the last one ends: at tokens that look like the ids of entries.
    fn places_ahead(&self) -> Vec<usize> {
        let (start, pieces) = (self.token.start, self.threads.pieces());
        let rest = self.text.len() - start;
        if rest < 2 * self.threads.bytes {
            return Vec::new();
        }
        let size = (rest / pieces.max(1)).clamp(self.threads.bytes, 4 * self.threads.bytes);
        let mut places = vec![start];
        for piece in 1..=pieces {
            let from = (start + piece * size).max(places[places.len() - 1] + 1);
            let found = self.entry_in(from..from + size + NEAR);
            places.push(found.unwrap_or(from));
            if found.is_none() {
                break;
            }
        }
        places
    }

    /// The first place in a range that looks like the start of an entry.
    fn entry_in(&self, range: Range<usize>) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let bytes = &bytes[..range.end.min(bytes.len())];
        let from = range.start.min(bytes.len());
        let mut lines = memchr::memchr_iter(b'\n', &bytes[from..]).map(|newline| from + newline + 1);
        lines.find_map(|line| {
            let start = line + bytes[line..].iter().take_while(|byte| b" \t".contains(byte)).count();
            is_entry(&bytes[start..]).then_some(start)
        })
    }

    /// Tries to read the entries from one place to another as if all before were read, and returns how many bytes that
    /// took. There is no piece where anything at all was wrong.
    fn piece<E>(
        &self,
        start: usize,
        end: usize,
        read: &(impl Fn(&mut Reader<'a, '_>, Text<'a>) -> E + Sync),
    ) -> (usize, Option<Piece<'a, E>>) {
        let mut problems = Diagnostics::new();
        let mut reader = Reader::inside(self, start, &mut problems);
        let mut entries = Vec::new();
        while reader.is_sound() && reader.kind() == Kind::Text && reader.token.start < end {
            let before = reader.token.start;
            let item = reader.map_item(&mut |reader, id| entries.push(read(reader, id)));
            if item != Item::Taken || reader.token.start == before {
                return (reader.token.start - start, None);
            }
            reader.separator();
        }
        let (end, last) = (reader.mark(), reader.entry);
        let sound = reader.is_sound() && !entries.is_empty();
        (end.token.start - start, sound.then_some(Piece { start, entries, last, end }))
    }

    /// A reader in the midst of a section, with the same brackets open as another.
    fn inside<'d>(other: &Reader<'a, '_>, start: usize, out: &'d mut Diagnostics) -> Reader<'a, 'd> {
        let token = Token { kind: Kind::End, start, end: start };
        let open: Vec<Frame> = other.open.clone();
        let mut lexer = other.lexer.clone();
        lexer.skip_to(start);
        let mut reader = Reader::bare(other.file, other.text, lexer, token, out);
        (reader.open, reader.entry) = (open, start);
        reader.advance();
        reader
    }

    /// Whether nothing has gone wrong, and nothing is open that was not at the start of the section's entry.
    fn is_sound(&self) -> bool {
        self.out.is_empty() && self.damaged.is_empty() && !self.quiet && !self.deep && self.reported_line.is_none()
    }
}

/// Whether bytes begin with an id in quotation marks, a colon and a bracket.
fn is_entry(bytes: &[u8]) -> bool {
    let Some(inside) = bytes.strip_prefix(b"\"") else { return false };
    let Some(end) = inside.iter().take(LONGEST).position(|byte| b"\"\n\\".contains(byte)) else { return false };
    let mut behind = inside[end..].strip_prefix(b"\"").unwrap_or_default().iter().filter(|&&byte| byte != b' ');
    behind.next() == Some(&b':') && behind.next() == Some(&b'(')
}

#[cfg(test)]
mod tests {
    use super::is_entry;

    #[test]
    fn what_looks_like_an_entry() {
        assert!(is_entry(b"\"a-1\":(text"));
        assert!(is_entry(b"\"a\" : ("));
        for other in ["\"a\",", "a: (", "\"a\\\": (", "\"a", "", "\"a\": \"b\""] {
            assert!(!is_entry(other.as_bytes()), "{other}");
        }
    }
}
