//! What is looked at one after the other: conditions of sections, questions, texts, options, end
//! pages, fees and computed values.

use rustc_hash::FxHashSet as HashSet;

use super::case::Case;
use super::engine::{Engine, Verdict};
use super::formula::{ALWAYS, F, NEVER};
use super::site::{Site, Sites};
use super::witness::options;
use crate::diagnostic::{Both, Diagnostic, Problem};
use crate::model::{ComputedValue, Condition, Item, Step};

/// More dead things of one procedure are not reported: they follow from the first.
const MOST_DEAD: usize = 30;

/// Looks for what is dead, and reports it.
pub(super) struct Judge<'p> {
    pub engine: Engine<'p>,
    pub sites: Sites<'p>,
    pub dead: usize,
    /// What the examples of the procedure show.
    pub examples: Vec<Case>,
    warm: bool,
}

/// A formula that is built anew when conditions are looked away from.
pub(super) type Build<'b> = &'b dyn Fn(&mut Engine<'_>) -> F;

/// Looks at what the evaluator makes of answers.
pub(super) type Seen<'s> = &'s dyn Fn(&Engine<'_>, &Case) -> bool;

impl<'p> Judge<'p> {
    pub fn new(engine: Engine<'p>, sites: Sites<'p>) -> Self {
        Self { engine, sites, dead: 0, examples: Vec::new(), warm: false }
    }

    /// Builds the formulas of all questions in the order of the file, each of those before it.
    pub fn warm(&mut self) {
        if std::mem::replace(&mut self.warm, true) {
            return;
        }
        self.engine.warm();
    }

    /// From now on a dead condition is looked away from: what follows from it is not reported.
    pub fn look_away(&mut self, site: Site) {
        let mut free: HashSet<Site> = self.engine.free.clone();
        free.insert(site);
        self.engine = self.engine.without(free);
        self.dead += 1;
        self.warm = false;
    }

    /// All conditions.
    pub fn conditions(&mut self) {
        let procedure = self.engine.procedure;
        for (index, section) in procedure.sections.iter().enumerate() {
            if let Some(condition) = &section.condition {
                self.condition(Site::Section(index), condition, &move |engine| engine.running(index));
            }
            let list = section.repeat.is_some().then(|| vec![Step::Key(section.key.clone())]);
            self.items(&section.items, index, list.as_deref());
        }
        for (index, page) in procedure.end_pages.iter().enumerate() {
            if let Some((condition, after)) = &page.stops {
                let after = self.engine.section_of(after).unwrap_or(0);
                self.condition(Site::EndPage(index), condition, &move |engine| before_page(engine, index, after));
            }
        }
        for (index, computed) in procedure.computed.iter().enumerate() {
            if let Some(condition) = &computed.condition {
                self.condition(Site::Computed(index), condition, &|_| ALWAYS);
            }
            if let ComputedValue::Condition(condition) = &computed.value {
                self.computed(index, condition);
            }
        }
        for (index, fee) in procedure.fees.iter().enumerate() {
            if let Some(condition) = &fee.condition {
                self.condition(Site::Fee(index), condition, &|engine| engine.running(engine.procedure.sections.len()));
            }
        }
    }

    /// The questions and texts of a section; what is in blocks was looked at with the block.
    fn items(&mut self, items: &'p [Item], section: usize, list: Option<&[Step]>) {
        for item in items {
            let (key, condition) = match item {
                Item::Question(question) => (&question.key, question.condition.as_ref()),
                Item::Paragraph(paragraph) => (&paragraph.key, paragraph.condition.as_ref()),
            };
            let site = Site::Item(section, vec![key.clone()]);
            let list = list.map(<[Step]>::to_vec);
            let around = move |engine: &mut Engine<'_>| match &list {
                None => engine.section_asked(section),
                Some(list) => engine.present(list),
            };
            if let Some(condition) = condition {
                self.condition(site, condition, &around);
            }
            let Item::Question(question) = item else { continue };
            for option in options(&question.kind).unwrap_or_default() {
                if let Some(condition) = &option.condition {
                    let site = Site::Option(section, vec![key.clone()], option.key.clone());
                    let steps = self.steps(section, key);
                    self.condition(site, condition, &move |engine| engine.asked(&steps));
                }
            }
        }
    }

    /// The place of a question of a section.
    pub fn steps(&self, section: usize, key: &str) -> Vec<Step> {
        let section = &self.engine.procedure.sections[section];
        let own = Step::Key(key.to_owned());
        match section.repeat {
            Some(_) => vec![Step::Key(section.key.clone()), Step::Entry, own],
            None => vec![own],
        }
    }

    /// Whether a condition can hold and can fail where it is looked at.
    pub fn condition(&mut self, site: Site, condition: &Condition, around: Build<'_>) {
        if self.dead >= MOST_DEAD || !self.sites.is_looked_at(&site) {
            return;
        }
        self.warm();
        if self.stops_here(&site) {
            return;
        }
        let holds = |engine: &mut Engine<'_>| {
            let (around, holds) = (around(engine), engine.holds(condition));
            engine.formulas.all([around, holds])
        };
        let fails = |engine: &mut Engine<'_>| {
            let (around, holds) = (around(engine), engine.holds(condition));
            let not = engine.formulas.not(holds);
            engine.formulas.all([around, not])
        };
        let looked_at = around(&mut self.engine);
        if looked_at == NEVER {
            return;
        }
        let seen = |wanted: bool| {
            let site = site.clone();
            move |engine: &Engine<'_>, case: &Case| {
                case.around(engine, &site).iter().any(|entries| case.holds(engine, condition, entries) == wanted)
            }
        };
        match self.possible_at(&site, &holds, &seen(true)) {
            Some(true) => {}
            Some(false) => {
                if self.possible(around, &|_, _| true, &|_, _| false) != Some(false) {
                    self.never(&site, &holds);
                }
                return;
            }
            None => self.not_decided(&site, &holds),
        }
        match self.possible_at(&site, &fails, &seen(false)) {
            Some(false) => self.always(&site, &fails),
            None => self.not_decided(&site, &fails),
            Some(true) => {}
        }
    }

    /// Whether all the work that may be done has been done: said once, and nothing more is looked at.
    pub fn stops_here(&mut self, site: &Site) -> bool {
        if self.engine.is_spent() && self.dead < MOST_DEAD {
            let what = self.what_decided(site);
            let all = Both::new(
                format!("{} und was danach kommt", what.get(crate::model::Language::German)),
                format!("{} and what comes after it", what.get(crate::model::Language::English)),
            );
            let questions = self.sites.must_hold(site).map(|found| found.text).unwrap_or_default();
            self.say(site, Problem::NotDecided { what: all, questions }, Vec::new());
            self.dead = MOST_DEAD;
        }
        self.dead >= MOST_DEAD
    }

    /// Whether a formula can hold at a place; `None`: nobody knows.
    fn possible_at(&mut self, site: &Site, build: Build<'_>, seen: Seen<'_>) -> Option<bool> {
        // Elsewhere a case does not say whether the place is looked at in it.
        let exact = matches!(site, Site::Section(_) | Site::Item(..) | Site::Option(..));
        self.possible(build, seen, &|engine, case| exact && seen(engine, case))
    }

    /// Whether a formula can hold; `None`: nobody knows. `shown` looks at an example of the
    /// procedure, which may be any case, `seen` at one in which the formula should hold.
    pub fn possible(&mut self, build: Build<'_>, seen: Seen<'_>, shown: Seen<'_>) -> Option<bool> {
        let formula = build(&mut self.engine);
        if formula == NEVER || formula == ALWAYS {
            return Some(formula == ALWAYS);
        }
        let found = match self.engine.can(formula) {
            Verdict::Cannot => return Some(false),
            Verdict::Can(_, true) => true,
            Verdict::Can(_, false) => self.engine.confirmed(formula, seen).is_some(),
            Verdict::TooLong => false,
        };
        (found || self.examples.iter().any(|case| shown(&self.engine, case))).then_some(true)
    }

    /// A computed yes or no that is always the same.
    fn computed(&mut self, index: usize, condition: &Condition) {
        if self.dead >= MOST_DEAD || !self.sites.is_looked_at(&Site::Computed(index)) {
            return;
        }
        self.warm();
        let there = |engine: &mut Engine<'_>| match &engine.procedure.computed[index].condition {
            Some(condition) => engine.guarded(Site::Computed(index), condition),
            None => ALWAYS,
        };
        for (wanted, value) in [(true, Both::new("Nein", "no")), (false, Both::new("Ja", "yes"))] {
            let formula = |engine: &mut Engine<'_>| {
                let (there, holds) = (there(engine), engine.holds(condition));
                let right = if wanted { holds } else { engine.formulas.not(holds) };
                engine.formulas.all([there, right])
            };
            let seen = |engine: &Engine<'_>, case: &Case| case.holds(engine, condition, &[]) == wanted;
            let site = Site::Computed(index);
            match self.possible(&formula, &seen, &|_, _| false) {
                Some(true) => {}
                Some(false) => {
                    let name = self.name(&site);
                    let because = self.because(&site, &formula, false);
                    self.say(&site, Problem::ComputedConstant { name, value, because: because.0 }, because.1);
                    return;
                }
                None => return self.not_decided(&site, &formula),
            }
        }
    }

    fn never(&mut self, site: &Site, holds: Build<'_>) {
        let what = self.what_never(site);
        let (because, related) = self.because(site, holds, true);
        self.say(site, Problem::NeverReached { what, because }, related);
        self.look_away(site.clone());
    }

    fn always(&mut self, site: &Site, fails: Build<'_>) {
        let condition = self.sites.found(site).map(|found| found.text).unwrap_or_default();
        let (because, related) = self.because(site, fails, false);
        self.say(site, Problem::AlwaysHolds { condition, because }, related);
        self.engine.fixed.insert(site.clone());
    }

    /// A message that it could not be checked; once for each place.
    pub fn not_decided(&mut self, site: &Site, build: Build<'_>) {
        let what = self.what_decided(site);
        let formula = build(&mut self.engine);
        let mut questions = self.questions_in(formula);
        if questions.is_empty() {
            questions = self.sites.must_hold(site).map(|found| found.text).unwrap_or_default();
        }
        self.say(site, Problem::NotDecided { what, questions }, Vec::new());
    }

    pub fn say(&self, site: &Site, problem: Problem, related: Vec<(String, crate::syntax::Span)>) {
        let found = match site {
            Site::Rule(_) | Site::QuestionRule(..) => self.sites.must_hold(site),
            _ => self.sites.found(site),
        };
        let Some(found) = found else { return };
        let mut message = Diagnostic::new(problem, &found.file, found.span);
        message.related = related;
        self.sites.tell(message);
    }
}

/// No end page that comes first stops there.
pub(super) fn before_page(engine: &mut Engine<'_>, index: usize, after: usize) -> F {
    let procedure = engine.procedure;
    let mut parts = vec![engine.running(after)];
    for (other, page) in procedure.end_pages.iter().enumerate().take(index) {
        if let Some((condition, section)) = &page.stops
            && engine.section_of(section) == Some(after)
        {
            let stops = engine.guarded(Site::EndPage(other), condition);
            parts.push(engine.formulas.not(stops));
        }
    }
    engine.formulas.all(parts)
}
