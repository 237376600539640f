use super::{Area, Regions, STATE_SCHLESWIG_HOLSTEIN, fold};

impl Regions {
    /// The places of Schleswig-Holstein, and the states, whose names begin with some letters, as an
    /// author writes them, each with where it lies: districts and Ämter first, at most `most`.
    #[must_use]
    pub fn begin_with(&self, start: &str, most: usize) -> Vec<(String, String)> {
        let wanted = fold::fold(start.trim());
        let begins = |name: &str| fold::fold(name).starts_with(&wanted);
        let home = |area: &&Area| self.at(area.key).starts_with(STATE_SCHLESWIG_HOLSTEIN);
        let areas = self.districts.iter().chain(&self.associations).filter(home).map(|area| self.at(area.name));
        let states = self.states.iter().map(|area| format!("Land {}", self.at(area.name).trim_start_matches("Land ")));
        let mut found: Vec<(String, String)> =
            areas.filter(|name| begins(name)).map(|name| (name.to_owned(), String::new())).collect();
        if !start.trim().is_empty() {
            let towns = self.within(STATE_SCHLESWIG_HOLSTEIN).filter(|town| begins(town.name));
            found.extend(towns.filter_map(|town| {
                let district = self.name(town.district).unwrap_or_default().into_owned();
                let name = self.name(town.key)?.into_owned();
                Some((name, if district == town.name { String::new() } else { district }))
            }));
        }
        found.extend(states.filter(|name| begins(name)).map(|name| (name, String::new())));
        found.truncate(most);
        found
    }
}
