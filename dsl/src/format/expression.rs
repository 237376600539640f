//! Conditions, sets and calculations: read with the grammar and written word by word.

use pest::iterators::Pair;

use super::pieces::area_word;
use crate::model::Language;
use crate::syntax::keyword::{Inner, UNITS};
use crate::syntax::{Rule, pairs};

/// From which keyword language to which; the same twice: words stay, their forms are put right.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tongue {
    pub from: Language,
    pub to: Language,
}

impl Tongue {
    /// A text as it is written: with marks, and with the word for the area.
    pub fn text(self, inner: &str) -> Option<String> {
        area_word(inner, self.from, self.to)
    }

    /// A unit behind a number.
    pub fn unit(self, number: &str, written: &str) -> Option<&'static str> {
        let at = |language: Language| if language == Language::English { 2 } else { 0 };
        let (from, to) = (at(self.from), at(self.to));
        let squeezed = written.split_whitespace().collect::<Vec<_>>().join(" ");
        let known = UNITS.iter().find(|unit| unit.spellings[from..from + 2].contains(&squeezed.as_str()))?;
        // `Euro` stays `Euro`; forms that only German has, as behind „nach“, become the usual one.
        let usual =
            UNITS.iter().find(|unit| unit.canonical == known.canonical && unit.spellings[0] == known.spellings[0])?;
        Some(usual.spellings[if number == "1" { to } else { to + 1 }])
    }
}

/// A piece that no blank stands in.
struct Token {
    rule: Rule,
    start: usize,
    end: usize,
    written: String,
}

/// The text, read from a start rule of the grammar, in its proper form; `None`: it cannot be read.
pub(super) fn written(rule: Rule, text: &str, tongue: Tongue) -> Option<String> {
    // A day such as 2026-01-31 is no calculation; it is reported, and stays.
    if crate::check::dates::like_a_calculation(text) {
        return None;
    }
    let pair = whole(rule, text)?;
    let mut tokens = Vec::new();
    let mut brackets = Vec::new();
    collect(pair, &mut tokens, &mut brackets);
    // What means something but is written in another way here is reported, and stays.
    if tokens.iter().any(|token| format!("{:?}", token.rule).starts_with("slip_")) {
        return None;
    }
    name_words(&mut tokens, text, tongue);
    name_units(&mut tokens, tongue);
    Some(join(&tokens, &brackets, text))
}

/// What a rule reads, where it reads a text to its end.
pub(super) fn whole(rule: Rule, text: &str) -> Option<Pair<'_, Rule>> {
    pairs(rule, text, 0).ok().filter(|pair| pair.as_str().trim_end().len() == text.trim_end().len())
}

/// The tokens of a pair, in their order, and the stretches that get brackets.
fn collect(pair: Pair<'_, Rule>, tokens: &mut Vec<Token>, brackets: &mut Vec<(usize, usize)>) {
    let rule = pair.as_rule();
    let span = pair.as_span();
    if rule == Rule::EOI {
        return;
    }
    if rule == Rule::condition {
        sets_before_words(&pair, brackets);
    }
    // `15 Stunden` is one of number and unit, `"…"` one of marks and text.
    let whole = matches!(rule, Rule::text | Rule::unit);
    let mut inner = pair.clone().into_inner().peekable();
    if whole || inner.peek().is_none() {
        let written = span.as_str().trim_end().to_owned();
        let end = span.start() + written.len();
        tokens.push(Token { rule, start: span.start(), end, written });
        return;
    }
    inner.for_each(|inner| collect(inner, tokens, brackets));
}

/// `a = x oder y und b = z` reads easier as `a = (x oder y) und b = z`.
fn sets_before_words(condition: &Pair<'_, Rule>, brackets: &mut Vec<(usize, usize)>) {
    let operands: Vec<_> = condition.clone().into_inner().filter(|pair| pair.as_rule() == Rule::operand).collect();
    let followed = operands.len().saturating_sub(1);
    for operand in operands.into_iter().take(followed) {
        let Some(set) = last_set(operand) else { continue };
        let terms = set.clone().into_inner().filter(|pair| pair.as_rule() == Rule::set_term).count();
        if terms > 1 {
            let (start, length) = (set.as_span().start(), set.as_str().trim_end().len());
            brackets.push((start, start + length));
        }
    }
}

