//! Sets as an author wrote them to sets of the model, by the type that they are sets of.

use super::expressions::{Context, Lower};
use super::intervals::{GREATEST, Intervals, LEAST, day_number, scale};
use super::types::Type;
use crate::diagnostic::{Both, Diagnostic, Problem};
use crate::kind::Choices;
use crate::model::{Calc, MonthDay, Set, Values};
use crate::syntax::expression::{CalcExpr, CalcKind, SetExpr, SetKind};
use crate::syntax::keyword::Inner;

/// Whether all of `inner` lies in `outer`.
pub(super) fn subset(inner: &Set, outer: &Set) -> bool {
    if inner.no_answer && !outer.no_answer {
        return false;
    }
    match (&inner.values, &outer.values) {
        (_, Values::Any) => true,
        (Values::Bools(a), Values::Bools(b)) => a.iter().all(|value| b.contains(value)),
        (Values::Keys(a), Values::Keys(b)) => a.iter().all(|value| b.contains(value)),
        (Values::Numbers(a), Values::Numbers(b)) => Intervals::of_numbers(a, 6).within(&Intervals::of_numbers(b, 6)),
        (Values::Dates(a), Values::Dates(b)) => Intervals::of_dates(a).within(&Intervals::of_dates(b)),
        (a, b) => a == b,
    }
}

