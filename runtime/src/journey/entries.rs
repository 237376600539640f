//! Entries of repeats: added and removed, without a script, with a question before anything goes.

use axum::response::Response;
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value as Json};

use super::case::{Case, Content, Place};
use super::draft::{self, Work};
use super::{find, path, problems, step, upload, walk};
use crate::page::form::{self, Showing};
use crate::page::group::first_of_next;
use crate::page::remove::{self, Removal};
use crate::page::trouble::Trouble;
use crate::request::Request;
use crate::router::redirect;

/// The query of the page that asks whether to remove.
const REMOVE: &str = "entfernen";

/// A page that stays after a button in it was pressed.
pub(crate) struct Stays {
    /// What the address gets: a place in the page, or the question whether to remove.
    pub suffix: String,
    /// Another page comes first: what could not be read does not come along.
    pub elsewhere: bool,
}

/// The entry that somebody wants removed: `""` for that of the page itself, or a name.
pub(crate) fn asked_to_remove(rq: &Request) -> Option<String> {
    let rest = rq.query.strip_prefix(REMOVE)?;
    let name = rest.strip_prefix('=').unwrap_or_default();
    Some(percent_decode_str(name).decode_utf8_lossy().into_owned())
}

/// "Hund 2 entfernen?"
pub(crate) fn confirm(rq: &Request, work: &Work, place: Place, name: &str) -> Result<Response, Trouble> {
    let case = &work.case;
    let (name, entry, back, aim) = if name.is_empty() {
        let section = case.section(place).ok_or(Trouble::NotFound)?;
        let entry = place.entry.filter(|entry| *entry < case.entries(section)).ok_or(Trouble::NotFound)?;
        let title = form::entry_title(rq, case, place).ok_or(Trouble::NotFound)?;
        (format!("{}.{entry}", section.key), title, Place { entry: None, item: None, ..place }, "liste".to_owned())
    } else {
        let title = inner_title(rq, case, place, name).ok_or(Trouble::NotFound)?;
        let list = name.rsplit_once('.').map_or(name, |(list, _)| list);
        (name.to_owned(), title, place, format!("l-{list}"))
    };
    let procedure = case.procedure().title.get(rq.language).to_owned();
    let removal = Removal {
        entry: &entry,
        name: &name,
        procedure: &procedure,
        back: form::page_address(rq, case, back),
        aim: &aim,
    };
    Ok(remove::respond(rq, &removal))
}

/// "Geschäftsführerin 2", where the page has such an entry.
fn inner_title(rq: &Request, case: &Case, place: Place, name: &str) -> Option<String> {
    let (list, index) = name.rsplit_once('.')?;
    let index: usize = index.parse().ok()?;
    let nodes = case.nodes(place);
    let found = walk::list(&nodes, list)?;
    (index < found.given).then(|| rq.texts().entry_title(found.repeat.each.get(rq.language).to_owned(), index + 1))
}

/// Removes an entry for good.
pub(crate) async fn remove(rq: &Request, work: &mut Work, place: Place, name: &str) -> Result<Response, Trouble> {
    let case = &work.case;
    let section = case.section(place).ok_or(Trouble::NotFound)?;
    let (list, index) = name.rsplit_once('.').ok_or(Trouble::NotFound)?;
    let index: usize = index.parse().map_err(|_| Trouble::NotFound)?;
    let whole = section.repeat.is_some() && list == section.key;
    let there = if whole { index < case.entries(section) } else { inner_title(rq, case, place, name).is_some() };
    let to = if whole { Place { entry: None, item: None, ..place } } else { place };
    if there {
        let mut content = work.content();
        upload::forget_below(rq, work, name).await?;
        path::remove_entry(&mut content.answers, list, index);
        move_up(&mut content, list, index);
        draft::save(rq, work, content).await?;
    }
    let anchor = if whole { "#liste".to_owned() } else { format!("#l-{list}") };
    Ok(redirect(&format!("{}{anchor}", form::page_address(rq, &work.case, to))))
}

