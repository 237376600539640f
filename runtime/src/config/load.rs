use std::path::Path;

use figment::Figment;
use figment::error::{Actual, Kind};
use figment::providers::{Env, Format, Toml};

use super::{ConfigError, Settings};

/// Names that begin like settings but are none.
const NOT_SETTINGS: [&str; 2] = ["data", "log"];

/// Reads the settings of a data folder and of the environment.
///
/// # Errors
/// With a sentence that names the setting and what is allowed.
pub fn load(data: &Path) -> Result<Settings, ConfigError> {
    let file = data.join("amtsweg.toml");
    let settings = if file.exists() { Figment::new().merge(Toml::file_exact(file)) } else { Figment::new() };
    settings
        .merge(Env::prefixed("AMTSWEG_").ignore(&NOT_SETTINGS).split("__"))
        .extract()
        .map_err(|error| ConfigError(sentence(&error)))
}

fn sentence(error: &figment::Error) -> String {
    let source = error.metadata.as_ref().map_or_else(
        || "the settings".to_owned(),
        |metadata| match metadata.source.as_ref().and_then(|source| source.file_path()) {
            Some(file) => file.display().to_string(),
            None => format!("the {}", metadata.name),
        },
    );
    let mut path = error.path.clone();
    let what = match &error.kind {
        Kind::UnknownField(name, known) => {
            if path.last() == Some(name) {
                path.pop();
            }
            let name = key(&path, name);
            let known: Vec<String> = known.iter().map(|known| key(&path, known)).collect();
            format!("there is no setting `{name}`. There are: {}.", known.join(", "))
        }
        Kind::MissingField(name) => format!("the setting `{}` is missing.", key(&path, name)),
        Kind::UnknownVariant(value, known) => {
            format!("the setting `{}` is `{value}`. Allowed are: {}.", path.join("."), known.join(", "))
        }
        Kind::InvalidType(actual, expected) | Kind::InvalidValue(actual, expected) => {
            let expected = wanted(&expected.to_string());
            format!("the setting `{}` is {}. It must be {expected}.", path.join("."), value(actual))
        }
        other if path.is_empty() => format!("{other}"),
        other => format!("the setting `{}`: {other}.", path.join(".")),
    };
    format!("In {source} {what}")
}

/// What is expected, without the words of Rust.
fn wanted(expected: &str) -> String {
    match expected {
        "u16" => "a whole number from 0 to 65535".to_owned(),
        "u32" | "u64" | "usize" => "a whole number from 0".to_owned(),
        "a sequence" => "a list in square brackets".to_owned(),
        "a map" => "a table".to_owned(),
        other if other.starts_with("struct ") => "a table with settings of its own".to_owned(),
        other => other.to_owned(),
    }
}

fn value(actual: &Actual) -> String {
    match actual {
        Actual::Bool(value) => format!("`{value}`"),
        Actual::Unsigned(value) => format!("the number {value}"),
        Actual::Signed(value) => format!("the number {value}"),
        Actual::Float(value) => format!("the number {value}"),
        Actual::Str(value) => format!("the text \"{value}\""),
        Actual::Seq => "a list".to_owned(),
        Actual::Map => "a table".to_owned(),
        other => other.to_string(),
    }
}

fn key(path: &[String], name: &str) -> String {
    path.iter().map(String::as_str).chain([name]).collect::<Vec<_>>().join(".")
}
