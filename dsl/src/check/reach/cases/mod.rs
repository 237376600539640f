//! What the examples of a procedure show, and cases for what they do not show yet.
//!
//! Everything that a case can show is an *aim*: a question is asked, and is not; a rule is kept,
//! and is broken; a row of a table is the one; a value lies at the end of its range, and just
//! beside it; an authority gets the case. The reach engine finds answers for an aim, as many aims
//! in one case as go together; the evaluator says what such answers really show. Of all cases
//! found those few are kept that show the same together, each with only the answers that matter.

mod aim;
mod answer;
mod block;
mod collect;
mod names;
mod repair;
mod search;
mod seen;
mod target;
mod trial;
mod values;
mod words;

use std::collections::HashSet;

use self::aim::{Aim, Shows, TableOf};
use self::answer::Answers;
use self::block::Blocks;
use self::collect::Collect;
use self::names::Names;
use self::search::{Came, Search};
use self::seen::Seen;
use self::trial::Trials;
use self::words::Words;
use super::case::Case;
use super::engine::Engine;
use super::site::Sites;
use crate::check::example::Tried;
use crate::check::thing::Thing;
use crate::check::world::World;
use crate::diagnostic::{Both, Diagnostic};
use crate::model::{Language, Procedure};

/// A version of a procedure with its examples, and what they show.
#[derive(Debug, Clone)]
pub struct Tested {
    /// Folder and name: `stadt/norderstedt/hund_anmelden`.
    pub path: String,
    /// The number of the version ("Fassung").
    pub version: u32,
    /// The file that examples belong into.
    pub file: String,
    /// The keyword language of the file.
    pub language: Language,
    /// The examples in the order of the file.
    pub examples: Vec<TestedExample>,
    /// Everything that a case can show, in the order of the file.
    pub aims: Vec<TestedAim>,
    /// What the compiler has proved that no case can show.
    pub never: usize,
    /// Cases that show what no example shows.
    pub cases: Vec<DerivedCase>,
}

/// An example ("Beispiel"), and what came of it.
#[derive(Debug, Clone)]
pub struct TestedExample {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Its first line in the file, from 1.
    pub line: usize,
    /// Its last line that says something.
    pub last_line: usize,
    /// What is wrong: it ends differently than it says, or an answer in it does not fit. Empty: it is right.
    pub problems: Vec<Diagnostic>,
}

/// Something that a case can show.
#[derive(Debug, Clone)]
pub struct TestedAim {
    /// What it is counted with.
    pub group: Group,
    /// What it is counted with, in words: "Zeilen von Gebühr jahressteuer".
    pub counted: Both,
    /// What it is, in words.
    pub words: Both,
    /// The file in which it stands: a building block has its own.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// What shows it.
    pub shown: Shown,
}

/// What shows something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// An example that is right.
    Example,
    /// A derived case.
    Case,
    /// Nothing: no case was found.
    Nothing,
}

/// What is counted together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Questions, sections, texts and options that are not always there.
    Questions,
    /// Parts of conditions, and the values in them.
    Values,
    /// Repeats with few and many entries.
    Repeats,
    /// Limits of answers.
    Limits,
    /// Rules.
    Rules,
    /// Computed values.
    Computed,
    /// Fees.
    Fees,
    /// Ends of ranges and alternatives in tables.
    Borders,
    /// Rows of responsibility.
    Responsible,
    /// Authorities.
    Offices,
    /// Authorities that are found by their task in a place: the compiler has proved that there is
    /// one for each municipality, so they are no measure of examples.
    TaskOffices,
    /// End pages.
    EndPages,
}

impl Group {
    /// Whether examples are measured by it.
    #[must_use]
    pub fn is_measured(self) -> bool {
        self != Self::TaskOffices
    }
}

impl Tested {
    /// How many of the things that examples are measured by are shown, and how many there are.
    #[must_use]
    pub fn measured(&self, shown: impl Fn(Shown) -> bool) -> (usize, usize) {
        let all = || self.aims.iter().filter(|aim| aim.group.is_measured());
        (all().filter(|aim| shown(aim.shown)).count(), all().count())
    }
}

/// The text of a file with cases behind it, in its own line ends.
#[must_use]
pub fn with_cases<'c>(text: &str, cases: impl IntoIterator<Item = &'c DerivedCase>) -> String {
    let mut new = text.trim_end().to_owned();
    for case in cases {
        new.push_str("\n\n");
        new.push_str(case.text.trim_end());
    }
    new.push('\n');
    if text.contains("\r\n") { new.replace("\r\n", "\n").replace('\n', "\r\n") } else { new }
}

