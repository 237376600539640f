//! Everything that cases can show of a procedure, in the order of the file.

use std::collections::HashSet;

use rust_decimal::Decimal;

use super::Group;
use super::aim::{Aim, Beyond, Shows, TableOf, Tabled};
use super::values;
use crate::check::reach::site::{Site, Sites};
use crate::kind::{Choices, DateLimits, Kind, NumberLimits};
use crate::model::{
    Calc, ComputedValue, Condition, Item, Op, Procedure, Question, Ref, Repeat, Responsible, Row, Set, Step, Table,
    Values,
};
use crate::syntax::Span;
use crate::syntax::keyword::{Heading, Key};

/// A repeat with more entries is not filled to its end.
const MOST_ENTRIES: u32 = 100;

/// Collects the aims.
pub(super) struct Collect<'c, 'p> {
    sites: &'c Sites<'p>,
    procedure: &'p Procedure,
    pub aims: Vec<Aim>,
    pub tables: Vec<Tabled<'p>>,
    /// Parts of conditions that are aims already.
    known: HashSet<String>,
}

impl<'c, 'p> Collect<'c, 'p> {
    /// All aims of a procedure.
    pub fn of(sites: &'c Sites<'p>) -> Self {
        let procedure = sites.procedure;
        let mut all = Self { sites, procedure, aims: Vec::new(), tables: Vec::new(), known: HashSet::new() };
        for (index, section) in procedure.sections.iter().enumerate() {
            let site = Site::Section(index);
            if let Some(condition) = &section.condition {
                all.condition(Group::Questions, &site, condition);
            }
            let list = section.repeat.as_ref().map(|repeat| {
                let steps = vec![Step::Key(section.key.clone())];
                all.entries(&site, &steps, repeat);
                steps
            });
            all.items(&section.items, index, list.as_deref(), list.is_some(), &[]);
        }
        all.rules();
        all.computed();
        all.fees();
        all.ends();
        all
    }

    /// The place of a site: the file that the author has, and the line.
    fn line(&self, site: &Site) -> (String, usize) {
        let found = match site {
            Site::Rule(_) | Site::QuestionRule(..) => self.sites.must_hold(site),
            _ => self.sites.found(site),
        };
        found.map(|found| self.sites.line(&found)).unwrap_or_default()
    }

    /// The line of a place in a file that was read.
    fn line_of(&self, file: &str, span: Span) -> (String, usize) {
        let found = crate::check::reach::site::Found { file: file.to_owned(), span, text: String::new() };
        self.sites.line(&found)
    }

    fn add(&mut self, group: Group, line: (String, usize), shows: Shows) {
        self.aims.push(Aim { group, line, shows });
    }

    /// A condition that holds and does not, and what is in it.
    fn condition(&mut self, group: Group, site: &Site, condition: &Condition) {
        let line = self.line(site);
        for holds in [true, false] {
            let shows = Shows::Condition { site: site.clone(), condition: condition.clone(), holds, part: false };
            self.add(group, line.clone(), shows);
        }
        self.parts(site, &line, condition, false);
    }

    /// The parts of a condition: each holds and does not, each value in it.
    fn parts(&mut self, site: &Site, line: &(String, usize), condition: &Condition, nested: bool) {
        match condition {
            Condition::All(all) | Condition::Any(all) => {
                all.iter().for_each(|one| self.parts(site, line, one, true));
            }
            Condition::Not(inner) => self.parts(site, line, inner, nested),
            Condition::Every { holds, .. } | Condition::Some { holds, .. } => self.parts(site, line, holds, true),
            leaf => {
                if nested {
                    [true, false].into_iter().for_each(|holds| self.part(site, line, leaf.clone(), holds));
                }
                for value in values::of_condition(self.procedure, leaf) {
                    self.part(site, line, value, true);
                }
            }
        }
    }

