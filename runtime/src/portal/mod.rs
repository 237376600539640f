//! One municipality's site: tiles, categories, everything from A to Z, and the pages about it.

mod about;
mod home;

pub(crate) use about::about;
use amtsweg_dsl::model::{Authority, Opening, Procedure, ProcedureKind};
pub(crate) use home::{alphabet, category, home};
use maud::{Markup, html};

use crate::journey::open;
use crate::journey::submit::is_reachable;
use crate::page::shell;
use crate::request::Request;

/// An authority for people: name, address, telephone, opening hours.
pub(crate) fn office(rq: &Request, authority: &Authority) -> Markup {
    html! {
        p {
            strong { (shell::text(&authority.name, rq.language)) }
            @if let Some(address) = &authority.address { br; (address) }
            @if let Some(phone) = &authority.phone {
                br; a href={ "tel:" (phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect::<String>()) } { (phone) }
            }
        }
    }
}

/// The page above a procedure: its category, else the start page.
pub(crate) fn above(rq: &Request, procedure: &Procedure) -> String {
    let tile = procedure.category.as_ref().filter(|key| rq.portal.tiles.iter().any(|tile| tile.key == **key));
    match tile {
        Some(key) => rq.runtime.links.tile(rq.language, key),
        None => rq.runtime.links.home(rq.language),
    }
}

/// Procedures as a list of links, each with its sort.
fn offers(rq: &Request, procedures: &[&Procedure]) -> Markup {
    let t = rq.texts();
    html! {
        ul.offers {
            @for procedure in procedures {
                li {
                    a href=(rq.runtime.links.procedure(rq.language, &procedure.path)) { (shell::text(&procedure.title, rq.language)) }
                    " "
                    span.sort {
                        @match procedure.kind {
                            ProcedureKind::Application => (t.kind_application),
                            ProcedureKind::Report => (t.kind_report),
                            ProcedureKind::Topic => (t.kind_topic),
                        }
                        @if let Some(closed) = closed(rq, procedure) { ", " (closed) }
                    }
                }
            }
        }
    }
}

/// Where it cannot be begun today: that, and from when it can.
fn closed(rq: &Request, procedure: &Procedure) -> Option<String> {
    let opens = procedure.open.as_ref().and_then(|window| window.span(rq.at).0);
    match (open::opening(rq, procedure), opens) {
        (Opening::Open, _) => None,
        (Opening::Before, Some(from)) => Some(rq.texts().closed_list_opens(open::moment(rq, from))),
        _ => Some(rq.texts().closed_list.clone()),
    }
}

/// What the portal offers today, by title.
fn offered(rq: &Request) -> Vec<&Procedure> {
    let paths = rq.portal.offers.iter();
    let mut found: Vec<&Procedure> =
        paths.filter_map(|path| rq.edition(path)).map(|edition| &edition.procedure).collect();
    found.retain(|procedure| is_reachable(rq, procedure));
    found.sort_by_cached_key(|procedure| sort_key(procedure.title.get(rq.language)));
    found
}

/// Ä sorts as A (DIN 5007-1), capitals as small letters.
fn sort_key(title: &str) -> String {
    let mut key = String::with_capacity(title.len());
    for letter in title.chars().flat_map(char::to_lowercase) {
        match letter {
            'ä' => key.push('a'),
            'ö' => key.push('o'),
            'ü' => key.push('u'),
            'ß' => key.push_str("ss"),
            other => key.push(other),
        }
    }
    key
}
