//! What a case shows, in words.

use rust_decimal::Decimal;

use super::Group;
use super::aim::{Aim, Beyond, Shows, TableOf, Tabled};
use super::names::Names;
use crate::check::reach::site::{Site, Sites};
use crate::check::things::written;
use crate::check::units::Unit;
use crate::diagnostic::Both;
use crate::kind::Kind;
use crate::model::{Calc, Condition, Language, MonthDay, Op, Ref, Set, Step, Values};
use crate::syntax::keyword::Heading;

/// Says things to a reader; names and texts are those of the file.
pub(super) struct Words<'w, 'p> {
    pub sites: &'w Sites<'p>,
    pub tables: &'w [Tabled<'p>],
    pub names: &'w Names,
}

impl Words<'_, '_> {
    /// What an aim is about.
    pub fn of(&self, aim: &Aim) -> Both {
        Both::each(|reader| self.say(aim, reader))
    }

    /// What an aim is counted with: "Zeilen der Gebühr jahressteuer".
    pub fn counted(&self, aim: &Aim) -> Both {
        let (de, en) = match (aim.group, &aim.shows) {
            (_, Shows::Row { table, with: None, .. }) => {
                return Both::each(|reader| {
                    let rows = if reader == Language::English { "Rows of" } else { "Zeilen von" };
                    format!("{rows} {}", self.table(*table, reader))
                });
            }
            (Group::Questions, _) => (
                "Fragen, Abschnitte, Texte und Auswahlen mit Bedingung (gefragt und nicht gefragt)",
                "Questions, sections, texts and options with a condition (asked and not asked)",
            ),
            (Group::Values, _) => ("Teile und Werte von Bedingungen", "Parts and values of conditions"),
            (Group::Repeats, _) => ("Längen von Wiederholungen", "Lengths of repeats"),
            (Group::Limits, _) => ("Grenzen von Antworten", "Limits of answers"),
            (Group::Rules, _) => ("Regeln (eingehalten und verletzt)", "Rules (kept and broken)"),
            (Group::Computed, _) => ("Berechnete Werte", "Computed values"),
            (Group::Fees, _) => ("Gebühren (erhoben und nicht erhoben)", "Fees (charged and not charged)"),
            (Group::Borders, _) => ("Grenzen und Werte in Tabellen", "Limits and values in tables"),
            (Group::Responsible, _) => ("Zeilen von Zuständigkeit", "Rows of Responsible"),
            (Group::Offices, _) => ("Stellen", "Authorities"),
            (Group::TaskOffices, _) => {
                ("Stellen, die nach Aufgabe und Ort gefunden werden", "Authorities that are found by task and place")
            }
            (Group::EndPages, _) => ("Endseiten (erreicht und nicht erreicht)", "End pages (reached and not reached)"),
        };
        Both::new(de, en)
    }

