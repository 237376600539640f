//! Names of places in sets: municipalities, Ämter, districts, states, keys.

use super::expressions::{Context, Lower};
use crate::diagnostic::{Diagnostic, Problem};
use crate::model::{Set, Values};
use crate::region::STATE_SCHLESWIG_HOLSTEIN;
use crate::syntax::Span;

impl Lower<'_> {
    /// The places with a name: `Norderstedt`, `Kreis Segeberg`, `Land Schleswig-Holstein`, `ARS 01060`.
    pub(super) fn places(&self, name: &str, span: Span, context: &Context<'_>) -> Option<Set> {
        match find(self.world.regions, name) {
            Ok(key) => {
                Some(Set { values: Values::Municipalities { within: vec![key], except: Vec::new() }, no_answer: false })
            }
            Err(problem) => {
                let near =
                    self.world.regions.within(STATE_SCHLESWIG_HOLSTEIN).map(|town| town.name).collect::<Vec<_>>();
                let unknown = matches!(problem, Problem::UnknownPlace { .. });
                let meant = meant(self.world.regions, name).filter(|_| unknown);
                let suggestion = match &meant {
                    Some((name, _)) => Some(name.clone()),
                    None if unknown => crate::diagnostic::closest(name, near),
                    None => None,
                };
                let fix = meant.filter(|(_, certain)| *certain).map(|(name, _)| (span, name));
                self.world.say(Diagnostic { suggestion, fix, ..Diagnostic::new(problem, context.file, span) });
                None
            }
        }
    }
}

/// A place as it is called officially, and whether that is certain: `Stadt Norderstedt`, `Landkreis Segeberg`,
/// `Schleswig-Holstein`, `Segeberg`.
pub(super) fn meant(regions: &crate::region::Regions, name: &str) -> Option<(String, bool)> {
    let known = |name: &String| find(regions, name).is_ok();
    let titles = [
        "Stadt ",
        "Hansestadt ",
        "Landeshauptstadt ",
        "Kreisfreie Stadt ",
        "Gemeinde ",
        "Ort ",
        "Kreis ",
        "Bundesland ",
    ];
    let plain = titles.iter().find_map(|title| name.strip_prefix(title)).map(str::to_owned);
    let district = name.strip_prefix("Landkreis ").map(|name| format!("Kreis {name}"));
    let state = Some(format!("Land {}", name.strip_prefix("Bundesland ").unwrap_or(name)));
    let certain = plain.into_iter().chain(district).chain(state).find(known);
    let likely = || ["Kreis", "Amt"].iter().map(|word| format!("{word} {name}")).find(known);
    certain.map(|name| (name, true)).or_else(|| likely().map(|name| (name, false)))
}

/// The key that a name of a place stands for: 2 digits a state, 5 a district, 9 an Amt, 12 a municipality.
pub(super) fn find(regions: &crate::region::Regions, name: &str) -> Result<String, Problem> {
    let unknown = || Problem::UnknownPlace { name: name.to_owned() };
    if let Some(key) = name.strip_prefix("ARS ").map(str::trim) {
        let right = matches!(key.len(), 2 | 3 | 5 | 9 | 12) && key.bytes().all(|b| b.is_ascii_digit());
        let known = right && regions.within(key).next().is_some();
        return if known { Ok(key.to_owned()) } else { Err(unknown()) };
    }
    if let Some(state) = name.strip_prefix("Land ") {
        return regions.state_named(state.trim()).map(str::to_owned).ok_or_else(unknown);
    }
    if name.starts_with("Kreis ")
        && let Some(key) = regions.district_named(name)
    {
        return Ok(key.to_owned());
    }
    if name.starts_with("Amt ")
        && let Some(key) = regions.association_named(name)
    {
        return Ok(key.to_owned());
    }
    let plain = name.strip_prefix("Gemeinde ").unwrap_or(name);
    let here = regions.municipalities_named(plain, STATE_SCHLESWIG_HOLSTEIN);
    let found = if here.is_empty() { regions.municipalities_named(plain, "") } else { here };
    match found.as_slice() {
        [one] => Ok(one.key.to_owned()),
        [] => {
            // A longer name that begins like this: `Schönwalde` for `Schönwalde am Bungsberg`.
            let longer: Vec<&str> = regions
                .within(STATE_SCHLESWIG_HOLSTEIN)
                .filter(|town| town.name.strip_prefix(plain).is_some_and(|rest| rest.starts_with([' ', '-', ','])))
                .map(|town| town.name)
                .collect();
            match longer.as_slice() {
                [] => Err(unknown()),
                [one] => Err(Problem::WordsNotQuoted { name: (*one).to_owned() }),
                names => {
                    let names: Vec<String> = names.iter().take(4).map(|name| format!("„{name}“")).collect();
                    Err(Problem::PlaceTwice { name: plain.to_owned(), candidates: names.join(", ") })
                }
            }
        }
        several => {
            let candidates: Vec<String> =
                several.iter().filter_map(|town| regions.name(town.key)).map(|name| format!("„{name}“")).collect();
            Err(Problem::PlaceTwice { name: name.to_owned(), candidates: candidates.join(", ") })
        }
    }
}

/// The municipality that stands in a text without quotation marks although its name has a word of
/// the language in it, which ends a value: `Schönwalde am Bungsberg`.
pub(super) fn with_word<'r>(regions: &'r crate::region::Regions, text: &str) -> Option<&'r str> {
    let plain: Vec<&str> = text.split(['"', '„', '“', '”', '»', '«']).step_by(2).collect();
    let ends = |word: &str| crate::syntax::keyword::RESERVED.contains(&word);
    regions
        .within(STATE_SCHLESWIG_HOLSTEIN)
        .map(|town| town.name)
        .filter(|name| name.split([' ', '-']).skip(1).any(ends))
        .find(|name| plain.iter().any(|part| part.contains(name)))
}
