//! Links in mails: an address is confirmed, a fee is paid, a second person answers.

use std::sync::Arc;

use amtsweg_dsl::kind::State;
use amtsweg_dsl::model::Kind;
use axum::body::Body;
use axum::response::Response;
use serde_json::{Map, Value as Json};

use super::case::{Case, Content, Place};
use super::posted::Posted;
use super::walk::{self, Node};
use super::{problems, read, submit, write};
use crate::clock::local;
use crate::library::Edition;
use crate::page::link::{self, Answering};
use crate::page::sheet::FieldError;
use crate::page::trouble::Trouble;
use crate::payment::{Order, PaymentState};
use crate::release::person::{self, Part};
use crate::release::settle::settle;
use crate::release::{Asked, Detail, hash};
use crate::request::Request;
use crate::router::redirect;
use crate::seal::Place as SealPlace;
use crate::store::{Condition, ConditionKind, ConditionState, Submission};

/// The field that names the questions of a page that was sent.
pub(crate) const SHOWN: &str = "_shown";
/// How often an answer is tried again when another person's came at the same moment.
const TRIES: usize = 5;

/// What a link leads to.
pub(crate) struct Found {
    pub condition: Condition,
    pub detail: Detail,
    pub submission: Submission,
    pub edition: Arc<Edition>,
}

/// Shows what a link asks for.
pub(crate) async fn show(rq: &Request, secret: &str) -> Result<Response, Trouble> {
    let Some(mut found) = find(rq, secret).await? else {
        return Ok(link::unknown(rq));
    };
    if found.condition.state == ConditionState::Open && found.condition.kind == ConditionKind::Payment {
        paid(rq, &mut found).await?;
    }
    if found.condition.state != ConditionState::Open {
        return Ok(link::settled(rq, &found));
    }
    match (found.condition.kind, &found.detail.person) {
        (ConditionKind::Email, _) => Ok(link::confirm(rq, &found)),
        (ConditionKind::Payment, _) => Ok(link::pay(rq, &found, None, false)),
        (ConditionKind::SecondPerson, Some(asked)) => {
            let case = case(rq, &found, answers(rq, &found)?);
            Ok(link::asked(rq, &found, &case, asked, &Answering::default()))
        }
        (ConditionKind::SecondPerson, None) => Err(Trouble::broken("nobody is asked anything")),
    }
}

/// Takes what was posted there.
pub(crate) async fn take(rq: &Request, secret: &str, body: Body) -> Result<Response, Trouble> {
    let posted = Posted::read(&rq.headers, body, &rq.runtime.limits).await?;
    let Some(found) = find(rq, secret).await? else {
        return Ok(link::unknown(rq));
    };
    if found.condition.state != ConditionState::Open {
        return Ok(link::settled(rq, &found));
    }
    let genuine = write::genuine(rq, &posted);
    match (found.condition.kind, &found.detail.person) {
        (ConditionKind::SecondPerson, Some(asked)) => {
            for _ in 0..TRIES {
                let current = find(rq, secret).await?.ok_or(Trouble::NotFound)?;
                match answer(rq, &current, asked, &posted, genuine.as_ref().err()).await {
                    Err(Trouble::Conflict) => {}
                    done => return done,
                }
            }
            Err(Trouble::Busy("too many answers came at the same moment".to_owned()))
        }
        (ConditionKind::Payment, _) => {
            genuine?;
            begin_payment(rq, &found).await
        }
        _ => {
            genuine?;
            met(rq, &found).await?;
            Ok(back(rq))
        }
    }
}

async fn find(rq: &Request, secret: &str) -> Result<Option<Found>, Trouble> {
    let store = &*rq.runtime.store;
    let Some(condition) = store.condition_by_secret(&rq.portal.path, &hash(secret)).await? else {
        return Ok(None);
    };
    let missing = || Trouble::broken("the submission of a link is not there");
    let submission = store.submission_by_id(condition.submission).await?.ok_or_else(missing)?;
    let edition = rq.runtime.editions.find(&rq.shelf, store, &submission.procedure, &submission.version).await?;
    let edition = edition.ok_or_else(|| Trouble::broken("the version of a submission is not there"))?;
    let detail = Detail::open(&rq.runtime.vault, &condition)?;
    Ok(Some(Found { condition, detail, submission, edition }))
}

fn answers(rq: &Request, found: &Found) -> Result<Map<String, Json>, Trouble> {
    let submission = &found.submission;
    let place = SealPlace { portal: &submission.portal, id: submission.id, format: "submission" };
    let answers = rq.runtime.vault.unseal(place, &submission.answers)?;
    serde_json::from_slice(&answers).map_err(|_| Trouble::broken("a submission cannot be understood"))
}

/// Today is the day on which the first person has sent.
fn case(rq: &Request, found: &Found, answers: Map<String, Json>) -> Case {
    let content = Content { answers, ..Content::default() };
    Case::new(found.edition.clone(), &content, local(found.submission.submitted_at), rq.runtime.regions)
}

/// The page itself once more, now that something has come of it.
fn back(rq: &Request) -> Response {
    redirect(&rq.link(&rq.path))
}

