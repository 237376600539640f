//! Calculations and conditions as an author wrote them, to those of the model: names resolved,
//! units checked, uses guarded.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::scope::{Entry, Names, NotFound};
use super::types::{Number, Type};
use super::units::Unit;
use super::world::{Thing, World};
use crate::diagnostic::{Diagnostic, Problem};
use crate::kind::Choices;
use crate::model::{Calc, CodeList, Condition, Fact, Language, Op, Ref, Set, TimeUnit};
use crate::syntax::Span;
use crate::syntax::expression::{CalcExpr, CalcKind, ConditionExpr, ConditionKind, PathExpr, SetKind};

/// One procedure while it is being lowered to the model.
pub(super) struct Lower<'a> {
    /// Everything that was read.
    pub world: &'a World<'a>,
    /// The procedure's file.
    pub thing: &'a Thing,
    /// The position of the next question.
    pub orders: Cell<usize>,
    /// Conditions of end pages: where one holds, nothing after it is decided.
    pub stops: RefCell<Vec<Condition>>,
    /// Names and answers.
    pub names: RefCell<Names>,
    /// Constants: what they are.
    pub constants: RefCell<Vec<(Calc, Type)>>,
    /// Computed values.
    pub computed: RefCell<Vec<super::computed::State>>,
    /// Code lists in use.
    pub lists: RefCell<BTreeMap<String, CodeList>>,
}

/// Where an expression stands.
#[derive(Debug, Clone)]
pub(super) struct Context<'c> {
    /// The file, for messages.
    pub file: &'c str,
    /// The keyword language of the file.
    pub language: Language,
    /// The scope in which names are looked up.
    pub scope: usize,
    /// Conditions that are known to hold.
    pub facts: Vec<Condition>,
    /// Only answers before this position may be used.
    pub before: Option<usize>,
    /// A cell of a table: answers need no guard, `keine Antwort` may stand.
    pub cell: bool,
    /// What `eigenes Gebiet` means.
    pub area: Option<Set>,
    /// The question that is talked about, for messages.
    pub subject: Option<String>,
}

impl<'c> Context<'c> {
    /// A context at the top of a file that sees everything.
    pub fn top(file: &'c str, language: Language) -> Self {
        Self { file, language, scope: 0, facts: Vec::new(), before: None, cell: false, area: None, subject: None }
    }

    fn inside(&self, scope: usize) -> Self {
        Self { scope, cell: false, ..self.clone() }
    }
}

