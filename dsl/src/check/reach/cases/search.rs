//! Looks for cases: answers for a formula, as many aims in one as go together, and of all cases
//! found the few that are needed.

use jiff::civil::DateTime;
use serde_json::{Map, Value as Json};

use super::Group;
use super::aim::{Aim, Shows, Tabled};
use super::seen::{Seen, path_of};
use super::target::Targets;
use super::trial::{Trial, Trials};
use crate::check::answer_paths::put;
use crate::check::example::first_moment;
use crate::check::intervals::{Intervals, day_number};
use crate::check::reach::engine::{Engine, Verdict};
use crate::check::reach::formula::{ALWAYS, F, NEVER};
use crate::check::reach::site::Site;
use crate::check::reach::witness::Chance;
use crate::eval::{Outcome, Path};
use crate::model::{Ref, Responsible};

/// How many ways are tried for one case.
const TRIES: usize = 16;

/// How many nodes all questions for the cases of a procedure may look at.
const LOOKS: usize = 40_000_000;

/// How many days later than it need be a case may happen at first.
const YEAR: i128 = 365;

/// What came of an aim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Came {
    /// An example shows it.
    Shown,
    /// A case that was found shows it.
    Found,
    /// It cannot happen.
    Never,
    /// No case was found.
    NotFound,
}

/// Looks for cases of a procedure.
pub(super) struct Search<'s, 'p> {
    pub engine: Engine<'p>,
    pub trials: Trials<'p>,
    pub tables: &'s [Tabled<'p>],
    pub aims: &'s [Aim],
    pub came: Vec<Came>,
    /// When each aim is shown.
    formulas: Vec<F>,
    /// No rule refuses.
    kept: F,
    /// Days of submission, the one that is best first: that of an example that names none, one
    /// within a year.
    days: Vec<F>,
    pub found: Vec<Trial>,
}

