use std::path::PathBuf;

use amtsweg_dsl::emit;
use amtsweg_dsl::model::Procedure;
use clap::{Args, ValueEnum, ValueHint};

use super::output::Output;
use super::{Failure, find, report};
use crate::config::Settings;

/// What is asked for.
#[derive(Args)]
pub(super) struct Asked {
    /// The procedure: its file, its name or its path.
    #[arg(required_unless_present = "of", value_hint = ValueHint::FilePath)]
    procedure: Option<String>,
    /// One of our own formats instead: the settings (config), a compiled procedure (model), what the JSON API answers with (api), what commands answer with under --format json (commands).
    #[arg(long, value_enum, value_name = "FORMAT", conflicts_with = "procedure")]
    of: Option<Of>,
    /// The folder of forms in which the procedure is; without it the one around its file, else ./forms, else the built-in catalogue.
    #[arg(long, value_hint = ValueHint::DirPath)]
    folder: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Of {
    Config,
    Model,
    Api,
    Commands,
}

/// Prints a schema.
pub(super) fn run(asked: &Asked, output: &Output) -> Result<(), Failure> {
    let schema = match (asked.of, &asked.procedure) {
        (Some(Of::Config), _) => serde_json::to_value(schemars::schema_for!(Settings))?,
        (Some(Of::Model), _) => serde_json::to_value(schemars::schema_for!(Procedure))?,
        (Some(Of::Api), _) => crate::api::bodies(),
        (Some(Of::Commands), _) => report::schemas(),
        (None, Some(name)) => {
            let found = find::procedure(name, asked.folder.as_ref(), output)?;
            emit::schema(&found.procedure, output.language)
        }
        (None, None) => return Err("a procedure or --of is needed".into()),
    };
    output.json(&schema)
}
