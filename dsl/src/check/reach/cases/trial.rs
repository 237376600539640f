//! Answers as an example can name them, and what comes of them.

use std::collections::HashSet;

use jiff::civil::DateTime;
use serde_json::{Map, Value as Json};

use super::aim::{Shows, Tabled};
use super::answer::Answers;
use crate::check::answer_paths::{collect, get, put, question_at};
use crate::check::example::{first_moment, shown};
use crate::check::expectations::{is_expected, speaks_at};
use crate::check::fill::Filler;
use crate::check::reach::case::Case;
use crate::check::reach::site::Site;
use crate::check::reach::witness::Draft;
use crate::eval::refs::{any_ref, free_list};
use crate::eval::view::Env;
use crate::eval::{Evaluator, Path, Problem, evaluate, unasked};
use crate::kind::{Kind, State};
use crate::model::{Calc, Condition, Op, Opening, Procedure, Set, Step, Values};
use crate::region::Regions;
use crate::syntax::Span;

/// How often gaps are filled and rules tried again: what takes longer is no case that an author
/// could follow.
const ROUNDS: usize = 80;

/// A case that can stand as an example.
#[derive(Clone)]
pub(super) struct Trial {
    /// The answers that the example names.
    pub named: Vec<(Path, Json)>,
    /// What is wrong in it: as it stands behind `erwartet Fehler:`.
    pub wrong: Vec<String>,
    pub case: Case,
    /// The aims that it shows.
    pub shows: Vec<usize>,
}

/// Makes such cases.
pub(super) struct Trials<'p> {
    pub procedure: &'p Procedure,
    pub regions: &'p Regions,
    pub answers: Answers<'p>,
    pub tables: &'p [Tabled<'p>],
}

