//! What each word of a file is, for colours.

use super::{Analysis, Sort, lines};
use crate::syntax::Span;
use crate::syntax::keyword::{Fixed, Heading, Inner, Key, KindWord, RESERVED, is_word_char};

/// What a word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TokenKind {
    /// The word of a heading, a word of the language.
    Keyword,
    /// The words before a colon.
    Property,
    /// A kind of answer.
    Type,
    /// A question, a repeat, a text: what is asked and shown.
    Variable,
    /// A computed value, a fee, a rule.
    Function,
    /// An option or a value of a list.
    EnumMember,
    /// A building block, a list, a procedure, an authority, a portal.
    Class,
    /// A text.
    String,
    /// A number, a date, an amount.
    Number,
    /// A sign.
    Operator,
    /// A comment.
    Comment,
}

/// A word with its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Where it stands; never over the end of a line.
    pub span: Span,
    /// What it is.
    pub kind: TokenKind,
    /// It is introduced here.
    pub introduces: bool,
}

impl Analysis<'_> {
    /// The words of a file, in their order, without overlap.
    #[must_use]
    pub fn tokens(&self, file: &str) -> Vec<Token> {
        let text = self.sources.text(file).unwrap_or("");
        let names: Vec<(Span, usize, bool)> = self.index.in_file(file).collect();
        let mut tokens = Vec::new();
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            let first = names.partition_point(|(span, ..)| span.start < start);
            let end = start + line.len();
            let here = names.iter().skip(first).take_while(|(span, ..)| span.start < end);
            let named: Vec<Token> = here
                .filter_map(|(span, symbol, own)| {
                    let kind = kind_of(self.index.symbols.get(*symbol)?.sort);
                    Some(Token { span: *span, kind, introduces: *own })
                })
                .collect();
            Line { start, line: line.trim_end_matches(['\n', '\r']), named: &named, tokens: &mut tokens }.read();
            start = end;
        }
        tokens
    }
}

struct Line<'a> {
    start: usize,
    line: &'a str,
    named: &'a [Token],
    tokens: &'a mut Vec<Token>,
}

