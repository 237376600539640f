//! The versions of a procedure beside one another: each has a number and days of its own, and the
//! one before lies in the same folder.

use jiff::civil::Date;

use super::adopt;
use super::thing::Thing;
use super::world::World;
use crate::diagnostic::{Both, Diagnostic, Problem};
use crate::kind::show_date;
use crate::model::{Language, Procedure};
use crate::syntax::Span;
use crate::syntax::keyword::{Fixed, Heading, Key};

/// Reports a version that has the number or a day of an earlier one; whether it does.
pub(super) fn clashes<'k>(
    world: &World<'_>,
    thing: &Thing,
    new: &Procedure,
    earlier: impl Iterator<Item = &'k (&'k Thing, Procedure)>,
) -> bool {
    // The last one before it: where its end is set right, those before do not matter.
    let last = earlier.filter(|(_, old)| overlap(old, new)).max_by_key(|(_, old)| old.valid_from);
    let Some((earlier, old)) = last else { return false };
    let file = file_name(world, earlier);
    let problem = if old.version == new.version {
        Problem::VersionTwice { version: new.version.to_string(), file }
    } else if let Some(line) = ended(world, earlier, old, new.valid_from) {
        let last = old.valid_until.and_then(|until| until.yesterday().ok()).unwrap_or(old.valid_from);
        let days = Both::each(|reader| {
            let (last, day) = (show_date(last, reader), show_date(new.valid_from, reader));
            match reader {
                Language::English => format!("is valid to {last}, but this one begins on {day} already"),
                _ => format!("gilt bis {last}, diese beginnt aber schon am {day}"),
            }
        });
        Problem::VersionOverlap { old: old.version.to_string(), file, days, line }
    } else {
        let (old, new) = (old.version.to_string(), new.version.to_string());
        Problem::VersionSameDay { old, file, new }
    };
    let mut message = Diagnostic::new(problem, &thing.file, place(thing));
    message.related.push((earlier.file.clone(), place(earlier)));
    world.say(message);
    true
}

/// Says of a version that is not the first one and lies there alone that the one before is missing.
pub(super) fn alone(world: &World<'_>, things: &[&Thing]) {
    let [thing] = things else { return };
    // Where a transition names the one before, that is said there.
    let names_it = thing.node.children.iter().any(|node| node.heading == Heading::Transition);
    if let Some(number) = adopt::number(thing).filter(|number| *number > 1 && !names_it) {
        let stem = stem(world, thing);
        let (version, before) = (number.to_string(), number - 1);
        let problem = Problem::VersionAlone { version, file: format!("{stem}.{before}.amt") };
        world.say(Diagnostic::new(problem, &thing.file, place(thing)));
    }
}

/// Whether a version lies in the folder, also one with mistakes.
pub(super) fn is_there(world: &World<'_>, things: &[&Thing], thing: &Thing, number: u32) -> bool {
    if things.iter().any(|other| adopt::number(other) == Some(number)) {
        return true;
    }
    let home = home(world, thing);
    let folder = home.rsplit_once('/').map(|(folder, _)| format!("{folder}/")).unwrap_or_default();
    world.has_file(&format!("{folder}{}.{number}.amt", stem(world, thing)))
}

/// The name of a file of this procedure with another number.
pub(super) fn file_of(world: &World<'_>, thing: &Thing, number: u32) -> String {
    format!("{}.{number}.amt", stem(world, thing))
}

/// What a file has to be called that describes `name`: with its version from the second one on.
pub(super) fn right_name(thing: &Thing, name: &str, base: &str) -> String {
    let rest = base.split_once('.').map_or("amt", |(_, rest)| rest);
    match adopt::number(thing).filter(|number| *number > 1 && rest == "amt") {
        Some(number) => format!("{name}.{number}.amt"),
        None => format!("{name}.{rest}"),
    }
}

fn home<'w>(world: &'w World<'_>, thing: &'w Thing) -> &'w str {
    world.patchwork(&thing.file).map_or(&thing.file, |patchwork| &patchwork.home.0)
}

fn file_name(world: &World<'_>, thing: &Thing) -> String {
    let home = home(world, thing);
    home.rsplit('/').next().unwrap_or(home).to_owned()
}

fn stem(world: &World<'_>, thing: &Thing) -> String {
    let name = file_name(world, thing);
    name.split('.').next().unwrap_or(&name).to_owned()
}

/// The line with the number, or the heading.
fn place(thing: &Thing) -> Span {
    thing.node.key(Key::Version).map_or(thing.node.span, |line| Span::new(line.key_span.start, line.value_span.end))
}

/// `Fassung: 1, gültig ab 01.01.2027 bis 31.12.2027`: the line of a version that ends before a day;
/// `None` where it begins no earlier.
fn ended(world: &World<'_>, thing: &Thing, procedure: &Procedure, day: Date) -> Option<String> {
    let last = day.yesterday().ok().filter(|last| procedure.valid_from <= *last)?;
    let at = place(thing).start;
    let language = world.language_at(&thing.file, at).unwrap_or(thing.language);
    let written = |day: Date| format!("{:02}.{:02}.{:04}", day.day(), day.month(), day.year());
    Some(format!(
        "{}: {}, {} {} {} {}",
        Key::Version.spelling(language),
        procedure.version,
        Fixed::ValidFrom.spelling(language),
        written(procedure.valid_from),
        Fixed::To.spelling(language),
        written(last)
    ))
}

/// Whether two versions have the same number, or a day on which both are valid. A version without a
/// last day is valid until the next one begins.
fn overlap(earlier: &Procedure, later: &Procedure) -> bool {
    earlier.version == later.version
        || earlier.valid_from == later.valid_from
        || earlier.valid_until.is_some_and(|until| later.valid_from < until)
}
