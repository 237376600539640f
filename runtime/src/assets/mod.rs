//! Styles and script: built in, named after their content, so that browsers keep them for ever.

use amtsweg_dsl::model::Portal;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use rust_embed::Embed;
use sha2::{Digest, Sha256};

#[derive(Embed)]
#[folder = "src/assets"]
#[include = "*.css"]
#[include = "*.js"]
#[include = "favicon.ico"]
struct Files;

/// The files with the names that they have today.
pub(crate) struct Assets {
    styles: String,
    styles_name: String,
    script: String,
    /// The name of the script.
    pub script_name: String,
}

impl Assets {
    /// The own styles with those of a theme behind them.
    pub fn new(theme: &str) -> Self {
        let mut styles = text("amtsweg.css");
        styles.push_str(theme);
        let script = text("amtsweg.js");
        let (styles_name, script_name) = (hash(&styles), format!("amtsweg.{}.js", hash(&script)));
        Self { styles, styles_name, script, script_name }
    }

    /// The name of the styles in the colour of a portal.
    pub fn styles_for(&self, portal: &Portal) -> String {
        match portal.colour.as_deref().and_then(Colour::read) {
            Some(colour) => format!("amtsweg.{}.{}.css", self.styles_name, colour.digits()),
            None => format!("amtsweg.{}.css", self.styles_name),
        }
    }

    /// The file with this name.
    pub fn find(&self, name: &str) -> Option<Response> {
        if name == self.script_name {
            return Some(file(self.script.clone(), "text/javascript; charset=utf-8"));
        }
        let rest = name.strip_prefix("amtsweg.")?.strip_suffix(".css")?.strip_prefix(&self.styles_name)?;
        let styles = match rest.strip_prefix('.') {
            None if rest.is_empty() => self.styles.clone(),
            None => return None,
            Some(digits) => {
                let colour = Colour::read(&format!("#{digits}"))?;
                format!("{}\n:root{{--brand:#{};--on-brand:{}}}\n", self.styles, colour.digits(), colour.on())
            }
        };
        Some(file(styles, "text/css; charset=utf-8"))
    }
}

/// The icon that browsers ask for by themselves, under the name that they know.
pub(crate) fn icon() -> Response {
    let content = Files::get("favicon.ico").map(|file| file.data.into_owned()).unwrap_or_default();
    let kind = [(header::CONTENT_TYPE, "image/x-icon"), (header::CACHE_CONTROL, "public, max-age=604800")];
    (kind, content).into_response()
}

fn text(name: &str) -> String {
    Files::get(name).map(|file| String::from_utf8_lossy(&file.data).into_owned()).unwrap_or_default()
}

fn hash(content: &str) -> String {
    Sha256::digest(content).iter().take(6).map(|byte| format!("{byte:02x}")).collect()
}

fn file(content: String, kind: &'static str) -> Response {
    let mut response = content.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    response
}

/// A colour of a portal, `#rrggbb`.
struct Colour([u8; 3]);

impl Colour {
    fn read(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.is_ascii())?;
        let part = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).ok();
        Some(Self([part(0)?, part(2)?, part(4)?]))
    }

    fn digits(&self) -> String {
        self.0.iter().map(|part| format!("{part:02x}")).collect()
    }

    /// White or black, whichever is easier to read on it.
    fn on(&self) -> &'static str {
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        let [red, green, blue] = self.0.map(linear);
        let light = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
        if light > 0.179 { "#000" } else { "#fff" }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_is_small_and_the_styles_are_too() {
        let assets = Assets::new("");
        assert!(assets.script.len() <= 5 * 1024, "{} bytes", assets.script.len());
        assert!(assets.styles.len() <= 16 * 1024, "{} bytes", assets.styles.len());
    }

    #[test]
    fn text_on_the_colour_of_a_portal_can_be_read() {
        assert_eq!(Colour::read("#00457C").unwrap().on(), "#fff");
        assert_eq!(Colour::read("#ffcc00").unwrap().on(), "#000");
        assert!(Colour::read("red").is_none());
        assert!(Colour::read("#12345ä").is_none());
    }

    #[test]
    fn there_is_an_icon() {
        assert!(Files::get("favicon.ico").unwrap().data.starts_with(&[0, 0, 1, 0]));
    }

    #[test]
    fn only_names_of_today_are_found() {
        let assets = Assets::new(":root{--action:#123456}");
        assert!(assets.find(&assets.script_name).is_some());
        assert!(assets.find(&format!("amtsweg.{}.css", assets.styles_name)).is_some());
        assert!(assets.find(&format!("amtsweg.{}.00457c.css", assets.styles_name)).is_some());
        assert!(assets.find(&format!("amtsweg.{}.}}body{{.css", assets.styles_name)).is_none());
        assert!(assets.find("amtsweg.000000000000.css").is_none());
    }
}
