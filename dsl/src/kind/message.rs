//! The sentences that tell a person what is the matter, where no kind has its own.
//!
//! What is missing is an instruction, what is wrong a description. Each sentence names the
//! question or the thing; no sentence stands for two states.

use super::definition::Definition;
use super::{State, characters};
use crate::model::Language;

/// What answers of a kind are called: "The date", "a date" (in German as an object).
#[derive(Debug, Clone, Copy)]
pub(super) struct Words {
    /// With the definite article as the subject, with the indefinite one as the object.
    pub de: (&'static str, &'static str),
    /// As `de`.
    pub en: (&'static str, &'static str),
}

/// A sentence in German, English and easy-to-read German, of which one is made.
macro_rules! say {
    ($language:expr; $german:literal, $english:literal, $easy:literal) => {
        match $language {
            crate::model::Language::German => format!($german),
            crate::model::Language::English => format!($english),
            crate::model::Language::Easy => format!($easy),
        }
    };
}
pub(super) use say;

/// The sentence of the kind, or else the one that every kind has.
pub(super) fn message(kind: &dyn Definition, state: &State, label: &str, language: Language) -> String {
    if let State::Rule(text) = state {
        return text.get(language).to_owned();
    }
    kind.message(state, label, language).unwrap_or_else(|| general(kind, state, label, language))
}

