//! Every address of the site, from one place: a base path, a language, and names.

use amtsweg_dsl::model::Language;

/// Addresses below a base path.
#[derive(Debug, Clone, Default)]
pub struct Links {
    base: String,
}

impl Links {
    /// Addresses below `base`: empty, or `/forms` where the pages are mounted in a host.
    #[must_use]
    pub fn new(base: &str) -> Self {
        let base = base.trim_matches('/');
        Self { base: if base.is_empty() { String::new() } else { format!("/{base}") } }
    }

    /// The base path: empty or `/forms`.
    #[must_use]
    pub fn base(&self) -> &str {
        &self.base
    }

    /// The address of a path inside (`/bewohnerparken`) in a language.
    #[must_use]
    pub fn to(&self, language: Language, inner: &str) -> String {
        let prefix = prefix(language);
        let inner = inner.trim_start_matches('/');
        let mut address = String::with_capacity(self.base.len() + prefix.len() + inner.len() + 1);
        address.push_str(&self.base);
        address.push_str(prefix);
        if !inner.is_empty() || address.is_empty() {
            address.push('/');
        }
        address.push_str(inner);
        address
    }

    /// The start page.
    #[must_use]
    pub fn home(&self, language: Language) -> String {
        self.to(language, "")
    }

    /// The procedures of a tile.
    #[must_use]
    pub fn tile(&self, language: Language, key: &str) -> String {
        self.to(language, &format!("k/{}", slug(key)))
    }

    /// The start page of a procedure, by its path.
    #[must_use]
    pub fn procedure(&self, language: Language, path: &str) -> String {
        self.to(language, &name_of(path))
    }

    /// The page on which answers are checked.
    #[must_use]
    pub fn check(&self, language: Language, path: &str) -> String {
        self.to(language, &format!("{}/pruefen", name_of(path)))
    }

    /// The confirmation.
    #[must_use]
    pub fn confirmation(&self, language: Language, reference: &str) -> String {
        self.to(language, &format!("s/{reference}"))
    }

    /// A file that comes with the program; it has no language.
    #[must_use]
    pub fn asset(&self, name: &str) -> String {
        format!("{}/-/{name}", self.base)
    }
}

/// What stands before the path: German has nothing.
#[must_use]
pub fn prefix(language: Language) -> &'static str {
    match language {
        Language::German => "",
        Language::English => "/en",
        Language::Easy => "/leicht",
    }
}

/// A procedure's name in addresses: the last part of its path.
#[must_use]
pub fn name_of(path: &str) -> String {
    slug(path.rsplit('/').next().unwrap_or(path))
}

/// Whether `name` is what addresses call the procedure or portal with this path.
pub(crate) fn is_named(path: &str, name: &str) -> bool {
    let last = path.rsplit('/').next().unwrap_or(path);
    last == name || (!last.is_ascii() && slug(last) == name)
}

/// A name as addresses have it: `baum_fällen` is `baum_faellen`.
#[must_use]
pub fn slug(name: &str) -> String {
    let mut slug = String::with_capacity(name.len());
    for character in name.chars() {
        match character {
            'ä' => slug.push_str("ae"),
            'ö' => slug.push_str("oe"),
            'ü' => slug.push_str("ue"),
            'ß' => slug.push_str("ss"),
            other => slug.push(other),
        }
    }
    slug
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_have_base_and_language() {
        let top = Links::new("");
        assert_eq!(top.home(Language::German), "/");
        assert_eq!(top.home(Language::English), "/en");
        assert_eq!(top.procedure(Language::English, "kreis/segeberg/baum_fällen"), "/en/baum_faellen");
        let below = Links::new("/forms/");
        assert_eq!(below.home(Language::German), "/forms");
        assert_eq!(below.check(Language::German, "land/x"), "/forms/x/pruefen");
        assert_eq!(below.asset("a.css"), "/forms/-/a.css");
    }
}
