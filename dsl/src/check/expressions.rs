//! Calculations and conditions as an author wrote them, to those of the model: names resolved,
//! units checked, uses guarded.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::rc::Rc;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::computed::{Done, State};
use super::scope::Names;
use super::thing::Thing;
use super::types::{Number, Type};
use super::units::Unit;
use super::world::World;
use crate::diagnostic::{Diagnostic, Problem};
use crate::kind::Choices;
use crate::model::{Calc, CodeList, Condition, Language, Set, Subject, Text, TimeUnit, Values};
use crate::syntax::{Form, Span};

/// One procedure while it is being lowered to the model.
pub(super) struct Lower<'a> {
    /// Everything that was read.
    pub world: &'a World<'a>,
    /// The procedure's file.
    pub thing: &'a Thing,
    /// The position of the next question.
    pub orders: Cell<usize>,
    /// Conditions of end pages: where one holds, nothing after it is decided.
    pub stops: RefCell<Vec<Condition>>,
    /// Whom each question so far is about.
    pub subjects: RefCell<HashMap<String, Subject>>,
    /// Names and answers.
    pub names: RefCell<Names>,
    /// Constants: what they are.
    pub constants: RefCell<Vec<(Calc, Type)>>,
    /// Computed values.
    pub computed: RefCell<Vec<State<'a>>>,
    /// How many computed values are being lowered, one inside the other.
    pub depth: Cell<usize>,
    /// Computed values of the procedure in the order in which they were lowered.
    pub finished: RefCell<Vec<Rc<Done>>>,
    /// The same by their names.
    pub by_name: RefCell<HashMap<String, Rc<Done>>>,
    /// Code lists in use.
    pub lists: RefCell<BTreeMap<String, Arc<CodeList>>>,
    /// Where the headings of the file's questions begin, their scopes and positions: for editors.
    pub places: RefCell<Vec<(usize, usize, usize)>>,
}

/// Where an expression stands.
#[derive(Debug, Clone)]
pub(super) struct Context<'c> {
    /// The file, for messages.
    pub file: &'c str,
    /// The keyword language of the file.
    pub language: Language,
    /// The scope in which names are looked up.
    pub scope: usize,
    /// Conditions that are known to hold.
    pub facts: Vec<Condition>,
    /// Only answers before this position may be used.
    pub before: Option<usize>,
    /// A cell of a table: `keine Antwort` may stand.
    pub cell: bool,
    /// Answers need no guard: where one is absent, nothing is claimed.
    pub free: bool,
    /// Under `nicht`: an answer that is absent would make the whole hold, so every one needs a guard.
    pub strict: bool,
    /// Inside of a text: `{name}`.
    pub text: bool,
    /// The question that is talked about, for messages.
    pub subject: Option<String>,
}

impl<'c> Context<'c> {
    /// A context at the top of a file that sees everything.
    pub fn top(file: &'c str, language: Language) -> Self {
        Self {
            file,
            language,
            scope: 0,
            facts: Vec::new(),
            before: None,
            cell: false,
            free: false,
            strict: false,
            text: false,
            subject: None,
        }
    }

    /// Inside an entry of a repeat.
    pub fn inside(&self, scope: usize) -> Self {
        Self { scope, cell: false, free: false, ..self.clone() }
    }
}

