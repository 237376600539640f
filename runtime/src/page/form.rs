//! A page of questions.

use amtsweg_dsl::kind::{Kind, Widget};
use amtsweg_dsl::model::Language;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use maud::{Markup, html};

use super::sheet::{FieldError, Sheet};
use super::shell::{self, Head};
use super::{group, rich, summary};
use crate::journey::address;
use crate::journey::case::{Case, Place};
use crate::journey::posted::Posted;
use crate::journey::walk::{self, Node};
use crate::journey::write::fingerprint;
use crate::page::trouble::Trouble;
use crate::request::Request;

/// What a page of questions shows besides the questions.
#[derive(Default)]
pub(crate) struct Showing<'a> {
    pub posted: Option<&'a Posted>,
    pub errors: &'a [FieldError],
    pub trouble: Option<&'a Trouble>,
    /// What the page says it was shown on, where that is not the state of the case.
    pub state: Option<String>,
}

/// The page.
pub(crate) fn respond(rq: &Request, case: &Case, place: Place, showing: &Showing<'_>) -> Response {
    let Some(section) = case.section(place) else {
        return super::trouble::answer(rq, &Trouble::NotFound);
    };
    let nodes = case.nodes(place);
    let state = showing.state.clone().unwrap_or_else(|| fingerprint(case, place));
    let warnings = warnings(rq, case, place);
    let entry_title = entry_title(rq, case, place);
    let intro = section.introduction.as_ref().filter(|_| place.item.is_none_or(|item| item == 0));
    let heading = lone_question(case, &nodes, intro.is_some() && place.item.is_none(), place, rq.language);
    let sheet = Sheet {
        rq,
        procedure: case.procedure(),
        evaluator: case.evaluator(),
        posted: showing.posted,
        errors: showing.errors,
        warnings: &warnings,
        heading: heading.as_ref().map(|(name, _)| name.as_str()),
    };
    let section_title = sheet.plain(&section.title, &[]).into_owned();
    let title = match (&heading, &entry_title) {
        (Some((_, label)), Some(entry)) => format!("{entry}: {label}"),
        (Some((_, label)), None) => label.clone(),
        (None, Some(entry)) => format!("{section_title}: {entry}"),
        (None, None) => section_title.clone(),
    };
    let fill = |text: &str| sheet.evaluator.fill(text, rq.language, &[]);
    let caption = match (&heading, &entry_title) {
        (Some(_), Some(entry)) => Some(entry.clone()),
        (Some((_, label)), None) => (*label != section_title).then(|| section_title.clone()),
        (None, Some(_)) => Some(section_title.clone()),
        (None, None) => None,
    };
    let main = html! {
        (summary::errors(rq.texts(), showing.errors))
        @if let Some(trouble) = showing.trouble { (summary::notice(rq.texts(), trouble)) }
        @if showing.errors.is_empty() && showing.trouble.is_none() { (summary::more(&sheet, case, &nodes)) }
        @if let Some(caption) = &caption { p.caption { (caption) } }
        @if heading.is_none() {
            h1 {
                @if let Some(entry) = &entry_title { (entry) } @else { (sheet.text(&section.title, &[])) }
            }
        }
        @if let Some(intro) = intro { div.text { (rich::rich(intro, rq.language, 2, &fill)) } }
        (form(&sheet, &nodes, &state))
    };
    let procedure = sheet.plain(&case.procedure().title, &[]).into_owned();
    let head = Head {
        title: &title,
        procedure: Some(&procedure),
        error: !showing.errors.is_empty(),
        back: Some(back(rq, case, place)),
        personal: true,
    };
    let status = match showing.trouble {
        Some(trouble) => trouble.status(),
        None if showing.errors.is_empty() => StatusCode::OK,
        None => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let mut response = shell::respond(rq, status, &head, main);
    if matches!(showing.trouble, Some(Trouble::Busy(_))) {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("60"));
    }
    response
}

