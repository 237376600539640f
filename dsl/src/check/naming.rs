//! Names and places: scopes, slots, constants, and what is told where a name is wrong.

use super::expressions::{Context, Lower, nfc};
use super::scope::{Entry, Scope, Slot};
use super::thing::Thing;
use super::types::{Number, Type};
use super::world::{place, quoted_part};
use crate::diagnostic::{Diagnostic, Problem};
use crate::model::Repeat;
use crate::syntax::expression::SetKind;
use crate::syntax::keyword::{Fixed, Heading, Key};
use crate::syntax::{KeyLine, Node, Rule, Span, parse_set};

impl<'t> Lower<'t> {
    /// `1 bis 5 mal, je "Hund"`
    pub(super) fn repeat(&self, line: &KeyLine, thing: &Thing, id: &str, context: &Context<'_>) -> Option<Repeat> {
        // One that cannot be read counts as any, so that what is repeated can still be named.
        let any = || Repeat { min: 0, max: 1_000, each: crate::model::Text::default() };
        let read = || -> Option<Repeat> {
            let (count, _) = line.value.split_once(',').unwrap_or((line.value.as_str(), ""));
            let words: Vec<&str> = count.split_whitespace().collect();
            let numbers: Vec<u32> = words.iter().filter_map(|word| word.parse().ok()).collect();
            let times = words.last().and_then(|word| Fixed::find(word)).is_some_and(|found| found.word == Fixed::Times);
            let (min, max) = match numbers.as_slice() {
                [min, max] => (*min, *max),
                [both] if words.len() == 2 => (*both, *both),
                _ => return None,
            };
            let each = quoted_part(&line.value)?;
            let each = self.world.text(thing, &place(id, "wiederholt"), &each);
            if times && min > max && min <= 1_000 {
                let span = Span::new(line.value_span.start, line.value_span.start + count.trim_end().len());
                let turned = count.trim_end().replacen(&min.to_string(), "\0", 1);
                let turned = turned.replacen(&max.to_string(), &min.to_string(), 1).replacen('\0', &max.to_string(), 1);
                let fix = Some((span, turned));
                self.world.say(Diagnostic { fix, ..Diagnostic::new(Problem::LimitsReversed, context.file, span) });
                return Some(Repeat { min: max, max: min, each });
            }
            (times && max > 0 && max <= 1_000).then_some(Repeat { min, max, each })
        };
        if line.value.is_empty() {
            return Some(any());
        }
        read().or_else(|| {
            self.say(Problem::RepeatForm, context, line.value_span);
            Some(any())
        })
    }

    pub(super) fn new_scope(&self, parent: usize) -> usize {
        let mut names = self.names.borrow_mut();
        names.scopes.push(Scope { parent: Some(parent), ..Scope::default() });
        names.scopes.len() - 1
    }

    pub(super) fn new_slot(&self, slot: Slot) -> usize {
        let mut names = self.names.borrow_mut();
        let index = names.slots.len();
        names.places.entry(slot.steps.clone()).or_insert(index);
        names.slots.push(slot);
        index
    }

    /// Gives a name to something in a scope; reports what is wrong with the name.
    pub(super) fn name(&self, scope: usize, node: &Node, entry: Entry, context: &Context<'_>) {
        let name = nfc(node.name_text());
        let span = node.name_span();
        if node.name.is_none() {
            self.world.say(super::names::missing_name(node, node.heading.spelling(context.language), context.file));
            return;
        }
        if let Some(problem) = super::names::check_name(&name) {
            self.say(problem, context, span);
        }
        if let Some(written) = &node.written {
            let level = &mut self.names.borrow_mut().scopes[scope];
            level.names.entry(nfc(written)).or_insert((entry, context.file.to_owned(), span));
        }
        self.name_is(scope, name, entry, span, context);
    }

    pub(super) fn name_is(&self, scope: usize, name: String, entry: Entry, span: Span, context: &Context<'_>) {
        let key = super::names::json_key(&name);
        let mut names = self.names.borrow_mut();
        let level = &mut names.scopes[scope];
        if let Some((_, file, first)) = level.names.get(&name) {
            let mut message = Diagnostic::new(Problem::NameTwice { name }, context.file, span);
            message.related.push((file.clone(), *first));
            self.world.say(message);
            return;
        }
        if let Some(other) = level.keys.get(&key) {
            let problem = Problem::KeyCollision { name: name.clone(), other: other.clone() };
            self.say(problem, context, span);
        }
        level.keys.insert(key, name.clone());
        level.names.insert(name, (entry, context.file.to_owned(), span));
    }

