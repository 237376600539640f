//! What stands behind a word: in its proper form, in either keyword language.

use super::expression::{self, Tongue};
use super::{pieces, words};
use crate::model::Language;
use crate::syntax::keyword::{Fixed, Heading, Inner, Key, KindWord};
use crate::syntax::{Rule, expected_words, heading_words, option_words, split_items, unquote, value_words};

/// What a condition is read with.
pub(super) const CONDITION: &[Rule] = &[Rule::condition_only];
/// What a cell left of `||`, or a limit, is read with.
pub(super) const CELL: &[Rule] = &[Rule::set_only];
/// What a calculation is read with.
pub(super) const VALUE: &[Rule] = &[Rule::calc_only];

/// What the definition behind a heading is read with, one after the other.
pub(super) fn definition_rules(heading: Heading) -> &'static [Rule] {
    match heading {
        Heading::Fee | Heading::Value => VALUE,
        Heading::Computed => &[Rule::calc_only, Rule::condition_only],
        _ => &[Rule::set_only, Rule::calc_only],
    }
}

/// What a cell right of `||` is read with, one after the other.
pub(super) fn result_rules(heading: Heading) -> &'static [Rule] {
    match heading {
        Heading::Responsible => &[Rule::target],
        Heading::Fee => VALUE,
        _ => &[Rule::set_only, Rule::calc_only],
    }
}

/// The value behind a key under a heading; `None`: it cannot be read, and its line stays to the letter.
pub(super) fn behind(heading: Heading, key: Key, value: &str, tongue: Tongue) -> Option<String> {
    match key {
        Key::OnlyIf | Key::MustHold => expression::written(Rule::condition_only, value, tongue),
        Key::Kind => kind(value, tongue),
        Key::Area | Key::Open => expression::written(Rule::set_only, value, tongue),
        Key::Adaptable if heading == Heading::Value => expression::written(Rule::set_only, value, tongue),
        Key::Adaptable => Some(listed(value, &value_words(key), tongue)),
        Key::On => expression::written(Rule::calc_only, value, tongue),
        Key::New => {
            let (name, value) = value.split_once('=')?;
            Some(format!("{} = {}", name.trim(), definition(Heading::Transition, value.trim(), tongue)?))
        }
        Key::Expects => Some(answer(value, tongue)),
        Key::Hint
        | Key::Easy
        | Key::Text
        | Key::LegalBasis
        | Key::WhatNext
        | Key::Closed
        | Key::Otherwise
        | Key::OtherwiseWarning
            if unquote(value).is_none() =>
        {
            None
        }
        _ => Some(words::written(value, &value_words(key), tongue)),
    }
}

/// Parts between commas, each of which is one of the words or a name.
fn listed(value: &str, pairs: &words::Pairs, tongue: Tongue) -> String {
    let items = split_items(value, 0);
    let written = items.iter().map(|(item, _)| match words::spelled(item, pairs, tongue) {
        Some(word) => word.to_owned(),
        None => plain(item, tongue),
    });
    written.collect::<Vec<_>>().join(", ")
}

/// What stands behind `=` in a heading.
pub(super) fn definition(heading: Heading, text: &str, tongue: Tongue) -> Option<String> {
    let (rule, written) = first(definition_rules(heading), text, tongue)?;
    // The first `=` defines; a further one reads easier in brackets.
    Some(if rule == Rule::condition_only && expression::whole(Rule::bracket, &written).is_none() {
        format!("({written})")
    } else {
        written
    })
}

/// What an example answers or expects, one value or several with commas.
pub(super) fn answer(value: &str, tongue: Tongue) -> String {
    let items = split_items(value, 0);
    if items.is_empty() {
        return words::written(value, &[], tongue);
    }
    let written = items.iter().map(|(item, _)| {
        let pairs = value_words(Key::Expects);
        if let Some(word) = words::spelled(item, &pairs, tongue) {
            return word.to_owned();
        }
        let rules = [Rule::date_time, Rule::quantity];
        let read = rules.into_iter().find_map(|rule| expression::written(rule, item, tongue));
        read.unwrap_or_else(|| words::written(item, &[], tongue))
    });
    written.collect::<Vec<_>>().join(", ")
}

