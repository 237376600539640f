//! What counted entries of a repeat have to do with each other.

use super::engine::{Engine, Verdict};
use super::formula::{ALWAYS, F};
use super::order::Difference;
use super::variable::{Domain, Key};
use crate::check::intervals::{GREATEST, Intervals};

/// More counts of one repeat are not held against each other.
const MOST_COUNTS: usize = 12;

impl Engine<'_> {
    /// There are none where no entry can fit; where every entry fits, all are counted; what fits
    /// one condition may always or never fit another.
    pub fn count_fits(&mut self, var: usize) -> F {
        let Some((list, with)) = self.counted.get(&var).cloned() else { return ALWAYS };
        let there = self.present(&list.steps);
        let length = self.length(&list.steps);
        let fits = self.holds(&with);
        let not = self.formulas.not(fits);
        if self.is_impossible([there, fits]) {
            return self.line_literal(var, Intervals::one(0, 0));
        }
        if self.is_impossible([there, not]) {
            self.always_at_most(length, var);
            return ALWAYS;
        }
        let mut others: Vec<usize> = self.counted.keys().copied().filter(|other| *other != var).collect();
        others.sort_unstable();
        others.retain(|other| self.counted.get(other).is_some_and(|(other, _)| other.steps == list.steps));
        let mut parts = Vec::new();
        for other in others.into_iter().take(MOST_COUNTS) {
            let Some((_, with)) = self.counted.get(&other).cloned() else { continue };
            let other_fits = self.holds(&with);
            let other_not = self.formulas.not(other_fits);
            if self.is_impossible([there, fits, other_not]) {
                self.always_at_most(var, other);
            }
            let none = self.line_literal(other, Intervals::one(0, 0));
            if self.is_impossible([there, fits, other_fits]) {
                // Where all fit the one, none fits the other.
                let key = Key::Difference { a: Some(length), b: Some(var), most: 0, least: super::values::STEP };
                let all = self.variables.get(&key, || (Domain::Flag, true));
                [length, var].into_iter().for_each(|var| self.variables.compare(var));
                let all = self.flag(all);
                let some = self.formulas.not(all);
                parts.push(self.formulas.any([some, none]));
            }
            if self.is_impossible([there, not, other_not]) {
                let empty = self.line_literal(length, Intervals::one(0, 0));
                let some = self.line_literal(var, Intervals::one(1, GREATEST));
                let other_some = self.formulas.not(none);
                parts.push(self.formulas.any([empty, some, other_some]));
            }
        }
        self.formulas.all(parts)
    }

    fn is_impossible<const N: usize>(&mut self, parts: [F; N]) -> bool {
        let formula = self.formulas.all(parts);
        matches!(self.can(formula), Verdict::Cannot)
    }

    fn always_at_most(&mut self, less: usize, more: usize) {
        let difference = Difference { left: Some(less), right: Some(more), most: 0 };
        self.differences.entry(less).or_default().push(difference);
        [less, more].into_iter().for_each(|var| self.variables.compare(var));
    }
}
