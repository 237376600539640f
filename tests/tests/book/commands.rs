//! The pages of all commands: what the command line itself knows stands in them as the program has it.

use std::fmt::Write as _;

use amtsweg::cli::{Exit, command, schemas};
use amtsweg_dsl::model::Language;
use clap::{Arg, Command};
use serde_json::Value;

use crate::{hold, page, source};

const PAGES: &[(&str, Language)] = &[("tools/README.md", Language::English), ("tools/befehle.md", Language::German)];

fn is_english(language: Language) -> bool {
    language == Language::English
}

/// The page with its made parts as `make` has them by their names.
fn remade(text: &str, make: &dyn Fn(&str) -> String) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("<!-- made: ") {
        let (name, after) = after.split_once(" -->").unwrap();
        let (_, after) = after.split_once("<!-- end -->").unwrap();
        let _ = write!(out, "{before}<!-- made: {name} -->\n{}<!-- end -->", make(name));
        rest = after;
    }
    out + rest
}

/// `--folder FOLDER`, `PATH`
fn spelling(arg: &Arg) -> String {
    let value = arg.get_value_names().map(|names| names.iter().map(|name| name.as_str()).collect::<Vec<_>>().join(" "));
    let value = value.unwrap_or_else(|| arg.get_id().to_string().to_uppercase());
    let long = arg.get_long().map(|long| format!("--{long}"));
    let short = arg.get_short().map(|short| format!("-{short}"));
    let names: Vec<String> = short.into_iter().chain(long).collect();
    match (names.is_empty(), arg.get_action().takes_values()) {
        (true, _) => format!("`{value}`"),
        (false, true) => format!("`{} {value}`", names.join("`, `")),
        (false, false) => format!("`{}`", names.join("`, `")),
    }
}

fn rows<'a>(args: impl Iterator<Item = &'a Arg>, language: Language) -> String {
    let mut out = String::new();
    for arg in args {
        let mut help = arg.get_help().map(ToString::to_string).unwrap_or_default();
        // The German sentences have these already.
        if is_english(language) && arg.get_action().takes_values() {
            let values: Vec<String> =
                arg.get_possible_values().iter().map(|value| format!("`{}`", value.get_name())).collect();
            if !values.is_empty() {
                let _ = write!(help, " [{}]", values.join(", "));
            }
            for usual in arg.get_default_values() {
                let _ = write!(help, " [otherwise `{}`]", usual.to_string_lossy());
            }
            if let Some(variable) = arg.get_env() {
                let _ = write!(help, " [environment: `{}`]", variable.to_string_lossy());
            }
        }
        let _ = writeln!(out, "| {} | {} |", spelling(arg), help.replace('|', "\\|"));
    }
    if out.is_empty() { out } else { format!("| | |\n|---|---|\n{out}") }
}

fn part(name: &str, whole: &Command, language: Language) -> String {
    match name {
        "options" => rows(whole.get_arguments(), language),
        "exit codes" => {
            let rows = Exit::ALL.map(|exit| format!("| {} | {} |\n", exit.code(), exit.meaning(language)));
            format!("| | |\n|---|---|\n{}", rows.concat())
        }
        _ => {
            let inner = whole.find_subcommand(name).unwrap_or_else(|| panic!("there is no command {name}"));
            let about = inner.get_about().map(ToString::to_string).unwrap_or_default();
            // Options of all commands stand at the top of the page.
            let own = rows(inner.get_arguments().filter(|arg| !arg.is_global_set()), language);
            let end = if about.ends_with('.') { "" } else { "." };
            let mut usage = inner.clone().bin_name(format!("amtsweg {name}")).render_usage().to_string();
            usage = usage.trim_start_matches("Usage: ").trim().to_owned();
            let own = if own.is_empty() { own } else { format!("\n{own}") };
            format!("{about}{end}\n\n```text\n{usage}\n```\n{own}")
        }
    }
}

