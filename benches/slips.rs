//! What `check` makes of every slip of the hand in the shipped cases: each character left out, doubled, and changed for its
//! neighbour, and each line left out.
//!
//! `cargo bench --bench slips -- 20` tries every twentieth slip, which takes minutes; with `1`, all. The goals: of the slips
//! that are errors, 95 in 100 give two errors at most, the first on the line of the slip; and no fix that is applied leads
//! to a further error at its place. `-- 20 inks` prints the slips whose group has those letters in its name.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::{env, fs};

use evigraph::internals::diagnostic::{chosen, edited};
use evigraph::{Diagnostic, Fix, Input, Loaded, Overlay, Safety, load_from, print};

/// One slip in one file.
struct Slip {
    kind: &'static str,
    bytes: Range<usize>,
    instead: String,
}

/// Every slip of a text, in the order of their places.
fn slips(text: &str) -> Vec<Slip> {
    let mut slips = Vec::new();
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let bytes = at..at + letter.len_utf8();
        slips.push(Slip { kind: "lost", bytes: bytes.clone(), instead: String::new() });
        slips.push(Slip { kind: "doubled", bytes: bytes.clone(), instead: format!("{letter}{letter}") });
        if let Some(&(_, next)) = letters.peek().filter(|(_, next)| *next != letter) {
            let both = at..bytes.end + next.len_utf8();
            slips.push(Slip { kind: "swapped", bytes: both, instead: format!("{next}{letter}") });
        }
    }
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        slips.push(Slip { kind: "line lost", bytes: start..start + line.len(), instead: String::new() });
        start += line.len();
    }
    slips
}

/// A case of the package: the file that is opened, and every file that it has.
struct Shipped {
    opened: PathBuf,
    files: Vec<(PathBuf, String)>,
    printed: String,
}

fn shipped() -> Vec<Shipped> {
    let entries = fs::read_dir("graphs").expect("the cases are there");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("it can be read").path()).collect();
    paths.sort();
    let cases = paths.into_iter().map(|path| if path.is_dir() { path.join("case.ron") } else { path });
    cases.filter(|path| path.is_file()).map(case).collect()
}

fn case(opened: PathBuf) -> Shipped {
    let loaded = load_from(Input::Path(opened.clone()), &Overlay::new()).expect("it can be read");
    let files =
        loaded.sources.iter().map(|(_, file)| (file.path().expect("a path").to_owned(), file.text().to_owned()));
    let printed = print(loaded.case.as_ref().expect("shipped cases are sound"));
    Shipped { files: files.collect(), printed, opened }
}

fn errors(loaded: &Loaded) -> Vec<&Diagnostic> {
    loaded.diagnostics.iter().filter(|problem| problem.is_error()).collect()
}

fn line_of(text: &str, at: usize) -> usize {
    1 + text.as_bytes()[..at].iter().filter(|&&byte| byte == b'\n').count()
}

/// Where an error begins: its file and line.
fn place(loaded: &Loaded, problem: &Diagnostic) -> Option<(PathBuf, usize)> {
    let span = problem.span?;
    let file = loaded.sources.file(span.file);
    Some((file.path()?.to_owned(), line_of(file.text(), span.start as usize)))
}

#[derive(Default)]
struct Tally {
    slips: usize,
    errors: usize,
    well_told: usize,
    far: usize,
    with_fix: usize,
    fixes: usize,
    well_formed: usize,
    elsewhere: usize,
    again: usize,
    mended: usize,
    restored: usize,
    changed: usize,
    /// What is badly told: how often, and an example.
    badly: BTreeMap<String, (usize, String)>,
    /// Fixes that lead to a further error: the same.
    traps: BTreeMap<String, (usize, String)>,
    /// Safe fixes that make another case than the one before the slip.
    others: BTreeMap<String, (usize, String)>,
}

fn note(
    groups: &mut BTreeMap<String, (usize, String)>,
    group: String,
    example: impl Fn() -> String,
    all: Option<&str>,
) {
    if all.is_some_and(|word| group.contains(word)) {
        println!("{group}\n{}\n", example());
    }
    groups.entry(group).or_insert_with(|| (0, example())).0 += 1;
}

