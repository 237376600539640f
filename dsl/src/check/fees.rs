//! Fees ("Gebühr"): sets on the left, amounts on the right.

use super::expressions::{Context, Lower, nfc};
use super::types::Type;
use super::world::node_id;
use crate::diagnostic::{Both, Diagnostic, Problem};
use crate::model::{Calc, Fee, FeePayment, Row, Table};
use crate::syntax::expression::PathExpr;
use crate::syntax::keyword::{Fixed, Key};
use crate::syntax::{Node, Span};

impl<'t> Lower<'t> {
    pub(super) fn fee(&self, node: &Node, context: &Context<'_>) -> Option<Fee> {
        let id = node_id("", node);
        let condition = self.only_if(node, context);
        let mut inner = context.clone();
        inner.facts.extend(condition.clone());
        let mut for_each = None;
        if let Some(line) = node.key(Key::ForEach) {
            let path = PathExpr { parts: vec![line.value.trim().to_owned()], span: line.value_span };
            let (list, _, scope) = self.list(&path, context)?;
            for_each = Some(list);
            inner.scope = scope;
        }
        let mut kinds: Vec<(Type, Span)> = Vec::new();
        if node.definition.is_some() && !node.rows.is_empty() {
            self.line_and_table(node, context);
            return None;
        }
        let amount = match &node.definition {
            Some((text, span)) => {
                let (calc, kind) = self.amount(text, *span, &[], &inner)?;
                kinds.push((kind, *span));
                Table { columns: Vec::new(), rows: Vec::new(), otherwise: Some(calc) }
            }
            None => {
                let raw = self.table(node, self.thing, &inner)?;
                let mut rows = Vec::new();
                let mut otherwise = None;
                let amounts: Vec<&str> = raw.rows.iter().map(|row| row.result.0.as_str()).collect();
                for row in &raw.rows {
                    let mut known = inner.clone();
                    known.facts.extend(raw.facts(row));
                    let (calc, kind) = self.amount(&row.result.0, row.result.1, &amounts, &known)?;
                    let kind = self.narrowed(&calc, kind, &raw, row);
                    kinds.push((kind, row.result.1));
                    match &row.cells {
                        Some(cells) => rows.push(Row { cells: cells.clone(), then: calc }),
                        None => otherwise = Some(calc),
                    }
                }
                self.prove(&raw, false, context);
                Table { columns: raw.model_columns(), rows, otherwise }
            }
        };
        let per = self.check_amounts(&kinds, context)?;
        let always_zero = amount
            .rows
            .iter()
            .map(|row| &row.then)
            .chain(amount.otherwise.as_ref())
            .all(|calc| matches!(calc, Calc::Number(value) if value.is_zero()));
        let payment = match node.key(Key::Payment).map(|line| (Fixed::find(&line.value).map(|found| found.word), line))
        {
            Some((Some(Fixed::AfterNotice), _)) => Some(FeePayment::AfterNotice),
            Some((Some(Fixed::BeforeSending), _)) => Some(FeePayment::BeforeSending),
            Some((_, line)) => {
                self.one_of_words(line, &[Fixed::AfterNotice, Fixed::BeforeSending], context);
                None
            }
            None => None,
        };
        if payment == Some(FeePayment::BeforeSending)
            && let Some(period) = per
        {
            let unit = super::units::Unit::of("€", Some(super::units::word(period))).written(context.language);
            let span = node.key(Key::Payment).map_or(node.span, |line| line.value_span);
            self.say(Problem::PeriodBeforeSending { unit }, context, span);
        }
        if !always_zero && (node.title.is_none() || node.key(Key::Payment).is_none()) {
            self.say(Problem::FeePaymentMissing, context, node.span);
        }
        let title = node.title.as_ref().map(|_| self.title(node, self.thing, &id, context));
        let fee = Fee {
            name: nfc(node.name_text()),
            title,
            condition,
            amount,
            for_each,
            per,
            payment: payment.unwrap_or(FeePayment::AfterNotice),
        };
        self.fee_first(&fee, node, context);
        Some(fee)
    }

