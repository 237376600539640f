//! Tables as they are written: head, rows, cells as sets.

use std::borrow::Cow;

use super::expressions::{Context, Lower, nfc};
use super::record::Target;
use super::table_bars::with_double_bar;
use super::thing::Thing;
use super::types::Type;
use crate::diagnostic::{Both, Diagnostic, Problem};
use crate::model::{Calc, Column, Condition, Set, Values};
use crate::syntax::keyword::{Fixed, Heading, Inner};
use crate::syntax::{Node, Span, TableCell};

/// What people write for `sonst`.
const REST: [&str; 14] = [
    "alle anderen",
    "alle übrigen",
    "alles andere",
    "andere",
    "übrige",
    "sonstige",
    "sonstiges",
    "im übrigen",
    "rest",
    "all others",
    "all other",
    "others",
    "everything else",
    "else",
];

/// What people write for `beliebig`.
const ANYTHING: [&str; 8] = ["-", "–", "*", "egal", "alle", "alles", "all", "every"];

/// A table whose cells are sets.
#[derive(Debug, Clone)]
pub(super) struct RawTable {
    pub columns: Vec<RawColumn>,
    pub rows: Vec<RawRow>,
    pub span: Span,
}

/// A column.
#[derive(Debug, Clone)]
pub(super) struct RawColumn {
    pub head: String,
    pub what: Calc,
    pub kind: Type,
}

impl RawColumn {
    /// A column that was reported: its cells are read, but not looked at.
    fn unknown(head: &str) -> Self {
        Self { head: head.to_owned(), what: Calc::Bool(true), kind: Type::Unknown }
    }
}

/// A row; without cells it is `sonst`.
#[derive(Debug, Clone)]
pub(super) struct RawRow {
    pub cells: Option<Vec<Set>>,
    pub result: (String, Span),
    pub span: Span,
}

impl RawTable {
    /// What is known inside a row.
    pub fn facts(&self, row: &RawRow) -> Vec<Condition> {
        let Some(cells) = &row.cells else { return self.left_over() };
        self.columns
            .iter()
            .zip(cells)
            .filter(|(_, cell)| !cell.no_answer)
            .map(|(column, cell)| Condition::In { what: column.what.clone(), set: cell.clone() })
            .collect()
    }

    /// What is known in the last row ("sonst"): where another one takes every case without an
    /// answer, there is one.
    fn left_over(&self) -> Vec<Condition> {
        let taken = |index: usize| {
            self.rows.iter().filter_map(|row| row.cells.as_ref()).any(|cells| {
                cells
                    .iter()
                    .enumerate()
                    .all(|(at, cell)| if at == index { cell.no_answer } else { *cell == Set::any() })
            })
        };
        let answers = self.columns.iter().enumerate().filter_map(|(index, column)| match &column.what {
            Calc::Answer(reference) if taken(index) => Some(Condition::Answered(reference.clone())),
            _ => None,
        });
        answers.collect()
    }

    pub fn model_columns(&self) -> Vec<Column> {
        let column =
            |column: &RawColumn| Column { head: crate::format::in_german(&column.head), what: column.what.clone() };
        self.columns.iter().map(column).collect()
    }
}

