//! A procedure for z3, straight from what it means: every answer a constant, every entry of a
//! repeat written out.

use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use amtsweg_dsl::kind::{Choices, Kind};
use amtsweg_dsl::model::{Calc, Condition, Item, Op, Procedure, Question, Ref, Set, Step, Values};
use jiff::civil::Date;

use crate::runs::named;
use crate::text::{Spot, What};

/// z3, spoken to by its standard input.
pub struct Z3 {
    child: Child,
    answers: BufReader<ChildStdout>,
}

impl Z3 {
    /// The z3 that `TEST_Z3` names, or the one in `tests/.tools`; `None`: there is none.
    pub fn start() -> Option<Self> {
        let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/.tools/z3/bin/z3");
        let program = std::env::var_os("TEST_Z3").map_or(shipped, Into::into);
        let mut child = Command::new(program).arg("-in").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().ok()?;
        let answers = BufReader::new(child.stdout.take()?);
        Some(Self { child, answers })
    }

    /// For each spot whether its condition can hold, and can fail, where it is looked at.
    pub fn can(&mut self, procedure: &Procedure, spots: &[Spot]) -> Vec<(bool, bool)> {
        let form = Form::of(procedure);
        let mut script = format!("(reset)\n{}", form.out);
        for spot in spots {
            let (around, holds) = form.spot(spot);
            for wanted in [holds.clone(), format!("(not {holds})")] {
                let _ = write!(script, "(push)\n(assert {around})\n(assert {wanted})\n(check-sat)\n(pop)\n");
            }
        }
        let input = self.child.stdin.as_mut().unwrap();
        input.write_all(script.as_bytes()).unwrap();
        input.flush().unwrap();
        let mut answer = |script: &str| {
            let mut line = String::new();
            self.answers.read_line(&mut line).unwrap();
            match line.trim() {
                "sat" => true,
                "unsat" => false,
                other => panic!("{other}\n{script}"),
            }
        };
        spots.iter().map(|_| (answer(&script), answer(&script))).collect()
    }
}

impl Drop for Z3 {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}

struct Form<'p> {
    procedure: &'p Procedure,
    /// Declarations, and what holds of all whole answers.
    out: String,
}

fn day(date: Date) -> i64 {
    date.since(Date::constant(2020, 1, 1)).unwrap().get_days().into()
}

fn and(parts: &[String]) -> String {
    format!("(and true {})", parts.join(" "))
}

fn or(parts: &[String]) -> String {
    format!("(or false {})", parts.join(" "))
}

impl<'p> Form<'p> {
    fn of(procedure: &'p Procedure) -> Self {
        let mut form = Self { procedure, out: String::new() };
        for section in &procedure.sections {
            if let Some(repeat) = &section.repeat {
                let _ = writeln!(form.out, "(declare-const n_{} Int)", section.key);
                let _ = writeln!(form.out, "(assert (<= {} n_{1} {2}))", repeat.min, section.key, repeat.max);
            }
            for entry in form.entries(section.repeat.as_ref().map(|repeat| repeat.max)) {
                for item in &section.items {
                    if let Item::Question(question) = item {
                        form.declare(question, entry);
                    }
                }
            }
        }
        for (index, section) in procedure.sections.iter().enumerate() {
            for entry in form.entries(section.repeat.as_ref().map(|repeat| repeat.max)) {
                for item in &section.items {
                    if let Item::Question(question) = item {
                        form.offer(index, question, entry);
                    }
                }
            }
        }
        form
    }

    fn entries(&self, most: Option<u32>) -> Vec<Option<usize>> {
        most.map_or_else(|| vec![None], |most| (0..most as usize).map(Some).collect())
    }

    fn declare(&mut self, question: &Question, entry: Option<usize>) {
        let name = name(&question.key, entry);
        let (sort, limits) = match &question.kind {
            Kind::YesNo => ("Bool", String::new()),
            Kind::OneOf(Choices::Options(options)) => ("Int", format!("(<= 0 {name} {})", options.len() - 1)),
            Kind::Whole(limits) => ("Int", format!("(<= {} {name} {})", limits.range().0, limits.range().1)),
            Kind::Date(limits) => {
                let end = |calc: &Option<Calc>| match calc {
                    Some(Calc::Date(date)) => day(*date),
                    other => panic!("{other:?}"),
                };
                ("Int", format!("(<= {} {name} {})", end(&limits.from), end(&limits.to)))
            }
            other => panic!("{other:?}"),
        };
        let _ = writeln!(self.out, "(declare-const {name} {sort})");
        if !limits.is_empty() {
            let _ = writeln!(self.out, "(assert {limits})");
        }
        if question.optional {
            let _ = writeln!(self.out, "(declare-const given_{name} Bool)");
        }
    }

