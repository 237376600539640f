//! What the grammar expects, in words. The match is exhaustive: a new rule forces a phrase.

use super::parse::{ParseError, Rule};
use super::{Span, paste};
use crate::diagnostic::{Both, Problem, one_of};
use crate::model::Language;

/// The message for `text`, which could not be read and begins at byte `base` of its file, and its place.
/// `language` is that of the file's keywords, in which words of the language are quoted.
pub(crate) fn cannot_read(error: &ParseError, text: &str, base: usize, language: Language) -> (Problem, Span) {
    let end = base + text.len();
    let at = error.at.clamp(base, end);
    if error.too_deep {
        return (Problem::TooDeep, Span::new(at, end));
    }
    if let Some((problem, at)) = bracket(text) {
        return (problem, Span::new(base + at, base + at + 1));
    }
    let expected = Both::each(|reader| {
        let mut phrases: Vec<String> = Vec::new();
        for rule in &error.expected {
            let text = match phrase(*rule) {
                Some(Phrase::Said(de, en)) => if reader == Language::English { en } else { de }.to_owned(),
                Some(Phrase::Word(de, en)) => {
                    let word = if language == Language::English { en } else { de };
                    if reader == Language::English { format!("“{word}”") } else { format!("„{word}“") }
                }
                None => continue,
            };
            if !phrases.contains(&text) {
                phrases.push(text);
            }
        }
        // Where a value can stand, so can nearly every word of the language: that says enough.
        if let Some(value) = phrases.iter().find(|text| matches!(text.as_str(), "einen Wert" | "a value")).cloned() {
            return value;
        }
        phrases.truncate(4);
        if phrases.is_empty() {
            phrases.push(
                if reader == Language::English { "the end of the line" } else { "das Ende der Zeile" }.to_owned(),
            );
        }
        one_of(&phrases, reader)
    });
    let (before, rest) = text.split_at_checked(at - base).unwrap_or((text, ""));
    let problem = if rest.trim().is_empty() && !before.trim().is_empty() {
        Problem::CutShort { what: last(before.trim()), expected }
    } else {
        Problem::CannotRead { what: first(rest.trim()), expected }
    };
    (problem, Span::new(at, end))
}

/// As much of a text as fits into a message.
const SHOWN: usize = 60;

fn first(text: &str) -> String {
    let short: String = text.chars().take(SHOWN).collect();
    if short.len() < text.len() { format!("{short}…") } else { short }
}

fn last(text: &str) -> String {
    let more = text.chars().count().saturating_sub(SHOWN);
    let short: String = text.chars().skip(more).collect();
    if more > 0 { format!("…{short}") } else { short }
}

/// A bracket without its partner, and where it stands.
fn bracket(text: &str) -> Option<(Problem, usize)> {
    let mut open = Vec::new();
    let mut inside: Option<char> = None;
    for (at, c) in text.char_indices() {
        match (inside, c) {
            (Some(end), _) => inside = (!paste::ends(end, c)).then_some(end),
            (None, '(') => open.push(at),
            (None, ')') if open.pop().is_none() => return Some((Problem::BracketNotOpened, at)),
            (None, _) => inside = paste::partner(c),
        }
    }
    open.pop().map(|at| (Problem::BracketNotClosed, at))
}

/// How something that was expected is named.
enum Phrase {
    /// In the reader's words, German and English.
    Said(&'static str, &'static str),
    /// A word of the language, in its two spellings.
    Word(&'static str, &'static str),
}

