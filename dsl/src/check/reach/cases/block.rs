//! A case as a `Beispiel` block.

use rust_decimal::Decimal;

use super::aim::{Aim, Shows, TableOf, Tabled};
use super::answer::Answers;
use super::seen::{Seen, path_of};
use super::trial::Trial;
use super::words::Words;
use crate::check::answer_paths::question_at;
use crate::check::example::first_moment;
use crate::check::reach::engine::Engine;
use crate::check::reach::site::Site;
use crate::check::things::written;
use crate::check::units::{Unit, word};
use crate::eval::{Outcome, Value};
use crate::model::{Calc, Condition, Language, Procedure, Section, Step, Values};
use crate::syntax::keyword::{Fixed, Heading, Key};

/// More of what a case shows is counted only.
const MOST_SHOWN: usize = 8;

/// Writes cases down.
pub(super) struct Blocks<'b, 'p> {
    pub engine: &'b Engine<'p>,
    pub tables: &'b [Tabled<'p>],
    pub aims: &'b [Aim],
    pub answers: &'b Answers<'p>,
    pub words: &'b Words<'b, 'p>,
    /// The language of the texts in the file.
    pub texts: Language,
}

impl Blocks<'_, '_> {
    fn procedure(&self) -> &Procedure {
        self.engine.procedure
    }

    fn language(&self) -> Language {
        self.answers.language
    }

    fn pick<'a>(&self, german: &'a str, english: &'a str) -> &'a str {
        if self.language() == Language::English { english } else { german }
    }

    /// The lines of a case; `taken` are the names of examples that are there.
    pub fn block(&self, trial: &Trial, taken: &mut Vec<String>) -> Option<String> {
        let name = self.name(trial, taken);
        let title: Vec<String> = self.shown(trial, self.texts).into_iter().take(2).collect();
        let heading = Heading::Example.spelling(self.language());
        let mut lines = vec![format!("{heading} {name} \"{}\"", title.join("; ").replace('"', "\"\""))];
        let note = self.pick(
            "# Von amtsweg test abgeleitet. Bitte lesen: Soll es so sein? Dann diese Zeile löschen.",
            "# Derived by amtsweg test. Please read: should it be like this? Then delete this line.",
        );
        lines.push(format!("  {note}"));
        let shown = self.shown(trial, self.language());
        let more = shown.len().saturating_sub(MOST_SHOWN);
        lines.extend(shown.iter().take(MOST_SHOWN).map(|shown| format!("  # - {shown}")));
        if more > 0 {
            let said = self.pick("und {} weitere", "and {} more").replace("{}", &more.to_string());
            lines.push(format!("  # - {said}"));
        }
        let at = trial.case.at;
        if at != first_moment(self.procedure()) {
            let mut day = format!("{:02}.{:02}.{}", at.day(), at.month(), at.year());
            if (at.hour(), at.minute()) != (12, 0) {
                day.push_str(&format!(" {} {:02}:{:02}", self.pick("um", "at"), at.hour(), at.minute()));
            }
            lines.push(format!("  {}: {day}", Key::On.spelling(self.language())));
        }
        for (path, answer) in &trial.named {
            let question = question_at(self.procedure(), path)?;
            let answer = self.answers.written(question, answer, at.date())?;
            lines.push(format!("  {}: {answer}", self.answers.place(path)));
        }
        lines.extend(self.expected(trial).into_iter().map(|line| format!("  {line}")));
        Some(lines.join("\n") + "\n")
    }

    fn shown(&self, trial: &Trial, language: Language) -> Vec<String> {
        let aims = trial.shows.iter().filter_map(|index| self.aims.get(*index));
        aims.map(|aim| self.words.of(aim).get(language).to_owned()).collect()
    }

