//! The objects of the answers: their properties, and when each of them is there.

use serde_json::{Map, Value as Json, json};

use super::clause::{choice, down, joined};
use super::formula::{Formula, at, split};
use super::rest::{Rest, pointer};
use super::say::Speaker;
use crate::kind::{Choices, Kind};
use crate::model::{Condition, Item, Language, Procedure, Question, Repeat, Section, Step};

/// Builds the schema of a procedure.
pub(super) struct Builder<'p> {
    pub procedure: &'p Procedure,
    pub language: Language,
    pub speaker: Speaker<'p>,
    /// Statements about the whole answers.
    pub whole: Vec<Json>,
    /// What a schema cannot say.
    pub rest: Rest,
}

/// What is known of an object while its properties are gathered.
#[derive(Default)]
pub(super) struct Members {
    pub properties: Map<String, Json>,
    /// The properties that are there whenever the object is.
    pub required: Vec<String>,
}

/// Where an object lies: an entry (or the top), and the blocks inside it.
#[derive(Clone)]
struct Spot<'p> {
    scope: Vec<Step>,
    /// Keys of the blocks on the way, and whether each must be there.
    blocks: Vec<(&'p str, bool)>,
    /// The conditions of what lies around, inside the same entry.
    around: Vec<&'p Condition>,
}

impl<'p> Builder<'p> {
    /// All sections: the properties of the answers.
    pub(super) fn sections(&mut self) -> Members {
        let mut all = Members::default();
        let mut clauses = Vec::new();
        for section in &self.procedure.sections {
            let members = self.section(section, &mut clauses);
            let keys: Vec<String> = members.properties.keys().cloned().collect();
            all.properties.extend(members.properties);
            match &section.condition {
                None => all.required.extend(members.required),
                Some(condition) => {
                    let spot = Spot { scope: Vec::new(), blocks: Vec::new(), around: Vec::new() };
                    self.asked(&spot, condition, &members.required, &keys, &mut clauses);
                }
            }
        }
        self.whole.splice(0..0, clauses);
        all
    }

    fn section(&mut self, section: &'p Section, clauses: &mut Vec<Json>) -> Members {
        let mut spot = Spot { scope: Vec::new(), blocks: Vec::new(), around: Vec::new() };
        let Some(repeat) = &section.repeat else {
            spot.around.extend(&section.condition);
            return self.members(&section.items, &spot, clauses);
        };
        let mut members = Members::default();
        let mut list = self.list(&section.key, &section.items, repeat, &spot);
        if let Some(list) = list.as_object_mut() {
            list.insert("title".to_owned(), section.title.get(self.language).into());
        }
        members.properties.insert(section.key.clone(), list);
        if repeat.min > 0 {
            members.required.push(section.key.clone());
        }
        members
    }

    fn members(&mut self, items: &'p [Item], spot: &Spot<'p>, clauses: &mut Vec<Json>) -> Members {
        let mut members = Members::default();
        for item in items {
            let Item::Question(question) = item else {
                continue;
            };
            let (property, needed) = self.property(question, spot, clauses);
            members.properties.insert(question.key.clone(), property);
            let needed = if needed { vec![question.key.clone()] } else { Vec::new() };
            match &question.condition {
                None => members.required.extend(needed),
                Some(condition) => {
                    self.asked(spot, condition, &needed, std::slice::from_ref(&question.key), clauses);
                }
            }
            self.options(question, spot, clauses);
            self.rules_at(question, spot, clauses);
        }
        members
    }

