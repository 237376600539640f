//! Templates ("Vorlagen") and adoptions ("Übernahmen"): what a town changes is put into the lines
//! of the template, and the result is compiled like any other procedure.
//!
//! A message about a line of the result is said where that line stands; where a line of the
//! template leads to it only together with the adoption, it is said at the adoption's heading.

mod chunk;
mod marks;
mod merge;
mod offers;
mod patchwork;
mod places;
mod sample;
mod shared;
mod show;

pub(in crate::check) use offers::{Offer, Patterns};
pub use patchwork::OriginLine;
pub(in crate::check) use patchwork::Patchwork;
pub(in crate::check) use places::{is_of_template, place_of};
pub(in crate::check) use shared::{Pattern, same_for_towns, share};
pub use show::{Resolved, resolved};

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use super::declare::full_path;
use super::known::Lookup;
use super::names::{json_key, path_key};
use super::thing::Thing;
use super::world::{Translation, World};
use crate::compare::{Fit, Node as Place, fit, nodes};
use crate::diagnostic::{Diagnostic, Problem, closest};
use crate::kind::{Choices, Kind};
use crate::model::{Condition, Item, Procedure, Section, Set, Values};
use crate::syntax::keyword::{Fixed, Key};
use crate::syntax::{KeyLine, Node, Span};
use merge::{Side, merge};

/// The town or county that a procedure is for: what `eigenes Gebiet` and `{Gebiet}` mean in it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct OwnArea {
    /// Its municipalities.
    pub set: Set,
    /// Its name as an author writes it.
    pub name: String,
    /// Whether it only stands for all towns that will adopt the template.
    pub sample: bool,
}

/// Where an adopted procedure comes from.
#[derive(Debug, Clone)]
pub(crate) struct Origin {
    /// Folder and name of the template.
    pub key: String,
    /// Its folder: names without a folder are looked up there, too.
    pub folder: String,
    /// Its file.
    pub file: String,
    /// The version of the template.
    pub version: u32,
    /// The file that adopts it.
    pub adopted_in: String,
    /// Places of texts that are not those of the template: its translations do not fit there.
    pub changed: HashSet<String>,
    /// Questions that are dropped: their names, and where that stands in the file that adopts.
    pub dropped: Vec<(Vec<String>, Span)>,
}

/// For whom a template is ("Vorlage: für Gemeinden").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Audience {
    Municipalities,
    Counties,
}

