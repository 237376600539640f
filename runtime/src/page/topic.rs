//! A topic to read ("Information").

use amtsweg_dsl::eval::Evaluator;
use amtsweg_dsl::model::{Item, Procedure};
use axum::http::StatusCode;
use axum::response::Response;
use maud::html;

use super::rich;
use super::shell::{self, Head};
use crate::request::Request;

/// The whole topic on one page, with a list of its sections where there are several.
pub(crate) fn respond(rq: &Request, topic: &Procedure) -> Response {
    let none = serde_json::Map::new();
    let evaluator = Evaluator::new(topic, &none, rq.at, rq.runtime.regions);
    let fill = |text: &str| evaluator.fill(text, rq.language, &[]);
    let title = rich::filled(topic.title.get(rq.language), &fill).into_owned();
    let holds = |condition: &Option<amtsweg_dsl::model::Condition>| {
        condition.as_ref().is_none_or(|condition| evaluator.holds(condition, &[]))
    };
    let sections: Vec<_> = topic.sections.iter().filter(|section| holds(&section.condition)).collect();
    let main = html! {
        h1 { (shell::text(&topic.title, rq.language)) }
        @if let Some(text) = &topic.introduction { (rich::rich(text, rq.language, 2, &fill)) }
        @if sections.len() > 3 {
            ul.contents {
                @for section in &sections { li { a href={ "#" (section.key) } { (shell::text(&section.title, rq.language)) } } }
            }
        }
        @for section in &sections {
            h2 id=(section.key) { (shell::text(&section.title, rq.language)) }
            @if let Some(text) = &section.introduction { (rich::rich(text, rq.language, 3, &fill)) }
            @for item in &section.items {
                @if let Item::Paragraph(paragraph) = item {
                    @if holds(&paragraph.condition) { (rich::rich(&paragraph.text, rq.language, 3, &fill)) }
                }
            }
        }
        @if let Some(basis) = &topic.legal_basis {
            h2 { (rq.texts().legal_basis) }
            (rich::rich(basis, rq.language, 3, &fill))
        }
    };
    let back = crate::portal::above(rq, topic);
    shell::respond(rq, StatusCode::OK, &Head { title: &title, back: Some(back), ..Head::default() }, main)
}
