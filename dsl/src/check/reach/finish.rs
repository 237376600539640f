//! Whether somebody can finish the form: every question can be answered, every repeat filled,
//! and some answers that keep all rules come to an authority.

use jiff::civil::Date;
use serde_json::Map;

use super::case::Case;
use super::engine::{Engine, Verdict};
use super::formula::{ALWAYS, F};
use super::judge::Judge;
use super::rules::applies;
use super::site::Site;
use super::variable::{Domain, Key, Segment};
use super::witness::options;
use crate::check::fill::Filler;
use crate::check::intervals::{day, day_number};
use crate::diagnostic::{Both, Diagnostic, Problem};
use crate::eval::{Outcome, evaluate};
use crate::kind::{DateLimits, Kind};
use crate::model::{Item, Language, ProcedureKind, Question, Responsible, Step};

/// Tables with more rows are not looked at for where a case goes.
const MOST_ROWS: usize = 200;

impl Judge<'_> {
    /// Questions that cannot be answered in some case: nothing to choose, no day left.
    pub fn choices(&mut self) {
        let procedure = self.engine.procedure;
        for (section, model) in procedure.sections.iter().enumerate() {
            for item in &model.items {
                let Item::Question(question) = item else { continue };
                let site = Site::Item(section, vec![question.key.clone()]);
                self.something_to_choose(&site, question, section);
                if let Kind::Date(limits) | Kind::BirthDate { limits, .. } = &question.kind {
                    self.some_day(&site, limits);
                }
            }
        }
    }

    fn something_to_choose(&mut self, site: &Site, question: &Question, section: usize) {
        let Some(options) = options(&question.kind).filter(|all| all.iter().all(|one| one.condition.is_some())) else {
            return;
        };
        if question.may_be_absent() {
            return;
        }
        self.warm();
        let steps = self.steps(section, &question.key);
        let nothing = |engine: &mut Engine<'_>| {
            let mut parts = vec![engine.asked(&steps)];
            for option in options {
                let offered = match &option.condition {
                    Some(condition) => engine.offered(&steps, &option.key, condition),
                    None => ALWAYS,
                };
                parts.push(engine.formulas.not(offered));
            }
            engine.formulas.all(parts)
        };
        let formula = nothing(&mut self.engine);
        let model = match self.engine.can(formula) {
            Verdict::Cannot => return,
            Verdict::Can(model, _) => model,
            Verdict::TooLong => return self.not_decided(site, &nothing),
        };
        // The evaluator has to see it as well: with these answers no option is taken.
        if !self.engine.is_stuck(&model, &steps, options) {
            return self.not_decided(site, &nothing);
        }
        let case = self.words_of(&model);
        let problem = Problem::NothingToChoose { question: self.name(site), case };
        if let Some((thing, node)) = self.sites.node(site) {
            self.sites.tell(Diagnostic::new(problem, &thing.file, node.span));
        }
    }

    /// The answers of a model in words: `rolle = vertretung, alter = 17`.
    fn words_of(&self, model: &super::solve::Model) -> Both {
        let mut vars: Vec<usize> = model.segments.keys().copied().collect();
        vars.sort_unstable();
        Both::each(|reader| {
            let english = reader == Language::English;
            let parts = vars.iter().filter_map(|var| {
                let segment = self.engine.variables.segment(*var, *model.segments.get(var)?);
                let variable = self.engine.variables.at(*var);
                let yes = |yes: &bool| match (yes, english) {
                    (true, true) => "yes",
                    (false, true) => "no",
                    (true, false) => "Ja",
                    (false, false) => "Nein",
                };
                let (steps, value) = match (&variable.key, segment) {
                    (Key::Answer(steps), Segment::Flag(flag)) => (steps, yes(flag).to_owned()),
                    (Key::Answer(steps), Segment::Key(key)) => (steps, self.sites.world.spelled(key)),
                    (Key::Answer(steps), Segment::Place(key)) => {
                        let name = self.engine.regions.name(key);
                        (steps, name.map_or_else(|| key.clone(), |name| name.into_owned()))
                    }
                    (Key::Answer(steps), Segment::Range(from, to)) => {
                        let Domain::Line(line) = variable.domain else { return None };
                        let value = model.values.get(var).map_or(*from, |value| value.div_euclid(line.step));
                        let value = value.clamp(*from, *to);
                        let shown = match self.engine.kind(steps)? {
                            Kind::Date(_) | Kind::BirthDate { .. } => crate::kind::show_date(day(value)?, reader),
                            _ => {
                                let places = (0..=6).find(|p| line.step == super::values::STEP / 10_i128.pow(*p))?;
                                crate::check::things::written(crate::check::intervals::unscale(value, places)?)
                            }
                        };
                        (steps, shown)
                    }
                    (Key::Answer(steps), Segment::OtherText) => {
                        (steps, if english { "something else" } else { "etwas anderes" }.to_owned())
                    }
                    (Key::Given(steps), Segment::Flag(false)) => {
                        (steps, if english { "no answer" } else { "keine Antwort" }.to_owned())
                    }
                    (Key::Chosen(steps, key), Segment::Flag(flag)) => {
                        let key = self.sites.world.spelled(key);
                        let said = match (flag, english) {
                            (true, _) => key,
                            (false, true) => format!("not {key}"),
                            (false, false) => format!("nicht {key}"),
                        };
                        (steps, said)
                    }
                    _ => return None,
                };
                Some(format!("{} = {value}", self.spelled(steps)))
            });
            parts.collect::<Vec<_>>().join(", ")
        })
    }

    /// A date whose limits leave no day from some day on while the version is valid.
    fn some_day(&mut self, site: &Site, limits: &DateLimits) {
        let procedure = self.engine.procedure;
        let end = |calc: &Option<crate::model::Calc>, today: Date| match crate::eval::constant(calc.as_ref()?, today)? {
            crate::eval::Value::Date(date) => Some(date),
            _ => None,
        };
        let empty = |today: Date| match (end(&limits.from, today), end(&limits.to, today)) {
            (Some(from), Some(to)) => from > to,
            _ => false,
        };
        // Limits that both stand still, or both move, are looked at on the first day only.
        let first = procedure.valid_from;
        let found = if empty(first) {
            Some(first)
        } else {
            let last = procedure.valid_until.and_then(|until| until.yesterday().ok());
            let last = last.unwrap_or(Date::constant(9000, 1, 1));
            empty(last).then(|| {
                // Between the two there is a first day without any: looked for by halves.
                let (mut good, mut bad) = (day_number(first), day_number(last));
                while bad - good > 1 {
                    let middle = (good + bad) / 2;
                    if day(middle).is_some_and(empty) { bad = middle } else { good = middle }
                }
                day(bad).unwrap_or(last)
            })
        };
        if let (Some(date), Some((thing, node))) = (found, self.sites.node(site)) {
            let from = Both::each(|reader| crate::kind::show_date(date, reader));
            let problem = Problem::NoDayLeft { question: self.name(site), from };
            self.sites.tell(Diagnostic::new(problem, &thing.file, node.span));
        }
    }

    /// Whether somebody can finish the form; a message where nobody can.
    pub fn finish(&mut self) -> bool {
        let procedure = self.engine.procedure;
        if procedure.kind == ProcedureKind::Topic {
            return true;
        }
        let Some(table) = &procedure.responsibility else { return true };
        let is_office = |then: &Responsible| !matches!(then, Responsible::EndPage(_));
        self.end_pages_used();
        if !table.rows.iter().map(|row| &row.then).chain(&table.otherwise).any(is_office) {
            self.at_top(Problem::OnlyEndPages);
            return true;
        }
        if self.is_finished_by_examples() {
            return true;
        }
        self.warm();
        let all_kept = |engine: &mut Engine<'_>| engine.all_rules_kept();
        let formula = |engine: &mut Engine<'_>| {
            let kept = all_kept(engine);
            let arrives = engine.arrives();
            engine.formulas.all([kept, arrives])
        };
        let seen = |_: &Engine<'_>, case: &Case| matches!(case.evaluation.outcome, Outcome::Authority(_));
        let goal = formula(&mut self.engine);
        match self.engine.can(goal) {
            Verdict::Cannot => {
                let without_rules = |engine: &mut Engine<'_>| engine.arrives();
                let reached = without_rules(&mut self.engine);
                if matches!(self.engine.can(reached), Verdict::Cannot) {
                    self.at_top(Problem::OnlyEndPages);
                    return true;
                }
                let rules = self.contradicting_rules();
                self.nobody(&rules);
                false
            }
            Verdict::Can(..) if self.engine.confirmed(goal, seen).is_some() => true,
            _ => {
                let questions = self.questions_in(goal);
                let what = Both::new("ob jemand das Formular absenden kann", "whether anybody can send the form");
                self.at_top(Problem::NotDecided { what, questions });
                true
            }
        }
    }

    /// Whether an entry of each repeat can be filled in correctly.
    pub fn entries(&mut self) {
        self.warm();
        for steps in self.engine.places.order.clone() {
            let own = |place: &super::places::Place<'_>| {
                place.repeat.is_some_and(|repeat| repeat.max > 0) && place.keys.len() <= 1
            };
            let Some(place) = self.engine.places.all.get(&steps).filter(|place| own(place)) else { continue };
            let site = match place.keys.first() {
                Some(_) => Site::Item(place.section, place.keys.clone()),
                None => Site::Section(place.section),
            };
            let inside = self.engine.rules_inside(&steps);
            let list = steps.clone();
            let right = |engine: &mut Engine<'_>, rules: &[Site]| {
                let there = engine.present(&list);
                let parts: Vec<F> = rules.iter().map(|site| engine.rule_kept(site)).collect();
                engine.formulas.all(parts.into_iter().chain([there]))
            };
            let formula = right(&mut self.engine, &inside);
            let there = self.engine.present(&steps);
            if !matches!(self.engine.can(formula), Verdict::Cannot) || matches!(self.engine.can(there), Verdict::Cannot)
            {
                continue;
            }
            let mut needed = inside.clone();
            for rule in &inside {
                let left: Vec<Site> = needed.iter().filter(|other| *other != rule).cloned().collect();
                let formula = right(&mut self.engine, &left);
                if matches!(self.engine.can(formula), Verdict::Cannot) {
                    needed = left;
                }
            }
            let because = self.contradiction(&needed);
            let related = needed.iter().filter_map(|site| self.sites.must_hold(site));
            let related = related.map(|found| (found.file, found.span)).collect();
            let problem = Problem::EntryNeverRight { name: self.name(&site), because };
            if let Some((thing, node)) = self.sites.node(&site) {
                let message = Diagnostic { related, ..Diagnostic::new(problem, &thing.file, node.span) };
                self.sites.tell(message);
            }
        }
    }

    fn at_top(&self, problem: Problem) {
        let thing = self.sites.thing;
        self.sites.tell(Diagnostic::new(problem, &thing.file, thing.node.span));
    }

    /// An example comes to an authority, or answers that are filled in do.
    fn is_finished_by_examples(&self) -> bool {
        let procedure = self.engine.procedure;
        let arrives = |outcome: &Outcome| matches!(outcome, Outcome::Authority(_));
        if procedure
            .examples
            .iter()
            .any(|example| arrives(&evaluate(procedure, &example.answers, example.at, self.engine.regions).outcome))
        {
            return true;
        }
        let at = procedure.valid_from.at(12, 0, 0, 0);
        let filler = Filler::new(procedure, self.engine.regions, at, &[]);
        let (_, evaluation) = filler.fill(Map::new(), |_| false);
        arrives(&evaluation.outcome)
    }

    /// End pages that only a table can lead to, and no row does.
    fn end_pages_used(&self) {
        let procedure = self.engine.procedure;
        let rows = procedure
            .responsibility
            .iter()
            .flat_map(|table| table.rows.iter().map(|row| &row.then).chain(&table.otherwise));
        let used: Vec<&String> = rows
            .filter_map(|then| match then {
                Responsible::EndPage(name) => Some(name),
                _ => None,
            })
            .collect();
        for (index, page) in procedure.end_pages.iter().enumerate() {
            if page.stops.is_none() && !used.contains(&&page.name) {
                let site = Site::EndPage(index);
                if let Some((thing, node)) = self.sites.node(&site) {
                    let problem = Problem::EndPageUnused { name: self.name(&site) };
                    self.sites.tell(Diagnostic::new(problem, &thing.file, node.span));
                }
            }
        }
    }

    /// Rules without any of which somebody could finish.
    fn contradicting_rules(&mut self) -> Vec<Site> {
        let mut rules = self.engine.rule_sites();
        let mut needed = rules.clone();
        for site in rules.drain(..) {
            let left: Vec<Site> = needed.iter().filter(|other| **other != site).cloned().collect();
            let parts: Vec<F> = left.iter().map(|site| self.engine.rule_kept(site)).collect();
            let arrives = self.engine.arrives();
            let formula = self.engine.formulas.all(parts.into_iter().chain([arrives]));
            if matches!(self.engine.can(formula), Verdict::Cannot) {
                needed = left;
            }
        }
        needed
    }

    /// "die Regeln „a“ und „b“ sind nicht zugleich zu erfüllen"
    fn contradiction(&self, rules: &[Site]) -> Both {
        let found: Vec<_> = rules.iter().filter_map(|site| self.sites.must_hold(site)).collect();
        Both::each(|reader| {
            let english = reader == Language::English;
            let listed: Vec<String> = found
                .iter()
                .map(|one| if english { format!("“{}”", one.text) } else { format!("„{}“", one.text) })
                .collect();
            let listed = listed.join(if english { " and " } else { " und " });
            match (found.len(), english) {
                (1, true) => format!("the rule {listed} can never be kept"),
                (1, false) => format!("die Regel {listed} ist nie zu erfüllen"),
                (_, true) => format!("the rules {listed} cannot be kept together"),
                (_, false) => format!("die Regeln {listed} sind nicht zugleich zu erfüllen"),
            }
        })
    }

    /// Nobody can finish, because of these rules.
    fn nobody(&self, rules: &[Site]) {
        let because = self.contradiction(rules);
        let found: Vec<_> = rules.iter().filter_map(|site| self.sites.must_hold(site)).collect();
        let Some((last, before)) = found.split_last() else {
            let because = Both::new("die Regeln widersprechen sich", "the rules contradict each other");
            self.at_top(Problem::NobodyFinishes { because });
            return;
        };
        let mut message = Diagnostic::new(Problem::NobodyFinishes { because }, &last.file, last.span);
        message.related = before.iter().map(|one| (one.file.clone(), one.span)).collect();
        self.sites.tell(message);
    }
}