    /// What comes of the case.
    fn expected(&self, trial: &Trial) -> Vec<String> {
        let language = self.language();
        let key = Key::Expects.spelling(language);
        let line = |what: Fixed, value: &str| format!("{key} {}: {value}", what.spelling(language));
        if !trial.wrong.is_empty() {
            return vec![line(Fixed::ExpectError, &trial.wrong.join(", "))];
        }
        let mut lines = Vec::new();
        let (asked, not_asked) = self.asked(trial);
        if !asked.is_empty() {
            lines.push(line(Fixed::ExpectAsked, &asked.join(", ")));
        }
        if !not_asked.is_empty() {
            lines.push(line(Fixed::ExpectNotAsked, &not_asked.join(", ")));
        }
        for index in self.computed(trial) {
            let Some(computed) = self.procedure().computed.get(index) else { continue };
            let unit = computed.unit.as_deref().map_or_else(Unit::none, Unit::read);
            let value = self.value(trial.case.evaluation.computed.get(&computed.name), &unit);
            lines.push(format!("{key} {}: {value}", computed.name));
        }
        let evaluation = &trial.case.evaluation;
        for fee in &self.procedure().fees {
            let charged = evaluation.fees.iter().find(|charged| charged.name == fee.name);
            let unit = Unit::of("€", fee.per.map(word)).written(language);
            let what = format!("{} {}", Fixed::ExpectFee.spelling(language), fee.name);
            if let Some(charged) = charged {
                let amount = written(Decimal::new(charged.cents, 2));
                lines.push(format!("{key} {}: {amount} {unit}", what.trim()));
            }
        }
        match &evaluation.outcome {
            Outcome::Open => {}
            Outcome::Authority(path) => {
                lines.push(line(Fixed::ExpectResponsible, &self.answers.world.spelled_path(path)));
            }
            Outcome::EndPage { name, .. } => {
                lines.push(line(Fixed::ExpectEndPage, &self.answers.world.spelled(name)));
            }
        }
        lines
    }

    /// The questions and sections that the case shows to be asked, and not to be.
    fn asked(&self, trial: &Trial) -> (Vec<String>, Vec<String>) {
        let seen = Seen::new(self.engine, self.tables, &trial.case);
        let (mut asked, mut not_asked): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
        for aim in trial.shows.iter().filter_map(|index| self.aims.get(*index)) {
            let Shows::Condition { site, holds, part: false, .. } = &aim.shows else { continue };
            let name = match site {
                Site::Section(index) => self
                    .procedure()
                    .sections
                    .get(*index)
                    .filter(|one| !*holds || is_told_by_questions(one, &trial.case.evaluation.answers))
                    .map(|_| self.words.name(site)),
                Site::Item(section, keys) => self.engine.steps_of(*section, keys).and_then(|steps| {
                    let at = seen.places(aim)?;
                    Some(self.answers.place(&path_of(&steps, &at)))
                }),
                _ => None,
            };
            let list = if *holds { &mut asked } else { &mut not_asked };
            if let Some(name) = name.filter(|name| !list.contains(name)) {
                list.push(name);
            }
        }
        (asked, not_asked)
    }

