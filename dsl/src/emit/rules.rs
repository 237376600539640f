//! The rules of the procedure, where a schema can say them.

use serde_json::json;

use super::formula::Formula;
use super::objects::Builder;
use super::say::Speaker;
use crate::eval::refs::any_ref;
use crate::eval::view::{Env, question, section_of};
use crate::kind::Kind;
use crate::model::{Condition, Ref, Step};

/// Says the rules, and keeps those that a schema cannot say for the remainder.
pub(super) fn rules(builder: &mut Builder<'_>) {
    for rule in builder.procedure.rules.iter().filter(|rule| !rule.message.warning) {
        let applies = rule.condition.as_ref().map_or(Formula::True, |condition| builder.speaker.say(condition));
        let kept = Kept { speaker: &builder.speaker, at: &rule.at }.kept(&rule.holds, &mut Vec::new());
        let kept = Formula::any([applies.not(), kept]).seen_from(&[]);
        builder.must_hold(&kept);
        if !kept.is_exact() {
            builder.rest.rule(Some(&rule.name), &rule.at.steps, rule.condition.as_ref(), &rule.holds, &rule.message);
        }
    }
}

/// A rule taken apart as the evaluator does it: entry by entry where its message stands inside one.
struct Kept<'k> {
    speaker: &'k Speaker<'k>,
    at: &'k Ref,
}

impl<'k> Kept<'k> {
    /// Whether a condition is kept; `lists` are the repeats whose entries it is about.
    fn kept(&self, condition: &'k Condition, lists: &mut Vec<&'k [Step]>) -> Formula {
        match condition {
            Condition::All(all) => Formula::all(all.iter().map(|one| self.kept(one, lists))),
            Condition::Every { list, holds } if self.stands_inside(list) => {
                lists.push(&list.steps);
                let holds = self.kept(holds, lists);
                lists.pop();
                self.speaker.over(list, &holds, &|items| (json!({ "items": items }), false))
            }
            Condition::Not(not) => match not.as_ref() {
                Condition::Some { list, holds } if self.stands_inside(list) => {
                    lists.push(&list.steps);
                    let asked = self.names_asked(holds, lists);
                    lists.pop();
                    let none = Formula::all([asked, self.speaker.say(holds)]).not();
                    self.speaker.over(list, &none, &|items| (json!({ "items": items }), false))
                }
                _ => self.whole(condition, lists),
            },
            _ => self.whole(condition, lists),
        }
    }

    fn whole(&self, condition: &Condition, lists: &[&[Step]]) -> Formula {
        Formula::any([self.names_asked(condition, lists).not(), self.speaker.say(condition)])
    }

    fn stands_inside(&self, list: &Ref) -> bool {
        self.at.steps.len() > list.steps.len() && self.at.steps.starts_with(&list.steps)
    }

    /// Whether one of the questions is asked that the rule or the condition names.
    fn names_asked(&self, condition: &Condition, lists: &[&[Step]]) -> Formula {
        let mut asked = vec![self.is_asked(&self.at.steps, lists)];
        any_ref(self.speaker.procedure, condition, Env::default(), &mut |reference, _| {
            asked.push(self.is_asked(&reference.steps, lists));
            false
        });
        Formula::any(asked)
    }

    /// Whether the question or the repeat at `steps` is asked. An entry is there only where its
    /// repeat is asked, so what lies before the last entry needs no look.
    fn is_asked(&self, steps: &[Step], lists: &[&[Step]]) -> Formula {
        let Some(Step::Key(first)) = steps.first() else {
            return Formula::False;
        };
        let Some((_, section)) = section_of(self.speaker.procedure, first) else {
            return Formula::False;
        };
        let mut all: Vec<Formula> = section.condition.iter().map(|condition| self.speaker.say(condition)).collect();
        let mut items = section.items.as_slice();
        for (position, step) in steps.iter().enumerate() {
            match step {
                Step::Entry if lists.contains(&&steps[..position]) => all.clear(),
                Step::Entry => break,
                Step::Key(_) if position == 0 && section.repeat.is_some() => {}
                Step::Key(key) => {
                    let Some(question) = question(items, key) else {
                        return Formula::False;
                    };
                    all.extend(question.condition.iter().map(|condition| self.speaker.say(condition)));
                    if let Kind::Block { items: inner, .. } = &question.kind {
                        items = inner;
                    }
                }
            }
        }
        Formula::all(all)
    }
}
