//! Files.

use rust_decimal::Decimal;
use serde_json::{Value as Json, json};

use super::definition::{Definition, Lists, plain};
use super::message::{Words, say};
use super::numeral::grouped;
use super::{FileKind, FileLimits, Input, State, Surroundings, Widget, characters};
use crate::model::Language;

/// The greatest length of a file name, in characters.
const MAX_NAME: usize = 255;
const MEMBERS: [&str; 5] = ["name", "media_type", "size", "sha256", "id"];

impl FileKind {
    /// The media type as it is stored and sent.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
        }
    }

    /// What people call it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Pdf => "PDF",
            Self::Jpeg => "JPEG",
            Self::Png => "PNG",
        }
    }
}

/// One file or several.
pub(super) struct File<'a>(pub &'a FileLimits);

impl File<'_> {
    fn several(&self) -> bool {
        self.0.max_count > 1
    }

    fn check_one(&self, file: &Json) -> Result<(), State> {
        let file = file.as_object().ok_or(State::WrongType)?;
        let text = |key| file.get(key).and_then(Json::as_str).ok_or(State::WrongType);
        let complete = file.len() == MEMBERS.len() && MEMBERS.iter().all(|key| file.contains_key(*key));
        let (name, media_type, sha256, id) = (text("name")?, text("media_type")?, text("sha256")?, text("id")?);
        let fine_name = (1..=MAX_NAME).contains(&name.chars().count());
        if !complete || !fine_name || !is_hash(sha256) || !is_id(id) {
            return Err(State::WrongType);
        }
        if let Some(c) = name.chars().find(|c| characters::is_refused(*c)) {
            return Err(State::Character(c));
        }
        if !self.0.kinds.iter().any(|kind| kind.media_type() == media_type) {
            return Err(State::FileKind);
        }
        let size = file.get("size").ok_or(State::WrongType)?;
        let size = super::numeral::from_json(size).map_err(|_| State::WrongType)?;
        if !size.is_integer() || size.is_sign_negative() && !size.is_zero() {
            Err(State::WrongType)
        } else if size.is_zero() {
            Err(State::FileEmpty)
        } else if size > self.0.max_size.into() {
            Err(State::FileSize)
        } else {
            Ok(())
        }
    }

    fn kinds(&self, or: &str) -> String {
        let mut names: Vec<&str> = self.0.kinds.iter().map(|kind| kind.name()).collect();
        match names.pop() {
            Some(last) if !names.is_empty() => format!("{} {or} {last}", names.join(", ")),
            last => last.unwrap_or_default().to_owned(),
        }
    }
}

