//! Names in expressions: what they stand for, whether it may be used there, whether it is there.

use std::rc::Rc;

use super::computed::Done;
use super::expressions::{Context, Lower, nfc};
use super::scope::{Entry, NotFound};
use super::types::{Number, Type};
use crate::diagnostic::{Both, Diagnostic, Problem, closest};
use crate::kind::Choices;
use crate::model::{Calc, ComputedValue, Condition, Fact, Ref};
use crate::syntax::expression::PathExpr;

impl Lower<'_> {
    /// What a path stands for, after a message where it stands for nothing.
    pub(super) fn resolve(&self, path: &PathExpr, context: &Context<'_>) -> Option<(Entry, Vec<String>)> {
        let parts: Vec<String> = path.parts.iter().map(|part| nfc(part)).collect();
        let found = self.names.borrow().find(&parts, context.scope);
        if !context.text {
            self.found_path(path, context.file, context.scope);
        }
        match found {
            Ok((Entry::LeftOut(number), _)) => {
                let problem = Problem::LeftOutNeeded { name: path.text() };
                let (file, span) = self.names.borrow().left_out.get(number).cloned().unwrap_or_default();
                let mut message = Diagnostic::new(problem, &file, span);
                message.related.push((context.file.to_owned(), path.span));
                self.world.say(message);
                None
            }
            Ok(found) => Some(found),
            Err(NotFound::InsideRepeat(list)) => {
                self.say(Problem::InsideRepeat { name: path.text(), list }, context, path.span);
                None
            }
            Err(NotFound::Unknown(name, level)) => {
                // Beyond the messages that are shown nothing needs to be guessed.
                let suggestion = if self.world.is_full(context.file) {
                    None
                } else {
                    closest(&name, self.names.borrow().visible(level))
                };
                if matches!(path.text().as_str(), "Alter" | "Age") {
                    let instead =
                        Both::new("„Alter von …“ mit dem Namen der Frage", "“Age of …” with the name of the question");
                    self.say(Problem::SayDifferently { found: name, instead }, context, path.span);
                    return None;
                }
                self.say_with(Problem::UnknownName { name }, suggestion, context, path.span);
                None
            }
        }
    }

    /// The answer that a path names, with its type; without a guard.
    pub(super) fn answer(&self, path: &PathExpr, context: &Context<'_>) -> Option<(Ref, Type, usize)> {
        let (entry, rest) = self.resolve(path, context)?;
        let slot = match entry {
            Entry::Answer(slot) | Entry::Block(slot, _) | Entry::Repeat(slot, _) => slot,
            _ => {
                self.say(Problem::UnknownName { name: path.text() }, context, path.span);
                return None;
            }
        };
        let (mut reference, mut kind, last) = {
            let names = self.names.borrow();
            let slot = &names.slots[slot];
            (slot.reference(), slot.kind.clone(), slot.last)
        };
        if let Some(column) = rest.first() {
            kind = self.fact(&kind, column, path, context)?;
            reference.fact = Some(super::names::json_key(column));
        }
        if context.before.is_some_and(|before| last >= before) {
            self.forward(path, context);
            return None;
        }
        Some((reference, kind, slot))
    }

    fn fact(&self, kind: &Type, column: &str, path: &PathExpr, context: &Context<'_>) -> Option<Type> {
        if *kind == Type::Unknown {
            return Some(Type::Unknown);
        }
        let Type::Choice(Choices::List { name, .. }) = kind else {
            self.say(Problem::UnknownName { name: path.text() }, context, path.span);
            return None;
        };
        let lists = self.lists.borrow();
        let list = lists.get(name)?;
        let key = super::names::json_key(column);
        let facts: Vec<&Fact> = list.values.iter().filter_map(|value| value.facts.get(&key)).collect();
        match facts.first() {
            Some(_) if !context.text => self.found_column(path, column, name, context.file),
            _ => {}
        }
        match facts.first() {
            Some(Fact::Bool(_)) => Some(Type::Bool),
            Some(Fact::Text(_)) => Some(Type::Text),
            Some(Fact::Number(_)) => {
                let numbers = facts.iter().filter_map(|fact| if let Fact::Number(n) = fact { Some(*n) } else { None });
                let (min, max) = (numbers.clone().min(), numbers.clone().max());
                let places = numbers.map(|n| n.scale()).max().unwrap_or(0);
                let unit = self.world.fact_unit(name, &key);
                Some(Type::Number(Number { unit, places, min, max }))
            }
            None => {
                let columns: Vec<String> =
                    list.values.first().map(|v| v.facts.keys().cloned().collect()).unwrap_or_default();
                let suggestion = closest(&key, columns.iter().map(String::as_str)).map(|key| self.world.spelled(&key));
                let problem = Problem::UnknownColumn { name: column.to_owned(), list: name.clone() };
                self.say_with(problem, suggestion, context, path.span);
                None
            }
        }
    }

    fn unguarded(&self, path: &PathExpr, context: &Context<'_>) {
        let name = path.text();
        let problem = if context.text { Problem::TextUnguarded { name } } else { Problem::Unguarded { name } };
        self.say(problem, context, path.span);
    }

    pub(super) fn forward(&self, path: &PathExpr, context: &Context<'_>) {
        let name = path.text();
        let parts: Vec<String> = path.parts.iter().map(|part| nfc(part)).collect();
        let own = match self.names.borrow().find(&parts, context.scope) {
            Ok((Entry::Answer(slot) | Entry::Block(slot, _) | Entry::Repeat(slot, _), _)) => {
                self.names.borrow().slots.get(slot).is_some_and(|slot| Some(slot.order) == context.before)
            }
            _ => false,
        };
        if own && !context.text {
            self.say(Problem::UsesItself { name }, context, path.span);
            return;
        }
        let problem = if context.text { Problem::TextLooksForward { name } } else { Problem::LooksForward { name } };
        self.say(problem, context, path.span);
    }

    /// Reports an answer that is used although it is not certainly there.
    pub(super) fn guard(&self, slot: usize, path: &PathExpr, context: &Context<'_>) {
        if context.free {
            return;
        }
        let names = self.names.borrow();
        if !names.certain(&names.slots[slot], &context.facts) {
            self.unguarded(path, context);
        }
    }

    /// The repeat that a path names: its list, its slot and the scope of an entry.
    pub(super) fn list(&self, path: &PathExpr, context: &Context<'_>) -> Option<(Ref, usize, usize)> {
        let (entry, rest) = self.resolve(path, context)?;
        let Entry::Repeat(slot, scope) = entry else {
            self.say(Problem::NotARepeat { name: path.text() }, context, path.span);
            return None;
        };
        if !rest.is_empty() {
            self.say(Problem::NotARepeat { name: path.text() }, context, path.span);
            return None;
        }
        let names = self.names.borrow();
        let found = &names.slots[slot];
        if context.before.is_some_and(|before| found.last >= before) {
            self.forward(path, context);
            return None;
        }
        Some((found.reference(), slot, scope))
    }

    /// The computed value that a path names, if it names one.
    pub(super) fn computed_named(&self, path: &PathExpr, context: &Context<'_>) -> Option<usize> {
        let parts: Vec<String> = path.parts.iter().map(|part| nfc(part)).collect();
        match self.names.borrow().find(&parts, context.scope) {
            Ok((Entry::Computed(index) | Entry::Local(index), _)) => Some(index),
            _ => None,
        }
    }

    /// A condition of a building block that a path names (`Berechnet kind = alter < 18 Jahre`).
    pub(super) fn condition_named(&self, path: &PathExpr, context: &Context<'_>) -> Option<(Condition, Rc<Done>)> {
        let parts: Vec<String> = path.parts.iter().map(|part| nfc(part)).collect();
        let Ok((Entry::Local(index), _)) = self.names.borrow().find(&parts, context.scope) else { return None };
        let known = self.computed.borrow().get(index).is_some_and(|state| !state.busy);
        let done = known.then(|| self.computed_at(index, path, context))??;
        self.found_path(path, context.file, context.scope);
        match &done.computed.value {
            ComputedValue::Condition(condition) => Some((condition.clone(), done.clone())),
            _ => None,
        }
    }

    pub(super) fn named(&self, path: &PathExpr, context: &Context<'_>) -> Option<(Calc, Type)> {
        let (entry, rest) = self.resolve(path, context)?;
        match entry {
            Entry::Constant(_) | Entry::Computed(_) | Entry::Local(_) if !rest.is_empty() => {
                self.say(Problem::UnknownName { name: path.text() }, context, path.span);
                None
            }
            Entry::Constant(index) => self.constants.borrow().get(index).cloned(),
            Entry::Computed(index) | Entry::Local(index) => {
                let done = self.computed_at(index, path, context)?;
                let names = self.names.borrow();
                if !context.free && !done.conditions.iter().all(|condition| names.implied(condition, &context.facts)) {
                    self.unguarded(path, context);
                }
                match (entry, &done.computed.value) {
                    (Entry::Local(_), ComputedValue::Calc(calc)) => Some((calc.clone(), done.kind.clone())),
                    (Entry::Local(_), _) => {
                        let wanted = Both::new("ein Vergleich mit „=“", "a comparison with “=”");
                        self.say(Problem::WrongKindHere { found: done.kind.name(), wanted }, context, path.span);
                        None
                    }
                    _ => Some((Calc::Computed(done.computed.name.clone()), done.kind.clone())),
                }
            }
            Entry::Repeat(..) => {
                self.say(
                    Problem::WrongKindHere {
                        found: Both::new(format!("die Liste „{}“", path.text()), format!("the list “{}”", path.text())),
                        wanted: Both::new("eine Angabe daraus oder „Anzahl …“", "something in it or “Count …”"),
                    },
                    context,
                    path.span,
                );
                None
            }
            Entry::Answer(_) | Entry::Block(..) | Entry::Taken | Entry::LeftOut(..) => {
                let (reference, kind, slot) = self.answer(path, context)?;
                self.guard(slot, path, context);
                Some((Calc::Answer(reference), kind))
            }
        }
    }
}
