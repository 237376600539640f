//! From texts to a catalogue: files are read, then templates and procedures are checked, each by
//! itself on one of the machine's cores. What was found out is kept for the next time.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::*;

use super::cases::{self, Tested};
use super::expressions::Lower;
use super::known::Lookup;
use super::offices::Offices;
use super::portal::Directory;
use super::read::{FileRead, hash_of};
use super::record::Record;
use super::tested::{Meant, Tests};
use super::thing::Thing;
use super::world::{Said, Stage, World};
use super::{adopt, authority, example, numbering, portal, reach, things, transition};
use crate::diagnostic::{Both, Diagnostic, Problem};
use crate::kind::show_date;
use crate::model::{Catalogue, Procedure};
use crate::region::Regions;
use crate::syntax::keyword::Key;
use crate::syntax::{SourceFile, Sources};

/// Compiles the texts of a folder again and again: what is the same as the last time, and what it
/// uses, is not checked again.
///
/// ```
/// use amtsweg_dsl::{Compiler, region::Regions, syntax::Sources};
///
/// let mut compiler = Compiler::new(Regions::shipped());
/// let mut sources = Sources::new();
/// let today = jiff::civil::date(2026, 11, 22);
/// sources.add("gruß.amt", "Sprache: Deutsch\nInformation gruß \"Guten Tag\"\n".as_bytes()).unwrap();
/// let (_, problems) = compiler.compile(&sources, today);
/// assert!(!problems.is_empty());
/// sources.add("gruß.amt", "Sprache: Deutsch\nInformation gruß \"Guten Tag\"\n  Fassung: 1, gültig ab 01.01.2026\n\
///     Abschnitt a \"Willkommen\"\n  Zwischentext b \"Schön, dass Sie da sind.\"\n".as_bytes()).unwrap();
/// let (catalogue, problems) = compiler.compile(&sources, today);
/// assert!(problems.is_empty(), "{problems:?}");
/// assert!(catalogue.procedures.contains_key("gruss"));
/// ```
#[derive(Clone)]
pub struct Compiler<'r> {
    regions: &'r Regions,
    files: BTreeMap<String, (SourceFile, Arc<FileRead>)>,
    blocks: BTreeMap<String, Kept<()>>,
    templates: BTreeMap<String, Kept<Versions>>,
    procedures: BTreeMap<String, Kept<Versions>>,
    /// What portals offer as it is, by its key in the town.
    offers: BTreeMap<String, adopt::Offer>,
    /// The day for which procedures were checked.
    day: Option<Date>,
    /// How much was checked the last time.
    checks: usize,
}

/// What is to be found out beside the catalogue and the messages.
#[derive(Default)]
pub(super) struct Wanted<'w> {
    /// What names mean.
    pub names: bool,
    /// What examples show, of which files.
    pub tests: Option<Meant<'w>>,
}

/// What was found out beside them.
pub(super) struct Found {
    pub record: Option<Record>,
    pub tests: Vec<Tested>,
}

/// What a part of the work came to, and what it had looked up.
#[derive(Clone)]
struct Kept<T> {
    /// A number for its own text.
    content: u64,
    looked: Vec<(Lookup, u64)>,
    said: Said,
    made: T,
    /// Whether it was done this time.
    fresh: bool,
}

impl<T> Kept<T> {
    fn new(content: u64, part: World<'_>, made: T, stage: &Stage<'_>) -> Self {
        let mut said = part.into_said();
        let now = stage.part();
        let looked = std::mem::take(&mut said.looked).into_iter().map(|lookup| {
            let found = now.found_at(&lookup);
            (lookup, found)
        });
        Self { content, looked: looked.collect(), said, made, fresh: true }
    }

    /// What was kept, where its text and everything that it had looked up are the same.
    fn still(self, content: u64, stage: &Stage<'_>) -> Option<Self> {
        let now = stage.part();
        // What was done while nobody wanted to know what names mean has to be done again for that.
        let known = !stage.records || self.said.names.is_some();
        let same = known
            && self.content == content
            && self.looked.iter().all(|(lookup, found)| now.found_at(lookup) == *found);
        same.then_some(Self { fresh: false, ..self })
    }

    /// A number for everything that it comes of.
    fn origin(&self) -> u64 {
        hash_of(&(self.content, &self.looked))
    }
}

