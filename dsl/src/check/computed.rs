//! Computed values: lowered when they are first needed, so that each stands after those it uses.

use std::collections::HashMap;
use std::rc::Rc;

use super::expressions::{Context, Lower};
use super::thing::Thing;
use super::types::Type;
use crate::diagnostic::{Both, Diagnostic, Problem};
use crate::kind::{Choice, Choices};
use crate::model::{Calc, Computed, ComputedValue, Condition, Row, Table, Text};
use crate::syntax::expression::PathExpr;
use crate::syntax::keyword::{Key, is_word_char};
use crate::syntax::{Form, Node, Span};

/// More computed values that are lowered one inside the other stand in a circle.
const DEEPEST: usize = 24;

/// A longer chain of computed values is refused: whoever works it out goes down one step for each.
const LONGEST_CHAIN: usize = 64;

/// How far a computed value is.
#[derive(Clone)]
pub(super) struct State<'t> {
    /// Its name.
    pub name: String,
    /// Its block.
    pub node: &'t Node,
    /// The file that it stands in.
    pub thing: &'t Thing,
    /// Where its names are looked up.
    pub scope: usize,
    /// What is known where it stands: when its building block is asked.
    pub facts: Vec<Condition>,
    /// Of a building block: the position of the question that asks for it.
    pub block: Option<usize>,
    /// It is being lowered.
    pub busy: bool,
    /// What it was lowered to; `Some(None)` after a message.
    pub done: Option<Option<Rc<Done>>>,
}

impl<'t> State<'t> {
    /// One that was not looked at yet.
    pub fn new(node: &'t Node, thing: &'t Thing, scope: usize) -> Self {
        Self {
            name: super::expressions::nfc(node.name_text()),
            node,
            thing,
            scope,
            facts: Vec::new(),
            block: None,
            busy: false,
            done: None,
        }
    }
}

/// A computed value that was lowered.
#[derive(Debug)]
pub(super) struct Done {
    pub computed: Computed,
    pub kind: Type,
    /// The position of the last question that it uses.
    pub order: Option<usize>,
    /// When it has a value.
    pub conditions: Vec<Condition>,
    /// How many computed values stand in the longest chain that ends with it.
    pub chain: usize,
}

impl<'t> Lower<'t> {
    /// A computed value of the procedure that was lowered.
    pub(super) fn done(&self, name: &str) -> Option<Rc<Done>> {
        self.by_name.borrow().get(name).cloned()
    }

    /// Adds a computed value; its number.
    pub(super) fn add_computed(&self, state: State<'t>) -> usize {
        let mut all = self.computed.borrow_mut();
        all.push(state);
        all.len() - 1
    }

    /// A computed value that is used at a place; `None` after a message.
    pub(super) fn computed_at(&self, index: usize, path: &PathExpr, context: &Context<'_>) -> Option<Rc<Done>> {
        let (busy, block) = self.computed.borrow().get(index).map(|state| (state.busy, state.block))?;
        if busy {
            let all = self.computed.borrow();
            let names: Vec<&str> = all.iter().filter(|state| state.busy).map(|state| state.name.as_str()).collect();
            let shown = if names.len() > 8 { format!("{}, …", names[..8].join(", ")) } else { names.join(", ") };
            self.say(Problem::Cycle { names: shown }, context, path.span);
            return None;
        }
        let ahead = |order: usize| context.before.is_some_and(|before| order >= before);
        if block.is_some_and(ahead) {
            self.forward(path, context);
            return None;
        }
        let done = self.lower_computed(index)?;
        if done.order.is_some_and(ahead) {
            self.forward(path, context);
            return None;
        }
        Some(done)
    }

    /// Lowers all computed values of the file, those first that others are made from.
    pub(super) fn lower_all_computed(&self) {
        let all = self.computed.borrow().len();
        for index in self.computed_in_order(0..all) {
            self.lower_one(index);
        }
    }

