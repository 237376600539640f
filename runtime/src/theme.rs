//! How the pages look: the host may bring its own head, foot and styles.

use amtsweg_dsl::model::{Language, Portal};
pub use maud::{Markup, PreEscaped, html};

/// What a host puts round the pages.
pub trait Theme: Send + Sync + 'static {
    /// Styles that stand behind the own ones; custom properties such as `--action` are enough
    /// for other colours. Part of the same file, so that the pages need no further request.
    fn styles(&self) -> &str {
        ""
    }

    /// What stands in the page's head bar; `None`: the name of the portal. It may be asked for
    /// once a minute only: a page that nobody has answered yet is kept so long.
    fn header(&self, _portal: &Portal, _language: Language) -> Option<Markup> {
        None
    }

    /// What stands above the links of the foot. As rarely as [`Theme::header`].
    fn footer(&self, _portal: &Portal, _language: Language) -> Option<Markup> {
        None
    }
}

/// The look that comes with the program.
#[derive(Debug, Clone, Copy, Default)]
pub struct PlainTheme;

impl Theme for PlainTheme {}