/// The templates that were compiled: of each a number for what it comes of, and its versions.
type Templates<'a> = BTreeMap<&'a str, (u64, &'a [Arc<Procedure>])>;

/// The versions of a procedure, in the order of their first days.
#[derive(Default, Clone)]
struct Versions {
    kept: Vec<Arc<Procedure>>,
    /// Those that have errors after all.
    refused: Vec<Arc<Procedure>>,
    /// The file of each version.
    files: Vec<((String, u32), String)>,
}

impl Versions {
    /// What is checked again and comes to the same stays the same procedure, or has the same parts.
    fn keep(&mut self, before: &[Arc<Procedure>]) {
        for version in &mut self.kept {
            let Some(known) = before.iter().find(|known| known.version == version.version) else { continue };
            if known == version {
                *version = Arc::clone(known);
            } else if let Some(version) = Arc::get_mut(version) {
                adopt::share(version, known);
            }
        }
    }
}

impl<'r> Compiler<'r> {
    /// A compiler that has seen nothing yet.
    #[must_use]
    pub fn new(regions: &'r Regions) -> Self {
        Self {
            regions,
            files: BTreeMap::new(),
            blocks: BTreeMap::new(),
            templates: BTreeMap::new(),
            procedures: BTreeMap::new(),
            offers: BTreeMap::new(),
            day: None,
            checks: 0,
        }
    }

    /// How many procedures, templates and building blocks were checked the last time; the others
    /// were the same as before.
    #[must_use]
    pub fn checks(&self) -> usize {
        self.checks
    }

    /// Compiles the texts of a folder, as [`crate::compile`] does.
    pub fn compile(&mut self, sources: &Sources, today: Date) -> (Catalogue, Vec<Diagnostic>) {
        let (catalogue, problems, _) = self.checked(sources, today, Wanted::default());
        (catalogue, problems)
    }

    /// Compiles as [`Self::compile`] does, and finds out what names mean.
    pub(crate) fn compile_recorded(&mut self, sources: &Sources, today: Date) -> (Catalogue, Vec<Diagnostic>, Record) {
        let wanted = Wanted { names: true, tests: None };
        let (catalogue, problems, found) = self.checked(sources, today, wanted);
        (catalogue, problems, found.record.unwrap_or_default())
    }

    pub(super) fn checked(
        &mut self,
        sources: &Sources,
        today: Date,
        wanted: Wanted<'_>,
    ) -> (Catalogue, Vec<Diagnostic>, Found) {
        let Wanted { names, tests } = wanted;
        if self.day.replace(today) != Some(today) || tests.is_some() {
            (self.templates, self.procedures, self.offers) = Default::default();
            self.blocks.clear();
        }
        let mut world = World::read(sources, self.regions, names.then(Record::default), &mut self.files);
        world.tests = tests.map(Tests::new);
        lists_and_authorities(&mut world);
        self.blocks(&mut world);
        let mut catalogue = Catalogue::default();
        let templates = std::mem::take(&mut self.templates);
        let before: BTreeMap<_, _> =
            templates.iter().map(|(key, kept)| (key.clone(), kept.made.kept.clone())).collect();
        let things = world.known.templates.clone();
        self.templates = versions(&mut world, &things, templates, &Templates::new(), today);
        let patterns = patterns(&things, &self.templates, &before);
        let offers = world.offers(|_| true, &patterns, &self.offers);
        let compiled =
            self.templates.iter().map(|(key, kept)| (key.as_str(), (kept.origin(), kept.made.kept.as_slice())));
        let things = world.known.procedures.clone();
        let procedures = std::mem::take(&mut self.procedures);
        self.procedures = versions(&mut world, &things, procedures, &compiled.collect(), today);
        let all = || self.templates.values().chain(self.procedures.values());
        self.checks = all().filter(|kept| kept.fresh).count() + self.blocks.values().filter(|kept| kept.fresh).count();
        for kept in all() {
            catalogue.files.extend(kept.made.files.iter().cloned());
            catalogue.refused.extend(kept.made.refused.iter().cloned());
        }
        let named = |all: &BTreeMap<String, Kept<Versions>>| {
            let compiled = all.iter().filter(|(_, kept)| !kept.made.kept.is_empty());
            compiled.map(|(key, kept)| (key.clone(), kept.made.kept.clone())).collect()
        };
        catalogue.templates = named(&self.templates);
        catalogue.procedures = named(&self.procedures);
        for offer in offers.values() {
            let files = offer.procedures.iter().map(|made| ((made.path.clone(), made.version), offer.portal.clone()));
            catalogue.files.extend(files);
            catalogue.procedures.insert(offer.key.clone(), offer.procedures.clone());
        }
        let directory = Directory::new(&world.known, &offers, &catalogue.procedures);
        let portals = world.known.portals.iter();
        catalogue.portals =
            portals.map(|thing| (thing.key.clone(), Arc::new(portal::portal(&world, thing, &directory)))).collect();
        catalogue.authorities.clone_from(&world.known.authorities);
        let record = world.record.take().map(|record| record.settled(&world));
        let tests = world.tests.take().map(Tests::into_found).unwrap_or_default();
        catalogue.spellings.clone_from(&world.known.spellings);
        let mut problems = world.into_problems();
        problems.dedup();
        self.offers = offers;
        (catalogue, problems, Found { record, tests })
    }

    /// Checks the building blocks by themselves.
    fn blocks(&mut self, world: &mut World<'_>) {
        let blocks: Vec<Arc<Thing>> = world.known.blocks.values().cloned().collect();
        let mut kept = BTreeMap::new();
        for thing in &blocks {
            if world.overgrown.get() {
                break;
            }
            let stage = world.stage();
            let before = self.blocks.remove(&thing.key);
            let mut found = before.and_then(|before| before.still(thing.content, &stage)).unwrap_or_else(|| {
                let part = stage.part();
                Lower::block(&part, thing);
                Kept::new(thing.content, part, (), &stage)
            });
            world.take_over(&mut found.said);
            kept.insert(thing.key.clone(), found);
        }
        self.blocks = kept;
        for thing in &blocks {
            world.close_if_wrong(&thing.file);
        }
    }
}

/// Compiles procedures, and holds the versions of each against one another.
fn versions(
    world: &mut World<'_>,
    things: &[Arc<Thing>],
    mut before: BTreeMap<String, Kept<Versions>>,
    templates: &Templates<'_>,
    today: Date,
) -> BTreeMap<String, Kept<Versions>> {
    let mut by_key: BTreeMap<&str, Vec<&Thing>> = BTreeMap::new();
    for thing in things {
        by_key.entry(&thing.key).or_default().push(thing);
    }
    let work: Vec<_> = by_key.into_iter().map(|(key, things)| (key, things, before.remove(key))).collect();
    let stage = world.stage();
    let mut all: Vec<(&str, Kept<Versions>)> = work
        .into_par_iter()
        .map(|(key, things, before)| {
            let content = content(&things, templates);
            let made = before.as_ref().map(|before| before.made.kept.clone()).unwrap_or_default();
            let same = before.and_then(|before| before.still(content, &stage));
            let again = || {
                let mut again = checked(&stage, &things, content, templates, today);
                again.made.keep(&made);
                again
            };
            (key, same.unwrap_or_else(again))
        })
        .collect();
    for (_, kept) in &mut all {
        world.take_over(&mut kept.said);
    }
    all.into_iter().map(|(key, kept)| (key.to_owned(), kept)).collect()
}

/// The templates that serve every town as they are.
fn patterns<'p>(
    things: &'p [Arc<Thing>],
    compiled: &'p BTreeMap<String, Kept<Versions>>,
    before: &BTreeMap<String, Vec<Arc<Procedure>>>,
) -> BTreeMap<&'p str, adopt::Patterns<'p>> {
    let pattern = |procedure: &'p Arc<Procedure>| {
        let mut versions = things.iter().filter(|thing| thing.key == procedure.path);
        let thing = versions.find(|thing| adopt::number(thing) == Some(procedure.version))?;
        adopt::Pattern::of(procedure, thing.area.as_ref()?)
    };
    let whole = compiled.iter().filter(|(_, kept)| kept.made.refused.is_empty() && !kept.made.kept.is_empty());
    whole
        .filter_map(|(key, kept)| {
            let versions = kept.made.kept.iter().map(pattern).collect::<Option<_>>()?;
            let same = before.get(key).is_some_and(|before| adopt::same_for_towns(before, &kept.made.kept));
            Some((key.as_str(), adopt::Patterns { same, versions }))
        })
        .collect()
}

