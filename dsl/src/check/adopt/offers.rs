//! Templates that portals offer as they are.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::shared::{Authorities, Pattern};
use super::{Audience, MARK, OwnArea, area_name, fits};
use crate::check::declare::full_path;
use crate::check::thing::Thing;
use crate::check::world::{World, last_part};
use crate::model::Procedure;
use crate::syntax::Span;
use crate::syntax::keyword::{Heading, Key};

/// A template that a town adopts unchanged, ready without having been compiled for it.
#[derive(Clone)]
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
    /// The area and the authorities that were put into them.
    area: Arc<OwnArea>,
    authorities: Vec<Authorities>,
}

/// A template whose versions serve every town.
pub(in crate::check) struct Patterns<'p> {
    /// Whether they are those of the last time.
    pub same: bool,
    pub versions: Vec<Pattern<'p>>,
}

/// A template that a portal offers, and what it comes of there.
struct Wanted<'w, 'p> {
    portal: &'w Arc<Thing>,
    template: String,
    key: String,
    span: Span,
    versions: &'w [&'w Arc<Thing>],
    ready: Option<Ready<'w, 'p>>,
}

/// What the procedures of a town are made of.
struct Ready<'w, 'p> {
    patterns: &'w Patterns<'p>,
    area: Arc<OwnArea>,
    authorities: Vec<Authorities>,
}

impl Ready<'_, '_> {
    /// The versions, or those of the last time where nothing has changed.
    fn made(&self, key: &str, before: Option<&Offer>) -> Option<Vec<Arc<Procedure>>> {
        let same =
            |before: &&Offer| self.patterns.same && self.area == before.area && self.authorities == before.authorities;
        if let Some(before) = before.filter(same) {
            return Some(before.procedures.clone());
        }
        let versions = self.patterns.versions.iter().zip(&self.authorities);
        let made = versions.map(|(pattern, found)| pattern.for_town(key, &self.area, found.clone()));
        made.map(|procedure| procedure.map(Arc::new)).collect()
    }
}

impl World<'_> {
    /// Templates that portals name under `Angebot` and their towns do not adopt by a file: they are
    /// adopted unchanged. Of a template with a pattern nothing needs to be compiled; `before` are
    /// those of the last time.
    pub(in crate::check) fn offers(
        &mut self,
        wanted: impl Fn(&str) -> bool,
        patterns: &BTreeMap<&str, Patterns<'_>>,
        before: &BTreeMap<String, Offer>,
    ) -> BTreeMap<String, Offer> {
        let known = Arc::clone(&self.known);
        let keys: HashSet<&str> = known.procedures.iter().map(|thing| thing.key.as_str()).collect();
        let own = known.procedures.iter().filter_map(|thing| Some((&*thing.folder, &*thing.origin.as_ref()?.key)));
        let taken: HashSet<(&str, &str)> = own.collect();
        let mut templates: HashMap<&str, Vec<&Arc<Thing>>> = HashMap::new();
        for template in &known.templates {
            templates.entry(&template.key).or_default().push(template);
        }
        let mut offered = Vec::new();
        for portal in &known.portals {
            let mut own: Option<Option<Arc<OwnArea>>> = None;
            let offers = portal.node.children.iter().filter(|child| child.heading == Heading::Offer);
            for bullet in offers.flat_map(|offer| &offer.bullets) {
                let template = full_path(&bullet.text, &portal.folder);
                let Some(versions) = templates.get(template.as_str()) else { continue };
                let key = full_path(last_part(&template), &portal.folder);
                if keys.contains(template.as_str()) || taken.contains(&(&portal.folder, &template)) || !wanted(&key) {
                    continue;
                }
                let ready = patterns.get(template.as_str()).and_then(|patterns| {
                    let area = own.get_or_insert_with(|| self.whole_area(portal)).clone()?;
                    self.ready(versions, patterns, area)
                });
                offered.push(Wanted { portal, template, key, span: bullet.span, versions, ready });
            }
        }
        let made: Vec<Option<Vec<Arc<Procedure>>>> = offered
            .par_iter()
            .map(|one| one.ready.as_ref().and_then(|ready| ready.made(&one.key, before.get(&one.key))))
            .collect();
        let mut offers = BTreeMap::new();
        let mut adopted = Vec::new();
        for (one, made) in offered.into_iter().zip(made) {
            let portal = one.portal;
            if let (Some(procedures), Some(ready)) = (made, one.ready) {
                let (folder, portal) = (portal.folder.clone(), portal.file.clone());
                let (key, template) = (one.key, one.template);
                let Ready { area, authorities, .. } = ready;
                let offer = Offer { folder, template, key, portal, procedures, area, authorities };
                offers.insert(offer.key.clone(), offer);
                continue;
            }
            for template in one.versions {
                if self.errors_in(&template.file) > 0 {
                    self.broken(template, &portal.file, one.span);
                    continue;
                }
                let Some(area) = self.own_area(template, portal, &portal.node) else { continue };
                let virtual_file = format!("{}{MARK}{}", portal.file, template.file);
                adopted.push((Arc::clone(template), area, virtual_file, Arc::clone(portal), one.span));
            }
        }
        drop(templates);
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
        offers
    }

    /// The area of a portal.
    fn whole_area(&self, portal: &Thing) -> Option<Arc<OwnArea>> {
        let line = portal.node.key(Key::Area)?;
        let set = crate::check::authority::area(self, portal, line)?;
        Some(Arc::new(OwnArea { set, name: area_name(line), sample: false }))
    }

    /// What all versions of a template are made of in a town; `None` where one of them has to be compiled.
    fn ready<'w, 'p>(
        &self,
        versions: &[&Arc<Thing>],
        patterns: &'w Patterns<'p>,
        area: Arc<OwnArea>,
    ) -> Option<Ready<'w, 'p>> {
        if versions.len() != patterns.versions.len()
            || versions.iter().any(|template| self.errors_in(&template.file) > 0)
        {
            return None;
        }
        let audience = |template: &Thing| self.audience(template).unwrap_or(Audience::Municipalities);
        if !versions.iter().all(|template| fits(&area.set, audience(template))) {
            return None;
        }
        let found = patterns.versions.iter().map(|one| one.authorities(&area, &self.known.offices, self.regions));
        let authorities: Vec<Authorities> = found.collect::<Option<_>>()?;
        Some(Ready { patterns, area, authorities })
    }
}