/// `Art:`: kind, limits, marks.
fn kind(value: &str, tongue: Tongue) -> Option<String> {
    let items = split_items(value, 0);
    let (first, rest) = items.split_first()?;
    let mut written = vec![kind_itself(&first.0, tongue)?];
    for (item, _) in rest {
        written.push(limit(item, tongue)?);
    }
    Some(written.join(", "))
}

fn kind_itself(text: &str, tongue: Tongue) -> Option<String> {
    let Some((found, rest)) = KindWord::find_at_start(text) else {
        let own = text.starts_with(char::is_lowercase) && !text.contains(char::is_whitespace);
        return own.then(|| text.to_owned());
    };
    // A word of the other language is reported where kinds are checked.
    if found.language.is_some_and(|language| language != tongue.from) {
        return None;
    }
    let word = found.word.spelling(tongue.to);
    let rest = rest.trim();
    if rest.is_empty() {
        return Some(word.to_owned());
    }
    if let Some((Fixed::In, unit)) = Fixed::find_at_start(rest).map(|(found, unit)| (found.word, unit)) {
        let units = expression::written(Rule::quantity, &format!("2 {}", unit.trim()), tongue)?;
        return Some(format!("{word} {} {}", Fixed::In.spelling(tongue.to), units.strip_prefix("2 ")?));
    }
    if matches!(found.word, KindWord::OneOf | KindWord::SeveralOf)
        && let Some((list, name)) = KindWord::find_at_start(rest).filter(|(found, _)| found.word == KindWord::List)
    {
        return Some(format!("{word} {} {}", list.word.spelling(tongue.to), name.trim()));
    }
    // `Betrag je Monat`, `Liste staaten`.
    let per = expression::written(Rule::quantity, &format!("2 € {rest}"), tongue);
    let per = per.and_then(|per| Some(per.strip_prefix("2 € ")?.to_owned()));
    Some(format!("{word} {}", per.unwrap_or_else(|| words::written(rest, &[], tongue))))
}

fn limit(item: &str, tongue: Tongue) -> Option<String> {
    let marks = [
        Fixed::Optional,
        Fixed::MayFollowUntil,
        Fixed::MayFollow,
        Fixed::AlsoIncomplete,
        Fixed::AtMost,
        Fixed::AtLeast,
        Fixed::Exactly,
    ];
    if let Some((found, rest)) = Fixed::find_at_start(item).filter(|(found, _)| marks.contains(&found.word)) {
        let word = found.word.spelling(tongue.to);
        if rest.trim().is_empty() {
            return Some(word.to_owned());
        }
        return Some(format!("{word} {}", expression::written(Rule::calc_only, rest.trim(), tongue)?));
    }
    expression::written(Rule::set_only, item, tongue)
}

/// A cell left of `||`, or of a table of values.
pub(super) fn cell(text: &str, tongue: Tongue) -> Option<String> {
    if text.is_empty() {
        return Some(String::new());
    }
    if let Some(word) = otherwise(text, tongue) {
        return Some(word.to_owned());
    }
    expression::written(Rule::set_only, text, tongue)
}

fn otherwise(text: &str, tongue: Tongue) -> Option<&'static str> {
    (text == Inner::Otherwise.spelling(tongue.from)).then(|| Inner::Otherwise.spelling(tongue.to))
}

/// A cell right of `||`.
pub(super) fn result(heading: Heading, text: &str, tongue: Tongue) -> Option<String> {
    let ask = [Fixed::AskAnew].map(|word| (word.spelling(Language::German), word.spelling(Language::English)));
    if let Some(word) = words::spelled(text, &ask, tongue).filter(|_| heading == Heading::Transition) {
        return Some(word.to_owned());
    }
    first(result_rules(heading), text, tongue).map(|(_, written)| written)
}

/// A cell of a code list: facts have words and units, keys and labels are names.
pub(super) fn fact(text: &str, tongue: Tongue) -> String {
    let items = split_items(text, 0);
    if items.len() > 1 { words::written(text, &[], tongue) } else { answer(text, tongue) }
}

/// A cell of the first row: what the column is.
pub(super) fn column(text: &str, tongue: Tongue) -> String {
    let words =
        [Fixed::ColumnKey, Fixed::ColumnLabel, Fixed::ColumnTo, Fixed::ColumnAmount, Fixed::ValidFrom, Fixed::ValidTo];
    if let Some(word) = words.iter().find(|word| word.spelling(tongue.from) == text) {
        return word.spelling(tongue.to).to_owned();
    }
    expression::written(Rule::calc_only, text, tongue).unwrap_or_else(|| words::written(text, &[], tongue))
}

