//! A question: label, hint, error, control. One room for each widget.

use amtsweg_dsl::eval::{Value, constant};
use amtsweg_dsl::kind::{Widget, show_date};
use amtsweg_dsl::model::{Calc, Condition, Language, TimeUnit, Values};
use maud::{Markup, html};

use super::rich::{self, Plain};
use super::sheet::{FieldError, Id, Sheet};
use super::{choice, date, file, place};
use crate::journey::find;
use crate::journey::walk::Field;

/// More answers under which a question is asked are not named beside it.
const MOST_NAMED: usize = 3;

/// Draws a question.
pub(crate) fn field(sheet: &Sheet<'_>, field: &Field<'_>) -> Markup {
    let lists = &sheet.procedure.lists;
    match field.question.kind.widget(lists) {
        Widget::Line { input_type, input_mode, width, spellcheck } => {
            let notes = Notes::new(sheet, field, &[unit(field, sheet.language())]);
            line(sheet, field, &notes, &Line { input_type, input_mode, width, spellcheck })
        }
        Widget::Area => area(sheet, field),
        Widget::Date => date::date(sheet, field),
        Widget::Radios => choice::radios(sheet, field),
        Widget::Checkboxes => choice::checkboxes(sheet, field),
        Widget::Select => choice::select(sheet, field),
        Widget::Place => place::place(sheet, field),
        Widget::File => file::file(sheet, field),
        Widget::Declaration => choice::declaration(sheet, field),
        // Building blocks are walked into; none arrives here.
        Widget::Group => html! {},
    }
}

/// How a line looks.
pub(super) struct Line {
    pub input_type: &'static str,
    pub input_mode: Option<&'static str>,
    pub width: Option<u8>,
    pub spellcheck: bool,
}

/// What stands between a question and its control, and the ids that tie it to the control.
pub(super) struct Notes<'a> {
    pub error: Option<&'a FieldError>,
    warning: Option<&'a str>,
    hints: Vec<(&'static str, Markup)>,
    pub described: Option<String>,
}

