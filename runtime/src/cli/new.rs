//! The beginning of a procedure, which compiles as it is written.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use amtsweg_dsl::format::format;
use amtsweg_dsl::model::{Catalogue, Language};
use amtsweg_dsl::syntax::keyword::Heading;
use amtsweg_dsl::syntax::{Sources, tree};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

use super::output::Output;
use super::{Failure, check, today, words};
use crate::library::Folder;

/// Where a procedure goes that is given no folder, while there is nothing else.
const FIRST_FOLDER: &str = "stadt/musterstadt";

/// `new`: what was written.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Written {
    /// The procedure: folder and name.
    pub procedure: String,
    /// The files, the procedure's first.
    pub files: Vec<PathBuf>,
    /// What to add to a portal, where there is one already.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offer: Option<Offer>,
}

/// A line for a portal, so that it offers a procedure.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Offer {
    /// The line, below "Angebot".
    pub line: String,
    /// The file of the portal.
    pub file: PathBuf,
}

/// Writes `NAME.amt` into the folder, with an authority and a portal where there are none.
pub(super) fn run(name: &str, forms: &Path, output: &Output) -> Result<(), Failure> {
    let written = begin(name, forms, output)?;
    output.result(&written, || text(&written, output))
}

fn text(written: &Written, output: &Output) -> String {
    let mut lines: Vec<String> = written.files.iter().map(|file| file.display().to_string()).collect();
    lines.push(
        output
            .pick(
                "Texte zwischen ‹ und › sind Platzhalter. Schreiben Sie an ihrer Stelle Ihre eigenen; vorher lässt sich das Verfahren nicht veröffentlichen.",
                "Texts between ‹ and › are placeholders. Write your own in their place; before that the procedure cannot be published.",
            )
            .to_owned(),
    );
    if let Some(offer) = &written.offer {
        let said = output.pick(
            "Damit das Portal es anbietet, ergänzen Sie in {file} unter „Angebot“: {offer}",
            "For the portal to offer it, add to {file} under “Offer”: {offer}",
        );
        let file = offer.file.display().to_string();
        lines.push(said.replace("{file}", &file).replace("{offer}", &offer.line));
    }
    lines.join("\n")
}

fn begin(name: &str, forms: &Path, output: &Output) -> Result<Written, Failure> {
    let language = output.language;
    let name = inside(name, forms);
    if !is_name(&name) {
        let said = output.pick(
            "„{name}“ geht als Name nicht. Er besteht aus Buchstaben, Ziffern und _ und beginnt klein: hund_anmelden.",
            "“{name}” cannot be a name. It consists of letters, digits and _, and begins in lower case: hund_anmelden.",
        );
        return Err(said.replace("{name}", &name).into());
    }
    fs::create_dir_all(forms).map_err(|error| words::unwritable(language, forms, &error))?;
    let compiled = check::compile(&Folder::Path(forms.to_owned()), output)?;
    let catalogue = &compiled.catalogue;
    let (home, short) = match name.rsplit_once('/') {
        Some((home, short)) => (home.to_owned(), short),
        None => (usual_home(catalogue, &name, output)?, &*name),
    };
    // One of the own folder, where there is one.
    let own = catalogue.authorities.keys().find(|path| path.rsplit_once('/').is_some_and(|(folder, _)| folder == home));
    let authority = own.or_else(|| catalogue.authorities.keys().next()).cloned();
    let authority = authority.unwrap_or_else(|| format!("{home}/amt"));
    let path = if home.is_empty() { short.to_owned() } else { format!("{home}/{short}") };
    let mut files = vec![forms.join(format!("{path}.amt"))];
    write(&files[0], &procedure(short, &authority, today(), language), language)?;
    if catalogue.authorities.is_empty() {
        let file = forms.join(&home).join(output.pick("stellen.amt", "authorities.amt"));
        write(&file, output.pick(AUTHORITY_DE, AUTHORITY_EN), language)?;
        files.push(file);
    }
    let offer = if catalogue.portals.is_empty() {
        let file = forms.join(&home).join("portal.amt");
        write(&file, &output.pick(PORTAL_DE, PORTAL_EN).replace("{offer}", &path), language)?;
        files.push(file);
        None
    } else {
        Some(Offer { line: format!("- {path}"), file: forms.join(portal_of(&compiled.sources, &home)) })
    };
    Ok(Written { procedure: path, files, offer })
}