impl Definition for File<'_> {
    fn words(&self) -> Words {
        let (de, en) =
            if self.several() { ("eine Liste von Dateien", "a list of files") } else { ("eine Datei", "a file") };
        Words { de: ("Der Name der Datei", de), en: ("The name of the file", en) }
    }

    fn widget(&self, _lists: &Lists) -> Widget {
        Widget::File
    }

    fn read(&self, _input: &Input, _around: Surroundings<'_>) -> Result<Option<Json>, State> {
        Ok(None)
    }

    fn check(&self, answer: &Json, _around: Surroundings<'_>) -> Result<(), State> {
        if !self.several() {
            return self.check_one(answer);
        }
        let files = answer.as_array().ok_or(State::WrongType)?;
        for file in files {
            self.check_one(file)?;
        }
        if files.len() < self.0.min_count.max(1) as usize {
            Err(State::TooFewFiles)
        } else if files.len() > self.0.max_count as usize {
            Err(State::TooManyFiles)
        } else {
            Ok(())
        }
    }

    fn show(&self, answer: &Json, language: Language, _around: Surroundings<'_>) -> String {
        let show = |file: &Json| {
            let name = file.get("name").map(plain).unwrap_or_default();
            match file.get("size").and_then(Json::as_u64) {
                Some(size) => format!("{name} ({})", show_size(size, language)),
                None => name,
            }
        };
        match answer {
            Json::Array(files) => files.iter().map(show).collect::<Vec<_>>().join(", "),
            Json::Object(_) => show(answer),
            other => plain(other),
        }
    }

    fn input(&self, _answer: &Json, _language: Language, _around: Surroundings<'_>) -> Input {
        Input::Line(String::new())
    }

    fn message(&self, state: &State, label: &str, language: Language) -> Option<String> {
        let size = show_size(self.0.max_size, language);
        let (min, max) = (self.0.min_count.max(1), self.0.max_count);
        Some(match state {
            State::Empty => say!(language;
                "Laden Sie bei „{label}“ eine Datei hoch.",
                "Upload a file for “{label}”.",
                "Hier fehlt eine Datei: „{label}“. Laden Sie die Datei hoch."),
            State::FileKind => {
                let (kinds, kinds_en) = (self.kinds("oder"), self.kinds("or"));
                say!(language;
                    "Die Datei bei „{label}“ muss {kinds} sein.",
                    "The file for “{label}” must be {kinds_en}.",
                    "Diese Art von Datei geht nicht: „{label}“. Es geht nur: {kinds}.")
            }
            State::FileSize => say!(language;
                "Die Datei bei „{label}“ darf höchstens {size} groß sein.",
                "The file for “{label}” must be {size} or smaller.",
                "Die Datei ist zu groß: „{label}“. Die Datei darf {size} groß sein."),
            State::FileEmpty => say!(language;
                "Die Datei bei „{label}“ ist leer. Wählen Sie eine andere aus.",
                "The file for “{label}” is empty. Choose another one.",
                "In der Datei steht nichts: „{label}“. Wählen Sie eine andere Datei."),
            State::TooFewFiles => say!(language;
                "Bei „{label}“ fehlen noch Dateien: Mindestens {min} gehören dazu.",
                "There are files missing for “{label}”. At least {min} are needed.",
                "Das sind zu wenige Dateien: „{label}“. Wir brauchen {min}."),
            State::TooManyFiles => say!(language;
                "Bei „{label}“ sind es zu viele Dateien. Sie können höchstens {max} hochladen.",
                "There are too many files for “{label}”. At most {max} are possible.",
                "Das sind zu viele Dateien: „{label}“. Sie können {max} hochladen."),
            _ => return None,
        })
    }

    fn schema(&self, _lists: &Lists, _language: Language) -> Json {
        let kinds: Vec<&str> = self.0.kinds.iter().map(|kind| kind.media_type()).collect();
        let file = json!({
            "type": "object",
            "properties": {
                "name": {
                    "type": "string",
                    "minLength": 1,
                    "maxLength": MAX_NAME,
                    "pattern": format!("^[^{}]+$", characters::refused_class(false)),
                },
                "media_type": { "enum": kinds },
                "size": { "type": "integer", "minimum": 1, "maximum": self.0.max_size },
                "sha256": { "type": "string", "pattern": "^[0-9a-f]{64}$" },
                "id": { "type": "string", "pattern": "^[0-9A-Za-z_-]{1,64}$" },
            },
            "required": MEMBERS,
            "additionalProperties": false,
        });
        if !self.several() {
            return file;
        }
        json!({
            "type": "array",
            "items": file,
            "minItems": self.0.min_count.max(1),
            "maxItems": self.0.max_count,
        })
    }
}

fn is_hash(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

fn is_id(text: &str) -> bool {
    (1..=64).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
}

/// A size as people read it: `1,2 MB`, in powers of 1,000; whole numbers of 1,024 × 1,024
/// bytes are shown as those.
pub(crate) fn show_size(bytes: u64, language: Language) -> String {
    const BINARY: u64 = 1_024 * 1_024;
    let (unit, divisor) = match bytes {
        0..1_000 => return format!("{bytes} Bytes"),
        1_000..1_000_000 => ("KB", 1_000),
        _ if bytes.is_multiple_of(BINARY) => ("MB", BINARY),
        _ => ("MB", 1_000_000),
    };
    let tenths = (Decimal::from(bytes) / Decimal::from(divisor)).round_dp(1).normalize();
    format!("{} {unit}", grouped(tenths, tenths.scale(), language))
}