    /// `Wert name = …`
    pub(super) fn constant(&self, node: &Node, scope: usize, thing: &Thing) {
        let context = Context { scope, before: Some(0), ..Context::top(&thing.file, thing.language) };
        let Some((text, span)) = &node.definition else {
            let name = node.name_text().to_owned();
            let end = Span::new(node.name_span().end, node.name_span().end);
            let fix = node.title.as_ref().map(|_| (end, " =".to_owned()));
            let message = Diagnostic::new(Problem::EqualsMissing { name }, context.file, node.span);
            self.world.say(Diagnostic { fix, ..message });
            return;
        };
        let mut value = match self.depends_on(text) {
            Some(name) => {
                let words = [Heading::Value, Heading::Computed].map(|word| word.spelling(context.language).to_owned());
                let [value, computed] = words;
                let place = Span::new(node.span.start, node.span.start + value.len());
                let fix = Some((place, computed.clone()));
                let problem = Problem::ValueDepends { name, value, computed };
                self.world.say(Diagnostic { fix, ..Diagnostic::new(problem, context.file, *span) });
                None
            }
            None => self.read_calc(text, *span, &context),
        };
        if let Some((_, kind)) = &value {
            if self.other_unit_than_template(node, (text, *span), kind, &context) {
                // Everything that is calculated with it would be a consequence.
                value = None;
            } else {
                self.allowed_value(node, (text, *span), kind, &context);
            }
        }
        let index = {
            let mut constants = self.constants.borrow_mut();
            constants.push(value.unwrap_or((crate::model::Calc::Bool(false), Type::Unknown)));
            constants.len() - 1
        };
        self.name(scope, node, Entry::Constant(index), &context);
    }

    /// A question or a computed value of the file that a definition names.
    fn depends_on(&self, text: &str) -> Option<String> {
        // A unit may have the name of a question: `5 € je Tag`.
        let rules = [Rule::calc_only, Rule::condition_only];
        let read = rules.into_iter().find_map(|rule| crate::syntax::pairs(rule, text, 0).ok())?;
        let paths = read.into_inner().flatten().filter(|pair| pair.as_rule() == Rule::path);
        let words: Vec<&str> = paths.filter_map(|path| path.as_str().split('.').next()).collect();
        let mut open: Vec<&Node> = self.thing.node.children.iter().collect();
        while let Some(node) = open.pop() {
            let name = node.name_text();
            if matches!(node.heading, Heading::Question | Heading::Computed) && words.contains(&name) {
                return Some(name.to_owned());
            }
            open.extend(&node.children);
        }
        None
    }

    /// Reports a value of a town whose unit is not that of the template: `96 €` for `80 € je Jahr`.
    fn other_unit_than_template(
        &self,
        node: &Node,
        (text, span): (&str, Span),
        kind: &Type,
        context: &Context<'_>,
    ) -> bool {
        let Some(line) = node.key(Key::Adaptable).filter(|_| self.thing.origin.is_some()) else { return false };
        let bound = match parse_set(&line.value, line.value_span.start).map(|set| set.kind) {
            Ok(SetKind::From(bound) | SetKind::Over(bound) | SetKind::UpTo(bound) | SetKind::Under(bound)) => bound,
            Ok(SetKind::Between(_, bound)) => bound,
            _ => return false,
        };
        let Some((_, Type::Number(wanted))) = self.calc(&bound, context) else { return false };
        let Type::Number(Number { unit, .. }) = kind else { return false };
        if *unit == wanted.unit || wanted.unit.is_none() {
            return false;
        }
        let words = self.in_words_of(span, context).language;
        let unit = wanted.unit.written(words);
        let value = text.trim().to_owned();
        // The number, where nothing is calculated with it.
        let number = value.split_whitespace().next().unwrap_or_default().trim_end_matches('€');
        let plain = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit() || b".,".contains(&byte));
        let name = node.name_text().to_owned();
        let fix = (plain && !value.contains(['×', '*', '+', '/', '('])).then(|| format!("{number} {unit}"));
        let line = fix.clone().unwrap_or_else(|| line.value.clone());
        let message = Diagnostic::new(Problem::ValueUnit { name, unit, value, line }, context.file, span);
        self.world.say(Diagnostic { fix: fix.map(|fix| (span, fix)), ..message });
        true
    }

    /// `örtlich anpassbar: 0 € bis 300 €` under a `Wert`: the value is in that set.
    fn allowed_value(&self, node: &Node, (text, span): (&str, Span), kind: &Type, context: &Context<'_>) {
        let Some(line) = node.key(Key::Adaptable) else { return };
        let kind = match kind {
            // Fine enough for every bound that somebody writes.
            Type::Number(number) => Type::Number(Number { places: 6, ..number.clone() }),
            other => other.clone(),
        };
        let allowed = self.read_set(&line.value, line.value_span, &kind, context);
        if let Some(allowed) = allowed
            && let Some(value) = self.read_set(text, span, &kind, context)
            && !super::sets::subset(&value, &allowed)
        {
            let (name, value) = (node.name_text().to_owned(), text.trim().to_owned());
            self.say(Problem::ValueOutside { name, value, allowed: line.value.clone() }, context, span);
        }
    }
}
