//! Pages that must name everything of their kind.

use amtsweg_tests::root;
use serde_json::Value;

use crate::page;

/// The paths of all settings: `mail.host`, `authorities."…".email`.
fn settings(schema: &Value, of: &Value, prefix: &str, found: &mut Vec<String>) {
    let of = match of.get("$ref").and_then(Value::as_str) {
        Some(name) => &schema["$defs"][name.rsplit('/').next().unwrap_or_default()],
        None => of,
    };
    let choices = of.get("anyOf").and_then(Value::as_array).into_iter().flatten();
    choices.for_each(|choice| settings(schema, choice, prefix, found));
    for (name, inner) in of.get("properties").and_then(Value::as_object).into_iter().flatten() {
        let path = if prefix.is_empty() { name.clone() } else { format!("{prefix}.{name}") };
        let before = found.len();
        settings(schema, inner, &path, found);
        if found.len() == before {
            found.push(path);
        }
    }
    if let Some(inner) = of.get("additionalProperties").filter(|inner| inner.is_object()) {
        settings(schema, inner, &format!("{prefix}.\"…\""), found);
    }
}

#[test]
fn every_setting_has_its_heading() {
    let schema = serde_json::to_value(schemars::schema_for!(amtsweg::config::Settings)).unwrap();
    let mut all = Vec::new();
    settings(&schema, &schema, "", &mut all);
    assert!(all.len() >= 15, "{all:?}");
    let text = page("operating/configuration.md");
    let headings: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("### `")?.strip_suffix('`')).collect();
    let mut missing: Vec<&String> = all.iter().filter(|path| !headings.contains(&path.as_str())).collect();
    missing.sort();
    assert!(missing.is_empty(), "operating/configuration.md lacks {missing:?}");
    let strange: Vec<&&str> = headings.iter().filter(|heading| !all.iter().any(|path| path == **heading)).collect();
    assert!(strange.is_empty(), "operating/configuration.md explains what is no setting: {strange:?}");
}

#[test]
fn every_dependency_has_its_reason() {
    let manifest = std::fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let (_, rest) = manifest.split_once("[workspace.dependencies]").unwrap();
    let (table, _) = rest.split_once("\n[").unwrap();
    let text = page("decisions/dependencies.md");
    let mut found = 0;
    for name in table.lines().filter_map(|line| line.split_once(" = ")).map(|(name, _)| name.trim()) {
        if !name.starts_with("amtsweg") {
            assert!(text.contains(&format!("`{name}`")), "decisions/dependencies.md does not say why there is {name}");
            found += 1;
        }
    }
    assert!(found > 20, "only {found} dependencies were found");
    for name in text.lines().filter_map(|line| line.strip_prefix("| `")).flat_map(|line| line.split("` |").next()) {
        for name in name.split("`, `") {
            assert!(
                table.contains(&format!("\n{name} = ")),
                "decisions/dependencies.md explains {name}, which is not used"
            );
        }
    }
}
