//! The error summary and other notices above a form.

use maud::{Markup, html};

use super::rich::Plain;
use super::sheet::{FieldError, Id, Sheet, first_control};
use crate::journey::case::Case;
use crate::journey::walk::Node;
use crate::page::trouble::Trouble;
use crate::texts::Texts;

/// "Es gibt ein Problem", each error linked to its control.
///
/// Without a script `autofocus` moves the focus here when the page opens: browsers honour it on
/// whatever can be focused, and the address needs no fragment.
pub(crate) fn errors(t: &Texts, errors: &[FieldError]) -> Markup {
    html! {
        @if !errors.is_empty() {
            div.summary #fehler role="group" tabindex="-1" autofocus aria-labelledby="fehler-titel" {
                h2 #fehler-titel { (t.problem_title) }
                ul {
                    @for error in errors { li { a href={ "#" (Plain(&error.target)) } { (Plain(&error.message)) } } }
                }
            }
        }
    }
}

/// Something that is no error of the visitor, above the form with the answers.
pub(crate) fn notice(t: &Texts, trouble: &Trouble) -> Markup {
    let (title, text, more) = match trouble {
        Trouble::NoCookie => (&t.cookies_title, &t.cookies_text, None),
        Trouble::Forged => (&t.forbidden_title, &t.forbidden_text, Some(&t.forbidden_again)),
        Trouble::Conflict => (&t.conflict_title, &t.conflict_text, None),
        Trouble::Busy(_) => (&t.busy_title, &t.busy_kept, None),
        Trouble::Closed => (&t.closed_send_title, &t.closed_send_kept, None),
        Trouble::Refused => (&t.refused_title, &t.refused_text, None),
        _ => (&t.broken_title, &t.busy_kept, None),
    };
    html! {
        div.notice #hinweis role="group" tabindex="-1" autofocus aria-labelledby="hinweis-titel" {
            h2 #hinweis-titel { (title) }
            p { (text) }
            @if let Some(more) = more { p { (more) } }
        }
    }
}

/// What the answers have brought to the page since it was sent, linked to where it stands.
pub(crate) fn more(sheet: &Sheet<'_>, case: &Case, nodes: &[Node<'_>]) -> Markup {
    let t = sheet.t();
    let (texts, fields) = case.new_on(nodes);
    html! {
        @if !(texts.is_empty() && fields.is_empty()) {
            div.notice #hinweis role="group" tabindex="-1" autofocus aria-labelledby="hinweis-titel" {
                h2 #hinweis-titel { (t.more_title) }
                ul {
                    @for name in texts { li { a href={ "#" (Id(name)) } { (t.more_text) } } }
                    @for field in fields {
                        li {
                            a href={ "#" (first_control(&field.question.kind, &field.name, [true; 3])) } {
                                (sheet.text(&field.question.label, &field.entries))
                            }
                        }
                    }
                }
            }
        }
    }
}
