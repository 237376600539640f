//! Random procedures as text, with conditions that contradict each other now and then.

use std::fmt::Write as _;

use crate::random::Random;

/// How large.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    /// Few answers, so that every way can be tried.
    Small,
    /// Numbers up to 1,000, dates, more questions and entries.
    Large,
}

/// A condition: its line, and what it belongs to.
#[derive(Debug, Clone)]
pub struct Spot {
    pub line: usize,
    pub what: What,
}

/// What a condition belongs to.
#[derive(Debug, Clone)]
pub enum What {
    Section(usize),
    /// The question with this key in the section with this index.
    Question(usize, String),
    Option(usize, String, String),
    EndPage(usize),
    /// A rule without a condition of its own.
    Rule(usize),
}

pub struct Written {
    pub text: String,
    pub spots: Vec<Spot>,
}

#[derive(Clone)]
enum Sort {
    YesNo,
    Choice,
    Number,
    Date,
    /// A repeat with a yes or no and a choice in each entry.
    Things,
}

#[derive(Clone)]
struct Known {
    name: String,
    sort: Sort,
    /// It is certainly asked and answered.
    certain: bool,
}

struct Maker<'r> {
    random: &'r mut Random,
    size: Size,
    out: String,
    spots: Vec<Spot>,
    known: Vec<Known>,
}

pub fn write(random: &mut Random, size: Size) -> Written {
    let out = "Sprache: Deutsch\nAntrag probe \"Eine Probe\"\n  Fassung: 1, gültig ab 01.01.2026\n".to_owned();
    let mut maker = Maker { random, size, out, spots: Vec::new(), known: Vec::new() };
    maker.form();
    Written { text: maker.out, spots: maker.spots }
}

