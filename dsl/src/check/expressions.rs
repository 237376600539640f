//! Calculations and conditions as an author wrote them, to those of the model: names resolved,
//! units checked, uses guarded.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::rc::Rc;

use rust_decimal::Decimal;

use super::computed::{Done, State};
use super::scope::Names;
use super::types::{Number, Type};
use super::units::Unit;
use super::world::{Thing, World};
use crate::diagnostic::{Diagnostic, Problem};
use crate::kind::Choices;
use crate::model::{Calc, CodeList, Condition, Language, Set, Text, TimeUnit, Values};
use crate::syntax::Span;

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
    /// Messages about cases of tables that are still to be put through the evaluator.
    pub doubts: RefCell<Vec<super::proof::Doubt>>,
    /// Names and answers.
    pub names: RefCell<Names>,
    /// Constants: what they are.
    pub constants: RefCell<Vec<(Calc, Type)>>,
    /// Computed values.
    pub computed: RefCell<Vec<State<'a>>>,
    /// How many computed values are being lowered, one inside the other.
    pub depth: Cell<usize>,
    /// Computed values of the procedure in the order in which they were lowered.
    pub finished: RefCell<Vec<Rc<Done>>>,
    /// The same by their names.
    pub by_name: RefCell<HashMap<String, Rc<Done>>>,
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
    /// A cell of a table: `keine Antwort` may stand.
    pub cell: bool,
    /// Answers need no guard: where one is absent, nothing is claimed.
    pub free: bool,
    /// Under `nicht`: an answer that is absent would make the whole hold, so every one needs a guard.
    pub strict: bool,
    /// What `eigenes Gebiet` means.
    pub area: Option<Set>,
    /// The question that is talked about, for messages.
    pub subject: Option<String>,
}

impl<'c> Context<'c> {
    /// A context at the top of a file that sees everything.
    pub fn top(file: &'c str, language: Language) -> Self {
        Self {
            file,
            language,
            scope: 0,
            facts: Vec::new(),
            before: None,
            cell: false,
            free: false,
            strict: false,
            area: None,
            subject: None,
        }
    }

    /// Inside an entry of a repeat.
    pub fn inside(&self, scope: usize) -> Self {
        Self { scope, cell: false, free: false, ..self.clone() }
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
            let (found, wanted) = (found.name(), wanted.name());
            self.say(Problem::WrongKindHere { found, wanted }, context, span);
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
            Problem::UnitMissing { unit: wanted.written(context.language) }
        } else if wanted.is_none() {
            Problem::UnitNotWanted { unit: found.written(context.language) }
        } else {
            Problem::UnitsMixed { left: wanted.written(context.language), right: found.written(context.language) }
        };
        self.say(problem, context, span);
        None
    }

    /// Keys and labels of what can be chosen.
    pub(super) fn choices(&self, choices: &Choices) -> Vec<(String, Vec<String>)> {
        let mut all = Vec::new();
        self.each_choice(choices, |key, labels| {
            all.push((key.to_owned(), labels.0.values().cloned().collect()));
            false
        });
        all
    }

    /// Whether a key can be chosen.
    pub(super) fn has_choice(&self, choices: &Choices, wanted: &str) -> bool {
        let mut found = false;
        self.each_choice(choices, |key, _| {
            found = key == wanted;
            found
        });
        found
    }

    /// Shows what can be chosen, until `visit` says that it has seen enough.
    pub(super) fn each_choice(&self, choices: &Choices, mut visit: impl FnMut(&str, &Text) -> bool) {
        match choices {
            Choices::Options(options) => {
                options.iter().any(|option| visit(&option.key, &option.label));
            }
            Choices::List { name, only } => {
                let only: Option<HashSet<&str>> = match only {
                    Some(Set { values: Values::Keys(keys), .. }) => Some(keys.iter().map(String::as_str).collect()),
                    _ => None,
                };
                let lists = self.lists.borrow();
                let values = lists.get(name).map(|list| list.values.as_slice()).unwrap_or_default();
                values
                    .iter()
                    .filter(|value| only.as_ref().is_none_or(|only| only.contains(value.key.as_str())))
                    .any(|value| visit(&value.key, &value.label));
            }
<<<<<<< HEAD
=======
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
>>>>>>> main
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
