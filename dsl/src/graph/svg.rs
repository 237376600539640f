//! The drawing itself: one column of boxes, lines from what decides at its left.

use super::{Graph, Sort};

/// All lengths are pixels. A letter of this size is rarely wider than this.
const LETTER: usize = 8;
/// The same for bold letters.
const BOLD: usize = 10;
const LINE: usize = 21;
const WIDTH: usize = 600;
const LANE: usize = 12;
/// More lines beside each other share the outermost lane.
const MOST_LANES: usize = 12;
const GAP: usize = 30;

/// Where a node has come to stand.
struct Placed {
    /// Its lines, with the classes in which they are drawn.
    lines: Vec<(&'static str, String)>,
    top: usize,
    left: usize,
}

pub(super) fn draw(graph: &Graph) -> String {
    let (lanes, used) = lanes(graph);
    let column = 24 + used * LANE;
    let (placed, boxes, height) = place(graph, column);
    let width = column + WIDTH + 24;
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
         role=\"img\" aria-labelledby=\"title desc\" lang=\"{}\">\n<title id=\"title\">{}</title>\n<desc id=\"desc\">{}</desc>\n{STYLE}",
        graph.language.tag(),
        escaped(&graph.title),
        escaped(&format!("{}\n{}", graph.description, graph.list())),
    );
    out.push_str(&format!("<rect class=\"paper\" width=\"{width}\" height=\"{height}\"/>\n"));
    out.push_str(&format!("<text class=\"head\" x=\"{column}\" y=\"42\">{}</text>\n", escaped(&graph.title)));
    for (class, left, top, bottom) in &boxes {
        let wide = column + WIDTH - left;
        out.push_str(&format!(
            "<rect class=\"{class}\" x=\"{left}\" y=\"{top}\" width=\"{wide}\" height=\"{}\" rx=\"6\"/>\n",
            bottom - top
        ));
    }
    out.push_str(&flow(&boxes, column + 20));
    for (from, to, lane) in lanes {
        let (Some(a), Some(b)) = (placed.get(from), placed.get(to)) else { continue };
        let (ya, yb) = (a.top + LINE / 2, b.top + LINE / 2);
        let x = column - 10 - lane.min(MOST_LANES - 1) * LANE;
        let (start, end) = (a.left - 4, b.left - 4);
        out.push_str(&format!(
            "<path class=\"need\" d=\"M{start} {ya}H{}Q{x} {ya} {x} {}V{}Q{x} {yb} {} {yb}H{}\"/><path class=\"needtip\" d=\"M{} {}v8l6-4z\"/>\n",
            x + 5, ya + 5, yb - 5, x + 5, end - 6, end - 6, yb - 4,
        ));
    }
    for one in &placed {
        let mut y = one.top + 15;
        for (class, line) in &one.lines {
            out.push_str(&format!("<text class=\"{class}\" x=\"{}\" y=\"{y}\">{}</text>\n", one.left, escaped(line)));
            y += LINE;
        }
    }
    out.push_str("</svg>\n");
    out
}

const STYLE: &str = "<style>\
text{font-family:system-ui,'Segoe UI',Roboto,Arial,sans-serif;font-size:15px;fill:#131525}\
.head{font-size:22px;font-weight:700}.strong{font-weight:700}.note{fill:#51577a;font-size:14px}\
.paper{fill:#fff}.page{fill:#f3f4f7;stroke:#1d2034}.end{fill:#fff4ef;stroke:#c31c13;stroke-dasharray:6 4}\
.office{fill:#e3f6ee;stroke:#007155}.flow{stroke:#1d2034;stroke-width:2;fill:none}.tip{fill:#1d2034}\
.need{stroke:#2044aa;stroke-width:1.5;fill:none}.needtip{fill:#2044aa}\
</style>\n";