fn phrase(rule: Rule) -> Option<Phrase> {
    use Phrase::{Said, Word};
    Some(match rule {
        Rule::text
        | Rule::straight
        | Rule::low_high
        | Rule::high_high
        | Rule::pointing_in
        | Rule::pointing_out
        | Rule::texts => Said("einen Text in Anführungszeichen", "a text in quotation marks"),
        Rule::straight_inner
        | Rule::low_high_inner
        | Rule::high_high_inner
        | Rule::pointing_in_inner
        | Rule::pointing_out_inner => Said("das schließende Anführungszeichen", "the closing quotation mark"),
        Rule::colon => Said("einen Doppelpunkt", "a colon"),
        Rule::equals => Word("=", "="),
        Rule::bar | Rule::last_bar | Rule::cell | Rule::table_line => Word("|", "|"),
        Rule::kw_and => Word("und", "and"),
        Rule::kw_or => Word("oder", "or"),
        Rule::kw_not | Rule::negation => Word("nicht", "not"),
        Rule::kw_answered => Word("beantwortet", "answered"),
        Rule::kw_is | Rule::answered | Rule::not_answered | Rule::op_is_not => Word("ist", "is"),
        Rule::kw_contains | Rule::contains => Word("enthält", "contains"),
        Rule::kw_with => Word("mit", "with"),
        Rule::kw_for => Word("für", "for"),
        Rule::kw_to | Rule::kw_up_to => Word("bis", "to"),
        Rule::kw_except => Word("ohne", "except"),
        Rule::kw_on => Word("am", "on"),
        Rule::kw_per => Word("je", "per"),
        Rule::op
        | Rule::compared
        | Rule::is_in
        | Rule::is_not_in
        | Rule::op_eq
        | Rule::op_le
        | Rule::op_ge
        | Rule::op_ne
        | Rule::op_lt
        | Rule::op_gt
        | Rule::op_at_least
        | Rule::op_at_most
        | Rule::op_more
        | Rule::op_less
        | Rule::op_greater
        | Rule::op_smaller
        | Rule::op_is
        | Rule::op_before
        | Rule::op_after
        | Rule::op_latest
        | Rule::op_earliest => Said("einen Vergleich wie „=“ oder „≥“", "a comparison such as “=” or “≥”"),
        Rule::sum_sign => Said("„+“ oder „-“", "“+” or “-”"),
        Rule::product_sign => Said("„×“ oder „/“", "“×” or “/”"),
        Rule::quantity | Rule::number | Rule::point_number => Said("eine Zahl", "a number"),
        Rule::unit | Rule::units | Rule::unit_word => Said("eine Einheit", "a unit"),
        Rule::date | Rule::month_day | Rule::date_time => Said("ein Datum", "a date"),
        Rule::month => Said("einen Monat", "a month"),
        Rule::time => Said("eine Uhrzeit", "a time"),
        Rule::path | Rule::bare | Rule::name_only | Rule::path_name | Rule::dotted_name => Said("einen Namen", "a name"),
        Rule::condition
        | Rule::operand
        | Rule::comparison
        | Rule::condition_only => Said("eine Bedingung", "a condition"),
        Rule::calc | Rule::product | Rule::factor | Rule::rounded | Rule::calc_only => Said("einen Wert", "a value"),
        Rule::set
        | Rule::set_term
        | Rule::set_atom
        | Rule::set_value
        | Rule::set_range
        | Rule::set_only
        | Rule::words
        | Rule::bound => Said("einen Wert", "a value"),
        Rule::target | Rule::authority_target | Rule::task_target | Rule::end_page_target => {
            Said("eine Stelle oder eine Endseite", "an authority or an end page")
        }
        Rule::bracket => Said("eine Klammer", "a bracket"),
        Rule::list_comma | Rule::items | Rule::item => Said("ein Komma", "a comma"),
        Rule::EOI => Said("das Ende der Zeile", "the end of the line"),
        Rule::WHITESPACE
        | Rule::word_char
        | Rule::value_word
        | Rule::path_part
        | Rule::reserved
        | Rule::mark
        | Rule::key_char
        | Rule::grouped
        | Rule::day2
        | Rule::literal
        | Rule::comparison_sign
        | Rule::word_op
        | Rule::new_comparison
        | Rule::rhs_end
        | Rule::comment
        | Rule::line
        | Rule::key_line
        | Rule::key
        | Rule::value
        | Rule::list_line
        | Rule::bullet
        | Rule::text_line
        | Rule::heading_line
        | Rule::heading_rest
        | Rule::heading
        | Rule::adapted
        | Rule::definition
        | Rule::option
        | Rule::yes
        | Rule::no
        | Rule::slip_equals
        | Rule::slip_same
        | Rule::slip_unequal
        | Rule::slip_and
        | Rule::slip_times
        | Rule::slip_to
        | Rule::slip_from
        | Rule::set_dash
        | Rule::kw_every
        | Rule::kw_some
        | Rule::kw_none
        | Rule::kw_at_least_one
        | Rule::kw_exactly_one
        | Rule::kw_at_most_one
        | Rule::kw_count
        | Rule::kw_sum
        | Rule::kw_distinct
        | Rule::kw_today
        | Rule::kw_now
        | Rule::kw_age
        | Rule::kw_from
        | Rule::kw_over
        | Rule::kw_under
        | Rule::kw_any
        | Rule::kw_no_answer
        | Rule::kw_own_area
        | Rule::kw_otherwise
        | Rule::kw_round
        | Rule::kw_round_up
        | Rule::kw_round_down
        | Rule::kw_end_page
        | Rule::group
        | Rule::every
        | Rule::some
        | Rule::none
        | Rule::distinct
        | Rule::age
        | Rule::count
        | Rule::sum
        | Rule::answer_path
        | Rule::answer_step
        | Rule::entry_number
        // Nearly every value may be followed by a time: that helps nobody.
        | Rule::kw_at_time
        | Rule::at_time
        | Rule::whole_word => return None,
    })
}
