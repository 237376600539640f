//! Where a town has said what it says of a question.

use crate::check::names::json_key;
use crate::check::thing::Thing;
use crate::check::world::World;
use crate::syntax::keyword::{Heading, Key};
use crate::syntax::{Node, Span};

/// Whether a place in the text of an adopted procedure stands in the file of its template.
pub(in crate::check) fn is_of_template(world: &World<'_>, thing: &Thing, span: Span) -> bool {
    let origin = thing.origin.as_ref().zip(world.patchwork(&thing.file));
    origin.is_some_and(|(origin, patchwork)| patchwork.origin(span).is_some_and(|(file, _)| file == origin.file))
}

/// Where the town adds, changes or drops the question with this path; else the heading.
pub(in crate::check) fn place_of(world: &World<'_>, thing: &Thing, path: &[String]) -> Span {
    let found = || {
        let (origin, patchwork) = (thing.origin.as_ref()?, world.patchwork(&thing.file)?);
        let mine = |span: &Span| patchwork.origin(*span).is_some_and(|(file, _)| file == origin.adopted_in);
        let changed = |node: &Node| {
            let lines = node.keys.iter().map(|line| line.key_span);
            [node.span].into_iter().chain(lines).find(mine)
        };
        let asked = thing.node.children.iter().find_map(|section| {
            let repeated = section.key(Key::Repeats).is_some();
            section.children.iter().find_map(|question| {
                let mut own = vec![json_key(question.name_text())];
                if repeated {
                    own.insert(0, json_key(section.name_text()));
                }
                path.starts_with(&own).then(|| changed(question))?
            })
        });
        asked.or_else(|| {
            let (_, span) = origin.dropped.iter().find(|(name, _)| path.ends_with(name))?;
            patchwork.place(&origin.adopted_in, *span)
        })
    };
    found().unwrap_or(thing.node.span)
}

/// The questions that an adoption drops.
pub(super) fn dropped(adoption: &Thing) -> Vec<(Vec<String>, Span)> {
    let drops = adoption.node.children.iter().filter(|node| node.heading == Heading::Drops);
    drops.map(|node| (node.name_text().split('.').map(json_key).collect(), node.span)).collect()
}
