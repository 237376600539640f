//! The double bar before the result of a table, where it was forgotten or written with a blank.

use crate::syntax::{Span, TableCell};

/// The lines of a table, each with its place.
type Rows = Vec<(Vec<TableCell>, Span)>;

/// The rows with the double bar before their last cell, and what puts the text right; `text` is the whole
/// file. What stands right of the double bar is always the last column, so what is meant is plain.
pub(super) fn with_double_bar(rows: &[(Vec<TableCell>, Span)], text: &str) -> Option<(Rows, (Span, String))> {
    let whole = Span::new(rows.first()?.1.start, rows.last()?.1.end);
    // `| ok | | Betrag |`: every row has an empty cell where the second bar stands.
    let blank = |cells: &[TableCell]| cells.len() > 2 && cells[cells.len() - 2].text.is_empty();
    let heads_blank = rows.first().is_some_and(|(cells, _)| blank(cells));
    let mut fixed = String::new();
    let mut from = whole.start;
    let mut meant = Vec::new();
    for (cells, span) in rows {
        let mut cells = cells.clone();
        if !cells.last().is_some_and(|cell| cell.result) && cells.len() > 1 {
            if heads_blank && blank(&cells) {
                cells.remove(cells.len() - 2);
            }
            let at = cells.len().checked_sub(2)?;
            let (before, last) = (cells.get(at)?.span.end, cells.last()?.span.start);
            fixed.push_str(text.get(from..before)?);
            fixed.push_str(" || ");
            from = last;
            cells.last_mut()?.result = true;
        }
        meant.push((cells, *span));
    }
    fixed.push_str(text.get(from..whole.end)?);
    Some((meant, (whole, fixed)))
}
