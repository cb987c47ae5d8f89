//! Tells Zed how the language server is started: `evigraph lsp`, from the `PATH` of the project's shell.

use zed_extension_api::{Command, Extension, LanguageServerId, Result, Worktree, register_extension};

struct Evigraph;

impl Extension for Evigraph {
    fn new() -> Self {
        Self
    }

    fn language_server_command(&mut self, _: &LanguageServerId, worktree: &Worktree) -> Result<Command> {
        let missing =
            "`evigraph` is not on the PATH: install it with `cargo install --path .` in a copy of its repository";
        let command = worktree.which("evigraph").ok_or(missing)?;
        Ok(Command { command, args: vec!["lsp".to_owned()], env: worktree.shell_env() })
    }
}

register_extension!(Evigraph);
