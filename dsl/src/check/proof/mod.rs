//! Tables proved disjoint and complete: cells to segments, dependences to groups, cases to words.

mod case;
mod groups;
mod segments;

use self::segments::{Segments, bits};
use super::cover::{Cells, Verdict, examine};
use super::expressions::{Context, Lower};
use super::table::RawTable;
use crate::diagnostic::{Diagnostic, Problem};
use crate::model::{Calc, ComputedValue, Condition};

/// When what a column looks at has a value.
pub(super) struct Asked {
    /// All of these hold where it is asked.
    conditions: Vec<Condition>,
    /// It may be left empty.
    optional: bool,
    /// Of a count: the least number of entries, and whether all entries are counted. A count has
    /// a value where its repeat is not asked: 0.
    count: Option<(u32, bool)>,
}

impl Asked {
    fn may_be_absent(&self) -> bool {
        self.count.is_none() && (self.optional || !self.conditions.is_empty())
    }
}

impl Lower<'_> {
    /// Reports overlaps, gaps and rows that are never reached.
    pub(super) fn prove(&self, table: &RawTable, responsibility: bool, context: &Context<'_>) {
        // What could not be read may be what is missing here.
        if self.world.errors_in(context.file) > 0 {
            return;
        }
        let stops = self.stops.borrow().clone();
        let asked: Vec<Asked> = table.columns.iter().map(|column| self.asked(&column.what)).collect();
        let mut conditions = stops.clone();
        conditions.extend(asked.iter().flat_map(|one| one.conditions.iter().cloned()));
        let columns: Vec<Segments> =
            (0..table.columns.len()).map(|c| self.segments(table, c, &conditions, &asked[c])).collect();
        let not_checked = || {
            self.say(Problem::TableNotChecked { columns: heads(table) }, context, table.span);
        };
        let Some(groups) = self.groups(table, &columns, &asked, &stops) else {
            not_checked();
            return;
        };
        let rows: Vec<(usize, Cells)> = table
            .rows
            .iter()
            .enumerate()
            .filter_map(|(index, row)| {
                let cells = row.cells.as_ref()?;
                Some((index, cells.iter().zip(&columns).map(|(cell, column)| bits(cell, column)).collect()))
            })
            .collect();
        let cells: Vec<Cells> = rows.iter().map(|(_, cells)| cells.clone()).collect();
        let verdict = examine(&cells, &groups, columns.len());
        if verdict.too_large {
            not_checked();
            return;
        }
        self.report(table, &columns, &rows, &verdict, responsibility, context);
    }

    /// When what a column looks at has a value.
    fn asked(&self, what: &Calc) -> Asked {
        let nothing = Asked { conditions: Vec::new(), optional: false, count: None };
        match what {
            Calc::Answer(reference) => self.names.borrow().slot_at(reference).map_or(nothing, |slot| Asked {
                conditions: slot.conditions.clone(),
                optional: slot.optional,
                count: None,
            }),
            Calc::Count { list, with } => self.names.borrow().slot_at(list).map_or(nothing, |slot| Asked {
                conditions: slot.conditions.clone(),
                optional: false,
                count: slot.repeat.map(|(least, _)| (least, with.is_none())),
            }),
            Calc::Computed(name) => match self.done(name) {
                Some(done) => match &done.computed.value {
                    ComputedValue::Calc(inner @ Calc::Count { .. }) if done.conditions.is_empty() => self.asked(inner),
                    _ => Asked { conditions: done.conditions.clone(), ..nothing },
                },
                None => nothing,
            },
            _ => nothing,
        }
    }

    fn report(
        &self,
        table: &RawTable,
        columns: &[Segments],
        rows: &[(usize, Cells)],
        verdict: &Verdict,
        responsibility: bool,
        context: &Context<'_>,
    ) {
        let case = |segments: &[usize]| self.case(table, columns, segments);
        for (first, second, segments) in &verdict.overlaps {
            let (first, second) = (rows[*first].0, rows[*second].0);
            let problem = Problem::TableOverlap {
                first: (first + 1).to_string(),
                second: (second + 1).to_string(),
                case: case(segments),
            };
            let mut message = Diagnostic::new(problem, context.file, table.rows[second].span);
            message.related.push((context.file.to_owned(), table.rows[first].span));
            self.world.say(message);
        }
        for row in &verdict.dead {
            let index = rows[*row].0;
            self.say(Problem::RowNeverReached { row: (index + 1).to_string() }, context, table.rows[index].span);
        }
        let otherwise = table.rows.iter().find(|row| row.cells.is_none());
        match (&verdict.gap, otherwise) {
            (Some(segments), None) => {
                let case = case(segments);
                let problem =
                    if responsibility { Problem::NobodyResponsible { case } } else { Problem::TableGap { case } };
                self.say(problem, context, table.span);
            }
            (None, Some(row)) if verdict.overlaps.is_empty() => {
                self.say(Problem::OtherwiseNeverReached, context, row.span);
            }
            _ => {}
        }
    }
}

fn heads(table: &RawTable) -> String {
    table.columns.iter().map(|column| column.head.as_str()).collect::<Vec<_>>().join(", ")
}
