//! Random procedures, answers to them, and small mistakes in the answers.

use amtsweg_dsl::eval::evaluate;
use amtsweg_dsl::kind::{Choices, Kind, NumberLimits};
use amtsweg_dsl::model::*;
use amtsweg_dsl::region::Regions;
use jiff::civil::date;
use serde_json::{Map, Value as Json, json};

use crate::build::*;
use crate::random::Random;

const OPTIONS: [&str; 3] = ["a", "b", "c"];

/// An answer that conditions can look at: its path and its kind.
#[derive(Clone)]
struct Known {
    path: String,
    kind: Kind,
    list: bool,
}

/// Builds a procedure; what it has asked so far is what conditions look at.
struct Maker<'r> {
    random: &'r mut Random,
    known: Vec<Known>,
    computed: Vec<String>,
    count: usize,
    /// Only what a schema can say.
    plain: bool,
}

pub fn procedure(random: &mut Random) -> Procedure {
    let plain = random.one_in(2);
    let mut maker = Maker { random, known: Vec::new(), computed: Vec::new(), count: 0, plain };
    let mut made = crate::build::procedure(Vec::new());
    made.lists.insert("liste".to_owned(), list());
    for index in 0..2 + maker.random.below(3) {
        let condition = (index > 0 && maker.random.one_in(3)).then(|| maker.condition("", 2));
        let repeated = index > 0 && maker.random.one_in(3);
        let key = maker.key("s");
        let (inside, before) = (if repeated { format!("{key}.*.") } else { String::new() }, maker.known.len());
        let questions = (0..1 + maker.random.below(4)).map(|_| maker.question(&inside, 2)).collect();
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
            let condition = maker.condition("", 2);
            made.computed.push(if maker.random.one_in(2) { computed_if(&name, condition) } else { maker.table(&name) });
            maker.computed.push(name);
        }
        if maker.random.one_in(6) {
            let condition = maker.condition("", 1);
            made.end_pages.push(end_page("ende", &key, condition));
        }
        made.sections.push(section);
    }
    for index in 0..maker.random.below(3) {
        made.rules.push(maker.rule(&format!("r{index}")));
    }
    if maker.random.one_in(3) {
        made.responsibility = Some(maker.responsibility());
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
        self.known.truncate(before);
        self.known.push(Known { path: path.to_owned(), kind: block(Vec::new()), list: true });
    }

    fn question(&mut self, inside: &str, depth: usize) -> Question {
        let key = self.key("q");
        let path = format!("{inside}{key}");
        let condition = self.random.one_in(3).then(|| self.condition(inside, 2));
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
                self.known.push(Known { path: path.clone(), kind: made.kind.clone(), list: false });
                made
            }
        } else {
            let kind = self.kind(inside);
            self.known.push(Known { path: path.clone(), kind: kind.clone(), list: false });
            question(&key, kind)
        };
        made.condition = condition;
        made.optional = self.random.one_in(3);
        if self.random.one_in(8) && made.repeat.is_none() && !matches!(made.kind, Kind::Block { .. }) {
            let holds = self.condition(inside, 1);
            made = with_rule(made, holds, "Regel");
        }
        made
    }

    fn kind(&mut self, inside: &str) -> Kind {
        let offered = |maker: &mut Self| {
            let mut options: Vec<_> = OPTIONS.iter().map(|key| choice(key)).collect();
            if maker.random.one_in(4) {
                options[2].condition = Some(maker.condition(inside, 1));
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
            8 if self.plain => Kind::YesNo,
            8 if self.random.one_in(2) => day(),
            8 => Kind::Decimal {
                places: 1,
                limits: NumberLimits { unit: None, min: Some(0.into()), max: Some(3.into()) },
            },
            _ => Kind::OneOf(Choices::List { name: "liste".to_owned(), only: None }),
        }
    }

    /// A condition over what is known; inside an entry also over the entry.
    fn condition(&mut self, inside: &str, depth: usize) -> Condition {
        if depth > 0 {
            match self.random.below(7) {
                0 => {
                    return Condition::All((0..2).map(|_| self.condition(inside, depth - 1)).collect());
                }
                1 => {
                    return Condition::Any((0..2).map(|_| self.condition(inside, depth - 1)).collect());
                }
                2 => return not(self.condition(inside, depth - 1)),
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
        if known.list {
            return self.over(path);
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

    /// A condition over the entries of a repeat, whatever they hold.
    fn over(&mut self, path: &str) -> Condition {
        let count = compare(
            Calc::Count { list: to(path), with: None },
            *self.random.of(&[Op::Eq, Op::Lt, Op::Ge, Op::Ne]),
            number(i64::try_from(self.random.below(3)).unwrap()),
        );
        match self.random.below(5) {
            0 => answered(path),
            1 => count,
            2 => every(path, self.condition("", 0)),
            3 => some(path, self.condition("", 0)),
            _ => {
                let with = Some(Box::new(self.condition("", 0)));
                compare(
                    Calc::Count { list: to(path), with },
                    Op::Ge,
                    number(i64::try_from(self.random.below(3)).unwrap()),
                )
            }
        }
    }

    fn set(&mut self, kind: &Kind) -> Set {
        let mut set = match kind {
            Kind::YesNo => bools(&[self.random.one_in(2)]),
            Kind::Whole(_) | Kind::Decimal { .. } => {
                let from = i64::try_from(self.random.below(5)).unwrap();
                numbers(&[(Some(from), self.random.one_in(2).then_some(from + 1))])
            }
            Kind::Date(_) if self.random.one_in(2) => dates(&[(Some(date(2027, 3, 1)), Some(date(2027, 3, 1)))]),
            Kind::Date(_) => dates(&[(Some(date(2027, 3, 1)), None)]),
            Kind::OneOf(Choices::List { .. }) => keys(&[*self.random.of(&["k", "l"])]),
            Kind::Text(_) => keys(&["a", "bb"]),
            _ => keys(&[*self.random.of(&OPTIONS), *self.random.of(&OPTIONS)]),
        };
        set.no_answer = self.random.one_in(5);
        set
    }

    /// A computed value by a table over one answer: yes in one row, no in the other.
    fn table(&mut self, name: &str) -> Computed {
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
        let condition = self.random.one_in(3).then(|| self.condition("", 1));
        Computed { name: name.to_owned(), condition, value, unit: None }
    }

    /// An answer that stands in no repeat, has one value, and can be in a set.
    fn leaf(&mut self) -> Option<Known> {
        let leaves: Vec<Known> = self
            .known
            .iter()
            .filter(|known| !known.list && !matches!(known.kind, Kind::Block { .. } | Kind::SeveralOf { .. }))
            .cloned()
            .collect();
        (!leaves.is_empty()).then(|| self.random.of(&leaves).clone())
    }

    fn rule(&mut self, name: &str) -> Rule {
        let at = self.random.of(&self.known).clone();
        let holds = if at.list && self.random.one_in(2) {
            every(&at.path, self.condition("", 1))
        } else {
            self.condition("", 2)
        };
        let mut made = rule(name, &at.path, holds);
        made.condition = self.random.one_in(3).then(|| self.condition("", 1));
        made.message.warning = self.random.one_in(6);
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

/// Answers that are right as far as the questions go: given one after the other, where asked.
pub fn answers(procedure: &Procedure, random: &mut Random) -> Json {
    let mut answers = Map::new();
    for section in &procedure.sections {
        match &section.repeat {
            Some(repeat) => {
                if repeat.min > 0 || !random.one_in(3) {
                    answers.insert(section.key.clone(), entries(&section.items, repeat, random));
                }
            }
            None => fill(&section.items, &mut answers, random),
        }
    }
    // What is asked depends on the answers: leave out what is not.
    let pruned = evaluate(procedure, &answers, noon(), &Regions::default()).answers;
    Json::Object(pruned)
}

fn fill(items: &[Item], answers: &mut Map<String, Json>, random: &mut Random) {
    for item in items {
        let Item::Question(question) = item else {
            continue;
        };
        if question.optional && random.one_in(2) {
            continue;
        }
        let answer = match (&question.kind, &question.repeat) {
            (Kind::Block { items, .. }, Some(repeat)) => entries(items, repeat, random),
            (Kind::Block { items, .. }, None) => {
                let mut inside = Map::new();
                fill(items, &mut inside, random);
                Json::Object(inside)
            }
            (kind, _) => value(kind, random),
        };
        answers.insert(question.key.clone(), answer);
    }
}

fn entries(items: &[Item], repeat: &Repeat, random: &mut Random) -> Json {
    let more = random.below(usize::try_from(repeat.max - repeat.min).unwrap() + 1);
    (0..usize::try_from(repeat.min).unwrap() + more)
        .map(|_| {
            let mut entry = Map::new();
            fill(items, &mut entry, random);
            Json::Object(entry)
        })
        .collect()
}

fn value(kind: &Kind, random: &mut Random) -> Json {
    match kind {
        Kind::YesNo => json!(random.one_in(2)),
        Kind::OneOf(Choices::Options(_)) => json!(random.of(&OPTIONS)),
        Kind::OneOf(Choices::List { .. }) => json!(random.of(&["k", "l", "m"])),
        Kind::SeveralOf { .. } => {
            let first = random.below(3);
            let mut chosen = vec![OPTIONS[first]];
            if first > 0 && random.one_in(2) {
                chosen.push(OPTIONS[first % 2 + 1]);
            }
            chosen.dedup();
            json!(chosen)
        }
        Kind::Whole(_) => json!(random.below(6)),
        Kind::Decimal { .. } => random.of(&[json!(0), json!(0.5), json!(1.0), json!(2.5), json!(3)]).clone(),
        Kind::Text(_) => json!(random.of(&["a", "bb", "ä", "c"])),
        Kind::Date(_) => {
            json!(random.of(&["2027-03-01", "2027-02-28", "2028-02-29", "2027-12-31"]))
        }
        other => panic!("{other:?} is not made here"),
    }
}

/// Makes one small mistake: something is left out, doubled, added or nearly right.
pub fn spoil(answers: &mut Json, procedure: &Procedure, random: &mut Random) {
    let mut places = Vec::new();
    collect(answers, String::new(), &mut places);
    let Some(value) = answers.pointer_mut(&random.of(&places).clone()) else {
        return;
    };
    let near = [
        json!(null),
        json!(true),
        json!(false),
        json!("a"),
        json!("b"),
        json!("c"),
        json!("k"),
        json!("bbb"),
        json!(""),
        json!("2027-02-29"),
        json!("2027-03-01"),
        json!(-1),
        json!(0),
        json!(1.0),
        json!(2.55),
        json!(5),
        json!(6),
        json!(1e30),
        json!([]),
        json!(["a"]),
        json!(["a", "a"]),
        json!(["a", "b"]),
        json!(["b", "c"]),
        json!(["a", "b", "c"]),
        json!({}),
        json!([{}]),
        json!("\u{301}"),
    ];
    match value {
        Json::Object(members) if !members.is_empty() && random.one_in(2) => {
            let key = random.of(&members.keys().cloned().collect::<Vec<_>>()).clone();
            members.remove(&key);
        }
        Json::Object(members) => {
            let keys = keys_of(procedure);
            members.insert(random.of(&keys).clone(), random.of(&near).clone());
        }
        Json::Array(all) if !all.is_empty() && random.one_in(2) => {
            let index = random.below(all.len());
            if random.one_in(2) {
                all.remove(index);
            } else {
                all.push(all[index].clone());
            }
        }
        other => *other = random.of(&near).clone(),
    }
}

fn collect(value: &Json, at: String, places: &mut Vec<String>) {
    match value {
        Json::Object(members) => members.iter().for_each(|(key, one)| collect(one, format!("{at}/{key}"), places)),
        Json::Array(all) => {
            all.iter().enumerate().for_each(|(index, one)| collect(one, format!("{at}/{index}"), places))
        }
        _ => {}
    }
    places.push(at);
}

fn keys_of(procedure: &Procedure) -> Vec<String> {
    fn collect(items: &[Item], keys: &mut Vec<String>) {
        for item in items {
            let Item::Question(question) = item else {
                continue;
            };
            keys.push(question.key.clone());
            if let Kind::Block { items, .. } = &question.kind {
                collect(items, keys);
            }
        }
    }
    let mut keys = vec!["fremd".to_owned()];
    for section in &procedure.sections {
        keys.push(section.key.clone());
        collect(&section.items, &mut keys);
    }
    keys
}
