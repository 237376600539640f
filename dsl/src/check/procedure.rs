//! A procedure: header, sections, rules, fees, responsibility, end pages.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use super::computed::State;
use super::declare::full_path;
use super::expressions::{Context, Lower, nfc};
use super::refs::{self, Used};
use super::scope::{Entry, Names, Scope};
use super::types::Type;
use super::world::{Thing, World, node_id, place};
use crate::diagnostic::{Both, Diagnostic, Problem};
use crate::model::{
    Access, Calc, Computed, Condition, Constant, EndPage, Fee, FeePayment, Message, Procedure, ProcedureKind, Ref,
    Responsible, Retention, RetentionFrom, Row, Rule, Step, Table,
};
use crate::syntax::expression::{PathExpr, TargetExpr};
use crate::syntax::keyword::{Fixed, Heading, Key};
use crate::syntax::{KeyLine, Node, Span, split_items, unquote};

impl<'t> Lower<'t> {
    /// Compiles a procedure; `None` when it has errors of its own.
    pub(super) fn procedure(world: &'t World<'t>, thing: &'t Thing) -> Option<Procedure> {
        let lower = Self::new(world, thing);
        let procedure = lower.whole();
        lower.settle(procedure.as_ref());
        let clean =
            world.errors_in(&thing.file) == 0 && lower.used_files().iter().all(|file| world.errors_in(file) == 0);
        let procedure = procedure.filter(|_| clean)?;
        Some(procedure)
    }

    /// Nothing is declared yet.
    pub(super) fn new(world: &'t World<'t>, thing: &'t Thing) -> Self {
        Self {
            world,
            thing,
            names: RefCell::new(Names { scopes: vec![Scope::default()], ..Names::default() }),
            constants: RefCell::default(),
            computed: RefCell::default(),
            depth: Cell::new(0),
            finished: RefCell::default(),
            by_name: RefCell::default(),
            lists: RefCell::default(),
            orders: Cell::new(0),
            stops: RefCell::default(),
            doubts: RefCell::default(),
        }
    }

    /// The files of the blocks and lists in use.
    fn used_files(&self) -> Vec<String> {
        let mut files = Vec::new();
        let mut open: Vec<&Thing> = vec![self.thing];
        while let Some(thing) = open.pop() {
            let line = thing.node.key(Key::Uses);
            for (item, _) in line.map(|line| split_items(&line.value, 0)).unwrap_or_default() {
                let path = full_path(item.split(" als ").next().unwrap_or(&item).trim(), &thing.folder);
                let found = self.world.blocks.get(&path).or_else(|| self.world.list_files.get(&path));
                if let Some(found) = found
                    && !files.contains(&found.file)
                {
                    files.push(found.file.clone());
                    open.push(found);
                }
            }
        }
        files
    }

