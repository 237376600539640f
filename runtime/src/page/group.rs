//! Building blocks: groups of questions, and lists of such groups.

use amtsweg_dsl::model::{Item, Kind};
use maud::{Markup, html};

use super::field;
use super::rich;
use super::sheet::{Id, Sheet, first_control};
use crate::journey::walk::{Group, List, Node};

/// Draws what stands on a page. `level`: of the headings in it, 2 at the top.
pub(crate) fn nodes(sheet: &Sheet<'_>, nodes: &[Node<'_>], level: u8) -> Markup {
    html! {
        @for node in nodes {
            @match node {
                Node::Text { paragraph, name, entries } => {
                    div.text id=[paragraph.condition.is_some().then(|| Id(name))] { (rich::rich(&paragraph.text, sheet.language(), level, &|text| {
                        sheet.evaluator.fill(text, sheet.language(), entries)
                    })) }
                }
                Node::Field(field) => (field::field(sheet, field)),
                Node::Group(inner) => (group(sheet, inner, level)),
                Node::List(inner) => (list(sheet, inner, level)),
            }
        }
    }
}

fn group(sheet: &Sheet<'_>, group: &Group<'_>, level: u8) -> Markup {
    let heading = html! {
        (sheet.text(&group.question.label, &group.entries))
        @if group.question.optional { " " span.optional { (sheet.t().optional) } }
    };
    let alone = sheet.heading == Some(&group.name);
    let notes = Notes::new(sheet, &group.name, group.question.hint.as_ref(), &group.entries);
    html! {
        fieldset.group aria-describedby=[notes.described.as_deref()] {
            legend { (headed(if alone { 1 } else { level }, &heading)) }
            (notes.markup)
            (nodes(sheet, &group.nodes, if alone { level } else { level + 1 }))
        }
    }
}

fn list(sheet: &Sheet<'_>, list: &List<'_>, level: u8) -> Markup {
    let t = sheet.t();
    let each = sheet.plain(&list.repeat.each, &list.entries).into_owned();
    let alone = sheet.heading == Some(&list.name);
    let notes = Notes::new(sheet, &list.name, list.question.hint.as_ref(), &list.entries);
    let heading = html! {
        (sheet.text(&list.question.label, &list.entries))
        @if list.repeat.min == 0 { " " span.optional { (t.optional) } }
    };
    let count = list.items.len();
    html! {
        fieldset.group id={ "l-" (list.name) } tabindex="-1" aria-describedby=[notes.described.as_deref()] {
            legend { (headed(if alone { 1 } else { level }, &heading)) }
            (notes.markup)
            @for (index, item) in list.items.iter().enumerate() {
                fieldset.entry id={ "f-" (list.name) "." (index) } {
                    legend { (headed(level + 1, &html! { (t.entry_title(each.clone(), index + 1)) })) }
                    (nodes(sheet, item, level + 2))
                    @if count > list.repeat.min.max(1) as usize || (list.repeat.min == 0 && list.given > 0) {
                        button.second type="submit" name="_action" value={ "remove:" (list.name) "." (index) } {
                            (t.entry_remove(t.entry_title(each.clone(), index + 1)))
                        }
                    }
                }
            }
            @if count < list.repeat.max as usize {
                button.second type="submit" name="_action" value={ "add:" (list.name) } data-aim=[first_of_next(list)]
                    id=[(count == 0).then(|| Id(&list.name))] { (t.entry_add(each)) }
            }
        }
    }
}

/// The first control of the entry that would be added.
pub(crate) fn first_of_next(list: &List<'_>) -> Option<String> {
    let Kind::Block { items, .. } = &list.question.kind else {
        return None;
    };
    let first = items.iter().find_map(|item| match item {
        Item::Question(question) => Some(question),
        Item::Paragraph(_) => None,
    })?;
    let index = list.items.len().min((list.repeat.max as usize).saturating_sub(1));
    Some(first_control(&first.kind, &format!("{}.{index}.{}", list.name, first.key), [true; 3]))
}

/// A heading of a level; deeper ones stay at 4.
fn headed(level: u8, text: &Markup) -> Markup {
    match level {
        1 => html! { h1 { (text) } },
        2 => html! { h2 { (text) } },
        3 => html! { h3 { (text) } },
        _ => html! { h4 { (text) } },
    }
}

/// Hint and error of a group.
struct Notes {
    markup: Markup,
    described: Option<String>,
}

impl Notes {
    fn new(sheet: &Sheet<'_>, name: &str, hint: Option<&amtsweg_dsl::model::RichText>, entries: &[usize]) -> Self {
        let error = sheet.error(name);
        let warning = sheet.warning(name);
        let markup = html! {
            @if let Some(hint) = hint {
                p.hint id={ "f-" (name) "-hint" } {
                    (rich::rich_line(hint, sheet.language(), &|text| sheet.evaluator.fill(text, sheet.language(), entries)))
                }
            }
            @if let Some(warning) = warning { p.warning id={ "f-" (name) "-warning" } { (warning) } }
            @if let Some(error) = error {
                p.error id={ "f-" (name) "-error" } { span.hidden { (sheet.t().error_prefix) " " } (error.message) }
            }
        };
        let parts = [(hint.is_some(), "hint"), (warning.is_some(), "warning"), (error.is_some(), "error")];
        let ids: Vec<String> =
            parts.iter().filter(|(there, _)| *there).map(|(_, ending)| format!("f-{name}-{ending}")).collect();
        Self { markup, described: (!ids.is_empty()).then(|| ids.join(" ")) }
    }
}
