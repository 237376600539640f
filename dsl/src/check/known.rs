//! Everything that the files of a folder describe. What a part of the work looks up is remembered:
//! while all of that stays as it is, the part need not be done again.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use super::adopt::Patchwork;
use super::offices::Offices;
use super::read::hash_of;
use super::thing::Thing;
use super::units::Unit;
use super::world::{Translated, World};
use crate::diagnostic::{Both, Problem};
use crate::model::{Authority, CodeList, Language, Set};
use crate::syntax::keyword::is_word_char;

/// What a code list compiled to: the list, and the units of its columns.
pub(super) type CompiledList = (Arc<CodeList>, BTreeMap<String, Unit>);

/// Everything that was read.
#[derive(Debug, Clone, Default)]
pub(super) struct Known {
    pub procedures: Vec<Arc<Thing>>,
    pub templates: Vec<Arc<Thing>>,
    /// Files that adopt a template.
    pub adoptions: Vec<Arc<Thing>>,
    /// Texts of adopted procedures by the names that their messages carry.
    pub resolved: BTreeMap<String, Arc<Patchwork>>,
    pub blocks: BTreeMap<String, Arc<Thing>>,
    pub list_files: BTreeMap<String, Arc<Thing>>,
    pub authority_files: Vec<Arc<Thing>>,
    pub portals: Vec<Arc<Thing>>,
    pub translations: BTreeMap<String, Vec<Arc<Translated>>>,
    pub lists: BTreeMap<String, CompiledList>,
    pub authorities: BTreeMap<String, Arc<Authority>>,
    /// Their tasks.
    pub offices: Offices,
    /// Names as authors write them, by their keys.
    pub spellings: BTreeMap<String, String>,
    /// Units of an author's own: nouns behind `in`.
    pub nouns: HashSet<String>,
}

/// What a procedure sees of an authority: nothing of its names and addresses.
pub(super) struct AuthoritySeen<'a> {
    pub path: &'a str,
    pub area: Option<&'a Set>,
    pub can_receive: bool,
}

/// Something that was looked up.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Lookup {
    /// The text of a file.
    Text(String),
    /// Whether a file has errors.
    Wrong(String),
    /// What is called like this among blocks and lists.
    Used(String),
    /// A code list by the last part of its name.
    ListNamed(String),
    /// An authority.
    Authority(String),
    /// The authorities of a task.
    Task(String),
    /// The translations of a file.
    Translations(String),
    /// A template's procedure.
    Template(String),
    /// How a name is written.
    Spelling(String),
    /// Whether a word is an author's own unit.
    Noun(String),
    /// All names of one sort, to suggest one.
    Names,
}

