//! Compiles and checks a file so many times: what the load run compares with pyxform.

use std::error::Error;

use amtsweg_dsl::region::Regions;
use amtsweg_dsl::syntax::Sources;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (file, times) = arguments.next().zip(arguments.next()).ok_or("usage: compile FILE TIMES")?;
    let mut sources = Sources::new();
    sources.add("survey.amt", &std::fs::read(file)?).map_err(|error| format!("{error:?}"))?;
    for _ in 0..times.parse()? {
        let (catalogue, problems) = amtsweg_dsl::compile(&sources, Regions::shipped(), jiff::civil::date(2026, 11, 22));
        if !catalogue.procedures.contains_key("survey") {
            return Err(format!("{problems:#?}").into());
        }
    }
    Ok(())
}
