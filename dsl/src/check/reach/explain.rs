//! Why something never or always holds: the conditions without which it would be otherwise.

use super::engine::Verdict;
use super::formula::F;
use super::judge::{Build, Judge};
use super::site::{Found, Site};
use super::variable::{Domain, Key};
use crate::check::intervals::day;
use crate::diagnostic::Both;
use crate::kind::Kind;
use crate::model::Language;
use crate::syntax::Span;

/// More conditions are not tried one by one.
const MOST_TRIED: usize = 40;

impl Judge<'_> {
    /// The reason as a part of a sentence, and the places that belong to it. `never`: the
    /// condition of the site never holds; otherwise it never fails.
    pub fn because(&mut self, site: &Site, build: Build<'_>, never: bool) -> (Both, Vec<(String, Span)>) {
        let core = self.core(site, build);
        let own = match site {
            Site::Rule(_) | Site::QuestionRule(..) => self.sites.must_hold(site),
            _ => self.sites.found(site),
        };
        let Some(own) = own else { return (Both::same(""), Vec::new()) };
        let others: Vec<(Site, Found)> =
            core.into_iter().filter_map(|site| Some((site.clone(), self.sites.found(&site)?))).collect();
        let related = others.iter().map(|(_, found)| (found.file.clone(), found.span)).collect();
        let limits = if others.is_empty() && !joins(&own.text) { self.limits(build) } else { None };
        (Both::each(|reader| self.reason(&own, &others, limits.as_ref(), never, reader)), related)
    }

    fn reason(
        &self,
        own: &Found,
        others: &[(Site, Found)],
        limits: Option<&(String, Both)>,
        never: bool,
        reader: Language,
    ) -> String {
        let english = reader == Language::English;
        let quoted = |text: &str| if english { format!("“{text}”") } else { format!("„{text}“") };
        let home = self.sites.line(own).0;
        let place = |found: &Found| {
            let (file, line) = self.sites.line(found);
            let line = if english { format!("line {line}") } else { format!("Zeile {line}") };
            if file == home { line } else { format!("{file}, {line}") }
        };
        let (mut conditions, mut pages) = (Vec::new(), Vec::new());
        for (site, found) in others {
            match site {
                Site::EndPage(_) => pages.push(format!("{} ({})", quoted(&self.name(site)), place(found))),
                _ => conditions.push(format!("{} ({})", quoted(&found.text), place(found))),
            }
        }
        let and = if english { " and " } else { " und " };
        let (conditions, pages) = (conditions.join(and), pages.join(and));
        let text = quoted(&own.text);
        let mut said = match (never, conditions.is_empty(), pages.is_empty(), english) {
            (true, true, true, _) => self.never_alone(&own.text, limits, reader),
            (true, true, false, true) => format!("{text} holds only where the end page {pages} is reached before"),
            (true, true, false, false) => {
                format!("{text} gilt nur, wo vorher schon die Endseite {pages} erreicht ist")
            }
            (true, false, _, true) => format!("{text} never holds together with {conditions}"),
            (true, false, _, false) => format!("{text} gilt nie zugleich mit {conditions}"),
            (false, true, true, true) => limits.map_or_else(String::new, |(name, limits)| {
                format!(", because {} can only be {}", quoted(name), limits.get(reader))
            }),
            (false, true, true, false) => limits.map_or_else(String::new, |(name, limits)| {
                format!(", weil {} nur {} sein kann", quoted(name), limits.get(reader))
            }),
            (false, true, false, true) => format!(", because otherwise the end page {pages} is reached before"),
            (false, true, false, false) => format!(", weil sonst vorher die Endseite {pages} erreicht wird"),
            (false, false, _, true) => format!(", because of {conditions}"),
            (false, false, _, false) => format!(", wegen {conditions}"),
        };
        if !conditions.is_empty() && !pages.is_empty() {
            said += &if english {
                format!(", unless the end page {pages} is reached before")
            } else {
                format!(", ohne dass vorher schon die Endseite {pages} erreicht ist")
            };
        }
        said
    }

    /// A condition never holds, and nothing else is to blame.
    fn never_alone(&self, text: &str, limits: Option<&(String, Both)>, reader: Language) -> String {
        let english = reader == Language::English;
        let quoted = |text: &str| if english { format!("“{text}”") } else { format!("„{text}“") };
        if let Some((name, limits)) = limits {
            let (name, limits, text) = (quoted(name), limits.get(reader), quoted(text));
            return if english {
                format!("{text} never holds, because {name} can only be {limits}")
            } else {
                format!("{text} trifft nie zu, weil {name} nur {limits} sein kann")
            };
        }
        match text.split_once('=').filter(|(_, right)| !right.contains(['=', '<', '>'])) {
            Some((left, right)) if !joins(text) => {
                let (left, right) = (quoted(left.trim()), quoted(right.trim()));
                if english { format!("{left} is never {right}") } else { format!("{left} ist nie {right}") }
            }
            _ if joins(text) && english => format!("{} contradicts itself", quoted(text)),
            _ if joins(text) => format!("{} widerspricht sich", quoted(text)),
            _ if english => format!("{} never holds", quoted(text)),
            _ => format!("{} trifft nie zu", quoted(text)),
        }
    }

    /// Where a formula depends on one number or day alone: its name, and from where to where it goes.
    fn limits(&mut self, build: Build<'_>) -> Option<(String, Both)> {
        let formula = build(&mut self.engine);
        let vars = self.engine.formulas.variables(formula);
        let [var] = vars.as_slice() else { return None };
        let variable = self.engine.variables.at(*var);
        let (Key::Answer(steps), Domain::Line(line)) = (&variable.key, &variable.domain) else { return None };
        let name = self.spelled(steps);
        let kind = self.engine.kind(steps)?;
        let (from, to) = (line.from, line.to);
        let limits = match kind {
            Kind::Date(_) | Kind::BirthDate { .. } => {
                let (from, to) = (day(from)?, day(to)?);
                let ends = from.year() > 1900 && to.year() < 2200;
                let said = |reader, word| {
                    let day = |date| crate::kind::show_date(date, reader);
                    format!("{} {word} {}", day(from), day(to))
                };
                ends.then(|| Both::new(said(Language::German, "bis"), said(Language::English, "to")))?
            }
            Kind::Whole(limits) | Kind::Decimal { limits, .. } => {
                limits.max?;
                let (from, to) = limits.range();
                let (from, to) = (crate::check::things::written(from), crate::check::things::written(to));
                Both::new(format!("{from} bis {to}"), format!("{from} to {to}"))
            }
            _ => return None,
        };
        Some((name, limits))
    }

    /// Conditions of other places that are needed for a formula to be impossible.
    fn core(&mut self, site: &Site, build: Build<'_>) -> Vec<Site> {
        self.engine.touched.clear();
        let mut fresh = self.engine.without(self.engine.free.clone());
        build(&mut fresh);
        let mut needed: Vec<Site> = fresh.touched.iter().filter(|other| *other != site).cloned().collect();
        let mut free = self.engine.free.clone();
        let without_all = free.iter().cloned().chain(needed.iter().cloned()).collect();
        if self.impossible_without(&without_all, build) {
            return Vec::new();
        }
        let tried: Vec<Site> = needed.iter().take(MOST_TRIED).cloned().collect();
        for other in tried {
            free.insert(other.clone());
            if self.impossible_without(&free, build) {
                needed.retain(|known| *known != other);
            } else {
                free.remove(&other);
            }
        }
        needed
    }

    fn impossible_without(&mut self, free: &rustc_hash::FxHashSet<Site>, build: Build<'_>) -> bool {
        let mut engine = self.engine.without(free.clone());
        let formula = build(&mut engine);
        let found = matches!(engine.can(formula), Verdict::Cannot);
        self.engine.formulas.looks = engine.formulas.looks;
        found
    }

    /// The questions that a formula depends on, in words.
    pub fn questions_in(&mut self, formula: F) -> String {
        let vars = self.engine.formulas.variables(formula);
        let mut names: Vec<String> = Vec::new();
        for mut var in vars {
            if let Key::Season(date) | Key::Same(date, _) | Key::Age { born: date, .. } =
                self.engine.variables.at(var).key
            {
                var = date;
            }
            let steps = match &self.engine.variables.at(var).key {
                Key::Answer(steps)
                | Key::Given(steps)
                | Key::Chosen(steps, _)
                | Key::ChosenOf(steps, _)
                | Key::Distinct(steps, _)
                | Key::Length(steps) => steps.clone(),
                Key::Counted(_) => match self.engine.counted.get(&var) {
                    Some((list, _)) => list.steps.clone(),
                    None => continue,
                },
                _ => continue,
            };
            let name = self.spelled(&steps);
            if !names.contains(&name) {
                names.push(name);
            }
        }
        if names.len() > 6 {
            names.truncate(6);
            names.push("…".to_owned());
        }
        names.join(", ")
    }

    /// A place as an author writes it.
    pub fn spelled(&self, steps: &[crate::model::Step]) -> String {
        let keys: Vec<String> = steps
            .iter()
            .filter_map(|step| match step {
                crate::model::Step::Key(key) => Some(self.sites.world.spelled(key)),
                crate::model::Step::Entry => None,
            })
            .collect();
        keys.join(".")
    }
}

/// Whether a condition is made of several.
fn joins(text: &str) -> bool {
    text.split_whitespace().any(|word| matches!(word, "und" | "oder" | "nicht" | "and" | "or" | "not"))
        || text.contains(':')
}