    fn say(&self, aim: &Aim, reader: Language) -> String {
        let english = reader == Language::English;
        let pick = |de: &str, en: &str| if english { en } else { de }.to_owned();
        match &aim.shows {
            Shows::Condition { condition, holds, part: true, .. } => {
                let said = self.condition(condition, reader);
                match (holds, is_value(condition)) {
                    (true, true) => said,
                    (true, false) => pick("„{}“ trifft zu", "“{}” holds").replace("{}", &said),
                    (false, _) => pick("„{}“ trifft nicht zu", "“{}” does not hold").replace("{}", &said),
                }
            }
            Shows::Condition { site, holds, .. } => self.site(site, *holds, reader),
            Shows::Rule { site, kept } => {
                let what = match site {
                    Site::Rule(_) => pick("Die Regel „{}“", "Rule “{}”"),
                    _ => pick("Die Regel bei der Frage „{}“", "The rule at question “{}”"),
                };
                let what = what.replace("{}", &self.name(site));
                let done = if *kept { pick("wird eingehalten", "is kept") } else { pick("wird verletzt", "is broken") };
                format!("{what} {done}")
            }
            Shows::Row { table, row, with } => {
                let what = self.table(*table, reader);
                let last = self.tables.get(*table).is_some_and(|table| *row >= table.rows.len());
                let row = match (last, self.tables.get(*table).is_some_and(|table| table.rows.is_empty())) {
                    (true, true) => return what,
                    (true, false) => pick("Zeile „sonst“", "row “otherwise”"),
                    (false, _) => pick("{}. Zeile", "row {}").replace("{}", &(row + 1).to_string()),
                };
                match with {
                    Some(with) => format!("{what}, {row}: {}", self.condition(with, reader)),
                    None => format!("{what}, {row}"),
                }
            }
            Shows::Beside { table, with } => {
                let beside = pick("gleich neben der Grenze", "just beside the limit");
                format!("{}: {} ({beside})", self.table(*table, reader), self.condition(with, reader))
            }
            Shows::Limit { condition } => {
                format!("{} ({})", self.condition(condition, reader), pick("an der Grenze", "at the limit"))
            }
            Shows::Refused { steps, beyond } => {
                let calc = Calc::Answer(Ref { steps: steps.clone(), fact: None });
                let value = match beyond {
                    Beyond::Answer(answer) => {
                        let number = answer.as_number().and_then(crate::eval::value::decimal).unwrap_or_default();
                        self.number(&calc, number, reader)
                    }
                    Beyond::Day(limit, by) => {
                        let limit = self.calc(limit, reader);
                        let beside = if *by < 0 {
                            pick("der Tag vor „{}“", "the day before “{}”")
                        } else {
                            pick("der Tag nach „{}“", "the day after “{}”")
                        };
                        beside.replace("{}", &limit)
                    }
                };
                let name = self.calc(&calc, reader);
                pick("{name} = {value} wird abgelehnt", "{name} = {value} is refused")
                    .replace("{name}", &name)
                    .replace("{value}", &value)
            }
            Shows::Entries { steps, count } => {
                let name = self.steps(steps);
                match (count, english) {
                    (0, true) => format!("“{name}” without an entry"),
                    (0, false) => format!("„{name}“ ohne Eintrag"),
                    (1, true) => format!("“{name}” with 1 entry"),
                    (1, false) => format!("„{name}“ mit 1 Eintrag"),
                    (_, true) => format!("“{name}” with {count} entries"),
                    (_, false) => format!("„{name}“ mit {count} Einträgen"),
                }
            }
            Shows::Office(path) => {
                format!("{} {}", pick("Zuständig ist", "Responsible is"), self.sites.world.spelled_path(path))
            }
            Shows::EndPage(name) => {
                let name = self.sites.world.spelled(name);
                pick("Die Endseite „{}“ wird erreicht", "End page “{}” is reached").replace("{}", &name)
            }
        }
    }

    /// The name of a place.
    pub fn name(&self, site: &Site) -> String {
        match site {
            Site::Option(_, _, key) => self.sites.world.spelled(key),
            // A question in a building block by its whole name: the block may be used several times.
            Site::Item(_, keys) | Site::QuestionRule(_, keys, _) if keys.len() > 1 => {
                let names = keys.iter().enumerate().map(|(index, key)| {
                    let before = self.place(site, index + 1);
                    before.unwrap_or_else(|| self.sites.world.spelled(key))
                });
                names.collect::<Vec<_>>().join(".")
            }
            _ => self.sites.node(site).map(|(_, node)| node.name_text().to_owned()).unwrap_or_default(),
        }
    }

    /// The name of the question that so many of the keys of a site lead to.
    fn place(&self, site: &Site, length: usize) -> Option<String> {
        let (Site::Item(section, keys) | Site::QuestionRule(section, keys, _)) = site else { return None };
        let site = Site::Item(*section, keys.get(..length)?.to_vec());
        self.sites.node(&site).map(|(_, node)| node.name_text().to_owned())
    }

