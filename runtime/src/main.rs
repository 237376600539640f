//! The command `amtsweg`: see [`amtsweg::cli`].

use std::process::ExitCode;

fn main() -> ExitCode {
    amtsweg::cli::main()
}
