//! Municipalities, districts and postcodes of Germany: data with a date, not code.
//!
//! Keys are texts of digits: 2 a state, 5 a district ("Kreis"), 9 an association ("Amt"),
//! 12 a municipality ("Gemeinde", Amtlicher Regionalschlüssel, ARS). A key begins with the
//! keys of the areas that it lies in. Where the tables come from is told in `dsl/data/NOTICE.md`.

mod begin;
mod error;
mod fold;
mod lookup;
mod parse;
mod search;

use std::sync::OnceLock;

pub use error::{RegionError, RegionTable};
pub(crate) use fold::fold;
pub use search::Found;

use crate::model::{Set, Values};

/// The key of the state of Schleswig-Holstein.
pub const STATE_SCHLESWIG_HOLSTEIN: &str = "01";

/// Stands for every place outside Germany, where a municipality is asked for.
pub const OUTSIDE_GERMANY: &str = "990000000000";

/// The region tables, read once and searched often.
///
/// Names and keys lie in one text; the tables hold where in it.
#[derive(Debug, Clone, Default)]
pub struct Regions {
    text: String,
    /// Sorted by key.
    municipalities: Vec<Entry>,
    /// Indexes of `municipalities`, sorted by folded name.
    by_name: Vec<u32>,
    /// Sorted by key.
    districts: Vec<Area>,
    /// Sorted by key.
    associations: Vec<Area>,
    /// Names of states by their two digits, sorted.
    states: Vec<Area>,
    /// Postcodes with an index of `municipalities`, sorted.
    postcodes: Vec<(u32, u32)>,
    /// The same the other way round, sorted.
    postcodes_by_place: Vec<(u32, u32)>,
}

/// A municipality ("Gemeinde").
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Municipality<'a> {
    /// Its official key, 12 digits.
    pub key: &'a str,
    /// Its name: `Bad Segeberg`.
    pub name: &'a str,
    /// The key of its district, 5 digits.
    pub district: &'a str,
}

/// A part of [`Regions::text`].
#[derive(Debug, Clone, Copy)]
struct Span {
    start: u32,
    length: u32,
}

#[derive(Debug, Clone, Copy)]
struct Entry {
    key: Span,
    name: Span,
    /// The name as [`fold::fold`] makes it.
    folded: Span,
    /// The folded name as [`fold::loosen`] makes it.
    loose: Span,
    /// Whether another municipality of the same state has the same name.
    shared_name: bool,
}

#[derive(Debug, Clone, Copy)]
struct Area {
    key: Span,
    name: Span,
}

impl Regions {
    /// The tables that come with the crate: all of Germany.
    ///
    /// They are read at the first call; a test holds that they can be read, so that an
    /// unreadable table (then there are no regions) cannot be shipped.
    #[must_use]
    pub fn shipped() -> &'static Self {
        static SHIPPED: OnceLock<Regions> = OnceLock::new();
        SHIPPED.get_or_init(|| Self::read_shipped().unwrap_or_default())
    }

    /// Reads the tables that come with the crate anew.
    ///
    /// # Errors
    /// The first row that cannot be read.
    pub fn read_shipped() -> Result<Self, RegionError> {
        Self::parse(
            include_str!("../../data/municipalities.csv"),
            include_str!("../../data/districts.csv"),
            include_str!("../../data/associations.csv"),
            include_str!("../../data/postcodes.csv"),
        )
    }
}

/// Whether an official key lies in a set of municipalities: it begins with one of `within`
/// and with none of `except`. An empty text begins every key.
#[must_use]
pub fn in_set(key: &str, within: &[String], except: &[String]) -> bool {
    let begins = |prefix: &String| key.starts_with(prefix.as_str());
    within.iter().any(begins) && !except.iter().any(begins)
}

/// Whether an official key lies in a set; in one that is not of municipalities only where it
/// takes every value or names the key.
#[must_use]
pub fn set_contains(set: &Set, key: &str) -> bool {
    match &set.values {
        Values::Any => true,
        Values::Municipalities { within, except } => in_set(key, within, except),
        Values::Keys(keys) => keys.iter().any(|k| k == key),
        _ => false,
    }
}
