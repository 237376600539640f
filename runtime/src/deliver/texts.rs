//! The texts of mails: Fluent files in `runtime/mails`, one folder a language.

use std::borrow::Cow;
use std::collections::HashMap;

use amtsweg_dsl::kind::show_date;
use amtsweg_dsl::model::Language;
use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::{LanguageIdentifier, Loader, langid, static_loader};
use jiff::civil::DateTime;

static_loader! {
    static FILES = {
        locales: "./mails",
        fallback_language: "de",
        // Marks that isolate directions are shown as boxes by some mail programs.
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

const GERMAN: LanguageIdentifier = langid!("de");
const ENGLISH: LanguageIdentifier = langid!("en");

/// The text of a key; the key itself where there is none, which a test rules out.
pub(super) fn say(language: Language, key: &str) -> String {
    FILES.try_lookup(&identifier(language), key).unwrap_or_else(|| key.to_owned())
}

/// The text of a key with its values.
pub(super) fn say_with(language: Language, key: &str, values: &[(&'static str, &str)]) -> String {
    let values: HashMap<Cow<'static, str>, FluentValue<'_>> =
        values.iter().map(|(name, value)| (Cow::Borrowed(*name), FluentValue::from(*value))).collect();
    FILES.try_lookup_with_args(&identifier(language), key, &values).unwrap_or_else(|| key.to_owned())
}

fn identifier(language: Language) -> LanguageIdentifier {
    match language {
        Language::German | Language::Easy => GERMAN,
        Language::English => ENGLISH,
    }
}

/// Date and time as people read them: `1. März 2027, 09:05 Uhr`, `1 March 2027, 09:05`.
pub(super) fn moment(language: Language, at: DateTime) -> String {
    let time = format!("{:02}:{:02}", at.hour(), at.minute());
    say_with(language, "submitted-at-value", &[("date", &show_date(at.date(), language)), ("time", &time)])
}

/// A size: `12 KB`, `1,2 MB`. A megabyte is 1,000 × 1,000 bytes.
pub(super) fn size(language: Language, bytes: u64) -> String {
    let comma = if language == Language::English { '.' } else { ',' };
    match bytes {
        0..1_000 => format!("{bytes} Bytes"),
        1_000..1_000_000 => format!("{} KB", bytes.div_ceil(1_000)),
        _ => {
            let tenths = bytes.div_ceil(100_000);
            format!("{}{comma}{} MB", tenths / 10, tenths % 10)
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn keys(file: &str) -> BTreeSet<&str> {
        let lines = file.lines().filter(|line| !line.starts_with(['#', ' ']));
        lines.filter_map(|line| line.split_once(" = ").map(|(key, _)| key)).collect()
    }

    #[test]
    fn every_text_is_there_in_every_language_and_every_key_that_is_used_has_one() {
        let german = keys(include_str!("../../mails/de/mails.ftl"));
        let english = keys(include_str!("../../mails/en/mails.ftl"));
        assert_eq!(german, english);
        let code = concat!(
            include_str!("letter.rs"),
            include_str!("asks.rs"),
            include_str!("case.rs"),
            include_str!("texts.rs")
        );
        for key in &german {
            assert!(code.contains(&format!("\"{key}\"")), "{key} is not used");
        }
    }

    #[test]
    fn sizes_and_moments_are_written_as_people_write_them() {
        assert_eq!(size(Language::German, 1_234_567), "1,3 MB");
        assert_eq!(size(Language::English, 999_001), "1000 KB");
        let at = jiff::civil::date(2027, 3, 1).at(9, 5, 0, 0);
        assert_eq!(moment(Language::German, at), "1. März 2027, 09:05 Uhr");
        assert_eq!(moment(Language::English, at), "1 March 2027, 09:05");
    }
}
