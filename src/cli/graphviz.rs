//! Runs an installed Graphviz, with a limit of time.

use std::process::Command;
use std::time::Duration;

use thiserror::Error;

use super::outside::{self, Trouble};

/// Why an installed Graphviz has no answer.
#[derive(Debug, Error)]
pub enum GraphvizError {
    /// There is none.
    #[error("--engine dot: Graphviz cannot be started: {0}")]
    Missing(std::io::Error),
    /// It takes too long.
    #[error("--engine dot: Graphviz took longer than {} seconds", LIMIT.as_secs())]
    Slow,
    /// It failed.
    #[error("--engine dot: Graphviz failed: {0}")]
    Failed(String),
}

impl GraphvizError {
    /// What its user can do.
    pub fn help(&self) -> &'static str {
        match self {
            Self::Missing(_) => {
                "install it (its program is `dot`; on Debian `apt-get install graphviz`), or leave --engine out"
            }
            Self::Slow => "leave --engine out, or draw less: one --view, --focus ID, --collapse",
            Self::Failed(_) => "leave --engine out",
        }
    }
}

/// How long it may take.
const LIMIT: Duration = Duration::from_secs(30);
/// The most that is read of its answer, in bytes.
const LARGEST: u64 = 64 << 20;

/// What `dot -Tplain` answers.
pub fn places(input: String) -> Result<String, GraphvizError> {
    answer(Command::new("dot").arg("-Tplain"), input, LIMIT)
}

/// What a program answers to its input within some time.
fn answer(command: &mut Command, input: String, limit: Duration) -> Result<String, GraphvizError> {
    let answer = outside::answer(command, input.into_bytes(), limit, LARGEST).map_err(|trouble| match trouble {
        Trouble::Missing(error) => GraphvizError::Missing(error),
        Trouble::Slow => GraphvizError::Slow,
        Trouble::Lost(error) => GraphvizError::Failed(error.to_string()),
    })?;
    if answer.status.success() {
        return Ok(String::from_utf8_lossy(&answer.output).into_owned());
    }
    Err(GraphvizError::Failed(String::from_utf8_lossy(&answer.errors).chars().take(200).collect()))
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn sh(script: &str, input: &str, limit: Duration) -> Result<String, GraphvizError> {
        answer(Command::new("sh").args(["-c", script]), input.to_owned(), limit)
    }

    #[test]
    fn what_a_program_answers_and_why_it_does_not() {
        let long = "x".repeat(1 << 20);
        assert_eq!(sh("cat", &long, LIMIT).ok(), Some(long.clone()));
        assert_eq!(sh("echo early", &long, LIMIT).ok().as_deref(), Some("early\n"), "its input need not be read");
        assert!(matches!(sh("echo no >&2; exit 3", "", LIMIT), Err(GraphvizError::Failed(errors)) if errors == "no\n"));
    }

    #[test]
    fn a_wrapper_ends_with_all_that_it_has_started() {
        for end in ["wait", "exit 0"] {
            let folder = tempfile::tempdir().expect("a folder for the test");
            let file = folder.path().join("child");
            let script = format!("sleep 100000 & echo $! > '{}'; {end}", file.display());
            let mut limit = Duration::from_millis(200);
            // On a busy machine it may take a while until the wrapper gets so far.
            let child = loop {
                assert!(matches!(sh(&script, "", limit), Err(GraphvizError::Slow)), "{end}");
                match std::fs::read_to_string(&file) {
                    Ok(child) if child.ends_with('\n') => break child,
                    _ => limit *= 2,
                }
            };
            // It has been sent a signal, and dies when its turn comes; the process that inherits it reaps it in a moment.
            let is_there =
                || Command::new("kill").args(["-0", child.trim()]).output().is_ok_and(|it| it.status.success());
            let is_dead =
                || std::fs::read_to_string(format!("/proc/{}/stat", child.trim())).is_ok_and(|it| it.contains(") Z "));
            let mut looks = 0..3000;
            while is_there() && !is_dead() {
                assert!(looks.next().is_some(), "{end}: it still runs");
                std::thread::sleep(Duration::from_millis(20));
            }
        }
    }
}
