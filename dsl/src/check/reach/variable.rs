//! The variables of a procedure: an answer, whether it is given, how many entries there are,
//! today. Each is cut into segments within which no condition makes a difference.

use rustc_hash::FxHashMap as HashMap;

use super::order::Difference;
use super::site::Site;
use super::solve;
use crate::check::intervals::{GREATEST, Intervals, LEAST};
use crate::check::sets::{beginnings, in_places};
use crate::model::{Set, Step, Values};
use crate::region::Regions;

/// What a variable stands for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Key {
    /// The answer to a question.
    Answer(Vec<Step>),
    /// Whether an optional question or block is answered.
    Given(Vec<Step>),
    /// Whether an option of several-of is chosen.
    Chosen(Vec<Step>, String),
    /// Whether one of some values of a list is chosen.
    ChosenOf(Vec<Step>, Vec<String>),
    /// The day of the year of a date.
    Season(usize),
    /// Whether two answers are the same.
    Same(usize, usize),
    /// Whether no two entries of a repeat have the same value.
    Distinct(Vec<Step>, Vec<Step>),
    /// How many entries a repeat has.
    Length(Vec<Step>),
    /// How many entries of a repeat fit a condition.
    Counted(String),
    /// The day of submission.
    Today,
    /// The minute of submission.
    Now,
    /// Completed years from the day of one variable to that of another, or to a fixed day; so many
    /// days are added to it.
    Age { born: usize, on: Option<usize>, days: i128 },
    /// A number or day that comes of a calculation.
    Term(String),
    /// Something that holds or not.
    Atom(String),
    /// `a - b ≤ most` if it holds, otherwise `a - b ≥ least`, in the smallest steps of all numbers.
    Difference { a: Option<usize>, b: Option<usize>, most: i128, least: i128 },
    /// A condition that is looked away from.
    Free(Site),
}

/// The values of a variable.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Domain {
    /// Yes or no.
    Flag,
    /// Keys.
    Keys(Vec<String>),
    /// A text: keys that are named somewhere, and any other.
    Text,
    /// Numbers or days.
    Line(Line),
    /// Municipalities, of those that may be given.
    Places(Option<Set>),
}

/// Whole numbers in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Line {
    /// The least.
    pub from: i128,
    /// The greatest.
    pub to: i128,
    /// Into how many of the smallest steps of all numbers one of these goes.
    pub step: i128,
}

/// A set of values of a variable.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Part {
    /// Yes, or no.
    Flag(bool),
    Keys(Vec<String>),
    Line(Intervals),
    Places(Values),
}

/// What is the same for all sets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Segment {
    Flag(bool),
    /// The first of the keys that are alike.
    Key(String),
    /// Any other text.
    OtherText,
    Range(i128, i128),
    /// The first of the municipalities that are alike.
    Place(String),
}

pub(super) struct Variable {
    pub key: Key,
    pub domain: Domain,
    /// What is found out with it may be wrong the other way round: not everything that it can be
    /// by itself it can be in the form.
    pub loose: bool,
    parts: Vec<Part>,
    segments: Vec<Segment>,
    /// For each part and segment whether it lies in it.
    bits: Vec<Vec<bool>>,
    /// It stands in a difference.
    compared: bool,
    /// Which segment is tried first.
    first: usize,
}

/// All variables.
#[derive(Default)]
pub(super) struct Variables {
    all: Vec<Variable>,
    known: HashMap<Key, usize>,
    /// Where a difference lies between two bounds (months, years), the bound is taken with which
    /// the answers certainly fit, not the one with which they may.
    pub certain: bool,
}

impl Variables {
    /// The variable with a key.
    pub fn get(&mut self, key: &Key, domain: impl FnOnce() -> (Domain, bool)) -> usize {
        if let Some(found) = self.known.get(key) {
            return *found;
        }
        let (domain, loose) = domain();
        self.all.push(Variable {
            key: key.clone(),
            domain,
            loose,
            parts: Vec::new(),
            segments: Vec::new(),
            bits: Vec::new(),
            compared: false,
            first: 0,
        });
        self.known.insert(key.clone(), self.all.len() - 1);
        self.all.len() - 1
    }

    pub fn find(&self, key: &Key) -> Option<usize> {
        self.known.get(key).copied()
    }

    pub fn at(&self, var: usize) -> &Variable {
        &self.all[var]
    }

    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// The number of a set of values.
    pub fn part(&mut self, var: usize, part: Part) -> usize {
        let variable = &mut self.all[var];
        variable.parts.iter().position(|known| *known == part).unwrap_or_else(|| {
            variable.parts.push(part);
            variable.bits.clear();
            variable.segments.clear();
            variable.parts.len() - 1
        })
    }

    /// Marks a variable that stands in a difference.
    pub fn compare(&mut self, var: usize) {
        self.all[var].compared = true;
    }

    /// Cuts the variables into segments, where sets were added since the last time.
    pub fn cut(&mut self, regions: &Regions) {
        for variable in self.all.iter_mut().filter(|variable| variable.segments.is_empty()) {
            variable.cut(regions);
        }
    }

    /// Which segments are tried first from now on.
    pub fn turn(&mut self, mut chance: impl FnMut(usize) -> usize) {
        for variable in &mut self.all {
            variable.first = chance(variable.segments.len());
        }
    }

    pub fn segment(&self, var: usize, segment: usize) -> &Segment {
        &self.all[var].segments[segment]
    }
}

