//! As much of HTTP/1.1 as the page needs: one request a connection, of a bounded size and within a bounded time.

use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::{Duration, Instant};

/// The longest head of a request.
const LONGEST: usize = 8 * 1024;
/// The most headers.
const MOST_HEADERS: usize = 64;
/// How long a browser may take to send its request. Until that is there, nobody knows whether it may ask at all, and it has
/// one of few connections.
const HEAD: Duration = Duration::from_secs(2);
/// How long it may take to read each piece of the answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// What is asked.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Request {
    pub(super) method: String,
    /// The path with what follows it.
    pub(super) target: String,
    /// Names in small letters.
    headers: Vec<(String, String)>,
}

impl Request {
    /// The value of a header that is there once; an error where it is there more than once.
    pub(super) fn header(&self, name: &str) -> Result<Option<&str>, Status> {
        let mut values = self.headers.iter().filter(|(other, _)| other == name).map(|(_, value)| value.as_str());
        let first = values.next();
        if values.next().is_some() { Err(Status::BadRequest) } else { Ok(first) }
    }

    /// What a head says that is complete; nothing if it is not.
    fn of(head: &[u8]) -> Result<Option<Self>, Status> {
        let mut headers = [httparse::EMPTY_HEADER; MOST_HEADERS];
        let mut request = httparse::Request::new(&mut headers);
        match request.parse(head) {
            Ok(httparse::Status::Complete(_)) => {}
            Ok(httparse::Status::Partial) => return Ok(None),
            Err(httparse::Error::TooManyHeaders) => return Err(Status::TooLarge),
            Err(_) => return Err(Status::BadRequest),
        }
        let (Some(method), Some(target)) = (request.method, request.path) else { return Err(Status::BadRequest) };
        let text = |value: &[u8]| std::str::from_utf8(value).map(str::to_owned).map_err(|_| Status::BadRequest);
        let headers = request.headers.iter().map(|one| Ok((one.name.to_ascii_lowercase(), text(one.value)?)));
        let headers = headers.collect::<Result<_, Status>>()?;
        Ok(Some(Self { method: method.to_owned(), target: target.to_owned(), headers }))
    }

    /// Reads a request; whatever follows its head is not read.
    pub(super) fn read(stream: &mut TcpStream) -> Result<Self, Status> {
        let end = Instant::now() + HEAD;
        let (mut head, mut filled) = ([0; LONGEST], 0);
        loop {
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() || stream.set_read_timeout(Some(left)).is_err() {
                return Err(Status::TooSlow);
            }
            match stream.read(&mut head[filled..]) {
                Ok(0) => return Err(Status::BadRequest),
                Ok(bytes) => filled += bytes,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(_) => return Err(Status::TooSlow),
            }
            match Self::of(&head[..filled])? {
                Some(request) => return Ok(request),
                None if filled == LONGEST => return Err(Status::TooLarge),
                None => {}
            }
        }
    }
}

/// How a request is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Status {
    Fine,
    BadRequest,
    Refused,
    NotFound,
    NotAllowed,
    TooSlow,
    TooLarge,
}

impl Status {
    fn line(self) -> &'static str {
        match self {
            Self::Fine => "200 OK",
            Self::BadRequest => "400 Bad Request",
            Self::Refused => "403 Forbidden",
            Self::NotFound => "404 Not Found",
            Self::NotAllowed => "405 Method Not Allowed",
            Self::TooSlow => "408 Request Timeout",
            Self::TooLarge => "431 Request Header Fields Too Large",
        }
    }

    /// What it says to a person.
    fn words(self) -> &'static str {
        match self {
            Self::Refused => "This page is only for the address that `evigraph watch` has printed.",
            Self::NotFound => "There is nothing here.",
            other => other.line(),
        }
    }
}

/// What is sent back.
#[derive(Debug)]
pub(super) struct Response {
    pub(super) status: Status,
    /// The media type.
    pub(super) kind: &'static str,
    pub(super) policy: String,
    pub(super) body: Vec<u8>,
}

impl Response {
    /// What is fine, and needs nothing.
    pub(super) fn fine(kind: &'static str, body: impl Into<Vec<u8>>) -> Self {
        Self {
            status: Status::Fine,
            kind,
            policy: "default-src 'none'; frame-ancestors 'none'".to_owned(),
            body: body.into(),
        }
    }

    /// Why there is nothing.
    pub(super) fn trouble(status: Status) -> Self {
        Self { status, ..Self::fine("text/plain; charset=utf-8", format!("{}\n", status.words())) }
    }

    /// Sends it and closes the connection.
    pub(super) fn send(&self, stream: &mut TcpStream) -> io::Result<()> {
        let Self { status, kind, policy, body } = self;
        let allow = if *status == Status::NotAllowed { "Allow: GET\r\n" } else { "" };
        let head = format!(
            "HTTP/1.1 {}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nContent-Security-Policy: {policy}\r\n{allow}\
             X-Content-Type-Options: nosniff\r\nCache-Control: no-store\r\nReferrer-Policy: no-referrer\r\n\
             Cross-Origin-Resource-Policy: same-origin\r\nCross-Origin-Opener-Policy: same-origin\r\nConnection: close\r\n\r\n",
            status.line(),
            body.len()
        );
        stream.set_write_timeout(Some(PATIENCE))?;
        stream.write_all(head.as_bytes())?;
        stream.write_all(body)?;
        stream.flush()?;
        stream.shutdown(Shutdown::Write)?;
        // A connection that is closed with something unread is reset, and the answer may be lost with it.
        stream.set_read_timeout(Some(Duration::from_millis(200)))?;
        let _ = stream.read(&mut [0; LONGEST]);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_is_read_when_it_is_complete() {
        let head = b"GET /a?b=1 HTTP/1.1\r\nHost: 127.0.0.1:80\r\nX: 1\r\nx: 2\r\n\r\n";
        for end in 0..head.len() {
            assert_eq!(Request::of(&head[..end]), Ok(None), "{end}");
        }
        let request = Request::of(head).expect("it is one").expect("it is complete");
        assert_eq!((request.method.as_str(), request.target.as_str()), ("GET", "/a?b=1"));
        assert_eq!(request.header("host"), Ok(Some("127.0.0.1:80")));
        assert_eq!(request.header("origin"), Ok(None));
        assert_eq!(request.header("x"), Err(Status::BadRequest), "which of the two is meant?");
    }

    #[test]
    fn what_is_no_request_is_refused() {
        assert_eq!(Request::of(b"\x16\x03\x01\x02\x00\x01"), Err(Status::BadRequest));
        assert_eq!(Request::of(b"GET / HTTP/1.1\r\nHost: \xff\xfe\r\n\r\n"), Err(Status::BadRequest));
        let many: String = (0..=MOST_HEADERS).map(|number| format!("H{number}: x\r\n")).collect();
        assert_eq!(Request::of(format!("GET / HTTP/1.1\r\n{many}\r\n").as_bytes()), Err(Status::TooLarge));
    }
}
