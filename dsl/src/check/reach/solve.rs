//! Whether a formula can hold: one variable after the other is decided, in the order of the
//! file, and what is left of the formula is remembered where it cannot hold.

use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};

use super::formula::{ALWAYS, F, Formulas, NEVER};
use super::order::{self, Difference};

/// What is known of the variables.
pub(super) trait Variables {
    /// How many segments a variable has.
    fn segments(&self, var: usize) -> usize;
    /// Whether a segment lies in a set.
    fn lies_in(&self, var: usize, set: usize, segment: usize) -> bool;
    /// What a segment says about differences; `None`: the variable has nothing to do with them.
    fn differences(&self, var: usize, segment: usize) -> Option<Vec<Difference>>;
    /// The order in which segments are tried.
    fn first(&self, var: usize) -> usize;
}

/// A way in which a formula holds.
#[derive(Debug, Clone, Default)]
pub(super) struct Model {
    /// The segments of the variables that were decided.
    pub segments: HashMap<usize, usize>,
    /// Values that keep all differences.
    pub values: HashMap<usize, i128>,
}

impl Model {
    /// The segments in the order of their variables: the same at each compilation.
    pub fn in_order(&self) -> Vec<(usize, usize)> {
        let mut all: Vec<(usize, usize)> = self.segments.iter().map(|(var, segment)| (*var, *segment)).collect();
        all.sort_unstable();
        all
    }
}

/// What was found out.
#[derive(Debug, Clone)]
pub(super) enum Found {
    /// It can hold, so for example.
    Can(Model),
    /// It cannot.
    Cannot,
    /// Nobody knows: it would take too long.
    TooLong,
}

/// A formula within its budget.
pub(super) struct Solver<'s, V> {
    pub formulas: &'s mut Formulas,
    pub variables: &'s V,
    /// Formulas that cannot hold, whatever else.
    pub impossible: &'s mut HashSet<F>,
    /// Decisions that may still be made.
    pub decisions: usize,
    /// Nodes that may have been looked at in the end.
    pub looks: usize,
}

struct Level {
    formula: F,
    var: usize,
    /// Segments that are left to try, the next one last, and what is left of the formula.
    left: Vec<(usize, F)>,
    /// A branch failed because of differences: somewhere else it may not.
    conditional: bool,
    /// Differences before this level.
    before: usize,
}

impl<V: Variables> Solver<'_, V> {
    /// Whether `formula` can hold together with differences that always hold.
    pub fn solve(&mut self, formula: F, always: &[Difference]) -> Found {
        let mut differences = always.to_vec();
        if formula == NEVER || self.impossible.contains(&formula) || order::values(&differences).is_none() {
            return Found::Cannot;
        }
        let mut model = Model::default();
        let mut levels: Vec<Level> = Vec::new();
        let mut next = Some(formula);
        loop {
            if let Some(formula) = next.take() {
                if formula == ALWAYS {
                    model.values = order::values(&differences).unwrap_or_default();
                    model.segments =
                        levels.iter().filter_map(|level| Some((level.var, *model.segments.get(&level.var)?))).collect();
                    return Found::Can(model);
                }
                if self.decisions == 0 || self.formulas.looks > self.looks {
                    return Found::TooLong;
                }
                self.decisions -= 1;
                levels.push(self.level(formula, differences.len()));
            }
            let Some(level) = levels.last_mut() else { return Found::Cannot };
            differences.truncate(level.before);
            let Some((segment, left)) = level.left.pop() else {
                let (formula, conditional) = (level.formula, level.conditional);
                levels.pop();
                if !conditional {
                    self.impossible.insert(formula);
                } else if let Some(around) = levels.last_mut() {
                    around.conditional = true;
                }
                continue;
            };
            if left == NEVER || self.impossible.contains(&left) {
                continue;
            }
            if let Some(more) = self.variables.differences(level.var, segment) {
                differences.extend(more);
                if order::values(&differences).is_none() {
                    level.conditional = true;
                    continue;
                }
            }
            model.segments.insert(level.var, segment);
            next = Some(left);
        }
    }

    fn level(&mut self, formula: F, before: usize) -> Level {
        let var = self.formulas.variables(formula).first().copied().unwrap_or_default();
        let variables = self.variables;
        let count = variables.segments(var);
        let parts = self.formulas.split(formula, var, count, |set, segment| variables.lies_in(var, set, segment));
        let start = variables.first(var);
        let mut left: Vec<(usize, F)> = Vec::with_capacity(count);
        for at in 0..count {
            let segment = (start + at) % count;
            let part = parts[segment];
            // Segments that leave the same are tried once, unless their values matter.
            let same = |(_, other): &(usize, F)| *other == part;
            if !left.iter().any(same) || variables.differences(var, segment).is_some() {
                left.push((segment, part));
            }
        }
        left.reverse();
        Level { formula, var, left, conditional: false, before }
    }
}
