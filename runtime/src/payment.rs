//! Fees that are paid before an application is passed on ("Zahlung: vor dem Absenden").
//!
//! A host or a provider of payments implements [`Payment`]. Without one, in service mode, a
//! procedure with such a fee is not offered.

use std::collections::HashSet;
use std::sync::Mutex;

use async_trait::async_trait;
use uuid::Uuid;

/// What is to be paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// Names the payment for ever: the same order is paid once, however often it is begun.
    pub id: Uuid,
    /// What people call the submission.
    pub reference: String,
    /// The title of the procedure.
    pub title: String,
    /// Whole cents.
    pub cents: i64,
    /// Where the person comes back to. It has a secret in it and belongs to nobody else.
    pub return_to: String,
}

/// How far a payment is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaymentState {
    /// Not paid, or not yet.
    Open,
    /// Paid.
    Paid,
}

/// The provider does not answer, or refuses.
#[derive(Debug, Clone, thiserror::Error)]
#[error("the payment provider says: {0}")]
pub struct PaymentError(pub String);

/// Takes payments ("Bezahldienst").
#[async_trait]
pub trait Payment: Send + Sync + 'static {
    /// Begins a payment, or goes on with one; the address of the page on which it is made.
    ///
    /// # Errors
    /// When the provider does not answer.
    async fn begin(&self, order: &Order) -> Result<String, PaymentError>;

    /// How far the payment of an order is.
    ///
    /// # Errors
    /// When the provider does not answer.
    async fn state(&self, order: Uuid) -> Result<PaymentState, PaymentError>;

    /// Whether no money is moved.
    fn is_trial(&self) -> bool {
        false
    }
}

/// For trying: whoever presses the button has paid, and no money is moved.
#[derive(Debug, Default)]
pub struct TrialPayment {
    paid: Mutex<HashSet<Uuid>>,
}

#[async_trait]
impl Payment for TrialPayment {
    async fn begin(&self, order: &Order) -> Result<String, PaymentError> {
        self.paid.lock().map_err(|_| PaymentError("out of order".to_owned()))?.insert(order.id);
        Ok(order.return_to.clone())
    }

    async fn state(&self, order: Uuid) -> Result<PaymentState, PaymentError> {
        let paid = self.paid.lock().map_err(|_| PaymentError("out of order".to_owned()))?;
        Ok(if paid.contains(&order) { PaymentState::Paid } else { PaymentState::Open })
    }

    fn is_trial(&self) -> bool {
        true
    }
}
