//! Folders of forms: on the disk, or the catalogue that is built into the program.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;

use amtsweg_dsl::diagnostic::{Diagnostic, Severity, line_and_column};
use amtsweg_dsl::model::{Catalogue, Language};
use amtsweg_dsl::region::Regions;
use amtsweg_dsl::syntax::Sources;
use amtsweg_dsl::{Compiler, compile};
use jiff::civil::Date;
use rust_embed::RustEmbed;

use super::read::{FolderError, read};
use crate::links::slug;

/// The catalogue that is built into the program.
#[derive(RustEmbed)]
#[folder = "../forms"]
#[include = "*.amt"]
struct BuiltIn;

/// Where texts come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Folder {
    /// A folder on the disk.
    Path(PathBuf),
    /// The catalogue that is built into the program.
    BuiltIn,
}

impl fmt::Display for Folder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Path(path) => write!(f, "{}", path.display()),
            Self::BuiltIn => f.write_str("the catalogue built into the program"),
        }
    }
}

impl Folder {
    /// The texts in the folder: all files that end in `.amt`, except in hidden folders.
    ///
    /// # Errors
    /// When the folder cannot be read, or is no folder of forms by its size.
    pub fn sources(&self) -> Result<Sources, FolderError> {
        match self {
            Self::BuiltIn => Ok(built_in()),
            Self::Path(path) => read(path),
        }
    }
}

fn built_in() -> Sources {
    let mut sources = Sources::new();
    for name in BuiltIn::iter() {
        // Names inside the program lead nowhere else.
        let added = BuiltIn::get(&name).map(|file| sources.add(&name, &file.data));
        debug_assert!(added.is_some_and(|added| added.is_ok()), "{name}");
    }
    sources
}

/// What a folder compiles to.
pub struct Compiled {
    /// The texts.
    pub sources: Sources,
    /// The procedures that compile, authorities and portals.
    pub catalogue: Catalogue,
    /// What there is to say about the texts.
    pub diagnostics: Vec<Diagnostic>,
}

impl Compiled {
    /// How many messages weigh this much.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.diagnostics.iter().filter(|diagnostic| diagnostic.severity() == severity).count()
    }

    /// Messages as single lines: `land/person.amt:3:5: …`.
    #[must_use]
    pub fn lines(&self, language: Language) -> Vec<String> {
        self.diagnostics.iter().map(|diagnostic| self.line(diagnostic, language)).collect()
    }

    /// The first error of each file that has one, as in [`Self::lines`], by what addresses call
    /// the procedure in it.
    #[must_use]
    pub fn broken(&self, language: Language) -> BTreeMap<String, String> {
        let mut broken = BTreeMap::new();
        for error in self.diagnostics.iter().filter(|diagnostic| diagnostic.severity() == Severity::Error) {
            let file = error.file.rsplit('/').next().unwrap_or(&error.file);
            let name = file.split('.').next().unwrap_or(file);
            broken.entry(slug(name)).or_insert_with(|| self.line(error, language));
        }
        broken
    }

    fn line(&self, diagnostic: &Diagnostic, language: Language) -> String {
        let text = self.sources.text(&diagnostic.file).unwrap_or_default();
        let (line, column) = line_and_column(text, diagnostic.span.start);
        let code = diagnostic.problem.code();
        let said = format!("{} {}", diagnostic.message(language), diagnostic.help(language));
        format!("{}:{line}:{column}: {code} {}", diagnostic.file, said.trim())
    }
}

/// Reads and compiles a folder.
///
/// # Errors
/// When it cannot be read. What is wrong inside the texts is no error here but a diagnostic.
pub fn compile_folder(folder: &Folder, today: Date) -> Result<Compiled, FolderError> {
    Ok(compile_sources(folder.sources()?, today))
}

/// Reads and compiles a folder as [`compile_folder`] does; what the compiler knows is not checked again.
///
/// # Errors
/// As [`compile_folder`].
pub fn compile_again(compiler: &mut Compiler<'_>, folder: &Folder, today: Date) -> Result<Compiled, FolderError> {
    let sources = folder.sources()?;
    let (catalogue, diagnostics) = compiler.compile(&sources, today);
    Ok(Compiled { sources, catalogue, diagnostics })
}

/// Compiles texts.
#[must_use]
pub fn compile_sources(sources: Sources, today: Date) -> Compiled {
    let (catalogue, diagnostics) = compile(&sources, Regions::shipped(), today);
    Compiled { sources, catalogue, diagnostics }
}
