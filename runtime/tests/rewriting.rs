//! `amtsweg fmt` and `amtsweg translate` as they are called: what they write, what they leave, how they end.
#![cfg(feature = "cli")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use tempfile::TempDir;

const UGLY: &str = "Sprache:Deutsch\nListe farben \"Farben\"\n|Schlüssel|Bezeichnung|   # alle\n| rot|Rot |\n";
const PROPER: &str = "Sprache: Deutsch\nListe farben \"Farben\"\n  | Schlüssel | Bezeichnung |   # alle\n  | rot       | Rot         |\n";
const ENGLISH: &str =
    "Language: English\nList farben \"Farben\"\n  Texts: German\n  | Key | Label |   # alle\n  | rot | Rot   |\n";

/// What a command said and how it ended.
struct Ended {
    code: i32,
    output: String,
    messages: String,
}

fn call(folder: &Path, arguments: &[&str], input: &[u8]) -> Ended {
    let mut child = Command::new(env!("CARGO_BIN_EXE_amtsweg"))
        .args(arguments)
        .current_dir(folder)
        .env("LANG", "de_DE.UTF-8")
        .env_remove("LC_ALL")
        .env_remove("LC_MESSAGES")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    let ended = child.wait_with_output().unwrap();
    Ended {
        code: ended.status.code().unwrap(),
        output: String::from_utf8(ended.stdout).unwrap(),
        messages: String::from_utf8(ended.stderr).unwrap(),
    }
}

fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    folder
}

fn text(folder: &TempDir, name: &str) -> String {
    std::fs::read_to_string(folder.path().join(name)).unwrap()
}

#[test]
fn a_folder_is_put_in_shape() {
    let files: [(&str, &[u8]); 4] = [
        ("forms/land/farben.amt", UGLY.as_bytes()),
        ("forms/fertig.amt", PROPER.as_bytes()),
        ("forms/.alt/farben.amt", UGLY.as_bytes()),
        ("forms/notiz.txt", b"Frage  x"),
    ];
    let here = folder(&files);
    let untouched = std::fs::metadata(here.path().join("forms/fertig.amt")).unwrap().modified().unwrap();

    let checked = call(here.path(), &["fmt", "--check"], b"");
    assert_eq!(checked.code, 1, "{}", checked.messages);
    assert!(
        checked.output.contains("farben.amt\n  Zeile 1\n  - Sprache:Deutsch\n  + Sprache: Deutsch\n"),
        "{}",
        checked.output
    );
    assert!(checked.messages.contains("Nicht in Form: 1 von 2 Dateien."), "{}", checked.messages);
    assert_eq!(text(&here, "forms/land/farben.amt"), UGLY);

    let done = call(here.path(), &["fmt"], b"");
    assert_eq!((done.code, done.output.as_str()), (0, ""), "{}", done.messages);
    assert_eq!(text(&here, "forms/land/farben.amt"), PROPER);
    assert_eq!(text(&here, "forms/.alt/farben.amt"), UGLY);
    assert_eq!(text(&here, "forms/notiz.txt"), "Frage  x");
    let now = std::fs::metadata(here.path().join("forms/fertig.amt")).unwrap().modified().unwrap();
    assert_eq!(now, untouched, "a file that is in shape is not written");
    let names = std::fs::read_dir(here.path().join("forms/land")).unwrap().count();
    assert_eq!(names, 1, "nothing else is left in the folder");

    let again = call(here.path(), &["--lang", "en", "fmt", "--check", "forms"], b"");
    assert_eq!((again.code, again.output.as_str()), (0, ""));
    assert!(again.messages.contains("In shape: 2 of 2 files."), "{}", again.messages);
}

#[test]
fn the_input_goes_to_the_output() {
    let here = folder(&[]);
    let windows = format!("\u{feff}{}", UGLY.replace('\n', "\r\n"));
    let done = call(here.path(), &["fmt", "-"], windows.as_bytes());
    assert_eq!((done.code, done.output.as_str(), done.messages.as_str()), (0, PROPER, ""));
    let same = call(here.path(), &["fmt", "-"], PROPER.as_bytes());
    assert_eq!((same.code, same.output.as_str()), (0, PROPER));
    let checked = call(here.path(), &["fmt", "--check", "-"], format!("\u{feff}{PROPER}").as_bytes());
    assert_eq!(checked.code, 1);
    assert!(checked.output.starts_with("Eingabe\n  Nur das Ende der Zeilen"), "{}", checked.output);
    let translated = call(here.path(), &["translate", "--to", "en", "-"], UGLY.as_bytes());
    assert_eq!((translated.code, translated.output.as_str()), (0, ENGLISH));
}

