//! A procedure as a drawing: its pages from top to bottom, what each question hangs on, where
//! the form ends, and to whom a case comes.
//!
//! Pages stand in the order of the text and nothing leads back, so no general layout is needed:
//! one column, and lines at its side from what decides to what hangs on it.

mod svg;

use std::collections::BTreeSet;

use crate::emit::prose::{Narrator, unmarked};
use crate::eval::refs::any_ref;
use crate::eval::view::Env;
use crate::kind::Kind;
use crate::model::{Catalogue, Condition, Item, Language, Procedure, Question, Responsible};
use crate::region::Regions;

/// What a procedure consists of, from top to bottom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Graph {
    /// The title of the procedure.
    pub title: String,
    /// One sentence that says what is drawn.
    pub description: String,
    /// What is drawn, in the order in which it is read.
    pub nodes: Vec<Node>,
    language: Language,
}

/// One thing that is drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// What it is.
    pub sort: Sort,
    /// How deep it lies inside others: a page 0, its questions 1.
    pub depth: usize,
    /// Its number, as `explain` counts: `2.11`, `E1`; empty for an authority.
    pub number: String,
    /// Its words.
    pub label: String,
    /// When it comes, how often.
    pub notes: Vec<String>,
    /// The numbers of the questions that decide whether it comes.
    pub needs: BTreeSet<String>,
}

/// What a [`Node`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// A page of questions.
    Page,
    /// A question.
    Question,
    /// A text between questions.
    Paragraph,
    /// A page that ends the form.
    End,
    /// An authority to which a case comes.
    Office,
}

/// The drawing of a procedure, its words in `language`.
#[must_use]
pub fn graph(procedure: &Procedure, catalogue: &Catalogue, regions: &Regions, language: Language) -> Graph {
    let narrator = Narrator::new(procedure, catalogue, regions, language);
    let mut nodes = Vec::new();
    for (index, section) in procedure.sections.iter().enumerate() {
        let number = (index + 1).to_string();
        let label = section.title.get(narrator.language).to_owned();
        let mut node = Node {
            sort: Sort::Page,
            depth: 0,
            number: number.clone(),
            label,
            notes: Vec::new(),
            needs: BTreeSet::new(),
        };
        narrator.only_if_note(section.condition.as_ref(), &mut node);
        node.notes.extend(section.repeat.as_ref().map(|repeat| narrator.times(repeat)));
        nodes.push(node);
        narrator.draw_items(&section.items, &number, 1, &mut nodes);
        for (at, page) in procedure.end_pages.iter().enumerate() {
            if let Some((condition, _)) = page.stops.as_ref().filter(|(_, after)| *after == section.key) {
                let label = page.title.get(narrator.language).to_owned();
                let mut node = Node {
                    sort: Sort::End,
                    depth: 0,
                    number: narrator.numbers.end(at),
                    label,
                    notes: Vec::new(),
                    needs: BTreeSet::new(),
                };
                let clause = unmarked(&narrator.clause(condition));
                node.notes.push(format!("{} {clause}", narrator.pick("Ende, wenn", "The end if")));
                node.needs = narrator.needed(condition);
                nodes.push(node);
            }
        }
    }
    narrator.draw_targets(&mut nodes);
    let description = narrator.pick(
        "Die Seiten von oben nach unten mit ihren Fragen. Linien am linken Rand führen von der Frage, die entscheidet, zu dem, was von ihr abhängt. Darunter steht, zu wem ein Fall kommt.",
        "The pages from top to bottom with their questions. Lines at the left lead from the question that decides to what depends on it. Below stands to whom a case comes.",
    );
    Graph {
        title: procedure.title.get(narrator.language).to_owned(),
        description: description.to_owned(),
        nodes,
        language: narrator.language,
    }
}

impl Graph {
    /// The same as a nested list: for those who do not see the drawing.
    #[must_use]
    pub fn list(&self) -> String {
        let english = self.language == Language::English;
        let pick = |german: &'static str, english_word: &'static str| if english { english_word } else { german };
        let mut out = format!("{}\n", self.title);
        for node in &self.nodes {
            let indent = "  ".repeat(node.depth + 1);
            let word = match node.sort {
                Sort::Page => pick("Seite ", "Page "),
                Sort::End => pick("Endseite ", "End page "),
                Sort::Office => pick("Zuständig: ", "Responsible: "),
                Sort::Question | Sort::Paragraph => "",
            };
            let number = if node.number.is_empty() { String::new() } else { format!("{} ", node.number) };
            out.push_str(&format!("{indent}- {word}{number}{}\n", node.label));
            for note in &node.notes {
                out.push_str(&format!("{indent}    {note}\n"));
            }
            let users: Vec<&str> = self
                .nodes
                .iter()
                .filter(|other| other.needs.contains(&node.number))
                .map(|other| other.number.as_str())
                .collect();
            if !users.is_empty() {
                out.push_str(&format!(
                    "{indent}    {} {}\n",
                    pick("entscheidet über", "decides about"),
                    users.join(", ")
                ));
            }
        }
        out
    }