impl Variable {
    fn cut(&mut self, regions: &Regions) {
        self.segments = match &self.domain {
            Domain::Flag => vec![Segment::Flag(true), Segment::Flag(false)],
            Domain::Keys(keys) => {
                let mut seen = rustc_hash::FxHashSet::default();
                let alike = |key: &String| -> Vec<bool> {
                    self.parts.iter().map(|part| matches!(part, Part::Keys(list) if list.contains(key))).collect()
                };
                keys.iter().filter(|key| seen.insert(alike(key))).cloned().map(Segment::Key).collect()
            }
            Domain::Text => {
                let mut keys: Vec<String> = Vec::new();
                for part in &self.parts {
                    if let Part::Keys(list) = part {
                        keys.extend(list.iter().cloned());
                    }
                }
                keys.sort_unstable();
                keys.dedup();
                [Segment::OtherText].into_iter().chain(keys.into_iter().map(Segment::Key)).collect()
            }
            Domain::Line(line) => {
                let mut starts = vec![line.from];
                for part in &self.parts {
                    if let Part::Line(intervals) = part {
                        let ends = intervals.0.iter().flat_map(|(a, b)| [*a, b.saturating_add(1)]);
                        starts.extend(ends.filter(|start| (line.from..=line.to).contains(start)));
                    }
                }
                starts.sort_unstable();
                starts.dedup();
                let ends = starts.iter().skip(1).map(|next| next - 1).chain([line.to]);
                starts.iter().zip(ends).map(|(a, b)| Segment::Range(*a, b)).collect()
            }
            Domain::Places(allowed) => self.places(allowed.as_ref(), regions),
        };
        self.bits = self
            .parts
            .iter()
            .map(|part| self.segments.iter().map(|segment| lies_in(segment, part)).collect())
            .collect();
        self.first = self.first.min(self.segments.len().saturating_sub(1));
    }

    /// Municipalities grouped by the sets that they lie in; those of the state first.
    fn places(&self, allowed: Option<&Set>, regions: &Regions) -> Vec<Segment> {
        let mut seen = rustc_hash::FxHashSet::default();
        let parts = self.parts.iter().filter_map(|part| match part {
            Part::Places(values) => Some(values),
            _ => None,
        });
        let sets = allowed.into_iter().map(|set| &set.values).chain(parts);
        regions
            .representatives(beginnings(sets))
            .into_iter()
            .filter(|key| allowed.is_none_or(|set| in_places(key, &set.values)))
            .filter(|key| {
                let alike: Vec<bool> = self
                    .parts
                    .iter()
                    .map(|part| matches!(part, Part::Places(values) if in_places(key, values)))
                    .collect();
                seen.insert(alike)
            })
            .map(|key| Segment::Place(key.to_owned()))
            .collect()
    }

    /// The limits that a line puts on differences, in the smallest steps of all numbers.
    fn limits(&self, var: usize, from: i128, to: i128) -> Vec<Difference> {
        let Domain::Line(line) = &self.domain else { return Vec::new() };
        let scaled = |end: i128| if end <= LEAST || end >= GREATEST { end } else { end.saturating_mul(line.step) };
        Difference::limits(var, scaled(from), scaled(to))
    }
}

fn lies_in(segment: &Segment, part: &Part) -> bool {
    match (segment, part) {
        (Segment::Flag(a), Part::Flag(b)) => a == b,
        (Segment::Key(key), Part::Keys(keys)) => keys.contains(key),
        (Segment::Range(from, _), Part::Line(intervals)) => intervals.contains(*from),
        (Segment::Place(key), Part::Places(values)) => in_places(key, values),
        _ => false,
    }
}

impl Variables {
    /// The variables that a difference or an age is about.
    pub fn compared_by(&self, var: usize) -> impl Iterator<Item = usize> {
        let (a, b) = match self.all[var].key {
            Key::Difference { a, b, .. } => (a, b),
            Key::Age { born, on, .. } => (on, Some(born)),
            _ => (None, None),
        };
        a.into_iter().chain(b)
    }

    /// What always holds of the variables that stand in differences.
    pub fn always(&self, vars: &[usize]) -> Vec<Difference> {
        let mut all = Vec::new();
        let mut add = |var: usize| {
            if let Domain::Line(line) = &self.all[var].domain {
                all.extend(self.all[var].limits(var, line.from, line.to));
            }
        };
        vars.iter().flat_map(|var| self.compared_by(*var)).for_each(&mut add);
        all
    }
}

impl solve::Variables for Variables {
    fn segments(&self, var: usize) -> usize {
        self.all[var].segments.len()
    }

    fn lies_in(&self, var: usize, set: usize, segment: usize) -> bool {
        self.all[var].bits.get(set).and_then(|bits| bits.get(segment)).copied().unwrap_or(false)
    }

    fn differences(&self, var: usize, segment: usize) -> Option<Vec<Difference>> {
        let variable = &self.all[var];
        match (&variable.key, variable.segments.get(segment)?) {
            (Key::Difference { a, b, most, least }, Segment::Flag(true)) => {
                let most = if self.certain && variable.loose { (least - 1).min(*most) } else { *most };
                Some(vec![Difference { left: *a, right: *b, most }])
            }
            (Key::Difference { a, b, most, least }, Segment::Flag(false)) => {
                let least = if self.certain && variable.loose { (most + 1).max(*least) } else { *least };
                Some(vec![Difference { left: *b, right: *a, most: -least }])
            }
            (Key::Age { born, on, days }, Segment::Range(from, to)) => {
                let (born, on) = (Some(*born), *on);
                let ((least, surely), (rather, most)) = (super::values::years(*from), super::values::years(to + 1));
                let (least, most) = if self.certain { (surely, rather - 1) } else { (least, most) };
                Some(vec![
                    Difference { left: born, right: on, most: days - least },
                    Difference { left: on, right: born, most: most - days },
                ])
            }
            (_, Segment::Range(from, to)) if variable.compared => Some(variable.limits(var, *from, *to)),
            _ => None,
        }
    }

    fn first(&self, var: usize) -> usize {
        self.all[var].first
    }
}