struct Bench<'b> {
    case: &'b Shipped,
    all: Option<&'b str>,
    tally: &'b mut Tally,
}

impl Bench<'_> {
    fn load(&self, changed: &[(&Path, &str)]) -> Loaded {
        let mut overlay = Overlay::new();
        for (path, text) in changed {
            overlay.put(path, *text).expect("its folder is there");
        }
        load_from(Input::Path(self.case.opened.clone()), &overlay).expect("it can be read")
    }

    fn try_slip(&mut self, path: &Path, text: &str, slip: &Slip) {
        let mut slipped = text.to_owned();
        slipped.replace_range(slip.bytes.clone(), &slip.instead);
        self.tally.slips += 1;
        let loaded = self.load(&[(path, &slipped)]);
        let found = errors(&loaded);
        let Some(first) = found.first() else { return };
        self.tally.errors += 1;
        let line = line_of(&slipped, slip.bytes.start.min(slipped.len()));
        let last = line_of(&slipped, slip.bytes.start + slip.instead.len());
        let is_near = |at: usize| (line..=last).contains(&at) || slip.kind == "line lost" && at + 1 == line;
        let is_first_here = place(&loaded, first).is_some_and(|(file, at)| file == path && is_near(at));
        let what: String = text[slip.bytes.clone()].chars().map(class).collect();
        let what = if slip.kind == "line lost" {
            class(text[slip.bytes.clone()].trim_end().chars().next_back().unwrap_or('\n')).to_string()
        } else {
            what
        };
        let group = |why: &str| format!("{} {what:?}: {why}", slip.kind);
        let shown = || {
            let at = slipped[..slip.bytes.start].rfind('\n').map_or(0, |newline| newline + 1);
            let lines: Vec<&str> = slipped[at..].lines().take(2).collect();
            let told: Vec<String> = found
                .iter()
                .take(4)
                .map(|problem| {
                    format!("      {:?} {}: {}", place(&loaded, problem).map(|p| p.1), problem.code, problem.message)
                })
                .collect();
            format!(
                "    {}:{line}: {}\n{}",
                path.file_name().and_then(|name| name.to_str()).unwrap_or(""),
                lines.join("⏎"),
                told.join("\n")
            )
        };
        if found.len() <= 2 && is_first_here {
            self.tally.well_told += 1;
        } else {
            self.tally.far += usize::from(found.len() <= 2);
            let why = if found.len() > 2 { "many" } else { "elsewhere" };
            note(&mut self.tally.badly, group(&format!("{why}, {}", first.code)), shown, self.all);
        }
        let fixes: Vec<&Fix> = found.iter().flat_map(|problem| &problem.fixes).collect();
        self.tally.with_fix += usize::from(!fixes.is_empty());
        for fix in fixes {
            self.try_fix(&loaded, fix, &group(&fix.title), &shown);
        }
        self.mend(&loaded, &group, &shown);
    }

    /// Applies one fix alone.
    fn try_fix(&mut self, loaded: &Loaded, fix: &Fix, group: &str, shown: &dyn Fn() -> String) {
        self.tally.fixes += 1;
        let after = self.applied(loaded, &[fix]);
        let left = errors(&after);
        if left.is_empty() {
            self.tally.well_formed += 1;
            return;
        }
        let before: Vec<&str> = errors(loaded).iter().map(|problem| problem.message.as_str()).collect();
        let touched: Vec<(PathBuf, Range<usize>)> = fix
            .edits
            .iter()
            .filter_map(|edit| {
                let file = loaded.sources.file(edit.span.file);
                let first = line_of(file.text(), edit.span.range().start);
                Some((file.path()?.to_owned(), first..first + 1 + edit.replacement.matches('\n').count()))
            })
            .collect();
        let is_further = |problem: &&&Diagnostic| {
            !before.contains(&problem.message.as_str())
                && place(&after, problem).is_some_and(|(file, line)| {
                    touched.iter().any(|(path, lines)| *path == file && lines.contains(&line))
                })
        };
        match left.iter().find(is_further) {
            Some(further) => {
                self.tally.again += 1;
                let example = || format!("{}\n      after the fix: {}", shown(), further.message);
                note(&mut self.tally.traps, group.to_owned(), example, self.all);
            }
            None => self.tally.elsewhere += 1,
        }
    }

    fn applied(&self, loaded: &Loaded, fixes: &[&Fix]) -> Loaded {
        let edits = || fixes.iter().flat_map(|fix| &fix.edits);
        let texts: Vec<(PathBuf, String)> = loaded
            .sources
            .iter()
            .map(|(id, file)| (file.path().expect("a path").to_owned(), edited(id, file.text(), edits())))
            .collect();
        let texts: Vec<(&Path, &str)> = texts.iter().map(|(path, text)| (path.as_path(), text.as_str())).collect();
        self.load(&texts)
    }

    /// Applies safe fixes until none is left, as `check --fix` does, without its verdicts.
    fn mend(&mut self, loaded: &Loaded, group: &dyn Fn(&str) -> String, shown: &dyn Fn() -> String) {
        let safe =
            |loaded: &Loaded| chosen(&loaded.diagnostics, Safety::Safe).into_iter().cloned().collect::<Vec<Fix>>();
        let mut fixes = safe(loaded);
        if fixes.is_empty() {
            return;
        }
        let titles = fixes.iter().map(|fix| fix.title.clone()).collect::<Vec<_>>().join(" & ");
        let mut after = self.applied(loaded, &fixes.iter().collect::<Vec<_>>());
        for _ in 0..8 {
            fixes = safe(&after);
            if fixes.is_empty() {
                break;
            }
            after = self.applied(&after, &fixes.iter().collect::<Vec<_>>());
        }
        if let Some(case) = &after.case {
            self.tally.mended += 1;
            if print(case) == self.case.printed {
                self.tally.restored += 1;
            } else {
                self.tally.changed += 1;
                note(&mut self.tally.others, group(&titles), shown, self.all);
            }
        }
    }
}

