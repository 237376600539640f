//! What each word of a file is.

use std::fmt::Write;

use amtsweg_dsl::model::Language;

use crate::names::{HUND, dogs};
use crate::{analysis, catalogue};

#[test]
fn the_words_of_a_file() {
    let dogs = dogs();
    let mut out = String::new();
    let tokens = dogs.tokens("hund.amt");
    let mut start = 0;
    for line in HUND.split_inclusive('\n') {
        let end = start + line.len();
        out += line;
        for token in tokens.iter().filter(|token| start <= token.span.start && token.span.end <= end) {
            let own = if token.introduces { ", introduced" } else { "" };
            writeln!(out, "    {} – {:?}{own}", &HUND[token.span.start..token.span.end], token.kind).unwrap();
        }
        start = end;
    }
    insta::assert_snapshot!(out);
}

/// In every file the words stand in their order, none over another or over the end of a line; and
/// nothing breaks, wherever one asks.
#[test]
fn words_stand_in_their_order() {
    let analysis = analysis(catalogue());
    for (file, _) in analysis.sources().iter() {
        let text = analysis.sources().text(file).unwrap();
        let mut at = 0;
        for token in analysis.tokens(file) {
            let word = text.get(token.span.start..token.span.end).unwrap();
            assert!(at <= token.span.start && !word.is_empty() && !word.contains('\n'), "{file} {token:?} {word}");
            at = token.span.end;
        }
        for (offset, _) in text.char_indices().step_by(37) {
            let found = analysis.complete(file, offset, Language::German);
            for item in found.items {
                assert!(item.replace.start <= offset && item.replace.end == offset, "{file} {offset} {item:?}");
                assert!(
                    text.get(item.replace.start..offset).is_some_and(|over| !over.contains('\n')),
                    "{file} {offset}"
                );
            }
            if let Some(hover) = analysis.hover(file, offset, Language::English) {
                assert!(hover.span.start <= offset && offset <= hover.span.end, "{file} {offset} {hover:?}");
            }
        }
    }
}
