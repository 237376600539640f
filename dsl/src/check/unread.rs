//! Files that are there and not read.

use crate::diagnostic::Problem;
use crate::syntax::SourceFile;

/// Why a file is not read. (A text is.)
pub(super) fn problem(file: &str, source: &SourceFile) -> Problem {
    let name = file.rsplit('/').next().unwrap_or(file).to_owned();
    match source {
        SourceFile::Text(_) | SourceFile::WrongEncoding => Problem::WrongEncoding,
        SourceFile::TooLarge(size) => Problem::FileTooLarge { size: size.to_string() },
        SourceFile::WrongEnding => Problem::FileEnding { meant: meant(&name), name },
        SourceFile::Document => Problem::FileDocument { meant: meant(&name), name },
    }
}

/// The name up to the ending that it should have: `hund.amt` of `hund.AMT.txt`.
fn meant(name: &str) -> String {
    let end = name.to_lowercase().rfind(".amt").filter(|at| name.is_char_boundary(*at));
    let stem = end.and_then(|at| name.get(..at)).unwrap_or(name);
    format!("{stem}.amt")
}
