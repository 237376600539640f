//! Finding answers: a [`Ref`] is followed through the procedure and the answers at once.

use jiff::civil::DateTime;
use serde_json::{Map, Value as Json};

use super::memo::Memo;
pub(crate) use super::places::{Place, is_block, question, section_of, top, within};
use super::value::Val;
use super::{Path, PathStep, Problem};
use crate::kind::{Choices, Kind, State, Surroundings};
use crate::model::{Fact, Procedure, Question, Ref, Step};
use crate::region::Regions;

/// Everything that a condition can see. Cheap to make, a few references.
#[derive(Clone, Copy)]
pub(crate) struct View<'v> {
    pub procedure: &'v Procedure,
    pub answers: &'v Map<String, Json>,
    pub at: DateTime,
    pub regions: &'v Regions,
    pub wrong: Wrong<'v>,
    pub memo: &'v Memo,
}

/// How it is known that an answer is wrong; a wrong answer counts as absent.
#[derive(Clone, Copy)]
pub(crate) enum Wrong<'v> {
    /// All answers have been checked, these are the problems.
    Known(&'v [Problem]),
    /// An answer is checked when it is looked at.
    Check,
}

/// The entries of repeats that a look happens in.
#[derive(Clone, Copy, Default)]
pub(crate) struct Env<'e> {
    /// The indexes of the repeats around, outermost first.
    pub entries: &'e [usize],
    /// The innermost quantifier around.
    pub frame: Option<&'e Frame<'e>>,
}

/// An entry that a quantifier is at.
#[derive(Clone, Copy)]
pub(crate) struct Frame<'e> {
    pub list: &'e [Step],
    /// `None` stands for whichever entry.
    pub index: Option<usize>,
    pub outer: Option<&'e Frame<'e>>,
}

impl Env<'_> {
    /// The entry that [`Step::Entry`] at `position` of `steps` stands for.
    pub(crate) fn entry(&self, steps: &[Step], position: usize) -> Option<usize> {
        let list = &steps[..position];
        let mut frame = self.frame;
        while let Some(at) = frame {
            if at.list == list {
                return at.index;
            }
            frame = at.outer;
        }
        let depth = list.iter().filter(|step| matches!(step, Step::Entry)).count();
        self.entries.get(depth).copied()
    }
}

