//! What the grammar expects, in words. The match is exhaustive: a new rule forces a phrase.

use super::parse::{ParseError, Rule};
use crate::diagnostic::{Both, Problem};
use crate::model::Language;

/// The message for something that could not be read; `language` is that of the file's keywords,
/// in which words of the language are quoted.
pub(crate) fn cannot_read(error: &ParseError, what: &str, language: Language) -> Problem {
    if error.too_deep {
        return Problem::TooDeep;
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
        let english = reader == Language::English;
        match phrases.split_last() {
            None => if english { "the end of the line" } else { "das Ende der Zeile" }.to_owned(),
            Some((last, [])) => last.clone(),
            Some((last, rest)) => format!("{} {} {last}", rest.join(", "), if english { "or" } else { "oder" }),
        }
    });
    Problem::CannotRead { what: what.to_owned(), expected }
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
        Rule::equals | Rule::op_eq => Word("=", "="),
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
        Rule::kw_at_time | Rule::at_time => Said("„um“ mit einer Uhrzeit", "“at” with a time"),
        Rule::kw_per => Word("je", "per"),
        Rule::op
        | Rule::op_le
        | Rule::op_ge
        | Rule::op_ne
        | Rule::op_lt
        | Rule::op_gt
        | Rule::op_at_least
        | Rule::op_at_most
        | Rule::op_more
        | Rule::op_less
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
        Rule::path | Rule::bare | Rule::name_only | Rule::path_name => Said("einen Namen", "a name"),
        Rule::condition
        | Rule::operand
        | Rule::comparison
        | Rule::condition_only
        | Rule::compared
        | Rule::is_in
        | Rule::is_not_in => Said("eine Bedingung", "a condition"),
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
        | Rule::definition
        | Rule::option
        | Rule::yes
        | Rule::no
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
        | Rule::entry_number => return None,
    })
}
