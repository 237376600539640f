//! The town that stands for all towns while a template is checked by itself.

use super::{Audience, OwnArea};
use crate::check::names::json_key;
use crate::check::thing::Thing;
use crate::check::world::World;
use crate::model::{Set, Values};
use crate::syntax::expression::TargetExpr;
use crate::syntax::keyword::{Heading, Key};
use crate::syntax::{parse_target, split_items};

impl World<'_> {
    /// A town that has an authority for a task of the template; else the first one of the state.
    pub(super) fn sample(&self, template: &Thing, audience: Audience) -> OwnArea {
        let rows = template.node.children.iter().filter(|node| node.heading == Heading::Responsible);
        let tasks: Vec<String> = rows
            .flat_map(|node| &node.rows)
            .filter_map(|(cells, _)| cells.iter().find(|cell| cell.result))
            .filter_map(|cell| match parse_target(&cell.text, 0) {
                Ok(TargetExpr::Task(task, _)) => Some(json_key(&task)),
                _ => None,
            })
            .collect();
        let home = crate::region::STATE_SCHLESWIG_HOLSTEIN;
        let length = match audience {
            Audience::Municipalities => 12,
            Audience::Counties => 5,
        };
        let with_task = self.known.authority_files.iter().find_map(|thing| {
            let own = split_items(&thing.node.key(Key::Task)?.value, 0);
            own.iter().any(|(task, _)| tasks.contains(&json_key(task))).then_some(())?;
            let area = crate::check::authority::area(self, thing, thing.node.key(Key::Area)?)?;
            let Values::Municipalities { within, .. } = area.values else { return None };
            within.into_iter().find(|key| key.len() >= length).map(|key| key[..length].to_owned())
        });
        let first =
            || self.regions.within(home).next().map(|town| town.key.get(..length).unwrap_or(town.key).to_owned());
        let key = with_task.or_else(first).unwrap_or_default();
        let name = self.regions.name(&key).map_or_else(|| key.clone(), |name| name.into_owned());
        let values = Values::Municipalities { within: vec![key], except: Vec::new() };
        OwnArea { set: Set { values, no_answer: false }, name, sample: true }
    }
}
