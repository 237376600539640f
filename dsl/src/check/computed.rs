//! Computed values: lowered when they are first needed, so that each stands after those it uses.

use super::expressions::{Context, Lower};
use super::types::Type;
use super::world::Thing;
use crate::diagnostic::Problem;
use crate::kind::{Choice, Choices};
use crate::model::{Calc, Computed, ComputedValue, Condition, Row, Table, Text};
use crate::syntax::expression::PathExpr;
use crate::syntax::keyword::Key;
use crate::syntax::{Node, Span};

/// How far a computed value is.
#[derive(Debug, Clone)]
pub(super) struct State {
    /// Its name.
    pub name: String,
    /// Its block.
    pub node: Node,
    /// It is being lowered.
    pub busy: bool,
    /// What it was lowered to; `Some(None)` after a message.
    pub done: Option<Option<Done>>,
}

/// A computed value that was lowered.
#[derive(Debug, Clone)]
pub(super) struct Done {
    pub computed: Computed,
    pub kind: Type,
    /// The position of the last question that it uses, and one.
    pub order: usize,
    /// When it has a value.
    pub conditions: Vec<Condition>,
}

impl Lower<'_> {
    /// Type, position and conditions of a computed value.
    pub(super) fn computed_type(
        &self,
        index: usize,
        path: &PathExpr,
        context: &Context<'_>,
    ) -> Option<(Type, usize, Vec<Condition>)> {
        let state = self.computed.borrow().get(index).cloned()?;
        if state.busy {
            let names: Vec<String> =
                self.computed.borrow().iter().filter(|state| state.busy).map(|state| state.name.clone()).collect();
            self.say(Problem::Cycle { names: names.join(", ") }, context, path.span);
            return None;
        }
        let done = match state.done {
            Some(done) => done,
            None => self.lower_computed(index, context.file),
        };
        done.map(|done| (done.kind, done.order, done.conditions))
    }

    /// Lowers a computed value.
    pub(super) fn lower_computed(&self, index: usize, _from: &str) -> Option<Done> {
        let state = {
            let mut all = self.computed.borrow_mut();
            let state = all.get_mut(index)?;
            if let Some(done) = &state.done {
                return done.clone();
            }
            state.busy = true;
            state.clone()
        };
        let done = self.computed_value(&state);
        let mut all = self.computed.borrow_mut();
        if let Some(state) = all.get_mut(index) {
            state.busy = false;
            state.done = Some(done.clone());
        }
        done
    }

    fn computed_value(&self, state: &State) -> Option<Done> {
        let thing = self.thing();
        let mut context = Context::top(&thing.file, thing.language);
        let node = &state.node;
        let condition = match node.key(Key::OnlyIf) {
            Some(line) => Some(self.read_condition(&line.value, line.value_span, &context)?),
            None => None,
        };
        context.facts.extend(condition.clone());
        let (value, kind) = match &node.definition {
            Some((text, span)) => self.definition(text, *span, &context)?,
            None => {
                let (table, kind) = self.value_table(node, thing, &context)?;
                (ComputedValue::Table(table), kind)
            }
        };
        let unit = match &kind {
            Type::Number(number) if !number.unit.is_none() => Some(number.unit.text()),
            _ => None,
        };
        let computed = Computed { name: state.name.clone(), condition: condition.clone(), value, unit };
        let order = self.last_order(&computed);
        Some(Done { computed, kind, order, conditions: condition.into_iter().collect() })
    }

    fn definition(&self, text: &str, span: Span, context: &Context<'_>) -> Option<(ComputedValue, Type)> {
        match crate::syntax::parse_calc(text, span.start) {
            Ok(expr) => {
                let (calc, kind) = self.calc(&expr, context)?;
                self.whole_cents(&kind, context, span);
                Some((ComputedValue::Calc(calc), kind))
            }
            Err(calc_error) => match crate::syntax::parse_condition(text, span.start) {
                Ok(expr) => self.condition(&expr, context).map(|c| (ComputedValue::Condition(c), Type::Bool)),
                Err(error) => {
                    let further = if error.at > calc_error.at { error } else { calc_error };
                    self.unreadable(&further, span, context);
                    None
                }
            },
        }
    }

    /// Reports fractions of a cent, and fractions without end.
    pub(super) fn whole_cents(&self, kind: &Type, context: &Context<'_>, span: Span) {
        if let Type::Number(number) = kind
            && ((number.unit.is_money() && number.places > 0) || number.places > 8)
        {
            self.say(Problem::RoundingMissing, context, span);
        }
    }

    /// A table with a value right of `||`; words there become the options of the value.
    fn value_table(&self, node: &Node, thing: &Thing, context: &Context<'_>) -> Option<(Table<Calc>, Type)> {
        let mut options: Vec<Choice> = Vec::new();
        let mut kind: Option<Type> = None;
        let raw = self.table(node, thing, context)?;
        let mut rows = Vec::new();
        let mut otherwise = None;
        for row in &raw.rows {
            let (text, span) = (&row.result.0, row.result.1);
            let mut inner = context.clone();
            inner.facts.extend(raw.facts(row));
            let word = matches!(
                crate::syntax::parse_set(text, span.start).map(|set| set.kind),
                Ok(crate::syntax::expression::SetKind::Words(ref words))
                    if self.names.borrow().find(std::slice::from_ref(words), 0).is_err()
            );
            let bool_word = match crate::syntax::parse_set(text, span.start).map(|set| set.kind) {
                Ok(crate::syntax::expression::SetKind::Bool(value)) => Some(value),
                _ => None,
            };
            let (calc, found) = if let Some(value) = bool_word {
                (Calc::Bool(value), Type::Bool)
            } else if word {
                let key = super::names::json_key(text);
                if !options.iter().any(|option| option.key == key) {
                    options.push(Choice {
                        key: key.clone(),
                        label: Text::new(thing.texts, text.clone()),
                        hint: None,
                        excludes_others: false,
                        condition: None,
                    });
                }
                (Calc::Key(key), Type::Choice(Choices::Options(Vec::new())))
            } else {
                self.read_calc(text, span, &inner)?
            };
            kind = Some(match (kind, found) {
                (None, found) => found,
                (Some(Type::Number(a)), Type::Number(b)) => {
                    if a.unit != b.unit {
                        self.say(Problem::UnitsMixed { left: a.unit.text(), right: b.unit.text() }, context, span);
                        return None;
                    }
                    Type::Number(super::types::Number {
                        unit: a.unit,
                        places: a.places.max(b.places),
                        min: a.min.zip(b.min).map(|(a, b)| a.min(b)),
                        max: a.max.zip(b.max).map(|(a, b)| a.max(b)),
                    })
                }
                (Some(a), b) if std::mem::discriminant(&a) == std::mem::discriminant(&b) => a,
                (Some(a), b) => return self.mismatch(&b, &a, context, span),
            });
            match &row.cells {
                Some(cells) => rows.push(Row { cells: cells.clone(), then: calc }),
                None => otherwise = Some(calc),
            }
        }
        self.prove(&raw, false, context);
        let kind = match kind? {
            Type::Choice(_) => Type::Choice(Choices::Options(options)),
            other => other,
        };
        Some((Table { columns: raw.model_columns(), rows, otherwise }, kind))
    }
}
