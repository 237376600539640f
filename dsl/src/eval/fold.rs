//! The pass over a procedure in the order of its text that drops what is not asked.

use jiff::civil::DateTime;
use serde_json::{Map, Value as Json};

use super::kept::kept;
use super::memo::Memo;
use super::view::{Env, View, Wrong};
use super::{Path, PathStep, Problem, refs};
use crate::kind::{Kind, State};
use crate::model::{Condition, Item, Procedure, Question, QuestionRule, Repeat, Section};
use crate::region::Regions;

/// How many entries beyond the greatest number are kept to be shown.
const SHOWN_BEYOND: usize = 100;

/// The pruned answers so far and what was found on the way.
pub(super) struct Fold<'a> {
    pub procedure: &'a Procedure,
    pub at: DateTime,
    pub regions: &'a Regions,
    pub answers: Map<String, Json>,
    pub problems: Vec<Problem>,
    /// For each section whether it is asked.
    pub asked: Vec<bool>,
    /// The end page that stops, by its position, and the section after which it does.
    pub stopped: Option<(usize, usize)>,
    /// Rules at questions that are answered.
    pub rules: Vec<RuleAt<'a>>,
    pub memo: Memo,
    /// The object that is being filled.
    cursor: Vec<Cursor<'a>>,
    /// The entries of the repeats around.
    entries: Vec<usize>,
    section: usize,
}

/// A rule at a question that is answered.
pub(super) struct RuleAt<'a> {
    pub rule: &'a QuestionRule,
    pub section: usize,
    pub path: Path,
    pub entries: Vec<usize>,
}

#[derive(Clone, Copy)]
enum Cursor<'a> {
    Key(&'a str),
    Index(usize),
}

impl<'a> Fold<'a> {
    pub(super) fn new(procedure: &'a Procedure, at: DateTime, regions: &'a Regions) -> Self {
        Self {
            procedure,
            at,
            regions,
            answers: Map::new(),
            problems: Vec::new(),
            asked: Vec::with_capacity(procedure.sections.len()),
            stopped: None,
            rules: Vec::new(),
            memo: Memo::default(),
            cursor: Vec::new(),
            entries: Vec::new(),
            section: 0,
        }
    }

    pub(super) fn run(&mut self, given: &Map<String, Json>) {
        for (index, section) in self.procedure.sections.iter().enumerate() {
            self.section = index;
            let asked = self.stopped.is_none() && self.holds(section.condition.as_ref());
            self.asked.push(asked);
            if asked {
                self.section(section, given);
            }
            if self.stopped.is_none() {
                self.stopped = self.stop(section).map(|page| (page, index));
            }
        }
    }

