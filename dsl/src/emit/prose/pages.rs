//! The pages and their questions, numbered as they are asked.

use super::Narrator;
use super::amounts::Case;
use super::document::{Block, Point, reference};
use super::say;
use crate::kind::Kind;
use crate::model::{Condition, Item, Question, QuestionRule, Repeat, SecondPerson, Section, Subject, Unanswered};

impl<'p> Narrator<'p> {
    /// All pages.
    pub(super) fn pages(&self, blocks: &mut Vec<Block>) {
        blocks.push(Block::heading(2, self.pick("Die Fragen", "The questions")));
        if self.procedure.sections.iter().any(|section| section.questions().next().is_some()) {
            blocks.push(Block::paragraph(self.pick(
                "Jede Frage muss beantwortet werden, wenn nichts anderes dabeisteht. Eine Frage, die nicht gestellt wird, hat keine Antwort, und es wird dazu nichts gesendet.",
                "Every question must be answered unless it says otherwise. A question that is not asked has no answer, and nothing is sent for it.",
            )));
        }
        for (index, section) in self.procedure.sections.iter().enumerate() {
            let number = (index + 1).to_string();
            blocks.push(Block::Heading {
                level: 3,
                number: Some(number.clone()),
                text: section.title.get(self.language).to_owned(),
            });
            self.section(section, &number, blocks);
        }
    }

    /// The files that are asked for, in one place.
    pub(super) fn evidence(&self, blocks: &mut Vec<Block>) {
        let mut points = Vec::new();
        for (index, section) in self.procedure.sections.iter().enumerate() {
            self.files_in(&section.items, &(index + 1).to_string(), &mut points);
        }
        if !points.is_empty() {
            blocks.push(Block::heading(2, self.pick("Nachweise im Überblick", "Evidence at a glance")));
            blocks.push(Block::Points(points));
        }
    }

    fn files_in(&self, items: &[Item], around: &str, points: &mut Vec<Point>) {
        for (index, item) in items.iter().enumerate() {
            let Item::Question(question) = item else { continue };
            let number = format!("{around}.{}", index + 1);
            match &question.kind {
                Kind::Block { items, .. } => self.files_in(items, &number, points),
                Kind::File(_) => {
                    let (place, label) = (self.question(&number), self.quote(question.label.get(self.language)));
                    let when = match (&question.condition, question.optional, question.may_follow.is_some()) {
                        (_, true, _) => self.pick("freiwillig", "optional").to_owned(),
                        (None, _, true) => {
                            self.pick("immer, darf nachgereicht werden", "always, may follow").to_owned()
                        }
                        (None, ..) => self.pick("immer", "always").to_owned(),
                        (Some(condition), _, follow) => {
                            let number = self.condition(condition);
                            match follow {
                                true => {
                                    say!(self; "nur bei {number}, darf nachgereicht werden", "only with {number}, may follow")
                                }
                                false => say!(self; "nur bei {number}", "only with {number}"),
                            }
                        }
                    };
                    points.push(Point::plain(&format!("{label} ({place}): {when}")));
                }
                _ => {}
            }
        }
    }

    fn section(&self, section: &'p Section, number: &str, blocks: &mut Vec<Block>) {
        let way: Vec<&str> = if section.repeat.is_some() { vec![&section.key] } else { Vec::new() };
        if let Some(easy) = self.easy(&section.title, &way) {
            blocks.push(Block::paragraph(&easy));
        }
        if let Some(condition) = &section.condition {
            let (clause, number) = (self.clause(condition), self.condition(condition));
            blocks.push(Block::paragraph(&say!(self; "Die Fragen dieser Seite werden nur gestellt, wenn {clause} ({number}).", "The questions of this page are asked only if {clause} ({number}).")));
        }
        if let Some(repeat) = &section.repeat {
            blocks.push(Block::paragraph(&self.repeat(repeat, &way)));
        }
        if section.page_per_question {
            blocks.push(Block::paragraph(
                self.pick("Jede Frage steht auf einer Seite für sich.", "Each question is on a page of its own."),
            ));
        }
        if let Some(introduction) = &section.introduction {
            blocks.extend(self.quote_of(introduction, &way));
        }
        let points = self.items(&section.items, number, &way);
        if !points.is_empty() {
            blocks.push(Block::Points(points));
        }
    }

    fn repeat(&self, repeat: &Repeat, way: &[&str]) -> String {
        let each = self.quoted(&repeat.each, way);
        let (min, max) = (repeat.min, repeat.max);
        let how = match (min, max) {
            (min, max) if min == max => say!(self; "genau {min}-mal", "exactly {min} times"),
            (0, max) => say!(self; "bis zu {max}-mal, auch gar nicht", "up to {max} times, also not at all"),
            (1, max) => {
                say!(self; "mindestens einmal und höchstens {max}-mal", "at least once and at most {max} times")
            }
            (min, max) => {
                say!(self; "mindestens {min}-mal und höchstens {max}-mal", "at least {min} and at most {max} times")
            }
        };
        say!(self; "Dieser Teil wird für jeden Eintrag {each} einmal ausgefüllt, {how}. Verweise auf Fragen darin meinen denselben Eintrag.", "This part is filled in once for each entry {each}, {how}. References to questions in it mean the same entry.")
    }

