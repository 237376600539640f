//! Messages, each once.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Problem, Severity};

/// More messages of one file are counted only.
pub(super) const MOST: usize = 200;

/// What has been said about each file: errors, and all messages.
pub(super) type Counts = HashMap<String, (usize, usize)>;

/// What had been said before a part of the work began.
#[derive(Debug, Clone, Default)]
pub(super) struct Before {
    counts: Counts,
    /// Files about which nothing more is said.
    closed: HashSet<String>,
}

/// Messages, each once.
#[derive(Debug, Default)]
pub(super) struct Problems {
    before: Arc<Before>,
    all: Vec<Diagnostic>,
    known: HashSet<Diagnostic>,
    /// What is said once in a file, and where it stands among all.
    once: HashMap<(String, Problem), usize>,
    counts: Counts,
    closed: HashSet<String>,
}

impl Problems {
    /// For a part of the work that goes on from what was said before.
    pub fn after(before: &Arc<Before>) -> Self {
        Self { before: Arc::clone(before), ..Self::default() }
    }

    /// What has been said until now.
    pub fn so_far(&self) -> Before {
        let mut before = (*self.before).clone();
        for (file, counts) in &self.counts {
            let all = before.counts.entry(file.clone()).or_default();
            *all = (all.0 + counts.0, all.1 + counts.1);
        }
        before.closed.extend(self.closed.iter().cloned());
        before
    }

    /// How many errors and how many messages there are about a file.
    pub fn count(&self, file: &str) -> (usize, usize) {
        let of = |counts: &Counts| counts.get(file).copied().unwrap_or_default();
        let (before, own) = (of(&self.before.counts), of(&self.counts));
        (before.0 + own.0, before.1 + own.1)
    }

    /// Whether nothing more is said about a file.
    pub fn is_closed(&self, file: &str) -> bool {
        self.closed.contains(file) || self.before.closed.contains(file)
    }

    pub fn close(&mut self, file: &str) {
        self.closed.insert(file.to_owned());
    }

    pub fn add(&mut self, message: Diagnostic) {
        let before = self.count(&message.file).1;
        let closed = self.is_closed(&message.file);
        let counts = self.counts.entry(message.file.clone()).or_default();
        if self.known.contains(&message) || closed {
            return;
        }
        // The same cause further down the file is a further place of the first message.
        if said_once(&message.problem) {
            let cause = (message.file.clone(), message.problem.clone());
            if let Some(first) = self.once.get(&cause).and_then(|index| self.all.get_mut(*index)) {
                first.related.push((message.file, message.span));
                first.related.extend(message.related);
                return;
            }
            if before < MOST {
                self.once.insert(cause, self.all.len());
            }
        }
        counts.1 += 1;
        if message.severity() == Severity::Error {
            counts.0 += 1;
        }
        if before < MOST {
            self.known.insert(message.clone());
            self.all.push(message);
        }
    }

    /// The messages in the order in which they were said, and how many of each file there were.
    pub fn into_parts(self) -> (Vec<Diagnostic>, Counts) {
        (self.all, self.counts)
    }
}

/// Whether a name is missing or misspelt: each place where it is used has the same cause.
pub(super) fn said_once(problem: &Problem) -> bool {
    matches!(
        problem,
        Problem::UnknownName { .. }
            | Problem::UnknownOption { .. }
            | Problem::UnknownAuthority { .. }
            | Problem::UnknownPlace { .. }
            | Problem::UnknownEndPage { .. }
            | Problem::NotUsed { .. }
            | Problem::UnitUnknown { .. }
    )
}