impl Lower<'_> {
    pub(super) fn say(&self, problem: Problem, context: &Context<'_>, span: Span) {
        self.world.say(Diagnostic::new(problem, context.file, span));
    }

    pub(super) fn say_with(&self, problem: Problem, suggestion: Option<String>, context: &Context<'_>, span: Span) {
        self.world.say(Diagnostic { suggestion, ..Diagnostic::new(problem, context.file, span) });
    }

    pub(super) fn written(&self, context: &Context<'_>, span: Span) -> String {
        self.world.sources.text(context.file).and_then(|text| text.get(span.start..span.end)).unwrap_or("").to_owned()
    }

    pub(super) fn mismatch<T>(&self, found: &Type, wanted: &Type, context: &Context<'_>, span: Span) -> Option<T> {
        if *found != Type::Unknown && *wanted != Type::Unknown {
            let (found, wanted) = (found.name(context.language), wanted.name(context.language));
            self.say(Problem::WrongKindHere { found: found.to_owned(), wanted: wanted.to_owned() }, context, span);
        }
        None
    }

    /// Reports different units; a bare 0 has every unit.
    pub(super) fn same_unit(
        &self,
        wanted: &Unit,
        found: &Unit,
        value: Decimal,
        context: &Context<'_>,
        span: Span,
    ) -> Option<()> {
        if wanted == found || (found.is_none() && value.is_zero()) {
            return Some(());
        }
        let problem = if found.is_none() {
            Problem::UnitMissing { unit: wanted.text() }
        } else if wanted.is_none() {
            Problem::UnitNotWanted { unit: found.text() }
        } else {
            Problem::UnitsMixed { left: wanted.text(), right: found.text() }
        };
        self.say(problem, context, span);
        None
    }

    /// Keys and labels of what can be chosen.
    pub(super) fn choices(&self, choices: &Choices) -> Vec<(String, Vec<String>)> {
        match choices {
            Choices::Options(options) => {
                options.iter().map(|option| (option.key.clone(), option.label.0.values().cloned().collect())).collect()
            }
            Choices::List { name, only } => self
                .lists
                .borrow()
                .get(name)
                .map(|list| list.values.as_slice())
                .unwrap_or_default()
                .iter()
                .filter(|value| match only {
                    Some(Set { values: crate::model::Values::Keys(keys), .. }) => keys.contains(&value.key),
                    _ => true,
                })
                .map(|value| (value.key.clone(), value.label.0.values().cloned().collect()))
                .collect(),
        }
    }

    /// What a path stands for, after a message where it stands for nothing.
    pub(super) fn resolve(&self, path: &PathExpr, context: &Context<'_>) -> Option<(Entry, Vec<String>)> {
        let parts: Vec<String> = path.parts.iter().map(|part| nfc(part)).collect();
        let found = self.names.borrow().find(&parts, context.scope);
        match found {
            Ok(found) => Some(found),
            Err(NotFound::InsideRepeat(list)) => {
                self.say(Problem::InsideRepeat { name: path.text(), list }, context, path.span);
                None
            }
            Err(NotFound::Unknown(name, suggestion)) => {
                self.say_with(Problem::UnknownName { name }, suggestion, context, path.span);
                None
            }
        }
    }

    /// The answer that a path names, with its type; without a guard.
    pub(super) fn answer(&self, path: &PathExpr, context: &Context<'_>) -> Option<(Ref, Type, usize)> {
        let (entry, rest) = self.resolve(path, context)?;
        let slot = match entry {
            Entry::Answer(slot) | Entry::Block(slot, _) | Entry::Repeat(slot, _) => slot,
            Entry::Constant(_) | Entry::Computed(_) | Entry::Taken => {
                self.say(Problem::UnknownName { name: path.text() }, context, path.span);
                return None;
            }
        };
        let (mut reference, mut kind, order) = {
            let names = self.names.borrow();
            let slot = &names.slots[slot];
            (slot.reference(), slot.kind.clone(), slot.order)
        };
        if let Some(column) = rest.first() {
            kind = self.fact(&kind, column, path, context)?;
            reference.fact = Some(super::names::json_key(column));
        }
        if context.before.is_some_and(|before| order >= before) {
            self.say(Problem::LooksForward { name: path.text() }, context, path.span);
            return None;
        }
        Some((reference, kind, slot))
    }

    fn fact(&self, kind: &Type, column: &str, path: &PathExpr, context: &Context<'_>) -> Option<Type> {
        let Type::Choice(Choices::List { name, .. }) = kind else {
            self.say(Problem::UnknownName { name: path.text() }, context, path.span);
            return None;
        };
        let lists = self.lists.borrow();
        let list = lists.get(name)?;
        let key = super::names::json_key(column);
        let facts: Vec<&Fact> = list.values.iter().filter_map(|value| value.facts.get(&key)).collect();
        match facts.first() {
            Some(Fact::Bool(_)) => Some(Type::Bool),
            Some(Fact::Text(_)) => Some(Type::Text),
            Some(Fact::Number(_)) => {
                let numbers = facts.iter().filter_map(|fact| if let Fact::Number(n) = fact { Some(*n) } else { None });
                let (min, max) = (numbers.clone().min(), numbers.clone().max());
                let places = numbers.map(|n| n.scale()).max().unwrap_or(0);
                let unit = self.world.fact_unit(name, &key);
                Some(Type::Number(Number { unit, places, min, max }))
            }
            None => {
                let columns: Vec<String> =
                    list.values.first().map(|v| v.facts.keys().cloned().collect()).unwrap_or_default();
                let suggestion = crate::diagnostic::closest(&key, columns.iter().map(String::as_str));
                let problem = Problem::UnknownColumn { name: column.to_owned(), list: name.clone() };
                self.say_with(problem, suggestion, context, path.span);
                None
            }
        }
    }

    /// Reports an answer that is used although it is not certainly there.
    fn guard(&self, slot: usize, path: &PathExpr, context: &Context<'_>) {
        if context.cell {
            return;
        }
        let names = self.names.borrow();
        if !names.certain(&names.slots[slot], &context.facts) {
            self.say(Problem::Unguarded { name: path.text() }, context, path.span);
        }
    }

    /// The repeat that a path names: its list, its slot and the scope of an entry.
    pub(super) fn list(&self, path: &PathExpr, context: &Context<'_>) -> Option<(Ref, usize, usize)> {
        let (entry, rest) = self.resolve(path, context)?;
        let Entry::Repeat(slot, scope) = entry else {
            self.say(Problem::NotARepeat { name: path.text() }, context, path.span);
            return None;
        };
        if !rest.is_empty() {
            self.say(Problem::NotARepeat { name: path.text() }, context, path.span);
            return None;
        }
        let names = self.names.borrow();
        let found = &names.slots[slot];
        if context.before.is_some_and(|before| found.order >= before) {
            self.say(Problem::LooksForward { name: path.text() }, context, path.span);
            return None;
        }
        Some((found.reference(), slot, scope))
    }

    /// A calculation with its type; `None` after a message.
    pub(super) fn calc(&self, expr: &CalcExpr, context: &Context<'_>) -> Option<(Calc, Type)> {
        match &expr.kind {
            CalcKind::Number { value, unit, .. } => Some(number(*value, unit.as_ref())),
            CalcKind::PointNumber(text) => {
                let fixed = text.replace('.', ",");
                let mut message = Diagnostic::new(
                    Problem::DecimalPoint { number: text.clone(), fixed: fixed.clone() },
                    context.file,
                    expr.span,
                );
                message.fix = Some((expr.span, fixed));
                self.world.say(message);
                None
            }
            CalcKind::Date(date, text) => match date {
                Some(date) => Some((Calc::Date(*date), Type::Date)),
                None => {
                    self.say(Problem::NoSuchDate { text: text.clone() }, context, expr.span);
                    None
                }
            },
            CalcKind::MonthDay(day, text) => match day {
                Some(day) => Some((Calc::MonthDay(*day), Type::MonthDay)),
                None => {
                    self.say(Problem::NoSuchDate { text: text.clone() }, context, expr.span);
                    None
                }
            },
            CalcKind::Time(..) | CalcKind::Month(_) => self.mismatch(&Type::Other, &Type::Date, context, expr.span),
            CalcKind::Text(text) => Some((Calc::Key(text.clone()), Type::Text)),
            CalcKind::Today => Some((Calc::Today, Type::Date)),
            CalcKind::Now => Some((Calc::Now, Type::DateTime)),
            CalcKind::Path(path) => self.named(path, context),
            CalcKind::Age(path, on) => {
                let (born, kind) = self.named(path, context)?;
                if kind != Type::Date {
                    return self.mismatch(&kind, &Type::Date, context, path.span);
                }
                let on = match on {
                    Some(on) => self.calc(on, context)?.0,
                    None => Calc::Today,
                };
                let years = Number {
                    unit: Unit::of("Jahre", None),
                    places: 0,
                    min: Some(Decimal::ZERO),
                    max: Some(150.into()),
                };
                Some((Calc::Age { born: Box::new(born), on: Box::new(on) }, Type::Number(years)))
            }
            CalcKind::Count(path, with) => {
                let (list, slot, scope) = self.list(path, context)?;
                let with_condition =
                    with.as_ref().map(|with| self.condition(with, &context.inside(scope))).transpose_option()?;
                let names = self.names.borrow();
                let slot = &names.slots[slot];
                let (min, max) = slot.repeat.unwrap_or((0, u32::MAX));
                let mut kind = Number { max: Some(max.into()), min: Some(Decimal::ZERO), ..Number::default() };
                if with.is_none() && slot.conditions.iter().all(|c| names.implied(c, &context.facts)) {
                    kind.min = Some(min.into());
                }
                Some((Calc::Count { list, with: with_condition.map(Box::new) }, Type::Number(kind)))
            }
            CalcKind::Sum(path, with, of) => {
                let (list, slot, scope) = self.list(path, context)?;
                let mut inside = context.inside(scope);
                let with = with.as_ref().map(|with| self.condition(with, &inside)).transpose_option()?;
                inside.facts.extend(with.clone());
                let (of_calc, kind) = self.calc(of, &inside)?;
                let Type::Number(mut sum) = kind else {
                    return self.mismatch(&kind, &Type::Number(Number::default()), context, of.span);
                };
                let most = self.names.borrow().slots[slot].repeat.map_or(u32::MAX, |(_, max)| max);
                sum.min = sum.min.and_then(|min| min.min(Decimal::ZERO).checked_mul(most.into()));
                sum.max = sum.max.and_then(|max| max.max(Decimal::ZERO).checked_mul(most.into()));
                Some((Calc::Sum { list, with: with.map(Box::new), of: Box::new(of_calc) }, Type::Number(sum)))
            }
            CalcKind::Add(a, b) => self.plus(a, b, false, context, expr.span),
            CalcKind::Sub(a, b) => self.plus(a, b, true, context, expr.span),
            CalcKind::Mul(a, b) => self.times(a, b, context, expr.span),
            CalcKind::Div(a, b) => self.divided(a, b, context, expr.span),
            CalcKind::Round(of, how, to) => self.round(of, *how, to, context, expr.span),
            CalcKind::At(date, time) => {
                let (date, kind) = self.calc(date, context)?;
                let Some(time) = time else {
                    self.say(Problem::NoSuchDate { text: self.written(context, expr.span) }, context, expr.span);
                    return None;
                };
                if kind != Type::Date {
                    return self.mismatch(&kind, &Type::Date, context, expr.span);
                }
                Some((Calc::At { date: Box::new(date), time: *time }, Type::DateTime))
            }
        }
    }

    fn named(&self, path: &PathExpr, context: &Context<'_>) -> Option<(Calc, Type)> {
        let (entry, _) = self.resolve(path, context)?;
        match entry {
            Entry::Constant(index) => self.constants.borrow().get(index).cloned(),
            Entry::Computed(index) => {
                let (kind, order, conditions) = self.computed_type(index, path, context)?;
                if context.before.is_some_and(|before| order >= before) {
                    self.say(Problem::LooksForward { name: path.text() }, context, path.span);
                    return None;
                }
                if !context.cell {
                    let names = self.names.borrow();
                    if !conditions.iter().all(|condition| names.implied(condition, &context.facts)) {
                        self.say(Problem::Unguarded { name: path.text() }, context, path.span);
                    }
                }
                Some((Calc::Computed(path.text()), kind))
            }
            Entry::Repeat(..) => {
                self.say(
                    Problem::WrongKindHere {
                        found: path.text(),
                        wanted: if context.language == Language::English {
                            "“Count …”"
                        } else {
                            "„Anzahl …“"
                        }
                        .to_owned(),
                    },
                    context,
                    path.span,
                );
                None
            }
            Entry::Answer(_) | Entry::Block(..) | Entry::Taken => {
                let (reference, kind, slot) = self.answer(path, context)?;
                self.guard(slot, path, context);
                Some((Calc::Answer(reference), kind))
            }
        }
    }

    fn plus(&self, a: &CalcExpr, b: &CalcExpr, minus: bool, context: &Context<'_>, span: Span) -> Option<(Calc, Type)> {
        let (left, left_kind) = self.calc(a, context)?;
        let (right, right_kind) = self.calc(b, context)?;
        match (left_kind, right_kind) {
            (kind @ (Type::Date | Type::DateTime), Type::Number(number)) => {
                let unit = number.unit.single().and_then(time_unit);
                let Some(unit) = unit else {
                    let wanted = if context.language == Language::English {
                        "days, weeks, months or years"
                    } else {
                        "Tage, Wochen, Monate oder Jahre"
                    };
                    self.say(Problem::UnitMissing { unit: wanted.to_owned() }, context, b.span);
                    return None;
                };
                let by = if minus { negated(right) } else { right };
                Some((Calc::Shift { date: Box::new(left), by: Box::new(by), unit }, kind))
            }
            (Type::Number(x), Type::Number(y)) => {
                let zero = |calc: &Calc| matches!(calc, Calc::Number(n) if n.is_zero());
                if x.unit != y.unit && !zero(&left) && !zero(&right) {
                    let problem = match (x.unit.is_none(), y.unit.is_none()) {
                        (true, false) => Problem::UnitMissing { unit: y.unit.text() },
                        (false, true) => Problem::UnitMissing { unit: x.unit.text() },
                        _ => Problem::UnitsMixed { left: x.unit.text(), right: y.unit.text() },
                    };
                    self.say(problem, context, if x.unit.is_none() { a.span } else { b.span });
                    return None;
                }
                let unit = if zero(&left) { y.unit } else { x.unit };
                let (low, high) = if minus { (y.max, y.min) } else { (y.min, y.max) };
                let join = |a: Option<Decimal>, b: Option<Decimal>| match (a, b) {
                    (Some(a), Some(b)) if minus => a.checked_sub(b),
                    (Some(a), Some(b)) => a.checked_add(b),
                    _ => None,
                };
                let number =
                    Number { unit, places: x.places.max(y.places), min: join(x.min, low), max: join(x.max, high) };
                let (left, right) = (Box::new(left), Box::new(right));
                let calc = if minus { Calc::Sub(left, right) } else { Calc::Add(left, right) };
                Some((calc, Type::Number(number)))
            }
            (Type::Unknown, _) | (_, Type::Unknown) => None,
            (Type::Number(_), other) | (other, _) => {
                self.mismatch(&other, &Type::Number(Number::default()), context, span)
            }
        }
    }

    fn two_numbers(
        &self,
        a: &CalcExpr,
        b: &CalcExpr,
        context: &Context<'_>,
    ) -> Option<((Calc, Number), (Calc, Number))> {
        let numbers = |expr: &CalcExpr| -> Option<(Calc, Number)> {
            let (calc, kind) = self.calc(expr, context)?;
            match kind {
                Type::Number(number) => Some((calc, number)),
                other => self.mismatch(&other, &Type::Number(Number::default()), context, expr.span),
            }
        };
        Some((numbers(a)?, numbers(b)?))
    }

    fn times(&self, a: &CalcExpr, b: &CalcExpr, context: &Context<'_>, span: Span) -> Option<(Calc, Type)> {
        let ((left, x), (right, y)) = self.two_numbers(a, b, context)?;
        let unit = x.unit.times(&y.unit);
        if x.unit.is_money() && y.unit.is_money() {
            self.say(Problem::UnitsMixed { left: x.unit.text(), right: y.unit.text() }, context, span);
            return None;
        }
        let ends: Vec<Option<Decimal>> = [(x.min, y.min), (x.min, y.max), (x.max, y.min), (x.max, y.max)]
            .into_iter()
            .map(|(a, b)| a.zip(b).and_then(|(a, b)| a.checked_mul(b)))
            .collect();
        let bounded = ends.iter().all(Option::is_some);
        let known = ends.iter().flatten().copied();
        let not_negative = x.min.is_some_and(|m| m >= Decimal::ZERO) && y.min.is_some_and(|m| m >= Decimal::ZERO);
        let number = Number {
            unit,
            places: x.places + y.places,
            min: if bounded {
                known.clone().min()
            } else if not_negative {
                x.min.zip(y.min).and_then(|(a, b)| a.checked_mul(b))
            } else {
                None
            },
            max: if bounded { known.max() } else { None },
        };
        Some((Calc::Mul(Box::new(left), Box::new(right)), Type::Number(number)))
    }

    fn divided(&self, a: &CalcExpr, b: &CalcExpr, context: &Context<'_>, _span: Span) -> Option<(Calc, Type)> {
        let ((left, x), (right, y)) = self.two_numbers(a, b, context)?;
        let never_zero = y.min.is_some_and(|m| m > Decimal::ZERO) || y.max.is_some_and(|m| m < Decimal::ZERO);
        if !never_zero {
            self.say(Problem::DivisionByZero, context, b.span);
            return None;
        }
        let positive = y.min.is_some_and(|m| m > Decimal::ZERO);
        let part = |value: Option<Decimal>, by: Option<Decimal>| value.zip(by).and_then(|(v, by)| v.checked_div(by));
        let (min, max) = if positive {
            (
                if x.min.is_some_and(|m| m >= Decimal::ZERO) { Some(Decimal::ZERO) } else { part(x.min, y.min) },
                part(x.max, y.min),
            )
        } else {
            (None, None)
        };
        let number = Number { unit: x.unit.divided_by(&y.unit), places: FRACTION, min, max };
        Some((Calc::Div(Box::new(left), Box::new(right)), Type::Number(number)))
    }

    fn round(
        &self,
        of: &CalcExpr,
        how: crate::model::Rounding,
        to: &CalcExpr,
        context: &Context<'_>,
        span: Span,
    ) -> Option<(Calc, Type)> {
        let ((value, number), (to_calc, step)) = self.two_numbers(of, to, context)?;
        let Calc::Number(multiple) = to_calc else {
            return self.mismatch(&Type::Other, &Type::Number(Number::default()), context, to.span);
        };
        let money = number.unit.is_money() && step.unit.is_money();
        if !money && number.unit != step.unit && !step.unit.is_none() {
            self.say(Problem::UnitsMixed { left: number.unit.text(), right: step.unit.text() }, context, to.span);
            return None;
        }
        if multiple <= Decimal::ZERO {
            self.say(Problem::DivisionByZero, context, span);
            return None;
        }
        let loose = |end: Option<Decimal>, up: bool| {
            end.map(|end| {
                if up {
                    end + multiple
                } else if end >= Decimal::ZERO {
                    Decimal::ZERO.max(end - multiple)
                } else {
                    end - multiple
                }
            })
        };
        let kind = Number {
            unit: number.unit,
            places: multiple.scale(),
            min: loose(number.min, false),
            max: loose(number.max, true),
        };
        Some((Calc::Round { of: Box::new(value), how, to: multiple }, Type::Number(kind)))
    }

    /// A condition; `None` after a message.
    pub(super) fn condition(&self, expr: &ConditionExpr, context: &Context<'_>) -> Option<Condition> {
        match &expr.kind {
            ConditionKind::Mixed => {
                self.say(Problem::AndOrMixed, context, expr.span);
                None
            }
            ConditionKind::And(parts) => {
                let mut context = context.clone();
                let mut all = Vec::new();
                for part in parts {
                    let condition = self.condition(part, &context);
                    if let Some(condition) = &condition {
                        context.facts.push(condition.clone());
                    }
                    all.push(condition);
                }
                all.into_iter().collect::<Option<Vec<_>>>().map(Condition::All)
            }
            ConditionKind::Or(parts) => {
                let mut context = context.clone();
                let mut any = Vec::new();
                for (index, part) in parts.iter().enumerate() {
                    if let (ConditionKind::Bare(_), Some(ConditionKind::NotIn(..))) =
                        (&part.kind, index.checked_sub(1).and_then(|i| parts.get(i)).map(|p| &p.kind))
                    {
                        self.say(Problem::NotEqualSet, &context, expr.span);
                        return None;
                    }
                    let condition = self.condition(part, &context);
                    // Behind `x ist nicht beantwortet oder` x is answered.
                    if let Some(Condition::Not(inner)) = &condition
                        && matches!(**inner, Condition::Answered(_))
                    {
                        context.facts.push((**inner).clone());
                    }
                    any.push(condition);
                }
                any.into_iter().collect::<Option<Vec<_>>>().map(Condition::Any)
            }
            ConditionKind::Not(inner) => {
                let mut inside = context.clone();
                if let ConditionKind::In(left, _) = &inner.kind {
                    // Under `nicht` an answer that is not there would make the sentence hold.
                    self.calc(left, context)?;
                    inside.cell = false;
                }
                Some(Condition::Not(Box::new(self.condition(inner, &inside)?)))
            }
            ConditionKind::Group(quantity, paths) => {
                let answers: Option<Vec<Ref>> =
                    paths.iter().map(|path| self.answer(path, context).map(|(reference, _, _)| reference)).collect();
                Some(Condition::Group { quantity: *quantity, answers: answers? })
            }
            ConditionKind::Every(list, holds) => {
                let (list, _, scope) = self.list(list, context)?;
                let holds = self.condition(holds, &context.inside(scope))?;
                Some(Condition::Every { list, holds: Box::new(holds) })
            }
            ConditionKind::Some(list, holds) => {
                let (list, _, scope) = self.list(list, context)?;
                let holds = self.condition(holds, &context.inside(scope))?;
                Some(Condition::Some { list, holds: Box::new(holds) })
            }
            ConditionKind::None(list, holds) => {
                let (list, _, scope) = self.list(list, context)?;
                let holds = self.condition(holds, &context.inside(scope))?;
                Some(Condition::Not(Box::new(Condition::Some { list, holds: Box::new(holds) })))
            }
            ConditionKind::Distinct(list, by) => {
                let (list, _, scope) = self.list(list, context)?;
                let (by, _, _) = self.answer(by, &context.inside(scope))?;
                Some(Condition::Distinct { list, by })
            }
            ConditionKind::Answered(path) => {
                let (reference, _, _) = self.answer(path, context)?;
                Some(Condition::Answered(reference))
            }
            ConditionKind::NotAnswered(path) => {
                let (reference, _, _) = self.answer(path, context)?;
                Some(Condition::Not(Box::new(Condition::Answered(reference))))
            }
            ConditionKind::Contains(path, set) => {
                let (what, kind, _) = self.answer(path, context)?;
                if !matches!(kind, Type::Several(_)) {
                    let wanted = Type::Several(Choices::Options(Vec::new()));
                    return self.mismatch(&kind, &wanted, context, path.span);
                }
                let context = Context { subject: Some(path.text()), ..context.clone() };
                let set = self.set(set, &kind, &context)?;
                Some(Condition::Contains { what, set })
            }
            ConditionKind::In(left, set) => self.is_in(left, set, context),
            ConditionKind::NotIn(left, set) => {
                if matches!(set.kind, SetKind::Or(_)) {
                    self.say(Problem::NotEqualSet, context, expr.span);
                    return None;
                }
                self.calc(left, context)?;
                match self.is_in(left, set, context)? {
                    Condition::Compare { left, right, .. } => Some(Condition::Compare { left, op: Op::Ne, right }),
                    condition => Some(Condition::Not(Box::new(condition))),
                }
            }
            ConditionKind::Compare(left, op, right) => self.compare(left, *op, right, context, expr.span),
            ConditionKind::Bare(path) => {
                if self.resolve(path, context).is_some() {
                    let english = context.language == Language::English;
                    let yes = if english { "yes" } else { "Ja" };
                    let name = path.text();
                    let mut message = Diagnostic::new(
                        Problem::BareName { name: name.clone(), yes: yes.to_owned() },
                        context.file,
                        path.span,
                    );
                    message.fix = Some((path.span, format!("{name} = {yes}")));
                    self.world.say(message);
                }
                None
            }
        }
    }

    /// `x = …`: a set of the values of x, or, where the words are no value of it, another answer.
    fn is_in(
        &self,
        left: &CalcExpr,
        set: &crate::syntax::expression::SetExpr,
        context: &Context<'_>,
    ) -> Option<Condition> {
        // An answer that is absent makes `=` not hold: it is its own guard.
        let free = Context { cell: true, ..context.clone() };
        let (what, kind) = self.calc(left, &free)?;
        if let (Type::Several(_), CalcKind::Path(path)) = (&kind, &left.kind) {
            self.say(Problem::UseEquals { name: path.text() }, context, left.span);
            return None;
        }
        if let SetKind::Words(words) = &set.kind
            && !words.contains(' ')
            && self.is_name_not_value(words, &kind, context)
        {
            let path = PathExpr { parts: words.split('.').map(str::to_owned).collect(), span: set.span };
            let right = CalcExpr { kind: CalcKind::Path(path), span: set.span };
            let (right_calc, right_kind) = self.calc(&right, context)?;
            self.comparable(&kind, &right_kind, (&what, &right_calc), context, set.span)?;
            return Some(Condition::Compare { left: what, op: Op::Eq, right: right_calc });
        }
        if let (Type::DateTime, SetKind::Value(value)) = (&kind, &set.kind) {
            let (right, right_kind) = self.calc(value, context)?;
            self.comparable(&kind, &right_kind, (&what, &right), context, set.span)?;
            return Some(Condition::Compare { left: what, op: Op::Eq, right });
        }
        let subject = self.written(context, left.span);
        let context = Context { subject: Some(subject), cell: false, ..context.clone() };
        let set = self.set(set, &kind, &context)?;
        Some(Condition::In { what, set })
    }

    fn is_name_not_value(&self, words: &str, kind: &Type, context: &Context<'_>) -> bool {
        let parts: Vec<String> = words.split('.').map(nfc).collect();
        let found = self.names.borrow().find(&parts, context.scope);
        let named = matches!(found, Ok((Entry::Answer(_) | Entry::Computed(_), _)));
        match kind {
            Type::Choice(choices) => {
                let key = super::names::json_key(words);
                named && !self.choices(choices).iter().any(|(known, _)| *known == key)
            }
            Type::Municipality(_) => named,
            Type::Text | Type::Number(_) | Type::Date | Type::DateTime | Type::Bool => {
                named || (*kind == Type::DateTime && matches!(found, Ok((Entry::Constant(_), _))))
            }
            _ => false,
        }
    }

    fn compare(
        &self,
        left: &CalcExpr,
        op: Op,
        right: &CalcExpr,
        context: &Context<'_>,
        span: Span,
    ) -> Option<Condition> {
        let (left_calc, left_kind) = self.calc(left, context)?;
        let (right_calc, right_kind) = self.calc(right, context)?;
        let ordered = |kind: &Type| matches!(kind, Type::Number(_) | Type::Date | Type::DateTime);
        let comparable = ordered(&left_kind) && ordered(&right_kind);
        if !comparable && !matches!(op, Op::Eq | Op::Ne) {
            let other = if ordered(&left_kind) { right_kind } else { left_kind };
            return self.mismatch(&other, &Type::Number(Number::default()), context, span);
        }
        self.comparable(&left_kind, &right_kind, (&left_calc, &right_calc), context, right.span)?;
        Some(Condition::Compare { left: left_calc, op, right: right_calc })
    }

    fn comparable(&self, a: &Type, b: &Type, calcs: (&Calc, &Calc), context: &Context<'_>, span: Span) -> Option<()> {
        match (a, b) {
            (Type::Number(x), Type::Number(y)) => {
                if let Calc::Number(value) = calcs.0
                    && value.is_zero()
                {
                    return Some(());
                }
                let value = if let Calc::Number(value) = calcs.1 { *value } else { Decimal::ONE };
                self.same_unit(&x.unit, &y.unit, value, context, span)
            }
            (Type::Date | Type::DateTime, Type::Date | Type::DateTime)
            | (Type::Text, Type::Text)
            | (Type::Bool, Type::Bool)
            | (Type::Municipality(_), Type::Municipality(_)) => Some(()),
            (Type::Choice(x), Type::Choice(y))
                if self.choices(x).iter().any(|(k, _)| self.choices(y).iter().any(|(l, _)| l == k)) =>
            {
                Some(())
            }
            _ => self.mismatch(b, a, context, span),
        }
    }

    /// A condition as text.
    pub(super) fn read_condition(&self, text: &str, span: Span, context: &Context<'_>) -> Option<Condition> {
        match crate::syntax::parse_condition(text, span.start) {
            Ok(expr) => self.condition(&expr, context),
            Err(error) => {
                self.unreadable(&error, span, context);
                None
            }
        }
    }

    /// A calculation as text.
    pub(super) fn read_calc(&self, text: &str, span: Span, context: &Context<'_>) -> Option<(Calc, Type)> {
        match crate::syntax::parse_calc(text, span.start) {
            Ok(expr) => self.calc(&expr, context),
            Err(error) => {
                self.unreadable(&error, span, context);
                None
            }
        }
    }

    /// A set as text.
    pub(super) fn read_set(&self, text: &str, span: Span, kind: &Type, context: &Context<'_>) -> Option<Set> {
        match crate::syntax::parse_set(text, span.start) {
            Ok(expr) => self.set(&expr, kind, context),
            Err(error) => {
                self.unreadable(&error, span, context);
                None
            }
        }
    }

    pub(super) fn unreadable(&self, error: &crate::syntax::ParseError, span: Span, context: &Context<'_>) {
        let written = self.written(context, span);
        // A point number explains more than the place where reading stopped.
        if let Some((at, number)) = point_number(&written) {
            let place = Span::new(span.start + at, span.start + at + number.len());
            let fixed = number.replace('.', ",");
            let mut message =
                Diagnostic::new(Problem::DecimalPoint { number, fixed: fixed.clone() }, context.file, place);
            message.fix = Some((place, fixed));
            self.world.say(message);
            return;
        }
        let short: String = written.chars().take(60).collect();
        let problem = crate::syntax::phrase::cannot_read(error, &short, context.language);
        let at = error.at.clamp(span.start, span.end);
        self.say(problem, context, Span::new(at, span.end.max(at)));
    }
}

