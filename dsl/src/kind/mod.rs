//! Kinds of answers ("Art"): each with its limits, how input is read, how it is checked,
//! how it is shown, and what its errors say.

use jiff::civil::Date;
use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::model::{Calc, CodeList, Item, Language, Set, Subject, Text};
use crate::region::Regions;

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

/// What can be chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Choices {
    /// The options of the question itself.
    Options(Vec<Choice>),
    /// Values of a code list of the procedure.
    List {
        /// Its name in [`crate::model::Procedure::lists`].
        name: String,
        /// Only these keys; `None`: all.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        only: Option<Set>,
    },
}

/// An option of a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Choice {
    /// The key that is stored and sent.
    pub key: String,
    /// What is shown.
    pub label: Text,
    /// A hint below the option.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<Text>,
    /// "schließt andere aus": "none of these".
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub excludes_others: bool,
    /// "nur wenn": whether it is offered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub condition: Option<crate::model::Condition>,
}

/// Limits on the length of a text, in characters (Unicode code points after NFC).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LengthLimits {
    /// The least length.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<u32>,
    /// The greatest length.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<u32>,
}

/// Unit and limits of a number.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct NumberLimits {
    /// The unit as it is shown ("cm", "Stunden je Woche"); of money: the period ("je Jahr").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// The least number (money: cents).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<Decimal>,
    /// The greatest number (money: cents).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<Decimal>,
}

/// Limits of a date, both included; the calculations hold constants and today only.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DateLimits {
    /// The first day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Calc>,
    /// The last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Calc>,
}

/// Limits of files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FileLimits {
    /// The kinds that are taken.
    pub kinds: Vec<FileKind>,
    /// The greatest size of one file, in bytes.
    pub max_size: u64,
    /// The least number of files.
    pub min_count: u32,
    /// The greatest number of files; above 1 the answer is an array.
    pub max_count: u32,
}

/// A kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FileKind {
    /// PDF
    Pdf,
    /// JPEG
    Jpeg,
    /// PNG
    Png,
}

/// What somebody typed or chose, as a form sends it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// One field; what was typed.
    Line(String),
    /// Day, month and year of a date.
    Date {
        /// Day.
        day: String,
        /// Month: a number or a name.
        month: String,
        /// Year.
        year: String,
    },
    /// The values of the boxes that are ticked.
    Many(Vec<String>),
}

/// What kinds need to know to read and check an answer.
#[derive(Clone, Copy)]
pub struct Surroundings<'a> {
    /// The code lists of the procedure.
    pub lists: &'a std::collections::BTreeMap<String, CodeList>,
    /// The municipalities.
    pub regions: &'a Regions,
    /// The day of submission.
    pub today: Date,
}

/// What is the matter with an answer. Each has its own sentence, see [`Kind::message`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// Nothing was given.
    Empty,
    /// Shorter than allowed.
    TooShort,
    /// Longer than allowed.
    TooLong,
    /// A character that cannot be in it (the first one).
    Character(char),
    /// Something else than digits.
    NotDigits,
    /// Not a number.
    NotANumber,
    /// Not a whole number.
    NotWhole,
    /// More decimal places than allowed.
    TooManyPlaces,
    /// Below the least number.
    TooLow,
    /// Above the greatest number.
    TooHigh,
    /// The day is missing.
    DayMissing,
    /// The month is missing.
    MonthMissing,
    /// The year is missing.
    YearMissing,
    /// The year has not four digits.
    YearDigits,
    /// No such date.
    NoSuchDate,
    /// Before the first day that is allowed (that day).
    TooEarly(Date),
    /// After the last day that is allowed (that day).
    TooLate(Date),
    /// Not one of the choices.
    NotAChoice,
    /// More choices than allowed.
    TooManyChoices,
    /// An option that excludes others, and another one.
    Excluded,
    /// Not in the form that the kind has (e-mail, phone, postcode, plate, time, month).
    Form,
    /// The check digit is wrong.
    CheckDigit,
    /// No such place or postcode.
    NoSuchPlace,
    /// Several places fit: one is to be chosen (official keys).
    SeveralPlaces(Vec<String>),
    /// A place outside those that are allowed.
    PlaceOutside,
    /// A file of another kind than allowed.
    FileKind,
    /// A file larger than allowed.
    FileSize,
    /// A file without content.
    FileEmpty,
    /// Fewer files than needed.
    TooFewFiles,
    /// More files than allowed.
    TooManyFiles,
    /// Not the JSON type that the kind has.
    WrongType,
    /// Fewer entries of a repeat than needed (that many).
    TooFewEntries(u32),
    /// More entries of a repeat than allowed (that many).
    TooManyEntries(u32),
    /// A rule of the procedure is broken: its text, filled in.
    Rule(Text),
    /// An answer to a question that is not asked or does not exist.
    NotAsked,
}

