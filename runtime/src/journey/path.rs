//! Answers by the names that fields have: `hunde.0.rufname`.

use amtsweg_dsl::eval::{Path, PathStep};
use serde_json::{Map, Value as Json};

/// The answer at a name.
pub(crate) fn get<'a>(answers: &'a Map<String, Json>, name: &str) -> Option<&'a Json> {
    let (first, rest) = name.split_once('.').unwrap_or((name, ""));
    let mut value = answers.get(first)?;
    for step in rest.split('.').filter(|step| !step.is_empty()) {
        value = match value {
            Json::Object(object) => object.get(step)?,
            Json::Array(array) => array.get(step.parse::<usize>().ok()?)?,
            _ => return None,
        };
    }
    Some(value)
}

/// Puts an answer at a name, making the objects and entries on the way.
pub(crate) fn set(answers: &mut Map<String, Json>, name: &str, answer: Json) {
    let mut steps = name.split('.').peekable();
    let Some(first) = steps.next() else { return };
    let mut value = answers.entry(first).or_insert(Json::Null);
    for step in steps {
        if let Ok(index) = step.parse::<usize>() {
            if !value.is_array() {
                *value = Json::Array(Vec::new());
            }
            let Json::Array(array) = value else { return };
            while array.len() <= index {
                array.push(Json::Object(Map::new()));
            }
            value = &mut array[index];
        } else {
            if !value.is_object() {
                *value = Json::Object(Map::new());
            }
            let Json::Object(object) = value else { return };
            value = object.entry(step).or_insert(Json::Null);
        }
    }
    *value = answer;
}

/// Takes the answer at a name away, and objects that become empty; entries of repeats stay.
pub(crate) fn remove(answers: &mut Map<String, Json>, name: &str) {
    fn within(value: &mut Json, steps: &[&str]) {
        let Some((step, rest)) = steps.split_first() else {
            return;
        };
        match value {
            Json::Object(object) => within_object(object, step, rest),
            Json::Array(array) => {
                if let Some(entry) = step.parse::<usize>().ok().and_then(|index| array.get_mut(index)) {
                    within(entry, rest);
                }
            }
            _ => {}
        }
    }
    fn within_object(object: &mut Map<String, Json>, step: &str, rest: &[&str]) {
        if rest.is_empty() {
            object.shift_remove(step);
            return;
        }
        if let Some(inner) = object.get_mut(step) {
            within(inner, rest);
            if inner.as_object().is_some_and(Map::is_empty) {
                object.shift_remove(step);
            }
        }
    }
    let steps: Vec<&str> = name.split('.').collect();
    if let Some((first, rest)) = steps.split_first() {
        within_object(answers, first, rest);
    }
}

/// Takes an entry of a repeat away; the later ones move up.
pub(crate) fn remove_entry(answers: &mut Map<String, Json>, list: &str, index: usize) {
    let Some(Json::Array(entries)) = get(answers, list) else {
        return;
    };
    let mut entries = entries.clone();
    if index < entries.len() {
        entries.remove(index);
    }
    if entries.is_empty() { remove(answers, list) } else { set(answers, list, Json::Array(entries)) }
}

/// The name of a path.
pub(crate) fn name(path: &Path) -> String {
    path.to_string()
}

/// The JSON pointer of a path.
pub(crate) fn pointer(path: &Path) -> String {
    let mut pointer = String::new();
    for step in &path.0 {
        pointer.push('/');
        match step {
            PathStep::Key(key) => pointer.push_str(&key.replace('~', "~0").replace('/', "~1")),
            PathStep::Index(index) => pointer.push_str(&index.to_string()),
        }
    }
    pointer
}

/// Whether `name` is `outer` or lies in it.
pub(crate) fn lies_in(name: &str, outer: &str) -> bool {
    name.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn answers_come_and_go() {
        let mut answers = Map::new();
        set(&mut answers, "hunde.1.rufname", json!("Bello"));
        set(&mut answers, "person.name", json!("Mia"));
        assert_eq!(
            Json::Object(answers.clone()),
            json!({"hunde": [{}, {"rufname": "Bello"}], "person": {"name": "Mia"}})
        );
        assert_eq!(get(&answers, "hunde.1.rufname"), Some(&json!("Bello")));
        remove(&mut answers, "person.name");
        remove(&mut answers, "hunde.1.rufname");
        assert_eq!(Json::Object(answers.clone()), json!({"hunde": [{}, {}]}));
        remove_entry(&mut answers, "hunde", 0);
        remove_entry(&mut answers, "hunde", 0);
        assert!(answers.is_empty());
    }
}
