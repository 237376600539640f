//! Fees (Gebühren) as they are stored with a submission and told to programs.

use amtsweg_dsl::eval::FeeAmount;
use amtsweg_dsl::model::{FeePayment, TimeUnit};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

/// A fee of a submission. Written when it is sent and read when it is delivered, so both use this type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Charge {
    /// The name of the fee in its procedure.
    pub name: String,
    /// Whole cents.
    pub cents: i64,
    /// For which period, where it is not charged once.
    #[serde(default)]
    pub per: Option<Per>,
    /// When it is paid.
    pub payment: Payment,
}

/// A period that a fee is charged for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Per {
    Day,
    WorkingDay,
    Week,
    Month,
    Year,
}

/// When a fee is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Payment {
    /// After the office has sent its notice (Bescheid).
    AfterNotice,
    /// Before the application is sent.
    BeforeSending,
}

impl From<&FeeAmount> for Charge {
    fn from(fee: &FeeAmount) -> Self {
        Self { name: fee.name.clone(), cents: fee.cents, per: fee.per.map(Per::from), payment: fee.payment.into() }
    }
}

impl From<TimeUnit> for Per {
    fn from(unit: TimeUnit) -> Self {
        match unit {
            TimeUnit::Days => Self::Day,
            TimeUnit::WorkingDays | TimeUnit::WorkingDaysWithSaturday => Self::WorkingDay,
            TimeUnit::Weeks => Self::Week,
            TimeUnit::Months => Self::Month,
            TimeUnit::Years => Self::Year,
        }
    }
}

impl From<FeePayment> for Payment {
    fn from(payment: FeePayment) -> Self {
        match payment {
            FeePayment::AfterNotice => Self::AfterNotice,
            FeePayment::BeforeSending => Self::BeforeSending,
        }
    }
}

/// The fees as JSON: `[{"name","cents","per","payment"}]`.
pub(crate) fn to_json(fees: &[FeeAmount]) -> Json {
    serde_json::to_value(fees.iter().map(Charge::from).collect::<Vec<_>>()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again_for_every_period() {
        let periods = [
            (None, None),
            (Some(TimeUnit::Days), Some("day")),
            (Some(TimeUnit::WorkingDays), Some("working_day")),
            (Some(TimeUnit::WorkingDaysWithSaturday), Some("working_day")),
            (Some(TimeUnit::Weeks), Some("week")),
            (Some(TimeUnit::Months), Some("month")),
            (Some(TimeUnit::Years), Some("year")),
        ];
        for (per, written) in periods {
            for (payment, paid) in
                [(FeePayment::AfterNotice, "after_notice"), (FeePayment::BeforeSending, "before_sending")]
            {
                let fee = FeeAmount { name: "steuer".to_owned(), title: None, cents: 8_500, per, payment };
                let json = to_json(std::slice::from_ref(&fee));
                assert_eq!(
                    json,
                    serde_json::json!([{"name": "steuer", "cents": 8500, "per": written, "payment": paid}])
                );
                let read: Vec<Charge> = serde_json::from_value(json).unwrap();
                assert_eq!(read, [Charge::from(&fee)]);
            }
        }
    }
}