/// How a kind is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Widget {
    /// One line of text.
    Line {
        /// The `type` attribute: `text`, `email` or `tel`.
        input_type: &'static str,
        /// The `inputmode` attribute.
        input_mode: Option<&'static str>,
        /// How many characters wide; `None`: the whole width.
        width: Option<u8>,
        /// Whether the browser may check the spelling.
        spellcheck: bool,
    },
    /// Several lines of text.
    Area,
    /// Day, month and year.
    Date,
    /// One of a few.
    Radios,
    /// Several of a few.
    Checkboxes,
    /// One of many.
    Select,
    /// One field for a place or a postcode, candidates as radios.
    Place,
    /// A file.
    File,
    /// One box to tick.
    Declaration,
    /// The questions of a building block.
    Group,
}

impl Kind {
    /// How it is shown. Up to seven choices are radios, more a select.
    #[must_use]
    pub fn widget(&self, lists: &std::collections::BTreeMap<String, CodeList>) -> Widget {
        todo!()
    }

    /// The `autocomplete` token (WCAG 1.3.5); `None` when the answer is not about the applicant.
    /// For dates the token of the day is `bday-day`, of month and year accordingly: this
    /// answers `bday`.
    #[must_use]
    pub fn autocomplete(&self, subject: &Subject) -> Option<&'static str> {
        todo!()
    }

    /// Reads what somebody typed: forgiving about spaces, dashes, dots and letter case where
    /// the kind allows it. `Ok(None)`: nothing was given. Files are not read here.
    ///
    /// # Errors
    /// What is the matter with it.
    pub fn read(&self, input: &Input, around: Surroundings<'_>) -> Result<Option<Json>, State> {
        todo!()
    }

    /// Checks an answer as JSON, everything but [`State::Empty`] and conditions of options.
    /// Blocks are not looked into.
    ///
    /// # Errors
    /// What is the matter with it.
    pub fn check(&self, answer: &Json, around: Surroundings<'_>) -> Result<(), State> {
        todo!()
    }

    /// The answer as people read it: `4. März 2027`, `1.250,00 €`, the label of a choice.
    /// Several values are joined with commas.
    #[must_use]
    pub fn show(&self, answer: &Json, language: Language, around: Surroundings<'_>) -> String {
        todo!()
    }

    /// The answer as the input that would give it, for a page that is filled in.
    #[must_use]
    pub fn input(&self, answer: &Json, language: Language, around: Surroundings<'_>) -> Input {
        todo!()
    }

    /// The sentence for a person: what is the matter and what to do.
    /// `label` is the question's label in that language.
    #[must_use]
    pub fn message(&self, state: &State, label: &str, language: Language) -> String {
        todo!()
    }

    /// The fragment of JSON Schema 2020-12 that says what is checked here, as far as it can
    /// be said there.
    #[must_use]
    pub fn schema(&self, lists: &std::collections::BTreeMap<String, CodeList>, language: Language) -> Json {
        todo!()
    }

    /// What [`Kind::schema`] cannot say and [`Kind::check`] demands, machine-readable, for
    /// `x-amtsweg-…`: check digits, limits with today, decimal places, known places. Empty
    /// where the schema says it all.
    #[must_use]
    pub fn remainder(&self) -> serde_json::Map<String, Json> {
        todo!()
    }
}
