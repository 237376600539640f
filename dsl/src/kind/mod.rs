//! Kinds of answers ("Art"): each with its limits, how input is read, how it is checked,
//! how it is shown, and what its errors say.
//!
//! Each kind is defined once, by what it says of itself in the room of its family; [`Kind`]
//! asks there. Reading is forgiving, checking is strict: an answer is accepted only in the
//! form that reading gives it, so every receiver sees one form.
//!
//! For every JSON value and every kind but a building block: [`Kind::check`] accepts it exactly
//! when [`Kind::schema`] accepts it and [`Kind::remainder`] holds. The remainder is an object:
//!
//! | key | holds when |
//! |---|---|
//! | `nfc: true` | the text is composed (Unicode NFC) |
//! | `decimal_places: n` | the number has at most `n` decimal places |
//! | `date_from: calc` | the date is not before that day; of an incomplete date its last possible day counts |
//! | `date_to: calc` | the date is not after that day; of an incomplete date its first possible day counts |
//! | `check_digit: "iban"` | check digits and the country's own form fit (ISO 13616) |
//! | `check_digit: "tax_id"` | check digit and repeated digits fit (§ 139b AO) |
//! | `known_place: true` | the official key is of a municipality that exists, or `990000000000` (abroad) |
//! | `valid_today: list` | the value of this code list may be chosen on the day of submission |

mod address;
mod bank;
mod characters;
mod choice;
mod contact;
mod countries;
mod country;
mod date;
mod definition;
mod file;
mod input;
mod known;
mod limits;
mod message;
mod money;
mod month;
mod municipality;
mod name;
mod number;
mod numeral;
mod plate;
mod state;
mod tax;
mod text;
pub(crate) mod units;
mod yes_no;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json, json};

use crate::model::{Item, Language, Set, Subject};
use definition::{Definition, Lists, line};

pub use country::countries;
pub(crate) use file::show_size;

pub use input::{Input, Surroundings, Widget};
pub use known::show_date;
pub use limits::{Choice, Choices, DateLimits, FileKind, FileLimits, LengthLimits, NumberLimits};
pub use money::show_money;
pub(crate) use month::month_name;
pub use name::{MAX_LONG_NAME, MAX_NAME};
pub use number::MAX_NUMBER;
pub(crate) use number::show_number;
pub use state::State;
pub use text::{MAX_DIGITS, MAX_LONG_TEXT, MAX_TEXT};

/// A kind of answer with its limits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// "Text": one line.
    Text(LengthLimits),
    /// "langer Text": several lines.
    LongText(LengthLimits),
    /// "Ziffern": digits with leading zeros, kept as text.
    Digits(LengthLimits),
    /// "ganze Zahl"
    Whole(NumberLimits),
    /// "Dezimalzahl": a number with a fixed number of decimal places.
    Decimal {
        /// How many decimal places are allowed ("Nachkommastellen").
        places: u32,
        /// Unit and limits.
        limits: NumberLimits,
    },
    /// "Betrag": an amount of money, whole cents.
    Money(NumberLimits),
    /// "Datum"
    Date(DateLimits),
    /// "Geburtsdatum"
    BirthDate {
        /// "auch unvollständig": `1980` or `1980-05` are answers, too.
        incomplete: bool,
        /// Limits; without any: not after today.
        limits: DateLimits,
    },
    /// "Monat": `2027-10`.
    Month,
    /// "Uhrzeit": `15:00`.
    Time,
    /// "Ja oder Nein"
    YesNo,
    /// "eine von" with options, or "Liste": one key.
    OneOf(Choices),
    /// "mehrere von": an array of keys.
    SeveralOf {
        /// What can be chosen.
        choices: Choices,
        /// "höchstens 3".
        #[serde(default, skip_serializing_if = "Option::is_none")]
        max: Option<u32>,
    },
    /// "Datei"
    File(FileLimits),
    /// "E-Mail"
    Email,
    /// "Telefon"
    Phone,
    /// "Postleitzahl": five digits.
    Postcode,
    /// "Gemeinde": an official key of 12 digits; `None`: any municipality.
    Municipality(Option<Set>),
    /// "Staat": a country, ISO 3166-1 alpha-2.
    Country,
    /// "Vorname": given names.
    GivenName,
    /// "Familienname"
    FamilyName,
    /// "Name": a whole name.
    FullName,
    /// "Organisation": a company, an association, an authority.
    Organisation,
    /// "Straße"
    Street,
    /// "Hausnummer": text, `12a`.
    HouseNumber,
    /// "Ort": a place, in an address abroad also with its postcode.
    Place,
    /// "IBAN" with check digits.
    Iban,
    /// "Steuernummer": the tax identification number ("Steuer-ID"), 11 digits with check digit.
    TaxNumber,
    /// "Kennzeichen": a German number plate, stored as `SE-AB 123`.
    NumberPlate,
    /// "Erklärung": must be given; the answer is `true`.
    Declaration,
    /// A building block ("Baustein"): an object of its questions.
    Block {
        /// The name of the building block.
        name: String,
        /// Its questions and paragraphs; what the use leaves out ("ohne") is gone.
        items: Vec<Item>,
    },
}

