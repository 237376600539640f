//! Templates that portals offer as they are.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use super::shared::Pattern;
use super::{Audience, MARK, OwnArea, area_name, fits};
use crate::check::declare::full_path;
use crate::check::thing::Thing;
use crate::check::world::{World, last_part};
use crate::model::Procedure;
use crate::syntax::keyword::{Heading, Key};

/// A template that a town adopts unchanged, ready without having been compiled for it.
pub(in crate::check) struct Offer {
    /// The folder of the town.
    pub folder: String,
    /// Folder and name of the template.
    pub template: String,
    /// Folder and name in the town.
    pub key: String,
    /// The file of the portal.
    pub portal: String,
    /// The versions.
    pub procedures: Vec<Arc<Procedure>>,
}

impl World<'_> {
    /// Templates that portals name under `Angebot` and their towns do not adopt by a file: they are
    /// adopted unchanged. Of a template with a pattern nothing needs to be compiled.
    pub(in crate::check) fn offers(
        &mut self,
        wanted: impl Fn(&str) -> bool,
        patterns: &BTreeMap<&str, Vec<Pattern<'_>>>,
    ) -> Vec<Offer> {
        let mut ready = Vec::new();
        let known = Arc::clone(&self.known);
        let keys: HashSet<&str> = known.procedures.iter().map(|thing| thing.key.as_str()).collect();
        let own = known.procedures.iter().filter_map(|thing| Some((&*thing.folder, &*thing.origin.as_ref()?.key)));
        let taken: HashSet<(&str, &str)> = own.collect();
        let mut templates: HashMap<&str, Vec<&Arc<Thing>>> = HashMap::new();
        for template in &known.templates {
            templates.entry(&template.key).or_default().push(template);
        }
        let mut adopted = Vec::new();
        for portal in &known.portals {
            let offers = portal.node.children.iter().filter(|child| child.heading == Heading::Offer);
            for bullet in offers.flat_map(|offer| &offer.bullets) {
                let template = full_path(&bullet.text, &portal.folder);
                let Some(versions) = templates.get(template.as_str()) else { continue };
                let key = full_path(last_part(&template), &portal.folder);
                if keys.contains(template.as_str()) || taken.contains(&(&portal.folder, &template)) || !wanted(&key) {
                    continue;
                }
                if let Some(patterns) = patterns.get(template.as_str())
                    && let Some(procedures) = self.ready_versions(&key, versions, patterns, portal)
                {
                    let (folder, portal) = (portal.folder.clone(), portal.file.clone());
                    ready.push(Offer { folder, template, key, portal, procedures });
                    continue;
                }
                for template in versions {
                    if self.errors_in(&template.file) > 0 {
                        self.broken(template, &portal.file, bullet.span);
                        continue;
                    }
                    let Some(area) = self.own_area(template, portal, &portal.node) else { continue };
                    let virtual_file = format!("{}{MARK}{}", portal.file, template.file);
                    adopted.push((Arc::clone(template), area, virtual_file, Arc::clone(portal), bullet.span));
                }
            }
        }
        drop(known);
        let mut things = Vec::new();
        for (template, area, virtual_file, portal, span) in adopted {
            let home = (portal.file.as_str(), span);
            if let Some(mut thing) = self.put_together(&template, None, home, virtual_file, &portal.folder) {
                thing.area = Some(area);
                things.push(Arc::new(thing));
            }
        }
        self.known_mut().procedures.extend(things);
        ready
    }

    /// All versions of a template for a town; `None` where one of them has to be compiled.
    fn ready_versions(
        &self,
        key: &str,
        versions: &[&Arc<Thing>],
        patterns: &[Pattern<'_>],
        portal: &Thing,
    ) -> Option<Vec<Arc<Procedure>>> {
        if versions.len() != patterns.len() || versions.iter().any(|template| self.errors_in(&template.file) > 0) {
            return None;
        }
        let line = portal.node.key(Key::Area)?;
        let set = crate::check::authority::area(self, portal, line)?;
        if !versions.iter().all(|template| fits(&set, self.audience(template).unwrap_or(Audience::Municipalities))) {
            return None;
        }
        let area = OwnArea { set, name: area_name(line), sample: false };
        let made = patterns.iter().map(|pattern| pattern.for_town(key, &area, &self.known.offices, self.regions));
        made.map(|procedure| procedure.map(Arc::new)).collect()
    }
}
