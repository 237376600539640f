//! From a way in which a formula holds to answers, and what the evaluator makes of them.

use rustc_hash::FxHashMap as HashMap;

use jiff::civil::{Date, DateTime};
use rust_decimal::Decimal;
use serde_json::{Map, Value as Json, json};

use super::case::Case;
use super::engine::Engine;
use super::solve::Model;
use super::values::STEP;
use super::variable::{Domain, Key, Segment};
use crate::check::answer_paths::{get, grow, put, remove};
use crate::check::fill::Filler;
use crate::check::intervals::{GREATEST, day, unscale};
use crate::eval::{Path, PathStep};
use crate::kind::{Choices, Kind, State};
use crate::model::Step;

/// How many ways are tried before nobody knows.
const TRIES: usize = 24;

/// Answers with gaps.
pub(super) struct Draft {
    pub at: DateTime,
    pub answers: Map<String, Json>,
    /// The answers that are as they should be.
    pub named: Vec<Path>,
}

/// How many ways are tried for all of a procedure.
const ALL_TRIES: usize = 300;

impl Engine<'_> {
    /// Whether a formula really holds for some answers: `test` looks at what the evaluator says.
    pub fn confirmed(&mut self, formula: super::formula::F, test: impl Fn(&Self, &Case) -> bool) -> Option<Case> {
        // Examples are answers that somebody has thought about.
        let procedure = self.procedure;
        for example in &procedure.examples {
            let evaluation = crate::eval::evaluate(procedure, &example.answers, example.at, self.regions);
            let case = Case { evaluation, at: example.at };
            if !case.evaluation.problems.iter().any(is_open) && test(self, &case) {
                return Some(case);
            }
        }
        let mut chance = Chance(0x9E37_79B9);
        for attempt in 0..TRIES {
            if attempt > 0 {
                self.variables.turn(|count| chance.below(count));
            }
            if self.tries >= ALL_TRIES {
                break;
            }
            self.tries += 1;
            self.variables.certain = attempt % 4 < 3;
            let found = self.can(formula);
            self.variables.certain = false;
            let super::engine::Verdict::Can(model, _) = found else { continue };
            let case = self.case(&model, &mut chance, attempt, None);
            if !case.evaluation.problems.iter().any(is_open) && test(self, &case) {
                self.variables.turn(|_| 0);
                return Some(case);
            }
        }
        self.variables.turn(|_| 0);
        None
    }

    /// Whether no option of a question is taken where a model holds.
    pub fn is_stuck(&mut self, model: &Model, steps: &[Step], options: &[crate::kind::Choice]) -> bool {
        let path = path_of(steps);
        let several = matches!(self.kind(steps), Some(Kind::SeveralOf { .. }));
        options.iter().all(|option| {
            let answer = if several { json!([option.key]) } else { json!(option.key) };
            let case = self.case(model, &mut Chance(1), 0, Some((&path, answer)));
            case.evaluation.problems.iter().any(|one| one.path == path && one.state == State::NotAChoice)
        })
    }

    /// Answers for a model, the gaps filled; `stuck` is an answer that stays as it is.
    fn case(&mut self, model: &Model, chance: &mut Chance, attempt: usize, stuck: Option<(&Path, Json)>) -> Case {
        // Every other time the answers of an example are changed.
        let Draft { at, mut answers, mut named } =
            self.draft(model, chance, attempt, attempt.is_multiple_of(2).then_some(attempt / 2));
        let stuck = stuck.map(|(path, answer)| {
            put(&mut answers, path, answer);
            named.push(path.clone());
            path
        });
        let named: Vec<_> = named.into_iter().map(|path| (path, crate::syntax::Span::default())).collect();
        let filler = Filler::new(self.procedure, self.regions, at, &named);
        let (_, evaluation) =
            filler.fill(answers, |problem| matches!(problem.state, State::Rule(_)) || stuck == Some(&problem.path));
        Case { evaluation, at }
    }

    /// The answers that a model says something of; those of an example, changed, where one is named.
    pub fn draft(&mut self, model: &Model, chance: &mut Chance, attempt: usize, example: Option<usize>) -> Draft {
        let mut at = self.minute(model, chance);
        let mut answers = Map::new();
        let procedure = self.procedure;
        let examples = &procedure.examples;
        if let Some(example) = example.and_then(|index| examples.get(index % examples.len().max(1))) {
            answers.clone_from(&example.answers);
            let fixed = [Key::Today, Key::Now]
                .iter()
                .filter_map(|key| self.variables.find(key))
                .any(|var| model.segments.contains_key(&var) || model.values.contains_key(&var));
            if !fixed {
                at = example.at;
            }
        }
        let mut named: Vec<Path> = Vec::new();
        self.put_entries(model, at, &mut answers, chance);
        let sampler = Filler::new(procedure, self.regions, at, &[]);
        for var in 0..self.variables.len() {
            let key = self.variables.at(var).key.clone();
            let segment = model.segments.get(&var).map(|segment| self.variables.segment(var, *segment).clone());
            let (steps, value) = match (&key, segment) {
                (Key::Answer(steps), segment) => {
                    (steps, self.answer_json(var, segment.as_ref(), model.values.get(&var), &model.segments, chance))
                }
                (Key::Given(steps), Some(Segment::Flag(given))) => {
                    let path = path_of(steps);
                    if !given {
                        remove(&mut answers, &path);
                    }
                    let question = self.places.all.get(steps).and_then(|place| place.question);
                    let sample = question.filter(|_| given && get(&answers, &path).is_none());
                    (steps, sample.map(|question| sampler.sample(question, &path, 0)))
                }
                (Key::Chosen(steps, option), Some(Segment::Flag(true))) => {
                    let mut chosen = get(&answers, &path_of(steps)).cloned().unwrap_or_else(|| json!([]));
                    if let Json::Array(all) = &mut chosen {
                        all.push(json!(option));
                    }
                    (steps, Some(chosen))
                }
                (Key::ChosenOf(steps, keys), Some(Segment::Flag(inside))) => {
                    let Some(Kind::SeveralOf { choices, .. }) = self.kind(steps) else { continue };
                    let all = self.keys(choices);
                    let fits = all.iter().find(|key| keys.contains(key) == inside);
                    (steps, fits.map(|key| json!([key])))
                }
                _ => continue,
            };
            if let Some(value) = value {
                let path = path_of(steps);
                put(&mut answers, &path, value);
                if !matches!(self.places.all.get(steps), Some(place) if !place.items.is_empty()) {
                    named.push(path);
                }
            }
        }
        self.put_ages(model, at, &mut answers, &mut named, chance);
        self.put_same(model, &mut answers, &mut named, &sampler);
        self.guess(&mut answers, &mut named, chance, attempt);
        Draft { at, answers, named }
    }

    /// Birth dates that give the ages of a model.
    fn put_ages(
        &self,
        model: &Model,
        at: DateTime,
        answers: &mut Map<String, Json>,
        named: &mut Vec<Path>,
        chance: &mut Chance,
    ) {
        for (var, segment) in model.in_order() {
            let Key::Age { born, on, days } = &self.variables.at(var).key else { continue };
            let (Key::Answer(steps), Segment::Range(from, to)) =
                (&self.variables.at(*born).key, self.variables.segment(var, segment))
            else {
                continue;
            };
            let on = match on {
                None => day(*days),
                Some(other) if self.variables.at(*other).key == Key::Today => {
                    day(crate::check::intervals::day_number(at.date()) + days)
                }
                Some(other) => model.values.get(other).and_then(|value| day(value + days)),
            };
            let years = chance.within(*from.max(&0), (*to).min(110).max(*from));
            let years = i16::try_from(years).ok().map(|years| jiff::Span::new().try_years(years));
            let Some((on, Ok(years))) = on.zip(years) else { continue };
            let date = on.checked_sub(years).ok().and_then(|date| {
                let offset = [0_i64, 40, 200][chance.below(3)];
                date.checked_sub(jiff::Span::new().try_days(offset).ok()?).ok()
            });
            if let Some(date) = date {
                let path = path_of(steps);
                put(answers, &path, json!(date.to_string()));
                named.push(path);
            }
        }
    }

    /// Answers that are the same, or the same in two entries.
    fn put_same(&self, model: &Model, answers: &mut Map<String, Json>, named: &mut Vec<Path>, sampler: &Filler<'_>) {
        let flag = |var: usize, wanted: bool| {
            model.segments.get(&var).is_some_and(|one| *self.variables.segment(var, *one) == Segment::Flag(wanted))
        };
        for var in 0..self.variables.len() {
            let (from, to, alike) = match &self.variables.at(var).key {
                Key::Same(a, b) if flag(var, true) || flag(var, false) => {
                    let (Key::Answer(a), Key::Answer(b)) = (&self.variables.at(*a).key, &self.variables.at(*b).key)
                    else {
                        continue;
                    };
                    (path_of(a), path_of(b), flag(var, true))
                }
                Key::Distinct(list, by) if flag(var, false) => {
                    let (first, mut second) = (path_of(by), path_of(by));
                    let Some(index) = second.0.get_mut(list.len()) else { continue };
                    *index = PathStep::Index(1);
                    (first, second, true)
                }
                _ => continue,
            };
            let question = |path| crate::check::answer_paths::question_at(self.procedure, path);
            let known = get(answers, &from).or_else(|| get(answers, &to)).cloned();
            let Some(value) = known.or_else(|| Some(sampler.sample(question(&from)?, &from, 0))) else { continue };
            let other = if alike {
                Some(value.clone())
            } else {
                question(&to).and_then(|question| self.different(&value, &question.kind))
            };
            put(answers, &from, value);
            if let Some(other) = other {
                put(answers, &to, other);
                named.extend([from, to]);
            }
        }
    }

    /// Another municipality than an answer; other kinds get different answers anyway.
    fn different(&self, value: &Json, kind: &Kind) -> Option<Json> {
        let Kind::Municipality(set) = kind else { return None };
        let home = self.regions.within(crate::region::STATE_SCHLESWIG_HOLSTEIN).chain(self.regions.all());
        let mut others = home.filter(|town| value.as_str() != Some(town.key));
        let fits = |key: &str| set.as_ref().is_none_or(|set| crate::region::set_contains(set, key));
        others.find(|town| fits(town.key)).map(|town| json!(town.key))
    }

    /// Later tries also change answers that the formula says nothing of: what it does not
    /// follow may depend on them.
    fn guess(&self, answers: &mut Map<String, Json>, named: &mut Vec<Path>, chance: &mut Chance, attempt: usize) {
        if attempt < 3 {
            return;
        }
        for steps in &self.places.order {
            let Some(place) = self.places.all.get(steps) else { continue };
            let Some(question) = place.question.filter(|_| place.items.is_empty()) else { continue };
            let path = path_of(steps);
            if named.contains(&path) || chance.below(3) > 0 {
                continue;
            }
            let value = match &question.kind {
                Kind::Whole(limits) | Kind::Money(limits) => {
                    let (from, to) = limits.range();
                    let offsets = [0_i64, 1, 2, 5, 10, 50, 100, 1_000, 10_000];
                    let value = (from + Decimal::from(offsets[chance.below(offsets.len())])).min(to);
                    Some(value).filter(|value| value.is_integer()).and_then(number_json)
                }
                Kind::YesNo => Some(json!(chance.below(2) == 0)),
                Kind::OneOf(choices) => {
                    let keys = self.keys(choices);
                    keys.get(chance.below(keys.len())).map(|key| json!(key))
                }
                _ => None,
            };
            if let Some(value) = value {
                put(answers, &path, value);
                named.push(path);
            }
        }
    }

    /// The minute at which a case is sent.
    fn minute(&self, model: &Model, chance: &mut Chance) -> DateTime {
        let first = self.procedure.valid_from.max(Date::constant(2000, 1, 1));
        let noon = |date: Date| date.at(12, 0, 0, 0);
        if let Some(var) = self.variables.find(&Key::Now)
            && let Some(Segment::Range(from, to)) =
                model.segments.get(&var).map(|segment| self.variables.segment(var, *segment))
        {
            let minute = chance.within(*from, *to);
            if let Some(date) = day(minute.div_euclid(1440)) {
                let rest = i8::try_from(minute.rem_euclid(1440) / 60).unwrap_or(0);
                let minutes = i8::try_from(minute.rem_euclid(60)).unwrap_or(0);
                return date.at(rest, minutes, 0, 0);
            }
        }
        let Some(var) = self.variables.find(&Key::Today) else { return noon(first) };
        if let Some(value) = model.values.get(&var) {
            return day(*value).map_or(noon(first), noon);
        }
        match model.segments.get(&var).map(|segment| self.variables.segment(var, *segment)) {
            Some(Segment::Range(from, to)) => day(chance.within(*from, *to)).map_or(noon(first), noon),
            _ => noon(first),
        }
    }

    /// The answer that a segment stands for; where a value was worked out, that one.
    fn answer_json(
        &self,
        var: usize,
        segment: Option<&Segment>,
        value: Option<&i128>,
        segments: &HashMap<usize, usize>,
        chance: &mut Chance,
    ) -> Option<Json> {
        let Key::Answer(steps) = &self.variables.at(var).key else { return None };
        let range = match segment {
            Some(Segment::Flag(yes)) => return Some(json!(yes)),
            Some(Segment::Key(key) | Segment::Place(key)) => return Some(json!(key)),
            Some(Segment::OtherText) => return None,
            Some(Segment::Range(from, to)) => Some((*from, *to)),
            None => None,
        };
        let Domain::Line(line) = &self.variables.at(var).domain else { return None };
        let season = self.variables.find(&Key::Season(var)).and_then(|season| {
            match self.variables.segment(season, *segments.get(&season)?) {
                Segment::Range(from, to) => Some((*from, *to)),
                _ => None,
            }
        });
        let value = match (value, range, season) {
            (_, range, Some(season)) => {
                in_season(range.unwrap_or((line.from, line.to)), season, self.procedure.valid_from, chance)?
            }
            (Some(value), _, _) => value.div_euclid(line.step),
            (None, Some((from, to)), _) => chance.within(from, to),
            (None, None, _) => return None,
        };
        match self.kind(steps)? {
            Kind::Date(_) | Kind::BirthDate { .. } => day(value).map(|date| json!(date.to_string())),
            _ => {
                let places = (0..=6).find(|places| line.step == STEP / 10_i128.pow(*places))?;
                number_json(unscale(value, places)?)
            }
        }
    }

    /// Entries of the repeats: as many as there are, and those that are counted fit.
    fn put_entries(&mut self, model: &Model, at: DateTime, answers: &mut Map<String, Json>, chance: &mut Chance) {
        let order = self.places.order.clone();
        for steps in &order {
            let Some(repeat) = self.places.all.get(steps).and_then(|place| place.repeat) else { continue };
            let count = |var: usize| match model.segments.get(&var).map(|one| self.variables.segment(var, *one)) {
                Some(Segment::Range(from, to)) => {
                    let known = model.values.get(&var).map(|value| value.div_euclid(STEP));
                    Some((known.unwrap_or(*from), *to))
                }
                _ => None,
            };
            let length = self.variables.find(&Key::Length(steps.clone())).and_then(count);
            let mut counted: Vec<(usize, i128)> = self
                .counted
                .iter()
                .filter(|(_, (list, _))| list.steps == *steps)
                .filter_map(|(var, _)| Some((*var, count(*var)?.0)))
                .collect();
            counted.sort_unstable();
            let wanted: i128 = counted.iter().map(|(_, count)| *count).sum();
            let most = i128::from(repeat.max);
            let Some(entries) = length
                .map(|(from, to)| from.max(wanted.min(to)))
                .or((!counted.is_empty()).then_some(wanted.max(repeat.min.into()).max(1)))
            else {
                continue;
            };
            let entries = entries.min(most).min(200);
            let path = path_of(steps);
            if let Some(Json::Array(known)) = get(answers, &path) {
                let kept: Vec<Json> = known.iter().take(usize::try_from(entries).unwrap_or(0)).cloned().collect();
                put(answers, &path, Json::Array(kept));
            } else {
                put(answers, &path, json!([]));
            }
            grow(answers, &path, usize::try_from(entries).unwrap_or(0));
            self.fit_entries(&counted, &path, (usize::try_from(entries).unwrap_or(0), at), answers, chance);
        }
    }

    /// Makes entries fit what they are counted for, and the others not.
    fn fit_entries(
        &mut self,
        counted: &[(usize, i128)],
        path: &Path,
        (entries, at): (usize, DateTime),
        answers: &mut Map<String, Json>,
        chance: &mut Chance,
    ) {
        let today = self.today();
        let day = crate::check::intervals::day_number(at.date());
        let today = self.line_literal(today, crate::check::intervals::Intervals::one(day, day));
        for (var, wanted) in counted {
            let Some((_, with)) = self.counted.get(var).cloned() else { continue };
            let fits = self.holds(&with);
            let not = self.formulas.not(fits);
            for index in 0..entries {
                let formula = if (index as i128) < *wanted { fits } else { not };
                let formula = self.formulas.all([formula, today]);
                self.variables.certain = true;
                let found = self.can(formula);
                self.variables.certain = false;
                let super::engine::Verdict::Can(model, _) = found else { continue };
                for (var, segment) in model.in_order() {
                    let Key::Answer(steps) = &self.variables.at(var).key else { continue };
                    let mut place = path_of(steps);
                    if !place.0.starts_with(&path.0) || place.0.len() <= path.0.len() {
                        continue;
                    }
                    place.0[path.0.len()] = PathStep::Index(index);
                    let segment = self.variables.segment(var, segment);
                    if let Some(value) =
                        self.answer_json(var, Some(segment), model.values.get(&var), &model.segments, chance)
                    {
                        put(answers, &place, value);
                    }
                }
            }
        }
    }
}