fn class(letter: char) -> char {
    match letter {
        letter if letter.is_alphabetic() => 'a',
        letter if letter.is_ascii_digit() => '0',
        letter => letter,
    }
}

fn main() {
    let mut arguments = env::args().skip(1).filter(|argument| argument != "--bench");
    let stride: usize = arguments.next().and_then(|stride| stride.parse().ok()).unwrap_or(97);
    let all = arguments.next();
    let mut tally = Tally::default();
    let mut count = 0;
    for case in shipped() {
        for (path, text) in &case.files {
            for slip in slips(text) {
                count += 1;
                if count % stride == 0 {
                    Bench { case: &case, all: all.as_deref(), tally: &mut tally }.try_slip(path, text, &slip);
                }
            }
        }
    }
    report(&tally);
}

fn report(tally: &Tally) {
    let share = |part: usize, whole: usize| format!("{part} ({:.1} %)", 100.0 * part as f64 / whole.max(1) as f64);
    println!("slips tried                                  {}", tally.slips);
    println!("  with an error                              {}", share(tally.errors, tally.slips));
    println!("  at most two errors, the first on the line  {}", share(tally.well_told, tally.errors));
    println!("  at most two errors, elsewhere              {}", share(tally.far, tally.errors));
    println!("  with a fix                                 {}", share(tally.with_fix, tally.errors));
    println!("fixes, each applied alone                    {}", tally.fixes);
    println!("  the case is well formed                    {}", share(tally.well_formed, tally.fixes));
    println!("  an error elsewhere, or one there before    {}", share(tally.elsewhere, tally.fixes));
    println!("  a further error at the same place          {}", share(tally.again, tally.fixes));
    println!("well formed after all safe fixes             {}", share(tally.mended, tally.errors));
    println!("  the case as it was before the slip         {}", share(tally.restored, tally.mended));
    println!("  another case                               {}", share(tally.changed, tally.mended));
    for (title, groups) in [
        ("badly told", &tally.badly),
        ("fixes that lead on", &tally.traps),
        ("another case by safe fixes", &tally.others),
    ] {
        println!("\n{title}:");
        let mut groups: Vec<_> = groups.iter().collect();
        groups.sort_by_key(|(_, (count, _))| std::cmp::Reverse(*count));
        for (group, (count, example)) in groups.into_iter().take(25) {
            println!("  {count:5}  {group}\n{example}");
        }
    }
}
