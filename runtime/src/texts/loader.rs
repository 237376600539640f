use std::borrow::Cow;
use std::collections::HashMap;

use amtsweg_dsl::model::Language;
use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::{LanguageIdentifier, Loader, langid, static_loader};

static_loader! {
    static FILES = {
        locales: "./texts",
        fallback_language: "de",
        // The marks that isolate directions are seen as signs by some screen readers.
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

const GERMAN: LanguageIdentifier = langid!("de");
const ENGLISH: LanguageIdentifier = langid!("en");

fn identifier(language: Language) -> LanguageIdentifier {
    match language {
        Language::German | Language::Easy => GERMAN,
        Language::English => ENGLISH,
    }
}

/// Whether a key has a text in exactly this language.
#[must_use]
pub fn has(language: Language, key: &str) -> bool {
    FILES.lookup_single_language::<&str>(&identifier(language), key, None).is_ok()
}

/// The text of a key with its values filled in; the key itself where there is no text.
#[must_use]
pub fn look_up(language: Language, key: &str, values: &[(&'static str, FluentValue<'_>)]) -> String {
    let language = identifier(language);
    let found = if values.is_empty() {
        FILES.try_lookup(&language, key)
    } else {
        let values: HashMap<Cow<'static, str>, FluentValue<'_>> =
            values.iter().map(|(name, value)| (Cow::Borrowed(*name), value.clone())).collect();
        FILES.try_lookup_with_args(&language, key, &values)
    };
    found.unwrap_or_else(|| key.to_owned())
}
