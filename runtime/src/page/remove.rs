//! "Hund 2 entfernen?": asked before anything is deleted.

use axum::http::StatusCode;
use axum::response::Response;
use maud::html;

use super::form;
use super::shell::{self, Head};
use crate::request::Request;

/// What is to be removed and where the visitor goes otherwise.
pub(crate) struct Removal<'a> {
    /// "Hund 2".
    pub entry: &'a str,
    /// The name of the entry: `hunde.1`.
    pub name: &'a str,
    /// The title of the procedure.
    pub procedure: &'a str,
    /// The page that the visitor comes from.
    pub back: String,
    /// What gets the focus afterwards.
    pub aim: &'a str,
}

/// The page.
pub(crate) fn respond(rq: &Request, removal: &Removal<'_>) -> Response {
    let t = rq.texts();
    let title = t.entry_remove_title(removal.entry.to_owned());
    let main = html! {
        h1 { (title) }
        p { (t.entry_remove_text(removal.entry.to_owned())) }
        form method="post" action=(form::own_address(rq)) novalidate {
            (form::hidden(rq, ""))
            button type="submit" name="_action" value={ "removed:" (removal.name) }
                data-aim=(removal.aim) { (t.remove_confirm_yes) }
            " "
            a.second href=(removal.back) { (t.remove_confirm_no) }
        }
    };
    let head = Head {
        title: &title,
        procedure: Some(removal.procedure),
        error: false,
        back: Some(removal.back.clone()),
        personal: true,
    };
    shell::respond(rq, StatusCode::OK, &head, main)
}