    fn part(&mut self, site: &Site, line: &(String, usize), condition: Condition, holds: bool) {
        if self.known.insert(format!("{condition:?} {holds}")) {
            let shows = Shows::Condition { site: site.clone(), condition, holds, part: true };
            self.add(Group::Values, line.clone(), shows);
        }
    }

    fn items(&mut self, items: &'p [Item], section: usize, around: Option<&[Step]>, repeated: bool, keys: &[String]) {
        for item in items {
            let (key, condition) = match item {
                Item::Question(question) => (&question.key, question.condition.as_ref()),
                Item::Paragraph(paragraph) => (&paragraph.key, paragraph.condition.as_ref()),
            };
            let keys = [keys, std::slice::from_ref(key)].concat();
            let site = Site::Item(section, keys.clone());
            if let Some(condition) = condition {
                self.condition(Group::Questions, &site, condition);
            }
            let Item::Question(question) = item else { continue };
            let mut steps = around.map(<[Step]>::to_vec).unwrap_or_default();
            if repeated {
                steps.push(Step::Entry);
            }
            steps.push(Step::Key(key.clone()));
            self.question(question, section, &steps, &keys);
        }
    }

    fn question(&mut self, question: &'p Question, section: usize, steps: &[Step], keys: &[String]) {
        let site = Site::Item(section, keys.to_vec());
        for option in crate::check::reach::witness::options(&question.kind).unwrap_or_default() {
            if let Some(condition) = &option.condition {
                self.condition(Group::Questions, &Site::Option(section, keys.to_vec(), option.key.clone()), condition);
            }
        }
        for (index, rule) in question.rules.iter().enumerate() {
            self.rule(&Site::QuestionRule(section, keys.to_vec(), index), &rule.holds);
        }
        if let Some(repeat) = &question.repeat {
            self.entries(&site, steps, repeat);
        }
        let line = self.kind_line(&site);
        match &question.kind {
            Kind::Whole(limits) => self.numbers(&line, steps, limits, 0),
            Kind::Money(limits) => self.numbers(&line, steps, limits, 0),
            Kind::Decimal { limits, places } => self.numbers(&line, steps, limits, *places),
            Kind::Date(limits) | Kind::BirthDate { limits, .. } => self.days(&line, steps, limits),
            Kind::Block { items, .. } => self.items(items, section, Some(steps), question.repeat.is_some(), keys),
            _ => {}
        }
    }

    /// The line of `Art:` of a question.
    fn kind_line(&self, site: &Site) -> (String, usize) {
        match self.sites.node(site) {
            Some((thing, node)) => {
                let span = node.key(Key::Kind).map_or(node.span, |line| line.value_span);
                self.line_of(&thing.file, span)
            }
            None => self.line(site),
        }
    }

    /// The line of `wiederholt:`, and the least, one, and the most entries.
    fn entries(&mut self, site: &Site, steps: &[Step], repeat: &Repeat) {
        let line = match self.sites.node(site) {
            Some((thing, node)) => {
                let span = node.key(Key::Repeats).map_or(node.span, |line| line.value_span);
                self.line_of(&thing.file, span)
            }
            None => self.line(site),
        };
        let mut counts = vec![repeat.min, repeat.min.max(1), repeat.max];
        counts.retain(|count| *count <= repeat.max && *count <= MOST_ENTRIES);
        counts.dedup();
        for count in counts {
            self.add(Group::Repeats, line.clone(), Shows::Entries { steps: steps.to_vec(), count });
        }
    }

    fn numbers(&mut self, line: &(String, usize), steps: &[Step], limits: &NumberLimits, places: u32) {
        let step = Decimal::new(1, places);
        let what = Calc::Answer(Ref { steps: steps.to_vec(), fact: None });
        for (limit, beyond) in [(limits.min, -step), (limits.max, step)] {
            let Some(limit) = limit else { continue };
            let condition = values::is(&what, values::number(limit));
            self.add(Group::Limits, line.clone(), Shows::Limit { condition });
            if let Some(beyond) = values::number_json(limit + beyond) {
                let shows = Shows::Refused { steps: steps.to_vec(), beyond: Beyond::Answer(beyond) };
                self.add(Group::Limits, line.clone(), shows);
            }
        }
    }

