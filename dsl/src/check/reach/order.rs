//! Whether differences of numbers or days can all hold at once: `a - b ≤ c`, by Bellman and Ford.

use rustc_hash::FxHashMap as HashMap;

use rust_decimal::Decimal;

use super::values::Value;
use crate::check::intervals::{GREATEST, LEAST};

impl Value {
    /// The greater or the smaller of two numbers that are known.
    pub fn bounded(&self, other: &Self, of: impl Fn(Decimal, Decimal) -> Decimal) -> Option<Self> {
        match (self, other) {
            (Self::Number(x, a), Self::Number(y, b)) if x.is_empty() && y.is_empty() => {
                Some(Self::Number(Vec::new(), of(*a, *b)))
            }
            _ => None,
        }
    }
}

/// `left - right ≤ most`; a side that is absent is 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Difference {
    pub left: Option<usize>,
    pub right: Option<usize>,
    pub most: i128,
}

impl Difference {
    /// The limits of a variable; open ends are none.
    pub fn limits(var: usize, from: i128, to: i128) -> Vec<Self> {
        let mut limits = Vec::new();
        if from > LEAST {
            limits.push(Self { left: None, right: Some(var), most: -from });
        }
        if to < GREATEST {
            limits.push(Self { left: Some(var), right: None, most: to });
        }
        limits
    }
}

/// Values of the variables that keep all differences; `None`: there are none.
pub(super) fn values(differences: &[Difference]) -> Option<HashMap<usize, i128>> {
    let mut distance: HashMap<Option<usize>, i128> = HashMap::from_iter([(None, 0)]);
    for one in differences {
        distance.insert(one.left, 0);
        distance.insert(one.right, 0);
    }
    for _ in 0..=distance.len() {
        let mut changed = false;
        for one in differences {
            let reached = distance[&one.right].saturating_add(one.most);
            if reached < distance[&one.left] {
                distance.insert(one.left, reached);
                changed = true;
            }
        }
        if !changed {
            let zero = distance[&None];
            let found = distance.iter().filter_map(|(var, value)| Some(((*var)?, value - zero)));
            return Some(found.collect());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn less(left: usize, right: usize, most: i128) -> Difference {
        Difference { left: Some(left), right: Some(right), most }
    }

    #[test]
    fn a_circle_that_goes_down_has_no_values() {
        assert!(values(&[less(0, 1, -1), less(1, 2, -1), less(2, 0, 1)]).is_none());
        let found = values(&[less(0, 1, -1), less(1, 2, -1), less(2, 0, 2)]).unwrap_or_default();
        assert_eq!((found[&1] - found[&0], found[&2] - found[&1]), (1, 1));
    }

    #[test]
    fn limits_are_kept() {
        let mut all = Difference::limits(0, 10, 20);
        all.extend(Difference::limits(1, LEAST, 12));
        all.push(less(0, 1, -1));
        let found = values(&all).unwrap_or_default();
        assert!((10..=11).contains(&found[&0]) && found[&1] > found[&0] && found[&1] <= 12, "{found:?}");
        all.extend(Difference::limits(1, LEAST, 10));
        assert!(values(&all).is_none());
    }
}
