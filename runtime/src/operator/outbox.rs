//! The list of deliveries.

use jiff::Timestamp;
use maud::{Markup, html};

use super::Operator;
use super::words::Words;
use crate::clock::local;
use crate::deliver::{Destination, read_destination};
use crate::store::{DeliveryKind, OutboxEntry};

/// The states that the list can be narrowed to.
pub(super) const STATES: [&str; 5] = ["parked", "pending", "leased", "delivered", "kept"];
/// How many are shown.
pub(super) const MOST: u32 = 200;

pub(super) fn list(words: Words, operator: &Operator, state: Option<&str>, entries: &[OutboxEntry]) -> Markup {
    let author = operator.context.channels.author_mode;
    html! {
        @if author { p { (words.trial()) } }
        @for note in &operator.notes { p { (note) } }
        nav aria-label=(words.show_only()) {
            ul {
                li { a href="/" aria-current=[state.is_none().then_some("page")] { (words.all()) } }
                @for known in STATES {
                    li {
                        a href={ "/?state=" (known) } aria-current=[(state == Some(known)).then_some("page")] {
                            (words.state(known))
                        }
                    }
                }
            }
        }
        @if entries.is_empty() { p { (words.empty()) } }
        @for entry in entries { (article(words, entry)) }
    }
}

/// One delivery in the list.
fn article(words: Words, entry: &OutboxEntry) -> Markup {
    let number = entry.row.id;
    html! {
        article {
            h2 { (entry.reference) " – " (kind(words, entry.row.kind)) }
            (facts(words, entry, &authority_destination(entry)))
            p { a href={ "/outbox/" (number) } { (words.look(&entry.reference, number)) } }
            @if entry.state == "parked" { (release(words, entry)) }
        }
    }
}

/// What is known of a delivery.
pub(super) fn facts(words: Words, entry: &OutboxEntry, to: &str) -> Markup {
    html! {
        dl {
            dt { (words.state_label()) } dd { (words.state(&entry.state)) }
            @if !to.is_empty() { dt { (words.to()) } dd { (to) } }
            dt { (words.attempts()) } dd { (entry.row.attempt) }
            dt { (words.since()) } dd { (moment(entry.row.created_at)) }
            @if entry.state == "pending" { dt { (words.next()) } dd { (moment(entry.due_at)) } }
            @if let Some(reason) = &entry.reason { dt { (words.reason()) } dd lang="en" { (reason) } }
        }
    }
}

/// A moment on the clock on the wall.
fn moment(at: Timestamp) -> String {
    local(at).strftime("%d.%m.%Y, %H:%M").to_string()
}

pub(super) fn kind(words: Words, kind: DeliveryKind) -> &'static str {
    match kind {
        DeliveryKind::Authority => words.to_authority(),
        DeliveryKind::Citizen => words.to_citizen(),
        DeliveryKind::Link => words.with_link(),
        DeliveryKind::Reminder => words.reminder(),
        DeliveryKind::Released => words.passed_on(),
        DeliveryKind::Withdrawn => words.not_passed_on(),
    }
}

/// The button that makes a parked delivery due again.
pub(super) fn release(words: Words, entry: &OutboxEntry) -> Markup {
    html! {
        form method="post" action={ "/outbox/" (entry.row.id) "/release" } novalidate {
            button type="submit" { (words.again(&entry.reference)) }
        }
    }
}

/// Where it goes, as far as that is not personal.
fn authority_destination(entry: &OutboxEntry) -> String {
    match entry.row.kind {
        DeliveryKind::Authority => serde_json::from_slice(&entry.row.destination).map_or_else(|_| String::new(), name),
        _ => String::new(),
    }
}

/// A destination as text.
pub(super) fn name(destination: Destination) -> String {
    match destination {
        Destination::Email { address } | Destination::Link { address, .. } => address,
        Destination::Webhook { url, .. } => url,
    }
}

/// Where it goes, opened.
pub(super) fn opened_destination(operator: &crate::deliver::Context, portal: &str, entry: &OutboxEntry) -> String {
    read_destination(&operator.vault, portal, &entry.row).map_or_else(|_| String::new(), name)
}