    fn items(&self, items: &'p [Item], around: &str, way: &[&'p str]) -> Vec<Point> {
        let points = items.iter().enumerate().map(|(index, item)| {
            let number = format!("{around}.{}", index + 1);
            match item {
                Item::Question(question) => self.question_point(question, number, way),
                Item::Paragraph(paragraph) => {
                    let text = self.pick("Text zwischen den Fragen:", "Text between the questions:");
                    let mut inner = Vec::new();
                    inner
                        .extend(self.only_if(paragraph.condition.as_ref(), self.pick("Erscheint nur", "Appears only")));
                    inner.extend(self.quote_of(&paragraph.text, way));
                    Point::numbered(number, text, inner)
                }
            }
        });
        points.collect()
    }

    fn question_point(&self, question: &'p Question, number: String, around: &[&'p str]) -> Point {
        let mut way = around.to_vec();
        way.push(&question.key);
        let mut inner = Vec::new();
        inner.extend(self.only_if(question.condition.as_ref(), self.pick("Wird nur gestellt", "Is asked only")));
        inner.extend(self.easy(&question.label, &way).map(|easy| Block::paragraph(&easy)));
        if let Some(repeat) = &question.repeat {
            inner.push(Block::paragraph(&self.repeat(repeat, &way)));
        }
        let kind = self.kind(&question.kind);
        let mut answer = say!(self; "Antwort: {kind}.", "Answer: {kind}.");
        if question.optional {
            answer.push_str(self.pick(" Freiwillig.", " Optional."));
        }
        if let Some(until) = &question.may_follow {
            let until = self.day(until, Case::Nominative);
            answer.push_str(
                &say!(self; " Darf nachgereicht werden, spätestens {until}.", " May follow, at the latest {until}."),
            );
        }
        inner.push(Block::paragraph(&answer));
        inner.extend(self.options(&question.kind, &way));
        if let Some(hint) = &question.hint {
            inner.push(Block::paragraph(self.pick("Hinweis für die Person:", "Hint for the person:")));
            inner.extend(self.quote_of(hint, &way));
        }
        // Elsewhere it makes no difference.
        let personal = question.kind.autocomplete(&Subject::Applicant).is_some();
        if personal && question.subject == Subject::Other {
            inner.push(Block::paragraph(self.pick(
                "Die Angabe betrifft nicht die Person, die das Formular ausfüllt.",
                "The answer is not about the person who fills in the form.",
            )));
        }
        if question.same_page {
            inner.push(Block::paragraph(
                self.pick("Erscheint sofort auf derselben Seite.", "Appears at once on the same page."),
            ));
        }
        inner.extend(question.answered_by.as_ref().map(|other| self.second_person(other)));
        inner.extend(question.rules.iter().map(|rule| self.question_rule(rule, &way)));
        if let Kind::Block { items, .. } = &question.kind {
            inner.push(Block::Points(self.items(items, &number, &way)));
        }
        Point::numbered(number, &self.quoted(&question.label, &way), inner)
    }

    /// Who else answers, what they see, and how long they have.
    fn second_person(&self, other: &SecondPerson) -> Block {
        let by = self.place(&other.by);
        let sees: Vec<String> = other.sees.iter().map(|seen| self.place(seen)).collect();
        let sees = match sees.is_empty() {
            true => say!(self; "keine Antworten der ersten Person", "no answers of the first person"),
            false => {
                let sees = self.and(&sees);
                say!(self; "nur die Antworten auf {sees}", "only the answers to {sees}")
            }
        };
        let length = self.duration(other.waits.amount.into(), other.waits.unit);
        let then = match other.waits.then {
            Unanswered::GoOn => {
                self.pick("Danach geht es ohne diese Antwort weiter.", "After that it goes on without this answer.")
            }
            Unanswered::NotSent => self.pick(
                "Kommt bis dahin keine Antwort, wird nichts an die Behörde gesendet.",
                "If no answer comes by then, nothing is sent to the authority.",
            ),
        };
        Block::paragraph(
            &say!(self; "Diese Frage beantwortet eine zweite Person, nachdem die erste abgesendet hat: die, deren E-Mail-Adresse in {by} steht. Sie sieht {sees}. Auf ihre Antwort wird {length} gewartet. {then}", "This question is answered by a second person after the first one has sent: the one whose e-mail address is given in {by}. They see {sees}. Their answer is waited for {length}. {then}"),
        )
    }

    fn question_rule(&self, rule: &QuestionRule, way: &[&str]) -> Block {
        let holds = self.clause(&rule.holds);
        let consequence = self.consequence(&rule.message, way);
        Block::paragraph(
            &say!(self; "Verlangt wird, dass {holds}. {consequence}", "It is required that {holds}. {consequence}"),
        )
    }

    /// "Wird nur gestellt, wenn … (B3)."
    fn only_if(&self, condition: Option<&Condition>, begin: &str) -> Option<Block> {
        let condition = condition?;
        let (clause, number) = (self.clause(condition), self.condition(condition));
        Some(Block::paragraph(&say!(self; "{begin}, wenn {clause} ({number}).", "{begin} if {clause} ({number}).")))
    }

    /// `B3`, pointing to the list of all conditions.
    pub(super) fn condition(&self, condition: &Condition) -> String {
        reference(&self.numbers.condition(condition))
    }
}
