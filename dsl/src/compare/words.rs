//! A comparison in words, for the person who answers for the new version.

use super::{Amount, Beside, Change, Comparison, Drafts, There, What};
use crate::model::{Catalogue, Language};

/// A part of a comparison: its heading and its lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The heading.
    pub heading: String,
    /// Whole sentences.
    pub lines: Vec<String>,
}

impl Comparison {
    /// The comparison in words: the verdict on drafts, each answer, the receiving system, the rest.
    /// `catalogue` knows how names are written.
    #[must_use]
    pub fn words(&self, catalogue: &Catalogue, reader: Language) -> Vec<Part> {
        let say = |de: &str, en: &str| if reader == Language::English { en.to_owned() } else { de.to_owned() };
        let mut parts = vec![Part {
            heading: say("Entwürfe, die schon begonnen sind", "Drafts that are already begun"),
            lines: self.verdict(reader),
        }];
        let answers: Vec<String> = self
            .changes
            .iter()
            .filter(|change| change.what != What::Wider)
            .map(|change| answer(change, self, catalogue, reader))
            .collect();
        if !answers.is_empty() {
            parts.push(Part {
                heading: say(
                    "Was der Übergang für die Antworten festlegt",
                    "What the transition settles for the answers",
                ),
                lines: answers,
            });
        }
        let mut schema: Vec<String> = self.changes.iter().filter_map(|change| received(change, reader)).collect();
        if schema.is_empty() {
            schema.push(say(
                "Nichts: Die Daten haben dieselbe Form wie vorher.",
                "Nothing: the data have the same form as before.",
            ));
        }
        parts.push(Part {
            heading: say("Was sich für das empfangende System ändert", "What changes for the receiving system"),
            lines: schema,
        });
        let mut rest: Vec<String> = self.amounts.iter().map(|one| amount(one, reader)).collect();
        let told = !rest.is_empty();
        let beside = self.beside.iter().filter(|beside| !(told && **beside == Beside::Fees));
        rest.extend(beside.map(|beside| said_beside(*beside, reader)));
        if !rest.is_empty() {
            parts.push(Part { heading: say("Was sonst anders ist", "What else is different"), lines: rest });
        }
        parts
    }

    fn verdict(&self, reader: Language) -> Vec<String> {
        let (old, new) = (self.old, self.new);
        let english = reader == Language::English;
        let mut lines = Vec::new();
        if self.drafts == Drafts::Refused {
            lines.push(if english {
                format!("Version {new} still has errors: for some changes against version {old} no line under “Transition from version {old}” says what becomes of the answers.")
            } else {
                format!("Fassung {new} hat noch Fehler: Für einige Änderungen gegenüber Fassung {old} steht unter „Übergang von Fassung {old}“ nicht, was aus den Antworten wird.")
            });
        }
        lines.push(if english {
            format!("No draft is lost: whoever began with version {old} finishes with version {old}, also when version {new} is valid already, and is asked nothing again.")
        } else {
            format!("Kein Entwurf geht verloren: Wer mit Fassung {old} angefangen hat, macht mit Fassung {old} zu Ende, auch wenn Fassung {new} schon gilt, und wird nichts noch einmal gefragt.")
        });
        lines
    }
}

/// A question by its words and its name as an author writes it.
fn named(change: &Change, catalogue: &Catalogue, reader: Language) -> String {
    let label = change.label.get(reader);
    let path = spelled(&change.path, catalogue);
    match (label.is_empty(), reader) {
        (true, _) => path,
        (false, Language::English) => format!("“{label}” ({path})"),
        (false, _) => format!("„{label}“ ({path})"),
    }
}

fn spelled(path: &[String], catalogue: &Catalogue) -> String {
    catalogue.spelled(&path.join("."))
}

/// A fixed value or a fee, before and now.
fn amount(one: &Amount, reader: Language) -> String {
    let english = reader == Language::English;
    let name = match (&one.title, english) {
        (Some(title), true) => format!("Fee “{}”", title.get(reader)),
        (Some(title), false) => format!("Gebühr „{}“", title.get(reader)),
        (None, _) => one.name.clone(),
    };
    let text = |text: &Option<crate::model::Text>| text.as_ref().map(|text| text.get(reader).to_owned());
    match (one.there, text(&one.old), text(&one.new)) {
        (There::Before, ..) if english => format!("{name}: does not exist any more."),
        (There::Before, ..) => format!("{name}: gibt es nicht mehr."),
        (There::Now, _, Some(now)) if english => format!("{name}: new, {now}."),
        (There::Now, _, Some(now)) => format!("{name}: neu, {now}."),
        (There::Now, ..) if english => format!("{name}: new."),
        (There::Now, ..) => format!("{name}: neu."),
        (There::Both, Some(old), Some(new)) if old != new && english => format!("{name}: {old} before, {new} now."),
        (There::Both, Some(old), Some(new)) if old != new => format!("{name}: bisher {old}, jetzt {new}."),
        (There::Both, ..) if one.same_calculation && english => {
            format!("{name}: worked out as before, with other amounts.")
        }
        (There::Both, ..) if one.same_calculation => {
            format!("{name}: wird wie bisher berechnet, mit anderen Beträgen.")
        }
        (There::Both, ..) if english => {
            format!("{name}: is worked out in another way; compare the lines in both files.")
        }
        (There::Both, ..) => format!("{name}: wird anders berechnet; vergleichen Sie die Zeilen in beiden Dateien."),
    }
}

