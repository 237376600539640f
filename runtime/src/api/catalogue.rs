//! What the API says about procedures.

use amtsweg_dsl::eval::Evaluator;
use amtsweg_dsl::model::{Opening, ProcedureKind, RichText};
use schemars::JsonSchema;
use serde::Serialize;

use crate::journey::submit::is_reachable;
use crate::library::Edition;
use crate::links::name_of;
use crate::page::rich;
use crate::request::Request;

/// The procedures that are offered.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct ProcedureList {
    pub procedures: Vec<ProcedureSummary>,
}

/// A procedure in a list.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct ProcedureSummary {
    /// Its name in addresses.
    pub name: String,
    /// Folder and name.
    pub path: String,
    /// An application, a report or a topic.
    pub kind: ProcedureKind,
    /// In the language asked for, where there is a text in it.
    pub title: String,
    /// The number of the version that new submissions get today.
    pub version: u32,
    /// SHA-256 of the compiled procedure.
    pub hash: String,
    /// When it can be begun and sent; absent: always.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub open: Option<OpenTime>,
    /// The key of its category.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// The key in the catalogue of services (LeiKa).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service: Option<String>,
}

/// When a procedure can be begun and sent: local time in Germany, both minutes included. Where it
/// opens every year, the time that is now or comes next.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct OpenTime {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// Whether it can now.
    pub now: bool,
}

/// A procedure with what stands on its start page.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct ProcedureDetail {
    #[serde(flatten)]
    pub summary: ProcedureSummary,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub introduction: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub legal_basis: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deadline: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub what_happens_next: Option<String>,
    /// The address of the schema of its answers.
    pub schema: String,
    /// The address that answers are posted to.
    pub submissions: String,
}

pub(super) fn list(rq: &Request) -> ProcedureList {
    let editions = rq.portal.offers.iter().filter_map(|path| rq.edition(path));
    let procedures = editions
        .filter(|edition| edition.procedure.kind != ProcedureKind::Topic && is_reachable(rq, &edition.procedure))
        .map(|edition| summary(rq, edition))
        .collect();
    ProcedureList { procedures }
}

fn summary(rq: &Request, edition: &Edition) -> ProcedureSummary {
    let procedure = &edition.procedure;
    ProcedureSummary {
        name: name_of(&procedure.path),
        path: procedure.path.clone(),
        kind: procedure.kind,
        title: procedure.title.get(rq.language).to_owned(),
        version: procedure.version,
        hash: edition.hash.clone(),
        open: procedure.open.as_ref().map(|window| OpenTime {
            from: window.span(rq.at).0.map(|at| at.to_string()),
            to: window.span(rq.at).1.map(|at| at.to_string()),
            now: window.at(rq.at) == Opening::Open,
        }),
        category: procedure.category.clone(),
        service: procedure.service.clone(),
    }
}

pub(super) fn detail(rq: &Request, edition: &Edition) -> ProcedureDetail {
    let procedure = &edition.procedure;
    let none = serde_json::Map::new();
    let evaluator = Evaluator::new(procedure, &none, rq.at, rq.runtime.regions);
    let fill = |text: &str| evaluator.fill(text, rq.language, &[]);
    let text = |text: &Option<RichText>| text.as_ref().map(|text| rich::plain(text, rq.language, &fill));
    let address = address(rq, edition);
    ProcedureDetail {
        summary: summary(rq, edition),
        introduction: text(&procedure.introduction),
        legal_basis: text(&procedure.legal_basis),
        deadline: text(&procedure.deadline),
        what_happens_next: text(&procedure.what_happens_next),
        schema: format!("{address}/schema"),
        submissions: format!("{address}/submissions"),
    }
}

/// The address of a procedure in the API.
pub(super) fn address(rq: &Request, edition: &Edition) -> String {
    format!("{}/api/v1/procedures/{}", rq.runtime.links.base(), name_of(&edition.procedure.path))
}
