//! Everything about a submission that a message can be made of.

use std::sync::Arc;

use amtsweg_dsl::eval::{Evaluation, Evaluator, evaluate};
use amtsweg_dsl::kind::show_money;
use amtsweg_dsl::model::{Authority, Language, Portal, Procedure};
use jiff::civil::DateTime;
use serde_json::{Map, Value as Json};
use uuid::Uuid;

use super::Context;
use super::outcome::Outcome;
use super::texts::{say, say_with};
use crate::charge::{Charge, Payment, Per};
use crate::clock::local;
use crate::record::Record;
use crate::seal::Place;
use crate::store::{StoreError, Submission};

/// A submission, opened.
pub(crate) struct Case {
    pub submission: Submission,
    pub procedure: Arc<Procedure>,
    pub authority: Option<Arc<Authority>>,
    portal: Option<Arc<Portal>>,
    pub answers: Map<String, Json>,
    pub evaluation: Evaluation,
    /// "jetzt" when it was sent.
    pub at: DateTime,
    pub fees: Vec<Charge>,
}

/// A file that goes along.
pub(super) struct Attachment {
    pub id: String,
    pub name: String,
    pub media_type: String,
    pub size: u64,
    pub sha256: String,
    pub content: Vec<u8>,
}

impl Case {
    /// Opens a submission.
    ///
    /// # Errors
    /// What becomes of the delivery where that is not possible.
    pub(crate) async fn load(context: &Context, submission: Submission) -> Result<Self, Outcome> {
        let shelf = context.library.shelf();
        let procedure = procedure(context, &submission).await?;
        let place = Place { portal: &submission.portal, id: submission.id, format: "submission" };
        let opened = context
            .vault
            .unseal(place, &submission.answers)
            .map_err(|error| Outcome::never(format!("the answers cannot be opened: {error}")))?;
        let answers: Map<String, Json> =
            serde_json::from_slice(&opened).map_err(|_| Outcome::never("the stored answers are not JSON"))?;
        let at = local(submission.submitted_at);
        let evaluation = evaluate(&procedure, &answers, at, context.regions);
        let portal = shelf.portals.get(&submission.portal).cloned();
        let fees =
            serde_json::from_str(&submission.fees).map_err(|_| Outcome::never("the stored fees are not JSON"))?;
        let authority = shelf.authorities.get(&submission.authority).cloned();
        Ok(Self { submission, procedure, authority, portal, answers, evaluation, at, fees })
    }

    /// The language of the office: German, unless the procedure has no German text.
    pub(super) fn office_language(&self) -> Language {
        if self.procedure.title.0.contains_key(&Language::German) { Language::German } else { self.procedure.language }
    }

    /// The language in which the form was filled in.
    pub(super) fn citizen_language(&self) -> Language {
        tongue(&self.submission.language)
    }

    /// The title without anything from the answers: it stands in subjects.
    pub(super) fn title(&self, language: Language, context: &Context) -> String {
        let title = self.procedure.title.get(language);
        self.neutral(title, language, context).unwrap_or_else(|| self.procedure.name().to_owned())
    }

    /// A text with constants put in; `None` where it needs an answer or something computed.
    pub(super) fn neutral(&self, text: &str, language: Language, context: &Context) -> Option<String> {
        let known = |name: &str| {
            matches!(name, "Gebiet" | "Area") || self.procedure.constants.iter().any(|constant| constant.name == name)
        };
        if !placeholders(text).into_iter().all(known) {
            return None;
        }
        Some(Evaluator::new(&self.procedure, &Map::new(), self.at, context.regions).fill(text, language, &[]))
    }

    /// The name of the portal.
    pub(super) fn portal(&self, language: Language) -> String {
        let portal = self.portal.as_ref();
        portal.map_or_else(|| self.submission.portal.clone(), |portal| portal.title.get(language).to_owned())
    }

    /// The name of the office.
    pub(super) fn office(&self, language: Language) -> String {
        self.authority
            .as_ref()
            .map_or_else(|| self.submission.authority.clone(), |authority| authority.name.get(language).to_owned())
    }

    /// The answers for people.
    pub(super) fn record(&self, language: Language, context: &Context) -> Record {
        Record::whole(&self.procedure, &self.evaluation, language, self.at, context.regions)
    }

    /// What is charged: title and amount.
    pub(super) fn fee_lines(&self, language: Language, context: &Context) -> Vec<(String, String)> {
        let lines = self.fees.iter().filter(|fee| fee.cents != 0).map(|fee| {
            let named = self.procedure.fees.iter().find(|known| known.name == fee.name);
            let title = named.and_then(|known| known.title.as_ref());
            let title = title.and_then(|title| self.neutral(title.get(language), language, context));
            let title = title.unwrap_or_else(|| say(language, "fee"));
            (title, amount(fee, language))
        });
        lines.collect()
    }

    /// Whether something is paid before it goes to the office.
    pub(super) fn pays_before(&self) -> bool {
        self.fees.iter().any(|fee| fee.cents != 0 && fee.payment == Payment::BeforeSending)
    }

