//! A case in words; and the same case as answers, put through the evaluator before it is shown.

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde_json::{Map, Value as Json};

use super::segments::{Piece, Segments};
use crate::check::answer_paths;
use crate::check::example::shown;
use crate::check::expressions::Lower;
use crate::check::fill::Filler;
use crate::check::intervals::{GREATEST, LEAST, day, day_number, unscale};
use crate::check::table::RawTable;
use crate::check::types::Type;
use crate::diagnostic::{Both, Diagnostic};
use crate::eval::{Evaluator, Outcome, Path, PathStep, unasked};
use crate::kind::State;
use crate::model::{Calc, Condition, Language, Procedure, Ref, Set, Step, Values};
use crate::region::Regions;
use crate::syntax::Span;

/// How often further answers are changed so that the questions of a case are asked.
const ROUNDS: usize = 6;

/// A message about a case that is still to be put through the evaluator.
pub(in crate::check) struct Doubt {
    /// What is said where the evaluator agrees.
    message: Diagnostic,
    /// What is said where it does not.
    otherwise: Diagnostic,
    /// The answers of the case.
    answers: Vec<(Ref, Json)>,
    /// What is not answered in it.
    absent: Vec<Ref>,
    /// Rows that apply.
    apply: Vec<Condition>,
    /// Rows that do not.
    apply_not: Vec<Condition>,
}

