//! Another program with pipes to it: it is given its input, and answers within some time and size.

use std::io::{self, Read, Write as _};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

use super::leftover::Program;

/// How often it is polled for its end.
const PAUSE: Duration = Duration::from_millis(10);

/// What a program has said when it had ended.
#[derive(Debug)]
pub struct Answer {
    /// How it ended.
    pub status: ExitStatus,
    /// Its standard output, as far as it is read.
    pub output: Vec<u8>,
    /// The same of its standard error.
    pub errors: Vec<u8>,
}

/// Why a program has no answer.
#[derive(Debug)]
pub enum Trouble {
    /// It cannot be started.
    Missing(io::Error),
    /// It takes too long.
    Slow,
    /// The system does not say how it ended.
    Lost(io::Error),
}

/// What a program answers to its input within some time, in so many bytes. It may be a wrapper: whatever it has started ends
/// with it.
pub fn answer(command: &mut Command, input: Vec<u8>, time: Duration, largest: u64) -> Result<Answer, Trouble> {
    let deadline = Instant::now() + time;
    let left = || deadline.saturating_duration_since(Instant::now());
    let pipes = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut program = Program::start(pipes).map_err(Trouble::Missing)?;
    let mut stdin = program.child.stdin.take().expect("it was piped");
    // One that ends before it has read everything says why.
    thread::spawn(move || stdin.write_all(&input));
    let output = reader(program.child.stdout.take().expect("it was piped"), largest);
    let errors = reader(program.child.stderr.take().expect("it was piped"), largest);
    let status = wait(&mut program.child, deadline)?;
    // What it has started can hold its pipes open when it has ended itself.
    let output = output.recv_timeout(left()).map_err(|_| Trouble::Slow)?;
    let errors = if status.success() { Vec::new() } else { errors.recv_timeout(left()).unwrap_or_default() };
    Ok(Answer { status, output, errors })
}

fn reader(pipe: impl Read + Send + 'static, largest: u64) -> Receiver<Vec<u8>> {
    let (all, receiver) = mpsc::channel();
    thread::spawn(move || {
        let mut bytes = Vec::new();
        // What was read before an error is used as it is.
        let _ = pipe.take(largest).read_to_end(&mut bytes);
        // Nobody may wait for it any more.
        let _ = all.send(bytes);
    });
    receiver
}

/// How it ended, by then.
fn wait(child: &mut Child, deadline: Instant) -> Result<ExitStatus, Trouble> {
    loop {
        if let Some(status) = child.try_wait().map_err(Trouble::Lost)? {
            return Ok(status);
        }
        if Instant::now() > deadline {
            return Err(Trouble::Slow);
        }
        thread::sleep(PAUSE);
    }
}
