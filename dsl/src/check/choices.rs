//! What can be chosen: options, code lists, kinds of file.

use super::expressions::{Context, Lower};
use super::kinds::Part;
use super::options;
use super::thing::Thing;
use super::types::Type;
use super::world::place;
use crate::diagnostic::{Both, Diagnostic, Problem};
use crate::kind::{Choice, Choices, FileKind, FileLimits, Kind};
use crate::model::{Condition, Text};
use crate::syntax::keyword::{Fixed, Key, KindWord};
use crate::syntax::{Node, Span};
use rust_decimal::Decimal;
use std::collections::HashSet;

impl Lower<'_> {
    #[expect(clippy::too_many_arguments, reason = "the parts of one line and where they stand")]
    pub(super) fn choice(
        &self,
        word: KindWord,
        rest: &str,
        rest_span: Span,
        limits: Vec<Part>,
        node: &Node,
        thing: &Thing,
        id: &str,
        context: &Context<'_>,
    ) -> Option<Kind> {
        let several = word == KindWord::SeveralOf;
        let rest = rest.trim();
        let list = if word == KindWord::List {
            Some(rest)
        } else {
            KindWord::find_at_start(rest).filter(|(found, _)| found.word == KindWord::List).map(|(_, name)| name.trim())
        };
        let mut max = None;
        let mut choices = match list {
            Some(name) => {
                let name = self.use_list(name, thing, rest_span, context)?;
                Choices::List { name, only: None }
            }
            None if rest.is_empty() => Choices::Options(self.options(node, thing, id, context)),
            None if node.bullets.is_empty() => {
                let named =
                    std::iter::once(rest.trim_start_matches(':').trim()).chain(limits.iter().map(|l| l.0.trim()));
                let named: Vec<&str> = named.filter(|name| !name.is_empty()).collect();
                let lines: String = named.iter().map(|name| format!("\n    - {name}")).collect();
                let plain = named.iter().all(|name| super::names::check_name(name).is_none());
                let kind = word.spelling(context.language);
                let instead = Both::new(
                    "jede Antwort in eine eigene Zeile darunter: „- name \"Text\"“",
                    "each answer on a line of its own below: “- name \"text\"”",
                );
                let end = limits.last().map_or(rest_span.end, |(_, span)| span.end);
                let whole = Span::new(rest_span.start, end);
                let problem = Problem::SayDifferently { found: format!("{kind} {rest}"), instead };
                let fix = plain.then_some((whole, lines));
                self.world.say(Diagnostic { fix, ..Diagnostic::new(problem, context.file, whole) });
                return None;
            }
            None => {
                self.not_understood(rest, rest_span, word.spelling(context.language), context);
                return None;
            }
        };
        for (text, span) in limits {
            let count = Fixed::find_at_start(&text).filter(|(found, _)| several && found.word == Fixed::AtMost);
            if let Some((_, number)) = count {
                max = number.trim().parse().ok();
                continue;
            }
            let kind = Type::Choice(choices.clone());
            match (&mut choices, self.read_set(&text, span, &kind, context)) {
                (Choices::List { only, .. }, Some(set)) => *only = Some(set),
                (Choices::Options(_), _) => self.not_understood(&text, span, word.spelling(context.language), context),
                _ => {}
            }
        }
        Some(if several { Kind::SeveralOf { choices, max } } else { Kind::OneOf(choices) })
    }

    pub(super) fn options(&self, node: &Node, thing: &Thing, id: &str, context: &Context<'_>) -> Vec<Choice> {
        let mut choices: Vec<Choice> = Vec::new();
        let mut keys = HashSet::new();
        for bullet in &node.bullets {
            let mut line = options::read(&bullet.text, bullet.span.start);
            self.option_name(&mut line, &bullet.text, bullet.span, context);
            if line.key.is_empty() {
                let what = if context.language == crate::model::Language::English { "option" } else { "Auswahl" };
                let name = line.label.as_deref().and_then(super::names::name_of);
                let place = Span::new(bullet.span.start, bullet.span.start);
                let fix = name.map(|name| (place, format!("{name} ")));
                let problem = Problem::MissingName { what: what.to_owned() };
                self.world.say(Diagnostic { fix, ..Diagnostic::new(problem, context.file, bullet.span) });
                continue;
            }
            let dropped = line.dropped && self.thing.origin.is_some();
            if let Some((text, span)) = line.unknown.as_ref().filter(|_| !dropped) {
                let words = [Key::OnlyIf, Key::Hint].map(|key| key.spelling(context.language));
                let further = words.into_iter().find_map(|word| text.find(&format!(" {word}:")));
                if let Some((label, rest)) = further.and_then(|at| text.split_at_checked(at)) {
                    let end = span.start + label.len();
                    let problem =
                        Problem::CommaMissing { before: label.to_owned(), after: rest.trim_start().to_owned() };
                    let fix = Some((Span::new(end, end), ",".to_owned()));
                    self.world.say(Diagnostic { fix, ..Diagnostic::new(problem, context.file, *span) });
                } else if text.contains(['"', '„', '»']) {
                    self.not_understood(text, *span, "-", context);
                } else {
                    self.world.say(super::world::not_quoted(text, context.file, *span));
                }
            }
            if crate::syntax::keyword::RESERVED.contains(&line.key.as_str()) {
                self.say(super::names::reserved(&line.key), context, line.key_span);
            }
            let key = super::names::json_key(&line.key);
            if !keys.insert(key.clone()) {
                self.say(Problem::OptionTwice { name: line.key.clone() }, context, line.key_span);
                continue;
            }
            let at = place(id, &format!("- {key}"));
            let label = self.world.text(thing, &at, line.label.as_deref().unwrap_or(&line.key));
            let hint: Option<Text> =
                line.hint.map(|hint| self.world.text(thing, &place(id, &format!("- {key} Hinweis")), &hint));
            // Of none of these: never. Conditions may still name it.
            let condition = dropped.then(|| Condition::Any(Vec::new()));
            choices.push(Choice { key, label, hint, excludes_others: line.excludes_others, condition });
        }
        if choices.len() < 2 && node.bullets.len() < 2 {
            self.say(
                Problem::TooFewOptions,
                context,
                node.key(crate::syntax::keyword::Key::Kind).map_or(node.span, |line| line.value_span),
            );
        }
        choices
    }

    /// An answer that has only its text, `- "Innenstadt"` or `- Innenstadt und Markt`: its name is made from that.
    fn option_name(&self, line: &mut options::OptionLine, text: &str, span: Span, context: &Context<'_>) {
        let written = match (&line.label, &line.unknown) {
            (Some(label), None) if line.key.is_empty() => label.clone(),
            // A name begins small: what begins like a sentence is the text.
            (None, Some((words, _))) if line.key.starts_with(char::is_uppercase) => {
                let plain = !words.contains(['"', '„', '»', ':', ',']) && words.starts_with(char::is_alphabetic);
                let whole = line.condition.is_none() && line.hint.is_none();
                let Some(whole) = Some(text.trim()).filter(|text| plain && whole && !text.contains(',')) else {
                    return;
                };
                whole.to_owned()
            }
            _ => return,
        };
        let Some(name) = written.split_whitespace().next().and_then(crate::syntax::proper) else { return };
        let reserved = crate::syntax::keyword::RESERVED.contains(&name.as_str());
        let name = if reserved { format!("{name}_") } else { name };
        let problem = Problem::OptionNameMissing { text: written.clone(), name: name.clone() };
        let fix = if line.key.is_empty() {
            Some((Span::new(span.start, span.start), format!("{name} ")))
        } else {
            Some((span, format!("{name} \"{written}\"")))
        };
        self.world.say(Diagnostic { fix, ..Diagnostic::new(problem, context.file, span) });
        line.key = name;
        line.label = Some(written);
        line.unknown = None;
    }

    /// Takes a code list into use; its name in the model.
    pub(super) fn use_list(&self, name: &str, thing: &Thing, span: Span, context: &Context<'_>) -> Option<String> {
        let path = self.used(name, thing, span, context)?;
        let Some((list, _)) = self.world.list(&path) else {
            self.say(Problem::FileNotFound { name: name.to_owned(), file: format!("{path}.amt") }, context, span);
            return None;
        };
        let short = path.rsplit('/').next().unwrap_or(&path).to_owned();
        self.lists.borrow_mut().entry(short.clone()).or_insert_with(|| list.clone());
        Some(short)
    }

    pub(super) fn files(&self, limits: &[Part], span: Span, context: &Context<'_>) -> Option<FileLimits> {
        let mut files = FileLimits { kinds: Vec::new(), max_size: 0, min_count: 1, max_count: 1 };
        let before = self.world.errors_in(context.file);
        for (text, place) in limits {
            let kinds: Option<Vec<FileKind>> = text
                .split([' ', '\u{a0}'])
                .filter(|word| !matches!(*word, "oder" | "or" | ""))
                .map(file_kind)
                .collect();
            if let Some(kinds) = kinds {
                files.kinds.extend(kinds);
                continue;
            }
            // `PDF und JPG`
            let or = if context.language == crate::model::Language::English { "or" } else { "oder" };
            let meant: Vec<&str> = text
                .split(|c: char| c.is_whitespace() || matches!(c, '/' | '+' | '&'))
                .filter(|word| !word.is_empty())
                .map(|word| if matches!(word, "und" | "and" | "sowie" | "bzw.") { or } else { word })
                .collect();
            let kinds: Option<Vec<FileKind>> =
                meant.iter().filter(|word| **word != or).map(|word| file_kind(word)).collect();
            if let Some(kinds) = kinds {
                let words: Vec<&str> = meant.into_iter().filter(|word| *word != or).collect();
                let meant = words.join(&format!(" {or} "));
                let problem = Problem::WriteInstead { found: text.clone(), meant: meant.clone() };
                let fix = Some((*place, meant));
                self.world.say(Diagnostic { fix, ..Diagnostic::new(problem, context.file, *place) });
                files.kinds.extend(kinds);
                continue;
            }
            match self.limit(text, *place, context) {
                Some((from, to, Some(unit))) if unit.single() == Some("Dateien") => {
                    let whole = |value: Option<Decimal>| value.and_then(|value| u32::try_from(value).ok());
                    files.min_count = whole(from).unwrap_or(1).max(1);
                    files.max_count = whole(to).unwrap_or(files.min_count);
                }
                Some((_, Some(size), Some(unit))) => {
                    let factor: i64 = match unit.single() {
                        Some("MB") => 1_000_000,
                        Some("KB") => 1_000,
                        _ => {
                            self.say(
                                Problem::UnitsMixed { left: "MB".to_owned(), right: unit.written(context.language) },
                                context,
                                *place,
                            );
                            continue;
                        }
                    };
                    files.max_size =
                        size.checked_mul(factor.into()).and_then(|size| u64::try_from(size).ok()).unwrap_or(0);
                }
                Some((_, _, None)) => self.say(Problem::UnitMissing { unit: "MB".to_owned() }, context, *place),
                _ => self.not_understood(text, *place, KindWord::File.spelling(context.language), context),
            }
        }
        if files.kinds.is_empty() || files.max_size == 0 {
            // One that could not be read is not missing as well.
            if self.world.errors_in(context.file) == before {
                self.say(Problem::FileLimitsMissing, context, span);
            }
            return None;
        }
        Some(files)
    }
}

pub(super) fn file_kind(word: &str) -> Option<FileKind> {
    Some(match word.to_uppercase().trim_end_matches(',') {
        "PDF" => FileKind::Pdf,
        "JPEG" | "JPG" => FileKind::Jpeg,
        "PNG" => FileKind::Png,
        _ => return None,
    })
}
