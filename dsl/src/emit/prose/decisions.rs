//! What comes of the answers: computed values, rules, end pages, fees, responsibility.

use super::Narrator;
use super::amounts::unit_word;
use super::document::{Block, Point, reference};
use super::say;
use crate::model::{Calc, Column, ComputedValue, Fee, FeePayment, Message, Responsible, Set, Table, Values};

impl Narrator<'_> {
    /// Fixed and computed values.
    pub(super) fn values(&self, blocks: &mut Vec<Block>) {
        let procedure = self.procedure;
        if !procedure.constants.is_empty() {
            blocks.push(Block::heading(2, self.pick("Festgelegte Werte", "Fixed values")));
            let points = procedure.constants.iter().map(|constant| {
                let value = self.term(&constant.value, constant.unit.as_deref());
                Point::plain(&format!("{}: {value}", self.quote(&constant.name)))
            });
            blocks.push(Block::Points(points.collect()));
        }
        if procedure.computed.is_empty() {
            return;
        }
        blocks.push(Block::heading(
            2,
            self.pick("Was aus den Antworten berechnet wird", "What is worked out from the answers"),
        ));
        let points = procedure.computed.iter().enumerate().map(|(index, computed)| {
            let name = self.quote(&computed.name);
            let mut inner = Vec::new();
            if let Some(condition) = &computed.condition {
                let (clause, number) = (self.clause(condition), self.condition(condition));
                inner.push(Block::paragraph(&say!(self; "Diesen Wert gibt es nur, wenn {clause} ({number}).", "This value exists only if {clause} ({number}).")));
            }
            let text = match &computed.value {
                ComputedValue::Calc(calc) => {
                    let value = self.term(calc, computed.unit.as_deref().or(self.unit(calc).as_deref()));
                    say!(self; "{name} ist {value}.", "{name} is {value}.")
                }
                ComputedValue::Condition(condition) => {
                    let holds = self.clause(condition);
                    say!(self; "{name} ist „Ja“, wenn {holds}; sonst „Nein“.", "{name} is “Yes” if {holds}; otherwise “No”.")
                }
                ComputedValue::Table(table) => {
                    let number = self.numbers.value(index);
                    let value = |calc: &Calc| self.term(calc, computed.unit.as_deref());
                    inner.push(self.table(table, &number, &value));
                    say!(self; "{name} ist:", "{name} is:")
                }
            };
            Point::numbered(self.numbers.value(index), &text, inner)
        });
        blocks.push(Block::Points(points.collect()));
    }

    /// Rules of the whole procedure; those at a question stand there.
    pub(super) fn rules(&self, blocks: &mut Vec<Block>) {
        if self.procedure.rules.is_empty() {
            return;
        }
        blocks.push(Block::heading(
            2,
            self.pick("Was über mehrere Fragen hinweg geprüft wird", "What is checked across questions"),
        ));
        let points = self.procedure.rules.iter().enumerate().map(|(index, rule)| {
            let holds = self.clause(&rule.holds);
            let holds = match &rule.condition {
                None => say!(self; "Verlangt wird, dass {holds}.", "It is required that {holds}."),
                Some(condition) => {
                    let (clause, number) = (self.clause(condition), self.condition(condition));
                    say!(self; "Wenn {clause} ({number}), wird verlangt, dass {holds}.", "If {clause} ({number}), it is required that {holds}.")
                }
            };
            let (place, consequence) = (self.place(&rule.at), self.consequence(&rule.message, &[]));
            let at = say!(self; "Die Meldung steht bei {place}.", "The message stands at {place}.");
            let name = self.quote(&rule.name);
            let named = say!(self; "Name der Regel: {name}.", "Name of the rule: {name}.");
            Point::numbered(self.numbers.rule(index), &format!("{holds} {consequence}"), vec![Block::paragraph(&format!("{at} {named}"))])
        });
        blocks.push(Block::Points(points.collect()));
    }

    /// What is said where a rule is broken, and whether one can send all the same.
    pub(super) fn consequence(&self, message: &Message, way: &[&str]) -> String {
        let text = self.quoted(&message.text, way);
        let easy = self.easy(&message.text, way).map(|easy| format!(" {easy}")).unwrap_or_default();
        match message.warning {
            true => {
                say!(self; "Sonst erscheint der Hinweis {text}{easy} Das Absenden bleibt möglich.", "Otherwise this hint appears: {text}{easy} Sending remains possible.")
            }
            false => {
                say!(self; "Sonst erscheint die Meldung {text}{easy} Erst wenn das behoben ist, kann abgesendet werden.", "Otherwise this message appears: {text}{easy} Sending is possible only when this is put right.")
            }
        }
    }

    /// Pages that end the procedure.
    pub(super) fn end_pages(&self, blocks: &mut Vec<Block>) {
        let procedure = self.procedure;
        if procedure.end_pages.is_empty() {
            return;
        }
        blocks.push(Block::heading(
            2,
            self.pick(
                "Wann das Formular endet, ohne dass etwas gesendet wird",
                "When the form ends without anything being sent",
            ),
        ));
        let points = procedure.end_pages.iter().enumerate().map(|(index, page)| {
            let when = match &page.stops {
                Some((condition, after)) => {
                    let section = procedure.sections.iter().position(|section| section.key == *after).map_or(0, |at| at + 1);
                    let after = self.page(&section.to_string());
                    let (clause, number) = (self.clause(condition), self.condition(condition));
                    say!(self; "Nach {after}, wenn {clause} ({number}).", "After {after}, if {clause} ({number}).")
                }
                None => {
                    let rows: Vec<String> = self.rows_to(&page.name).iter().map(|row| reference(row)).collect();
                    let rows = self.and(&rows);
                    say!(self; "Am Ende, wenn die Zuständigkeit hierher führt ({rows}).", "At the end, if the responsibility leads here ({rows}).")
                }
            };
            let mut inner = vec![Block::paragraph(&when)];
            inner.extend(self.easy(&page.title, &[]).map(|easy| Block::paragraph(&easy)));
            if let Some(text) = &page.text {
                inner.push(Block::paragraph(self.pick("Dort steht:", "It says there:")));
                inner.extend(self.quote_of(text, &[]));
            }
            Point::numbered(self.numbers.end(index), &self.quoted(&page.title, &[]), inner)
        });
        blocks.push(Block::Points(points.collect()));
    }

    /// The rows of the responsibility table that lead to an end page.
    fn rows_to(&self, name: &str) -> Vec<String> {
        let table = self.procedure.responsibility.as_ref();
        table
            .into_iter()
            .flat_map(|table| table.rows.iter().map(|row| &row.then).chain(&table.otherwise).enumerate())
            .filter(|(_, then)| matches!(then, Responsible::EndPage(page) if page == name))
            .map(|(index, _)| self.numbers.responsible(index))
            .collect()
    }

    /// Fees.
    pub(super) fn fees(&self, blocks: &mut Vec<Block>) {
        blocks.push(Block::heading(2, self.pick("Was es kostet", "What it costs")));
        if self.procedure.fees.is_empty() {
            blocks.push(Block::paragraph(self.pick("Es wird keine Gebühr erhoben.", "No fee is charged.")));
            return;
        }
        if self.procedure.fees.len() > 1 {
            blocks.push(Block::paragraph(self.pick(
                "Die folgenden Gebühren werden zusammengezählt, getrennt nach dem Zeitraum, für den sie anfallen.",
                "The following fees are added up, apart from each other by the period that they are charged for.",
            )));
        }
        let points = self.procedure.fees.iter().enumerate().map(|(index, fee)| self.fee(fee, &self.numbers.fee(index)));
        blocks.push(Block::Points(points.collect()));
    }

    fn fee(&self, fee: &Fee, number: &str) -> Point {
        let mut inner = Vec::new();
        if let Some(condition) = &fee.condition {
            let (clause, number) = (self.clause(condition), self.condition(condition));
            inner.push(Block::paragraph(
                &say!(self; "Wird nur erhoben, wenn {clause} ({number}).", "Is charged only if {clause} ({number})."),
            ));
        }
        if let Some(list) = &fee.for_each {
            let entry = self.entry(list);
            inner.push(Block::paragraph(&say!(self; "Der Betrag wird für jeden Eintrag {entry} bestimmt und zusammengezählt.", "The amount is worked out for each entry {entry} and added up.")));
        }
        let unit = fee.per.map_or_else(|| "€".to_owned(), |per| format!("€ je {}", unit_word(per)));
        let amount = |calc: &Calc| self.term(calc, Some(&unit));
        match (&fee.amount.rows[..], &fee.amount.otherwise) {
            ([], Some(calc)) => {
                let amount = amount(calc);
                inner.push(Block::paragraph(&say!(self; "Betrag: {amount}.", "Amount: {amount}.")));
            }
            _ => inner.push(self.table(&fee.amount, number, &amount)),
        }
        inner.push(Block::paragraph(match fee.payment {
            FeePayment::AfterNotice => {
                self.pick("Bezahlt wird, wenn der Bescheid da ist.", "It is paid after the notice has arrived.")
            }
            FeePayment::BeforeSending => self.pick("Bezahlt wird vor dem Absenden.", "It is paid before sending."),
        }));
        let title = match &fee.title {
            Some(title) => self.quoted(title, &[]),
            None => self.quote(&fee.name),
        };
        if let Some(easy) = fee.title.as_ref().and_then(|title| self.easy(title, &[])) {
            inner.insert(0, Block::paragraph(&easy));
        }
        Point::numbered(number, &title, inner)
    }

    /// Who is responsible.
    pub(super) fn responsibility(&self, blocks: &mut Vec<Block>) {
        let Some(table) = &self.procedure.responsibility else { return };
        blocks.push(Block::heading(2, self.pick("Wer zuständig ist", "Who is responsible")));
        blocks.push(Block::paragraph(self.pick(
            "Jeder Fall gehört zu genau einer der folgenden Zeilen.",
            "Every case belongs to exactly one of the following rows.",
        )));
        let rows = table.rows.iter().map(|row| (Some(row.cells.as_slice()), &row.then));
        let rows = rows.chain(table.otherwise.iter().map(|then| (None, then)));
        let points = rows.enumerate().map(|(index, (cells, then))| {
            let when = self.when(&table.columns, cells);
            let (then, inner) = self.responsible(then);
            Point::numbered(self.numbers.responsible(index), &format!("{when}: {then}"), inner)
        });
        blocks.push(Block::Points(points.collect()));
    }

    fn responsible(&self, then: &Responsible) -> (String, Vec<Block>) {
        match then {
            Responsible::Authority(path) => (self.authority(path), Vec::new()),
            Responsible::EndPage(name) => {
                let end = self.procedure.end_pages.iter().position(|page| page.name == *name).unwrap_or_default();
                let number = reference(&self.numbers.end(end));
                (
                    say!(self; "niemand; das Formular endet mit {number}.", "nobody; the form ends with {number}."),
                    Vec::new(),
                )
            }
            Responsible::Task { task, place, authorities } => {
                let (task, place) = (self.quote(task), self.place(place));
                let mut by_office: Vec<(&str, Vec<&str>)> = Vec::new();
                for (area, path) in authorities.iter() {
                    match by_office.iter_mut().find(|(office, _)| office == path) {
                        Some((_, areas)) => areas.push(area),
                        None => by_office.push((path, vec![area])),
                    }
                }
                let points = by_office.into_iter().map(|(path, areas)| {
                    let areas: Vec<String> = areas.into_iter().map(|area| self.area(area)).collect();
                    let (areas, office) = (self.and(&areas), self.authority(path));
                    Point::plain(&say!(self; "für {areas}: {office}", "for {areas}: {office}"))
                });
                (
                    say!(self; "die Stelle mit der Aufgabe {task} für die Gemeinde in {place}, und zwar", "the authority with the task {task} for the municipality in {place}, namely"),
                    vec![Block::Points(points.collect())],
                )
            }
        }
    }

    /// An area that an official key or its beginning stands for.
    fn area(&self, key: &str) -> String {
        match key {
            "" => say!(self; "alle übrigen Gemeinden", "all other municipalities"),
            key => self.regions.name(key).unwrap_or(key.into()).into_owned(),
        }
    }

    pub(crate) fn authority(&self, path: &str) -> String {
        self.catalogue
            .authorities
            .get(path)
            .map_or_else(|| path.to_owned(), |authority| authority.name.get(self.language).to_owned())
    }

    /// The rows of a table as numbered sentences.
    fn table<T>(&self, table: &Table<T>, number: &str, then: &dyn Fn(&T) -> String) -> Block {
        let rows = table.rows.iter().map(|row| (Some(row.cells.as_slice()), &row.then));
        let rows = rows.chain(table.otherwise.iter().map(|then| (None, then)));
        Block::Points(
            rows.enumerate()
                .map(|(index, (cells, value))| {
                    let text = format!("{}: {}.", self.when(&table.columns, cells), then(value));
                    Point::numbered(format!("{number}.{}", index + 1), &text, Vec::new())
                })
                .collect(),
        )
    }

    /// "Wenn … und …", "In jedem Fall", "In allen anderen Fällen".
    pub(crate) fn when(&self, columns: &[Column], cells: Option<&[Set]>) -> String {
        let Some(cells) = cells else {
            return say!(self; "In allen anderen Fällen", "In all other cases");
        };
        let parts: Vec<String> = columns
            .iter()
            .zip(cells)
            .filter(|(_, cell)| !(matches!(cell.values, Values::Any) && cell.no_answer))
            .filter(|(column, cell)| !(matches!(cell.values, Values::Any) && self.is_certain(&column.what)))
            .map(|(column, cell)| self.in_set(&column.what, cell, false))
            .collect();
        if parts.is_empty() {
            return say!(self; "In jedem Fall", "In every case");
        }
        let parts = parts.join(self.pick(" und ", " and "));
        say!(self; "Wenn {parts}", "If {parts}")
    }

    /// Whether a value is there in every case.
    fn is_certain(&self, what: &Calc) -> bool {
        match what {
            Calc::Count { .. } => true,
            Calc::Computed(name) => self.computed(name).is_some_and(|(_, computed)| computed.condition.is_none()),
            _ => false,
        }
    }
}
