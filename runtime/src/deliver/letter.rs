//! What a mail says: to the authority every answer, to the citizen none.

use amtsweg_dsl::kind::show_date;
use amtsweg_dsl::model::{Language, ProcedureKind};
use maud::{DOCTYPE, Markup, html};

use super::case::{Attachment, Case};
use super::texts::{moment, say, say_with, size};
use super::{Context, asks};
use crate::record::RecordRow;
use crate::store::Condition;

/// The name under which the answers go along as data.
pub(super) const DATA_FILE: &str = "antrag.json";

/// A letter in parts; text and HTML say the same.
pub(super) struct Letter {
    pub language: Language,
    pub subject: String,
    pub heading: String,
    pub parts: Vec<Part>,
}

/// A part of a letter.
pub(super) enum Part {
    /// A paragraph.
    Text(String),
    /// A heading of the second level.
    Heading(String),
    /// A heading of the third level.
    SubHeading(String),
    /// Names and values.
    Facts(Vec<(String, String)>),
    /// A list.
    List(Vec<String>),
    /// A word and the address that it leads to.
    Link(String, String),
}

/// The letter to the authority.
pub(super) fn to_authority(case: &Case, attachments: &[Attachment], context: &Context) -> Letter {
    let language = case.office_language();
    let title = case.title(language, context);
    let reference = case.submission.reference.as_str();
    let received = match case.procedure.kind {
        ProcedureKind::Report => "received-report",
        ProcedureKind::Application | ProcedureKind::Topic => "received-application",
    };
    let mut parts = vec![
        Part::Text(say(language, received)),
        Part::Heading(say(language, "case")),
        Part::Facts(facts(case, &title, language, context)),
    ];
    for page in case.record(language, context).pages {
        parts.push(Part::Heading(page.title));
        answers(&page.rows, language, &mut parts);
    }
    if !attachments.is_empty() {
        parts.push(Part::Heading(say(language, "attachments")));
        parts.push(Part::List(attachments.iter().map(|file| attachment_line(file, language)).collect()));
    }
    parts.push(Part::Text(say_with(language, "data-attached", &[("name", DATA_FILE)])));
    parts.push(Part::Text(say_with(language, "sent-by", &[("portal", &case.portal(language))])));
    let subject = say_with(language, "subject", &[("title", &title), ("reference", reference)]);
    Letter { language, subject, heading: title, parts }
}

/// The confirmation to the citizen.
pub(super) fn to_citizen(case: &Case, conditions: &[Condition], context: &Context) -> Letter {
    let language = case.citizen_language();
    let title = case.title(language, context);
    let reference = case.submission.reference.as_str();
    let received = match case.procedure.kind {
        ProcedureKind::Report => "citizen-received-report",
        ProcedureKind::Application | ProcedureKind::Topic => "citizen-received-application",
    };
    let received = say_with(language, received, &[("title", &title)]);
    let mut parts = vec![
        Part::Facts(vec![
            (say(language, "reference"), reference.to_owned()),
            (say(language, "submitted-at"), moment(language, case.at)),
            (say(language, "office"), case.office(language)),
        ]),
        Part::Text(say(language, "citizen-keep")),
    ];
    asks::waits(case, conditions, context, &mut parts);
    asks::costs(case, context, &mut parts);
    parts.push(Part::Heading(say(language, "citizen-next")));
    what_happens_next(case, language, context, &mut parts);
    still_missing(case, language, context, &mut parts);
    contact(case, language, &mut parts);
    parts.push(Part::Text(say(language, "citizen-privacy")));
    parts.push(Part::Text(say_with(language, "sent-by", &[("portal", &case.portal(language))])));
    let subject = say_with(language, "citizen-subject", &[("reference", reference)]);
    Letter { language, subject, heading: received, parts }
}

impl Letter {
    /// Marks a letter that goes to somebody else than it was meant for.
    pub(super) fn mark_as_trial(&mut self, to: &str) {
        self.subject = say_with(self.language, "trial-subject", &[("subject", &self.subject)]);
        self.parts.insert(0, Part::Text(say_with(self.language, "trial-note", &[("to", to)])));
    }

