//! What stands behind the decisions: all conditions, authorities, lists, examples, approval.

use std::collections::{BTreeMap, BTreeSet};

use super::Narrator;
use super::document::{Block, Line, Point, reference};
use super::numbers::Named;
use super::say;
use crate::eval::{Outcome, evaluate};
use crate::kind::{show_date, show_money};
use crate::model::{CodeList, CodeValue, Example, Fact, Level, Responsible, Step};
use serde_json::{Map, Value as Json};

impl Narrator<'_> {
    /// Every condition once, with what it is about and what depends on it. `before` is the text
    /// so far: there it is seen what depends on a condition.
    pub(super) fn conditions(&self, blocks: &mut Vec<Block>) {
        let mut users: BTreeMap<String, Vec<String>> = BTreeMap::new();
        users_of(blocks, None, &mut users);
        let points: Vec<Point> = self
            .numbers
            .conditions()
            .map(|(number, condition)| {
                let clause = self.clause(condition);
                let text = say!(self; "Erfüllt, wenn {clause}.", "Met if {clause}.");
                let mut inner: Vec<Block> = self.labels(&text).iter().map(|label| Block::paragraph(label)).collect();
                if let Some(users) = users.get(&number) {
                    let users: Vec<String> = users.iter().map(|user| self.thing(user)).collect();
                    let users = self.and(&users);
                    inner.push(Block::paragraph(&say!(self; "Davon abhängig: {users}.", "Depends on it: {users}.")));
                }
                Point::numbered(number, &text, inner)
            })
            .collect();
        if points.is_empty() {
            return;
        }
        blocks.push(Block::heading(2, self.pick("Alle Bedingungen", "All conditions")));
        blocks.push(Block::paragraph(self.pick(
            "Eine Bedingung, die mehrmals vorkommt, hat überall dieselbe Nummer.",
            "A condition that occurs several times has the same number everywhere.",
        )));
        blocks.push(Block::Points(points));
    }

    /// `Seite 2`, `Frage 2.3`, `G1`
    fn thing(&self, number: &str) -> String {
        match (number.starts_with(|c: char| c.is_ascii_digit()), number.contains('.')) {
            (true, true) => self.question(number),
            (true, false) => self.page(number),
            (false, _) => reference(number),
        }
    }

    /// The questions that a text refers to, each with its words.
    fn labels(&self, text: &str) -> Vec<String> {
        let line = Line::of(text);
        let mut numbers = BTreeSet::new();
        line.references(&mut numbers);
        let label = |number: &&str| {
            let label = self.quote(self.numbers.label(number)?.get(self.language));
            let question = self.question(number);
            Some(format!("{}: {label}", capital(&question)))
        };
        numbers.iter().filter_map(label).collect()
    }

    /// The authorities that a case can come to.
    pub(super) fn offices(&self, blocks: &mut Vec<Block>) {
        let Some(table) = &self.procedure.responsibility else { return };
        let mut paths: BTreeSet<&str> = BTreeSet::new();
        for then in table.rows.iter().map(|row| &row.then).chain(&table.otherwise) {
            match then {
                Responsible::Authority(path) => {
                    paths.insert(path);
                }
                Responsible::Task { authorities, .. } => paths.extend(authorities.values().map(String::as_str)),
                Responsible::EndPage(_) => {}
            }
        }
        if paths.is_empty() {
            return;
        }
        blocks.push(Block::heading(2, self.pick("Die zuständigen Stellen", "The authorities")));
        let points = paths.into_iter().filter_map(|path| self.catalogue.authorities.get(path)).map(|authority| {
            let level = match authority.level {
                Level::City => self.pick("Stadt oder Gemeinde", "town"),
                Level::County => self.pick("Kreis", "county"),
                Level::State => self.pick("Land", "state"),
                Level::Federal => self.pick("Bund", "federation"),
            };
            let mut said = format!("{} ({level})", authority.name.get(self.language));
            if let Some(address) = &authority.address {
                said.push_str(&format!(", {address}"));
            }
            if let Some(phone) = &authority.phone {
                said.push_str(&say!(self; ", Telefon {phone}", ", phone {phone}"));
            }
            Point::plain(&said)
        });
        blocks.push(Block::Points(points.collect()));
    }

    /// Code lists in full.
    pub(super) fn lists(&self, blocks: &mut Vec<Block>) {
        for list in self.procedure.lists.values() {
            let title = list.title.get(self.language);
            let quoted = self.quote(title);
            blocks.push(Block::heading(2, say!(self; "Liste {quoted}", "List {quoted}")));
            self.list_source(list, blocks);
            blocks.push(Block::Points(list.values.iter().map(|value| Point::plain(&self.list_value(value))).collect()));
        }
    }

    fn list_source(&self, list: &CodeList, blocks: &mut Vec<Block>) {
        let count = list.values.len();
        let said = match &list.source {
            Some(source) => say!(self; "{count} Einträge. Quelle: {source}.", "{count} entries. Source: {source}."),
            None => say!(self; "{count} Einträge.", "{count} entries."),
        };
        blocks.push(Block::paragraph(&said));
        blocks.extend(self.easy(&list.title, &[]).map(|easy| Block::paragraph(&easy)));
    }

    fn list_value(&self, value: &CodeValue) -> String {
        let mut said = value.label.get(self.language).to_owned();
        let facts: Vec<String> = value
            .facts
            .iter()
            .map(|(name, fact)| {
                let fact = match fact {
                    Fact::Bool(yes) => {
                        self.pick(if *yes { "Ja" } else { "Nein" }, if *yes { "yes" } else { "no" }).to_owned()
                    }
                    Fact::Number(number) => self.number(*number, None),
                    Fact::Text(text) => text.clone(),
                };
                format!("{}: {fact}", self.catalogue.spelled(name))
            })
            .collect();
        if !facts.is_empty() {
            said.push_str(&format!(" ({})", facts.join("; ")));
        }
        if let Some(from) = value.valid_from.map(|from| show_date(from, self.language)) {
            said.push_str(&say!(self; ", wählbar ab dem {from}", ", can be chosen from {from}"));
        }
        if let Some(to) = value.valid_to.map(|to| show_date(to, self.language)) {
            said.push_str(&say!(self; ", wählbar bis zum {to}", ", can be chosen until {to}"));
        }
        if let Some(easy) = self.easy(&value.label, &[]) {
            said.push_str(&format!(". {easy}"));
        }
        said
    }

    /// The examples that the procedure was tried with, with the answers that `decisions` refer to.
    pub(super) fn examples(&self, decisions: &[Block], blocks: &mut Vec<Block>) {
        if self.procedure.examples.is_empty() {
            return;
        }
        let mut referred = BTreeSet::new();
        decisions.iter().for_each(|block| block.references(&mut referred));
        let points: Vec<Point> = self.procedure.examples.iter().map(|one| self.example(one, &referred)).collect();
        blocks.push(Block::heading(
            2,
            self.pick("Beispiele, an denen das Verfahren geprüft ist", "Examples that the procedure is tested with"),
        ));
        blocks.push(Block::paragraph(self.pick(
            "Genannt sind die Antworten, von denen Zuständigkeit, Gebühr und Ende abhängen.",
            "Named are the answers that authority, fee and end depend on.",
        )));
        blocks.push(Block::Points(points));
    }

    /// The answers to the questions that something refers to.
    fn deciding(
        &self,
        answers: &Map<String, Json>,
        way: &mut Vec<String>,
        entry: &str,
        referred: &BTreeSet<&str>,
        said: &mut Vec<String>,
    ) {
        for (key, answer) in answers {
            way.push(key.clone());
            let steps: Vec<Step> = way.iter().cloned().map(Step::Key).collect();
            match (self.numbers.answer(&steps), answer) {
                (_, Json::Object(inner)) if !inner.contains_key("sha256") => {
                    self.deciding(inner, way, entry, referred, said)
                }
                (Some((_, named)), Json::Array(entries)) if named.repeat().is_some() => {
                    let each = named.repeat().map_or("", |repeat| repeat.each.get(self.language));
                    for (index, inner) in entries.iter().enumerate() {
                        if let Json::Object(inner) = inner {
                            self.deciding(inner, way, &format!("{entry}{each} {}, ", index + 1), referred, said);
                        }
                    }
                }
                (Some((number, Named::Question(question))), answer) if referred.contains(number) => {
                    let shown = self.shown(&question.kind, answer);
                    let question = self.question(number);
                    said.push(format!("{entry}{question}: {shown}"));
                }
                _ => {}
            }
            way.pop();
        }
    }

    fn example(&self, example: &Example, referred: &BTreeSet<&str>) -> Point {
        let title = match example.title.get(self.language) {
            "" => self.quote(&example.name),
            title => self.quote(title),
        };
        let day = show_date(example.at.date(), self.language);
        let found = evaluate(self.procedure, &example.answers, example.at, self.regions);
        let mut said = Vec::new();
        self.deciding(&found.answers, &mut Vec::new(), "", referred, &mut said);
        let mut inner = Vec::new();
        if !said.is_empty() {
            inner.push(Block::paragraph(&capital(&format!("{}.", said.join("; ")))));
        }
        let fees: Vec<String> = found
            .fees
            .iter()
            .map(|fee| {
                let amount = show_money(fee.cents, self.language);
                match fee.per {
                    Some(per) => {
                        let unit = self.number(rust_decimal::Decimal::ONE, Some(super::amounts::unit_word(per)));
                        let unit = unit.trim_start_matches("1 ");
                        say!(self; "{amount} je {unit}", "{amount} per {unit}")
                    }
                    None => amount,
                }
            })
            .collect();
        if let Outcome::Authority(path) = &found.outcome {
            let office = self.authority(path);
            inner.push(Block::paragraph(&say!(self; "Zuständig: {office}.", "Responsible: {office}.")));
        }
        if !fees.is_empty() {
            let fees = fees.join(" + ");
            inner.push(Block::paragraph(&say!(self; "Gebühr: {fees}.", "Fee: {fees}.")));
        }
        let mut point = Point::plain(&say!(self; "{title}, abgesendet am {day}:", "{title}, sent on {day}:"));
        point.inner = inner;
        point
    }

    /// The mark of what was examined, and where it is signed.
    pub(super) fn approval(&self, blocks: &mut Vec<Block>) {
        blocks.push(Block::heading(2, self.pick("Freigabe", "Approval")));
        if let Ok(hash) = self.procedure.hash() {
            let hash: Vec<String> =
                hash.as_bytes().chunks(8).map(|part| String::from_utf8_lossy(part).into_owned()).collect();
            let hash = hash.join(" ");
            blocks.push(Block::paragraph(&say!(self; "Die Freigabe gilt für genau diesen Stand. Sein Kennzeichen ist {hash}. Ändert sich am Verfahren auch nur ein Wort, dann ändert sich das Kennzeichen.", "The approval holds for exactly this state. Its mark is {hash}. If a single word of the procedure changes, the mark changes.")));
        }
        blocks.push(Block::Blank(self.pick("Ort und Datum", "Place and date").to_owned()));
        blocks.push(Block::Blank(self.pick("Name und Unterschrift", "Name and signature").to_owned()));
    }
}

/// The numbers of the points that refer to each number; `at` is the number of the point around.
fn users_of(blocks: &[Block], at: Option<&str>, users: &mut BTreeMap<String, Vec<String>>) {
    let mut at = at.map(str::to_owned);
    for block in blocks {
        match block {
            Block::Heading { number, .. } => at.clone_from(number),
            Block::Points(points) => {
                for point in points {
                    let own = point.number.as_deref().or(at.as_deref());
                    note(&point.text, own, users);
                    users_of(&point.inner, own, users);
                }
            }
            Block::Paragraph(line) => note(line, at.as_deref(), users),
            Block::Quote(_) | Block::Blank(_) => {}
        }
    }
}

fn note(line: &Line, user: Option<&str>, users: &mut BTreeMap<String, Vec<String>>) {
    let mut numbers = BTreeSet::new();
    line.references(&mut numbers);
    for number in numbers {
        let known = users.entry(number.to_owned()).or_default();
        known.extend(user.filter(|user| !known.iter().any(|one| one == user)).map(str::to_owned));
    }
}

/// With its first letter in upper case.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
