//! Conditions, sets and calculations as an author wrote them.

use jiff::civil::{Date, Time};
use rust_decimal::Decimal;

use super::Span;
use crate::model::{MonthDay, Op, Quantity, Rounding};

/// A name with dots, as written: `wohnung.gemeinde`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathExpr {
    /// The parts between the dots.
    pub parts: Vec<String>,
    /// Where it stands.
    pub span: Span,
}

impl PathExpr {
    /// The path as it is written.
    #[must_use]
    pub fn text(&self) -> String {
        self.parts.join(".")
    }
}

/// A condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConditionExpr {
    /// What it is.
    pub kind: ConditionKind,
    /// Where it stands.
    pub span: Span,
}

/// The forms of a condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConditionKind {
    /// `a und b`
    And(Vec<ConditionExpr>),
    /// `a oder b`
    Or(Vec<ConditionExpr>),
    /// `und` and `oder` side by side.
    Mixed,
    /// `nicht a`
    Not(Box<ConditionExpr>),
    /// `mindestens eine Antwort: a, b`
    Group(Quantity, Vec<PathExpr>),
    /// `jeder hunde: …`
    Every(PathExpr, Box<ConditionExpr>),
    /// `mindestens ein hunde: …`
    Some(PathExpr, Box<ConditionExpr>),
    /// `kein hunde: …`
    None(PathExpr, Box<ConditionExpr>),
    /// `hunde verschieden nach chip`
    Distinct(PathExpr, PathExpr),
    /// `x ist beantwortet`
    Answered(PathExpr),
    /// `x ist nicht beantwortet`
    NotAnswered(PathExpr),
    /// `x enthält …`
    Contains(PathExpr, SetExpr),
    /// `x = …` with something that may be a set.
    In(CalcExpr, SetExpr),
    /// `x ≠ …`
    NotIn(CalcExpr, SetExpr),
    /// A comparison.
    Compare(CalcExpr, Op, CalcExpr),
    /// A name without a comparison.
    Bare(PathExpr),
}

/// A set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetExpr {
    /// What it is.
    pub kind: SetKind,
    /// Where it stands.
    pub span: Span,
}

/// The forms of a set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SetKind {
    /// `beliebig`
    Any,
    /// `keine Antwort`
    NoAnswer,
    /// `eigenes Gebiet`
    OwnArea,
    /// `A oder B`
    Or(Vec<SetExpr>),
    /// `A ohne B`
    Except(Box<SetExpr>, Vec<SetExpr>),
    /// `ab X`
    From(CalcExpr),
    /// `über X`
    Over(CalcExpr),
    /// `bis X`
    UpTo(CalcExpr),
    /// `unter X`
    Under(CalcExpr),
    /// `X bis Y`
    Between(CalcExpr, CalcExpr),
    /// A value that is no word.
    Value(CalcExpr),
    /// Yes or no.
    Bool(bool),
    /// A value of one or more words.
    Words(String),
}

/// A calculation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalcExpr {
    /// What it is.
    pub kind: CalcKind,
    /// Where it stands.
    pub span: Span,
}

/// The forms of a calculation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CalcKind {
    /// A number as written, its value, and its unit: numerator and, each after a `je`, denominators.
    Number {
        /// As it is written.
        text: String,
        /// Its value.
        value: Decimal,
        /// The unit words.
        unit: Option<(String, Vec<String>)>,
    },
    /// A number with a point: `1.5`.
    PointNumber(String),
    /// A day; `None`: there is no such day.
    Date(Option<Date>, String),
    /// A day without its year.
    MonthDay(Option<MonthDay>, String),
    /// A time.
    Time(Option<Time>, String),
    /// A month.
    Month(String),
    /// A text.
    Text(String),
    /// A name.
    Path(PathExpr),
    /// `heute`
    Today,
    /// `jetzt`
    Now,
    /// `Alter von x am y`
    Age(PathExpr, Option<Box<CalcExpr>>),
    /// `Anzahl x mit …`
    Count(PathExpr, Option<Box<ConditionExpr>>),
    /// `Summe x mit …: …`
    Sum(PathExpr, Option<Box<ConditionExpr>>, Box<CalcExpr>),
    /// `+`
    Add(Box<CalcExpr>, Box<CalcExpr>),
    /// `-`
    Sub(Box<CalcExpr>, Box<CalcExpr>),
    /// `×`
    Mul(Box<CalcExpr>, Box<CalcExpr>),
    /// `/`
    Div(Box<CalcExpr>, Box<CalcExpr>),
    /// `, gerundet auf …`
    Round(Box<CalcExpr>, Rounding, Box<CalcExpr>),
    /// `…, mindestens …`
    AtLeast(Box<CalcExpr>, Box<CalcExpr>),
    /// `…, höchstens …`
    AtMost(Box<CalcExpr>, Box<CalcExpr>),
    /// `… um 15:00`
    At(Box<CalcExpr>, Option<Time>),
}

/// What stands right of `||` in a responsibility table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TargetExpr {
    /// A `Stelle` by its path.
    Authority(String),
    /// `Endseite name`
    EndPage(String),
    /// `aufgabe für frage`
    Task(String, PathExpr),
}