    /// As plain text, complete.
    pub(super) fn text(&self) -> String {
        let mut text = format!("{}\n", self.heading);
        for part in &self.parts {
            text.push('\n');
            match part {
                Part::Text(paragraph) => line(&mut text, paragraph),
                Part::Heading(heading) => {
                    line(&mut text, &heading.to_uppercase());
                }
                Part::SubHeading(heading) => line(&mut text, heading),
                Part::Facts(facts) => {
                    for (name, value) in facts {
                        let colon = if name.ends_with(['?', '.', '!', ':']) { "" } else { ":" };
                        line(&mut text, &format!("{name}{colon} {}", value.replace('\n', "\n    ")));
                    }
                }
                Part::List(items) => items.iter().for_each(|item| line(&mut text, &format!("- {item}"))),
                Part::Link(word, address) => line(&mut text, &format!("{word}: {address}")),
            }
        }
        text
    }

    /// As HTML: headings in their order, names and values as a description list, nothing that
    /// is loaded from elsewhere.
    pub(super) fn html(&self) -> String {
        html! {
            (DOCTYPE)
            html lang=(self.language.tag()) {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    title { (self.subject) }
                    style { (STYLE) }
                }
                body {
                    main {
                        h1 { (self.heading) }
                        @for part in &self.parts { (part_html(part)) }
                    }
                }
            }
        }
        .into_string()
    }
}

const STYLE: &str = "body{font-family:sans-serif;line-height:1.5;margin:1rem;max-width:42rem}\
dt{font-weight:bold;margin-top:.75rem}dd{margin:0;white-space:pre-line;overflow-wrap:anywhere}";

fn part_html(part: &Part) -> Markup {
    html! {
        @match part {
            Part::Text(paragraph) => p { (paragraph) },
            Part::Heading(heading) => h2 { (heading) },
            Part::SubHeading(heading) => h3 { (heading) },
            Part::Facts(facts) => dl { @for (name, value) in facts { dt { (name) } dd { (value) } } },
            Part::Link(_, address) => p { a href=(address) { (address) } },
            Part::List(items) => ul { @for item in items { li { (item) } } },
        }
    }
}

fn line(text: &mut String, line: &str) {
    text.push_str(line);
    text.push('\n');
}

fn facts(case: &Case, title: &str, language: Language, context: &Context) -> Vec<(String, String)> {
    let filled_in = match case.citizen_language() {
        Language::English => "english",
        Language::German | Language::Easy => "german",
    };
    let mut facts = vec![
        (say(language, "reference"), case.submission.reference.clone()),
        (say(language, "submitted-at"), moment(language, case.at)),
        (say(language, "office"), case.office(language)),
        (say(language, "procedure"), title.to_owned()),
        (say(language, "version"), case.procedure.version.to_string()),
    ];
    if let Some(key) = &case.procedure.service {
        facts.push((say(language, "service-key"), key.clone()));
    }
    facts.push((say(language, "form-language"), say(language, filled_in)));
    let fees = case.fee_lines(language, context);
    if fees.is_empty() {
        facts.push((say(language, "fee"), say(language, "fee-none")));
    }
    facts.extend(fees);
    facts
}

/// The answers of a page; a building block has its question as a heading of its own.
fn answers(rows: &[RecordRow], language: Language, parts: &mut Vec<Part>) {
    for group in rows.chunk_by(|one, next| one.group == next.group) {
        if let Some(first) = group.first().filter(|first| !first.group.is_empty()) {
            parts.push(Part::SubHeading(first.group.join(" – ")));
        }
        let given = |row: &RecordRow| match (&row.value, row.due) {
            (Some(value), _) => value.clone(),
            (None, Some(day)) => say_with(language, "still-missing", &[("date", &show_date(day, language))]),
            (None, None) => say(language, "not-given"),
        };
        parts.push(Part::Facts(group.iter().map(|row| (row.label.clone(), given(row))).collect()));
    }
}

fn attachment_line(file: &Attachment, language: Language) -> String {
    say_with(language, "attachment", &[("name", &file.name), ("size", &size(language, file.size))])
}

