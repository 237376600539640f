//! Whether a personal datum is asked twice for the same person (WCAG 2.2, 3.3.7 redundant entry).

use super::engine::Verdict;
use super::judge::Judge;
use super::site::Site;
use crate::check::names::json_key;
use crate::diagnostic::{Both, Diagnostic, Problem};
use crate::kind::Kind;
use crate::model::{Step, Subject};
use crate::syntax::keyword::{Fixed, Key};

/// A personal datum that a question asks for.
#[derive(Clone)]
struct Datum {
    /// Whom it is about; empty: the applicant.
    person: String,
    what: &'static str,
    words: (&'static str, &'static str),
    /// The question, and the outermost one that it stands in.
    steps: Vec<Step>,
    site: Site,
}

impl Judge<'_> {
    /// Reports each question that asks again what was asked before.
    pub fn asked_twice(&mut self) {
        let mut known: Vec<Datum> = Vec::new();
        let mut said: Vec<Site> = Vec::new();
        for steps in self.engine.places.order.clone() {
            for datum in self.data(&steps) {
                let earlier: Vec<Datum> = known
                    .iter()
                    .filter(|other| other.person == datum.person && other.what == datum.what)
                    .filter(|other| other.site != datum.site && !said.contains(&datum.site))
                    .cloned()
                    .collect();
                for other in earlier {
                    let (a, b) = (self.engine.present(&other.steps), self.engine.present(&datum.steps));
                    let both = self.engine.formulas.all([a, b]);
                    if !matches!(self.engine.can(both), Verdict::Cannot) {
                        self.say_twice(&other, &datum);
                        said.push(datum.site.clone());
                        break;
                    }
                }
                known.push(datum);
            }
        }
    }

    fn say_twice(&self, first: &Datum, second: &Datum) {
        let problem = Problem::AskedTwice {
            second: self.spelled(&second.steps),
            first: self.spelled(&first.steps),
            datum: Both::new(second.words.0, second.words.1),
        };
        let (Some((thing, node)), Some((other, other_node))) =
            (self.sites.node(&second.site), self.sites.node(&first.site))
        else {
            return;
        };
        let mut message = Diagnostic::new(problem, &thing.file, node.span);
        message.related.push((other.file.clone(), other_node.span));
        self.sites.tell(message);
    }

    /// What the question at a place asks for.
    fn data(&self, steps: &[Step]) -> Vec<Datum> {
        let Some(place) = self.engine.places.all.get(steps) else { return Vec::new() };
        let Some(question) = place.question.filter(|_| !steps.contains(&Step::Entry)) else { return Vec::new() };
        let alone = place.keys.len() == 1;
        let data: &[(&str, (&str, &str))] = match &question.kind {
            Kind::GivenName => &[("given", ("dem Vornamen", "the given name"))],
            Kind::FamilyName => &[("family", ("dem Familiennamen", "the family name"))],
            Kind::FullName => &[("given", ("dem Namen", "the name")), ("family", ("dem Namen", "the name"))],
            Kind::BirthDate { .. } => &[("birth", ("dem Geburtsdatum", "the date of birth"))],
            Kind::Email => &[("email", ("der E-Mail-Adresse", "the e-mail address"))],
            Kind::Phone => &[("phone", ("der Telefonnummer", "the telephone number"))],
            Kind::Street => &[("street", ("der Straße", "the street"))],
            Kind::Postcode => &[("postcode", ("der Postleitzahl", "the postcode"))],
            Kind::TaxNumber => &[("tax", ("der Steuernummer", "the tax number"))],
            // A municipality that stands alone is a place of the matter, not of a person.
            Kind::Municipality(_) if alone => &[],
            Kind::Municipality(_) => &[("town", ("der Gemeinde", "the municipality"))],
            _ => &[],
        };
        let person = self.person(place.section, &place.keys, &question.subject);
        let site = Site::Item(place.section, place.keys.iter().take(1).cloned().collect());
        data.iter()
            .map(|(what, words)| Datum {
                person: person.clone(),
                what,
                words: *words,
                steps: steps.to_vec(),
                site: site.clone(),
            })
            .collect()
    }

    /// Whom an answer is about: the applicant, the person that a question introduces, or, where
    /// nothing is said of it, somebody of whom only this question asks.
    fn person(&self, section: usize, keys: &[String], subject: &Subject) -> String {
        let named = (1..=keys.len()).rev().find_map(|length| {
            let (thing, node) = self.sites.node(&Site::Item(section, keys[..length].to_vec()))?;
            let line = node.key(Key::About)?;
            let other = Fixed::find(&line.value).is_some_and(|found| found.word == Fixed::AnotherPerson);
            Some(if other || thing.file != self.sites.thing.file {
                keys[..length].join(".")
            } else {
                json_key(line.value.trim())
            })
        });
        match (subject, named) {
            (Subject::Applicant, _) => String::new(),
            (Subject::Other, Some(named)) => named,
            (Subject::Other, None) => keys.join("."),
        }
    }
}
