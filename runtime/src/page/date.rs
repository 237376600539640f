//! A date: three fields, of which each can be wrong by itself.

use amtsweg_dsl::kind::{Input, Kind};
use jiff::civil::Date;
use maud::{Markup, html};

use super::field::{self, Notes};
use super::rich::Plain;
use super::sheet::{Id, Sheet};
use crate::journey::walk::Field;

/// The parts of a date in the order of the page.
pub(crate) const PARTS: [&str; 3] = ["day", "month", "year"];

/// Draws a date.
pub(super) fn date(sheet: &Sheet<'_>, field: &Field<'_>) -> Markup {
    let t = sheet.t();
    let (birth, limits) = match &field.question.kind {
        Kind::BirthDate { limits, .. } => (true, Some(limits)),
        Kind::Date(limits) => (false, Some(limits)),
        _ => (false, None),
    };
    let today = sheet.around().today;
    let example = example(birth, limits.map_or((None, None), |limits| limits.days(today)), today);
    let example = t.date_example(i64::from(example.day()), i64::from(example.month()), example.year().to_string());
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
                        label for={ (Id(&field.name)) "." (part) } { (Plain(labels[index])) }
                        input id={ (Id(&field.name)) "." (part) } name={ (Plain(&field.name)) "." (part) } type="text"
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

/// A day to show as an example: one that would be taken, and the same whole year long where that is possible.
fn example(birth: bool, (from, to): (Option<Date>, Option<Date>), today: Date) -> Date {
    let taken = |day: &Date| from.is_none_or(|from| from <= *day) && to.is_none_or(|to| *day <= to);
    let years = if birth { [-40, -20, -60, -10, -80, -5] } else { [1, 0, -1, 2, -2, -10] };
    let mut spring = years.iter().filter_map(|&years| Date::new(today.year() + years, 3, 27).ok());
    spring.find(taken).or(from).or(to).unwrap_or(today)
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
