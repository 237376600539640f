//! A whole procedure as sentences: for the legal office.

use std::path::PathBuf;

use amtsweg_dsl::emit::{Block, Document, Line, Piece, Point, prose};
use amtsweg_dsl::model::{Language, RichText};
use amtsweg_dsl::region::Regions;
use clap::Args;
use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::{Failure, find, words};
use crate::page::rich::rich;

/// What is asked for.
#[derive(Args)]
pub(super) struct Explain {
    /// The procedure: its file, its name or its path.
    procedure: String,
    /// Where the procedure is; without it ./forms, else the built-in catalogue.
    #[arg(long)]
    folder: Option<PathBuf>,
    /// As a page for the browser and the printer instead of plain text.
    #[arg(long)]
    html: bool,
    /// Writes it to this file instead of the output.
    #[arg(long, short)]
    output: Option<PathBuf>,
}

/// Tells a procedure.
pub(super) fn run(asked: &Explain, language: Language) -> Result<(), Failure> {
    let found = find::procedure(&asked.procedure, asked.folder.as_ref(), language)?;
    let told = prose(&found.procedure, &found.compiled.catalogue, Regions::shipped(), language);
    let text = if asked.html { page(&told, language).0 } else { told.plain() };
    words::write(&text, asked.output.as_deref(), language)
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
            let text = RichText([(language, paragraphs.clone())].into());
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