#[test]
fn what_cannot_be_read_stays_and_is_named() {
    let broken = format!("{PROPER}Frahge  was ist das\n");
    let here = folder(&[
        ("eins.amt", b"Sprache: Deutsch\nKein Kopf\n"),
        ("zwei.amt", b"Sprache: Deutsch\nListe \xff\n"),
        ("drei.amt", broken.as_bytes()),
    ]);
    let refused = call(here.path(), &["fmt", "eins.amt"], b"");
    assert_eq!(refused.code, 1);
    assert!(refused.messages.contains("eins.amt: Bleibt, wie sie ist"), "{}", refused.messages);
    assert_eq!(call(here.path(), &["fmt", "-"], b"nichts").output, "", "no half text for an editor");
    let unreadable = call(here.path(), &["fmt", "zwei.amt"], b"");
    assert_eq!(unreadable.code, 2);
    assert!(
        unreadable.messages.contains("zwei.amt lässt sich nicht lesen: das ist kein Text in UTF-8."),
        "{}",
        unreadable.messages
    );
    // Without the line the text is in shape, but somebody has to be told.
    let line = call(here.path(), &["fmt", "--check", "drei.amt"], b"");
    assert_eq!(line.code, 1);
    assert!(line.messages.contains("drei.amt: Zeile 5 ist nicht zu verstehen und bleibt"), "{}", line.messages);
    // An editor that formats while somebody writes takes what comes.
    let written = call(here.path(), &["fmt", "-"], broken.as_bytes());
    assert_eq!((written.code, written.output.as_str()), (0, broken.as_str()));
    let lines = call(here.path(), &["translate", "--to", "en", "drei.amt"], b"");
    assert_eq!(lines.code, 1);
    assert!(
        lines.messages.contains("drei.amt: Bleibt, wie sie ist: Zeile 5 ist nicht zu verstehen."),
        "{}",
        lines.messages
    );
    assert_eq!(text(&here, "drei.amt"), broken);
    for wrong in [&["fmt", "gibt_es_nicht"][..], &["fmt", "-", "-"], &["translate", "eins.amt"], &["fmt"]] {
        assert_eq!(call(here.path(), wrong, b"").code, 2, "{wrong:?}");
    }
}

#[test]
fn other_programs_are_told_what_became_of_each_text() {
    let here = folder(&[("eins.amt", UGLY.as_bytes()), ("zwei.amt", PROPER.as_bytes()), ("drei.amt", b"Sprache")]);
    let done = call(here.path(), &["--format", "json", "fmt", "--check", "."], b"");
    assert_eq!(done.code, 1);
    let told: serde_json::Value = serde_json::from_str(&done.output).unwrap();
    let became: Vec<_> =
        told["texts"].as_array().unwrap().iter().map(|text| text["became"].as_str().unwrap()).collect();
    assert_eq!(became, ["left", "would_change", "same"]);
    let input = call(here.path(), &["--format", "json", "translate", "--to", "en", "-"], UGLY.as_bytes());
    let told: serde_json::Value = serde_json::from_str(&input.output).unwrap();
    assert_eq!((input.code, told["texts"][0]["text"].as_str()), (0, Some(ENGLISH)));
}

#[test]
fn keywords_go_there_and_back() {
    let here = folder(&[("land/farben.amt", PROPER.as_bytes())]);
    assert_eq!(call(here.path(), &["translate", "--to", "en", "land"], b"").code, 0);
    assert_eq!(text(&here, "land/farben.amt"), ENGLISH);
    assert_eq!(call(here.path(), &["translate", "--to", "de", "land/farben.amt"], b"").code, 0);
    assert_eq!(text(&here, "land/farben.amt"), PROPER);
}

#[cfg(unix)]
#[test]
fn permissions_and_links_stay() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    let here = folder(&[("echt/farben.amt", UGLY.as_bytes())]);
    let path = here.path().join("echt/farben.amt");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).unwrap();
    symlink("echt/farben.amt", here.path().join("farben.amt")).unwrap();
    assert_eq!(call(here.path(), &["fmt", "farben.amt"], b"").code, 0);
    assert_eq!(text(&here, "echt/farben.amt"), PROPER);
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
    assert!(std::fs::symlink_metadata(here.path().join("farben.amt")).unwrap().is_symlink());
}
