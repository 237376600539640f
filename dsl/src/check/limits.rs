//! Limits behind a kind: numbers, amounts, lengths, days.

use super::expressions::{Context, Lower};
use super::kinds::Part;
use super::types::Type;
use super::units::Unit;
use crate::diagnostic::{Diagnostic, Problem};
use crate::eval::{Value, constant};
use crate::kind::{DateLimits, LengthLimits, NumberLimits};
use crate::model::{Calc, Language, TimeUnit};
use crate::syntax::expression::{SetExpr, SetKind};
use crate::syntax::keyword::Fixed;
use crate::syntax::{Form, Span};
use jiff::civil::date;
use rust_decimal::Decimal;

/// Least, greatest, and the unit behind the number.
pub(super) type Limit = (Option<Decimal>, Option<Decimal>, Option<Unit>);

impl Lower<'_> {
    /// A limit, after a message where it is none.
    pub(super) fn limit_of(&self, text: &str, span: Span, kind: &str, context: &Context<'_>) -> Option<Limit> {
        let before = self.world.errors_in(context.file);
        let found = self.limit(text, span, context);
        if found.is_none() && self.world.errors_in(context.file) == before {
            self.not_understood(text, span, kind, context);
        }
        found
    }

    /// A limit with a number: least, greatest and unit word.
    pub(super) fn limit(&self, text: &str, span: Span, context: &Context<'_>) -> Option<Limit> {
        // `mindestens 1 und höchstens 50`
        if let Some(meant) = both_ends(text, context.language) {
            let problem = Problem::WriteInstead { found: text.to_owned(), meant: meant.clone() };
            let fix = Some((span, meant.clone()));
            self.world.say(Diagnostic { fix, ..Diagnostic::new(problem, context.file, span) });
            return self.limit(&meant, span, context);
        }
        let word = Fixed::find_at_start(text).map(|(found, rest)| (found.word, rest));
        if let Some((word @ (Fixed::AtMost | Fixed::AtLeast | Fixed::Exactly), rest)) = word {
            let place = Span::new(span.end - rest.trim_start().len(), span.end);
            let (calc, kind) = self.read_calc(rest.trim(), place, context)?;
            let (Calc::Number(value), Type::Number(number)) = (calc, kind) else {
                return None;
            };
            let unit = (!number.unit.is_none()).then_some(number.unit);
            return Some(match word {
                Fixed::AtMost => (None, Some(value), unit),
                Fixed::AtLeast => (Some(value), None, unit),
                _ => (Some(value), Some(value), unit),
            });
        }
        let expr = match crate::syntax::parse_set(text, span.start) {
            Ok(expr) => expr,
            Err(error) => {
                self.unreadable_as(Some(Form::Set), &error, span, context);
                return None;
            }
        };
        self.slips(Form::Set, text, span, context);
        let mut unit = None;
        let mut end = |bound: &crate::syntax::expression::CalcExpr| -> Option<Decimal> {
            let (calc, kind) = self.calc(bound, context)?;
            let (Calc::Number(value), Type::Number(number)) = (calc, kind) else {
                return None;
            };
            if !number.unit.is_none() {
                unit = Some(number.unit);
            }
            Some(value)
        };
        let (from, to) = match &expr.kind {
            SetKind::From(a) => (Some(end(a)?), None),
            SetKind::UpTo(b) => (None, Some(end(b)?)),
            SetKind::Between(a, b) => (Some(end(a)?), Some(end(b)?)),
            SetKind::Value(a) => {
                let value = end(a)?;
                (Some(value), Some(value))
            }
            _ => return None,
        };
        if let (Some(a), Some(b)) = (from, to)
            && a > b
        {
            // `1 € bis 5 €` has both in cents; `1 bis 5 MB` is fine as it is.
            self.say(Problem::LimitsReversed, context, span);
        }
        Some((from, to, unit))
    }

    pub(super) fn length(&self, limits: &[Part], kind: &str, context: &Context<'_>) -> LengthLimits {
        let mut length = LengthLimits::default();
        for (text, span) in limits {
            let Some((from, to, unit)) = self.limit_of(text, *span, kind, context) else {
                continue;
            };
            let word = unit.as_ref().and_then(Unit::single);
            match word {
                Some("Zeichen" | "Stellen") => {}
                None => {
                    let unit =
                        if context.language == crate::model::Language::English { "characters" } else { "Zeichen" };
                    let fix = Some((Span::new(span.end, span.end), format!(" {unit}")));
                    let problem = Problem::UnitMissing { unit: unit.to_owned() };
                    self.world.say(Diagnostic { fix, ..Diagnostic::new(problem, context.file, *span) });
                }
                Some(_) => {
                    self.say(
                        Problem::UnitsMixed {
                            left: "Zeichen".to_owned(),
                            right: unit.map(|u| u.written(context.language)).unwrap_or_default(),
                        },
                        context,
                        *span,
                    );
                }
            }
            // `1,000` is one with three decimal places, not a thousand.
            if [from, to].into_iter().flatten().any(|value| value.scale() > 0) {
                self.not_understood(text, *span, kind, context);
                continue;
            }
            let whole = |value: Option<Decimal>| value.and_then(|value| u32::try_from(value).ok());
            length.min = whole(from).or(length.min);
            length.max = whole(to).or(length.max);
        }
        length
    }

    pub(super) fn numbers(
        &self,
        limits: &[Part],
        unit: Option<String>,
        places: u32,
        kind: &str,
        context: &Context<'_>,
    ) -> NumberLimits {
        let mut numbers = NumberLimits { unit, min: None, max: None };
        let own = numbers.unit.as_deref().map_or_else(Unit::none, Unit::read);
        for (text, span) in limits {
            let Some((from, to, unit)) = self.limit_of(text, *span, kind, context) else {
                continue;
            };
            match unit {
                Some(unit) if own.is_none() && unit.single().is_some() => {
                    self.say(Problem::UnitNotWanted { unit: unit.written(context.language) }, context, *span);
                }
                Some(unit) if unit != own => {
                    self.say(
                        Problem::UnitsMixed {
                            left: own.written(context.language),
                            right: unit.written(context.language),
                        },
                        context,
                        *span,
                    );
                }
                _ => {}
            }
            if [from, to].into_iter().flatten().any(|value| value.scale() > places) {
                self.not_understood(text, *span, kind, context);
            }
            numbers.min = from.or(numbers.min);
            numbers.max = to.or(numbers.max);
        }
        numbers
    }

    pub(super) fn money(&self, limits: &[Part], rest: &str, kind: &str, context: &Context<'_>) -> NumberLimits {
        let own = Unit::read(&format!("€ {}", rest.trim()));
        let per = own.text();
        let per = per.trim_start_matches('€').trim();
        let mut money = NumberLimits { unit: (!per.is_empty()).then(|| per.to_owned()), min: None, max: None };
        for (text, span) in limits {
            let Some((from, to, unit)) = self.limit_of(text, *span, kind, context) else {
                continue;
            };
            let Some(unit) = unit.filter(Unit::is_money) else {
                self.say(Problem::UnitMissing { unit: "€".to_owned() }, context, *span);
                continue;
            };
            // The period may be left out in the limits, it stands before them; another one is no limit.
            if unit.period().is_some() && unit != own {
                let (left, right) = (own.written(context.language), unit.written(context.language));
                self.say(Problem::UnitsMixed { left, right }, context, *span);
                continue;
            }
            money.min = from.or(money.min);
            money.max = to.or(money.max);
        }
        money
    }

    pub(super) fn places_of(&self, limits: Vec<Part>, span: Span, context: &Context<'_>) -> Option<(u32, Vec<Part>)> {
        let mut places = None;
        let mut rest = Vec::new();
        for (text, place) in limits {
            let number = text.split_whitespace().next().and_then(|word| word.parse::<u32>().ok());
            let unit = text.split_once(char::is_whitespace).map(|(_, unit)| crate::syntax::keyword::unit(unit.trim()));
            if let (Some(number), Some("Nachkommastellen")) = (number, unit.as_deref()) {
                places = Some(number.min(8));
            } else {
                rest.push((text, place));
            }
        }
        if places.is_none() {
            self.say(Problem::PlacesMissing, context, span);
        }
        Some((places?, rest))
    }

    pub(super) fn dates(&self, limits: &[Part], kind: &str, context: &Context<'_>) -> DateLimits {
        let mut dates = DateLimits::default();
        for (text, span) in limits {
            if self.misread(text, *span, context) {
                continue;
            }
            let expr = match crate::syntax::parse_set(text, span.start) {
                Ok(expr) => expr,
                Err(error) => {
                    self.unreadable_as(Some(Form::Set), &error, *span, context);
                    continue;
                }
            };
            self.slips(Form::Set, text, *span, context);
            let end = |bound: &crate::syntax::expression::CalcExpr, days: i64| -> Option<Calc> {
                let (calc, found) = self.calc(bound, &Context { before: Some(0), ..context.clone() })?;
                if found != Type::Date {
                    return self.mismatch(&found, &Type::Date, context, bound.span);
                }
                Some(if days == 0 {
                    calc
                } else {
                    Calc::Shift { date: Box::new(calc), by: Box::new(Calc::Number(days.into())), unit: TimeUnit::Days }
                })
            };
            match &expr {
                SetExpr { kind: SetKind::From(a), .. } => dates.from = end(a, 0),
                SetExpr { kind: SetKind::Over(a), .. } => dates.from = end(a, 1),
                SetExpr { kind: SetKind::UpTo(b), .. } => dates.to = end(b, 0),
                SetExpr { kind: SetKind::Under(b), .. } => dates.to = end(b, -1),
                SetExpr { kind: SetKind::Between(a, b), .. } => {
                    dates.from = end(a, 0);
                    dates.to = end(b, 0);
                }
                _ => self.not_understood(text, *span, kind, context),
            }
            if let (Some(from), Some(to)) = (&dates.from, &dates.to)
                && always_later(from, to)
            {
                self.say(Problem::LimitsReversed, context, *span);
            }
        }
        dates
    }
}

/// Two limits in one, as they are said: `1 bis 50` of `mindestens 1 und höchstens 50`.
fn both_ends(text: &str, language: Language) -> Option<String> {
    let (words, to) = if language == Language::English {
        (["at least ", " and at most "], "to")
    } else {
        (["mindestens ", " und höchstens "], "bis")
    };
    let (from, until) = text.strip_prefix(words[0])?.split_once(words[1])?;
    Some(format!("{} {to} {}", from.trim(), until.trim()))
}

/// Whether a day lies behind another one, whatever day it is today.
fn always_later(first: &Calc, second: &Calc) -> bool {
    let days = [date(1990, 1, 1), date(2027, 2, 28), date(2028, 2, 29), date(2090, 12, 31)];
    days.iter().all(|today| match (constant(first, *today), constant(second, *today)) {
        (Some(Value::Date(first)), Some(Value::Date(second))) => first > second,
        _ => false,
    })
}
