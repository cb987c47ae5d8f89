//! `evigraph completions`: the script by which a shell asks this program what can stand at the cursor.

use clap::{Args, CommandFactory, ValueEnum};
use clap_complete::env::{Bash, CompleteEnv, Elvish, EnvCompleter, Fish, Powershell, Zsh};

use super::Cli;
use super::args::OutputArgs;
use super::exit::{Exit, Failure};
use super::output::Output;

/// The variable by which a script asks.
const ASKS: &str = "EVIGRAPH_COMPLETE";

/// Write the script by which a shell completes commands, flags, and the ids of the case at hand
///
/// Put it where the shell looks for it:
///
/// bash: evigraph completions bash > ~/.local/share/bash-completion/completions/evigraph
///
/// zsh: evigraph completions zsh > "${fpath[1]}/_evigraph"
///
/// fish: evigraph completions fish > ~/.config/fish/completions/evigraph.fish
///
/// PowerShell: evigraph completions powershell | Out-String | Invoke-Expression, in $PROFILE
///
/// Nushell, from 0.108 on: evigraph completions nushell | save evigraph.nu, and `use evigraph.nu *` in config.nu
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub struct CompletionsArgs {
    /// The shell
    #[arg(value_enum, value_name = "SHELL")]
    pub shell: ShellName,

    #[command(flatten)]
    pub output: OutputArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ShellName {
    Bash,
    Zsh,
    Fish,
    #[value(name = "powershell")]
    PowerShell,
    Elvish,
    Nushell,
}

pub fn run(args: &CompletionsArgs, output: &Output) -> Result<Exit, Failure> {
    output.write_bytes(&args.output, &script(args.shell))?;
    Ok(Exit::Yes)
}

fn script(shell: ShellName) -> Vec<u8> {
    let mut script = Vec::new();
    let completer: &dyn EnvCompleter = match shell {
        ShellName::Bash => &Bash,
        ShellName::Zsh => &Zsh,
        ShellName::Fish => &Fish,
        ShellName::PowerShell => &Powershell,
        ShellName::Elvish => &Elvish,
        ShellName::Nushell => return include_bytes!("completions/evigraph.nu").to_vec(),
    };
    let written = completer.write_registration(ASKS, "evigraph", "evigraph", "evigraph", &mut script);
    written.expect("a vector takes all that is written");
    script
}

/// Answers and ends if it is a shell's script that has started the program.
pub fn answer_shell() {
    CompleteEnv::with_factory(Cli::command).var(ASKS).bin("evigraph").completer("evigraph").complete();
}
