//! The way of a person through a procedure: from the first answer to the confirmation.

pub(crate) mod address;
pub(crate) mod case;
pub(crate) mod draft;
pub(crate) mod editions;
pub(crate) mod entries;
pub(crate) mod find;
pub(crate) mod finish;
pub(crate) mod fresh;
pub(crate) mod link;
pub(crate) mod open;
pub(crate) mod path;
pub(crate) mod postcode;
pub(crate) mod posted;
pub(crate) mod problems;
pub(crate) mod read;
pub(crate) mod start;
pub(crate) mod step;
pub(crate) mod submit;
pub(crate) mod upload;
pub(crate) mod visitor;
pub(crate) mod walk;
pub(crate) mod write;