    /// An option is chosen only where it is offered.
    fn offer(&mut self, section: usize, question: &Question, entry: Option<usize>) {
        let Kind::OneOf(Choices::Options(options)) = &question.kind else { return };
        for (index, option) in options.iter().enumerate() {
            if let Some(condition) = &option.condition {
                let asked = self.asked(section, question, entry);
                let name = name(&question.key, entry);
                let holds = self.holds(condition, entry);
                let _ = writeln!(self.out, "(assert (=> (and {asked} (= {name} {index})) {holds}))");
            }
        }
    }

    /// No end page stops before a section.
    fn running(&self, section: usize) -> String {
        let stops: Vec<String> = self
            .procedure
            .end_pages
            .iter()
            .filter_map(|page| page.stops.as_ref())
            .filter(|(_, after)| self.section(after) < section)
            .map(|(condition, _)| format!("(not {})", self.holds(condition, None)))
            .collect();
        and(&stops)
    }

    fn section(&self, key: &str) -> usize {
        self.procedure.sections.iter().position(|section| section.key == key).unwrap()
    }

    fn section_asked(&self, index: usize) -> String {
        let own = self.procedure.sections[index].condition.as_ref();
        and(&[self.running(index), own.map_or("true".to_owned(), |condition| self.holds(condition, None))])
    }

    fn asked(&self, section: usize, question: &Question, entry: Option<usize>) -> String {
        let own = question.condition.as_ref().map_or("true".to_owned(), |condition| self.holds(condition, entry));
        let exists = match entry {
            Some(entry) => format!("(> n_{} {entry})", self.procedure.sections[section].key),
            None => "true".to_owned(),
        };
        and(&[self.section_asked(section), exists, own])
    }

    fn find(&self, steps: &[Step]) -> (usize, Option<&'p Question>) {
        let keys: Vec<&String> =
            steps.iter().filter_map(|step| if let Step::Key(key) = step { Some(key) } else { None }).collect();
        for (index, section) in self.procedure.sections.iter().enumerate() {
            let own = match (&section.repeat, keys.as_slice()) {
                (Some(_), [list]) if **list == section.key => return (index, None),
                (Some(_), [list, key]) if **list == section.key => key,
                (None, [key]) => key,
                _ => continue,
            };
            let questions = section.items.iter().filter_map(|item| match item {
                Item::Question(question) => Some(question.as_ref()),
                Item::Paragraph(_) => None,
            });
            for question in questions {
                if question.key == **own {
                    return (index, Some(question));
                }
            }
        }
        panic!("{steps:?}")
    }

    fn present(&self, reference: &Ref, entry: Option<usize>) -> String {
        let (section, question) = self.find(&reference.steps);
        match question {
            None => and(&[self.section_asked(section), format!("(> n_{} 0)", self.procedure.sections[section].key)]),
            Some(question) => {
                let entry = entry.filter(|_| reference.steps.contains(&Step::Entry));
                let given =
                    if question.optional { format!("given_{}", name(&question.key, entry)) } else { "true".to_owned() };
                and(&[self.asked(section, question, entry), given])
            }
        }
    }

    fn spot(&self, spot: &Spot) -> (String, String) {
        let question = |section: usize, key: &str| {
            let items = self.procedure.sections[section].items.iter();
            items
                .filter_map(|item| if let Item::Question(question) = item { Some(question.as_ref()) } else { None })
                .find(|question| question.key == key)
                .unwrap()
        };
        match &spot.what {
            What::Section(index) => {
                let condition = self.procedure.sections[*index].condition.as_ref().unwrap();
                (self.running(*index), self.holds(condition, None))
            }
            What::Question(section, key) => {
                let condition = question(*section, key).condition.as_ref().unwrap();
                let model = &self.procedure.sections[*section];
                match &model.repeat {
                    None => (self.section_asked(*section), self.holds(condition, None)),
                    // Every entry is like the first.
                    Some(_) => (
                        and(&[self.section_asked(*section), format!("(> n_{} 0)", model.key)]),
                        self.holds(condition, Some(0)),
                    ),
                }
            }
            What::Option(section, key, option) => {
                let question = question(*section, key);
                let Kind::OneOf(Choices::Options(options)) = &question.kind else { panic!("no options") };
                let condition = options.iter().find(|one| one.key == *option).unwrap().condition.as_ref().unwrap();
                (self.asked(*section, question, None), self.holds(condition, None))
            }
            What::EndPage(index) => {
                let (condition, after) = self.procedure.end_pages[*index].stops.as_ref().unwrap();
                let mut parts = vec![self.running(self.section(after))];
                for page in &self.procedure.end_pages[..*index] {
                    if let Some((condition, other)) = &page.stops
                        && other == after
                    {
                        parts.push(format!("(not {})", self.holds(condition, None)));
                    }
                }
                (and(&parts), self.holds(condition, None))
            }
            What::Rule(index) => {
                let holds = &self.procedure.rules[*index].holds;
                let asked: Vec<String> = named(holds)
                    .into_iter()
                    .map(|key| self.present(&Ref { steps: vec![Step::Key(key)], fact: None }, None))
                    .collect();
                (or(&asked), self.holds(holds, None))
            }
        }
    }

