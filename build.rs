//! Gives the program its version: with the commit that it is built from, where that is known.

use std::path::Path;
use std::process::Command;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let version = env!("CARGO_PKG_VERSION");
    // Only what is shipped says it: a development build would be made anew after every commit.
    let is_shipped = std::env::var("PROFILE").is_ok_and(|profile| profile == "release");
    match is_shipped.then(|| commit_of_package().or_else(commit_of_checkout)).flatten() {
        Some(commit) => println!("cargo::rustc-env=EVIGRAPH_VERSION={version} ({commit})"),
        None => println!("cargo::rustc-env=EVIGRAPH_VERSION={version}"),
    }
}

/// The commit that a package says it was made from.
fn commit_of_package() -> Option<String> {
    let info = std::fs::read_to_string(".cargo_vcs_info.json").ok()?;
    let (_, hash) = info.split_once("\"sha1\": \"")?;
    Some(hash.chars().take_while(char::is_ascii_hexdigit).take(9).collect())
}

/// The commit that is checked out, with its day, if this folder is the top of a checkout.
fn commit_of_checkout() -> Option<String> {
    if !Path::new(".git").exists() {
        return None;
    }
    if Path::new(".git/logs/HEAD").exists() {
        println!("cargo::rerun-if-changed=.git/logs/HEAD");
    }
    let arguments = ["log", "-1", "--date=short", "--abbrev=9", "--format=%h %cd"];
    let output = Command::new("git").args(arguments).output().ok().filter(|output| output.status.success())?;
    let commit = String::from_utf8(output.stdout).ok()?.trim().to_owned();
    (!commit.is_empty()).then_some(commit)
}
