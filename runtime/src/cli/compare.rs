use std::path::Path;

use amtsweg_dsl::compare::{Drafts, compare};
use amtsweg_dsl::model::Language;

use super::{Failure, find, words};

/// Compares two versions of a procedure; fails where a change says nothing about drafts.
pub(super) fn run(old: &Path, new: &Path, language: Language) -> Result<(), Failure> {
    let (old, new) = (find::version(old, language)?, find::version(new, language)?);
    if old.name() != new.name() {
        let said = words::pick(
            language,
            "Das sind zwei verschiedene Verfahren: {old} und {new}. Verglichen werden zwei Fassungen von einem.",
            "These are two different procedures: {old} and {new}. Two versions of one are compared.",
        );
        return Err(said.replace("{old}", &old.path).replace("{new}", &new.path).into());
    }
    let comparison = compare(&old, &new);
    let title = words::pick(language, "{path}: Fassung {old} und {new}", "{path}: version {old} and {new}");
    let numbers = title.replace("{path}", &new.path).replace("{old}", &old.version.to_string());
    let mut text = numbers.replace("{new}", &new.version.to_string()) + "\n";
    for part in comparison.words(language) {
        text.push_str(&format!("\n{}\n", part.heading));
        for line in part.lines {
            text.push_str(&format!("- {line}\n"));
        }
    }
    words::print(text.trim_end())?;
    if comparison.drafts == Drafts::Refused { Err(Failure(None)) } else { Ok(()) }
}