impl Lower<'_> {
    pub(super) fn say(&self, problem: Problem, context: &Context<'_>, span: Span) {
        self.world.say(Diagnostic::new(problem, context.file, span));
    }

    pub(super) fn say_with(&self, problem: Problem, suggestion: Option<String>, context: &Context<'_>, span: Span) {
        self.world.say(Diagnostic { suggestion, ..Diagnostic::new(problem, context.file, span) });
    }

    /// The context with the keyword language of the file in which the words stand: a line of an
    /// adoption is read in its own.
    pub(super) fn in_words_of<'c>(&self, span: Span, context: &Context<'c>) -> Context<'c> {
        let own = self.world.language_at(context.file, span.start);
        Context { language: own.unwrap_or(context.language), ..context.clone() }
    }

    pub(super) fn written(&self, context: &Context<'_>, span: Span) -> String {
        self.world.text_of(context.file).and_then(|text| text.get(span.start..span.end)).unwrap_or("").to_owned()
    }

    pub(super) fn mismatch<T>(&self, found: &Type, wanted: &Type, context: &Context<'_>, span: Span) -> Option<T> {
        if *found != Type::Unknown && *wanted != Type::Unknown {
            let (found, wanted) = (found.name(), wanted.name());
            self.say(Problem::WrongKindHere { found, wanted }, context, span);
        }
        None
    }

    /// Reports different units; a bare 0 has every unit.
    pub(super) fn same_unit(
        &self,
        wanted: &Unit,
        found: &Unit,
        value: Decimal,
        context: &Context<'_>,
        span: Span,
    ) -> Option<()> {
        if wanted == found || (found.is_none() && value.is_zero()) {
            return Some(());
        }
        let problem = if found.is_none() {
            Problem::UnitMissing { unit: wanted.written(context.language) }
        } else if wanted.is_none() {
            Problem::UnitNotWanted { unit: found.written(context.language) }
        } else {
            Problem::UnitsMixed { left: wanted.written(context.language), right: found.written(context.language) }
        };
        let mut message = Diagnostic::new(problem, context.file, span);
        let written = self.written(context, span);
        message.fix = if found.is_none() && written.bytes().all(|b| b.is_ascii_digit() || matches!(b, b',' | b'.')) {
            let end = Span::new(span.end, span.end);
            Some((end, format!(" {}", wanted.written(context.language))))
        } else {
            wanted.convert(&written, context.language).map(|text| (span, text))
        };
        if wanted.is_none() {
            let number = written.split_whitespace().next().unwrap_or("");
            let number = Some(number).filter(|number| number.bytes().all(|b| b.is_ascii_digit() || b == b'.'));
            message.fix = number.filter(|number| !number.is_empty()).map(|number| (span, number.to_owned()));
        }
        self.world.say(message);
        None
    }

    /// Keys and labels of what can be chosen.
    pub(super) fn choices(&self, choices: &Choices) -> Vec<(String, Vec<String>)> {
        let mut all = Vec::new();
        self.each_choice(choices, |key, labels| {
            all.push((key.to_owned(), labels.0.values().cloned().collect()));
            false
        });
        all
    }

    /// Whether a key can be chosen.
    pub(super) fn has_choice(&self, choices: &Choices, wanted: &str) -> bool {
        let mut found = false;
        self.each_choice(choices, |key, _| {
            found = key == wanted;
            found
        });
        found
    }

    /// Shows what can be chosen, until `visit` says that it has seen enough.
    pub(super) fn each_choice(&self, choices: &Choices, mut visit: impl FnMut(&str, &Text) -> bool) {
        match choices {
            Choices::Options(options) => {
                options.iter().any(|option| visit(&option.key, &option.label));
            }
            Choices::List { name, only } => {
                let only: Option<HashSet<&str>> = match only {
                    Some(Set { values: Values::Keys(keys), .. }) => Some(keys.iter().map(String::as_str).collect()),
                    _ => None,
                };
                let lists = self.lists.borrow();
                let values = lists.get(name).map(|list| list.values.as_slice()).unwrap_or_default();
                values
                    .iter()
                    .filter(|value| only.as_ref().is_none_or(|only| only.contains(value.key.as_str())))
                    .any(|value| visit(&value.key, &value.label));
            }
        }
    }

    /// A condition as text.
    pub(super) fn read_condition(&self, text: &str, span: Span, context: &Context<'_>) -> Option<Condition> {
        if self.misread(text, span, context) {
            return None;
        }
        match crate::syntax::parse_condition(text, span.start) {
            Ok(expr) => {
                self.slips(Form::Condition, text, span, context);
                self.condition(&expr, context)
            }
            Err(error) => {
                self.unreadable_as(Some(Form::Condition), &error, span, context);
                None
            }
        }
    }

    /// A calculation as text.
    pub(super) fn read_calc(&self, text: &str, span: Span, context: &Context<'_>) -> Option<(Calc, Type)> {
        if self.misread(text, span, context) {
            return None;
        }
        match crate::syntax::parse_calc(text, span.start) {
            Ok(expr) => {
                self.slips(Form::Calculation, text, span, context);
                self.calc(&expr, context)
            }
            Err(error) => {
                self.unreadable_as(Some(Form::Calculation), &error, span, context);
                None
            }
        }
    }

    /// A set as text.
    pub(super) fn read_set(&self, text: &str, span: Span, kind: &Type, context: &Context<'_>) -> Option<Set> {
        if self.misread(text, span, context) {
            return None;
        }
        match crate::syntax::parse_set(text, span.start) {
            Ok(expr) => {
                self.slips(Form::Set, text, span, context);
                self.set(&expr, kind, context)
            }
            Err(error) => {
                self.unreadable_as(Some(Form::Set), &error, span, context);
                None
            }
        }
    }

    /// Reports what was read, but is written in another way in this language.
    pub(super) fn slips(&self, form: Form, text: &str, span: Span, context: &Context<'_>) {
        for (place, found, meant) in crate::syntax::slips(form, text, span.start, context.language) {
            let (problem, fix) = if meant.is_empty() {
                // `von 1 bis 12`: the word goes with the blank behind it.
                let behind = text.get(place.end - span.start..).unwrap_or("");
                let blanks = behind.len() - behind.trim_start().len();
                let rest = behind.trim().to_owned();
                let problem = Problem::WriteInstead { found: format!("{found} {rest}"), meant: rest };
                (problem, Span::new(place.start, place.end + blanks))
            } else {
                (Problem::WriteInstead { found, meant: meant.to_owned() }, place)
            };
            let mut message = Diagnostic::new(problem, context.file, place);
            message.fix = Some((fix, meant.to_owned()));
            self.world.say(message);
        }
    }

    /// A day such as `2026-01-31` or `31/12/2030` could be read as a calculation: it is reported before.
    pub(super) fn misread(&self, text: &str, span: Span, context: &Context<'_>) -> bool {
        let message =
            super::dates::like_a_calculation(text).then(|| super::dates::other_form(text, span.start, context.file));
        message.flatten().map(|message| self.world.say(message)).is_some()
    }

    pub(super) fn unreadable(&self, error: &crate::syntax::ParseError, span: Span, context: &Context<'_>) {
        self.unreadable_as(None, error, span, context);
    }

    /// Says why a text could not be read; `form` is what it should have been.
    pub(super) fn unreadable_as(
        &self,
        form: Option<Form>,
        error: &crate::syntax::ParseError,
        span: Span,
        context: &Context<'_>,
    ) {
        let written = self.written(context, span);
        // A point number explains more than the place where reading stopped.
        if let Some((at, number)) = point_number(&written) {
            let place = Span::new(span.start + at, span.start + at + number.len());
            let fixed = number.replace('.', ",");
            let mut message =
                Diagnostic::new(Problem::DecimalPoint { number, fixed: fixed.clone() }, context.file, place);
            message.fix = Some((place, fixed));
            self.world.say(message);
            return;
        }
        if let Some(message) = super::dates::other_form(&written, span.start, context.file) {
            self.world.say(message);
            return;
        }
        // A place whose name has a word of the language in it is read when it stands in quotation marks.
        if let Some(place) = super::places::with_word(self.world.regions, &written) {
            let at = span.start + written.find(place).unwrap_or(0);
            let place_span = Span::new(at, at + place.len());
            let problem = Problem::WordsNotQuoted { name: place.to_owned() };
            let mut message = Diagnostic::new(problem, context.file, place_span);
            message.fix = Some((place_span, format!("\"{place}\"")));
            self.world.say(message);
            return;
        }
        let (problem, place) = crate::syntax::phrase::cannot_read(error, &written, span.start, context.language);
        let plain = matches!(problem, Problem::CannotRead { .. } | Problem::CutShort { .. });
        let phrase = form
            .filter(|_| plain)
            .and_then(|form| super::phrases::meant(form, &written, span.start, context.file, context.language));
        self.world.say(phrase.unwrap_or_else(|| Diagnostic::new(problem, context.file, place)));
    }
}

