//! Two versions of a procedure side by side: what becomes of drafts, and what the receiving
//! system will see.

mod amounts;
mod carry;
mod fit;
mod nodes;
mod words;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::kind::Surroundings;
use crate::model::{AnswerPath, Condition, Language, Procedure, Question, RichText, Text, Transition, TransitionStep};
use crate::region::Regions;
pub use amounts::{Amount, There};
pub use carry::{Carried, carry_over};
pub(crate) use fit::{Fit, fit};
pub(crate) use nodes::{Node, nodes};
pub use words::Part;

/// What a new version changes against an old one.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Comparison {
    /// The procedure.
    pub path: String,
    /// The number of the old version ("Fassung").
    pub old: u32,
    /// The number of the new one.
    pub new: u32,
    /// What the lines under "Übergang" come to for a draft of the old version. The program leaves
    /// every draft with the version that it was begun with.
    pub drafts: Drafts,
    /// Answers that change, in the order of the old version, then what is new.
    pub changes: Vec<Change>,
    /// What changes beside the answers: texts, conditions, rules, fees, responsibility.
    pub beside: Vec<Beside>,
    /// Fixed values and fees that differ.
    pub amounts: Vec<Amount>,
}

/// What the lines under "Übergang" come to for drafts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Drafts {
    /// They go on as they are.
    Stay,
    /// Answers move or are dropped; nothing is asked again.
    Move,
    /// Something is asked again or for the first time.
    AskAgain,
    /// For a change no line says what becomes of the answers: the version is refused.
    Refused,
}

/// What becomes of one answer.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Change {
    /// Where it stands: in the new version, of a dropped one in the old.
    pub path: AnswerPath,
    /// The question.
    pub label: Text,
    /// What happens.
    pub what: What,
    /// Whether a line under "Übergang" is needed and missing.
    pub uncovered: bool,
    /// What is answered for the person ("neu: a = wert"), as it is shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<Text>,
}

/// What happens to an answer.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// It stands somewhere else.
    Moved {
        /// Where it was.
        from: AnswerPath,
        /// Whether it is asked again where it does not fit.
        may_ask: bool,
    },
    /// It becomes another answer by a table.
    Converted {
        /// Where it was.
        from: AnswerPath,
        /// Whether some old answers are asked again.
        may_ask: bool,
    },
    /// The question is gone.
    Dropped,
    /// The question is new and must be answered.
    Asked,
    /// The question is new and may be left empty.
    Optional,
    /// The question is new, and drafts get a value for it.
    Filled,
    /// It has another kind of answer now.
    Retyped,
    /// It could be left empty and must be answered now.
    Required,
    /// It could be sent later and must be there at once now.
    AtOnce,
    /// Fewer answers fit: what no longer fits is asked again.
    Narrower,
    /// More answers are possible; the receiving system must know them.
    Wider,
}

/// A change that touches no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Beside {
    /// Titles, questions, hints, paragraphs.
    Texts,
    /// When something is asked, or in which order.
    Conditions,
    /// Rules and their messages.
    Rules,
    /// Fees.
    Fees,
    /// Who is responsible, and end pages.
    Responsibility,
}

/// Compares two versions; the lines under "Übergang" are those of `new` from `old`.
#[must_use]
pub fn compare(old: &Procedure, new: &Procedure) -> Comparison {
    let none = Transition { from: old.version, steps: Vec::new() };
    let transition = new.transitions.iter().find(|transition| transition.from == old.version).unwrap_or(&none);
    let changes = Sides { old, new, transition }.changes();
    let drafts = verdict(&changes);
    Comparison {
        path: new.path.clone(),
        old: old.version,
        new: new.version,
        drafts,
        changes,
        beside: beside(old, new),
        amounts: amounts::amounts(old, new),
    }
}

fn verdict(changes: &[Change]) -> Drafts {
    let asks = |change: &Change| match &change.what {
        What::Asked | What::Retyped | What::Required | What::AtOnce | What::Narrower => true,
        What::Moved { may_ask, .. } | What::Converted { may_ask, .. } => *may_ask,
        _ => false,
    };
    if changes.iter().any(|change| change.uncovered) {
        Drafts::Refused
    } else if changes.iter().any(asks) {
        Drafts::AskAgain
    } else if changes.iter().any(|change| !matches!(change.what, What::Wider | What::Optional)) {
        Drafts::Move
    } else {
        Drafts::Stay
    }
}