impl<'v> View<'v> {
    /// What kinds need to know.
    pub(crate) fn around(&self) -> Surroundings<'v> {
        Surroundings { lists: &self.procedure.lists, regions: self.regions, today: self.at.date() }
    }

    /// The answer at a reference as a value; a fact where it names one.
    pub(crate) fn value_at(&self, reference: &Ref, env: Env<'_>) -> Option<Val<'v>> {
        let (Place::Question(question), answer) = self.find(&reference.steps, env)? else {
            return None;
        };
        match &reference.fact {
            None => Val::of(&question.kind, answer),
            Some(fact) => self.fact(&question.kind, answer.as_str()?, fact).map(Val::of_fact),
        }
    }

    /// A further column of the code list that an answer comes from.
    pub(crate) fn fact(&self, kind: &Kind, key: &str, fact: &str) -> Option<&'v Fact> {
        let (Kind::OneOf(choices) | Kind::SeveralOf { choices, .. }) = kind else {
            return None;
        };
        let Choices::List { name, .. } = choices else {
            return None;
        };
        let list = self.procedure.lists.get(name)?;
        list.values.iter().find(|value| value.key == key)?.facts.get(fact)
    }

    /// How many entries a repeat has, or choices an answer of several-of; none where it is absent.
    pub(crate) fn length(&self, steps: &[Step], env: Env<'_>) -> usize {
        self.find(steps, env).and_then(|(_, answer)| answer.as_array()).map_or(0, Vec::len)
    }

    /// The place and the answer at the end of `steps`; `None` where it is absent or wrong.
    pub(crate) fn find(&self, steps: &[Step], env: Env<'_>) -> Option<(Place<'v>, &'v Json)> {
        let (Step::Key(first), rest) = steps.split_first()? else {
            return None;
        };
        let mut place = top(self.procedure, first)?;
        let mut answer = self.answers.get(first)?;
        for (position, step) in rest.iter().enumerate() {
            (place, answer) = match (place, step) {
                (Place::List { items }, Step::Entry) => {
                    (Place::Entry { items }, answer.as_array()?.get(env.entry(steps, position + 1)?)?)
                }
                (Place::Entry { items }, Step::Key(key)) => (within(items, key)?, answer.as_object()?.get(key)?),
                (Place::Question(question), Step::Key(key)) => {
                    let Kind::Block { items, .. } = &question.kind else {
                        return None;
                    };
                    (within(items, key)?, answer.as_object()?.get(key)?)
                }
                _ => return None,
            };
        }
        (!self.is_wrong(place, answer, steps, env)).then_some((place, answer))
    }

    fn is_wrong(&self, place: Place<'v>, answer: &Json, steps: &[Step], env: Env<'_>) -> bool {
        let Place::Question(question) = place else {
            return false;
        };
        match self.wrong {
            Wrong::Known(problems) => problems.iter().any(|problem| {
                !problem.warning && !matches!(problem.state, State::Rule(_)) && is_at(&problem.path, steps, env)
            }),
            Wrong::Check if is_block(&question.kind) => false,
            Wrong::Check => {
                question.kind.check(answer, self.around()).is_err() || self.hidden_choice(question, answer, env)
            }
        }
    }

    /// Whether an answer chooses an option that is not offered.
    pub(crate) fn hidden_choice(&self, question: &Question, answer: &Json, env: Env<'_>) -> bool {
        let (Kind::OneOf(Choices::Options(options)) | Kind::SeveralOf { choices: Choices::Options(options), .. }) =
            &question.kind
        else {
            return false;
        };
        options.iter().any(|option| {
            option.condition.as_ref().is_some_and(|condition| {
                let chosen = match answer {
                    Json::String(key) => *key == option.key,
                    Json::Array(keys) => keys.iter().any(|key| key.as_str() == Some(&option.key)),
                    _ => false,
                };
                chosen && !self.holds(condition, env)
            })
        })
    }

    /// Whether the question or repeat at `steps` is asked: it and everything around it.
    pub(crate) fn is_asked(&self, steps: &[Step], stopped: Option<usize>, env: Env<'_>) -> bool {
        let Some(Step::Key(first)) = steps.first() else {
            return false;
        };
        let Some((index, section)) = section_of(self.procedure, first) else {
            return false;
        };
        let holds = |condition: &Option<_>| condition.as_ref().is_none_or(|condition| self.holds(condition, env));
        if stopped.is_some_and(|stopped| index > stopped) || !holds(&section.condition) {
            return false;
        }
        let mut items = section.items.as_slice();
        let keys = if section.repeat.is_some() { &steps[1..] } else { steps };
        for step in keys {
            let Step::Key(key) = step else { continue };
            let Some(question) = question(items, key) else {
                return false;
            };
            if !holds(&question.condition) {
                return false;
            }
            if let Kind::Block { items: inner, .. } = &question.kind {
                items = inner;
            }
        }
        section.repeat.is_none() || self.exists(steps, env)
    }

    /// Whether the entries on the way of `steps` are there.
    fn exists(&self, steps: &[Step], env: Env<'_>) -> bool {
        steps
            .iter()
            .rposition(|step| matches!(step, Step::Entry))
            .is_none_or(|last| self.find(&steps[..=last], env).is_some())
    }
}

/// Whether a path is the place that `steps` lead to; an entry that is not fixed is any.
fn is_at(path: &Path, steps: &[Step], env: Env<'_>) -> bool {
    path.0.len() == steps.len() && is_on_the_way(path, steps, env)
}

/// Whether a path is a place on the way of `steps`, or their end.
pub(crate) fn is_on_the_way(path: &Path, steps: &[Step], env: Env<'_>) -> bool {
    path.0.len() <= steps.len()
        && path.0.iter().zip(steps).enumerate().all(|(position, pair)| match pair {
            (PathStep::Key(a), Step::Key(b)) => a == b,
            (PathStep::Index(a), Step::Entry) => env.entry(steps, position).is_none_or(|index| index == *a),
            _ => false,
        })
}
