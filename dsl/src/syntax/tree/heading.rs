//! Headings: what stands in their line, and where the block goes that they begin.

use super::Node;
use super::fold::{Folder, Last};
use super::places::{depth, fits};
use crate::diagnostic::{Problem, closest};
use crate::syntax::Span;
use crate::syntax::keyword::{Heading, Key, is_word_char};
use crate::syntax::parse::{self, Rule};

impl Folder<'_> {
    /// A line that is nothing else: a heading, a misspelt one, or one that cannot be read.
    pub fn heading(&mut self, text: &str, span: Span) {
        let Some((found, rest)) = Heading::find_at_start(text) else {
            self.unknown(text, span);
            return;
        };
        let word = &text[..text.len() - rest.len()];
        let word_span = Span::new(span.start, span.start + word.len());
        self.purity(found.language, word, found.word.spelling(self.language), word_span);
        if matches!(found.word, Heading::Replaces | Heading::Adds | Heading::Drops) {
            self.adapts(found.word, rest, word_span.end, span);
            return;
        }
        self.block(found.word, None, rest, word_span.end, span);
    }

    /// `ersetzt Frage rasse`: the heading of the template stands behind the word.
    pub fn adapts(&mut self, heading: Heading, rest: &str, base: usize, span: Span) {
        let lead = rest.len() - rest.trim_start().len();
        let Some((target, behind)) = Heading::find_at_start(rest.trim_start()) else {
            let word = self.word(heading);
            let wanted = if heading == Heading::Adds { Heading::Section } else { Heading::Question };
            // `ersetzt satz = 96 €`
            let value = heading == Heading::Replaces && rest.contains('=');
            let wanted = self.word(if value { Heading::Value } else { wanted });
            let name = rest.split(['=', ',', '"', '„']).next().unwrap_or("").trim();
            let example = match (value, name) {
                (true, name) => format!("{wanted} {name} = …"),
                (false, "") => format!("{wanted} rasse"),
                (false, name) => format!("{wanted} {name}"),
            };
            let at = Span::new(base + lead, base + lead);
            let message = self.say(Problem::AdaptsNothing { word, example }, span);
            message.fix = value.then(|| (at, format!("{wanted} ")));
            if value {
                self.block(heading, Some(Heading::Value), rest, base, span);
            } else {
                self.lost = true;
            }
            return;
        };
        let end = base + rest.len() - behind.len();
        let word = rest.trim_start()[..rest.trim_start().len() - behind.len()].to_owned();
        self.purity(target.language, &word, target.word.spelling(self.language), Span::new(base + lead, end));
        let allowed = match heading {
            Heading::Adds => target.word == Heading::Section,
            Heading::Drops => target.word == Heading::Question,
            _ => matches!(
                target.word,
                Heading::Section
                    | Heading::Question
                    | Heading::Paragraph
                    | Heading::Rule
                    | Heading::Computed
                    | Heading::Value
                    | Heading::Fee
                    | Heading::Responsible
                    | Heading::EndPage
            ),
        };
        if !allowed {
            let (word, target) = (self.word(heading), self.word(target.word));
            self.say(Problem::AdaptsNotThis { word, target }, Span::new(base + lead, end));
            self.lost = true;
            return;
        }
        self.block(heading, Some(target.word), behind, end, span);
    }

    /// The block that a heading begins; `rest` stands behind its word.
    pub fn block(&mut self, heading: Heading, target: Option<Heading>, rest: &str, base: usize, span: Span) {
        let mut node = Node::new(heading, span);
        node.target = target;
        let one_word = self.name_of_several_words(rest, base, &mut node);
        let rest = one_word.as_deref().unwrap_or(rest);
        let rule = if target.is_some() { Rule::adapted } else { Rule::heading };
        let slip = self.amount_without_sign(heading, rest, base);
        let (rest, amount) = slip.map_or((rest, None), |(rest, amount)| (rest, Some(amount)));
        match parse::start(rule, rest, base) {
            Ok(pair) => {
                for part in pair.into_inner() {
                    let raw = part.as_str();
                    let start = base + part.as_span().start() + raw.len() - raw.trim_start().len();
                    let place = Span::new(start, start + raw.trim().len());
                    match part.as_rule() {
                        Rule::path_name | Rule::dotted_name => node.name = Some((raw.trim().to_owned(), place)),
                        Rule::text => node.title = Some((parse::text_of(part), place)),
                        Rule::definition => node.definition = Some((raw.trim().to_owned(), place)),
                        Rule::item => node.items.push((raw.trim().to_owned(), place)),
                        _ => {}
                    }
                }
            }
            Err(error) => {
                if let Some(meant) = self.heading_slip(heading, rest, base, rule) {
                    self.block(heading, target, &meant, base, span);
                    return;
                }
                let lead = rest.len() - rest.trim_start().len();
                let name: String = rest.trim_start().chars().take_while(|c| is_word_char(*c)).collect();
                let start = base + lead;
                let name_span = Span::new(start, start + name.len());
                let words = rest.trim_start().get(name.len()..).unwrap_or("").trim();
                // Words behind the name that are no text: only the quotation marks are missing.
                let plain =
                    words.chars().next().is_some_and(is_word_char) && !words.contains(['"', '„', '“', '»', '«', '=']);
                if plain && matches!(heading, Heading::Value | Heading::Computed) {
                    // Only the sign is missing; it is reported where the value is looked for.
                    node.title = Some((words.to_owned(), Span::new(span.end - words.len(), span.end)));
                } else if plain && !name.is_empty() {
                    let at = span.end - words.len();
                    let problem = Problem::TextNotQuoted { text: words.to_owned() };
                    self.say(problem, Span::new(at, span.end)).fix =
                        Some((Span::new(at, span.end), format!("\"{words}\"")));
                    node.title = Some((words.to_owned(), Span::new(at, span.end)));
                } else {
                    let (problem, place) = crate::syntax::phrase::cannot_read(&error, rest, base, self.language);
                    self.say(problem, place);
                    node.title = Some((words.to_owned(), span));
                }
                if !name.is_empty() {
                    node.name = Some((name, name_span));
                }
            }
        }
        node.definition = node.definition.or(amount);
        self.no_items(&node);
        self.proper_name(&mut node);
        self.place_node(node);
        self.last = Last::Heading;
    }

    fn unknown(&mut self, text: &str, span: Span) {
        let language = self.language;
        let word: String = text.split_whitespace().next().unwrap_or(text).to_owned();
        if self.line_that_goes_on(text, span)
            || self.answer_without_colon(text, span)
            || self.option_without_dash(&word, text, span)
        {
            return;
        }
        // A line such as `Art Datum` lacks its colon.
        if let Some((found, rest)) = Key::find_at_start(text) {
            let at = span.start + text.len() - rest.len();
            let problem = Problem::ColonMissing { word: found.word.spelling(language).to_owned() };
            self.say(problem, Span::new(span.start, at)).fix = Some((Span::new(at, at), ":".to_owned()));
            // It counts as what was meant, so that the line is not missed elsewhere.
            let value = rest.trim();
            let key = text[..text.len() - rest.len()].trim();
            self.key_line(key, Span::new(span.start, at), value, Span::new(span.end - value.len(), span.end));
            return;
        }
        let word_span = Span::new(span.start, span.start + word.len());
        if self.required_anyway(text, span) {
            return;
        }
        let all = || Heading::ALL.iter().map(|heading| heading.spelling(language));
        // The beginning of a heading: `Zuständig`.
        let begun = || {
            let mut longer = all().filter(|heading| word.chars().count() >= 5 && heading.starts_with(&word));
            longer.next().filter(|_| longer.next().is_none()).map(str::to_owned)
        };
        let suggestion = closest(&word, all()).or_else(begun);
        if let Some(suggestion) = suggestion {
            let meant = Heading::find(&suggestion).map(|found| found.word);
            let message = self.say(Problem::UnknownHeading { word: word.clone() }, word_span);
            message.fix = Some((word_span, suggestion.clone()));
            message.suggestion = Some(suggestion);
            // It counts as what was meant, so that what stands below is not misread.
            if let Some(meant) = meant {
                self.block(meant, None, text.get(word.len()..).unwrap_or(""), word_span.end, span);
            }
            return;
        }
        if self.roots.is_empty() {
            // What the file describes is not known: the rest follows from that.
            self.say(Problem::UnknownHeading { word }, word_span);
            self.over = true;
            return;
        }
        let shape = text.contains(['"', '„', '»']);
        let short: String = text.chars().take(60).collect();
        if shape {
            self.say(Problem::UnknownHeading { word }, word_span);
            self.lost = true;
        } else {
            self.say(Problem::UnreadableLine { line: short }, span);
        }
    }

    fn place_node(&mut self, node: Node) {
        let heading = node.heading;
        let span = node.span;
        self.lost = false;
        let root = self.roots.last().map(|root| root.heading);
        if depth(heading) == Some(0) {
            let several = [Heading::Authority, Heading::Translation];
            if root.is_some_and(|root| root != heading || !several.contains(&heading)) {
                let word = self.word(heading);
                self.say(Problem::SecondFileHeading { word }, span);
                self.over = true;
                return;
            }
            self.roots.push(node);
            self.place = vec![self.roots.len() - 1];
            self.section = None;
            return;
        }
        let Some(root) = root else {
            self.say(Problem::NoFileHeading, span);
            self.over = true;
            return;
        };
        if !fits(root, heading) {
            let (word, file) = (self.word(heading), self.word(root));
            self.say(Problem::HeadingNotHere { word, file }, span);
            self.lost = true;
            return;
        }
        let top = self.roots.len() - 1;
        // A translation of a building block has its questions at the top, as the block has.
        let at_top = root == Heading::Block || (root == Heading::Translation && self.section.is_none());
        if depth(heading) == Some(2) && !at_top {
            let section = self.section_for(&node);
            let children = &mut self.roots[top].children[section].children;
            children.push(node);
            self.place = vec![top, section, children.len() - 1];
            return;
        }
        let children = &mut self.roots[top].children;
        children.push(node);
        let index = children.len() - 1;
        self.place = vec![top, index];
        match (heading, depth(heading)) {
            (Heading::Section | Heading::Adds, _) => self.section = Some((index, true)),
            (_, Some(1)) => self.section = self.section.map(|(section, _)| (section, false)),
            _ => {}
        }
    }

    /// The section that a question goes to, after a message where it stands in none.
    fn section_for(&mut self, node: &Node) -> usize {
        let top = self.roots.len() - 1;
        let heading = self.word(node.heading);
        match self.section {
            Some((section, open)) => {
                if !open {
                    let blocks = &self.roots[top].children;
                    let ends = blocks.get(section + 1).map(|block| block.span.start);
                    let section = blocks[section].name_text().to_owned();
                    let fix = ends.and_then(|ends| self.move_up(ends, node.span));
                    self.say(Problem::QuestionOutsideSection { heading, section }, node.span).fix = fix;
                }
                section
            }
            None => {
                let section = self.word(Heading::Section);
                self.say(Problem::QuestionBeforeSection { heading, section }, node.span);
                // One is made up, so that the question has its place and its name.
                let mut made = Node::new(Heading::Section, node.span);
                made.name = Some(("abschnitt".to_owned(), node.span));
                made.title = Some((String::new(), node.span));
                self.roots[top].children.push(made);
                let index = self.roots[top].children.len() - 1;
                self.section = Some((index, true));
                index
            }
        }
    }
}
