//! What shells need to complete the command line.

use clap::builder::PossibleValuesParser;
pub(super) use clap_complete::Shell;

use super::output::{Output, print};
use super::{Failure, help};

/// Prints the script for a shell.
pub(super) fn run(shell: Shell, output: &Output) -> Result<(), Failure> {
    let command = help::command(output.language);
    // Which commands there are is not said by the arguments of `help` and `man` themselves: their
    // own message for a wrong one is better.
    // They are kept until the process ends, which is soon.
    let names: Vec<&'static str> =
        command.get_subcommands().map(|inner| &*inner.get_name().to_owned().leak()).collect();
    let mut command = command;
    for inner in ["help", "man"] {
        let names = names.clone();
        command = command.mut_subcommand(inner, |inner| {
            inner.mut_arg("command", |arg| arg.value_parser(PossibleValuesParser::new(names)))
        });
    }
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command, "amtsweg", &mut script);
    Ok(print(String::from_utf8(script)?.trim_end())?)
}
