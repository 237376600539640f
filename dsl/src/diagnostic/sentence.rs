//! What a sentence with fields becomes, and the macro that makes [`Problem`](super::Problem) of a table.

use super::Both;
use crate::model::Language;

/// A part of a message, as the reader's language has it.
pub(super) trait Said {
    fn said(&self, language: Language) -> &str;
}

impl Said for String {
    fn said(&self, _: Language) -> &str {
        self
    }
}

impl Said for Both {
    fn said(&self, language: Language) -> &str {
        self.get(language)
    }
}

/// What a field holds: words of the file, or words of the message in both languages.
macro_rules! field {
    () => {
        String
    };
    ($kind:ident) => {
        $kind
    };
}

macro_rules! problems {
    (; $($code:literal $severity:ident $name:ident $({ $($field:ident $(as $kind:ident)?),* })? :
        de $de:literal , $de_help:literal ;
        en $en:literal , $en_help:literal ;)+) => {
        /// Something that an author should know. The fields are texts to be put into the message.
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        #[expect(missing_docs, reason = "the messages below are the documentation; each has a page of its own")]
        pub enum Problem {
            $($name $({ $($field: field!($($kind)?)),* })?),+
        }

        impl Problem {
            /// Code, weight, and the German and English message and help with the names of the
            /// fields in braces: what the pages of the documentation are made from.
            pub const TABLE: &[(&'static str, Severity, [&'static str; 4])] =
                &[$(($code, Severity::$severity, [$de, $de_help, $en, $en_help])),+];

            /// The stable code: `AW0123`.
            #[must_use]
            pub fn code(&self) -> &'static str {
                match self { $(Self::$name $({ $($field: _),* })? => $code),+ }
            }

            /// How much it weighs.
            #[must_use]
            pub fn severity(&self) -> Severity {
                match self { $(Self::$name $({ $($field: _),* })? => Severity::$severity),+ }
            }

            /// What is wrong.
            #[must_use]
            pub fn message(&self, language: Language) -> String {
                match self {
                    $(Self::$name $({ $($field),* })? => fill(
                        if language == Language::English { $en } else { $de },
                        &[$($((stringify!($field), $field.said(language))),*)?],
                    )),+
                }
            }

            /// How to put it right.
            #[must_use]
            pub fn help(&self, language: Language) -> String {
                match self {
                    $(Self::$name $({ $($field),* })? => fill(
                        if language == Language::English { $en_help } else { $de_help },
                        &[$($((stringify!($field), $field.said(language))),*)?],
                    )),+
                }
            }
        }
    };
}

/// The sentence with its fields put in.
pub(super) fn fill(template: &str, fields: &[(&str, &str)]) -> String {
    let mut text = String::with_capacity(template.len() + 32);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let Some((name, tail)) = after.split_once('}') else {
            break;
        };
        match fields.iter().find(|(field, _)| *field == name) {
            Some((_, value)) => text.push_str(value),
            None => {
                text.push('{');
                text.push_str(name);
                text.push('}');
            }
        }
        rest = tail;
    }
    text + rest
}
