use std::collections::BTreeMap;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A language that texts for citizens can stand in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, JsonSchema)]
pub enum Language {
    /// German ("Deutsch").
    #[default]
    #[serde(rename = "de")]
    German,
    /// English ("Englisch").
    #[serde(rename = "en")]
    English,
    /// Easy-to-read German ("Leichte Sprache").
    #[serde(rename = "leicht")]
    Easy,
}

impl Language {
    /// The value for the `lang` attribute of a page in this language.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::German => "de",
            Self::English => "en",
            Self::Easy => "de-x-leicht",
        }
    }
}

/// One line of text in one or more languages.
///
/// `{name}` stands for the value of an answer, a computed value or a constant,
/// `{Gebiet}`/`{Area}` for the town; `{{` is a brace.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Text(pub BTreeMap<Language, String>);

impl Text {
    /// A text in one language.
    #[must_use]
    pub fn new(language: Language, text: impl Into<String>) -> Self {
        Self(BTreeMap::from([(language, text.into())]))
    }

    /// The text in `language`; else in German, else in any language; else empty.
    #[must_use]
    pub fn get(&self, language: Language) -> &str {
        pick(&self.0, language).map_or("", String::as_str)
    }

    /// The language that [`Text::get`] answers with for `language`: pages mark the difference.
    #[must_use]
    pub fn language(&self, language: Language) -> Language {
        picked(&self.0, language).unwrap_or(language)
    }
}

/// Paragraphs of text in one or more languages.
///
/// A paragraph that begins with `- ` is an item of a list, one with `## ` a sub-heading;
/// `**bold**` and `[word](https://…)` may stand inside. Nothing else of Markdown, no HTML.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct RichText(pub Arc<BTreeMap<Language, Vec<String>>>);

impl RichText {
    /// The paragraphs in `language`; else in German, else in any language; else none.
    #[must_use]
    pub fn get(&self, language: Language) -> &[String] {
        pick(&self.0, language).map_or(&[], Vec::as_slice)
    }

    /// The language that [`RichText::get`] answers with for `language`.
    #[must_use]
    pub fn language(&self, language: Language) -> Language {
        picked(&self.0, language).unwrap_or(language)
    }
}

fn picked<T>(map: &BTreeMap<Language, T>, language: Language) -> Option<Language> {
    [language, Language::German].into_iter().find(|l| map.contains_key(l)).or_else(|| map.keys().next().copied())
}

fn pick<T>(map: &BTreeMap<Language, T>, language: Language) -> Option<&T> {
    picked(map, language).and_then(|l| map.get(&l))
}
