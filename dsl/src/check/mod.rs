//! Trees to the model: names, kinds, units, guards, cycles, tables, examples.

mod adopt;
mod allowed;
pub(crate) mod answer_paths;
mod answers;
mod area;
mod arithmetic;
mod authority;
mod blocks;
mod bounds;
mod build;
mod calculations;
mod choices;
mod computed;
mod conditions;
mod cover;
pub(crate) mod dates;
mod declare;
mod example;
mod expectations;
pub(crate) mod expressions;
mod fees;
mod fill;
mod header;
mod intervals;
mod kinds;
pub(crate) mod levels;
mod limits;
pub(crate) mod names;
mod naming;
mod offices;
pub(crate) mod options;
mod phrases;
mod placeholders;
mod places;
mod portal;
mod procedure;
mod proof;
mod reach;
pub(crate) mod record;
mod refs;
mod responsible;
mod rules;
mod scope;
mod second_person;
mod sets;
mod table;
mod task;
mod texts;
pub(crate) mod thing;
mod things;
mod transition;
pub(crate) mod translation;
mod translation_fix;
mod types;
mod units;
mod window;
mod wording;
pub(crate) mod world;

pub use adopt::{OriginLine, Resolved, resolved};

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use crate::diagnostic::{Diagnostic, Problem};
use crate::model::{Catalogue, Procedure};
use crate::region::Regions;
use crate::syntax::Sources;
use expressions::Lower;
use record::Record;
use thing::Thing;
use world::World;

/// Compiles the texts of a folder.
///
/// The catalogue holds what compiled; a procedure with errors is left out and the others go on.
/// `today` says which versions are over.
///
/// ```
/// use amtsweg_dsl::{compile, region::Regions, syntax::Sources};
///
/// let mut sources = Sources::new();
/// sources.add("gruß.amt", "Sprache: Deutsch\nInformation gruß \"Guten Tag\"\n  Fassung: 1, gültig ab 01.01.2026\n\
///     Abschnitt a \"Willkommen\"\n  Zwischentext b \"Schön, dass Sie da sind.\"\n".as_bytes()).unwrap();
/// let (catalogue, problems) = compile(&sources, Regions::shipped(), jiff::civil::date(2026, 11, 22));
/// assert!(problems.is_empty(), "{problems:?}");
/// assert!(catalogue.procedures.contains_key("gruss"));
/// ```
#[must_use]
pub fn compile(sources: &Sources, regions: &Regions, today: Date) -> (Catalogue, Vec<Diagnostic>) {
    let (catalogue, problems, _) = checked(World::read(sources, regions, None), today);
    (catalogue, problems)
}

/// Compiles as [`compile`] does, and keeps what names were found to mean.
pub(crate) fn compile_recorded(
    sources: &Sources,
    regions: &Regions,
    today: Date,
) -> (Catalogue, Vec<Diagnostic>, Record) {
    let (catalogue, problems, record) = checked(World::read(sources, regions, Some(Record::default())), today);
    (catalogue, problems, record.unwrap_or_default())
}

fn checked(mut world: World<'_>, today: Date) -> (Catalogue, Vec<Diagnostic>, Option<Record>) {
    world.lists = world.list_files.iter().map(|(key, thing)| (key.clone(), things::list(&world, thing))).collect();
    let mut authorities = BTreeMap::new();
    for thing in &world.authority_files {
        let authority = authority::authority(&world, thing);
        if authorities.contains_key(&thing.key) {
            let problem = Problem::NameTwice { name: thing.node.name_text().to_owned() };
            world.say(Diagnostic::new(problem, &thing.file, thing.node.name_span()));
        }
        authorities.insert(thing.key.clone(), authority);
    }
    world.offices = offices::Offices::new(&authorities, world.regions);
    world.authorities = authorities;
    for thing in world.blocks.values() {
        Lower::block(&world, thing);
    }
    for thing in world.blocks.values() {
        world.close_if_wrong(&thing.file);
    }
    let mut catalogue = Catalogue::default();
    catalogue.templates = versions(&world, &world.templates, &mut catalogue, today);
    catalogue.procedures = versions(&world, &world.procedures, &mut catalogue, today);
    catalogue.portals = world
        .portals
        .iter()
        .map(|thing| (thing.key.clone(), Arc::new(portal::portal(&world, thing, &catalogue.procedures))))
        .collect();
    catalogue.authorities =
        world.authorities.iter().map(|(key, authority)| (key.clone(), Arc::new(authority.clone()))).collect();
    let record = world.record.take().map(|record| record.settled(&world));
    catalogue.spellings = std::mem::take(&mut world.spellings);
    let mut problems = world.into_problems();
    problems.dedup();
    (catalogue, problems, record)
}

