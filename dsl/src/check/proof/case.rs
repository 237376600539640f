//! A case in words.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::segments::{Piece, Segments};
use crate::check::expressions::Lower;
use crate::check::intervals::{GREATEST, LEAST, day, day_number, unscale};
use crate::check::table::RawTable;
use crate::check::types::Type;
use crate::diagnostic::Both;
use crate::model::Language;

impl Lower<'_> {
    /// A case in words: `gemeinde = Norderstedt, gefährliche = 1`.
    pub(super) fn case(&self, table: &RawTable, columns: &[Segments], segments: &[usize]) -> Both {
        Both::each(|reader| {
            let parts = table.columns.iter().zip(columns).zip(segments).filter_map(|((column, segments), piece)| {
                let value = self.piece(segments.pieces.get(*piece)?, segments, reader);
                Some(format!("{} = {value}", column.head))
            });
            parts.collect::<Vec<_>>().join(", ")
        })
    }

    fn piece(&self, piece: &Piece, column: &Segments, reader: Language) -> String {
        let english = reader == Language::English;
        let say = |de: &str, en: &str| if english { en } else { de }.to_owned();
        match piece {
            Piece::NoAnswer => say("keine Antwort", "no answer"),
            Piece::Bool(true) => say("Ja", "yes"),
            Piece::Bool(false) => say("Nein", "no"),
            Piece::Key(key) => self.world.spelled(key),
            Piece::OtherText => say("etwas anderes", "something else"),
            Piece::Place(key) if key == crate::region::OUTSIDE_GERMANY => say("im Ausland", "abroad"),
            Piece::Place(key) => self.world.regions.name(key).map_or_else(|| key.clone(), |name| name.into_owned()),
            Piece::Interval(from, to) => match &column.kind {
                Type::Number(number) => {
                    let plain = number_in(*from, *to, number.places);
                    let shown = if number.unit.is_money() { plain / Decimal::ONE_HUNDRED } else { plain };
                    let unit = number.unit.written(if english { Language::English } else { self.thing.language });
                    format!("{} {unit}", crate::check::things::written(shown)).trim().to_owned()
                }
                _ => {
                    let Some(date) = date_in(*from, *to, column.season) else { return String::new() };
                    let day_and_month = format!("{:02}.{:02}.", date.day(), date.month());
                    if column.season { day_and_month } else { format!("{day_and_month}{}", date.year()) }
                }
            },
        }
    }
}

fn number_in(from: i128, to: i128, places: u32) -> Decimal {
    let value = if from > LEAST { from } else { to.min(GREATEST - 1) };
    let value = if from <= LEAST && to >= GREATEST { 0 } else { value };
    unscale(value, places).unwrap_or_default()
}

fn date_in(from: i128, to: i128, season: bool) -> Option<Date> {
    if season {
        return day(day_number(Date::constant(2028, 1, 1)) + from - 1);
    }
    let value = if from > LEAST { from } else { to };
    day(if value <= LEAST || value >= GREATEST { 0 } else { value })
}