impl World<'_> {
    /// Makes the procedures that towns adopt; called once everything is read.
    pub(in crate::check) fn adopt(&mut self) {
        let all = std::mem::take(&mut self.known_mut().procedures);
        let (mut templates, rest): (Vec<_>, Vec<_>) =
            all.into_iter().partition(|thing| thing.node.key(Key::Template).is_some());
        for thing in &rest {
            self.no_marks(thing, &thing.node);
        }
        for template in &mut templates {
            self.check_marks(template, &template.node);
            let audience = self.audience(template);
            let area = self.sample(template, audience.unwrap_or(Audience::Municipalities));
            Arc::make_mut(template).area = Some(area);
        }
        let known = self.known_mut();
        known.procedures = rest;
        known.templates = templates;
        for adoption in std::mem::take(&mut self.known_mut().adoptions) {
            if let Some(adopted) = self.adopted(&adoption) {
                self.known_mut().procedures.push(Arc::new(adopted));
            }
        }
    }

    /// A file that begins with `übernimmt`.
    fn adopted(&mut self, adoption: &Thing) -> Option<Thing> {
        let name = adoption.node.name_text();
        let key = full_path(name, &adoption.folder);
        let wanted = adoption.node.items.iter().find_map(|(item, _)| version_of(item));
        let Some(version) = wanted else {
            let mut versions = self.template_versions(&key);
            versions.sort_unstable();
            let Some(newest) = versions.last() else {
                self.no_template(adoption, name, &key, 1);
                return None;
            };
            let named: Vec<String> = versions.iter().map(u32::to_string).collect();
            let problem = Problem::AdoptsVersion {
                name: name.to_owned(),
                version: newest.to_string(),
                versions: named.join(", "),
            };
            self.say(Diagnostic::new(problem, &adoption.file, adoption.node.span));
            return None;
        };
        let found =
            self.known.templates.iter().find(|template| template.key == key && number(template) == Some(version));
        let Some(template) = found.cloned() else {
            self.no_template(adoption, name, &key, version);
            return None;
        };
        if self.errors_in(&template.file) > 0 {
            self.broken(&template, &adoption.file, adoption.node.span);
            return None;
        }
        self.file_name(adoption, &template);
        if adoption.node.key(Key::Version).is_none() {
            self.missing_key(adoption, Key::Version);
        }
        self.found_adoption(adoption, &template);
        let area = self.own_area(&template, adoption, &adoption.node)?;
        let text = self.sources.text(&adoption.file)?.to_owned();
        let side = Side::new(adoption, &text);
        let virtual_file = format!("{}{MARK}", adoption.file);
        let home = (adoption.file.as_str(), adoption.node.span);
        let mut adopted = self.put_together(&template, Some(&side), home, virtual_file, &adoption.folder)?;
        adopted.area = Some(area);
        Some(adopted)
    }

    fn put_together(
        &mut self,
        template: &Thing,
        adoption: Option<&Side<'_>>,
        home: (&str, Span),
        virtual_file: String,
        folder: &str,
    ) -> Option<Thing> {
        let text = self.sources.text(&template.file)?;
        let (patchwork, said) = merge(&Side::new(template, text), adoption, home);
        for (problem, span, suggestion) in said {
            self.say(Diagnostic { suggestion, ..Diagnostic::new(problem, home.0, span) });
        }
        let (tree, problems) = crate::syntax::tree_of_pieces(&virtual_file, patchwork.text());
        let content = super::read::hash_of(&(&virtual_file, patchwork.text(), patchwork.languages(), template.content));
        self.known_mut().resolved.insert(virtual_file.clone(), Arc::new(patchwork));
        problems.into_iter().for_each(|problem| self.say(problem));
        let node = tree.roots.into_iter().next()?;
        let name = path_key(node.name_text());
        let key = if folder.is_empty() { name } else { format!("{}/{name}", path_key(folder)) };
        let texts = super::world::texts_language(&node, tree.language);
        let changed = if adoption.is_some() { changed_texts(&template.node, &node) } else { HashSet::new() };
        let origin = Origin {
            changed,
            key: template.key.clone(),
            folder: template.folder.clone(),
            file: template.file.clone(),
            version: number(template).unwrap_or_default(),
            adopted_in: home.0.to_owned(),
            dropped: adoption.map(|side| places::dropped(side.thing)).unwrap_or_default(),
        };
        Some(Thing {
            file: virtual_file,
            folder: folder.to_owned(),
            key,
            language: tree.language,
            texts,
            node: Arc::new(node),
            area: None,
            origin: Some(origin),
            content,
        })
    }

    /// The file is called like the template, or name`.`version.
    fn file_name(&self, adoption: &Thing, template: &Thing) {
        let base = adoption.file.rsplit('/').next().unwrap_or(&adoption.file);
        let (stem, name) = (base.split('.').next().unwrap_or(base), template.node.name_text());
        if path_key(stem) != path_key(name) {
            let right = super::numbering::right_name(adoption, name, base);
            let problem = Problem::FileNameDiffers { name: name.to_owned(), file: base.to_owned(), right };
            self.say(Diagnostic::new(problem, &adoption.file, adoption.node.name_span()));
        }
    }

    /// The versions of a template that there are.
    fn template_versions(&self, key: &str) -> Vec<u32> {
        self.known
            .templates
            .iter()
            .filter(|template| template.key == key)
            .filter_map(|template| number(template))
            .collect()
    }

    fn no_template(&self, adoption: &Thing, name: &str, key: &str, version: u32) {
        let versions: Vec<String> = self.template_versions(key).iter().map(u32::to_string).collect();
        let problem = if !versions.is_empty() {
            let versions = versions.join(", ");
            Problem::TemplateVersion { name: name.to_owned(), version: version.to_string(), versions }
        } else if self.known.procedures.iter().any(|thing| thing.key == key) {
            Problem::NotATemplate { name: name.to_owned() }
        } else {
            Problem::TemplateNotFound { name: name.to_owned() }
        };
        let known: Vec<String> = self.known.templates.iter().map(|template| self.spelled_path(&template.key)).collect();
        let suggestion = closest(name, known.iter().map(String::as_str)).filter(|_| versions.is_empty());
        let span = adoption.node.name_span();
        self.say(Diagnostic { suggestion, ..Diagnostic::new(problem, &adoption.file, span) });
    }

    /// Says that a template has mistakes of its own.
    fn broken(&self, template: &Thing, file: &str, span: Span) {
        let problem = Problem::TemplateBroken { name: self.spelled_path(&template.key) };
        let mut message = Diagnostic::new(problem, file, span);
        message.related.push((template.file.clone(), template.node.span));
        self.say(message);
    }

    /// Says at the adoption that its template has mistakes of its own.
    pub(in crate::check) fn template_is_broken(&self, origin: &Origin, thing: &Thing) {
        self.look_up(|| Lookup::Template(origin.key.clone()));
        let template = self.known.templates.iter().find(|template| template.file == origin.file);
        let home = self.patchwork(&thing.file).map(|patchwork| &patchwork.home);
        if let (Some(template), Some((file, span))) = (template, home) {
            self.broken(template, file, *span);
        }
    }

    fn missing_key(&self, thing: &Thing, key: Key) {
        let heading = thing.node.heading.spelling(thing.language).to_owned();
        let problem = Problem::MissingKey { word: key.spelling(thing.language).to_owned(), heading };
        self.say(Diagnostic::new(problem, &thing.file, thing.node.span));
    }

    /// The town of an adoption or a portal, fitting what the template is for.
    fn own_area(&self, template: &Thing, thing: &Thing, node: &Node) -> Option<OwnArea> {
        let Some(line) = node.key(Key::Area) else {
            self.missing_key(thing, Key::Area);
            return None;
        };
        let set = super::authority::area(self, thing, line)?;
        let audience = self.audience(template).unwrap_or(Audience::Municipalities);
        if !fits(&set, audience) {
            let audience = match audience {
                Audience::Municipalities => Fixed::ForMunicipalities,
                Audience::Counties => Fixed::ForCounties,
            };
            let problem = Problem::TemplateAudience {
                name: self.spelled_path(&template.key),
                audience: audience.spelling(thing.language).to_owned(),
                area: line.value.clone(),
            };
            self.say(Diagnostic::new(problem, &thing.file, line.value_span));
            return None;
        }
        Some(OwnArea { set, name: area_name(line), sample: false })
    }

    /// `Vorlage: für Gemeinden`
    fn audience(&self, template: &Thing) -> Option<Audience> {
        let line: &KeyLine = template.node.key(Key::Template)?;
        match Fixed::find(&line.value).map(|found| found.word) {
            Some(Fixed::ForMunicipalities) => Some(Audience::Municipalities),
            Some(Fixed::ForCounties) => Some(Audience::Counties),
            _ => {
                let words = [Fixed::ForMunicipalities, Fixed::ForCounties].map(|word| word.spelling(template.language));
                let suggestion = closest(&line.value, words);
                let problem = Problem::ValueNotUnderstood {
                    word: line.words.clone(),
                    value: line.value.clone(),
                    allowed: crate::diagnostic::Both::any_of(&words),
                };
                self.say(Diagnostic { suggestion, ..Diagnostic::new(problem, &template.file, line.value_span) });
                None
            }
        }
    }

    /// Every mark of a template is one that its heading can have.
    fn check_marks(&self, thing: &Thing, node: &Node) {
        for (item, span) in marks::marks(node).unknown {
            let heading = node.heading.spelling(thing.language).to_owned();
            let known: Vec<&str> = crate::syntax::keys_under(node.heading)
                .iter()
                .map(|key| key.spelling(thing.language))
                .chain(marks::WORDS.iter().map(|word| word.spelling(thing.language)))
                .collect();
            let suggestion = closest(&item, known);
            let problem = Problem::AdaptableForm { item, heading };
            self.say(Diagnostic { suggestion, ..Diagnostic::new(problem, &thing.file, span) });
        }
        node.children.iter().for_each(|child| self.check_marks(thing, child));
    }

    /// Marks stand in templates only.
    fn no_marks(&self, thing: &Thing, node: &Node) {
        if let Some(line) = node.key(Key::Adaptable) {
            self.say(Diagnostic::new(Problem::AdaptableWithoutTemplate, &thing.file, line.key_span));
            return;
        }
        node.children.iter().for_each(|child| self.no_marks(thing, child));
    }
}