    fn days(&mut self, line: &(String, usize), steps: &[Step], limits: &DateLimits) {
        let what = Calc::Answer(Ref { steps: steps.to_vec(), fact: None });
        for (limit, beyond) in [(&limits.from, -1), (&limits.to, 1)] {
            let Some(limit) = limit else { continue };
            let condition = Condition::Compare { left: what.clone(), op: Op::Eq, right: limit.clone() };
            self.add(Group::Limits, line.clone(), Shows::Limit { condition });
            let shows = Shows::Refused { steps: steps.to_vec(), beyond: Beyond::Day(limit.clone(), beyond) };
            self.add(Group::Limits, line.clone(), shows);
        }
    }

    fn rule(&mut self, site: &Site, holds: &Condition) {
        let line = self.line(site);
        for kept in [true, false] {
            self.add(Group::Rules, line.clone(), Shows::Rule { site: site.clone(), kept });
        }
        self.parts(site, &line, holds, false);
    }

    fn rules(&mut self) {
        for (index, rule) in self.procedure.rules.iter().enumerate() {
            let site = Site::Rule(index);
            if let Some(condition) = &rule.condition {
                // The line of the condition is found by the site, that of what must hold by the rule.
                let line = self.sites.found(&site).map(|found| self.sites.line(&found)).unwrap_or_default();
                for holds in [true, false] {
                    let condition = condition.clone();
                    let shows = Shows::Condition { site: site.clone(), condition, holds, part: false };
                    self.add(Group::Rules, line.clone(), shows);
                }
                self.parts(&site, &line, condition, false);
            }
            self.rule(&site, &rule.holds);
        }
    }

    fn computed(&mut self) {
        for (index, computed) in self.procedure.computed.iter().enumerate() {
            let site = Site::Computed(index);
            if let Some(condition) = &computed.condition {
                self.condition(Group::Computed, &site, condition);
            }
            match &computed.value {
                ComputedValue::Calc(_) => {}
                ComputedValue::Condition(condition) => self.condition(Group::Computed, &site, condition),
                ComputedValue::Table(table) => self.table(TableOf::Computed(index), table, None),
            }
        }
    }

    fn fees(&mut self) {
        for (index, fee) in self.procedure.fees.iter().enumerate() {
            if let Some(condition) = &fee.condition {
                self.condition(Group::Fees, &Site::Fee(index), condition);
            }
            self.table(TableOf::Fee(index), &fee.amount, fee.for_each.as_ref());
        }
    }

    /// End pages, the rows of responsibility, and every authority.
    fn ends(&mut self) {
        let procedure = self.procedure;
        for (index, page) in procedure.end_pages.iter().enumerate() {
            let site = Site::EndPage(index);
            let line = self.line(&site);
            self.add(Group::EndPages, line.clone(), Shows::EndPage(page.name.clone()));
            if let Some((condition, _)) = &page.stops {
                let condition = condition.clone();
                let shows =
                    Shows::Condition { site: site.clone(), condition: condition.clone(), holds: false, part: false };
                self.add(Group::EndPages, line.clone(), shows);
                self.parts(&site, &line, &condition, false);
            }
        }
        let Some(table) = &procedure.responsibility else { return };
        self.table(TableOf::Responsible, table, None);
        let rows = self.rows(TableOf::Responsible);
        let mut known: Vec<&str> = Vec::new();
        let all = table.rows.iter().map(|row| &row.then).chain(&table.otherwise);
        for (index, then) in all.enumerate() {
            let line = rows.get(index).cloned().unwrap_or_default();
            let (group, paths): (Group, Vec<&'p String>) = match then {
                Responsible::Authority(path) => (Group::Offices, vec![path]),
                Responsible::EndPage(_) => continue,
                Responsible::Task { authorities, .. } => (Group::TaskOffices, authorities.values().collect()),
            };
            for path in paths {
                if !known.contains(&path.as_str()) {
                    known.push(path);
                    self.add(group, line.clone(), Shows::Office(path.clone()));
                }
            }
        }
    }

