use amtsweg_dsl::model::Procedure;
use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};

use super::{offered, offers, sort_key};
use crate::page::shell::{self, Head};
use crate::page::trouble::Trouble;
use crate::request::Request;

/// The start page: a tile for each category.
pub(crate) fn home(rq: &Request) -> Response {
    let t = rq.texts();
    let links = &rq.runtime.links;
    let portal = &rq.portal;
    let offered = offered(rq);
    let homeless: Vec<&Procedure> = offered
        .iter()
        .copied()
        .filter(|procedure| {
            procedure.category.as_ref().is_none_or(|key| !portal.tiles.iter().any(|tile| tile.key == *key))
        })
        .collect();
    let main = html! {
        h1 { (shell::text(&portal.title, rq.language)) }
        @if offered.is_empty() { p { (t.no_procedures) } }
        @if !portal.tiles.is_empty() {
            h2 { (t.categories) }
            ul.tiles {
                @for tile in &portal.tiles {
                    li { a href=(links.tile(rq.language, &tile.key)) { (shell::text(&tile.title, rq.language)) } }
                }
            }
        }
        @if !portal.life_events.is_empty() {
            h2 { (t.life_events) }
            @for event in &portal.life_events {
                h3 { (shell::text(&event.title, rq.language)) }
                (offers(rq, &event.offers.iter().filter_map(|path| rq.edition(path)).map(|edition| &edition.procedure).collect::<Vec<_>>()))
            }
        }
        @if !homeless.is_empty() {
            h2 { (t.all_procedures) }
            (offers(rq, &homeless))
        }
        (not_offered(rq))
        p { a href=(links.to(rq.language, "-/a-z")) { (t.a_to_z) } }
    };
    shell::respond(rq, StatusCode::OK, &Head { title: &t.home, ..Head::default() }, main)
}

/// For authors: what is written and stands in no portal yet.
fn not_offered(rq: &Request) -> Markup {
    if !rq.runtime.mode.is_author() {
        return html! {};
    }
    let named = |path: &str| {
        rq.shelf.portals.values().any(|portal| names(portal, path)) || rq.portal.offers.iter().any(|own| own == path)
    };
    let rest: Vec<&Procedure> = rq
        .shelf
        .procedures
        .keys()
        .filter(|path| !named(path))
        .filter_map(|path| rq.edition(path))
        .map(|edition| &edition.procedure)
        .collect();
    html! { @if !rest.is_empty() { h2 { (rq.texts().not_in_offer) } (offers(rq, &rest)) } }
}

fn names(portal: &amtsweg_dsl::model::Portal, path: &str) -> bool {
    let own = [&portal.imprint, &portal.privacy, &portal.barrier_report];
    portal.offers.iter().chain(own.into_iter().flatten()).any(|offer| offer == path)
}

/// The procedures of a tile.
pub(crate) fn category(rq: &Request, key: &str) -> Result<Response, Trouble> {
    let tile = rq.portal.tiles.iter().find(|tile| crate::links::slug(&tile.key) == key).ok_or(Trouble::NotFound)?;
    let here: Vec<&Procedure> =
        offered(rq).into_iter().filter(|procedure| procedure.category.as_deref() == Some(&tile.key)).collect();
    let title = tile.title.get(rq.language);
    let main = html! {
        h1 { (shell::text(&tile.title, rq.language)) }
        @if here.is_empty() { p { (rq.texts().no_procedures) } } @else { (offers(rq, &here)) }
    };
    let back = Some(rq.runtime.links.home(rq.language));
    Ok(shell::respond(rq, StatusCode::OK, &Head { title, back, ..Head::default() }, main))
}

/// Everything that is offered, by its first letter.
pub(crate) fn alphabet(rq: &Request) -> Response {
    let t = rq.texts();
    let mut letters: Vec<(String, Vec<&Procedure>)> = Vec::new();
    for procedure in offered(rq) {
        let key = sort_key(procedure.title.get(rq.language));
        let letter = key.chars().next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
        match letters.last_mut() {
            Some((last, list)) if *last == letter => list.push(procedure),
            _ => letters.push((letter, vec![procedure])),
        }
    }
    let main = html! {
        h1 { (t.a_to_z) }
        @if letters.is_empty() { p { (t.no_procedures) } }
        @for (letter, procedures) in &letters {
            h2 { (letter) }
            (offers(rq, procedures))
        }
    };
    let head = Head { title: &t.a_to_z, back: Some(rq.runtime.links.home(rq.language)), ..Head::default() };
    shell::respond(rq, StatusCode::OK, &head, main)
}
