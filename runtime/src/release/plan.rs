//! What a submission waits for before it is released, and until when.

use amtsweg_dsl::eval::{Evaluation, Evaluator, FeeAmount, deadline};
use amtsweg_dsl::model::{Access, FeePayment, Procedure, TimeUnit, Waiting};
use jiff::Timestamp;
use jiff::civil::Time;
use uuid::Uuid;

use super::person::{self, Person};
use super::{Detail, hash, new_secret};
use crate::clock::{local, moment};
use crate::deliver::{self, Destination};
use crate::journey::submit::{Complete, applicant_email};
use crate::page::trouble::Trouble;
use crate::request::Request;
use crate::store::{ConditionKind, DeliveryKind, NewCondition, NewOutboxRow, Times};

/// How many days somebody has to confirm an address or to pay.
const LINK_DAYS: u32 = 14;
/// The last moment of a day on which something may still be done.
const LAST: Time = Time::constant(23, 59, 59, 0);

/// The conditions of a submission, and the mails that are due at once.
#[derive(Default)]
pub(crate) struct Plan {
    pub conditions: Vec<NewCondition>,
    pub outbox: Vec<NewOutboxRow>,
}

/// What is waited for, each with what it is about, in the order in which it opens: first the
/// address, then the payment, then, all at once, other people.
fn wanted(rq: &Request, case: &Complete<'_>, office: &Destination) -> Result<Vec<(ConditionKind, Detail)>, Trouble> {
    let procedure = &case.edition.procedure;
    let own = applicant_email(procedure, case.evaluation, rq.at, rq.runtime.regions);
    let detail = |address| Detail { address, link: String::new(), office: office.clone(), person: None, cents: None };
    let mut wanted = Vec::new();
    if waits_for_email(rq, procedure.access) {
        let address = own.clone().ok_or_else(|| Trouble::broken("there is no address to be confirmed"))?;
        wanted.push((ConditionKind::Email, detail(Some(address))));
    }
    let cents = before_sending(&case.evaluation.fees);
    if cents > 0 {
        let address = own.filter(|_| rq.runtime.channels.can_mail());
        wanted.push((ConditionKind::Payment, Detail { cents: Some(cents), ..detail(address) }));
    }
    for person in persons(rq, procedure, case.evaluation) {
        let asked = Detail { person: Some(person.asked), ..detail(Some(person.address)) };
        wanted.push((ConditionKind::SecondPerson, asked));
    }
    Ok(wanted)
}

fn persons(rq: &Request, procedure: &Procedure, evaluation: &Evaluation) -> Vec<Person> {
    let evaluator = Evaluator::new(procedure, &evaluation.answers, rq.at, rq.runtime.regions);
    person::persons(procedure, evaluation, &evaluator)
}

/// What will be waited for, said before it is sent.
pub(crate) struct Outlook {
    /// The address has to be confirmed.
    pub email: bool,
    /// What is paid: whole cents.
    pub cents: i64,
    /// How long other people have, and how many they are.
    pub groups: Vec<(Waiting, usize)>,
}

/// What a case will wait for when it is sent.
pub(crate) fn outlook(rq: &Request, procedure: &Procedure, evaluation: &Evaluation) -> Outlook {
    let mut groups: Vec<(Waiting, usize)> = Vec::new();
    for Person { asked, .. } in persons(rq, procedure, evaluation) {
        let waits = Waiting { amount: asked.amount, unit: asked.unit, then: asked.then };
        match groups.iter_mut().find(|(known, _)| *known == waits) {
            Some((_, count)) => *count += 1,
            None => groups.push((waits, 1)),
        }
    }
    let email = waits_for_email(rq, procedure.access);
    Outlook { email, cents: before_sending(&evaluation.fees), groups }
}

/// Whether the address has to be confirmed: the host does not know who is asking.
pub(crate) fn waits_for_email(rq: &Request, access: Access) -> bool {
    let known = rq.person.as_ref().map_or(Access::None, |person| person.level);
    access == Access::Email && known < Access::Email
}

/// What is paid before an application is passed on: whole cents.
pub(crate) fn before_sending(fees: &[FeeAmount]) -> i64 {
    let before = fees.iter().filter(|fee| fee.payment == FeePayment::BeforeSending);
    before.map(|fee| fee.cents).fold(0, i64::saturating_add)
}

/// The conditions of a case that is about to be stored.
pub(crate) fn plan(rq: &Request, case: &Complete<'_>, submission: Uuid, office: &Destination) -> Result<Plan, Trouble> {
    let mut plan = Plan::default();
    let wanted = wanted(rq, case, office)?;
    let first = wanted.first().map(|(kind, _)| *kind);
    let (vault, portal) = (&rq.runtime.vault, rq.portal.path.as_str());
    for (kind, mut detail) in wanted {
        let secret = new_secret().ok_or_else(|| Trouble::broken("there is no randomness"))?;
        detail.link = rq.absolute(&rq.link(&format!("z/{secret}")));
        let id = Uuid::now_v7();
        let mut open = None;
        if Some(kind) == first {
            open = Some(times(&detail, rq.now).ok_or_else(|| Trouble::broken("a deadline lies outside the calendar"))?);
            if let Some(destination) = detail.mail(id) {
                plan.outbox.push(deliver::outbox_row(vault, portal, submission, DeliveryKind::Link, &destination)?);
            }
        }
        let sealed = detail.seal(vault, portal, id)?;
        plan.conditions.push(NewCondition { id, kind, secret: hash(&secret), detail: sealed, open });
    }
    Ok(plan)
}

/// Until when something is waited for that opens now: the end of a working day. A reminder comes
/// when half the time is over.
pub(crate) fn times(detail: &Detail, now: Timestamp) -> Option<Times> {
    let (amount, unit) = match &detail.person {
        Some(asked) => (asked.amount, asked.unit),
        None => (LINK_DAYS, TimeUnit::Days),
    };
    let due_at = moment(deadline(local(now).date(), amount, unit)?.to_datetime(LAST));
    let half = due_at.duration_since(now) / 2;
    let remind_at = detail.address.as_ref().map(|_| due_at - half);
    Some(Times { remind_at, due_at })
}
