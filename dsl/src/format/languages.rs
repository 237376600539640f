//! `Texte:`, which says in which language the texts of a file are: it stands directly below the
//! heading, and only where that language is another than that of the keywords.

use std::collections::{HashMap, HashSet};

use super::expression::Tongue;
use super::layout::Source;
use super::pieces::split_comment;
use crate::model::Language;
use crate::syntax::keyword::{Fixed, Heading, Key};
use crate::syntax::{LineKind, depth_of};

/// Where the language of the texts is said.
#[derive(Default)]
pub(super) struct Stated {
    /// What stands below a heading of a file, with its comment.
    pub below: HashMap<usize, (String, Option<String>)>,
    /// Lines that went there, or are not needed.
    pub moved: HashSet<usize>,
}

impl Stated {
    pub fn of(source: &Source<'_>, tongue: Tongue) -> Self {
        let mut stated = Self::default();
        let usual = if tongue.from == Language::English { Fixed::English } else { Fixed::German };
        let own = if tongue.to == Language::English { Fixed::English } else { Fixed::German };
        let mut root = None;
        let mut roots = Vec::new();
        for (index, line) in source.lines.iter().enumerate() {
            match &line.kind {
                LineKind::Other(text, _) => {
                    let heading = Heading::find_at_start(text).map(|(found, _)| found.word);
                    let file = heading.is_some_and(|heading| depth_of(heading) == Some(0));
                    root = (file && !source.broken.contains(&index) && heading != Some(Heading::Translation))
                        .then_some(index);
                    roots.extend(root.map(|root| (root, usual, None)));
                }
                LineKind::Key { key, value, .. } if root.is_some() && !source.broken.contains(&index) => {
                    let texts = Key::find(key).is_some_and(|found| found.word == Key::Texts);
                    let found = Fixed::find(value).filter(|_| texts);
                    if let (Some(found), Some(root)) = (found, roots.last_mut()) {
                        *root = (root.0, found.word, Some(index));
                    }
                }
                _ => {}
            }
        }
        for (root, language, line) in roots {
            let comment = line.and_then(|line| split_comment(source.raw.get(line)?).1).map(str::to_owned);
            stated.moved.extend(line);
            // A comment is never lost, even where its line is not needed.
            if language != own || comment.is_some() {
                let value = format!("{}: {}", Key::Texts.spelling(tongue.to), language.spelling(tongue.to));
                stated.below.insert(root, (value, comment));
            }
        }
        stated
    }
}