/// The name in the folder of forms: who calls other commands with a path begins with that folder,
/// and ends as the file does.
fn inside(name: &str, forms: &Path) -> String {
    let name = name.trim_matches('/').trim_start_matches("./");
    let folder = forms.display().to_string();
    let inner = name.strip_prefix(folder.trim_matches('/')).and_then(|rest| rest.strip_prefix('/'));
    let inner = inner.unwrap_or(name);
    inner.strip_suffix(".amt").unwrap_or(inner).to_owned()
}

/// The only folder that has authorities.
fn usual_home(catalogue: &Catalogue, name: &str, output: &Output) -> Result<String, Failure> {
    let folder = |path: &String| path.rsplit_once('/').map_or_else(String::new, |(home, _)| home.to_owned());
    let folders: BTreeSet<String> = catalogue.authorities.keys().map(folder).collect();
    let mut all = folders.iter();
    match (all.next(), all.next()) {
        (None, _) => Ok(FIRST_FOLDER.to_owned()),
        (Some(one), None) => Ok(one.clone()),
        (Some(one), Some(_)) => {
            let said = output.pick(
                "In welchen Ordner? Schreiben Sie ihn davor, zum Beispiel amtsweg new {one}/{name}. Es gibt: {all}.",
                "Into which folder? Write it in front, for example amtsweg new {one}/{name}. There are: {all}.",
            );
            // The longest path is the most likely to be somebody's own.
            let example = folders.iter().max_by_key(|folder| folder.len()).unwrap_or(one);
            let said = said.replace("{one}", example).replace("{name}", name);
            Err(said.replace("{all}", &folders.iter().cloned().collect::<Vec<_>>().join(", ")).into())
        }
    }
}

/// The file of the portal that a procedure in this folder is offered by: the one beside it, else
/// the first.
fn portal_of(sources: &Sources, home: &str) -> PathBuf {
    let is_portal = |text: &str| tree("", text).0.roots.iter().any(|root| root.heading == Heading::Portal);
    let portals = sources.iter().map(|(file, _)| file).filter(|file| sources.text(file).is_some_and(is_portal));
    let all: Vec<&str> = portals.collect();
    let beside = all.iter().find(|file| file.rsplit_once('/').is_some_and(|(folder, _)| folder == home));
    PathBuf::from(*beside.or_else(|| all.first()).unwrap_or(&""))
}

fn write(path: &Path, text: &str, language: Language) -> Result<(), Failure> {
    let written = || {
        path.parent().map_or(Ok(()), fs::create_dir_all)?;
        fs::File::create_new(path)?.write_all(text.as_bytes())
    };
    Ok(written().map_err(|error: io::Error| words::unwritable(language, path, &error))?)
}

/// Parts of letters, digits and underscores, each beginning with a small letter.
fn is_name(name: &str) -> bool {
    name.split('/').all(|part| {
        part.chars().next().is_some_and(char::is_lowercase)
            && part.chars().all(|sign| sign.is_alphanumeric() || sign == '_')
    })
}

/// `hund_anmelden` as a first title: `Hund anmelden`.
fn title(name: &str) -> String {
    let mut signs = name.chars().map(|sign| if sign == '_' { ' ' } else { sign });
    signs.next().map(|first| first.to_uppercase().chain(signs).collect()).unwrap_or_default()
}

fn procedure(name: &str, authority: &str, today: Date, language: Language) -> String {
    let template = words::pick(language, PROCEDURE_DE, PROCEDURE_EN);
    let text = template
        .replace("{name}", name)
        .replace("{title}", &title(name))
        .replace("{today}", &today.strftime("%d.%m.%Y").to_string())
        .replace("{authority}", authority);
    // The name of the authority makes a column of the table as wide as it is.
    format(&text).text
}

const PROCEDURE_DE: &str = r#"Sprache: Deutsch
Antrag {name} "{title}"
  Fassung: 1, gültig ab {today}
  Kategorie: sonstiges
  Zugang: keine
  Text: "‹Schreiben Sie hier in ein, zwei Sätzen, worum es geht.›"
  Rechtsgrundlage: "‹Nennen Sie hier Gesetz oder Satzung.›"
  Frist: keine
  Aufbewahrung: 1 Jahr nach Erledigung
  Wie es weitergeht: "‹Schreiben Sie hier, was nach dem Absenden geschieht.›"