/// Places that say "any fraction".
const FRACTION: u32 = 12;

trait TransposeOption<T> {
    fn transpose_option(self) -> Option<Option<T>>;
}

impl<T> TransposeOption<T> for Option<Option<T>> {
    /// `Some(None)` is a failure, `None` is nothing.
    fn transpose_option(self) -> Option<Option<T>> {
        match self {
            None => Some(None),
            Some(None) => None,
            Some(Some(value)) => Some(Some(value)),
        }
    }
}

fn negated(calc: Calc) -> Calc {
    match calc {
        Calc::Number(value) => Calc::Number(-value),
        other => Calc::Sub(Box::new(Calc::Number(Decimal::ZERO)), Box::new(other)),
    }
}

/// A literal with its unit: money in cents, per cent as a fraction.
pub(super) fn number(value: Decimal, unit: Option<&(String, Option<String>)>) -> (Calc, Type) {
    let (over, under) = match unit {
        None => return literal(value, Unit::none()),
        Some((over, under)) => (over.as_str(), under.as_deref()),
    };
    match Unit::of(over, None).single() {
        Some("%") => literal(value / Decimal::ONE_HUNDRED, Unit::none()),
        Some("€") => literal((value * Decimal::ONE_HUNDRED).normalize(), Unit::of("€", under)),
        Some("Cent") => literal(value, Unit::of("€", under)),
        _ => literal(value, Unit::of(over, under)),
    }
}

