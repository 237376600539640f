//! Every way to fill in a small form.

use amtsweg_dsl::eval::{Evaluation, Evaluator, Outcome, SectionState, evaluate};
use amtsweg_dsl::kind::{Choices, Kind, State};
use amtsweg_dsl::model::{Condition, Item, Procedure, Question};
use amtsweg_dsl::region::Regions;
use jiff::civil::DateTime;
use serde_json::{Map, Value as Json, json};

use crate::text::{Spot, What};

pub struct Runs {
    all: Vec<Evaluation>,
    /// Somebody can finish.
    pub arrives: bool,
}

fn at() -> DateTime {
    jiff::civil::date(2026, 11, 22).at(12, 0, 0, 0)
}

/// All answers that a question can have; `None` is none.
fn choices(question: &Question) -> Vec<Option<Json>> {
    let mut all: Vec<Option<Json>> = match &question.kind {
        Kind::YesNo => vec![Some(json!(true)), Some(json!(false))],
        Kind::OneOf(Choices::Options(options)) => options.iter().map(|option| Some(json!(option.key))).collect(),
        Kind::Whole(_) => (0..=3).map(|number| Some(json!(number))).collect(),
        other => panic!("{other:?} is not tried"),
    };
    if question.optional {
        all.push(None);
    }
    all
}

/// All entries that a list of questions can have.
fn entries(items: &[Item]) -> Vec<Json> {
    let mut all = vec![Map::new()];
    for item in items {
        let Item::Question(question) = item else { continue };
        all = all
            .into_iter()
            .flat_map(|entry| {
                choices(question).into_iter().map(move |answer| {
                    let mut entry = entry.clone();
                    if let Some(answer) = answer {
                        entry.insert(question.key.clone(), answer);
                    }
                    entry
                })
            })
            .collect();
    }
    all.into_iter().map(Json::Object).collect()
}

impl Runs {
    pub fn of(procedure: &Procedure) -> Self {
        let mut runs = vec![Map::new()];
        for section in &procedure.sections {
            let with =
                |key: &str, answers: Vec<Option<Json>>, runs: Vec<Map<String, Json>>| -> Vec<Map<String, Json>> {
                    let next = runs.into_iter().flat_map(|run| {
                        answers.iter().map(move |answer| {
                            let mut run = run.clone();
                            if let Some(answer) = answer {
                                run.insert(key.to_owned(), answer.clone());
                            }
                            run
                        })
                    });
                    // What is not asked is dropped, and the same run is kept once.
                    let mut kept: Vec<Map<String, Json>> =
                        next.map(|run| evaluate(procedure, &run, at(), Regions::shipped()).answers).collect();
                    kept.sort_by_cached_key(|run| Json::Object(run.clone()).to_string());
                    kept.dedup();
                    kept
                };
            match &section.repeat {
                Some(repeat) => {
                    let one = entries(&section.items);
                    let mut lists: Vec<Vec<Json>> = vec![Vec::new()];
                    let mut all = Vec::new();
                    for length in 0..=repeat.max {
                        if length >= repeat.min {
                            all.extend(lists.iter().map(|list| Some(Json::Array(list.clone()))));
                        }
                        lists = lists
                            .iter()
                            .flat_map(|list| {
                                one.iter().map(move |entry| [list.as_slice(), std::slice::from_ref(entry)].concat())
                            })
                            .collect();
                    }
                    runs = with(&section.key, all, runs);
                }
                None => {
                    for item in &section.items {
                        if let Item::Question(question) = item {
                            runs = with(&question.key, choices(question), runs);
                        }
                    }
                }
            }
        }
        let open = |one: &amtsweg_dsl::eval::Problem| !one.warning && !matches!(one.state, State::Rule(_));
        let all: Vec<Evaluation> = runs
            .iter()
            .map(|run| evaluate(procedure, run, at(), Regions::shipped()))
            .filter(|run| !run.problems.iter().any(open))
            .collect();
        let arrives = all.iter().any(|run| matches!(run.outcome, Outcome::Authority(_)));
        Self { all, arrives }
    }

