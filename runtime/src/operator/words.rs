//! The words of the operator's pages, in German and English.

use axum::http::{HeaderMap, header};

/// The language of the operator's browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Words {
    German,
    English,
}

macro_rules! words {
    ($($name:ident: $german:literal, $english:literal;)*) => {
        impl Words {
            $(pub(super) fn $name(self) -> &'static str {
                match self {
                    Self::German => $german,
                    Self::English => $english,
                }
            })*
        }
    };
}

words! {
    tag: "de", "en";
    operator: "Betrieb", "Operations";
    skip: "Zum Inhalt", "To the content";
    outbox: "Postausgang", "Outbox";
    diagnostics: "Meldungen zu den Texten", "Messages about the texts";
    no_diagnostics: "Zu den Texten gibt es nichts zu sagen.", "There is nothing to say about the texts.";
    settings: "Einstellungen", "Settings";
    trial: "Das ist eine Probe. Was hier steht, bleibt auf diesem Rechner.",
        "This is a trial. What is here stays on this machine.";
    show_only: "Nur zeigen", "Show only";
    all: "Alle", "All";
    empty: "Hier ist nichts.", "There is nothing here.";
    state_label: "Stand", "State";
    to: "An", "To";
    attempts: "Versuche", "Attempts";
    since: "Seit", "Since";
    next: "Nächster Versuch", "Next attempt";
    reason: "Grund", "Reason";
    to_authority: "an die Stelle", "to the office";
    to_citizen: "Bestätigung an die Person", "confirmation to the person";
    with_link: "Link an eine Person, die etwas tun muss", "link to somebody who has to do something";
    reminder: "Erinnerung an einen Link", "reminder of a link";
    passed_on: "Nachricht an die Person: weitergegeben", "message to the person: passed on";
    not_passed_on: "Nachricht an die Person: nicht weitergegeben", "message to the person: not passed on";
    message: "Nachricht", "Message";
    subject: "Betreff", "Subject";
    attachment: "Anlage", "Attachment";
    as_html: "Nachricht ansehen, wie ein Mailprogramm sie zeigt", "See the message as a mail program shows it";
    as_text: "Text", "Text";
    as_data: "Daten", "Data";
    not_there: "Das gibt es nicht", "Not there";
    not_there_text: "Diese Zustellung gibt es nicht, oder sie wartet nicht mehr.",
        "There is no such delivery, or it no longer waits.";
    store_down: "Die Datenbank antwortet nicht", "The database does not answer";
    store_down_text: "Prüfen Sie, ob auf dem Datenträger noch Platz ist.", "Check whether there is space left on the disk.";
}

impl Words {
    /// What the browser prefers of the two; German where it does not say.
    pub(super) fn of(headers: &HeaderMap) -> Self {
        let wished = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let first = wished
            .split(',')
            .map(|part| part.trim().to_ascii_lowercase())
            .find(|part| part.starts_with("de") || part.starts_with("en"));
        if first.is_some_and(|first| first.starts_with("en")) { Self::English } else { Self::German }
    }

    pub(super) fn state(self, state: &str) -> &str {
        match (self, state) {
            (Self::German, "pending") => "wartet",
            (Self::German, "leased") => "unterwegs",
            (Self::German, "delivered") => "übergeben",
            (Self::German, "parked") => "geparkt: jemand muss es ansehen",
            (Self::German, "kept") => "nicht verschickt (Probe)",
            (Self::English, "pending") => "waiting",
            (Self::English, "leased") => "under way",
            (Self::English, "delivered") => "handed over",
            (Self::English, "parked") => "parked: somebody has to look at it",
            (Self::English, "kept") => "not sent (trial)",
            (_, other) => other,
        }
    }

    pub(super) fn look(self, reference: &str, number: i64) -> String {
        match self {
            Self::German => format!("{reference} ansehen (Zustellung {number})"),
            Self::English => format!("Look at {reference} (delivery {number})"),
        }
    }

    pub(super) fn again(self, reference: &str) -> String {
        match self {
            Self::German => format!("{reference} erneut zustellen"),
            Self::English => format!("Deliver {reference} again"),
        }
    }
}
