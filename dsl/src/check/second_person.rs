//! Answers that somebody else gives ("beantwortet von"): who, what they see, how long they have,
//! and that nothing that is settled when the first person sends depends on them.

use super::declare::Declared;
use super::expressions::{Context, Lower, time_unit};
use super::refs::{self, Used};
use super::types::Type;
use crate::diagnostic::{Both, Problem};
use crate::kind::Kind;
use crate::model::{Calc, Condition, Fee, Item, Ref, Responsible, SecondPerson, Step, Table, Unanswered, Waiting};
use crate::syntax::expression::PathExpr;
use crate::syntax::keyword::{Fixed, Key};
use crate::syntax::{KeyLine, Node, Span, split_items};
use rust_decimal::prelude::ToPrimitive;

/// The longest that somebody is waited for: a year and a day.
const LONGEST: u32 = 366;

impl Lower<'_> {
    /// `beantwortet von:`, `sieht:` and `wartet:` under a question or a section; `None` where
    /// there is no second person, or after a message.
    pub(super) fn second_person(&self, node: &Node, context: &Context<'_>) -> Option<SecondPerson> {
        let word = |key: Key| key.spelling(context.language).to_owned();
        let Some(line) = node.key(Key::AnsweredBy) else {
            for alone in [Key::Sees, Key::Waits].into_iter().filter_map(|key| node.key(key)) {
                let problem = Problem::SecondPersonAlone { word: alone.words.clone(), needed: word(Key::AnsweredBy) };
                self.say(problem, context, alone.key_span);
            }
            return None;
        };
        for key in [Key::Sees, Key::Waits] {
            if node.key(key).is_none() {
                self.say(Problem::SecondPersonIncomplete { word: word(key) }, context, line.key_span);
            }
        }
        let by = self.answered_by(line, context);
        let sees = node.key(Key::Sees).map(|line| self.sees(line, context));
        let waits = node.key(Key::Waits).and_then(|line| self.waits(line, context));
        Some(SecondPerson { by: by?, sees: sees?, waits: waits? })
    }

    fn answered_by(&self, line: &KeyLine, context: &Context<'_>) -> Option<Ref> {
        let path = path(&line.value, line.value_span)?;
        let (reference, _, slot) = self.answer(&path, context)?;
        let (from, certain) = {
            let names = self.names.borrow();
            let slot = &names.slots[slot];
            (slot.from, names.certain(slot, &context.facts))
        };
        let name = path.text();
        if !from.email || reference.fact.is_some() {
            self.say(Problem::AnsweredByNotEmail { name }, context, line.value_span);
            return None;
        }
        if from.second {
            self.say(Problem::SeesSecondPerson { name }, context, line.value_span);
            return None;
        }
        if !from.about_another {
            self.say(Problem::AnsweredByApplicant { name: name.clone() }, context, line.value_span);
        }
        if !certain {
            self.say(Problem::AnsweredByUncertain { name }, context, line.value_span);
        }
        Some(reference)
    }

    fn sees(&self, line: &KeyLine, context: &Context<'_>) -> Vec<Ref> {
        let mut sees: Vec<Ref> = Vec::new();
        for (item, span) in split_items(&line.value, line.value_span.start) {
            let Some(path) = path(&item, span) else { continue };
            let Some((reference, _, slot)) = self.answer(&path, context) else { continue };
            if reference.fact.is_some() {
                self.say(Problem::UnknownName { name: path.text() }, context, span);
            } else if self.names.borrow().slots[slot].from.second {
                self.say(Problem::SeesSecondPerson { name: path.text() }, context, span);
            } else if !sees.contains(&reference) {
                sees.push(reference);
            }
        }
        sees
    }

    /// `28 Tage, danach ohne diese Antwort weiter`
    fn waits(&self, line: &KeyLine, context: &Context<'_>) -> Option<Waiting> {
        if line.value.trim().is_empty() {
            return None;
        }
        let waits = || {
            let [(time, span), (then, _)] = split_items(&line.value, line.value_span.start).try_into().ok()?;
            let (Calc::Number(amount), Type::Number(number)) = self.read_calc(&time, span, context)? else {
                return None;
            };
            let unit = number.unit.single().and_then(time_unit)?;
            let amount = amount.to_u32().filter(|amount| amount.ge(&1) && amount.le(&LONGEST))?;
            let then = match Fixed::find(&then)?.word {
                Fixed::OnWithoutAnswer => Unanswered::GoOn,
                Fixed::ThenNotSent => Unanswered::NotSent,
                _ => return None,
            };
            Some(Waiting { amount, unit, then })
        };
        let before = self.world.errors_in(context.file);
        let found = waits();
        if found.is_none() && self.world.errors_in(context.file) == before {
            self.say(Problem::WaitsForm { text: line.value.clone() }, context, line.value_span);
        }
        found
    }

    /// A section that a second person answers hands that on to its questions.
    pub(super) fn answered_together(
        &self,
        items: &mut [Item],
        second: Option<&SecondPerson>,
        declared: &[Declared<'_>],
        context: &Context<'_>,
    ) {
        let Some(second) = second else { return };
        for item in items {
            let Item::Question(question) = item else { continue };
            question.answered_by = Some(second.clone());
        }
        for item in declared {
            let Declared::Question(question) = item else { continue };
            if let Some(line) = question.node.key(Key::AnsweredBy) {
                self.say(Problem::SecondPersonTwice, context, line.key_span);
            }
            if holds_files(&question.kind) {
                let span = question.node.key(Key::Kind).map_or(question.node.span, |line| line.value_span);
                self.say(Problem::SecondPersonFile, context, span);
            }
        }
    }

    /// Reports a condition at a heading whose questions the first person answers.
    pub(super) fn asked_first(&self, condition: Option<&Condition>, key: Key, node: &Node, context: &Context<'_>) {
        let span = node.key(key).map_or(node.span, |line| line.value_span);
        self.looks_at_no_second(condition, span, context);
    }

    /// Reports that something for the first person depends on an answer of a second one.
    pub(super) fn looks_at_no_second(&self, condition: Option<&Condition>, span: Span, context: &Context<'_>) {
        let what = Both::new("Was hier gefragt wird,", "What is asked here");
        let mut found = None;
        if let Some(condition) = condition {
            refs::condition(condition, &mut |used| found = found.take().or_else(|| self.second_behind(&used)));
        }
        self.depends(found, what, span, context);
    }

    /// Reports a fee that depends on a second person: it is settled when the first one sends.
    pub(super) fn fee_first(&self, fee: &Fee, node: &Node, context: &Context<'_>) {
        let mut found = None;
        let mut see = |used: Used<'_>| found = found.take().or_else(|| self.second_behind(&used));
        if let Some(condition) = &fee.condition {
            refs::condition(condition, &mut see);
        }
        fee.amount.columns.iter().for_each(|column| refs::calc(&column.what, &mut see));
        let results = fee.amount.rows.iter().map(|row| &row.then).chain(&fee.amount.otherwise);
        results.for_each(|calc| refs::calc(calc, &mut see));
        self.depends(found, Both::new("Die Gebühr", "The fee"), node.span, context);
    }

    /// Reports a responsibility that depends on a second person.
    pub(super) fn responsible_first(&self, table: &Table<Responsible>, node: &Node, context: &Context<'_>) {
        let mut found = None;
        let mut see = |used: Used<'_>| found = found.take().or_else(|| self.second_behind(&used));
        table.columns.iter().for_each(|column| refs::calc(&column.what, &mut see));
        for then in table.rows.iter().map(|row| &row.then).chain(&table.otherwise) {
            if let Responsible::Task { place, .. } = then {
                see(Used::Answer(place));
            }
        }
        self.depends(found, Both::new("Die Zuständigkeit", "Who is responsible"), node.span, context);
    }

    /// Reports an end page that a second person's answer leads to.
    pub(super) fn stops_first(&self, condition: &Condition, node: &Node, context: &Context<'_>) {
        let mut found = None;
        refs::condition(condition, &mut |used| found = found.take().or_else(|| self.second_behind(&used)));
        let span = node.key(Key::OnlyIf).map_or(node.span, |line| line.value_span);
        self.depends(found, Both::new("Die Endseite", "The end page"), span, context);
    }

    /// Reports a rule about a second person's answer whose message stands where they cannot answer.
    pub(super) fn spoken_to_second<'c>(
        &self,
        conditions: impl Iterator<Item = &'c Condition>,
        at: &Ref,
        span: Span,
        context: &Context<'_>,
    ) {
        let mut found = None;
        for condition in conditions {
            refs::condition(condition, &mut |used| found = found.take().or_else(|| self.second_behind(&used)));
        }
        let Some(name) = found else { return };
        let at = {
            let names = self.names.borrow();
            let slot = names.slot_at(at);
            if slot.is_some_and(|slot| slot.from.second) {
                return;
            }
            slot.map_or_else(String::new, |slot| slot.name.clone())
        };
        let (name, at) = (self.world.spelled_answer(&name), self.world.spelled_answer(&at));
        self.say(Problem::RuleOfSecondPerson { name, at }, context, span);
    }

    fn depends(&self, found: Option<String>, what: Both, span: Span, context: &Context<'_>) {
        if let Some(name) = found {
            self.say(Problem::DependsOnSecondPerson { what, name: self.world.spelled_answer(&name) }, context, span);
        }
    }

    /// The name of the second person's answer that something looks at, also through computed values.
    fn second_behind(&self, used: &Used<'_>) -> Option<String> {
        match used {
            Used::Answer(reference) => {
                let names = self.names.borrow();
                names.slot_at(reference).filter(|slot| slot.from.second).map(|slot| slot.name.clone())
            }
            Used::Computed(name) => {
                let done = self.done(name)?;
                let mut found = None;
                refs::computed(&done.computed, &mut |used| found = found.take().or_else(|| self.second_behind(&used)));
                found
            }
        }
    }

    /// Whether there is an e-mail address of the applicant's own in every case.
    pub(super) fn has_applicant_email(&self) -> bool {
        let names = self.names.borrow();
        names.slots.iter().any(|slot| {
            let own = slot.from.email && !slot.from.about_another && !slot.from.second;
            own && !slot.steps.contains(&Step::Entry) && names.certain(slot, &[])
        })
    }
}

fn path(text: &str, span: Span) -> Option<PathExpr> {
    let parts: Vec<String> = text.split('.').map(|part| part.trim().to_owned()).collect();
    (!text.trim().is_empty()).then_some(PathExpr { parts, span })
}

/// Whether an answer is a file or has one in it.
pub(super) fn holds_files(kind: &Kind) -> bool {
    match kind {
        Kind::File(_) => true,
        Kind::Block { items, .. } => {
            items.iter().any(|item| matches!(item, Item::Question(question) if holds_files(&question.kind)))
        }
        _ => false,
    }
}