    /// The condition of a place holds, or does not.
    fn site(&self, site: &Site, holds: bool, reader: Language) -> String {
        let english = reader == Language::English;
        let text = self.sites.node(site).is_some_and(|(_, node)| node.heading == Heading::Paragraph);
        let computed = |index: &usize| {
            let one = self.sites.procedure.computed.get(*index);
            one.is_some_and(|one| matches!(one.value, crate::model::ComputedValue::Condition(_)))
        };
        let (de, en) = match (site, holds) {
            (Site::Section(_), true) => ("Der Abschnitt „{}“ wird gefragt", "Section “{}” is asked"),
            (Site::Section(_), false) => ("Der Abschnitt „{}“ wird nicht gefragt", "Section “{}” is not asked"),
            (Site::Item(..), true) if text => ("Der Zwischentext „{}“ wird gezeigt", "Paragraph “{}” is shown"),
            (Site::Item(..), false) if text => {
                ("Der Zwischentext „{}“ wird nicht gezeigt", "Paragraph “{}” is not shown")
            }
            (Site::Item(..), true) => ("Die Frage „{}“ wird gefragt", "Question “{}” is asked"),
            (Site::Item(..), false) => ("Die Frage „{}“ wird nicht gefragt", "Question “{}” is not asked"),
            (Site::Option(..), true) => ("Die Auswahl „{}“ wird angeboten", "Option “{}” is offered"),
            (Site::Option(..), false) => ("Die Auswahl „{}“ wird nicht angeboten", "Option “{}” is not offered"),
            (Site::EndPage(_), true) => ("Die Endseite „{}“ wird erreicht", "End page “{}” is reached"),
            (Site::EndPage(_), false) => ("Die Endseite „{}“ wird nicht erreicht", "End page “{}” is not reached"),
            (Site::Fee(_), true) => ("Die Gebühr „{}“ wird erhoben", "Fee “{}” is charged"),
            (Site::Fee(_), false) => ("Die Gebühr „{}“ wird nicht erhoben", "Fee “{}” is not charged"),
            (Site::Computed(index), true) if computed(index) => ("„{}“ ist Ja", "“{}” is yes"),
            (Site::Computed(index), false) if computed(index) => ("„{}“ ist Nein", "“{}” is no"),
            (Site::Computed(_), true) => ("„{}“ hat einen Wert", "“{}” has a value"),
            (Site::Computed(_), false) => ("„{}“ hat keinen Wert", "“{}” has no value"),
            (Site::Rule(_) | Site::QuestionRule(..), true) => ("Die Regel „{}“ gilt", "Rule “{}” applies"),
            (Site::Rule(_) | Site::QuestionRule(..), false) => {
                ("Die Regel „{}“ gilt nicht", "Rule “{}” does not apply")
            }
        };
        if english { en } else { de }.replace("{}", &self.name(site))
    }

    /// What a table is called.
    pub fn table(&self, table: usize, reader: Language) -> String {
        let english = reader == Language::English;
        let procedure = self.sites.procedure;
        match self.tables.get(table).map(|table| table.of) {
            Some(TableOf::Fee(index)) => {
                let name = procedure.fees.get(index).map_or("", |fee| fee.name.as_str());
                format!("{} {name}", if english { "Fee" } else { "Gebühr" }).trim().to_owned()
            }
            Some(TableOf::Computed(index)) => {
                let name = procedure.computed.get(index).map_or("", |one| one.name.as_str());
                format!("{} {name}", if english { "Computed" } else { "Berechnet" })
            }
            _ => if english { "Responsible" } else { "Zuständigkeit" }.to_owned(),
        }
    }

    fn steps(&self, steps: &[Step]) -> String {
        self.names.answer(steps)
    }

    /// A condition, short, with the names of the file.
    fn condition(&self, condition: &Condition, reader: Language) -> String {
        let english = reader == Language::English;
        let pick = |de: &'static str, en: &'static str| if english { en } else { de };
        let all = |parts: &[Condition], word: &str| {
            parts.iter().map(|one| self.condition(one, reader)).collect::<Vec<_>>().join(word)
        };
        match condition {
            Condition::All(parts) => all(parts, pick(" und ", " and ")),
            Condition::Any(parts) => all(parts, pick(" oder ", " or ")),
            Condition::Not(inner) => match inner.as_ref() {
                Condition::Answered(answer) => {
                    format!("{} {}", self.steps(&answer.steps), pick("ist nicht beantwortet", "is not answered"))
                }
                Condition::Group { answers, .. } => {
                    let names: Vec<String> = answers.iter().map(|answer| self.steps(&answer.steps)).collect();
                    format!("{}: {}", pick("mehrere Antworten", "several answers"), names.join(", "))
                }
                inner => format!("{} ({})", pick("nicht", "not"), self.condition(inner, reader)),
            },
            Condition::In { what, set } => format!("{} = {}", self.calc(what, reader), self.set(what, set, reader)),
            Condition::Contains { what, set } => {
                let what = Calc::Answer(what.clone());
                format!("{} {} {}", self.calc(&what, reader), pick("enthält", "contains"), self.set(&what, set, reader))
            }
            Condition::Compare { left, op, right } => {
                let op = match op {
                    Op::Eq => "=",
                    Op::Ne => "≠",
                    Op::Lt => "<",
                    Op::Le => "≤",
                    Op::Gt => ">",
                    Op::Ge => "≥",
                };
                format!("{} {op} {}", self.calc(left, reader), self.beside(left, right, reader))
            }
            Condition::Answered(answer) => {
                format!("{} {}", self.steps(&answer.steps), pick("ist beantwortet", "is answered"))
            }
            Condition::Every { list, holds } => {
                format!("{} {}: {}", pick("jeder", "every"), self.steps(&list.steps), self.condition(holds, reader))
            }
            Condition::Some { list, holds } => {
                let some = pick("mindestens ein", "at least one");
                format!("{some} {}: {}", self.steps(&list.steps), self.condition(holds, reader))
            }
            Condition::Distinct { list, by } => {
                let by = by.steps.last().map(|last| self.steps(std::slice::from_ref(last))).unwrap_or_default();
                format!("{} {} {by}", self.steps(&list.steps), pick("verschieden nach", "distinct by"))
            }
            Condition::Group { quantity, answers } => {
                let names: Vec<String> = answers.iter().map(|answer| self.steps(&answer.steps)).collect();
                let quantity = match quantity {
                    crate::model::Quantity::AtLeastOne => pick("mindestens eine Antwort", "at least one answer"),
                    crate::model::Quantity::ExactlyOne => pick("genau eine Antwort", "exactly one answer"),
                    crate::model::Quantity::AtMostOne => pick("höchstens eine Antwort", "at most one answer"),
                };
                format!("{quantity}: {}", names.join(", "))
            }
        }
    }

