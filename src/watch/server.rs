//! The server of the page.

use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use crate::page::{SCRIPT, STYLE, content_policy, shell};

use super::board::Board;
use super::http::{Request, Response, Status};

/// The most connections at once: a few pages, each of which waits for the next update.
const MOST_CONNECTIONS: usize = 32;
/// How long a page waits for an answer before the answer is that there is nothing new.
const PATIENCE: Duration = Duration::from_secs(20);
/// How the page gets its updates.
const TRANSPORT: &str = include_str!("watch.js");

/// Serves the page on the loopback address until the program ends.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    token: String,
}

/// Who may ask.
#[derive(Debug)]
struct Door {
    /// What is in front of every path.
    token: String,
    hosts: Vec<String>,
}

impl Server {
    /// Starts to serve what is on a board; on a free port if the port is 0.
    ///
    /// # Errors
    ///
    /// What the system says, above all that the port is taken.
    pub fn start(port: u16, board: Board) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
        let address = listener.local_addr()?;
        let token = token()?;
        let door = Arc::new(Door { token: token.clone(), hosts: hosts(address.port()) });
        thread::spawn(move || listen(&listener, &door, &board));
        Ok(Self { address, token })
    }

    /// The address of the page, which is a secret of this run.
    pub fn url(&self) -> String {
        format!("http://{}/{}/", self.address, self.token)
    }
}

/// What a client calls this server; port 80 goes without saying.
fn hosts(port: u16) -> Vec<String> {
    let names = ["127.0.0.1", "localhost"];
    let with_port = names.iter().map(|name| format!("{name}:{port}"));
    let without = names.iter().filter(|_| port == 80).map(|name| (*name).to_owned());
    with_port.chain(without).collect()
}

/// 128 random bits of the system.
fn token() -> io::Result<String> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|error| io::Error::other(error.to_string()))?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

fn listen(listener: &TcpListener, door: &Arc<Door>, board: &Board) {
    let open = Arc::new(AtomicUsize::new(0));
    for stream in listener.incoming() {
        let Ok(mut stream) = stream else {
            // Out of handles, for instance: that passes.
            thread::sleep(Duration::from_millis(50));
            continue;
        };
        let Some(seat) = Seat::take(&open) else { continue };
        let (door, board) = (Arc::clone(door), board.clone());
        // Where no thread can be started, the connection is closed.
        let _ = thread::Builder::new().spawn(move || {
            let _seat = seat;
            // A browser that has gone away needs no answer.
            let _ = response(&mut stream, &door, &board).send(&mut stream);
        });
    }
}

/// One of the connections that may be open; given up when this is dropped.
struct Seat(Arc<AtomicUsize>);

impl Seat {
    fn take(open: &Arc<AtomicUsize>) -> Option<Self> {
        let seat = Self(Arc::clone(open));
        (open.fetch_add(1, Ordering::Relaxed) < MOST_CONNECTIONS).then_some(seat)
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

fn response(stream: &mut TcpStream, door: &Door, board: &Board) -> Response {
    let answered = Request::read(stream).and_then(|request| {
        let path = door.admit(&request)?;
        answer(path, board)
    });
    answered.unwrap_or_else(Response::trouble)
}

impl Door {
    /// The path that is asked for behind the token, if the request may ask.
    fn admit<'r>(&self, request: &'r Request) -> Result<&'r str, Status> {
        let host = request.header("host")?.ok_or(Status::BadRequest)?;
        if !self.hosts.iter().any(|known| known.eq_ignore_ascii_case(host)) {
            return Err(Status::Refused);
        }
        let is_own =
            |origin: &str| origin.strip_prefix("http://").is_some_and(|origin| origin.eq_ignore_ascii_case(host));
        if !request.header("origin")?.is_none_or(is_own) {
            return Err(Status::Refused);
        }
        // `none` is an address that was typed, or opened from a terminal.
        if !matches!(request.header("sec-fetch-site")?, None | Some("same-origin" | "none")) {
            return Err(Status::Refused);
        }
        if request.method != "GET" {
            return Err(Status::NotAllowed);
        }
        let path = request.target.strip_prefix('/').and_then(|path| path.strip_prefix(&self.token));
        path.filter(|path| path.starts_with('/')).ok_or(Status::Refused)
    }
}

fn answer(path: &str, board: &Board) -> Result<Response, Status> {
    const CODE: &str = "text/javascript; charset=utf-8";
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    Ok(match path {
        "/" => Response {
            policy: content_policy(),
            ..Response::fine("text/html; charset=utf-8", shell("page.css", &["page.js", "watch.js"]))
        },
        "/page.css" => {
            Response::fine("text/css; charset=utf-8", format!("html, body {{ height: 100%; margin: 0; }}\n{STYLE}"))
        }
        "/page.js" => Response::fine(CODE, SCRIPT),
        "/watch.js" => Response::fine(CODE, TRANSPORT),
        "/next" => {
            let since =
                query.strip_prefix("since=").and_then(|number| number.parse().ok()).ok_or(Status::BadRequest)?;
            Response::fine("application/json", board.next(since, PATIENCE))
        }
        _ => return Err(Status::NotFound),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_port_that_clients_leave_out_may_be_left_out() {
        assert_eq!(hosts(8080), ["127.0.0.1:8080", "localhost:8080"]);
        assert_eq!(hosts(80), ["127.0.0.1:80", "localhost:80", "127.0.0.1", "localhost"]);
    }
}
