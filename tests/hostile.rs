//! Text that hides: what a terminal would obey, what turns the direction of writing, what has no shape. It stands in
//! every field of a case, in the name of its folder and of its files, and comes through raw in no output.

use std::fs;
use std::path::{Path, PathBuf};

use evigraph::internals::escape::letters;

use super::cli::{command, evigraph, stderr};

/// What hides, and markup of every format that is written.
const HOSTILE: &str = "\u{1b}[31m\u{1b}]0;t\u{7}\u{8}\u{7f}\u{80}\u{85}\u{9b}31m\u{ad}\u{34f}\u{61c}\u{115f}\u{1160}\u{180e}\u{200b}\
    \u{200c}\u{200d}\u{200e}\u{200f}\u{2028}\u{2029}\u{202a}\u{202e}\u{2060}\u{2066}\u{2069}\u{3164}\u{feff}\u{ffa0}\u{fff9}\u{fffa}\
    \u{fffb}\u{fffe}\u{ffff}\u{e0001}\u{e0041}\u{e007f}\u{e0100}<b x='y'>&amp;\\\"</script>-->%%{init}%%`|";

/// Letters of scripts that are written with joiners, which stay.
const JOINED: &str =
    "\u{645}\u{6cc}\u{200c}\u{634}\u{648}\u{62f} \u{915}\u{94d}\u{200d}\u{937} \u{1f468}\u{200d}\u{1f469}";

/// A case with `§` in every field that takes a text.
const CASE: &str = r#"Case(
    title: "Title §", summary: "Summary § *x* [l](https://e.org/§) `§`",
    allow: [(lint: "one-sided", reason: "Reason §")],
    actors: {
        "a": (name: "Actor §", kind: Other("kind §"), aliases: ["Alias §"], tags: ["tag §"], note: "Note §"),
        "b": (name: "Second §", part_of: "a"),
    },
    documents: {
        "d": (
            title: "Document §", kind: Other("kind §"), reliability: C, by: ["a"], mentions: ["b"], authors: ["Author §"], date: "date §", released: "release §",
            period: "period §", collection: "v", locator: "box §", url: "https://e.org/§", archived: "https://a.org/§", accessed: "access §", places: ["place §"],
            tags: ["tag §"], note: "Note §", withheld: Partial,
        ),
        "e": (title: "Second document §", reliability: B, derives_from: ["d"], impeached_by: [(from: "v")]),
        "v": (title: "Archive §", kind: Archive),
    },
    claims: {
        "c": (
            text: "Claim §", about: ["a"], places: ["place §"], period: "period §", tags: ["tag §"], note: "Note §",
            evidence: [Supports(from: ["d", "e"], at: "place §", quote: "quote §"), Opposes(from: "a", quote: "§")],
        ),
        "f": (text: "Rival §", rivals: ["c"], evidence: [Supports(from: "e", undercut_by: [(from: "v")])]),
    },
    relationships: { "r": (from: "a", to: "b", kind: Other("phrase §"), note: "Note §", evidence: [Supports(from: "d")]) },
    inferences: { "i": (given: ["f"], to: "c", effect: Opposes, scheme: "scheme §", note: "Note §") },
    questions: { "q": (text: "Question §", claims: ["c", "f"]) },
    report: (sections: [(title: "Section §", claims: ["c", "r"], text: "Words § *x* `§`\n\n> §\n\n```\n§\n```")]),
)"#;

/// The case as RON, with the hostile text wherever a text can be.
fn case() -> String {
    let text: String = format!("{HOSTILE} {JOINED}")
        .chars()
        .map(|letter| match letter {
            '"' => "\\\"".to_owned(),
            '\\' => "\\\\".to_owned(),
            letter if letter.is_control() => format!("\\u{{{:x}}}", u32::from(letter)),
            letter => letter.to_string(),
        })
        .collect();
    CASE.replace('§', &text)
}

/// A folder with a hostile name, if the file system takes it, and the case in it under another.
fn folder() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let name = "n\u{1b}]0;x\u{7}\n\u{9b}\u{202e}\u{ad}\u{200d}ame<b>";
    let hostile = folder.path().join(name);
    fs::create_dir(&hostile).expect("the folder is made");
    let file = hostile.join(format!("{name}.ron"));
    fs::write(&file, case()).expect("the case is written");
    (folder, file)
}

/// The commands that read one case, with every format of each.
const COMMANDS: &[&[&str]] = &[
    &["check", "$"],
    &["check", "$", "--format", "short"],
    &["check", "$", "--format", "json"],
    &["check", "$", "--fix"],
    &["fmt", "$", "--check"],
    &["verdict", "$"],
    &["verdict", "$", "--format", "json"],
    &["verdict", "$", "--format", "jsonl"],
    &["verdict", "$", "--method", "bounds", "--set", "d=0.3", "--without", "e"],
    &["settled", "$", "c"],
    &["settled", "$", "c", "--format", "json"],
    &["settled", "$", "q"],
    &["why", "$", "c", "--depth", "5"],
    &["why", "$", "c", "--format", "json"],
    &["why", "$", "q"],
    &["why", "$", "c", "--not", "refuted"],
    &["why", "$", "c", "--not", "refuted", "--format", "json"],
    &["compare", "$", "--without", "e"],
    &["compare", "$", "--without", "e", "--format", "json"],
    &["report", "$"],
    &["report", "$", "--format", "html"],
    &["sample", "$", "--worlds", "0..512"],
    &["diagram", "$", "--format", "svg"],
    &["diagram", "$", "--format", "html"],
    &["diagram", "$", "--format", "dot"],
    &["diagram", "$", "--format", "mermaid"],
    &["diagram", "$", "--view", "all", "--cluster", "section", "--collapse", "--format", "svg"],
    &["diagram", "$", "--view", "all", "--cluster", "section", "--collapse", "--format", "dot"],
    &["diagram", "$", "--view", "all", "--cluster", "section", "--collapse", "--format", "mermaid"],
    &["diagram", "$", "--view", "all", "--cluster", "kind", "--collapse", "--format", "html"],
    &["diagram", "$", "--view", "provenance", "--cluster", "collection", "--format", "svg"],
    &["diagram", "$", "--view", "sources", "--cluster", "origin", "--format", "dot"],
    &["diagram", "$", "--view", "actors", "--format", "svg"],
    &["query", "$", "documents"],
    &["query", "$", "documents", "--format", "json"],
    &["query", "$", "claims"],
    &["query", "$", "sources"],
    &["query", "$", "sources", "--format", "json"],
    &["query", "$", "actors"],
    &["query", "$", "actors", "--format", "json"],
    &["query", "$", "collections"],
    &["query", "$", "derives", "d"],
    &["query", "$", "paths", "a", "b"],
    &["query", "$", "paths", "a", "b", "--format", "json"],
    &["query", "$", "readings", "c"],
    &["query", "$", "readings", "c", "--format", "json"],
    &["query", "$", "open"],
    &["query", "$", "open", "--format", "json"],
];

