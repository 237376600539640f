//! The same file with the keywords of the other language.

use super::{Kept, shaped};
use crate::model::Language;

/// Why a file is not translated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotTranslated {
    /// It is no file of forms.
    NotRead,
    /// These lines, counted from 1, cannot be read.
    Lines(Vec<usize>),
    /// There and back it would not be the same. That is a mistake of this program.
    WouldDiffer,
}

/// The text in its proper shape with the keywords of `to`, German or English. Names, texts and
/// values of lists stay; `Texte:` says which language the texts are in where that is another.
///
/// # Errors
/// When lines of it cannot be read, so that nobody knows what their words are.
///
/// ```
/// use amtsweg_dsl::{format::translate, model::Language};
///
/// let german = "Sprache: Deutsch\nListe farben \"Farben\"\n  | Schlüssel | Bezeichnung |\n  | rot       | Rot         |\n";
/// let english = translate(german, Language::English).unwrap();
/// assert!(english.starts_with("Language: English\nList farben \"Farben\"\n  Texts: German\n  | Key | Label |"));
/// assert_eq!(translate(&english, Language::German).unwrap(), german);
/// ```
pub fn translate(text: &str, to: Language) -> Result<String, NotTranslated> {
    let formatted = shaped(text, None).map_err(not_translated)?;
    if !formatted.unread.is_empty() {
        return Err(NotTranslated::Lines(formatted.unread.into_iter().map(|line| line + 1).collect()));
    }
    let from = formatted.language;
    if from == to {
        return Ok(formatted.text);
    }
    let there = shaped(&formatted.text, Some(to)).map_err(not_translated)?.text;
    let back = shaped(&there, Some(from)).map_err(not_translated)?;
    if back.text == formatted.text && back.unread.is_empty() { Ok(there) } else { Err(NotTranslated::WouldDiffer) }
}

fn not_translated(kept: Kept) -> NotTranslated {
    match kept {
        Kept::NotRead => NotTranslated::NotRead,
        Kept::WouldDiffer => NotTranslated::WouldDiffer,
    }
}
