//! Rules: which are broken, and where their message stands.
//!
//! One cause is one error: a rule is looked at only where no answer that it looks at is missing
//! or wrong, and where at least one of the questions that it names is asked.

use std::collections::BTreeMap;

use super::condition::{frame, frame_env};
use super::fill::Scope;
use super::fold::Fold;
use super::refs::any_ref;
use super::view::{Env, View, section_of};
use super::{Path, PathStep, Problem};
use crate::kind::State;
use crate::model::{Condition, Message, Ref, Rule, Step, Text};

/// The messages of all rules that are broken.
pub(super) fn broken(fold: &Fold<'_>) -> Vec<Problem> {
    let view = fold.view();
    let mut problems = Vec::new();
    for at in &fold.rules {
        let env = Env { entries: &at.entries, frame: None };
        if !view.holds(&at.rule.holds, env) && !fold.is_open(&at.rule.holds, env) {
            problems.push(problem(&view, at.section, at.path.clone(), &at.rule.message, env));
        }
    }
    for rule in &fold.procedure.rules {
        let env = Env::default();
        let applies =
            rule.condition.as_ref().is_none_or(|condition| view.holds(condition, env) && !fold.is_open(condition, env));
        if applies {
            Breach { fold, view, rule, problems: &mut problems }.look(&rule.holds, env);
        }
    }
    problems
}

/// One rule of the procedure and the messages that it gives.
struct Breach<'f, 'a> {
    fold: &'f Fold<'a>,
    view: View<'f>,
    rule: &'f Rule,
    problems: &'f mut Vec<Problem>,
}

impl Breach<'_, '_> {
    /// Puts a message at each place where a condition is broken; whether there is one.
    fn look(&mut self, condition: &Condition, env: Env<'_>) -> bool {
        match condition {
            Condition::All(all) => all.iter().any(|one| self.look(one, env)),
            Condition::Every { list, holds } if self.stands_inside(list) => {
                self.each(list, env, |this, env| this.look(holds, env))
            }
            Condition::Not(not) => match not.as_ref() {
                Condition::Some { list, holds } if self.stands_inside(list) => {
                    self.each(list, env, |this, env| this.view.holds(holds, env) && this.put(holds, env))
                }
                _ => !self.view.holds(condition, env) && self.put(condition, env),
            },
            Condition::Distinct { list, by } if self.stands_inside(list) && !self.fold.is_open(condition, env) => {
                let repeated = self.view.repeated(list, by, env);
                for index in &repeated {
                    self.put(condition, frame_env(&frame(list, *index, env), env));
                }
                !repeated.is_empty()
            }
            _ => !self.view.holds(condition, env) && self.put(condition, env),
        }
    }

    fn each(&mut self, list: &Ref, env: Env<'_>, mut look: impl FnMut(&mut Self, Env<'_>) -> bool) -> bool {
        let mut found = false;
        for index in 0..self.view.length(&list.steps, env) {
            found |= look(self, frame_env(&frame(list, index, env), env));
        }
        found
    }

    /// Whether the message stands inside an entry of the list, not at the list itself.
    fn stands_inside(&self, list: &Ref) -> bool {
        self.rule.at.steps.len() > list.steps.len() && self.rule.at.steps.starts_with(&list.steps)
    }

    /// Adds the message for a condition that is broken, unless something in it is open.
    fn put(&mut self, condition: &Condition, env: Env<'_>) -> bool {
        if self.fold.is_open(condition, env) {
            return false;
        }
        let Some(path) = self.place(condition, env) else {
            return false;
        };
        let section = match path.0.first() {
            Some(PathStep::Key(key)) => section_of(self.fold.procedure, key).map_or(0, |(index, _)| index),
            _ => 0,
        };
        let problem = problem(&self.view, section, path, &self.rule.message, env);
        if self.problems.contains(&problem) {
            return true;
        }
        self.problems.push(problem);
        true
    }

    /// Where the message stands: at the place that the rule names; where that is not asked, at
    /// the last question that the condition names and that is. `None`: none of them is asked.
    fn place(&self, condition: &Condition, env: Env<'_>) -> Option<Path> {
        let stopped = self.fold.stopped.map(|(_, after)| after);
        let asked = |steps: &[Step], env: Env<'_>| {
            let steps = fixed(steps, env);
            (!steps.is_empty() && self.view.is_asked(steps, stopped, env)).then(|| path(steps, env))
        };
        asked(&self.rule.at.steps, env).or_else(|| {
            let mut last: Option<Path> = None;
            any_ref(self.fold.procedure, condition, env, &mut |reference, env| {
                if let Some(path) = asked(&reference.steps, env)
                    && last.as_ref().is_none_or(|last| {
                        super::position(self.fold.procedure, last) < super::position(self.fold.procedure, &path)
                    })
                {
                    last = Some(path);
                }
                false
            });
            last
        })
    }
}

/// The beginning of `steps` whose entries are fixed.
fn fixed<'s>(steps: &'s [Step], env: Env<'_>) -> &'s [Step] {
    let open = steps
        .iter()
        .enumerate()
        .position(|(position, step)| matches!(step, Step::Entry) && env.entry(steps, position).is_none());
    open.map_or(steps, |open| &steps[..open])
}

/// The path that `steps` lead to; their entries are fixed.
fn path(steps: &[Step], env: Env<'_>) -> Path {
    Path(
        steps
            .iter()
            .enumerate()
            .map(|(position, step)| match step {
                Step::Key(key) => PathStep::Key(key.clone()),
                Step::Entry => PathStep::Index(env.entry(steps, position).unwrap_or_default()),
            })
            .collect(),
    )
}

fn problem(view: &View<'_>, section: usize, path: Path, message: &Message, env: Env<'_>) -> Problem {
    let scope = Scope::of(&path);
    let text: BTreeMap<_, _> =
        message.text.0.iter().map(|(language, text)| (*language, view.fill(text, *language, env, scope))).collect();
    Problem { section, path, state: State::Rule(Text(text)), warning: message.warning }
}