fn form(sheet: &Sheet<'_>, nodes: &[Node<'_>], state: &str) -> Markup {
    let t = sheet.t();
    let lists = &sheet.procedure.lists;
    let fields = walk::fields(nodes);
    let uploads = fields.iter().any(|field| field.question.kind.widget(lists) == Widget::File);
    let buttons = uploads || has_list(nodes);
    html! {
        form method="post" action=(own_address(sheet.rq)) novalidate
            enctype=[uploads.then_some("multipart/form-data")] {
            // The Enter key presses the first button of a form: it is to lead on.
            @if buttons { button.hidden type="submit" tabindex="-1" aria-hidden="true" { (t.next) } }
            (hidden(sheet.rq, state))
            (group::nodes(sheet, nodes, 2))
            button type="submit" { (t.next) }
        }
    }
}

/// The token against forged posts, and what the answers of the page were when it was shown.
pub(crate) fn hidden(rq: &Request, state: &str) -> Markup {
    html! {
        input type="hidden" name="_token" value=(rq.visitor.token());
        input type="hidden" name="_state" value=(state);
    }
}

/// The address of the page itself: forms are posted there.
pub(crate) fn own_address(rq: &Request) -> String {
    let mut address = rq.link(&rq.path);
    if !rq.query.is_empty() {
        address.push('?');
        address.push_str(&rq.query);
    }
    address
}

fn has_list(nodes: &[Node<'_>]) -> bool {
    nodes.iter().any(|node| match node {
        Node::Text { .. } | Node::Field(_) => false,
        Node::Group(group) => has_list(&group.nodes),
        Node::List(_) => true,
    })
}

/// Name and label of the only question of a page: it is the heading then.
fn lone_question(
    case: &Case,
    nodes: &[Node<'_>],
    introduced: bool,
    place: Place,
    language: Language,
) -> Option<(String, String)> {
    let [only] = nodes else { return None };
    let (name, question, entries) = match only {
        Node::Field(field) if !introduced => (&field.name, field.question, &field.entries),
        Node::Group(group) if place.item.is_some() => (&group.name, group.question, &group.entries),
        Node::List(list) if place.item.is_some() => (&list.name, list.question, &list.entries),
        _ => return None,
    };
    if matches!(question.kind, Kind::Declaration) {
        return None;
    }
    let label = question.label.get(language);
    let filled = rich::filled(label, &|text| case.evaluator().fill(text, language, entries)).into_owned();
    Some((name.clone(), filled))
}

/// "Hund 2".
pub(crate) fn entry_title(rq: &Request, case: &Case, place: Place) -> Option<String> {
    let repeat = case.section(place)?.repeat.as_ref()?;
    Some(rq.texts().entry_title(repeat.each.get(rq.language).to_owned(), place.entry? + 1))
}

/// Where "Zurück" leads: to the check page for those who came from there.
pub(crate) fn back(rq: &Request, case: &Case, place: Place) -> String {
    let path = &case.procedure().path;
    if rq.query == CHECKING {
        return rq.runtime.links.check(rq.language, path);
    }
    match case.before(place) {
        Some(before) => page_address(rq, case, before),
        None => rq.runtime.links.procedure(rq.language, path),
    }
}

/// Stands in the query of pages that were reached from the check page.
pub(crate) const CHECKING: &str = "pruefen";

/// The address of a page of questions.
pub(crate) fn page_address(rq: &Request, case: &Case, place: Place) -> String {
    let name = crate::links::name_of(&case.procedure().path);
    rq.link(&format!("{name}/{}", address::inner(case, place)))
}

/// Warnings that stand on a page, by name.
fn warnings(rq: &Request, case: &Case, place: Place) -> Vec<(String, String)> {
    crate::journey::problems::warnings(rq, case)
        .into_iter()
        .filter(|(section, ..)| *section == place.section)
        .map(|(_, name, text)| (name, text))
        .collect()
}