    /// The right side of a comparison: numbers in the unit of the left one.
    fn beside(&self, left: &Calc, right: &Calc, reader: Language) -> String {
        match right {
            Calc::Number(number) => self.number(left, *number, reader),
            other => self.calc(other, reader),
        }
    }

    fn calc(&self, calc: &Calc, reader: Language) -> String {
        let english = reader == Language::English;
        let pick = |de: &'static str, en: &'static str| if english { en } else { de };
        let inner = |calc: &Calc| self.calc(calc, reader);
        match calc {
            Calc::Number(number) => written(*number),
            Calc::Bool(true) => pick("Ja", "yes").to_owned(),
            Calc::Bool(false) => pick("Nein", "no").to_owned(),
            Calc::Key(key) => self.sites.world.spelled(key),
            Calc::Date(date) => date_text(*date),
            Calc::MonthDay(day) => month_day(*day),
            Calc::Time(time) => format!("{:02}:{:02}", time.hour(), time.minute()),
            Calc::Answer(reference) => {
                let name = self.steps(&reference.steps);
                reference
                    .fact
                    .as_ref()
                    .map_or(name.clone(), |fact| format!("{name}.{}", self.sites.world.spelled(fact)))
            }
            Calc::Computed(name) => self.sites.world.spelled(name),
            Calc::Today => pick("heute", "today").to_owned(),
            Calc::Now => pick("jetzt", "now").to_owned(),
            Calc::Age { born, on } => {
                let age = format!("{} {}", pick("Alter von", "Age of"), inner(born));
                match on.as_ref() {
                    Calc::Today => age,
                    on => format!("{age} {} {}", pick("am", "on"), inner(on)),
                }
            }
            Calc::Count { list, with } => {
                let count = format!("{} {}", pick("Anzahl", "Count"), self.steps(&list.steps));
                match with {
                    Some(with) => format!("{count} {} {}", pick("mit", "with"), self.condition(with, reader)),
                    None => count,
                }
            }
            Calc::Sum { list, of, .. } => {
                format!("{} {}: {}", pick("Summe", "Sum"), self.steps(&list.steps), inner(of))
            }
            Calc::Add(a, b) => match b.as_ref() {
                Calc::Number(number) if number.is_sign_negative() => format!("{} - {}", inner(a), written(-number)),
                b => format!("{} + {}", inner(a), inner(b)),
            },
            Calc::Sub(a, b) => format!("{} - {}", inner(a), inner(b)),
            Calc::Mul(a, b) => format!("{} × {}", inner(a), inner(b)),
            Calc::Div(a, b) => format!("{} / {}", inner(a), inner(b)),
            Calc::Round { of, .. } => inner(of),
            Calc::AtLeast(of, least) => format!("{}, {} {}", inner(of), pick("mindestens", "at least"), inner(least)),
            Calc::AtMost(of, most) => format!("{}, {} {}", inner(of), pick("höchstens", "at most"), inner(most)),
            Calc::Shift { date, by, unit } => {
                let unit = Unit::of(crate::check::units::word(*unit), None);
                let one = matches!(by.as_ref(), Calc::Number(number) if number.abs() == Decimal::ONE);
                let unit = if one { unit.of_one(reader) } else { unit.written(reader) };
                match by.as_ref() {
                    Calc::Number(number) if number.is_sign_negative() => {
                        format!("{} - {} {unit}", inner(date), written(-number))
                    }
                    by => format!("{} + {} {unit}", inner(date), inner(by)),
                }
            }
            Calc::PeriodEnd(date) => inner(date),
            Calc::At { date, time } => {
                format!("{} {} {:02}:{:02}", inner(date), pick("um", "at"), time.hour(), time.minute())
            }
        }
    }

