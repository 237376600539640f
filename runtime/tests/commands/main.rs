//! The command as its users call it: what it prints, and the code that it ends with.
//!
//! A case is a line of `CASES`: where it runs, what is called, the code, and words of the output
//! and of the error output.
#![cfg(feature = "cli")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod answers;
mod examples;
mod lines;
mod serving;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// What a call leads to.
#[derive(Debug)]
pub struct Done {
    /// The code.
    pub code: i32,
    /// The output.
    pub out: String,
    /// The error output.
    pub err: String,
}

/// The command, in a folder, with German messages and none of the settings of whoever runs the tests.
pub fn amtsweg(within: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_amtsweg"));
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("AMTSWEG_") || name.starts_with("LC_")) {
        command.env_remove(name);
    }
    command.env("LANG", "de_DE.UTF-8").env("NO_COLOR", "1");
    command.current_dir(within).args(args).stdin(Stdio::null());
    command
}

/// Calls the command to its end.
pub fn call(within: &Path, args: &[&str]) -> Done {
    let output = amtsweg(within, args).output().unwrap();
    Done {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

fn procedure(version: &str, text: &str, more: &str) -> String {
    format!(
        "Sprache: Deutsch\nAntrag hund_anmelden \"Hund anmelden\"\n  Fassung: {version}\n  Kategorie: sonstiges\n  \
         Zugang: keine\n  Text: \"{text}\"\n  Rechtsgrundlage: \"Satzung\"\n  Frist: keine\n  \
         Aufbewahrung: 1 Jahr nach Erledigung\n  Wie es weitergeht: \"Wir melden uns.\"\n\nAbschnitt hund \"Ihr Hund\"\n  \
         Frage zahm \"Ist er zahm?\"\n    Art: Ja oder Nein\n{more}\nZuständigkeit\n  | zahm     || an        |\n  \
         | beliebig || stadt/amt |\n"
    )
}

/// A place with folders that are in order, that have errors, that are empty, and files elsewhere.
pub fn place() -> TempDir {
    let place = tempfile::tempdir().unwrap();
    let write = |file: &str, text: &str| {
        let path = place.path().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    let first = procedure("1, gültig ab 01.01.2026, bis 31.12.2026", "Melden Sie Ihren Hund an.", "");
    let more = "  Frage name \"Wie heißt er?\"\n    Art: Text, höchstens 60 Zeichen\n";
    let asks = format!(
        "{}\nÜbergang von Fassung 1\n  neu gefragt: name\n",
        procedure("2, gültig ab 01.01.2027", "Melden Sie Ihren Hund an.", more)
    );
    let amt = "Sprache: Deutsch\nStelle amt \"Amt\"\n  Ebene: Stadt\n  Kanal: E-Mail amt@stadt.example\n";
    write("forms/stadt/hund_anmelden.1.amt", &first);
    write("forms/stadt/hund_anmelden.2.amt", &asks);
    write("forms/stadt/stellen.amt", amt);
    let slip = "  Frage art \"Welche Art?\"\n    Art: Ja oder Neim\n";
    write("broken/stadt/hund_anmelden.amt", &procedure("1, gültig ab 01.01.2026", "Kurz.", slip));
    write("broken/stadt/stellen.amt", amt);
    write("twice/stadt/hund_anmelden.amt", &first);
    write("twice/dorf/hund_anmelden.amt", &first);
    write("twice/stadt/stellen.amt", amt);
    write("refused/stadt/hund_anmelden.1.amt", &first);
    write("refused/stadt/hund_anmelden.2.amt", &procedure("2, gültig ab 01.01.2027", "Kurz.", more));
    write("refused/stadt/stellen.amt", amt);
    write("elsewhere/stadt/hund_anmelden.amt", &first);
    write("elsewhere/stadt/stellen.amt", amt);
    write(
        "adopts/stadt/hund_anmelden.amt",
        "Sprache: Deutsch\nübernimmt land/hund_anmelden, Fassung 1\n  Gebiet: Norderstedt\n",
    );
    // A template that two towns offer.
    let topic = "Sprache: Deutsch\nInformation mitteilung \"Mitteilung\"\n  Fassung: 1, gültig ab 01.01.2026\n  \
                 Vorlage: für Gemeinden\n  Kategorie: recht\n\nAbschnitt a \"A\"\n  Zwischentext eins \"In {Gebiet}.\"\n";
    write("state/land/mitteilung.amt", topic);
    for (town, path) in [("Itzstedt", "itzstedt"), ("Bad Segeberg", "bad_segeberg")] {
        let portal = format!(
            "Sprache: Deutsch\nPortal {path} \"{town}\"\n  Gebiet: {town}\n\nKacheln\n  - recht \"Recht\"\n\nAngebot\n  - \
             land/mitteilung\n"
        );
        write(&format!("state/stadt/{path}/{path}.amt"), &portal);
        write(&format!("state/stadt/{path}/stellen.amt"), amt);
    }
    write("unread.amt", &first.replace("  Zugang: keine", "  Zugangg: keine"));
    write("elsewhere/stadt/katze.amt.txt", &first);
    write("hidden/hund_anmelden.amt.txt", &first);
    write("notes.txt", "nothing");
    fs::create_dir(place.path().join("empty")).unwrap();
    place
}

/// The place as its commands print it.
pub fn real(place: &TempDir) -> PathBuf {
    place.path().canonicalize().unwrap()
}
