//! Compiles and checks a folder so many times, each time anew, or again after a change of a word:
//! what the load run compares with pyxform.

use std::error::Error;

use amtsweg_dsl::Compiler;
use amtsweg_dsl::region::Regions;
use amtsweg_dsl::syntax::Sources;

// As in the command.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(folder), Some(how), Some(times)) = (arguments.next(), arguments.next(), arguments.next()) else {
        return Err("usage: compile FOLDER anew|again TIMES".into());
    };
    let mut sources = Sources::new();
    for entry in std::fs::read_dir(&folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        sources.add(&name, &std::fs::read(entry.path())?).map_err(|error| format!("{error:?}"))?;
    }
    let survey = sources.text("survey.amt").unwrap_or_default().to_owned();
    let today = jiff::civil::date(2026, 11, 22);
    let mut compiler = Compiler::new(Regions::shipped());
    for time in 0..times.parse::<usize>()? {
        if how == "anew" {
            compiler = Compiler::new(Regions::shipped());
        } else {
            let changed =
                survey.replacen("Question number 7?", &format!("Question number 7, for the {time}th time?"), 1);
            sources.add("survey.amt", changed.as_bytes()).map_err(|error| format!("{error:?}"))?;
        }
        let (catalogue, problems) = compiler.compile(&sources, today);
        if !catalogue.procedures.contains_key("survey") {
            return Err(format!("{problems:#?}").into());
        }
    }
    Ok(())
}
