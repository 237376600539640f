//! Random procedures.

use std::sync::Arc;

use amtsweg_dsl::kind::{Choices, Kind, NumberLimits};
use amtsweg_dsl::model::*;
use jiff::civil::date;

use crate::build::*;
use crate::random::Random;

pub const OPTIONS: [&str; 3] = ["a", "b", "c"];

/// An answer that conditions can look at: its path and its kind.
#[derive(Clone)]
struct Known {
    path: String,
    kind: Kind,
    /// What is known inside an entry, if it is a repeat.
    entries: Option<Vec<Known>>,
}

/// Builds a procedure; what it has asked so far is what conditions look at.
struct Maker<'r> {
    random: &'r mut Random,
    known: Vec<Known>,
    computed: Vec<String>,
    count: usize,
    /// How many entries around are looked into.
    depth: usize,
    /// Only what a schema can say.
    plain: bool,
}

pub fn procedure(random: &mut Random) -> Procedure {
    made(random, false)
}

/// A procedure with so few questions that every combination of answers can be tried.
pub fn small(random: &mut Random) -> Procedure {
    made(random, true)
}

fn made(random: &mut Random, small: bool) -> Procedure {
    let plain = random.one_in(2);
    let mut maker = Maker { random, known: Vec::new(), computed: Vec::new(), count: 0, depth: 0, plain };
    let mut made = crate::build::procedure(Vec::new());
    made.lists.insert("liste".to_owned(), Arc::new(list()));
    let sections = if small { 1 + maker.random.below(2) } else { 2 + maker.random.below(3) };
    for index in 0..sections {
        let condition = (index > 0 && maker.random.one_in(3)).then(|| maker.condition(2));
        let repeated = index > 0 && maker.random.one_in(3);
        let key = maker.key("s");
        let (inside, before) = (if repeated { format!("{key}.*.") } else { String::new() }, maker.known.len());
        let questions =
            (0..1 + maker.random.below(if small { 2 } else { 4 })).map(|_| maker.question(&inside, 2)).collect();
        let mut section = section(&key, questions);
        section.condition = condition;
        if repeated {
            let min = maker.random.below(2);
            section = section
                .repeated(u32::try_from(min).unwrap(), u32::try_from(min + maker.random.below(3)).unwrap().max(1));
            maker.leave(before, &key);
        }
        if maker.random.one_in(4) {
            let name = maker.key("w");
            let condition = maker.condition(2);
            made.computed.push(if maker.random.one_in(2) { computed_if(&name, condition) } else { maker.table(&name) });
            maker.computed.push(name);
        }
        if maker.random.one_in(6) {
            let condition = maker.condition(1);
            made.end_pages.push(end_page("ende", &key, condition));
        }
        made.sections.push(Arc::new(section));
    }
    for index in 0..maker.random.below(3) {
        made.rules.push(maker.rule(&format!("r{index}")));
    }
    if maker.random.one_in(3) {
        made.responsibility = Some(Arc::new(maker.responsibility()));
    }
    made
}

fn list() -> CodeList {
    let value = |key: &str, big: bool| CodeValue {
        key: key.to_owned(),
        label: text(key),
        facts: [("gross".to_owned(), Fact::Bool(big))].into(),
        valid_from: None,
        valid_to: None,
    };
    CodeList { title: text("Liste"), source: None, values: vec![value("k", true), value("l", false), value("m", true)] }
}