    fn children(&self, heading: Heading) -> impl Iterator<Item = &'t Node> {
        self.thing.node.children.iter().filter(move |node| node.heading == heading)
    }

    fn whole(&self) -> Option<Procedure> {
        let thing = self.thing;
        let context = Context::top(&thing.file, thing.language);
        self.uses_exist(&context);
        self.address(&thing.node, &context);
        for node in self.children(Heading::Value) {
            self.constant(node, 0, thing);
        }
        let declared = self.declare(thing);
        for node in self.children(Heading::Computed) {
            let index = self.add_computed(State::new(node, thing, 0));
            self.name(0, node, Entry::Computed(index), &context);
        }
        for node in self.children(Heading::Fee).chain(self.children(Heading::Rule)) {
            self.name(0, node, Entry::Taken, &context);
        }
        let sections = self.sections(&declared, thing);
        self.section_names(&context);
        let end_pages = self.end_pages(&context);
        self.lower_all_computed();
        let rules = self
            .children(Heading::Rule)
            .filter_map(|node| self.rule(node, thing, &node_id("", node), &context))
            .collect();
        let fees = self.children(Heading::Fee).filter_map(|node| self.fee(node, &context)).collect();
        let kind = match thing.node.heading {
            Heading::Report => ProcedureKind::Report,
            Heading::Topic => ProcedureKind::Topic,
            _ => ProcedureKind::Application,
        };
        let responsibility = self.responsibility(kind, &end_pages, &context);
        let (version, valid_from, valid_until) = self.version(&context)?;
        self.wanted_for_publishing(kind, &context);
        Some(Procedure {
            format: 1,
            path: thing.key.clone(),
            kind,
            version,
            valid_from,
            valid_until,
            language: thing.texts,
            title: self.title(&thing.node, thing, "", &context),
            service: thing.node.key(Key::Service).map(|line| line.value.trim().to_owned()),
            category: thing.node.key(Key::Category).map(|line| super::names::json_key(line.value.trim())),
            access: self.access(&context),
            introduction: self.rich(Key::Text),
            legal_basis: self.rich(Key::LegalBasis),
            deadline: match thing.node.key(Key::Deadline) {
                Some(line) if Fixed::find(&line.value).is_some_and(|found| found.word == Fixed::None) => None,
                Some(_) => self.rich(Key::Deadline),
                None => None,
            },
            retention: self.retention(&context),
            what_happens_next: self.rich(Key::WhatNext),
            search_words: self.search_words(&context),
            sections,
            constants: self.model_constants(),
            computed: self.model_computed(),
            rules,
            fees,
            end_pages,
            responsibility,
            lists: self.lists.borrow().clone(),
            examples: Vec::new(),
        })
    }

    pub(super) fn uses_exist(&self, context: &Context<'_>) {
        let Some(line) = self.thing.node.key(Key::Uses) else {
            return;
        };
        for (item, span) in split_items(&line.value, line.value_span.start) {
            let path =
                item.split(" als ").next().unwrap_or(&item).split(" as ").next().unwrap_or(&item).trim().to_owned();
            let full = full_path(&path, &self.thing.folder);
            if !self.world.blocks.contains_key(&full) && !self.world.list_files.contains_key(&full) {
                let known = self.world.blocks.keys().chain(self.world.list_files.keys()).map(String::as_str);
                let suggestion = crate::diagnostic::closest(&full, known);
                self.say_with(
                    Problem::FileNotFound { name: path, file: format!("{full}.amt") },
                    suggestion,
                    context,
                    span,
                );
            }
        }
    }

    /// Sections that are not repeated are addresses: their names must differ, too.
    fn section_names(&self, context: &Context<'_>) {
        let mut seen: BTreeMap<String, Span> = BTreeMap::new();
        for node in self.children(Heading::Section) {
            let key = super::names::json_key(node.name_text());
            if let Some(first) = seen.insert(key, node.name_span()) {
                let problem = Problem::NameTwice { name: node.name_text().to_owned() };
                let mut message = Diagnostic::new(problem, context.file, node.name_span());
                message.related.push((context.file.to_owned(), first));
                self.world.say(message);
            }
        }
    }

    fn rich(&self, key: Key) -> Option<crate::model::RichText> {
        let context = Context::top(&self.thing.file, self.thing.language);
        self.rich_at(self.thing, "", &self.thing.node, key, &context)
    }

    fn version(&self, context: &Context<'_>) -> Option<(u32, jiff::civil::Date, Option<jiff::civil::Date>)> {
        let Some(line) = self.thing.node.key(Key::Version) else {
            self.say(Problem::MissingVersion, context, self.thing.node.span);
            return None;
        };
        let found = super::header::version(&line.value);
        if found.is_none() {
            self.say(Problem::VersionForm, context, line.value_span);
        }
        found
    }

    fn access(&self, context: &Context<'_>) -> Access {
        let Some(line) = self.thing.node.key(Key::Access) else {
            return Access::None;
        };
        match Fixed::find(&line.value).map(|found| found.word) {
            Some(Fixed::None) => Access::None,
            Some(Fixed::Email | Fixed::ChannelEmail) => Access::Email,
            Some(Fixed::Account) => Access::Account,
            Some(Fixed::Eid) => Access::Eid,
            _ => {
                self.one_of_words(line, &[Fixed::None, Fixed::Email, Fixed::Account, Fixed::Eid], context);
                Access::None
            }
        }
    }

    /// Reports a value that is none of these words.
    fn one_of_words(&self, line: &KeyLine, words: &[Fixed], context: &Context<'_>) {
        if line.value.is_empty() {
            return;
        }
        let words: Vec<&str> = words.iter().map(|word| word.spelling(context.language)).collect();
        let suggestion = crate::diagnostic::closest(&line.value, words.iter().copied());
        let allowed = Both::any_of(&words);
        let problem = Problem::ValueNotUnderstood { word: line.words.clone(), value: line.value.clone(), allowed };
        self.say_with(problem, suggestion, context, line.value_span);
    }

    fn retention(&self, context: &Context<'_>) -> Option<Retention> {
        let line = self.thing.node.key(Key::Retention)?;
        let found = super::header::retention(&line.value).and_then(|(amount, unit, rest)| {
            let from = match Fixed::find(rest).map(|found| found.word) {
                Some(Fixed::AfterCompletion) => RetentionFrom::Completion,
                Some(Fixed::AfterReceipt) => RetentionFrom::Receipt,
                Some(Fixed::AfterEndOfYear) => RetentionFrom::EndOfYear,
                _ => {
                    let (after, name) = Fixed::find_at_start(rest)?;
                    let day = (after.word == Fixed::After).then_some(name.trim())?;
                    match self.names.borrow().find(&[nfc(day)], 0) {
                        Ok((Entry::Constant(index), _)) => match self.constants.borrow().get(index) {
                            Some((Calc::Date(date), _)) => RetentionFrom::Day(*date),
                            _ => return None,
                        },
                        _ => return None,
                    }
                }
            };
            Some(Retention { amount, unit, from })
        });
        if found.is_none() {
            self.say(Problem::RetentionForm, context, line.value_span);
        }
        found
    }

    fn search_words(&self, context: &Context<'_>) -> Vec<String> {
        let Some(line) = self.thing.node.key(Key::SearchWords) else {
            return Vec::new();
        };
        let mut words = Vec::new();
        for (item, span) in split_items(&line.value, line.value_span.start) {
            match unquote(&item) {
                Some(word) => words.push(word),
                None => self.say(Problem::TextNotQuoted { text: item }, context, span),
            }
        }
        let all = self.world.rich(self.thing, &place("", "Suchwörter"), words);
        all.0.into_values().flatten().collect()
    }

    fn wanted_for_publishing(&self, kind: ProcedureKind, context: &Context<'_>) {
        let wanted: &[Key] = if kind == ProcedureKind::Topic {
            &[]
        } else {
            &[Key::LegalBasis, Key::Deadline, Key::Retention, Key::WhatNext, Key::Category]
        };
        for key in wanted {
            if self.thing.node.key(*key).is_none() {
                let word = key.spelling(self.thing.language).to_owned();
                self.say(Problem::PublishMissing { word }, context, self.thing.node.span);
            }
        }
    }

    fn model_constants(&self) -> Vec<Constant> {
        let names = self.names.borrow();
        let constants = self.constants.borrow();
        names.scopes[0]
            .names
            .iter()
            .filter_map(|(name, (entry, ..))| match entry {
                Entry::Constant(index) => constants.get(*index).map(|(value, kind)| Constant {
                    name: name.clone(),
                    value: value.clone(),
                    unit: match kind {
                        Type::Number(number) if !number.unit.is_none() => Some(number.unit.text()),
                        _ => None,
                    },
                }),
                _ => None,
            })
            .collect()
    }

    /// Computed values, each after those that it uses.
    fn model_computed(&self) -> Vec<Computed> {
        self.finished.borrow().iter().map(|done| done.computed.clone()).collect()
    }

    /// The position of the last question that a computed value uses.
    pub(super) fn last_order(&self, computed: &Computed) -> Option<usize> {
        let mut order = None;
        refs::computed(computed, &mut |used| order = order.max(self.order_of(&used)));
        order
    }

    fn order_of(&self, used: &Used<'_>) -> Option<usize> {
        match used {
            Used::Answer(reference) => self.names.borrow().slot_at(reference).map(|slot| slot.last),
            Used::Computed(name) => self.done(name).and_then(|done| done.order),
        }
    }

    /// The section of the last question that a condition uses.
    fn last_section(&self, condition: &Condition) -> usize {
        let mut last = 0;
        refs::condition(condition, &mut |used| {
            let order = self.order_of(&used);
            let names = self.names.borrow();
            let section = match used {
                Used::Answer(reference) => names.slot_at(reference).map(|slot| slot.section),
                Used::Computed(_) => {
                    names.slots.iter().filter(|slot| Some(slot.order) <= order).map(|slot| slot.section).max()
                }
            };
            last = last.max(section.unwrap_or(0));
        });
        last
    }

    fn end_pages(&self, context: &Context<'_>) -> Vec<EndPage> {
        let sections: Vec<String> =
            self.children(Heading::Section).map(|node| super::names::json_key(node.name_text())).collect();
        let mut pages: Vec<EndPage> = Vec::new();
        for node in self.children(Heading::EndPage) {
            let name = super::names::json_key(node.name_text());
            if node.name.is_none() {
                self.say(
                    Problem::MissingName { what: node.heading.spelling(context.language).to_owned() },
                    context,
                    node.span,
                );
                continue;
            }
            if pages.iter().any(|page| page.name == name) {
                self.say(Problem::NameTwice { name: node.name_text().to_owned() }, context, node.name_span());
            }
            let id = node_id("", node);
            let condition = self.only_if(node, context);
            if let Some(condition) = &condition {
                self.stops.borrow_mut().push(condition.clone());
            }
            // A page that a table leads to is checked with the rows that lead there.
            let free = condition.is_none();
            let reached = Context { facts: condition.iter().cloned().collect(), free, ..context.clone() };
            let text = self.rich_at(self.thing, &id, node, Key::Text, &reached);
            let stops = condition.map(|condition| {
                let after = sections.get(self.last_section(&condition)).cloned().unwrap_or_default();
                (condition, after)
            });
            pages.push(EndPage { name, title: self.title(node, self.thing, &id, context), text, stops });
        }
        pages
    }

    /// A `Regel`.
    pub(super) fn rule(&self, node: &Node, thing: &Thing, id: &str, context: &Context<'_>) -> Option<Rule> {
        let condition = self.only_if(node, context);
        let mut inner = context.clone();
        inner.facts.extend(condition.clone());
        let (Some(line), Some(otherwise)) =
            (node.key(Key::MustHold), node.key(Key::Otherwise).or_else(|| node.key(Key::OtherwiseWarning)))
        else {
            self.say(Problem::RuleForm, context, node.span);
            return None;
        };
        let holds = self.read_condition(&line.value, line.value_span, &inner)?;
        let warning = otherwise.key == Some(Key::OtherwiseWarning);
        let role = if warning { "sonst Warnung 1" } else { "sonst 1" };
        let failed = super::placeholders::denied(&holds).into_iter().chain(inner.facts.iter().cloned()).collect();
        let text = self.message(otherwise, thing, id, role, &Context { facts: failed, ..inner })?;
        let at = match node.key(Key::At) {
            Some(at) => {
                let path = PathExpr {
                    parts: at.value.split('.').map(|part| part.trim().to_owned()).collect(),
                    span: at.value_span,
                };
                self.answer(&path, context)?.0
            }
            None => self.last_named(&holds).or_else(|| {
                self.say(
                    Problem::MissingKey {
                        word: Key::At.spelling(context.language).to_owned(),
                        heading: node.heading.spelling(context.language).to_owned(),
                    },
                    context,
                    node.span,
                );
                None
            })?,
        };
        Some(Rule { name: nfc(node.name_text()), condition, holds, at, message: Message { text, warning } })
    }

    /// The question that comes last in the file, of those that a condition names.
    fn last_named(&self, condition: &Condition) -> Option<Ref> {
        let mut last: Option<(Option<usize>, Ref)> = None;
        let mut list = None;
        if let Condition::Distinct { by, .. } = condition {
            return Some(by.clone());
        }
        refs::condition(condition, &mut |used| {
            if let Used::Answer(reference) = &used {
                let order = self.order_of(&used);
                if reference.steps.contains(&Step::Entry) && !matches!(condition, Condition::Every { .. }) {
                    let outer: Vec<Step> =
                        reference.steps.iter().take_while(|step| **step != Step::Entry).cloned().collect();
                    list = Some(Ref { steps: outer, fact: None });
                } else if last.as_ref().is_none_or(|(known, _)| order >= *known) {
                    last = Some((order, Ref { steps: reference.steps.clone(), fact: None }));
                }
            }
        });
        last.map(|(_, reference)| reference).or(list).or_else(|| self.behind_computed(condition))
    }

    /// A rule about computed values alone stands at the last question behind them.
    fn behind_computed(&self, condition: &Condition) -> Option<Ref> {
        let mut order = None;
        refs::condition(condition, &mut |used| order = order.max(self.order_of(&used)));
        let names = self.names.borrow();
        let slot = names.slots.iter().filter(|slot| Some(slot.order) <= order).max_by_key(|slot| slot.order)?;
        let steps = slot.steps.iter().take_while(|step| **step != Step::Entry).cloned().collect();
        Some(Ref { steps, fact: None })
    }

    fn fee(&self, node: &Node, context: &Context<'_>) -> Option<Fee> {
        let id = node_id("", node);
        let condition = self.only_if(node, context);
        let mut inner = context.clone();
        inner.facts.extend(condition.clone());
        let mut for_each = None;
        if let Some(line) = node.key(Key::ForEach) {
            let path = PathExpr { parts: vec![line.value.trim().to_owned()], span: line.value_span };
            let (list, _, scope) = self.list(&path, context)?;
            for_each = Some(list);
            inner.scope = scope;
        }
        let mut kinds: Vec<(Type, Span)> = Vec::new();
        let amount = match &node.definition {
            Some((text, span)) => {
                let (calc, kind) = self.read_calc(text, *span, &inner)?;
                kinds.push((kind, *span));
                Table { columns: Vec::new(), rows: Vec::new(), otherwise: Some(calc) }
            }
            None => {
                let raw = self.table(node, self.thing, &inner)?;
                let mut rows = Vec::new();
                let mut otherwise = None;
                for row in &raw.rows {
                    let mut known = inner.clone();
                    known.facts.extend(raw.facts(row));
                    let (calc, kind) = self.read_calc(&row.result.0, row.result.1, &known)?;
                    let kind = self.narrowed(&calc, kind, &raw, row);
                    kinds.push((kind, row.result.1));
                    match &row.cells {
                        Some(cells) => rows.push(Row { cells: cells.clone(), then: calc }),
                        None => otherwise = Some(calc),
                    }
                }
                self.prove(&raw, false, context);
                Table { columns: raw.model_columns(), rows, otherwise }
            }
        };
        let per = self.check_amounts(&kinds, context)?;
        let always_zero = amount
            .rows
            .iter()
            .map(|row| &row.then)
            .chain(amount.otherwise.as_ref())
            .all(|calc| matches!(calc, Calc::Number(value) if value.is_zero()));
        let payment = match node.key(Key::Payment).map(|line| (Fixed::find(&line.value).map(|found| found.word), line))
        {
            Some((Some(Fixed::AfterNotice), _)) => Some(FeePayment::AfterNotice),
            Some((Some(Fixed::BeforeSending), _)) => Some(FeePayment::BeforeSending),
            Some((_, line)) => {
                self.one_of_words(line, &[Fixed::AfterNotice, Fixed::BeforeSending], context);
                None
            }
            None => None,
        };
        if !always_zero && (node.title.is_none() || node.key(Key::Payment).is_none()) {
            self.say(Problem::FeePaymentMissing, context, node.span);
        }
        let title = node.title.as_ref().map(|_| self.title(node, self.thing, &id, context));
        Some(Fee {
            name: nfc(node.name_text()),
            title,
            condition,
            amount,
            for_each,
            per,
            payment: payment.unwrap_or(FeePayment::AfterNotice),
        })
    }

    /// All rows of a fee have one unit, whole cents, and are not negative; the period.
    fn check_amounts(&self, kinds: &[(Type, Span)], context: &Context<'_>) -> Option<Option<crate::model::TimeUnit>> {
        let mut unit: Option<super::units::Unit> = None;
        for (kind, span) in kinds {
            let Type::Number(number) = kind else {
                self.say(Problem::FeeNotMoney { found: kind.name() }, context, *span);
                return None;
            };
            if !number.unit.is_money() {
                let found = if number.unit.is_none() {
                    Both::new("eine Zahl ohne Einheit", "a number without a unit")
                } else {
                    Both::any_of(&[&number.unit.written(context.language)])
                };
                self.say(Problem::FeeNotMoney { found }, context, *span);
                return None;
            }
            if let Some(first) = &unit
                && *first != number.unit
            {
                self.say(
                    Problem::UnitsMixed {
                        left: first.written(context.language),
                        right: number.unit.written(context.language),
                    },
                    context,
                    *span,
                );
                return None;
            }
            unit.get_or_insert_with(|| number.unit.clone());
            self.whole_cents(kind, context, *span);
            if number.min.is_none_or(|min| min.is_sign_negative() && !min.is_zero()) {
                let low = match number.min {
                    None => Both::new("ohne dass es eine Grenze gibt", "without any limit"),
                    Some(min) => {
                        let min = super::things::written(min / rust_decimal::Decimal::ONE_HUNDRED);
                        Both::new(format!("bis zu {min} €"), format!("down to {min} €"))
                    }
                };
                self.say(Problem::FeeNegative { low }, context, *span);
            }
        }
        Some(unit.as_ref().and_then(|unit| unit.period()).and_then(super::expressions::time_unit))
    }

    fn responsibility(
        &self,
        kind: ProcedureKind,
        end_pages: &[EndPage],
        context: &Context<'_>,
    ) -> Option<Table<Responsible>> {
        let node = self.children(Heading::Responsible).next();
        let Some(node) = node else {
            if kind != ProcedureKind::Topic {
                self.say(Problem::ResponsibleMissing, context, self.thing.node.span);
            }
            return None;
        };
        let raw = self.table(node, self.thing, context)?;
        let mut rows = Vec::new();
        let mut otherwise = None;
        let mut ok = true;
        for row in &raw.rows {
            let mut inner = context.clone();
            inner.facts.extend(raw.facts(row));
            match self.target(row, &raw, end_pages, &inner) {
                Some(target) => match &row.cells {
                    Some(cells) => rows.push(Row { cells: cells.clone(), then: target }),
                    None => otherwise = Some(target),
                },
                None => ok = false,
            }
        }
        self.prove(&raw, true, context);
        ok.then(|| Table { columns: raw.model_columns(), rows, otherwise })
    }

    fn target(
        &self,
        row: &super::table::RawRow,
        table: &super::table::RawTable,
        end_pages: &[EndPage],
        context: &Context<'_>,
    ) -> Option<Responsible> {
        let (text, span) = (&row.result.0, row.result.1);
        let target = match crate::syntax::parse_target(text, span.start) {
            Ok(target) => target,
            Err(error) => {
                self.unreadable(&error, span, context);
                return None;
            }
        };
        match target {
            TargetExpr::EndPage(name) => {
                let key = super::names::json_key(&name);
                if let Some(page) = end_pages.iter().find(|page| page.name == key) {
                    let texts = page.text.iter().flat_map(|text| text.0.values().flatten());
                    if page.stops.is_none() {
                        self.placeholders(texts, span, context);
                    }
                    return Some(Responsible::EndPage(key));
                }
                let suggestion = crate::diagnostic::closest(&key, end_pages.iter().map(|page| page.name.as_str()));
                self.say_with(Problem::UnknownEndPage { name }, suggestion, context, span);
                None
            }
            TargetExpr::Authority(name) => {
                let path = full_path(&name, &self.thing.folder);
                match self.world.authorities.get(&path) {
                    Some(authority) => {
                        if authority.channels.is_empty() {
                            self.say(Problem::ReportWithoutReceiver { name }, context, span);
                        }
                        Some(Responsible::Authority(path))
                    }
                    None => {
                        let known = self.world.authorities.keys().map(String::as_str);
                        let suggestion = crate::diagnostic::closest(&path, known);
                        self.say_with(Problem::UnknownAuthority { name }, suggestion, context, span);
                        None
                    }
                }
            }
            TargetExpr::Task(task, path) => self.task(&task, &path, row, table, context, span),
        }
    }
}