/// What was seen of later entries now belongs to the one before.
fn move_up(content: &mut Content, list: &str, removed: usize) {
    let seen = std::mem::take(&mut content.seen);
    for name in seen {
        // Paragraphs have a sign of their own before the name.
        let (sign, bare) = name.strip_prefix('~').map_or(("", name.as_str()), |bare| ("~", bare));
        let moved = bare.strip_prefix(list).and_then(|rest| rest.strip_prefix('.')).map(|rest| {
            let (index, inner) = rest.split_once('.').unwrap_or((rest, ""));
            (index.parse::<usize>().unwrap_or(0), inner.to_owned())
        });
        match moved {
            None => {
                content.seen.insert(name);
            }
            Some((index, _)) if index == removed => {}
            Some((index, inner)) => {
                let index = if index > removed { index - 1 } else { index };
                content.seen.insert(format!("{sign}{list}.{index}.{inner}"));
            }
        }
    }
}

/// "Weiter" or "hinzufügen" on the list of a repeated section.
pub(crate) async fn leave_list(rq: &Request, work: &mut Work, place: Place, action: &str) -> Result<Response, Trouble> {
    let section = work.case.section(place).ok_or(Trouble::NotFound)?;
    let count = work.case.entries(section);
    if action == "add" {
        let entry = work.case.pages(place.section, Some(count)).first().copied();
        let entry = entry.unwrap_or(Place { entry: Some(count), ..place });
        return Ok(redirect(&form::page_address(rq, &work.case, entry)));
    }
    let mut content = work.content();
    if content.seen.insert(work.case.page_name(place)) {
        draft::save(rq, work, content).await?;
    }
    let errors = problems::on_list(rq, &work.case, place);
    if !errors.is_empty() {
        return Ok(step::render(rq, &work.case, place, &Showing { errors: &errors, ..Showing::default() }));
    }
    Ok(redirect(&step::address_of(rq, &work.case, work.case.first_open())))
}

/// Buttons inside a page: add an entry, ask before removing one, upload, drop a file.
/// `None`: the page is to be left.
pub(crate) async fn inline(
    rq: &Request,
    work: &Work,
    place: Place,
    action: &str,
    content: &mut Content,
) -> Result<Option<Stays>, Trouble> {
    let nodes = work.case.nodes(place);
    let (verb, name) = action.split_once(':').unwrap_or((action, ""));
    Ok(match verb {
        "add" => walk::list(&nodes, name).map(|list| add(list, content)),
        "remove" => {
            let removable = inner_title(rq, &work.case, place, name).is_some();
            Some(Stays {
                suffix: if removable { format!("?{REMOVE}={name}") } else { String::new() },
                elsewhere: removable,
            })
        }
        "upload" => {
            let known = find::question(work.case.procedure(), name).is_some();
            known.then(|| Stays { suffix: format!("#f-{name}"), elsewhere: false })
        }
        "drop" => {
            let (name, id) = name.rsplit_once(':').unwrap_or((name, ""));
            let known = walk::fields(&nodes).iter().any(|field| field.name == name);
            if known {
                upload::drop_one(rq, work, name, id, content).await?;
            }
            known.then(|| Stays { suffix: format!("#f-{name}"), elsewhere: false })
        }
        _ => None,
    })
}

/// One more entry, empty. Entries that were shown and not filled in yet count as well.
fn add(list: &walk::List<'_>, content: &mut Content) -> Stays {
    let most = list.repeat.max as usize;
    let index = list.items.len().min(most.saturating_sub(1));
    if list.items.len() < most {
        let name = format!("{}.{index}", list.name);
        if path::get(&content.answers, &name).is_none() {
            path::set(&mut content.answers, &name, Json::Object(Map::new()));
        }
    }
    let suffix = first_of_next(list).map(|control| format!("#{control}"));
    Stays { suffix: suffix.unwrap_or_default(), elsewhere: false }
}
