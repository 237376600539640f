//! The words of the language: what the tables of keywords have, the grammar has, and no more; and
//! where one condition ends and the next begins.

use pest::Parser as _;

use super::expression::{ConditionExpr, ConditionKind};
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
            let text = spelling;
            let found = Parser::parse(rule, text).unwrap_or_else(|_| panic!("“{spelling}” is not read"));
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

/// A condition with all its brackets; comparisons as they are written.
fn shape(condition: &ConditionExpr, text: &str) -> String {
    let all = |inner: &[ConditionExpr], sign: &str| {
        format!("({})", inner.iter().map(|one| shape(one, text)).collect::<Vec<_>>().join(sign))
    };
    match &condition.kind {
        ConditionKind::And(inner) => all(inner, " & "),
        ConditionKind::Or(inner) => all(inner, " | "),
        ConditionKind::Mixed => "mixed".to_owned(),
        ConditionKind::Not(inner) => format!("!{}", shape(inner, text)),
        ConditionKind::Every(_, inner) => format!("every:{}", shape(inner, text)),
        ConditionKind::Some(_, inner) => format!("some:{}", shape(inner, text)),
        ConditionKind::None(_, inner) => format!("none:{}", shape(inner, text)),
        _ => format!("[{}]", &text[condition.span.start..condition.span.end]),
    }
}

/// What follows `oder` is a further value, or a comparison of its own.
#[test]
fn an_or_joins_values_or_comparisons() {
    for (text, expected) in [
        ("a = b oder c", "[a = b oder c]"),
        ("a = b oder c und d = Ja", "([a = b oder c] & [d = Ja])"),
        ("a = Ja oder b = Ja", "([a = Ja] | [b = Ja])"),
        ("a = Ja oder b <= 10 cm", "([a = Ja] | [b <= 10 cm])"),
        ("a = b oder c oder d = Ja", "([a = b oder c] | [d = Ja])"),
        ("a = b oder c mindestens 5 cm", "([a = b] | [c mindestens 5 cm])"),
        ("a = b oder c ist mehr als 5 cm", "([a = b] | [c ist mehr als 5 cm])"),
        ("a = b oder c ist beantwortet", "([a = b] | [c ist beantwortet])"),
        ("a = b oder c ist nicht d", "([a = b] | [c ist nicht d])"),
        ("a = b oder c enthält d oder e", "([a = b] | [c enthält d oder e])"),
        ("a = b oder hunde verschieden nach chip", "([a = b] | [hunde verschieden nach chip])"),
        ("a = b oder nicht c = d", "([a = b] | ![c = d])"),
        ("a = b oder keine hunde: c = Ja", "([a = b] | none:[c = Ja])"),
        ("a = b oder (c > 5 cm und d = Ja)", "([a = b] | ([c > 5 cm] & [d = Ja]))"),
        ("a = b oder (c oder d)", "[a = b oder (c oder d)]"),
        ("a = b oder hund_c = d", "([a = b] | [hund_c = d])"),
        ("a = b oder hund", "[a = b oder hund]"),
        ("a = b oder \"x = y\"", "[a = b oder \"x = y\"]"),
        ("a = 1 bis 5 oder b = Ja", "([a = 1 bis 5] | [b = Ja])"),
        ("(tag = 01.06. bis 31.08. oder tag ≥ x)", "([tag = 01.06. bis 31.08.] | [tag ≥ x])"),
        ("a = b oder Anzahl hunde > 3", "([a = b] | [Anzahl hunde > 3])"),
        ("a = b oder genau eine Antwort: c, d", "([a = b] | [genau eine Antwort: c, d])"),
        ("a = yes or b is no or c", "([a = yes] | [b is no or c])"),
        ("a = yes or b at least 5 cm", "([a = yes] | [b at least 5 cm])"),
    ] {
        let condition = super::parse_condition(text, 0).unwrap_or_else(|error| panic!("“{text}”: {error:?}"));
        assert_eq!(shape(&condition, text), expected, "“{text}”");
    }
}
