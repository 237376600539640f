use amtsweg_dsl::format::format;

use crate::texts::{Files, cases, catalogue, compiled};

/// Signs that break lines in some programs, so that lines cannot be told by their numbers.
pub const BREAKS: [char; 5] = ['\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'];

/// All comments, in the order of their letters; a sign in a text begins none.
fn comments(text: &str) -> Vec<&str> {
    let mut comments: Vec<&str> = text
        .lines()
        .filter_map(|line| {
            let mut inside = false;
            let at = line.char_indices().find_map(|(at, c)| {
                inside ^= matches!(c, '"' | '„' | '“' | '”');
                (c == '#' && !inside).then_some(at)
            })?;
            Some(line[at..].trim_end())
        })
        .collect();
    comments.sort_unstable();
    comments
}

#[test]
fn nothing_is_said_otherwise() {
    for (name, files) in cases().into_iter().chain([("forms".to_owned(), catalogue())]) {
        let formatted: Files =
            files.iter().map(|(file, text)| (file.clone(), crate::shape::formatted(file, text))).collect();
        assert_eq!(compiled(&files), compiled(&formatted), "{name}");
    }
}

/// The text formatted, after all that holds for every text was looked at.
pub fn formatted(file: &str, text: &str) -> String {
    let once = format(text);
    let twice = format(&once.text);
    assert!(once.text == twice.text, "{file}, formatted again: {}", first_difference(&once.text, &twice.text));
    if once.kept.is_some() {
        assert_eq!(once.text, text, "{file}: {:?}", once.kept);
    } else if !text.contains(BREAKS) && !text.replace("\r\n", "\n").contains('\r') {
        assert_eq!(comments(text), comments(&once.text), "{file}: a comment");
    }
    once.text
}

/// The first lines that differ.
pub fn first_difference(a: &str, b: &str) -> String {
    let pair = a.split('\n').zip(b.split('\n')).find(|(a, b)| a != b);
    pair.map_or_else(|| "one ends earlier".to_owned(), |(a, b)| format!("\n- {a:?}\n+ {b:?}"))
}

/// Write the catalogue in its proper shape: `AMTSWEG_WRITE_FORMS=1`.
#[test]
fn the_catalogue_is_in_its_proper_shape() {
    let write = std::env::var_os("AMTSWEG_WRITE_FORMS").is_some();
    for (file, text) in catalogue() {
        let found = format(&text);
        assert_eq!(found.kept, None, "{file}");
        if write {
            let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../forms").join(&file);
            std::fs::write(path, &found.text).unwrap();
        } else {
            assert!(
                text == found.text,
                "{file} (AMTSWEG_WRITE_FORMS=1 puts it right): {}",
                first_difference(&text, &found.text)
            );
        }
    }
}
