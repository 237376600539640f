//! A procedure as a drawing, or as a nested list that says the same.

use std::path::PathBuf;

use amtsweg_dsl::graph::{self, Graph, Sort};
use amtsweg_dsl::model::Procedure;
use amtsweg_dsl::region::Regions;
use clap::{Args, ValueHint};
use schemars::JsonSchema;
use serde::Serialize;

use super::output::Output;
use super::{Failure, find};

/// What is asked for.
#[derive(Args)]
pub(super) struct Draw {
    /// The procedure: its file, its name or its path.
    #[arg(value_hint = ValueHint::FilePath)]
    procedure: String,
    /// The folder of forms in which the procedure is; without it the one around its file, else ./forms, else the built-in catalogue.
    #[arg(long, value_hint = ValueHint::DirPath)]
    folder: Option<PathBuf>,
    /// As a nested list instead of a drawing.
    #[arg(long)]
    list: bool,
    /// Writes it to this file instead of the output.
    #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath)]
    output: Option<PathBuf>,
}

/// `graph`: a procedure as things and what depends on what.
#[derive(Serialize, JsonSchema)]
pub(super) struct Drawn {
    /// The procedure: folder and name.
    pub path: String,
    /// The number of the version ("Fassung").
    pub version: u32,
    /// Its title.
    pub title: String,
    /// What is drawn, in the order in which it is read.
    pub nodes: Vec<DrawnNode>,
    /// What leads where.
    pub edges: Vec<DrawnEdge>,
}

/// One thing that is drawn.
#[derive(Serialize, JsonSchema)]
pub(super) struct DrawnNode {
    /// What `edges` call it.
    pub id: String,
    /// What it is.
    pub kind: DrawnKind,
    /// Its number as `explain` counts; absent for an authority.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// Its words.
    pub label: String,
    /// When it comes, how often.
    pub notes: Vec<String>,
}

/// What a thing of a drawing is.
#[derive(Clone, Copy, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum DrawnKind {
    /// A page of questions.
    Page,
    /// A question.
    Question,
    /// A text between questions.
    Paragraph,
    /// A page that ends the form.
    EndPage,
    /// An authority to which a case comes.
    Authority,
}

/// A line of a drawing.
#[derive(Serialize, JsonSchema)]
pub(super) struct DrawnEdge {
    /// Where it begins.
    pub from: String,
    /// Where it leads.
    pub to: String,
    /// What it means.
    pub kind: DrawnEdgeKind,
}

/// What a line of a drawing means.
#[derive(Clone, Copy, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum DrawnEdgeKind {
    /// A page or a question contains it.
    Contains,
    /// The answer to a question decides whether it comes.
    Decides,
}

/// Draws a procedure.
pub(super) fn run(asked: &Draw, output: &Output) -> Result<(), Failure> {
    let found = find::procedure(&asked.procedure, asked.folder.as_ref(), output)?;
    let drawn = graph::graph(&found.procedure, &found.compiled.catalogue, Regions::shipped(), output.language);
    let text = match (asked.list, output.is_json()) {
        (true, true) => {
            return Err(output
                .pick(
                    "--list und --format json schließen einander aus. Lassen Sie eines weg.",
                    "--list and --format json exclude each other. Leave one out.",
                )
                .into());
        }
        (true, false) => drawn.list(),
        (false, true) => serde_json::to_string_pretty(&data(&drawn, &found.procedure))?,
        (false, false) => drawn.svg(),
    };
    if let Some(file) = &asked.output
        && !(output.is_json() || asked.list)
        && file.extension().is_some_and(|own| !own.eq_ignore_ascii_case("svg"))
    {
        let said = output.pick(
            "Es entsteht eine SVG-Zeichnung. Nennen Sie die Datei {file}; jeder Browser zeigt sie und druckt sie auch als PDF.",
            "This makes an SVG drawing. Call the file {file}; every browser shows it, and prints it as PDF, too.",
        );
        return Err(said.replace("{file}", &file.with_extension("svg").display().to_string()).into());
    }
    output.write(&text, asked.output.as_deref())
}

/// The drawing as data. What has no number of its own is called by its place.
fn data(drawn: &Graph, procedure: &Procedure) -> Drawn {
    let id = |at: usize, number: &str| if number.is_empty() { format!("#{}", at + 1) } else { number.to_owned() };
    let mut nodes: Vec<DrawnNode> = Vec::new();
    let mut edges = Vec::new();
    // The way from the outermost thing to the last one.
    let mut way: Vec<String> = Vec::new();
    for (at, node) in drawn.nodes.iter().enumerate() {
        let id = id(at, &node.number);
        way.truncate(node.depth);
        if let Some(around) = way.last() {
            edges.push(DrawnEdge { from: around.clone(), to: id.clone(), kind: DrawnEdgeKind::Contains });
        }
        let decides = node.needs.iter().map(|from| DrawnEdge {
            from: from.clone(),
            to: id.clone(),
            kind: DrawnEdgeKind::Decides,
        });
        edges.extend(decides);
        way.push(id.clone());
        nodes.push(DrawnNode {
            id,
            kind: match node.sort {
                Sort::Page => DrawnKind::Page,
                Sort::Question => DrawnKind::Question,
                Sort::Paragraph => DrawnKind::Paragraph,
                Sort::End => DrawnKind::EndPage,
                Sort::Office => DrawnKind::Authority,
            },
            number: Some(node.number.clone()).filter(|number| !number.is_empty()),
            label: node.label.clone(),
            notes: node.notes.clone(),
        });
    }
    Drawn { path: procedure.path.clone(), version: procedure.version, title: drawn.title.clone(), nodes, edges }
}
