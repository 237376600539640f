//! A comparison in words, for the person who answers for the new version.

use super::{Beside, Change, Comparison, Drafts, What};
use crate::model::Language;

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
    #[must_use]
    pub fn words(&self, reader: Language) -> Vec<Part> {
        let say = |de: &str, en: &str| if reader == Language::English { en.to_owned() } else { de.to_owned() };
        let mut parts = vec![Part {
            heading: say("Entwürfe, die schon begonnen sind", "Drafts that are already begun"),
            lines: vec![self.verdict(reader)],
        }];
        let answers: Vec<String> = self
            .changes
            .iter()
            .filter(|change| change.what != What::Wider)
            .map(|change| answer(change, self, reader))
            .collect();
        if !answers.is_empty() {
            parts.push(Part {
                heading: say("Was aus den Antworten wird", "What becomes of the answers"),
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
        if !self.beside.is_empty() {
            let lines = self.beside.iter().map(|beside| said_beside(*beside, reader)).collect();
            parts.push(Part { heading: say("Was sonst anders ist", "What else is different"), lines });
        }
        parts
    }

    fn verdict(&self, reader: Language) -> String {
        let (old, new) = (self.old, self.new);
        match (self.drafts, reader) {
            (Drafts::Stay, Language::English) => {
                format!("A draft of version {old} can go on in version {new} as it is.")
            }
            (Drafts::Stay, _) => {
                format!("Ein Entwurf aus Fassung {old} kann in Fassung {new} so weitergehen, wie er ist.")
            }
            (Drafts::Move, Language::English) => {
                format!(
                    "A draft of version {old} can go on in version {new}: some answers move or are dropped, nothing is asked again."
                )
            }
            (Drafts::Move, _) => {
                format!(
                    "Ein Entwurf aus Fassung {old} kann in Fassung {new} weitergehen: Einige Antworten ziehen um oder fallen weg, nichts wird noch einmal gefragt."
                )
            }
            (Drafts::AskAgain, Language::English) => {
                format!(
                    "A draft of version {old} can go on in version {new}, and the person is asked for some answers."
                )
            }
            (Drafts::AskAgain, _) => {
                format!(
                    "Ein Entwurf aus Fassung {old} kann in Fassung {new} weitergehen, und die Person wird nach einigen Antworten gefragt."
                )
            }
            (Drafts::Refused, Language::English) => {
                format!(
                    "Version {new} does not compile yet: for some changes against version {old} no line says what becomes of the answers."
                )
            }
            (Drafts::Refused, _) => {
                format!(
                    "Fassung {new} lässt sich noch nicht übersetzen: Für einige Änderungen gegenüber Fassung {old} steht nicht da, was aus den Antworten wird."
                )
            }
        }
    }
}

fn named(change: &Change, reader: Language) -> String {
    let label = change.label.get(reader);
    let path = change.path.join(".");
    match (label.is_empty(), reader) {
        (true, _) => path,
        (false, Language::English) => format!("“{label}” ({path})"),
        (false, _) => format!("„{label}“ ({path})"),
    }
}

fn answer(change: &Change, of: &Comparison, reader: Language) -> String {
    let name = named(change, reader);
    let english = reader == Language::English;
    let (old, new) = (of.old, of.new);
    let said = match &change.what {
        What::Moved { from, may_ask } => {
            let from = from.join(".");
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
            let from = from.join(".");
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
        What::Filled if english => format!("{name}: new; drafts get the value that stands under “Transition”."),
        What::Filled => format!("{name}: neu; Entwürfe bekommen den Wert, der unter „Übergang“ steht."),
        What::Retyped if english => {
            format!("{name}: has another kind of answer than in version {old}; the person is asked again.")
        }
        What::Retyped => {
            format!("{name}: hat eine andere Art als in Fassung {old}; die Person wird noch einmal gefragt.")
        }
        What::Required if english => format!("{name}: could be left empty and must be answered now."),
        What::Required => format!("{name}: durfte leer bleiben und muss jetzt beantwortet werden."),
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
        What::Asked | What::Filled if english => format!("{path} is new and always there where it is asked."),
        What::Asked | What::Filled => format!("{path} ist neu und immer da, wo danach gefragt wird."),
        What::Optional if english => format!("{path} is new and may be missing."),
        What::Optional => format!("{path} ist neu und kann fehlen."),
        What::Retyped if english => format!("{path} has another form."),
        What::Retyped => format!("{path} hat eine andere Form."),
        What::Required if english => format!("{path} is always there now where it is asked."),
        What::Required => format!("{path} ist jetzt immer da, wo danach gefragt wird."),
        What::Wider if english => format!("{path} can have values that did not exist before."),
        What::Wider => format!("{path} kann Werte haben, die es vorher nicht gab."),
        What::Narrower => return None,
    })
}

fn said_beside(beside: Beside, reader: Language) -> String {
    let english = reader == Language::English;
    let said = match beside {
        Beside::Texts if english => "Titles, questions, hints or other texts.",
        Beside::Texts => "Titel, Fragen, Hinweise oder andere Texte.",
        Beside::Conditions if english => "When something is asked, or in which order.",
        Beside::Conditions => "Wann etwas gefragt wird, oder in welcher Reihenfolge.",
        Beside::Rules if english => "Rules or their messages.",
        Beside::Rules => "Regeln oder ihre Meldungen.",
        Beside::Fees if english => "Fees or what they are calculated from.",
        Beside::Fees => "Gebühren oder das, woraus sie berechnet werden.",
        Beside::Responsibility if english => "Who is responsible, or the pages where it does not go on.",
        Beside::Responsibility => "Wer zuständig ist, oder die Seiten, auf denen es nicht weitergeht.",
    };
    said.to_owned()
}
