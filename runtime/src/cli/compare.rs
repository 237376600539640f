use std::path::Path;

use amtsweg_dsl::compare::{Comparison, Drafts, compare};
use schemars::JsonSchema;
use serde::Serialize;

use super::args::Home;
use super::output::Output;
use super::{Failure, find};

/// `compare`: what a new version changes against an old one.
#[derive(Serialize, JsonSchema)]
pub(super) struct Compared {
    /// The comparison as data.
    #[serde(flatten)]
    pub comparison: Comparison,
    /// The same in words, in the language of `--lang`.
    pub sections: Vec<Section>,
}

/// Sentences under a heading.
#[derive(Serialize, JsonSchema)]
pub(super) struct Section {
    /// The heading.
    pub heading: String,
    /// Whole sentences.
    pub lines: Vec<String>,
}

/// Compares two versions of a procedure; fails where a change says nothing about drafts.
pub(super) fn run(old: &Path, new: &Path, home: &Home, output: &Output) -> Result<(), Failure> {
    let within = home.folder.as_ref();
    let (first, second) = (find::version(old, within, output)?, find::version(new, within, output)?);
    let (before, now) = (old, new);
    let (old, new) = (&first.procedure, &second.procedure);
    if old.name() != new.name() {
        let said = output.pick(
            "Das sind zwei verschiedene Verfahren: {old} und {new}. Verglichen werden zwei Fassungen von einem.",
            "These are two different procedures: {old} and {new}. Two versions of one are compared.",
        );
        return Err(said.replace("{old}", &old.path).replace("{new}", &new.path).into());
    }
    if old.hash()? == new.hash()? {
        let said = output.pick("Das ist zweimal dieselbe Fassung.", "This is the same version twice.");
        return Err(said.into());
    }
    if old.version > new.version {
        let said = output.pick(
            "Die erste Datei ist Fassung {old}, die zweite Fassung {new}. Nennen Sie zuerst die alte: amtsweg compare {now} {before}",
            "The first file is version {old}, the second version {new}. Name the old one first: amtsweg compare {now} {before}",
        );
        let said = said.replace("{old}", &old.version.to_string()).replace("{new}", &new.version.to_string());
        let [before, now] = [before, now].map(|file| file.display().to_string());
        return Err(said.replace("{now}", &now).replace("{before}", &before).into());
    }
    let comparison = compare(old, new);
    let refused = comparison.drafts == Drafts::Refused;
    let words = comparison.words(&second.compiled.catalogue, output.language);
    let sections = words.into_iter().map(|part| Section { heading: part.heading, lines: part.lines }).collect();
    let compared = Compared { comparison, sections };
    output.result(&compared, || text(&compared, output))?;
    if refused { Err(Failure::NOT_IN_ORDER) } else { Ok(()) }
}

fn text(compared: &Compared, output: &Output) -> String {
    let Comparison { path, old, new, .. } = &compared.comparison;
    let title = output.pick("{path}: Fassung {old} und {new}", "{path}: version {old} and {new}");
    let numbers = title.replace("{path}", path).replace("{old}", &old.to_string());
    let mut text = numbers.replace("{new}", &new.to_string()) + "\n";
    for part in &compared.sections {
        text.push_str(&format!("\n{}\n", part.heading));
        for line in &part.lines {
            text.push_str(&format!("- {line}\n"));
        }
    }
    text
}