/// A literal with its unit: money in cents, per cent as a fraction.
pub(super) fn number(value: Decimal, unit: Option<&(String, Vec<String>)>) -> (Calc, Type) {
    let (over, under) = match unit {
        None => return literal(value, Unit::none()),
        Some((over, under)) => (over.as_str(), under.as_slice()),
    };
    match Unit::of(over, None).single() {
        Some("%") => literal(value / Decimal::ONE_HUNDRED, Unit::none()),
        Some("€") => literal((value * Decimal::ONE_HUNDRED).normalize(), Unit::per("€", under)),
        Some("Cent") => literal(value, Unit::per("€", under)),
        _ => literal(value, Unit::per(over, under)),
    }
}

fn literal(value: Decimal, unit: Unit) -> (Calc, Type) {
    let value = value.normalize();
    let number = Number { unit, places: value.scale(), min: Some(value), max: Some(value) };
    (Calc::Number(value), Type::Number(number))
}

/// The unit in which a day is moved.
pub(super) fn time_unit(word: &str) -> Option<TimeUnit> {
    Some(match word {
        "Tage" => TimeUnit::Days,
        "Wochen" => TimeUnit::Weeks,
        "Monate" => TimeUnit::Months,
        "Jahre" => TimeUnit::Years,
        "Werktage" => TimeUnit::WorkingDaysWithSaturday,
        "Arbeitstage" => TimeUnit::WorkingDays,
        _ => return None,
    })
}

pub(crate) fn nfc(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    text.nfc().collect()
}

/// A number with a point that is no thousands' point: `1.5`.
pub(super) fn point_number(text: &str) -> Option<(usize, String)> {
    let bytes = text.as_bytes();
    text.char_indices().filter(|(_, c)| *c == '.').find_map(|(at, _)| {
        let before = bytes.get(..at)?.iter().rev().take_while(|b| b.is_ascii_digit()).count();
        let after = bytes.get(at + 1..)?.iter().take_while(|b| b.is_ascii_digit()).count();
        let next = bytes.get(at + 1 + after);
        let previous = at.checked_sub(before + 1).and_then(|i| bytes.get(i));
        let alone = next != Some(&b'.') && previous != Some(&b'.');
        (before > 0 && (after == 1 || after == 2) && alone)
            .then(|| (at - before, text.get(at - before..=at + after).unwrap_or("").to_owned()))
    })
}
