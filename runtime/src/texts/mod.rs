//! The texts of pages, mails and receipts: Fluent files in `runtime/texts`, one folder a language.
//!
//! [`Texts`] holds the texts without values ready to be written; those with values are methods.
//! A key that is not listed in `keys` does not compile where it is used, and a test holds that
//! the list and the files of every language agree.

mod keys;
mod loader;

use amtsweg_dsl::model::Language;
pub use fluent_templates::fluent_bundle::FluentValue;
pub use keys::Texts;
pub use loader::{has, look_up};

/// The languages that pages are shown in.
pub const LANGUAGES: [Language; 2] = [Language::German, Language::English];

/// The texts of all languages, made ready once.
pub struct AllTexts {
    german: Texts,
    english: Texts,
}

impl AllTexts {
    /// Reads the texts that are built into the program.
    #[must_use]
    pub fn load() -> Self {
        Self { german: Texts::load(Language::German), english: Texts::load(Language::English) }
    }

    /// The texts of a language; easy-to-read German has those of German.
    #[must_use]
    pub fn of(&self, language: Language) -> &Texts {
        match language {
            Language::German | Language::Easy => &self.german,
            Language::English => &self.english,
        }
    }
}
