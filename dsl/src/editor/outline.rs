//! The blocks of a file, and everything with a name in the folder.

use super::ends::Ends;
use super::{Analysis, Sort, Symbol};
use crate::check::names::json_key;
use crate::model::Language;
use crate::syntax::{Node, Span};

/// A block of a file with those inside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// The word of the heading and the name: `Frage wohnung`.
    pub name: String,
    /// The text beside it.
    pub title: String,
    /// What it is.
    pub sort: Sort,
    /// Where the heading's name stands.
    pub name_span: Span,
    /// The block from its heading to its last line.
    pub whole: Span,
    /// The blocks inside, in the order of the file.
    pub inside: Vec<Block>,
}

impl Analysis<'_> {
    /// The blocks of a file, in their order.
    #[must_use]
    pub fn outline(&self, file: &str) -> Vec<Block> {
        let text = self.sources.text(file).unwrap_or("");
        let things = self.record.of_file(file);
        let (language, ends) = (self.language(file), Ends::of(text, things));
        things.iter().map(|thing| block(&thing.node, language, &ends)).collect()
    }

    /// Everything whose name or text contains all words of a query, at most `most` of them.
    #[must_use]
    pub fn search(&self, query: &str, most: usize) -> Vec<&Symbol> {
        let words: Vec<String> = query.split_whitespace().map(json_key).collect();
        let fits = |symbol: &&Symbol| {
            let text = json_key(&format!("{} {}", symbol.name, symbol.title.as_deref().unwrap_or("")));
            words.iter().all(|word| text.contains(word.as_str()))
        };
        let mut found: Vec<&Symbol> = self.index.symbols.iter().filter(fits).collect();
        found.sort_by_key(|symbol| {
            (!json_key(&symbol.name).starts_with(words.first().map_or("", String::as_str)), symbol.name.len())
        });
        found.truncate(most);
        found
    }
}

/// A heading with those below it.
fn block(node: &Node, language: Language, ends: &Ends) -> Block {
    let word = node.heading.spelling(language);
    let mut inside: Vec<Block> = node.children.iter().map(|child| block(child, language, ends)).collect();
    inside.sort_by_key(|block| block.whole.start);
    Block {
        name: format!("{word} {}", node.name_text()).trim_end().to_owned(),
        title: node.title.as_ref().map(|(title, _)| title.clone()).unwrap_or_default(),
        sort: Sort::Heading(node.heading),
        name_span: node.name_span(),
        whole: Span::new(node.span.start, ends.end_of(node).max(node.name_span().end)),
        inside,
    }
}
