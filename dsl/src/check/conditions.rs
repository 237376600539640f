//! Conditions as an author wrote them, to those of the model.

use rust_decimal::Decimal;

use super::expressions::{Context, Lower, nfc};
use super::scope::Entry;
use super::types::{Number, Type};
use crate::diagnostic::{Diagnostic, Problem};
use crate::kind::Choices;
use crate::model::{Calc, Condition, Language, Op, Ref, Values};
use crate::syntax::Span;
use crate::syntax::expression::{CalcExpr, CalcKind, ConditionExpr, ConditionKind, PathExpr, SetExpr, SetKind};
use crate::syntax::keyword::Inner;

impl Lower<'_> {
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
                for (index, part) in parts.iter().enumerate() {
                    if self.belongs_together(parts, index + 1, &context) {
                        return None;
                    }
                    let condition = self.condition(part, &context);
                    match &condition {
                        Some(condition) => context.facts.push(condition.clone()),
                        // What it would have guarded is not reported as well.
                        None => (context.free, context.strict) = (true, false),
                    }
                    all.push(condition);
                }
                all.into_iter().collect::<Option<Vec<_>>>().map(Condition::All)
            }
            ConditionKind::Or(parts) => {
                let mut context = context.clone();
                let mut any = Vec::new();
                for (index, part) in parts.iter().enumerate() {
                    if self.belongs_together(parts, index + 1, &context) {
                        return None;
                    }
                    if let (ConditionKind::Bare(last), Some(ConditionKind::NotIn(left, first))) =
                        (&part.kind, index.checked_sub(1).and_then(|i| parts.get(i)).map(|p| &p.kind))
                    {
                        self.not_equal_set(left, Span::new(first.span.start, last.span.end), &context);
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
                let inside = Context { strict: true, ..context.clone() };
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
            ConditionKind::Answered(path) => self.answered(path, context),
            ConditionKind::NotAnswered(path) => {
                self.answered(path, context).map(|answered| Condition::Not(Box::new(answered)))
            }
            ConditionKind::Contains(path, set) => {
                let (what, kind, slot) = self.answer(path, context)?;
                if context.strict {
                    self.guard(slot, path, context);
                }
                match kind {
                    Type::Several(_) => {}
                    Type::Choice(_) => {
                        let problem = Problem::UseContains { name: path.text() };
                        self.other_sign(problem, path.span, set.span, "=", context);
                        return None;
                    }
                    _ => {
                        let wanted = Type::Several(Choices::Options(Vec::new()));
                        return self.mismatch(&kind, &wanted, context, path.span);
                    }
                }
                let context = Context { subject: Some(path.text()), ..context.clone() };
                let set = self.set(set, &kind, &context)?;
                Some(Condition::Contains { what, set })
            }
            ConditionKind::In(left, set) => self.is_in(left, set, context),
            ConditionKind::NotIn(left, set) => {
                if matches!(set.kind, SetKind::Or(_)) {
                    self.not_equal_set(left, set.span, context);
                    return None;
                }
                let kind = self.calc(left, &Context { free: true, strict: false, ..context.clone() })?.1;
                if self.means_answered(left, set, &kind, false, context) {
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
    fn is_in(&self, left: &CalcExpr, set: &SetExpr, context: &Context<'_>) -> Option<Condition> {
        // An answer that is absent makes `=` not hold: it is its own guard.
        let free = Context { free: !context.strict, ..context.clone() };
        if let CalcKind::Path(path) = &left.kind
            && let Some((condition, done)) = self.condition_named(path, context)
        {
            let Values::Bools(wanted) = self.set(set, &Type::Bool, context)?.values else { return None };
            let holds = match wanted.as_slice() {
                [true] => condition,
                [false] => Condition::Not(Box::new(condition)),
                _ => Condition::All(Vec::new()),
            };
            let all: Vec<Condition> = done.conditions.iter().cloned().chain([holds]).collect();
            return Some(if all.len() == 1 { all.into_iter().next()? } else { Condition::All(all) });
        }
        let (what, kind) = self.calc(left, &free)?;
        if self.means_answered(left, set, &kind, true, context) {
            return None;
        }
        if let (Type::Several(_), CalcKind::Path(path)) = (&kind, &left.kind) {
            let problem = Problem::UseEquals { name: path.text() };
            self.other_sign(problem, left.span, set.span, Inner::Contains.spelling(context.language), context);
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
        if matches!(kind, Type::Month | Type::Time) {
            return self.within(&what, &kind, set, context);
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

    /// `uhrzeit = 08:00 bis 12:00 oder ab 20:00`: times and months are not counted, but compared.
    fn within(&self, what: &Calc, kind: &Type, set: &SetExpr, context: &Context<'_>) -> Option<Condition> {
        let compared = |op: Op, bound: &CalcExpr| -> Option<Condition> {
            let (right, right_kind) = self.calc(bound, context)?;
            self.comparable(kind, &right_kind, (what, &right), context, bound.span)?;
            Some(Condition::Compare { left: what.clone(), op, right })
        };
        Some(match &set.kind {
            SetKind::Or(parts) => {
                let parts = parts.iter().map(|part| self.within(what, kind, part, context));
                Condition::Any(parts.collect::<Option<Vec<_>>>()?)
            }
            SetKind::From(bound) => compared(Op::Ge, bound)?,
            SetKind::Over(bound) => compared(Op::Gt, bound)?,
            SetKind::UpTo(bound) => compared(Op::Le, bound)?,
            SetKind::Under(bound) => compared(Op::Lt, bound)?,
            SetKind::Between(from, to) => Condition::All(vec![compared(Op::Ge, from)?, compared(Op::Le, to)?]),
            SetKind::Value(value) => compared(Op::Eq, value)?,
            SetKind::Words(words) if !words.contains(' ') => {
                let path = PathExpr { parts: words.split('.').map(str::to_owned).collect(), span: set.span };
                compared(Op::Eq, &CalcExpr { kind: CalcKind::Path(path), span: set.span })?
            }
            _ => return self.mismatch(&Type::Other, kind, context, set.span),
        })
    }

    /// `mail ist leer`, `mail = ""`: what is meant is `mail ist nicht beantwortet`.
    fn means_answered(&self, left: &CalcExpr, set: &SetExpr, kind: &Type, is: bool, context: &Context<'_>) -> bool {
        let empty = match &set.kind {
            SetKind::Words(words) => match words.as_str() {
                "leer" | "empty" | "unbeantwortet" => true,
                "ausgefüllt" | "angegeben" | "vorhanden" | "gegeben" | "filled" | "given" | "present" => false,
                _ => return false,
            },
            SetKind::Value(CalcExpr { kind: CalcKind::Text(text), .. }) if text.trim().is_empty() => true,
            _ => return false,
        };
        let is_option = |choices: &Choices| matches!(&set.kind, SetKind::Words(words) if self.has_choice(choices, &super::names::json_key(words)));
        if let Type::Choice(choices) = kind
            && is_option(choices)
        {
            return false;
        }
        let word = if empty == is { Inner::IsNotAnswered } else { Inner::IsAnswered };
        let whole = Span::new(left.span.start, set.span.end);
        let meant = format!("{} {}", self.written(context, left.span), word.spelling(context.language));
        let problem = Problem::WriteInstead { found: self.written(context, whole), meant: meant.clone() };
        let message = Diagnostic::new(problem, context.file, whole);
        self.world.say(Diagnostic { fix: Some((whole, meant)), ..message });
        true
    }

    /// `mindestens eine Antwort: a oder b`, and the label `Bosnien und Herzegowina` without quotation marks:
    /// a bare word that belongs to what stands before it.
    fn belongs_together(&self, parts: &[ConditionExpr], index: usize, context: &Context<'_>) -> bool {
        let Some(before) = index.checked_sub(1).and_then(|before| parts.get(before)) else { return false };
        let Some(ConditionExpr { kind: ConditionKind::Bare(word), span }) = parts.get(index) else { return false };
        match &before.kind {
            ConditionKind::Group(..) => {
                let between = Span::new(before.span.end, span.start);
                let found = self.written(context, between).trim().to_owned();
                let problem = Problem::WriteInstead { found, meant: ",".to_owned() };
                let message = Diagnostic::new(problem, context.file, between);
                self.world.say(Diagnostic { fix: Some((between, ", ".to_owned())), ..message });
                true
            }
            ConditionKind::In(left, SetExpr { kind: SetKind::Words(_), span: first }) => {
                let whole = Span::new(first.start, word.span.end);
                let name = self.written(context, whole);
                let free = Context { free: true, ..context.clone() };
                let choices = match self.calc(left, &free) {
                    Some((_, Type::Choice(choices))) => choices,
                    _ => return false,
                };
                let mut known = false;
                self.each_choice(&choices, |_, labels| {
                    known = labels.0.values().any(|label| *label == name);
                    known
                });
                if known {
                    let fix = Some((whole, format!("\"{name}\"")));
                    let problem = Problem::ValueQuotes { name };
                    self.world.say(Diagnostic { fix, ..Diagnostic::new(problem, context.file, whole) });
                }
                known
            }
            _ => false,
        }
    }

    /// `≠` before several values: what is meant is `nicht (x = (a oder b))`.
    fn not_equal_set(&self, left: &CalcExpr, set: Span, context: &Context<'_>) {
        let whole = Span::new(left.span.start, set.end);
        let (what, values) = (self.written(context, left.span), self.written(context, set));
        let not = Inner::Not.spelling(context.language);
        let fix = Some((whole, format!("{not} ({what} = ({}))", values.trim())));
        self.world.say(Diagnostic { fix, ..Diagnostic::new(Problem::NotEqualSet, context.file, whole) });
    }

    /// Another sign belongs between the two.
    fn other_sign(&self, problem: Problem, left: Span, set: Span, sign: &str, context: &Context<'_>) {
        let between = Span::new(left.end, set.start);
        let fix = Some((between, format!(" {sign} ")));
        self.world.say(Diagnostic { fix, ..Diagnostic::new(problem, context.file, left) });
    }

    fn is_name_not_value(&self, words: &str, kind: &Type, context: &Context<'_>) -> bool {
        let parts: Vec<String> = words.split('.').map(nfc).collect();
        let found = self.names.borrow().find(&parts, context.scope);
        let named = matches!(found, Ok((Entry::Answer(_) | Entry::Computed(_), _)));
        match kind {
            Type::Choice(choices) => {
                let key = super::names::json_key(words);
                named && !self.has_choice(choices, &key)
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
        let ordered =
            |kind: &Type| matches!(kind, Type::Number(_) | Type::Date | Type::DateTime | Type::Month | Type::Time);
        let comparable = ordered(&left_kind) && ordered(&right_kind);
        if let (Type::Date | Type::DateTime, CalcKind::MonthDay(_, day)) = (&left_kind, &right.kind) {
            let (day, name) = (day.clone(), self.written(context, left.span).trim().to_owned());
            self.say(Problem::DayNeedsYear { day, name }, context, right.span);
            return None;
        }
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
            | (Type::Month, Type::Month)
            | (Type::Time, Type::Time)
            | (Type::Text, Type::Text)
            | (Type::Bool, Type::Bool)
            | (Type::Municipality(_), Type::Municipality(_)) => Some(()),
            (Type::Choice(x), Type::Choice(y)) if self.choices(x).iter().any(|(key, _)| self.has_choice(y, key)) => {
                Some(())
            }
            _ => self.mismatch(b, a, context, span),
        }
    }

    /// `x ist beantwortet`: of a computed value, that its own condition holds.
    fn answered(&self, path: &PathExpr, context: &Context<'_>) -> Option<Condition> {
        if let Some(index) = self.computed_named(path, context) {
            self.found_path(path, context.file, context.scope);
            let done = self.computed_at(index, path, context)?;
            return Some(Condition::All(done.conditions.clone()));
        }
        let (reference, _, _) = self.answer(path, context)?;
        Some(Condition::Answered(reference))
    }
}
