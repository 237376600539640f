use std::path::PathBuf;

use amtsweg_dsl::emit;
use amtsweg_dsl::model::{Language, Procedure};
use clap::ValueEnum;
use serde_json::Value as Json;

use super::{Failure, folder, today, words};
use crate::config::Settings;
use crate::library::compile_folder;
use crate::links::name_of;

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
        (None, Some(name)) => of_procedure(name, path, language)?,
        (None, None) => return Err("a procedure or --of is needed".into()),
    };
    Ok(words::print(&serde_json::to_string_pretty(&schema)?)?)
}

/// The newest version of a procedure, by its path or its name in addresses.
fn of_procedure(name: &str, path: Option<PathBuf>, language: Language) -> Result<Json, Failure> {
    let folder = folder(path.as_ref());
    let compiled = compile_folder(&folder, today())?;
    let procedures = &compiled.catalogue.procedures;
    let wanted = name_of(name);
    let found = procedures
        .get(name)
        .or_else(|| procedures.iter().find(|(path, _)| name_of(path) == wanted).map(|(_, versions)| versions))
        .and_then(|versions| versions.last());
    match found {
        Some(procedure) => Ok(emit::schema(procedure, language)),
        None => {
            let said = words::pick(
                language,
                "In {folder} gibt es kein Verfahren {name}, das sich übersetzen lässt. Es gibt: {known}",
                "There is no procedure {name} in {folder} that compiles. There are: {known}",
            );
            let known = procedures.keys().cloned().collect::<Vec<_>>().join(", ");
            let said = said.replace("{folder}", &folder.to_string()).replace("{name}", name);
            Err(Failure::from(said.replace("{known}", &known)))
        }
    }
}
