//! The description of the API (OpenAPI 3.1), made from the types that it answers with and from
//! the schemas of the procedures.

use amtsweg_dsl::model::ProcedureKind;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value as Json, json};

use super::catalogue::{ProcedureDetail, ProcedureList};
use super::problem::Problem;
use super::schema_of;
use super::send::Receipt;
use crate::journey::submit::is_reachable;
use crate::links::name_of;
use crate::request::Request;

/// The schemas of what the API answers with, of whatever procedures; the answers to a procedure
/// have a schema of their own.
#[cfg(feature = "cli")]
pub(crate) fn bodies() -> Json {
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "What the API of Amtsweg answers with",
        "$defs": body_schemas("/$defs"),
    })
}

fn body_schemas(path: &'static str) -> Map<String, Json> {
    let mut generator = SchemaSettings::draft2020_12()
        .with(|settings| settings.definitions_path = path.into())
        .for_serialize()
        .into_generator();
    generator.subschema_for::<ProcedureList>();
    generator.subschema_for::<ProcedureDetail>();
    generator.subschema_for::<Receipt>();
    generator.subschema_for::<Problem>();
    generator.take_definitions(true)
}

pub(super) fn description(rq: &Request) -> Json {
    let mut schemas = body_schemas("/components/schemas");
    let mut paths = paths();
    let offered = rq.portal.offers.iter().filter_map(|path| rq.edition(path));
    for edition in offered.filter(|edition| edition.procedure.kind != ProcedureKind::Topic) {
        if !is_reachable(rq, &edition.procedure) {
            continue;
        }
        let name = name_of(&edition.procedure.path);
        let mut schema = schema_of(edition, rq.language).clone();
        if let Some(schema) = schema.as_object_mut() {
            schema.remove("$schema");
        }
        files_to_send(&mut schema);
        let key = format!("Answers_{name}");
        paths.insert(format!("/procedures/{name}/submissions"), submissions(&edition.procedure.title, rq, &key));
        schemas.insert(key, schema);
    }
    json!({
        "openapi": "3.1.0",
        "info": { "title": rq.portal.title.get(rq.language), "version": "1" },
        "servers": [{ "url": format!("{}/api/v1", rq.runtime.links.base()) }],
        "paths": paths,
        "components": { "schemas": schemas },
    })
}

/// In a body that is sent, a file brings its content; what the office gets names it by its id.
fn files_to_send(schema: &mut Json) {
    match schema {
        Json::Object(object) => {
            let is_file = object.get("properties").and_then(Json::as_object).is_some_and(|members| {
                ["name", "media_type", "size", "sha256", "id"].iter().all(|key| members.contains_key(*key))
            });
            if is_file {
                if let Some(members) = object.get_mut("properties").and_then(Json::as_object_mut) {
                    members.remove("id");
                    members.insert("content".into(), json!({ "type": "string", "contentEncoding": "base64" }));
                }
                object.insert("required".into(), json!(["name", "content"]));
            }
            object.values_mut().for_each(files_to_send);
        }
        Json::Array(entries) => entries.iter_mut().for_each(files_to_send),
        _ => {}
    }
}

fn paths() -> Map<String, Json> {
    let name = json!({ "name": "name", "in": "path", "required": true, "schema": { "type": "string" } });
    let language = language();
    let problem = problem();
    let mut paths = Map::new();
    paths.insert(
        "/procedures".into(),
        json!({ "get": {
            "operationId": "listProcedures",
            "summary": "The procedures that are offered today",
            "parameters": [language],
            "responses": { "200": answer("ProcedureList"), "default": problem },
        }}),
    );
    paths.insert(
        "/procedures/{name}".into(),
        json!({ "get": {
            "operationId": "getProcedure",
            "summary": "A procedure with what stands on its start page",
            "parameters": [name, language],
            "responses": { "200": answer("ProcedureDetail"), "default": problem },
        }}),
    );
    paths.insert(
        "/procedures/{name}/schema".into(),
        json!({ "get": {
            "operationId": "getSchema",
            "summary": "The JSON Schema 2020-12 of a procedure's answers",
            "parameters": [name, language],
            "responses": {
                "200": { "description": "The schema", "content": { "application/schema+json": { "schema": true } } },
                "default": problem,
            },
        }}),
    );
    paths
}

fn submissions(title: &amtsweg_dsl::model::Text, rq: &Request, schema: &str) -> Json {
    json!({ "post": {
        "operationId": format!("submit_{schema}"),
        "summary": title.get(rq.language),
        "description": "The body is the answers. A file is an object with `name` and `content` (base64).",
        "parameters": [language(), {
            "name": "Idempotency-Key", "in": "header", "required": false,
            "description": "The same key again gives the same submission.",
            "schema": { "type": "string", "minLength": 1, "maxLength": 255 },
        }],
        "requestBody": { "required": true, "content": { "application/json": {
            "schema": { "$ref": format!("#/components/schemas/{schema}") },
        }}},
        "responses": { "200": answer("Receipt"), "201": answer("Receipt"), "default": problem() },
    }})
}

fn language() -> Json {
    json!({ "name": "Accept-Language", "in": "header", "required": false, "schema": { "type": "string" } })
}

fn answer(name: &str) -> Json {
    json!({ "description": name, "content": { "application/json": { "schema": reference(name) } } })
}

fn problem() -> Json {
    json!({
        "description": "What was wrong (RFC 9457)",
        "content": { "application/problem+json": { "schema": reference("Problem") } },
    })
}

fn reference(name: &str) -> Json {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}
