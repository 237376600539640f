//! What a command says: its result on the output, notes on the error output.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use amtsweg_dsl::model::Language;
use clap::ValueEnum;
use serde::Serialize;

use super::{Failure, words};

/// The form of a result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    Text,
    Json,
}

/// To whom a command speaks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Output {
    /// The language of messages.
    pub language: Language,
    /// The form of the result.
    pub format: Format,
}

impl Output {
    /// One of two spellings.
    pub fn pick<'a>(&self, german: &'a str, english: &'a str) -> &'a str {
        words::pick(self.language, german, english)
    }

    /// Whether the result is for another program.
    pub fn is_json(&self) -> bool {
        self.format == Format::Json
    }

    /// The result: as sentences, or as JSON for another program.
    pub fn result(&self, value: &impl Serialize, text: impl FnOnce() -> String) -> Result<(), Failure> {
        if self.is_json() { self.json(value) } else { Ok(print(text().trim_end())?) }
    }

    /// A result that is JSON whoever reads it.
    pub fn json(&self, value: &impl Serialize) -> Result<(), Failure> {
        Ok(print(&serde_json::to_string_pretty(value)?)?)
    }

    /// The result into a file, and a note that says so; without a file to the output.
    pub fn write(&self, text: &str, file: Option<&Path>) -> Result<(), Failure> {
        let Some(file) = file else {
            return Ok(print(text.trim_end())?);
        };
        let text = format!("{}\n", text.trim_end());
        fs::write(file, text).map_err(|error| words::unwritable(self.language, file, &error))?;
        let said = self.pick("Geschrieben: {file}", "Written: {file}");
        self.note(&said.replace("{file}", &file.display().to_string()));
        Ok(())
    }

    /// Something that is no part of the result.
    pub fn note(&self, sentence: &str) {
        // Who has closed the error output does not want to be told.
        drop(writeln!(io::stderr().lock(), "{sentence}"));
    }
}

/// Writes a line to the output. One who has stopped reading is no error.
pub(super) fn print(line: &str) -> io::Result<()> {
    match writeln!(io::stdout().lock(), "{line}") {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        done => done,
    }
}
