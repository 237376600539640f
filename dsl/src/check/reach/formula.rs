//! Formulas over variables with finitely many segments. Equal formulas are one, so what was
//! found out about one is known wherever it occurs.

use rustc_hash::FxHashMap as HashMap;

/// A formula: its number. Parts have smaller numbers than what is made of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct F(u32);

/// Never holds.
pub(super) const NEVER: F = F(0);
/// Always holds.
pub(super) const ALWAYS: F = F(1);

/// Longer lists of parts are not taken into the formula around them: a chain would be copied
/// again and again.
const FLAT: usize = 16;

/// "The variable is in the set", or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Literal {
    /// The number of the variable.
    pub var: usize,
    /// The number of the set among those of the variable.
    pub set: usize,
    /// In the set, or outside.
    pub inside: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Node {
    Literal(Literal),
    All(Vec<F>),
    Any(Vec<F>),
}

/// All formulas.
pub(super) struct Formulas {
    nodes: Vec<Node>,
    known: HashMap<Node, F>,
    negated: HashMap<F, F>,
    /// How many nodes were looked at: the measure of the work done.
    pub looks: usize,
}

impl Formulas {
    pub fn new() -> Self {
        let mut new = Self { nodes: Vec::new(), known: HashMap::default(), negated: HashMap::default(), looks: 0 };
        new.node(Node::Any(Vec::new()));
        new.node(Node::All(Vec::new()));
        new
    }

    fn node(&mut self, node: Node) -> F {
        if let Some(found) = self.known.get(&node) {
            return *found;
        }
        let new = F(u32::try_from(self.nodes.len()).unwrap_or(u32::MAX));
        self.nodes.push(node.clone());
        self.known.insert(node, new);
        new
    }

    fn get(&self, f: F) -> &Node {
        &self.nodes[f.0 as usize]
    }

    pub fn literal(&mut self, var: usize, set: usize, inside: bool) -> F {
        self.node(Node::Literal(Literal { var, set, inside }))
    }

    pub fn all(&mut self, parts: impl IntoIterator<Item = F>) -> F {
        self.join(parts, true)
    }

    pub fn any(&mut self, parts: impl IntoIterator<Item = F>) -> F {
        self.join(parts, false)
    }

    fn join(&mut self, parts: impl IntoIterator<Item = F>, all: bool) -> F {
        let (neutral, decides) = if all { (ALWAYS, NEVER) } else { (NEVER, ALWAYS) };
        let mut flat: Vec<F> = Vec::new();
        for part in parts {
            if part == decides {
                return decides;
            }
            match self.get(part) {
                Node::All(inner) if all && inner.len() <= FLAT => flat.extend(inner),
                Node::Any(inner) if !all && inner.len() <= FLAT => flat.extend(inner),
                _ if part != neutral => flat.push(part),
                _ => {}
            }
        }
        self.looks += flat.len();
        flat.sort_unstable();
        flat.dedup();
        for part in &flat {
            if let Node::Literal(literal) = self.get(*part) {
                let other = Node::Literal(Literal { inside: !literal.inside, ..*literal });
                if self.known.get(&other).is_some_and(|other| flat.binary_search(other).is_ok()) {
                    return decides;
                }
            }
        }
        match flat.as_slice() {
            [] => neutral,
            [one] => *one,
            _ => self.node(if all { Node::All(flat) } else { Node::Any(flat) }),
        }
    }

    /// Holds exactly where `f` does not.
    pub fn not(&mut self, f: F) -> F {
        let negated = std::mem::take(&mut self.negated);
        let open = self.below(f, |part| !negated.contains_key(&part));
        self.negated = negated;
        for part in open {
            let new = match self.get(part).clone() {
                Node::Literal(literal) => self.literal(literal.var, literal.set, !literal.inside),
                Node::All(parts) => {
                    let parts: Vec<F> = parts.iter().filter_map(|part| self.negated.get(part).copied()).collect();
                    self.any(parts)
                }
                Node::Any(parts) => {
                    let parts: Vec<F> = parts.iter().filter_map(|part| self.negated.get(part).copied()).collect();
                    self.all(parts)
                }
            };
            self.negated.insert(part, new);
        }
        self.negated.get(&f).copied().unwrap_or(NEVER)
    }

    /// `f` and everything that it is made of for which `follow` says yes, parts first.
    fn below(&mut self, f: F, follow: impl Fn(F) -> bool) -> Vec<F> {
        let mut found = Vec::new();
        let mut seen = rustc_hash::FxHashSet::default();
        let mut open = vec![f];
        while let Some(next) = open.pop() {
            if !follow(next) || !seen.insert(next) {
                continue;
            }
            found.push(next);
            if let Node::All(parts) | Node::Any(parts) = self.get(next) {
                open.extend(parts);
            }
        }
        self.looks += found.len();
        found.sort_unstable();
        found
    }

    /// The variables that a formula depends on, in order.
    pub fn variables(&mut self, f: F) -> Vec<usize> {
        let parts = self.below(f, |_| true);
        let mut found: Vec<usize> = parts
            .into_iter()
            .filter_map(|part| match self.get(part) {
                Node::Literal(literal) => Some(literal.var),
                _ => None,
            })
            .collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// What is left of `f` for each of `count` segments of a variable.
    pub fn split(&mut self, f: F, var: usize, count: usize, lies_in: impl Fn(usize, usize) -> bool) -> Vec<F> {
        let parts = self.below(f, |_| true);
        (0..count)
            .map(|segment| {
                let mut left: HashMap<F, F> = HashMap::with_capacity_and_hasher(parts.len(), rustc_hash::FxBuildHasher);
                for part in &parts {
                    self.looks += 1;
                    let new = match self.get(*part) {
                        Node::Literal(literal) if literal.var == var => {
                            if lies_in(literal.set, segment) == literal.inside { ALWAYS } else { NEVER }
                        }
                        Node::Literal(_) => *part,
                        Node::All(inner) => {
                            let inner: Vec<F> = inner.iter().filter_map(|one| left.get(one).copied()).collect();
                            self.all(inner)
                        }
                        Node::Any(inner) => {
                            let inner: Vec<F> = inner.iter().filter_map(|one| left.get(one).copied()).collect();
                            self.any(inner)
                        }
                    };
                    left.insert(*part, new);
                }
                left.get(&f).copied().unwrap_or(NEVER)
            })
            .collect()
    }
}
