use std::fmt;

/// A row of a region table that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegionError {
    /// In which table.
    pub table: RegionTable,
    /// In which line, from 1.
    pub line: usize,
    /// What is the matter with it.
    pub problem: String,
}

/// One of the region tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RegionTable {
    /// `ars,name,district`
    Municipalities,
    /// `key,name,state`
    Districts,
    /// `key,name`
    Associations,
    /// `postcode,ars`
    Postcodes,
}

impl fmt::Display for RegionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let table = match self.table {
            RegionTable::Municipalities => "municipalities",
            RegionTable::Districts => "districts",
            RegionTable::Associations => "associations",
            RegionTable::Postcodes => "postcodes",
        };
        write!(f, "line {} of the {table}: {}", self.line, self.problem)
    }
}

impl std::error::Error for RegionError {}
