//! Time that passes: reminders, and what happens when nobody has done anything.

use jiff::Timestamp;

use super::Detail;
use super::settle::{SettleError, settle};
use crate::deliver::{self, Context};
use crate::payment::PaymentState;
use crate::store::{Condition, ConditionKind, ConditionState, DeliveryKind, Settled, StoreError};

/// Conditions that are looked at in one go.
const MOST: u32 = 64;

/// Reminds, and settles what is over. What fails is looked at again the next time.
pub(crate) async fn look(context: &Context) {
    let now = context.clock.now();
    let due = match context.store.conditions_due(now, MOST).await {
        Ok(due) => due,
        Err(error) => return tracing::error!(%error, "what submissions wait for cannot be read"),
    };
    for condition in due {
        match one(context, &condition, now).await {
            Ok(()) | Err(SettleError::Store(StoreError::Conflict)) => {}
            Err(error) => {
                tracing::error!(condition = %condition.id, %error, "a submission that waits cannot be looked at");
            }
        }
    }
}

async fn one(context: &Context, condition: &Condition, now: Timestamp) -> Result<(), SettleError> {
    if condition.kind == ConditionKind::Payment && is_paid(context, condition).await? {
        settle(context, condition, ConditionState::Met, None).await?;
        return Ok(());
    }
    if condition.due_at.is_some_and(|due| due <= now) {
        let settled = settle(context, condition, ConditionState::Over, None).await?;
        if settled == Settled::Withdrawn {
            tracing::info!(condition = %condition.id, "the time of a submission is over; it is not passed on");
        }
        return Ok(());
    }
    let detail = Detail::open(&context.vault, condition)?;
    let mut rows = Vec::new();
    if let Some(mail) = detail.mail(condition.id) {
        let kind = DeliveryKind::Reminder;
        rows.push(deliver::outbox_row(&context.vault, &condition.portal, condition.submission, kind, &mail)?);
    }
    context.store.remind(condition, rows, now).await?;
    Ok(())
}

/// Whether somebody has paid and did not come back to say so.
async fn is_paid(context: &Context, condition: &Condition) -> Result<bool, SettleError> {
    let Some(payment) = &context.payment else { return Ok(false) };
    let state = payment.state(condition.id).await.map_err(|error| SettleError::Broken(error.to_string()))?;
    Ok(state == PaymentState::Paid)
}
