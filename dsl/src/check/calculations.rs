//! Calculations as an author wrote them, to those of the model, with what is known of their values.

use rust_decimal::Decimal;

use super::expressions::{Context, Lower, number};
use super::types::{Number, Type};
use super::units::Unit;
use crate::diagnostic::{Diagnostic, Problem};
use crate::model::Calc;
use crate::syntax::Span;
use crate::syntax::expression::{CalcExpr, CalcKind};

impl Lower<'_> {
    /// A unit; where a word of it is misspelt the unit that is meant, after a message.
    fn known_unit(
        &self,
        (over, under): &(String, Vec<String>),
        span: Span,
        context: &Context<'_>,
    ) -> (String, Vec<String>) {
        let known = |word: &String| -> String {
            let meant = super::units::meant(word, context.language)
                .filter(|_| super::units::otherwise(word).is_some() || !self.world.is_noun(word));
            let Some(meant) = meant else { return word.clone() };
            let written = self.written(context, span);
            let place = written
                .rfind(word.as_str())
                .map_or(span, |at| Span::new(span.start + at, span.start + at + word.len()));
            let problem = Problem::UnitUnknown { unit: word.clone(), known: meant.to_owned() };
            let mut message = Diagnostic::new(problem, context.file, place);
            message.fix = Some((place, meant.to_owned()));
            self.world.say(message);
            meant.to_owned()
        };
        (known(over), under.iter().map(known).collect())
    }

    /// A calculation with its type; `None` after a message.
    pub(super) fn calc(&self, expr: &CalcExpr, context: &Context<'_>) -> Option<(Calc, Type)> {
        match &expr.kind {
            CalcKind::Number { value, unit, .. } => {
                let unit = unit.as_ref().map(|unit| self.known_unit(unit, expr.span, context));
                Some(number(*value, unit.as_ref()))
            }
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
            CalcKind::Time(Some(time), _) => Some((Calc::Time(*time), Type::Time)),
            CalcKind::Month(text) if month_key(text).is_some() => Some((Calc::Key(month_key(text)?), Type::Month)),
            CalcKind::Time(None, text) | CalcKind::Month(text) => {
                self.say(Problem::NoSuchDate { text: text.clone() }, context, expr.span);
                None
            }
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
            CalcKind::AtLeast(of, least) => self.limited(of, least, true, context),
            CalcKind::AtMost(of, most) => self.limited(of, most, false, context),
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
}

/// `2027-10` of `10/2027`, as answers have it.
fn month_key(written: &str) -> Option<String> {
    let (month, year) = written.trim().split_once('/')?;
    let month: u8 = month.parse().ok().filter(|month| (1..=12).contains(month))?;
    Some(format!("{year}-{month:02}"))
}

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
