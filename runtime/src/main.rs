//! The command `amtsweg`: see [`amtsweg::cli`].

use std::process::ExitCode;

/// A page is made of many short texts: an allocator that is quick with those makes it a quarter cheaper.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    amtsweg::cli::main()
}
