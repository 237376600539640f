//! Pages of questions as somebody sees them who has answered nothing yet. They are alike for
//! everybody but for the token in the form, so they are drawn once a minute: the time of day
//! may stand in a condition, but no less.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::body::{Body, to_bytes};
use axum::http::StatusCode;
use axum::response::Response;
use jiff::civil::DateTime;

use crate::library::Shelf;
use crate::page::shell;
use crate::request::Request;

/// Pages that are kept at most: a few megabytes.
const MOST: usize = 500;

/// The pages of the minute.
#[derive(Default)]
pub(crate) struct FreshPages {
    drawn: Mutex<Drawn>,
}

#[derive(Default)]
struct Drawn {
    shelf: Option<Arc<Shelf>>,
    at: DateTime,
    pages: HashMap<String, Arc<Page>>,
}

/// What stands before and behind the token.
struct Page {
    before: String,
    behind: String,
}

impl FreshPages {
    /// The page, if it was drawn in this minute.
    pub fn find(&self, rq: &Request) -> Option<Response> {
        let page = self.of_now(rq).pages.get(&key(rq)).cloned()?;
        let token = rq.visitor.token();
        let mut whole = String::with_capacity(page.before.len() + token.len() + page.behind.len());
        whole.push_str(&page.before);
        whole.push_str(token);
        whole.push_str(&page.behind);
        Some(shell::answer(rq, StatusCode::OK, true, whole))
    }

    /// Keeps a page for the next visitors.
    pub async fn keep(&self, rq: &Request, response: Response) -> Response {
        if response.status() != StatusCode::OK {
            return response;
        }
        let (head, body) = response.into_parts();
        // It was drawn into memory a moment ago.
        let text = to_bytes(body, usize::MAX).await.unwrap_or_default();
        if let Some((before, behind)) =
            std::str::from_utf8(&text).ok().and_then(|text| text.split_once(rq.visitor.token()))
            && !behind.contains(rq.visitor.token())
        {
            let page = Page { before: before.to_owned(), behind: behind.to_owned() };
            let mut drawn = self.of_now(rq);
            if drawn.pages.len() < MOST {
                drawn.pages.insert(key(rq), Arc::new(page));
            }
        }
        Response::from_parts(head, Body::from(text))
    }

    /// Without the pages of another minute or of other texts.
    fn of_now(&self, rq: &Request) -> MutexGuard<'_, Drawn> {
        let mut drawn = self.drawn.lock().unwrap_or_else(PoisonError::into_inner);
        let same = drawn.shelf.as_ref().is_some_and(|shelf| Arc::ptr_eq(shelf, &rq.shelf));
        if !same || drawn.at != rq.at {
            *drawn = Drawn { shelf: Some(rq.shelf.clone()), at: rq.at, pages: HashMap::new() };
        }
        drawn
    }
}

fn key(rq: &Request) -> String {
    [&*rq.portal.path, rq.language.tag(), &rq.path].join("\n")
}
