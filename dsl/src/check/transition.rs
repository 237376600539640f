//! What becomes of drafts of the version before ("Übergang"): the lines are read, and every change
//! that would leave an answer without a place has one.

use std::cell::RefCell;

use super::expressions::{Context, Lower};
use super::names::json_key;
use super::thing::Thing;
use super::types::Type;
use super::world::World;
use super::{adopt, answer_paths, numbering};
use crate::compare::{Change, Node as Place, What, compare, nodes};
use crate::diagnostic::{Both, Diagnostic, Problem, closest};
use crate::kind::{Choices, Kind};
use crate::model::{AnswerPath, Conversion, Procedure, Question, Set, Transition, TransitionStep};
use crate::syntax::keyword::{Fixed, Heading, Inner, Key};
use crate::syntax::{KeyLine, Node, Span, TableCell, split_items};

/// Reads the lines of a version and holds it against the version before; whether nothing is missing.
pub(super) fn check(
    world: &World<'_>,
    thing: &Thing,
    new: &mut Procedure,
    earlier: &[(&Thing, &Procedure)],
    all: &[&Thing],
) {
    let mut begun: Vec<(u32, Node)> = Vec::new();
    let mut unreadable: Vec<String> = Vec::new();
    for node in thing.node.children.iter().filter(|node| node.heading == Heading::Transition) {
        let Some(from) = number(world, thing, node, earlier) else { continue };
        let old = earlier.iter().find(|(_, old)| old.version == from).map(|(_, old)| *old);
        // One with mistakes lies there, and they are told at it.
        if old.is_none() && !numbering::is_there(world, all, thing, from) {
            let file = numbering::file_of(world, thing, from);
            let problem = Problem::TransitionVersion { version: from.to_string(), file };
            world.say(Diagnostic::new(problem, &thing.file, node.span));
        }
        let unread = RefCell::default();
        let steps = Reader { world, thing, lower: Lower::new(world, thing), old, new, unread: &unread }.steps(node);
        unreadable.extend(unread.into_inner());
        match new.transitions.iter_mut().find(|transition| transition.from == from) {
            Some(same) => same.steps.extend(steps),
            None => new.transitions.push(Transition { from, steps }),
        }
        begun.push((from, node.clone()));
    }
    let before = earlier.iter().filter(|(_, old)| old.version < new.version).max_by_key(|(_, old)| old.version);
    let Some((_, old)) = before else { return };
    let between = |number: u32| old.version < number && number < new.version;
    if all.iter().filter_map(|other| adopt::number(other)).any(between) {
        // The one before has mistakes: it is not this one that drafts come from.
        return;
    }
    // Of the blocks for this version that of the town, which takes along the one of its template.
    let own = |node: &Node| !adopt::is_of_template(world, thing, node.span);
    let blocks = || begun.iter().filter(|(from, _)| *from == old.version).map(|(_, node)| node);
    let heading = blocks().find(|node| own(node));
    let changes = compare(old, new).changes;
    let moved = moved(&changes, old, new);
    for change in changes.iter().filter(|change| change.uncovered) {
        // Lines that could not be read are reported already; what they are about follows from them.
        let name = world.spelled_answer(&change.path.join("."));
        if unreadable.iter().any(|line| line.split([' ', ',', '=', ';']).any(|word| word == name)) {
            continue;
        }
        if moved.iter().any(|(_, to)| *to == change.path) {
            continue;
        }
        let problem = match moved.iter().find(|(from, _)| *from == change.path) {
            Some((from, to)) => renamed(world, thing, from, to, old),
            None => missing(world, thing, change, old),
        };
        let (problem, span) = match heading {
            None if thing.origin.is_some() => (of_town(problem), adopt::place_of(world, thing, &change.path)),
            heading => (problem, heading.map_or(thing.node.span, |node| node.span)),
        };
        world.say(Diagnostic::new(problem, &thing.file, span));
    }
}

/// The same in an adoption without a block of its own: it belongs into the file of the town.
fn of_town(problem: Problem) -> Problem {
    match problem {
        Problem::TransitionGone { name, dropped, version, .. } => {
            let said = Both::new("gibt es hier nicht mehr", "does not exist here any more");
            Problem::TransitionOfTown { name, said, line: dropped, version }
        }
        Problem::TransitionMissing { name, said, line, version } => {
            Problem::TransitionOfTown { name, said, line, version }
        }
        other => other,
    }
}

