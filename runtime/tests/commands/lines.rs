//! What is printed for people, and exit codes.

use crate::{Done, call, place};

/// What is called; the code; words of the output; words of the error output.
type Case = (&'static str, i32, &'static [&'static str], &'static [&'static str]);

const CASES: &[Case] = &[
    // 0: in order.
    ("check", 0, &["0 Fehler, 0 Warnungen, 0 Hinweise", "Geprüft: 3 Dateien in"], &[]),
    ("check --lang en", 0, &["0 errors, 0 warnings, 0 hints", "Checked: 3 files in"], &[]),
    (
        "check forms/stadt/hund_anmelden.1.amt",
        0,
        &["Geprüft: stadt/hund_anmelden.1.amt, zusammen mit", "/forms (2)"],
        &[],
    ),
    ("check hidden", 0, &["AW0032", "hund_anmelden.amt.txt", "Benennen Sie sie um in „hund_anmelden.amt“"], &[]),
    ("check elsewhere/stadt/hund_anmelden.amt --folder elsewhere", 0, &["Geprüft: stadt/hund_anmelden.amt"], &[]),
    ("show forms/stadt/hund_anmelden.2.amt", 0, &["# stadt/hund_anmelden", "stadt/hund_anmelden.2.amt:3 "], &[]),
    ("explain stadt/hund_anmelden", 0, &["# Hund anmelden", "Fassung 2"], &[]),
    ("explain forms/stadt/hund_anmelden.1.amt", 0, &["# Hund anmelden", "Fassung 1"], &[]),
    ("explain hund_anmelden --html", 0, &["<!DOCTYPE html>", "</html>"], &[]),
    ("explain hund_anmelden -o told.md", 0, &[], &["Geschrieben: told.md"]),
    ("graph hund_anmelden", 0, &["<svg"], &[]),
    ("graph hund_anmelden --list", 0, &["- Seite 1 Ihr Hund", "Zuständig: Amt"], &[]),
    (
        "compare forms/stadt/hund_anmelden.1.amt forms/stadt/hund_anmelden.2.amt",
        0,
        &["Fassung 1 und 2", "Wie heißt er?"],
        &[],
    ),
    (
        "test forms/stadt/hund_anmelden.1.amt",
        0,
        &["Es gibt keine Beispiele.", "Die Beispiele zeigen 0 Prozent:", "Stellen: 0 von 1", "--write"],
        &[],
    ),
    ("test --lang en", 0, &["The examples show 0 per cent:", "line 18: Responsible, row 1", "version 2"], &[]),
    ("schema hund_anmelden", 0, &["\"$schema\"", "zahm"], &[]),
    ("schema --of config", 0, &["public_url"], &[]),
    ("schema --of model", 0, &["\"$defs\""], &[]),
    ("schema --of api", 0, &["\"$defs\""], &[]),
    ("schema --of commands", 0, &["\"compare\""], &[]),
    ("publish", 0, &["veröffentlicht: stadt/hund_anmelden Fassung 1 ", "Veröffentlicht: 2 aus forms"], &[]),
    ("publish elsewhere", 0, &["Veröffentlicht: 1 aus elsewhere"], &["katze.amt.txt", "Benennen Sie sie um"]),
    ("new katze --folder neu", 0, &["neu/stadt/musterstadt/katze.amt", "Platzhalter"], &[]),
    ("completions bash", 0, &["complete -F _amtsweg"], &[]),
    ("completions zsh", 0, &["#compdef amtsweg"], &[]),
    ("completions fish", 0, &["complete -c amtsweg"], &[]),
    ("completions elvish", 0, &["edit:completion:arg-completer[amtsweg]"], &[]),
    ("completions powershell", 0, &["Register-ArgumentCompleter"], &[]),
    ("man", 0, &[".TH amtsweg 1", ".SH ÜBERSICHT", ".SH BEFEHLE", ".SH RÜCKGABEWERT"], &[]),
    ("man check --lang en", 0, &[".TH amtsweg-check 1", ".SH SYNOPSIS", ".SH \"EXIT STATUS\""], &[]),
    ("man --into man", 0, &[], &["Geschrieben: man/amtsweg.1", "Geschrieben: man/amtsweg-check.1"]),
    ("--help", 0, &["Aufruf: amtsweg [OPTIONEN] [BEFEHL]", "Befehle:", "Rückgabewerte:"], &[]),
    ("--help --lang en", 0, &["Usage: amtsweg [OPTIONS] [COMMAND]", "Exit codes:"], &[]),
    ("help check", 0, &["Aufruf: amtsweg check [OPTIONEN] [PFAD]"], &[]),
    ("check -h", 0, &["Aufruf: amtsweg check [OPTIONEN] [PFAD]"], &[]),
    ("--version", 0, &["amtsweg "], &[]),
    ("explain HUND_ANMELDEN", 0, &["# Hund anmelden"], &[]),
    (
        "show state/stadt/itzstedt/itzstedt.amt --folder state",
        0,
        &["# stadt/itzstedt/mitteilung", "land/mitteilung.amt:2"],
        &[],
    ),
    ("publish --check", 0, &["würde veröffentlicht: stadt/hund_anmelden Fassung 1 ", "Nichts veröffentlicht."], &[]),
    ("publish forms/stadt/hund_anmelden.1.amt", 0, &["Fassung 1 ", "Veröffentlicht: 1 aus"], &[]),
    ("publish forms/stadt", 0, &["Fassung 1 ", "Fassung 2 ", "Veröffentlicht: 2 aus"], &[]),
    ("new forms/stadt/katze.amt", 0, &["forms/stadt/katze.amt", "Platzhalter"], &[]),
    (
        "new stadt/bad_segeberg/katze --folder state",
        0,
        &["ergänzen Sie in state/stadt/bad_segeberg/bad_segeberg.amt unter „Angebot“: - stadt/bad_segeberg/katze"],
        &[],
    ),
    ("help translate", 0, &["Angaben:\n  <DATEI|ORDNER|->"], &[]),
    ("help compare", 0, &["Angaben:\n  <ALT>"], &[]),
    ("man check", 0, &["amtsweg 0."], &[]),
    // 1: not in order.
    ("fmt unread.amt", 1, &[], &["unread.amt: Zeile 5 ist nicht zu verstehen und bleibt, wie sie ist."]),
    ("fmt unread.amt --check", 1, &[], &["unread.amt: Zeile 5 ist nicht zu verstehen und bleibt, wie sie ist."]),
    ("check broken", 1, &["Neim", "1 Fehler"], &[]),
    ("test broken", 1, &["Neim", "1 Fehler"], &[]),
    ("test --min 50", 1, &["0 Prozent"], &["weniger als 50 Prozent in: stadt/hund_anmelden.1.amt (0 %)"]),
    ("explain broken/stadt/hund_anmelden.amt", 1, &["Neim"], &[]),
    ("graph hund_anmelden --folder broken", 1, &["Neim"], &[]),
    ("schema hund_anmelden --folder broken", 1, &["Neim"], &[]),
    ("publish broken", 1, &["Neim"], &["Es wurde nichts veröffentlicht"]),
    ("check refused", 1, &["AW0821"], &[]),
    (
        "compare refused/stadt/hund_anmelden.1.amt refused/stadt/hund_anmelden.2.amt --folder refused",
        1,
        &["Wie heißt er?"],
        &[],
    ),
    ("show adopts/stadt/hund_anmelden.amt", 1, &["AW0804", "land/hund_anmelden"], &[]),
    // 2: called in a wrong way, or not to be read or written.
    ("chekc", 2, &[], &["Den Befehl „chekc“ gibt es nicht. Meinten Sie „check“?"]),
    ("prüfen", 2, &[], &["Meinten Sie „check“?"]),
    ("frobnicate --lang en", 2, &[], &["There is no command “frobnicate”.", "amtsweg --help"]),
    ("help chekc", 2, &[], &["Meinten Sie „check“?"]),
    ("man chekc", 2, &[], &["Meinten Sie „check“?"]),
    ("check --fodler x", 2, &[], &["Die Option --fodler gibt es hier nicht. Meinten Sie --folder?"]),
    ("check forms broken", 2, &[], &["„broken“ ist hier zu viel."]),
    ("check --lang fr", 2, &[], &["„fr“ geht bei --lang <SPRACHE> nicht. Möglich sind: de, en."]),
    ("compare forms", 2, &[], &["Es fehlt: <NEU>.", "Aufruf: amtsweg compare"]),
    ("schema hund_anmelden --of api", 2, &[], &["gehen nicht zusammen"]),
    ("explain hund_anmelden --html --format json", 2, &[], &["--html und --format json schließen einander aus"]),
    ("graph hund_anmelden --list --format json", 2, &[], &["--list und --format json schließen einander aus"]),
    ("test frms", 2, &[], &["frms gibt es nicht. Meinten Sie forms?"]),
    ("test forms/stadt/stellen.amt", 2, &[], &["kein Verfahren mit eigenen Beispielen"]),
    ("test --min 101", 2, &[], &["„101“ geht bei --min", "von 0 bis 100"]),
    ("test --every-office", 2, &[], &["--write"]),
    ("check frms", 2, &[], &["frms gibt es nicht. Meinten Sie forms?"]),
    ("check form/stad/hund_anmelden.1.amt", 2, &[], &["Meinten Sie forms/stadt/hund_anmelden.1.amt?"]),
    ("show forms/stadt/stelen", 2, &[], &["Meinten Sie forms/stadt/stellen.amt?"]),
    (
        "compare forms/stadt/hund_anmelden.1.amt forms/stadt/hund_anmelden.7.amt",
        2,
        &[],
        &["Meinten Sie forms/stadt/hund_anmelden.1.amt?"],
    ),
    (
        "compare forms/stadt/hund_anmelden.2.amt forms/stadt/hund_anmelden.1.amt",
        2,
        &[],
        &[
            "Die erste Datei ist Fassung 2, die zweite Fassung 1. Nennen Sie zuerst die alte: amtsweg compare forms/stadt/hund_anmelden.1.amt",
        ],
    ),
    (
        "compare forms/stadt/hund_anmelden.1.amt forms/stadt/hund_anmelden.1.amt",
        2,
        &[],
        &["Das ist zweimal dieselbe Fassung."],
    ),
    ("check hund_anmelden", 2, &[], &["Nennen Sie die Datei: forms/stadt/hund_anmelden.1.amt oder forms/stadt/"]),
    ("graph hund_anmelden -o hund.pdf", 2, &[], &["Es entsteht eine SVG-Zeichnung. Nennen Sie die Datei hund.svg"]),
    (
        "new katze --folder state",
        2,
        &[],
        &["In welchen Ordner?", "amtsweg new stadt/bad_segeberg/katze", "stadt/bad_segeberg, stadt/itzstedt"],
    ),
    ("check empty", 2, &[], &["In empty liegt keine Datei, die auf .amt endet."]),
    ("check notes.txt", 2, &[], &["notes.txt endet nicht auf .amt und wird nicht gelesen."]),
    ("check forms/stadt/stellen.amt --folder broken", 2, &[], &["liegt nicht in"]),
    ("show forms/stadt/stellen.amt", 2, &[], &["beschreibt kein Verfahren"]),
    ("show forms", 2, &[], &["forms ist ein Ordner. Nennen Sie eine Datei darin."]),
    ("explain forms/stadt/hund_anmelden.amt", 2, &[], &["Meinten Sie forms/stadt/hund_anmelden.1.amt?"]),
    ("explain hund_anmeldne", 2, &[], &["kein Verfahren hund_anmeldne", "Meinten Sie hund_anmelden?"]),
    ("explain katze", 2, &[], &["kein Verfahren katze", "Es gibt: stadt/hund_anmelden"]),
    (
        "explain hund_anmelden --folder twice",
        2,
        &[],
        &["Mehrere Verfahren heißen hund_anmelden: dorf/hund_anmelden, stadt/hund_anmelden."],
    ),
    ("explain hund_anmelden --folder forms/stadt/stellen.amt", 2, &[], &["ist eine Datei. Nennen Sie den Ordner"]),
    (
        "explain hund_anmelden -o none/told.md",
        2,
        &[],
        &["none/told.md lässt sich nicht schreiben: den Ordner dafür gibt es nicht."],
    ),
    ("new Katze", 2, &[], &["„Katze“ geht als Name nicht."]),
    ("new stadt/hund_anmelden.1", 2, &[], &["geht als Name nicht"]),
    ("publish empty", 2, &[], &["In empty liegt keine Datei"]),
    ("serve nowhere", 2, &[], &["nowhere gibt es nicht."]),
    ("serve --listen nonsense", 2, &[], &["nonsense"]),
];

#[test]
fn every_call_says_what_it_should_and_ends_with_its_code() {
    let mut wrong = Vec::new();
    // In any order: each case has a place of its own.
    std::thread::scope(|scope| {
        let halves: Vec<_> = CASES.chunks(CASES.len().div_ceil(2)).map(|half| scope.spawn(move || all(half))).collect();
        halves.into_iter().for_each(|half| wrong.extend(half.join().unwrap()));
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

fn all(cases: &[Case]) -> Vec<String> {
    cases.iter().filter_map(one).collect()
}

fn one((line, code, out, err): &Case) -> Option<String> {
    let place = place();
    let args: Vec<&str> = line.split(' ').collect();
    let done = call(place.path(), &args);
    let quiet = (out.is_empty() && !done.out.is_empty()) || (err.is_empty() && !done.err.is_empty());
    let missing =
        out.iter().any(|words| !done.out.contains(words)) || err.iter().any(|words| !done.err.contains(words));
    let Done { code: ended, out, err } = &done;
    let wrong = ended != code || quiet || missing || err.contains("panicked");
    wrong.then(|| format!("amtsweg {line}\nended with {ended} instead of {code}\n{out}\n{err}"))
}

#[test]
fn a_version_that_was_published_with_another_content_is_refused() {
    let place = place();
    assert_eq!(call(place.path(), &["publish"]).code, 0);
    let again = call(place.path(), &["publish"]);
    assert_eq!((again.code, again.out.contains("Veröffentlicht: 0 aus")), (0, true), "{again:?}");
    let file = place.path().join("forms/stadt/hund_anmelden.1.amt");
    let text = std::fs::read_to_string(&file).unwrap().replace("Ist er zahm?", "Ist Ihr Hund zahm?");
    std::fs::write(&file, text).unwrap();
    let changed = call(place.path(), &["publish"]);
    assert_eq!(changed.code, 1, "{changed:?}");
    assert!(changed.err.contains("Mit anderem Inhalt schon veröffentlicht: stadt/hund_anmelden"), "{changed:?}");
}

#[test]
fn the_end_of_a_published_version_can_be_set_and_the_one_before_is_missed() {
    let place = place();
    let (first, second) = ("forms/stadt/hund_anmelden.1.amt", "forms/stadt/hund_anmelden.2.amt");
    let [first, second] = [first, second].map(|file| place.path().join(file));
    let text = |file: &std::path::Path| std::fs::read_to_string(file).unwrap();
    let (old, new) = (text(&first), text(&second));
    let this_year = old.replace("01.01.2026, bis 31.12.2026", "01.01.2026");
    assert_ne!(this_year, old);
    std::fs::remove_file(&second).unwrap();
    std::fs::write(&first, &this_year).unwrap();
    assert_eq!(call(place.path(), &["publish"]).code, 0);

    // The new one begins only then, and the old one ends before that, or on a day of its own.
    let new = new.replace("01.01.2027", "01.01.2099");
    std::fs::write(&second, &new).unwrap();
    let line = "Fassung: 1, gültig ab 01.01.2026 bis 31.12.2098";
    std::fs::write(&first, this_year.replace("Fassung: 1, gültig ab 01.01.2026", line)).unwrap();
    let looked = call(place.path(), &["publish", "--check"]);
    assert!(
        looked.out.contains("letzter Tag würde geändert: stadt/hund_anmelden Fassung 1, gilt bis 31. Dezember 2098"),
        "{looked:?}"
    );
    let done = call(place.path(), &["publish"]);
    assert!(done.code == 0 && done.out.contains("letzter Tag geändert"), "{done:?}");
    assert!(done.out.contains("veröffentlicht: stadt/hund_anmelden Fassung 2"), "{done:?}");

    // A day that is over cannot be its last one.
    std::fs::write(&first, this_year.replace("01.01.2026", "01.01.2026 bis 01.02.2026")).unwrap();
    let over = call(place.path(), &["publish", "forms/stadt/hund_anmelden.1.amt"]);
    assert!(over.code == 1 && over.err.contains("nur auf heute oder später"), "{over:?}");

    // Without the file of a version that still holds nothing can be compared.
    std::fs::remove_file(&first).unwrap();
    std::fs::write(
        &second,
        new.replace("Fassung: 2, gültig ab 01.01.2099", "Fassung: 3, gültig ab 01.01.2100")
            .replace("von Fassung 1", "von Fassung 2"),
    )
    .unwrap();
    let alone = call(place.path(), &["publish"]);
    assert!(alone.err.contains("Fassung 1 von stadt/hund_anmelden ist veröffentlicht und gilt noch"), "{alone:?}");
}

#[test]
fn what_new_writes_is_published_when_its_placeholders_are_gone() {
    let place = place();
    assert_eq!(call(place.path(), &["new", "katze", "--folder", "neu"]).code, 0);
    let refused = call(place.path(), &["publish", "neu"]);
    assert_eq!(refused.code, 1, "{refused:?}");
    assert_eq!(refused.out.matches("AW0518").count(), 3, "{refused:?}");
    let file = place.path().join("neu/stadt/musterstadt/katze.amt");
    let text = std::fs::read_to_string(&file).unwrap().replace(['‹', '›'], "");
    std::fs::write(&file, text).unwrap();
    let done = call(place.path(), &["publish", "neu"]);
    assert_eq!(done.code, 0, "{done:?}");
}

#[test]
fn bash_completes_commands_options_and_values() {
    let place = place();
    let script = call(place.path(), &["completions", "bash"]).out;
    std::fs::write(place.path().join("script"), script).unwrap();
    for (words, expected) in [
        ("ch", "check"),
        ("help trans", "translate"),
        ("man gra", "graph"),
        ("check --fo", "--folder --format"),
        ("check --lang d", "de"),
    ] {
        let all: Vec<&str> = words.split(' ').collect();
        let (last, before) = (all[all.len() - 1], all.get(all.len().wrapping_sub(2)).unwrap_or(&"amtsweg"));
        let ask = format!(
            "source ./script; COMP_WORDS=(amtsweg {words}); COMP_CWORD={}; _amtsweg amtsweg {last} {before}; echo \"${{COMPREPLY[*]}}\"",
            all.len()
        );
        let done = std::process::Command::new("bash").current_dir(place.path()).args(["-c", &ask]).output().unwrap();
        assert_eq!(String::from_utf8_lossy(&done.stdout).trim(), expected, "{words}: {done:?}");
    }
}
