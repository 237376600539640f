//! What follows from answers that are complete: fees and where the case goes.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::condition::{frame, frame_env};
use super::value::Val;
use super::view::{Env, View};
use super::{FeeAmount, Outcome};
use crate::model::{Fee, Responsible};

impl View<'_> {
    /// The fees that are charged and known.
    pub(crate) fn fees(&self) -> Vec<FeeAmount> {
        let env = Env::default();
        self.procedure
            .fees
            .iter()
            .filter(|fee| fee.condition.as_ref().is_none_or(|condition| self.holds(condition, env)))
            .filter_map(|fee| {
                Some(FeeAmount {
                    name: fee.name.clone(),
                    title: fee.title.clone(),
                    cents: cents(self.amount(fee, env)?)?,
                    per: fee.per,
                    payment: fee.payment,
                })
            })
            .collect()
    }

    fn amount(&self, fee: &Fee, env: Env<'_>) -> Option<Decimal> {
        let Some(list) = &fee.for_each else {
            return self.number(self.row(&fee.amount, env)?, env);
        };
        let mut sum = Decimal::ZERO;
        for index in 0..self.length(&list.steps, env) {
            let frame = frame(list, index, env);
            let env = frame_env(&frame, env);
            sum = sum.checked_add(self.number(self.row(&fee.amount, env)?, env)?)?;
        }
        Some(sum)
    }

    /// Where the responsibility table sends the case.
    pub(crate) fn responsible(&self) -> Outcome {
        let env = Env::default();
        let Some(responsible) = self.procedure.responsibility.as_ref().and_then(|table| self.row(table, env)) else {
            return Outcome::Open;
        };
        match responsible {
            Responsible::Authority(path) => Outcome::Authority(path.clone()),
            Responsible::EndPage(name) => {
                Outcome::EndPage { name: name.clone(), after: self.procedure.sections.len().saturating_sub(1) }
            }
            Responsible::Task { place, authorities, .. } => {
                let Some(Val::Text(key)) = self.value_at(place, env) else {
                    return Outcome::Open;
                };
                (0..=key.len())
                    .rev()
                    .find_map(|length| authorities.get(key.get(..length)?))
                    .map_or(Outcome::Open, |path| Outcome::Authority(path.clone()))
            }
        }
    }
}

/// Whole cents; `None` for a fraction of a cent or more than any amount.
fn cents(amount: Decimal) -> Option<i64> {
    if amount.is_integer() { amount.to_i64() } else { None }
}
