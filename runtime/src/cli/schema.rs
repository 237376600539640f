use std::path::PathBuf;

use amtsweg_dsl::emit;
use amtsweg_dsl::model::{Language, Procedure};
use clap::ValueEnum;

use super::{Failure, find, words};
use crate::config::Settings;

/// Our own formats.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum Of {
    /// The settings (amtsweg.toml).
    Config,
    /// A compiled procedure.
    Model,
    /// What the JSON API answers with.
    Api,
}

/// Prints a schema.
pub(super) fn run(
    procedure: Option<&str>,
    of: Option<Of>,
    path: Option<PathBuf>,
    language: Language,
) -> Result<(), Failure> {
    let schema = match (of, procedure) {
        (Some(Of::Config), _) => serde_json::to_value(schemars::schema_for!(Settings))?,
        (Some(Of::Model), _) => serde_json::to_value(schemars::schema_for!(Procedure))?,
        (Some(Of::Api), _) => crate::api::bodies(),
        (None, Some(name)) => emit::schema(&find::procedure(name, path.as_ref(), language)?.procedure, language),
        (None, None) => return Err("a procedure or --of is needed".into()),
    };
    Ok(words::print(&serde_json::to_string_pretty(&schema)?)?)
}