impl Kind {
    /// The unit that stands beside the field of a number, in the reader's language: `cm`,
    /// `hours per week`, `€ per year`.
    #[must_use]
    pub fn unit(&self, language: Language) -> Option<String> {
        match self {
            Self::Whole(limits) | Self::Decimal { limits, .. } => Some(units::alone(limits.unit.as_deref()?, language)),
            Self::Money(limits) => {
                let period = limits.unit.as_deref().map(|period| units::alone(period, language));
                Some(format!("€ {}", period.unwrap_or_default()).trim().to_owned())
            }
            _ => None,
        }
    }

    /// How it is shown. Up to seven choices are radios, more a select.
    #[must_use]
    pub fn widget(&self, lists: &Lists) -> Widget {
        self.with(|kind| kind.widget(lists))
    }

    /// The `autocomplete` token (WCAG 1.3.5); `None` when the answer is not about the applicant.
    /// For dates the token of the day is `bday-day`, of month and year accordingly: this
    /// answers `bday`.
    #[must_use]
    pub fn autocomplete(&self, subject: &Subject) -> Option<&'static str> {
        match subject {
            Subject::Applicant => self.with(|kind| kind.autocomplete()),
            Subject::Other => None,
        }
    }

    /// Reads what somebody typed: forgiving about spaces, dashes, dots and letter case where
    /// the kind allows it. `Ok(None)`: nothing was given. Files and building blocks are not
    /// read here. A yes/no is `ja` or `nein`, a declaration that is given `ja`, a choice its key.
    ///
    /// # Errors
    /// What is the matter with it.
    pub fn read(&self, input: &Input, around: Surroundings<'_>) -> Result<Option<Json>, State> {
        self.with(|kind| kind.read(input, around))
    }

    /// Checks an answer as JSON, everything but absence and conditions of options; an empty
    /// text or array, and a declaration that is not given, is [`State::Empty`].
    /// Blocks are not looked into.
    ///
    /// # Errors
    /// What is the matter with it.
    pub fn check(&self, answer: &Json, around: Surroundings<'_>) -> Result<(), State> {
        self.with(|kind| kind.check(answer, around))
    }

    /// The answer as people read it: `4. März 2027`, `1.250,00 €`, the label of a choice.
    /// Several values are joined with commas.
    #[must_use]
    pub fn show(&self, answer: &Json, language: Language, around: Surroundings<'_>) -> String {
        self.with(|kind| kind.show(answer, language, around))
    }

    /// The answer as the input that would give it, for a page that is filled in.
    #[must_use]
    pub fn input(&self, answer: &Json, language: Language, around: Surroundings<'_>) -> Input {
        self.with(|kind| kind.input(answer, language, around))
    }

    /// The sentence for a person: what is the matter and what to do.
    /// `label` is the question's label in that language.
    #[must_use]
    pub fn message(&self, state: &State, label: &str, language: Language) -> String {
        self.with(|kind| message::message(kind, state, label, language))
    }

    /// The fragment of JSON Schema 2020-12 that says what is checked here, as far as it can
    /// be said there.
    #[must_use]
    pub fn schema(&self, lists: &Lists, language: Language) -> Json {
        self.with(|kind| kind.schema(lists, language))
    }

    /// What [`Kind::schema`] cannot say and [`Kind::check`] demands, machine-readable, for
    /// `x-amtsweg-…`: check digits, limits with today, decimal places, known places. Empty
    /// where the schema says it all. The keys stand at the head of [this module](self).
    #[must_use]
    pub fn remainder(&self) -> Map<String, Json> {
        self.with(|kind| kind.remainder())
    }

    /// Hands the definition of the kind to `ask`.
    fn with<R>(&self, ask: impl FnOnce(&dyn Definition) -> R) -> R {
        match self {
            Self::Text(limits) => ask(&text::Line(limits)),
            Self::LongText(limits) => ask(&text::Lines(limits)),
            Self::Digits(limits) => ask(&text::Digits(limits)),
            Self::Whole(limits) => ask(&number::Whole(limits)),
            Self::Decimal { places, limits } => ask(&number::Fraction { places: *places, limits }),
            Self::Money(limits) => ask(&money::Money(limits)),
            Self::Date(limits) => ask(&date::Day { limits, birth: false, incomplete: false }),
            Self::BirthDate { incomplete, limits } => ask(&date::Day { limits, birth: true, incomplete: *incomplete }),
            Self::Month => ask(&month::Month),
            Self::Time => ask(&month::Time),
            Self::YesNo => ask(&yes_no::YesNo),
            Self::OneOf(choices) => ask(&choice::One(choices)),
            Self::SeveralOf { choices, max } => ask(&choice::Several { choices, max: *max }),
            Self::File(limits) => ask(&file::File(limits)),
            Self::Email => ask(&contact::Email),
            Self::Phone => ask(&contact::Phone),
            Self::Postcode => ask(&address::Postcode),
            Self::Municipality(set) => ask(&municipality::Municipality(set.as_ref())),
            Self::Country => ask(&country::Country),
            Self::GivenName => ask(&name::Person::GIVEN),
            Self::FamilyName => ask(&name::Person::FAMILY),
            Self::FullName => ask(&name::Person::FULL),
            Self::Organisation => ask(&name::Label::ORGANISATION),
            Self::Street => ask(&name::Label::STREET),
            Self::HouseNumber => ask(&name::Label::HOUSE_NUMBER),
            Self::Place => ask(&name::Label::PLACE),
            Self::Iban => ask(&bank::Iban),
            Self::TaxNumber => ask(&tax::TaxNumber),
            Self::NumberPlate => ask(&plate::Plate),
            Self::Declaration => ask(&yes_no::Declaration),
            Self::Block { .. } => ask(&Block),
        }
    }
}

/// A building block: its questions are looked at one by one, elsewhere.
struct Block;

impl Definition for Block {
    fn words(&self) -> message::Words {
        message::Words { de: ("Die Angaben", "alle Angaben"), en: ("The details", "all details") }
    }

    fn widget(&self, _lists: &Lists) -> Widget {
        Widget::Group
    }

    fn read(&self, _input: &Input, _around: Surroundings<'_>) -> Result<Option<Json>, State> {
        Ok(None)
    }

    fn check(&self, answer: &Json, _around: Surroundings<'_>) -> Result<(), State> {
        if answer.is_object() { Ok(()) } else { Err(State::WrongType) }
    }

    fn schema(&self, _lists: &Lists, _language: Language) -> Json {
        json!({ "type": "object" })
    }
}
