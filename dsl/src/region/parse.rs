use std::borrow::Cow;
use std::collections::HashMap;

use super::fold::{fold, loosen};
use super::{Area, Entry, RegionError, RegionTable, Regions, Span};

impl Regions {
    /// Reads the four tables, each with its line of heads: `ars,name,district`,
    /// `key,name,state`, `key,name`, `postcode,ars`. Columns are separated by commas; a value
    /// with a comma stands in double quotation marks, a mark inside is doubled.
    ///
    /// # Errors
    /// The first row that cannot be read, or a postcode of a municipality that does not exist.
    pub fn parse(
        municipalities: &str,
        districts: &str,
        associations: &str,
        postcodes: &str,
    ) -> Result<Self, RegionError> {
        let mut regions = Self::default();
        regions.read_municipalities(municipalities)?;
        regions.read_districts(districts)?;
        for row in rows(RegionTable::Associations, associations) {
            let (line, [key, name]) = row?;
            digits(RegionTable::Associations, line, &key, 9)?;
            let area = regions.area(&key, &name);
            regions.associations.push(area);
        }
        regions.read_postcodes(postcodes)?;
        regions.sort_areas();
        regions.text.shrink_to_fit();
        Ok(regions)
    }

    fn read_municipalities(&mut self, table: &str) -> Result<(), RegionError> {
        let kind = RegionTable::Municipalities;
        let mut last_key = String::new();
        let mut count: HashMap<(String, String), u32> = HashMap::new();
        for row in rows(kind, table) {
            let (line, [key, name, district]) = row?;
            digits(kind, line, &key, 12)?;
            if !key.starts_with(&*district) || district.len() != 5 {
                return Err(problem(kind, line, format!("`{key}` does not begin with its district `{district}`")));
            }
            if *last_key >= *key {
                return Err(problem(kind, line, format!("`{key}` is not above the key before it")));
            }
            let state = key.get(..2).unwrap_or_default().to_owned();
            *count.entry((state, name.clone().into_owned())).or_default() += 1;
            let folded = fold(&name);
            let entry = Entry {
                key: self.keep(&key),
                name: self.keep(&name),
                folded: self.keep(&folded),
                loose: self.keep(&loosen(&folded)),
                shared_name: false,
            };
            self.municipalities.push(entry);
            last_key = key.into_owned();
        }
        let shared: Vec<bool> = self
            .municipalities
            .iter()
            .map(|entry| {
                let state = self.at(entry.key).get(..2).unwrap_or_default().to_owned();
                count.get(&(state, self.at(entry.name).to_owned())).is_some_and(|n| *n > 1)
            })
            .collect();
        for (entry, shared) in self.municipalities.iter_mut().zip(shared) {
            entry.shared_name = shared;
        }
        let mut by_name: Vec<u32> = (0..).take(self.municipalities.len()).collect();
        by_name.sort_by_key(|index| self.folded(*index));
        self.by_name = by_name;
        Ok(())
    }

    fn read_districts(&mut self, table: &str) -> Result<(), RegionError> {
        for row in rows(RegionTable::Districts, table) {
            let (line, [key, name, state]) = row?;
            digits(RegionTable::Districts, line, &key, 5)?;
            let area = self.area(&key, &name);
            self.districts.push(area);
            let state_key = key.get(..2).unwrap_or_default();
            if !self.states.iter().any(|s| self.at(s.key) == state_key) {
                let area = self.area(state_key, &state);
                self.states.push(area);
            }
        }
        Ok(())
    }

    fn read_postcodes(&mut self, table: &str) -> Result<(), RegionError> {
        let kind = RegionTable::Postcodes;
        for row in rows(kind, table) {
            let (line, [postcode, key]) = row?;
            let number = digits(kind, line, &postcode, 5)?;
            let index =
                self.index(&key).ok_or_else(|| problem(kind, line, format!("there is no municipality `{key}`")))?;
            self.postcodes.push((number, index));
        }
        self.postcodes.sort_unstable();
        self.postcodes.dedup();
        self.postcodes_by_place = self.postcodes.iter().map(|(code, index)| (*index, *code)).collect();
        self.postcodes_by_place.sort_unstable();
        Ok(())
    }

    fn sort_areas(&mut self) {
        let text = &self.text;
        for areas in [&mut self.districts, &mut self.associations, &mut self.states] {
            areas.sort_by_key(|area| area.key.of(text));
        }
    }

    fn area(&mut self, key: &str, name: &str) -> Area {
        Area { key: self.keep(key), name: self.keep(name) }
    }

    /// Appends to the text. The tables are far below 4 GB; a part beyond would be empty.
    fn keep(&mut self, part: &str) -> Span {
        let span = match (u32::try_from(self.text.len()), u32::try_from(part.len())) {
            (Ok(start), Ok(length)) => Span { start, length },
            _ => {
                return Span { start: 0, length: 0 };
            }
        };
        self.text.push_str(part);
        span
    }
}

impl Span {
    pub(super) fn of(self, text: &str) -> &str {
        let start = self.start as usize;
        text.get(start..start + self.length as usize).unwrap_or_default()
    }
}

/// The rows below the heads, each with the number of its line; empty lines are skipped.
fn rows<const N: usize>(
    table: RegionTable,
    text: &str,
) -> impl Iterator<Item = Result<(usize, [Cow<'_, str>; N]), RegionError>> {
    text.lines().enumerate().skip(1).filter(|(_, line)| !line.is_empty()).map(move |(index, line)| {
        let cells = cells(line).ok_or_else(|| problem(table, index + 1, "a quotation mark is not closed"))?;
        let found = cells.len();
        let cells =
            cells.try_into().map_err(|_| problem(table, index + 1, format!("{found} columns instead of {N}")))?;
        Ok((index + 1, cells))
    })
}

fn cells(line: &str) -> Option<Vec<Cow<'_, str>>> {
    if !line.contains('"') {
        return Some(line.split(',').map(Cow::Borrowed).collect());
    }
    let mut cells = vec![String::new()];
    let mut quoted = false;
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.next_if_eq(&'"').is_some() => cells.last_mut()?.push('"'),
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(String::new()),
            c => cells.last_mut()?.push(c),
        }
    }
    (!quoted).then(|| cells.into_iter().map(Cow::Owned).collect())
}

fn digits(table: RegionTable, line: usize, key: &str, length: usize) -> Result<u32, RegionError> {
    if key.len() == length && key.bytes().all(|b| b.is_ascii_digit()) {
        Ok(key.parse().unwrap_or_default())
    } else {
        Err(problem(table, line, format!("`{key}` is not a text of {length} digits")))
    }
}

fn problem(table: RegionTable, line: usize, problem: impl Into<String>) -> RegionError {
    RegionError { table, line, problem: problem.into() }
}
