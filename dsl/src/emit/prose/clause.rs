//! Conditions in words: clauses that follow "wenn", "dass" or "if".

use super::Narrator;
use super::amounts::Case;
use super::say;
use crate::model::{Calc, Condition, Op, Quantity, Ref, Set};

/// How points inside points are counted.
const MARKS: [fn(usize) -> String; 3] = [letter, roman, |index| (index + 1).to_string()];

impl Narrator<'_> {
    /// A condition as a clause, its verb last in German.
    pub(crate) fn clause(&self, condition: &Condition) -> String {
        self.inner(condition, false, 0)
    }

    fn inner(&self, condition: &Condition, not: bool, depth: usize) -> String {
        match condition {
            Condition::Not(inner) => self.inner(inner, !not, depth),
            Condition::All(all) => self.several(all, not, true, depth),
            Condition::Any(any) => self.several(any, not, false, depth),
            Condition::In { what, set } => self.in_set(what, set, not),
            Condition::Contains { what, set } => self.contains(what, set, not),
            Condition::Compare { left, op, right } => self.compare(left, if not { opposite(*op) } else { *op }, right),
            Condition::Answered(reference) => self.answered(reference, not),
            Condition::Every { list, holds } => {
                let (entry, holds) = (self.entry(list), self.inner(holds, false, depth));
                match not {
                    false => {
                        say!(self; "für jeden Eintrag {entry} zutrifft, dass {holds}", "for every entry {entry} it is true that {holds}")
                    }
                    true => {
                        say!(self; "nicht für jeden Eintrag {entry} zutrifft, dass {holds}", "it is not true for every entry {entry} that {holds}")
                    }
                }
            }
            Condition::Some { list, holds } => {
                let (entry, holds) = (self.entry(list), self.inner(holds, false, depth));
                match not {
                    false => {
                        say!(self; "für mindestens einen Eintrag {entry} zutrifft, dass {holds}", "for at least one entry {entry} it is true that {holds}")
                    }
                    true => {
                        say!(self; "für keinen Eintrag {entry} zutrifft, dass {holds}", "for no entry {entry} it is true that {holds}")
                    }
                }
            }
            Condition::Distinct { list, by } => {
                let (entry, by) = (self.entry(list), self.place(by));
                match not {
                    false => {
                        say!(self; "{by} bei jedem Eintrag {entry} anders beantwortet ist", "{by} is answered differently in every entry {entry}")
                    }
                    true => {
                        say!(self; "{by} bei zwei Einträgen {entry} gleich beantwortet ist", "{by} is answered alike in two entries {entry}")
                    }
                }
            }
            Condition::Group { quantity, answers } => self.group(*quantity, answers, not),
        }
    }

    /// Several conditions: two short ones beside each other, else counted points.
    fn several(&self, parts: &[Condition], not: bool, all: bool, depth: usize) -> String {
        match parts {
            [] if all != not => return say!(self; "nichts weiter verlangt ist", "nothing more is asked for"),
            [] => return say!(self; "etwas Unmögliches verlangt ist", "something impossible is asked for"),
            [one] => return self.inner(one, not, depth),
            _ => {}
        }
        // That not all hold is that one does not; that none of several holds is that all do not.
        let together = all != not;
        // What stands behind "zutrifft, dass" would take in everything that follows.
        let plain = |part: &Condition| {
            use Condition::{All, Any, Every, Some};
            !matches!(strip(part), All(_) | Any(_) | Every { .. } | Some { .. })
        };
        if parts.len() == 2 && depth == 0 && parts.iter().all(plain) {
            let said: Vec<String> = parts.iter().map(|part| self.inner(part, not, 1)).collect();
            return said.join(if together { self.pick(" und ", " and ") } else { self.pick(" oder ", " or ") });
        }
        let mark = MARKS[depth.min(MARKS.len() - 1)];
        let points: Vec<String> = parts
            .iter()
            .enumerate()
            .map(|(index, part)| format!("({}) {}", mark(index), self.inner(part, not, depth + 1)))
            .collect();
        let points = points.join("; ");
        match (together, parts.len()) {
            (true, 2) => say!(self; "beides zutrifft: {points}", "both are true: {points}"),
            (true, _) => say!(self; "alles Folgende zutrifft: {points}", "all of these are true: {points}"),
            (false, _) => {
                say!(self; "mindestens eines davon zutrifft: {points}", "at least one of these is true: {points}")
            }
        }
    }

    fn answered(&self, reference: &Ref, not: bool) -> String {
        let place = self.place(reference);
        match not {
            false => say!(self; "{place} beantwortet ist", "{place} is answered"),
            true => say!(self; "{place} nicht beantwortet ist", "{place} is not answered"),
        }
    }

    fn contains(&self, what: &Ref, set: &Set, not: bool) -> String {
        let place = self.place(what);
        let answer = Calc::Answer(what.clone());
        if what.fact.is_some() {
            let holds = self.in_set(&answer, set, not);
            return say!(self; "bei einer Auswahl in {place}: {holds}", "for a choice in {place}: {holds}");
        }
        let Some(names) = self.names(&answer, set) else {
            return self.answered(what, not);
        };
        let chosen = self.or(&names);
        match (not, names.len()) {
            (false, _) => say!(self; "in {place} {chosen} ausgewählt ist", "{chosen} is selected in {place}"),
            (true, 1) => say!(self; "in {place} {chosen} nicht ausgewählt ist", "{chosen} is not selected in {place}"),
            (true, _) => {
                say!(self; "in {place} weder {chosen} ausgewählt ist", "neither {chosen} is selected in {place}")
                    .replace(" oder ", " noch ")
                    .replace(" or ", " nor ")
            }
        }
    }

    fn compare(&self, left: &Calc, op: Op, right: &Calc) -> String {
        if self.is_day(left) || self.is_day(right) {
            return self.compare_days(left, op, right);
        }
        let unit = self.unit(left).or_else(|| self.unit(right));
        if let (Calc::Answer(a), Calc::Answer(b), Op::Eq | Op::Ne, None) = (left, right, op, &unit) {
            let (a, b) = (self.place(a), self.place(b));
            return match op {
                Op::Eq => say!(self; "{a} und {b} gleich beantwortet sind", "{a} and {b} have the same answer"),
                _ => say!(self; "{a} und {b} verschieden beantwortet sind", "{a} and {b} have different answers"),
            };
        }
        if let (Op::Eq | Op::Ne, Some(name)) = (op, self.constant_name(left, right)) {
            return self.is_name(left, &name, op == Op::Ne);
        }
        let subject = self.subject(left);
        let value = match right {
            Calc::Number(number) => self.number(*number, unit.as_deref()),
            Calc::Answer(_) | Calc::Computed(_) => self.subject(right),
            other => self.term(other, unit.as_deref()),
        };
        if matches!(right, Calc::Number(_)) {
            return match op {
                Op::Eq => say!(self; "{subject} genau {value} beträgt", "{subject} is exactly {value}"),
                Op::Ne => say!(self; "{subject} nicht {value} beträgt", "{subject} is not {value}"),
                Op::Lt => say!(self; "{subject} weniger als {value} beträgt", "{subject} is less than {value}"),
                Op::Le => say!(self; "{subject} höchstens {value} beträgt", "{subject} is at most {value}"),
                Op::Gt => say!(self; "{subject} mehr als {value} beträgt", "{subject} is more than {value}"),
                Op::Ge => say!(self; "{subject} mindestens {value} beträgt", "{subject} is at least {value}"),
            };
        }
        match op {
            Op::Eq => say!(self; "{subject} genauso groß ist wie {value}", "{subject} is the same as {value}"),
            Op::Ne => {
                say!(self; "{subject} nicht genauso groß ist wie {value}", "{subject} is not the same as {value}")
            }
            Op::Lt => say!(self; "{subject} kleiner ist als {value}", "{subject} is less than {value}"),
            Op::Le => say!(self; "{subject} nicht größer ist als {value}", "{subject} is not more than {value}"),
            Op::Gt => say!(self; "{subject} größer ist als {value}", "{subject} is more than {value}"),
            Op::Ge => say!(self; "{subject} nicht kleiner ist als {value}", "{subject} is not less than {value}"),
        }
    }

    fn compare_days(&self, left: &Calc, op: Op, right: &Calc) -> String {
        let subject = self.day(left, Case::Nominative);
        // "früher als 14 Tage vor …" reads, "vor 14 Tage vor …" does not.
        if matches!(right, Calc::Shift { .. }) || matches!(op, Op::Eq | Op::Ne) {
            let other = self.day(right, Case::Nominative);
            return match op {
                Op::Eq => say!(self; "{subject} derselbe ist wie {other}", "{subject} is the same as {other}"),
                Op::Ne => say!(self; "{subject} ein anderer ist als {other}", "{subject} is not {other}"),
                Op::Lt => say!(self; "{subject} früher liegt als {other}", "{subject} is earlier than {other}"),
                Op::Le => say!(self; "{subject} nicht später liegt als {other}", "{subject} is not later than {other}"),
                Op::Gt => say!(self; "{subject} später liegt als {other}", "{subject} is later than {other}"),
                Op::Ge => {
                    say!(self; "{subject} nicht früher liegt als {other}", "{subject} is not earlier than {other}")
                }
            };
        }
        let other = self.day(right, Case::Dative);
        match op {
            Op::Lt => say!(self; "{subject} vor {other} liegt", "{subject} is before {other}"),
            Op::Le => say!(self; "{subject} nicht nach {other} liegt", "{subject} is not after {other}"),
            Op::Gt => say!(self; "{subject} nach {other} liegt", "{subject} is after {other}"),
            _ => say!(self; "{subject} nicht vor {other} liegt", "{subject} is not before {other}"),
        }
    }

    fn group(&self, quantity: Quantity, answers: &[Ref], not: bool) -> String {
        let places: Vec<String> = answers.iter().map(|answer| self.place(answer)).collect();
        let places = self.and(&places);
        match (quantity, not) {
            (Quantity::AtLeastOne, false) => {
                say!(self; "von {places} mindestens eine beantwortet ist", "at least one of {places} is answered")
            }
            (Quantity::AtLeastOne, true) => {
                say!(self; "von {places} keine beantwortet ist", "none of {places} is answered")
            }
            (Quantity::ExactlyOne, false) => {
                say!(self; "von {places} genau eine beantwortet ist", "exactly one of {places} is answered")
            }
            (Quantity::ExactlyOne, true) => {
                say!(self; "von {places} nicht genau eine beantwortet ist", "not exactly one of {places} is answered")
            }
            (Quantity::AtMostOne, false) => {
                say!(self; "von {places} höchstens eine beantwortet ist", "at most one of {places} is answered")
            }
            (Quantity::AtMostOne, true) => {
                say!(self; "von {places} mehr als eine beantwortet ist", "more than one of {places} is answered")
            }
        }
    }
}

/// The condition below an even or odd number of "nicht".
fn strip(condition: &Condition) -> &Condition {
    match condition {
        Condition::Not(inner) => strip(inner),
        other => other,
    }
}

/// The sign that holds where the other does not and both values are there.
fn opposite(op: Op) -> Op {
    match op {
        Op::Eq => Op::Ne,
        Op::Ne => Op::Eq,
        Op::Lt => Op::Ge,
        Op::Ge => Op::Lt,
        Op::Gt => Op::Le,
        Op::Le => Op::Gt,
    }
}

fn letter(index: usize) -> String {
    let letter = char::from(b'a' + u8::try_from(index % 26).unwrap_or_default());
    letter.to_string().repeat(index / 26 + 1)
}

fn roman(index: usize) -> String {
    const SMALL: [&str; 12] = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"];
    SMALL.get(index).map_or_else(|| (index + 1).to_string(), |numeral| (*numeral).to_owned())
}
