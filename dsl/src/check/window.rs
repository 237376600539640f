//! When a procedure is open ("Offen", "geschlossen").

use super::expressions::{Context, Lower};
use super::types::Type;
use crate::diagnostic::{Both, Problem};
use crate::eval::{Value, constant};
use crate::kind::show_date;
use crate::model::{MonthDay, ProcedureKind, Window};
use crate::syntax::expression::{CalcExpr, CalcKind, SetKind};
use crate::syntax::keyword::Key;
use crate::syntax::{KeyLine, parse_set};
use jiff::civil::{Date, DateTime, date};

/// Days on which something that does not depend on today is looked at.
const TODAY: [Date; 2] = [date(2000, 1, 1), date(2001, 7, 2)];

impl Lower<'_> {
    /// `Offen:` and `geschlossen:` of a procedure whose version is valid from one day until another.
    pub(super) fn window(
        &self,
        kind: ProcedureKind,
        (from, until): (Date, Option<Date>),
        context: &Context<'_>,
    ) -> Option<Window> {
        let node = &self.thing.node;
        let closed = node.key(Key::Closed);
        let Some(line) = node.key(Key::Open) else {
            if let Some(closed) = closed {
                self.say(Problem::ClosedWithoutWindow, context, closed.key_span);
            }
            return None;
        };
        if kind == ProcedureKind::Topic {
            let heading = node.heading.spelling(context.language).to_owned();
            self.say(Problem::KeyNotHere { word: line.words.clone(), heading }, context, line.key_span);
            return None;
        }
        if closed.is_none() {
            self.say(Problem::ClosedMissing, context, line.key_span);
        }
        if let Some(season) = self.season(line) {
            let closed = self.rich_at(self.thing, "", node, Key::Closed, context)?;
            return Some(Window { from: None, to: None, every_year: Some(season), closed });
        }
        let (opens, closes) = self.window_ends(line, context)?;
        self.fits_version(opens, closes, (from, until), line, context);
        let closed = self.rich_at(self.thing, "", node, Key::Closed, context)?;
        Some(Window { from: opens, to: closes, every_year: None, closed })
    }

    /// `01.03. bis 31.05.`: the same days every year.
    fn season(&self, line: &KeyLine) -> Option<(MonthDay, MonthDay)> {
        let SetKind::Between(first, last) = parse_set(&line.value, line.value_span.start).ok()?.kind else {
            return None;
        };
        match (first.kind, last.kind) {
            (CalcKind::MonthDay(Some(first), _), CalcKind::MonthDay(Some(last), _)) => Some((first, last)),
            _ => None,
        }
    }

    /// First and last minute.
    fn window_ends(&self, line: &KeyLine, context: &Context<'_>) -> Option<(Option<DateTime>, Option<DateTime>)> {
        if line.value.trim().is_empty() {
            return None;
        }
        let expr = match parse_set(&line.value, line.value_span.start) {
            Ok(expr) => expr,
            Err(error) => {
                self.unreadable(&error, line.value_span, context);
                return None;
            }
        };
        let (opens, closes) = match &expr.kind {
            SetKind::Between(a, b) => {
                (Some(self.window_end(a, false, context)?), Some(self.window_end(b, true, context)?))
            }
            SetKind::From(a) => (Some(self.window_end(a, false, context)?), None),
            SetKind::UpTo(b) => (None, Some(self.window_end(b, true, context)?)),
            _ => {
                self.say(Problem::WindowForm, context, line.value_span);
                return None;
            }
        };
        if let (Some(first), Some(last)) = (opens, closes)
            && last < first
        {
            self.say(Problem::WindowReversed { from: shown(first), to: shown(last) }, context, line.value_span);
            return None;
        }
        Some((opens, closes))
    }

    /// A bound that does not depend on today; a day without a time opens with its first minute
    /// and closes with its last.
    fn window_end(&self, bound: &CalcExpr, last: bool, context: &Context<'_>) -> Option<DateTime> {
        let (calc, kind) = self.calc(bound, &Context { before: Some(0), ..context.clone() })?;
        if !matches!(kind, Type::Date | Type::DateTime) {
            return self.mismatch(&kind, &Type::Date, context, bound.span);
        }
        let [value, other] = TODAY.map(|today| constant(&calc, today));
        match value.filter(|value| other.as_ref() == Some(value)) {
            Some(Value::Date(day)) if last => Some(Window::end_of(day)),
            Some(Value::Date(day)) => Some(day.to_datetime(jiff::civil::Time::midnight())),
            Some(Value::DateTime(at)) => Some(at),
            _ => {
                self.say(Problem::WindowNotFixed, context, bound.span);
                None
            }
        }
    }

    fn fits_version(
        &self,
        opens: Option<DateTime>,
        closes: Option<DateTime>,
        (from, until): (Date, Option<Date>),
        line: &KeyLine,
        context: &Context<'_>,
    ) {
        let valid = |day: Date| from <= day && until.is_none_or(|until| day < until);
        let over = closes.is_some_and(|closes| closes.date() < from);
        let ahead = opens.zip(until).is_some_and(|(opens, until)| opens.date() >= until);
        if over || ahead {
            let ends = [opens, closes].map(|bound| bound.map_or(Both::same("…"), shown));
            let [from, to] = ends;
            self.say(Problem::WindowOutsideVersion { from, to }, context, line.value_span);
            return;
        }
        let beyond = [opens, closes].into_iter().flatten().find(|bound| !valid(bound.date()));
        if let Some(bound) = beyond {
            let day = Both::each(|reader| show_date(bound.date(), reader));
            self.say(Problem::WindowBeyondVersion { day }, context, line.value_span);
        }
    }
}

/// A bound as people read it.
pub(super) fn shown(at: DateTime) -> Both {
    Both::each(|reader| {
        let day = show_date(at.date(), reader);
        if Window::is_whole_day(at) {
            return day;
        }
        let (hour, minute) = (at.hour(), at.minute());
        let between = if reader == crate::model::Language::English { "at" } else { "um" };
        format!("{day} {between} {hour:02}:{minute:02}")
    })
}
