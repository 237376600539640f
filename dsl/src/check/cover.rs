//! Whether the rows of a table exclude each other and together cover every case.
//!
//! A cell is a set of segments of its column, a row a box. Columns that depend on each other
//! (one is asked only if the other has certain values) are taken together as a *group*, whose
//! possible combinations are listed; columns of different groups are independent. First the
//! rows must be pairwise disjoint; then their volumes add up, and the table is complete exactly
//! when the sum equals the whole. No solver is needed, and a gap is found by walking down.

/// Columns that depend on each other, and the combinations of their segments that occur.
#[derive(Debug, Clone)]
pub(super) struct Group {
    /// Indexes of the columns.
    pub columns: Vec<usize>,
    /// For each combination the segment of each of the columns.
    pub possible: Vec<Vec<usize>>,
}

/// More pairs of a row and a combination are not looked at.
const MOST_LOOKS: usize = 20_000_000;

/// Larger tables are not examined: every row is held against every other.
const MOST_ROWS: usize = 5_000;

/// What was found out about a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Verdict {
    /// Pairs of rows that apply both, with a case: a segment for each column.
    pub overlaps: Vec<(usize, usize, Vec<usize>)>,
    /// Rows that are never reached.
    pub dead: Vec<usize>,
    /// A case that no row covers; only looked for when there are no overlaps.
    pub gap: Option<Vec<usize>>,
    /// The numbers grew too large to count.
    pub too_large: bool,
}

/// A row: for each column which of its segments are in the cell.
pub(super) type Cells = Vec<Vec<bool>>;

fn inside(row: &Cells, group: &Group, combination: &[usize]) -> bool {
    group
        .columns
        .iter()
        .zip(combination)
        .all(|(column, segment)| row.get(*column).and_then(|cell| cell.get(*segment)).copied().unwrap_or(false))
}

/// Examines the rows over the groups; `width` is the number of columns.
pub(super) fn examine(rows: &[Cells], groups: &[Group], width: usize) -> Verdict {
    let mut verdict = Verdict::default();
    // Rows and combinations beyond this would take longer than an author waits.
    let combinations: usize = groups.iter().map(|group| group.possible.len()).sum();
    if rows.len().saturating_mul(combinations) > MOST_LOOKS || rows.len() > MOST_ROWS {
        verdict.too_large = true;
        return verdict;
    }
    // hits[row][group] lists the combinations of the group that lie in the row.
    let hits: Vec<Vec<Vec<usize>>> = rows
        .iter()
        .map(|row| {
            groups
                .iter()
                .map(|group| {
                    let found = group.possible.iter().enumerate().filter(|(_, case)| inside(row, group, case));
                    found.map(|(index, _)| index).collect()
                })
                .collect()
        })
        .collect();
    verdict.dead = (0..rows.len()).filter(|row| hits[*row].iter().any(Vec::is_empty)).collect();
    for first in 0..rows.len() {
        for second in first + 1..rows.len() {
            let common: Option<Vec<usize>> = hits[first]
                .iter()
                .zip(&hits[second])
                .map(|(a, b)| a.iter().find(|case| b.binary_search(case).is_ok()).copied())
                .collect();
            if let Some(cases) = common {
                verdict.overlaps.push((first, second, spread(groups, &cases, width)));
            }
        }
    }
    if verdict.overlaps.is_empty() {
        match gap(&hits, groups) {
            Ok(cases) => verdict.gap = cases.map(|cases| spread(groups, &cases, width)),
            Err(TooLarge) => verdict.too_large = true,
        }
    }
    verdict
}

struct TooLarge;

fn product(mut sizes: impl Iterator<Item = usize>) -> Result<u128, TooLarge> {
    sizes.try_fold(1_u128, |volume, size| volume.checked_mul(size as u128)).ok_or(TooLarge)
}