/// The set with which a comparison ends, if it ends with one.
fn last_set(operand: Pair<'_, Rule>) -> Option<Pair<'_, Rule>> {
    let mut pair = operand;
    loop {
        let last = pair.into_inner().last()?;
        match last.as_rule() {
            Rule::set => return Some(last),
            Rule::comparison | Rule::is_in | Rule::is_not_in | Rule::contains | Rule::negation | Rule::operand => {
                pair = last;
            }
            _ => return None,
        }
    }
}

/// The words of the language, in their proper spelling.
fn name_words(tokens: &mut Vec<Token>, text: &str, tongue: Tongue) {
    let mut at = 0;
    while at < tokens.len() {
        let run = tokens[at..]
            .windows(2)
            .take_while(|pair| {
                is_word(pair[0].rule) && is_word(pair[1].rule) && text[pair[0].end..pair[1].start].trim().is_empty()
            })
            .count();
        let named = (1..=(run + 1).min(3)).rev().find_map(|length| {
            let written: Vec<&str> =
                tokens[at..at + length].iter().flat_map(|token| token.written.split_whitespace()).collect();
            let word = if length == 1 { by_rule(tokens[at].rule) } else { None };
            let word = word.or_else(|| by_spelling(&written.join(" "), tongue.from));
            word.map(|word| (length, word.spelling(tongue.to)))
        });
        if let Some((length, spelling)) = named {
            tokens[at].end = tokens[at + length - 1].end;
            tokens[at].written = spelling.to_owned();
            tokens.drain(at + 1..at + length);
        }
        let token = &mut tokens[at];
        match token.rule {
            Rule::op_le => token.written = "≤".to_owned(),
            Rule::op_ge => token.written = "≥".to_owned(),
            Rule::op_ne => token.written = "≠".to_owned(),
            Rule::sum_sign if token.written != "+" => token.written = "-".to_owned(),
            Rule::product_sign => {
                token.written = if matches!(token.written.as_str(), "/" | "÷") { "/" } else { "×" }.to_owned();
            }
            Rule::text => token.written = super::pieces::tidy(&token.written, Into::into, |text| tongue.text(text)),
            Rule::words | Rule::time | Rule::date_time => {
                token.written = token.written.split_whitespace().collect::<Vec<_>>().join(" ");
            }
            _ => {}
        }
        at += 1;
    }
}

/// Whether a rule is a word of the language: it could be one of several that are written as one.
fn is_word(rule: Rule) -> bool {
    let name = format!("{rule:?}");
    name.starts_with("kw_") || matches!(rule, Rule::yes | Rule::no) || name.starts_with("op_")
}

/// Words with several forms, and those whose spelling says less than their place.
fn by_rule(rule: Rule) -> Option<Inner> {
    Some(match rule {
        Rule::kw_every => Inner::Every,
        Rule::kw_some => Inner::Some,
        Rule::kw_none => Inner::None,
        Rule::yes => Inner::Yes,
        Rule::no => Inner::No,
        Rule::kw_to => Inner::To,
        Rule::kw_up_to => Inner::UpTo,
        _ => return None,
    })
}

fn by_spelling(written: &str, language: Language) -> Option<Inner> {
    Inner::ALL.iter().copied().find(|word| word.spelling(language) == written)
}

/// Units as their numbers ask for; behind `je` stands one.
fn name_units(tokens: &mut [Token], tongue: Tongue) {
    for at in 1..tokens.len() {
        if tokens[at].rule != Rule::unit {
            continue;
        }
        let number = match tokens[at - 1].rule {
            Rule::number => tokens[at - 1].written.clone(),
            _ => "1".to_owned(),
        };
        if let Some(unit) = tongue.unit(&number, &tokens[at].written) {
            tokens[at].written = unit.to_owned();
        }
    }
}

/// The tokens with what stands between them: brackets, commas, colons.
fn join(tokens: &[Token], brackets: &[(usize, usize)], text: &str) -> String {
    let mut line = Joined { done: String::with_capacity(text.len() + 8), brackets };
    let mut end = 0;
    for token in tokens {
        line.signs(text, end, token.start);
        line.open(token.start);
        line.blank();
        line.done.push_str(&token.written);
        line.close(token.end);
        end = token.end;
    }
    line.signs(text, end, text.len());
    line.done
}

struct Joined<'a> {
    done: String,
    /// Where further brackets open and close.
    brackets: &'a [(usize, usize)],
}

