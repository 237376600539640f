//! What others read: a JSON Schema 2020-12 for each procedure.
//!
//! Conditions become `if`/`then`/`else` beside each other in `allOf`, for the object that they
//! are about: the whole answers, or an entry of a repeat. What a schema can say only in part is
//! said in part: it demands what is certain and forbids what cannot be, and the exact condition
//! stands in the remainder.
//!
//! Answers that end on an end page are no submission: the schema refuses them, and names those
//! that it cannot recognise under `x-amtsweg-end-pages`. A rule is looked at only where one of
//! the questions that it names is asked.

mod calc;
mod clause;
mod formula;
mod objects;
pub(crate) mod prose;
mod rest;
mod rules;
mod say;
mod values;

use serde_json::{Map, Value as Json, json};

pub use self::prose::{Block, Document, Line, Piece, Point, prose};

use self::formula::Formula;
use self::objects::{Builder, closed};
use self::rest::Rest;
use self::say::Speaker;
use crate::eval::fill::json_key;
use crate::model::{Language, Procedure, Responsible, Set};

/// The schema of the answers of a procedure, with titles in `language`.
///
/// The evaluator accepts answers exactly when this schema accepts them and what stands
/// under `x-amtsweg-…` holds: comparisons of two answers, arithmetic, today, check digits.
/// Texts are taken to be in NFC, as in [`crate::eval::Evaluation::answers`].
#[must_use]
pub fn schema(procedure: &Procedure, language: Language) -> Json {
    let mut builder =
        Builder { procedure, language, speaker: Speaker::new(procedure), whole: Vec::new(), rest: Rest::default() };
    let members = builder.sections();
    rules::rules(&mut builder);
    end_pages(&mut builder);
    let Builder { whole, rest, .. } = builder;

    let mut schema = Map::new();
    schema.insert("$schema".to_owned(), "https://json-schema.org/draft/2020-12/schema".into());
    let path = json_key(&procedure.path);
    schema.insert("$id".to_owned(), format!("urn:amtsweg:{path}:{}:{}", procedure.version, language.tag()).into());
    schema.insert("title".to_owned(), procedure.title.get(language).into());
    if let Some(introduction) = &procedure.introduction {
        schema.insert("description".to_owned(), introduction.get(language).join("\n\n").into());
    }
    schema.extend(closed(members, whole));
    rest.write(procedure, &mut schema);
    Json::Object(schema)
}

/// That the answers end on no end page.
fn end_pages(builder: &mut Builder<'_>) {
    let procedure = builder.procedure;
    for page in &procedure.end_pages {
        let Some((condition, _)) = &page.stops else {
            continue;
        };
        let goes_on = builder.speaker.say(condition).not().seen_from(&[]);
        builder.must_hold(&goes_on);
        if !goes_on.is_exact() {
            builder.rest.stop(&page.name, condition);
        }
    }
    let Some(table) = &procedure.responsibility else {
        builder.must_hold(&Formula::False);
        return;
    };
    let columns: Vec<Json> = table.columns.iter().map(|column| json!(column.what)).collect();
    let rows = table.rows.iter().map(|row| (&row.then, Some(row.cells.as_slice())));
    let rows = rows.chain(table.otherwise.iter().map(|otherwise| (otherwise, None)));
    for (index, (then, cells)) in rows.enumerate() {
        let Responsible::EndPage(name) = then else {
            continue;
        };
        let goes_on = builder.speaker.say_row(table, index).not().seen_from(&[]);
        builder.must_hold(&goes_on);
        if !goes_on.is_exact() {
            let unless: Vec<&[Set]> = table.rows.iter().map(|row| row.cells.as_slice()).collect();
            builder.rest.row(name, &columns, cells, &unless);
        }
    }
}
