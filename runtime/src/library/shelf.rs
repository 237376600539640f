//! Putting together what is served: from texts in author mode, from published versions in
//! service mode.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use amtsweg_dsl::diagnostic::Severity;
use amtsweg_dsl::model::{Access, Authority, FeePayment, Language, Procedure, Responsible};

use super::folder::Compiled;
use super::{Edition, EditionError, Shelf};
use crate::deliver::{Channels, destination_for};
use crate::release::person::has_second;
use crate::store::PublishedVersion;

impl Shelf {
    /// Author mode: what the texts say now. While they have errors, what is missing now and was
    /// there before stays as it was last good.
    #[must_use]
    pub fn of_texts(compiled: &Compiled, language: Language, before: &Self) -> Self {
        let mut diagnostics = compiled.lines(language);
        let mut procedures: BTreeMap<String, Vec<Arc<Edition>>> = BTreeMap::new();
        for (path, versions) in &compiled.catalogue.procedures {
            for procedure in versions {
                match edition(procedure, before) {
                    Ok(edition) => procedures.entry(path.clone()).or_default().push(edition),
                    Err(error) => diagnostics.push(format!("{path}: {error}")),
                }
            }
        }
        let mut shelf = Self {
            procedures,
            authorities: compiled.catalogue.authorities.clone(),
            portals: compiled.catalogue.portals.clone(),
            diagnostics,
            broken: compiled.broken(language),
            files: compiled.catalogue.files.clone(),
            kept: BTreeSet::new(),
            preview: true,
        };
        if compiled.count(Severity::Error) > 0 {
            shelf.keep_versions(compiled, before);
            keep(&mut shelf.procedures, &before.procedures);
            keep(&mut shelf.authorities, &before.authorities);
            keep(&mut shelf.portals, &before.portals);
        }
        shelf
    }

    /// Service mode: the published versions of procedures, authorities and portals of the texts.
    /// Also answers what is not offered, and why: sentences for the operator.
    ///
    /// # Errors
    /// When a published version cannot be read.
    pub fn of_published(
        published: &[PublishedVersion],
        compiled: &Compiled,
        channels: &Channels,
        before: &Self,
    ) -> Result<(Self, Vec<String>), EditionError> {
        let mut procedures: BTreeMap<String, Vec<Arc<Edition>>> = BTreeMap::new();
        for version in published {
            let procedure: Procedure = serde_json::from_slice(&version.compiled)
                .map_err(|error| EditionError(format!("{} version {}: {error}", version.procedure, version.version)))?;
            procedures.entry(version.procedure.clone()).or_default().push(edition(&Arc::new(procedure), before)?);
        }
        for versions in procedures.values_mut() {
            versions.sort_by_key(|edition| (edition.procedure.valid_from, edition.procedure.version));
        }
        let mut notes = Vec::new();
        procedures.retain(|path, versions| {
            let unreachable = unreachable(versions, &compiled.catalogue.authorities, channels);
            if unreachable.is_empty() {
                return true;
            }
            notes.push(format!(
                "{path} is not offered: no real channel is set for {}.",
                unreachable.into_iter().collect::<Vec<_>>().join(", ")
            ));
            false
        });
        for (path, versions) in &procedures {
            notes.extend(unreleasable(path, versions, channels));
        }
        let shelf = Self {
            procedures,
            authorities: compiled.catalogue.authorities.clone(),
            portals: compiled.catalogue.portals.clone(),
            diagnostics: Vec::new(),
            broken: BTreeMap::new(),
            files: BTreeMap::new(),
            kept: BTreeSet::new(),
            preview: false,
        };
        Ok((shelf, notes))
    }

    /// Keeps each version whose file is still there and makes none now.
    fn keep_versions(&mut self, compiled: &Compiled, before: &Self) {
        for (number, file) in &before.files {
            let (path, version) = number;
            let silent = compiled.sources.text(file).is_some() && !self.files.values().any(|made| made == file);
            if !silent || self.files.contains_key(number) {
                continue;
            }
            let edition =
                before.procedures.get(path).and_then(|all| all.iter().find(|one| one.procedure.version == *version));
            if let Some(edition) = edition {
                let versions = self.procedures.entry(path.clone()).or_default();
                versions.push(edition.clone());
                versions.sort_by_key(|edition| (edition.procedure.valid_from, edition.procedure.version));
                self.files.insert(number.clone(), file.clone());
                self.kept.insert(number.clone());
            }
        }
    }
}

/// The authorities that a procedure may come to and that nothing can be sent to.
fn unreachable(
    versions: &[Arc<Edition>],
    authorities: &BTreeMap<String, Arc<Authority>>,
    channels: &Channels,
) -> BTreeSet<String> {
    let mut named = BTreeSet::new();
    for table in versions.iter().filter_map(|edition| edition.procedure.responsibility.as_ref()) {
        for responsible in table.rows.iter().map(|row| &row.then).chain(&table.otherwise) {
            match responsible {
                Responsible::Authority(path) => drop(named.insert(path.clone())),
                Responsible::Task { authorities, .. } => named.extend(authorities.values().cloned()),
                Responsible::EndPage(_) => {}
            }
        }
    }
    named.retain(|path| authorities.get(path).is_none_or(|authority| destination_for(authority, channels).is_none()));
    named
}

/// Why submissions of a procedure could never be released here.
fn unreleasable(path: &str, versions: &[Arc<Edition>], channels: &Channels) -> Vec<String> {
    let mut notes = Vec::new();
    let any = |check: &dyn Fn(&Procedure) -> bool| versions.iter().any(|edition| check(&edition.procedure));
    let pays = |procedure: &Procedure| procedure.fees.iter().any(|fee| fee.payment == FeePayment::BeforeSending);
    if !channels.payments && any(&pays) {
        notes.push(format!(
            "{path} is not offered: it has a fee that is paid before sending, and nobody takes payments here."
        ));
    }
    let writes = |procedure: &Procedure| procedure.access == Access::Email || has_second(procedure);
    if !channels.can_mail() && any(&writes) {
        notes
            .push(format!("{path} is not offered: it writes mails with links, and no mail server is set (mail.host)."));
    }
    notes
}

/// Makes a procedure ready, or takes the edition that is ready already.
fn edition(procedure: &Arc<Procedure>, before: &Shelf) -> Result<Arc<Edition>, EditionError> {
    let hash = procedure.hash().map_err(|error| EditionError(error.to_string()))?;
    match before.by_hash(&procedure.path, &hash) {
        Some(ready) => Ok(ready.clone()),
        None => Edition::new(procedure.as_ref().clone()).map(Arc::new),
    }
}

fn keep<T: Clone>(now: &mut BTreeMap<String, T>, before: &BTreeMap<String, T>) {
    for (path, good) in before {
        now.entry(path.clone()).or_insert_with(|| good.clone());
    }
}