impl Maker<'_> {
    fn is_large(&self) -> bool {
        self.size == Size::Large
    }

    fn spot(&mut self, what: What) {
        self.spots.push(Spot { line: self.out.matches('\n').count(), what });
    }

    fn only_if(&mut self, indent: &str, what: What) {
        let condition = self.condition(2);
        let _ = writeln!(self.out, "{indent}nur wenn: {condition}");
        self.spot(what);
    }

    fn form(&mut self) {
        let sections = 2 + self.random.below(2);
        let questions = if self.is_large() { 5 } else { 2 };
        let mut pages = String::new();
        let mut page_spots = Vec::new();
        for section in 0..sections {
            let _ = write!(self.out, "\nAbschnitt s{section} \"Abschnitt\"\n");
            let asked_always = section == 0 || !self.random.one_in(3);
            if !asked_always {
                self.only_if("  ", What::Section(section));
            }
            let repeated = section == 1 && self.random.one_in(3);
            if repeated {
                self.things(section);
                continue;
            }
            for index in 0..=self.random.below(questions) + usize::from(section == 0) {
                self.question(section, index, asked_always);
            }
            // An end page with a condition over what has been asked so far.
            if section > 0 && section + 1 < sections && self.random.one_in(3) {
                let condition = self.condition(1);
                page_spots.push((condition, section));
            }
        }
        self.rules();
        self.out.push_str("\nZuständigkeit\n  | q0_0 || an |\n  | beliebig || amt |\n");
        for (index, (condition, _)) in page_spots.into_iter().enumerate() {
            let _ = write!(pages, "\nEndseite ende{index} \"Ende\"\n  nur wenn: {condition}\n");
            self.out.push_str(&pages);
            pages.clear();
            self.spot(What::EndPage(index));
        }
    }

    fn things(&mut self, section: usize) {
        let most = if self.is_large() { 4 } else { 2 };
        let least = self.random.below(2);
        let _ = write!(
            self.out,
            "  wiederholt: {least} bis {most} mal, je \"Ding\"\n  Frage ja \"Ja?\"\n    Art: Ja oder Nein\n  Frage art \
             \"Welche Art?\"\n    Art: eine von\n    - x \"X\"\n    - y \"Y\"\n"
        );
        if self.random.one_in(2) {
            let value = ["Ja", "Nein"][self.random.below(2)];
            let condition = if self.random.one_in(4) {
                format!("ja = {value} und {}", self.leaf())
            } else {
                format!("ja = {value}")
            };
            let _ = writeln!(self.out, "    nur wenn: {condition}");
            self.spot(What::Question(section, "art".to_owned()));
        }
        self.known.push(Known { name: format!("s{section}"), sort: Sort::Things, certain: true });
    }

    fn question(&mut self, section: usize, index: usize, asked_always: bool) {
        let name = format!("q{section}_{index}");
        let first = section == 0 && index == 0;
        let sort = match self.random.below(if self.is_large() { 5 } else { 3 }) {
            _ if first => Sort::YesNo,
            0 => Sort::YesNo,
            1 => Sort::Choice,
            2 | 3 => Sort::Number,
            _ => Sort::Date,
        };
        let optional = !first && self.random.one_in(4);
        let _ = write!(self.out, "  Frage {name} \"Frage?\"\n    Art: ");
        let kind = match sort {
            Sort::YesNo => "Ja oder Nein".to_owned(),
            Sort::Choice => "eine von".to_owned(),
            Sort::Number if self.is_large() => {
                let from = self.random.below(500);
                format!("ganze Zahl, {from} bis {}", from + self.random.below(500))
            }
            Sort::Number => "ganze Zahl, 0 bis 3".to_owned(),
            Sort::Date | Sort::Things => "Datum, 01.01.2026 bis 31.12.2027".to_owned(),
        };
        let _ = writeln!(self.out, "{kind}{}", if optional { ", freiwillig" } else { "" });
        let conditional = !first && self.random.one_in(2);
        if conditional {
            self.only_if("    ", What::Question(section, name.clone()));
        }
        if matches!(sort, Sort::Choice) {
            self.out.push_str("    - x \"X\"\n    - y \"Y\"\n");
            let _ = write!(self.out, "    - z \"Z\"");
            if self.random.one_in(3) {
                let condition = self.condition(1);
                let _ = writeln!(self.out, ", nur wenn: {condition}");
                self.spot(What::Option(section, name.clone(), "z".to_owned()));
            } else {
                self.out.push('\n');
            }
        }
        let certain = !optional && !conditional && asked_always;
        self.known.push(Known { name, sort, certain });
    }

    /// Rules over what is certainly asked, so that it is plain where they apply.
    fn rules(&mut self) {
        let all = self.known.clone();
        self.known.retain(|known| known.certain && !matches!(known.sort, Sort::Things));
        for index in 0..self.random.below(3) {
            let condition = self.condition(1);
            let _ = write!(self.out, "\nRegel r{index}\n  Es muss gelten: {condition}\n");
            self.spot(What::Rule(index));
            self.out.push_str("  sonst: \"Das geht nicht.\"\n");
        }
        self.known = all;
    }

    fn condition(&mut self, depth: usize) -> String {
        if depth == 0 || self.random.one_in(2) {
            return self.leaf();
        }
        let word = if self.random.one_in(2) { " und " } else { " oder " };
        let parts: Vec<String> =
            (0..2 + self.random.below(2)).map(|_| format!("({})", self.condition(depth - 1))).collect();
        parts.join(word)
    }

    fn leaf(&mut self) -> String {
        let known = self.random.of(&self.known).clone();
        let name = &known.name;
        let number = |random: &mut Random, large: bool| random.below(if large { 1_000 } else { 5 });
        let large = self.is_large();
        match known.sort {
            Sort::YesNo if self.random.one_in(6) => format!("{name} ist beantwortet"),
            Sort::YesNo => format!("{name} = {}", ["Ja", "Nein"][self.random.below(2)]),
            Sort::Choice => match self.random.below(4) {
                0 => format!("{name} = (x oder y)"),
                1 if known.certain => format!("nicht ({name} = {})", ["x", "y"][self.random.below(2)]),
                2 => format!("{name} ist nicht beantwortet"),
                _ => format!("{name} = {}", ["x", "y", "z"][self.random.below(3)]),
            },
            Sort::Number => {
                let (from, step) = (number(self.random, large), self.random.below(if large { 300 } else { 2 }));
                let others: Vec<Known> = self
                    .known
                    .iter()
                    .filter(|other| other.certain && matches!(other.sort, Sort::Number) && other.name != *name)
                    .cloned()
                    .collect();
                match self.random.below(5) {
                    0 => format!("{name} = ab {from}"),
                    1 => format!("{name} = {from} bis {}", from + step),
                    2 if known.certain && !others.is_empty() => {
                        let other = self.random.of(&others).name.clone();
                        let op = *self.random.of(&["<", "≤", ">", "≥", "="]);
                        if self.random.one_in(2) {
                            format!("{name} {op} {other}")
                        } else {
                            format!("{name} + {step} {op} {other}")
                        }
                    }
                    3 if known.certain => format!("{name} {} {from}", self.random.of(&["<", "≥"])),
                    _ => format!("{name} = bis {from}"),
                }
            }
            Sort::Date => {
                let day = format!(
                    "{:02}.{:02}.{}",
                    1 + self.random.below(28),
                    1 + self.random.below(12),
                    2026 + self.random.below(2)
                );
                let others: Vec<Known> = self
                    .known
                    .iter()
                    .filter(|other| other.certain && matches!(other.sort, Sort::Date) && other.name != *name)
                    .cloned()
                    .collect();
                match self.random.below(3) {
                    0 if known.certain && !others.is_empty() => {
                        let other = self.random.of(&others).name.clone();
                        format!(
                            "{name} {} {other} + {} Tage",
                            self.random.of(&["<", "≤", ">", "≥"]),
                            2 + self.random.below(300)
                        )
                    }
                    1 => format!("{name} = ab {day}"),
                    _ => format!("{name} = bis {day}"),
                }
            }
            Sort::Things => {
                let inner = match self.random.below(3) {
                    0 => "ja = Ja".to_owned(),
                    1 => "ja = Nein".to_owned(),
                    _ => format!("art = {}", ["x", "y"][self.random.below(2)]),
                };
                match self.random.below(5) {
                    0 => format!("mindestens ein {name}: {inner}"),
                    1 => format!("kein {name}: {inner}"),
                    2 if !inner.starts_with("art") => format!("jeder {name}: {inner}"),
                    3 => format!("Anzahl {name} ≥ {}", self.random.below(3)),
                    _ => format!("(Anzahl {name} mit {inner}) ≥ {}", self.random.below(3)),
                }
            }
        }
    }
}