impl Lower<'_> {
    /// The set of the model for a set as written; `None` after a message.
    pub(super) fn set(&self, expr: &SetExpr, kind: &Type, context: &Context<'_>) -> Option<Set> {
        match &expr.kind {
            SetKind::Any => Some(Set::any()),
            SetKind::NoAnswer => {
                if !context.cell {
                    self.say(Problem::SetNotHere { text: self.written(context, expr.span) }, context, expr.span);
                    return None;
                }
                Some(Set { values: empty(kind), no_answer: true })
            }
            SetKind::Or(parts) => {
                let mut sets = parts.iter().map(|part| self.set(part, kind, context));
                let first = sets.next()??;
                sets.try_fold(first, |all, next| Some(self.union(all, next?)))
            }
            SetKind::Except(from, parts) => {
                let mut set = self.set(from, kind, context)?;
                for part in parts {
                    let less = self.set(part, kind, context)?;
                    set = self.without(set, &less, kind);
                }
                Some(set)
            }
            SetKind::OwnArea => {
                let Some(area) = &self.thing.area else {
                    let word = self.written(context, expr.span);
                    self.say(Problem::OwnAreaUnknown { word }, context, expr.span);
                    return None;
                };
                Some(area.set.clone())
            }
            SetKind::From(bound) => self.range(Some((bound, 0)), None, kind, context),
            SetKind::Over(bound) => self.range(Some((bound, 1)), None, kind, context),
            SetKind::UpTo(bound) => self.range(None, Some((bound, 0)), kind, context),
            SetKind::Under(bound) => self.range(None, Some((bound, -1)), kind, context),
            SetKind::Between(from, to) => self.range(Some((from, 0)), Some((to, 0)), kind, context),
            SetKind::Bool(value) => match kind {
                Type::Bool => Some(values(Values::Bools(vec![*value]))),
                Type::Unknown => None,
                _ => self.wrong_kind(&Type::Bool, kind, context, expr),
            },
            SetKind::Value(value) => self.value_set(value, expr, kind, context),
            SetKind::Words(words) => self.words(words, expr, kind, context),
        }
    }

    fn wrong_kind(&self, found: &Type, wanted: &Type, context: &Context<'_>, expr: &SetExpr) -> Option<Set> {
        let problem = Problem::WrongKindHere { found: found.name(), wanted: wanted.name() };
        let said = match &expr.kind {
            SetKind::Value(CalcExpr { kind: CalcKind::Text(text), .. }) => text.as_str(),
            SetKind::Words(words) => words.as_str(),
            _ => "",
        };
        let words = [Inner::Yes, Inner::No].map(|word| word.spelling(context.language));
        // `= ja`: nothing else can be meant.
        if *wanted == Type::Bool
            && let Some(yes) = match said.to_lowercase().as_str() {
                "ja" | "wahr" | "true" => Some(true),
                "nein" | "falsch" | "unwahr" | "false" => Some(false),
                _ => None,
            }
        {
            let meant = words[usize::from(!yes)].to_owned();
            let problem = Problem::WriteInstead { found: said.to_owned(), meant: meant.clone() };
            let fix = Some((expr.span, meant));
            self.world.say(Diagnostic { fix, ..Diagnostic::new(problem, context.file, expr.span) });
            return Some(values(Values::Bools(vec![yes])));
        }
        let meant = match said.to_lowercase().as_str() {
            "wahr" | "true" | "ja" => Some(words[0].to_owned()),
            "falsch" | "unwahr" | "false" | "nein" => Some(words[1].to_owned()),
            _ => crate::diagnostic::closest(said, words),
        }
        .filter(|_| *wanted == Type::Bool);
        self.say_with(problem, meant, context, expr.span);
        None
    }

    /// A constant bound as a whole number of the column's smallest step.
    fn bound(&self, expr: &CalcExpr, kind: &Type, context: &Context<'_>) -> Option<i128> {
        if let CalcKind::MonthDay(day, text) = &expr.kind {
            if !matches!(kind, Type::MonthDay | Type::Date) {
                return self.mismatch(&Type::MonthDay, kind, context, expr.span);
            }
            if day.is_none() {
                self.say(Problem::NoSuchDate { text: text.clone() }, context, expr.span);
            }
            return day.map(|day| i128::from(day.month) * 100 + i128::from(day.day));
        }
        let (calc, found) = self.calc(expr, &Context { cell: false, ..context.clone() })?;
        match (kind, found, calc) {
            (Type::Number(column), Type::Number(number), Calc::Number(value)) => {
                self.same_unit(&column.unit, &number.unit, value, context, expr.span)?;
                Some(scale(value, column.places))
            }
            (Type::Date, Type::Date, Calc::Date(date)) => Some(day_number(date)),
            (Type::Unknown, _, _) | (_, Type::Unknown, _) => None,
            (kind, found, _) => self.mismatch(&found, kind, context, expr.span),
        }
    }

    fn range(
        &self,
        from: Option<(&CalcExpr, i128)>,
        to: Option<(&CalcExpr, i128)>,
        kind: &Type,
        context: &Context<'_>,
    ) -> Option<Set> {
        if let (Type::Date | Type::MonthDay, Some((a, _)), Some((b, _))) = (kind, from, to)
            && let (CalcKind::MonthDay(Some(a), _), CalcKind::MonthDay(Some(b), _)) = (&a.kind, &b.kind)
        {
            return Some(values(Values::Season(vec![(*a, *b)])));
        }
        let lower = match from {
            Some((bound, step)) => self.bound(bound, kind, context)? + step,
            None => LEAST,
        };
        let upper = match to {
            Some((bound, step)) => self.bound(bound, kind, context)? + step,
            None => GREATEST,
        };
        if let (Some((bound, _)), true) = (from.or(to), lower > upper) {
            self.say(Problem::LimitsReversed, context, bound.span);
            return None;
        }
        Some(values(of_intervals(&Intervals::one(lower, upper), kind)?))
    }

    fn value_set(&self, value: &CalcExpr, expr: &SetExpr, kind: &Type, context: &Context<'_>) -> Option<Set> {
        match (kind, &value.kind) {
            (Type::Choice(_) | Type::Several(_) | Type::Municipality(_), CalcKind::Text(text)) => {
                self.words(text, expr, kind, context)
            }
            (Type::Choice(_) | Type::Several(_), CalcKind::Number { text, .. }) => {
                self.words(text, expr, kind, context)
            }
            (Type::Text, CalcKind::Number { text, .. } | CalcKind::Text(text)) => {
                Some(values(Values::Keys(vec![text.clone()])))
            }
            (Type::Date | Type::MonthDay, CalcKind::MonthDay(Some(day), _)) => {
                Some(values(Values::Season(vec![(*day, *day)])))
            }
            _ => {
                let bound = self.bound(value, kind, context)?;
                Some(values(of_intervals(&Intervals::one(bound, bound), kind)?))
            }
        }
    }

    fn words(&self, words: &str, expr: &SetExpr, kind: &Type, context: &Context<'_>) -> Option<Set> {
        match kind {
            Type::Choice(choices) | Type::Several(choices) => {
                self.option(words, choices, expr, context).map(|key| values(Values::Keys(vec![key])))
            }
            Type::Municipality(_) => self.places(words, expr.span, context),
            Type::Text => Some(values(Values::Keys(vec![words.to_owned()]))),
            Type::Number(_) | Type::Date => {
                // A constant by its name.
                let calc = CalcExpr { kind: CalcKind::Path(path_of(words, expr)), span: expr.span };
                let bound = self.bound(&calc, kind, context)?;
                Some(values(of_intervals(&Intervals::one(bound, bound), kind)?))
            }
            Type::Unknown => None,
            other => self.wrong_kind(&Type::Text, other, context, expr),
        }
    }

    fn option(&self, words: &str, choices: &Choices, expr: &SetExpr, context: &Context<'_>) -> Option<String> {
        let wanted = super::names::json_key(words);
        let (mut by_key, mut by_label) = (None, None);
        self.each_choice(choices, |key, labels| {
            if key == wanted {
                by_key = Some(key.to_owned());
            } else if by_label.is_none() && labels.0.values().any(|label| label == words) {
                by_label = Some(key.to_owned());
            }
            by_key.is_some()
        });
        let found = by_key.or(by_label);
        if let Some(key) = &found {
            self.found_choice(choices, key, context.subject.as_deref(), context.file, (expr.span, context.scope));
        }
        if found.is_none() {
            let known: Vec<String> = self.choices(choices).iter().map(|(key, _)| self.world.spelled(key)).collect();
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            let problem = Problem::UnknownOption {
                name: words.to_owned(),
                question: context.subject.clone().unwrap_or_default(),
                known: Both::some_of(&known),
            };
            let suggestion = crate::diagnostic::closest(words, known);
            self.say_with(problem, suggestion, context, expr.span);
        }
        found
    }

    fn union(&self, a: Set, b: Set) -> Set {
        let no_answer = a.no_answer || b.no_answer;
        let values = match (a.values, b.values) {
            (Values::Any, _) | (_, Values::Any) => Values::Any,
            (Values::Bools(a), Values::Bools(b)) => Values::Bools(merged(a, b)),
            (Values::Keys(a), Values::Keys(b)) => Values::Keys(merged(a, b)),
            (Values::Numbers(a), Values::Numbers(b)) => {
                let places = a.iter().chain(&b).flat_map(|r| [r.from, r.to]).flatten().map(|n| n.scale()).max();
                let places = places.unwrap_or(0);
                let both = Intervals::of_numbers(&a, places).union(&Intervals::of_numbers(&b, places));
                Values::Numbers(both.to_numbers(places))
            }
            (Values::Dates(a), Values::Dates(b)) => {
                Values::Dates(Intervals::of_dates(&a).union(&Intervals::of_dates(&b)).to_dates())
            }
            (Values::Season(a), Values::Season(b)) => Values::Season(merged(a, b)),
            (Values::Municipalities { within: a, except: x }, Values::Municipalities { within: b, except: y })
                if x.is_empty() && y.is_empty() =>
            {
                Values::Municipalities { within: merged(a, b), except: Vec::new() }
            }
            (a @ Values::Municipalities { .. }, b @ Values::Municipalities { .. }) => {
                self.listed(|key| in_places(key, &a) || in_places(key, &b))
            }
            (a, b) => {
                if is_empty(&a) {
                    b
                } else {
                    a
                }
            }
        };
        Set { values, no_answer }
    }

    /// All answers of a kind as a set that can be worked with; `None` where they cannot be counted.
    pub(super) fn whole_set(&self, kind: &crate::kind::Kind) -> Option<Set> {
        use crate::kind::Kind;
        let any = match kind {
            Kind::YesNo => Values::Bools(vec![true, false]),
            Kind::OneOf(choices) => Values::Keys(self.choices(choices).into_iter().map(|(key, _)| key).collect()),
            Kind::Whole(limits) | Kind::Money(limits) | Kind::Decimal { limits, .. } => {
                Values::Numbers(vec![crate::model::Range { from: limits.min, to: limits.max }])
            }
            _ => return None,
        };
        Some(values(any))
    }

    /// A value of a set, as an author writes it; nothing of an empty one.
    pub(super) fn first_of(&self, set: &Set, kind: &Type) -> Option<String> {
        match &set.values {
            Values::Bools(list) => list
                .first()
                .map(|yes| if *yes { Inner::Yes } else { Inner::No }.spelling(self.thing.language).to_owned()),
            Values::Keys(list) => list.first().map(|key| self.world.spelled(key)),
            Values::Numbers(list) => {
                let bound = list.first().and_then(|range| range.from.or(range.to))?;
                let unit = if let Type::Number(number) = kind {
                    number.unit.written(self.thing.language)
                } else {
                    String::new()
                };
                Some(format!("{} {unit}", super::things::written(bound)).trim().to_owned())
            }
            _ => None,
        }
    }

    /// The municipalities for which `test` holds, one by one.
    fn listed(&self, test: impl Fn(&str) -> bool) -> Values {
        let within = self.world.regions.all().map(|town| town.key.to_owned()).filter(|key| test(key)).collect();
        Values::Municipalities { within, except: Vec::new() }
    }

    pub(super) fn without(&self, set: Set, less: &Set, kind: &Type) -> Set {
        let no_answer = set.no_answer && !less.no_answer;
        let all = match (&set.values, kind) {
            (Values::Any, Type::Choice(choices) | Type::Several(choices)) => {
                Values::Keys(self.choices(choices).into_iter().map(|(key, _)| key).collect())
            }
            (Values::Any, Type::Bool) => Values::Bools(vec![true, false]),
            (Values::Any, Type::Number(_) | Type::Date) => {
                of_intervals(&Intervals::one(LEAST, GREATEST), kind).unwrap_or(Values::Any)
            }
            (Values::Any, Type::Municipality(_)) => {
                Values::Municipalities { within: vec![String::new()], except: Vec::new() }
            }
            (values, _) => values.clone(),
        };
        let values = match (all, &less.values) {
            (Values::Bools(a), Values::Bools(b)) => Values::Bools(a.into_iter().filter(|v| !b.contains(v)).collect()),
            (Values::Keys(a), Values::Keys(b)) => Values::Keys(a.into_iter().filter(|v| !b.contains(v)).collect()),
            (Values::Numbers(a), Values::Numbers(b)) => {
                let places = if let Type::Number(number) = kind { number.places } else { 0 };
                let left = Intervals::of_numbers(&a, places).without(&Intervals::of_numbers(b, places));
                Values::Numbers(left.to_numbers(places))
            }
            (Values::Dates(a), Values::Dates(b)) => {
                Values::Dates(Intervals::of_dates(&a).without(&Intervals::of_dates(b)).to_dates())
            }
            (Values::Municipalities { within, except }, Values::Municipalities { within: out, except: back })
                if back.is_empty() =>
            {
                Values::Municipalities { within, except: merged(except, out.clone()) }
            }
            (a @ Values::Municipalities { .. }, b @ Values::Municipalities { .. }) => {
                self.listed(|key| in_places(key, &a) && !in_places(key, b))
            }
            (a, _) => a,
        };
        Set { values, no_answer }
    }
}

