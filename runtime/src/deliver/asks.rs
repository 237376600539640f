//! Mails that ask somebody to do something before a submission is released, and those that say
//! what has come of it. None of them has an answer in it.

use amtsweg_dsl::kind::{show_date, show_money};
use amtsweg_dsl::model::{Language, Unanswered};

use super::Context;
use super::case::Case;
use super::letter::{Letter, Part, contact};
use super::texts::{say, say_with};
use crate::clock::local;
use crate::release::Detail;
use crate::store::{Condition, ConditionKind, ConditionState};

/// The link of a condition, to whoever has to do something.
pub(super) fn asking(case: &Case, condition: &Condition, detail: &Detail, reminds: bool, context: &Context) -> Letter {
    let language = case.citizen_language();
    let title = case.title(language, context);
    let reference = case.submission.reference.as_str();
    let (subject, heading, text, otherwise) = match condition.kind {
        ConditionKind::Email => (
            say_with(language, "confirm-subject", &[("reference", reference)]),
            say(language, "confirm-heading"),
            say_with(language, "confirm-text", &[("title", &title)]),
            vec![say(language, "confirm-otherwise")],
        ),
        ConditionKind::Payment => {
            let amount = show_money(detail.cents.unwrap_or_default(), language);
            (
                say_with(language, "pay-subject", &[("reference", reference)]),
                say(language, "pay-heading"),
                say_with(language, "pay-text", &[("title", &title), ("amount", &amount)]),
                vec![say(language, "pay-otherwise")],
            )
        }
        ConditionKind::SecondPerson => {
            let goes_on = detail.person.as_ref().is_some_and(|asked| asked.then == Unanswered::GoOn);
            let then = if goes_on { say(language, "asked-goes-on") } else { say(language, "asked-not-sent") };
            (
                say_with(language, "asked-subject", &[("title", &title)]),
                say(language, "asked-heading"),
                say_with(language, "asked-text", &[("title", &title)]),
                vec![then, say(language, "asked-not-you")],
            )
        }
    };
    let mut parts = vec![Part::Text(text), Part::Link(say(language, "link-button"), detail.link.clone())];
    if let Some(due) = condition.due_at {
        let date = show_date(local(due).date(), language);
        parts.push(Part::Text(format!("{}.", say_with(language, "until", &[("date", &date)]))));
    }
    parts.extend(otherwise.into_iter().map(Part::Text));
    parts.push(Part::Text(say(language, "link-only-you")));
    contact(case, language, &mut parts);
    parts.push(Part::Text(say_with(language, "sent-by", &[("portal", &case.portal(language))])));
    let subject = if reminds { say_with(language, "reminder-subject", &[("subject", &subject)]) } else { subject };
    Letter { language, subject, heading, parts }
}

/// What was waited for has come, or its time is over: the authority has it now.
pub(super) fn released(case: &Case, conditions: &[Condition], context: &Context) -> Letter {
    let language = case.citizen_language();
    let mut parts = Vec::new();
    if conditions.iter().any(|condition| condition.state == ConditionState::Over) {
        parts.push(Part::Text(say(language, "released-without")));
    }
    told(case, ("released-subject", "released-heading"), parts, context)
}

/// Something did not come in time: the authority never gets it.
pub(super) fn withdrawn(case: &Case, conditions: &[Condition], context: &Context) -> Letter {
    let language = case.citizen_language();
    let unpaid = conditions
        .iter()
        .any(|condition| condition.kind == ConditionKind::Payment && condition.state == ConditionState::Over);
    let why = if unpaid { say(language, "withdrawn-payment") } else { say(language, "withdrawn-person") };
    let parts = vec![Part::Text(why), Part::Text(say(language, "withdrawn-again"))];
    told(case, ("withdrawn-subject", "withdrawn-heading"), parts, context)
}

fn told(case: &Case, (subject, heading): (&str, &str), mut parts: Vec<Part>, context: &Context) -> Letter {
    let language = case.citizen_language();
    let reference = case.submission.reference.as_str();
    parts.insert(0, Part::Facts(vec![(say(language, "reference"), reference.to_owned())]));
    contact(case, language, &mut parts);
    parts.push(Part::Text(say_with(language, "sent-by", &[("portal", &case.portal(language))])));
    let title = case.title(language, context);
    Letter {
        language,
        subject: say_with(language, subject, &[("reference", reference)]),
        heading: say_with(language, heading, &[("title", &title)]),
        parts,
    }
}

/// What is still waited for, in the confirmation for the citizen.
pub(super) fn waits(case: &Case, conditions: &[Condition], context: &Context, parts: &mut Vec<Part>) {
    let language = case.citizen_language();
    let open = conditions.iter().filter(|condition| condition.state == ConditionState::Open);
    let lines: Vec<String> = open.filter_map(|condition| wait(condition, language, context)).collect();
    if !lines.is_empty() {
        parts.push(Part::Heading(say(language, "citizen-waits")));
        parts.push(Part::List(lines));
    }
}

fn wait(condition: &Condition, language: Language, context: &Context) -> Option<String> {
    let date = show_date(local(condition.due_at?).date(), language);
    match condition.kind {
        ConditionKind::Email => None,
        ConditionKind::Payment => Some(say_with(language, "citizen-waits-payment", &[("date", &date)])),
        ConditionKind::SecondPerson => {
            let detail = Detail::open(&context.vault, condition).ok()?;
            let goes_on = detail.person.is_some_and(|asked| asked.then == Unanswered::GoOn);
            let then = if goes_on { say(language, "citizen-goes-on") } else { say(language, "citizen-not-sent") };
            Some(format!("{} {then}", say_with(language, "citizen-waits-person", &[("date", &date)])))
        }
    }
}

/// What it costs and when it is paid.
pub(super) fn costs(case: &Case, context: &Context, parts: &mut Vec<Part>) {
    let language = case.citizen_language();
    let lines = case.fee_lines(language, context);
    if lines.is_empty() {
        return;
    }
    parts.push(Part::Heading(say(language, "citizen-costs")));
    parts.push(Part::Facts(lines));
    let when = if case.pays_before() { "citizen-pay-before" } else { "citizen-pay-after-notice" };
    parts.push(Part::Text(say(language, when)));
}