    /// The drawing as SVG that needs nothing else.
    #[must_use]
    pub fn svg(&self) -> String {
        svg::draw(self)
    }
}

impl Narrator<'_> {
    fn draw_items(&self, items: &[Item], around: &str, depth: usize, nodes: &mut Vec<Node>) {
        for (index, item) in items.iter().enumerate() {
            let number = format!("{around}.{}", index + 1);
            let mut node = Node {
                sort: Sort::Question,
                depth,
                number: number.clone(),
                label: String::new(),
                notes: Vec::new(),
                needs: BTreeSet::new(),
            };
            match item {
                Item::Paragraph(paragraph) => {
                    node.sort = Sort::Paragraph;
                    node.label = self.pick("Text zwischen den Fragen", "Text between the questions").to_owned();
                    self.only_if_note(paragraph.condition.as_ref(), &mut node);
                    nodes.push(node);
                }
                Item::Question(question) => {
                    node.label = question.label.get(self.language).to_owned();
                    self.only_if_note(question.condition.as_ref(), &mut node);
                    self.question_notes(question, &mut node);
                    nodes.push(node);
                    if let Kind::Block { items, .. } = &question.kind {
                        self.draw_items(items, &number, depth + 1, nodes);
                    }
                }
            }
        }
    }

    fn question_notes(&self, question: &Question, node: &mut Node) {
        node.notes.extend(question.repeat.as_ref().map(|repeat| self.times(repeat)));
        if question.optional {
            node.notes.push(self.pick("freiwillig", "optional").to_owned());
        }
        if question.answered_by.is_some() {
            node.notes.push(self.pick("beantwortet eine zweite Person", "answered by a second person").to_owned());
        }
    }

    fn only_if_note(&self, condition: Option<&Condition>, node: &mut Node) {
        if let Some(condition) = condition {
            let clause = unmarked(&self.clause(condition));
            node.notes.push(format!("{} {clause}", self.pick("nur, wenn", "only if")));
            node.needs = self.needed(condition);
        }
    }

    fn times(&self, repeat: &crate::model::Repeat) -> String {
        let each = self.quote(repeat.each.get(self.language));
        match self.language {
            Language::English => format!("{} to {} times, each {each}", repeat.min, repeat.max),
            _ => format!("{} bis {} mal, je {each}", repeat.min, repeat.max),
        }
    }

    /// The numbers of the questions that a condition looks at, also through computed values.
    fn needed(&self, condition: &Condition) -> BTreeSet<String> {
        let mut needed = BTreeSet::new();
        any_ref(self.procedure, condition, Env::default(), &mut |reference, _| {
            needed.extend(self.numbers.answer(&reference.steps).map(|(number, _)| number.to_owned()));
            false
        });
        needed
    }

    /// The authorities, and end pages that the responsibility leads to, each with its cases.
    fn draw_targets(&self, nodes: &mut Vec<Node>) {
        let Some(table) = &self.procedure.responsibility else { return };
        let rows = table.rows.iter().map(|row| (Some(row.cells.as_slice()), &row.then));
        let rows = rows.chain(table.otherwise.iter().map(|then| (None, then)));
        let mut found: Vec<Node> = Vec::new();
        for (cells, then) in rows {
            let when = unmarked(&self.when(&table.columns, cells));
            let mut add = |sort, number: String, label: String| {
                let known =
                    found.iter().position(|node| node.sort == sort && node.label == label && node.number == number);
                let at = known.unwrap_or_else(|| {
                    found.push(Node { sort, depth: 0, number, label, notes: Vec::new(), needs: BTreeSet::new() });
                    found.len() - 1
                });
                if !found[at].notes.contains(&when) {
                    found[at].notes.push(when.clone());
                }
            };
            match then {
                Responsible::Authority(path) => add(Sort::Office, String::new(), self.authority(path)),
                Responsible::EndPage(name) => {
                    if let Some(at) = self.procedure.end_pages.iter().position(|page| page.name == *name) {
                        let label = self.procedure.end_pages[at].title.get(self.language).to_owned();
                        add(Sort::End, self.numbers.end(at), label);
                    }
                }
                Responsible::Task { authorities, .. } => {
                    let offices: BTreeSet<&String> = authorities.values().collect();
                    // Of many offices of one task it is said how many there are.
                    if offices.len() > 6 {
                        let (count, task) =
                            (offices.len(), self.pick("Stellen, je nach Gemeinde", "authorities, by municipality"));
                        add(Sort::Office, String::new(), format!("{count} {task}"));
                    } else {
                        offices.into_iter().for_each(|path| add(Sort::Office, String::new(), self.authority(path)));
                    }
                }
            }
        }
        nodes.append(&mut found);
    }
}
