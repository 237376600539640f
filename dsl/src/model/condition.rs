use jiff::civil::{Date, Time};
use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Set;

/// The way to an answer, from the top of the answers.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Ref {
    /// JSON keys, and the current entry of each repeat that lies on the way.
    pub steps: Vec<Step>,
    /// A fact about the value of a code list ("rasse.größe"): its column.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fact: Option<String>,
}

/// One step of a [`Ref`].
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// A member of an object.
    Key(String),
    /// The entry of the repeat so far that is looked at: inside an entry its own,
    /// inside a quantifier the one that it is at.
    Entry,
}

/// Something that holds or does not ("Bedingung").
///
/// There is no third value: a comparison with an answer that is absent does not hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    /// All hold; of none: holds.
    All(Vec<Condition>),
    /// At least one holds.
    Any(Vec<Condition>),
    /// Does not hold.
    Not(Box<Condition>),
    /// `x = <set>`: the value is there and in the set.
    In {
        /// What is looked at.
        what: Calc,
        /// The values for which it holds.
        set: Set,
    },
    /// `x enthält <set>`: an answer of several-of is there and one of its options is in the set.
    Contains {
        /// The answer.
        what: Ref,
        /// The options for which it holds.
        set: Set,
    },
    /// A comparison of two values of one kind and unit.
    Compare {
        /// Left of the sign.
        left: Calc,
        /// The sign.
        op: Op,
        /// Right of the sign.
        right: Calc,
    },
    /// "ist beantwortet": asked and given.
    Answered(Ref),
    /// "jeder hunde: …": for every entry; over none it holds.
    Every {
        /// The repeat.
        list: Ref,
        /// What must hold for each entry.
        holds: Box<Condition>,
    },
    /// "mindestens ein hunde: …".
    Some {
        /// The repeat.
        list: Ref,
        /// What must hold for one entry.
        holds: Box<Condition>,
    },
    /// "hunde verschieden nach chip": no two entries have the same value.
    Distinct {
        /// The repeat.
        list: Ref,
        /// The answer inside an entry.
        by: Ref,
    },
    /// "mindestens/genau/höchstens eine Antwort: a, b".
    Group {
        /// How many are to be answered.
        quantity: Quantity,
        /// The answers that count.
        answers: Vec<Ref>,
    },
}

/// A comparison sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Op {
    /// `=` between two values neither of which is a set.
    Eq,
    /// `≠`
    Ne,
    /// `<`
    Lt,
    /// `≤`
    Le,
    /// `>`
    Gt,
    /// `≥`
    Ge,
}

/// How many answers of a group are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Quantity {
    /// "mindestens eine Antwort"
    AtLeastOne,
    /// "genau eine Antwort"
    ExactlyOne,
    /// "höchstens eine Antwort"
    AtMostOne,
}

/// Something that has a value ("Berechnung"). Absent where an answer in it is absent.
///
/// Amounts of money are whole cents; the compiler has checked the units.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Calc {
    /// A number; money in cents.
    Number(Decimal),
    /// Yes or no.
    Bool(bool),
    /// The key of an option or of a value of a code list, an official key, or a text.
    Key(String),
    /// A day.
    Date(Date),
    /// A day without its year ("01.10.").
    MonthDay(super::MonthDay),
    /// The time of a day.
    Time(Time),
    /// An answer.
    Answer(Ref),
    /// A computed value ("Berechnet") by its name.
    Computed(String),
    /// The day of submission ("heute"), Europe/Berlin.
    Today,
    /// The minute of submission ("jetzt"), Europe/Berlin.
    Now,
    /// Completed years ("Alter von … am …"); an incomplete birth date counts as the latest possible.
    Age {
        /// The birth date.
        born: Box<Calc>,
        /// The day on which the age is taken.
        on: Box<Calc>,
    },
    /// Entries of a repeat ("Anzahl … mit …").
    Count {
        /// The repeat.
        list: Ref,
        /// Which entries count.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        with: Option<Box<Condition>>,
    },
    /// A sum over a repeat ("Summe … mit …: …"); entries where `of` is absent add nothing.
    Sum {
        /// The repeat.
        list: Ref,
        /// Which entries count.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        with: Option<Box<Condition>>,
        /// What is added up.
        of: Box<Calc>,
    },
    /// `+`
    Add(Box<Calc>, Box<Calc>),
    /// `-`
    Sub(Box<Calc>, Box<Calc>),
    /// `×`
    Mul(Box<Calc>, Box<Calc>),
    /// `/`
    Div(Box<Calc>, Box<Calc>),
    /// ", gerundet auf 1 €": to a multiple of `to`.
    Round {
        /// What is rounded.
        of: Box<Calc>,
        /// In which direction.
        how: Rounding,
        /// The multiple (money: cents).
        to: Decimal,
    },
    /// ", mindestens 50 €": the greater of the two.
    AtLeast(Box<Calc>, Box<Calc>),
    /// ", höchstens 500 €": the smaller of the two.
    AtMost(Box<Calc>, Box<Calc>),
    /// A day moved by a duration: `heute + 14 Tage`, `seit - 3 Monate` (§ 188 BGB).
    Shift {
        /// The day.
        date: Box<Calc>,
        /// How far; negative is earlier.
        by: Box<Calc>,
        /// In which unit.
        unit: TimeUnit,
    },
    /// The end of a period: a Saturday, Sunday or holiday moves to the next working day (§ 193 BGB).
    PeriodEnd(Box<Calc>),
    /// A time on a day ("wahltag um 15:00").
    At {
        /// The day.
        date: Box<Calc>,
        /// The time.
        time: Time,
    },
}

/// The direction of rounding; `Nearest` rounds halves away from zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Rounding {
    /// "gerundet"
    Nearest,
    /// "aufgerundet"
    Up,
    /// "abgerundet"
    Down,
}

/// A unit in which days are moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TimeUnit {
    /// "Tage"
    Days,
    /// "Wochen"
    Weeks,
    /// "Monate"
    Months,
    /// "Jahre"
    Years,
    /// "Werktage": Monday to Saturday without the holidays of Schleswig-Holstein.
    WorkingDaysWithSaturday,
    /// "Arbeitstage": Monday to Friday without the holidays of Schleswig-Holstein.
    WorkingDays,
}