Abschnitt person "Wer sind Sie?"
  Frage name "Wie heißen Sie?"
    Art: Name
  Frage antwort "Möchten Sie eine Antwort per E-Mail?"
    Art: Ja oder Nein
  Frage email "Wie lautet Ihre E-Mail-Adresse?"
    Art: E-Mail
    nur wenn: antwort = Ja

Abschnitt wunsch "Was möchten Sie?"
  Frage beschreibung "Beschreiben Sie, was Sie möchten"
    Art: langer Text, höchstens 1.000 Zeichen

Zuständigkeit
  | antwort  || an          |
  | beliebig || {authority} |
"#;

const PROCEDURE_EN: &str = r#"Language: English
Application {name} "{title}"
  Version: 1, valid from {today}
  Category: other
  Access: none
  Text: "‹Write here in a sentence or two what this is about.›"
  Legal basis: "‹Name the law or the by-law here.›"
  Deadline: none
  Retention: 1 year after completion
  What happens next: "‹Write here what happens after sending.›"

Section person "Who are you?"
  Question name "What is your name?"
    Kind: Full name
  Question reply "Would you like a reply by e-mail?"
    Kind: Yes or no
  Question email "What is your e-mail address?"
    Kind: E-mail
    only if: reply = yes

Section wish "What would you like?"
  Question description "Describe what you would like"
    Kind: Long text, at most 1.000 characters

Responsible
  | reply || to          |
  | any   || {authority} |
"#;

const AUTHORITY_DE: &str = r#"Sprache: Deutsch
# Die Adresse unter .example ersetzt der Betreiber durch die echte.

Stelle amt "Musteramt"
  Ebene: Stadt
  Kanal: E-Mail amt@stadt.example
"#;

const AUTHORITY_EN: &str = r#"Language: English
# The operator replaces the address under .example by the real one.

Authority amt "Model office"
  Level: city
  Channel: E-mail amt@stadt.example
"#;

const PORTAL_DE: &str = r#"Sprache: Deutsch
Portal portal "Mein Bürgerportal"
  Gebiet: Land Schleswig-Holstein

Kacheln
  - sonstiges "Sonstiges"

Angebot
  - {offer}
"#;

const PORTAL_EN: &str = r#"Language: English
Portal portal "My citizens' portal"
  Area: Land Schleswig-Holstein

Tiles
  - other "Other"

Offer
  - {offer}
"#;

#[cfg(test)]
mod tests {
    use amtsweg_dsl::diagnostic::Problem;

    use super::*;
    use crate::cli::output::Format;
    use crate::library::{compile_folder, prevents_publishing};

    #[test]
    fn what_is_written_compiles_and_waits_for_its_author() {
        for language in [Language::German, Language::English] {
            let output = Output { language, format: Format::Text };
            let folder = tempfile::tempdir().unwrap();
            let forms = folder.path().join("forms");
            for name in ["hund_anmelden", "kreis/müll_melden", "zweitwohnung"] {
                begin(name, &forms, &output).unwrap();
            }
            assert!(begin("hund_anmelden", &forms, &output).is_err(), "nothing is written over");
            assert!(begin("1x", &forms, &output).is_err());
            let compiled = compile_folder(&Folder::Path(forms), today()).unwrap();
            for (file, _) in compiled.sources.iter() {
                let text = compiled.sources.text(file).unwrap();
                assert_eq!(format(text).text, text, "{file}");
            }
            assert_eq!(compiled.catalogue.procedures.len(), 3);
            assert_eq!((compiled.catalogue.portals.len(), compiled.catalogue.authorities.len()), (1, 1));
            let (placeholders, others): (Vec<_>, Vec<_>) =
                compiled.diagnostics.iter().partition(|found| matches!(found.problem, Problem::PlaceholderLeft { .. }));
            assert!(others.is_empty(), "{others:?}");
            assert_eq!(placeholders.len(), 3 * 3);
            assert!(placeholders.iter().all(|found| prevents_publishing(found)));
        }
    }
}
