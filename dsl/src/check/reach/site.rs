//! Where conditions and rules stand: in the procedure, and in the files of the author.

use crate::check::names::json_key;
use crate::check::thing::Thing;
use crate::check::world::World;
use crate::diagnostic::{Diagnostic, Severity};
use crate::kind::Kind;
use crate::model::Procedure;
use crate::syntax::keyword::{Heading, Key};
use crate::syntax::{KeyLine, Node, Span, split_items};

/// Something with a condition, or a rule.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Site {
    /// The section with this index.
    Section(usize),
    /// A question or paragraph: its section, and the keys of the questions on the way.
    Item(usize, Vec<String>),
    /// An option of a question.
    Option(usize, Vec<String>, String),
    /// The rule with this index at a question.
    QuestionRule(usize, Vec<String>, usize),
    /// By their indexes.
    EndPage(usize),
    Rule(usize),
    Computed(usize),
    Fee(usize),
}

/// A place in a file, and what is written there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub file: String,
    pub span: Span,
    pub text: String,
}

/// Finds sites in the files.
pub(super) struct Sites<'w> {
    pub world: &'w World<'w>,
    pub thing: &'w Thing,
    pub procedure: &'w Procedure,
}

impl<'w> Sites<'w> {
    /// The node of a site, and the file that it stands in.
    pub fn node(&self, site: &Site) -> Option<(&'w Thing, &'w Node)> {
        let top = |heading: Heading, name: &str| {
            let mut nodes = self.thing.node.children.iter().filter(move |node| node.heading == heading);
            nodes.find(|node| json_key(node.name_text()) == json_key(name)).map(|node| (self.thing, node))
        };
        match site {
            Site::Section(index) => self.section(*index),
            Site::Item(section, keys) | Site::Option(section, keys, _) | Site::QuestionRule(section, keys, _) => {
                self.item(*section, keys)
            }
            Site::EndPage(index) => top(Heading::EndPage, &self.procedure.end_pages.get(*index)?.name),
            Site::Rule(index) => top(Heading::Rule, &self.procedure.rules.get(*index)?.name),
            Site::Computed(index) => top(Heading::Computed, &self.procedure.computed.get(*index)?.name),
            Site::Fee(index) => top(Heading::Fee, &self.procedure.fees.get(*index)?.name),
        }
    }

    fn section(&self, index: usize) -> Option<(&'w Thing, &'w Node)> {
        if self.thing.node.heading == Heading::Block {
            return Some((self.thing, &self.thing.node));
        }
        let mut nodes = self.thing.node.children.iter().filter(|node| node.heading == Heading::Section);
        Some((self.thing, nodes.nth(index)?))
    }

    fn item(&self, section: usize, keys: &[String]) -> Option<(&'w Thing, &'w Node)> {
        let (mut thing, mut node) = self.section(section)?;
        let mut items = self.procedure.sections.get(section)?.items.as_slice();
        for (index, key) in keys.iter().enumerate() {
            let heading = |node: &&Node| matches!(node.heading, Heading::Question | Heading::Paragraph);
            node = node.children.iter().filter(heading).find(|node| json_key(node.name_text()) == *key)?;
            if index + 1 < keys.len() {
                let Kind::Block { name, items: inner } = &crate::eval::view::question(items, key)?.kind else {
                    return None;
                };
                items = inner;
                thing = self.block(thing, name)?;
                node = &thing.node;
            }
        }
        Some((thing, node))
    }

