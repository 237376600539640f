//! What stands behind `Art:`: a kind, its limits, its marks.

use std::collections::HashSet;

use rust_decimal::Decimal;

use super::expressions::{Context, Lower};
use super::options;
use super::types::Type;
use super::units::Unit;
use super::world::{Thing, place};
use crate::diagnostic::{Both, Problem};
use crate::kind::{Choice, Choices, DateLimits, FileKind, FileLimits, Kind, LengthLimits, NumberLimits};
use crate::model::{Calc, Text, TimeUnit};
use crate::syntax::expression::{SetExpr, SetKind};
use crate::syntax::keyword::{Fixed, KindWord};
use crate::syntax::{KeyLine, Node, Span, split_items};

/// A kind as it stands behind `Art:`.
#[derive(Debug, Clone)]
pub(super) struct KindLine {
    /// The kind; `None`: a building block, see `block`.
    pub kind: Option<Kind>,
    /// The name of a building block.
    pub block: Option<(String, Span)>,
    /// "freiwillig"
    pub optional: bool,
    /// "nachreichbar"
    pub may_follow: Option<Calc>,
}

/// Least, greatest, and the unit behind the number.
type Limit = (Option<Decimal>, Option<Decimal>, Option<Unit>);

/// One part between commas.
type Part = (String, Span);