/// The way down: from page to page, with a branch to every end and every authority.
fn flow(boxes: &[Box], x: usize) -> String {
    let mut out = String::new();
    let mut from = None;
    let mut branch = 0;
    for (class, left, top, bottom) in boxes {
        if *class == "page" {
            if let Some(from) = from {
                let (end, side) = (top - 7, x - 5);
                out.push_str(&format!(
                    "<path class=\"flow\" d=\"M{x} {from}V{end}\"/><path class=\"tip\" d=\"M{side} {end}h10l-5 7z\"/>\n"
                ));
            }
            (from, branch) = (Some(*bottom), 0);
        } else {
            // In the middle, away from the lines that lead to the label.
            branch = (top + bottom) / 2 + 8;
            let (end, side) = (left - 7, branch - 5);
            out.push_str(&format!(
                "<path class=\"flow\" d=\"M{x} {branch}H{end}\"/><path class=\"tip\" d=\"M{end} {side}v10l7-5z\"/>\n"
            ));
        }
    }
    if let (Some(from), true) = (from, branch > 0) {
        out.push_str(&format!("<path class=\"flow\" d=\"M{x} {from}V{branch}\"/>\n"));
    }
    out
}

/// The lines from what decides to what hangs on it, each with its lane; and how many lanes there are.
fn lanes(graph: &Graph) -> (Vec<(usize, usize, usize)>, usize) {
    let mut spans: Vec<(usize, usize)> = Vec::new();
    for (to, node) in graph.nodes.iter().enumerate() {
        for number in &node.needs {
            let from = graph.nodes.iter().position(|other| other.number == *number);
            spans.extend(from.filter(|from| *from < to).map(|from| (from, to)));
        }
    }
    // Short ones lie inside.
    spans.sort_by_key(|(from, to)| (to - from, *from));
    let mut taken: Vec<Vec<(usize, usize)>> = Vec::new();
    let mut found = Vec::new();
    for (from, to) in spans {
        let free = |lane: &Vec<(usize, usize)>| lane.iter().all(|(a, b)| to < *a || *b < from || *a == from);
        let lane = taken.iter().position(free).unwrap_or(taken.len());
        if lane == taken.len() {
            taken.push(Vec::new());
        }
        taken[lane].push((from, to));
        found.push((from, to, lane));
    }
    (found, taken.len().min(MOST_LANES))
}

type Box = (&'static str, usize, usize, usize);

/// Where everything stands: nodes, boxes, and the height of the whole.
fn place(graph: &Graph, column: usize) -> (Vec<Placed>, Vec<Box>, usize) {
    let mut placed: Vec<Placed> = Vec::new();
    let mut boxes: Vec<Box> = Vec::new();
    let mut y = 64;
    for node in &graph.nodes {
        let (class, left) = match node.sort {
            Sort::Page => ("page", column),
            Sort::End => ("end", column + 60),
            Sort::Office => ("office", column + 60),
            Sort::Question | Sort::Paragraph => ("", column),
        };
        if !class.is_empty() {
            y += if boxes.is_empty() { 0 } else { GAP };
            boxes.push((class, left, y, y));
            y += 10;
        }
        let left = left + 14 + node.depth * 18;
        let room = (column + WIDTH - left - 10) / LETTER;
        let number = if node.number.is_empty() { String::new() } else { format!("{}  ", node.number) };
        let (strong, wide) = if class.is_empty() { ("plain", room) } else { ("strong", room * LETTER / BOLD) };
        let mut lines: Vec<(&'static str, String)> =
            wrapped(&format!("{number}{}", node.label), wide).into_iter().map(|line| (strong, line)).collect();
        for note in &node.notes {
            lines.extend(wrapped(note, room).into_iter().map(|line| ("note", line)));
        }
        let top = y;
        y += lines.len() * LINE + 4;
        placed.push(Placed { lines, top, left });
        if let Some(last) = boxes.last_mut() {
            last.3 = y + 6;
        }
        if graph.nodes.get(placed.len()).is_none_or(|next| !matches!(next.sort, Sort::Question | Sort::Paragraph)) {
            y += 6;
        }
    }
    (placed, boxes, y + 24)
}

/// A text in lines of at most `room` letters.
fn wrapped(text: &str, room: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= room => {
                line.push(' ');
                line.push_str(word);
            }
            _ => {
                let letters: Vec<char> = word.chars().collect();
                // A word that is longer than a line is broken.
                let mut parts = letters.chunks(room.max(1)).map(|part| part.iter().collect::<String>());
                lines.push(parts.next().unwrap_or_default());
                lines.extend(parts);
            }
        }
    }
    lines
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
