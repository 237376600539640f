//! Conditions of a procedure as formulas: every question has a variable of its own, whether it
//! is asked is a formula over those before it. So no combination of variables is impossible by
//! itself, and what a question needs is said once.

use std::collections::BTreeSet;
use std::rc::Rc;

use jiff::civil::Date;
use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};

use super::formula::{ALWAYS, F, Formulas, NEVER};
use super::order::Difference;
use super::places::Places;
use super::site::Site;
use super::solve::{Found, Model, Solver};
use super::variable::{Domain, Key, Line, Part, Variables};
use crate::check::intervals::{GREATEST, Intervals, day_number};
use crate::kind::{Choices, Kind};
use crate::model::{Calc, Condition, Procedure, Ref, Step};
use crate::region::Regions;

/// How many decisions one question to the solver may cost.
const DECISIONS: usize = 50_000;

/// How many nodes all questions about a procedure may look at.
const LOOKS: usize = 5_000_000;

/// What a formula was found to be.
#[derive(Debug, Clone)]
pub(super) enum Verdict {
    /// It can hold. Whether everything in it was taken exactly.
    Can(Model, bool),
    /// It cannot hold.
    Cannot,
    /// It would take too long to find out.
    TooLong,
}

/// A procedure as formulas.
pub(super) struct Engine<'p> {
    pub procedure: &'p Procedure,
    pub regions: &'p Regions,
    pub places: Rc<Places<'p>>,
    pub formulas: Formulas,
    pub variables: Variables,
    /// Conditions that are looked away from: they may hold or not.
    pub free: HashSet<Site>,
    /// Conditions that were found to hold always where they are looked at.
    pub fixed: HashSet<Site>,
    /// Conditions that were looked at since this was cleared.
    pub touched: BTreeSet<Site>,
    asked: HashMap<Vec<Step>, F>,
    running: HashMap<usize, F>,
    /// What must hold of a variable wherever it is used; `None`: is being found out.
    constraints: HashMap<usize, F>,
    /// Differences that hold of a variable wherever it is used.
    pub differences: HashMap<usize, Vec<Difference>>,
    /// Counted entries: the repeat, and what they fit.
    pub counted: HashMap<usize, (Ref, Condition)>,
    /// What a calculation that is not followed stands for.
    impossible: HashSet<F>,
    /// How deep conditions are being followed.
    pub depth: usize,
    /// How many answers the evaluator was asked about.
    pub tries: usize,
    /// How many nodes may be looked at in the end.
    pub most_looks: usize,
}

impl<'p> Engine<'p> {
    pub fn new(procedure: &'p Procedure, regions: &'p Regions) -> Self {
        Self::over(procedure, regions, Rc::new(Places::of(procedure)))
    }

    fn over(procedure: &'p Procedure, regions: &'p Regions, places: Rc<Places<'p>>) -> Self {
        Self {
            procedure,
            regions,
            places,
            fixed: HashSet::default(),
            formulas: Formulas::new(),
            variables: Variables::default(),
            free: HashSet::default(),
            touched: BTreeSet::new(),
            asked: HashMap::default(),
            running: HashMap::default(),
            constraints: HashMap::default(),
            differences: HashMap::default(),
            counted: HashMap::default(),
            impossible: HashSet::default(),
            depth: 0,
            tries: 0,
            most_looks: LOOKS,
        }
    }

    /// The same procedure, with conditions looked away from.
    pub fn without(&self, free: HashSet<Site>) -> Self {
        let places = self.places.clone();
        let mut new = Self { free, fixed: self.fixed.clone(), ..Self::over(self.procedure, self.regions, places) };
        new.formulas.looks = self.formulas.looks;
        new.tries = self.tries;
        new
    }

    /// Builds the formulas of all questions in the order of the file, each of those before it.
    pub fn warm(&mut self) {
        for section in 0..=self.procedure.sections.len() {
            let here: Vec<Vec<Step>> = self
                .places
                .order
                .iter()
                .filter(|steps| self.places.all.get(*steps).is_some_and(|place| place.section == section))
                .cloned()
                .collect();
            self.running(section);
            for steps in here {
                self.asked(&steps);
            }
        }
        self.touched.clear();
    }

