//! A whole procedure as sentences: for the legal office.

use std::path::PathBuf;

use amtsweg_dsl::emit::{Block, Document, Line, Piece, Point, prose};
use amtsweg_dsl::model::{Language, Procedure, RichText};
use amtsweg_dsl::region::Regions;
use clap::{Args, ValueHint};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use schemars::JsonSchema;
use serde::Serialize;

use super::output::Output;
use super::{Failure, find, words};
use crate::page::rich::rich;

/// What is asked for.
#[derive(Args)]
pub(super) struct Explain {
    /// The procedure: its file, its name or its path.
    #[arg(value_hint = ValueHint::FilePath)]
    procedure: String,
    /// The folder of forms in which the procedure is; without it the one around its file, else ./forms, else the built-in catalogue.
    #[arg(long, value_hint = ValueHint::DirPath)]
    folder: Option<PathBuf>,
    /// As a page for the browser and the printer instead of plain text.
    #[arg(long)]
    html: bool,
    /// Writes it to this file instead of the output.
    #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath)]
    output: Option<PathBuf>,
}

/// `explain`: a procedure in sentences.
#[derive(Serialize, JsonSchema)]
pub(super) struct Told {
    /// The procedure: folder and name.
    pub path: String,
    /// The number of the version ("Fassung").
    pub version: u32,
    /// Its title.
    pub title: String,
    /// What stands below it, in the order in which it is read.
    pub blocks: Vec<ToldBlock>,
}

/// A part of what is told.
#[derive(Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(super) enum ToldBlock {
    /// A heading.
    Heading {
        /// 2 or 3.
        level: u8,
        /// The number of what begins here, where it has one.
        #[serde(skip_serializing_if = "Option::is_none")]
        number: Option<String>,
        /// Its words.
        text: String,
    },
    /// Sentences.
    Paragraph(ToldLine),
    /// What the author wrote.
    Quote {
        /// Paragraphs in the small Markdown of texts.
        paragraphs: Vec<String>,
    },
    /// Points below each other.
    Points {
        /// Each of them.
        points: Vec<ToldPoint>,
    },
    /// An empty line to write on.
    Blank {
        /// The word below it.
        text: String,
    },
}

/// Sentences that may refer to numbers.
#[derive(Serialize, JsonSchema)]
pub(super) struct ToldLine {
    /// The words, with the numbers in them.
    pub text: String,
    /// The numbers that they refer to, in their order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub references: Vec<String>,
}

/// A point, with what belongs to it.
#[derive(Serialize, JsonSchema)]
pub(super) struct ToldPoint {
    /// Its number, where something refers to it: `2.11`, `B3`, `G1.2`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// What it says.
    #[serde(flatten)]
    pub line: ToldLine,
    /// Further sentences and points.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub blocks: Vec<ToldBlock>,
}

/// Tells a procedure.
pub(super) fn run(asked: &Explain, output: &Output) -> Result<(), Failure> {
    let found = find::procedure(&asked.procedure, asked.folder.as_ref(), output)?;
    let told = prose(&found.procedure, &found.compiled.catalogue, Regions::shipped(), output.language);
    let text = match (asked.html, output.is_json()) {
        (true, true) => {
            return Err(output
                .pick(
                    "--html und --format json schließen einander aus. Lassen Sie eines weg.",
                    "--html and --format json exclude each other. Leave one out.",
                )
                .into());
        }
        (true, false) => page(&told, output.language).0,
        (false, true) => serde_json::to_string_pretty(&data(told, &found.procedure))?,
        (false, false) => told.plain(),
    };
    output.write(&text, asked.output.as_deref())
}

fn data(told: Document, procedure: &Procedure) -> Told {
    Told {
        path: procedure.path.clone(),
        version: procedure.version,
        title: told.title,
        blocks: told.blocks.into_iter().map(block).collect(),
    }
}

fn block(block_of: Block) -> ToldBlock {
    match block_of {
        Block::Heading { level, number, text } => ToldBlock::Heading { level, number, text },
        Block::Paragraph(words) => ToldBlock::Paragraph(line(&words)),
        Block::Quote(paragraphs) => ToldBlock::Quote { paragraphs },
        Block::Points(points) => ToldBlock::Points { points: points.into_iter().map(point).collect() },
        Block::Blank(text) => ToldBlock::Blank { text },
    }
}

fn point(point: Point) -> ToldPoint {
    ToldPoint { number: point.number, line: line(&point.text), blocks: point.inner.into_iter().map(block).collect() }
}

fn line(line: &Line) -> ToldLine {
    let references = line.0.iter().filter_map(|piece| match piece {
        Piece::Reference(number) => Some(number.clone()),
        Piece::Text(_) => None,
    });
    ToldLine { text: line.plain(), references: references.collect() }
}

/// The document as one page that needs nothing else.
fn page(told: &Document, language: Language) -> Markup {
    let contents = words::pick(language, "Inhalt", "Contents");
    html! {
        (DOCTYPE)
        html lang=(language.tag()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (told.title) }
                style { (PreEscaped(include_str!("explain.css"))) }
            }
            body {
                main {
                    h1 { (told.title) }
                    nav aria-label=(contents) {
                        h2 { (contents) }
                        ol {
                            @for (index, block) in told.blocks.iter().enumerate() {
                                @if let Block::Heading { level: 2, text, .. } = block {
                                    li { a href={ "#part-" (index) } { (text) } }
                                }
                            }
                        }
                    }
                    @for (index, block) in told.blocks.iter().enumerate() { (show(block, Some(index), language)) }
                }
            }
        }
    }
}

fn show(block: &Block, index: Option<usize>, language: Language) -> Markup {
    match block {
        Block::Heading { level: 2, text, .. } => {
            html! { h2 id=[index.map(|index| format!("part-{index}"))] { (text) } }
        }
        Block::Heading { number, text, .. } => html! {
            h3 id=[number.as_deref().map(anchor)] {
                @if let Some(number) = number { span.number { (number) } " " }
                (text)
            }
        },
        Block::Paragraph(line) => html! { p { (words_of(line)) } },
        Block::Quote(paragraphs) => {
            let text = RichText(std::sync::Arc::new([(language, paragraphs.clone())].into()));
            html! { blockquote { (rich(&text, language, 4, &str::to_owned)) } }
        }
        Block::Points(points) => html! { ul { @for point in points { (one(point, language)) } } },
        Block::Blank(word) => html! { p.blank { (word) } },
    }
}

fn one(point: &Point, language: Language) -> Markup {
    html! {
        li id=[point.number.as_deref().map(anchor)] {
            p {
                @if let Some(number) = &point.number { span.number { (number) } " " }
                (words_of(&point.text))
            }
            @for block in &point.inner { (show(block, None, language)) }
        }
    }
}

fn words_of(line: &Line) -> Markup {
    html! {
        @for piece in &line.0 {
            @match piece {
                Piece::Text(text) => (text),
                Piece::Reference(number) => a href={ "#" (anchor(number)) } { (number) },
            }
        }
    }
}

/// The place of a number on the page.
fn anchor(number: &str) -> String {
    format!("n-{number}")
}