    /// The building block that a file calls by a name.
    fn block(&self, thing: &Thing, name: &str) -> Option<&'w Thing> {
        let line = thing.node.key(Key::Uses)?;
        split_items(&line.value, 0).into_iter().find_map(|(item, _)| {
            let (path, short) = match item.split_once(" als ").or_else(|| item.split_once(" as ")) {
                Some((path, short)) => (path.trim().to_owned(), short.trim().to_owned()),
                None => (item.clone(), item.rsplit('/').next().unwrap_or(&item).to_owned()),
            };
            (json_key(&short) == name).then(|| {
                let key = thing.path_of(&path, |path| self.world.block(path).is_some());
                self.world.block(&key)
            })?
        })
    }

    /// The line of the condition, or of what must hold.
    pub fn found(&self, site: &Site) -> Option<Found> {
        let (thing, node) = self.node(site)?;
        let (span, text) = match site {
            Site::Option(_, _, key) => {
                let bullet = node.bullets.iter().find(|bullet| {
                    json_key(&crate::check::options::read(&bullet.text, bullet.span.start).key) == *key
                })?;
                let line = crate::check::options::read(&bullet.text, bullet.span.start);
                line.condition.map_or((bullet.span, String::new()), |(text, span)| (span, text))
            }
            Site::QuestionRule(_, _, index) => {
                let line = self.rule_line(site, node, *index)?;
                (line.value_span, line.value.clone())
            }
            _ => match (node.key(Key::OnlyIf), &node.definition) {
                (Some(line), _) => (line.value_span, line.value.clone()),
                (None, Some((text, span))) => (*span, text.clone()),
                (None, None) => (node.span, String::new()),
            },
        };
        Some(Found { file: thing.file.clone(), span, text: text.trim().to_owned() })
    }

    /// The line of a rule at a question: below it, or below a rule of the building block that it
    /// stands in, which comes behind those.
    fn rule_line(&self, site: &Site, node: &'w Node, index: usize) -> Option<&'w KeyLine> {
        let must_hold = |line: &&KeyLine| line.key == Some(Key::MustHold);
        if let Some(line) = node.keys.iter().filter(must_hold).nth(index) {
            return Some(line);
        }
        let Site::QuestionRule(section, keys, _) = site else { return None };
        let own = keys.last()?;
        let mut items = self.procedure.sections.get(*section)?.items.as_slice();
        for key in keys.get(..keys.len() - 1)? {
            let Kind::Block { items: inner, .. } = &crate::eval::view::question(items, key)?.kind else { return None };
            items = inner;
        }
        let rule = crate::eval::view::question(items, own)?.rules.get(index)?;
        let block = if keys.len() > 1 { self.item(*section, keys)?.0 } else { self.thing };
        let said = |line: &KeyLine| {
            let text = crate::check::world::paragraphs(line)?.join(" ");
            Some(rule.message.text.0.values().any(|known| *known == text))
        };
        let rules = block.node.children.iter().filter(|child| child.heading == Heading::Rule);
        let found = rules.filter(|child| {
            child.keys.iter().any(|line| {
                matches!(line.key, Some(Key::Otherwise | Key::OtherwiseWarning)) && said(line) == Some(true)
            })
        });
        found.into_iter().find_map(|child| child.key(Key::MustHold))
    }

    /// Adds a message. In a procedure that adopts a template, warnings are about its own lines:
    /// those of the template were looked at there, and what a town drops is simply never chosen.
    pub fn tell(&self, message: Diagnostic) {
        if message.severity() == Severity::Error || self.is_own(&message.file, message.span) {
            self.world.say(message);
        }
    }

    fn is_own(&self, file: &str, span: Span) -> bool {
        self.world
            .patchwork(file)
            .is_none_or(|whole| whole.origin(span).is_some_and(|(origin, _)| origin == whole.home.0))
    }

    /// Whether something at a site would be told, and does not turn on a value that towns set.
    pub fn is_looked_at(&self, site: &Site) -> bool {
        let found = match site {
            Site::Rule(_) | Site::QuestionRule(..) => self.must_hold(site),
            _ => self.found(site),
        };
        let Some(found) = found else { return true };
        let set_by_towns = |node: &&Node| node.heading == Heading::Value && node.key(Key::Adaptable).is_some();
        let is_word = |c: char| !crate::syntax::keyword::is_word_char(c);
        self.is_own(&found.file, found.span)
            && !self
                .thing
                .node
                .children
                .iter()
                .filter(set_by_towns)
                .any(|value| found.text.split(is_word).any(|word| word == value.name_text()))
    }

    /// Whether the procedure has questions of its own: one that adopts a template may have none.
    pub fn has_own_questions(&self) -> bool {
        let question = |node: &Node| node.heading == Heading::Question && self.is_own(&self.thing.file, node.span);
        self.thing.origin.is_none()
            || self.thing.node.children.iter().any(|section| section.children.iter().any(question))
    }

    /// A place in the file that an author has, and its line there.
    pub fn line(&self, found: &Found) -> (String, usize) {
        let (file, span) = match self.world.patchwork(&found.file).and_then(|whole| whole.origin(found.span)) {
            Some((file, span)) => (file.to_owned(), span),
            None => (found.file.clone(), found.span),
        };
        let text = self.world.text_of(&file).unwrap_or("");
        let line = crate::diagnostic::line_and_column(text, span.start).0;
        (file, line)
    }

    /// The line of `Es muss gelten` of a rule.
    pub fn must_hold(&self, site: &Site) -> Option<Found> {
        let Site::Rule(_) = site else { return self.found(site) };
        let (thing, node) = self.node(site)?;
        let line = node.key(Key::MustHold)?;
        Some(Found { file: thing.file.clone(), span: line.value_span, text: line.value.trim().to_owned() })
    }
}