impl Engine<'_> {
    /// All rules that refuse, each by its place.
    pub fn rule_sites(&self) -> Vec<Site> {
        let mut sites = Vec::new();
        for steps in &self.places.order {
            let Some(place) = self.places.all.get(steps) else { continue };
            let Some(question) = place.question else { continue };
            for (index, rule) in question.rules.iter().enumerate() {
                if !rule.message.warning {
                    sites.push(Site::QuestionRule(place.section, place.keys.clone(), index));
                }
            }
        }
        let rules = self.procedure.rules.iter().enumerate().filter(|(_, rule)| !rule.message.warning);
        sites.extend(rules.map(|(index, _)| Site::Rule(index)));
        sites
    }

    /// A rule does not refuse.
    pub fn rule_kept(&mut self, site: &Site) -> F {
        let procedure = self.procedure;
        let (there, kept) = match site {
            Site::Rule(index) => {
                let rule = &procedure.rules[*index];
                (applies(self, rule), self.kept(&rule.holds))
            }
            Site::QuestionRule(section, keys, index) => {
                let Some(steps) = self.steps_of(*section, keys) else { return ALWAYS };
                let Some(question) = self.places.all.get(&steps).and_then(|place| place.question) else {
                    return ALWAYS;
                };
                let Some(holds) = question.rules.get(*index).map(|rule| rule.holds.clone()) else { return ALWAYS };
                (self.present(&steps), self.kept(&holds))
            }
            _ => return ALWAYS,
        };
        let not = self.formulas.not(there);
        self.formulas.any([not, kept])
    }

    /// The rules that refuse, at questions inside a repeat and over its entries.
    fn rules_inside(&self, list: &[Step]) -> Vec<Site> {
        let over = |site: &Site| match site {
            Site::Rule(index) => {
                let rule = &self.procedure.rules[*index];
                let mut every = rule.condition.is_none();
                every &= matches!(&rule.holds, crate::model::Condition::Every { list: one, .. } if one.steps == *list);
                every
            }
            Site::QuestionRule(section, keys, _) => {
                self.steps_of(*section, keys).is_some_and(|steps| steps.len() > list.len() && steps.starts_with(list))
            }
            _ => false,
        };
        self.rule_sites().into_iter().filter(over).collect()
    }

    pub fn steps_of(&self, section: usize, keys: &[String]) -> Option<Vec<Step>> {
        let found = self.places.all.iter().find(|(_, place)| place.section == section && place.keys == keys);
        found.map(|(steps, _)| steps.clone())
    }

    pub fn all_rules_kept(&mut self) -> F {
        let sites = self.rule_sites();
        let parts: Vec<F> = sites.iter().map(|site| self.rule_kept(site)).collect();
        self.formulas.all(parts)
    }

    /// No end page stops, and the table leads to an authority.
    pub fn arrives(&mut self) -> F {
        let running = self.running(self.procedure.sections.len());
        let procedure = self.procedure;
        let Some(table) = procedure.responsibility.as_ref().filter(|table| table.rows.len() <= MOST_ROWS) else {
            return running;
        };
        let mut office = Vec::new();
        let mut left = Vec::new();
        for row in &table.rows {
            let here = self.row(table, row);
            if !matches!(row.then, Responsible::EndPage(_)) {
                office.push(here);
            }
            left.push(self.formulas.not(here));
        }
        if table.otherwise.as_ref().is_some_and(|then| !matches!(then, Responsible::EndPage(_))) {
            office.push(self.formulas.all(left));
        }
        let office = self.formulas.any(office);
        self.formulas.all([running, office])
    }
}