    /// What conditions see: the answers so far.
    pub(super) fn view(&self) -> View<'_> {
        View {
            procedure: self.procedure,
            answers: &self.answers,
            at: self.at,
            regions: self.regions,
            wrong: Wrong::Known(&self.problems),
            memo: &self.memo,
        }
    }

    fn section(&mut self, section: &'a Section, given: &Map<String, Json>) {
        match &section.repeat {
            Some(repeat) => self.list(&section.key, repeat, &section.items, given.get(&section.key), false),
            None => self.items(&section.items, Some(given)),
        }
    }

    fn items(&mut self, items: &'a [Item], given: Option<&Map<String, Json>>) {
        for item in items {
            if let Item::Question(question) = item
                && self.holds(question.condition.as_ref())
            {
                self.question(question, given.and_then(|given| given.get(&question.key)));
            }
        }
    }

    fn question(&mut self, question: &'a Question, given: Option<&Json>) {
        let before = self.problems.len();
        match (&question.kind, &question.repeat) {
            (Kind::Block { items, .. }, Some(repeat)) => {
                self.list(&question.key, repeat, items, given, question.may_be_absent());
            }
            (Kind::Block { items, .. }, None) => self.block(question, items, given),
            _ => self.leaf(question, given),
        }
        if !question.rules.is_empty() && self.problems.len() == before && self.has(&question.key) {
            let (section, path) = (self.section, self.path(&question.key));
            self.rules.extend(question.rules.iter().map(|rule| RuleAt {
                rule,
                section,
                path: path.clone(),
                entries: self.entries.clone(),
            }));
        }
    }

    fn leaf(&mut self, question: &'a Question, given: Option<&Json>) {
        let Some(given) = given else {
            if !question.may_be_absent() {
                self.problem(&question.key, State::Empty);
            }
            return;
        };
        let answer = kept(given);
        let view = self.view();
        let state = match question.kind.check(&answer, view.around()) {
            Err(state) => Some(state),
            Ok(()) => view.hidden_choice(question, &answer, self.env()).then_some(State::NotAChoice),
        };
        self.insert(&question.key, answer);
        if let Some(state) = state {
            self.problem(&question.key, state);
        }
    }

    /// A block is an object; an optional one is absent as a whole, or complete.
    fn block(&mut self, question: &'a Question, items: &'a [Item], given: Option<&Json>) {
        let optional = question.may_be_absent();
        let members = match given {
            Some(Json::Object(members)) => Some(members),
            None if optional => return,
            None => None,
            Some(other) => {
                self.insert(&question.key, kept(other));
                self.problem(&question.key, State::WrongType);
                return;
            }
        };
        let (problems, rules) = (self.problems.len(), self.rules.len());
        self.insert(&question.key, Json::Object(Map::new()));
        self.cursor.push(Cursor::Key(&question.key));
        self.items(items, members);
        let empty = self.object().is_none_or(|object| object.is_empty());
        self.cursor.pop();
        if empty && (optional || members.is_none()) {
            if let Some(object) = self.object() {
                object.remove(&question.key);
            }
            if optional {
                self.problems.truncate(problems);
                self.rules.truncate(rules);
            }
        }
    }

    fn list(&mut self, key: &'a str, repeat: &Repeat, items: &'a [Item], given: Option<&Json>, optional: bool) {
        let entries = match given {
            Some(Json::Array(entries)) => entries.as_slice(),
            None if optional => return,
            None => &[],
            Some(other) => {
                self.insert(key, kept(other));
                self.problem(key, State::WrongType);
                return;
            }
        };
        let max = usize::try_from(repeat.max).unwrap_or(usize::MAX);
        if entries.len() < usize::try_from(repeat.min).unwrap_or(usize::MAX) {
            self.problem(key, State::TooFewEntries(repeat.min));
        } else if entries.len() > max {
            self.problem(key, State::TooManyEntries(repeat.max));
        }
        if given.is_none() {
            return;
        }
        self.insert(key, Json::Array(Vec::new()));
        self.cursor.push(Cursor::Key(key));
        for (index, entry) in entries.iter().take(max.saturating_add(SHOWN_BEYOND)).enumerate() {
            self.entry(index, items, entry);
        }
        self.cursor.pop();
    }

    fn entry(&mut self, index: usize, items: &'a [Item], given: &Json) {
        let members = given.as_object();
        let start = if members.is_some() { Json::Object(Map::new()) } else { kept(given) };
        if let Some(Json::Array(entries)) = self.container() {
            entries.push(start);
        }
        self.memo.clear();
        if members.is_none() {
            let mut path = self.place();
            path.0.push(PathStep::Index(index));
            self.problems.push(Problem { section: self.section, path, state: State::WrongType, warning: false });
            return;
        }
        self.cursor.push(Cursor::Index(index));
        self.entries.push(index);
        self.items(items, members);
        self.entries.pop();
        self.cursor.pop();
    }

    /// The end page that stops after a section. It does so only when all that it looks at is
    /// there: an answer that is still missing stops nobody.
    fn stop(&self, section: &Section) -> Option<usize> {
        let view = self.view();
        self.procedure.end_pages.iter().position(|page| {
            page.stops.as_ref().is_some_and(|(condition, after)| {
                *after == section.key
                    && view.holds(condition, Env::default())
                    && !self.is_open(condition, Env::default())
            })
        })
    }

    /// Whether an answer that a condition looks at is missing or wrong.
    pub(super) fn is_open(&self, condition: &Condition, env: Env<'_>) -> bool {
        !self.problems.is_empty()
            && refs::any_ref(self.procedure, condition, env, &mut |reference, env| {
                self.problems
                    .iter()
                    .any(|problem| !problem.warning && super::view::is_on_the_way(&problem.path, &reference.steps, env))
            })
    }

    fn holds(&self, condition: Option<&Condition>) -> bool {
        condition.is_none_or(|condition| self.view().holds(condition, self.env()))
    }

    fn env(&self) -> Env<'_> {
        Env { entries: &self.entries, frame: None }
    }

    /// The value that is being filled.
    fn container(&mut self) -> Option<&mut Json> {
        let (Cursor::Key(first), rest) = self.cursor.split_first()? else {
            return None;
        };
        let mut value = self.answers.get_mut(*first)?;
        for step in rest {
            value = match step {
                Cursor::Key(key) => value.as_object_mut()?.get_mut(*key)?,
                Cursor::Index(index) => value.as_array_mut()?.get_mut(*index)?,
            };
        }
        Some(value)
    }

    fn object(&mut self) -> Option<&mut Map<String, Json>> {
        if self.cursor.is_empty() { Some(&mut self.answers) } else { self.container()?.as_object_mut() }
    }

    fn insert(&mut self, key: &str, answer: Json) {
        if let Some(object) = self.object() {
            object.insert(key.to_owned(), answer);
        }
        self.memo.clear();
    }

    fn has(&mut self, key: &str) -> bool {
        self.object().is_some_and(|object| object.contains_key(key))
    }

    fn problem(&mut self, key: &str, state: State) {
        let path = self.path(key);
        self.problems.push(Problem { section: self.section, path, state, warning: false });
    }

    fn path(&self, key: &str) -> Path {
        let mut path = self.place();
        path.0.push(PathStep::Key(key.to_owned()));
        path
    }

    fn place(&self) -> Path {
        let mut steps = Vec::with_capacity(self.cursor.len() + 1);
        steps.extend(self.cursor.iter().map(|step| match step {
            Cursor::Key(key) => PathStep::Key((*key).to_owned()),
            Cursor::Index(index) => PathStep::Index(*index),
        }));
        Path(steps)
    }
}
