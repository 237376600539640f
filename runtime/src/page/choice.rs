//! Choices: radios, boxes, a select, the one box of a declaration.

use std::borrow::Cow;

use amtsweg_dsl::kind::{Choices, Input, Kind, countries};
use amtsweg_dsl::model::{Language, Text, Values};
use maud::{Markup, html};

use super::field::{self, Notes};
use super::rich::Plain;
use super::sheet::{Id, Sheet};
use crate::journey::walk::Field;

/// Something that can be chosen.
struct Offer<'a> {
    key: Cow<'a, str>,
    label: Label<'a>,
    hint: Option<&'a Text>,
}

enum Label<'a> {
    Text(&'a Text),
    Plain(&'a str),
}

/// What is offered here and today.
fn offers<'a>(sheet: &'a Sheet<'_>, field: &Field<'a>) -> Vec<Offer<'a>> {
    let t = sheet.t();
    let plain = |key: &'static str, label: &'a str| Offer { key: key.into(), label: Label::Plain(label), hint: None };
    match &field.question.kind {
        Kind::YesNo => vec![plain("ja", &t.yes), plain("nein", &t.no)],
        Kind::Country => {
            let language = if sheet.language() == Language::English { Language::English } else { Language::German };
            countries(language).into_iter().map(|(key, name)| plain(key, name)).collect()
        }
        Kind::OneOf(choices) | Kind::SeveralOf { choices, .. } => of(sheet, field, choices),
        _ => Vec::new(),
    }
}

fn of<'a>(sheet: &'a Sheet<'_>, field: &Field<'a>, choices: &'a Choices) -> Vec<Offer<'a>> {
    match choices {
        Choices::Options(options) => options
            .iter()
            .filter(|option| {
                option.condition.as_ref().is_none_or(|condition| sheet.evaluator.holds(condition, &field.entries))
            })
            .map(|option| Offer {
                key: option.key.as_str().into(),
                label: Label::Text(&option.label),
                hint: option.hint.as_ref(),
            })
            .collect(),
        Choices::List { name, only } => {
            let today = sheet.around().today;
            let allowed = |key: &str| match only.as_ref().map(|set| &set.values) {
                Some(Values::Keys(keys)) => keys.iter().any(|own| own == key),
                _ => true,
            };
            let values = sheet.procedure.lists.get(name).map(|list| list.values.as_slice()).unwrap_or_default();
            values
                .iter()
                .filter(|value| allowed(&value.key))
                .filter(|value| value.valid_from.is_none_or(|from| from <= today))
                .filter(|value| value.valid_to.is_none_or(|to| today <= to))
                .map(|value| Offer { key: value.key.as_str().into(), label: Label::Text(&value.label), hint: None })
                .collect()
        }
    }
}

/// The keys that are chosen: what was posted, else the answer.
fn chosen(sheet: &Sheet<'_>, field: &Field<'_>) -> Vec<String> {
    if let Some(posted) = sheet.posted {
        return posted.all(&field.name).map(str::to_owned).collect();
    }
    match sheet.input(field) {
        Some(Input::Line(line)) => vec![line],
        Some(Input::Many(many)) => many,
        _ => Vec::new(),
    }
}

/// One of a few.
pub(super) fn radios(sheet: &Sheet<'_>, field: &Field<'_>) -> Markup {
    boxes(sheet, field, "radio")
}

/// Several of a few.
pub(super) fn checkboxes(sheet: &Sheet<'_>, field: &Field<'_>) -> Markup {
    boxes(sheet, field, "checkbox")
}

fn boxes(sheet: &Sheet<'_>, field: &Field<'_>, kind: &'static str) -> Markup {
    let notes = Notes::new(sheet, field, &[]);
    let chosen = chosen(sheet, field);
    html! {
        fieldset class=(field::class(&notes)) aria-describedby=[notes.described.as_deref()] {
            (field::legend(sheet, field))
            (notes.markup(sheet, &field.name))
            @for (index, offer) in offers(sheet, field).iter().enumerate() {
                (choice(sheet, field, offer, &control_id(&field.name, index), kind, &chosen, notes.error.is_some()))
            }
        }
    }
}

/// The first choice has the id of the question: links of the error summary lead there.
pub(super) fn control_id(name: &str, index: usize) -> String {
    if index == 0 { format!("f-{name}") } else { format!("f-{name}-{}", index + 1) }
}

fn choice(
    sheet: &Sheet<'_>,
    field: &Field<'_>,
    offer: &Offer<'_>,
    id: &str,
    kind: &str,
    chosen: &[String],
    wrong: bool,
) -> Markup {
    let hint = offer.hint.map(|hint| (format!("{id}-hint"), sheet.text(hint, &field.entries)));
    html! {
        div.choice {
            input type=(kind) id=(Plain(id)) name=(Plain(&field.name)) value=(Plain(&offer.key))
                checked[chosen.iter().any(|key| *key == offer.key)]
                aria-describedby=[hint.as_ref().map(|(id, _)| id.as_str())] aria-invalid=[wrong.then_some("true")];
            label for=(Plain(id)) { (label(sheet, field, offer)) }
            @if let Some((id, hint)) = &hint { p.hint id=(id) { (hint) } }
        }
    }
}

fn label(sheet: &Sheet<'_>, field: &Field<'_>, offer: &Offer<'_>) -> Markup {
    match offer.label {
        Label::Text(text) => sheet.text(text, &field.entries),
        Label::Plain(text) => html! { (text) },
    }
}

/// One of many.
pub(super) fn select(sheet: &Sheet<'_>, field: &Field<'_>) -> Markup {
    let notes = Notes::new(sheet, field, &[]);
    let chosen = chosen(sheet, field);
    let offers = offers(sheet, field);
    let name = &field.name;
    // What was posted and is not offered is kept all the same.
    let stranger = chosen.first().filter(|key| !key.is_empty() && !offers.iter().any(|offer| offer.key == **key));
    html! {
        div class=(field::class(&notes)) {
            (field::label(sheet, field))
            (notes.markup(sheet, name))
            select id=(Id(name)) name=(name) autocomplete=[field::autocomplete(field)]
                aria-describedby=[notes.described.as_deref()] aria-invalid=[notes.error.map(|_| "true")] {
                option value="" { (sheet.t().choose) }
                @if let Some(stranger) = stranger { option value=(stranger) selected { (stranger) } }
                @for offer in &offers {
                    option value=(offer.key) selected[chosen.iter().any(|key| *key == offer.key)] {
                        @match offer.label {
                            Label::Text(text) => (sheet.plain(text, &field.entries)),
                            Label::Plain(text) => (text),
                        }
                    }
                }
            }
        }
    }
}

/// One box to tick.
pub(super) fn declaration(sheet: &Sheet<'_>, field: &Field<'_>) -> Markup {
    let notes = Notes::new(sheet, field, &[]);
    let given = chosen(sheet, field).iter().any(|value| !value.is_empty());
    let name = &field.name;
    html! {
        div class=(field::class(&notes)) {
            (notes.markup(sheet, name))
            div.choice {
                input type="checkbox" id=(Id(name)) name=(name) value="ja" checked[given]
                    aria-describedby=[notes.described.as_deref()] aria-invalid=[notes.error.map(|_| "true")];
                label for=(Id(name)) { (field::label_text(sheet, field)) }
            }
        }
    }
}