    /// Those in which no rule refuses.
    pub fn kept(&self) -> Self {
        let keeps = |run: &&Evaluation| run.problems.iter().all(|problem| problem.warning);
        Self { all: self.all.iter().filter(keeps).cloned().collect(), arrives: self.arrives }
    }

    /// Whether some way comes to an authority without a word from any rule.
    pub fn keeps_all_rules(&self) -> bool {
        self.all.iter().any(|run| run.problems.is_empty() && matches!(run.outcome, Outcome::Authority(_)))
    }

    /// Whether the condition at a spot can hold, and can fail, where it is looked at.
    pub fn can(&self, procedure: &Procedure, spot: &Spot) -> (bool, bool) {
        let mut found = (false, false);
        for run in &self.all {
            let looks = Evaluator::new(procedure, &run.answers, at(), Regions::shipped());
            let mut note = |holds: bool| if holds { found.0 = true } else { found.1 = true };
            let running = |section: usize| {
                procedure.end_pages.iter().all(|page| {
                    page.stops.as_ref().is_none_or(|(condition, after)| {
                        let after = procedure.sections.iter().position(|one| one.key == *after).unwrap();
                        after >= section || !looks.holds(condition, &[])
                    })
                })
            };
            let asked = |section: usize| run.sections[section] != SectionState::NotAsked;
            match &spot.what {
                What::Section(index) if running(*index) => {
                    note(looks.holds(procedure.sections[*index].condition.as_ref().unwrap(), &[]));
                }
                What::Question(section, key) if asked(*section) => {
                    let condition = question(procedure, *section, key).condition.as_ref().unwrap();
                    match procedure.sections[*section].repeat {
                        None => note(looks.holds(condition, &[])),
                        Some(_) => {
                            let list = run.answers.get(&procedure.sections[*section].key);
                            let count = list.and_then(Json::as_array).map_or(0, Vec::len);
                            (0..count).for_each(|entry| note(looks.holds(condition, &[entry])));
                        }
                    }
                }
                What::Option(section, key, option) if asked(*section) => {
                    let question = question(procedure, *section, key);
                    let Kind::OneOf(Choices::Options(options)) = &question.kind else { panic!("no options") };
                    let condition = options.iter().find(|one| one.key == *option).unwrap().condition.as_ref().unwrap();
                    if question.condition.as_ref().is_none_or(|own| looks.holds(own, &[])) {
                        note(looks.holds(condition, &[]));
                    }
                }
                What::EndPage(index) => {
                    let (condition, after) = procedure.end_pages[*index].stops.as_ref().unwrap();
                    let after = procedure.sections.iter().position(|one| one.key == *after).unwrap();
                    let earlier = procedure.end_pages[..*index].iter().all(|page| {
                        page.stops.as_ref().is_none_or(|(condition, other)| {
                            *other != procedure.sections[after].key || !looks.holds(condition, &[])
                        })
                    });
                    if running(after) && earlier {
                        note(looks.holds(condition, &[]));
                    }
                }
                What::Rule(index) => {
                    // A rule is looked at where something that it names is asked.
                    let holds: &Condition = &procedure.rules[*index].holds;
                    if run.answers.keys().any(|key| named(holds).contains(key)) {
                        note(looks.holds(holds, &[]));
                    }
                }
                _ => {}
            }
        }
        found
    }
}

fn question<'p>(procedure: &'p Procedure, section: usize, key: &str) -> &'p Question {
    let items = procedure.sections[section].items.iter();
    items
        .filter_map(|item| match item {
            Item::Question(question) => Some(question.as_ref()),
            Item::Paragraph(_) => None,
        })
        .find(|question| question.key == key)
        .unwrap()
}

/// The questions that a condition names, seen by their keys.
pub fn named(condition: &Condition) -> Vec<String> {
    let text = format!("{condition:?}");
    text.split('"').filter(|part| part.starts_with('q')).map(str::to_owned).collect()
}
