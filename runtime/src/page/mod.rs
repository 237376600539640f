//! Pages as HTML: every one of them works without JavaScript.

pub(crate) mod check;
pub(crate) mod choice;
pub(crate) mod confirmation;
pub(crate) mod date;
pub(crate) mod field;
pub(crate) mod file;
pub(crate) mod form;
pub(crate) mod group;
pub(crate) mod link;
pub(crate) mod list;
pub(crate) mod place;
pub(crate) mod remove;
pub(crate) mod rich;
pub(crate) mod sheet;
pub(crate) mod shell;
pub(crate) mod start;
pub(crate) mod summary;
pub(crate) mod topic;
pub(crate) mod trouble;
pub(crate) mod waiting;