impl Line<'_> {
    fn read(&mut self) {
        let comment = lines::comment(self.line).unwrap_or(self.line.len());
        let texts = lines::quoted(self.line.get(..comment).unwrap_or(self.line));
        let mut at = self.head();
        for (from, to) in texts {
            // The marks belong to the text.
            let open = self.line.get(..from).and_then(|text| text.chars().next_back()).map_or(0, char::len_utf8);
            let close = self.line.get(to..).and_then(|text| text.chars().next()).map_or(0, char::len_utf8);
            self.code(at, from - open);
            self.text(from - open, to + close);
            at = to + close;
        }
        self.code(at, comment);
        if comment < self.line.len() {
            self.push(comment, self.line.len(), TokenKind::Comment);
        }
    }

    /// The first words of the line; where they end.
    fn head(&mut self) -> usize {
        let words = self.line.trim_start();
        let lead = self.line.len() - words.len();
        if words.starts_with(['|', '-', '"', '#']) {
            return lead;
        }
        if let Some((key, value)) = words.split_once(':') {
            let known = Key::find(key.trim()).is_some() || Key::find_at_start(key).is_some();
            if known && !key.contains(['"', '„']) {
                let end = lead + key.trim_end().len();
                let kind = Key::find(key.trim()).is_some_and(|found| found.word == Key::Kind);
                self.push(lead, end, TokenKind::Property);
                let start = lead + key.len() + 1 + value.len() - value.trim_start().len();
                if kind && let Some((_, rest)) = KindWord::find_at_start(value.trim_start()) {
                    let end = start + value.trim_start().len() - rest.len();
                    self.push(start, end, TokenKind::Type);
                    return end;
                }
                return end;
            }
        }
        if let Some((_, rest)) = Heading::find_at_start(words) {
            let end = lead + words.len() - rest.len();
            self.push(lead, end, TokenKind::Keyword);
            return end;
        }
        lead
    }

    fn text(&mut self, from: usize, to: usize) {
        let mut at = from;
        for token in
            self.named.iter().filter(|token| self.start + from <= token.span.start && token.span.end <= self.start + to)
        {
            let start = token.span.start - self.start;
            if at < start {
                self.tokens.push(Token {
                    span: Span::new(self.start + at, token.span.start),
                    kind: TokenKind::String,
                    introduces: false,
                });
            }
            self.tokens.push(*token);
            at = token.span.end - self.start;
        }
        self.push(at, to, TokenKind::String);
    }

    /// Names, numbers, signs and words of the language outside of texts.
    fn code(&mut self, from: usize, to: usize) {
        let mut at = from;
        while at < to {
            let Some(rest) = self.line.get(at..to) else { return };
            let Some(c) = rest.chars().next() else { return };
            let named = self
                .named
                .iter()
                .find(|token| token.span.start == self.start + at && token.span.end <= self.start + to);
            if let Some(token) = named {
                self.tokens.push(*token);
                at = token.span.end - self.start;
                continue;
            }
            let length = if c.is_ascii_digit() {
                let length = number(rest);
                self.push(at, at + length, TokenKind::Number);
                length
            } else if is_word_char(c) {
                let (length, keyword) = word(rest);
                // A folder may be called like a word of the language: `land/person`.
                let folder = rest.get(length..).is_some_and(|rest| rest.starts_with('/'));
                if keyword {
                    self.push(at, at + length, if folder { TokenKind::Class } else { TokenKind::Keyword });
                }
                length
            } else {
                if matches!(c, '=' | '≠' | '<' | '>' | '≤' | '≥' | '+' | '×' | '÷' | '*') {
                    self.push(at, at + c.len_utf8(), TokenKind::Operator);
                }
                c.len_utf8()
            };
            at += length;
        }
    }

    fn push(&mut self, from: usize, to: usize, kind: TokenKind) {
        if from < to {
            let span = Span::new(self.start + from, self.start + to);
            self.tokens.push(Token { span, kind, introduces: false });
        }
    }
}

/// How long a number is, with its points, commas, colons and slashes.
fn number(rest: &str) -> usize {
    let end = rest
        .char_indices()
        .find(|(at, c)| {
            let inner = matches!(c, '.' | ',' | ':' | '/')
                && rest.get(at + 1..).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
            !c.is_ascii_digit() && !inner
        })
        .map_or(rest.len(), |(at, _)| at);
    end.max(1)
}

/// How long the word or words are, and whether they belong to the language.
fn word(rest: &str) -> (usize, bool) {
    let fixed = Fixed::find_at_start(rest).map(|(_, tail)| rest.len() - tail.len());
    let inner = Inner::find_at_start(rest).map(|(_, tail)| rest.len() - tail.len());
    let own = rest.char_indices().find(|(_, c)| !is_word_char(*c)).map_or(rest.len(), |(at, _)| at);
    let known = fixed.max(inner).unwrap_or(0);
    let reserved = rest.get(..own).is_some_and(|word| RESERVED.contains(&word));
    if known > 0 { (known.max(own), true) } else { (own.max(1), reserved) }
}

fn kind_of(sort: Sort) -> TokenKind {
    match sort {
        Sort::Heading(heading) => match heading {
            Heading::Application
            | Heading::Report
            | Heading::Topic
            | Heading::Block
            | Heading::List
            | Heading::Authority
            | Heading::Portal
            | Heading::Translation => TokenKind::Class,
            Heading::Computed | Heading::Value | Heading::Fee | Heading::Rule | Heading::Responsible => {
                TokenKind::Function
            }
            _ => TokenKind::Variable,
        },
        Sort::Option | Sort::ListValue | Sort::Tile => TokenKind::EnumMember,
        Sort::Column => TokenKind::Variable,
        Sort::Alias | Sort::Task => TokenKind::Class,
    }
}