impl Lower<'_> {
    /// Reads `Art:` of a question; `None` after a message.
    pub(super) fn kind_line(
        &self,
        line: &KeyLine,
        node: &Node,
        thing: &Thing,
        id: &str,
        context: &Context<'_>,
    ) -> Option<KindLine> {
        let mut parts = split_items(&line.value, line.value_span.start);
        if parts.is_empty() {
            return None;
        }
        let (first, first_span) = parts.remove(0);
        let mut result = KindLine { kind: None, block: None, optional: false, may_follow: None };
        let mut limits = Vec::new();
        for (text, span) in parts {
            match Fixed::find_at_start(&text).map(|(found, rest)| (found.word, rest.trim())) {
                Some((Fixed::Optional, "")) => result.optional = true,
                Some((Fixed::MayFollowUntil, rest)) => {
                    let span = Span::new(span.end - rest.len(), span.end);
                    result.may_follow = self.read_calc(rest, span, context).map(|(calc, _)| calc);
                }
                Some((Fixed::MayFollow, rest)) => {
                    let span = Span::new(span.end - rest.len(), span.end);
                    let (by, kind) = self.read_calc(rest, span, context)?;
                    let unit = match kind {
                        Type::Number(number) => number.unit.single().and_then(super::expressions::time_unit),
                        _ => None,
                    };
                    let unit = unit.unwrap_or(TimeUnit::Days);
                    result.may_follow = Some(Calc::Shift { date: Box::new(Calc::Today), by: Box::new(by), unit });
                }
                _ => limits.push((text, span)),
            }
        }
        if first.is_empty() {
            return None;
        }
        let Some((found, rest)) = KindWord::find_at_start(&first) else {
            let name = first.split_whitespace().next().unwrap_or(&first).to_owned();
            if name.chars().next().is_some_and(char::is_lowercase) && name == first {
                result.block = Some((name, first_span));
                self.no_limits(&limits, &first, context);
                return Some(result);
            }
            let words = KindWord::ALL.iter().map(|word| word.spelling(context.language));
            let suggestion = crate::diagnostic::closest(&first, words);
            self.say_with(Problem::UnknownKind { name: first }, suggestion, context, first_span);
            return None;
        };
        if found.language.is_some_and(|language| language != context.language)
            && first.chars().next().is_some_and(char::is_uppercase)
        {
            let other = found.word.spelling(context.language).to_owned();
            let written = first.get(..first.len() - rest.len()).unwrap_or("").to_owned();
            let span = Span::new(first_span.start, first_span.start + written.len());
            let mut message = crate::diagnostic::Diagnostic::new(
                Problem::MixedLanguages { word: written, other: other.clone() },
                context.file,
                span,
            );
            message.fix = Some((span, other));
            self.world.say(message);
        }
        let rest_span = Span::new(first_span.end - rest.len(), first_span.end);
        let unit = self.unit_behind_in(rest, rest_span, found.word, context);
        let name = found.word.spelling(context.language);
        if !node.bullets.is_empty() && !matches!(found.word, KindWord::OneOf | KindWord::SeveralOf) {
            self.say(Problem::OptionsWithoutChoice, context, node.bullets[0].span);
        }
        result.kind = Some(match found.word {
            KindWord::Text => Kind::Text(self.length(&limits, name, context)),
            KindWord::LongText => Kind::LongText(self.length(&limits, name, context)),
            KindWord::Digits => Kind::Digits(self.length(&limits, name, context)),
            KindWord::Whole => Kind::Whole(self.numbers(&limits, unit, 0, name, context)),
            KindWord::Decimal => {
                let (places, limits) = self.places_of(limits, first_span, context)?;
                Kind::Decimal { places, limits: self.numbers(&limits, unit, places, name, context) }
            }
            KindWord::Money => Kind::Money(self.money(&limits, rest, name, context)),
            KindWord::Date => Kind::Date(self.dates(&limits, name, context)),
            KindWord::BirthDate => {
                let before = limits.len();
                limits.retain(|(text, _)| Fixed::find(text).is_none_or(|f| f.word != Fixed::AlsoIncomplete));
                Kind::BirthDate { incomplete: limits.len() < before, limits: self.dates(&limits, name, context) }
            }
            KindWord::OneOf | KindWord::SeveralOf | KindWord::List => {
                return self
                    .choice(found.word, rest, rest_span, limits, node, thing, id, context)
                    .map(|kind| KindLine { kind: Some(kind), ..result });
            }
            KindWord::File => Kind::File(self.files(&limits, first_span, context)?),
            KindWord::Municipality => {
                let kind = Type::Municipality(None);
                let set = match limits.split_first() {
                    Some(((text, span), more)) => {
                        self.no_limits(more, name, context);
                        Some(self.read_set(text, *span, &kind, context)?)
                    }
                    None => None,
                };
                Kind::Municipality(set)
            }
            other => {
                self.no_limits(&limits, name, context);
                simple(other)?
            }
        });
        Some(result)
    }

    fn no_limits(&self, limits: &[Part], kind: &str, context: &Context<'_>) {
        for (text, span) in limits {
            self.not_understood(text, *span, kind, context);
        }
    }

    fn not_understood(&self, text: &str, span: Span, kind: &str, context: &Context<'_>) {
        let words =
            [Fixed::Optional, Fixed::MayFollow, Fixed::AlsoIncomplete, Fixed::AtMost, Fixed::AtLeast, Fixed::Exactly];
        let first = text.split_whitespace().next().unwrap_or(text);
        let suggestion = crate::diagnostic::closest(first, words.iter().map(|word| word.spelling(context.language)));
        let allowed = Both::any_of(super::allowed::behind(kind, context.language));
        self.say_with(
            Problem::LimitNotUnderstood { text: text.to_owned(), kind: kind.to_owned(), allowed },
            suggestion,
            context,
            span,
        );
    }

    /// The unit behind `in`: `ganze Zahl in cm`.
    fn unit_behind_in(&self, rest: &str, span: Span, word: KindWord, context: &Context<'_>) -> Option<String> {
        let text = rest.trim();
        if text.is_empty() || matches!(word, KindWord::OneOf | KindWord::SeveralOf | KindWord::List | KindWord::Money) {
            return None;
        }
        if let Some((found, unit)) = Fixed::find_at_start(text)
            && found.word == Fixed::In
        {
            return Some(Unit::read(unit).text());
        }
        self.not_understood(text, span, word.spelling(context.language), context);
        None
    }

    /// A limit, after a message where it is none.
    fn limit_of(&self, text: &str, span: Span, kind: &str, context: &Context<'_>) -> Option<Limit> {
        let before = self.world.errors_in(context.file);
        let found = self.limit(text, span, context);
        if found.is_none() && self.world.errors_in(context.file) == before {
            self.not_understood(text, span, kind, context);
        }
        found
    }

    /// A limit with a number: least, greatest and unit word.
    fn limit(&self, text: &str, span: Span, context: &Context<'_>) -> Option<Limit> {
        let word = Fixed::find_at_start(text).map(|(found, rest)| (found.word, rest));
        if let Some((word @ (Fixed::AtMost | Fixed::AtLeast | Fixed::Exactly), rest)) = word {
            let place = Span::new(span.end - rest.trim_start().len(), span.end);
            let (calc, kind) = self.read_calc(rest.trim(), place, context)?;
            let (Calc::Number(value), Type::Number(number)) = (calc, kind) else {
                return None;
            };
            let unit = (!number.unit.is_none()).then_some(number.unit);
            return Some(match word {
                Fixed::AtMost => (None, Some(value), unit),
                Fixed::AtLeast => (Some(value), None, unit),
                _ => (Some(value), Some(value), unit),
            });
        }
        let expr = match crate::syntax::parse_set(text, span.start) {
            Ok(expr) => expr,
            Err(error) => {
                self.unreadable(&error, span, context);
                return None;
            }
        };
        let mut unit = None;
        let mut end = |bound: &crate::syntax::expression::CalcExpr| -> Option<Decimal> {
            let (calc, kind) = self.calc(bound, context)?;
            let (Calc::Number(value), Type::Number(number)) = (calc, kind) else {
                return None;
            };
            if !number.unit.is_none() {
                unit = Some(number.unit);
            }
            Some(value)
        };
        let (from, to) = match &expr.kind {
            SetKind::From(a) => (Some(end(a)?), None),
            SetKind::UpTo(b) => (None, Some(end(b)?)),
            SetKind::Between(a, b) => (Some(end(a)?), Some(end(b)?)),
            SetKind::Value(a) => {
                let value = end(a)?;
                (Some(value), Some(value))
            }
            _ => return None,
        };
        if let (Some(a), Some(b)) = (from, to)
            && a > b
        {
            // `1 € bis 5 €` has both in cents; `1 bis 5 MB` is fine as it is.
            self.say(Problem::LimitsReversed, context, span);
        }
        Some((from, to, unit))
    }

    fn length(&self, limits: &[Part], kind: &str, context: &Context<'_>) -> LengthLimits {
        let mut length = LengthLimits::default();
        for (text, span) in limits {
            let Some((from, to, unit)) = self.limit_of(text, *span, kind, context) else {
                continue;
            };
            let word = unit.as_ref().and_then(Unit::single);
            match word {
                Some("Zeichen" | "Stellen") => {}
                None => {
                    let unit =
                        if context.language == crate::model::Language::English { "characters" } else { "Zeichen" };
                    self.say(Problem::UnitMissing { unit: unit.to_owned() }, context, *span);
                }
                Some(_) => {
                    self.say(
                        Problem::UnitsMixed {
                            left: "Zeichen".to_owned(),
                            right: unit.map(|u| u.written(context.language)).unwrap_or_default(),
                        },
                        context,
                        *span,
                    );
                }
            }
            let whole = |value: Option<Decimal>| value.and_then(|value| u32::try_from(value).ok());
            length.min = whole(from).or(length.min);
            length.max = whole(to).or(length.max);
        }
        length
    }

    fn numbers(
        &self,
        limits: &[Part],
        unit: Option<String>,
        places: u32,
        kind: &str,
        context: &Context<'_>,
    ) -> NumberLimits {
        let mut numbers = NumberLimits { unit, min: None, max: None };
        let own = numbers.unit.as_deref().map_or_else(Unit::none, Unit::read);
        for (text, span) in limits {
            let Some((from, to, unit)) = self.limit_of(text, *span, kind, context) else {
                continue;
            };
            match unit {
                Some(unit) if own.is_none() && unit.single().is_some() => {
                    self.say(Problem::UnitNotWanted { unit: unit.written(context.language) }, context, *span);
                }
                Some(unit) if unit != own => {
                    self.say(
                        Problem::UnitsMixed {
                            left: own.written(context.language),
                            right: unit.written(context.language),
                        },
                        context,
                        *span,
                    );
                }
                _ => {}
            }
            if [from, to].into_iter().flatten().any(|value| value.scale() > places) {
                self.not_understood(text, *span, kind, context);
            }
            numbers.min = from.or(numbers.min);
            numbers.max = to.or(numbers.max);
        }
        numbers
    }

    fn money(&self, limits: &[Part], rest: &str, kind: &str, context: &Context<'_>) -> NumberLimits {
        let per = Unit::read(&format!("€ {}", rest.trim())).text();
        let per = per.trim_start_matches('€').trim();
        let mut money = NumberLimits { unit: (!per.is_empty()).then(|| per.to_owned()), min: None, max: None };
        for (text, span) in limits {
            let Some((from, to, unit)) = self.limit_of(text, *span, kind, context) else {
                continue;
            };
            if !unit.is_some_and(|unit| unit.is_money()) {
                self.say(Problem::UnitMissing { unit: "€".to_owned() }, context, *span);
                continue;
            }
            money.min = from.or(money.min);
            money.max = to.or(money.max);
        }
        money
    }

    fn places_of(&self, limits: Vec<Part>, span: Span, context: &Context<'_>) -> Option<(u32, Vec<Part>)> {
        let mut places = None;
        let mut rest = Vec::new();
        for (text, place) in limits {
            let number = text.split_whitespace().next().and_then(|word| word.parse::<u32>().ok());
            let unit = text.split_once(char::is_whitespace).map(|(_, unit)| crate::syntax::keyword::unit(unit.trim()));
            if let (Some(number), Some("Nachkommastellen")) = (number, unit.as_deref()) {
                places = Some(number.min(8));
            } else {
                rest.push((text, place));
            }
        }
        if places.is_none() {
            self.say(Problem::PlacesMissing, context, span);
        }
        Some((places?, rest))
    }

    fn dates(&self, limits: &[Part], kind: &str, context: &Context<'_>) -> DateLimits {
        let mut dates = DateLimits::default();
        for (text, span) in limits {
            let expr = match crate::syntax::parse_set(text, span.start) {
                Ok(expr) => expr,
                Err(error) => {
                    self.unreadable(&error, *span, context);
                    continue;
                }
            };
            let end = |bound: &crate::syntax::expression::CalcExpr, days: i64| -> Option<Calc> {
                let (calc, found) = self.calc(bound, &Context { before: Some(0), ..context.clone() })?;
                if found != Type::Date {
                    return self.mismatch(&found, &Type::Date, context, bound.span);
                }
                Some(if days == 0 {
                    calc
                } else {
                    Calc::Shift { date: Box::new(calc), by: Box::new(Calc::Number(days.into())), unit: TimeUnit::Days }
                })
            };
            match &expr {
                SetExpr { kind: SetKind::From(a), .. } => dates.from = end(a, 0),
                SetExpr { kind: SetKind::Over(a), .. } => dates.from = end(a, 1),
                SetExpr { kind: SetKind::UpTo(b), .. } => dates.to = end(b, 0),
                SetExpr { kind: SetKind::Under(b), .. } => dates.to = end(b, -1),
                SetExpr { kind: SetKind::Between(a, b), .. } => {
                    dates.from = end(a, 0);
                    dates.to = end(b, 0);
                }
                _ => self.not_understood(text, *span, kind, context),
            }
        }
        dates
    }

    fn files(&self, limits: &[Part], span: Span, context: &Context<'_>) -> Option<FileLimits> {
        let mut files = FileLimits { kinds: Vec::new(), max_size: 0, min_count: 1, max_count: 1 };
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
            self.say(Problem::FileLimitsMissing, context, span);
            return None;
        }
        Some(files)
    }

    #[expect(clippy::too_many_arguments, reason = "the parts of one line and where they stand")]
    fn choice(
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

    fn options(&self, node: &Node, thing: &Thing, id: &str, context: &Context<'_>) -> Vec<Choice> {
        let mut choices: Vec<Choice> = Vec::new();
        let mut keys = HashSet::new();
        for bullet in &node.bullets {
            let line = options::read(&bullet.text, bullet.span.start);
            if line.key.is_empty() {
                let what = if context.language == crate::model::Language::English { "option" } else { "Auswahl" };
                self.say(Problem::MissingName { what: what.to_owned() }, context, bullet.span);
                continue;
            }
            if let Some((text, span)) = &line.unknown {
                self.not_understood(text, *span, "-", context);
            }
            if crate::syntax::keyword::RESERVED.contains(&line.key.as_str()) {
                self.say(Problem::NameReserved { name: line.key.clone() }, context, line.key_span);
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
            choices.push(Choice { key, label, hint, excludes_others: line.excludes_others, condition: None });
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

    /// Takes a code list into use; its name in the model.
    fn use_list(&self, name: &str, thing: &Thing, span: Span, context: &Context<'_>) -> Option<String> {
        let path = self.used(name, thing, span, context)?;
        let Some((list, _)) = self.world.lists.get(&path) else {
            self.say(Problem::FileNotFound { name: name.to_owned(), file: format!("{path}.amt") }, context, span);
            return None;
        };
        let short = path.rsplit('/').next().unwrap_or(&path).to_owned();
        self.lists.borrow_mut().entry(short.clone()).or_insert_with(|| list.clone());
        Some(short)
    }
}

fn simple(word: KindWord) -> Option<Kind> {
    Some(match word {
        KindWord::Month => Kind::Month,
        KindWord::Time => Kind::Time,
        KindWord::YesNo => Kind::YesNo,
        KindWord::Email => Kind::Email,
        KindWord::Phone => Kind::Phone,
        KindWord::Postcode => Kind::Postcode,
        KindWord::Country => Kind::Country,
        KindWord::GivenName => Kind::GivenName,
        KindWord::FamilyName => Kind::FamilyName,
        KindWord::FullName => Kind::FullName,
        KindWord::Organisation => Kind::Organisation,
        KindWord::Street => Kind::Street,
        KindWord::HouseNumber => Kind::HouseNumber,
        KindWord::Place => Kind::Place,
        KindWord::Iban => Kind::Iban,
        KindWord::TaxNumber => Kind::TaxNumber,
        KindWord::NumberPlate => Kind::NumberPlate,
        KindWord::Declaration => Kind::Declaration,
        _ => return None,
    })
}

fn file_kind(word: &str) -> Option<FileKind> {
    Some(match word {
        "PDF" => FileKind::Pdf,
        "JPEG" | "JPG" => FileKind::Jpeg,
        "PNG" => FileKind::Png,
        _ => return None,
    })
}