/// What hides in a text, but for line breaks, which outputs have of their own.
fn hidden(text: &str) -> Vec<char> {
    letters(text).filter(|one| one.is_hidden && one.letter != '\n').map(|one| one.letter).collect()
}

fn with_case(args: &[&str], file: &Path) -> Vec<std::ffi::OsString> {
    args.iter().map(|&arg| if arg == "$" { file.into() } else { arg.into() }).collect()
}

#[test]
fn nothing_that_hides_comes_through_raw() {
    let (_folder, file) = folder();
    for args in COMMANDS {
        let output = evigraph(with_case(args, &file));
        assert_ne!(output.status.code(), Some(2), "{args:?}: {}", stderr(&output));
        let text = String::from_utf8(output.stdout).expect("output is UTF-8");
        assert!(!text.is_empty(), "{args:?}");
        assert_eq!(hidden(&text), [], "{args:?}: {text}");
        assert_eq!(hidden(&String::from_utf8_lossy(&output.stderr)), [], "{args:?}");
    }
}

#[test]
fn a_terminal_gets_no_codes_but_our_own() {
    let (_folder, file) = folder();
    let ours = |text: &str| {
        // Colours: `ESC [ … m` with digits and semicolons.
        let mut rest = text;
        while let Some((_, behind)) = rest.split_once('\u{1b}') {
            let codes = behind.strip_prefix('[').and_then(|behind| behind.split_once('m'));
            let (numbers, behind) = codes.expect("a code of colours");
            assert!(numbers.len() < 16 && numbers.chars().all(|one| one.is_ascii_digit() || one == ';'), "{numbers:?}");
            assert!(!behind.starts_with("]0;"));
            rest = behind;
        }
    };
    for args in COMMANDS.iter().filter(|args| !args.contains(&"--format")) {
        let output = command(with_case(args, &file)).args(["--color", "always"]).output().expect("it runs");
        let text = String::from_utf8(output.stdout).expect("output is UTF-8");
        ours(&text);
        let without: String = text.chars().filter(|&letter| letter != '\u{1b}').collect();
        assert_eq!(hidden(&without), [], "{args:?}");
    }
}

#[test]
fn names_of_files_forge_no_message() {
    let (folder, file) = folder();
    let broken = file.with_file_name("a\nerror[forged]: all is lost\u{1b}[31m.ron");
    fs::write(&broken, "Case(title: 3)").expect("it is written");
    let missing = folder.path().join("b\u{1b}[31m\nhelp: forged.ron");
    let to = folder.path().join("no\u{1b}[31m\nerror: forged/x");
    let (broken, missing, file) = (broken.as_os_str(), missing.as_os_str(), file.as_os_str());
    let runs: &[&[&std::ffi::OsStr]] = &[
        &["check".as_ref(), broken],
        &["check".as_ref(), "--color".as_ref(), "always".as_ref(), broken],
        &["verdict".as_ref(), broken],
        &["verdict".as_ref(), missing],
        &["verdict".as_ref(), file, "-o".as_ref(), to.as_os_str()],
        &["merge".as_ref(), missing],
        &["diagram".as_ref(), file, "-o".as_ref(), missing],
        &["--forged\u{1b}[31m\nerror: forged".as_ref()],
    ];
    for args in runs {
        let output = evigraph(args.iter());
        let text = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        assert!(!text.contains("\u{1b}[31m\n") && !text.contains("\u{1b}[31m.ron"), "{text}");
        assert!(
            !text.lines().any(|line| line.starts_with("error: forged") || line.starts_with("help: forged")),
            "{text}"
        );
        assert!(!text.lines().any(|line| line.starts_with("error[forged]")), "{text}");
    }
}

#[test]
fn programs_read_what_was_written_and_joiners_stay() {
    let (_folder, file) = folder();
    let output = evigraph(with_case(&["verdict", "$", "--format", "json"], &file));
    let answer: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(answer["statements"][0]["text"], format!("Claim {HOSTILE} {JOINED}"));
    for args in [&["verdict", "$"][..], &["report", "$"], &["diagram", "$", "--format", "mermaid"]] {
        let output = evigraph(with_case(args, &file));
        let text = String::from_utf8(output.stdout).expect("output is UTF-8");
        let first = JOINED.split(' ').next().expect("a word");
        assert!(text.contains(first), "{args:?}: {text}");
    }
}
