//! The beginnings of lines: headings and the words before a colon.

use super::{List, Offer};
use crate::check::names::json_key;
use crate::check::thing::Thing;
use crate::check::translation::version_of;
use crate::editor::words::Word;
use crate::model::Language;
use crate::syntax::keyword::{Fixed, Heading, Key};
use crate::syntax::{Node, REPEATABLE, Span, depth, fits, keys, split_items};

impl List<'_> {
    pub(super) fn line_start(&mut self, words: &str) {
        let replace = self.last(words.len());
        let Some(thing) = self.at.thing else {
            self.file_start(words);
            return;
        };
        let node = self.at.above().unwrap_or(&thing.node);
        if node.heading == Heading::Example {
            self.example_start(words);
        }
        let here = keys(node.shape()).iter();
        let template = thing.node.key(Key::Template).is_some() || thing.node.heading == Heading::Block;
        let free = here.filter(|key| match key {
            Key::Adaptable => template && node.key(Key::Adaptable).is_none(),
            Key::Dropped => node.heading != Heading::Question || thing.node.heading == Heading::Adopts,
            Key::Otherwise | Key::OtherwiseWarning => node.key(Key::MustHold).is_some(),
            key => REPEATABLE.contains(key) || node.key(**key).is_none(),
        });
        for key in free {
            // What an example expects is offered word by word.
            if *key != Key::Expects {
                self.word(Word::Key(*key), ": ", replace);
            }
        }
        let root = thing.node.heading;
        // A question stands in a section, or directly in a building block.
        let mut blocks = thing.node.children.iter().filter(|child| depth(child.heading) == Some(1));
        let block = blocks.rfind(|child| child.span.start < self.at.start);
        let section = block.map_or(root != Heading::Application && root != Heading::Report, |block| {
            matches!(block.heading, Heading::Section | Heading::Adds | Heading::Replaces)
        });
        for heading in Heading::ALL.iter().filter(|heading| depth(**heading) != Some(0) && fits(root, **heading)) {
            let once = matches!(heading, Heading::Responsible | Heading::Tiles | Heading::Offer);
            let present = once && thing.node.children.iter().any(|child| child.heading == *heading);
            if !present && (depth(*heading) != Some(2) || section) {
                self.heading(*heading, words);
            }
        }
    }

    fn heading(&mut self, heading: Heading, words: &str) {
        let replace = self.last(words.len());
        let spelling = heading.spelling(self.at.language);
        let about = Word::Heading(heading).meaning().map_or("", |meaning| meaning.text(self.reader));
        let shape = shape(heading, self.at.language);
        if let Some(item) = self.push(spelling, Offer::Keyword, "", about, replace) {
            item.insert = format!("{spelling}{}", shape.unwrap_or(" "));
            item.snippet = shape.is_some();
        }
    }

    /// A new file: the line with the language, then what the file describes.
    fn file_start(&mut self, words: &str) {
        let replace = self.last(words.len());
        let first = self.at.text.get(..self.at.start).is_none_or(|above| above.trim().is_empty());
        if first {
            for line in ["Sprache: Deutsch", "Language: English"] {
                let about = Word::Key(Key::Language).meaning().map_or("", |meaning| meaning.text(self.reader));
                if let Some(item) = self.push(line, Offer::Keyword, "", about, replace) {
                    item.insert = format!("{line}\n");
                }
            }
            return;
        }
        for heading in Heading::ALL.iter().filter(|heading| depth(**heading) == Some(0)) {
            self.heading(*heading, words);
            let file = self.at.file.rsplit('/').next().unwrap_or(self.at.file);
            let name = file.split('.').next().unwrap_or(file).to_owned();
            let shape = match heading {
                Heading::Application | Heading::Report | Heading::Topic => {
                    procedure(&name, self.at.language, *heading == Heading::Topic)
                }
                Heading::Translation => continue,
                _ => format!(" ${{1:{name}}} \"$2\"\n  $0"),
            };
            if let Some(item) = self.done.items.last_mut() {
                item.insert = format!("{}{shape}", heading.spelling(self.at.language));
                item.snippet = true;
            }
        }
    }

    /// The names that a heading can take up: of a translation those that have no text yet, of an
    /// adoption those of its template.
    pub(super) fn heading_name(&mut self, heading: Heading, written: &str) {
        let replace = self.last(written.len());
        let things = &self.analysis.record.things;
        let own = |thing: &&Thing| {
            let folder = self.at.file.rsplit_once('/').map_or("", |(folder, _)| folder);
            thing.folder == folder && thing.node.heading != Heading::Translation
        };
        if heading == Heading::Translation {
            let named: Vec<_> = things
                .iter()
                .map(|thing| &**thing)
                .filter(own)
                .filter(|thing| thing.node.heading != Heading::Authority)
                .collect();
            for thing in named {
                let title = thing.node.title.as_ref().map_or("", |(title, _)| title.as_str());
                let name = thing.node.name_text();
                self.push(name.rsplit('/').next().unwrap_or(name), Offer::Thing, title, "", replace);
            }
            return;
        }
        if heading == Heading::Adopts {
            for thing in things.iter().filter(|thing| thing.node.key(Key::Template).is_some()) {
                let name = format!("{}/{}", thing.folder, thing.node.name_text());
                let title = thing.node.title.as_ref().map_or("", |(title, _)| title.as_str());
                self.push(name.trim_start_matches('/'), Offer::Thing, title, "", replace);
            }
            return;
        }
        if heading == Heading::Transition {
            return self.versions_before(replace);
        }
        let (Some(thing), Some(target)) = (self.at.thing, self.at.target) else { return };
        if thing.node.heading == Heading::Adopts {
            return match written.rsplit_once(',') {
                Some((section, item)) => self.after(&target.node, section, item.trim_start()),
                None => self.adapted(&target.node, heading, written),
            };
        }
        let target = Some(target);
        let nodes = target
            .map(|target| &target.node)
            .into_iter()
            .flat_map(|node| node.children.iter().flat_map(|child| std::iter::once(child).chain(&child.children)));
        let mut present = Vec::new();
        let mut open: Vec<&Node> = vec![&thing.node];
        while let Some(node) = open.pop() {
            // The heading that is being written may be named anew.
            if !self.at.is_on(node.span) {
                present.push((node.heading, node.name_text()));
            }
            open.extend(&node.children);
        }
        for node in nodes.filter(|node| node.heading == heading && !present.contains(&(heading, node.name_text()))) {
            let title = node.title.as_ref().map_or("", |(title, _)| title.as_str());
            let about = title.to_owned();
            if let Some(item) = self.push(node.name_text(), Offer::Name, title, &about, replace) {
                item.insert = format!("{} \"$1\"", node.name_text());
                item.snippet = true;
            }
        }
    }
}