impl Lower<'_> {
    /// A case in words: `gemeinde = Norderstedt, gefährliche = 1`.
    pub(super) fn case(&self, table: &RawTable, columns: &[Segments], segments: &[usize]) -> Both {
        Both::each(|reader| {
            let parts = table.columns.iter().zip(columns).zip(segments).filter_map(|((column, segments), piece)| {
                let value = self.piece(segments.pieces.get(*piece)?, segments, reader);
                Some(format!("{} = {value}", column.head))
            });
            parts.collect::<Vec<_>>().join(", ")
        })
    }

    fn piece(&self, piece: &Piece, column: &Segments, reader: Language) -> String {
        let english = reader == Language::English;
        let say = |de: &str, en: &str| if english { en } else { de }.to_owned();
        match piece {
            Piece::NoAnswer => say("keine Antwort", "no answer"),
            Piece::Bool(true) => say("Ja", "yes"),
            Piece::Bool(false) => say("Nein", "no"),
            Piece::Key(key) => self.world.spelled(key),
            Piece::OtherText => say("etwas anderes", "something else"),
            Piece::Place(key) if key == crate::region::OUTSIDE_GERMANY => say("im Ausland", "abroad"),
            Piece::Place(key) => self.world.regions.name(key).map_or_else(|| key.clone(), |name| name.into_owned()),
            Piece::Interval(from, to) => match &column.kind {
                Type::Number(number) => {
                    let plain = number_in(*from, *to, number.places);
                    let shown = if number.unit.is_money() { plain / Decimal::ONE_HUNDRED } else { plain };
                    let unit = number.unit.written(if english { Language::English } else { self.thing.language });
                    format!("{} {unit}", crate::check::things::written(shown)).trim().to_owned()
                }
                _ => {
                    let Some(date) = date_in(*from, *to, column.season) else { return String::new() };
                    let day_and_month = format!("{:02}.{:02}.", date.day(), date.month());
                    if column.season { day_and_month } else { format!("{day_and_month}{}", date.year()) }
                }
            },
        }
    }

    /// Says something about a case: at once, where it cannot be put through the evaluator.
    pub(super) fn doubt(
        &self,
        message: Diagnostic,
        otherwise: Diagnostic,
        (table, columns, segments): (&RawTable, &[Segments], &[usize]),
        (apply, apply_not): (Vec<usize>, Vec<usize>),
    ) {
        let mut answers = Vec::new();
        let mut absent = Vec::new();
        for ((column, pieces), piece) in table.columns.iter().zip(columns).zip(segments) {
            let Calc::Answer(reference) = &column.what else {
                self.world.say(message);
                return;
            };
            if reference.fact.is_some() || reference.steps.contains(&Step::Entry) {
                self.world.say(message);
                return;
            }
            match pieces.pieces.get(*piece).map(|piece| answer(piece, pieces)) {
                Some(Some(answer)) => answers.push((reference.clone(), answer)),
                _ => absent.push(reference.clone()),
            }
        }
        let row = |index: usize| Condition::All(cells(table, index));
        self.doubts.borrow_mut().push(Doubt {
            message,
            otherwise,
            answers,
            absent,
            apply: apply.into_iter().map(row).collect(),
            apply_not: apply_not.into_iter().map(row).collect(),
        });
    }

    /// Puts the cases through the evaluator, and says what holds.
    pub(in crate::check) fn settle(&self, procedure: Option<&Procedure>) {
        for doubt in self.doubts.take() {
            // Where anything else is wrong, the evaluator would not be a judge.
            let judge = procedure.filter(|_| self.world.errors_in(&self.thing.file) == 0);
            let agreed = judge.is_none_or(|procedure| self.agrees(procedure, &doubt));
            self.world.say(if agreed { doubt.message } else { doubt.otherwise });
        }
    }

    fn agrees(&self, procedure: &Procedure, doubt: &Doubt) -> bool {
        let at = procedure.valid_from.at(12, 0, 0, 0);
        let regions = self.world.regions;
        let mut named: Vec<(Path, Json)> =
            doubt.answers.iter().map(|(reference, answer)| (path(reference), answer.clone())).collect();
        for _ in 0..ROUNDS {
            let paths: Vec<(Path, Span)> = named.iter().map(|(path, _)| (path.clone(), Span::default())).collect();
            let filler = Filler::new(procedure, regions, at, &paths);
            let mut answers = Map::new();
            named.iter().for_each(|(path, answer)| answer_paths::put(&mut answers, path, answer.clone()));
            let given = answers.clone();
            let (answers, evaluation) = filler.fill(answers, |_| false);
            let evaluator = Evaluator::new(procedure, &answers, at, regions);
            let hidden = unasked(procedure, &answers, at, regions);
            let missing = named.iter().find(|(path, _)| hidden.iter().any(|other| path.0.starts_with(&other.0)));
            if let Some((missing, _)) = missing {
                // Other answers, so that it is asked.
                let wishes = self.wishes(missing, &evaluator, &filler, procedure);
                let new: Vec<_> =
                    wishes.into_iter().filter(|(path, _)| answer_paths::get(&given, path).is_none()).collect();
                if new.is_empty() {
                    return false;
                }
                named.extend(new);
                continue;
            }
            let wrong = evaluation.problems.iter().any(|problem| {
                !matches!(problem.state, State::Rule(_)) && named.iter().any(|(path, _)| *path == problem.path)
            });
            let stopped = matches!(&evaluation.outcome, Outcome::EndPage { name, .. }
                if procedure.end_pages.iter().any(|page| page.name == *name && page.stops.is_some()));
            let empty = doubt.absent.iter().all(|reference| answer_paths::get(&answers, &path(reference)).is_none());
            let rows = doubt.apply.iter().all(|row| evaluator.holds(row, &[]))
                && !doubt.apply_not.iter().any(|row| evaluator.holds(row, &[]));
            return !wrong && !stopped && empty && rows;
        }
        false
    }

    /// Answers that make the conditions of a question hold, as far as that is easily seen.
    fn wishes(
        &self,
        missing: &Path,
        evaluator: &Evaluator<'_>,
        filler: &Filler<'_>,
        procedure: &Procedure,
    ) -> Vec<(Path, Json)> {
        let steps: Vec<Step> = missing
            .0
            .iter()
            .filter_map(|step| match step {
                PathStep::Key(key) => Some(Step::Key(key.clone())),
                PathStep::Index(_) => None,
            })
            .collect();
        let names = self.names.borrow();
        let Some(slot) = names.slot_at(&Ref { steps, fact: None }) else { return Vec::new() };
        let mut open: Vec<&Condition> = slot.conditions.iter().collect();
        let mut wishes = Vec::new();
        while let Some(condition) = open.pop() {
            if evaluator.holds(condition, &[]) {
                continue;
            }
            match condition {
                Condition::All(all) => open.extend(all),
                Condition::Any(any) => open.extend(any.first()),
                Condition::In { what: Calc::Answer(reference), set } if reference.fact.is_none() => {
                    wishes.extend(member(set, self.world.regions).map(|answer| (path(reference), answer)));
                }
                Condition::Answered(reference) => {
                    let place = path(reference);
                    if let Some(question) = answer_paths::question_at(procedure, &place) {
                        let sample = filler.sample(question, &place, 0);
                        wishes.push((place, sample));
                    }
                }
                _ => {}
            }
        }
        wishes.retain(|(path, _)| shown(path) != shown(missing));
        wishes
    }
}

