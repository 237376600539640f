//! The end of a condition, with everything that follows from it in one transaction.

use amtsweg_dsl::model::Unanswered;
use serde_json::{Map, Value as Json};

use super::Detail;
use super::plan::times;
use crate::deliver::case::Case;
use crate::deliver::{self, Context, Destination};
use crate::journey::submit::applicant_email;
use crate::page::trouble::Trouble;
use crate::seal::{Place, SealError};
use crate::store::{
    Condition, ConditionKind, ConditionState, DeliveryKind, NewOutboxRow, Settled, Settlement, StoreError, Then, Times,
};

/// Why a condition could not be settled.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SettleError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Seal(#[from] SealError),
    #[error("{0}")]
    Broken(String),
}

impl From<SettleError> for Trouble {
    fn from(error: SettleError) -> Self {
        match error {
            SettleError::Store(error) => error.into(),
            SettleError::Seal(error) => error.into(),
            SettleError::Broken(reason) => Self::Broken(reason),
        }
    }
}

/// Settles a condition. `answers` are those of a second person together with all others; they
/// were made from the submission at `revision`.
///
/// # Errors
/// [`StoreError::Conflict`] where another condition was settled in the meantime.
pub(crate) async fn settle(
    context: &Context,
    condition: &Condition,
    end: ConditionState,
    answers: Option<(&Map<String, Json>, i64)>,
) -> Result<Settled, SettleError> {
    let missing = || SettleError::Broken("the submission of a condition is not there".to_owned());
    let submission = context.store.submission_by_id(condition.submission).await?.ok_or_else(missing)?;
    let all = context.store.conditions(condition.submission).await?;
    let detail = Detail::open(&context.vault, condition)?;
    let case = Case::load(context, submission).await.map_err(|outcome| SettleError::Broken(outcome.reason()))?;
    let (id, portal) = (condition.submission, case.submission.portal.as_str());
    let row = |kind, destination: &Destination| deliver::outbox_row(&context.vault, portal, id, kind, destination);

    let own = applicant_email(&case.procedure, &case.evaluation, case.at, context.regions);
    let own = own.filter(|_| context.channels.can_mail()).map(|address| Destination::Email { address });
    let mut outbox = Vec::new();
    if condition.kind == ConditionKind::Email && end == ConditionState::Met {
        // Until now nobody knew whether the address is theirs.
        outbox.extend(own.as_ref().map(|own| row(DeliveryKind::Citizen, own)).transpose()?);
    }
    let goes_on =
        end == ConditionState::Met || detail.person.as_ref().is_some_and(|asked| asked.then == Unanswered::GoOn);
    let (opens, mails) = if goes_on { next(context, condition, &all)? } else { Opening::default() };
    for (condition, detail) in mails {
        outbox.extend(detail.mail(condition).map(|mail| row(DeliveryKind::Link, &mail)).transpose()?);
    }
    let tell = |kind| -> Result<Vec<NewOutboxRow>, SealError> { own.iter().map(|own| row(kind, own)).collect() };
    let then = if goes_on {
        let authority = context.library.shelf().authorities.get(&case.submission.authority).cloned();
        let office = authority.and_then(|authority| deliver::destination_for(&authority, &context.channels));
        let mut rows = vec![row(DeliveryKind::Authority, office.as_ref().unwrap_or(&detail.office))?];
        if all.iter().any(|condition| condition.kind != ConditionKind::Email) {
            rows.extend(tell(DeliveryKind::Released)?);
        }
        Then::Release(rows)
    } else if condition.kind == ConditionKind::Email {
        // Nobody knows whose address it is: no further mail goes there.
        Then::Withdraw(Vec::new())
    } else {
        Then::Withdraw(tell(DeliveryKind::Withdrawn)?)
    };
    let place = Place { portal, id, format: "submission" };
    let sealed = answers
        .map(|(answers, _)| serde_json::to_vec(answers).map(|json| context.vault.seal(place, &json)))
        .transpose()
        .map_err(|_| SettleError::Broken("answers cannot be written as JSON".to_owned()))?
        .transpose()?;
    let settlement = Settlement {
        condition: condition.id,
        submission: id,
        end,
        revision: answers.map_or(case.submission.revision, |(_, revision)| revision),
        answers: sealed,
        opens,
        outbox,
        then,
        at: context.clock.now(),
    };
    Ok(context.store.settle(settlement).await?)
}

/// Conditions that open, each with its times and with its details.
type Opening = (Vec<(uuid::Uuid, Times)>, Vec<(uuid::Uuid, Detail)>);

/// What opens when a condition is met: after the address the payment, after both everybody else.
fn next(context: &Context, settled: &Condition, all: &[Condition]) -> Result<Opening, SettleError> {
    let mut opening = Opening::default();
    if settled.kind == ConditionKind::SecondPerson {
        return Ok(opening);
    }
    let ahead: Vec<&Condition> = all.iter().filter(|condition| condition.state == ConditionState::Ahead).collect();
    let kind = ahead.iter().map(|condition| condition.kind).find(|kind| *kind == ConditionKind::Payment);
    let kind = kind.unwrap_or(ConditionKind::SecondPerson);
    for condition in ahead.into_iter().filter(|condition| condition.kind == kind) {
        let detail = Detail::open(&context.vault, condition)?;
        let times = times(&detail, context.clock.now());
        let times = times.ok_or_else(|| SettleError::Broken("a deadline lies outside the calendar".to_owned()))?;
        opening.0.push((condition.id, times));
        opening.1.push((condition.id, detail));
    }
    Ok(opening)
}
