//! One procedure, judged by the evaluator and by two validators of JSON Schema.

use std::sync::LazyLock;

use amtsweg_dsl::emit;
use amtsweg_dsl::eval::{Evaluation, Outcome, evaluate, unasked};
use amtsweg_dsl::model::{Language, Procedure};
use amtsweg_dsl::region::Regions;
use boon::{Compiler, SchemaIndex, Schemas};
use jiff::civil::DateTime;
use jsonschema::{Draft, Validator};
use serde_json::Value as Json;

use crate::build::noon;
use crate::remainder;

pub struct Pair<'p> {
    procedure: &'p Procedure,
    name: String,
    pub schema: Json,
    validator: Validator,
    /// A second validator, written by other people: what only one of them understands would be a trap for receivers.
    second: (Schemas, SchemaIndex),
    regions: &'p Regions,
    at: DateTime,
    /// Whether there is no remainder.
    pub all_said: bool,
}

impl<'p> Pair<'p> {
    pub fn new(procedure: &'p Procedure, name: &str) -> Self {
        static NOWHERE: LazyLock<Regions> = LazyLock::new(Regions::default);
        Self::at(procedure, name, noon(), &NOWHERE)
    }

    pub fn at(procedure: &'p Procedure, name: &str, at: DateTime, regions: &'p Regions) -> Self {
        let schema = emit::schema(procedure, Language::German);
        let validator = jsonschema::options()
            .with_draft(Draft::Draft202012)
            .should_validate_formats(true)
            .build(&schema)
            .unwrap_or_else(|error| panic!("{name}: {error}\n{schema:#}"));
        let second = second(&schema).unwrap_or_else(|error| panic!("{name}: {error}\n{schema:#}"));
        // Texts are in NFC before they are compared.
        let all_said = !schema.to_string().replace(r#""x-amtsweg-checks":{"nfc":true}"#, "").contains("\"x-amtsweg-");
        Self { procedure, name: name.to_owned(), schema, validator, second, regions, at, all_said }
    }

    /// Compares the verdicts on `answers`; says what they are.
    #[track_caller]
    pub fn compare(&self, answers: &Json) -> &'static str {
        let evaluation = answers.as_object().map(|given| {
            (
                evaluate(self.procedure, given, self.at, self.regions),
                unasked(self.procedure, given, self.at, self.regions),
            )
        });
        let accepted =
            evaluation.as_ref().is_some_and(|(evaluation, unasked)| is_right(evaluation) && unasked.is_empty());
        let valid = self.validator.is_valid(answers);
        let (schemas, index) = &self.second;
        match schemas.validate(answers, *index) {
            Err(refused) if valid => self.fail(answers, &format!("jsonschema accepts it, boon does not: {refused:#}")),
            Ok(()) if !valid => self.fail(answers, "boon accepts it, jsonschema does not"),
            _ => {}
        }
        match (accepted, valid) {
            (true, true) => {
                let given = answers.as_object().expect("an object");
                if let Err(broken) = remainder::holds(self.procedure, &self.schema, given, self.at, self.regions) {
                    self.fail(answers, &format!("accepted, but the remainder does not hold: {broken}"));
                }
                "accepted"
            }
            (true, false) => {
                let errors: Vec<String> = self
                    .validator
                    .iter_errors(answers)
                    .map(|error| format!("{} at {} by {}", error, error.instance_path(), error.schema_path()))
                    .collect();
                self.fail(answers, &format!("accepted, but the schema refuses it: {errors:#?}"))
            }
            (false, false) => "refused by both",
            (false, true) => {
                let given = answers.as_object();
                if given.is_some_and(|given| {
                    remainder::holds(self.procedure, &self.schema, given, self.at, self.regions).is_ok()
                }) {
                    self.fail(answers, &format!("refused, but schema and remainder accept it: {evaluation:#?}"));
                }
                "refused by the remainder"
            }
        }
    }

    /// Whether the schema accepts answers, whatever remains.
    pub fn is_valid(&self, answers: &Json) -> bool {
        self.validator.is_valid(answers)
    }

    /// That answers get this verdict.
    #[track_caller]
    pub fn verdict(&self, answers: Json, expected: &str) {
        assert_eq!(self.compare(&answers), expected, "{}: {answers}\n{:#}", self.name, self.schema);
    }

    #[track_caller]
    fn fail(&self, answers: &Json, what: &str) -> ! {
        panic!("{}: {what}\nanswers: {answers}\nschema: {:#}", self.name, self.schema)
    }
}

fn second(schema: &Json) -> Result<(Schemas, SchemaIndex), Box<boon::CompileError>> {
    let mut schemas = Schemas::new();
    let mut compiler = Compiler::new();
    compiler.enable_format_assertions();
    compiler.add_resource("urn:schema", schema.clone()).map_err(Box::new)?;
    let index = compiler.compile("urn:schema", &mut schemas).map_err(Box::new)?;
    Ok((schemas, index))
}

fn is_right(evaluation: &Evaluation) -> bool {
    evaluation.problems.iter().all(|problem| problem.warning) && matches!(evaluation.outcome, Outcome::Authority(_))
}
