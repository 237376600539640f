//! Code lists, authorities and portals.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use rust_decimal::Decimal;

use super::expressions::number;
use super::known::CompiledList;
use super::thing::Thing;
use super::types::Type;
use super::units::Unit;
use super::world::{World, place, quoted_part};
use crate::diagnostic::{Diagnostic, Problem};
use crate::model::{Calc, CodeList, CodeValue, Fact, Text};
use crate::syntax::expression::{CalcKind, SetKind};
use crate::syntax::keyword::{Fixed, Key};
use crate::syntax::{Node, Span, TableCell, parse_set, unquote};

pub(super) fn say(world: &World<'_>, thing: &Thing, problem: Problem, span: Span) {
    world.say(Diagnostic::new(problem, &thing.file, span));
}

pub(super) fn title(world: &World<'_>, thing: &Thing, node: &Node, id: &str) -> Text {
    match &node.title {
        Some((title, _)) => world.text(thing, &place(id, "title"), title),
        None => {
            let what = format!("{} {}", node.heading.spelling(thing.language), node.name_text());
            say(world, thing, Problem::MissingText { what }, node.span);
            Text::default()
        }
    }
}

/// Compiles a code list.
pub(super) fn list(world: &World<'_>, thing: &Thing) -> CompiledList {
    let node = &thing.node;
    let mut units = BTreeMap::new();
    let mut list = CodeList {
        title: title(world, thing, node, ""),
        source: node.key(Key::Source).and_then(|line| quoted_part(&line.value)),
        values: Vec::new(),
    };
    let Some(((head, head_span), body)) = node.rows.split_first() else {
        say(world, thing, Problem::NoTable { heading: node.heading.spelling(thing.language).to_owned() }, node.span);
        return (Arc::new(list), units);
    };
    let word = |cell: Option<&TableCell>| cell.and_then(|cell| Fixed::find(&cell.text)).map(|found| found.word);
    if word(head.first()) != Some(Fixed::ColumnKey) || word(head.get(1)) != Some(Fixed::ColumnLabel) {
        say(world, thing, Problem::ListColumns, *head_span);
        return (Arc::new(list), units);
    }
    let mut keys = HashSet::new();
    for (cells, span) in body {
        if cells.len() != head.len() {
            let problem = Problem::TableShape { found: cells.len().to_string(), wanted: head.len().to_string() };
            say(world, thing, problem, *span);
            continue;
        }
        let key = super::names::json_key(&cells[0].text);
        if !keys.insert(key.clone()) {
            say(world, thing, Problem::OptionTwice { name: cells[0].text.clone() }, cells[0].span);
            continue;
        }
        let label = unquote(&cells[1].text).unwrap_or_else(|| cells[1].text.clone());
        let label = world.text(thing, &place("", &format!("| {key}")), &label);
        let mut value = CodeValue { key, label, facts: BTreeMap::new(), valid_from: None, valid_to: None };
        for (cell, column) in cells.iter().zip(head).skip(2) {
            match word(Some(column)) {
                Some(Fixed::ValidFrom) => value.valid_from = date(world, thing, cell),
                Some(Fixed::ValidTo) => value.valid_to = date(world, thing, cell),
                _ => match fact(cell) {
                    Some((fact, unit)) => {
                        let column_key = super::names::json_key(&column.text);
                        let other =
                            unit.as_ref().zip(units.get(&column_key)).is_some_and(|(unit, first)| unit != first);
                        if other {
                            say(world, thing, Problem::FactMixed { column: column.text.clone() }, cell.span);
                        } else if let Some(unit) = unit {
                            units.insert(column_key.clone(), unit);
                        }
                        value.facts.insert(column_key, fact);
                    }
                    None => say(world, thing, Problem::FactMixed { column: column.text.clone() }, cell.span),
                },
            }
        }
        list.values.push(value);
    }
    for column in head.iter().skip(2) {
        let key = super::names::json_key(&column.text);
        let kinds: Vec<_> = list.values.iter().filter_map(|v| v.facts.get(&key)).map(std::mem::discriminant).collect();
        if kinds.windows(2).any(|pair| pair[0] != pair[1]) {
            say(world, thing, Problem::FactMixed { column: column.text.clone() }, column.span);
        }
    }
    (Arc::new(list), units)
}

fn date(world: &World<'_>, thing: &Thing, cell: &TableCell) -> Option<jiff::civil::Date> {
    if cell.text.is_empty() {
        return None;
    }
    let found = crate::syntax::read_date(&cell.text);
    if found.is_none() {
        say(world, thing, Problem::NoSuchDate { text: cell.text.clone() }, cell.span);
    }
    found
}

fn fact(cell: &TableCell) -> Option<(Fact, Option<Unit>)> {
    if cell.text.is_empty() {
        return None;
    }
    if let Some(text) = unquote(&cell.text) {
        return Some((Fact::Text(text), None));
    }
    Some(match parse_set(&cell.text, 0).map(|set| set.kind) {
        Ok(SetKind::Bool(value)) => (Fact::Bool(value), None),
        Ok(SetKind::Value(value)) => match value.kind {
            CalcKind::Number { value, unit, .. } => {
                let (calc, kind) = number(value, unit.as_ref());
                let (Calc::Number(value), Type::Number(number)) = (calc, kind) else {
                    return None;
                };
                (Fact::Number(value), Some(number.unit))
            }
            _ => (Fact::Text(cell.text.clone()), None),
        },
        _ => (Fact::Text(cell.text.clone()), None),
    })
}

/// A decimal as an author writes it.
pub(super) fn written(value: Decimal) -> String {
    value.normalize().to_string().replace('.', ",")
}