/// What the procedure says about it; a paragraph that would need an answer is left out.
fn what_happens_next(case: &Case, language: Language, context: &Context, parts: &mut Vec<Part>) {
    let before = parts.len();
    let paragraphs = case.procedure.what_happens_next.as_ref().map_or(&[][..], |text| text.get(language));
    let mut items = Vec::new();
    for paragraph in paragraphs {
        let Some(paragraph) = case.neutral(paragraph, language, context) else { continue };
        let paragraph = plain(&paragraph);
        if let Some(item) = paragraph.strip_prefix("- ") {
            items.push(item.to_owned());
            continue;
        }
        flush(&mut items, parts);
        match paragraph.strip_prefix("## ") {
            Some(heading) => parts.push(Part::SubHeading(heading.to_owned())),
            None => parts.push(Part::Text(paragraph)),
        }
    }
    flush(&mut items, parts);
    if parts.len() == before {
        parts.push(Part::Text(say(language, "citizen-next-default")));
    }
}

/// Evidence that may follow and is not there yet, with its day; the questions have no answers in them.
fn still_missing(case: &Case, language: Language, context: &Context, parts: &mut Vec<Part>) {
    let record = case.record(language, context);
    let missing: Vec<String> = record
        .pages
        .iter()
        .flat_map(|page| &page.rows)
        .filter_map(|row| {
            let until = say_with(language, "citizen-until", &[("date", &show_date(row.due?, language))]);
            Some(format!("{} {until}", case.neutral(&row.label, language, context)?))
        })
        .collect();
    if !missing.is_empty() {
        parts.push(Part::Heading(say(language, "citizen-missing")));
        parts.push(Part::Text(say(language, "citizen-missing-how")));
        parts.push(Part::List(missing));
    }
}

fn flush(items: &mut Vec<String>, parts: &mut Vec<Part>) {
    if !items.is_empty() {
        parts.push(Part::List(std::mem::take(items)));
    }
}

pub(super) fn contact(case: &Case, language: Language, parts: &mut Vec<Part>) {
    let Some(authority) = &case.authority else {
        return;
    };
    let mut facts = vec![(say(language, "office"), authority.name.get(language).to_owned())];
    if let Some(phone) = &authority.phone {
        facts.push((say(language, "phone"), phone.clone()));
    }
    if let Some(address) = &authority.address {
        facts.push((say(language, "address"), address.clone()));
    }
    parts.push(Part::Heading(say(language, "citizen-contact")));
    parts.push(Part::Facts(facts));
}

/// `**bold**` without its stars, `[word](address)` as `word (address)`.
fn plain(text: &str) -> String {
    let text = text.replace("**", "");
    let mut plain = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some((before, word, address, after)) = link(rest) {
        plain.push_str(before);
        plain.push_str(word);
        plain.push_str(" (");
        plain.push_str(address);
        plain.push(')');
        rest = after;
    }
    plain.push_str(rest);
    plain
}

/// The first link of a text: what stands before it, word, address, what stands behind it.
fn link(text: &str) -> Option<(&str, &str, &str, &str)> {
    let (before, rest) = text.split_once('[')?;
    let (word, rest) = rest.split_once("](")?;
    let (address, after) = rest.split_once(')')?;
    Some((before, word, address, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_rich_text_are_taken_out() {
        assert_eq!(
            plain("**Wichtig:** mehr auf [der Seite](https://a.example/b) und [dort](x)."),
            "Wichtig: mehr auf der Seite (https://a.example/b) und dort (x)."
        );
        assert_eq!(plain("nichts [davon] (hier"), "nichts [davon] (hier");
    }

    #[test]
    fn text_and_html_say_the_same_and_html_is_escaped() {
        let letter = Letter {
            language: Language::German,
            subject: "S".into(),
            heading: "Baum <fällen>".into(),
            parts: vec![
                Part::Heading("Vorgang".into()),
                Part::Facts(vec![("Name".into(), "<script>alert(1)</script>\nZeile 2".into())]),
                Part::List(vec!["a".into()]),
            ],
        };
        assert_eq!(letter.text(), "Baum <fällen>\n\nVORGANG\n\nName: <script>alert(1)</script>\n    Zeile 2\n\n- a\n");
        let html = letter.html();
        assert!(html.contains("<h1>Baum &lt;fällen&gt;</h1><h2>Vorgang</h2><dl><dt>Name</dt><dd>&lt;script&gt;"));
        assert!(html.starts_with("<!DOCTYPE html><html lang=\"de\">"));
    }
}
