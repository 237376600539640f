//! The description of the command line in the reader's language: the one that help, completion,
//! manual pages and the pages of the book are made from.

use amtsweg_dsl::diagnostic::closest;
use amtsweg_dsl::model::Language;
use clap::{Arg, Command, CommandFactory};

use super::args::Cli;
use super::output::{Output, print};
use super::{Exit, Failure, german, usage};

/// The whole command line, its sentences in `language`.
#[must_use]
pub fn command(language: Language) -> Command {
    let command = Cli::command().after_help(exit_codes(language));
    if language == Language::English { command } else { with_usage(in_german(command, ""), &[]) }
}

/// The program and its commands: `amtsweg`, `amtsweg check`. Options that all commands have are
/// part of each.
pub(super) fn all(language: Language) -> Vec<(String, Command)> {
    let mut whole = command(language);
    whole.build();
    let mut all = vec![("amtsweg".to_owned(), whole.clone())];
    for inner in whole.get_subcommands() {
        all.push((format!("amtsweg {}", inner.get_name()), inner.clone()));
    }
    all
}

/// The program, or one of its commands.
pub(super) fn one(named: Option<&str>, output: &Output) -> Result<(String, Command), Failure> {
    let wanted = named.map_or_else(|| "amtsweg".to_owned(), |name| format!("amtsweg {name}"));
    let mut all = all(output.language);
    match all.iter().position(|(name, _)| *name == wanted) {
        Some(at) => Ok(all.swap_remove(at)),
        None => {
            let named = named.unwrap_or_default();
            let names: Vec<&str> = all.iter().filter_map(|(name, _)| name.split(' ').nth(1)).collect();
            Err(usage::no_command(named, closest(named, names), output.language).into())
        }
    }
}

/// Prints the help of the program or of one command.
pub(super) fn run(named: Option<&str>, output: &Output) -> Result<(), Failure> {
    let (_, mut command) = one(named, output)?;
    Ok(print(command.render_help().to_string().trim_end())?)
}

fn exit_codes(language: Language) -> String {
    let title = if language == Language::English { "Exit codes:" } else { "Rückgabewerte:" };
    let lines = Exit::ALL.map(|exit| format!("  {}  {}", exit.code(), exit.meaning(language).replace('`', "")));
    format!("{title}\n{}", lines.join("\n"))
}

/// The command with German sentences and headings. The whole program has an empty name.
fn in_german(command: Command, named: &str) -> Command {
    let about = german::of_command(named);
    let mut position = 0;
    command
        .about(about)
        .subcommand_value_name("BEFEHL")
        .subcommand_help_heading("Befehle")
        .help_template("{about-with-newline}\nAufruf: {usage}\n\n{all-args}{after-help}")
        .mut_args(|arg| {
            let arg = german_arg(arg, named);
            if !arg.is_positional() {
                return arg;
            }
            // Under a heading of its own it would stand by its name, not in its place.
            position += 1;
            arg.display_order(position)
        })
        .mut_subcommands(|inner| {
            let name = inner.get_name().to_owned();
            in_german(inner, &name)
        })
}

fn german_arg(arg: Arg, command: &str) -> Arg {
    let id = arg.get_id().to_string();
    let mut sentence = german::of_option(command, &id);
    let takes = arg.get_action().takes_values();
    let possible: Vec<String> =
        arg.get_possible_values().iter().map(|value| value.get_name().to_owned()).filter(|_| takes).collect();
    if !possible.is_empty() {
        sentence.push_str(&format!(" [möglich: {}]", possible.join(", ")));
    }
    let usual: Vec<String> =
        arg.get_default_values().iter().map(|value| value.to_string_lossy().into_owned()).filter(|_| takes).collect();
    if !usual.is_empty() {
        sentence.push_str(&format!(" [sonst: {}]", usual.join(", ")));
    }
    if let Some(variable) = arg.get_env() {
        sentence.push_str(&format!(" [Umgebungsvariable: {}]", variable.to_string_lossy()));
    }
    let name = match arg.get_value_names() {
        Some(names) => names.first().and_then(|name| german::value(name)),
        None => german::value(&id.to_uppercase()),
    };
    let heading = if arg.is_positional() { "Angaben" } else { "Optionen" };
    let arg = arg.help(sentence).help_heading(heading);
    if !takes {
        return arg;
    }
    let arg = arg.hide_possible_values(true).hide_default_value(true).hide_env(true);
    match name {
        Some(name) => arg.value_name(name),
        None => arg,
    }
}

/// The command with lines of usage that have no English word.
fn with_usage(command: Command, way: &[String]) -> Command {
    let mut built = command.clone();
    built.build();
    let shown = built.render_usage().to_string();
    let whole = shown.trim_start_matches("Usage: ").replace("[OPTIONS]", "[OPTIONEN]");
    let whole = if way.is_empty() { whole } else { whole.replacen(&way[way.len() - 1], &way.join(" "), 1) };
    command.override_usage(whole).mut_subcommands(|inner| {
        let mut way = if way.is_empty() { vec!["amtsweg".to_owned()] } else { way.to_vec() };
        way.push(inner.get_name().to_owned());
        with_usage(inner, &way)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_description_is_sound_in_both_languages() {
        for language in [Language::German, Language::English] {
            command(language).debug_assert();
        }
    }

    #[test]
    fn every_command_and_option_has_a_sentence_in_both_languages() {
        let mut wrong = Vec::new();
        for ((name, english), (_, german)) in all(Language::English).iter().zip(all(Language::German)) {
            let mut compare = |what: &str, english: Option<String>, german: Option<String>| {
                let (english, german) = (english.unwrap_or_default(), german.unwrap_or_default());
                if english == german || english.is_empty() || german.is_empty() {
                    wrong.push(format!("{what}: {english:?}, {german:?}"));
                }
            };
            let text = |styled: Option<&clap::builder::StyledStr>| styled.map(ToString::to_string);
            compare(name, text(english.get_about()), text(german.get_about()));
            for (one, other) in english.get_arguments().zip(german.get_arguments()) {
                assert_eq!(one.get_id(), other.get_id());
                compare(&format!("{name} {}", one.get_id()), text(one.get_help()), text(other.get_help()));
            }
        }
        assert!(wrong.is_empty(), "add sentences to cli/german.rs:\n{}", wrong.join("\n"));
    }

    #[test]
    fn german_help_names_what_is_given_first_and_in_its_order() {
        for (name, mut command) in all(Language::German) {
            let text = command.render_help().to_string();
            let (given, options) = (text.find("Angaben:"), text.find("Optionen:"));
            assert!(given.is_none_or(|given| options.is_some_and(|options| given < options)), "{name}\n{text}");
            let usage = text.lines().find(|line| line.starts_with("Aufruf:")).unwrap_or_default();
            let words =
                usage.split_whitespace().filter(|word| word.starts_with('<')).map(|word| word.trim_end_matches("..."));
            let listed = given.map_or("", |given| &text[given..options.unwrap_or(given)]);
            let places: Vec<_> = words.filter_map(|word| listed.find(word)).collect();
            assert!(places.is_sorted(), "{name}\n{text}");
        }
    }

    #[test]
    fn german_help_has_no_english_words() {
        for (name, mut command) in all(Language::German) {
            let text = command.render_help().to_string();
            for word in
                ["Usage", "Options", "Arguments", "Commands", "[possible", "[default", "[env", "OPTIONS", "COMMAND"]
            {
                assert!(!text.contains(word), "{name}: {word}\n{text}");
            }
        }
    }
}