    /// The numbers of computed values and of those that they are made from, so that one stands after
    /// those whose names occur in it: a long chain is not followed by one call inside the other.
    fn computed_in_order(&self, starts: std::ops::Range<usize>) -> Vec<usize> {
        let all = self.computed.borrow();
        let numbers: HashMap<&str, usize> =
            all.iter().enumerate().map(|(index, state)| (state.name.as_str(), index)).collect();
        let uses = |state: &State<'_>| -> Vec<usize> {
            let lines = state.node.keys.iter().map(|line| line.value.as_str());
            let cells = state.node.rows.iter().flat_map(|(cells, _)| cells.iter().map(|cell| cell.text.as_str()));
            let all = state.node.definition.iter().map(|(text, _)| text.as_str()).chain(lines).chain(cells);
            all.flat_map(|text| text.split(|c: char| !is_word_char(c)))
                .filter_map(|word| numbers.get(super::expressions::nfc(word).as_str()).copied())
                .collect()
        };
        let mut seen = vec![false; all.len()];
        let mut order = Vec::with_capacity(all.len());
        for start in starts {
            let mut open = vec![(start, false)];
            while let Some((index, finished)) = open.pop() {
                if finished {
                    order.push(index);
                } else if !std::mem::replace(&mut seen[index], true) {
                    open.push((index, true));
                    let next = uses(&all[index]).into_iter();
                    open.extend(
                        next.filter(|next| !seen[*next] && all[*next].done.is_none()).map(|next| (next, false)),
                    );
                }
            }
        }
        order
    }

    /// Lowers a computed value, once; before it those that it is made from.
    fn lower_computed(&self, index: usize) -> Option<Rc<Done>> {
        let first =
            self.depth.get() == 0 && self.computed.borrow().get(index).is_some_and(|state| state.done.is_none());
        if first {
            for before in self.computed_in_order(index..index + 1) {
                self.lower_one(before);
            }
        }
        self.lower_one(index)
    }

    fn lower_one(&self, index: usize) -> Option<Rc<Done>> {
        let state = {
            let mut all = self.computed.borrow_mut();
            let state = all.get_mut(index)?;
            if let Some(done) = &state.done {
                return done.clone();
            }
            if self.depth.get() >= DEEPEST {
                let problem = Problem::Cycle { names: state.name.clone() };
                self.world.say(Diagnostic::new(problem, &state.thing.file, state.node.name_span()));
                return None;
            }
            state.busy = true;
            state.clone()
        };
        self.depth.set(self.depth.get() + 1);
        let done = self.computed_value(&state).filter(|done| {
            let short = done.chain <= LONGEST_CHAIN;
            if !short {
                let problem = Problem::ChainTooLong { name: state.name.clone(), most: LONGEST_CHAIN.to_string() };
                self.world.say(Diagnostic::new(problem, &state.thing.file, state.node.name_span()));
            }
            short
        });
        let done = done.map(Rc::new);
        self.depth.set(self.depth.get() - 1);
        let mut all = self.computed.borrow_mut();
        if let Some(state) = all.get_mut(index) {
            state.busy = false;
            state.done = Some(done.clone());
        }
        if let (None, Some(done)) = (state.block, &done) {
            self.finished.borrow_mut().push(done.clone());
            self.by_name.borrow_mut().insert(state.name, done.clone());
        }
        done
    }

    fn computed_value(&self, state: &State<'_>) -> Option<Done> {
        let (thing, node) = (state.thing, state.node);
        let mut context = Context::top(&thing.file, thing.language);
        context.scope = state.scope;
        context.facts.clone_from(&state.facts);
        let condition = match node.key(Key::OnlyIf) {
            Some(line) => Some(self.read_condition(&line.value, line.value_span, &context)?),
            None => None,
        };
        context.facts.extend(condition.clone());
        if node.definition.is_some() && !node.rows.is_empty() {
            self.line_and_table(node, &context);
            return None;
        }
        let (value, kind) = match &node.definition {
            Some((text, span)) => self.definition(text, *span, &context)?,
            None if state.scope > 0 || state.block.is_some() => {
                let kind = Both::new("Eine Tabelle", "A table");
                let heading = node.heading.spelling(thing.language).to_owned();
                self.say(Problem::LineNotHere { kind, heading }, &context, node.span);
                return None;
            }
            None => {
                let (table, kind) = self.value_table(node, thing, &context)?;
                (ComputedValue::Table(table), kind)
            }
        };
        let unit = match &kind {
            Type::Number(number) if !number.unit.is_none() => Some(number.unit.text()),
            _ => None,
        };
        let conditions = state.facts.iter().cloned().chain(condition.clone()).collect();
        let computed = Computed { name: state.name.clone(), condition, value, unit };
        let mut chain = 0;
        super::refs::computed(&computed, &mut |used| {
            if let super::refs::Used::Computed(name) = used {
                chain = chain.max(self.by_name.borrow().get(name).map_or(0, |done| done.chain));
            }
        });
        let order = self.last_order(&computed);
        Some(Done { computed, kind, order, conditions, chain: chain + 1 })
    }

    fn definition(&self, text: &str, span: Span, context: &Context<'_>) -> Option<(ComputedValue, Type)> {
        if self.misread(text, span, context) {
            return None;
        }
        match crate::syntax::parse_calc(text, span.start) {
            Ok(expr) => {
                self.slips(Form::Calculation, text, span, context);
                let (calc, kind) = self.calc(&expr, context)?;
                self.whole_cents(&kind, context, span);
                Some((ComputedValue::Calc(calc), kind))
            }
            Err(calc_error) => match crate::syntax::parse_condition(text, span.start) {
                Ok(expr) => {
                    self.slips(Form::Condition, text, span, context);
                    self.condition(&expr, context).map(|c| (ComputedValue::Condition(c), Type::Bool))
                }
                Err(error) => {
                    let further = if !calc_error.too_deep && error.at > calc_error.at { error } else { calc_error };
                    self.unreadable_as(Some(Form::Calculation), &further, span, context);
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
                        self.say(
                            Problem::UnitsMixed {
                                left: a.unit.written(context.language),
                                right: b.unit.written(context.language),
                            },
                            context,
                            span,
                        );
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