/// By the first rule that can read it, unless another would read what comes out.
fn first(rules: &[Rule], text: &str, tongue: Tongue) -> Option<(Rule, String)> {
    let (rule, written) = rules.iter().find_map(|rule| Some((*rule, expression::written(*rule, text, tongue)?)))?;
    let again = rules.iter().find(|rule| expression::whole(**rule, &written).is_some());
    (again == Some(&rule)).then_some((rule, written))
}

/// What stands behind the dash of an option: name, label, hint, further words, condition.
pub(super) fn option(text: &str, tongue: Tongue) -> Option<String> {
    let end = text.find(|c: char| c.is_whitespace() || matches!(c, ',' | '"' | '„' | '“' | '»' | '«'));
    let (name, rest) = text.split_at(end.unwrap_or(text.len()));
    let (rest, condition) = crate::check::options::condition_at_end(rest, 0);
    let mut written = name.to_owned();
    for (at, (item, _)) in split_items(rest, 0).iter().enumerate() {
        match (at, item.is_empty()) {
            (0, true) => continue,
            // A comma with nothing behind it.
            (_, true) => return None,
            _ => {}
        }
        // The label stands behind the name, everything else behind a comma.
        let label = at == 0 && unquote(item).is_some();
        written.push_str(if label { " " } else { ", " });
        let hint = item.split_once(':').filter(|(word, _)| Key::find(word.trim()).is_some_and(|f| f.word == Key::Hint));
        match hint {
            Some((_, value)) => {
                let value = words::written(value, &[], tongue);
                written.push_str(&format!("{}: {}", Key::Hint.spelling(tongue.to), value.trim()));
            }
            None if label => written.push_str(&plain(item, tongue)),
            None => written.push_str(words::spelled(item, &option_words(), tongue)?),
        }
    }
    if let Some((condition, _)) = condition {
        let condition = expression::written(Rule::condition_only, &condition, tongue)?;
        written.push_str(&format!(", {}: {condition}", Key::OnlyIf.spelling(tongue.to)));
    }
    Some(written)
}

/// What stands behind the word of a heading: name, text, what it is defined as, further words.
pub(super) fn heading(heading: Heading, rest: &str, tongue: Tongue) -> Option<String> {
    heading_by(Rule::heading, heading, rest, tongue)
}

/// The same of a heading that names one of the template: `ersetzt Frage halter.person`.
pub(super) fn adapted(target: Heading, rest: &str, tongue: Tongue) -> Option<String> {
    heading_by(Rule::adapted, target, rest, tongue)
}

fn heading_by(rule: Rule, heading: Heading, rest: &str, tongue: Tongue) -> Option<String> {
    let rest = rest.trim();
    if rest.is_empty() {
        return Some(String::new());
    }
    let mut written = String::new();
    for part in crate::syntax::pairs(rule, rest, 0).ok()?.into_inner() {
        let text = part.as_str().trim();
        let (before, part) = match part.as_rule() {
            Rule::path_name | Rule::dotted_name => ("", text.to_owned()),
            Rule::text => (" ", plain(text, tongue)),
            Rule::definition => (" = ", definition(heading, text, tongue)?),
            Rule::item => (", ", words::written(text, &heading_words(), tongue)),
            _ => continue,
        };
        written.push_str(before);
        written.push_str(&part);
    }
    Some(written.trim_start().to_owned())
}

/// What an example expects: the words before the colon.
pub(super) fn expected(words: &str, tongue: Tongue) -> Option<String> {
    let (found, rest) = Key::find_at_start(words).filter(|(found, _)| found.word == Key::Expects)?;
    let rest = rest.trim();
    let mut pairs = expected_words();
    pairs.sort_by_key(|(german, _)| std::cmp::Reverse(german.len()));
    let named = pairs.iter().find_map(|pair| {
        let word = if tongue.from == Language::English { pair.1 } else { pair.0 };
        let name = rest.strip_prefix(word).filter(|name| name.is_empty() || name.starts_with(' '))?;
        Some(format!("{}{name}", words::spelled(word, &pairs, tongue)?))
    });
    let named = named.unwrap_or_else(|| rest.to_owned());
    Some(format!("{} {named}", found.word.spelling(tongue.to)).trim_end().to_owned())
}