    /// The schema of an answer, and whether it must be there when it is asked.
    fn property(&mut self, question: &'p Question, spot: &Spot<'p>, clauses: &mut Vec<Json>) -> (Json, bool) {
        let (mut schema, needed) = match (&question.kind, &question.repeat) {
            (Kind::Block { items, .. }, Some(repeat)) => {
                (self.list(&question.key, items, repeat, spot), !question.may_be_absent() && repeat.min > 0)
            }
            (Kind::Block { items, .. }, None) => {
                let mut inside = spot.clone();
                inside.blocks.push((&question.key, !question.may_be_absent()));
                inside.around.extend(&question.condition);
                let members = self.members(items, &inside, clauses);
                let needed = !question.may_be_absent() && !members.required.is_empty();
                let mut schema = closed(members, Vec::new());
                if question.may_be_absent() {
                    schema.insert("minProperties".to_owned(), 1.into());
                }
                (Json::Object(schema), needed)
            }
            (kind, _) => {
                let mut schema = kind.schema(&self.procedure.lists, self.language);
                let mut checks = kind.remainder();
                if !self.has_dated_values(kind) {
                    checks.remove("valid_today");
                }
                if !checks.is_empty()
                    && let Some(schema) = schema.as_object_mut()
                {
                    schema.insert("x-amtsweg-checks".to_owned(), Json::Object(checks));
                }
                (schema, !question.may_be_absent())
            }
        };
        if let Some(schema) = schema.as_object_mut() {
            if question.answered_by.is_some() {
                // Whoever sends cannot give it: it comes from somebody else, afterwards.
                schema.insert("readOnly".to_owned(), true.into());
            }
            schema.insert("title".to_owned(), question.label.get(self.language).into());
            let hint = question.hint.as_ref().map(|hint| hint.get(self.language).join("\n\n"));
            if let Some(hint) = hint.filter(|hint| !hint.is_empty()) {
                schema.insert("description".to_owned(), hint.into());
            }
        }
        (schema, needed)
    }

    /// Whether a value of the code list of a kind may be chosen on some days only.
    fn has_dated_values(&self, kind: &Kind) -> bool {
        let (Kind::OneOf(choices) | Kind::SeveralOf { choices, .. }) = kind else {
            return true;
        };
        let Choices::List { name, .. } = choices else {
            return false;
        };
        let list = self.procedure.lists.get(name);
        list.is_some_and(|list| list.values.iter().any(|value| value.valid_from.is_some() || value.valid_to.is_some()))
    }

    fn list(&mut self, key: &'p str, items: &'p [Item], repeat: &Repeat, spot: &Spot<'p>) -> Json {
        let mut scope = spot.scope.clone();
        scope.extend(spot.blocks.iter().map(|(key, _)| Step::Key((*key).to_owned())));
        scope.extend([Step::Key(key.to_owned()), Step::Entry]);
        let inside = Spot { scope, blocks: Vec::new(), around: Vec::new() };
        let mut clauses = Vec::new();
        let members = self.members(items, &inside, &mut clauses);
        let mut entry = closed(members, clauses);
        entry.insert("title".to_owned(), repeat.each.get(self.language).into());
        json!({ "type": "array", "minItems": repeat.min, "maxItems": repeat.max, "items": entry })
    }

    /// That `keys` are there only if a condition and those around it hold, and `needed` if they do.
    fn asked(
        &mut self,
        spot: &Spot<'p>,
        condition: &'p Condition,
        needed: &[String],
        keys: &[String],
        clauses: &mut Vec<Json>,
    ) {
        let own = self.speaker.say(condition).seen_from(&spot.scope);
        let around = self.speaker.say_all(&spot.around).seen_from(&spot.scope);
        let all = Formula::all([around, own.clone()]).seen_from(&spot.scope);
        let then = (!needed.is_empty()).then(|| {
            // What lies in a block that may be absent makes nothing around that block needed.
            let mut needs = true;
            spot.blocks.iter().rev().fold(json!({ "required": needed }), |inner, (key, required)| {
                needs &= required;
                at(&[*key], inner, needs)
            })
        });
        let keys: Map<String, Json> = keys.iter().map(|key| (key.clone(), Json::Bool(false))).collect();
        let blocks: Vec<&str> = spot.blocks.iter().map(|(key, _)| *key).collect();
        let otherwise = at(&blocks, json!({ "properties": keys }), false);
        if all.is_exact() {
            self.clause(spot, &all, &|holds| choice(holds, then.as_ref(), Some(&otherwise)), clauses);
            return;
        }
        if then.is_some() && all.lower() != Formula::False {
            self.clause(spot, &all.lower(), &|holds| choice(holds, then.as_ref(), None), clauses);
        }
        if own.upper() != Formula::True {
            self.clause(spot, &own.upper(), &|holds| choice(holds, None, Some(&otherwise)), clauses);
        }
        let mut asked_if: Vec<&Condition> = spot.around.clone();
        asked_if.push(condition);
        // Needed are answers where the innermost object is there that may be absent.
        let sure = spot.blocks.iter().rposition(|(_, required)| !required).map_or(0, |last| last + 1);
        let within = pointer(&spot.scope, blocks[..sure].iter().copied());
        for required in [true, false] {
            let keys = keys.keys().filter(|key| needed.contains(key) == required);
            let at = keys.map(|key| pointer(&spot.scope, blocks.iter().copied().chain([key.as_str()]))).collect();
            self.rest.condition(at, &asked_if, required.then_some(within.as_str()));
        }
    }