    /// Whether a formula can hold.
    pub fn can(&mut self, formula: F) -> Verdict {
        let formula = self.constrained(formula);
        self.variables.cut(self.regions);
        let vars = self.formulas.variables(formula);
        let mut always = self.variables.always(&vars);
        // Those of the variables that are compared belong to it, also where nothing else is said of them.
        let compared = vars.iter().flat_map(|var| self.variables.compared_by(*var));
        let mut known: Vec<usize> = vars.iter().copied().chain(compared).collect();
        known.sort_unstable();
        known.dedup();
        always.extend(known.iter().filter_map(|var| self.differences.get(var)).flatten());
        let looks = self.most_looks.min(self.formulas.looks + LOOKS / 4);
        let mut solver = Solver {
            formulas: &mut self.formulas,
            variables: &self.variables,
            impossible: &mut self.impossible,
            decisions: DECISIONS,
            looks,
        };
        match solver.solve(formula, &always) {
            Found::Can(model) => {
                let exact = model.segments.keys().all(|var| !self.variables.at(*var).loose);
                Verdict::Can(model, exact)
            }
            Found::Cannot => Verdict::Cannot,
            Found::TooLong => Verdict::TooLong,
        }
    }

    /// Whether all that may be looked at has been looked at.
    pub fn is_spent(&self) -> bool {
        self.formulas.looks >= self.most_looks
    }

    /// The formula with what must hold of its variables.
    fn constrained(&mut self, formula: F) -> F {
        let mut done: HashSet<usize> = HashSet::default();
        let mut whole = formula;
        loop {
            let new: Vec<usize> =
                self.formulas.variables(whole).into_iter().filter(|var| !done.contains(var)).collect();
            if new.is_empty() {
                return whole;
            }
            let mut parts = vec![whole];
            for var in new {
                done.insert(var);
                parts.push(self.constraint(var));
            }
            whole = self.formulas.all(parts);
        }
    }

    fn constraint(&mut self, var: usize) -> F {
        if let Some(known) = self.constraints.get(&var) {
            return *known;
        }
        let found = match self.variables.at(var).key.clone() {
            Key::Answer(steps) => self.options(&steps, var),
            Key::Chosen(steps, _) => self.several(&steps),
            Key::Counted(_) => self.count_fits(var),
            _ => ALWAYS,
        };
        self.constraints.insert(var, found);
        found
    }

    /// An option can be chosen only where it is offered.
    fn options(&mut self, steps: &[Step], var: usize) -> F {
        let Some(Kind::OneOf(Choices::Options(options))) = self.kind(steps) else { return ALWAYS };
        let asked = self.asked(steps);
        let mut parts = Vec::new();
        for option in options {
            if let Some(condition) = &option.condition {
                let chosen = self.key_literal(var, std::slice::from_ref(&option.key));
                let offered = self.offered(steps, &option.key, condition);
                let (not_asked, not_chosen) = (self.formulas.not(asked), self.formulas.not(chosen));
                parts.push(self.formulas.any([not_asked, not_chosen, offered]));
            }
        }
        self.formulas.all(parts)
    }

    /// Whether the condition of an option holds.
    pub fn offered(&mut self, steps: &[Step], key: &str, condition: &Condition) -> F {
        let Some(place) = self.places.all.get(steps) else { return ALWAYS };
        let site = Site::Option(place.section, place.keys.clone(), key.to_owned());
        self.guarded(site, condition)
    }

    /// An answer of several-of has at least one option, not more than may be chosen, and one
    /// that excludes others is alone.
    fn several(&mut self, steps: &[Step]) -> F {
        let Some(Kind::SeveralOf { choices: Choices::Options(options), max }) = self.kind(steps) else {
            return ALWAYS;
        };
        let present = self.present(steps);
        let mut rules = Vec::new();
        let flags: Vec<F> = options.iter().map(|option| self.chosen(steps, &option.key)).collect();
        rules.push(self.formulas.any(flags.iter().copied()));
        for (index, option) in options.iter().enumerate() {
            let not = self.formulas.not(flags[index]);
            if option.excludes_others {
                for other in flags.iter().enumerate().filter(|(other, _)| *other != index).map(|(_, flag)| *flag) {
                    let neither = self.formulas.not(other);
                    rules.push(self.formulas.any([not, neither]));
                }
            }
            if let Some(condition) = &option.condition {
                let offered = self.offered(steps, &option.key, condition);
                rules.push(self.formulas.any([not, offered]));
            }
        }
        if let Some(max) = max.map(|max| max as usize).filter(|max| *max < flags.len()) {
            rules.push(self.at_most(&flags, max));
        }
        let valid = self.formulas.all(rules);
        let absent = self.formulas.not(present);
        self.formulas.any([absent, valid])
    }

