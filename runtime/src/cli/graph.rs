//! A procedure as a drawing, or as a nested list that says the same.

use std::path::PathBuf;

use amtsweg_dsl::graph;
use amtsweg_dsl::model::Language;
use amtsweg_dsl::region::Regions;
use clap::Args;

use super::{Failure, find, words};

/// What is asked for.
#[derive(Args)]
pub(super) struct Draw {
    /// The procedure: its file, its name or its path.
    procedure: String,
    /// Where the procedure is; without it ./forms, else the built-in catalogue.
    #[arg(long)]
    folder: Option<PathBuf>,
    /// As a nested list instead of a drawing.
    #[arg(long)]
    list: bool,
    /// Writes it to this file instead of the output.
    #[arg(long, short)]
    output: Option<PathBuf>,
}

/// Draws a procedure.
pub(super) fn run(asked: &Draw, language: Language) -> Result<(), Failure> {
    let found = find::procedure(&asked.procedure, asked.folder.as_ref(), language)?;
    let drawn = graph::graph(&found.procedure, &found.compiled.catalogue, Regions::shipped(), language);
    let text = if asked.list { drawn.list() } else { drawn.svg() };
    words::write(&text, asked.output.as_deref(), language)
}
