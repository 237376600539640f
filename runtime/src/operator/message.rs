//! One delivery, and the message that author mode kept.

use maud::{Markup, html};

use super::outbox::{facts, kind, opened_destination, release};
use super::words::Words;
use crate::deliver::{Context, Kept};
use crate::seal::Place;
use crate::store::{OutboxEntry, StoreError};

/// A delivery with its message.
pub(super) struct Opened {
    pub entry: OutboxEntry,
    pub to: String,
    pub kept: Option<Kept>,
}

/// Opens a delivery; `None`: there is none of this number.
pub(super) async fn open(context: &Context, id: i64) -> Result<Option<Opened>, StoreError> {
    let Some(entry) = context.store.outbox_entry(id).await? else {
        return Ok(None);
    };
    let Some(submission) = context.store.submission_by_id(entry.row.submission).await? else {
        return Ok(None);
    };
    let place = Place { portal: &submission.portal, id: submission.id, format: "message" };
    let kept = entry.message.as_ref().and_then(|sealed| context.vault.unseal(place, sealed).ok());
    let to = opened_destination(context, &submission.portal, &entry);
    Ok(Some(Opened { to, kept: kept.as_deref().and_then(Kept::read), entry }))
}

/// Shows it.
pub(super) fn show(words: Words, opened: &Opened) -> Markup {
    let entry = &opened.entry;
    html! {
        p { (kind(words, entry.row.kind)) }
        (facts(words, entry, &opened.to))
        @if entry.state == "parked" { (release(words, entry)) }
        @if let Some(kept) = &opened.kept {
            h2 { (words.message()) }
            dl {
                dt { (words.subject()) } dd { (kept.subject) }
                @for (name, value) in &kept.headers { dt { (name) } dd { (value) } }
                @for file in &kept.attachments {
                    dt { (words.attachment()) }
                    dd { (file.name) " (" (file.media_type) ", " (file.size) " Bytes)" }
                }
            }
            @if kept.html.is_some() {
                p { a href={ "/outbox/" (entry.row.id) "/html" } { (words.as_html()) } }
            }
            @if let Some(text) = &kept.text { h3 { (words.as_text()) } pre { (text) } }
            @if let Some(json) = &kept.json { h3 { (words.as_data()) } pre { (pretty(json)) } }
        }
    }
}

/// JSON with line breaks, as people read it.
fn pretty(json: &str) -> String {
    let parsed: Result<serde_json::Value, _> = serde_json::from_str(json);
    parsed.ok().and_then(|value| serde_json::to_string_pretty(&value).ok()).unwrap_or_else(|| json.to_owned())
}