/// Something is missing or wrong, other than a rule.
fn is_open(problem: &crate::eval::Problem) -> bool {
    !problem.warning && !matches!(problem.state, State::Rule(_))
}

/// A place with the first entry of each repeat on the way.
pub(super) fn path_of(steps: &[Step]) -> Path {
    Path(
        steps
            .iter()
            .map(|step| match step {
                Step::Key(key) => PathStep::Key(key.clone()),
                Step::Entry => PathStep::Index(0),
            })
            .collect(),
    )
}

/// A day in a range that is a certain day of its year, near to another.
fn in_season(range: (i128, i128), season: (i128, i128), near: Date, chance: &mut Chance) -> Option<i128> {
    let start = crate::check::intervals::day_number(near).clamp(range.0, range.1.min(GREATEST));
    let wanted = chance.within(season.0, season.1);
    (0..=800).flat_map(|days| [start + days, start - days]).filter(|day| (range.0..=range.1).contains(day)).find(
        |number| {
            day(*number).is_some_and(|date| {
                // Days are counted as in a leap year, so that each has the same number in every year.
                let of_year = i128::from(date.day_of_year());
                wanted == if of_year >= 60 && !date.in_leap_year() { of_year + 1 } else { of_year }
            })
        },
    )
}

fn number_json(number: Decimal) -> Option<Json> {
    serde_json::from_str(&number.normalize().to_string()).ok()
}

/// The choices of an option list by their keys.
pub(super) fn options(kind: &Kind) -> Option<&[crate::kind::Choice]> {
    match kind {
        Kind::OneOf(Choices::Options(options)) | Kind::SeveralOf { choices: Choices::Options(options), .. } => {
            Some(options)
        }
        _ => None,
    }
}

/// A small source of chance, the same at each compilation.
pub(super) struct Chance(pub u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.0 >> 33
    }

    pub fn below(&mut self, bound: usize) -> usize {
        if bound == 0 { 0 } else { usize::try_from(self.next()).unwrap_or(0) % bound }
    }

    /// A number between two, the ends often.
    fn within(&mut self, from: i128, to: i128) -> i128 {
        let width = to.saturating_sub(from);
        match self.below(4) {
            0 => from,
            1 if width < 1_000_000_000 => to,
            _ => from + i128::from(self.next()) % (width.min(2_000) + 1),
        }
    }
}
