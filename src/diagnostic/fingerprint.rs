//! By what a problem is known again when the lines around it have moved.

use rustc_hash::FxHashMap;

use super::Diagnostic;

/// Gives each problem of a run a fingerprint, which stays the same as long as its file, its code, its message and the
/// entries that it is about do. Of several that are the same in all of these, the second has another.
#[derive(Debug, Default)]
pub(super) struct Fingerprints {
    seen: FxHashMap<u64, u64>,
}

impl Fingerprints {
    /// Sixteen hexadecimal digits.
    pub(super) fn of(&mut self, path: &str, problem: &Diagnostic) -> String {
        let parts = [path, problem.code.name(), &problem.message].into_iter();
        let parts = parts.chain(problem.about.iter().map(String::as_str));
        let hash = parts.fold(BASIS, |hash, part| fnv(fnv(hash, part.as_bytes()), &[0xff]));
        let before = self.seen.entry(hash).or_default();
        let fingerprint = if *before == 0 { hash } else { fnv(hash, &before.to_le_bytes()) };
        *before += 1;
        format!("{fingerprint:016x}")
    }
}

/// Where the hash starts from.
const BASIS: u64 = 0xcbf2_9ce4_8422_2325;

/// The hash FNV-1a (Fowler, Noll and Vo): the same on every machine and in every version, and nobody's secret.
fn fnv(hash: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(hash, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::super::Code;
    use super::*;

    #[test]
    fn the_hash_is_fnv() {
        assert_eq!(fnv(BASIS, b""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(fnv(BASIS, b"a"), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(fnv(BASIS, b"foobar"), 0x8594_4171_f739_67e8);
    }

    #[test]
    fn problems_that_are_alike_differ() {
        let mut fingerprints = Fingerprints::default();
        let problem = Diagnostic::unplaced(Code::Unused, "nothing uses `d`").about("d");
        let [first, second, third] = [(); 3].map(|()| fingerprints.of("case.ron", &problem));
        assert!(first != second && second != third && first != third);
        assert_eq!(Fingerprints::default().of("case.ron", &problem), first);
        assert_ne!(Fingerprints::default().of("other.ron", &problem), first);
        assert_ne!(Fingerprints::default().of("case.ron", &problem.about("e")), first);
    }
}
