//! What was computed once.

use std::cell::RefCell;

use super::Value;

/// Computed values that are known already, so that a chain of them stays cheap.
#[derive(Default)]
pub(crate) struct Memo {
    slots: RefCell<Vec<Slot>>,
}

#[derive(Clone)]
enum Slot {
    Unknown,
    /// Being computed: a value that needs itself is absent.
    Busy,
    Known(Option<Value>),
}

impl Memo {
    /// Forgets everything: the answers have changed.
    pub(crate) fn clear(&self) {
        let mut slots = self.slots.borrow_mut();
        if !slots.is_empty() {
            slots.clear();
        }
    }

    /// The remembered value, or else the value of `compute`.
    pub(crate) fn get(&self, index: usize, of: usize, compute: impl FnOnce() -> Option<Value>) -> Option<Value> {
        {
            let mut slots = self.slots.borrow_mut();
            if slots.len() < of {
                slots.resize(of, Slot::Unknown);
            }
            match slots.get_mut(index) {
                Some(Slot::Known(value)) => return value.clone(),
                Some(Slot::Busy) | None => return None,
                Some(slot) => *slot = Slot::Busy,
            }
        }
        let value = compute();
        if let Some(slot) = self.slots.borrow_mut().get_mut(index) {
            *slot = Slot::Known(value.clone());
        }
        value
    }
}
