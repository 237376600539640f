//! Rules ("Regel"): what must hold, and where the message stands.

use super::expressions::{Context, Lower, nfc};
use super::refs::{self, Used};
use super::thing::Thing;
use crate::diagnostic::Problem;
use crate::model::{Condition, Message, Ref, Rule, Step};
use crate::syntax::Node;
use crate::syntax::expression::PathExpr;
use crate::syntax::keyword::Key;

impl<'t> Lower<'t> {
    /// A `Regel`.
    pub(super) fn rule(&self, node: &Node, thing: &Thing, id: &str, context: &Context<'_>) -> Option<Rule> {
        let condition = self.only_if(node, context);
        let mut inner = context.clone();
        inner.facts.extend(condition.clone());
        let (Some(line), Some(otherwise)) =
            (node.key(Key::MustHold), node.key(Key::Otherwise).or_else(|| node.key(Key::OtherwiseWarning)))
        else {
            let missing = if node.key(Key::MustHold).is_some() { Key::Otherwise } else { Key::MustHold };
            let word = missing.spelling(context.language).to_owned();
            self.say(Problem::RuleForm { word }, context, node.span);
            return None;
        };
        let holds = self.read_condition(&line.value, line.value_span, &inner)?;
        let warning = otherwise.key == Some(Key::OtherwiseWarning);
        let role = if warning { "sonst Warnung 1" } else { "sonst 1" };
        let failed = super::placeholders::denied(&holds).into_iter().chain(inner.facts.iter().cloned()).collect();
        let text = self.message(otherwise, thing, id, role, &Context { facts: failed, ..inner })?;
        let at = match node.key(Key::At) {
            Some(at) => {
                let path = PathExpr {
                    parts: at.value.split('.').map(|part| part.trim().to_owned()).collect(),
                    span: at.value_span,
                };
                self.answer(&path, context)?.0
            }
            None => self.last_named(&holds).or_else(|| {
                self.say(
                    Problem::MissingKey {
                        word: Key::At.spelling(context.language).to_owned(),
                        heading: node.heading.spelling(context.language).to_owned(),
                    },
                    context,
                    node.span,
                );
                None
            })?,
        };
        self.spoken_to_second(condition.iter().chain([&holds]), &at, line.value_span, context);
        Some(Rule { name: nfc(node.name_text()), condition, holds, at, message: Message { text, warning } })
    }

    /// The question that comes last in the file, of those that a condition names.
    pub(super) fn last_named(&self, condition: &Condition) -> Option<Ref> {
        let mut last: Option<(Option<usize>, Ref)> = None;
        let mut list = None;
        if let Condition::Distinct { by, .. } = condition {
            return Some(by.clone());
        }
        refs::condition(condition, &mut |used| {
            if let Used::Answer(reference) = &used {
                let order = self.order_of(&used);
                if reference.steps.contains(&Step::Entry) && !matches!(condition, Condition::Every { .. }) {
                    let outer: Vec<Step> =
                        reference.steps.iter().take_while(|step| **step != Step::Entry).cloned().collect();
                    list = Some(Ref { steps: outer, fact: None });
                } else if last.as_ref().is_none_or(|(known, _)| order >= *known) {
                    last = Some((order, Ref { steps: reference.steps.clone(), fact: None }));
                }
            }
        });
        last.map(|(_, reference)| reference).or(list).or_else(|| self.behind_computed(condition))
    }

    /// A rule about computed values alone stands at the last question behind them.
    pub(super) fn behind_computed(&self, condition: &Condition) -> Option<Ref> {
        let mut order = None;
        refs::condition(condition, &mut |used| order = order.max(self.order_of(&used)));
        let names = self.names.borrow();
        let slot = names.slots.iter().filter(|slot| Some(slot.order) <= order).max_by_key(|slot| slot.order)?;
        let steps = slot.steps.iter().take_while(|step| **step != Step::Entry).cloned().collect();
        Some(Ref { steps, fact: None })
    }
}