/// A line that is none of these: blanks and quotation marks.
pub(super) fn plain(text: &str, tongue: Tongue) -> String {
    pieces::tidy(text, Into::into, |inner| tongue.text(inner))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAME: Tongue = Tongue { from: Language::German, to: Language::German };

    #[test]
    fn conditions_have_one_form() {
        for (written, proper) in [
            ("a<=1 und  b<>2", "a ≤ 1 und b ≠ 2"),
            ("a = „Köln“ oder b=»x«", "a = \"Köln\" oder b = \"x\""),
            ("a = x oder y und b=1", "a = (x oder y) und b = 1"),
            ("nicht a = x oder (y) und b=1", "nicht a = (x oder (y)) und b = 1"),
            ("a = (x oder y) und ( b=1 )", "a = (x oder y) und (b = 1)"),
            ("jede hunde: gefährlich = Ja", "jeder hunde: gefährlich = Ja"),
            ("keine hunde:gefährlich=Ja", "kein hunde: gefährlich = Ja"),
            ("mindestens  eine hunde : (a = 1)", "mindestens ein hunde: (a = 1)"),
            ("mindestens eine  Antwort: a ,b", "mindestens eine Antwort: a, b"),
            ("seit≥heute-1 Tage", "seit ≥ heute - 1 Tag"),
            ("a ist   nicht beantwortet", "a ist nicht beantwortet"),
            ("ort = Bad  Segeberg", "ort = Bad Segeberg"),
            ("a>=2*(b-1)", "a ≥ 2 × (b - 1)"),
        ] {
            let found = behind(Heading::Question, Key::OnlyIf, written, SAME);
            assert_eq!(found.as_deref(), Some(proper), "{written}");
            assert_eq!(behind(Heading::Question, Key::OnlyIf, proper, SAME).as_deref(), Some(proper));
        }
        assert_eq!(behind(Heading::Question, Key::OnlyIf, "a = = b", SAME), None);
    }

    #[test]
    fn kinds_have_one_form() {
        for (written, proper) in [
            ("Text , höchstens 1  Zeichen, freiwillig", "Text, höchstens 1 Zeichen, freiwillig"),
            (
                "Dezimalzahl in Stunde je Wochen, 0,5 bis 80, 1 Nachkommastellen",
                "Dezimalzahl in Stunden je Woche, 0,5 bis 80, 1 Nachkommastelle",
            ),
            (
                "Datei, PDF  oder JPEG, höchstens 5MB, nachreichbar 28 Tag",
                "Datei, PDF oder JPEG, höchstens 5 MB, nachreichbar 28 Tage",
            ),
            ("mehrere von  Liste staaten, höchstens 3", "mehrere von Liste staaten, höchstens 3"),
            ("person", "person"),
            ("Datum, heute-30 Jahr bis heute", "Datum, heute - 30 Jahre bis heute"),
        ] {
            assert_eq!(behind(Heading::Question, Key::Kind, written, SAME).as_deref(), Some(proper), "{written}");
            assert_eq!(behind(Heading::Question, Key::Kind, proper, SAME).as_deref(), Some(proper));
        }
        assert_eq!(behind(Heading::Question, Key::Kind, "Dattum", SAME), None);
    }

    #[test]
    fn definitions_have_one_form() {
        for (heading, written, proper) in [
            (Heading::Computed, "a.b = Nein", "(a.b = Nein)"),
            (Heading::Computed, "(a = Nein)", "(a = Nein)"),
            (Heading::Computed, "(a = Nein) und (b = Ja)", "((a = Nein) und (b = Ja))"),
            (Heading::Computed, "Anzahl hunde mit a=Ja", "Anzahl hunde mit a = Ja"),
            (Heading::Fee, "60 €+10 €*( n - 1 ), aufgerundet  auf 1€", "60 € + 10 € × (n - 1), aufgerundet auf 1 €"),
            (
                Heading::Fee,
                "5€ je m² je Monate*a*b,mindestens  50€ , höchstens 1 Euro",
                "5 € je m² je Monat × a × b, mindestens 50 €, höchstens 1 Euro",
            ),
            (Heading::Value, "18.04.2027", "18.04.2027"),
        ] {
            assert_eq!(definition(heading, written, SAME).as_deref(), Some(proper), "{written}");
            assert_eq!(definition(heading, proper, SAME).as_deref(), Some(proper));
        }
    }
}