    /// At most so many of some formulas hold.
    pub fn at_most(&mut self, parts: &[F], most: usize) -> F {
        // allowed[n]: of the parts from here on at most n hold.
        let mut allowed = vec![ALWAYS; most + 1];
        for part in parts.iter().rev() {
            let not = self.formulas.not(*part);
            let mut next = Vec::with_capacity(most + 1);
            for count in 0..=most {
                let without = self.formulas.all([not, allowed[count]]);
                let with = match count.checked_sub(1) {
                    Some(less) => self.formulas.all([*part, allowed[less]]),
                    None => NEVER,
                };
                next.push(self.formulas.any([without, with]));
            }
            allowed = next;
        }
        allowed.last().copied().unwrap_or(ALWAYS)
    }

    /// Whether an option of several-of is chosen.
    pub fn chosen(&mut self, steps: &[Step], key: &str) -> F {
        let var = self.variables.get(&Key::Chosen(steps.to_vec(), key.to_owned()), || (Domain::Flag, false));
        self.flag(var)
    }

    /// A variable of yes or no holds.
    pub fn flag(&mut self, var: usize) -> F {
        let part = self.variables.part(var, Part::Flag(true));
        self.formulas.literal(var, part, true)
    }

    pub fn key_literal(&mut self, var: usize, keys: &[String]) -> F {
        let mut keys = keys.to_vec();
        keys.sort_unstable();
        let part = self.variables.part(var, Part::Keys(keys));
        self.formulas.literal(var, part, true)
    }

    pub fn line_literal(&mut self, var: usize, intervals: Intervals) -> F {
        if intervals.0.is_empty() {
            return NEVER;
        }
        let part = self.variables.part(var, Part::Line(intervals));
        self.formulas.literal(var, part, true)
    }