/// Messages about put-together texts, at the lines of the files that they come from.
pub(in crate::check) fn at_origin(
    all: Vec<Diagnostic>,
    resolved: &BTreeMap<String, Arc<Patchwork>>,
) -> Vec<Diagnostic> {
    let said: HashSet<(String, usize, &'static str)> = all
        .iter()
        .filter(|message| !resolved.contains_key(&message.file))
        .map(|message| (message.file.clone(), message.span.start, message.problem.code()))
        .collect();
    let mut known = HashSet::new();
    let mut moved = Vec::new();
    for mut message in all {
        let Some(patchwork) = resolved.get(&message.file) else {
            moved.push(message);
            continue;
        };
        let (home, heading) = &patchwork.home;
        let at = patchwork.origin(message.span).map(|(file, span)| (file.to_owned(), span));
        let related = std::mem::take(&mut message.related).into_iter().map(|(file, span)| {
            let found = resolved.get(&file).and_then(|patchwork| patchwork.origin(span));
            found.map_or((file, span), |(file, span)| (file.to_owned(), span))
        });
        message.related = related.filter(|(file, _)| !file.contains(MARK)).collect();
        match at {
            Some((file, span)) if file == *home => {
                let end = message.span.start;
                message.fix = message.fix.map(|(fix, words)| {
                    let shift = |at: usize| (at + span.start).saturating_sub(end);
                    (Span::new(shift(fix.start), shift(fix.end)), words)
                });
                (message.file, message.span) = (file, span);
            }
            Some((file, span)) if said.contains(&(file.clone(), span.start, message.problem.code())) => continue,
            at => {
                // The line of the template is right by itself: what the adoption says makes it wrong.
                message.related.extend(at);
                message.fix = None;
                (message.file, message.span) = (home.clone(), *heading);
            }
        }
        if known.insert(message.clone()) {
            moved.push(message);
        }
    }
    moved
}

/// What no file name holds: it tells the resolved text from the file that adopts.
pub(in crate::check) const MARK: char = '\u{1}';

/// Reports questions for which a town would take answers that the template does not take.
pub(in crate::check) fn only_tighter(
    world: &World<'_>,
    thing: &Thing,
    adopted: &Procedure,
    versions: &[Arc<Procedure>],
) {
    let (Some(origin), Some(patchwork)) = (&thing.origin, world.patchwork(&thing.file)) else { return };
    let Some(template) = versions.iter().find(|template| template.version == origin.version) else { return };
    let kinds = |procedure| {
        let places = nodes(procedure).into_iter().filter_map(|(path, node)| match node {
            Place::Question(question) => Some((path, &question.kind)),
            Place::Repeat(_) => None,
        });
        places.collect::<BTreeMap<_, _>>()
    };
    let (own, old) = (kinds(adopted), kinds(template));
    for section in &thing.node.children {
        for question in &section.children {
            let Some(line) = question.key(Key::Kind) else { continue };
            let mine = patchwork.origin(line.value_span).is_some_and(|(file, _)| file == origin.adopted_in);
            let mut path = vec![json_key(question.name_text())];
            if section.key(Key::Repeats).is_some() {
                path.insert(0, json_key(section.name_text()));
            }
            if let (true, Some(own), Some(old)) = (mine, own.get(&path), old.get(&path))
                && matches!(fit(own, adopted, old, template), Fit::Narrower | Fit::Other)
            {
                let problem = Problem::AnswersWider { name: question.name_text().to_owned() };
                world.say(Diagnostic::new(problem, &thing.file, line.value_span));
            }
        }
    }
}

/// Takes out the options that a town has dropped; conditions may still name them.
pub(in crate::check) fn without_dropped_options(section: &mut Section) {
    for item in &mut section.items {
        let Item::Question(question) = item else { continue };
        if let Kind::OneOf(Choices::Options(options)) | Kind::SeveralOf { choices: Choices::Options(options), .. } =
            &mut question.kind
        {
            options.retain(|option| !matches!(&option.condition, Some(Condition::Any(none)) if none.is_empty()));
        }
    }
}

/// The places of the texts of a resolved procedure that differ from those of its template.
fn changed_texts(template: &Node, resolved: &Node) -> HashSet<String> {
    let (mut old, mut new) = (Translation::new(), Translation::new());
    super::translation::collect("", template, &mut old);
    super::translation::collect("", resolved, &mut new);
    new.into_iter().filter(|(place, texts)| old.get(place) != Some(texts)).map(|(place, _)| place).collect()
}

/// The name of the town or county behind `Gebiet:`.
fn area_name(line: &KeyLine) -> String {
    line.value.trim().trim_matches('"').to_owned()
}

/// `Fassung 4`
fn version_of(item: &str) -> Option<u32> {
    let (found, rest) = Fixed::find_at_start(item.trim())?;
    (found.word == Fixed::Version).then(|| rest.trim().parse().ok())?
}

/// The number of the version of a procedure.
pub(in crate::check) fn number(thing: &Thing) -> Option<u32> {
    super::header::version(&thing.node.key(Key::Version)?.value).map(|(number, ..)| number)
}

fn fits(set: &Set, audience: Audience) -> bool {
    let Values::Municipalities { within, except } = &set.values else { return false };
    let length = match audience {
        Audience::Municipalities => 12,
        Audience::Counties => 5,
    };
    except.is_empty() && matches!(within.as_slice(), [one] if one.len() == length)
}
