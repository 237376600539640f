//! Authorities ("Stelle"): level, area, tasks, channels, opening hours.

use super::opening::opening;
use super::thing::Thing;
use super::things::{say, title};
use super::world::World;
use crate::diagnostic::{Both, Diagnostic, Problem};
use crate::model::{Authority, Channel, Level, Set, Values};
use crate::syntax::expression::{CalcKind, SetKind};
use crate::syntax::keyword::{Fixed, Key};
use crate::syntax::{KeyLine, Span, parse_set, split_items, unquote};

/// A set of municipalities as text.
pub(super) fn area(world: &World<'_>, thing: &Thing, line: &KeyLine) -> Option<Set> {
    let expr = match parse_set(&line.value, line.value_span.start) {
        Ok(expr) => expr,
        Err(error) => {
            let start = line.value_span.start;
            let (problem, span) = crate::syntax::phrase::cannot_read(&error, &line.value, start, thing.language);
            say(world, thing, problem, span);
            return None;
        }
    };
    let mut within = Vec::new();
    let mut except = Vec::new();
    let mut wrong = false;
    let mut open = vec![(&expr, true)];
    while let Some((expr, inside)) = open.pop() {
        match &expr.kind {
            SetKind::Or(parts) => open.extend(parts.iter().map(|part| (part, inside))),
            SetKind::Except(from, parts) => {
                open.push((from, inside));
                open.extend(parts.iter().map(|part| (part, !inside)));
            }
            SetKind::Any => within.push(String::new()),
            SetKind::Words(words) => match super::places::find(world.regions, words) {
                Ok(key) => if inside { &mut within } else { &mut except }.push(key),
                Err(problem) => {
                    no_place(world, thing, problem, words, expr.span);
                    wrong = true;
                }
            },
            SetKind::Value(crate::syntax::expression::CalcExpr { kind: CalcKind::Text(words), .. }) => {
                match super::places::find(world.regions, words) {
                    Ok(key) => if inside { &mut within } else { &mut except }.push(key),
                    Err(problem) => {
                        no_place(world, thing, problem, words, expr.span);
                        wrong = true;
                    }
                }
            }
            _ => {
                let allowed = Both::any_of(&["Norderstedt", "Kreis Segeberg", "Amt Itzstedt"]);
                let (word, value) = (line.words.clone(), line.value.clone());
                say(world, thing, Problem::ValueNotUnderstood { word, value, allowed }, expr.span);
                return None;
            }
        }
    }
    if wrong && within.is_empty() {
        return None;
    }
    within.sort();
    except.sort();
    Some(Set { values: Values::Municipalities { within, except }, no_answer: false })
}

/// Says that a place is not known, with the one that is meant.
fn no_place(world: &World<'_>, thing: &Thing, problem: Problem, words: &str, span: Span) {
    let mut message = Diagnostic::new(problem, &thing.file, span);
    if matches!(message.problem, Problem::UnknownPlace { .. }) {
        let near = || world.regions.within(crate::region::STATE_SCHLESWIG_HOLSTEIN).map(|town| town.name);
        let meant = super::places::meant(world.regions, words);
        message.fix = meant.clone().filter(|(_, certain)| *certain).map(|(name, _)| (span, name));
        let meant = meant.map(|(name, _)| name);
        message.suggestion = meant.or_else(|| crate::diagnostic::closest(words, near()));
    }
    world.say(message);
}

