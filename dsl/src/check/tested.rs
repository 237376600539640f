//! The examples of procedures, and what they show: for the one who wants to know more than that
//! they are right.

use std::cell::RefCell;

use jiff::civil::Date;

use super::cases::Tested;
use super::compiler::{Compiler, Wanted};
use super::thing::Thing;
use super::world::World;
use crate::diagnostic::{Diagnostic, Severity, line_and_column};
use crate::region::Regions;
use crate::syntax::Sources;

/// The files that somebody asks about.
pub(super) type Meant<'t> = &'t (dyn Fn(&str) -> bool + Sync);

/// What is wanted to be known of examples, and what was found.
pub(super) struct Tests<'t> {
    meant: Meant<'t>,
    found: RefCell<Vec<Tested>>,
}

impl<'t> Tests<'t> {
    pub fn new(meant: Meant<'t>) -> Self {
        Self { meant, found: RefCell::default() }
    }

    /// The files that somebody asks about.
    pub fn meant(&self) -> Meant<'t> {
        self.meant
    }

    /// Whether somebody asks about the examples of a thing. What a portal offers unchanged has none
    /// of its own.
    pub fn wants(&self, world: &World<'_>, thing: &Thing) -> bool {
        let whole = world.known.resolved.get(&thing.file);
        let home = whole.map_or(thing.file.as_str(), |whole| whole.home.0.as_str());
        !world.known.portals.iter().any(|portal| portal.file == home) && (self.meant)(home)
    }

    pub fn add(&self, found: Vec<Tested>) {
        self.found.borrow_mut().extend(found);
    }

    pub fn into_found(self) -> Vec<Tested> {
        self.found.into_inner()
    }
}

/// Compiles the texts of a folder, and tells of the files for which `meant` says yes what their
/// examples show, with cases for what they do not show yet. `today` says which versions are over.
#[must_use]
pub fn tested(
    sources: &Sources,
    regions: &Regions,
    today: Date,
    meant: &(dyn Fn(&str) -> bool + Sync),
) -> (Vec<Tested>, Vec<Diagnostic>) {
    let wanted = Wanted { names: false, tests: Some(meant) };
    let (_, problems, found) = Compiler::new(regions).checked(sources, today, wanted);
    let mut tested = found.tests;
    for one in &mut tested {
        let text = sources.text(&one.file).unwrap_or("");
        for example in &mut one.examples {
            let lines = example.line..=example.last_line;
            let about = |problem: &&Diagnostic| {
                problem.severity() == Severity::Error
                    && problem.file == one.file
                    && lines.contains(&line_and_column(text, problem.span.start).0)
            };
            example.problems = problems.iter().filter(about).cloned().collect();
        }
    }
    tested.sort_by(|a, b| (&a.file, a.version).cmp(&(&b.file, b.version)));
    (tested, problems)
}