/// A case that shows what no example shows.
#[derive(Debug, Clone)]
pub struct DerivedCase {
    /// The case as a block for the file, with a line feed at its end.
    pub text: String,
    /// What it is kept for: indexes into [`Tested::aims`].
    pub shows: Vec<usize>,
    /// It shows nothing but a further authority of a task ("standesamt für geburtsort").
    pub further_office: bool,
}

/// What the examples of a procedure show, and cases for the rest.
pub(in crate::check) fn look(world: &World<'_>, thing: &Thing, procedure: &Procedure, tried: &[Tried]) -> Tested {
    let mut own = procedure.clone();
    own.examples = crate::check::example::arrived(thing, tried);
    let procedure = &own;
    let sites = Sites { world, thing, procedure };
    let names = Names::of(&sites);
    let home = world.known.resolved.get(&thing.file).map(|whole| whole.home.0.clone());
    let collected = Collect::of(&sites);
    let (mut aims, tables) = (collected.aims, collected.tables);
    if let Some(home) = &home {
        // What a template says is shown by its own examples; what comes of it is the town's.
        aims.retain(|aim| aim.line.0 == *home || is_decision(aim, &tables));
    }
    let engine = Engine::new(procedure, world.regions);
    let mut came = vec![Came::NotFound; aims.len()];
    for tried in tried.iter().filter(|tried| tried.right) {
        let Some((evaluation, at)) = tried.ran.clone() else { continue };
        let case = Case { evaluation, at };
        let seen = Seen::new(&engine, &tables, &case);
        for (aim, came) in aims.iter().zip(&mut came).filter(|(_, came)| **came != Came::Shown) {
            if seen.shows(aim) {
                *came = Came::Shown;
            }
        }
    }
    let answers = Answers { world, procedure, language: thing.language, names: &names };
    let trials = Trials { procedure, regions: world.regions, answers, tables: &tables };
    let mut search = Search::new(engine, trials, &tables, &aims, came);
    search.run();
    let mut few = search.few();
    few = few.into_iter().map(|trial| search.shrunk(trial)).collect();
    few = search.merged(few);
    search.offices(&mut few);
    let words = Words { sites: &sites, tables: &tables, names: &names };
    let texts = if thing.texts == Language::English { Language::English } else { Language::German };
    let blocks = Blocks {
        engine: &search.engine,
        tables: &tables,
        aims: &aims,
        answers: &search.trials.answers,
        words: &words,
        texts,
    };
    let mut taken: Vec<String> = tried.iter().map(|tried| tried.name.clone()).collect();
    let mut numbers: Vec<Option<usize>> = Vec::with_capacity(aims.len());
    let mut tested = Vec::new();
    for (aim, came) in aims.iter().zip(&search.came) {
        let shown = match came {
            Came::Shown => Shown::Example,
            Came::Found => Shown::Case,
            Came::NotFound => Shown::Nothing,
            Came::Never => {
                numbers.push(None);
                continue;
            }
        };
        numbers.push(Some(tested.len()));
        let (file, line) = aim.line.clone();
        tested.push(TestedAim {
            group: aim.group,
            counted: words.counted(aim),
            words: words.of(aim),
            file,
            line,
            shown,
        });
    }
    let mut cases = Vec::new();
    for trial in few {
        let further_office = trial.shows.iter().all(|index| aims[*index].group == Group::TaskOffices);
        if let Some(text) = blocks.block(&trial, &mut taken) {
            let shows = trial.shows.iter().filter_map(|index| numbers[*index]).collect();
            cases.push(DerivedCase { text, shows, further_office });
        }
    }
    let mut known: HashSet<String> = HashSet::new();
    let examples = tried
        .iter()
        .filter(|tried| known.insert(format!("{} {}", tried.name, tried.lines.0)))
        .map(|tried| TestedExample {
            name: tried.name.clone(),
            title: tried.title.clone(),
            line: tried.lines.0,
            last_line: tried.lines.1,
            problems: Vec::new(),
        })
        .collect();
    Tested {
        path: procedure.path.clone(),
        version: procedure.version,
        file: home.unwrap_or_else(|| thing.file.clone()),
        language: thing.language,
        examples,
        never: numbers.iter().filter(|number| number.is_none()).count(),
        aims: tested,
        cases,
    }
}

/// What comes of a case: where it goes, and what it costs.
fn is_decision(aim: &Aim, tables: &[aim::Tabled<'_>]) -> bool {
    match &aim.shows {
        Shows::Office(_) | Shows::EndPage(_) => true,
        Shows::Row { table, with: None, .. } => {
            tables.get(*table).is_some_and(|table| !matches!(table.of, TableOf::Computed(_)))
        }
        Shows::Condition { site: super::site::Site::Fee(_), part: false, .. } => true,
        _ => false,
    }
}