    fn set(&self, what: &Calc, set: &Set, reader: Language) -> String {
        let english = reader == Language::English;
        let pick = |de: &'static str, en: &'static str| if english { en } else { de };
        let range = |from: Option<String>, to: Option<String>| match (from, to) {
            (Some(from), Some(to)) if from == to => from,
            (Some(from), Some(to)) => format!("{from} {} {to}", pick("bis", "to")),
            (Some(from), None) => format!("{} {from}", pick("ab", "from")),
            (None, Some(to)) => format!("{} {to}", pick("bis", "up to")),
            (None, None) => pick("beliebig", "any").to_owned(),
        };
        let mut parts: Vec<String> = match &set.values {
            Values::Any => vec![pick("beliebig", "any").to_owned()],
            Values::Bools(all) => {
                all.iter().map(|yes| if *yes { pick("Ja", "yes") } else { pick("Nein", "no") }.to_owned()).collect()
            }
            Values::Keys(keys) => keys.iter().map(|key| self.sites.world.spelled(key)).collect(),
            Values::Numbers(ranges) => ranges
                .iter()
                .map(|one| {
                    let number = |value: Option<Decimal>| value.map(|value| self.number(what, value, reader));
                    range(number(one.from), number(one.to))
                })
                .collect(),
            Values::Dates(ranges) => {
                ranges.iter().map(|one| range(one.from.map(date_text), one.to.map(date_text))).collect()
            }
            Values::Season(days) => {
                days.iter().map(|(from, to)| range(Some(month_day(*from)), Some(month_day(*to)))).collect()
            }
            Values::Municipalities { within, except } => {
                let name = |key: &String| {
                    let known = self.sites.world.regions.name(key);
                    known.map_or_else(|| key.clone(), |name| name.into_owned())
                };
                let within = within.iter().map(name).collect::<Vec<_>>().join(pick(" oder ", " or "));
                if except.is_empty() {
                    vec![within]
                } else {
                    let except = except.iter().map(name).collect::<Vec<_>>().join(", ");
                    vec![format!("{within} {} {except}", pick("ohne", "except"))]
                }
            }
        };
        if set.no_answer && set.values != Values::Any {
            parts.push(pick("keine Antwort", "no answer").to_owned());
        }
        parts.join(pick(" oder ", " or "))
    }

    /// A number with the unit of what it is held against.
    fn number(&self, what: &Calc, number: Decimal, reader: Language) -> String {
        let unit = self.unit(what);
        let shown = if unit.is_money() { number / Decimal::ONE_HUNDRED } else { number };
        let unit = if shown.abs() == Decimal::ONE { unit.of_one(reader) } else { unit.written(reader) };
        format!("{} {unit}", written(shown)).trim().to_owned()
    }

    fn unit(&self, what: &Calc) -> Unit {
        let procedure = self.sites.procedure;
        let read = |unit: Option<&String>| unit.map_or_else(Unit::none, |unit| Unit::read(unit));
        match what {
            Calc::Answer(reference) => {
                match super::values::question(procedure, &reference.steps).map(|one| &one.kind) {
                    Some(Kind::Whole(limits) | Kind::Decimal { limits, .. }) => read(limits.unit.as_ref()),
                    Some(Kind::Money(limits)) => {
                        Unit::read(&format!("€ {}", limits.unit.as_deref().unwrap_or_default()))
                    }
                    _ => Unit::none(),
                }
            }
            Calc::Computed(name) => {
                let computed = procedure.computed.iter().find(|computed| computed.name == *name);
                read(computed.and_then(|computed| computed.unit.as_ref()))
            }
            Calc::Sum { of, .. } => self.unit(of),
            Calc::Age { .. } => Unit::read("Jahre"),
            _ => Unit::none(),
        }
    }
}

/// Whether a condition says of a value which one it is.
fn is_value(condition: &Condition) -> bool {
    matches!(
        condition,
        Condition::In { .. } | Condition::Contains { .. } | Condition::Compare { op: Op::Eq, .. } | Condition::All(_)
    )
}

fn date_text(date: jiff::civil::Date) -> String {
    format!("{:02}.{:02}.{}", date.day(), date.month(), date.year())
}

fn month_day(day: MonthDay) -> String {
    format!("{:02}.{:02}.", day.day, day.month)
}
