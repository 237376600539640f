//! Rebuilds when files come or go that are built into the program.

fn main() {
    for folder in ["migrations", "mails", "texts", "../forms"] {
        println!("cargo::rerun-if-changed={folder}");
    }
}