/// Whether an official key is among the places of a set.
pub(super) fn in_places(key: &str, values: &Values) -> bool {
    match values {
        Values::Any => true,
        Values::Municipalities { within, except } => crate::region::in_set(key, within, except),
        _ => false,
    }
}

/// The beginnings of keys that sets of places are made of.
pub(super) fn beginnings<'s>(sets: impl Iterator<Item = &'s Values>) -> impl Iterator<Item = &'s str> {
    let of = |values: &'s Values| match values {
        Values::Municipalities { within, except } => within.iter().chain(except),
        _ => [].iter().chain(&[]),
    };
    sets.flat_map(of).map(String::as_str)
}

fn path_of(words: &str, expr: &SetExpr) -> crate::syntax::expression::PathExpr {
    crate::syntax::expression::PathExpr { parts: words.split('.').map(str::to_owned).collect(), span: expr.span }
}

fn merged<T: PartialEq>(mut a: Vec<T>, b: Vec<T>) -> Vec<T> {
    for value in b {
        if !a.contains(&value) {
            a.push(value);
        }
    }
    a
}

fn is_empty(values: &Values) -> bool {
    match values {
        Values::Bools(list) => list.is_empty(),
        Values::Keys(list) => list.is_empty(),
        Values::Numbers(list) => list.is_empty(),
        Values::Dates(list) => list.is_empty(),
        Values::Season(list) => list.is_empty(),
        Values::Municipalities { within, .. } => within.is_empty(),
        Values::Any => false,
    }
}

