//! Who is responsible ("Zuständigkeit"), and the pages where a way ends.

use super::expressions::{Context, Lower};
use super::record::Target;
use super::table::{RawRow, RawTable};
use super::world::node_id;
use crate::diagnostic::{Both, Diagnostic, Problem};
use crate::model::{EndPage, ProcedureKind, Responsible, Row, Table};
use crate::syntax::Span;
use crate::syntax::expression::TargetExpr;
use crate::syntax::keyword::{Heading, Key};

impl<'t> Lower<'t> {
    pub(super) fn end_pages(&self, context: &Context<'_>) -> Vec<EndPage> {
        let sections: Vec<String> =
            self.children(Heading::Section).map(|node| super::names::json_key(node.name_text())).collect();
        let mut pages: Vec<EndPage> = Vec::new();
        for node in self.children(Heading::EndPage) {
            let name = super::names::json_key(node.name_text());
            if node.name.is_none() {
                self.world.say(super::names::missing_name(node, node.heading.spelling(context.language), context.file));
                continue;
            }
            if pages.iter().any(|page| page.name == name) {
                self.say(Problem::NameTwice { name: node.name_text().to_owned() }, context, node.name_span());
            }
            let id = node_id("", node);
            let condition = self.only_if(node, context);
            if let Some(condition) = &condition {
                self.stops_first(condition, node, context);
                self.stops.borrow_mut().push(condition.clone());
            }
            // A page that a table leads to is checked with the rows that lead there.
            let free = condition.is_none();
            let reached = Context { facts: condition.iter().cloned().collect(), free, ..context.clone() };
            let text = self.rich_at(self.thing, &id, node, Key::Text, &reached);
            let stops = condition.map(|condition| {
                let after = sections.get(self.last_section(&condition)).cloned().unwrap_or_default();
                (condition, after)
            });
            pages.push(EndPage { name, title: self.title(node, self.thing, &id, context), text, stops });
        }
        pages
    }

    pub(super) fn responsibility(
        &self,
        kind: ProcedureKind,
        end_pages: &[EndPage],
        context: &Context<'_>,
    ) -> Option<Table<Responsible>> {
        let node = self.children(Heading::Responsible).next();
        let Some(node) = node else {
            if kind != ProcedureKind::Topic {
                self.say(Problem::ResponsibleMissing, context, self.thing.node.span);
            }
            return None;
        };
        for twice in self.children(Heading::Responsible).skip(1) {
            let heading = twice.heading.spelling(context.language).to_owned();
            self.say(Problem::BlockTwice { heading }, context, twice.span);
        }
        let raw = self.table(node, self.thing, context)?;
        let mut rows = Vec::new();
        let mut otherwise = None;
        let mut ok = true;
        for row in &raw.rows {
            let mut inner = context.clone();
            inner.facts.extend(raw.facts(row));
            match self.target(row, &raw, end_pages, &inner) {
                Some(target) => match &row.cells {
                    Some(cells) => rows.push(Row { cells: cells.clone(), then: target }),
                    None => otherwise = Some(target),
                },
                None => ok = false,
            }
        }
        self.prove(&raw, true, context);
        let table = Table { columns: raw.model_columns(), rows, otherwise };
        self.responsible_first(&table, node, context);
        ok.then_some(table)
    }

    pub(super) fn target(
        &self,
        row: &RawRow,
        table: &RawTable,
        end_pages: &[EndPage],
        context: &Context<'_>,
    ) -> Option<Responsible> {
        let (text, span) = (&row.result.0, row.result.1);
        let target = match crate::syntax::parse_target(text, span.start) {
            Ok(target) => target,
            Err(_) if self.named_by_title(text, span, context) || self.no_authority(text, span, context) => {
                return None;
            }
            Err(error) => {
                self.unreadable(&error, span, context);
                return None;
            }
        };
        match target {
            TargetExpr::EndPage(name) => {
                let key = super::names::json_key(&name);
                if let Some(page) = end_pages.iter().find(|page| page.name == key) {
                    let node =
                        self.children(Heading::EndPage).find(|node| super::names::json_key(node.name_text()) == key);
                    if let Some(node) = node {
                        let used = Span::new(span.end - name.len().min(span.end), span.end);
                        self.world.found(context.file, used, || Target::At(self.thing.file.clone(), node.name_span()));
                    }
                    let texts = page.text.iter().flat_map(|text| text.0.values().flatten());
                    if page.stops.is_none() {
                        self.placeholders(texts, span, context);
                    }
                    return Some(Responsible::EndPage(key));
                }
                let suggestion = crate::diagnostic::closest(&key, end_pages.iter().map(|page| page.name.as_str()));
                self.say_with(Problem::UnknownEndPage { name }, suggestion, context, span);
                None
            }
            TargetExpr::Authority(name) => {
                let path = self.thing.path_of(&name, |path| self.world.authority(path).is_some());
                match self.world.authority(&path) {
                    Some(authority) => {
                        let used = last_part(&name, span);
                        self.world.found_thing(context.file, used, self.world.authority_named(&path));
                        // Where its channel cannot be read, that is said there.
                        let named = self.world.authority_named(&path);
                        let right = named.is_none_or(|thing| self.world.errors_in(&thing.file) == 0);
                        if !authority.can_receive && right {
                            self.say(Problem::ReportWithoutReceiver { name }, context, span);
                        }
                        self.outside_area(row, table, &authority, context, span);
                        Some(Responsible::Authority(path))
                    }
                    None if self.named_by_title(text, span, context) => None,
                    None => {
                        let (problem, suggestion) = self.world.unknown_authority(name, &path);
                        self.say_with(problem, suggestion, context, span);
                        None
                    }
                }
            }
            TargetExpr::Task(task, path) => self.task(&task, &path, row, table, context, span),
        }
    }
}

impl Lower<'_> {
    /// Reports an authority that is written with its title instead of its name.
    fn named_by_title(&self, title: &str, span: Span, context: &Context<'_>) -> bool {
        let titled = self.world.authority_titled(title).map(|path| self.world.spelled_path(path));
        let Some(path) = titled else { return false };
        let (problem, _) = self.world.unknown_authority(title.trim().to_owned(), &path);
        let message = Diagnostic::new(problem, context.file, span);
        self.world.say(Diagnostic { suggestion: Some(path.clone()), fix: Some((span, path)), ..message });
        true
    }

    /// Something else right of the bars: an address, a text, a place.
    fn no_authority(&self, text: &str, span: Span, context: &Context<'_>) -> bool {
        let what = text.trim();
        let quoted = crate::syntax::unquote(what);
        let kind = if what.contains('@') && !what.contains(' ') {
            Both::new("eine E-Mail-Adresse", "an e-mail address")
        } else if what.starts_with("http") {
            Both::new("eine Netzadresse", "a web address")
        } else if quoted.is_some() {
            Both::new("ein Text", "a text")
        } else if super::places::find(self.world.regions, what).is_ok()
            || super::places::meant(self.world.regions, what).is_some()
        {
            Both::new("ein Ort", "a place")
        } else {
            return false;
        };
        let what = quoted.unwrap_or_else(|| what.to_owned());
        self.say(Problem::NotAnAuthority { what, kind }, context, span);
        true
    }
}

/// Where the last part of a name with folders stands.
pub(super) fn last_part(name: &str, span: Span) -> Span {
    let last = name.trim().rsplit('/').next().unwrap_or(name).len();
    Span::new(span.end - last.min(span.end), span.end)
}