/// Procedures by path, each with its versions in the order of their first days.
type Versions = BTreeMap<String, Vec<Arc<Procedure>>>;

/// Compiles procedures, and holds the versions of each against one another.
fn versions(world: &World<'_>, things: &[Thing], catalogue: &mut Catalogue, today: Date) -> Versions {
    let mut by_path: BTreeMap<&str, Vec<(&Thing, Procedure)>> = BTreeMap::new();
    for thing in things {
        if let Some(origin) = &thing.origin
            && world.errors_in(&origin.file) > 0
        {
            world.template_is_broken(origin, thing);
            continue;
        }
        if let Some(procedure) = compiled(world, thing, today) {
            adopt::only_tighter(world, thing, &procedure, &catalogue.templates);
            by_path.entry(&thing.key).or_default().push((thing, procedure));
        }
    }
    let mut all = Versions::new();
    for (path, mut versions) in by_path {
        versions.sort_by_key(|(_, procedure)| (procedure.valid_from, procedure.version));
        let mut kept: Vec<(&Thing, Procedure)> = Vec::new();
        for (thing, mut procedure) in versions {
            if kept.iter().any(|(_, other)| overlap(other, &procedure)) {
                let problem = Problem::VersionTwice { version: procedure.version.to_string() };
                world.say(Diagnostic::new(problem, &thing.file, thing.node.span));
                continue;
            }
            let earlier: Vec<(&Thing, &Procedure)> = kept.iter().map(|(thing, old)| (*thing, old)).collect();
            transition::check(world, thing, &mut procedure, &earlier);
            let file = world.resolved.get(&thing.file).map_or(&thing.file, |patchwork| &patchwork.home.0);
            catalogue.files.insert((procedure.path.clone(), procedure.version), file.clone());
            if world.errors_in(&thing.file) == 0 {
                kept.push((thing, procedure));
            } else {
                catalogue.refused.push(Arc::new(procedure));
            }
        }
        if !kept.is_empty() {
            all.insert(path.to_owned(), kept.into_iter().map(|(_, procedure)| Arc::new(procedure)).collect());
        }
    }
    all
}

/// One version of a procedure with its examples run; `None` where something is wrong.
fn compiled(world: &World<'_>, thing: &Thing, today: Date) -> Option<Procedure> {
    let procedure = Lower::procedure(world, thing)?;
    let (procedure, examples) = example::run(world, thing, procedure)?;
    if !reach::check(world, thing, &procedure, examples) {
        return None;
    }
    if procedure.valid_until.is_some_and(|until| until <= today) {
        let problem = Problem::VersionOver { version: procedure.version.to_string() };
        world.say(Diagnostic::new(problem, &thing.file, thing.node.span));
    }
    if let Some(closes) = procedure.open.as_ref().and_then(|open| open.to).filter(|to| to.date() < today) {
        let span = thing.node.key(crate::syntax::keyword::Key::Open).map_or(thing.node.span, |line| line.value_span);
        let day = crate::diagnostic::Both::each(|reader| crate::kind::show_date(closes.date(), reader));
        world.say(Diagnostic::new(Problem::WindowOver { day }, &thing.file, span));
    }
    Some(procedure)
}

/// Whether two versions have the same number, or a day on which both are valid.
fn overlap(a: &Procedure, b: &Procedure) -> bool {
    a.version == b.version
        || (a.valid_until.is_none_or(|until| b.valid_from < until)
            && b.valid_until.is_none_or(|until| a.valid_from < until))
}
