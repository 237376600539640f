//! A file: kinds and size are said before, what is there is listed and can be taken away.

use amtsweg_dsl::kind::{FileLimits, Kind};
use maud::{Markup, html};
use serde_json::Value as Json;

use super::field::{self, Notes};
use super::sheet::{Id, Sheet};
use crate::journey::walk::Field;
use crate::texts::Texts;

/// Draws a file.
pub(super) fn file(sheet: &Sheet<'_>, field: &Field<'_>) -> Markup {
    let Kind::File(limits) = &field.question.kind else {
        return html! {};
    };
    let t = sheet.t();
    let about = html! { (limits_text(t, limits)) };
    let many = (limits.max_count > 1).then(|| ("count", html! { (t.file_count_hint(limits.max_count)) }));
    let notes = Notes::new(sheet, field, &[Some(("limits", about)), many]);
    let name = &field.name;
    let present = files(field.value);
    let full = present.len() >= limits.max_count as usize;
    html! {
        div class=(field::class(&notes)) {
            (field::label(sheet, field))
            (notes.markup(sheet, name))
            // A single file may be replaced by another one.
            @if !full || limits.max_count == 1 {
                input id=(Id(name)) name=(name) type="file" accept=(accept(limits))
                    aria-describedby=[notes.described.as_deref()] aria-invalid=[notes.error.map(|_| "true")];
                button.second type="submit" name="_action" value={ "upload:" (name) } data-aim=(Id(name)) { (t.file_upload) span.hidden { ": " (sheet.plain(&field.question.label, &field.entries)) } }
            }
            @if !present.is_empty() {
                p { (t.file_present) ":" }
                ul.files {
                    @for (index, file) in present.iter().enumerate() {
                        li {
                            span { (file_name(file)) }
                            button.second type="submit" name="_action" value={ "drop:" (name) ":" (file_id(file)) } data-aim=(Id(name))
                                id=[(full && limits.max_count > 1 && index == 0).then(|| Id(name))] {
                                (t.file_remove_named(file_name(file)))
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The files of an answer: one or an array of them.
pub(crate) fn files(value: Option<&Json>) -> Vec<&Json> {
    match value {
        Some(Json::Array(files)) => files.iter().collect(),
        Some(file @ Json::Object(_)) => vec![file],
        _ => Vec::new(),
    }
}

pub(crate) fn file_name(file: &Json) -> &str {
    file.get("name").and_then(Json::as_str).unwrap_or_default()
}

pub(crate) fn file_id(file: &Json) -> &str {
    file.get("id").and_then(Json::as_str).unwrap_or_default()
}

/// `PDF oder JPEG, höchstens 5 MB`.
pub(crate) fn limits_text(t: &Texts, limits: &FileLimits) -> String {
    let names: Vec<&str> = limits.kinds.iter().map(|kind| kind.name()).collect();
    let kinds = match names.as_slice() {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [before @ .., last] => format!("{} {} {last}", before.join(", "), t.or_word),
    };
    let (mega, kilo) = (limits.max_size / 1_000_000, limits.max_size / 1_000);
    let size = if mega > 0 && limits.max_size.is_multiple_of(1_000_000) { t.size_mb(mega) } else { t.size_kb(kilo) };
    t.file_limits(kinds, size)
}

/// What the dialogue of the browser offers.
fn accept(limits: &FileLimits) -> String {
    limits.kinds.iter().map(|kind| kind.media_type()).collect::<Vec<_>>().join(",")
}
