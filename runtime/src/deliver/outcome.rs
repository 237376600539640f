//! What an attempt came to, before it is known when the next one is due.

/// What an attempt came to. Reasons never carry anything personal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Handed over.
    Delivered,
    /// Author mode: what would have been sent.
    Kept(Vec<u8>),
    /// May succeed later.
    Later {
        /// Why.
        reason: String,
        /// Seconds that the other side asks to wait.
        wait: Option<u64>,
        /// Whether this says something about the other side as a whole, not about this delivery.
        blame: bool,
    },
    /// Will never succeed.
    Never {
        /// Why.
        reason: String,
    },
}

impl Outcome {
    /// What is said of it.
    pub(crate) fn reason(self) -> String {
        match self {
            Self::Later { reason, .. } | Self::Never { reason } => reason,
            Self::Delivered | Self::Kept(_) => String::new(),
        }
    }

    /// The other side as a whole is in trouble.
    pub(super) fn trouble(reason: impl Into<String>) -> Self {
        Self::Later { reason: reason.into(), wait: None, blame: true }
    }

    /// This delivery is not taken now.
    pub(super) fn later(reason: impl Into<String>) -> Self {
        Self::Later { reason: reason.into(), wait: None, blame: false }
    }

    /// This delivery is never taken.
    pub(super) fn never(reason: impl Into<String>) -> Self {
        Self::Never { reason: reason.into() }
    }
}
