//! After a change an editor is told the same as if nothing had been known before.

use std::fmt::Write;

use amtsweg_dsl::editor::Analysis;
use amtsweg_dsl::model::Language;

use crate::{TODAY, analysis, catalogue};

/// Changes one after another, in groups: the file, what is replaced there by what.
const CHANGES: &[&[(&str, &str, &str)]] = &[
    // With a mistake, and mended.
    &[("kreis/segeberg/baum_faellen.amt", "Art: Datum, ab heute", "Art: Datm, ab heute")],
    &[
        ("kreis/segeberg/baum_faellen.amt", "Art: Datm, ab heute", "Art: Datum, ab heute"),
        ("kreis/segeberg/baum_faellen.amt", "Wann soll gefällt werden?", "Wann wollen Sie fällen?"),
    ],
    // What others name moves by a line: a building block, a list, an authority, a template, a portal.
    &[
        ("land/person.amt", "Sprache: Deutsch\n", "Sprache: Deutsch\n# Ein Wort\n"),
        ("land/staaten.amt", "Sprache: Deutsch\n", "Sprache: Deutsch\n# Ein Wort\n"),
        ("stadt/norderstedt/stellen.amt", "Sprache: Deutsch\n", "Sprache: Deutsch\n# Ein Wort\n"),
        ("land/hund_anmelden.4.amt", "Sprache: Deutsch\n", "Sprache: Deutsch\n# Ein Wort\n"),
        ("stadt/norderstedt/norderstedt.amt", "Sprache: Deutsch\n", "Sprache: Deutsch\n# Ein Wort\n"),
    ],
    // A question that an adoption and a translation name, a task.
    &[
        ("land/hund_anmelden.4.amt", "Frage vorhandene", "Frage bisherige"),
        ("stadt/norderstedt/stellen.amt", "hundesteuer", "katzensteuer"),
    ],
];

/// All that can be asked about the names of a folder; of one file also what can be written there.
fn told(analysis: &Analysis<'_>, changed: &str) -> String {
    let mut told = format!("{:#?}\n", analysis.diagnostics());
    for (file, _) in analysis.sources().iter() {
        let tokens = analysis.tokens(file);
        writeln!(told, "{file} {:?}\n{tokens:?}", analysis.outline(file)).unwrap();
        for at in tokens.iter().map(|token| token.span.start) {
            if let Some((symbol, span)) = analysis.symbol_at(file, at) {
                writeln!(told, "{span:?} {symbol:?} {:?}", analysis.uses(file, at, true)).unwrap();
            }
        }
        if file == changed {
            let text = analysis.sources().text(file).unwrap();
            for (end, _) in text.match_indices('\n') {
                writeln!(told, "{end} {:?}", analysis.complete(file, end, Language::German)).unwrap();
            }
        }
    }
    told
}

#[test]
fn after_a_change_the_same_is_known_as_from_the_start() {
    let mut sources = catalogue();
    let mut analysis = analysis(sources.clone());
    let mut last = String::new();
    for group in CHANGES {
        for (file, from, to) in *group {
            let text = sources.text(file).unwrap_or_else(|| panic!("{file}"));
            assert!(text.contains(from), "{file}: {from}");
            sources.add(file, text.replacen(from, to, 1).as_bytes()).unwrap();
            analysis.update(sources.clone(), TODAY);
        }
        let (file, _, to) = group[0];
        let again = told(&analysis, file);
        let anew = told(&crate::analysis(sources.clone()), file);
        let other = again.lines().zip(anew.lines()).find(|(again, anew)| again != anew);
        assert!(again == anew, "{file}: {to}: {other:#?}");
        assert!(again != last, "{file}: {to}: nothing has changed");
        last = again;
    }
}