impl List<'_> {
    /// Behind `Übergang von Fassung`: the other versions of the procedure.
    fn versions_before(&mut self, replace: Span) {
        let Some(thing) = self.at.thing else { return };
        let things = self.analysis.record.things.iter();
        let others = things.filter(|other| other.key == thing.key && other.file != thing.file);
        let others = others.filter(|other| other.node.heading != Heading::Translation);
        let mut numbers: Vec<u32> = others.filter_map(|other| version_of(&other.node)).collect();
        numbers.sort_unstable();
        for number in numbers.into_iter().rev() {
            self.push(&number.to_string(), Offer::Value, "", "", replace);
        }
    }

    /// Behind `ergänzt Abschnitt halter,`: after which question.
    fn after(&mut self, template: &Node, section: &str, item: &str) {
        let name = section.rsplit([' ', '.']).next().unwrap_or(section);
        let sections = template.children.iter().filter(|node| node.heading == Heading::Section);
        let Some(section) = sections.into_iter().find(|node| json_key(node.name_text()) == json_key(name)) else {
            return;
        };
        let written = item.rsplit(' ').next().unwrap_or(item);
        if written.len() == item.len() {
            return self.word(Word::Fixed(Fixed::After), " ", self.last(item.len()));
        }
        let replace = self.last(written.len());
        for node in section.children.iter().filter(|node| node.name.is_some()) {
            let title = node.title.as_ref().map_or("", |(title, _)| title.as_str());
            self.push(node.name_text(), Offer::Name, title, "", replace);
        }
    }

    /// Behind `ersetzt`, `ergänzt`, `entfällt`: the headings of the template where it allows that.
    fn adapted(&mut self, template: &Node, change: Heading, written: &str) {
        let replace = self.last(written.len());
        for node in template.children.iter().flat_map(|child| std::iter::once(child).chain(&child.children)) {
            if !allows(node, change) {
                continue;
            }
            let around =
                template.children.iter().find(|child| child.children.iter().any(|inside| std::ptr::eq(inside, node)));
            let repeat = around.filter(|section| section.key(Key::Repeats).is_some());
            let within = repeat.map(|section| format!("{}.", section.name_text())).unwrap_or_default();
            let label = format!("{} {within}{}", node.heading.spelling(self.at.language), node.name_text());
            let title = node.title.as_ref().map_or("", |(title, _)| title.as_str());
            let adaptable = node.key(Key::Adaptable).map_or("", |line| line.value.as_str());
            let label = label.trim_end();
            // The word of the heading may stand there already.
            if let Some(item) = self.push(label, Offer::Name, title, adaptable, replace)
                && let Some((_, name)) = written.split_once(' ')
            {
                item.replace.start = item.replace.end - name.trim_start().len();
                item.insert = format!("{within}{}", node.name_text());
            }
        }
    }
}