fn general(kind: &dyn Definition, state: &State, label: &str, language: Language) -> String {
    let words = kind.words();
    let (the, a) = if language == Language::English { words.en } else { words.de };
    let (min, max) = kind.lengths().unwrap_or((1, u32::MAX));
    match state {
        State::Empty => say!(language;
            "Geben Sie bei „{label}“ {a} an.",
            "Enter {a} for “{label}”.",
            "Hier fehlt etwas: „{label}“. Schreiben Sie {a}."),
        State::TooShort => say!(language;
            "{the} bei „{label}“ muss mindestens {min} Zeichen lang sein.",
            "{the} for “{label}” must be at least {min} characters long.",
            "Das ist zu kurz: „{label}“. Schreiben Sie {min} Zeichen oder mehr."),
        State::TooLong => say!(language;
            "{the} bei „{label}“ darf höchstens {max} Zeichen lang sein.",
            "{the} for “{label}” must be at most {max} characters long.",
            "Das ist zu lang: „{label}“. Schreiben Sie {max} Zeichen oder weniger."),
        State::Character(c) => character(*c, the, label, language),
        State::NotDigits => say!(language;
            "{the} bei „{label}“ darf nur Ziffern enthalten.",
            "{the} for “{label}” must contain digits only.",
            "Hier stehen nicht nur Ziffern: „{label}“. Schreiben Sie nur Ziffern."),
        State::NotANumber => say!(language;
            "{the} bei „{label}“ muss aus Ziffern bestehen, zum Beispiel 30.",
            "{the} for “{label}” must be a number, for example 30.",
            "Das ist keine Zahl: „{label}“. Schreiben Sie eine Zahl, zum Beispiel 30."),
        State::NotWhole => say!(language;
            "{the} bei „{label}“ muss ohne Komma sein, zum Beispiel 30.",
            "{the} for “{label}” must be whole, for example 30.",
            "Die Zahl hat ein Komma: „{label}“. Schreiben Sie eine Zahl ohne Komma."),
        State::TooManyPlaces => say!(language;
            "{the} bei „{label}“ hat zu viele Stellen hinter dem Komma.",
            "{the} for “{label}” has too many decimal places.",
            "Die Zahl ist zu genau: „{label}“. Schreiben Sie weniger Ziffern hinter das Komma."),
        State::TooLow => say!(language;
            "{the} bei „{label}“ ist zu niedrig.",
            "{the} for “{label}” is too low.",
            "Das ist zu wenig: „{label}“."),
        State::TooHigh => say!(language;
            "{the} bei „{label}“ ist zu hoch.",
            "{the} for “{label}” is too high.",
            "Das ist zu viel: „{label}“."),
        State::DayMissing => say!(language;
            "Bei „{label}“ fehlt der Tag.",
            "The day is missing for “{label}”.",
            "Der Tag fehlt: „{label}“."),
        State::MonthMissing => say!(language;
            "Bei „{label}“ fehlt der Monat.",
            "The month is missing for “{label}”.",
            "Der Monat fehlt: „{label}“."),
        State::YearMissing => say!(language;
            "Bei „{label}“ fehlt das Jahr.",
            "The year is missing for “{label}”.",
            "Das Jahr fehlt: „{label}“."),
        State::YearDigits => say!(language;
            "Das Jahr bei „{label}“ muss vier Ziffern haben.",
            "The year for “{label}” must have four digits.",
            "Das Jahr hat 4 Ziffern: „{label}“."),
        State::NoSuchDate => say!(language;
            "{the} bei „{label}“ gibt es im Kalender nicht.",
            "{the} for “{label}” is not in the calendar.",
            "Diesen Tag gibt es nicht: „{label}“."),
        State::TooEarly(_) => say!(language;
            "{the} bei „{label}“ ist zu früh.",
            "{the} for “{label}” is too early.",
            "Das ist zu früh: „{label}“."),
        State::TooLate(_) => say!(language;
            "{the} bei „{label}“ ist zu spät.",
            "{the} for “{label}” is too late.",
            "Das ist zu spät: „{label}“."),
        State::NotAChoice => say!(language;
            "{the} bei „{label}“ gehört nicht zu dem, was angeboten wird.",
            "{the} for “{label}” is not one of those that are offered.",
            "Diese Antwort gibt es nicht: „{label}“. Wählen Sie eine andere aus."),
        State::TooManyChoices => say!(language;
            "Bei „{label}“ ist zu viel ausgewählt.",
            "Too many options are selected for “{label}”.",
            "Sie haben zu viel ausgewählt: „{label}“."),
        State::Excluded => say!(language;
            "Bei „{label}“ schließt sich aus, was ausgewählt ist.",
            "The options selected for “{label}” exclude each other.",
            "Das passt nicht zusammen: „{label}“."),
        State::Form => say!(language;
            "{the} bei „{label}“ hat nicht die richtige Form.",
            "{the} for “{label}” does not have the right form.",
            "Das ist nicht richtig geschrieben: „{label}“."),
        State::CheckDigit => say!(language;
            "{the} bei „{label}“ enthält einen Tippfehler.",
            "{the} for “{label}” contains a typing mistake.",
            "Hier ist ein Fehler: „{label}“. Vergleichen Sie jede Ziffer."),
        State::NoSuchPlace => say!(language;
            "{the} bei „{label}“ ist uns nicht bekannt.",
            "{the} for “{label}” is not known to us.",
            "Das kennen wir nicht: „{label}“."),
        State::SeveralPlaces(_) => say!(language;
            "Bei „{label}“ passen mehrere Orte.",
            "Several places fit for “{label}”.",
            "Es gibt mehrere Orte: „{label}“. Wählen Sie einen aus."),
        State::PlaceOutside => say!(language;
            "{the} bei „{label}“ liegt außerhalb des Gebiets.",
            "{the} for “{label}” is outside the area.",
            "Das ist nicht in unserem Gebiet: „{label}“."),
        State::FileKind => say!(language;
            "Die Datei bei „{label}“ ist von einer anderen Art.",
            "The file for “{label}” is of another kind.",
            "Diese Art von Datei geht nicht: „{label}“."),
        State::FileSize => say!(language;
            "Die Datei bei „{label}“ ist zu groß.",
            "The file for “{label}” is too large.",
            "Die Datei ist zu groß: „{label}“."),
        State::FileEmpty => say!(language;
            "Die Datei bei „{label}“ ist leer.",
            "The file for “{label}” is empty.",
            "In der Datei steht nichts: „{label}“."),
        State::TooFewFiles => say!(language;
            "Bei „{label}“ fehlen noch Dateien.",
            "There are files missing for “{label}”.",
            "Das sind zu wenige Dateien: „{label}“."),
        State::TooManyFiles => say!(language;
            "Bei „{label}“ sind es zu viele Dateien.",
            "There are too many files for “{label}”.",
            "Das sind zu viele Dateien: „{label}“."),
        State::WrongType => say!(language;
            "Wir haben bei „{label}“ {a} erwartet und etwas anderes bekommen.",
            "We expected {a} for “{label}” and received something else.",
            "Hier ist etwas anderes angekommen: „{label}“. Wir brauchen {a}."),
        State::TooFewEntries(1) => say!(language;
            "Fügen Sie bei „{label}“ einen Eintrag hinzu.",
            "Add an entry for “{label}”.",
            "Hier fehlt ein Eintrag: „{label}“. Machen Sie einen Eintrag."),
        State::TooFewEntries(least) => say!(language;
            "Fügen Sie bei „{label}“ Einträge hinzu, bis es mindestens {least} sind.",
            "Add entries for “{label}” until there are at least {least}.",
            "Das sind zu wenige Einträge: „{label}“. Wir brauchen {least} oder mehr."),
        State::TooManyEntries(1) => say!(language;
            "Bei „{label}“ ist nur ein Eintrag möglich.",
            "Only one entry is possible for “{label}”.",
            "Das sind zu viele Einträge: „{label}“. Nur ein Eintrag geht."),
        State::TooManyEntries(most) => say!(language;
            "Bei „{label}“ sind es zu viele Einträge. Höchstens {most} sind möglich.",
            "There are too many entries for “{label}”. At most {most} are possible.",
            "Das sind zu viele Einträge: „{label}“. Höchstens {most} gehen."),
        State::Rule(text) => text.get(language).to_owned(),
        State::NotAsked => say!(language;
            "Nach „{label}“ wird hier nicht gefragt.",
            "“{label}” is not asked for here.",
            "Das brauchen wir nicht: „{label}“."),
    }
}

fn character(c: char, the: &str, label: &str, language: Language) -> String {
    if c == ' ' {
        return say!(language;
            "{the} bei „{label}“ darf keine überzähligen Leerzeichen enthalten.",
            "{the} for “{label}” must not contain superfluous spaces.",
            "Hier sind zu viele Leerzeichen: „{label}“.");
    }
    if characters::is_refused(c) || unicode_normalization::char::is_combining_mark(c) {
        return say!(language;
            "{the} bei „{label}“ darf keine unsichtbaren oder losen Zeichen enthalten. Tippen Sie den Text neu.",
            "{the} for “{label}” must not contain invisible or loose characters. Type the text again.",
            "Hier ist ein Zeichen, das man nicht sieht: „{label}“. Schreiben Sie den Text noch einmal.");
    }
    say!(language;
        "{the} bei „{label}“ darf das Zeichen „{c}“ nicht enthalten.",
        "{the} for “{label}” must not contain the character “{c}”.",
        "Dieses Zeichen geht hier nicht: {c}. Es steht bei: „{label}“.")
}