/// No value of a type.
fn empty(kind: &Type) -> Values {
    match kind {
        Type::Bool => Values::Bools(Vec::new()),
        Type::Number(_) => Values::Numbers(Vec::new()),
        Type::Date | Type::DateTime => Values::Dates(Vec::new()),
        Type::MonthDay => Values::Season(Vec::new()),
        Type::Municipality(_) => Values::Municipalities { within: Vec::new(), except: Vec::new() },
        _ => Values::Keys(Vec::new()),
    }
}

fn of_intervals(intervals: &Intervals, kind: &Type) -> Option<Values> {
    Some(match kind {
        Type::Number(number) => Values::Numbers(intervals.to_numbers(number.places)),
        Type::Date => Values::Dates(intervals.to_dates()),
        _ => return None,
    })
}

fn values(values: Values) -> Set {
    Set { values, no_answer: false }
}

/// The days of a season as numbers from 1 (1 January) to 366, the 29th of February being the 60th.
pub(super) fn season_days(from: MonthDay, to: MonthDay) -> Intervals {
    let number = |day: MonthDay| {
        day_number(jiff::civil::Date::new(2028, day.month, day.day).unwrap_or(jiff::civil::Date::constant(2028, 1, 1)))
            - day_number(jiff::civil::Date::constant(2028, 1, 1))
            + 1
    };
    let (a, b) = (number(from), number(to));
    if a <= b { Intervals::one(a, b) } else { Intervals::one(1, b).union(&Intervals::one(a, 366)) }
}
