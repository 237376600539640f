//! Rules: none always holds, none never.

use std::sync::Arc;

use super::case::Case;
use super::engine::Engine;
use super::formula::{F, NEVER};
use super::judge::Judge;
use super::site::Site;
use crate::diagnostic::Problem;
use crate::eval::refs::any_ref;
use crate::eval::view::Env;
use crate::model::{Condition, Item, Rule, Step};

impl<'p> Judge<'p> {
    /// All rules of the procedure, and those at its own questions.
    pub fn rules(&mut self) {
        let procedure = self.engine.procedure;
        for (index, rule) in procedure.rules.iter().enumerate() {
            let site = Site::Rule(index);
            if let Some(condition) = &rule.condition {
                self.rule_condition(index, condition);
            }
            let broken = |engine: &mut Engine<'_>| {
                let (applies, breach) = (applies(engine, rule), engine.breach(&rule.holds));
                engine.formulas.all([applies, breach])
            };
            let kept = |engine: &mut Engine<'_>| {
                let (applies, kept) = (applies(engine, rule), engine.kept(&rule.holds));
                engine.formulas.all([applies, kept])
            };
            let seen = |wanted: bool| {
                move |engine: &Engine<'_>, case: &Case| {
                    rule.condition.as_ref().is_none_or(|condition| case.holds(engine, condition, &[]))
                        && case.holds(engine, &rule.holds, &[]) == wanted
                }
            };
            if self.sites.is_looked_at(&site) {
                self.warm();
            }
            if self.sites.is_looked_at(&site) && applies(&mut self.engine, rule) != NEVER {
                self.rule(&site, (&broken, &seen(false)), (&kept, &seen(true)));
            }
        }
        for (section, model) in procedure.sections.iter().enumerate() {
            for item in &model.items {
                let Item::Question(question) = item else { continue };
                for (index, rule) in question.rules.iter().enumerate() {
                    let steps = self.steps(section, &question.key);
                    let site = Site::QuestionRule(section, vec![question.key.clone()], index);
                    let there = |engine: &mut Engine<'_>| engine.present(&steps);
                    let broken = |engine: &mut Engine<'_>| {
                        let (there, breach) = (there(engine), engine.breach(&rule.holds));
                        engine.formulas.all([there, breach])
                    };
                    let kept = |engine: &mut Engine<'_>| {
                        let (there, kept) = (there(engine), engine.kept(&rule.holds));
                        engine.formulas.all([there, kept])
                    };
                    let around = site.clone();
                    let answered = Condition::Answered(crate::model::Ref { steps: steps.clone(), fact: None });
                    let seen = |wanted: bool| {
                        let (around, answered) = (around.clone(), answered.clone());
                        move |engine: &Engine<'_>, case: &Case| {
                            case.around(engine, &around).iter().any(|entries| {
                                case.holds(engine, &answered, entries)
                                    && case.holds(engine, &rule.holds, entries) == wanted
                            })
                        }
                    };
                    self.rule(&site, (&broken, &seen(false)), (&kept, &seen(true)));
                }
            }
        }
    }

    /// Whether a rule that applies can be broken and can be kept.
    fn rule(&mut self, site: &Site, broken: Way<'_>, kept: Way<'_>) {
        if !self.sites.is_looked_at(site) {
            return;
        }
        self.warm();
        if self.stops_here(site) {
            return;
        }
        // An example shows something of a rule only where its place is asked.
        let place = self.place_of_rule(site);
        let there = |engine: &Engine<'_>, case: &Case| !case.around(engine, &place).is_empty();
        match self.possible(broken.0, broken.1, &|engine, case| there(engine, case) && broken.1(engine, case)) {
            Some(true) => {}
            Some(false) => {
                let (because, related) = self.because(site, broken.0, false);
                let rule = self.sites.must_hold(site).map(|found| found.text).unwrap_or_default();
                self.say(site, Problem::RuleAlwaysHolds { rule, because }, related);
                return;
            }
            None => return self.not_decided(site, broken.0),
        }
        match self.possible(kept.0, kept.1, &|engine, case| there(engine, case) && kept.1(engine, case)) {
            Some(true) => {}
            Some(false) => {
                let (because, related) = self.because(site, kept.0, true);
                let rule = self.sites.must_hold(site).map(|found| found.text).unwrap_or_default();
                self.say(site, Problem::RuleNeverHolds { rule, because }, related);
            }
            None => self.not_decided(site, kept.0),
        }
    }

    /// Where the message of a rule stands.
    fn place_of_rule(&self, site: &Site) -> Site {
        let Site::Rule(index) = site else { return site.clone() };
        let procedure = self.engine.procedure;
        let first = procedure.rules.get(*index).and_then(|rule| rule.at.steps.first());
        let Some(Step::Key(key)) = first else { return site.clone() };
        let asks = |section: &Arc<crate::model::Section>| match section.repeat {
            Some(_) => section.key == *key,
            None => section.items.iter().any(|item| matches!(item, Item::Question(question) if question.key == *key)),
        };
        procedure.sections.iter().position(asks).map_or(site.clone(), |index| Site::Item(index, vec![key.clone()]))
    }

    /// Whether the condition of a rule can hold and can fail.
    fn rule_condition(&mut self, index: usize, condition: &Condition) {
        self.condition(Site::Rule(index), condition, &|_| super::formula::ALWAYS);
    }
}

