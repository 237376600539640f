//! The frame of the operator's pages.

use axum::response::{IntoResponse, Response};
use maud::{DOCTYPE, Markup, html};

use super::words::Words;

pub(super) const STYLE: &str = "\
:root{color-scheme:light dark;--line:#767676}\
body{font:1.125rem/1.5 sans-serif;margin:0 auto;max-width:56rem;padding:1rem;overflow-wrap:anywhere}\
h1{line-height:1.25}nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;list-style:none;padding:0}\
nav a{display:inline-block;padding:.5rem 0}\
article{border-top:1px solid var(--line);padding:1rem 0}\
dl{display:grid;grid-template-columns:minmax(0,1fr);gap:.25rem}\
dt{font-weight:bold;margin-top:.5rem}dd{margin:0;white-space:pre-line}\
pre{white-space:pre-wrap;border:1px solid var(--line);padding:.75rem}\
button{font:inherit;min-height:3rem;padding:.5rem 1rem}\
:focus-visible{outline:3px solid;outline-offset:2px}\
.skip{position:absolute;left:-100vw}.skip:focus{position:static}\
@media(min-width:40rem){dl{grid-template-columns:minmax(0,1fr) minmax(0,2fr);gap:.25rem 1rem}dt{margin:0}}";

/// A page.
pub(super) fn page(words: Words, title: &str, content: &Markup) -> Response {
    html! {
        (DOCTYPE)
        html lang=(words.tag()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) " – " (words.operator()) }
                link rel="stylesheet" href="/operator.css";
            }
            body {
                a.skip href="#main" { (words.skip()) }
                header {
                    nav aria-label=(words.operator()) {
                        ul {
                            li { a href="/" { (words.outbox()) } }
                            li { a href="/diagnostics" { (words.diagnostics()) } }
                            li { a href="/settings" { (words.settings()) } }
                        }
                    }
                }
                main id="main" tabindex="-1" {
                    h1 { (title) }
                    (content)
                }
            }
        }
    }
    .into_response()
}
