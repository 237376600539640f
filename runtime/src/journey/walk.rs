//! What stands on a page: the questions that are asked, with their answers so far.

use amtsweg_dsl::eval::Evaluator;
use amtsweg_dsl::model::{Item, Kind, Paragraph, Question, Repeat};
use serde_json::{Map, Value as Json};

/// A thing on a page.
pub(crate) enum Node<'a> {
    Text {
        paragraph: &'a Paragraph,
        /// Told from fields by its first sign: `~hunde.0.abstand`.
        name: String,
        entries: Vec<usize>,
    },
    Field(Field<'a>),
    Group(Group<'a>),
    List(List<'a>),
}

/// A question with a widget of its own.
pub(crate) struct Field<'a> {
    pub question: &'a Question,
    /// The name of the field: `hunde.0.rufname`.
    pub name: String,
    /// The entries of the repeats around it, outermost first.
    pub entries: Vec<usize>,
    /// The answer so far.
    pub value: Option<&'a Json>,
    /// Stands on the same page as the answer that it hangs on: may turn out not to be asked.
    pub uncertain: bool,
    /// The municipalities of the postcode above, where there are several to choose from.
    pub places: Vec<String>,
}

/// A building block.
pub(crate) struct Group<'a> {
    pub question: &'a Question,
    pub name: String,
    pub entries: Vec<usize>,
    pub nodes: Vec<Node<'a>>,
}

/// A building block that is repeated.
pub(crate) struct List<'a> {
    pub question: &'a Question,
    pub repeat: &'a Repeat,
    pub name: String,
    pub entries: Vec<usize>,
    pub items: Vec<Vec<Node<'a>>>,
    /// How many of them are in the answers.
    pub given: usize,
}

/// Goes over the items of pages.
pub(crate) struct Walker<'e, 'a> {
    pub evaluator: &'e Evaluator<'a>,
    /// Everything that is asked, for records; without: what stands on a page, which leaves out
    /// a municipality that follows from the postcode, and may have questions that turn out not
    /// to be asked.
    pub whole: bool,
    /// Whether questions that a second person answers are there.
    pub second: bool,
}

impl<'a> Walker<'_, 'a> {
    /// The items of a page; `here` is the object that their answers lie in, `prefix` its name
    /// with a dot at the end, `entries` the repeats around it.
    pub fn page(
        &self,
        items: &'a [Item],
        here: Option<&'a Map<String, Json>>,
        prefix: &str,
        entries: &[usize],
    ) -> Vec<Node<'a>> {
        self.walk(items, here, prefix, entries, false)
    }

    fn walk(
        &self,
        items: &'a [Item],
        here: Option<&'a Map<String, Json>>,
        prefix: &str,
        entries: &[usize],
        in_block: bool,
    ) -> Vec<Node<'a>> {
        let mut nodes = Vec::with_capacity(items.len());
        let mut postcode = None;
        for item in items {
            let question = match item {
                Item::Question(question) => question,
                Item::Paragraph(paragraph) => {
                    if paragraph.condition.as_ref().is_none_or(|condition| self.evaluator.holds(condition, entries)) {
                        let name = format!("~{prefix}{}", paragraph.key);
                        nodes.push(Node::Text { paragraph, name, entries: entries.to_vec() });
                    }
                    continue;
                }
            };
            if question.answered_by.is_some() && !self.second {
                continue;
            }
            let asked = question.condition.as_ref().is_none_or(|condition| self.evaluator.holds(condition, entries));
            let uncertain = question.condition.is_some() && question.same_page;
            if !asked && (!uncertain || self.whole) {
                continue;
            }
            let value = here.and_then(|object| object.get(&question.key));
            let name = joined(prefix, &question.key);
            if let Kind::Block { items, .. } = &question.kind {
                nodes.push(self.block(question, items, value, name, entries));
                continue;
            }
            if matches!(question.kind, Kind::Postcode) {
                postcode = value.and_then(Json::as_str);
            }
            let mut places = Vec::new();
            let follows = in_block && !self.whole && matches!(question.kind, Kind::Municipality(_));
            if follows && follows_postcode(items, question) {
                let around = self.evaluator.surroundings();
                places = postcode_places(around.regions, postcode);
                let fits = value.is_none_or(|value| question.kind.check(value, around).is_ok());
                if fits && (postcode.is_none() || places.len() == 1) {
                    continue;
                }
            }
            nodes.push(Node::Field(Field { question, name, entries: entries.to_vec(), value, uncertain, places }));
        }
        nodes
    }

    fn block(
        &self,
        question: &'a Question,
        items: &'a [Item],
        value: Option<&'a Json>,
        name: String,
        entries: &[usize],
    ) -> Node<'a> {
        let Some(repeat) = &question.repeat else {
            let nodes = self.walk(items, value.and_then(Json::as_object), &format!("{name}."), entries, true);
            return Node::Group(Group { question, name, entries: entries.to_vec(), nodes });
        };
        let given = value.and_then(Json::as_array);
        let count = given.map_or(0, Vec::len);
        let least = usize::from(repeat.min > 0 && !self.whole);
        let walked = (0..count.max(least))
            .map(|index| {
                let mut inside = entries.to_vec();
                inside.push(index);
                let here = given.and_then(|array| array.get(index)).and_then(Json::as_object);
                self.walk(items, here, &format!("{name}.{index}."), &inside, true)
            })
            .collect();
        Node::List(List { question, repeat, name, entries: entries.to_vec(), items: walked, given: count })
    }
}