impl Lower<'_> {
    /// Reads the table below a heading; `None` after a message.
    pub(super) fn table(&self, node: &Node, thing: &Thing, context: &Context<'_>) -> Option<RawTable> {
        let heading = || node.heading.spelling(thing.language).to_owned();
        let mut written = Cow::Borrowed(node.rows.as_slice());
        if let Some((head, span)) = node.rows.first()
            && head.len() > 1
            && !head.last().is_some_and(|cell| cell.result)
        {
            let meant = self.world.text_of(context.file).and_then(|text| with_double_bar(&node.rows, text));
            let (rows, fix) = meant.map_or((None, None), |(rows, fix)| (Some(rows), Some(fix)));
            self.world.say(Diagnostic { fix, ..Diagnostic::new(Problem::TableNoResult, context.file, *span) });
            // Read as it is meant, so that nothing else follows from it.
            written = Cow::Owned(rows?);
        }
        let Some(((head, head_span), body)) = written.split_first() else {
            self.say(Problem::NoTable { heading: heading() }, context, node.span);
            return None;
        };
        let context = &self.in_words_of(*head_span, context);
        if head.len() < 2 {
            self.say(Problem::TableNoResult, context, *head_span);
            return None;
        }
        if body.is_empty() {
            self.say(Problem::NoTable { heading: heading() }, context, *head_span);
            return None;
        }
        if let Some(last) = head.last() {
            self.column_word(&last.text, last.span, node.heading, context);
            if node.heading == Heading::Computed && nfc(&last.text) == node.name_text() {
                self.world.found(context.file, last.span, || Target::At(thing.file.clone(), node.name_span()));
            }
        }
        let mut ok = true;
        let mut columns = Vec::new();
        let free = Context { cell: true, free: true, ..context.clone() };
        for cell in &head[..head.len() - 1] {
            match self.read_calc(&cell.text, cell.span, &free) {
                Some((_, Type::Several(_))) => {
                    let contains = Inner::Contains.spelling(context.language);
                    let computed = Heading::Computed.spelling(context.language);
                    let line = format!("{computed} … = {} {contains} …", cell.text);
                    let instead = Both::new(
                        format!(
                            "„{line}“, und nehmen Sie diesen Namen für die Spalte: hier können mehrere Antworten gelten"
                        ),
                        format!("“{line}”, and take that name for the column: several answers may hold here"),
                    );
                    let problem = Problem::SayDifferently { found: cell.text.clone(), instead };
                    self.say(problem, context, cell.span);
                    ok = false;
                    columns.push(RawColumn::unknown(&cell.text));
                }
                Some((_, Type::Other | Type::Month | Type::Time | Type::DateTime)) => {
                    self.say(Problem::ColumnUnbounded { name: cell.text.clone() }, context, cell.span);
                    ok = false;
                    columns.push(RawColumn::unknown(&cell.text));
                }
                Some((what, kind)) => {
                    ok &= kind != Type::Unknown;
                    columns.push(RawColumn { head: cell.text.clone(), what, kind });
                }
                None => {
                    ok = false;
                    columns.push(RawColumn::unknown(&cell.text));
                }
            }
        }
        let mut rows = Vec::new();
        for (index, (cells, span)) in body.iter().enumerate() {
            if cells.len() != head.len() {
                let problem = Problem::TableShape { found: cells.len().to_string(), wanted: head.len().to_string() };
                self.say(problem, context, *span);
                ok = false;
                continue;
            }
            let Some((result, tests)) = cells.split_last() else {
                continue;
            };
            if !result.result {
                // The head has the double bar at this place, so what is meant is plain.
                let end = tests.last().map_or(span.start, |cell| cell.span.end);
                let bar = self.written(context, Span::new(end, result.span.start)).find('|').map(|at| end + at);
                let fix = bar.map(|at| (Span::new(at, at + 1), "||".to_owned()));
                self.world.say(Diagnostic { fix, ..Diagnostic::new(Problem::TableNoResult, context.file, *span) });
            }
            let result_part = (result.text.clone(), result.span);
            let otherwise = |text: &str| matches!(text, "sonst" | "otherwise");
            let last = index + 1 == body.len();
            let mut tests = Cow::Borrowed(tests);
            if last && let Some(cell) = tests.first().filter(|cell| REST.contains(&cell.text.to_lowercase().as_str())) {
                self.write_instead(cell, Inner::Otherwise.spelling(context.language), context);
                if let Some(cell) = tests.to_mut().first_mut() {
                    cell.text = "sonst".to_owned();
                }
            }
            if tests.first().is_some_and(|cell| otherwise(&cell.text)) {
                let rest = tests.iter().skip(1).all(|cell| matches!(cell.text.as_str(), "" | "beliebig" | "any"));
                if index + 1 != body.len() || !rest {
                    self.say(Problem::OtherwisePlace, context, *span);
                    ok = false;
                }
                rows.push(RawRow { cells: None, result: result_part, span: *span });
                continue;
            }
            let mut sets = Vec::new();
            for (cell, column) in tests.iter().zip(&columns) {
                let named = matches!(&column.kind, Type::Choice(choices) if self.has_choice(choices, &super::names::json_key(&cell.text)));
                if !named && ANYTHING.contains(&cell.text.to_lowercase().as_str()) {
                    self.write_instead(cell, Inner::Any.spelling(context.language), context);
                    sets.push(Set::any());
                    continue;
                }
                if otherwise(&cell.text) {
                    self.say(Problem::OtherwisePlace, context, cell.span);
                    ok = false;
                    continue;
                }
                if cell.text.is_empty() {
                    self.say(Problem::EmptyCell, context, cell.span);
                    ok = false;
                    continue;
                }
                let cell_context = Context { subject: Some(column.head.clone()), ..free.clone() };
                match self.read_set(&cell.text, cell.span, &column.kind, &cell_context) {
                    Some(set) => sets.push(set),
                    None => ok = false,
                }
            }
            if result.text.is_empty() {
                self.say(Problem::EmptyCell, context, result.span);
                ok = false;
            }
            rows.push(RawRow { cells: Some(sets), result: result_part, span: *span });
        }
        ok &= self.one_sort_of_dates(&columns, &rows, context);
        ok.then_some(RawTable { columns, rows, span: *head_span })
    }

    /// A cell that is written in another way here.
    fn write_instead(&self, cell: &TableCell, meant: &str, context: &Context<'_>) {
        let problem = Problem::WriteInstead { found: cell.text.clone(), meant: meant.to_owned() };
        let fix = Some((cell.span, meant.to_owned()));
        self.world.say(Diagnostic { fix, ..Diagnostic::new(problem, context.file, cell.span) });
    }

    /// A column of dates has days with their year or without, not both.
    fn one_sort_of_dates(&self, columns: &[RawColumn], rows: &[RawRow], context: &Context<'_>) -> bool {
        (0..columns.len()).all(|index| {
            let cells = || rows.iter().filter_map(|row| Some((row.cells.as_ref()?.get(index)?, row.span)));
            let dates = cells().any(|(cell, _)| matches!(&cell.values, Values::Dates(list) if !list.is_empty()));
            match cells().find(|(cell, _)| matches!(cell.values, Values::Season(_))) {
                Some((_, span)) if dates => {
                    let name = columns[index].head.clone();
                    self.say(Problem::DatesMixed { name }, context, span);
                    false
                }
                _ => true,
            }
        })
    }

    /// The head of the last column has a word of its own.
    fn column_word(&self, text: &str, span: Span, heading: Heading, context: &Context<'_>) {
        let wanted = match heading {
            Heading::Responsible => Fixed::ColumnTo,
            Heading::Fee => Fixed::ColumnAmount,
            _ => return,
        };
        let right = wanted.spelling(context.language);
        if text != right {
            let other = if context.language == crate::model::Language::English {
                crate::model::Language::German
            } else {
                crate::model::Language::English
            };
            let problem = if text == wanted.spelling(other) {
                Problem::MixedLanguages { word: text.to_owned(), other: right.to_owned() }
            } else {
                Problem::ValueNotUnderstood {
                    word: heading.spelling(context.language).to_owned(),
                    value: text.to_owned(),
                    allowed: Both::any_of(&[right]),
                }
            };
            self.say_with(problem, Some(right.to_owned()), context, span);
        }
    }
}