    /// The lines of the rows of a table.
    fn rows(&self, of: TableOf) -> Vec<(String, usize)> {
        let node = match of {
            TableOf::Fee(index) => self.sites.node(&Site::Fee(index)),
            TableOf::Computed(index) => self.sites.node(&Site::Computed(index)),
            TableOf::Responsible => {
                let nodes = &self.sites.thing.node.children;
                nodes.iter().find(|node| node.heading == Heading::Responsible).map(|node| (self.sites.thing, node))
            }
        };
        let Some((thing, node)) = node else { return Vec::new() };
        if node.rows.is_empty() {
            return vec![self.line_of(&thing.file, node.span)];
        }
        node.rows.iter().skip(1).map(|(_, span)| self.line_of(&thing.file, *span)).collect()
    }

    /// The rows of a table, and the ends and alternatives of their cells.
    fn table<T>(&mut self, of: TableOf, table: &'p Table<T>, list: Option<&'p Ref>) {
        let index = self.tables.len();
        let cells: Vec<&[Set]> = table.rows.iter().map(|row: &Row<T>| row.cells.as_slice()).collect();
        let otherwise = table.otherwise.is_some();
        // An amount on one line is no choice; that it is charged is an aim of its own.
        let single = cells.is_empty();
        let lines = self.rows(of);
        let group = match of {
            TableOf::Fee(_) => Group::Fees,
            TableOf::Computed(_) => Group::Computed,
            TableOf::Responsible => Group::Responsible,
        };
        let line = |row: usize| lines.get(row).cloned().unwrap_or_default();
        let unconditional = of.fee(self.procedure).is_none_or(|fee| fee.condition.is_none());
        for row in 0..cells.len() + usize::from(otherwise && (!single || unconditional)) {
            self.add(group, line(row), Shows::Row { table: index, row, with: None });
        }
        let mut beside: HashSet<String> = HashSet::new();
        for (row, sets) in cells.iter().enumerate() {
            for (column, set) in table.columns.iter().zip(*sets) {
                let inside = values::inside(self.procedure, &column.what, set);
                // One value alone is what the row shows anyhow.
                for with in inside.iter().filter(|_| inside.len() > 1 || is_range(set)) {
                    let shows = Shows::Row { table: index, row, with: Some(with.clone()) };
                    self.add(Group::Borders, line(row), shows);
                }
                for with in values::beside(self.procedure, &column.what, set) {
                    if beside.insert(format!("{with:?}")) {
                        self.add(Group::Borders, line(row), Shows::Beside { table: index, with });
                    }
                }
            }
        }
        self.tables.push(Tabled { of, columns: &table.columns, rows: cells, otherwise, list });
    }
}

/// Whether a set of numbers or days is more than single values.
fn is_range(set: &Set) -> bool {
    match &set.values {
        Values::Numbers(ranges) => ranges.iter().any(|range| range.from != range.to),
        Values::Dates(ranges) => ranges.iter().any(|range| range.from != range.to),
        Values::Season(_) => true,
        _ => false,
    }
}

/// The options of a question that is a choice of a few.
pub(super) fn few(kind: &Kind) -> Option<Vec<String>> {
    match kind {
        Kind::OneOf(Choices::Options(options)) | Kind::SeveralOf { choices: Choices::Options(options), .. } => {
            Some(options.iter().map(|option| option.key.clone()).collect())
        }
        _ => None,
    }
}
