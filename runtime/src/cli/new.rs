//! The beginning of a procedure, which compiles as it is written.

use std::fs;
use std::io::Write;
use std::path::Path;

use amtsweg_dsl::model::{Catalogue, Language};
use jiff::civil::Date;

use super::{Failure, today, words};
use crate::library::{Folder, compile_folder};

/// Where a procedure goes that is given no folder, while there is nothing else.
const FIRST_FOLDER: &str = "stadt/musterstadt";

/// Writes `NAME.amt` into the folder, with an authority and a portal where there are none.
pub(super) fn run(name: &str, forms: &Path, language: Language) -> Result<(), Failure> {
    let name = name.trim_matches('/');
    if !is_name(name) {
        let said = words::pick(
            language,
            "„{name}“ geht als Name nicht. Er besteht aus Buchstaben, Ziffern und _ und beginnt klein: hund_anmelden.",
            "“{name}” cannot be a name. It consists of letters, digits and _, and begins in lower case: hund_anmelden.",
        );
        return Err(said.replace("{name}", name).into());
    }
    fs::create_dir_all(forms)?;
    let catalogue = compile_folder(&Folder::Path(forms.to_owned()), today())?.catalogue;
    let (home, short) = match name.rsplit_once('/') {
        Some((home, short)) => (home.to_owned(), short),
        None => (usual_home(&catalogue), name),
    };
    // One of the own folder, where there is one.
    let own = catalogue.authorities.keys().find(|path| path.rsplit_once('/').is_some_and(|(folder, _)| folder == home));
    let authority = own.or_else(|| catalogue.authorities.keys().next()).cloned();
    let authority = authority.unwrap_or_else(|| format!("{home}/amt"));
    let path = if home.is_empty() { short.to_owned() } else { format!("{home}/{short}") };
    write(&forms.join(format!("{path}.amt")), &procedure(short, &authority, today(), language))?;
    if catalogue.authorities.is_empty() {
        let file = words::pick(language, "stellen.amt", "authorities.amt");
        write(&forms.join(&home).join(file), words::pick(language, AUTHORITY_DE, AUTHORITY_EN))?;
    }
    if catalogue.portals.is_empty() {
        let text = words::pick(language, PORTAL_DE, PORTAL_EN).replace("{offer}", &path);
        return write(&forms.join(&home).join("portal.amt"), &text);
    }
    let said = words::pick(
        language,
        "Damit das Portal es anbietet, ergänzen Sie in seiner Datei unter „Angebot“: - {path}",
        "For the portal to offer it, add to its file under “Offer”: - {path}",
    );
    Ok(words::print(&said.replace("{path}", &path))?)
}

/// The folder of the first authority.
fn usual_home(catalogue: &Catalogue) -> String {
    match catalogue.authorities.keys().next() {
        Some(path) => path.rsplit_once('/').map_or_else(String::new, |(home, _)| home.to_owned()),
        None => FIRST_FOLDER.to_owned(),
    }
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    if let Some(above) = path.parent() {
        fs::create_dir_all(above)?;
    }
    let mut file = fs::File::create_new(path).map_err(|error| format!("{}: {error}", path.display()))?;
    file.write_all(text.as_bytes())?;
    Ok(words::print(&path.display().to_string())?)
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
    template
        .replace("{name}", name)
        .replace("{title}", &title(name))
        .replace("{today}", &today.strftime("%d.%m.%Y").to_string())
        .replace("{authority}", authority)
}

const PROCEDURE_DE: &str = r#"Sprache: Deutsch
Antrag {name} "{title}"
  Fassung: 1, gültig ab {today}
  Kategorie: sonstiges
  Zugang: keine
  Text: "Schreiben Sie hier in ein, zwei Sätzen, worum es geht."
  Rechtsgrundlage: "Nennen Sie hier Gesetz oder Satzung."
  Frist: keine
  Aufbewahrung: 1 Jahr nach Erledigung
  Wie es weitergeht: "Schreiben Sie hier, was nach dem Absenden geschieht."

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
  Text: "Write here in a sentence or two what this is about."
  Legal basis: "Name the law or the by-law here."
  Deadline: none
  Retention: 1 year after completion
  What happens next: "Write here what happens after sending."

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
    use super::*;

    #[test]
    fn what_is_written_compiles_without_a_word() {
        for language in [Language::German, Language::English] {
            let folder = tempfile::tempdir().unwrap();
            let forms = folder.path().join("forms");
            for name in ["hund_anmelden", "kreis/müll_melden", "zweitwohnung"] {
                assert!(run(name, &forms, language).is_ok());
            }
            assert!(run("hund_anmelden", &forms, language).is_err(), "nothing is written over");
            assert!(run("1x", &forms, language).is_err());
            let compiled = compile_folder(&Folder::Path(forms), today()).unwrap();
            assert_eq!(compiled.lines(language), Vec::<String>::new());
            assert_eq!(compiled.catalogue.procedures.len(), 3);
            assert_eq!((compiled.catalogue.portals.len(), compiled.catalogue.authorities.len()), (1, 1));
        }
    }
}