    /// That an option is chosen only where it is offered.
    fn options(&mut self, question: &'p Question, spot: &Spot<'p>, clauses: &mut Vec<Json>) {
        let (several, options) = match &question.kind {
            Kind::OneOf(Choices::Options(options)) => (false, options),
            Kind::SeveralOf { choices: Choices::Options(options), .. } => (true, options),
            _ => return,
        };
        for option in options {
            let Some(condition) = &option.condition else {
                continue;
            };
            let other = json!({ "not": { "const": option.key } });
            let other = if several { json!({ "items": other }) } else { other };
            let mut keys: Vec<&str> = spot.blocks.iter().map(|(key, _)| *key).collect();
            keys.push(&question.key);
            let otherwise = at(&keys, other, false);
            let offered = self.speaker.say(condition).seen_from(&spot.scope);
            if offered.upper() != Formula::True {
                self.clause(spot, &offered.upper(), &|holds| choice(holds, None, Some(&otherwise)), clauses);
            }
            if !offered.is_exact() {
                self.rest.option(&spot.scope, &keys, &option.key, condition);
            }
        }
    }

    /// The rules at a question, where a schema can say them.
    fn rules_at(&mut self, question: &'p Question, spot: &Spot<'p>, clauses: &mut Vec<Json>) {
        let mut steps = spot.scope.clone();
        steps.extend(spot.blocks.iter().map(|(key, _)| Step::Key((*key).to_owned())));
        steps.push(Step::Key(question.key.clone()));
        for rule in question.rules.iter().filter(|rule| !rule.message.warning) {
            // A block or a list that is there counts as answered, also when nothing is in it.
            let (_, keys) = split(&steps);
            let there = Formula::Is { scope: spot.scope.clone(), schema: at(&keys, Json::Bool(true), true) };
            let kept = Formula::any([there.not(), self.speaker.say(&rule.holds)]).seen_from(&spot.scope);
            if kept.upper() != Formula::True {
                self.clause(spot, &kept.upper(), &Formula::schema, clauses);
            }
            if !kept.is_exact() {
                self.rest.rule(None, &steps, None, &rule.holds, &rule.message);
            }
        }
    }

    /// Adds a statement about the entry of a spot. Where it looks at objects around the entry
    /// as well, it is made from the top, once for each case there.
    fn clause(&mut self, spot: &Spot<'p>, formula: &Formula, say: &dyn Fn(&Formula) -> Json, clauses: &mut Vec<Json>) {
        if formula.atoms(|scope| scope != spot.scope).is_empty() {
            clauses.extend(Some(say(formula)).filter(|statement| *statement != Json::Bool(true)));
            return;
        }
        let statement = down(&[], &spot.scope, formula, say);
        self.whole.push(statement);
    }

    /// That a condition on the whole answers holds, as far as a schema can say it.
    pub(super) fn must_hold(&mut self, formula: &Formula) {
        if formula.upper() != Formula::True {
            self.whole.push(formula.upper().schema());
        }
    }
}

/// An object with these properties and no others.
pub(super) fn closed(members: Members, clauses: Vec<Json>) -> Map<String, Json> {
    let mut schema = Map::new();
    schema.insert("type".to_owned(), "object".into());
    schema.insert("properties".to_owned(), Json::Object(members.properties));
    if !members.required.is_empty() {
        schema.insert("required".to_owned(), members.required.into());
    }
    if !clauses.is_empty() {
        schema.insert("allOf".to_owned(), joined(clauses).into());
    }
    schema.insert("unevaluatedProperties".to_owned(), false.into());
    schema
}