/// A number for the texts of the versions of a procedure and of their templates.
fn content(things: &[&Thing], templates: &Templates<'_>) -> u64 {
    let of = |thing: &&Thing| {
        let template = thing.origin.as_ref().and_then(|origin| templates.get(origin.key.as_str()));
        (thing.content, format!("{:?}", thing.area), template.map(|(origin, _)| *origin))
    };
    hash_of(&things.iter().map(of).collect::<Vec<_>>())
}

fn lists_and_authorities(world: &mut World<'_>) {
    let lists = world.known.list_files.iter().map(|(key, thing)| (key.clone(), things::list(world, thing))).collect();
    world.known_mut().lists = lists;
    let mut authorities = BTreeMap::new();
    for thing in &world.known.authority_files {
        let authority = authority::authority(world, thing);
        if authorities.contains_key(&thing.key) {
            let problem = Problem::NameTwice { name: thing.node.name_text().to_owned() };
            world.say(Diagnostic::new(problem, &thing.file, thing.node.name_span()));
        }
        authorities.insert(thing.key.clone(), Arc::new(authority));
    }
    let offices = Offices::new(&authorities, world.regions);
    let known = world.known_mut();
    known.offices = offices;
    known.authorities = authorities;
}

/// Checks the versions of a procedure.
fn checked(
    stage: &Stage<'_>,
    things: &[&Thing],
    content: u64,
    templates: &Templates<'_>,
    today: Date,
) -> Kept<Versions> {
    let part = stage.part();
    let mut versions: Vec<(&Thing, Procedure)> = Vec::new();
    for thing in things {
        if let Some(origin) = &thing.origin
            && part.errors_in(&origin.file) > 0
        {
            part.template_is_broken(origin, thing);
            continue;
        }
        if let Some(mut procedure) = compiled(&part, thing, today) {
            let template = thing.origin.as_ref().and_then(|origin| templates.get(origin.key.as_str()));
            let versions_of_template = template.map(|(_, versions)| *versions).unwrap_or_default();
            adopt::only_tighter(&part, thing, &procedure, versions_of_template);
            let version = thing.origin.as_ref().map(|origin| origin.version);
            if let Some(template) = versions_of_template.iter().find(|template| Some(template.version) == version) {
                adopt::share(&mut procedure, template);
            }
            versions.push((thing, procedure));
        }
    }
    versions.sort_by_key(|(_, procedure)| (procedure.valid_from, procedure.version));
    let mut made = Versions::default();
    let mut kept: Vec<(&Thing, Procedure)> = Vec::new();
    let mut clashing: Vec<(&Thing, Procedure)> = Vec::new();
    for (thing, mut procedure) in versions {
        if numbering::clashes(&part, thing, &procedure, kept.iter().chain(&clashing)) {
            clashing.push((thing, procedure));
            continue;
        }
        let earlier: Vec<(&Thing, &Procedure)> = kept.iter().map(|(thing, old)| (*thing, old)).collect();
        transition::check(&part, thing, &mut procedure, &earlier, things);
        let file = part.patchwork(&thing.file).map_or(&thing.file, |patchwork| &patchwork.home.0);
        made.files.push(((procedure.path.clone(), procedure.version), file.clone()));
        if part.errors_in(&thing.file) == 0 {
            kept.push((thing, procedure));
        } else {
            made.refused.push(Arc::new(procedure));
        }
    }
    if kept.len() == 1 {
        numbering::alone(&part, things);
    }
    made.kept = kept.into_iter().map(|(_, procedure)| Arc::new(procedure)).collect();
    Kept::new(content, part, made, stage)
}

/// One version of a procedure with its examples run; `None` where something is wrong.
fn compiled(world: &World<'_>, thing: &Thing, today: Date) -> Option<Procedure> {
    let procedure = Lower::procedure(world, thing)?;
    let tried = example::run(world, thing, &procedure);
    if let Some(tests) = world.tests.as_ref().filter(|tests| tests.wants(world, thing)) {
        tests.add(vec![cases::look(world, thing, &procedure, &tried)]);
    }
    let (procedure, examples) = example::kept(world, thing, procedure, tried)?;
    if !reach::check(world, thing, &procedure, examples) {
        return None;
    }
    if procedure.valid_until.is_some_and(|until| until <= today) {
        let problem = Problem::VersionOver { version: procedure.version.to_string() };
        world.say(Diagnostic::new(problem, &thing.file, thing.node.span));
    }
    if let Some(closes) = procedure.open.as_ref().and_then(|open| open.to).filter(|to| to.date() < today) {
        let span = thing.node.key(Key::Open).map_or(thing.node.span, |line| line.value_span);
        let day = Both::each(|reader| show_date(closes.date(), reader));
        world.say(Diagnostic::new(Problem::WindowOver { day }, &thing.file, span));
    }
    Some(procedure)
}