fn answer(change: &Change, of: &Comparison, catalogue: &Catalogue, reader: Language) -> String {
    let name = named(change, catalogue, reader);
    let english = reader == Language::English;
    let (old, new) = (of.old, of.new);
    let said = match &change.what {
        What::Moved { from, may_ask } => {
            let from = spelled(from, catalogue);
            match (english, may_ask) {
                (true, false) => format!("{name}: the answer moves here from {from}."),
                (true, true) => {
                    format!("{name}: the answer moves here from {from}; where it does not fit, it is asked again.")
                }
                (false, false) => format!("{name}: Die Antwort zieht von {from} hierher um."),
                (false, true) => format!(
                    "{name}: Die Antwort zieht von {from} hierher um; passt sie nicht, wird noch einmal gefragt."
                ),
            }
        }
        What::Converted { from, may_ask } => {
            let from = spelled(from, catalogue);
            match (english, may_ask) {
                (true, false) => format!("{name}: made from the answer to {from} by the table."),
                (true, true) => {
                    format!("{name}: made from the answer to {from} by the table; some answers are asked again.")
                }
                (false, false) => format!("{name}: entsteht nach der Tabelle aus der Antwort zu {from}."),
                (false, true) => format!(
                    "{name}: entsteht nach der Tabelle aus der Antwort zu {from}; manche Antworten werden noch einmal gefragt."
                ),
            }
        }
        What::Dropped if english => format!("{name}: does not exist in version {new} any more; the answer is dropped."),
        What::Dropped => format!("{name}: gibt es in Fassung {new} nicht mehr; die Antwort fällt weg."),
        What::Asked if english => format!("{name}: new; the person is asked."),
        What::Asked => format!("{name}: neu; die Person wird danach gefragt."),
        What::Optional if english => format!("{name}: new, and may be left empty."),
        What::Optional => format!("{name}: neu, und darf leer bleiben."),
        What::Filled => {
            let value = change.value.as_ref().map_or("", |value| value.get(reader));
            if english {
                format!("{name}: new; “{value}” is entered.")
            } else {
                format!("{name}: neu; eingetragen wird „{value}“.")
            }
        }
        What::Retyped if english => {
            format!("{name}: has another kind of answer than in version {old}; the person is asked again.")
        }
        What::Retyped => {
            format!("{name}: hat eine andere Art als in Fassung {old}; die Person wird noch einmal gefragt.")
        }
        What::Required if english => format!("{name}: could be left empty and must be answered now."),
        What::Required => format!("{name}: durfte leer bleiben und muss jetzt beantwortet werden."),
        What::AtOnce if english => format!("{name}: could be sent later and must be there at once now."),
        What::AtOnce => format!("{name}: durfte nachgereicht werden und muss jetzt gleich dabei sein."),
        What::Narrower if english => {
            format!("{name}: fewer answers fit than before; one that no longer fits is asked again.")
        }
        What::Narrower => {
            format!("{name}: Es passen weniger Antworten als vorher; passt eine nicht mehr, wird noch einmal gefragt.")
        }
        What::Wider if english => format!("{name}: more answers are possible than before."),
        What::Wider => format!("{name}: Es sind mehr Antworten möglich als vorher."),
    };
    match (change.uncovered, english) {
        (false, _) => said,
        (true, true) => format!("{said} A line for this is missing under “Transition from version {old}”."),
        (true, false) => format!("{said} Dafür fehlt eine Zeile unter „Übergang von Fassung {old}“."),
    }
}

/// What the receiving system sees of a change.
fn received(change: &Change, reader: Language) -> Option<String> {
    let path = change.path.join(".");
    let english = reader == Language::English;
    Some(match &change.what {
        What::Moved { from, .. } => {
            let from = from.join(".");
            if english { format!("{from} is now called {path}.") } else { format!("{from} heißt jetzt {path}.") }
        }
        What::Converted { from, .. } => {
            let from = from.join(".");
            if english {
                format!("{path} comes instead of {from}, with other values.")
            } else {
                format!("{path} kommt an die Stelle von {from}, mit anderen Werten.")
            }
        }
        What::Dropped if english => format!("{path} does not come any more."),
        What::Dropped => format!("{path} kommt nicht mehr."),
        What::Asked | What::Filled if english => format!("{path} is new; it is missing only where it is not asked."),
        What::Asked | What::Filled => format!("{path} ist neu; es fehlt nur, wo nicht danach gefragt wird."),
        What::Optional if english => format!("{path} is new and may be missing."),
        What::Optional => format!("{path} ist neu und kann fehlen."),
        What::Retyped if english => format!("{path} has another form."),
        What::Retyped => format!("{path} hat eine andere Form."),
        What::Required | What::AtOnce if english => format!("{path} is missing now only where it is not asked."),
        What::Required | What::AtOnce => format!("{path} fehlt jetzt nur noch, wo nicht danach gefragt wird."),
        What::Wider if english => format!("{path} can have values that did not exist before."),
        What::Wider => format!("{path} kann Werte haben, die es vorher nicht gab."),
        What::Narrower => return None,
    })
}

fn said_beside(beside: Beside, reader: Language) -> String {
    let english = reader == Language::English;
    let said = match beside {
        Beside::Texts if english => "Texts: titles, questions, hints and the like.",
        Beside::Texts => "Texte: Titel, Fragen, Hinweise oder Ähnliches.",
        Beside::Conditions if english => "When something is asked, or in which order.",
        Beside::Conditions => "Wann etwas gefragt wird, oder in welcher Reihenfolge.",
        Beside::Rules if english => "Rules or their messages.",
        Beside::Rules => "Regeln oder ihre Meldungen.",
        Beside::Fees if english => "Fees are worked out from other values.",
        Beside::Fees => "Die Gebühren werden aus anderen Werten berechnet.",
        Beside::Responsibility if english => "Who is responsible, or the pages where it does not go on.",
        Beside::Responsibility => "Wer zuständig ist, oder die Seiten, auf denen es nicht weitergeht.",
    };
    said.to_owned()
}
