//! What stands between sending and passing on: before it, and how far it is.

use amtsweg_dsl::kind::{show_date, show_money};
use amtsweg_dsl::model::{TimeUnit, Unanswered};
use maud::{Markup, html};

use crate::clock::local;
use crate::journey::case::Case;
use crate::journey::open::moment;
use crate::release::Detail;
use crate::release::plan::{Outlook, outlook};
use crate::request::Request;
use crate::store::{Condition, ConditionKind, ConditionState, Submission};
use crate::texts::Texts;

/// On the page before sending: what happens then, and what if somebody does nothing.
pub(crate) fn before(rq: &Request, case: &Case) -> Markup {
    let t = rq.texts();
    let Outlook { email, cents, groups } = outlook(rq, case.procedure(), &case.evaluation);
    html! {
        @if email || cents > 0 || !groups.is_empty() {
            h2 { (t.before_title) }
            ul {
                @if email { li { (t.before_email) } }
                @if cents > 0 { li { (t.before_payment(show_money(cents, rq.language))) } }
                @for (waits, count) in &groups {
                    li {
                        (t.before_person(*count, time(t, waits.amount, waits.unit)))
                        " "
                        @if waits.then == Unanswered::GoOn { (t.before_goes_on) } @else { (t.before_not_sent) }
                    }
                }
            }
        }
    }
}

/// On the page of the confirmation: what is waited for, and how far it is.
pub(crate) fn status(rq: &Request, submission: &Submission, case: &Case, conditions: &[(Condition, Detail)]) -> Markup {
    let t = rq.texts();
    if conditions.is_empty() {
        return html! {};
    }
    let (title, text) = match (submission.released_at, submission.state.as_str()) {
        (_, "withdrawn") => (&t.withdrawn_title, t.withdrawn_text.clone()),
        (Some(at), _) => (&t.released_title, t.released_text(moment(rq, local(at)))),
        (None, _) => (&t.waiting_title, t.waiting_text.clone()),
    };
    html! {
        h2 { (title) }
        p { (text) }
        dl.answers { @for (condition, detail) in conditions { (line(rq, case, condition, detail)) } }
    }
}

fn line(rq: &Request, case: &Case, condition: &Condition, detail: &Detail) -> Markup {
    let t = rq.texts();
    let what = match condition.kind {
        ConditionKind::Email => t.waiting_email.clone(),
        ConditionKind::Payment => t.waiting_payment(show_money(detail.cents.unwrap_or_default(), rq.language)),
        ConditionKind::SecondPerson => match entry(rq, case, detail) {
            Some(entry) => t.waiting_person_entry(entry),
            None => t.waiting_person.clone(),
        },
    };
    let open = condition.state == ConditionState::Open;
    html! {
        div {
            dt { (what) }
            dd {
                @match condition.state {
                    ConditionState::Ahead => (t.waiting_ahead),
                    ConditionState::Met => (t.waiting_met),
                    ConditionState::Over => (t.waiting_over),
                    ConditionState::Open => @if let Some(due) = condition.due_at {
                        (t.waiting_until(show_date(local(due).date(), rq.language)))
                    },
                }
                @if open && condition.kind == ConditionKind::Email { br; (t.waiting_mail) }
                @if let (true, Some(asked)) = (open, &detail.person) {
                    br;
                    @if asked.then == Unanswered::GoOn { (t.waiting_goes_on) } @else { (t.waiting_not_sent) }
                }
            }
            @if open && condition.kind == ConditionKind::Payment {
                dd.acts { a href=(detail.link) { (t.pay_now) } }
            }
        }
    }
}

/// "Organisation 2", where it is about an entry.
fn entry(rq: &Request, case: &Case, detail: &Detail) -> Option<String> {
    let asked = detail.person.as_ref()?;
    let (first, index) = (asked.questions.first()?, asked.entries.first()?);
    let key = first.split('.').next()?;
    let section = case.procedure().sections.iter().find(|section| section.repeat.is_some() && section.key == key)?;
    let each = section.repeat.as_ref()?.each.get(rq.language).to_owned();
    Some(rq.texts().entry_title(each, index + 1))
}

/// "28 Tage"
fn time(t: &Texts, amount: u32, unit: TimeUnit) -> String {
    match unit {
        TimeUnit::Days => t.days_count(amount),
        TimeUnit::Weeks => t.weeks_count(amount),
        TimeUnit::Months => t.months_count(amount),
        TimeUnit::Years => t.years_count(amount),
        TimeUnit::WorkingDays => t.working_days_count(amount),
        TimeUnit::WorkingDaysWithSaturday => t.weekdays_count(amount),
    }
}