struct Sides<'a> {
    old: &'a Procedure,
    new: &'a Procedure,
    transition: &'a Transition,
}

/// Whether `path` is `prefix` or stands inside of it.
pub(crate) fn inside(path: &[String], prefix: &[String]) -> bool {
    path.starts_with(prefix)
}

impl<'a> Sides<'a> {
    fn changes(&self) -> Vec<Change> {
        let (old, new) = (nodes(self.old), nodes(self.new));
        let there: BTreeMap<&[String], Node<'a>> = new.iter().map(|(path, node)| (path.as_slice(), *node)).collect();
        let mut changes: Vec<Change> = Vec::new();
        let mut reached: Vec<AnswerPath> = Vec::new();
        let mut gone: Vec<AnswerPath> = Vec::new();
        for (path, node) in &old {
            if gone.iter().any(|gone| inside(path, gone)) {
                continue;
            }
            if let Some(change) = self.converted(path, &there) {
                reached.push(change.path.clone());
                gone.push(path.clone());
                changes.push(change);
                continue;
            }
            if self.is_dropped(path) {
                gone.push(path.clone());
                changes.push(self.change(path, *node, What::Dropped, false));
                continue;
            }
            let (target, step) = self.target(path);
            let Some(now) = there.get(target.as_slice()) else {
                gone.push(path.clone());
                changes.push(self.change(path, *node, What::Dropped, true));
                continue;
            };
            reached.push(target.clone());
            changes.extend(self.kept(path, *node, &target, *now, step));
        }
        let mut begun: Vec<AnswerPath> = Vec::new();
        for (path, node) in &new {
            if reached.contains(path) || begun.iter().any(|outer| inside(path, outer)) {
                continue;
            }
            // Inside of a repeat that may be empty, or a block that is new as a whole, nothing more is said.
            if node.holds_others() {
                begun.push(path.clone());
            }
            let what = match self.filled(path) {
                true => What::Filled,
                false if node.required() => What::Asked,
                false => What::Optional,
            };
            let uncovered = what == What::Asked && !self.is_asked(path);
            changes.push(self.change(path, *node, what, uncovered));
        }
        changes
    }

    /// An answer that is there in both versions.
    fn kept(
        &self,
        path: &AnswerPath,
        old: Node<'_>,
        target: &AnswerPath,
        new: Node<'_>,
        step: Option<(&AnswerPath, bool)>,
    ) -> Vec<Change> {
        let mut changes = Vec::new();
        let (moved, may_ask) = match step {
            Some((from, ask)) => (from == path, ask),
            None => (false, false),
        };
        let asked = self.is_asked(target);
        let fit = match (old, new) {
            (Node::Question(a), Node::Question(b)) if a.repeat.is_some() == b.repeat.is_some() => {
                fit(&a.kind, self.old, &b.kind, self.new)
            }
            (Node::Repeat(_), Node::Repeat(_)) => Fit::Same,
            _ => Fit::Other,
        };
        if moved {
            let may_ask = may_ask && matches!(fit, Fit::Other | Fit::Narrower);
            changes.push(self.change(target, new, What::Moved { from: path.clone(), may_ask }, false));
        }
        match fit {
            Fit::Other if !may_ask => changes.push(self.change(target, new, What::Retyped, !asked)),
            Fit::Narrower if !may_ask => changes.push(self.change(target, new, What::Narrower, false)),
            Fit::Wider => changes.push(self.change(target, new, What::Wider, false)),
            _ => {}
        }
        if new.required() && !old.required() {
            let uncovered = !asked && !self.filled(target);
            let follows =
                |node: Node<'_>| matches!(node, Node::Question(one) if one.may_follow.is_some() && !one.optional);
            let what = if follows(old) { What::AtOnce } else { What::Required };
            changes.push(self.change(target, new, what, uncovered));
        }
        changes
    }

    fn change(&self, path: &[String], node: Node<'_>, what: What, uncovered: bool) -> Change {
        let label = match node {
            Node::Question(question) => question.label.clone(),
            Node::Repeat(section) => section.title.clone(),
        };
        let value = match (&what, node) {
            (What::Filled, Node::Question(question)) => self.shown_value(path, question),
            _ => None,
        };
        Change { path: path.to_vec(), label, what, uncovered, value }
    }