/// A combination for each group that no row holds.
fn gap(hits: &[Vec<Vec<usize>>], groups: &[Group]) -> Result<Option<Vec<usize>>, TooLarge> {
    let mut active: Vec<usize> = (0..hits.len()).collect();
    let covered = |active: &[usize], from: usize| -> Result<u128, TooLarge> {
        active.iter().try_fold(0_u128, |sum, row| {
            let volume = product(hits[*row][from..].iter().map(Vec::len))?;
            sum.checked_add(volume).ok_or(TooLarge)
        })
    };
    if covered(&active, 0)? == product(groups.iter().map(|group| group.possible.len()))? {
        return Ok(None);
    }
    let mut cases = Vec::with_capacity(groups.len());
    for (index, group) in groups.iter().enumerate() {
        let whole = product(groups[index + 1..].iter().map(|group| group.possible.len()))?;
        let mut found = None;
        for case in 0..group.possible.len() {
            let left: Vec<usize> =
                active.iter().copied().filter(|row| hits[*row][index].binary_search(&case).is_ok()).collect();
            if covered(&left, index + 1)? < whole {
                found = Some((case, left));
                break;
            }
        }
        let Some((case, left)) = found else {
            return Ok(None);
        };
        cases.push(case);
        active = left;
    }
    Ok(Some(cases))
}

fn spread(groups: &[Group], cases: &[usize], width: usize) -> Vec<usize> {
    let mut segments = vec![0; width];
    for (group, case) in groups.iter().zip(cases) {
        if let Some(combination) = group.possible.get(*case) {
            for (column, segment) in group.columns.iter().zip(combination) {
                segments[*column] = *segment;
            }
        }
    }
    segments
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn groups(sizes: &[usize]) -> Vec<Group> {
        sizes
            .iter()
            .enumerate()
            .map(|(column, size)| Group { columns: vec![column], possible: (0..*size).map(|s| vec![s]).collect() })
            .collect()
    }

    fn cases(sizes: &[usize]) -> Vec<Vec<usize>> {
        sizes.iter().fold(vec![Vec::new()], |cases, size| {
            cases
                .iter()
                .flat_map(|case| (0..*size).map(|segment| [case.as_slice(), &[segment]].concat()).collect::<Vec<_>>())
                .collect()
        })
    }

    fn holds(row: &Cells, case: &[usize]) -> bool {
        row.iter().zip(case).all(|(cell, segment)| cell[*segment])
    }

    prop_compose! {
        fn table()(sizes in prop::collection::vec(1..4_usize, 1..4))
            (rows in prop::collection::vec(sizes.iter().map(|s| prop::collection::vec(any::<bool>(), *s)).collect::<Vec<_>>(), 0..5), sizes in Just(sizes))
            -> (Vec<usize>, Vec<Cells>) { (sizes, rows) }
    }

    proptest! {
        // `TEST_TABLES` tries more.
        #![proptest_config(ProptestConfig::with_cases(std::env::var("TEST_TABLES").ok().and_then(|n| n.parse().ok()).unwrap_or(3_000)))]
        #[test]
        fn agrees_with_brute_force((sizes, rows) in table()) {
            let verdict = examine(&rows, &groups(&sizes), sizes.len());
            let all = cases(&sizes);
            for first in 0..rows.len() {
                for second in first + 1..rows.len() {
                    let both = all.iter().any(|case| holds(&rows[first], case) && holds(&rows[second], case));
                    let found = verdict.overlaps.iter().find(|(a, b, _)| (*a, *b) == (first, second));
                    prop_assert_eq!(both, found.is_some());
                    if let Some((_, _, case)) = found {
                        prop_assert!(holds(&rows[first], case) && holds(&rows[second], case));
                    }
                }
            }
            if verdict.overlaps.is_empty() {
                let open = all.iter().any(|case| !rows.iter().any(|row| holds(row, case)));
                prop_assert_eq!(open, verdict.gap.is_some());
                if let Some(case) = &verdict.gap {
                    prop_assert!(!rows.iter().any(|row| holds(row, case)));
                }
            }
        }
    }
}