/// Compiles an authority.
pub(super) fn authority(world: &World<'_>, thing: &Thing) -> Authority {
    let node = &thing.node;
    let unknown = |line: &KeyLine, allowed: &[&str]| {
        if !line.value.is_empty() {
            let (word, value, allowed) = (line.words.clone(), line.value.clone(), Both::any_of(allowed));
            say(world, thing, Problem::ValueNotUnderstood { word, value, allowed }, line.value_span);
        }
    };
    let level = match node.key(Key::Level) {
        Some(line) => match Fixed::find(&line.value).map(|found| found.word) {
            Some(Fixed::City) => Level::City,
            Some(Fixed::County) => Level::County,
            Some(Fixed::State) => Level::State,
            Some(Fixed::Federal) => Level::Federal,
            _ => {
                let meant = match line.value.trim().to_lowercase().as_str() {
                    "gemeinde" | "kommune" | "ort" | "municipality" | "town" => Some((Fixed::City, Level::City)),
                    "landkreis" | "district" => Some((Fixed::County, Level::County)),
                    "bundesland" => Some((Fixed::State, Level::State)),
                    _ => None,
                };
                if let Some((word, level)) = meant {
                    let meant = word.spelling(thing.language).to_owned();
                    let problem = Problem::WriteInstead { found: line.value.clone(), meant: meant.clone() };
                    let fix = Some((line.value_span, meant));
                    world.say(Diagnostic { fix, ..Diagnostic::new(problem, &thing.file, line.value_span) });
                    level
                } else {
                    let levels = [Fixed::City, Fixed::County, Fixed::State, Fixed::Federal];
                    unknown(line, &levels.map(|level| level.spelling(thing.language)));
                    Level::City
                }
            }
        },
        None => {
            let (word, heading) = (Key::Level.spelling(thing.language), node.heading.spelling(thing.language));
            say(world, thing, Problem::MissingKey { word: word.to_owned(), heading: heading.to_owned() }, node.span);
            Level::City
        }
    };
    let tasks = node
        .key(Key::Task)
        .map(|line| split_items(&line.value, line.value_span.start))
        .unwrap_or_default()
        .into_iter()
        .map(|(task, _)| super::names::json_key(&task))
        .collect();
    let channels = node
        .all(Key::Channel)
        .filter_map(|line| {
            let channel = channel(&line.value);
            if channel.is_none() && !line.value.is_empty() {
                let words = [Fixed::ChannelEmail, Fixed::ChannelCall].map(|word| word.spelling(thing.language));
                // `Email a@b.de`, `Mail: a@b.de`
                let rest =
                    MAIL.iter().find_map(|word| line.value.to_lowercase().starts_with(word).then_some(word.len()));
                let rest = rest.and_then(|at| line.value.get(at..)).map(|rest| rest.trim_start_matches([':', ' ']));
                if let Some(rest) = rest.filter(|rest| self::channel(&format!("{} {rest}", words[0])).is_some()) {
                    let meant = format!("{} {rest}", words[0]);
                    let problem = Problem::WriteInstead { found: line.value.clone(), meant: meant.clone() };
                    let fix = Some((line.value_span, meant.clone()));
                    world.say(Diagnostic { fix, ..Diagnostic::new(problem, &thing.file, line.value_span) });
                    return self::channel(&meant);
                }
                let meant = words.into_iter().find(|word| self::channel(&format!("{word} {}", line.value)).is_some());
                let start = Span::new(line.value_span.start, line.value_span.start);
                let fix = meant.map(|word| (start, format!("{word} ")));
                let problem = Problem::AddressForm { value: line.value.clone() };
                world.say(Diagnostic { fix, ..Diagnostic::new(problem, &thing.file, line.value_span) });
            }
            channel
        })
        .collect();
    let opening_hours = node
        .all(Key::OpenHours)
        .filter_map(|line| {
            let hours = opening(&line.value);
            if hours.is_none() && !line.value.is_empty() {
                let english = thing.language == crate::model::Language::English;
                let allowed: &[&str] = if english {
                    &["Mon to Fri, 08:00 to 12:00", "Tue, Thu, 14:00 to 18:00"]
                } else {
                    &["Mo bis Fr, 08:00 bis 12:00", "Di, Do, 14:00 bis 18:00"]
                };
                let word = Key::OpenHours.spelling(thing.language);
                let meant = super::opening::meant(&line.value, thing.language);
                let fix = meant.map(|lines| (line.value_span, lines.join(&format!("\n  {word}: "))));
                let (word, value, allowed) = (line.words.clone(), line.value.clone(), Both::any_of(allowed));
                let problem = Problem::ValueNotUnderstood { word, value, allowed };
                world.say(Diagnostic { fix, ..Diagnostic::new(problem, &thing.file, line.value_span) });
            }
            hours
        })
        .collect();
    let quoted = |key| node.key(key).map(|line| unquote(&line.value).unwrap_or_else(|| line.value.clone()));
    Authority {
        path: thing.key.clone(),
        name: title(world, thing, node, ""),
        level,
        area: node.key(Key::Area).and_then(|line| area(world, thing, line)),
        tasks,
        address: quoted(Key::Address),
        phone: quoted(Key::Phone),
        channels,
        opening_hours,
    }
}

/// What the channel `E-Mail` is called elsewhere.
const MAIL: [&str; 5] = ["email", "e-mail", "e mail", "mail", "emailadresse"];

pub(super) fn channel(text: &str) -> Option<Channel> {
    let (kind, rest) = Fixed::find_at_start(text.trim())?;
    let mut parts = split_items(rest, 0).into_iter().map(|(part, _)| part);
    let address = parts.next()?.trim().to_owned();
    let key_file = parts.find_map(|part| {
        let (found, file) = Fixed::find_at_start(&part)?;
        (found.word == Fixed::EncryptedWith).then(|| unquote(file))?
    });
    let address = unquote(&address).unwrap_or(address);
    match kind.word {
        Fixed::Email | Fixed::ChannelEmail => {
            let (local, domain) = address.split_once('@')?;
            let right = !local.is_empty() && domain.contains('.') && !address.contains(char::is_whitespace);
            right.then_some(Channel::Email { address, key_file })
        }
        Fixed::ChannelCall => address.starts_with("https://").then_some(Channel::Webhook { url: address, key_file }),
        Fixed::ChannelFitConnect => Some(Channel::FitConnect { destination: address }),
        _ => None,
    }
}
