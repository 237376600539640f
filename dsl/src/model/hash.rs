use sha2::{Digest, Sha256};

use super::{Item, Procedure, Question, Section};

impl Procedure {
    /// The compiled form: canonical JSON (RFC 8785), the same bytes on every machine.
    ///
    /// # Errors
    /// None that a compiled procedure can cause; the serializer's are passed on.
    pub fn canonical_json(&self) -> Result<Vec<u8>, serde_json::Error> {
        serde_json_canonicalizer::to_vec(self)
    }

    /// SHA-256 of the [compiled form](Self::canonical_json), in 64 hexadecimal digits.
    ///
    /// # Errors
    /// As [`Self::canonical_json`].
    pub fn hash(&self) -> Result<String, serde_json::Error> {
        let digest = Sha256::digest(self.canonical_json()?);
        Ok(digest.iter().map(|byte| format!("{byte:02x}")).collect())
    }

    /// The last part of the path: `bewohnerparken`; also the procedure's address.
    #[must_use]
    pub fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }

    /// The section with this key.
    #[must_use]
    pub fn section(&self, key: &str) -> Option<&Section> {
        self.sections.iter().find(|section| section.key == key).map(|section| &**section)
    }
}

impl Section {
    /// The questions of the page, without the paragraphs between them.
    pub fn questions(&self) -> impl Iterator<Item = &Question> {
        self.items.iter().filter_map(|item| match item {
            Item::Question(question) => Some(question.as_ref()),
            Item::Paragraph(_) => None,
        })
    }
}
