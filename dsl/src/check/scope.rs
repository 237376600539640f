//! Names: what they stand for, and whether an answer is certainly there.

use std::collections::{BTreeMap, HashMap};

use super::types::Type;
use crate::model::{Calc, Condition, Ref, Step};
use crate::syntax::Span;

/// An answer that can be named.
#[derive(Debug, Clone)]
pub(super) struct Slot {
    /// As an author writes it from the top: `wohnung.gemeinde`.
    pub name: String,
    /// Its place in the answers; of a repeat the list.
    pub steps: Vec<Step>,
    /// The type of its answers.
    pub kind: Type,
    /// It may be left empty.
    pub optional: bool,
    /// When it is asked: its own condition and those around it; inside a repeat those of the entry.
    pub conditions: Vec<Condition>,
    /// Its position among all questions.
    pub order: usize,
    /// The position of the last question in it: from then on it is known.
    pub last: usize,
    /// The section it is asked in.
    pub section: usize,
    /// Of a repeat: how many entries.
    pub repeat: Option<(u32, u32)>,
    /// Who gives it, and whether it is an e-mail address.
    pub from: From,
}

/// Who gives an answer, as far as checks of second persons need to know.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct From {
    /// It is an e-mail address.
    pub email: bool,
    /// It is about another person than the applicant.
    pub about_another: bool,
    /// It is given by a second person, after the first one has sent.
    pub second: bool,
}

impl Slot {
    pub fn reference(&self) -> Ref {
        Ref { steps: self.steps.clone(), fact: None }
    }
}

/// What a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Entry {
    /// An answer.
    Answer(usize),
    /// A building block: its slot, and the scope of its questions.
    Block(usize, usize),
    /// A repeat: its slot, and the scope of an entry.
    Repeat(usize, usize),
    /// A constant.
    Constant(usize),
    /// A computed value.
    Computed(usize),
    /// A computed value of a building block: it stands for what it is computed from.
    Local(usize),
    /// A question of a building block that this use leaves out; which `ohne:` says so.
    LeftOut(usize),
    /// A name that is taken by something without a value: a fee, a rule.
    Taken,
}

/// Names of one level.
#[derive(Debug, Clone, Default)]
pub(super) struct Scope {
    /// The scope around it.
    pub parent: Option<usize>,
    /// The names and where each was introduced.
    pub names: BTreeMap<String, (Entry, String, Span)>,
    /// The names by their keys in the data.
    pub keys: HashMap<String, String>,
}

/// All scopes and slots of a procedure. Scope 0 is the top.
#[derive(Debug, Clone, Default)]
pub(super) struct Names {
    pub scopes: Vec<Scope>,
    pub slots: Vec<Slot>,
    /// The slots by their places.
    pub places: HashMap<Vec<Step>, usize>,
    /// Where `ohne:` leaves questions out.
    pub left_out: Vec<(String, Span)>,
}

/// Why a path names nothing here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum NotFound {
    /// There is no such name; the scope in which it was looked up.
    Unknown(String, Option<usize>),
    /// It lies inside this repeat.
    InsideRepeat(String),
}

impl Names {
    /// What a path stands for, seen from a scope; and the parts behind it that name a fact.
    pub fn find(&self, parts: &[String], scope: usize) -> Result<(Entry, Vec<String>), NotFound> {
        let Some((first, rest)) = parts.split_first() else {
            return Err(NotFound::Unknown(String::new(), None));
        };
        let mut at = Some(scope);
        while let Some(index) = at {
            let level = &self.scopes[index];
            if let Some((entry, _, _)) = level.names.get(first) {
                return self.descend(*entry, rest, scope);
            }
            at = level.parent;
        }
        for level in &self.scopes {
            for (name, (entry, _, _)) in &level.names {
                if let Entry::Repeat(_, inside) = entry
                    && self.scopes[*inside].names.contains_key(first)
                {
                    return Err(NotFound::InsideRepeat(name.clone()));
                }
            }
        }
        Err(NotFound::Unknown(first.clone(), Some(scope)))
    }

    fn descend(&self, entry: Entry, rest: &[String], from: usize) -> Result<(Entry, Vec<String>), NotFound> {
        let Some((next, tail)) = rest.split_first() else {
            return Ok((entry, Vec::new()));
        };
        let inside = match entry {
            Entry::Block(_, inside) => inside,
            Entry::Repeat(slot, inside) => {
                if !self.encloses(inside, from) {
                    return Err(NotFound::InsideRepeat(self.slots[slot].name.clone()));
                }
                inside
            }
            _ => return Ok((entry, rest.to_vec())),
        };
        let level = &self.scopes[inside];
        match level.names.get(next) {
            Some((entry, _, _)) => self.descend(*entry, tail, from),
            None => Err(NotFound::Unknown(next.clone(), Some(inside))),
        }
    }

    /// What the parts of a path stand for and where each is introduced, as far as it leads anywhere:
    /// also into the entries of a repeat, whose names an example writes from outside.
    pub fn follow(&self, parts: &[String], scope: usize) -> Vec<(&Entry, &String, &Span)> {
        let mut found = Vec::new();
        let Some((first, rest)) = parts.split_first() else { return found };
        let levels = std::iter::successors(Some(scope), |at| self.scopes.get(*at).and_then(|level| level.parent));
        let mut named = levels.filter_map(|at| self.scopes.get(at)).find_map(|level| level.names.get(first));
        let mut rest = rest.iter();
        while let Some((entry, file, span)) = named {
            found.push((entry, file, span));
            let (Entry::Block(_, inside) | Entry::Repeat(_, inside)) = entry else { break };
            named = rest.next().and_then(|next| self.scopes.get(*inside)?.names.get(next));
        }
        found
    }

