//! The small Markdown of texts: paragraphs, lists, sub-headings, bold, links. Nothing else, no HTML.

use std::borrow::Cow;

use amtsweg_dsl::model::{Language, RichText};
use maud::{Markup, PreEscaped, Render, html};

/// A text in a page. Most have no sign that is to be escaped: those are copied as a whole.
#[derive(Clone, Copy)]
pub(crate) struct Plain<'a>(pub &'a str);

impl Render for Plain<'_> {
    fn render_to(&self, buffer: &mut String) {
        if self.0.bytes().any(|byte| matches!(byte, b'&' | b'<' | b'>' | b'"')) {
            self.0.render_to(buffer);
        } else {
            buffer.push_str(self.0);
        }
    }
}

/// Puts values into a piece of text.
pub(crate) type Fill<'f> = &'f dyn Fn(&str) -> String;

/// The paragraphs of a text, its sub-headings at `level` (2 to 4).
pub(crate) fn rich(text: &RichText, language: Language, level: u8, fill: Fill<'_>) -> Markup {
    let own = text.language(language);
    let body = blocks(text.get(language), level, fill);
    html! { @if own == language { (body) } @else { div lang=(own.tag()) { (body) } } }
}

/// The paragraphs in one line: for hints.
pub(crate) fn rich_line(text: &RichText, language: Language, fill: Fill<'_>) -> Markup {
    let own = text.language(language);
    let paragraphs = text.get(language);
    let body = html! {
        @for (index, paragraph) in paragraphs.iter().enumerate() {
            @if index > 0 { br; }
            (inline(paragraph, fill))
        }
    };
    html! { @if own == language { (body) } @else { span lang=(own.tag()) { (body) } } }
}

/// The text without its marks: for the API and for titles.
pub(crate) fn plain(text: &RichText, language: Language, fill: Fill<'_>) -> String {
    text.get(language)
        .iter()
        .map(|paragraph| filled(&paragraph.replace("**", ""), fill).into_owned())
        .collect::<Vec<_>>()
        .join("\n")
}

fn blocks(paragraphs: &[String], level: u8, fill: Fill<'_>) -> Markup {
    let mut out = String::new();
    let mut in_list = false;
    for paragraph in paragraphs {
        let item = paragraph.strip_prefix("- ");
        if item.is_some() != in_list {
            out.push_str(if in_list { "</ul>" } else { "<ul>" });
            in_list = !in_list;
        }
        let markup = match (item, paragraph.strip_prefix("## ")) {
            (Some(item), _) => html! { li { (inline(item, fill)) } },
            (None, Some(heading)) => match level {
                2 => html! { h2 { (inline(heading, fill)) } },
                3 => html! { h3 { (inline(heading, fill)) } },
                _ => html! { h4 { (inline(heading, fill)) } },
            },
            (None, None) => html! { p { (inline(paragraph, fill)) } },
        };
        out.push_str(&markup.0);
    }
    if in_list {
        out.push_str("</ul>");
    }
    PreEscaped(out)
}

/// Bold and links inside a paragraph. Values are put in after the marks were read: an answer
/// makes no links.
fn inline(text: &str, fill: Fill<'_>) -> Markup {
    let mut out = String::with_capacity(text.len() + 16);
    let mut bold = false;
    let mut rest = text;
    loop {
        let star = rest.find("**");
        let link = find_link(rest);
        match (star, link) {
            (Some(at), link) if link.as_ref().is_none_or(|link| at < link.start) => {
                push(&mut out, &rest[..at], fill);
                out.push_str(if bold { "</strong>" } else { "<strong>" });
                bold = !bold;
                rest = &rest[at + 2..];
            }
            (_, Some(link)) => {
                push(&mut out, &rest[..link.start], fill);
                let word = filled(link.word, fill);
                out.push_str(&html! { a href=(link.address) { (word) } }.0);
                rest = &rest[link.end..];
            }
            _ => break,
        }
    }
    push(&mut out, rest, fill);
    if bold {
        out.push_str("</strong>");
    }
    PreEscaped(out)
}

struct Link<'a> {
    start: usize,
    end: usize,
    word: &'a str,
    address: &'a str,
}

/// The first `[word](https://…)`.
fn find_link(text: &str) -> Option<Link<'_>> {
    let mut from = 0;
    while let Some(open) = text[from..].find('[').map(|at| at + from) {
        let inside = &text[open + 1..];
        let found = inside.find("](").and_then(|middle| {
            let address = &inside[middle + 2..];
            let close = address.find(')')?;
            let (word, address) = (&inside[..middle], &address[..close]);
            let safe = ["https://", "http://", "mailto:", "tel:"].iter().any(|scheme| address.starts_with(scheme));
            let end = open + 1 + middle + 2 + close + 1;
            (safe && !word.contains('[')).then_some(Link { start: open, end, word, address })
        });
        if found.is_some() {
            return found;
        }
        from = open + 1;
    }
    None
}

fn push(out: &mut String, text: &str, fill: Fill<'_>) {
    out.push_str(&html! { (filled(text, fill)) }.0);
}

/// The text with its values; without braces it stays as it is.
pub(crate) fn filled<'t>(text: &'t str, fill: Fill<'_>) -> Cow<'t, str> {
    if text.contains('{') { Cow::Owned(fill(text)) } else { Cow::Borrowed(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(paragraphs: &[&str]) -> String {
        blocks(&paragraphs.iter().map(|p| (*p).to_owned()).collect::<Vec<_>>(), 2, &|text| {
            text.replace("{name}", "<b>**Mia** [x](https://evil.example)</b>")
        })
        .0
    }

    #[test]
    fn paragraphs_lists_and_headings() {
        assert_eq!(
            show(&["Ein Satz.", "## Liste", "- a", "- b", "Ende"]),
            "<p>Ein Satz.</p><h2>Liste</h2><ul><li>a</li><li>b</li></ul><p>Ende</p>"
        );
        assert_eq!(show(&["- a"]), "<ul><li>a</li></ul>");
    }

    #[test]
    fn bold_and_links() {
        assert_eq!(
            show(&["Das ist **fett** und [ein Wort](https://a.example/?x=1&y=2)."]),
            "<p>Das ist <strong>fett</strong> und <a href=\"https://a.example/?x=1&amp;y=2\">ein Wort</a>.</p>"
        );
        assert_eq!(show(&["**offen"]), "<p><strong>offen</strong></p>");
        assert_eq!(
            show(&["[a](javascript:x) [b](https://b.example)"]),
            "<p>[a](javascript:x) <a href=\"https://b.example\">b</a></p>"
        );
    }

    #[test]
    fn neither_texts_nor_answers_are_html() {
        assert_eq!(
            show(&["<script> & {name}"]),
            "<p>&lt;script&gt; &amp; &lt;b&gt;**Mia** [x](https://evil.example)&lt;/b&gt;</p>"
        );
    }
}
