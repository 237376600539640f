//! Opening hours: days and times, as they stand on doors.

use jiff::civil::Time;

use crate::model::{Language, OpeningHours};
use crate::syntax::keyword::Fixed;

const WEEK: [Fixed; 7] =
    [Fixed::Monday, Fixed::Tuesday, Fixed::Wednesday, Fixed::Thursday, Fixed::Friday, Fixed::Saturday, Fixed::Sunday];

/// The days written out, in both languages.
const LONG: [[&str; 2]; 7] = [
    ["montag", "monday"],
    ["dienstag", "tuesday"],
    ["mittwoch", "wednesday"],
    ["donnerstag", "thursday"],
    ["freitag", "friday"],
    ["samstag", "saturday"],
    ["sonntag", "sunday"],
];

/// `Mo bis Fr, 08:00 bis 12:00` · `Di, Mi, Do, 08:00 bis 12:00`: days with commas between, then the times.
pub(super) fn opening(text: &str) -> Option<OpeningHours> {
    let parts: Vec<&str> = text.split(',').map(str::trim).collect();
    let (times, days) = parts.split_last()?;
    let day = |word: &str| WEEK.iter().position(|day| Fixed::find(word).is_some_and(|found| found.word == *day));
    let mut all = Vec::new();
    for part in days {
        match part.split_whitespace().collect::<Vec<_>>().as_slice() {
            [one] => all.push(day(one)?),
            [from, _, to] => all.extend(day(from)?..=day(to)?),
            _ => return None,
        }
    }
    let [from, _, to] = *times.split_whitespace().collect::<Vec<_>>().as_slice() else { return None };
    let (from, to) = (crate::syntax::read_time(from)?, crate::syntax::read_time(to)?);
    let days: Vec<u8> = all.iter().filter_map(|day| u8::try_from(day + 1).ok()).collect();
    (!days.is_empty() && from < to).then_some(OpeningHours { days, from, to })
}

/// Hours as people write them on doors, each in its proper form: `Mo-Fr 8-12 Uhr und 14-16 Uhr` are two.
pub(super) fn meant(text: &str, language: Language) -> Option<Vec<String>> {
    let separated = text
        .to_lowercase()
        .replace(['–', '−', '—'], "-")
        .replace('-', " - ")
        .replace([',', ';', '+', '&'], " , ")
        .replace('/', " , ");
    let (mut days, mut times): (Vec<usize>, Vec<(Time, Time)>) = (Vec::new(), Vec::new());
    let (mut range, mut from) = (false, None);
    for word in separated.split_whitespace() {
        let plain = word.trim_end_matches('.');
        let short = |name: &str| plain.len() >= 2 && name.starts_with(plain);
        match plain {
            "," | "und" | "and" | "uhr" | "o'clock" | "von" | "from" => continue,
            "-" | "bis" | "to" => {
                range = true;
                continue;
            }
            _ => {}
        }
        if let Some(day) = LONG.iter().position(|names| names.iter().any(|name| short(name))) {
            // Days behind times are those of a further line.
            if !times.is_empty() {
                return None;
            }
            match days.last().copied().filter(|_| range) {
                Some(first) if first < day => days.extend(first + 1..=day),
                Some(_) => return None,
                None => days.push(day),
            }
        } else {
            let time = clock(plain)?;
            match from.take().filter(|_| range) {
                Some(first) if first < time => times.push((first, time)),
                Some(_) => return None,
                None => from = Some(time),
            }
        }
        range = false;
    }
    if days.is_empty() || times.is_empty() || from.is_some() {
        return None;
    }
    days.sort_unstable();
    days.dedup();
    let to = Fixed::To.spelling(language);
    let mut said = Vec::new();
    for run in days.chunk_by(|a, b| a + 1 == *b) {
        let name = |day: Option<&usize>| day.and_then(|day| WEEK.get(*day)).map_or("", |day| day.spelling(language));
        match run {
            [_, _, .., _] => said.push(format!("{} {to} {}", name(run.first()), name(run.last()))),
            _ => said.extend(run.iter().map(|day| name(Some(day)).to_owned())),
        }
    }
    let days = said.join(", ");
    let shown = |time: Time| format!("{:02}:{:02}", time.hour(), time.minute());
    Some(times.into_iter().map(|(from, until)| format!("{days}, {} {to} {}", shown(from), shown(until))).collect())
}

/// `8`, `8:30`, `08.30`
fn clock(word: &str) -> Option<Time> {
    let (hour, minute) = word.split_once([':', '.']).unwrap_or((word, "0"));
    Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()
}
