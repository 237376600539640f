//! A date: three fields, of which each can be wrong by itself.

use amtsweg_dsl::kind::{Input, Kind};
use maud::{Markup, html};

use super::field::{self, Notes};
use super::sheet::Sheet;
use crate::journey::walk::Field;

/// The parts of a date in the order of the page.
pub(crate) const PARTS: [&str; 3] = ["day", "month", "year"];

/// Draws a date.
pub(super) fn date(sheet: &Sheet<'_>, field: &Field<'_>) -> Markup {
    let t = sheet.t();
    let birth = matches!(field.question.kind, Kind::BirthDate { .. });
    let example = if birth { &t.birth_date_example } else { &t.date_example };
    let example = field.question.hint.is_none().then(|| ("example", html! { (example) }));
    let notes = Notes::new(sheet, field, &[example]);
    let values = values(sheet, field);
    let birthday = field.question.kind.autocomplete(&field.question.subject).is_some();
    let labels = [&t.day, &t.month, &t.year];
    html! {
        fieldset class=(field::class(&notes)) aria-describedby=[notes.described.as_deref()] {
            (field::legend(sheet, field))
            (notes.markup(sheet, &field.name))
            div.parts {
                @for (index, part) in PARTS.iter().enumerate() {
                    div.part {
                        label for={ "f-" (field.name) "." (part) } { (labels[index]) }
                        input id={ "f-" (field.name) "." (part) } name={ (field.name) "." (part) } type="text"
                            // A month may be typed as a word.
                            inputmode=[(index != 1).then_some("numeric")] class=(["w2", "w5", "w5"][index])
                            autocomplete=[token(birth, birthday, index)] spellcheck="false"
                            aria-invalid=[notes.error.filter(|error| error.parts[index]).map(|_| "true")]
                            value=(values[index]);
                    }
                }
            }
        }
    }
}

fn token(birth: bool, birthday: bool, index: usize) -> Option<&'static str> {
    match (birth, birthday) {
        (true, true) => Some(["bday-day", "bday-month", "bday-year"][index]),
        (true, false) => Some("off"),
        (false, _) => None,
    }
}

fn values(sheet: &Sheet<'_>, field: &Field<'_>) -> [String; 3] {
    if let Some(posted) = sheet.posted {
        return PARTS.map(|part| posted.part(&field.name, part).to_owned());
    }
    match sheet.input(field) {
        Some(Input::Date { day, month, year }) => [day, month, year],
        Some(Input::Line(line)) => [line, String::new(), String::new()],
        _ => Default::default(),
    }
}