/// The version that a heading names. That of a template names a version of the template: here it is
/// the town's own version which has adopted that one.
fn number(world: &World<'_>, thing: &Thing, node: &Node, earlier: &[(&Thing, &Procedure)]) -> Option<u32> {
    let Ok(number) = node.name_text().parse::<u32>() else {
        let word = node.heading.spelling(thing.language).to_owned();
        world.say(Diagnostic::new(Problem::TransitionHeading { word }, &thing.file, node.span));
        return None;
    };
    let origin = thing.origin.as_ref().filter(|origin| {
        let patchwork = world.patchwork(&thing.file);
        patchwork.and_then(|patchwork| patchwork.origin(node.span)).is_some_and(|(file, _)| file == origin.file)
    });
    match origin {
        None => Some(number),
        Some(origin) => earlier
            .iter()
            .find(|(other, _)| {
                other.origin.as_ref().is_some_and(|other| other.key == origin.key && other.version == number)
            })
            .map(|(_, old)| old.version),
    }
}

/// Questions that have another name now and ask the same in the same words.
fn moved(changes: &[Change], old: &Procedure, new: &Procedure) -> Vec<(AnswerPath, AnswerPath)> {
    let text = |procedure: &Procedure, path: &AnswerPath| {
        nodes(procedure).into_iter().find_map(|(other, place)| match place {
            Place::Question(question) if other == *path => Some(question.label.clone()),
            _ => None,
        })
    };
    let uncovered = |dropped: bool| {
        changes.iter().filter(move |change| change.uncovered && matches!(change.what, What::Dropped) == dropped)
    };
    let twin = |gone: &Change| {
        let asked = text(old, &gone.path)?;
        let around = gone.path.split_last().map(|(_, around)| around);
        let mut same = uncovered(false).filter(|change| {
            change.path.split_last().map(|(_, around)| around) == around
                && text(new, &change.path).is_some_and(|text| text == asked)
                && text(old, &change.path).is_none()
        });
        let first = same.next()?;
        same.next().is_none().then(|| (gone.path.clone(), first.path.clone()))
    };
    uncovered(true).filter_map(twin).collect()
}

fn renamed(world: &World<'_>, thing: &Thing, from: &AnswerPath, to: &AnswerPath, old: &Procedure) -> Problem {
    let (name, to) = (world.spelled_answer(&from.join(".")), world.spelled_answer(&to.join(".")));
    let line = format!("{}: {name} {} {to}", Key::Renamed.spelling(thing.language), becomes(thing));
    let said = Both::new(format!("heißt jetzt wohl „{to}“"), format!("seems to be called “{to}” now"));
    Problem::TransitionMissing { name, said, line, version: old.version.to_string() }
}

/// What is said of a change for which no line stands.
fn missing(world: &World<'_>, thing: &Thing, change: &Change, old: &Procedure) -> Problem {
    let name = world.spelled_answer(&change.path.join("."));
    let word = |key: Key| key.spelling(thing.language);
    let version = old.version.to_string();
    let said = match &change.what {
        What::Dropped => {
            let dropped = format!("{}: {name}", word(Key::Dropped));
            let renamed = format!("{}: {name} {} …", word(Key::Renamed), becomes(thing));
            return Problem::TransitionGone { name, dropped, renamed, version };
        }
        What::Retyped => Both::new("hat eine andere Art", "has another kind"),
        What::AtOnce => Both::new(
            "durfte nachgereicht werden und muss jetzt gleich dabei sein",
            "could be sent later and must be there at once now",
        ),
        What::Required => Both::new(
            "durfte leer bleiben und muss jetzt beantwortet werden",
            "could be left empty and must be answered now",
        ),
        _ => Both::new("ist neu", "is new"),
    };
    let line = format!("{}: {name}", word(Key::AskedAnew));
    Problem::TransitionMissing { name, said, line, version }
}

fn becomes(thing: &Thing) -> &'static str {
    Fixed::Becomes.spelling(thing.language)
}

struct Reader<'a> {
    world: &'a World<'a>,
    thing: &'a Thing,
    lower: Lower<'a>,
    old: Option<&'a Procedure>,
    new: &'a Procedure,
    /// Values of lines that could not be read.
    unread: &'a RefCell<Vec<String>>,
}