impl World<'_> {
    /// The building block with this key.
    pub fn block(&self, key: &str) -> Option<&Thing> {
        self.look_up(|| Lookup::Used(key.to_owned()));
        self.known.blocks.get(key).map(|thing| &**thing)
    }

    /// The file of the code list with this key.
    pub fn list_file(&self, key: &str) -> Option<&Thing> {
        self.look_up(|| Lookup::Used(key.to_owned()));
        self.known.list_files.get(key).map(|thing| &**thing)
    }

    /// The block or the file of a list with this key.
    pub fn used(&self, key: &str) -> Option<&Thing> {
        self.block(key).or_else(|| self.list_file(key))
    }

    /// What a code list compiled to.
    pub fn list(&self, key: &str) -> Option<&CompiledList> {
        self.look_up(|| Lookup::Used(key.to_owned()));
        self.known.lists.get(key)
    }

    /// The keys of all blocks and lists.
    pub fn used_names(&self) -> impl Iterator<Item = &str> {
        self.look_up(|| Lookup::Names);
        self.known.blocks.keys().chain(self.known.list_files.keys()).map(String::as_str)
    }

    /// The file of the code list with this last part of its name.
    pub fn list_named(&self, list: &str) -> Option<&Thing> {
        self.look_up(|| Lookup::ListNamed(list.to_owned()));
        let mut all = self.known.list_files.iter();
        all.find(|(key, _)| key.rsplit('/').next() == Some(list)).map(|(_, thing)| &**thing)
    }

    /// The unit of a column of a code list.
    pub fn fact_unit(&self, list: &str, column: &str) -> Unit {
        self.look_up(|| Lookup::ListNamed(list.to_owned()));
        let found = self.known.lists.iter().find(|(key, _)| key.rsplit('/').next() == Some(list));
        found.and_then(|(_, (_, units))| units.get(column)).cloned().unwrap_or_default()
    }

    /// The authority with this path: whether it is there, for which area ("Gebiet"), and whether
    /// anything can be sent to it.
    pub fn authority(&self, path: &str) -> Option<AuthoritySeen<'_>> {
        self.look_up(|| Lookup::Authority(path.to_owned()));
        let authority = self.known.authorities.get(path)?;
        Some(AuthoritySeen {
            path: &authority.path,
            area: authority.area.as_ref(),
            can_receive: !authority.channels.is_empty(),
        })
    }

    /// Whether there is an authority or a procedure with this path.
    pub fn is_something_else(&self, path: &str) -> bool {
        self.look_up(|| Lookup::Names);
        let known = &self.known;
        let mut things = known.procedures.iter().chain(&known.templates).chain(&known.adoptions);
        known.authority_files.iter().any(|thing| thing.key == path) || things.any(|thing| thing.key == path)
    }

    /// Where the authority with this path stands.
    pub fn authority_named(&self, path: &str) -> Option<&Thing> {
        self.known.authority_files.iter().find(|thing| thing.key == path).map(|thing| &**thing)
    }

    /// The paths of all authorities.
    pub fn authority_names(&self) -> impl Iterator<Item = &str> {
        self.look_up(|| Lookup::Names);
        self.known.authorities.keys().map(String::as_str)
    }

    /// The authority that has this title, whatever the order of its words: `Ordnungsamt der Stadt Norderstedt`.
    pub fn authority_titled(&self, title: &str) -> Option<&str> {
        let words = |text: &str| -> BTreeSet<String> {
            let small = text.to_lowercase();
            let all = small.split(|c: char| !is_word_char(c)).filter(|word| !word.is_empty());
            let filler = |word: &&str| !matches!(*word, "der" | "die" | "das" | "des" | "in" | "von" | "the" | "of");
            all.filter(filler).map(str::to_owned).collect()
        };
        let wanted = words(title);
        if wanted.is_empty() {
            return None;
        }
        self.look_up(|| Lookup::Names);
        // Some of its words are enough where no other title has all of them.
        let one = |fits: &dyn Fn(&BTreeSet<String>) -> bool| {
            let titled = |authority: &&Arc<Authority>| authority.name.0.values().any(|name| fits(&words(name)));
            let mut found = self.known.authorities.values().filter(titled);
            found.next().filter(|_| found.next().is_none()).map(|authority| authority.path.as_str())
        };
        one(&|title| *title == wanted).or_else(|| one(&|title| wanted.len() > 1 && wanted.is_subset(title)))
    }

    /// Says what there is where an authority is not, and which one is meant. An office with another name in the
    /// same folder is no guess that anybody should follow: only a slip of the pen is suggested.
    pub fn unknown_authority(&self, name: String, path: &str) -> (Problem, Option<String>) {
        let (folder, last) = path.rsplit_once('/').unwrap_or(("", path));
        let known: Vec<&str> = self.authority_names().collect();
        let last_of = |known: &str| known.rsplit('/').next().unwrap_or(known).to_owned();
        let here: Vec<String> = known
            .iter()
            .filter(|known| known.rsplit_once('/').map_or("", |(folder, _)| folder) == folder)
            .map(|known| last_of(known))
            .collect();
        let near = |among: &[String]| {
            crate::diagnostic::closest(last, among.iter().map(String::as_str))
                .filter(|near| strsim::damerau_levenshtein(last, near) <= 2)
        };
        let here_meant = near(&here).map(|near| format!("{folder}/{near}").trim_start_matches('/').to_owned());
        let elsewhere = || {
            let mut same = known.iter().filter(|known| last_of(known) == last);
            same.next().filter(|_| same.next().is_none()).map(|known| (*known).to_owned())
        };
        // The folder may be the one that is misspelt.
        let close = || {
            let close = crate::diagnostic::closest(path, known.iter().copied())?;
            (strsim::damerau_levenshtein(path, &close) <= 2).then_some(close)
        };
        let suggestion = here_meant.or_else(elsewhere).or_else(close).map(|path| self.spelled_path(&path));
        let here: Vec<String> = here.iter().map(|key| self.spelled(key)).collect();
        let here: Vec<&str> = here.iter().map(String::as_str).collect();
        let there = Both::each(|reader| {
            let english = reader == Language::English;
            let offices = match (here.is_empty(), english) {
                (false, _) => Both::some_of(&here).get(reader).to_owned(),
                (true, true) => "no authority yet".to_owned(),
                (true, false) => "noch keine Stelle".to_owned(),
            };
            match (self.spelled_path(folder), english) {
                (folder, true) if folder.is_empty() => format!("In this folder there is {offices}"),
                (folder, false) if folder.is_empty() => format!("In diesem Ordner gibt es {offices}"),
                (folder, true) => format!("In {folder} there is {offices}"),
                (folder, false) => format!("In {folder} gibt es {offices}"),
            }
        });
        let key = name.rsplit('/').next().unwrap_or(&name).trim();
        let key = crate::syntax::proper(key).unwrap_or_else(|| key.to_owned());
        (Problem::UnknownAuthority { name, there, key }, suggestion)
    }

    /// The tasks of all authorities.
    pub fn task_names(&self) -> impl Iterator<Item = &str> {
        self.look_up(|| Lookup::Names);
        self.known.authorities.values().flat_map(|authority| authority.tasks.iter().map(String::as_str))
    }

    /// Whether any authority has a task.
    pub fn have_task(&self, task: &str) -> bool {
        self.look_up(|| Lookup::Task(task.to_owned()));
        self.known.offices.have(task)
    }

    /// The authorities that have a task in a municipality; each should be one.
    pub fn offices_at(&self, task: &str, town: &str) -> &[String] {
        self.look_up(|| Lookup::Task(task.to_owned()));
        self.known.offices.at(task, town)
    }

    /// The translations of a version; in a language that has none, those of other versions.
    pub fn translations_of(&self, key: &str, version: u32) -> impl Iterator<Item = &Translated> {
        self.look_up(|| Lookup::Translations(key.to_owned()));
        let all = self.known.translations.get(key).map(Vec::as_slice).unwrap_or_default();
        let own = move |language| all.iter().any(|one| one.language == language && one.version == version);
        all.iter().filter(move |one| one.version == version || !own(one.language)).map(|one| &**one)
    }

    /// A name as an author writes it, for its key.
    pub fn spelled(&self, key: &str) -> String {
        self.look_up(|| Lookup::Spelling(key.to_owned()));
        self.known.spellings.get(key).cloned().unwrap_or_else(|| key.to_owned())
    }

    /// Whether a word stands behind `in` somewhere: an author's own unit.
    pub fn is_noun(&self, word: &str) -> bool {
        self.look_up(|| Lookup::Noun(word.to_owned()));
        self.known.nouns.contains(word)
    }

    /// The text of a file, or of a procedure that was put together.
    pub fn text_of(&self, file: &str) -> Option<&str> {
        self.look_up(|| Lookup::Text(file.to_owned()));
        self.known.resolved.get(file).map(|patchwork| patchwork.text()).or_else(|| self.sources.text(file))
    }

    /// How a procedure was put together; nothing where a file describes it alone.
    pub fn patchwork(&self, file: &str) -> Option<&Patchwork> {
        self.look_up(|| Lookup::Text(file.to_owned()));
        self.known.resolved.get(file).map(|patchwork| &**patchwork)
    }

    /// The keyword language of the file in which the words at a byte of `file` stand: lines of an
    /// adoption need not have that of the template.
    pub fn language_at(&self, file: &str, at: usize) -> Option<Language> {
        self.patchwork(file)?.language_at(at)
    }

    /// Whether there is a file with this path.
    pub fn has_file(&self, file: &str) -> bool {
        self.look_up(|| Lookup::Text(file.to_owned()));
        self.sources.text(file).is_some()
    }

    /// What is found at a lookup now: as long as it is the same number, nothing there has changed.
    pub fn found_at(&self, lookup: &Lookup) -> u64 {
        let known = &self.known;
        let thing = |thing: &Arc<Thing>| thing.content;
        match lookup {
            Lookup::Text(file) => match known.resolved.get(file) {
                Some(patchwork) => hash_of(&(patchwork.text(), patchwork.languages(), &patchwork.home)),
                None => hash_of(&self.sources.text(file)),
            },
            Lookup::Wrong(file) => u64::from(self.errors_in(file) > 0),
            Lookup::Used(key) => {
                let files = (known.blocks.get(key).map(thing), known.list_files.get(key).map(thing));
                hash_of(&(files, self.translated_as(key)))
            }
            Lookup::ListNamed(name) => {
                let mut all = known.list_files.iter().filter(|(key, _)| key.rsplit('/').next() == Some(name));
                hash_of(&all.next().map(|(key, list)| (key, list.content)))
            }
            Lookup::Authority(path) => {
                let seen = self.authority(path);
                hash_of(&seen.map(|seen| (seen.path, format!("{:?}", seen.area), seen.can_receive)))
            }
            Lookup::Task(task) => known.offices.content(task),
            Lookup::Translations(key) => self.translated_as(key),
            Lookup::Template(key) => {
                let all = known.templates.iter().filter(|template| template.key == *key);
                hash_of(&all.map(|template| template.content).collect::<Vec<_>>())
            }
            Lookup::Spelling(key) => hash_of(&known.spellings.get(key)),
            Lookup::Noun(word) => u64::from(known.nouns.contains(word)),
            Lookup::Names => {
                let mut all = Vec::new();
                all.extend(known.blocks.keys().chain(known.list_files.keys()).chain(known.authorities.keys()));
                all.extend(known.authorities.values().flat_map(|authority| &authority.tasks));
                all.extend(known.authorities.values().flat_map(|authority| authority.name.0.values()));
                let things = known.procedures.iter().chain(&known.templates).chain(&known.adoptions);
                all.extend(things.map(|thing| &thing.key));
                all.extend(known.spellings.iter().flat_map(|(key, name)| [key, name]));
                hash_of(&all)
            }
        }
    }

    fn translated_as(&self, key: &str) -> u64 {
        let all = self.known.translations.get(key).map(Vec::as_slice).unwrap_or_default();
        hash_of(&all.iter().map(|one| one.content).collect::<Vec<_>>())
    }
}
