//! A line cut into texts, comment and the rest.

/// The insides of the texts in quotation marks of a line: where each begins and ends. A text that
/// is not closed reaches to the end of the line.
pub(super) fn quoted(line: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut open: Option<(char, usize)> = None;
    for (at, c) in line.char_indices() {
        match open {
            Some((end, from)) if crate::syntax::closes(end, c) => {
                found.push((from, at));
                open = None;
            }
            Some(_) => {}
            None if c == '#' => break,
            None => open = crate::syntax::closing_mark(c).map(|end| (end, at + c.len_utf8())),
        }
    }
    if let Some((_, from)) = open {
        found.push((from, line.trim_end_matches(['\n', '\r']).len().max(from)));
    }
    found
}

/// Where the line around a position begins and ends, without its line end.
pub(super) fn around(text: &str, offset: usize) -> (usize, usize) {
    let before = text.get(..offset.min(text.len())).unwrap_or(text);
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let end = text.get(start..).and_then(|rest| rest.find('\n')).map_or(text.len(), |at| start + at);
    (start, end)
}

/// Where the comment of a line begins.
pub(super) fn comment(line: &str) -> Option<usize> {
    let texts = quoted(line);
    line.char_indices()
        .filter(|(_, c)| *c == '#')
        .map(|(at, _)| at)
        .find(|at| !texts.iter().any(|(from, to)| from <= at && at < to))
}
