//! Whether cases go to an authority that is there for their municipality ("Gebiet").

use super::expressions::{Context, Lower};
use super::known::AuthoritySeen;
use super::sets::in_places;
use super::table::{RawRow, RawTable};
use super::types::Type;
use crate::diagnostic::Problem;
use crate::model::{Set, Values};
use crate::syntax::Span;

impl Lower<'_> {
    /// Warns where a row sends municipalities to an authority that is not there for them. One
    /// column of municipalities that fits is enough.
    pub(super) fn outside_area(
        &self,
        row: &RawRow,
        table: &RawTable,
        authority: &AuthoritySeen<'_>,
        context: &Context<'_>,
        span: Span,
    ) {
        let Some(area) = authority.area else { return };
        let mut first = None;
        for (index, column) in table.columns.iter().enumerate() {
            let Type::Municipality(allowed) = &column.kind else { continue };
            let cells = || table.rows.iter().filter_map(move |row| row.cells.as_ref()?.get(index));
            let here = |key: &str| match &row.cells {
                Some(cells) => cells.get(index).is_some_and(|cell| in_places(key, &cell.values)),
                None => !cells().any(|cell| in_places(key, &cell.values)),
            };
            if row.cells.as_ref().and_then(|cells| cells.get(index)).is_some_and(|cell| within(&cell.values, area)) {
                return;
            }
            let regions = self.world.regions;
            let home = regions.within(crate::region::STATE_SCHLESWIG_HOLSTEIN);
            let outside = home.chain(regions.all()).find(|town| {
                here(town.key)
                    && !in_places(town.key, &area.values)
                    && allowed.as_ref().is_none_or(|set| in_places(town.key, &set.values))
            });
            let Some(town) = outside else { return };
            first = first.or(Some(town.key));
        }
        let Some(key) = first else { return };
        let row = table.rows.iter().position(|other| other.span == row.span).map_or(0, |index| index + 1);
        let place = self.world.regions.name(key).map_or_else(|| key.to_owned(), |name| name.into_owned());
        let authority = self.world.spelled_path(authority.path);
        self.say(Problem::OutsideArea { authority, place, row: row.to_string() }, context, span);
    }
}

/// Whether municipalities are certainly all in an area, seen by the beginnings of their keys.
fn within(values: &Values, area: &Set) -> bool {
    let (Values::Municipalities { within: inner, .. }, Values::Municipalities { within: outer, except }) =
        (values, &area.values)
    else {
        return matches!(area.values, Values::Any);
    };
    inner.iter().all(|prefix| outer.iter().any(|one| prefix.starts_with(one.as_str())))
        && !except
            .iter()
            .any(|out| inner.iter().any(|prefix| out.starts_with(prefix.as_str()) || prefix.starts_with(out.as_str())))
}
