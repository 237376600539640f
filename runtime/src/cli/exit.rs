//! How a command ends.

use std::fmt::Display;
use std::process::ExitCode;

use amtsweg_dsl::model::Language;

/// The exit codes of all commands. They keep their numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Everything is in order.
    Fine,
    /// The command did its work, and what it looked at is not in order.
    NotInOrder,
    /// The command could not do its work: it was called in a wrong way, or something that it
    /// needs cannot be read or written.
    Unusable,
    /// `serve` could not start because its address or its data folder is in use, or it had to end.
    Stopped,
}

impl Exit {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Fine, Self::NotInOrder, Self::Unusable, Self::Stopped];

    /// The number that the caller gets.
    #[must_use]
    pub const fn code(self) -> u8 {
        match self {
            Self::Fine => 0,
            Self::NotInOrder => 1,
            Self::Unusable => 2,
            Self::Stopped => 3,
        }
    }

    /// What it means.
    #[must_use]
    pub const fn meaning(self, language: Language) -> &'static str {
        match (self, language) {
            (Self::Fine, Language::English) => "Everything is in order.",
            (Self::Fine, _) => "Alles ist in Ordnung.",
            (Self::NotInOrder, Language::English) => {
                "The command did its work, and what it looked at is not in order: there are errors, a version leaves drafts without a way, nothing was published."
            }
            (Self::NotInOrder, _) => {
                "Der Befehl hat gearbeitet, und was er angesehen hat, ist nicht in Ordnung: es gibt Fehler, eine Fassung lässt Entwürfe ohne Weg, es wurde nichts veröffentlicht."
            }
            (Self::Unusable, Language::English) => {
                "The command could not do its work: it was called in a wrong way, or something that it needs cannot be read or written."
            }
            (Self::Unusable, _) => {
                "Der Befehl konnte nicht arbeiten: er wurde falsch aufgerufen, oder etwas, das er braucht, lässt sich nicht lesen oder schreiben."
            }
            (Self::Stopped, Language::English) => {
                "`serve` could not start because its address or its data folder is in use, or it had to end."
            }
            (Self::Stopped, _) => {
                "`serve` konnte nicht starten, weil seine Adresse oder sein Datenordner schon benutzt wird, oder es musste aufhören."
            }
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}

/// Why a command ended otherwise than well: a sentence, or nothing where everything is said already.
#[derive(Debug)]
pub(super) struct Failure {
    pub exit: Exit,
    pub said: Option<String>,
}

impl Failure {
    /// What was looked at is not in order, and why is said already.
    pub const NOT_IN_ORDER: Self = Self { exit: Exit::NotInOrder, said: None };

    /// What was looked at is not in order.
    pub fn not_in_order(said: impl Into<String>) -> Self {
        Self { exit: Exit::NotInOrder, said: Some(said.into()) }
    }

    /// The server cannot start or go on.
    pub fn stopped(said: impl Display) -> Self {
        Self { exit: Exit::Stopped, said: Some(said.to_string()) }
    }
}

/// Whatever goes wrong on the way: the command cannot do its work.
impl<E: Display> From<E> for Failure {
    fn from(error: E) -> Self {
        Self { exit: Exit::Unusable, said: Some(error.to_string()) }
    }
}