impl Trials<'_> {
    /// The nearest minute at which the procedure is open.
    pub fn open_at(&self, at: DateTime) -> DateTime {
        match &self.procedure.open {
            Some(open) if open.at(at) != Opening::Open => first_moment(self.procedure),
            _ => at,
        }
    }

    /// A case from answers that were looked for. `lenient`: further things may be wrong in it.
    pub fn first(&self, draft: &Draft, aim: &Shows, lenient: bool) -> Option<Trial> {
        let at = draft.at;
        if self.procedure.open.as_ref().is_some_and(|open| open.at(at) != Opening::Open) {
            return None;
        }
        let spans: Vec<(Path, Span)> = draft.named.iter().map(|path| (path.clone(), Span::default())).collect();
        let may_be = |problem: &Problem| self.may_be_wrong(problem, aim, lenient);
        let filler = Filler::new(self.procedure, self.regions, at, &spans).within(ROUNDS);
        let (_, mut evaluation) = filler.fill(draft.answers.clone(), may_be);
        if evaluation.problems.iter().any(|problem| !problem.warning && !may_be(problem)) {
            let fixed = self.fixed(aim);
            let answers = self.repaired(evaluation.answers, at, &fixed, &may_be)?;
            evaluation = evaluate(self.procedure, &answers, at, self.regions);
        }
        let named = self.all_named(&evaluation.answers, at);
        let wrong = self.names(&Case { evaluation: evaluation.clone(), at });
        self.again(named, wrong, at)
    }

    /// All answers that an example can name.
    fn all_named(&self, answers: &Map<String, Json>, at: DateTime) -> Vec<(Path, Json)> {
        let mut leaves = Vec::new();
        collect(&Json::Object(answers.clone()), &mut Path::default(), &mut leaves);
        let named = leaves.into_iter().filter_map(|path| Some((path.clone(), get(answers, &path)?.clone())));
        named.filter(|(path, answer)| self.answers.can_be_written(path, answer, at.date())).collect()
    }

    /// What comes of answers when an example names them; `None` where it would not be right.
    pub fn again(&self, named: Vec<(Path, Json)>, wrong: Vec<String>, at: DateTime) -> Option<Trial> {
        let mut answers = Map::new();
        named.iter().for_each(|(path, answer)| put(&mut answers, path, answer.clone()));
        let spans: Vec<(Path, Span)> = named.iter().map(|(path, _)| (path.clone(), Span::default())).collect();
        let filler = Filler::new(self.procedure, self.regions, at, &spans).within(ROUNDS);
        let (answers, evaluation) = filler.fill(answers, |problem| is_expected(self.procedure, problem, &wrong));
        let not_asked = unasked(self.procedure, &answers, at, self.regions);
        if named.iter().any(|(path, _)| not_asked.contains(path)) {
            return None;
        }
        let mut errors = evaluation.problems.iter().filter(|problem| !problem.warning);
        if errors.any(|problem| !is_expected(self.procedure, problem, &wrong)) {
            return None;
        }
        let case = Case { evaluation, at };
        // Exactly what is wrong is named.
        let right = wrong.iter().all(|name| {
            let one = std::slice::from_ref(name);
            case.evaluation.problems.iter().any(|problem| !problem.warning && is_expected(self.procedure, problem, one))
        });
        right.then_some(Trial { named, wrong, case, shows: Vec::new() })
    }

    /// The answers that an aim is about: they stay as they are.
    fn fixed(&self, aim: &Shows) -> HashSet<Path> {
        let mut fixed = HashSet::new();
        let mut add = |reference: &crate::model::Ref, _: Env<'_>| {
            fixed.insert(super::seen::path_of(&reference.steps, &[]));
            false
        };
        let procedure = self.procedure;
        match aim {
            // What only has to be equal is put so in the end.
            Shows::Condition { condition, holds: true, .. } if equality(condition).is_some() => {}
            Shows::Condition { condition, .. } | Shows::Limit { condition } | Shows::Beside { with: condition, .. } => {
                any_ref(procedure, condition, Env::default(), &mut add);
            }
            Shows::Row { table, .. } => {
                for column in self.tables.get(*table).map(|table| table.columns).unwrap_or_default() {
                    let set = Set::any();
                    let condition = Condition::In { what: column.what.clone(), set };
                    any_ref(procedure, &condition, Env::default(), &mut add);
                }
            }
            _ => {}
        }
        fixed
    }

    /// Whether a problem is what a case is looked for.
    fn may_be_wrong(&self, problem: &Problem, aim: &Shows, lenient: bool) -> bool {
        let plain = shown(&problem.path);
        match aim {
            Shows::Rule { site: Site::Rule(index), kept: false } => {
                let rule = self.procedure.rules.get(*index);
                matches!(problem.state, State::Rule(_))
                    && (lenient || rule.is_some_and(|rule| speaks_at(rule, problem)))
            }
            Shows::Rule { site: Site::QuestionRule(_, keys, _), kept: false } => {
                let at = keys.join(".");
                matches!(problem.state, State::Rule(_))
                    && (lenient || plain == at || plain.ends_with(&format!(".{at}")))
            }
            Shows::Refused { .. } => {
                matches!(problem.state, State::TooLow | State::TooHigh | State::TooEarly(_) | State::TooLate(_))
            }
            // A value that only a rule speaks of.
            Shows::Condition { .. } | Shows::Limit { .. } | Shows::Entries { .. } => {
                lenient && matches!(problem.state, State::Rule(_))
            }
            _ => false,
        }
    }

    /// What is wrong in a case, by the names of rules and questions.
    fn names(&self, case: &Case) -> Vec<String> {
        let evaluator = Evaluator::new(self.procedure, &case.evaluation.answers, case.at, self.regions);
        let mut names: Vec<String> = Vec::new();
        for problem in case.evaluation.problems.iter().filter(|problem| !problem.warning) {
            let rule =
                self.procedure.rules.iter().find(|rule| {
                    speaks_at(rule, problem) && !rule.message.warning && !evaluator.holds(&rule.holds, &[])
                });
            let name = match rule {
                Some(rule) => rule.name.clone(),
                None => self.answers.plain_place(&problem.path),
            };
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }

    /// The same case with answers moved until two sides are equal.
    pub fn with_equal(&self, trial: &Trial, condition: &Condition) -> Option<Trial> {
        let condition = equality(condition)?;
        // Of repeats the first entry.
        let depth = free_list(self.procedure, &condition)
            .map_or(0, |list| 1 + list.iter().filter(|step| matches!(step, Step::Entry)).count());
        let entries = vec![0; depth];
        let at = trial.case.at;
        let answers = self.moved(&trial.case.evaluation.answers, &condition, &entries, at, &HashSet::new())?;
        let named = self.all_named(&answers, at);
        let right = self.again(named.clone(), trial.wrong.clone(), at);
        right.or_else(|| self.with_rules_broken(named, at))
    }

    /// A case in which rules may speak.
    fn with_rules_broken(&self, named: Vec<(Path, Json)>, at: DateTime) -> Option<Trial> {
        let mut answers = Map::new();
        named.iter().for_each(|(path, answer)| put(&mut answers, path, answer.clone()));
        let spans: Vec<(Path, Span)> = named.iter().map(|(path, _)| (path.clone(), Span::default())).collect();
        let filler = Filler::new(self.procedure, self.regions, at, &spans).within(ROUNDS);
        let (_, evaluation) = filler.fill(answers, |problem| matches!(problem.state, State::Rule(_)));
        let wrong = self.names(&Case { evaluation, at });
        self.again(named, wrong, at)
    }

    /// Only the answers that matter: without the others the case still shows what it is kept for.
    pub fn shrunk(&self, trial: Trial, shows: &dyn Fn(&Trial) -> bool) -> Trial {
        let at = trial.case.at;
        let shows_it = |named: Vec<(Path, Json)>, at: DateTime| {
            let mut new = self.again(named, trial.wrong.clone(), at).filter(shows)?;
            new.shows.clone_from(&trial.shows);
            Some(new)
        };
        let mut best = trial.clone();
        // What is filled in anyhow need not be named.
        let filler = Filler::new(self.procedure, self.regions, at, &[]).within(ROUNDS);
        let (usual, _) = filler.fill(Map::new(), |_| false);
        let unusual: Vec<(Path, Json)> =
            best.named.iter().filter(|(path, answer)| get(&usual, path) != Some(answer)).cloned().collect();
        if let Some(less) = shows_it(unusual, at) {
            best = less;
        }
        // What says little goes first.
        let mut order: Vec<Path> = best.named.iter().rev().map(|(path, _)| path.clone()).collect();
        order.sort_by_key(|path| question_at(self.procedure, path).map_or(0, |question| weight(&question.kind)));
        for path in order {
            let less: Vec<(Path, Json)> = best.named.iter().filter(|(other, _)| *other != path).cloned().collect();
            if let Some(less) = shows_it(less, at) {
                best = less;
            }
        }
        let usual = first_moment(self.procedure);
        if at != usual
            && let Some(less) = shows_it(best.named.clone(), usual)
        {
            best = less;
        }
        self.in_order(best)
    }

    /// A case with its answers in the order of the procedure.
    pub fn in_order(&self, mut trial: Trial) -> Trial {
        trial.named.sort_by_cached_key(|(path, _)| crate::eval::position(self.procedure, path));
        trial
    }
}

/// "Two sides are equal", where a condition says that.
fn equality(condition: &Condition) -> Option<Condition> {
    let equal = |what: &Calc, right| Condition::Compare { left: what.clone(), op: Op::Eq, right };
    match condition {
        Condition::Compare { op: Op::Eq, .. } => Some(condition.clone()),
        Condition::In { what, set } => match &set.values {
            Values::Numbers(ranges) => match ranges.as_slice() {
                [one] if one.from == one.to => Some(equal(what, Calc::Number(one.from?))),
                _ => None,
            },
            Values::Dates(ranges) => match ranges.as_slice() {
                [one] if one.from == one.to => Some(equal(what, Calc::Date(one.from?))),
                _ => None,
            },
            _ => None,
        },
        _ => None,
    }
}

/// How much an answer says to a reader.
fn weight(kind: &Kind) -> u8 {
    match kind {
        Kind::OneOf(_) | Kind::SeveralOf { .. } | Kind::YesNo | Kind::Municipality(_) => 3,
        Kind::Whole(_) | Kind::Decimal { .. } | Kind::Money(_) | Kind::Date(_) | Kind::BirthDate { .. } => 2,
        _ => 1,
    }
}
