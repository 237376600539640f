//! Sums, products, quotients and rounding: units, decimal places, least and greatest values.

use rust_decimal::Decimal;

use super::bounds::{greater, smaller};
use super::expressions::{Context, Lower, time_unit};
use super::types::{Number, Type};
use super::units::Unit;
use crate::diagnostic::{Diagnostic, Problem};
use crate::model::{Calc, Language};
use crate::syntax::Span;
use crate::syntax::expression::{CalcExpr, CalcKind};

/// Places that say "any fraction".
const FRACTION: u32 = 12;

impl Lower<'_> {
    pub(super) fn plus(
        &self,
        a: &CalcExpr,
        b: &CalcExpr,
        minus: bool,
        context: &Context<'_>,
        span: Span,
    ) -> Option<(Calc, Type)> {
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
                let unit = self.one_unit((&left, &x.unit, a.span), (&right, &y.unit, b.span), context)?;
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

    /// The unit that two numbers have in common; a bare 0 has every unit.
    fn one_unit(
        &self,
        (a, x, a_span): (&Calc, &Unit, Span),
        (b, y, b_span): (&Calc, &Unit, Span),
        context: &Context<'_>,
    ) -> Option<Unit> {
        let zero = |calc: &Calc| matches!(calc, Calc::Number(n) if n.is_zero());
        if x != y && !zero(a) && !zero(b) {
            // `20 € + satz × fläche`, where `satz` is an amount without „je m²“.
            let other = if x.is_money() { y } else { x };
            let amount = other.without_per(context.language).filter(|_| x.is_money() || y.is_money());
            let problem = match (x.is_none(), y.is_none()) {
                _ if amount.is_some() => {
                    let (unit, per) = amount.unwrap_or_default();
                    self.say(
                        Problem::AmountWithoutPer { unit, per },
                        context,
                        if x.is_money() { b_span } else { a_span },
                    );
                    return None;
                }
                (true, false) => Problem::UnitMissing { unit: y.written(context.language) },
                (false, true) => Problem::UnitMissing { unit: x.written(context.language) },
                _ => Problem::UnitsMixed { left: x.written(context.language), right: y.written(context.language) },
            };
            self.say(problem, context, if x.is_none() { a_span } else { b_span });
            return None;
        }
        Some(if zero(a) { y } else { x }.clone())
    }

    /// `…, mindestens 50 €` and `…, höchstens 500 €`.
    pub(super) fn limited(
        &self,
        of: &CalcExpr,
        limit: &CalcExpr,
        least: bool,
        context: &Context<'_>,
    ) -> Option<(Calc, Type)> {
        let ((value, x), (end, y)) = self.two_numbers(of, limit, context)?;
        let unit = self.one_unit((&value, &x.unit, of.span), (&end, &y.unit, limit.span), context)?;
        // `mindestens 500 €, höchstens 50 €`: one of the two would always win.
        if matches!((least, &value), (false, Calc::AtLeast(..)) | (true, Calc::AtMost(..)))
            && (if least { x.max < y.min } else { y.max < x.min })
            && [x.min, x.max, y.min, y.max].iter().all(Option::is_some)
        {
            self.say(Problem::LimitsReversed, context, Span::new(of.span.start, limit.span.end));
        }
        let both = |a: Option<Decimal>, b: Option<Decimal>| a.zip(b);
        let (min, max) = if least {
            (greater(x.min, y.min), both(x.max, y.max).map(|(a, b)| a.max(b)))
        } else {
            (both(x.min, y.min).map(|(a, b)| a.min(b)), smaller(x.max, y.max))
        };
        let kind = Number { unit, places: x.places.max(y.places), min, max };
        let (value, end) = (Box::new(value), Box::new(end));
        let calc = if least { Calc::AtLeast(value, end) } else { Calc::AtMost(value, end) };
        Some((calc, Type::Number(kind)))
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

    pub(super) fn times(&self, a: &CalcExpr, b: &CalcExpr, context: &Context<'_>, span: Span) -> Option<(Calc, Type)> {
        let ((left, x), (right, y)) = self.two_numbers(a, b, context)?;
        let unit = x.unit.times(&y.unit);
        if x.unit.is_money() && y.unit.is_money() {
            self.say(
                Problem::UnitsMixed { left: x.unit.written(context.language), right: y.unit.written(context.language) },
                context,
                span,
            );
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

    pub(super) fn divided(
        &self,
        a: &CalcExpr,
        b: &CalcExpr,
        context: &Context<'_>,
        _span: Span,
    ) -> Option<(Calc, Type)> {
        // `5 €/qm`
        if let CalcKind::Path(path) = &b.kind
            && let CalcKind::Number { unit: Some(_), .. } = &a.kind
            && let [word] = path.parts.as_slice()
            && super::units::is_known(word)
            && self.names.borrow().find(&path.parts, context.scope).is_err()
        {
            let per = if context.language == Language::English { "per" } else { "je" };
            let unit = super::units::otherwise(word).unwrap_or(word);
            let (place, meant) = (Span::new(a.span.end, b.span.end), format!(" {per} {unit}"));
            let found = self.written(context, place).trim().to_owned();
            let problem = Problem::WriteInstead { found, meant: meant.trim().to_owned() };
            let fix = Some((place, meant));
            self.world.say(Diagnostic { fix, ..Diagnostic::new(problem, context.file, place) });
            return None;
        }
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

    pub(super) fn round(
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
            self.say(
                Problem::UnitsMixed {
                    left: number.unit.written(context.language),
                    right: step.unit.written(context.language),
                },
                context,
                to.span,
            );
            return None;
        }
        if multiple <= Decimal::ZERO {
            self.say(Problem::DivisionByZero, context, span);
            return None;
        }
        // Rounding keeps the order, so the ends go to the ends.
        let ended = |end: Option<Decimal>| end.and_then(|end| crate::eval::round(end, how, multiple));
        let kind =
            Number { unit: number.unit, places: multiple.scale(), min: ended(number.min), max: ended(number.max) };
        Some((Calc::Round { of: Box::new(value), how, to: multiple }, Type::Number(kind)))
    }
}

fn negated(calc: Calc) -> Calc {
    match calc {
        Calc::Number(value) => Calc::Number(-value),
        other => Calc::Sub(Box::new(Calc::Number(Decimal::ZERO)), Box::new(other)),
    }
}