    /// The computed values that the case shows something of.
    fn computed(&self, trial: &Trial) -> Vec<usize> {
        let mut all: Vec<usize> = trial
            .shows
            .iter()
            .filter_map(|index| match &self.aims.get(*index)?.shows {
                Shows::Condition { site: Site::Computed(index), .. } => Some(*index),
                Shows::Row { table, .. } | Shows::Beside { table, .. } => match self.tables.get(*table)?.of {
                    TableOf::Computed(index) => Some(index),
                    _ => None,
                },
                _ => None,
            })
            .collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    fn value(&self, value: Option<&Value>, unit: &Unit) -> String {
        match value {
            Some(Value::Number(number)) => {
                let shown = if unit.is_money() { *number / Decimal::ONE_HUNDRED } else { *number };
                format!("{} {}", written(shown), unit.written(self.language())).trim().to_owned()
            }
            Some(Value::Bool(true)) => self.pick("Ja", "yes").to_owned(),
            Some(Value::Bool(false)) => self.pick("Nein", "no").to_owned(),
            Some(Value::Text(text)) => self.answers.world.spelled(text),
            Some(Value::Date(date)) => format!("{:02}.{:02}.{}", date.day(), date.month(), date.year()),
            _ => self.pick("keine Antwort", "no answer").to_owned(),
        }
    }

    /// A name that no other example has, from what the case shows first.
    fn name(&self, trial: &Trial, taken: &mut Vec<String>) -> String {
        let spelled = |key: &str| self.answers.world.spelled(key);
        let last = |steps: &[Step]| {
            let whole = self.words.names.answer(steps);
            whole.rsplit('.').next().unwrap_or_default().to_owned()
        };
        let aim = trial.shows.first().and_then(|index| self.aims.get(*index));
        let base = match aim.map(|aim| &aim.shows) {
            Some(Shows::Condition { site, holds, part: false, .. }) => {
                let (name, yes, no) = self.site(site);
                format!("{name}_{}", if *holds { yes } else { no })
            }
            Some(Shows::Condition { condition, .. } | Shows::Limit { condition }) => self.value_name(condition),
            Some(Shows::Rule { site, kept }) => {
                let name = self.words.name(site).replace('.', "_");
                format!(
                    "{name}_{}",
                    if *kept { self.pick("eingehalten", "kept") } else { self.pick("verletzt", "broken") }
                )
            }
            Some(Shows::Row { table, row, .. }) => {
                let last = self.tables.get(*table).is_some_and(|table| *row >= table.rows.len());
                let row = if last { self.pick("sonst", "otherwise").to_owned() } else { (row + 1).to_string() };
                format!("{}_{}_{row}", self.table(*table), self.pick("zeile", "row"))
            }
            Some(Shows::Beside { table, .. }) => format!("{}_{}", self.table(*table), self.pick("grenze", "limit")),
            Some(Shows::Office(path)) => spelled(path.rsplit('/').next().unwrap_or(path)),
            Some(Shows::EndPage(name)) => spelled(name),
            Some(Shows::Entries { steps, count }) => format!("{}_{count}", last(steps)),
            Some(Shows::Refused { steps, .. }) => format!("{}_{}", last(steps), self.pick("abgelehnt", "refused")),
            _ => self.pick("fall", "case").to_owned(),
        };
        let free = |name: &String| !taken.contains(name);
        let numbered = (2..).map(|number| format!("{base}_{number}"));
        let name = std::iter::once(base.clone()).chain(numbered).find(free).unwrap_or_default();
        taken.push(name.clone());
        name
    }

    /// "herkunft_zuzug", "umfang_grenze".
    fn value_name(&self, condition: &Condition) -> String {
        let (what, set) = match condition {
            Condition::In { what, set } => (what.clone(), Some(set)),
            Condition::Contains { what, set } => (Calc::Answer(what.clone()), Some(set)),
            Condition::Compare { left, .. } => (left.clone(), None),
            _ => return self.pick("fall", "case").to_owned(),
        };
        let name = match what {
            Calc::Answer(reference) => self.words.names.answer(&reference.steps).replace('.', "_"),
            Calc::Computed(name) => name,
            Calc::Age { .. } => self.pick("alter", "age").to_owned(),
            _ => return self.pick("fall", "case").to_owned(),
        };
        let value = match set.map(|set| &set.values) {
            Some(Values::Keys(keys)) => keys.first().map(|key| self.answers.world.spelled(key)),
            Some(Values::Bools(all)) => {
                let yes = all.first().is_some_and(|yes| *yes);
                Some(if yes { self.pick("ja", "yes") } else { self.pick("nein", "no") }.to_owned())
            }
            _ => None,
        };
        let plain = |text: &String| text.chars().all(|c| c.is_alphanumeric() || c == '_');
        let value = value.filter(plain).unwrap_or_else(|| self.pick("grenze", "limit").to_owned());
        format!("{name}_{value}").to_lowercase()
    }

    fn table(&self, table: usize) -> String {
        match self.tables.get(table).map(|table| table.of) {
            Some(TableOf::Fee(index)) => {
                let name = self.procedure().fees.get(index).map_or("", |fee| fee.name.as_str());
                if name.is_empty() { self.pick("gebühr", "fee").to_owned() } else { name.to_owned() }
            }
            Some(TableOf::Computed(index)) => {
                self.procedure().computed.get(index).map(|one| one.name.clone()).unwrap_or_default()
            }
            _ => self.pick("zuständigkeit", "responsible").to_owned(),
        }
    }

    /// The name of a place, and what is said where its condition holds and where not.
    fn site(&self, site: &Site) -> (String, &'static str, &'static str) {
        let english = self.language() == Language::English;
        let (yes, no) = match (site, english) {
            (Site::Fee(_), false) => ("erhoben", "nicht_erhoben"),
            (Site::Fee(_), true) => ("charged", "not_charged"),
            (Site::Option(..), false) => ("angeboten", "nicht_angeboten"),
            (Site::Option(..), true) => ("offered", "not_offered"),
            (Site::Computed(_), false) => ("ja", "nein"),
            (Site::Computed(_), true) => ("yes", "no"),
            (Site::EndPage(_), false) => ("erreicht", "nicht_erreicht"),
            (Site::EndPage(_), true) => ("reached", "not_reached"),
            (Site::Rule(_) | Site::QuestionRule(..), false) => ("gilt", "gilt_nicht"),
            (Site::Rule(_) | Site::QuestionRule(..), true) => ("applies", "does_not_apply"),
            (_, false) => ("gefragt", "nicht_gefragt"),
            (_, true) => ("asked", "not_asked"),
        };
        (self.words.name(site).replace('.', "_"), yes, no)
    }
}

/// Whether some question of a section is asked wherever the section is: an example speaks of
/// sections by their questions.
fn is_told_by_questions(section: &Section, answers: &serde_json::Map<String, serde_json::Value>) -> bool {
    let entries = || answers.get(&section.key).and_then(|list| list.as_array()).is_some_and(|list| !list.is_empty());
    section.questions().any(|question| question.condition.is_none()) && (section.repeat.is_none() || entries())
}
