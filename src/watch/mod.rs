//! What `evigraph watch` needs besides the page: a server for one browser on the same machine, and word of every save.
//!
//! Somebody may have a hostile page open in the same browser, and other people may be logged in on the same machine. So the
//! server listens on the loopback address alone, answers nobody who does not know the random token of this run, and nobody
//! whom another site has sent; it serves what is on its [`Board`] and no file. See `docs/watch.md` for what is promised.

mod board;
mod files;
mod http;
mod saves;
mod server;

pub use board::Board;
pub use saves::Saves;
pub use server::Server;
