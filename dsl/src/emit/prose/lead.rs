//! What stands before the questions: what the text is, the basics of the procedure.

use rust_decimal::Decimal;

use super::Narrator;
use super::document::{Block, Point};
use super::say;
use crate::kind::show_date;
use crate::model::{Access, ProcedureKind, Retention, RetentionFrom, RichText, Window};
use jiff::ToSpan as _;
use jiff::civil::DateTime;

impl Narrator<'_> {
    /// What this text is and how it is read.
    pub(super) fn lead(&self, blocks: &mut Vec<Block>) {
        let procedure = self.procedure;
        let kind = self.kind_name();
        let (version, from) = (procedure.version, show_date(procedure.valid_from, self.language));
        // The text names the last day that is included.
        let until = procedure.valid_until.and_then(|until| until.checked_sub(1.day()).ok());
        let valid = match until.map(|day| show_date(day, self.language)) {
            Some(until) => say!(self; "gilt vom {from} bis zum {until}", "is valid from {from} to {until}"),
            None => say!(self; "gilt ab dem {from}", "is valid from {from}"),
        };
        blocks.push(Block::paragraph(
            &say!(self; "{kind}, Fassung {version}. Sie {valid}.", "{kind}, version {version}. It {valid}."),
        ));
        if let Some(easy) = self.easy(&procedure.title, &[]) {
            blocks.push(Block::paragraph(&easy));
        }
        blocks.push(Block::paragraph(self.pick(
            "Dieser Text gibt das Verfahren vollständig wieder, damit es geprüft und freigegeben werden kann. Er entsteht aus derselben Quelle wie das Formular: Was hier steht, fragt, prüft und rechnet das Formular, und sonst nichts.",
            "This text tells the whole procedure, so that it can be examined and approved. It is made from the same source as the form: what is written here is what the form asks, checks and works out, and nothing else.",
        )));
        if procedure.kind == ProcedureKind::Topic {
            return;
        }
        blocks.push(Block::paragraph(self.pick(
            "Seiten und Fragen sind durchgezählt: Frage 2.3 ist die dritte auf Seite 2. B steht vor Bedingungen, W vor berechneten Werten, R vor Regeln, E vor Endseiten, G vor Gebühren und Z vor Zeilen der Zuständigkeit. Wo ein Text in eckigen Klammern auf eine Frage oder einen Wert verweist, setzt das Formular die Antwort oder den Wert ein.",
            "Pages and questions are counted: question 2.3 is the third one on page 2. C stands before conditions, V before values that are worked out, R before rules, E before end pages, F before fees and A before the rows that say which authority is responsible. Where a text refers to a question or a value in square brackets, the form puts in the answer or the value.",
        )));
    }

    fn kind_name(&self) -> &'static str {
        match self.procedure.kind {
            ProcedureKind::Application => self.pick("Antrag", "Application"),
            ProcedureKind::Report => self.pick("Meldung", "Report"),
            ProcedureKind::Topic => self.pick("Information", "Topic"),
        }
    }

    /// Legal basis, deadline, retention and what else holds for the whole.
    pub(super) fn basics(&self, blocks: &mut Vec<Block>) {
        let procedure = self.procedure;
        let topic = procedure.kind == ProcedureKind::Topic;
        blocks.push(Block::heading(2, self.pick("Grundlagen", "Basics")));
        let mut points = Vec::new();
        if let Some(open) = &procedure.open {
            let from = open.from.map(|from| self.minute(from));
            let to = open.to.map(|to| self.minute(to));
            let said = match (from, to) {
                (Some(from), Some(to)) => {
                    say!(self; "vom {from} bis zum {to}, beide eingeschlossen", "from {from} to {to}, both included")
                }
                (Some(from), None) => say!(self; "ab dem {from}", "from {from}"),
                (None, Some(to)) => say!(self; "bis zum {to}, dieser eingeschlossen", "until {to}, that included"),
                (None, None) => say!(self; "immer", "always"),
            };
            let name = self.pick("Offen", "Open");
            let mut point = Point::plain(&format!(
                "{name}: {said}. {}",
                self.pick("Sonst steht dort:", "Otherwise it says there:")
            ));
            point.inner.extend(self.quote_of(&open.closed, &[]));
            points.push(point);
        }
        let mut text = |name: &str, text: Option<&RichText>, missing: Option<&str>| match (text, missing) {
            (Some(text), _) => {
                let mut point = Point::plain(&format!("{name}:"));
                point.inner.extend(self.quote_of(text, &[]));
                points.push(point);
            }
            (None, Some(missing)) => points.push(Point::plain(&format!("{name}: {missing}"))),
            (None, None) => {}
        };
        let nothing = |words| if topic { None } else { Some(words) };
        text(
            self.pick("Einleitung auf der ersten Seite", "Introduction on the first page"),
            procedure.introduction.as_ref(),
            None,
        );
        text(
            self.pick("Rechtsgrundlage", "Legal basis"),
            procedure.legal_basis.as_ref(),
            nothing(self.pick("nicht angegeben", "not given")),
        );
        text(self.pick("Frist", "Deadline"), procedure.deadline.as_ref(), nothing(self.pick("keine", "none")));
        text(
            self.pick("Wie es nach dem Absenden weitergeht", "What happens after sending"),
            procedure.what_happens_next.as_ref(),
            nothing(self.pick("nicht angegeben", "not given")),
        );
        if !topic {
            let retention = procedure.retention.as_ref().map_or_else(
                || self.pick("nicht angegeben", "not given").to_owned(),
                |retention| self.retention(retention),
            );
            let name = self.pick("Aufbewahrung bei der Behörde", "Retention by the authority");
            points.push(Point::plain(&format!("{name}: {retention}")));
            let name = self.pick("Nachweis der Identität", "Proof of identity");
            points.push(Point::plain(&format!("{name}: {}", self.access(procedure.access))));
        }
        if let Some(service) = &procedure.service {
            let name = self.pick("Schlüssel im Leistungskatalog", "Key in the catalogue of services");
            points.push(Point::plain(&format!("{name}: {service}")));
        }
        if let Some(category) = &procedure.category {
            let (name, category) = (self.pick("Kategorie im Portal", "Category in the portal"), self.quote(category));
            points.push(Point::plain(&format!("{name}: {category}")));
        }
        if !procedure.search_words.is_empty() {
            // Those of a translation may be the same.
            let mut words: Vec<String> = Vec::new();
            for word in procedure.search_words.iter().map(|word| self.quote(word)) {
                if !words.contains(&word) {
                    words.push(word);
                }
            }
            let (name, words) = (self.pick("Suchwörter im Portal", "Search words in the portal"), words.join(", "));
            points.push(Point::plain(&format!("{name}: {words}")));
        }
        blocks.push(Block::Points(points));
    }

    /// A bound of the time in which a procedure is open; a whole day without its time.
    fn minute(&self, bound: DateTime) -> String {
        let day = show_date(bound.date(), self.language);
        if Window::is_whole_day(bound) {
            return day;
        }
        let (hour, minute) = (bound.hour(), bound.minute());
        say!(self; "{day} um {hour:02}:{minute:02} Uhr", "{day} at {hour:02}:{minute:02}")
    }

    fn retention(&self, retention: &Retention) -> String {
        let length = self.duration(Decimal::from(retention.amount), retention.unit);
        match &retention.from {
            RetentionFrom::Completion => say!(self; "{length} nach der Erledigung", "{length} after completion"),
            RetentionFrom::Receipt => say!(self; "{length} nach dem Eingang", "{length} after receipt"),
            RetentionFrom::EndOfYear => {
                say!(self; "{length} nach dem Ende des Jahres", "{length} after the end of the year")
            }
            RetentionFrom::Day(day) => {
                let day = show_date(*day, self.language);
                say!(self; "{length} nach dem {day}", "{length} after {day}")
            }
        }
    }

    fn access(&self, access: Access) -> &'static str {
        match access {
            Access::None => self.pick("nicht nötig", "not needed"),
            Access::Email => self.pick("eine bestätigte E-Mail-Adresse", "a confirmed e-mail address"),
            Access::Account => self.pick("die Anmeldung mit einem Konto", "signing in with an account"),
            Access::Eid => self.pick("der Online-Ausweis", "the electronic identity card"),
        }
    }
}
