use jiff::civil::Date;

use crate::model::Text;

/// What is the matter with an answer. Each has its own sentence, see [`super::Kind::message`].
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
