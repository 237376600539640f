//! Kinds of answers: what is read, checked, shown, said, and told in schemas.

mod messages;
mod property;
mod samples;
mod table;
