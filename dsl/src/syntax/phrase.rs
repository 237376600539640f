//! What the grammar expects, in words. The match is exhaustive: a new rule forces a phrase.

use super::parse::{ParseError, Rule};
use crate::diagnostic::Problem;
use crate::model::Language;

/// The message for something that could not be read.
pub(crate) fn cannot_read(error: &ParseError, what: &str, language: Language) -> Problem {
    if error.too_deep {
        return Problem::TooDeep;
    }
    let english = language == Language::English;
    let mut phrases: Vec<&str> = Vec::new();
    for rule in &error.expected {
        if let Some((de, en)) = phrase(*rule) {
            let text = if english { en } else { de };
            if !phrases.contains(&text) {
                phrases.push(text);
            }
        }
    }
    phrases.truncate(5);
    let expected = match phrases.split_last() {
        None => if english { "the end of the line" } else { "das Ende der Zeile" }.to_owned(),
        Some((last, [])) => (*last).to_owned(),
        Some((last, rest)) => format!("{} {} {last}", rest.join(", "), if english { "or" } else { "oder" }),
    };
    let what = if english { format!("“{what}”") } else { format!("„{what}“") };
    Problem::CannotRead { what, expected }
}

fn phrase(rule: Rule) -> Option<(&'static str, &'static str)> {
    Some(match rule {
        Rule::text
        | Rule::straight
        | Rule::low_high
        | Rule::high_high
        | Rule::pointing_in
        | Rule::pointing_out
        | Rule::texts => ("ein Text in Anführungszeichen", "a text in quotation marks"),
        Rule::straight_inner
        | Rule::low_high_inner
        | Rule::high_high_inner
        | Rule::pointing_in_inner
        | Rule::pointing_out_inner => ("das schließende Anführungszeichen", "the closing quotation mark"),
        Rule::colon => ("ein Doppelpunkt", "a colon"),
        Rule::equals | Rule::op_eq => ("„=“", "“=”"),
        Rule::bar | Rule::last_bar | Rule::cell | Rule::table_line => ("„|“", "“|”"),
        Rule::kw_and => ("„und“", "“and”"),
        Rule::kw_or => ("„oder“", "“or”"),
        Rule::kw_not | Rule::negation => ("„nicht“", "“not”"),
        Rule::kw_answered => ("„beantwortet“", "“answered”"),
        Rule::kw_is | Rule::answered | Rule::not_answered | Rule::op_is_not => ("„ist“", "“is”"),
        Rule::kw_contains | Rule::contains => ("„enthält“", "“contains”"),
        Rule::kw_with => ("„mit“", "“with”"),
        Rule::kw_for => ("„für“", "“for”"),
        Rule::kw_to | Rule::kw_up_to => ("„bis“", "“to”"),
        Rule::kw_except => ("„ohne“", "“except”"),
        Rule::kw_on => ("„am“", "“on”"),
        Rule::kw_at_time | Rule::at_time => ("„um“ mit einer Uhrzeit", "“at” with a time"),
        Rule::kw_per => ("„je“", "“per”"),
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
        | Rule::op_earliest => ("ein Vergleich wie „=“ oder „≥“", "a comparison such as “=” or “≥”"),
        Rule::sum_sign => ("„+“ oder „-“", "“+” or “-”"),
        Rule::product_sign => ("„×“ oder „/“", "“×” or “/”"),
        Rule::quantity | Rule::number | Rule::point_number => ("eine Zahl", "a number"),
        Rule::unit | Rule::units | Rule::unit_word => ("eine Einheit", "a unit"),
        Rule::date | Rule::month_day | Rule::date_time => ("ein Datum", "a date"),
        Rule::month => ("ein Monat", "a month"),
        Rule::time => ("eine Uhrzeit", "a time"),
        Rule::path | Rule::bare | Rule::name_only | Rule::path_name => ("ein Name", "a name"),
        Rule::condition
        | Rule::operand
        | Rule::comparison
        | Rule::condition_only
        | Rule::compared
        | Rule::is_in
        | Rule::is_not_in => ("eine Bedingung", "a condition"),
        Rule::calc | Rule::product | Rule::factor | Rule::rounded | Rule::calc_only => ("ein Wert", "a value"),
        Rule::set
        | Rule::set_term
        | Rule::set_atom
        | Rule::set_value
        | Rule::set_range
        | Rule::set_only
        | Rule::words
        | Rule::bound => ("ein Wert", "a value"),
        Rule::target | Rule::authority_target | Rule::task_target | Rule::end_page_target => {
            ("eine Stelle oder eine Endseite", "an authority or an end page")
        }
        Rule::bracket => ("eine Klammer", "a bracket"),
        Rule::list_comma | Rule::items | Rule::item => ("ein Komma", "a comma"),
        Rule::EOI => ("das Ende der Zeile", "the end of the line"),
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