/// The name of a question behind that of what it lies in.
fn joined(prefix: &str, key: &str) -> String {
    let mut name = String::with_capacity(prefix.len() + key.len());
    name.push_str(prefix);
    name.push_str(key);
    name
}

/// The municipality of an address is found from the postcode above it.
fn follows_postcode(items: &[Item], question: &Question) -> bool {
    items
        .iter()
        .filter_map(|item| match item {
            Item::Question(question) => Some(question),
            Item::Paragraph(_) => None,
        })
        .take_while(|other| other.key != question.key)
        .any(|other| matches!(other.kind, Kind::Postcode))
}

/// The keys of the municipalities that a postcode has a part of.
pub(super) fn postcode_places(regions: &amtsweg_dsl::region::Regions, postcode: Option<&str>) -> Vec<String> {
    let found = postcode.map(|postcode| regions.with_postcode(postcode)).unwrap_or_default();
    found.iter().map(|place| place.key.to_owned()).collect()
}

/// All questions with a widget, in the order of the page.
pub(crate) fn fields<'n, 'a>(nodes: &'n [Node<'a>]) -> Vec<&'n Field<'a>> {
    let mut all = Vec::new();
    collect(nodes, &mut all);
    all
}

fn collect<'n, 'a>(nodes: &'n [Node<'a>], all: &mut Vec<&'n Field<'a>>) {
    for node in nodes {
        match node {
            Node::Text { .. } => {}
            Node::Field(field) => all.push(field),
            Node::Group(group) => collect(&group.nodes, all),
            Node::List(list) => list.items.iter().for_each(|item| collect(item, all)),
        }
    }
}

/// The names of the paragraphs that depend on answers.
pub(crate) fn conditional_texts<'n>(nodes: &'n [Node<'_>]) -> Vec<&'n str> {
    let inside = |node: &'n Node<'_>| match node {
        Node::Text { paragraph, name, .. } => {
            paragraph.condition.is_some().then_some(name.as_str()).into_iter().collect()
        }
        Node::Field(_) => Vec::new(),
        Node::Group(group) => conditional_texts(&group.nodes),
        Node::List(list) => list.items.iter().flat_map(|item| conditional_texts(item)).collect(),
    };
    nodes.iter().flat_map(inside).collect()
}

/// The list with this name.
pub(crate) fn list<'n, 'a>(nodes: &'n [Node<'a>], name: &str) -> Option<&'n List<'a>> {
    nodes.iter().find_map(|node| match node {
        Node::Text { .. } | Node::Field(_) => None,
        Node::Group(group) => list(&group.nodes, name),
        Node::List(found) if found.name == name => Some(found),
        Node::List(other) => other.items.iter().find_map(|nodes| list(nodes, name)),
    })
}
