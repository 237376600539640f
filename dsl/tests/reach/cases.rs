//! What derived cases show, against trying every way to fill in a small form.

use amtsweg_dsl::cases::{Shown, Tested, with_cases};
use amtsweg_dsl::model::Language;
use amtsweg_dsl::region::Regions;

use crate::runs::Runs;
use crate::text::{Size, What};
use crate::{Compiled, compiled, forms, sources};

/// What is said of a spot that holds, and of one that does not.
fn said(what: &What) -> [&'static str; 2] {
    match what {
        What::Section(_) | What::Question(..) => ["wird gefragt", "wird nicht gefragt"],
        What::Option(..) => ["wird angeboten", "wird nicht angeboten"],
        What::EndPage(_) => ["wird erreicht", "wird nicht erreicht"],
        What::Rule(_) => ["wird eingehalten", "wird verletzt"],
    }
}

fn tested(text: &str) -> (Tested, usize) {
    let today = jiff::civil::date(2026, 11, 22);
    let (mut all, problems) = amtsweg_dsl::tested(&sources(text), Regions::shipped(), today, &|_| true);
    (all.remove(0), problems.len())
}

/// Holds each spot of a form against all ways to fill it in; how many cases were not found.
fn hold(seed: u64, form: &Compiled, one: &Tested) -> (usize, usize) {
    let runs = Runs::of(&form.procedure);
    let kept = runs.kept();
    let (mut looked_at, mut missed) = (0, 0);
    for spot in &form.written.spots {
        // A case ends on a page only where no rule refuses.
        let ends = matches!(spot.what, What::EndPage(_));
        let can = if ends { kept.can(&form.procedure, spot) } else { runs.can(&form.procedure, spot) };
        for (words, can) in said(&spot.what).into_iter().zip([can.0, can.1]) {
            let aims =
                one.aims.iter().filter(|aim| aim.line == spot.line && aim.words.get(Language::German).ends_with(words));
            let shown: Vec<Shown> = aims.map(|aim| aim.shown).collect();
            let about = || format!("seed {seed}, line {}: {words}\n{}", spot.line, form.written.text);
            looked_at += usize::from(can);
            assert!(!can || !shown.is_empty(), "said that it cannot happen, and it can: {}", about());
            assert!(can || !shown.contains(&Shown::Case), "a case shows what cannot happen: {}", about());
            missed += usize::from(can && !shown.iter().all(|shown| *shown == Shown::Case));
        }
    }
    (looked_at, missed)
}

#[test]
fn what_can_happen_is_shown_by_a_case() {
    let (mut looked_at, mut missed, mut cases, mut forms_tried) = (0, 0, 0, 0);
    for seed in 0..forms(600) {
        let Ok(form) = compiled(seed, Size::Small) else { continue };
        let (one, messages) = tested(&form.written.text);
        let found = hold(seed, &form, &one);
        (looked_at, missed) = (looked_at + found.0, missed + found.1);
        cases += one.cases.len();
        forms_tried += 1;
        // Written down, the cases are right, and leave nothing to derive.
        let text = with_cases(&form.written.text, &one.cases);
        let (again, after) = tested(&text);
        let wrong: Vec<_> = again.examples.iter().filter(|example| !example.problems.is_empty()).collect();
        assert!(wrong.is_empty(), "seed {seed}:\n{text}\n{wrong:#?}");
        assert!(after <= messages, "seed {seed}: new messages\n{text}");
    }
    println!("{forms_tried} forms: {missed} of {looked_at} not shown, {cases} cases");
    assert!(looked_at > 100, "too few are looked at");
    assert!(missed * 100 <= looked_at, "of {looked_at} that can happen {missed} are not shown");
}