async fn met(rq: &Request, found: &Found) -> Result<(), Trouble> {
    for _ in 0..TRIES {
        match settle(&rq.runtime.deliveries(), &found.condition, ConditionState::Met, None).await.map_err(Trouble::from)
        {
            Err(Trouble::Conflict) => {}
            Err(other) => return Err(other),
            Ok(_) => return Ok(()),
        }
    }
    Err(Trouble::Busy("too many conditions were settled at the same moment".to_owned()))
}

/// Looks whether the fee is paid, and notes it.
async fn paid(rq: &Request, found: &mut Found) -> Result<(), Trouble> {
    let Some(payment) = &rq.runtime.payment else { return Ok(()) };
    match payment.state(found.condition.id).await {
        Ok(PaymentState::Paid) => {
            met(rq, found).await?;
            found.condition.state = ConditionState::Met;
        }
        Ok(PaymentState::Open) => {}
        Err(error) => tracing::error!(%error, "a payment cannot be looked at"),
    }
    Ok(())
}

async fn begin_payment(rq: &Request, found: &Found) -> Result<Response, Trouble> {
    let Some(payment) = &rq.runtime.payment else { return Ok(link::pay(rq, found, None, true)) };
    let order = Order {
        id: found.condition.id,
        reference: found.submission.reference.clone(),
        title: found.edition.procedure.title.get(rq.language).to_owned(),
        cents: found.detail.cents.unwrap_or_default(),
        return_to: found.detail.link.clone(),
    };
    match payment.begin(&order).await {
        Ok(address) if address == order.return_to => Ok(back(rq)),
        // Browsers follow no form to another site here; a link they do.
        Ok(address) => Ok(link::pay(rq, found, Some(&address), false)),
        Err(error) => {
            tracing::error!(%error, "a payment cannot be begun");
            Ok(link::pay(rq, found, None, true))
        }
    }
}

/// Takes the answers of a second person, all at once.
async fn answer(
    rq: &Request,
    found: &Found,
    asked: &Asked,
    posted: &Posted,
    forged: Option<&Trouble>,
) -> Result<Response, Trouble> {
    if found.condition.state != ConditionState::Open {
        return Ok(back(rq));
    }
    let mut given = answers(rq, found)?;
    let mut wrong: Vec<(String, State)> = Vec::new();
    // A question that hangs on another one is there only when that one is read.
    for _ in 0..3 {
        let case = case(rq, found, given.clone());
        let parts = person::parts(&case, asked);
        let fields: Vec<_> = parts.iter().flat_map(|part| walk::fields(&part.nodes)).collect();
        wrong = read::read(&fields, posted, case.evaluator().surroundings(), &mut given);
    }
    let mut content = Content { answers: given, ..Content::default() };
    write::fill_in_places(rq, &case(rq, found, content.answers.clone()), &mut content);
    let case = case(rq, found, content.answers);
    let parts = person::parts(&case, asked);
    if let Some(trouble) = forged {
        let showing = Answering { posted: Some(posted), trouble: Some(trouble), ..Answering::default() };
        return Ok(link::asked(rq, found, &case, asked, &showing));
    }
    let shown: Vec<String> = posted.get(SHOWN).unwrap_or_default().split(' ').map(str::to_owned).collect();
    let mut errors: Vec<FieldError> = Vec::new();
    let mut new = false;
    for part in &parts {
        let mut states = wrong.clone();
        missing(&case, &part.nodes, &mut states);
        new |= states.iter().any(|(name, state)| *state == State::Empty && !shown.contains(name));
        states.retain(|(name, state)| *state != State::Empty || shown.contains(name));
        errors.extend(on_part(rq, &case, part, &states, &shown));
    }
    if !errors.is_empty() || new {
        let showing = Answering { posted: Some(posted), errors: &errors, more: new, trouble: None };
        return Ok(link::asked(rq, found, &case, asked, &showing));
    }
    if !submit::agrees_with_schema(&found.edition, &case.evaluation) {
        return Err(Trouble::Refused);
    }
    let answers = Some((&case.evaluation.answers, found.submission.revision));
    settle(&rq.runtime.deliveries(), &found.condition, ConditionState::Met, answers).await?;
    Ok(back(rq))
}

fn on_part(
    rq: &Request,
    case: &Case,
    part: &Part<'_>,
    states: &[(String, State)],
    shown: &[String],
) -> Vec<FieldError> {
    let place = Place { section: part.section, entry: part.entry, item: None };
    problems::on_page(rq, case, place, &part.nodes, states, shown)
}

/// Questions that have to be answered and are not. For the evaluator they may be missing: for
/// whoever is asked they may not.
fn missing(case: &Case, nodes: &[Node<'_>], states: &mut Vec<(String, State)>) {
    for node in nodes {
        match node {
            Node::Text { .. } => {}
            Node::Field(field) => {
                let question = field.question;
                let asked = question
                    .condition
                    .as_ref()
                    .is_none_or(|condition| case.evaluator().holds(condition, &field.entries));
                let needed = asked && field.value.is_none() && !question.optional;
                if needed
                    && !matches!(question.kind, Kind::File(_))
                    && !states.iter().any(|(name, _)| *name == field.name)
                {
                    states.push((field.name.clone(), State::Empty));
                }
            }
            Node::Group(group) => {
                let given = walk::fields(&group.nodes).iter().any(|field| field.value.is_some());
                if given || !group.question.optional {
                    missing(case, &group.nodes, states);
                }
            }
            Node::List(list) => list.items.iter().for_each(|item| missing(case, item, states)),
        }
    }
}