    /// The kind of the question at a place.
    pub fn kind(&self, steps: &[Step]) -> Option<&'p Kind> {
        Some(&self.places.all.get(steps)?.question?.kind)
    }

    /// A condition, unless it is looked away from.
    pub fn guarded(&mut self, site: Site, condition: &Condition) -> F {
        if self.fixed.contains(&site) {
            return ALWAYS;
        }
        self.touched.insert(site.clone());
        if self.free.contains(&site) {
            let var = self.variables.get(&Key::Free(site), || (Domain::Flag, false));
            return self.flag(var);
        }
        self.holds(condition)
    }

    /// No end page stops before the section with this index.
    pub fn running(&mut self, section: usize) -> F {
        if let Some(known) = self.running.get(&section) {
            return *known;
        }
        let found = match section.checked_sub(1) {
            None => ALWAYS,
            Some(before) => {
                let running = self.running(before);
                let stops = self.stops_after(before);
                let not = self.formulas.not(stops);
                self.formulas.all([running, not])
            }
        };
        self.running.insert(section, found);
        found
    }

    /// Some end page stops after a section.
    fn stops_after(&mut self, section: usize) -> F {
        let procedure = self.procedure;
        let mut stops = Vec::new();
        for (index, page) in procedure.end_pages.iter().enumerate() {
            if let Some((condition, after)) = &page.stops
                && self.section_of(after) == Some(section)
            {
                stops.push(self.guarded(Site::EndPage(index), condition));
            }
        }
        self.formulas.any(stops)
    }

    /// The index of the section with a key.
    pub fn section_of(&self, key: &str) -> Option<usize> {
        self.procedure.sections.iter().position(|section| section.key == key)
    }

    /// Whether a section is asked.
    pub fn section_asked(&mut self, index: usize) -> F {
        let running = self.running(index);
        let procedure = self.procedure;
        match procedure.sections.get(index).and_then(|section| section.condition.as_ref()) {
            None => running,
            Some(condition) => {
                let holds = self.guarded(Site::Section(index), condition);
                self.formulas.all([running, holds])
            }
        }
    }

    /// Where a question stands is asked: everything around it.
    pub fn around_asked(&mut self, steps: &[Step]) -> F {
        let Some(place) = self.places.all.get(steps).cloned() else { return NEVER };
        match &place.around {
            None => self.section_asked(place.section),
            Some(around) => {
                let asked = self.asked(around);
                let given = self.given(around);
                let entries = match self.places.all.get(around.as_slice()).and_then(|place| place.repeat) {
                    Some(_) => self.at_least_entries(around, 1),
                    None => ALWAYS,
                };
                self.formulas.all([asked, given, entries])
            }
        }
    }

    /// A question is asked; inside a repeat: in some entry.
    pub fn asked(&mut self, steps: &[Step]) -> F {
        if let Some(known) = self.asked.get(steps) {
            return *known;
        }
        let Some(place) = self.places.all.get(steps).cloned() else { return NEVER };
        let around = self.around_asked(steps);
        let own = match place.condition {
            Some((site, condition)) => self.guarded(site, condition),
            None => ALWAYS,
        };
        let found = self.formulas.all([around, own]);
        self.asked.insert(steps.to_vec(), found);
        found
    }

    /// What is optional is given.
    fn given(&mut self, steps: &[Step]) -> F {
        match self.places.all.get(steps) {
            Some(place) if place.optional => {
                let var = self.variables.get(&Key::Given(steps.to_vec()), || (Domain::Flag, false));
                self.flag(var)
            }
            _ => ALWAYS,
        }
    }

    /// A question is answered; a repeat has entries; something in a block is answered.
    pub fn present(&mut self, steps: &[Step]) -> F {
        let Some(place) = self.places.all.get(steps).cloned() else { return NEVER };
        let asked = self.asked(steps);
        let given = self.given(steps);
        let more = if place.repeat.is_some() {
            self.at_least_entries(steps, 1)
        } else if place.items.is_empty() {
            ALWAYS
        } else {
            let inside: Vec<Vec<Step>> = place
                .items
                .iter()
                .filter_map(|item| match item {
                    crate::model::Item::Question(question) => Some(self.places.inside(steps, &question.key)),
                    crate::model::Item::Paragraph(_) => None,
                })
                .collect();
            let members: Vec<F> = inside.iter().map(|steps| self.present(steps)).collect();
            self.formulas.any(members)
        };
        self.formulas.all([asked, given, more])
    }

    /// The variable of how many entries a repeat has, where it is asked.
    pub fn length(&mut self, steps: &[Step]) -> usize {
        let repeat = self.places.all.get(steps).and_then(|place| place.repeat);
        let (from, to) = repeat.map_or((0, 0), |repeat| (i128::from(repeat.min), i128::from(repeat.max)));
        let line = Line { from, to, step: super::values::STEP };
        self.variables.get(&Key::Length(steps.to_vec()), || (Domain::Line(line), false))
    }

    fn at_least_entries(&mut self, steps: &[Step], least: i128) -> F {
        let var = self.length(steps);
        self.line_literal(var, Intervals::one(least, GREATEST))
    }

    /// The variable of the day of submission: not before the version is valid, though maybe after
    /// it is (a draft keeps its version), and only while the procedure is open.
    pub fn today(&mut self) -> usize {
        let open = self.procedure.open.as_ref();
        let from = self.procedure.valid_from.max(Date::constant(1, 1, 1));
        let from = open.and_then(|open| open.from).map_or(from, |opens| from.max(opens.date()));
        let to = open.and_then(|open| open.to).map_or(Date::MAX, |closes| closes.date());
        let line = Line { from: day_number(from), to: day_number(to.max(from)), step: 1 };
        self.variables.get(&Key::Today, || (Domain::Line(line), false))
    }

    /// The value of a calculation over constants; with a day for today where it needs one.
    pub fn constant(&self, calc: &Calc, today: Date) -> Option<crate::eval::Value> {
        crate::eval::constant(calc, today)
    }
}
