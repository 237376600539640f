//! A municipality: one field for place or postcode; where several fit, they are radios.

use amtsweg_dsl::kind::Kind;
use maud::{Markup, html};

use super::choice::control_id;
use super::field::{self, Notes};
use super::sheet::{Id, Sheet};
use crate::journey::walk::Field;

/// The field for another place beside the candidates.
pub(crate) const OTHER: &str = "_other";
/// What had been typed when the candidates were shown.
pub(crate) const TYPED: &str = "_typed";

/// Draws a municipality.
pub(super) fn place(sheet: &Sheet<'_>, field: &Field<'_>) -> Markup {
    let found = sheet.error(&field.name).map(|error| error.places.as_slice()).unwrap_or_default();
    if field.places.len() > 1 {
        candidates(sheet, field, &field.places, false)
    } else if found.is_empty() {
        typed(sheet, field)
    } else {
        candidates(sheet, field, found, true)
    }
}

fn typed(sheet: &Sheet<'_>, field: &Field<'_>) -> Markup {
    let hint = field.question.hint.is_none().then(|| ("place", html! { (sheet.t().place_hint) }));
    let notes = Notes::new(sheet, field, &[hint]);
    let name = &field.name;
    let value = match sheet.posted {
        Some(posted) => posted.part(name, OTHER).to_owned(),
        None => String::new(),
    };
    let value = if value.is_empty() { sheet.line(field).into_owned() } else { value };
    html! {
        div class=(field::class(&notes)) {
            (field::label(sheet, field))
            (notes.markup(sheet, name))
            input id=(Id(name)) name=(name) type="text" class="w30" spellcheck="false" autocomplete=(token(field))
                aria-describedby=[notes.described.as_deref()] aria-invalid=[notes.error.map(|_| "true")] value=(value);
        }
    }
}

/// The field holds a place or a postcode: only the name of the town is offered by browsers.
fn token(field: &Field<'_>) -> &'static str {
    match field.question.kind {
        Kind::Municipality(_) => field::autocomplete(field).unwrap_or("off"),
        _ => "off",
    }
}

/// The places to choose from; with `other` also a field for another one.
fn candidates(sheet: &Sheet<'_>, field: &Field<'_>, keys: &[String], other: bool) -> Markup {
    let notes = Notes::new(sheet, field, &[]);
    let name = &field.name;
    let typed = sheet.posted.map(|posted| {
        let other = posted.part(name, OTHER);
        if other.is_empty() { posted.get(name).unwrap_or_default() } else { other }
    });
    let chosen = match (sheet.posted, field.value) {
        (Some(posted), _) => posted.get(name).unwrap_or_default(),
        (None, Some(value)) => value.as_str().unwrap_or_default(),
        (None, None) => "",
    };
    html! {
        fieldset class=(field::class(&notes)) aria-describedby=[notes.described.as_deref()] {
            (field::legend(sheet, field))
            (notes.markup(sheet, name))
            @for (index, key) in keys.iter().enumerate() {
                div.choice {
                    input type="radio" id=(control_id(name, index)) name=(name) value=(key) checked[chosen == key]
                        aria-invalid=[notes.error.map(|_| "true")];
                    label for=(control_id(name, index)) { (show(sheet, field, key)) }
                }
            }
            @if other {
                div.q {
                    label for={ "f-" (name) "." (OTHER) } { (sheet.t().place_other) }
                    input id={ "f-" (name) "." (OTHER) } name={ (name) "." (OTHER) } type="text" class="w30"
                        spellcheck="false" autocomplete="off" value=[typed];
                    input type="hidden" name={ (name) "." (TYPED) } value=[typed];
                }
            }
        }
    }
}

/// The name of a municipality; two of one name differ by their district.
fn show(sheet: &Sheet<'_>, field: &Field<'_>, key: &str) -> String {
    field.question.kind.show(&serde_json::Value::from(key), sheet.language(), sheet.around())
}