/// A formula, and how it is seen in a case.
type Way<'w> = (super::judge::Build<'w>, super::judge::Seen<'w>);

/// A rule is looked at where its condition holds and something that it names is asked.
pub(super) fn applies(engine: &mut Engine<'_>, rule: &Rule) -> F {
    let condition = match &rule.condition {
        Some(condition) => engine.holds(condition),
        None => super::formula::ALWAYS,
    };
    let mut named: Vec<Vec<Step>> = vec![rule.at.steps.clone()];
    any_ref(engine.procedure, &rule.holds, Env::default(), &mut |reference, _| {
        named.push(reference.steps.clone());
        false
    });
    let asked: Vec<F> = named.iter().map(|steps| engine.asked(steps)).collect();
    let asked = engine.formulas.any(asked);
    engine.formulas.all([condition, asked])
}

impl Engine<'_> {
    /// A rule is broken, in some entry.
    pub fn breach(&mut self, holds: &Condition) -> F {
        match holds {
            Condition::All(all) => {
                let parts: Vec<F> = all.iter().map(|one| self.breach(one)).collect();
                self.formulas.any(parts)
            }
            Condition::Every { list, holds } => {
                let (there, holds) = (self.present(&list.steps), self.holds(holds));
                let not = self.formulas.not(holds);
                self.formulas.all([there, not])
            }
            Condition::Not(inner) => match inner.as_ref() {
                Condition::Some { list, holds } => {
                    let (there, holds) = (self.present(&list.steps), self.holds(holds));
                    self.formulas.all([there, holds])
                }
                inner => self.holds(inner),
            },
            _ => {
                let holds = self.holds(holds);
                self.formulas.not(holds)
            }
        }
    }

    /// A rule is kept, by all entries alike.
    pub fn kept(&mut self, holds: &Condition) -> F {
        match holds {
            Condition::All(all) => {
                let parts: Vec<F> = all.iter().map(|one| self.kept(one)).collect();
                self.formulas.all(parts)
            }
            Condition::Every { list, holds } => {
                let (there, holds) = (self.present(&list.steps), self.holds(holds));
                let none = self.formulas.not(there);
                self.formulas.any([none, holds])
            }
            Condition::Not(inner) if matches!(**inner, Condition::Some { .. }) => {
                let breach = self.breach(holds);
                self.formulas.not(breach)
            }
            _ => self.holds(holds),
        }
    }
}
