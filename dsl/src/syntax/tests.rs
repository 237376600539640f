//! The words of the language: what the tables of keywords have, the grammar has, and no more.

use pest::Parser as _;

use super::keyword::{Fixed, Heading, Inner, Key, KindWord, RESERVED};
use super::parse::{Parser, Rule};
use crate::model::Language;

/// The rule of the grammar for a word inside conditions, cells and calculations.
fn rule(word: Inner) -> Rule {
    match word {
        Inner::And => Rule::kw_and,
        Inner::Or => Rule::kw_or,
        Inner::Not => Rule::kw_not,
        Inner::IsNotAnswered => Rule::not_answered,
        Inner::IsAnswered => Rule::answered,
        Inner::IsNot => Rule::op_is_not,
        Inner::Is => Rule::kw_is,
        Inner::Contains => Rule::kw_contains,
        Inner::Every => Rule::kw_every,
        Inner::AtLeastOneAnswer => Rule::kw_at_least_one,
        Inner::ExactlyOneAnswer => Rule::kw_exactly_one,
        Inner::AtMostOneAnswer => Rule::kw_at_most_one,
        Inner::Some => Rule::kw_some,
        Inner::NoAnswer => Rule::kw_no_answer,
        Inner::No => Rule::no,
        Inner::None => Rule::kw_none,
        Inner::Yes => Rule::yes,
        Inner::Count => Rule::kw_count,
        Inner::Sum => Rule::kw_sum,
        Inner::With => Rule::kw_with,
        Inner::Distinct => Rule::kw_distinct,
        Inner::Today => Rule::kw_today,
        Inner::Now => Rule::kw_now,
        Inner::Age => Rule::kw_age,
        Inner::On => Rule::kw_on,
        Inner::AtTime => Rule::kw_at_time,
        Inner::From => Rule::kw_from,
        Inner::Over => Rule::kw_over,
        Inner::UpTo => Rule::kw_up_to,
        Inner::To => Rule::kw_to,
        Inner::Under => Rule::kw_under,
        Inner::Except => Rule::kw_except,
        Inner::Any => Rule::kw_any,
        Inner::OwnArea => Rule::kw_own_area,
        Inner::Otherwise => Rule::kw_otherwise,
        Inner::Per => Rule::kw_per,
        Inner::RoundedUp => Rule::kw_round_up,
        Inner::RoundedDown => Rule::kw_round_down,
        Inner::Rounded => Rule::kw_round,
        Inner::For => Rule::kw_for,
        Inner::AtLeast => Rule::op_at_least,
        Inner::AtMost => Rule::op_at_most,
        Inner::MoreThan => Rule::op_more,
        Inner::LessThan => Rule::op_less,
        Inner::GreaterThan => Rule::op_greater,
        Inner::SmallerThan => Rule::op_smaller,
        Inner::Before => Rule::op_before,
        Inner::After => Rule::op_after,
        Inner::Latest => Rule::op_latest,
        Inner::Earliest => Rule::op_earliest,
        Inner::EndPage => Rule::kw_end_page,
    }
}

#[test]
fn the_grammar_takes_both_spellings_of_every_word_and_nothing_longer() {
    for word in Inner::ALL {
        for language in [Language::German, Language::English] {
            let spelling = word.spelling(language);
            let rule = rule(*word);
            let text = if matches!(rule, Rule::answered | Rule::not_answered) {
                format!("x {spelling}")
            } else {
                spelling.to_owned()
            };
            let found = Parser::parse(rule, &text).unwrap_or_else(|_| panic!("“{spelling}” is not read"));
            assert_eq!(found.as_str(), text, "“{spelling}” is read in part");
            let longer = format!("{text}x");
            let longer = Parser::parse(rule, &longer);
            assert!(longer.is_err(), "“{spelling}x” is taken for “{spelling}”");
        }
    }
}

#[test]
fn every_keyword_of_the_grammar_ends_with_its_word() {
    let grammar = include_str!("amt.pest");
    let mut seen = 0;
    for line in grammar.lines() {
        let Some((name, body)) = line.split_once('=') else { continue };
        let name = name.trim();
        let has_letters = body.split('"').skip(1).step_by(2).any(|word| word.chars().any(char::is_alphabetic));
        if (name.starts_with("kw_") || name.starts_with("op_") || name == "yes" || name == "no") && has_letters {
            seen += 1;
            assert!(body.trim_end().ends_with("~ !word_char }"), "{name} may be followed by a letter");
            assert!(body.trim_start().starts_with("@{"), "{name} is not one piece");
        }
    }
    assert!(seen > 40, "only {seen} keywords were found");
}

#[test]
fn words_that_begin_something_inside_are_reserved_in_both_languages() {
    for word in Inner::ALL {
        for language in [Language::German, Language::English] {
            let first = word.spelling(language).split(' ').next().unwrap();
            if first.chars().next().unwrap().is_lowercase() {
                assert!(RESERVED.contains(&first), "“{first}” could be a name");
            }
        }
    }
}

#[test]
fn no_reserved_word_can_be_a_name_or_part_of_a_value() {
    for word in RESERVED {
        let mut sources = crate::syntax::Sources::new();
        let text = format!(
            "Sprache: Deutsch\nInformation a \"A\"\n  Fassung: 1, gültig ab 01.01.2026\nAbschnitt {word} \"B\"\n"
        );
        sources.add("a.amt", text.as_bytes()).unwrap();
        let regions = crate::region::Regions::shipped();
        let (_, problems) = crate::compile(&sources, regions, jiff::civil::date(2026, 11, 22));
        let codes: Vec<&str> = problems.iter().map(|problem| problem.problem.code()).collect();
        assert_eq!(codes, ["AW0102"], "“{word}” as a name");
    }
}

#[test]
fn reserved_words_are_words_of_the_language() {
    let mut words: Vec<&str> = Vec::new();
    for language in [Language::German, Language::English] {
        words.extend(Inner::ALL.iter().flat_map(|word| word.spelling(language).split(' ')));
        words.extend(Fixed::ALL.iter().flat_map(|word| word.spelling(language).split(' ')));
        words.extend(KindWord::ALL.iter().flat_map(|word| word.spelling(language).split(' ')));
        words.extend(Key::ALL.iter().flat_map(|word| word.spelling(language).split(' ')));
    }
    // Further forms of the same words, and words of parts that are still to come.
    let further = ["jede", "jedes", "keine", "eine", "wird", "becomes", "eigenes", "own"];
    for word in RESERVED {
        assert!(words.contains(word) || further.contains(word), "“{word}” is reserved for nothing");
    }
}

#[test]
fn every_word_has_one_meaning_in_each_table_and_language() {
    fn once<T: Copy + std::fmt::Debug>(all: &[T], spelling: impl Fn(T, Language) -> &'static str, allowed: &[&str]) {
        for language in [Language::German, Language::English] {
            let mut spellings: Vec<&str> = all.iter().map(|word| spelling(*word, language)).collect();
            spellings.sort_unstable();
            for pair in spellings.windows(2) {
                assert!(pair[0] != pair[1] || allowed.contains(&pair[0]), "“{}” stands twice", pair[0]);
            }
        }
    }
    once(Heading::ALL, Heading::spelling, &[]);
    once(Key::ALL, Key::spelling, &[]);
    once(KindWord::ALL, KindWord::spelling, &[]);
    // `bis` is "to" and "up to", `no` is "Nein" and "kein": the place decides.
    once(Inner::ALL, Inner::spelling, &["bis", "no"]);
}
