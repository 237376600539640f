//! What kind of answer a question takes, in words.

use rust_decimal::Decimal;

use super::Narrator;
use super::amounts::Case;
use super::document::{Block, Point};
use super::say;
use crate::kind::{
    Choices, DateLimits, FileLimits, Kind, LengthLimits, MAX_DIGITS, MAX_LONG_TEXT, MAX_TEXT, NumberLimits, show_size,
};
use crate::model::{Set, Values};

impl Narrator<'_> {
    /// The kind with its limits: `eine ganze Zahl, mindestens 10 cm, höchstens 1.500 cm`.
    pub(super) fn kind(&self, kind: &Kind) -> String {
        match kind {
            Kind::Text(limits) => self.length(say!(self; "eine Zeile Text", "one line of text"), limits, MAX_TEXT),
            Kind::LongText(limits) => {
                self.length(say!(self; "ein längerer Text", "a longer text"), limits, MAX_LONG_TEXT)
            }
            Kind::Digits(limits) => {
                let unit = self.pick("Stellen", "digits");
                self.length_in(say!(self; "eine Folge von Ziffern", "a row of digits"), limits, MAX_DIGITS, unit)
            }
            Kind::Whole(limits) => {
                self.limited(say!(self; "eine ganze Zahl", "a whole number"), limits, limits.unit.as_deref())
            }
            Kind::Decimal { places, limits } => {
                let base = match places {
                    1 => {
                        say!(self; "eine Zahl mit höchstens einer Nachkommastelle", "a number with at most one decimal place")
                    }
                    places => {
                        say!(self; "eine Zahl mit höchstens {places} Nachkommastellen", "a number with at most {places} decimal places")
                    }
                };
                self.limited(base, limits, limits.unit.as_deref())
            }
            Kind::Money(limits) => {
                let unit = format!("€ {}", limits.unit.as_deref().unwrap_or_default());
                self.limited(say!(self; "ein Geldbetrag", "an amount of money"), limits, Some(unit.trim()))
            }
            Kind::Date(limits) => self.days(say!(self; "ein Datum", "a date"), limits),
            Kind::BirthDate { incomplete, limits } => {
                let said = self.days(say!(self; "ein Geburtsdatum", "a date of birth"), limits);
                match incomplete {
                    true => say!(self; "{said}; Tag oder Monat dürfen fehlen", "{said}; day or month may be missing"),
                    false => said,
                }
            }
            Kind::Month => say!(self; "ein Monat mit Jahr", "a month and year"),
            Kind::Time => say!(self; "eine Uhrzeit", "a time of day"),
            Kind::YesNo => say!(self; "Ja oder Nein", "yes or no"),
            Kind::OneOf(choices) => match choices {
                Choices::Options(options) => {
                    let count = options.len();
                    say!(self; "genau eine von {count} Möglichkeiten", "exactly one of {count} options")
                }
                Choices::List { .. } => {
                    let list = self.list(choices);
                    say!(self; "genau ein Eintrag aus {list}", "exactly one entry of {list}")
                }
            },
            Kind::SeveralOf { choices, max } => {
                let said = match choices {
                    Choices::Options(options) => {
                        let count = options.len();
                        say!(self; "eine oder mehrere von {count} Möglichkeiten", "one or more of {count} options")
                    }
                    Choices::List { .. } => {
                        let list = self.list(choices);
                        say!(self; "ein oder mehrere Einträge aus {list}", "one or more entries of {list}")
                    }
                };
                match max {
                    Some(max) => say!(self; "{said}, höchstens {max}", "{said}, at most {max}"),
                    None => said,
                }
            }
            Kind::File(limits) => self.files(limits),
            Kind::Email => say!(self; "eine E-Mail-Adresse", "an e-mail address"),
            Kind::Phone => say!(self; "eine Telefonnummer", "a telephone number"),
            Kind::Postcode => say!(self; "eine Postleitzahl", "a postcode"),
            Kind::Municipality(None) => {
                say!(self; "eine Gemeinde in Deutschland oder ein Ort im Ausland", "a municipality in Germany or a place abroad")
            }
            Kind::Municipality(Some(set)) => self.municipality(set),
            Kind::Country => say!(self; "ein Staat", "a country"),
            Kind::GivenName => say!(self; "ein oder mehrere Vornamen", "one or more given names"),
            Kind::FamilyName => say!(self; "ein Familienname", "a family name"),
            Kind::FullName => say!(self; "ein ganzer Name", "a whole name"),
            Kind::Organisation => say!(self; "der Name einer Organisation", "the name of an organisation"),
            Kind::Street => say!(self; "eine Straße", "a street"),
            Kind::HouseNumber => say!(self; "eine Hausnummer", "a house number"),
            Kind::Place => say!(self; "ein Ort", "a place"),
            Kind::Iban => {
                say!(self; "eine IBAN; ihre Prüfziffer wird geprüft", "an IBAN; its check digits are checked")
            }
            Kind::TaxNumber => {
                say!(self; "eine Steuer-Identifikationsnummer; ihre Prüfziffer wird geprüft", "a tax identification number; its check digit is checked")
            }
            Kind::NumberPlate => say!(self; "ein deutsches Kraftfahrzeug-Kennzeichen", "a German number plate"),
            Kind::Declaration => {
                say!(self; "eine Erklärung, die abgegeben werden muss", "a declaration that must be given")
            }
            Kind::Block { .. } => say!(self; "mehrere Angaben", "several answers"),
        }
    }

    /// The options of a choice, each with what belongs to it.
    pub(super) fn options(&self, kind: &Kind, way: &[&str]) -> Option<Block> {
        let (Kind::OneOf(Choices::Options(options)) | Kind::SeveralOf { choices: Choices::Options(options), .. }) =
            kind
        else {
            return None;
        };
        let points = options.iter().map(|option| {
            let mut said = self.quoted(&option.label, way);
            if option.excludes_others {
                said.push_str(self.pick("; schließt alle anderen aus", "; excludes all others"));
            }
            if let Some(condition) = &option.condition {
                let (number, clause) = (self.condition(condition), self.clause(condition));
                said.push_str(&say!(self; " (steht nur zur Wahl, wenn {clause} – {number})", " (is offered only if {clause} – {number})"));
            }
            let mut point = Point::plain(&said);
            if let Some(hint) = &option.hint {
                let hint = self.quoted(hint, way);
                point.inner.push(Block::paragraph(&say!(self; "Hinweis: {hint}", "Hint: {hint}")));
            }
            point
        });
        Some(Block::Points(points.collect()))
    }

    fn list(&self, choices: &Choices) -> String {
        let Choices::List { name, only } = choices else { return String::new() };
        let title = self.procedure.lists.get(name).map_or(name.as_str(), |list| list.title.get(self.language));
        let title = self.quote(title);
        let list = say!(self; "der Liste {title}", "the list {title}");
        let Some(Values::Keys(keys)) = only.as_ref().map(|only| &only.values) else { return list };
        let all = self.procedure.lists.get(name).map(|list| list.values.as_slice()).unwrap_or_default();
        let labels = |taken: bool| -> Vec<String> {
            let values = all.iter().filter(|value| keys.contains(&value.key) == taken);
            values.map(|value| self.quote(value.label.get(self.language))).collect()
        };
        // Whichever is shorter to read.
        let (taken, left) = (labels(true), labels(false));
        if left.len() < taken.len() {
            let left = self.and(&left);
            return say!(self; "{list}, ausgenommen {left}", "{list}, except {left}");
        }
        let taken = self.and(&taken);
        say!(self; "{list}, und zwar nur {taken}", "{list}, namely only {taken}")
    }

    fn length(&self, base: String, limits: &LengthLimits, most: u32) -> String {
        self.length_in(base, limits, most, self.pick("Zeichen", "characters"))
    }

    fn length_in(&self, base: String, limits: &LengthLimits, most: u32, unit: &str) -> String {
        let shown = |count: u32| self.number(count.into(), None);
        let (min, max) = (limits.min.map(shown), shown(limits.max.unwrap_or(most)));
        match min {
            Some(min) if min == max => say!(self; "{base}, genau {min} {unit}", "{base}, exactly {min} {unit}"),
            Some(min) => {
                say!(self; "{base}, mindestens {min} und höchstens {max} {unit}", "{base}, at least {min} and at most {max} {unit}")
            }
            None => say!(self; "{base}, höchstens {max} {unit}", "{base}, at most {max} {unit}"),
        }
    }

    fn limited(&self, base: String, limits: &NumberLimits, unit: Option<&str>) -> String {
        let shown = |number: Decimal| self.number(number, unit);
        match (limits.min.map(shown), limits.max.map(shown)) {
            (Some(min), Some(max)) if min == max => say!(self; "{base}, genau {min}", "{base}, exactly {min}"),
            (Some(min), Some(max)) => {
                say!(self; "{base}, mindestens {min} und höchstens {max}", "{base}, at least {min} and at most {max}")
            }
            (Some(min), None) => say!(self; "{base}, mindestens {min}", "{base}, at least {min}"),
            (None, Some(max)) => say!(self; "{base}, höchstens {max}", "{base}, at most {max}"),
            (None, None) => match unit.filter(|unit| !unit.starts_with('€') || unit.len() > '€'.len_utf8()) {
                Some(unit) => {
                    let unit = self.number(Decimal::TWO, Some(unit));
                    let unit = unit.trim_start_matches(|c: char| c.is_ascii_digit() || " ,.€".contains(c));
                    say!(self; "{base} in {unit}", "{base} in {unit}")
                }
                None => base,
            },
        }
    }

    fn days(&self, base: String, limits: &DateLimits) -> String {
        let day = |calc| self.day(calc, Case::Nominative);
        match (limits.from.as_ref().map(day), limits.to.as_ref().map(day)) {
            (Some(from), Some(to)) => {
                say!(self; "{base}, frühestens {from} und spätestens {to}", "{base}, {from} at the earliest and {to} at the latest")
            }
            (Some(from), None) => say!(self; "{base}, frühestens {from}", "{base}, {from} at the earliest"),
            (None, Some(to)) => say!(self; "{base}, spätestens {to}", "{base}, {to} at the latest"),
            (None, None) => base,
        }
    }

    fn files(&self, limits: &FileLimits) -> String {
        let names: Vec<String> = limits.kinds.iter().map(|kind| kind.name().to_owned()).collect();
        let (names, size) = (self.or(&names), show_size(limits.max_size, self.language));
        let (min, max) = (limits.min_count.max(1), limits.max_count);
        match (min, max) {
            (_, 1) => say!(self; "eine Datei ({names}), höchstens {size} groß", "one file ({names}), at most {size}"),
            (min, max) if min == max => {
                say!(self; "genau {min} Dateien ({names}), jede höchstens {size} groß", "exactly {min} files ({names}), each at most {size}")
            }
            (min, max) => {
                say!(self; "{min} bis {max} Dateien ({names}), jede höchstens {size} groß", "{min} to {max} files ({names}), each at most {size}")
            }
        }
    }

    fn municipality(&self, set: &Set) -> String {
        match &set.values {
            Values::Municipalities { within, except } => self.towns(within, except),
            _ => say!(self; "eine Gemeinde", "a municipality"),
        }
    }
}
