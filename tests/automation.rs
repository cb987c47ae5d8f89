//! What other people's servers run from this repository: the action, the hooks of pre-commit, and the page about them.

use std::fs;
use std::path::Path;
use std::process::Command;

fn text(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).expect("it is in the repository")
}

#[test]
fn the_page_is_what_happens() {
    crate::walk::page("docs/ci.md", "automation");
}

/// The scripts of the action, each the lines behind `run: |` that are set in further.
fn scripts() -> Vec<String> {
    let action = text("action.yml");
    let mut scripts = Vec::new();
    for block in action.split("      run: |\n").skip(1) {
        let lines = block.lines().take_while(|line| line.starts_with("        ") || line.is_empty());
        scripts.push(lines.map(|line| line.trim_start_matches("        ").to_owned() + "\n").collect());
    }
    assert!(scripts.len() == 3, "the scripts were found");
    scripts
}

#[test]
fn nothing_that_a_workflow_gives_is_a_command() {
    assert!(scripts().iter().all(|script| !script.contains("${{")), "inputs reach scripts as variables alone");
}

/// Runs a script of the action as a runner does, with the program on the path.
#[cfg(unix)]
fn run(script: &str, folder: &Path, variables: &[(&str, &str)]) -> (Option<i32>, String) {
    let program = Path::new(env!("CARGO_BIN_EXE_evigraph"));
    let path = format!("{}:/usr/bin:/bin", program.parent().expect("a folder").display());
    let mut command = Command::new("bash");
    command.args(["--noprofile", "--norc", "-eo", "pipefail", "-c", script]).current_dir(folder);
    let output = command.env("PATH", path).envs(variables.iter().copied()).output().expect("bash is there");
    (output.status.code(), String::from_utf8([output.stdout, output.stderr].concat()).expect("text"))
}

#[cfg(unix)]
#[test]
fn the_scripts_of_the_action_check_what_they_are_given() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let put = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("it can be written");
    put("a b.ron", "Case(title: \"A\")\n");
    put("$(touch hit).ron", "Case(title: \"A\")\n");
    put("-x.ron", "Case(title: \"A\" claims: {})\n");
    let [_, sarif, check] = &scripts()[..] else { panic!("three scripts") };
    let cases = |cases: &str| run(check, folder.path(), &[("CASES", cases), ("FORMAT", "github")]);
    assert_eq!(cases("a b.ron\n\n$(touch hit).ron\n"), (Some(0), String::new()));
    assert!(!folder.path().join("hit").exists(), "a name is no command");
    let (code, said) = cases("-x.ron");
    assert_eq!(code, Some(1));
    assert!(said.starts_with("::error file=-x.ron,line=1,"), "{said}");
    assert_eq!(cases("; touch hit").0, Some(2), "there is no such file");
    let written = |cases: &str| run(sarif, folder.path(), &[("CASES", cases), ("SARIF", "out.sarif")]).0;
    assert_eq!((written("-x.ron"), written("nothing.ron")), (Some(0), Some(1)));
    assert!(folder.path().join("out.sarif").exists());
}

#[test]
fn hooks_name_commands_that_are_there() {
    let hooks = text(".pre-commit-hooks.yaml");
    let entries: Vec<&str> = hooks.lines().filter_map(|line| line.strip_prefix("  entry: evigraph ")).collect();
    assert_eq!(entries, ["check", "fmt"]);
    for entry in entries {
        let help = Command::new(env!("CARGO_BIN_EXE_evigraph")).args([entry, "--help"]).output().expect("it starts");
        assert!(help.status.success());
    }
}