fn cells(table: &RawTable, index: usize) -> Vec<Condition> {
    let cells = table.rows.get(index).and_then(|row| row.cells.as_ref());
    let columns = table.columns.iter().zip(cells.into_iter().flatten());
    columns.map(|(column, cell)| Condition::In { what: column.what.clone(), set: cell.clone() }).collect()
}

fn path(reference: &Ref) -> Path {
    let keys = reference.steps.iter().filter_map(|step| match step {
        Step::Key(key) => Some(PathStep::Key(key.clone())),
        Step::Entry => None,
    });
    Path(keys.collect())
}

fn number_in(from: i128, to: i128, places: u32) -> Decimal {
    let value = if from > LEAST { from } else { to.min(GREATEST - 1) };
    let value = if from <= LEAST && to >= GREATEST { 0 } else { value };
    unscale(value, places).unwrap_or_default()
}

fn date_in(from: i128, to: i128, season: bool) -> Option<Date> {
    if season {
        return day(day_number(Date::constant(2028, 1, 1)) + from - 1);
    }
    let value = if from > LEAST { from } else { to };
    day(if value <= LEAST || value >= GREATEST { 0 } else { value })
}

/// A piece as an answer; `None`: no answer.
fn answer(piece: &Piece, column: &Segments) -> Option<Json> {
    Some(match piece {
        Piece::NoAnswer => return None,
        Piece::Bool(value) => Json::Bool(*value),
        Piece::Key(key) | Piece::Place(key) => Json::from(key.clone()),
        Piece::OtherText => Json::from("x"),
        Piece::Interval(from, to) => match &column.kind {
            Type::Number(number) => number_json(number_in(*from, *to, number.places)),
            _ => Json::from(date_in(*from, *to, column.season)?.to_string()),
        },
    })
}

fn number_json(number: Decimal) -> Json {
    serde_json::from_str(&number.normalize().to_string()).unwrap_or(Json::Null)
}

/// A value that is in a set.
fn member(set: &Set, regions: &Regions) -> Option<Json> {
    match &set.values {
        Values::Any => None,
        Values::Bools(list) => list.first().map(|value| Json::Bool(*value)),
        Values::Keys(list) => list.first().map(|key| Json::from(key.clone())),
        Values::Numbers(ranges) => ranges.first().and_then(|range| range.from.or(range.to)).map(number_json),
        Values::Dates(ranges) => {
            ranges.first().and_then(|range| range.from.or(range.to)).map(|date| Json::from(date.to_string()))
        }
        Values::Season(list) => {
            list.first().map(|(from, _)| Json::from(format!("2028-{:02}-{:02}", from.month, from.day)))
        }
        Values::Municipalities { .. } => {
            let home = regions.within(crate::region::STATE_SCHLESWIG_HOLSTEIN).chain(regions.all());
            home.map(|town| town.key).find(|key| crate::region::set_contains(set, key)).map(Json::from)
        }
    }
}