    /// A value in the heading, and a table below it.
    pub(super) fn line_and_table(&self, node: &Node, context: &Context<'_>) {
        let heading = format!("{} {}", node.heading.spelling(context.language), node.name_text());
        self.say(Problem::LineAndTable { heading }, context, node.span);
    }

    /// An amount; `others` are those of the other rows. "kostenlos" counts as 0 €.
    fn amount(&self, text: &str, span: Span, others: &[&str], context: &Context<'_>) -> Option<(Calc, Type)> {
        let free = ["kostenlos", "kostenfrei", "gebührenfrei", "frei", "umsonst", "keine", "free", "none", "nothing"];
        if !free.contains(&text.trim().to_lowercase().as_str()) {
            return self.read_calc(text, span, context);
        }
        let per = others.iter().find_map(|other| {
            let words: Vec<&str> = other.split_whitespace().collect();
            let at = words.iter().position(|word| matches!(*word, "je" | "per"))?;
            Some(format!("{} {}", words.get(at)?, words.get(at + 1)?))
        });
        let amount = per.map_or_else(|| "0 €".to_owned(), |per| format!("0 € {per}"));
        let problem = Problem::FreeOfCharge { word: text.trim().to_owned(), amount: amount.clone() };
        let fix = Some((span, amount.clone()));
        self.world.say(Diagnostic { fix, ..Diagnostic::new(problem, context.file, span) });
        let zero = crate::syntax::parse_calc(&amount, span.start).ok()?;
        self.calc(&zero, context)
    }

    /// All rows of a fee have one unit, whole cents, and are not negative; the period.
    pub(super) fn check_amounts(
        &self,
        kinds: &[(Type, Span)],
        context: &Context<'_>,
    ) -> Option<Option<crate::model::TimeUnit>> {
        let mut unit: Option<super::units::Unit> = None;
        for (kind, span) in kinds {
            let Type::Number(number) = kind else {
                let how = super::units::Unit::none().to_charge(context.language);
                self.say(Problem::FeeNotMoney { found: kind.name(), how }, context, *span);
                return None;
            };
            if !number.unit.is_charge() {
                let written = self.written(context, *span);
                if number.unit.is_none() && written.bytes().all(|b| b.is_ascii_digit() || matches!(b, b',' | b'.')) {
                    let unit = unit.as_ref().map_or_else(|| "€".to_owned(), |unit| unit.written(context.language));
                    let fix = Some((Span::new(span.end, span.end), format!(" {unit}")));
                    let problem = Problem::UnitMissing { unit };
                    self.world.say(Diagnostic { fix, ..Diagnostic::new(problem, context.file, *span) });
                    return None;
                }
                let found = if number.unit.is_none() {
                    Both::new("eine Zahl ohne Einheit", "a number without a unit")
                } else {
                    Both::any_of(&[&number.unit.written(context.language)])
                };
                let how = number.unit.to_charge(context.language);
                self.say(Problem::FeeNotMoney { found, how }, context, *span);
                return None;
            }
            if let Some(first) = &unit
                && *first != number.unit
            {
                self.say(
                    Problem::UnitsMixed {
                        left: first.written(context.language),
                        right: number.unit.written(context.language),
                    },
                    context,
                    *span,
                );
                return None;
            }
            unit.get_or_insert_with(|| number.unit.clone());
            self.whole_cents(kind, context, *span);
            if number.min.is_none_or(|min| min.is_sign_negative() && !min.is_zero()) {
                let low = match number.min {
                    None => Both::new("ohne dass es eine Grenze gibt", "without any limit"),
                    Some(min) => {
                        let min = super::things::written(min / rust_decimal::Decimal::ONE_HUNDRED);
                        Both::new(format!("bis zu {min} €"), format!("down to {min} €"))
                    }
                };
                self.say(Problem::FeeNegative { low }, context, *span);
            }
        }
        Some(unit.as_ref().and_then(|unit| unit.period()).and_then(super::expressions::time_unit))
    }
}