impl Maker<'_> {
    fn key(&mut self, prefix: &str) -> String {
        self.count += 1;
        format!("{prefix}{}", self.count)
    }

    /// What was known inside a repeat is known outside as the repeat only.
    fn leave(&mut self, before: usize, path: &str) {
        let entries = self.known.split_off(before);
        self.known.push(Known { path: path.to_owned(), kind: block(Vec::new()), entries: Some(entries) });
    }

    fn question(&mut self, inside: &str, depth: usize) -> Question {
        let key = self.key("q");
        let path = format!("{inside}{key}");
        let condition = self.random.one_in(3).then(|| self.condition(2));
        let before = self.known.len();
        let mut made = if depth > 0 && self.random.one_in(5) {
            let repeated = self.random.one_in(2);
            let deeper = if repeated { format!("{path}.*.") } else { format!("{path}.") };
            let questions = (0..1 + self.random.below(3)).map(|_| self.question(&deeper, depth - 1)).collect();
            let made = question(&key, block(questions));
            if repeated {
                self.leave(before, &path);
                let min = self.random.below(2);
                made.repeated(u32::try_from(min).unwrap(), u32::try_from(min + self.random.below(3)).unwrap().max(1))
            } else {
                self.known.push(Known { path: path.clone(), kind: made.kind.clone(), entries: None });
                made
            }
        } else {
            let kind = self.kind();
            self.known.push(Known { path: path.clone(), kind: kind.clone(), entries: None });
            question(&key, kind)
        };
        made.condition = condition;
        made.optional = self.random.one_in(3);
        if self.random.one_in(8) {
            // Whoever answers it: for the schema it is an answer that may come later.
            let by = Ref { steps: vec![Step::Key("email".to_owned())], fact: None };
            let waits = Waiting { amount: 28, unit: TimeUnit::Days, then: Unanswered::GoOn };
            made.answered_by = Some(SecondPerson { by, sees: Vec::new(), waits });
        }
        if self.random.one_in(8) && made.repeat.is_none() && !matches!(made.kind, Kind::Block { .. }) {
            let holds = self.condition(1);
            made = with_rule(made, holds, "Regel");
        }
        made
    }

    fn kind(&mut self) -> Kind {
        let offered = |maker: &mut Self| {
            let mut options: Vec<_> = OPTIONS.iter().map(|key| choice(key)).collect();
            if maker.random.one_in(4) {
                options[2].condition = Some(maker.condition(1));
            }
            Choices::Options(options)
        };
        match self.random.below(10) {
            0 | 1 => Kind::YesNo,
            2 | 3 => Kind::OneOf(offered(self)),
            4 => {
                let mut choices = offered(self);
                if let Choices::Options(options) = &mut choices {
                    options[0].excludes_others = self.random.one_in(4);
                }
                Kind::SeveralOf { choices, max: self.random.one_in(2).then_some(2) }
            }
            5 | 6 => whole(0, 5),
            7 => line(1, 2),
            8 if self.plain && self.random.one_in(2) => Kind::YesNo,
            8 if self.plain => day(),
            8 if self.random.one_in(2) => day(),
            8 => Kind::Decimal {
                places: 1,
                limits: NumberLimits { unit: None, min: Some(0.into()), max: Some(3.into()) },
            },
            _ => Kind::OneOf(Choices::List { name: "liste".to_owned(), only: None }),
        }
    }

    /// A condition over what is known; inside an entry also over the entry.
    fn condition(&mut self, depth: usize) -> Condition {
        if depth > 0 {
            match self.random.below(7) {
                0 => {
                    return Condition::All((0..2).map(|_| self.condition(depth - 1)).collect());
                }
                1 => {
                    return Condition::Any((0..2).map(|_| self.condition(depth - 1)).collect());
                }
                2 => return not(self.condition(depth - 1)),
                _ => {}
            }
        }
        if self.known.is_empty() {
            return Condition::All(Vec::new());
        }
        if !self.computed.is_empty() && self.random.one_in(6) {
            let what = Calc::Computed(self.random.of(&self.computed).clone());
            return Condition::In { what, set: self.set(&Kind::YesNo) };
        }
        let known = self.random.of(&self.known).clone();
        self.about(&known)
    }

    /// A condition about one answer.
    fn about(&mut self, known: &Known) -> Condition {
        let path = known.path.as_str();
        if let Some(entries) = &known.entries {
            return self.over(path, entries);
        }
        match (&known.kind, self.random.below(6)) {
            (Kind::Block { .. } | Kind::File(_), _) | (_, 0) => answered(path),
            (Kind::SeveralOf { .. }, _) => {
                Condition::Contains { what: to(path), set: self.set(&Kind::OneOf(Choices::Options(Vec::new()))) }
            }
            (Kind::OneOf(Choices::List { .. }), 1 | 2) => {
                let set = self.set(&Kind::YesNo);
                is_in(&format!("{path}#gross"), set)
            }
            (Kind::Whole(_) | Kind::Decimal { .. }, 1 | 2) => {
                let op = *self.random.of(&[Op::Eq, Op::Ne, Op::Lt, Op::Le, Op::Gt, Op::Ge]);
                let constant = number(i64::try_from(self.random.below(6)).unwrap());
                if self.random.one_in(2) {
                    compare(answer(path), op, constant)
                } else {
                    compare(constant, op, answer(path))
                }
            }
            (Kind::Whole(_), 3) if !self.plain => {
                // Two answers: no schema can say that.
                let others: Vec<Known> =
                    self.known.iter().filter(|known| matches!(known.kind, Kind::Whole(_))).cloned().collect();
                let other = self.random.of(&others).path.clone();
                compare(answer(path), Op::Le, answer(&other))
            }
            (Kind::Date(_), 1 | 2) => compare(answer(path), Op::Lt, Calc::Today),
            (kind, _) => {
                let set = self.set(kind);
                is_in(path, set)
            }
        }
    }

    /// A condition over the entries of a repeat, about them and about what is around.
    fn over(&mut self, path: &str, entries: &[Known]) -> Condition {
        let compared = |maker: &mut Self, with: Option<Condition>| {
            let count = Calc::Count { list: to(path), with: with.map(Box::new) };
            let op = *maker.random.of(&[Op::Eq, Op::Lt, Op::Ge, Op::Ne]);
            compare(count, op, number(i64::try_from(maker.random.below(3)).unwrap()))
        };
        match self.random.below(6) {
            0 => answered(path),
            1 => compared(self, None),
            2 | 3 => every(path, self.inside(entries, 1)),
            4 => some(path, self.inside(entries, 1)),
            _ => {
                let with = self.inside(entries, 0);
                compared(self, Some(with))
            }
        }
    }

    /// A condition over what is known, and in an entry.
    fn inside(&mut self, entries: &[Known], depth: usize) -> Condition {
        // Not too deep, or it never ends.
        if self.depth > 1 {
            return Condition::All(Vec::new());
        }
        let before = self.known.len();
        // Twice, so that it is mostly about the entry.
        self.known.extend(entries.iter().chain(entries).cloned());
        self.depth += 1;
        let condition = self.condition(depth);
        self.depth -= 1;
        self.known.truncate(before);
        condition
    }

    fn set(&mut self, kind: &Kind) -> Set {
        let mut set = match kind {
            Kind::YesNo => bools(&[self.random.one_in(2)]),
            Kind::Whole(_) | Kind::Decimal { .. } => {
                let from = i64::try_from(self.random.below(5)).unwrap();
                numbers(&[(Some(from), self.random.one_in(2).then_some(from + 1))])
            }
            Kind::Date(_) if self.random.one_in(2) => dates(&[(Some(date(2027, 3, 1)), Some(date(2027, 3, 1)))]),
            Kind::Date(_) if self.random.one_in(2) => Set {
                values: Values::Season(vec![(MonthDay { month: 12, day: 31 }, MonthDay { month: 2, day: 29 })]),
                no_answer: false,
            },
            Kind::Date(_) => dates(&[(Some(date(2027, 3, 1)), None)]),
            Kind::OneOf(Choices::List { .. }) => keys(&[*self.random.of(&["k", "l"])]),
            Kind::Text(_) => keys(&["a", "bb"]),
            _ => keys(&[*self.random.of(&OPTIONS), *self.random.of(&OPTIONS)]),
        };
        set.no_answer = self.random.one_in(5);
        set
    }

    /// A computed value by a table over one answer: yes in one row, no in the other.
    fn table(&mut self, name: &str) -> Arc<Computed> {
        let value = match self.leaf() {
            None => ComputedValue::Condition(Condition::All(Vec::new())),
            Some(known) => {
                let mut set = self.set(&known.kind);
                set.no_answer = false;
                let column = Column { head: "x".to_owned(), what: answer(&known.path) };
                let rows = vec![Row { cells: vec![set], then: Calc::Bool(true) }];
                let otherwise = self.random.one_in(2).then_some(Calc::Bool(false));
                ComputedValue::Table(Table { columns: vec![column], rows, otherwise })
            }
        };
        let condition = self.random.one_in(3).then(|| self.condition(1));
        Arc::new(Computed { name: name.to_owned(), condition, value, unit: None })
    }

    /// An answer that stands in no repeat, has one value, and can be in a set.
    fn leaf(&mut self) -> Option<Known> {
        let leaves: Vec<Known> = self
            .known
            .iter()
            .filter(|known| {
                known.entries.is_none() && !matches!(known.kind, Kind::Block { .. } | Kind::SeveralOf { .. })
            })
            .cloned()
            .collect();
        (!leaves.is_empty()).then(|| self.random.of(&leaves).clone())
    }

    fn rule(&mut self, name: &str) -> Arc<Rule> {
        let at = self.random.of(&self.known).clone();
        let mut made = match &at.entries {
            Some(entries) if !entries.is_empty() && !self.random.one_in(3) => {
                let inner = self.random.of(entries).clone();
                let holds = match self.random.below(if self.plain { 2 } else { 3 }) {
                    0 => every(&at.path, self.inside(entries, 1)),
                    1 => not(some(&at.path, self.inside(entries, 1))),
                    _ => Condition::Distinct { list: to(&at.path), by: to(&inner.path) },
                };
                rule(name, if self.random.one_in(3) { &at.path } else { &inner.path }, holds)
            }
            _ => rule(name, &at.path, self.condition(2)),
        };
        let changed = Arc::make_mut(&mut made);
        changed.condition = self.random.one_in(3).then(|| self.condition(1));
        changed.message.warning = self.random.one_in(6);
        made
    }

    fn responsibility(&mut self) -> Table<Responsible> {
        let office = |name: &str| Responsible::Authority(name.to_owned());
        let Some(known) = self.leaf() else {
            return Table { columns: Vec::new(), rows: Vec::new(), otherwise: Some(office("amt")) };
        };
        let set = self.set(&known.kind);
        let (mut here, mut else_where) = (Responsible::EndPage("ende".to_owned()), office("amt"));
        if self.random.one_in(3) {
            std::mem::swap(&mut here, &mut else_where);
        }
        Table {
            columns: vec![Column { head: "x".to_owned(), what: answer(&known.path) }],
            rows: vec![Row { cells: vec![set], then: here }],
            otherwise: Some(else_where),
        }
    }
}
