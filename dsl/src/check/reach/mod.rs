//! Nothing is dead: every question, section, option, text, end page, rule and row can be reached,
//! no condition always holds, no rule always or never, and somebody can finish the form.
//!
//! Conditions become formulas over the answers ([`engine`]); whether one can hold is decided
//! exactly ([`solve`]), differences of numbers and days included ([`order`]). What is not followed
//! (sums, ages, several entries at once) is taken as unknown: it can never make something dead
//! that is not. That something can hold is then shown by answers that the evaluator has seen
//! ([`witness`]), or the message says that it could not be checked.

mod case;
pub mod cases;
mod conditions;
mod engine;
mod entries;
mod explain;
mod finish;
mod formula;
mod judge;
mod order;
mod places;
mod rules;
mod site;
mod solve;
mod twice;
mod values;
mod variable;
mod witness;
mod words;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use self::case::Case;
use self::engine::Engine;
use self::judge::Judge;
use self::site::Sites;
use super::example::Ran;
use super::thing::Thing;
use super::world::World;
use crate::model::{Access, CodeList, Item, Procedure, ProcedureKind, Section, Text};

/// Reports what is dead; whether somebody can finish the form. What an example has shown is not
/// looked for.
pub(super) fn check(world: &World<'_>, thing: &Thing, procedure: &Procedure, examples: Vec<Ran>) -> bool {
    let engine = Engine::new(procedure, world.regions);
    let mut judge = Judge::new(engine, Sites { world, thing, procedure });
    judge.examples = examples.into_iter().map(|(evaluation, at)| Case { evaluation, at }).collect();
    judge.conditions();
    judge.rules();
    judge.choices();
    if judge.sites.has_own_questions() {
        judge.entries();
        judge.asked_twice();
    }
    judge.finish()
}

/// Reports what is dead in a building block, whoever uses it. `items` are its questions.
pub(super) fn check_block(world: &World<'_>, thing: &Thing, items: Vec<Item>, lists: BTreeMap<String, Arc<CodeList>>) {
    let section = Section {
        key: thing.key.clone(),
        title: Text::default(),
        introduction: None,
        condition: None,
        repeat: None,
        page_per_question: false,
        items,
    };
    let procedure = &Procedure {
        format: 1,
        path: thing.key.clone(),
        kind: ProcedureKind::Topic,
        version: 1,
        // A block is used from any day on.
        valid_from: Date::constant(1949, 5, 24),
        valid_until: None,
        language: thing.texts,
        title: Text::default(),
        service: None,
        category: None,
        access: Access::None,
        open: None,
        introduction: None,
        legal_basis: None,
        deadline: None,
        retention: None,
        what_happens_next: None,
        search_words: Vec::new(),
        sections: vec![Arc::new(section)],
        constants: Vec::new(),
        computed: Vec::new(),
        rules: Vec::new(),
        fees: Vec::new(),
        end_pages: Vec::new(),
        responsibility: None,
        lists,
        transitions: Vec::new(),
        examples: Vec::new(),
    };
    let engine = Engine::new(procedure, world.regions);
    let mut judge = Judge::new(engine, Sites { world, thing, procedure });
    judge.conditions();
    judge.rules();
    judge.choices();
    judge.entries();
    judge.asked_twice();
}
