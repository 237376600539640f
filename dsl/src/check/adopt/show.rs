//! A procedure as it is compiled, line by line, with where each line stands.

use std::collections::BTreeMap;

use super::OriginLine;
use crate::check::world::World;
use crate::region::Regions;
use crate::syntax::{Sources, Span};

/// A procedure as it is compiled: an adopted one with the template's lines in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolved {
    /// Folder and name: `stadt/norderstedt/hund_anmelden`.
    pub path: String,
    /// The file that makes the procedure: its own, the one that adopts it, or the portal that offers it.
    pub file: String,
    /// Its lines.
    pub lines: Vec<OriginLine>,
}

/// The procedures and templates of a folder, each as it is compiled.
///
/// ```
/// use amtsweg_dsl::{region::Regions, resolved, syntax::Sources};
///
/// let mut sources = Sources::new();
/// sources.add("land/gruß.amt", b"Sprache: Deutsch\nInformation gru\xC3\x9F \"Guten Tag\"\n").unwrap();
/// let all = resolved(&sources, Regions::shipped());
/// assert_eq!(all[0].path, "land/gruss");
/// assert_eq!(all[0].lines[1].origin, Some(("land/gruß.amt".to_owned(), 17)));
/// ```
#[must_use]
pub fn resolved(sources: &Sources, regions: &Regions) -> Vec<Resolved> {
    let mut world = World::read(sources, regions, None, &mut BTreeMap::new());
    // Without patterns every offer is put together line by line.
    drop(world.offers(|_| true, &BTreeMap::new(), &BTreeMap::new()));
    let things = world.known.templates.iter().chain(&world.known.procedures);
    things
        .map(|thing| match world.known.resolved.get(&thing.file) {
            Some(patchwork) => {
                Resolved { path: thing.key.clone(), file: patchwork.home.0.clone(), lines: patchwork.lines() }
            }
            None => {
                let text = sources.text(&thing.file).unwrap_or("");
                let lines = crate::syntax::lines_of(text).into_iter().map(|line| own(&thing.file, text, line.span));
                Resolved { path: thing.key.clone(), file: thing.file.clone(), lines: lines.collect() }
            }
        })
        .collect()
}

fn own(file: &str, text: &str, span: Span) -> OriginLine {
    let line = text.get(span.start..span.end).unwrap_or("");
    let lead = line.len() - line.trim_start().len();
    OriginLine { text: line.to_owned(), origin: Some((file.to_owned(), span.start + lead)) }
}
