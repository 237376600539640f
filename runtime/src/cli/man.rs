//! Manual pages, made from the same description of the command line as the help.

use std::fs;
use std::path::PathBuf;

use amtsweg_dsl::model::Language;
use clap::{Args, ValueHint};
use clap_mangen::Man;
use clap_mangen::roff::{Roff, roman};

use super::output::{Output, print};
use super::{Exit, Failure, help, words};

/// What is asked for.
#[derive(Args)]
pub(super) struct Asked {
    /// The command; without it the page of the whole program.
    command: Option<String>,
    /// Writes the pages of the program and of all commands into this folder.
    #[arg(long, value_name = "FOLDER", value_hint = ValueHint::DirPath, conflicts_with = "command")]
    into: Option<PathBuf>,
}

/// Prints or writes manual pages.
pub(super) fn run(asked: &Asked, output: &Output) -> Result<(), Failure> {
    let language = output.language;
    if let Some(folder) = &asked.into {
        fs::create_dir_all(folder).map_err(|error| words::unwritable(language, folder, &error))?;
        for (name, command) in help::all(language) {
            let file = folder.join(format!("{}.1", name.replace(' ', "-")));
            let page = page(&name, command, language)?;
            fs::write(&file, page).map_err(|error| words::unwritable(language, &file, &error))?;
            output.note(
                &output.pick("Geschrieben: {file}", "Written: {file}").replace("{file}", &file.display().to_string()),
            );
        }
        return Ok(());
    }
    let (name, command) = help::one(asked.command.as_deref(), output)?;
    Ok(print(page(&name, command, language)?.trim_end())?)
}

/// The page of a command.
fn page(name: &str, command: clap::Command, language: Language) -> Result<String, Failure> {
    let is_whole = !name.contains(' ');
    let title = name.replace(' ', "-");
    let man = Man::new(command.version(env!("CARGO_PKG_VERSION")))
        .title(title)
        .source(concat!("amtsweg ", env!("CARGO_PKG_VERSION")))
        .manual("Amtsweg");
    let mut page = Vec::new();
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    if is_whole {
        man.render_subcommands_section(&mut page)?;
    }
    let english = language == Language::English;
    let mut ends = Roff::new();
    ends.control("SH", [if english { "EXIT STATUS" } else { "RÜCKGABEWERT" }]);
    for exit in Exit::ALL {
        ends.control("TP", []);
        ends.text([roman(exit.code().to_string())]);
        ends.text([roman(exit.meaning(language).replace('`', ""))]);
    }
    ends.to_writer(&mut page)?;
    let page = String::from_utf8(page)?;
    Ok(if english { page } else { in_german(&page) })
}

/// Headings as German manual pages have them.
fn in_german(page: &str) -> String {
    const HEADINGS: &[(&str, &str)] = &[
        (".SH NAME", ".SH BEZEICHNUNG"),
        (".SH SYNOPSIS", ".SH ÜBERSICHT"),
        (".SH DESCRIPTION", ".SH BESCHREIBUNG"),
        (".SH OPTIONS", ".SH OPTIONEN"),
        (".SH Befehle", ".SH BEFEHLE"),
    ];
    let line = |line: &str| {
        HEADINGS.iter().find(|(from, _)| line == *from).map_or(line.to_owned(), |(_, to)| (*to).to_owned())
    };
    page.lines().map(line).collect::<Vec<_>>().join("\n") + "\n"
}
