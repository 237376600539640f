use amtsweg_dsl::diagnostic::Diagnostic;
use amtsweg_dsl::model::Language;
use jiff::Timestamp;

use super::{Failure, Place, block_on, check, data, folder, today, words};
use crate::library::{PublishError, compile_folder, prevents_publishing, publish};

/// Publishes every version in a folder.
pub(super) fn run(place: &Place, language: Language) -> Result<(), Failure> {
    let folder = folder(place.folder.as_ref());
    let compiled = compile_folder(&folder, today())?;
    if compiled.sources.iter().next().is_none() {
        let said = words::pick(
            language,
            "Es wurde nichts veröffentlicht: {folder} enthält keine Dateien, die auf .amt enden.",
            "Nothing was published: {folder} holds no files that end in .amt.",
        );
        return Err(said.replace("{folder}", &words::folder(language, &folder)).into());
    }
    let data = data::folder(place)?;
    block_on(async {
        let store = data::store(&data)?;
        match publish(&compiled, &*store, Timestamp::now()).await {
            Ok(done) => {
                for version in &done {
                    let state = if version.new {
                        words::pick(language, "veröffentlicht", "published")
                    } else {
                        words::pick(language, "unverändert", "unchanged")
                    };
                    let number = words::pick(language, "Fassung", "version");
                    words::print(&format!(
                        "{state}: {} {number} {} {}",
                        version.procedure, version.version, version.hash
                    ))?;
                }
                let new = done.iter().filter(|version| version.new).count();
                let said = words::pick(language, "Veröffentlicht: {n} aus {folder}", "Published: {n} from {folder}");
                words::print(
                    &said.replace("{n}", &new.to_string()).replace("{folder}", &words::folder(language, &folder)),
                )?;
                Ok(())
            }
            Err(PublishError::Texts(_)) => {
                let preventing: Vec<&Diagnostic> =
                    compiled.diagnostics.iter().filter(|found| prevents_publishing(found)).collect();
                check::say(&preventing, &compiled, language)?;
                let said = words::pick(
                    language,
                    "Es wurde nichts veröffentlicht. Das steht dem entgegen, siehe oben.",
                    "Nothing was published. See above for what stands in the way.",
                );
                Err(Failure::from(said))
            }
            Err(PublishError::Changed(versions)) => {
                let said = words::pick(
                    language,
                    "Es wurde nichts veröffentlicht. Mit anderem Inhalt schon veröffentlicht: {versions}. Geben Sie der Änderung eine neue Nummer (Fassung).",
                    "Nothing was published. Published with another content before: {versions}. Give the change a new number (Version).",
                );
                Err(Failure::from(said.replace("{versions}", &versions.join(", "))))
            }
            Err(other) => Err(other.into()),
        }
    })
}
