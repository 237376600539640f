use std::borrow::Cow;

use super::{Area, Municipality, OUTSIDE_GERMANY, Regions, Span};

impl Regions {
    /// The municipality with this key of 12 digits.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<Municipality<'_>> {
        self.index(key).map(|index| self.municipality(index))
    }

    /// Whether a key is known: of a municipality, or [`OUTSIDE_GERMANY`].
    #[must_use]
    pub fn knows(&self, key: &str) -> bool {
        key == OUTSIDE_GERMANY || self.index(key).is_some()
    }

    /// All municipalities, by key.
    pub fn all(&self) -> impl Iterator<Item = Municipality<'_>> {
        self.within("")
    }

    /// The municipalities whose key begins with `prefix`, by key.
    pub fn within<'a>(&'a self, prefix: &str) -> impl Iterator<Item = Municipality<'a>> + use<'a> {
        let (start, end) = self.bounds(prefix);
        (start..end).filter_map(|index| u32::try_from(index).ok()).map(|index| self.municipality(index))
    }

    /// Where the municipalities whose key begins with `prefix` start and end.
    fn bounds(&self, prefix: &str) -> (usize, usize) {
        let start = self.municipalities.partition_point(|entry| self.at(entry.key) < prefix);
        let rest = self.municipalities.get(start..).unwrap_or_default();
        (start, start + rest.partition_point(|entry| self.at(entry.key).starts_with(prefix)))
    }

    /// A municipality of each part into which beginnings of keys cut the country: within a part
    /// none of them tells two municipalities apart. Those of Schleswig-Holstein come first, then
    /// all by key, at last [`OUTSIDE_GERMANY`].
    pub(crate) fn representatives<'p>(&self, beginnings: impl IntoIterator<Item = &'p str>) -> Vec<&str> {
        let home = super::STATE_SCHLESWIG_HOLSTEIN;
        let (first, last) = self.bounds(home);
        let mut cuts = vec![0, first, last];
        for prefix in beginnings {
            let (start, end) = self.bounds(prefix);
            cuts.extend([start, end]);
        }
        cuts.sort_unstable();
        cuts.dedup();
        cuts.retain(|at| *at < self.municipalities.len());
        let at_home = |at: &&usize| (first..last).contains(*at);
        let key = |at: &usize| self.municipalities.get(*at).map(|entry| self.at(entry.key));
        let mut keys: Vec<&str> = cuts.iter().filter(at_home).filter_map(key).collect();
        keys.extend(cuts.iter().filter(|at| !at_home(at)).filter_map(key));
        keys.push(OUTSIDE_GERMANY);
        keys
    }

    /// The name of an area: of a municipality (where the name occurs twice in its state, with
    /// its district in brackets), of a district, an association or a state.
    #[must_use]
    pub fn name(&self, key: &str) -> Option<Cow<'_, str>> {
        if let Some(index) = self.index(key) {
            return Some(self.full_name(index));
        }
        if key == OUTSIDE_GERMANY {
            return Some(Cow::Borrowed("außerhalb Deutschlands"));
        }
        [&self.districts, &self.associations, &self.states]
            .into_iter()
            .find_map(|areas| self.area_with_key(areas, key))
            .map(|area| Cow::Borrowed(self.at(area.name)))
    }

    /// The key of the district with exactly this name: `Kreis Segeberg`, `Kiel`.
    #[must_use]
    pub fn district_named(&self, name: &str) -> Option<&str> {
        self.area_named(&self.districts, name)
    }

    /// The key of the association with exactly this name: `Amt Itzstedt`.
    #[must_use]
    pub fn association_named(&self, name: &str) -> Option<&str> {
        self.area_named(&self.associations, name)
    }

    /// The key of the state with this name: `Schleswig-Holstein`, also `Land Schleswig-Holstein`.
    #[must_use]
    pub fn state_named(&self, name: &str) -> Option<&str> {
        self.area_named(&self.states, name.strip_prefix("Land ").unwrap_or(name))
    }

    /// The municipalities with exactly this name whose key begins with `within`; the name
    /// may have its district in brackets as [`Regions::name`] gives it.
    #[must_use]
    pub fn municipalities_named(&self, name: &str, within: &str) -> Vec<Municipality<'_>> {
        let bracket = name.strip_suffix(')').and_then(|n| n.rsplit_once(" ("));
        self.within_indexes(within)
            .filter(|index| {
                let place = self.municipality(*index);
                place.name == name
                    || bracket.is_some_and(|(short, district)| {
                        place.name == short && self.district_name(place) == Some(district)
                    })
            })
            .map(|index| self.municipality(index))
            .collect()
    }

    /// The municipalities that have a part of the area of this postcode, by key.
    #[must_use]
    pub fn with_postcode(&self, postcode: &str) -> Vec<Municipality<'_>> {
        if postcode.len() != 5 || !postcode.bytes().all(|b| b.is_ascii_digit()) {
            return Vec::new();
        }
        let Ok(number) = postcode.parse::<u32>() else {
            return Vec::new();
        };
        let start = self.postcodes.partition_point(|(code, _)| *code < number);
        self.postcodes
            .iter()
            .skip(start)
            .take_while(|(code, _)| *code == number)
            .map(|(_, index)| self.municipality(*index))
            .collect()
    }

    /// The postcodes of a municipality, of five digits, sorted.
    #[must_use]
    pub fn postcodes_of(&self, key: &str) -> Vec<String> {
        let Some(index) = self.index(key) else {
            return Vec::new();
        };
        let start = self.postcodes_by_place.partition_point(|(place, _)| *place < index);
        self.postcodes_by_place
            .iter()
            .skip(start)
            .take_while(|(place, _)| *place == index)
            .map(|(_, code)| format!("{code:05}"))
            .collect()
    }

    pub(super) fn at(&self, span: Span) -> &str {
        span.of(&self.text)
    }

    pub(super) fn index(&self, key: &str) -> Option<u32> {
        let found = self.municipalities.binary_search_by(|entry| self.at(entry.key).cmp(key)).ok()?;
        u32::try_from(found).ok()
    }

    pub(super) fn folded(&self, index: u32) -> &str {
        self.municipalities.get(index as usize).map_or("", |entry| self.at(entry.folded))
    }

    pub(super) fn municipality(&self, index: u32) -> Municipality<'_> {
        let (key, name) =
            self.municipalities.get(index as usize).map_or(("", ""), |entry| (self.at(entry.key), self.at(entry.name)));
        Municipality { key, name, district: key.get(..5).unwrap_or_default() }
    }

    pub(super) fn district_name(&self, place: Municipality<'_>) -> Option<&str> {
        self.area_with_key(&self.districts, place.district).map(|area| self.at(area.name))
    }

    fn full_name(&self, index: u32) -> Cow<'_, str> {
        let place = self.municipality(index);
        let shared = self.municipalities.get(index as usize).is_some_and(|entry| entry.shared_name);
        if !shared {
            return Cow::Borrowed(place.name);
        }
        let state = || self.area_with_key(&self.states, place.key.get(..2)?).map(|area| self.at(area.name));
        match self.district_name(place).or_else(state) {
            Some(around) => Cow::Owned(format!("{} ({around})", place.name)),
            None => Cow::Borrowed(place.name),
        }
    }

    fn within_indexes(&self, prefix: &str) -> impl Iterator<Item = u32> {
        let start = self.municipalities.partition_point(|entry| self.at(entry.key) < prefix);
        (0u32..)
            .zip(&self.municipalities)
            .skip(start)
            .take_while(move |(_, entry)| self.at(entry.key).starts_with(prefix))
            .map(|(index, _)| index)
    }

    fn area_with_key(&self, areas: &[Area], key: &str) -> Option<Area> {
        let found = areas.binary_search_by(|area| self.at(area.key).cmp(key)).ok()?;
        areas.get(found).copied()
    }

    fn area_named(&self, areas: &[Area], name: &str) -> Option<&str> {
        areas.iter().find(|area| self.at(area.name) == name).map(|area| self.at(area.key))
    }
}