fn literal(value: Decimal, unit: Unit) -> (Calc, Type) {
    let value = value.normalize();
    let number = Number { unit, places: value.scale(), min: Some(value), max: Some(value) };
    (Calc::Number(value), Type::Number(number))
}

/// The unit in which a day is moved.
pub(super) fn time_unit(word: &str) -> Option<TimeUnit> {
    Some(match word {
        "Tage" => TimeUnit::Days,
        "Wochen" => TimeUnit::Weeks,
        "Monate" => TimeUnit::Months,
        "Jahre" => TimeUnit::Years,
        "Werktage" => TimeUnit::WorkingDaysWithSaturday,
        "Arbeitstage" => TimeUnit::WorkingDays,
        _ => return None,
    })
}

pub(super) fn nfc(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    text.nfc().collect()
}

/// A number with a point that is no thousands' point: `1.5`.
fn point_number(text: &str) -> Option<(usize, String)> {
    let bytes = text.as_bytes();
    text.char_indices().filter(|(_, c)| *c == '.').find_map(|(at, _)| {
        let before = bytes.get(..at)?.iter().rev().take_while(|b| b.is_ascii_digit()).count();
        let after = bytes.get(at + 1..)?.iter().take_while(|b| b.is_ascii_digit()).count();
        let next = bytes.get(at + 1 + after);
        let previous = at.checked_sub(before + 1).and_then(|i| bytes.get(i));
        let alone = next != Some(&b'.') && previous != Some(&b'.');
        (before > 0 && (after == 1 || after == 2) && alone)
            .then(|| (at - before, text.get(at - before..=at + after).unwrap_or("").to_owned()))
    })
}