    /// Says where names are introduced, in the words of `real`; what stands in no file keeps its place.
    pub fn places_at(&mut self, real: impl Fn(&str, Span) -> Option<(String, Span)>) {
        for (_, file, span) in self.scopes.iter_mut().flat_map(|level| level.names.values_mut()) {
            if let Some(found) = real(file, *span) {
                (*file, *span) = found;
            }
        }
    }

    /// The names that can be seen from a scope.
    pub fn visible(&self, scope: Option<usize>) -> impl Iterator<Item = &str> {
        let levels = std::iter::successors(scope, |at| self.scopes.get(*at).and_then(|level| level.parent));
        levels.filter_map(|at| self.scopes.get(at)).flat_map(|level| level.names.keys().map(String::as_str))
    }

    fn encloses(&self, outer: usize, inner: usize) -> bool {
        let mut at = Some(inner);
        while let Some(index) = at {
            if index == outer {
                return true;
            }
            at = self.scopes[index].parent;
        }
        false
    }

    /// The slot with this place.
    pub fn slot_at(&self, reference: &Ref) -> Option<&Slot> {
        self.places.get(&reference.steps).and_then(|index| self.slots.get(*index))
    }

    /// Whether an answer is certainly there when all `facts` hold.
    pub fn certain(&self, slot: &Slot, facts: &[Condition]) -> bool {
        self.certainly(slot, facts, &mut HashMap::new())
    }

    /// Whether `condition` follows from `facts`, as far as that is easily seen.
    pub fn implied(&self, condition: &Condition, facts: &[Condition]) -> bool {
        self.implies(condition, facts, &mut HashMap::new())
    }

    /// `known` holds what was found out about other answers already; while one is looked at it
    /// counts as uncertain.
    fn certainly<'s>(&'s self, slot: &'s Slot, facts: &[Condition], known: &mut HashMap<&'s [Step], bool>) -> bool {
        if let Some(found) = known.get(slot.steps.as_slice()) {
            return *found;
        }
        // Chains of questions that are longer are not followed.
        if known.len() > 200 {
            return false;
        }
        known.insert(&slot.steps, false);
        let found = facts.iter().any(|fact| shows(fact, &slot.steps))
            || (!slot.optional && slot.conditions.iter().all(|condition| self.implies(condition, facts, known)));
        known.insert(&slot.steps, found);
        found
    }

    fn implies<'s>(
        &'s self,
        condition: &Condition,
        facts: &[Condition],
        known: &mut HashMap<&'s [Step], bool>,
    ) -> bool {
        if facts.iter().any(|fact| follows(condition, fact)) {
            return true;
        }
        match condition {
            Condition::All(all) => all.iter().all(|one| self.implies(one, facts, known)),
            Condition::Any(any) => any.iter().any(|one| self.implies(one, facts, known)),
            Condition::Answered(reference) => {
                self.slot_at(reference).is_some_and(|slot| self.certainly(slot, facts, known))
            }
            _ => false,
        }
    }
}

/// Whether a condition holds whenever `fact` does, seen by its form.
fn follows(condition: &Condition, fact: &Condition) -> bool {
    if condition == fact {
        return true;
    }
    if let Condition::All(all) = fact {
        return all.iter().any(|one| follows(condition, one));
    }
    match (condition, fact) {
        (Condition::In { what: a, set: wide }, Condition::In { what: b, set: narrow }) => {
            a == b && super::sets::subset(narrow, wide)
        }
        (Condition::Contains { what: a, set: wide }, Condition::Contains { what: b, set: narrow }) => {
            a == b && super::sets::subset(narrow, wide)
        }
        _ => false,
    }
}

/// Whether `fact` can only hold where the answer with these steps is there.
fn shows(fact: &Condition, steps: &[Step]) -> bool {
    match fact {
        Condition::All(all) => all.iter().any(|one| shows(one, steps)),
        Condition::Any(any) => !any.is_empty() && any.iter().all(|one| shows(one, steps)),
        Condition::Answered(reference) | Condition::Contains { what: reference, .. } => reference.steps == steps,
        Condition::In { what, set } => !set.no_answer && needs(what, steps),
        Condition::Compare { left, right, .. } => needs(left, steps) || needs(right, steps),
        _ => false,
    }
}

/// Whether a calculation has a value only where the answer with these steps is there.
fn needs(calc: &Calc, steps: &[Step]) -> bool {
    match calc {
        Calc::Answer(reference) => reference.steps == steps,
        Calc::Add(a, b)
        | Calc::Sub(a, b)
        | Calc::Mul(a, b)
        | Calc::Div(a, b)
        | Calc::AtLeast(a, b)
        | Calc::AtMost(a, b) => needs(a, steps) || needs(b, steps),
        Calc::Round { of, .. } | Calc::At { date: of, .. } => needs(of, steps),
        Calc::Shift { date, by, .. } => needs(date, steps) || needs(by, steps),
        Calc::Age { born, on } => needs(born, steps) || needs(on, steps),
        _ => false,
    }
}
