//! Municipalities, districts and postcodes of Germany: data with a date, not code.

use std::collections::BTreeMap;

/// The region table. Keys are texts of digits: 2 a state, 5 a district ("Kreis"), 9 an
/// association ("Amt"), 12 a municipality ("Gemeinde", Amtlicher Regionalschlüssel, ARS).
#[derive(Debug, Clone, Default)]
pub struct Regions {
    /// Municipalities by key.
    municipalities: BTreeMap<String, Municipality>,
}

/// A municipality ("Gemeinde").
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Municipality {
    /// Its official key, 12 digits.
    pub key: String,
    /// Its name: `Bad Segeberg`.
    pub name: String,
    /// The key of its district, 5 digits.
    pub district: String,
}
