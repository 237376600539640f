//! The command `amtsweg`.
//!
//! Every command gives its result on the output, as sentences or (`--format json`) as JSON, and
//! notes on the error output; it ends with one of the codes of [`Exit`].

mod args;
mod check;
mod compare;
mod completions;
mod data;
mod exit;
mod explain;
mod find;
mod fmt;
mod german;
mod graph;
mod greeting;
mod help;
mod http;
mod listen;
mod lsp;
mod man;
mod new;
mod output;
mod paths;
mod publish;
mod render;
mod report;
mod rewrite;
mod schema;
mod serve;
mod show;
mod test;
mod translate;
mod usage;
mod words;

use std::process::ExitCode;

use amtsweg_dsl::model::Language;
use clap::FromArgMatches;
use jiff::civil::Date;
use tracing_subscriber::EnvFilter;

use self::args::{Cli, Command, Lang, Serve};
pub use self::exit::Exit;
use self::exit::Failure;
pub use self::help::command;
use self::output::Output;
pub use self::report::schemas;
use crate::clock::local;

/// Runs the command that stands on the command line.
#[must_use]
pub fn main() -> ExitCode {
    let words: Vec<_> = std::env::args_os().collect();
    // Also what is said about a command line that cannot be read is said in this language.
    let language = usage::language_in(&words).unwrap_or_else(language_of_the_system);
    let read = command(language).try_get_matches_from(words).and_then(|matches| Cli::from_arg_matches(&matches));
    let cli = match read {
        Ok(cli) => cli,
        Err(error) => return usage::said(&error, language).into(),
    };
    let asked = cli.lang.map(|lang| match lang {
        Lang::De => Language::German,
        Lang::En => Language::English,
    });
    let output = Output { language: asked.unwrap_or(language), format: cli.format };
    let done = match cli.command.unwrap_or_else(|| Command::Serve(Serve::default())) {
        // Without a word on the command line an editor has a language of its own.
        Command::Lsp { .. } => lsp::run(asked),
        command => run(command, &output),
    };
    match done {
        Ok(()) => Exit::Fine.into(),
        Err(Failure { exit, said }) => {
            said.iter().for_each(|sentence| output.note(sentence));
            exit.into()
        }
    }
}

fn run(command: Command, output: &Output) -> Result<(), Failure> {
    match command {
        Command::Serve(serve) => serve::run(&serve, output),
        Command::New { name, folder } => new::run(&name, &folder, output),
        Command::Check { path, home } => check::run(path, &home, output),
        Command::Explain(asked) => explain::run(&asked, output),
        Command::Graph(asked) => graph::run(&asked, output),
        Command::Show { file, home } => show::run(&file, &home, output),
        Command::Compare { old, new, home } => compare::run(&old, &new, &home, output),
        Command::Test(asked) => test::run(&asked, output),
        Command::Fmt(asked) => fmt::run(&asked, output),
        Command::Translate(asked) => translate::run(&asked, output),
        Command::Publish(asked) => publish::run(&asked, output),
        Command::Schema(asked) => schema::run(&asked, output),
        Command::Lsp { .. } => lsp::run(Some(output.language)),
        Command::Completions { shell } => completions::run(shell, output),
        Command::Man(asked) => man::run(&asked, output),
        Command::Help { command } => help::run(command.as_deref(), output),
    }
}

/// The language that the environment asks for: English, else German.
fn language_of_the_system() -> Language {
    let of = |name| std::env::var(name).ok().filter(|value: &String| !value.is_empty());
    let set = of("LC_ALL").or_else(|| of("LC_MESSAGES")).or_else(|| of("LANG")).unwrap_or_default();
    if set.starts_with("en") { Language::English } else { Language::German }
}

fn today() -> Date {
    local(jiff::Timestamp::now()).date()
}

/// Logs go to the error output; `AMTSWEG_LOG` says what (`debug`, `amtsweg=debug,warn`).
fn log() {
    let filter = EnvFilter::try_from_env("AMTSWEG_LOG").unwrap_or_else(|_| EnvFilter::new("warn,amtsweg=info"));
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // Somebody else's subscriber stays.
    if std::io::IsTerminal::is_terminal(&std::io::stderr()) {
        drop(builder.compact().try_init());
    } else {
        drop(builder.json().try_init());
    }
}

/// Runs something asynchronous to its end.
fn block_on<T>(work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(work)
}