impl Reader<'_> {
    fn say(&self, problem: Problem, span: Span) {
        self.world.say(Diagnostic::new(problem, &self.thing.file, span));
    }

    fn steps(&self, node: &Node) -> Vec<TransitionStep> {
        let mut steps = Vec::new();
        for (index, line) in node.keys.iter().enumerate() {
            let Some(key) = line.key else { continue };
            let next = node.keys.get(index + 1).map_or(usize::MAX, |next| next.key_span.start);
            let rows: Vec<_> = node
                .rows
                .iter()
                .filter(|(_, span)| line.key_span.start < span.start && span.start < next)
                .map(|(cells, span)| (cells.as_slice(), *span))
                .collect();
            if key != Key::Converted
                && let Some((_, span)) = rows.first()
            {
                let heading = line.words.clone();
                self.say(Problem::LineNotHere { kind: Both::new("Eine Tabelle", "A table"), heading }, *span);
            }
            match key {
                Key::Renamed => steps.extend(self.or_unread(self.renamed(line), line)),
                Key::Dropped => {
                    steps.extend(self.listed(line, true).into_iter().map(|path| TransitionStep::Dropped { path }))
                }
                Key::AskedAnew => {
                    steps.extend(self.listed(line, false).into_iter().map(|path| TransitionStep::AskedAnew { path }));
                }
                Key::New => steps.extend(self.or_unread(self.filled(line), line)),
                Key::Converted => steps.extend(self.or_unread(self.converted(line, &rows), line)),
                _ => {}
            }
        }
        steps
    }

    /// What a line says; what one is about that cannot be read is remembered.
    fn or_unread(&self, step: Option<TransitionStep>, line: &KeyLine) -> Option<TransitionStep> {
        if step.is_none() {
            self.unread.borrow_mut().push(line.value.clone());
        }
        step
    }

    /// `a, hunde.b`: places of the old version or of the new one.
    fn listed(&self, line: &KeyLine, of_old: bool) -> Vec<AnswerPath> {
        let items = split_items(&line.value, line.value_span.start);
        items.into_iter().filter_map(|(item, span)| self.place(&item, span, of_old)).collect()
    }

    /// A place by its name; reports one that its version has not got.
    fn place(&self, name: &str, span: Span, of_old: bool) -> Option<AnswerPath> {
        let path: AnswerPath = name.trim().split('.').map(json_key).collect();
        let procedure = if of_old { self.old } else { Some(self.new) };
        let Some(procedure) = procedure else { return Some(path) };
        let known = nodes(procedure);
        if known.iter().any(|(other, _)| *other == path) {
            return Some(path);
        }
        let names: Vec<String> = known.iter().map(|(path, _)| self.world.spelled_answer(&path.join("."))).collect();
        let suggestion = closest(name.trim(), names.iter().map(String::as_str));
        let problem = Problem::TransitionName { name: name.trim().to_owned(), version: procedure.version.to_string() };
        self.world.say(Diagnostic { suggestion, ..Diagnostic::new(problem, &self.thing.file, span) });
        None
    }

    /// `a wird b`, and whether `, sonst neu fragen` follows.
    fn pair(&self, line: &KeyLine) -> Option<(AnswerPath, AnswerPath, bool)> {
        let items = split_items(&line.value, line.value_span.start);
        let otherwise = |item: &str| Fixed::find(item).is_some_and(|found| found.word == Fixed::OtherwiseAskAnew);
        let read = || {
            let (first, span) = items.first()?;
            let mut words = first.split_whitespace();
            let (from, becomes, to) = (words.next()?, words.next()?, words.next()?);
            let right = Fixed::find(becomes).is_some_and(|found| found.word == Fixed::Becomes);
            let rest = items.get(1).map(|(item, _)| item.as_str());
            (right && words.next().is_none() && rest.is_none_or(otherwise) && items.len() < 3).then_some(())?;
            let start = span.start + first.find(to).filter(|at| *at > 0).or_else(|| first.rfind(to)).unwrap_or(0);
            Some((
                from.to_owned(),
                Span::new(span.start, span.start + from.len()),
                to.to_owned(),
                Span::new(start, start + to.len()),
                rest.is_some(),
            ))
        };
        let Some((from, from_span, to, to_span, ask)) = read() else {
            self.pair_form(line);
            return None;
        };
        let old = self.place(&from, from_span, true);
        let new = self.place(&to, to_span, false);
        let (old, new) = (old?, new?);
        if self.old.is_some() && self.repeats(&old, true) != self.repeats(&new, false) {
            self.say(Problem::TransitionRepeat { from, to }, line.value_span);
            return None;
        }
        Some((old, new, ask))
    }

    /// Says how a line is written that should lead from one name to another: with the names in it, where two are.
    fn pair_form(&self, line: &KeyLine) {
        let becomes = becomes(self.thing);
        let known = |name: &str, of_old: bool| {
            let path: AnswerPath = name.split('.').map(json_key).collect();
            let procedure = if of_old { self.old } else { Some(self.new) };
            procedure.is_some_and(|procedure| nodes(procedure).iter().any(|(other, _)| *other == path))
        };
        let words: Vec<&str> = line
            .value
            .split(|c: char| c.is_whitespace() || matches!(c, ',' | '=' | '>' | '→' | ';'))
            .filter(|word| !matches!(*word, "" | "-" | "–"))
            .collect();
        let names = match words.as_slice() {
            [from, .., to] if known(from, true) && known(to, false) => Some((*from, *to)),
            _ => None,
        };
        let (from, to) = names.unwrap_or(("hunde.chip", "hunde.chipnummer"));
        let example = format!("{from} {becomes} {to}");
        let problem = Problem::TransitionForm { word: line.words.clone(), example: example.clone() };
        let fix = names.map(|_| (line.value_span, example));
        self.world.say(Diagnostic { fix, ..Diagnostic::new(problem, &self.thing.file, line.value_span) });
    }

    /// How many repeats stand round a place.
    fn repeats(&self, path: &[String], of_old: bool) -> usize {
        let procedure = if of_old { self.old } else { Some(self.new) };
        let repeated = |place: &Place<'_>| match place {
            Place::Repeat(_) => true,
            Place::Question(question) => question.repeat.is_some(),
        };
        let all = procedure.map(nodes).unwrap_or_default();
        all.iter()
            .filter(|(other, place)| other.len() < path.len() && path.starts_with(other) && repeated(place))
            .count()
    }

    fn question(&self, path: &[String], of_old: bool) -> Option<&Question> {
        let procedure = if of_old { self.old } else { Some(self.new) };
        nodes(procedure?).into_iter().find_map(|(other, place)| match place {
            Place::Question(question) if other == path => Some(question),
            _ => None,
        })
    }

    fn renamed(&self, line: &KeyLine) -> Option<TransitionStep> {
        let (from, to, otherwise_ask) = self.pair(line)?;
        if let (Some(old), Some(a), Some(b), false) =
            (self.old, self.question(&from, true), self.question(&to, false), otherwise_ask)
            && crate::compare::fit(&a.kind, old, &b.kind, self.new) == crate::compare::Fit::Other
        {
            let ask = Fixed::OtherwiseAskAnew.spelling(self.thing.language).to_owned();
            self.say(Problem::TransitionRetyped { from: from.join("."), to: to.join("."), ask }, line.value_span);
        }
        Some(TransitionStep::Renamed { from, to, otherwise_ask })
    }

    /// `neu: a = wert`
    fn filled(&self, line: &KeyLine) -> Option<TransitionStep> {
        let Some((name, value)) = line.value.split_once('=') else {
            let word = line.words.clone();
            self.say(Problem::TransitionNewForm { word }, line.value_span);
            return None;
        };
        let start = line.value_span.start;
        let path = self.place(name, Span::new(start, start + name.trim_end().len()), false)?;
        let span = Span::new(start + name.len() + 1, line.value_span.end);
        let value = self.value(&path, value, span)?;
        Some(TransitionStep::New { path, value })
    }

    /// A value as an author writes it, for a question of the new version.
    fn value(&self, path: &[String], text: &str, span: Span) -> Option<serde_json::Value> {
        let question = self.question(path, false)?;
        let today = self.new.valid_from;
        match answer_paths::read(self.new, self.world.regions, question, text, today) {
            Ok(value) => Some(value),
            Err(state) => {
                let reason = Both::each(|reader| question.kind.message(&state, question.label.get(reader), reader));
                let name = self.world.spelled_answer(&path.join("."));
                let value = text.trim().to_owned();
                let known = self.answers(question);
                if known.is_empty() {
                    self.say(Problem::TransitionValue { value, name, reason }, span);
                    return None;
                }
                // For authors: what can be answered, not what a citizen would be told.
                let shown: Vec<&str> = known.iter().map(String::as_str).collect();
                let suggestion = closest(&value, shown.iter().copied())
                    .or_else(|| known.iter().find(|known| known.to_lowercase() == value.to_lowercase()).cloned());
                let problem = Problem::UnknownOption { name: value, question: name, known: Both::some_of(&shown) };
                self.world.say(Diagnostic { suggestion, ..Diagnostic::new(problem, &self.thing.file, span) });
                None
            }
        }
    }

    /// The answers of a question that has only a few, as an author writes them.
    fn answers(&self, question: &Question) -> Vec<String> {
        match &question.kind {
            Kind::YesNo => [Inner::Yes, Inner::No].map(|word| word.spelling(self.thing.language).to_owned()).to_vec(),
            Kind::OneOf(Choices::Options(options)) | Kind::SeveralOf { choices: Choices::Options(options), .. } => {
                options.iter().map(|option| self.world.spelled(&option.key)).collect()
            }
            _ => Vec::new(),
        }
    }

    fn converted(&self, line: &KeyLine, rows: &[(&[TableCell], Span)]) -> Option<TransitionStep> {
        let (from, to, _) = self.pair(line)?;
        let Some(((head, head_span), body)) = rows.split_first() else {
            self.say(Problem::ConversionTable { from: last(&from), to: last(&to) }, line.value_span);
            return None;
        };
        let right =
            matches!(head, [a, b] if json_key(&a.text) == last(&from) && json_key(&b.text) == last(&to) && b.result);
        if !right {
            self.say(Problem::ConversionTable { from: last(&from), to: last(&to) }, *head_span);
            return None;
        }
        let old = self.question(&from, true);
        let conversions =
            body.iter().filter_map(|(cells, span)| self.conversion(cells, *span, old, &from, &to)).collect::<Vec<_>>();
        if conversions.len() == body.len()
            && let Some(old) = old
        {
            self.complete(&old.kind, &conversions, body, line);
        }
        Some(TransitionStep::Converted { from, to, rows: conversions })
    }

    fn conversion(
        &self,
        cells: &[TableCell],
        span: Span,
        old: Option<&Question>,
        from: &[String],
        to: &[String],
    ) -> Option<Conversion> {
        let [when, then] = cells else {
            self.say(Problem::ConversionTable { from: last(from), to: last(to) }, span);
            return None;
        };
        let kind = old.map_or(Type::Unknown, |question| Type::of(&question.kind));
        let context = Context { cell: true, ..Context::top(&self.thing.file, self.thing.language) };
        let when = match old {
            Some(_) => self.lower.read_set(&when.text, when.span, &kind, &context)?,
            None => Set::any(),
        };
        let ask = Fixed::find(&then.text).is_some_and(|found| found.word == Fixed::AskAnew);
        let then = if ask { None } else { Some(self.value(to, &then.text, then.span)?) };
        Some(Conversion { when, then })
    }

    /// Every old answer stands in exactly one row.
    fn complete(&self, kind: &Kind, rows: &[Conversion], body: &[(&[TableCell], Span)], line: &KeyLine) {
        let Some(mut left) = self.lower.whole_set(kind) else {
            self.say(Problem::ConversionKind, line.value_span);
            return;
        };
        let kind = Type::of(kind);
        let whole = left.clone();
        for (row, (_, span)) in rows.iter().zip(body) {
            let rest = self.lower.without(left.clone(), &row.when, &kind);
            // What the row takes must still be there.
            let taken = self.lower.without(left.clone(), &rest, &kind);
            let meant = self.lower.without(whole.clone(), &row.when, &kind);
            let meant = self.lower.without(whole.clone(), &meant, &kind);
            if !super::sets::subset(&meant, &taken) {
                let again = self.lower.without(meant, &taken, &kind);
                let value = self.lower.first_of(&again, &kind).unwrap_or_default();
                let first = body.iter().zip(rows).find(|(_, earlier)| {
                    let rest = self.lower.without(again.clone(), &earlier.when, &kind);
                    rest != again
                });
                let mut message = Diagnostic::new(Problem::ConversionTwice { value }, &self.thing.file, *span);
                message.related.extend(first.map(|((_, span), _)| (self.thing.file.clone(), *span)));
                self.world.say(message);
            }
            left = rest;
        }
        if let Some(value) = self.lower.first_of(&left, &kind) {
            self.say(Problem::ConversionGap { value }, line.value_span);
        }
    }
}

fn last(path: &[String]) -> String {
    path.last().cloned().unwrap_or_default()
}
