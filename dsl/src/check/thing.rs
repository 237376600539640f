//! What a file describes, read and not yet checked.

use std::sync::Arc;

use super::adopt::{Origin, OwnArea};
use super::declare::full_path;
use crate::model::Language;
use crate::syntax::Node;

/// Something that a file describes.
#[derive(Debug, Clone)]
pub(crate) struct Thing {
    /// The file.
    pub file: String,
    /// Its folder, without a slash at the end.
    pub folder: String,
    /// Folder and name as a key: `land/person`.
    pub key: String,
    /// The keyword language.
    pub language: Language,
    /// The language of the texts.
    pub texts: Language,
    /// The tree.
    pub node: Arc<Node>,
    /// Of a template or an adopted procedure: the town that it is for.
    pub area: Option<OwnArea>,
    /// Of an adopted procedure: where it comes from.
    pub origin: Option<Origin>,
    /// A number for the text that it was read from.
    pub content: u64,
}

impl Thing {
    /// The key of what is named here: a name without a folder means the own one, and in an
    /// adopted procedure also that of the template.
    pub fn path_of(&self, name: &str, exists: impl Fn(&str) -> bool) -> String {
        let own = full_path(name, &self.folder);
        let other = self.origin.as_ref().map(|origin| full_path(name, &origin.folder));
        match other {
            Some(other) if !exists(&own) && exists(&other) => other,
            _ => own,
        }
    }
}
