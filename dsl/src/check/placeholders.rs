//! Names in braces in texts: what they stand for, and that it is there.

use super::expressions::{Context, Lower, nfc};
use super::refs::{self, Used};
use super::scope::NotFound;
use super::thing::Thing;
use crate::diagnostic::{Problem, closest};
use crate::format::area_word;
use crate::model::{Condition, Language, RichText};
use crate::syntax::expression::PathExpr;
use crate::syntax::keyword::{Heading, Key};
use crate::syntax::{Node, Span};

impl Lower<'_> {
    /// The paragraphs behind a key; the names in them are checked.
    pub(super) fn rich_at(
        &self,
        thing: &Thing,
        id: &str,
        node: &Node,
        key: Key,
        context: &Context<'_>,
    ) -> Option<RichText> {
        let text = self.world.rich_key(thing, id, node, key)?;
        let span = node.key(key).map_or(node.span, |line| line.value_span);
        self.placeholders(text.0.values().flatten(), span, context);
        Some(text)
    }

    /// Reports names in braces that stand for nothing, or for something that may not be there.
    pub(super) fn placeholders<'s>(&self, texts: impl Iterator<Item = &'s String>, span: Span, context: &Context<'_>) {
        for text in texts {
            let plain = text.replace("{{", "");
            let mut rest = plain.as_str();
            while let Some((_, after)) = rest.split_once('{') {
                let Some((name, tail)) = after.split_once('}') else {
                    let name = after.chars().take(40).collect();
                    self.say(Problem::PlaceholderUnknown { name }, context, span);
                    break;
                };
                self.placeholder(name.trim(), span, context);
                rest = tail;
            }
        }
    }

    fn placeholder(&self, name: &str, span: Span, context: &Context<'_>) {
        // The town that has adopted the template; a block does not know who uses it.
        if name == Key::Area.spelling(Language::German) {
            if self.thing.area.is_none() && self.thing.node.heading != Heading::Block {
                let word = format!("{{{}}}", Key::Area.spelling(context.language));
                self.say(Problem::OwnAreaUnknown { word }, context, span);
            }
            return;
        }
        let parts: Vec<String> = name.split('.').map(nfc).collect();
        let found = self.names.borrow().find(&parts, context.scope);
        if let Err(NotFound::Unknown(part, level)) = found {
            let suggestion = closest(&part, self.names.borrow().visible(level));
            self.say_with(Problem::PlaceholderUnknown { name: name.to_owned() }, suggestion, context, span);
            return;
        }
        self.named(&PathExpr { parts, span }, &Context { text: true, ..context.clone() });
    }
}

/// What certainly holds where a condition does not.
pub(super) fn denied(condition: &Condition) -> Vec<Condition> {
    match condition {
        Condition::Any(any) => any.iter().flat_map(denied).collect(),
        Condition::Not(inner) => vec![(**inner).clone()],
        // A comparison is looked at only where both sides are there.
        Condition::Compare { .. } => {
            let mut there = Vec::new();
            refs::condition(condition, &mut |used| {
                if let Used::Answer(reference) = used {
                    there.push(Condition::Answered(reference.clone()));
                }
            });
            there
        }
        _ => Vec::new(),
    }
}

/// A text in which the town that has adopted a template has its German name, `{Gebiet}`, in
/// whichever keyword language it is written: the compiled form is the same.
pub(super) fn area_in_german(text: &str) -> String {
    area_word(text, Language::English, Language::German).unwrap_or_else(|| text.to_owned())
}
