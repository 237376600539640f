//! Conditions on their way to JSON Schema: what holds of which object, and how exactly it is known.

use serde_json::{Value as Json, json};

use crate::model::Step;

/// A condition in terms of schemas.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Formula {
    True,
    False,
    /// The object at `scope` (the top, or an entry of a repeat) fulfils `schema`.
    Is {
        scope: Vec<Step>,
        schema: Json,
    },
    Not(Box<Formula>),
    All(Vec<Formula>),
    Any(Vec<Formula>),
    /// Not known exactly: it holds where `lower` does, and only where `upper` does.
    Between {
        lower: Box<Formula>,
        upper: Box<Formula>,
    },
}

/// Beyond this many conditions about objects around, a condition counts as not known.
const MOST_AROUND: usize = 4;

impl Formula {
    /// Nothing is known.
    pub(super) fn unknown() -> Self {
        Self::Between { lower: Box::new(Self::False), upper: Box::new(Self::True) }
    }

    pub(super) fn of(holds: bool) -> Self {
        if holds { Self::True } else { Self::False }
    }

    pub(super) fn not(self) -> Self {
        match self {
            Self::True => Self::False,
            Self::False => Self::True,
            Self::Not(inner) => *inner,
            other => Self::Not(Box::new(other)),
        }
    }

    pub(super) fn all(parts: impl IntoIterator<Item = Self>) -> Self {
        let mut all = Vec::new();
        for part in parts {
            match part {
                Self::True => {}
                Self::False => return Self::False,
                Self::All(inner) => all.extend(inner),
                other => all.push(other),
            }
        }
        all.dedup();
        match all.len() {
            0 => Self::True,
            1 => all.swap_remove(0),
            _ => Self::All(all),
        }
    }

    pub(super) fn any(parts: impl IntoIterator<Item = Self>) -> Self {
        let mut any = Vec::new();
        for part in parts {
            match part {
                Self::False => {}
                Self::True => return Self::True,
                Self::Any(inner) => any.extend(inner),
                other => any.push(other),
            }
        }
        any.dedup();
        match any.len() {
            0 => Self::False,
            1 => any.swap_remove(0),
            _ => Self::Any(any),
        }
    }

    /// Whether a schema can say it.
    pub(super) fn is_exact(&self) -> bool {
        match self {
            Self::True | Self::False | Self::Is { .. } => true,
            Self::Not(inner) => inner.is_exact(),
            Self::All(parts) | Self::Any(parts) => parts.iter().all(Self::is_exact),
            Self::Between { .. } => false,
        }
    }

    /// What certainly makes it hold.
    pub(super) fn lower(&self) -> Self {
        self.bound(true)
    }

    /// What it cannot hold without.
    pub(super) fn upper(&self) -> Self {
        self.bound(false)
    }

    fn bound(&self, low: bool) -> Self {
        match self {
            Self::True | Self::False | Self::Is { .. } => self.clone(),
            Self::Not(inner) => inner.bound(!low).not(),
            Self::All(parts) => Self::all(parts.iter().map(|part| part.bound(low))),
            Self::Any(parts) => Self::any(parts.iter().map(|part| part.bound(low))),
            Self::Between { lower, upper } => if low { lower } else { upper }.bound(low),
        }
    }

    /// The same with what a clause at `scope` cannot look at, or not cheaply, as not known.
    pub(super) fn seen_from(&self, scope: &[Step]) -> Self {
        let seen = self.map(&|at, _| (!scope.starts_with(at)).then(Self::unknown));
        if seen.atoms(|at| at != scope).len() > MOST_AROUND {
            seen.map(&|at, _| (at != scope).then(Self::unknown))
        } else {
            seen
        }
    }

    /// The same, where it is known whether one schema is fulfilled.
    pub(super) fn given(&self, atom: &(Vec<Step>, Json), holds: bool) -> Self {
        self.map(&|scope, schema| (scope == atom.0 && *schema == atom.1).then(|| Self::of(holds)))
    }