    fn holds(&self, condition: &Condition, entry: Option<usize>) -> String {
        let each = |all: &[Condition]| -> Vec<String> { all.iter().map(|one| self.holds(one, entry)).collect() };
        match condition {
            Condition::All(all) => and(&each(all)),
            Condition::Any(any) => or(&each(any)),
            Condition::Not(not) => format!("(not {})", self.holds(not, entry)),
            Condition::Answered(reference) => self.present(reference, entry),
            Condition::In { what: Calc::Answer(reference), set } => {
                let there = self.present(reference, entry);
                format!("(and {there} {})", self.lies_in(reference, set, entry))
            }
            Condition::Compare { left, op, right } => {
                let (left_there, left) = self.number(left, entry);
                let (right_there, right) = self.number(right, entry);
                let sign = match op {
                    Op::Eq => "=",
                    Op::Ne => "distinct",
                    Op::Lt => "<",
                    Op::Le => "<=",
                    Op::Gt => ">",
                    Op::Ge => ">=",
                };
                format!("(and {left_there} {right_there} ({sign} {left} {right}))")
            }
            Condition::Some { list, holds } => {
                let parts: Vec<String> =
                    self.over(list).map(|(there, index)| and(&[there, self.holds(holds, Some(index))])).collect();
                or(&parts)
            }
            Condition::Every { list, holds } => {
                let parts: Vec<String> = self
                    .over(list)
                    .map(|(there, index)| format!("(=> {there} {})", self.holds(holds, Some(index))))
                    .collect();
                and(&parts)
            }
            other => panic!("{other:?}"),
        }
    }

    /// Whether each entry is there, and its index.
    fn over(&self, list: &Ref) -> impl Iterator<Item = (String, usize)> {
        let (section, _) = self.find(&list.steps);
        let model = &self.procedure.sections[section];
        let asked = self.section_asked(section);
        (0..model.repeat.as_ref().unwrap().max as usize)
            .map(move |index| (format!("(and {asked} (> n_{} {index}))", model.key), index))
    }

    fn lies_in(&self, reference: &Ref, set: &Set, entry: Option<usize>) -> String {
        let (_, Some(question)) = self.find(&reference.steps) else { panic!("a list") };
        let entry = entry.filter(|_| reference.steps.contains(&Step::Entry));
        let name = name(&question.key, entry);
        let within = |from: Option<String>, to: Option<String>| {
            let from = from.map(|from| format!("(>= {name} {from})"));
            let to = to.map(|to| format!("(<= {name} {to})"));
            and(&from.into_iter().chain(to).collect::<Vec<_>>())
        };
        match (&set.values, &question.kind) {
            (Values::Any, _) => "true".to_owned(),
            (Values::Bools(wanted), _) => or(&wanted.iter().map(|yes| format!("(= {name} {yes})")).collect::<Vec<_>>()),
            (Values::Keys(keys), Kind::OneOf(Choices::Options(options))) => {
                let index = |key: &String| options.iter().position(|option| option.key == *key).unwrap();
                or(&keys.iter().map(|key| format!("(= {name} {})", index(key))).collect::<Vec<_>>())
            }
            (Values::Numbers(ranges), _) => or(&ranges
                .iter()
                .map(|range| within(range.from.map(|from| from.to_string()), range.to.map(|to| to.to_string())))
                .collect::<Vec<_>>()),
            (Values::Dates(ranges), _) => or(&ranges
                .iter()
                .map(|range| {
                    within(range.from.map(|date| day(date).to_string()), range.to.map(|date| day(date).to_string()))
                })
                .collect::<Vec<_>>()),
            other => panic!("{other:?}"),
        }
    }

    /// When a number or a day is there, and what it is.
    fn number(&self, calc: &Calc, entry: Option<usize>) -> (String, String) {
        let always = |value: String| ("true".to_owned(), value);
        match calc {
            Calc::Number(number) => always(number.to_string()),
            Calc::Date(date) => always(day(*date).to_string()),
            Calc::Answer(reference) => {
                let (_, Some(question)) = self.find(&reference.steps) else { panic!("a list") };
                let entry = entry.filter(|_| reference.steps.contains(&Step::Entry));
                (self.present(reference, entry), name(&question.key, entry))
            }
            Calc::Add(a, b) | Calc::Shift { date: a, by: b, .. } => {
                let ((there, a), (also, b)) = (self.number(a, entry), self.number(b, entry));
                (and(&[there, also]), format!("(+ {a} {b})"))
            }
            Calc::Count { list, with } => {
                let parts: Vec<String> = self
                    .over(list)
                    .map(|(there, index)| {
                        let fits = with.as_ref().map_or("true".to_owned(), |with| self.holds(with, Some(index)));
                        format!("(ite (and {there} {fits}) 1 0)")
                    })
                    .collect();
                always(format!("(+ 0 {})", parts.join(" ")))
            }
            other => panic!("{other:?}"),
        }
    }
}

fn name(key: &str, entry: Option<usize>) -> String {
    entry.map_or_else(|| format!("a_{key}"), |entry| format!("a_{key}_{entry}"))
}
