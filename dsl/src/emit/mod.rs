//! What others read: a JSON Schema 2020-12 for each procedure.

use serde_json::Value as Json;

use crate::model::{Language, Procedure};

/// The schema of the answers of a procedure, with titles in `language`.
///
/// The evaluator accepts answers exactly when this schema accepts them and what stands
/// under `x-amtsweg-…` holds: comparisons of two answers, arithmetic, today, check digits.
#[must_use]
pub fn schema(procedure: &Procedure, language: Language) -> Json {
    todo!()
}