#[test]
fn every_command_and_option_stands_on_its_page_in_both_languages() {
    for (name, language) in PAGES {
        let whole = command(*language);
        let text = page(name);
        let mut wrong = Vec::new();
        for inner in whole.get_subcommands().map(Command::get_name) {
            let Some((_, below)) = text.split_once(&format!("\n## `{inner}`\n")) else {
                wrong.push(format!("{name} lacks the heading ## `{inner}`"));
                continue;
            };
            let own = below.split("\n## ").next().unwrap_or_default();
            let example =
                own.split("```text\n").nth(1).is_some_and(|block| block.contains(&format!("amtsweg {inner}")));
            if !example || !own.contains(&format!("<!-- made: {inner} -->")) {
                wrong.push(format!("{name}: {inner} lacks an example or <!-- made: {inner} -->"));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        let made = remade(&text, &|part_name| part(part_name, &whole, *language));
        hold(&source().join(name), &made).unwrap_or_else(|wrong| panic!("{wrong}"));
    }
}

/// The type of a field, with a link to where it is told.
fn kind(schema: &Value) -> String {
    if let Some(name) = schema["$ref"].as_str().and_then(|path| path.rsplit('/').next()) {
        return format!("[{name}](#{})", name.to_lowercase());
    }
    if let Some(values) = schema["anyOf"].as_array() {
        return values.iter().filter(|one| one["type"] != "null").map(kind).collect::<Vec<_>>().join(", ");
    }
    match &schema["type"] {
        Value::String(name) if name == "array" => format!("list of {}", kind(&schema["items"])),
        Value::String(name) if name == "object" => {
            format!("object by name of {}", kind(&schema["additionalProperties"]))
        }
        Value::String(name) if name == "boolean" => "true or false".to_owned(),
        Value::String(name) if name == "integer" => "whole number".to_owned(),
        Value::String(name) => name.clone(),
        Value::Array(names) => {
            let named = names.iter().filter_map(Value::as_str).filter(|name| *name != "null");
            named.map(|name| if name == "integer" { "whole number".to_owned() } else { name.to_owned() }).collect()
        }
        _ => "any".to_owned(),
    }
}

fn sentence(schema: &Value) -> String {
    schema["description"].as_str().unwrap_or_default().replace('\n', " ").replace('|', "\\|")
}

/// The fields of an object as rows.
fn fields(schema: &Value) -> String {
    let required: Vec<&str> = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let mut out = String::new();
    for (name, field) in schema["properties"].as_object().into_iter().flatten() {
        if let Some(fixed) = field["const"].as_str() {
            let _ = writeln!(out, "| `{name}` | `\"{fixed}\"` | |");
            continue;
        }
        let maybe = if required.contains(&name.as_str()) { "" } else { ", may be absent" };
        let _ = writeln!(out, "| `{name}` | {}{maybe} | {} |", kind(field), sentence(field));
    }
    if out.is_empty() { out } else { format!("\n| field | | |\n|---|---|---|\n{out}") }
}

/// What a definition allows: fields, or one of several values.
fn told(schema: &Value) -> String {
    let mut out = format!("{}\n", sentence(schema));
    out.push_str(&fields(schema));
    if let Some(values) = schema["oneOf"].as_array() {
        let mut objects = String::new();
        let mut rows = String::new();
        for value in values {
            match (value["const"].as_str(), value["enum"].as_array()) {
                (Some(word), _) => {
                    let _ = writeln!(rows, "| `\"{word}\"` | {} |", sentence(value));
                }
                (None, Some(words)) => words.iter().for_each(|word| {
                    let _ = writeln!(rows, "| `{word}` | {} |", sentence(value));
                }),
                (None, None) => {
                    let _ = write!(objects, "\n{}\n{}", sentence(value), fields(value));
                }
            }
        }
        if !rows.is_empty() {
            let _ = write!(out, "\n| value | |\n|---|---|\n{rows}");
        }
        out.push_str(&objects);
    }
    out
}

fn shapes() -> String {
    let all = schemas();
    let mut out = String::new();
    let mut answers = Vec::new();
    for (command, schema) in all["properties"].as_object().unwrap() {
        let name = schema["$ref"].as_str().and_then(|path| path.rsplit('/').next()).unwrap();
        answers.push(name);
        let own = told(&all["$defs"][name]);
        let own = own.trim_start_matches(&format!("`{command}`: ")).to_owned();
        let mut letters = own.chars();
        let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
        let _ = write!(out, "\n## `{command}`\n\n{first}{}", letters.as_str());
    }
    out.push_str("\n## Parts\n");
    for (name, schema) in all["$defs"].as_object().unwrap().iter().filter(|(name, _)| !answers.contains(&name.as_str()))
    {
        let _ = write!(out, "\n### {name}\n\n{}", told(schema));
    }
    out
}

#[test]
fn every_answer_for_programs_is_told() {
    let name = "tools/json.md";
    let made = remade(&page(name), &|part| {
        assert_eq!(part, "shapes");
        shapes()
    });
    hold(&source().join(name), &made).unwrap_or_else(|wrong| panic!("{wrong}"));
}
