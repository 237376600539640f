use super::fold::{fold, loosen};
use super::{Entry, Municipality, OUTSIDE_GERMANY, Regions, STATE_SCHLESWIG_HOLSTEIN, set_contains};
use crate::model::Set;

/// How many places a search answers with at most.
const MOST: usize = 20;

/// No name of a place is longer, in bytes: what is, is not searched for.
const LONGEST: usize = 200;

/// What somebody who typed a place may have meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Whether name, postcode or key fit as a whole; else they only begin like what was typed,
    /// or are written nearly like it.
    pub exact: bool,
    /// Official keys; Schleswig-Holstein first, then by name. At most 20 where not exact.
    pub keys: Vec<String>,
}

impl Regions {
    /// Municipalities for a citizen who types a name, the beginning of one, a postcode, a
    /// postcode with a name, or an official key. Only those in the set; Schleswig-Holstein
    /// first; at most 20.
    #[must_use]
    pub fn search(&self, query: &str, set: Option<&Set>) -> Vec<Municipality<'_>> {
        let exact = self.exactly(query, set);
        let mut hits = exact.clone();
        hits.extend(self.nearly(query, set).into_iter().filter(|hit| !exact.contains(hit)));
        hits.truncate(MOST);
        hits.into_iter().map(|index| self.municipality(index)).collect()
    }

    /// What somebody may have meant by what they typed, as [`Regions::search`]; also
    /// [`OUTSIDE_GERMANY`] for `Ausland` or `abroad`.
    #[must_use]
    pub fn find(&self, query: &str, set: Option<&Set>) -> Found {
        if means_abroad(query) && set.is_none_or(|set| set_contains(set, OUTSIDE_GERMANY)) {
            return Found { exact: true, keys: vec![OUTSIDE_GERMANY.to_owned()] };
        }
        let exact = self.exactly(query, set);
        let keys = |hits: Vec<u32>| hits.into_iter().map(|hit| self.municipality(hit).key.to_owned()).collect();
        if exact.is_empty() {
            Found { exact: false, keys: keys(self.nearly(query, set)) }
        } else {
            Found { exact: true, keys: keys(exact) }
        }
    }

    /// Those that the query names as a whole.
    fn exactly(&self, query: &str, set: Option<&Set>) -> Vec<u32> {
        let (postcode, name) = split(query);
        if let Some(index) = self.index(&name) {
            return self.allowed(vec![index], set);
        }
        let hits = match (postcode, name.is_empty()) {
            (Some(postcode), true) => self.by_postcode(&postcode),
            (Some(postcode), false) => {
                let mut hits = self.by_postcode(&postcode);
                hits.retain(|hit| self.folded(*hit).starts_with(&name) || name.starts_with(self.folded(*hit)));
                hits
            }
            (None, true) => Vec::new(),
            (None, false) => {
                let mut hits = self.with_folded(&name, |folded| folded == name);
                if hits.is_empty() {
                    hits = self.with_district(&name);
                }
                hits
            }
        };
        self.allowed(hits, set)
    }

    /// Those that begin with the query, then those with a word that does, else those that are
    /// written nearly so.
    fn nearly(&self, query: &str, set: Option<&Set>) -> Vec<u32> {
        let (postcode, name) = split(query);
        let mut hits = postcode.map(|code| self.by_postcode(&code)).unwrap_or_default();
        if name.len() >= 2 {
            hits.extend(self.with_folded(&name, |folded| folded.starts_with(&name)));
            let inside = format!(" {name}");
            hits.extend(self.entries(|entry| self.at(entry.folded).contains(&inside)));
        }
        hits = self.allowed(hits, set);
        if hits.is_empty() && name.len() >= 3 {
            let loose = loosen(&name);
            let near = self.entries(|entry| self.at(entry.loose).starts_with(&loose));
            hits = self.allowed(near.collect(), set);
            if hits.is_empty() {
                let near = self.entries(|entry| is_misspelt(&loose, self.at(entry.loose)));
                hits = self.allowed(near.collect(), set);
            }
        }
        hits.truncate(MOST);
        hits
    }

    fn entries(&self, fits: impl Fn(&Entry) -> bool) -> impl Iterator<Item = u32> {
        (0..).zip(&self.municipalities).filter(move |(_, entry)| fits(entry)).map(|(index, _)| index)
    }

    fn by_postcode(&self, postcode: &str) -> Vec<u32> {
        self.with_postcode(postcode).into_iter().filter_map(|place| self.index(place.key)).collect()
    }

    /// Those from `start` on, in the order of folded names, that fit.
    fn with_folded(&self, start: &str, fits: impl Fn(&str) -> bool) -> Vec<u32> {
        let first = self.by_name.partition_point(|index| self.folded(*index) < start);
        self.by_name.iter().skip(first).copied().take_while(|index| fits(self.folded(*index))).collect()
    }

    /// `neukirchen ostholstein`: a name followed by words of its district.
    fn with_district(&self, name: &str) -> Vec<u32> {
        (0..)
            .zip(&self.municipalities)
            .filter(|(_, entry)| {
                let rest = name.strip_prefix(self.at(entry.folded)).and_then(|rest| rest.strip_prefix(' '));
                rest.is_some_and(|rest| {
                    let district = self.at(entry.key).get(..5).and_then(|key| self.name(key));
                    district.is_some_and(|district| format!(" {}", fold(&district)).ends_with(&format!(" {rest}")))
                })
            })
            .map(|(index, _)| index)
            .collect()
    }

    /// Only those in the set, each once; Schleswig-Holstein first, otherwise as they came.
    fn allowed(&self, hits: Vec<u32>, set: Option<&Set>) -> Vec<u32> {
        let mut allowed = Vec::with_capacity(hits.len());
        for hit in hits {
            let inside = set.is_none_or(|set| set_contains(set, self.municipality(hit).key));
            if inside && !allowed.contains(&hit) {
                allowed.push(hit);
            }
        }
        allowed.sort_by_key(|hit| !self.municipality(*hit).key.starts_with(STATE_SCHLESWIG_HOLSTEIN));
        allowed
    }
}

/// Whether a name is so near to another one that it may be a slip of the pen: one letter in
/// five, and the first one is right.
fn is_misspelt(typed: &str, name: &str) -> bool {
    let most = (typed.len() / 5).min(2);
    most > 0
        && typed.len().abs_diff(name.len()) <= most
        && typed.as_bytes().first() == name.as_bytes().first()
        && strsim::osa_distance(typed, name) <= most
}

/// A postcode at the beginning or the end of a query, and the folded rest.
fn split(query: &str) -> (Option<String>, String) {
    if query.len() > LONGEST {
        return (None, String::new());
    }
    let folded = fold(query);
    let is_postcode = |word: &str| word.len() == 5 && word.bytes().all(|b| b.is_ascii_digit());
    let mut words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
    if words.len() > 1 && words.first().is_some_and(|word| matches!(*word, "d" | "de")) {
        words.remove(0);
    }
    let place = [0, words.len().saturating_sub(1)]
        .into_iter()
        .find(|place| words.get(*place).copied().is_some_and(is_postcode));
    let postcode = place.map(|place| words.remove(place).to_owned());
    (postcode, words.join(" "))
}

fn means_abroad(query: &str) -> bool {
    let short = query.len() <= LONGEST;
    query == OUTSIDE_GERMANY
        || short
            && matches!(
                fold(query).as_str(),
                "ausland" | "im ausland" | "ausserhalb deutschlands" | "abroad" | "outside germany"
            )
}