    /// The uploads in the order of the answers, with their bytes.
    ///
    /// # Errors
    /// Where one of them is not there.
    pub(super) async fn attachments(&self, context: &Context) -> Result<Vec<Attachment>, Outcome> {
        let uploads =
            context.store.submission_uploads(self.submission.id).await.map_err(|error| store_trouble(&error))?;
        let mut named = Vec::new();
        for value in self.answers.values() {
            find_files(value, &mut named);
        }
        let mut attachments = Vec::new();
        for file in named {
            let Some(id) = Uuid::try_parse(&file.id).ok().filter(|id| uploads.iter().any(|upload| upload.id == *id))
            else {
                return Err(Outcome::never("a file of the answers is not among the uploads"));
            };
            let content = context
                .files
                .get(&self.submission.portal, id)
                .await
                .map_err(|error| Outcome::never(format!("an upload cannot be read: {error}")))?;
            let name = distinct(&file.name, &attachments);
            attachments.push(Attachment { content, name, ..file });
        }
        Ok(attachments)
    }
}

/// The name of a file, numbered where another one in the mail has it: `foto.jpg`, `foto (2).jpg`.
fn distinct(name: &str, others: &[Attachment]) -> String {
    let taken = |name: &str| others.iter().any(|other| other.name.eq_ignore_ascii_case(name));
    let (stem, ending) = name.rsplit_once('.').map_or((name, String::new()), |(stem, end)| (stem, format!(".{end}")));
    let numbered = (2..).map(|number| format!("{stem} ({number}){ending}"));
    std::iter::once(name.to_owned()).chain(numbered).find(|name| !taken(name)).unwrap_or_default()
}

/// The names in braces; `{{` is a brace.
fn placeholders(text: &str) -> Vec<&str> {
    let mut names = Vec::new();
    let mut rest = text;
    while let Some((_, from)) = rest.split_once('{') {
        rest = match from.strip_prefix('{') {
            Some(after) => after,
            None => match from.split_once('}') {
                Some((name, after)) => {
                    names.push(name.trim());
                    after
                }
                None => from,
            },
        };
    }
    names
}

/// The stored form of the language.
fn tongue(stored: &str) -> Language {
    match stored {
        "en" => Language::English,
        "leicht" => Language::Easy,
        _ => Language::German,
    }
}

/// The procedure that the submission was made with: from the shelf, else from the store.
async fn procedure(context: &Context, submission: &Submission) -> Result<Arc<Procedure>, Outcome> {
    let shelf = context.library.shelf();
    if let Some(edition) = shelf.by_hash(&submission.procedure, &submission.version) {
        return Ok(Arc::new(edition.procedure.clone()));
    }
    let compiled = context.store.compiled(&submission.version).await.map_err(|error| store_trouble(&error))?;
    let compiled = compiled.ok_or_else(|| Outcome::never("the version of the procedure is not in the store"))?;
    let procedure = serde_json::from_slice(&compiled)
        .map_err(|_| Outcome::never("the stored version of the procedure cannot be read"))?;
    Ok(Arc::new(procedure))
}

/// What becomes of a delivery when the store does not answer.
pub(super) fn store_trouble(error: &StoreError) -> Outcome {
    match error {
        StoreError::Corrupt(_) => Outcome::never(error.to_string()),
        _ => Outcome::later(error.to_string()),
    }
}

fn amount(fee: &Charge, language: Language) -> String {
    let amount = show_money(fee.cents, language);
    let key = match fee.per {
        None => return amount,
        Some(Per::Day | Per::WorkingDay) => "fee-per-day",
        Some(Per::Week) => "fee-per-week",
        Some(Per::Month) => "fee-per-month",
        Some(Per::Year) => "fee-per-year",
    };
    say_with(language, key, &[("amount", &amount)])
}

/// Answers that are files: objects with exactly these members. No other answer has them.
fn find_files(value: &Json, into: &mut Vec<Attachment>) {
    match value {
        Json::Array(entries) => entries.iter().for_each(|entry| find_files(entry, into)),
        Json::Object(members) => {
            let text = |key: &str| members.get(key).and_then(Json::as_str).map(str::to_owned);
            let size = members.get("size").and_then(Json::as_u64);
            match (text("id"), text("name"), text("media_type"), text("sha256"), size) {
                (Some(id), Some(name), Some(media_type), Some(sha256), Some(size)) if members.len() == 5 => {
                    into.push(Attachment { id, name, media_type, size, sha256, content: Vec::new() });
                }
                _ => members.values().for_each(|member| find_files(member, into)),
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_one_name_are_told_apart() {
        let mut files: Vec<Attachment> = Vec::new();
        for name in ["foto.jpg", "Foto.jpg", "foto.jpg", "plan"] {
            let name = distinct(name, &files);
            let (id, media_type, sha256) = Default::default();
            files.push(Attachment { id, name, media_type, size: 0, sha256, content: Vec::new() });
        }
        let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
        assert_eq!(names, ["foto.jpg", "Foto (2).jpg", "foto (3).jpg", "plan"]);
    }

    #[test]
    fn placeholders_are_found_and_doubled_braces_are_none() {
        assert_eq!(placeholders("Gebühr {satz} für { person.name }, {{kein}} {offen"), ["satz", "person.name"]);
        assert!(placeholders("ohne").is_empty());
    }
}
