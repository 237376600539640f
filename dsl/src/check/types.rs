//! What a calculation or an answer is, as far as checks need to know.

use rust_decimal::Decimal;

use super::units::Unit;
use crate::diagnostic::Both;
use crate::kind::{Choices, Kind};
use crate::model::Set;

/// The type of a value.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Type {
    /// A number; money in cents.
    Number(Number),
    /// Yes or no.
    Bool,
    /// One of a few.
    Choice(Choices),
    /// Several of a few.
    Several(Choices),
    /// A text without known values.
    Text,
    /// A day.
    Date,
    /// A minute.
    DateTime,
    /// A day without its year.
    MonthDay,
    /// A month of a year.
    Month,
    /// A time of day.
    Time,
    /// An official key, of those that may be given.
    Municipality(Option<Set>),
    /// A file, a building block: nothing that is compared.
    Other,
    /// A mistake that was already reported.
    Unknown,
}

/// What is known of a number.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Number {
    /// Its unit.
    pub unit: Unit,
    /// How many decimal places it can have (money: of a cent).
    pub places: u32,
    /// The least value.
    pub min: Option<Decimal>,
    /// The greatest value.
    pub max: Option<Decimal>,
}

impl Type {
    /// The type of the answers of a kind.
    pub fn of(kind: &Kind) -> Self {
        match kind {
            Kind::Whole(limits) => Self::Number(Number {
                unit: limits.unit.as_deref().map_or_else(Unit::none, Unit::read),
                places: 0,
                min: limits.min,
                max: limits.max,
            }),
            Kind::Decimal { places, limits } => Self::Number(Number {
                unit: limits.unit.as_deref().map_or_else(Unit::none, Unit::read),
                places: *places,
                min: limits.min,
                max: limits.max,
            }),
            Kind::Money(limits) => Self::Number(Number {
                unit: limits.unit.as_deref().map_or_else(|| Unit::of("€", None), |per| Unit::read(&format!("€ {per}"))),
                places: 0,
                min: limits.min.or(Some(Decimal::ZERO)),
                max: limits.max,
            }),
            Kind::Date(_) | Kind::BirthDate { .. } => Self::Date,
            Kind::YesNo | Kind::Declaration => Self::Bool,
            Kind::OneOf(choices) => Self::Choice(choices.clone()),
            Kind::SeveralOf { choices, .. } => Self::Several(choices.clone()),
            Kind::Municipality(set) => Self::Municipality(set.clone()),
            Kind::Text(_)
            | Kind::LongText(_)
            | Kind::Digits(_)
            | Kind::Email
            | Kind::Phone
            | Kind::Postcode
            | Kind::Country
            | Kind::GivenName
            | Kind::FamilyName
            | Kind::FullName
            | Kind::Organisation
            | Kind::Street
            | Kind::HouseNumber
            | Kind::Place
            | Kind::Iban
            | Kind::TaxNumber
            | Kind::NumberPlate => Self::Text,
            Kind::Month => Self::Month,
            Kind::Time => Self::Time,
            Kind::File(_) | Kind::Block { .. } => Self::Other,
        }
    }

    /// What it is called in a message.
    pub fn name(&self) -> Both {
        let (de, en) = match self {
            Self::Number(number) if number.unit.is_money() => ("ein Betrag", "an amount"),
            Self::Number(_) => ("eine Zahl", "a number"),
            Self::Bool => ("Ja oder Nein", "yes or no"),
            Self::Choice(_) => ("eine Auswahl", "a choice"),
            Self::Several(_) => ("eine Auswahl von mehreren", "a choice of several"),
            Self::Text => ("ein Text", "a text"),
            Self::Date => ("ein Datum", "a date"),
            Self::DateTime => ("ein Datum mit Uhrzeit", "a date with a time"),
            Self::MonthDay => ("ein Tag ohne Jahr", "a day without a year"),
            Self::Month => ("ein Monat", "a month"),
            Self::Time => ("eine Uhrzeit", "a time"),
            Self::Municipality(_) => ("eine Gemeinde", "a municipality"),
            Self::Other | Self::Unknown => ("etwas anderes", "something else"),
        };
        Both::new(de, en)
    }
}
