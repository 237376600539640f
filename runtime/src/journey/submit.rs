//! The one transaction that makes a submission ("Eingang") of answers.

use amtsweg_dsl::eval::{Evaluation, Evaluator};
use amtsweg_dsl::kind::Kind;
use amtsweg_dsl::model::{Access, FeePayment, Language, Procedure, Responsible, Subject};
use amtsweg_dsl::region::Regions;
use jiff::civil::DateTime;
use serde_json::Value as Json;
use uuid::Uuid;

use super::upload;
use super::walk::{self, Walker};
use crate::charge;
use crate::deliver::{self, Destination};
use crate::library::Edition;
use crate::page::trouble::Trouble;
use crate::release::person;
use crate::release::plan::{self, Plan};
use crate::request::Request;
use crate::seal::Place;
use crate::store::{ConditionKind, DeliveryKind, NewOutboxRow, NewSubmission, Submission};

/// A case that is complete.
pub(crate) struct Complete<'a> {
    pub edition: &'a Edition,
    pub evaluation: &'a Evaluation,
    /// The responsible authority (its path).
    pub authority: &'a str,
    /// The same token again gives the same submission.
    pub token: Uuid,
    /// The draft that it comes from.
    pub draft: Option<Uuid>,
    /// Who may see the confirmation.
    pub secret: [u8; 32],
}

/// The last check before anything is stored: the published schema. It and the evaluator ought
/// to agree; where they do not, nothing is stored and somebody is told, without answers.
pub(crate) fn agrees_with_schema(edition: &Edition, evaluation: &Evaluation) -> bool {
    let answers = Json::Object(evaluation.answers.clone());
    if edition.validator.is_valid(&answers) {
        return true;
    }
    let places: Vec<String> = edition
        .validator
        .iter_errors(&answers)
        .take(5)
        .map(|error| format!("{} ({})", error.instance_path(), error.schema_path()))
        .collect();
    tracing::error!(
        alarm = "schema",
        procedure = %edition.procedure.path,
        version = %edition.hash,
        ?places,
        "the published schema refuses answers that the evaluator accepts; nothing was stored"
    );
    false
}

/// Stores a submission with its deliveries, durable when this returns.
pub(crate) async fn store(rq: &Request, case: &Complete<'_>) -> Result<Submission, Trouble> {
    let portal = rq.portal.path.clone();
    let id = Uuid::now_v7();
    let answers = serde_json::to_vec(&case.evaluation.answers)
        .map_err(|_| Trouble::broken("answers cannot be written as JSON"))?;
    let sealed = rq.runtime.vault.seal(Place { portal: &portal, id, format: "submission" }, &answers)?;
    if !is_reachable(rq, &case.edition.procedure) {
        return Err(Trouble::NotOffered);
    }
    let office = destination(rq, case.authority).ok_or(Trouble::NotOffered)?;
    let mut plan = plan::plan(rq, case, id, &office)?;
    let outbox = outbox(rq, case, id, &office, &mut plan)?;
    let mut files = Vec::new();
    case.evaluation.answers.values().for_each(|answer| upload::collect(answer, &mut files));
    let submission = NewSubmission {
        id,
        reference: crate::reference::new_reference().map_err(|_| Trouble::broken("there is no randomness"))?,
        portal,
        procedure: case.edition.procedure.path.clone(),
        version: case.edition.hash.clone(),
        submit_token: case.token,
        language: language_code(rq.language).to_owned(),
        authority: case.authority.to_owned(),
        fees: charge::to_json(&case.evaluation.fees).to_string(),
        answers: sealed,
        secret: case.secret,
        submitted_at: rq.now,
        draft: case.draft,
        uploads: files.iter().filter_map(|id| Uuid::parse_str(id).ok()).collect(),
        conditions: plan.conditions,
        outbox,
    };
    Ok(rq.runtime.store.submit(submission).await?)
}

/// What is due at once: where nothing is waited for, the authority's delivery; the confirmation
/// for the citizen, unless their address has to be confirmed first.
fn outbox(
    rq: &Request,
    case: &Complete<'_>,
    id: Uuid,
    office: &Destination,
    plan: &mut Plan,
) -> Result<Vec<NewOutboxRow>, Trouble> {
    let row = |kind, destination: &Destination| {
        deliver::outbox_row(&rq.runtime.vault, &rq.portal.path, id, kind, destination)
    };
    let mut rows = std::mem::take(&mut plan.outbox);
    if plan.conditions.is_empty() {
        rows.push(row(DeliveryKind::Authority, office)?);
    }
    let unconfirmed = plan.conditions.iter().any(|condition| condition.kind == ConditionKind::Email);
    let address = applicant_email(&case.edition.procedure, case.evaluation, rq.at, rq.runtime.regions);
    if let Some(address) = address.filter(|_| rq.runtime.channels.can_mail() && !unconfirmed) {
        rows.push(row(DeliveryKind::Citizen, &Destination::Email { address })?);
    }
    Ok(rows)
}

/// Where submissions to an authority go.
fn destination(rq: &Request, path: &str) -> Option<Destination> {
    deliver::destination_for(rq.shelf.authorities.get(path)?, &rq.runtime.channels)
}

/// Whether everybody who may be responsible can be reached: otherwise the procedure is not
/// offered. Of the authorities with a task in a place one is enough.
pub(crate) fn is_reachable(rq: &Request, procedure: &Procedure) -> bool {
    if rq.runtime.mode.is_author() {
        return true;
    }
    if !can_be_released(rq, procedure) {
        return false;
    }
    let Some(table) = &procedure.responsibility else {
        return true;
    };
    table.rows.iter().map(|row| &row.then).chain(&table.otherwise).all(|responsible| match responsible {
        Responsible::Authority(path) => destination(rq, path).is_some(),
        Responsible::EndPage(_) => true,
        Responsible::Task { authorities, .. } => authorities.values().any(|path| destination(rq, path).is_some()),
    })
}

/// Whether everything that has to happen before a submission is released can happen here: people
/// can be written to, and fees can be paid.
fn can_be_released(rq: &Request, procedure: &Procedure) -> bool {
    let writes = person::has_second(procedure) || procedure.access == Access::Email;
    let pays = procedure.fees.iter().any(|fee| fee.payment == FeePayment::BeforeSending);
    (!writes || rq.runtime.channels.can_mail()) && (!pays || rq.runtime.payment.is_some())
}

/// The first e-mail address that the applicant gave of themselves.
pub(crate) fn applicant_email(
    procedure: &Procedure,
    evaluation: &Evaluation,
    at: DateTime,
    regions: &Regions,
) -> Option<String> {
    let evaluator = Evaluator::new(procedure, &evaluation.answers, at, regions);
    let walker = Walker { evaluator: &evaluator, whole: true, second: false };
    procedure.sections.iter().filter(|section| section.repeat.is_none()).find_map(|section| {
        let nodes = walker.page(&section.items, Some(&evaluation.answers), "", &[]);
        walk::fields(&nodes).into_iter().find_map(|field| {
            let own = matches!(field.question.kind, Kind::Email) && field.question.subject == Subject::Applicant;
            field.value.filter(|_| own).and_then(Json::as_str).map(str::to_owned)
        })
    })
}

/// `de` or `en`.
pub(crate) fn language_code(language: Language) -> &'static str {
    match language {
        Language::German | Language::Easy => "de",
        Language::English => "en",
    }
}
