//! What widgets need to draw a question: texts, the answer so far, what was posted, what is wrong.

use std::borrow::Cow;

use amtsweg_dsl::eval::Evaluator;
use amtsweg_dsl::kind::{Input, Surroundings};
use amtsweg_dsl::model::{Kind, Language, Procedure, Text};
use maud::{Markup, Render, html};

use super::rich::{Plain, filled};
use crate::journey::posted::Posted;
use crate::journey::walk::Field;
use crate::request::Request;
use crate::texts::Texts;

/// Something wrong at a place of the page.
#[derive(Debug, Clone)]
pub(crate) struct FieldError {
    /// The name of the question or group.
    pub name: String,
    /// The id of the control that the summary leads to.
    pub target: String,
    pub message: String,
    /// Which parts of a date are wrong: day, month, year.
    pub parts: [bool; 3],
    /// The places to choose from, where what was typed fits several.
    pub places: Vec<String>,
}

/// A page of questions while it is drawn.
pub(crate) struct Sheet<'a> {
    pub rq: &'a Request,
    pub procedure: &'a Procedure,
    pub evaluator: Evaluator<'a>,
    pub posted: Option<&'a Posted>,
    pub errors: &'a [FieldError],
    /// Warnings that let through, by name.
    pub warnings: &'a [(String, String)],
    /// The only question of the page is its heading.
    pub heading: Option<&'a str>,
}

impl<'a> Sheet<'a> {
    pub fn t(&self) -> &'a Texts {
        self.rq.texts()
    }

    pub fn language(&self) -> Language {
        self.rq.language
    }

    pub fn around(&self) -> Surroundings<'a> {
        self.rq.surroundings(self.procedure)
    }

    /// A text with its values.
    pub fn plain<'t>(&self, text: &'t Text, entries: &[usize]) -> Cow<'t, str> {
        filled(text.get(self.language()), &|text| self.evaluator.fill(text, self.language(), entries))
    }

    /// A text with its values, marked where it is in another language.
    pub fn text(&self, text: &Text, entries: &[usize]) -> Markup {
        let own = text.language(self.language());
        let shown = self.plain(text, entries);
        let shown = Plain(&shown);
        html! { @if own == self.language() { (shown) } @else { span lang=(own.tag()) { (shown) } } }
    }

    pub fn error(&self, name: &str) -> Option<&'a FieldError> {
        self.errors.iter().find(|error| error.name == name)
    }

    pub fn warning(&self, name: &str) -> Option<&'a str> {
        self.warnings.iter().find(|(at, _)| at == name).map(|(_, text)| text.as_str())
    }

    /// What stands in a field of one line: what was posted, else the answer.
    pub fn line(&self, field: &Field<'_>) -> Cow<'a, str> {
        if let Some(posted) = self.posted {
            return Cow::Borrowed(posted.get(&field.name).unwrap_or_default());
        }
        match self.input(field) {
            Some(Input::Line(line)) => Cow::Owned(line),
            _ => Cow::Borrowed(""),
        }
    }

    /// The answer as the input that would give it.
    pub fn input(&self, field: &Field<'_>) -> Option<Input> {
        let value = field.value?;
        Some(field.question.kind.input(value, self.language(), self.around()))
    }
}

/// The id of a control, by the name of its question.
#[derive(Clone, Copy)]
pub(crate) struct Id<'a>(pub &'a str);

impl Render for Id<'_> {
    fn render_to(&self, buffer: &mut String) {
        buffer.push_str("f-");
        Plain(self.0).render_to(buffer);
    }
}

/// The id of the first control of a question: where links of the error summary lead.
pub(crate) fn first_control(kind: &Kind, name: &str, parts: [bool; 3]) -> String {
    match kind {
        Kind::Date(_) | Kind::BirthDate { .. } => {
            let part = match parts {
                [false, true, _] => "month",
                [false, false, true] => "year",
                _ => "day",
            };
            format!("f-{name}.{part}")
        }
        _ => format!("f-{name}"),
    }
}
