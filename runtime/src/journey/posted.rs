//! What a browser posted, word for word, so that it can be shown again.

use axum::body::{Body, BodyDataStream, Bytes};
use axum::http::{HeaderMap, header};
use percent_encoding::percent_decode;

use crate::body;
use crate::runtime::Limits;

/// The fields of a form and the files with it.
#[derive(Debug, Default)]
pub(crate) struct Posted {
    pub fields: Vec<(String, String)>,
    pub files: Vec<PostedFile>,
}

/// A file as it came.
#[derive(Debug)]
pub(crate) struct PostedFile {
    /// The field.
    pub field: String,
    /// Its name on the visitor's machine.
    pub name: String,
    /// What is in it, up to the limit of the whole body.
    pub content: Bytes,
}

/// Why a body was not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unreadable {
    TooLarge,
    TooManyFields,
    Broken,
}

impl Posted {
    /// Reads a body within the limits.
    pub async fn read(headers: &HeaderMap, body: Body, limits: &Limits) -> Result<Self, Unreadable> {
        let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        match multer::parse_boundary(kind) {
            Ok(boundary) => Self::read_parts(body, boundary, limits).await,
            Err(_) => {
                let bytes = body::read(body, limits.body).await.ok_or(Unreadable::TooLarge)?;
                Self::read_urlencoded(&bytes, limits)
            }
        }
    }

    fn read_urlencoded(bytes: &[u8], limits: &Limits) -> Result<Self, Unreadable> {
        let mut fields = Vec::new();
        for pair in bytes.split(|b| *b == b'&').filter(|pair| !pair.is_empty()) {
            if fields.len() == limits.fields {
                return Err(Unreadable::TooManyFields);
            }
            let middle = pair.iter().position(|b| *b == b'=').unwrap_or(pair.len());
            fields.push((decode(&pair[..middle]), decode(pair.get(middle + 1..).unwrap_or_default())));
        }
        Ok(Self { fields, files: Vec::new() })
    }

    async fn read_parts(body: Body, boundary: String, limits: &Limits) -> Result<Self, Unreadable> {
        let mut stream = body.into_data_stream();
        let read = Self::parts_of(&mut stream, boundary, limits).await;
        if read.is_err() {
            body::let_go_by(&mut stream).await;
        }
        read
    }

    async fn parts_of(stream: &mut BodyDataStream, boundary: String, limits: &Limits) -> Result<Self, Unreadable> {
        let constraints =
            multer::Constraints::new().size_limit(multer::SizeLimit::new().whole_stream(limits.upload as u64));
        let mut parts = multer::Multipart::with_constraints(stream, boundary, constraints);
        let mut posted = Self::default();
        let mut text = 0;
        while let Some(part) = parts.next_field().await.map_err(|error| unreadable(&error))? {
            if posted.fields.len() + posted.files.len() == limits.fields {
                return Err(Unreadable::TooManyFields);
            }
            let field = part.name().unwrap_or_default().to_owned();
            let file = part.file_name().map(str::to_owned);
            let content = part.bytes().await.map_err(|error| unreadable(&error))?;
            match file {
                // A file field that nothing was chosen in.
                Some(name) if name.is_empty() && content.is_empty() => {}
                Some(name) => posted.files.push(PostedFile { field, name: plain_name(&name), content }),
                None => {
                    text += content.len();
                    if text > limits.body {
                        return Err(Unreadable::TooLarge);
                    }
                    posted.fields.push((field, printable(&String::from_utf8_lossy(&content))));
                }
            }
        }
        Ok(posted)
    }

    /// The first value of a field.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str())
    }

    /// A part of a field: `.day` of a date.
    pub fn part(&self, name: &str, part: &str) -> &str {
        let fits = |field: &str| {
            field.strip_prefix(name).and_then(|rest| rest.strip_prefix('.')).is_some_and(|rest| rest == part)
        };
        self.fields.iter().find(|(field, _)| fits(field)).map_or("", |(_, value)| value.as_str())
    }

    /// All values of a field.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.fields.iter().filter(move |(field, _)| field == name).map(|(_, value)| value.as_str())
    }
}

fn decode(bytes: &[u8]) -> String {
    let spaced: Vec<u8> = bytes.iter().map(|b| if *b == b'+' { b' ' } else { *b }).collect();
    printable(&percent_decode(&spaced).decode_utf8_lossy())
}

/// The text as a page can show it again: what HTML has no place for becomes U+FFFD, which no
/// kind of answer takes either.
fn printable(text: &str) -> String {
    let fits = |c: char| match c {
        '\t' | '\n' | '\r' => true,
        '\u{0}'..='\u{1F}' | '\u{7F}'..='\u{9F}' | '\u{FDD0}'..='\u{FDEF}' => false,
        other => u32::from(other) & 0xFFFE != 0xFFFE,
    };
    text.chars().map(|c| if fits(c) { c } else { char::REPLACEMENT_CHARACTER }).collect()
}

fn unreadable(error: &multer::Error) -> Unreadable {
    match error {
        multer::Error::FieldSizeExceeded { .. } | multer::Error::StreamSizeExceeded { .. } => Unreadable::TooLarge,
        _ => Unreadable::Broken,
    }
}

/// A file's name without folders and without signs that could mislead; at most 120 characters.
pub(crate) fn plain_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let plain: String = last
        .chars()
        .filter(|c| {
            !c.is_control() && !matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
        })
        .collect();
    let plain = plain.trim();
    if plain.is_empty() {
        return "datei".into();
    }
    let long = plain.chars().count();
    plain.chars().skip(long.saturating_sub(120)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_kept_word_for_word() {
        let posted = Posted::read_urlencoded(b"a=1&b=x+y%21&a=2&seit.day=3&&c", &Limits::default()).unwrap();
        assert_eq!(posted.get("a"), Some("1"));
        assert_eq!(posted.all("a").collect::<Vec<_>>(), ["1", "2"]);
        assert_eq!(posted.get("b"), Some("x y!"));
        assert_eq!(posted.part("seit", "day"), "3");
        assert_eq!(posted.get("c"), Some(""));
    }

    #[test]
    fn too_many_fields_are_refused() {
        let body = "a=1&".repeat(1_001);
        assert_eq!(
            Posted::read_urlencoded(body.as_bytes(), &Limits::default()).unwrap_err(),
            Unreadable::TooManyFields
        );
    }

    #[test]
    fn a_name_has_no_folders() {
        assert_eq!(plain_name(r"C:\Users\x\foto.jpg"), "foto.jpg");
        assert_eq!(plain_name("../../etc/passwd"), "passwd");
        assert_eq!(plain_name("a\u{202E}gpj.exe"), "agpj.exe");
        assert_eq!(plain_name("\u{0}"), "datei");
    }
}