/// Whether a heading of a template is marked as one that a town may change in this way.
fn allows(node: &Node, change: Heading) -> bool {
    let marks = node.all(Key::Adaptable).flat_map(|line| split_items(&line.value, line.value_span.start));
    let words: Vec<Option<Fixed>> = marks.map(|(item, _)| Fixed::find(&item).map(|found| found.word)).collect();
    match change {
        Heading::Drops => words.contains(&Some(Fixed::MayGo)),
        Heading::Adds => words.contains(&Some(Fixed::MoreQuestions)),
        _ => words.iter().any(|word| !matches!(word, Some(Fixed::MayGo | Fixed::MoreQuestions))),
    }
}

/// What stands behind the word of a heading, with places to be filled in.
fn shape(heading: Heading, language: Language) -> Option<&'static str> {
    let english = language == Language::English;
    let pick = |de, en| Some(if english { en } else { de });
    match heading {
        Heading::Section => pick(" ${1:name} \"${2:Überschrift}\"\n  $0", " ${1:name} \"${2:Title}\"\n  $0"),
        Heading::Question => {
            pick(" ${1:name} \"${2:Wie lautet …?}\"\n    Art: $0", " ${1:name} \"${2:What is …?}\"\n    Kind: $0")
        }
        Heading::Paragraph => pick(" ${1:name} \"${2:Text}\"", " ${1:name} \"${2:Text}\""),
        Heading::Rule => pick(
            " ${1:name}\n  Es muss gelten: $2\n  sonst: \"${3:Meldung}\"",
            " ${1:name}\n  Must hold: $2\n  otherwise: \"${3:Message}\"",
        ),
        Heading::Computed | Heading::Value => pick(" ${1:name} = $0", " ${1:name} = $0"),
        Heading::Fee => pick(
            " ${1:name} \"${2:Gebühr}\"\n  Zahlung: ${3:nach Bescheid}\n  | $4 || Betrag |\n  | $5 || $6 € |",
            " ${1:name} \"${2:Fee}\"\n  Payment: ${3:after notice}\n  | $4 || Amount |\n  | $5 || $6 € |",
        ),
        Heading::Responsible => pick("\n  | $1 || an |\n  | $2 || $3 |", "\n  | $1 || to |\n  | $2 || $3 |"),
        Heading::EndPage => pick(
            " ${1:name} \"${2:Überschrift}\"\n  Text: \"${3:Wie es weitergeht}\"",
            " ${1:name} \"${2:Title}\"\n  Text: \"${3:What to do}\"",
        ),
        Heading::Example => pick(" ${1:name} \"${2:Worum es geht}\"\n  $0", " ${1:name} \"${2:What it shows}\"\n  $0"),
        _ => None,
    }
}

/// The first lines of a procedure.
fn procedure(name: &str, language: Language, topic: bool) -> String {
    let english = language == Language::English;
    match (english, topic) {
        (true, true) => {
            format!(" ${{1:{name}}} \"$2\"\n  Version: 1, valid from ${{3:01.01.2027}}\n  Category: $4\n\n$0")
        }
        (false, true) => {
            format!(" ${{1:{name}}} \"$2\"\n  Fassung: 1, gültig ab ${{3:01.01.2027}}\n  Kategorie: $4\n\n$0")
        }
        (true, false) => format!(
            " ${{1:{name}}} \"$2\"\n  Version: 1, valid from ${{3:01.01.2027}}\n  Category: $4\n  Legal basis: \"$5\"\n  \
             Deadline: ${{6:none}}\n  Retention: ${{7:10 years after completion}}\n  What happens next: \"$8\"\n\n$0"
        ),
        (false, false) => format!(
            " ${{1:{name}}} \"$2\"\n  Fassung: 1, gültig ab ${{3:01.01.2027}}\n  Kategorie: $4\n  \
             Rechtsgrundlage: \"$5\"\n  Frist: ${{6:keine}}\n  Aufbewahrung: ${{7:10 Jahre nach Erledigung}}\n  \
             Wie es weitergeht: \"$8\"\n\n$0"
        ),
    }
}
