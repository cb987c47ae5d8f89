//! What a newcomer's shell and system get from the program: explanations of codes, completions, manual pages, the help on
//! one screen, the version, links.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use evigraph::Code;

use crate::cli::{CASE, Folder, code, command, evigraph, stderr, stdout};

/// Every command, as it stands behind `evigraph`.
fn commands() -> BTreeSet<String> {
    let help = stdout(&evigraph(["--help"]));
    let (_, list) = help.split_once("Commands:\n").expect("there are commands");
    let names = list.lines().take_while(|line| !line.is_empty()).filter(|line| !line.starts_with("   "));
    names.map(|line| line.split_whitespace().next().expect("a name").to_owned()).filter(|name| name != "help").collect()
}

#[test]
fn every_code_is_explained_by_its_name_and_as_a_message_writes_it() {
    for one in Code::ALL {
        let page = evigraph(["explain", one.name()]);
        assert_eq!(code(&page), 0);
        let page = stdout(&page);
        assert!(page.contains(one.name()) && page.contains("Mended:"), "{page}");
        for line in one.mistake().lines().chain(one.mended().lines()) {
            assert!(page.contains(&format!("    {line}\n")), "{line} is as it is written: {page}");
        }
        let severity = if one.severity() == evigraph::Severity::Error { "error" } else { "warning" };
        assert_eq!(stdout(&evigraph(["explain", &format!("{severity}[{one}]")])), page);
    }
    let list = stdout(&evigraph(["explain"]));
    assert!(Code::ALL.iter().all(|one| list.lines().any(|line| line.starts_with(one.name()))), "{list}");
}

#[test]
fn a_code_that_is_none_is_refused_with_the_nearest() {
    let refused = evigraph(["explain", "single-orign"]);
    assert_eq!(code(&refused), 2);
    assert_eq!(stdout(&refused), "");
    assert!(stderr(&refused).contains("did you mean `single-origin`?"), "{}", stderr(&refused));
    let refused = evigraph(["explain", "\u{1b}[31mred"]);
    assert_eq!(code(&refused), 2);
    assert!(!stderr(&refused).contains('\u{1b}'), "{}", stderr(&refused));
}

/// What a shell's script is given at the end of a command line.
fn offered(words: &[&str], folder: &Path) -> Vec<String> {
    let mut command = command(["--", "evigraph"].iter().chain(words));
    // As the script for bash asks.
    let last = words.len().to_string();
    command.env("EVIGRAPH_COMPLETE", "bash").env("_CLAP_COMPLETE_INDEX", last).env("_CLAP_IFS", "\n");
    let output = command.current_dir(folder).output().expect("the program runs");
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    stdout(&output).lines().map(str::to_owned).collect()
}

#[test]
fn ids_are_completed_from_the_case_at_hand() {
    let folder = Folder::with("bridge.ron", CASE);
    let at = folder.path("");
    assert!(offered(&["ver"], &at).contains(&"verdict".to_owned()));
    let claims = offered(&["why", "bridge.ron", ""], &at);
    assert!(claims.contains(&"unsafe".to_owned()) && !claims.contains(&"survey".to_owned()), "{claims:?}");
    assert_eq!(offered(&["settled", "bridge.ron", "uns"], &at), ["unsafe"]);
    let removable = offered(&["verdict", "bridge.ron", "--without", ""], &at);
    assert!(removable.contains(&"survey".to_owned()) && !removable.contains(&"unsafe".to_owned()), "{removable:?}");
    assert!(offered(&["explain", "single"], &at).contains(&"single-origin".to_owned()));
    let made = evigraph(["export", "json", &folder.arg("bridge.ron"), "-o", &folder.arg("bridge.json")]);
    assert_eq!(code(&made), 0, "{}", stderr(&made));
    assert_eq!(offered(&["settled", "bridge.json", "uns"], &at), ["unsafe"]);
    // Of a case that is being written, what there is; of none, nothing.
    fs::write(folder.path("half.ron"), "Case(claims: {\"half-done\": (text: \"It is").expect("it can be written");
    assert_eq!(offered(&["why", "half.ron", "half"], &at), ["half-done"]);
    assert_eq!(offered(&["why", "nowhere.ron", "x"], &at), Vec::<String>::new());
}

#[test]
fn every_shell_has_a_script_that_asks_the_program() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish", "nushell"] {
        let script = evigraph(["completions", shell]);
        assert_eq!(code(&script), 0, "{shell}");
        let script = stdout(&script);
        assert!(script.contains("EVIGRAPH_COMPLETE") && script.contains("evigraph"), "{shell}: {script}");
    }
    assert_eq!(code(&evigraph(["completions", "tcsh"])), 2);
}

#[test]
fn every_command_has_a_manual_page() {
    let folder = Folder::with("there-already.txt", "");
    let written = evigraph(["man", &folder.arg("")]);
    assert_eq!(code(&written), 0, "{}", stderr(&written));
    for name in commands() {
        let page = fs::read_to_string(folder.path(&format!("evigraph-{name}.1"))).expect(&name);
        assert!(page.starts_with(".ie \\n(.g") && page.contains(".SH SYNOPSIS"), "{name}: {page}");
    }
    assert_eq!(fs::read(folder.path("evigraph.1")).expect("it is written"), evigraph(["man"]).stdout);
    let refused = evigraph(["man", &folder.arg("nowhere")]);
    assert_eq!(code(&refused), 2);
    assert!(stderr(&refused).contains("no folder"), "{}", stderr(&refused));
}

#[test]
fn the_help_of_every_command_fits_on_a_screen() {
    const SCREEN: usize = 50;
    let questions =
        ["documents", "sources", "claims", "readings", "paths", "open"].map(|one| format!("query CASE {one}"));
    for name in commands().into_iter().chain(questions) {
        let words: Vec<&str> = name.split_whitespace().chain(["--help"]).collect();
        let help = stdout(&command(&words).env("COLUMNS", "100").output().expect("it runs"));
        assert!(help.lines().count() <= SCREEN, "{name} has {} lines", help.lines().count());
        assert!(help.contains("Usage: "), "{help}");
        let short = words.iter().map(|word| if *word == "--help" { "-h" } else { word });
        assert_eq!(stdout(&command(short).env("COLUMNS", "100").output().expect("it runs")), help);
    }
}

#[test]
fn the_version_is_that_of_the_package() {
    let version = stdout(&evigraph(["--version"]));
    assert!(version.starts_with(concat!("evigraph ", env!("CARGO_PKG_VERSION"))), "{version}");
    assert_eq!(version.lines().count(), 1);
}

#[test]
fn codes_link_to_their_page_on_a_terminal_that_knows_links_and_nowhere_else() {
    let broken = Folder::with("bridge.ron", "Case(title: \"A bridge\", claim: {})");
    let check = |pages: &str, color: &str| {
        let mut command = command(["check", "bridge.ron", "--color", color]);
        command.current_dir(broken.path("")).env("EVIGRAPH_DOCS", pages).env("FORCE_HYPERLINK", "1");
        stdout(&command.output().expect("the program runs"))
    };
    // Standard output is no terminal here.
    assert!(!check("https://example.org/docs", "always").contains("\u{1b}]8;;"));
    assert!(!check("https://example.org/docs", "never").contains('\u{1b}'));
}