impl<'s, 'p> Search<'s, 'p> {
    /// `came` says what the examples show already.
    pub fn new(
        mut engine: Engine<'p>,
        trials: Trials<'p>,
        tables: &'s [Tabled<'p>],
        aims: &'s [Aim],
        came: Vec<Came>,
    ) -> Self {
        engine.most_looks = LOOKS;
        Self {
            engine,
            trials,
            tables,
            aims,
            came,
            formulas: Vec::new(),
            kept: ALWAYS,
            days: Vec::new(),
            found: Vec::new(),
        }
    }

    /// Looks for a case for everything that is not shown yet.
    pub fn run(&mut self) {
        self.engine.warm();
        self.kept = self.engine.all_rules_kept();
        self.formulas = {
            let mut targets = Targets { engine: &mut self.engine, tables: self.tables };
            self.aims.iter().map(|aim| targets.of(aim)).collect()
        };
        let first = day_number(first_moment(self.engine.procedure).date());
        let today = self.engine.today();
        let day = |engine: &mut Engine<'p>, to| engine.line_literal(today, Intervals::one(first, to));
        self.days = vec![day(&mut self.engine, first), day(&mut self.engine, first + YEAR)];
        for wrong in [false, true] {
            for index in 0..self.aims.len() {
                let aim = &self.aims[index];
                let here = aim.shows.is_wrong() == wrong && aim.group != Group::TaskOffices;
                if self.came[index] == Came::NotFound && here {
                    self.aim_at(index);
                }
            }
        }
    }

    /// The place that decides on an authority, and the keys of its area.
    fn task_of(&self, path: &str) -> Option<(&'p Ref, Vec<&'p str>)> {
        let table = self.engine.procedure.responsibility.as_ref()?;
        let mut all = table.rows.iter().map(|row| &row.then).chain(&table.otherwise);
        all.find_map(|then| match then {
            Responsible::Task { place, authorities, .. } => {
                let keys = authorities.iter().filter(|(_, known)| *known == path).map(|(key, _)| key.as_str());
                let keys: Vec<&str> = keys.collect();
                (!keys.is_empty()).then_some((place, keys))
            }
            _ => None,
        })
    }

    /// Looks for a case for each authority that is found by its task: a case that comes to one of
    /// them, with another place.
    pub fn offices(&mut self, few: &mut Vec<Trial>) {
        // The one of them that needs the fewest answers.
        let mut base: Option<Trial> = None;
        for index in 0..self.aims.len() {
            let Shows::Office(path) = &self.aims[index].shows else { continue };
            let open = self.came[index] == Came::NotFound;
            let Some((place, keys)) = self.task_of(path).filter(|_| open) else { continue };
            let place = path_of(&place.steps, &[]);
            let regions = self.engine.regions;
            let towns = || keys.iter().flat_map(|key| regions.within(key)).map(|town| Json::from(town.key));
            let arrives = |trial: &&Trial| matches!(trial.case.evaluation.outcome, Outcome::Authority(_));
            let found = base.iter().chain(few.iter());
            let mut moved = found.filter(arrives).take(3).flat_map(|trial| {
                towns().take(3).filter_map(|town| {
                    let others = trial.named.iter().filter(|(other, _)| *other != place).cloned();
                    let named = others.chain([(place.clone(), town)]).collect();
                    self.trials.again(named, Vec::new(), trial.case.at)
                })
            });
            match moved.find(|trial| self.is_shown(index, trial)) {
                Some(mut trial) => {
                    trial.shows = vec![index];
                    if base.is_none() {
                        trial = self.shrunk(trial);
                        base = Some(trial.clone());
                    }
                    self.came[index] = Came::Found;
                    few.push(self.trials.in_order(trial));
                }
                None => {
                    self.aim_at(index);
                    few.append(&mut self.few());
                }
            }
        }
    }

    fn aim_at(&mut self, index: usize) {
        let formula = self.formulas[index];
        if formula == NEVER || matches!(self.engine.can(formula), Verdict::Cannot) {
            self.came[index] = Came::Never;
            return;
        }
        let aim = &self.aims[index];
        let base = match &aim.shows {
            Shows::Rule { site, kept: false } => {
                let site = site.clone();
                let others = self.others_kept(&site);
                self.engine.formulas.all([formula, others])
            }
            _ => self.engine.formulas.all([formula, self.kept]),
        };
        let alone = match self.engine.can(base) {
            Verdict::Cannot if aim.shows.needs_an_end() => {
                self.came[index] = Came::Never;
                return;
            }
            Verdict::Cannot => formula,
            _ => base,
        };
        let fallback = alone;
        let arrives = self.engine.arrives();
        let whole = self.engine.formulas.all([alone, arrives]);
        let days = self.days.clone();
        let alone = days.into_iter().find_map(|day| {
            let formula = self.engine.formulas.all([alone, day]);
            matches!(self.engine.can(formula), Verdict::Can(..)).then_some(formula)
        });
        let alone = alone.unwrap_or(fallback);
        let alone =
            if aim.shows.is_wrong() || matches!(self.engine.can(whole), Verdict::Cannot) { alone } else { whole };
        let (rich, with) = self.extended(index, alone);
        if (rich != alone || !with.is_empty()) && self.look(index, rich, &with, TRIES / 4) {
            return;
        }
        self.look(index, alone, &[], TRIES);
    }

    /// All rules but one are kept.
    fn others_kept(&mut self, site: &Site) -> F {
        let sites = self.engine.rule_sites();
        let parts: Vec<F> = sites.iter().filter(|one| *one != site).map(|one| self.engine.rule_kept(one)).collect();
        self.engine.formulas.all(parts)
    }

    /// A formula with those of other open aims that go together with it; the further answers
    /// beyond a limit that are refused in the same case.
    fn extended(&mut self, index: usize, base: F) -> (F, Vec<usize>) {
        let refused = matches!(self.aims[index].shows, Shows::Refused { .. });
        let mut formula = base;
        let mut with: Vec<usize> = Vec::new();
        for other in 0..self.aims.len() {
            if other == index
                || self.came[other] != Came::NotFound
                || self.aims[other].group == Group::TaskOffices
                || self.engine.is_spent()
            {
                continue;
            }
            let aim = &self.aims[other];
            let fits = match &aim.shows {
                Shows::Refused { steps, .. } => {
                    let one = |index: &usize| match &self.aims[*index].shows {
                        Shows::Refused { steps, .. } => Some(steps),
                        _ => None,
                    };
                    refused && [index].iter().chain(&with).filter_map(one).all(|known| known != steps)
                }
                shows => !refused && !shows.is_wrong() && (self.aims[index].shows.is_wrong() <= !shows.needs_an_end()),
            };
            if !fits {
                continue;
            }
            let more = self.engine.formulas.all([formula, self.formulas[other]]);
            if more == NEVER || !matches!(self.engine.can(more), Verdict::Can(..)) {
                continue;
            }
            formula = more;
            if refused {
                with.push(other);
            }
        }
        (formula, with)
    }

    /// Tries answers for a formula until a case shows an aim; whether one did.
    fn look(&mut self, index: usize, formula: F, with: &[usize], tries: usize) -> bool {
        let mut chance = Chance(0x9E37_79B9);
        for attempt in 0..tries {
            if attempt > 0 {
                self.engine.variables.turn(|count| chance.below(count));
            }
            // Now and then an example is changed, in nothing but what is aimed at.
            let example = (attempt % 3 == 1).then_some(attempt / 3);
            let goal = if example.is_some() { self.formulas[index] } else { formula };
            // Where months and years are between two bounds, first answers that certainly fit.
            let model = [true, false].into_iter().find_map(|certain| {
                self.engine.variables.certain = certain;
                let verdict = self.engine.can(goal);
                self.engine.variables.certain = false;
                if let Verdict::Can(model, _) = verdict { Some(model) } else { None }
            });
            let Some(model) = model else { continue };
            let mut draft = self.engine.draft(&model, &mut chance, attempt, example);
            draft.at = self.trials.open_at(draft.at);
            self.put_refused(index, with, draft.at, &mut draft.answers, &mut draft.named);
            // At first only what is aimed at may be wrong, later also what comes with it.
            let lenient = attempt * 2 >= tries;
            let Some(trial) = self.trials.first(&draft, &self.aims[index].shows, lenient) else { continue };
            let trial = self.mended(index, trial);
            if self.is_shown(index, &trial) {
                self.engine.variables.turn(|_| 0);
                self.keep(index, trial);
                return true;
            }
        }
        self.engine.variables.turn(|_| 0);
        false
    }

    /// Answers beyond their limits.
    fn put_refused(
        &self,
        index: usize,
        with: &[usize],
        at: DateTime,
        answers: &mut Map<String, Json>,
        named: &mut Vec<Path>,
    ) {
        for one in std::iter::once(&index).chain(with) {
            let Shows::Refused { steps, beyond } = &self.aims[*one].shows else { continue };
            if let Some(answer) = beyond.answer(at.date()) {
                let path = path_of(steps, &[]);
                put(answers, &path, answer);
                named.push(path);
            }
        }
    }

    /// Where two sides of a comparison should be equal and are not: the answer is put so.
    fn mended(&self, index: usize, trial: Trial) -> Trial {
        let condition = match &self.aims[index].shows {
            Shows::Condition { condition, holds: true, .. }
            | Shows::Limit { condition }
            | Shows::Row { with: Some(condition), .. }
            | Shows::Beside { with: condition, .. } => condition,
            _ => return trial,
        };
        if self.is_shown(index, &trial) {
            return trial;
        }
        self.trials.with_equal(&trial, condition).unwrap_or(trial)
    }

    fn is_shown(&self, index: usize, trial: &Trial) -> bool {
        Seen::new(&self.engine, self.tables, &trial.case).shows(&self.aims[index])
    }

    /// Keeps a case, and notes what it shows.
    fn keep(&mut self, index: usize, mut trial: Trial) {
        let seen = Seen::new(&self.engine, self.tables, &trial.case);
        let shown: Vec<usize> = self
            .aims
            .iter()
            .enumerate()
            .filter(|(index, _)| !matches!(self.came[*index], Came::Shown))
            // Where something is wrong, the rest should be shown by a case that comes to its end.
            .filter(|(other, aim)| *other == index || trial.wrong.is_empty() || aim.shows.is_wrong())
            .filter(|(_, aim)| seen.shows(aim))
            .map(|(index, _)| index)
            .collect();
        for index in &shown {
            self.came[*index] = Came::Found;
        }
        trial.shows = shown;
        self.found.push(trial);
    }

    /// A case with only the answers that it needs.
    pub fn shrunk(&self, trial: Trial) -> Trial {
        let needed = |new: &Trial| {
            let seen = Seen::new(&self.engine, self.tables, &new.case);
            trial.shows.iter().all(|index| seen.shows(&self.aims[*index]))
        };
        self.trials.shrunk(trial.clone(), &needed)
    }

    /// Fewer cases: two that go together in one become one.
    pub fn merged(&self, few: Vec<Trial>) -> Vec<Trial> {
        let mut kept: Vec<Trial> = Vec::new();
        for trial in few {
            let one = kept.iter().enumerate().find_map(|(at, other)| Some((at, self.both(other, &trial)?)));
            match one {
                Some((at, both)) => kept[at] = both,
                None => kept.push(trial),
            }
        }
        kept
    }

    /// One case that shows what two show; `None` where they do not go together.
    fn both(&self, a: &Trial, b: &Trial) -> Option<Trial> {
        let other = |path: &Path, answer: &Json| a.named.iter().any(|(known, value)| known == path && value != answer);
        let fits = a.wrong.is_empty() && b.wrong.is_empty() && a.case.at == b.case.at;
        if !fits || b.named.iter().any(|(path, answer)| other(path, answer)) {
            return None;
        }
        let more = b.named.iter().filter(|(path, _)| a.named.iter().all(|(known, _)| known != path));
        let named = a.named.iter().chain(more).cloned().collect();
        let mut both = self.trials.again(named, Vec::new(), a.case.at)?;
        both.shows = a.shows.iter().chain(&b.shows).copied().collect();
        both.shows.sort_unstable();
        let seen = Seen::new(&self.engine, self.tables, &both.case);
        both.shows.iter().all(|index| seen.shows(&self.aims[*index])).then(|| self.trials.in_order(both))
    }

    /// The few cases that show together what all show, each with what it is kept for.
    pub fn few(&mut self) -> Vec<Trial> {
        let mut left: Vec<bool> = self.came.iter().map(|came| *came == Came::Found).collect();
        let mut all = std::mem::take(&mut self.found);
        let mut few = Vec::new();
        loop {
            let worth = |trial: &Trial| trial.shows.iter().filter(|index| left[**index]).count();
            // Of equal ones the first.
            let best = all
                .iter()
                .enumerate()
                .map(|(at, trial)| (worth(trial), at))
                .max_by_key(|(worth, at)| (*worth, usize::MAX - at));
            let Some((_, at)) = best.filter(|(worth, _)| *worth > 0) else { break };
            let mut trial = all.swap_remove(at);
            trial.shows.retain(|index| std::mem::take(&mut left[*index]));
            few.push(trial);
        }
        few.sort_by_key(|trial| trial.shows.first().copied());
        few
    }
}
