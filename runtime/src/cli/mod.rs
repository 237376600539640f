//! The command `amtsweg`.

mod check;
mod compare;
mod data;
mod explain;
mod find;
mod graph;
mod http;
mod listen;
mod new;
mod publish;
mod render;
mod schema;
mod serve;
mod show;
mod words;

use std::path::PathBuf;
use std::process::ExitCode;

use amtsweg_dsl::model::Language;
use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;
use tracing_subscriber::EnvFilter;

use crate::clock::local;
use crate::library::Folder;

/// Administrative procedures from readable text: portal, check, publication.
#[derive(Parser)]
#[command(name = "amtsweg", version, about)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    /// The language of messages; without it that of the environment (LANG), else German.
    #[arg(long, global = true, value_enum)]
    lang: Option<Lang>,
}

#[derive(Subcommand)]
enum Command {
    /// Serves the portal: as a trial that follows every change, or for real with `public_url`.
    Serve(Serve),
    /// Checks procedures and says what is wrong, where, and how to put it right.
    Check {
        /// A folder or a file; without it ./forms, else the built-in catalogue.
        path: Option<PathBuf>,
    },
    /// Publishes every version in a folder, for ever.
    Publish {
        #[command(flatten)]
        place: Place,
    },
    /// Prints a JSON Schema: of a procedure's answers, or of one of our own formats.
    Schema {
        /// The procedure: its name or path.
        #[arg(required_unless_present = "of")]
        procedure: Option<String>,
        /// One of our own formats instead.
        #[arg(long, value_enum, conflicts_with = "procedure")]
        of: Option<schema::Of>,
        /// Where the procedure is; without it ./forms, else the built-in catalogue.
        #[arg(long)]
        folder: Option<PathBuf>,
    },
    /// Tells a whole procedure in sentences with numbers, for the legal office to read and sign.
    Explain(explain::Explain),
    /// Draws a procedure: its pages, what depends on what, where it ends, and to whom a case comes.
    Graph(graph::Draw),
    /// Prints a procedure as it is compiled, each line with the file and line where it stands.
    Show {
        /// The file of a procedure, of an adoption, or of a portal that offers templates.
        file: PathBuf,
    },
    /// Compares two versions: what becomes of drafts, and what the receiving system will see.
    Compare {
        /// The file of the old version.
        old: PathBuf,
        /// The file of the new version.
        new: PathBuf,
    },
    /// Writes the beginning of a procedure that compiles.
    New {
        /// Its name, with the folder where wanted: `stadt/musterstadt/hund_anmelden`.
        name: String,
        /// The folder of forms.
        #[arg(long, default_value = "forms")]
        folder: PathBuf,
    },
}

/// Folder of forms and folder of data.
#[derive(Args, Default)]
struct Place {
    /// The folder of forms; without it ./forms, else the built-in catalogue.
    folder: Option<PathBuf>,
    /// Where everything is kept; without it ./amtsweg-data.
    #[arg(long, env = "AMTSWEG_DATA")]
    data: Option<PathBuf>,
}

#[derive(Args, Default)]
struct Serve {
    #[command(flatten)]
    place: Place,
    /// Where the portal listens: 127.0.0.1:8080; port 0 takes any free one.
    #[arg(long)]
    listen: Option<String>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Lang {
    /// German
    De,
    /// English
    En,
}

/// Why a command ended: a sentence, or nothing where everything is said already.
struct Failure(Option<String>);

impl<E: std::fmt::Display> From<E> for Failure {
    fn from(error: E) -> Self {
        Self(Some(error.to_string()))
    }
}

/// Runs the command that stands on the command line.
#[must_use]
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let language = language(cli.lang);
    let done = match cli.command.unwrap_or_else(|| Command::Serve(Serve::default())) {
        Command::Serve(serve) => serve::run(&serve, language),
        Command::Check { path } => check::run(path, language),
        Command::Publish { place } => publish::run(&place, language),
        Command::Schema { procedure, of, folder } => schema::run(procedure.as_deref(), of, folder, language),
        Command::Explain(asked) => explain::run(&asked, language),
        Command::Graph(asked) => graph::run(&asked, language),
        Command::Show { file } => show::run(&file, language),
        Command::Compare { old, new } => compare::run(&old, &new, language),
        Command::New { name, folder } => new::run(&name, &folder, language),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure(said)) => {
            if let Some(sentence) = said {
                eprintln!("{sentence}");
            }
            ExitCode::FAILURE
        }
    }
}

fn language(asked: Option<Lang>) -> Language {
    match asked {
        Some(Lang::De) => Language::German,
        Some(Lang::En) => Language::English,
        None => {
            let of = |name| std::env::var(name).ok().filter(|value: &String| !value.is_empty());
            let set = of("LC_ALL").or_else(|| of("LC_MESSAGES")).or_else(|| of("LANG")).unwrap_or_default();
            if set.starts_with("en") { Language::English } else { Language::German }
        }
    }
}

/// The folder that was named, else `./forms`, else the built-in catalogue.
fn folder(named: Option<&PathBuf>) -> Folder {
    let usual = PathBuf::from("forms");
    match named {
        Some(path) => Folder::Path(path.clone()),
        None if usual.is_dir() => Folder::Path(usual),
        None => Folder::BuiltIn,
    }
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
