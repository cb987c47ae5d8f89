//! Runs an installed Graphviz, with a limit of time.

use std::io::{Read, Write as _};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use thiserror::Error;

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
/// How often it is polled for its end.
const PAUSE: Duration = Duration::from_millis(10);
/// The most that is read of its answer, in bytes.
const LARGEST: u64 = 64 << 20;

/// What `dot -Tplain` answers.
pub fn places(input: String) -> Result<String, GraphvizError> {
    let pipes =
        Command::new("dot").arg("-Tplain").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut child = pipes.map_err(GraphvizError::Missing)?;
    let mut stdin = child.stdin.take().expect("it was piped");
    let writer = thread::spawn(move || stdin.write_all(input.as_bytes()));
    let answer = reader(child.stdout.take().expect("it was piped"));
    let errors = reader(child.stderr.take().expect("it was piped"));
    let ended = wait(&mut child);
    // With the program gone, its pipes are closed and the threads end.
    let (answer, errors) = (answer.join().unwrap_or_default(), errors.join().unwrap_or_default());
    let _ = writer.join();
    if ended? { Ok(answer) } else { Err(GraphvizError::Failed(errors.chars().take(200).collect())) }
}

fn reader(pipe: impl Read + Send + 'static) -> thread::JoinHandle<String> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        // What was read before an error is used as it is.
        let _ = pipe.take(LARGEST).read_to_end(&mut bytes);
        String::from_utf8_lossy(&bytes).into_owned()
    })
}

/// Whether it ended well; killed where it takes too long.
fn wait(child: &mut Child) -> Result<bool, GraphvizError> {
    let start = Instant::now();
    loop {
        if let Some(status) = child.try_wait().map_err(|error| GraphvizError::Failed(error.to_string()))? {
            return Ok(status.success());
        }
        if start.elapsed() > LIMIT {
            // It may have ended by itself in the meantime.
            let _ = child.kill();
            let _ = child.wait();
            return Err(GraphvizError::Slow);
        }
        thread::sleep(PAUSE);
    }
}