    /// The answer that drafts get, as it is shown.
    fn shown_value(&self, path: &[String], question: &Question) -> Option<Text> {
        let value = self.transition.steps.iter().find_map(|step| match step {
            TransitionStep::New { path: new, value } if new == path => Some(value),
            _ => None,
        })?;
        let around = Surroundings { lists: &self.new.lists, regions: Regions::shipped(), today: self.new.valid_from };
        let of = |language| (language, question.kind.show(value, language, around));
        Some(Text([of(Language::German), of(Language::English)].into_iter().collect()))
    }

    fn converted(&self, path: &AnswerPath, there: &BTreeMap<&[String], Node<'a>>) -> Option<Change> {
        self.transition.steps.iter().find_map(|step| match step {
            TransitionStep::Converted { from, to, rows } if from == path => {
                let may_ask = rows.iter().any(|row| row.then.is_none());
                let what = What::Converted { from: from.clone(), may_ask };
                Some(self.change(to, *there.get(to.as_slice())?, what, false))
            }
            _ => None,
        })
    }

    fn is_dropped(&self, path: &[String]) -> bool {
        let drops =
            |step: &TransitionStep| matches!(step, TransitionStep::Dropped { path: gone } if inside(path, gone));
        self.transition.steps.iter().any(drops)
    }

    fn is_asked(&self, path: &[String]) -> bool {
        let asks = |step: &TransitionStep| matches!(step, TransitionStep::AskedAnew { path: new } if inside(path, new));
        self.transition.steps.iter().any(asks)
    }

    fn filled(&self, path: &[String]) -> bool {
        self.transition.steps.iter().any(|step| matches!(step, TransitionStep::New { path: new, .. } if new == path))
    }

    /// Where an answer goes, and the line that moves it: where from, and whether it may be asked again.
    fn target(&self, path: &AnswerPath) -> (AnswerPath, Option<(&AnswerPath, bool)>) {
        let steps = self.transition.steps.iter().filter_map(|step| match step {
            TransitionStep::Renamed { from, to, otherwise_ask } if inside(path, from) => {
                Some((from, to, *otherwise_ask))
            }
            _ => None,
        });
        match steps.max_by_key(|(from, ..)| from.len()) {
            Some((from, to, ask)) => {
                let target = to.iter().chain(&path[from.len()..]).cloned().collect();
                (target, Some((from, ask)))
            }
            None => (path.clone(), None),
        }
    }
}

fn beside(old: &Procedure, new: &Procedure) -> Vec<Beside> {
    let (before, after) = (places(old), places(new));
    let both = |own: &[Beyond], other: &[Beyond]| -> Vec<Beyond> {
        own.iter().filter(|one| other.iter().any(|that| that.path == one.path)).cloned().collect()
    };
    let (before, after) = (both(&before, &after), both(&after, &before));
    let said = |all: &[Beyond]| all.iter().map(|one| (one.path.clone(), one.texts.clone())).collect::<BTreeMap<_, _>>();
    let asked = |all: &[Beyond]| all.iter().map(|one| (one.path.clone(), one.when.clone())).collect::<Vec<_>>();
    let differs = [
        (Beside::Texts, said(&before) != said(&after) || head(old) != head(new)),
        (Beside::Conditions, asked(&before) != asked(&after)),
        (Beside::Rules, old.rules != new.rules),
        (Beside::Fees, old.fees != new.fees || old.computed != new.computed),
        (Beside::Responsibility, old.responsibility != new.responsibility || old.end_pages != new.end_pages),
    ];
    differs.into_iter().filter(|(_, differs)| *differs).map(|(beside, _)| beside).collect()
}

/// What stands at a place beside its answer.
#[derive(Clone)]
struct Beyond {
    path: AnswerPath,
    texts: (Text, Option<RichText>),
    when: Option<Condition>,
}

fn places(procedure: &Procedure) -> Vec<Beyond> {
    let beyond = |(path, node)| match node {
        Node::Question(question) => {
            let texts = (question.label.clone(), question.hint.clone());
            Beyond { path, texts, when: question.condition.clone() }
        }
        Node::Repeat(section) => {
            let texts = (section.title.clone(), section.introduction.clone());
            Beyond { path, texts, when: section.condition.clone() }
        }
    };
    nodes(procedure).into_iter().map(beyond).collect()
}

/// The texts at the top of a procedure.
fn head(procedure: &Procedure) -> (&Text, [&Option<RichText>; 4]) {
    let texts = [&procedure.introduction, &procedure.legal_basis, &procedure.deadline, &procedure.what_happens_next];
    (&procedure.title, texts)
}
