//! What may stand on the command line. The sentences here are the English help; the German one
//! stands in `german`.

use std::path::PathBuf;

use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum, ValueHint};

use super::output::Format;
use super::{completions, explain, fmt, graph, man, publish, schema, test, translate};

/// Administrative procedures from readable text: check, portal, publication.
#[derive(Parser)]
#[command(name = "amtsweg", version, about, disable_help_flag = true, disable_version_flag = true)]
#[command(disable_help_subcommand = true)]
pub(super) struct Cli {
    #[command(subcommand)]
    pub command: Option<Command>,
    /// The language of everything that is said; without it that of the environment (LANG), else German.
    #[arg(long, global = true, value_enum, value_name = "LANGUAGE", display_order = 900)]
    pub lang: Option<Lang>,
    /// Sentences for people (text), or JSON for other programs.
    #[arg(long, global = true, value_enum, value_name = "FORMAT", default_value = "text", display_order = 901)]
    pub format: Format,
    /// Prints this help.
    #[arg(short, long, global = true, action = ArgAction::HelpShort, display_order = 902)]
    help: Option<bool>,
    /// Prints the version of the program.
    #[arg(short = 'V', long, action = ArgAction::Version, display_order = 903)]
    version: Option<bool>,
}

#[derive(Subcommand)]
pub(super) enum Command {
    /// Serves the portal: as a trial that follows every change, or for real with the setting public_url. Also without any command.
    Serve(Serve),
    /// Writes the beginning of a procedure that compiles.
    New {
        /// Its name, with the folder where wanted: stadt/musterstadt/hund_anmelden.
        name: String,
        /// The folder of forms.
        #[arg(long, default_value = "forms", value_hint = ValueHint::DirPath)]
        folder: PathBuf,
    },
    /// Checks procedures and says what is wrong, where, and how to put it right.
    Check {
        /// A folder or a file; without it ./forms, else the built-in catalogue.
        #[arg(value_hint = ValueHint::AnyPath)]
        path: Option<PathBuf>,
        #[command(flatten)]
        home: Home,
    },
    /// Tells a whole procedure in sentences with numbers, for the legal office to read and sign.
    Explain(explain::Explain),
    /// Draws a procedure: its pages, what depends on what, where it ends, and to whom a case comes.
    Graph(graph::Draw),
    /// Prints a procedure as it is compiled, each line with the file and line where it stands.
    Show {
        /// The file of a procedure, of an adoption, or of a portal that offers templates.
        #[arg(value_hint = ValueHint::FilePath)]
        file: PathBuf,
        #[command(flatten)]
        home: Home,
    },
    /// Compares two versions: what becomes of drafts, and what the receiving system will see.
    Compare {
        /// The file of the old version.
        #[arg(value_hint = ValueHint::FilePath)]
        old: PathBuf,
        /// The file of the new version.
        #[arg(value_hint = ValueHint::FilePath)]
        new: PathBuf,
        #[command(flatten)]
        home: Home,
    },
    /// Runs the examples of procedures, says what they show, and derives cases for what they do not show yet.
    Test(test::Test),
    /// Puts texts in their proper shape: indentation, tables in columns, one way to write each sign.
    Fmt(fmt::Fmt),
    /// Rewrites keywords in the other language; names, texts and values stay.
    Translate(translate::Translate),
    /// Publishes every version in a folder or a part of it, for ever. Only its last day can still be set or moved afterwards.
    Publish(publish::Publish),
    /// Prints a JSON Schema: of a procedure's answers, or of one of our own formats.
    Schema(schema::Asked),
    /// Speaks with an editor while somebody writes (Language Server Protocol): messages, completions, changes. The editor starts it.
    Lsp {
        /// Over standard input and output: the only way, named by some editors.
        #[arg(long)]
        stdio: bool,
    },
    /// Prints what a shell needs to complete commands, options and files when Tab is pressed.
    Completions {
        /// The shell.
        #[arg(value_enum)]
        shell: completions::Shell,
    },
    /// Prints the manual page of the program or of one command, or writes all of them.
    Man(man::Asked),
    /// Prints the help of the program or of one command.
    Help {
        /// The command.
        command: Option<String>,
    },
}

/// Where the file of a procedure belongs.
#[derive(Args, Default)]
pub(super) struct Home {
    /// The folder of forms that belongs to it; without it the folder forms above the file, else the folder that the file stands in.
    #[arg(long, value_name = "FOLDER", value_hint = ValueHint::DirPath)]
    pub folder: Option<PathBuf>,
}

/// Folder of forms and folder of data.
#[derive(Args, Default)]
pub(super) struct Place {
    /// The folder of forms; without it ./forms, else the built-in catalogue.
    #[arg(value_hint = ValueHint::DirPath)]
    pub folder: Option<PathBuf>,
    /// Where everything is kept; without it ./amtsweg-data.
    #[arg(long, env = "AMTSWEG_DATA", value_name = "FOLDER", value_hint = ValueHint::DirPath)]
    pub data: Option<PathBuf>,
}

/// Where the portal is served.
#[derive(Args, Default)]
pub(super) struct Serve {
    #[command(flatten)]
    pub place: Place,
    /// Where the portal listens: 127.0.0.1:8080; port 0 takes any free one.
    #[arg(long, value_name = "ADDRESS")]
    pub listen: Option<String>,
}

#[derive(Clone, Copy, ValueEnum)]
pub(super) enum Lang {
    De,
    En,
}
