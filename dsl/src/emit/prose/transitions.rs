//! What becomes of drafts that were begun with an earlier version ("Übergang").

use serde_json::Value as Json;

use super::Narrator;
use super::document::{Block, Point};
use super::say;
use crate::compare::{Node, nodes};
use crate::kind::Kind;
use crate::model::{Conversion, Procedure, Ref, Set, Step, TransitionStep, Values};

impl Narrator<'_> {
    /// Every line under "Übergang", by the version that drafts come from.
    pub(super) fn transitions(&self, blocks: &mut Vec<Block>) {
        for transition in &self.procedure.transitions {
            let version = transition.from;
            let all = self.catalogue.procedures.get(&self.procedure.path).into_iter().flatten();
            let old = all.into_iter().find(|old| old.version == version).map(std::convert::AsRef::as_ref);
            let points: Vec<Point> = transition.steps.iter().map(|step| self.transition(step, old)).collect();
            if points.is_empty() {
                continue;
            }
            let title = say!(self; "Entwürfe aus Fassung {version}", "Drafts of version {version}");
            blocks.push(Block::heading(2, title));
            blocks.push(Block::Points(points));
        }
    }

    fn transition(&self, step: &TransitionStep, old: Option<&Procedure>) -> Point {
        match step {
            TransitionStep::Renamed { from, to, otherwise_ask } => {
                let (from, to) = (self.before(from, old), self.now(to));
                Point::plain(&if *otherwise_ask {
                    say!(self; "Die Antwort zu {from} gilt für {to}; wo sie dort nicht passt, wird neu gefragt.", "The answer to {from} counts for {to}; where it does not fit there, it is asked anew.")
                } else {
                    say!(self; "Die Antwort zu {from} gilt für {to}.", "The answer to {from} counts for {to}.")
                })
            }
            TransitionStep::Dropped { path } => {
                let from = self.before(path, old);
                Point::plain(&say!(self; "Die Antwort zu {from} fällt weg.", "The answer to {from} is dropped."))
            }
            TransitionStep::AskedAnew { path } => {
                let to = self.now(path);
                Point::plain(&say!(self; "Neu gefragt wird {to}.", "Asked anew is {to}."))
            }
            TransitionStep::New { path, value } => {
                let (to, value) = (self.now(path), self.new_answer(path, value));
                Point::plain(&say!(self; "Für {to} wird {value} eingetragen.", "For {to} {value} is entered."))
            }
            TransitionStep::Converted { from, to, rows } => {
                let (before, now) = (self.before(from, old), self.now(to));
                let text = say!(self; "Aus der Antwort zu {before} wird die zu {now}:", "The answer to {before} becomes that to {now}:");
                let kind = old.and_then(|old| kind_at(old, from)).or_else(|| kind_at(self.procedure, from));
                let mut point = Point::plain(&text);
                let rows = rows.iter().map(|row| self.conversion(row, kind, to));
                point.inner.push(Block::Points(rows.collect()));
                point
            }
        }
    }

    fn conversion(&self, row: &Conversion, kind: Option<&Kind>, to: &[String]) -> Point {
        let when = self.old_answers(&row.when, kind);
        Point::plain(&match &row.then {
            Some(then) => {
                let then = self.new_answer(to, then);
                say!(self; "{when} wird {then}.", "{when} becomes {then}.")
            }
            None => say!(self; "Bei {when} wird neu gefragt.", "With {when} it is asked anew."),
        })
    }

    /// A question of the earlier version, by its words where that version is at hand.
    fn before(&self, path: &[String], old: Option<&Procedure>) -> String {
        let name = self.catalogue.spelled(&path.join("."));
        let label = old.and_then(|old| {
            let (_, node) = nodes(old).into_iter().find(|(own, _)| own.as_slice() == path)?;
            let text = match node {
                Node::Question(question) => &question.label,
                Node::Repeat(section) => &section.title,
            };
            Some(self.quote(text.get(self.language)))
        });
        label.unwrap_or_else(|| self.quote(&name))
    }

    /// A question of this version, by its number.
    fn now(&self, path: &[String]) -> String {
        match self.numbers.answer(&steps(path)) {
            Some((number, _)) if number.contains('.') => self.question(number),
            Some((number, _)) => self.page(number),
            None => self.quote(&self.catalogue.spelled(&path.join("."))),
        }
    }

    fn new_answer(&self, path: &[String], value: &Json) -> String {
        let reference = Ref { steps: steps(path), fact: None };
        match self.numbers.question(&reference) {
            Some(question) => self.quote(&self.shown(&question.kind, value)),
            None => self.quote(&value.to_string()),
        }
    }

    fn old_answers(&self, set: &Set, kind: Option<&Kind>) -> String {
        let shown = |value: Json| match kind {
            Some(kind) => self.quote(&self.shown(kind, &value)),
            None => self.quote(&value.as_str().map_or_else(|| value.to_string(), |key| self.catalogue.spelled(key))),
        };
        match &set.values {
            Values::Bools(all) => self.or(&all.iter().map(|yes| self.yes_no(*yes)).collect::<Vec<_>>()),
            Values::Keys(keys) => self.or(&keys.iter().map(|key| shown(key.as_str().into())).collect::<Vec<_>>()),
            Values::Numbers(ranges) => {
                let number = |value: &rust_decimal::Decimal| {
                    serde_json::from_str::<Json>(&value.normalize().to_string())
                        .map_or_else(|_| value.to_string(), &shown)
                };
                let parts = ranges.iter().map(|range| match (&range.from, &range.to) {
                    (Some(from), Some(to)) if from == to => number(from),
                    (Some(from), Some(to)) => {
                        let (from, to) = (number(from), number(to));
                        say!(self; "{from} bis {to}", "{from} to {to}")
                    }
                    (Some(from), None) => {
                        let from = number(from);
                        say!(self; "{from} und mehr", "{from} and more")
                    }
                    (None, Some(to)) => {
                        let to = number(to);
                        say!(self; "bis zu {to}", "up to {to}")
                    }
                    (None, None) => self.pick("jede Zahl", "every number").to_owned(),
                });
                self.or(&parts.collect::<Vec<_>>())
            }
            _ => self.pick("jede Antwort", "every answer").to_owned(),
        }
    }
}

fn steps(path: &[String]) -> Vec<Step> {
    path.iter().cloned().map(Step::Key).collect()
}

fn kind_at<'p>(procedure: &'p Procedure, path: &[String]) -> Option<&'p Kind> {
    nodes(procedure).into_iter().find_map(|(own, node)| match node {
        Node::Question(question) if own == path => Some(&question.kind),
        _ => None,
    })
}
