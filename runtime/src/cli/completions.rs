//! What shells need to complete the command line.

pub(super) use clap_complete::Shell;

use super::output::{Output, print};
use super::{Failure, help};

/// Prints the script for a shell.
pub(super) fn run(shell: Shell, output: &Output) -> Result<(), Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut help::command(output.language), "amtsweg", &mut script);
    Ok(print(String::from_utf8(script)?.trim_end())?)
}
