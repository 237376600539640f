//! What stands behind `Art:`: a kind, its limits, its marks.

use super::expressions::{Context, Lower};
use super::thing::Thing;
use super::types::Type;
use super::units::Unit;
use crate::diagnostic::{Both, Diagnostic, Problem};
use crate::kind::Kind;
use crate::model::{Calc, Language};
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

/// One part between commas.
pub(super) type Part = (String, Span);

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
        let context = &self.in_words_of(line.value_span, context);
        let mut parts = split_items(&line.value, line.value_span.start);
        if parts.is_empty() {
            return None;
        }
        let (first, first_span) = self.comma_missing(&mut parts, context);
        let mut result = KindLine { kind: None, block: None, optional: false, may_follow: None };
        let mut limits = Vec::new();
        for (text, span) in parts {
            match Fixed::find_at_start(&text).map(|(found, rest)| (found.word, rest.trim())) {
                Some((Fixed::Optional, "")) => result.optional = true,
                Some((word @ (Fixed::MayFollowUntil | Fixed::MayFollow), rest)) => {
                    let rest = (rest, Span::new(span.end - rest.len(), span.end));
                    let follows = self.may_follow(rest, word == Fixed::MayFollowUntil, context);
                    // Of a kind that is not known it cannot be said.
                    if KindWord::find_at_start(&first).is_none() {
                        continue;
                    }
                    if KindWord::find_at_start(&first).is_some_and(|(found, _)| found.word != KindWord::File) {
                        self.say(Problem::MayFollowNotFile, context, span);
                    } else {
                        result.may_follow = Some(follows?);
                    }
                }
                _ if crate::syntax::says_required(&text) => {
                    let fix = self.with_comma(span, context);
                    let problem = Problem::RequiredAnyway { word: text };
                    self.world.say(Diagnostic { fix, ..Diagnostic::new(problem, context.file, span) });
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
            let suggestion = self.kind_meant(&first, thing, context.language);
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

    /// Until when a file may follow: a period ends on a working day (§ 193 BGB), a named day is that day.
    fn may_follow(&self, (text, span): (&str, Span), until: bool, context: &Context<'_>) -> Option<Calc> {
        let word = if until { Fixed::MayFollowUntil } else { Fixed::MayFollow }.spelling(context.language);
        let wrong = || Problem::MayFollowForm { text: if text.is_empty() { word } else { text }.to_owned() };
        if text.is_empty() {
            self.say(wrong(), context, span);
            return None;
        }
        let (text, span) = match WITHIN.iter().find_map(|word| text.strip_prefix(word)) {
            Some(period) if !until => {
                let written = text.to_owned();
                // `14 Tagen` stands behind the word only.
                let meant: Vec<&str> = period
                    .split_whitespace()
                    .map(|word| match word {
                        "Tagen" => "Tage",
                        "Monaten" => "Monate",
                        "Jahren" => "Jahre",
                        other => other,
                    })
                    .collect();
                let meant = meant.join(" ");
                let problem = Problem::WriteInstead { found: written, meant: meant.clone() };
                let fix = Some((span, meant));
                self.world.say(Diagnostic { fix, ..Diagnostic::new(problem, context.file, span) });
                (period.trim(), Span::new(span.end - period.trim().len(), span.end))
            }
            _ => (text, span),
        };
        let (calc, kind) = self.read_calc(text, span, &Context { before: Some(0), ..context.clone() })?;
        let follows = match kind {
            Type::Date if until => Some(calc),
            Type::Number(number) if !until => {
                let unit = number.unit.single().and_then(super::expressions::time_unit);
                let some =
                    matches!(&calc, Calc::Number(by) if by.is_integer() && by.is_sign_positive() && !by.is_zero());
                let by = Box::new(calc);
                unit.filter(|_| some)
                    .map(|unit| Calc::PeriodEnd(Box::new(Calc::Shift { date: Box::new(Calc::Today), by, unit })))
            }
            _ => None,
        };
        if follows.is_none() {
            self.say(wrong(), context, span);
        }
        follows
    }

    /// Deletes a part with the comma before it.
    fn with_comma(&self, span: Span, context: &Context<'_>) -> Option<(Span, String)> {
        let before = self.world.text_of(context.file)?.get(..span.start)?.trim_end();
        let start = before.strip_suffix(',').map_or(span.start, str::len);
        Some((Span::new(start, span.end), String::new()))
    }

    /// The kind, the first of the parts; where a comma is missing behind it, after a message.
    fn comma_missing(&self, parts: &mut Vec<Part>, context: &Context<'_>) -> Part {
        let (first, span) = parts.remove(0);
        // `Text (höchstens 40 Zeichen)`
        if let Some((kind, limit)) = first.split_once(" (").filter(|_| first.ends_with(')')) {
            let (kind, limit) = (kind.trim().to_owned(), limit.trim_end_matches(')').trim().to_owned());
            let problem = Problem::CommaMissing { before: kind.clone(), after: limit.clone() };
            let fix = Some((span, format!("{kind}, {limit}")));
            self.world.say(Diagnostic { fix, ..Diagnostic::new(problem, context.file, span) });
            let start = span.end - 1 - limit.len();
            parts.insert(0, (limit, Span::new(start, span.end - 1)));
            let end = span.start + kind.len();
            return (kind, Span::new(span.start, end));
        }
        let behind = KindWord::find_at_start(&first).map(|(_, rest)| rest.trim()).filter(|rest| !rest.is_empty());
        let cut = behind.and_then(|rest| {
            // A unit behind `in` and the name of a list belong to the kind.
            let words = [
                Fixed::Optional,
                Fixed::MayFollow,
                Fixed::AlsoIncomplete,
                Fixed::AtMost,
                Fixed::AtLeast,
                Fixed::Exactly,
            ];
            let begins = |text: &str| {
                from_to(text).is_some()
                    || Fixed::find_at_start(text).is_some_and(|(found, _)| words.contains(&found.word))
                    || matches!(text.split_whitespace().next(), Some("ab" | "bis" | "from" | "up" | "über" | "unter"))
            };
            let starts = rest.char_indices().filter(|(_, c)| c.is_whitespace()).map(|(at, c)| at + c.len_utf8());
            std::iter::once(0)
                .chain(starts)
                .filter_map(|at| rest.get(at..))
                .find(|text| begins(text) || text.starts_with(|c: char| c.is_ascii_digit()))
                .map(|text| first.len() - text.len())
        });
        let Some(at) = cut else { return (first, span) };
        let (kind, limit) = first.split_at(at);
        // `ganze Zahl von 1 bis 12`: the word goes.
        let at = from_to(limit).map_or(at, |rest| first.len() - rest.len());
        let limit = first.get(at..).unwrap_or(limit);
        let (kind, limit) = (kind.trim_end().to_owned(), limit.to_owned());
        let end = span.start + kind.len();
        let problem = Problem::CommaMissing { before: kind.clone(), after: limit.clone() };
        let fix = Some((Span::new(end, span.start + at), ", ".to_owned()));
        self.world.say(Diagnostic { fix, ..Diagnostic::new(problem, context.file, Span::new(end, span.end)) });
        parts.insert(0, (limit, Span::new(span.start + at, span.end)));
        (kind, Span::new(span.start, end))
    }

    /// The kind that is probably meant: one of the language, what other programs call it, or a building block.
    fn kind_meant(&self, name: &str, thing: &Thing, language: Language) -> Option<String> {
        if let Some(meant) = meant(name, language) {
            return Some(meant.to_owned());
        }
        // `Zahl in qm`
        if let Some((kind, unit)) = name.split_once(" in ")
            && let Some(meant) = meant(kind, language)
        {
            return Some(format!("{meant} in {unit}"));
        }
        let kinds = KindWord::ALL.iter().map(|word| word.spelling(language));
        let used = thing.node.key(crate::syntax::keyword::Key::Uses);
        let used = used.map(|line| split_items(&line.value, 0)).unwrap_or_default();
        let blocks: Vec<String> =
            used.iter().map(|(path, _)| path.rsplit(['/', ' ']).next().unwrap_or(path).to_owned()).collect();
        // `land/person`: used by its last part.
        let last = name.rsplit('/').next().unwrap_or(name).to_lowercase();
        let same = blocks.iter().find(|block| block.to_lowercase() == last);
        same.cloned()
            .or_else(|| crate::diagnostic::closest(name, kinds))
            .or_else(|| crate::diagnostic::closest(name, blocks.iter().map(String::as_str)))
    }

    fn no_limits(&self, limits: &[Part], kind: &str, context: &Context<'_>) {
        for (text, span) in limits {
            self.not_understood(text, *span, kind, context);
        }
    }

    pub(super) fn not_understood(&self, text: &str, span: Span, kind: &str, context: &Context<'_>) {
        let required = ["pflichtfeld", "pflicht", "pflichtangabe", "erforderlich", "required", "mandatory"];
        if required.contains(&text.to_lowercase().as_str()) {
            let instead = Both::new(
                "es nicht: beantwortet werden muss alles, hinter dem nicht „freiwillig“ steht",
                "it not: everything has to be answered behind which “optional” does not stand",
            );
            self.say(Problem::SayDifferently { found: text.to_owned(), instead }, context, span);
            return;
        }
        let words =
            [Fixed::Optional, Fixed::MayFollow, Fixed::AlsoIncomplete, Fixed::AtMost, Fixed::AtLeast, Fixed::Exactly];
        let first = text.split_whitespace().next().unwrap_or(text);
        let short = match first.trim_end_matches('.').to_lowercase().as_str() {
            "max" | "maximal" | "maximum" => Some(Fixed::AtMost),
            "min" | "mind" | "minimal" | "minimum" => Some(Fixed::AtLeast),
            _ => None,
        };
        let suggestion = short
            .map(|word| word.spelling(context.language).to_owned())
            .or_else(|| crate::diagnostic::closest(first, words.iter().map(|word| word.spelling(context.language))));
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
            let meant: Vec<(&str, &str)> =
                unit.split_whitespace().filter_map(|word| Some((word, super::units::otherwise(word)?))).collect();
            let mut unit = unit.to_owned();
            for (word, known) in meant {
                let start = span.end - rest.len() + rest.rfind(word).unwrap_or(0);
                let place = Span::new(start, start + word.len());
                let problem = Problem::UnitUnknown { unit: word.to_owned(), known: known.to_owned() };
                let fix = Some((place, known.to_owned()));
                self.world.say(Diagnostic { fix, ..Diagnostic::new(problem, context.file, place) });
                unit = unit.replace(word, known);
            }
            return Some(Unit::read(&unit).text());
        }
        self.not_understood(text, span, word.spelling(context.language), context);
        None
    }
}

/// What people write before the period within which a file may follow.
const WITHIN: &[&str] = &["in ", "innerhalb von ", "innerhalb ", "binnen ", "within "];

/// What stands behind the first word of `von 1 bis 12`.
fn from_to(text: &str) -> Option<&str> {
    let rest = text.strip_prefix("von ").or_else(|| text.strip_prefix("from "))?.trim_start();
    let two = rest.starts_with(|c: char| c.is_ascii_digit()) && (rest.contains(" bis ") || rest.contains(" to "));
    two.then_some(rest)
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

/// Kinds as other programs call them, German and English, and what they are here.
const ELSEWHERE: &[(&[&str], KindWord)] = &[
    (&["zahl", "nummer", "ganzzahl", "number", "integer"], KindWord::Whole),
    (&["kommazahl", "dezimal"], KindWord::Decimal),
    (
        &["ja/nein", "ja, nein", "ja nein", "ja oder nein?", "yes/no", "yes no", "kontrollkästchen", "checkbox"],
        KindWord::YesNo,
    ),
    (&["auswahl", "einfachauswahl", "optionsfeld", "dropdown", "choice", "single choice"], KindWord::OneOf),
    (&["mehrfachauswahl", "mehrfach", "multiple choice"], KindWord::SeveralOf),
    (&["textfeld", "freitext", "kurzer text"], KindWord::Text),
    (&["textbereich", "mehrzeiliger text", "absatz", "text area"], KindWord::LongText),
    (&["email", "mail", "mailadresse", "e-mail-adresse", "emailadresse", "e-mail address"], KindWord::Email),
    (&["telefonnummer", "handynummer", "rufnummer", "telephone", "phone number"], KindWord::Phone),
    (&["plz", "zip", "zip code", "post code"], KindWord::Postcode),
    (&["nachname", "zuname", "surname", "last name"], KindWord::FamilyName),
    (&["first name", "rufname"], KindWord::GivenName),
    (&["geburtstag", "date of birth", "birthday"], KindWord::BirthDate),
    (&["tag", "day"], KindWord::Date),
    (&["zeit", "uhr"], KindWord::Time),
    (&["hochladen", "upload", "anhang", "dokument", "foto", "bild", "document", "photo", "attachment"], KindWord::File),
    (&["geld", "euro", "geldbetrag", "money"], KindWord::Money),
    (&["land", "staatsangehörigkeit"], KindWord::Country),
    (&["stadt", "wohnort", "town", "city"], KindWord::Municipality),
    (&["firma", "verein", "unternehmen", "company"], KindWord::Organisation),
    (&["bestätigung", "zustimmung", "einwilligung", "consent"], KindWord::Declaration),
    (&["steuer-id", "steueridentifikationsnummer", "tax id"], KindWord::TaxNumber),
    (&["autokennzeichen", "nummernschild", "licence plate"], KindWord::NumberPlate),
    (&["kontonummer", "bankkonto"], KindWord::Iban),
];

/// The kind that another program calls by this name.
pub(super) fn meant(name: &str, language: Language) -> Option<&'static str> {
    let name = name.trim().to_lowercase();
    let found = ELSEWHERE.iter().find(|(names, _)| names.contains(&name.as_str()));
    found.map(|(_, kind)| kind.spelling(language))
}