impl Joined<'_> {
    fn signs(&mut self, text: &str, from: usize, to: usize) {
        let between = text.get(from..to).unwrap_or_default();
        for (at, sign) in between.char_indices().filter(|(_, sign)| !sign.is_whitespace()) {
            self.open(from + at);
            if sign == '(' {
                self.blank();
            }
            self.done.push(sign);
            self.close(from + at + sign.len_utf8());
        }
    }

    fn open(&mut self, at: usize) {
        for _ in self.brackets.iter().filter(|(start, _)| *start == at) {
            self.blank();
            self.done.push('(');
        }
    }

    fn close(&mut self, at: usize) {
        for _ in self.brackets.iter().filter(|(_, end)| *end == at) {
            self.done.push(')');
        }
    }

    fn blank(&mut self) {
        if !self.done.is_empty() && !self.done.ends_with('(') {
            self.done.push(' ');
        }
    }
}

/// What a text says, without its layout and in no language; `None`: it cannot be read.
pub(super) fn meaning(rule: Rule, text: &str) -> Option<String> {
    let mut said = String::new();
    shape(whole(rule, text)?, &mut said);
    Some(said)
}

/// What a unit is, written without a number.
pub(super) fn quantity(units: &str) -> Option<String> {
    meaning(Rule::quantity, &format!("2 {}", units.trim()))
}

/// Brackets that hold one thing say nothing; everything else has its place.
fn shape(pair: Pair<'_, Rule>, said: &mut String) {
    let rule = pair.as_rule();
    let mut inner: Vec<_> = pair.clone().into_inner().collect();
    if rule == Rule::text {
        said.push_str(&format!("{:?} ", crate::syntax::unquote(pair.as_str())));
    } else if rule == Rule::unit {
        let written = pair.as_str().split_whitespace().collect::<Vec<_>>().join(" ");
        said.push_str(&format!("unit {} ", crate::syntax::keyword::unit(&written)));
    } else if inner.is_empty() {
        let keyword = is_word(rule) || rule == Rule::sum_sign || rule == Rule::product_sign;
        let name = match rule {
            Rule::sum_sign => if pair.as_str().trim() == "+" { "+" } else { "-" }.to_owned(),
            Rule::product_sign => if matches!(pair.as_str().trim(), "/" | "÷") { "/" } else { "×" }.to_owned(),
            // `Ja` behind a sign may be read as a name.
            Rule::path if matches!(pair.as_str().trim(), "Ja" | "yes") => "yes".to_owned(),
            Rule::path if matches!(pair.as_str().trim(), "Nein" | "no") => "no".to_owned(),
            _ => format!("{rule:?}"),
        };
        let keyword = keyword || name == "yes" || name == "no";
        let text = if keyword { "" } else { pair.as_str() };
        said.push_str(&name);
        for word in text.split_whitespace() {
            said.push(' ');
            said.push_str(word);
        }
        said.push(' ');
    } else if inner.len() == 1 {
        shape(inner.remove(0), said);
    } else {
        said.push_str(&format!("{rule:?}( "));
        inner.into_iter().for_each(|inner| shape(inner, said));
        said.push_str(") ");
    }
}