impl<'a> Notes<'a> {
    /// The notes of a question; `more` are further hints with the endings of their ids.
    pub fn new(sheet: &Sheet<'a>, field: &Field<'_>, more: &[Option<(&'static str, Markup)>]) -> Self {
        let name = &field.name;
        let error = sheet.error(name);
        let warning = sheet.warning(name);
        let mut hints = Vec::new();
        if field.uncertain {
            hints.push(("if", html! { (only_if(sheet, field)) }));
        }
        if let Some(hint) = &field.question.hint {
            let fill = |text: &str| sheet.evaluator.fill(text, sheet.language(), &field.entries);
            hints.push(("hint", rich::rich_line(hint, sheet.language(), &fill)));
        }
        let may_follow = field.question.may_follow.as_ref();
        if let Some(Value::Date(day)) = may_follow.and_then(|calc| constant(calc, sheet.around().today)) {
            hints.push(("later", html! { (sheet.t().evidence_until(show_date(day, sheet.language()))) }));
        }
        hints.extend(more.iter().flatten().cloned());
        let mut described = String::new();
        let mut add = |ending: &str| {
            if !described.is_empty() {
                described.push(' ');
            }
            for piece in ["f-", name, "-", ending] {
                described.push_str(piece);
            }
        };
        hints.iter().for_each(|(ending, _)| add(ending));
        if warning.is_some() {
            add("warning");
        }
        if error.is_some() {
            add("error");
        }
        Self { error, warning, hints, described: (!described.is_empty()).then_some(described) }
    }

    /// The notes themselves: hints, then the error, all before the control. The unit stands
    /// behind it.
    pub fn markup(&self, sheet: &Sheet<'_>, name: &str) -> Markup {
        html! {
            @for (ending, hint) in self.hints.iter().filter(|(ending, _)| *ending != "unit") {
                p.hint id={ (Id(name)) "-" (Plain(ending)) } { (hint) }
            }
            @if let Some(warning) = self.warning {
                p.warning id={ (Id(name)) "-warning" } { (Plain(warning)) }
            }
            @if let Some(error) = self.error {
                p.error id={ (Id(name)) "-error" } {
                    span.hidden { (Plain(&sheet.t().error_prefix)) " " } (Plain(&error.message))
                }
            }
        }
    }

    fn unit(&self) -> Option<&Markup> {
        self.hints.iter().find(|(ending, _)| *ending == "unit").map(|(_, unit)| unit)
    }
}

/// The text of a question, with its mark where it may stay empty.
pub(super) fn label_text(sheet: &Sheet<'_>, field: &Field<'_>) -> Markup {
    let t = sheet.t();
    // What may follow must come all the same.
    let follows = field.question.may_follow.is_some();
    let mark = follows.then_some(&t.may_follow).or_else(|| field.question.optional.then_some(&t.optional));
    html! {
        (sheet.text(&field.question.label, &field.entries))
        @if let Some(mark) = mark { " " span.optional { (mark) } }
    }
}

/// The label; where the question is the heading of its page, inside of it.
pub(super) fn label(sheet: &Sheet<'_>, field: &Field<'_>) -> Markup {
    let inner = html! { label for=(Id(&field.name)) { (label_text(sheet, field)) } };
    if sheet.heading == Some(&field.name) {
        html! { h1 { (inner) } }
    } else {
        inner
    }
}

/// The legend of a group of controls; where the question is the heading of its page, round it.
pub(super) fn legend(sheet: &Sheet<'_>, field: &Field<'_>) -> Markup {
    html! {
        legend {
            @if sheet.heading == Some(&field.name) { h1 { (label_text(sheet, field)) } } @else { (label_text(sheet, field)) }
        }
    }
}

/// The class of a question: wrong ones have a bar at the side.
pub(super) fn class(notes: &Notes<'_>) -> &'static str {
    if notes.error.is_some() { "q wrong" } else { "q" }
}

pub(super) fn line(sheet: &Sheet<'_>, field: &Field<'_>, notes: &Notes<'_>, look: &Line) -> Markup {
    let name = &field.name;
    html! {
        div class=(class(notes)) {
            (label(sheet, field))
            (notes.markup(sheet, name))
            input id=(Id(name)) name=(Plain(name)) type=(look.input_type) inputmode=[look.input_mode]
                class=[look.width.map(width)]
                autocomplete=[autocomplete(field).map(Plain)] spellcheck=[(!look.spellcheck).then_some("false")]
                aria-describedby=[notes.described.as_deref().map(Plain)] aria-invalid=[notes.error.map(|_| "true")]
                value=(Plain(&sheet.line(field)));
            @if let Some(unit) = notes.unit() { span.unit id={ "f-" (name) "-unit" } { (unit) } }
        }
    }
}

fn area(sheet: &Sheet<'_>, field: &Field<'_>) -> Markup {
    let name = &field.name;
    let notes = Notes::new(sheet, field, &[]);
    html! {
        div class=(class(&notes)) {
            (label(sheet, field))
            (notes.markup(sheet, name))
            // A first line break is dropped by browsers: this one protects that of the answer.
            textarea id=(Id(name)) name=(name) rows="5" autocomplete=[autocomplete(field)]
                aria-describedby=[notes.described.as_deref()] aria-invalid=[notes.error.map(|_| "true")] {
                "\n" (sheet.line(field))
            }
        }
    }
}

/// The `autocomplete` token; `off` where a browser would fill in the applicant's own data.
pub(super) fn autocomplete(field: &Field<'_>) -> Option<&'static str> {
    let own = field.question.kind.autocomplete(&field.question.subject);
    own.or_else(|| field.question.kind.autocomplete(&amtsweg_dsl::model::Subject::Applicant).map(|_| "off"))
}

/// One of the widths that the styles know.
fn width(characters: u8) -> &'static str {
    match characters {
        0..=2 => "w2",
        3..=5 => "w5",
        6..=10 => "w10",
        11..=20 => "w20",
        _ => "w30",
    }
}

/// The unit behind a number.
fn unit(field: &Field<'_>, language: Language) -> Option<(&'static str, Markup)> {
    let unit = field.question.kind.unit(language)?;
    Some(("unit", html! { (unit) }))
}

/// "Nur wenn Sie bei … die Antwort … geben", where the condition is that simple.
fn only_if(sheet: &Sheet<'_>, field: &Field<'_>) -> String {
    let simple = field.question.condition.as_ref().and_then(|condition| {
        let (what, set, several) = match condition {
            Condition::In { what: Calc::Answer(what), set } => (what, set, false),
            Condition::Contains { what, set } => (what, set, true),
            _ => return None,
        };
        let asked = find::question_at(sheet.procedure, what)?;
        let shown = |value: serde_json::Value| {
            let value = if several { serde_json::Value::Array(vec![value]) } else { value };
            asked.kind.show(&value, sheet.language(), sheet.around())
        };
        let answers: Vec<String> = match &set.values {
            Values::Bools(values) if values.len() == 1 => values.iter().map(|value| shown((*value).into())).collect(),
            Values::Keys(keys) if keys.len() <= MOST_NAMED => {
                keys.iter().map(|key| shown(key.as_str().into())).collect()
            }
            _ => return None,
        };
        let question = sheet.plain(&asked.label, &field.entries).into_owned();
        Some(sheet.t().if_answer(question, answers.join(&sheet.t().or_answer)))
    });
    simple.unwrap_or_else(|| sheet.t().if_so.clone())
}

/// A period behind an amount: "je Jahr".
pub(crate) fn period(t: &crate::texts::Texts, unit: TimeUnit) -> &str {
    match unit {
        TimeUnit::Years => &t.per_year,
        TimeUnit::Months => &t.per_month,
        TimeUnit::Weeks => &t.per_week,
        TimeUnit::Days | TimeUnit::WorkingDays | TimeUnit::WorkingDaysWithSaturday => &t.per_day,
    }
}
