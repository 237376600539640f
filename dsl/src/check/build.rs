//! Second pass: conditions and rules; sections of the model.

use std::sync::Arc;

use super::declare::{Declared, DeclaredQuestion, DeclaredSection};
use super::expressions::{Context, Lower};
use super::placeholders::{area_in_german, denied};
use super::thing::Thing;
use super::world::{node_id, paragraphs, place};
use crate::diagnostic::{Both, Problem};
use crate::kind::{Choices, Kind};
use crate::model::{Condition, Item, Language, Message, Paragraph, Question, QuestionRule, Section, Text};
use crate::syntax::keyword::{Fixed, Heading, Key};
use crate::syntax::{KeyLine, Node};

impl Lower<'_> {
    /// The sections of the model.
    pub(super) fn sections(&self, declared: &[DeclaredSection<'_>], thing: &Thing) -> Vec<Section> {
        declared.iter().map(|section| self.section(section, thing)).collect()
    }

    fn section(&self, declared: &DeclaredSection<'_>, thing: &Thing) -> Section {
        let node = declared.node;
        let context = Context { before: Some(declared.order), ..Context::top(&thing.file, thing.language) };
        let condition = self.only_if(node, &context);
        let around: Vec<Condition> = condition.iter().cloned().collect();
        if let (Some(slot), Some(condition)) = (declared.slot, &condition) {
            self.names.borrow_mut().slots[slot].conditions.push(condition.clone());
        }
        let second = self.second_person(node, &Context { facts: around.clone(), ..context.clone() });
        if let (Some(line), true) = (node.key(Key::AnsweredBy), declared.repeat.is_some()) {
            self.say(Problem::SecondPersonRepeats, &context, line.key_span);
        }
        if node.key(Key::AnsweredBy).is_none() {
            self.asked_first(condition.as_ref(), Key::OnlyIf, node, &context);
        }
        // Inside an entry of a repeat the list's own condition certainly holds.
        let outside = if declared.repeat.is_some() { Vec::new() } else { around.clone() };
        let mut items = self.items(&declared.items, &outside, &around);
        self.answered_together(&mut items, second.as_ref(), &declared.items, &context);
        let title = self.title(node, thing, &declared.id, &context);
        self.section_key(node, &context);
        Section {
            key: super::names::json_key(node.name_text()),
            title,
            introduction: self.rich_at(
                thing,
                &declared.id,
                node,
                Key::Text,
                &Context { facts: around, ..context.clone() },
            ),
            condition,
            repeat: declared.repeat.clone(),
            page_per_question: self.fixed(node, Key::Page, Fixed::EachQuestion, &context),
            items,
        }
    }

    fn section_key(&self, node: &Node, context: &Context<'_>) {
        if node.name.is_none() {
            self.world.say(super::names::missing_name(node, node.heading.spelling(context.language), context.file));
            return;
        }
        if let Some(problem) = super::names::check_name(node.name_text()) {
            self.say(problem, context, node.name_span());
        }
        self.address(node, context);
    }

    /// Names that stand for other pages.
    pub(super) fn address(&self, node: &Node, context: &Context<'_>) {
        let key = super::names::json_key(node.name_text());
        if matches!(key.as_str(), "k" | "s" | "z" | "en" | "leicht" | "api" | "pruefen") {
            self.say(Problem::AddressTaken { name: node.name_text().to_owned() }, context, node.name_span());
        }
    }

    /// Whether a key stands there, with the one value that it can have.
    fn fixed(&self, node: &Node, key: Key, wanted: Fixed, context: &Context<'_>) -> bool {
        let Some(line) = node.key(key) else {
            return false;
        };
        if Fixed::ALL.contains(&wanted)
            && Fixed::find(&line.value).is_some_and(|found| {
                found.word == wanted || found.word.spelling(context.language) == wanted.spelling(context.language)
            })
        {
            return true;
        }
        if line.value.is_empty() {
            return false;
        }
        let right = wanted.spelling(context.language);
        let allowed = Both::any_of(&[right]);
        let problem = Problem::ValueNotUnderstood { word: line.words.clone(), value: line.value.clone(), allowed };
        let suggestion = crate::diagnostic::closest(&line.value, [right]);
        self.say_with(problem, suggestion, context, line.value_span);
        false
    }

    /// `erscheint: auf derselben Seite`: only a condition on an answer of the page can make it appear.
    fn same_page(&self, declared: &DeclaredQuestion<'_>, condition: Option<&Condition>, context: &Context<'_>) -> bool {
        let node = declared.node;
        if !self.fixed(node, Key::Appears, Fixed::OnTheSamePage, context) {
            return false;
        }
        let mut here = node.key(Key::OnlyIf).is_some() && condition.is_none();
        if let Some(condition) = condition {
            let names = self.names.borrow();
            let section = names.slots[declared.slot].section;
            super::refs::condition(condition, &mut |used| {
                here |= match used {
                    // What it is computed from is not looked at.
                    super::refs::Used::Computed(_) => true,
                    super::refs::Used::Answer(answer) => {
                        names.places.get(&answer.steps).is_none_or(|slot| names.slots[*slot].section == section)
                    }
                };
            });
        }
        if let Some(line) = node.key(Key::Appears).filter(|_| !here) {
            self.say(Problem::AppearsAlways { name: node.name_text().to_owned() }, context, line.key_span);
        }
        here
    }

    pub(super) fn title(&self, node: &Node, thing: &Thing, id: &str, context: &Context<'_>) -> Text {
        let Some((title, _)) = &node.title else {
            let what = format!("{} {}", node.heading.spelling(thing.language), node.name_text());
            self.say(Problem::MissingText { what }, context, node.span);
            return Text::default();
        };
        let mut text = self.world.text(thing, &place(id, "title"), title);
        if let Some(easy) = node.key(Key::Easy).and_then(paragraphs).and_then(|texts| texts.first().cloned()) {
            text.0.insert(Language::Easy, area_in_german(&easy));
        }
        text
    }

    pub(super) fn only_if(&self, node: &Node, context: &Context<'_>) -> Option<Condition> {
        let line = node.key(Key::OnlyIf)?;
        self.read_condition(&line.value, line.value_span, context)
    }

    /// `around` are the conditions that a slot inside has, `facts` what is known there.
    pub(super) fn items(&self, declared: &[Declared<'_>], around: &[Condition], facts: &[Condition]) -> Vec<Item> {
        declared
            .iter()
            .map(|item| match item {
                Declared::Question(question) => Item::Question(Box::new(self.question(question, around, facts))),
                Declared::Paragraph { node, id, thing, order, scope, second } => {
                    let context = Context {
                        scope: *scope,
                        before: Some(*order),
                        facts: facts.to_vec(),
                        ..Context::top(&thing.file, thing.language)
                    };
                    let condition = self.only_if(node, &context);
                    if !*second {
                        self.asked_first(condition.as_ref(), Key::OnlyIf, node, &context);
                    }
                    let first = node.title.as_ref().map(|(title, _)| title.clone());
                    if first.is_none() {
                        self.title(node, thing, id, &context);
                    }
                    let mut context = context;
                    context.facts.extend(condition.clone());
                    let texts: Vec<_> = first.into_iter().chain(node.texts.iter().cloned()).collect();
                    let mut text = self.world.rich(thing, &place(id, "title"), &texts);
                    if let Some(easy) = node.key(Key::Easy).and_then(paragraphs) {
                        Arc::make_mut(&mut text.0)
                            .insert(Language::Easy, easy.iter().map(|text| area_in_german(text)).collect());
                    }
                    self.placeholders(text.0.values().flatten(), node.span, &context);
                    Item::Paragraph(Paragraph { key: super::names::json_key(node.name_text()), text, condition })
                }
            })
            .collect()
    }

    fn question(&self, declared: &DeclaredQuestion<'_>, around: &[Condition], facts: &[Condition]) -> Question {
        let (node, thing) = (declared.node, declared.thing);
        let context = Context {
            scope: declared.scope,
            before: Some(declared.order),
            facts: facts.to_vec(),
            ..Context::top(&thing.file, thing.language)
        };
        let condition = self.only_if(node, &context);
        let own: Vec<Condition> = around.iter().cloned().chain(condition.clone()).collect();
        let known: Vec<Condition> = facts.iter().cloned().chain(condition.clone()).collect();
        self.names.borrow_mut().slots[declared.slot].conditions = own.clone();
        let mut kind = declared.kind.clone();
        let inside_context = Context { facts: known.clone(), ..context.clone() };
        let answered_by = self.second_person(node, &inside_context);
        let first = !self.names.borrow().slots[declared.slot].from.second;
        if first {
            self.asked_first(condition.as_ref(), Key::OnlyIf, node, &context);
        }
        if let Kind::OneOf(Choices::Options(options)) | Kind::SeveralOf { choices: Choices::Options(options), .. } =
            &mut kind
        {
            for bullet in &node.bullets {
                let line = super::options::read(&bullet.text, bullet.span.start);
                let key = super::names::json_key(&line.key);
                if let (Some((text, span)), Some(option)) = (&line.condition, options.iter_mut().find(|o| o.key == key))
                {
                    option.condition = self.read_condition(text, *span, &inside_context);
                    if first {
                        self.looks_at_no_second(option.condition.as_ref(), *span, &context);
                    }
                }
            }
        }
        if let (Kind::Block { items, .. }, Some(inside)) = (&mut kind, &declared.inside) {
            let mut outside = if declared.repeat.is_some() { Vec::new() } else { own.clone() };
            let mut known = known.clone();
            // A block that may be left out is all there or not at all.
            if declared.optional && declared.repeat.is_none() {
                let reference = self.names.borrow().slots[declared.slot].reference();
                outside.push(Condition::Answered(reference.clone()));
                known.push(Condition::Answered(reference));
            }
            for state in self.computed.borrow_mut().iter_mut().filter(|state| state.scope == inside.scope) {
                state.facts.clone_from(&known);
            }
            *items = self.items(&inside.items, &outside, &known);
            self.block_rules(inside.block, inside.scope, items, &known);
        }
        if let Some(line) = node.key(Key::AnsweredBy) {
            if declared.repeat.is_some() {
                self.say(Problem::SecondPersonRepeats, &context, line.key_span);
            }
            if super::second_person::holds_files(&kind) {
                self.say(Problem::SecondPersonFile, &context, line.key_span);
            }
        }
        let label = self.title(node, thing, &declared.id, &context);
        let hint = self.rich_at(thing, &declared.id, node, Key::Hint, &inside_context);
        self.placeholders(label.0.values(), node.span, &inside_context);
        let rules = self.question_rules(declared, &known);
        Question {
            key: declared.key.clone(),
            label,
            hint,
            kind,
            optional: declared.freely && declared.may_follow.is_none(),
            may_follow: declared.may_follow.clone(),
            condition: condition.clone(),
            rules,
            repeat: declared.repeat.clone(),
            subject: declared.subject.clone(),
            same_page: self.same_page(declared, condition.as_ref(), &context),
            answered_by,
        }
    }

    /// `Es muss gelten:` and `sonst:` at a question.
    fn question_rules(&self, declared: &DeclaredQuestion<'_>, facts: &[Condition]) -> Vec<QuestionRule> {
        let (node, thing) = (declared.node, declared.thing);
        let mut known = facts.to_vec();
        let reference = self.names.borrow().slots[declared.slot].reference();
        known.push(Condition::Answered(reference));
        let inner = declared.inside.as_ref().filter(|_| declared.repeat.is_none());
        let scope = inner.map_or(declared.scope, |_| declared.scope);
        let context = Context { scope, facts: known, ..Context::top(&thing.file, thing.language) };
        let mut rules = Vec::new();
        let second = self.names.borrow().slots[declared.slot].from.second;
        let lacks = |key: Key| Problem::RuleForm { word: key.spelling(thing.language).to_owned() };
        let (mut otherwise, mut warnings) = (0, 0);
        let mut holds: Option<(Option<Condition>, &KeyLine)> = None;
        for line in &node.keys {
            match line.key {
                Some(Key::MustHold) => {
                    if let Some((_, open)) = holds.take() {
                        self.say(lacks(Key::Otherwise), &context, open.key_span);
                    }
                    let condition = self.read_condition(&line.value, line.value_span, &context);
                    if !second {
                        self.looks_at_no_second(condition.as_ref(), line.value_span, &context);
                    }
                    holds = Some((condition, line));
                }
                Some(key @ (Key::Otherwise | Key::OtherwiseWarning)) => {
                    let warning = key == Key::OtherwiseWarning;
                    let number = if warning { &mut warnings } else { &mut otherwise };
                    *number += 1;
                    let role = if warning { format!("sonst Warnung {number}") } else { format!("sonst {number}") };
                    let Some((condition, _)) = holds.take() else {
                        self.say(lacks(Key::MustHold), &context, line.key_span);
                        continue;
                    };
                    let failed = condition.iter().flat_map(denied).chain(context.facts.iter().cloned()).collect();
                    let failed = Context { facts: failed, ..context.clone() };
                    let text = self.message(line, thing, &declared.id, &role, &failed);
                    if let (Some(holds), Some(text)) = (condition, text) {
                        rules.push(QuestionRule { holds, message: Message { text, warning } });
                    }
                }
                _ => {}
            }
        }
        if let Some((_, open)) = holds {
            self.say(lacks(Key::Otherwise), &context, open.key_span);
        }
        rules
    }

    /// The text behind `sonst:`.
    pub(super) fn message(
        &self,
        line: &KeyLine,
        thing: &Thing,
        id: &str,
        role: &str,
        context: &Context<'_>,
    ) -> Option<Text> {
        let Some(texts) = paragraphs(line) else {
            if let Some(message) = super::world::no_text(line, context.file) {
                self.world.say(message);
            }
            return None;
        };
        let text = self.world.text(thing, &place(id, role), &texts.join(" "));
        self.placeholders(text.0.values(), line.value_span, context);
        Some(text)
    }

    /// Rules of a building block become rules at the question where their message stands.
    pub(super) fn block_rules(&self, thing: &Thing, scope: usize, items: &mut [Item], facts: &[Condition]) {
        for node in thing.node.children.iter().filter(|child| child.heading == Heading::Rule) {
            let context = Context { scope, facts: facts.to_vec(), ..Context::top(&thing.file, thing.language) };
            let Some(rule) = self.rule(node, thing, &node_id("", node), &context) else {
                continue;
            };
            let holds = match rule.condition {
                Some(condition) => Condition::Any(vec![Condition::Not(Box::new(condition)), rule.holds]),
                None => rule.holds,
            };
            let last = rule.at.steps.last().cloned();
            let target = items.iter_mut().find_map(|item| match item {
                Item::Question(question) if last == Some(crate::model::Step::Key(question.key.clone())) => {
                    Some(question)
                }
                _ => None,
            });
            if let Some(question) = target {
                question.rules.push(QuestionRule { holds, message: rule.message });
            }
        }
    }
}