    fn map(&self, replace: &impl Fn(&[Step], &Json) -> Option<Self>) -> Self {
        match self {
            Self::True | Self::False => self.clone(),
            Self::Is { scope, schema } => replace(scope, schema).unwrap_or_else(|| self.clone()),
            Self::Not(inner) => inner.map(replace).not(),
            Self::All(parts) => Self::all(parts.iter().map(|part| part.map(replace))),
            Self::Any(parts) => Self::any(parts.iter().map(|part| part.map(replace))),
            Self::Between { lower, upper } => {
                Self::Between { lower: Box::new(lower.map(replace)), upper: Box::new(upper.map(replace)) }
            }
        }
    }

    /// The different schemas about objects at scopes that are `wanted`.
    pub(super) fn atoms(&self, wanted: impl Fn(&[Step]) -> bool + Copy) -> Vec<(Vec<Step>, Json)> {
        let mut found = Vec::new();
        self.collect(wanted, &mut found);
        found
    }

    fn collect(&self, wanted: impl Fn(&[Step]) -> bool + Copy, found: &mut Vec<(Vec<Step>, Json)>) {
        match self {
            Self::True | Self::False => {}
            Self::Is { scope, schema } => {
                if wanted(scope) && !found.iter().any(|(at, other)| at == scope && other == schema) {
                    found.push((scope.clone(), schema.clone()));
                }
            }
            Self::Not(inner) => inner.collect(wanted, found),
            Self::All(parts) | Self::Any(parts) => parts.iter().for_each(|part| part.collect(wanted, found)),
            Self::Between { lower, upper } => {
                lower.collect(wanted, found);
                upper.collect(wanted, found);
            }
        }
    }

    /// Each way in which `atoms` can be fulfilled or not, with what is left of the formula.
    pub(super) fn cases(&self, atoms: &[(Vec<Step>, Json)]) -> Vec<(Self, Self)> {
        let Some((first, rest)) = atoms.split_first() else {
            return vec![(Self::True, self.clone())];
        };
        let literal = Self::Is { scope: first.0.clone(), schema: first.1.clone() };
        [true, false]
            .into_iter()
            .flat_map(|holds| {
                let literal = if holds { literal.clone() } else { literal.clone().not() };
                self.given(first, holds)
                    .cases(rest)
                    .into_iter()
                    .map(move |(case, left)| (Self::all([literal.clone(), case]), left))
            })
            .collect()
    }

    /// The schema for the object that all of it is about.
    pub(super) fn schema(&self) -> Json {
        match self {
            Self::True => Json::Bool(true),
            Self::False => Json::Bool(false),
            Self::Is { schema, .. } => schema.clone(),
            Self::Not(inner) => json!({ "not": inner.schema() }),
            Self::All(parts) => {
                json!({ "allOf": parts.iter().map(Self::schema).collect::<Vec<_>>() })
            }
            Self::Any(parts) => {
                json!({ "anyOf": parts.iter().map(Self::schema).collect::<Vec<_>>() })
            }
            Self::Between { lower, .. } => lower.schema(),
        }
    }
}

/// `{…}` with one member.
pub(super) fn object(key: &str, value: Json) -> Json {
    Json::Object(std::iter::once((key.to_owned(), value)).collect())
}

/// The schema of an object in which the value at `keys` fulfils `schema`; `needed`: and is there.
pub(super) fn at(keys: &[&str], schema: Json, needed: bool) -> Json {
    keys.iter().rev().fold(schema, |inner, key| match (needed, inner) {
        (true, Json::Bool(true)) => json!({ "required": [key] }),
        (true, inner) => json!({ "required": [key], "properties": object(key, inner) }),
        (false, inner) => json!({ "properties": object(key, inner) }),
    })
}

/// Splits the way to an answer into the innermost entry on it and the keys from there.
pub(super) fn split(steps: &[Step]) -> (&[Step], Vec<&str>) {
    let inner = steps.iter().rposition(|step| matches!(step, Step::Entry)).map_or(0, |last| last + 1);
    let keys = steps[inner..]
        .iter()
        .filter_map(|step| match step {
            Step::Key(key) => Some(key.as_str()),
            Step::Entry => None,
        })
        .collect();
    (&steps[..inner], keys)
}
