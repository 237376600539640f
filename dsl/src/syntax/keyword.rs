//! The one table of keywords, in German and English.
//!
//! Every word has exactly one spelling in each language; the first letter at the head of a
//! line may be upper or lower case. Words inside conditions, cells and calculations stand in
//! the grammar too (`amt.pest`); a test holds both against each other.

use std::borrow::Cow;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

pub use super::reserved::{RESERVED, UNITS, UnitWord, unit};
use crate::model::Language;

/// What a keyword was found to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found<T> {
    /// The keyword.
    pub word: T,
    /// The language whose spelling it is; `None` when both spell it alike.
    pub language: Option<Language>,
}

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident $de:literal $en:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $(#[doc = concat!("`", $de, "` · `", $en, "`")] $variant),+
        }

        impl $name {
            /// All words of this table.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The spelling in the keyword language (everything but English is German).
            #[must_use]
            pub fn spelling(self, language: Language) -> &'static str {
                match (self, language) {
                    $((Self::$variant, Language::English) => $en,
                      (Self::$variant, _) => $de,)+
                }
            }

            /// The word with this spelling, exact but for the case of the first letter and the number of blanks.
            #[must_use]
            pub fn find(text: &str) -> Option<Found<Self>> {
                // Each word with a small and with a capital letter: nothing is written anew to look it up.
                static INDEX: LazyLock<FxHashMap<String, Found<$name>>> = LazyLock::new(|| {
                    let mut index = FxHashMap::default();
                    for &word in $name::ALL {
                        let (de, en) = (word.spelling(Language::German), word.spelling(Language::English));
                        let alike = both_cases(de) == both_cases(en);
                        for (spelling, language) in [(de, Language::German), (en, Language::English)] {
                            let language = (!alike).then_some(language);
                            for written in both_cases(spelling) {
                                index.entry(written).or_insert(Found { word, language });
                            }
                        }
                    }
                    index
                });
                INDEX.get(single_blanks(text).as_ref()).copied()
            }

            /// The longest word with which `text` begins, followed by no further letter; and the rest.
            #[must_use]
            pub fn find_at_start(text: &str) -> Option<(Found<Self>, &str)> {
                // No keyword has more pieces than this; what stands behind does not matter.
                static MOST: LazyLock<usize> = LazyLock::new(|| {
                    let pieces = |text: &str| text.split(|c| !is_word_char(c)).count();
                    let both = |word: &$name| [Language::German, Language::English].map(|in_| pieces(word.spelling(in_)));
                    $name::ALL.iter().flat_map(both).max().unwrap_or(1)
                });
                let ends = text.char_indices().filter(|(_, c)| !is_word_char(*c)).map(|(at, _)| at).chain([text.len()]);
                // Blanks behind a word are not its own.
                let ends = ends.filter(|end| !text[..*end].ends_with(char::is_whitespace) && *end > 0);
                let ends: Vec<usize> = ends.take(*MOST).collect();
                ends.into_iter().rev().find_map(|end| Some((Self::find(text.get(..end)?)?, text.get(end..)?)))
            }
        }
    };
}

/// Words with single blanks between them.
fn single_blanks(text: &str) -> Cow<'_, str> {
    if text.contains("  ") { Cow::Owned(text.split_whitespace().collect::<Vec<_>>().join(" ")) } else { text.into() }
}

/// A word with its first letter in lower and in upper case.
fn both_cases(text: &str) -> [String; 2] {
    let mut letters = text.chars();
    let first = letters.next();
    let rest = letters.as_str();
    let small: String = first.into_iter().flat_map(char::to_lowercase).collect();
    let capital: String = first.into_iter().flat_map(char::to_uppercase).collect();
    [small + rest, capital + rest]
}

/// Whether a character can stand inside a word.
#[must_use]
pub fn is_word_char(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || !c.is_ascii() && unicode_normalization::char::is_combining_mark(c)
}

words! {
    /// Words that begin a heading.
    Heading {
        Application "Antrag" "Application",
        Report "Meldung" "Report",
        Topic "Information" "Topic",
        Block "Baustein" "Block",
        List "Liste" "List",
        Authority "Stelle" "Authority",
        Portal "Portal" "Portal",
        Translation "Übersetzung" "Translation",
        Section "Abschnitt" "Section",
        Question "Frage" "Question",
        Paragraph "Zwischentext" "Paragraph",
        Rule "Regel" "Rule",
        Computed "Berechnet" "Computed",
        Value "Wert" "Value",
        Fee "Gebühr" "Fee",
        Responsible "Zuständigkeit" "Responsible",
        EndPage "Endseite" "End page",
        Example "Beispiel" "Example",
        Tiles "Kacheln" "Tiles",
        Offer "Angebot" "Offer",
        LifeEvent "Lebenslage" "Life event",
        Adopts "übernimmt" "adopts",
        Replaces "ersetzt" "replaces",
        Adds "ergänzt" "adds to",
        Drops "entfällt" "drops",
        Transition "Übergang von Fassung" "Transition from version",
    }
}

words! {
    /// Words before a colon.
    Key {
        Language "Sprache" "Language",
        Texts "Texte" "Texts",
        Version "Fassung" "Version",
        Service "Leistung" "Service",
        Category "Kategorie" "Category",
        Access "Zugang" "Access",
        Open "Offen" "Open",
        Closed "geschlossen" "closed",
        LegalBasis "Rechtsgrundlage" "Legal basis",
        Deadline "Frist" "Deadline",
        Retention "Aufbewahrung" "Retention",
        WhatNext "Wie es weitergeht" "What happens next",
        Uses "verwendet" "uses",
        SearchWords "Suchwörter" "Search words",
        Kind "Art" "Kind",
        Hint "Hinweis" "Hint",
        Easy "Leicht" "Easy",
        Text "Text" "Text",
        OnlyIf "nur wenn" "only if",
        Repeats "wiederholt" "repeats",
        MustHold "Es muss gelten" "Must hold",
        Otherwise "sonst" "otherwise",
        OtherwiseWarning "sonst Warnung" "otherwise warning",
        At "bei" "at",
        Without "ohne" "without",
        About "betrifft" "about",
        AnsweredBy "beantwortet von" "answered by",
        Sees "sieht" "sees",
        Waits "wartet" "waits",
        Page "Seite" "Page",
        Appears "erscheint" "appears",
        Payment "Zahlung" "Payment",
        ForEach "je" "for each",
        On "am" "on",
        Level "Ebene" "Level",
        Area "Gebiet" "Area",
        Task "Aufgabe" "Task",
        Channel "Kanal" "Channel",
        OpenHours "Geöffnet" "Open hours",
        Address "Anschrift" "Address",
        Phone "Telefon" "Phone",
        Host "Netzadresse" "Host",
        CoatOfArms "Wappen" "Coat of arms",
        Colour "Farbe" "Colour",
        Contact "Kontakt" "Contact",
        Imprint "Impressum" "Imprint",
        Privacy "Datenschutz" "Privacy",
        BarrierReport "Barriere melden" "Barrier report",
        Source "Quelle" "Source",
        Expects "erwartet" "expects",
        Template "Vorlage" "Template",
        Adaptable "örtlich anpassbar" "locally adaptable",
        Renamed "umbenannt" "renamed",
        Dropped "entfällt" "dropped",
        AskedAnew "neu gefragt" "asked anew",
        New "neu" "new",
        Converted "umgewandelt" "converted",
    }
}

words! {
    /// Kinds of answers, and the words with which they begin.
    KindWord {
        Text "Text" "Text",
        LongText "langer Text" "Long text",
        Digits "Ziffern" "Digits",
        Whole "ganze Zahl" "Whole number",
        Decimal "Dezimalzahl" "Decimal",
        Money "Betrag" "Amount",
        Date "Datum" "Date",
        BirthDate "Geburtsdatum" "Birth date",
        Month "Monat" "Month",
        Time "Uhrzeit" "Time",
        YesNo "Ja oder Nein" "Yes or no",
        OneOf "eine von" "One of",
        SeveralOf "mehrere von" "Several of",
        List "Liste" "List",
        File "Datei" "File",
        Email "E-Mail" "E-mail",
        Phone "Telefon" "Phone",
        Postcode "Postleitzahl" "Postcode",
        Municipality "Gemeinde" "Municipality",
        Country "Staat" "Country",
        GivenName "Vorname" "Given name",
        FamilyName "Familienname" "Family name",
        FullName "Name" "Full name",
        Organisation "Organisation" "Organisation",
        Street "Straße" "Street",
        HouseNumber "Hausnummer" "House number",
        Place "Ort" "Place",
        Iban "IBAN" "IBAN",
        TaxNumber "Steuernummer" "Tax number",
        NumberPlate "Kennzeichen" "Number plate",
        Declaration "Erklärung" "Declaration",
    }
}

words! {
    /// Words inside conditions, cells and calculations: the grammar has them too (`kw_…`, `op_…`).
    Inner {
        And "und" "and",
        Or "oder" "or",
        Not "nicht" "not",
        IsNotAnswered "ist nicht beantwortet" "is not answered",
        IsAnswered "ist beantwortet" "is answered",
        IsNot "ist nicht" "is not",
        Is "ist" "is",
        Contains "enthält" "contains",
        Every "jeder" "every",
        AtLeastOneAnswer "mindestens eine Antwort" "at least one answer",
        ExactlyOneAnswer "genau eine Antwort" "exactly one answer",
        AtMostOneAnswer "höchstens eine Antwort" "at most one answer",
        Some "mindestens ein" "at least one",
        NoAnswer "keine Antwort" "no answer",
        No "Nein" "no",
        None "kein" "no",
        Yes "Ja" "yes",
        Count "Anzahl" "Count",
        Sum "Summe" "Sum",
        With "mit" "with",
        Distinct "verschieden nach" "distinct by",
        Today "heute" "today",
        Now "jetzt" "now",
        Age "Alter von" "Age of",
        On "am" "on",
        AtTime "um" "at",
        From "ab" "from",
        Over "über" "over",
        UpTo "bis" "up to",
        To "bis" "to",
        Under "unter" "under",
        Except "ohne" "except",
        Any "beliebig" "any",
        OwnArea "eigenes Gebiet" "own area",
        Otherwise "sonst" "otherwise",
        Per "je" "per",
        RoundedUp "aufgerundet auf" "rounded up to",
        RoundedDown "abgerundet auf" "rounded down to",
        Rounded "gerundet auf" "rounded to",
        For "für" "for",
        AtLeast "mindestens" "at least",
        AtMost "höchstens" "at most",
        MoreThan "mehr als" "more than",
        LessThan "weniger als" "less than",
        GreaterThan "größer als" "greater than",
        SmallerThan "kleiner als" "smaller than",
        Before "vor" "before",
        After "nach" "after",
        Latest "spätestens" "at the latest",
        Earliest "frühestens" "at the earliest",
        EndPage "Endseite" "End page",
    }
}

words! {
    /// Fixed words in values.
    Fixed {
        German "Deutsch" "German",
        English "Englisch" "English",
        EasyLanguage "Leichte Sprache" "Easy language",
        ValidFrom "gültig ab" "valid from",
        ValidTo "gültig bis" "valid to",
        To "bis" "to",
        Version "Fassung" "Version",
        None "keine" "none",
        Email "E-Mail" "e-mail",
        Account "Konto" "account",
        Eid "Online-Ausweis" "eID",
        AfterCompletion "nach Erledigung" "after completion",
        AfterReceipt "nach Eingang" "after receipt",
        AfterEndOfYear "nach Ende des Jahres" "after end of year",
        After "nach" "after",
        As "als" "as",
        Optional "freiwillig" "optional",
        MayFollowUntil "nachreichbar bis" "may follow until",
        MayFollow "nachreichbar" "may follow",
        AlsoIncomplete "auch unvollständig" "also incomplete",
        In "in" "in",
        AtMost "höchstens" "at most",
        AtLeast "mindestens" "at least",
        Exactly "genau" "exactly",
        Times "mal" "times",
        Each "je" "each",
        OnWithoutAnswer "danach ohne diese Antwort weiter" "then on without this answer",
        ThenNotSent "danach nicht gesendet" "then not sent",
        ExcludesOthers "schließt andere aus" "excludes others",
        EachQuestion "je Frage" "each question",
        OnTheSamePage "auf derselben Seite" "on the same page",
        AnotherPerson "andere" "another person",
        AfterNotice "nach Bescheid" "after notice",
        BeforeSending "vor dem Absenden" "before sending",
        City "Stadt" "city",
        County "Kreis" "county",
        State "Land" "state",
        Federal "Bund" "federal",
        ChannelEmail "E-Mail" "E-mail",
        ChannelCall "Aufruf" "Call",
        ChannelFitConnect "FIT-Connect" "FIT-Connect",
        EncryptedWith "verschlüsselt mit" "encrypted with",
        Description "Beschreibung" "description",
        AsOf "Stand" "as of",
        ColumnKey "Schlüssel" "Key",
        ColumnLabel "Bezeichnung" "Label",
        Monday "Mo" "Mon",
        Tuesday "Di" "Tue",
        Wednesday "Mi" "Wed",
        Thursday "Do" "Thu",
        Friday "Fr" "Fri",
        Saturday "Sa" "Sat",
        Sunday "So" "Sun",
        ColumnTo "an" "to",
        ColumnAmount "Betrag" "Amount",
        EndPage "Endseite" "End page",
        For "für" "for",
        ExpectFee "Gebühr" "Fee",
        ExpectResponsible "Zuständigkeit" "Responsible",
        ExpectEndPage "Endseite" "End page",
        ExpectError "Fehler" "error",
        ExpectAsked "gefragt" "asked",
        ExpectNotAsked "nicht gefragt" "not asked",
        ForMunicipalities "für Gemeinden" "for municipalities",
        ForCounties "für Kreise" "for counties",
        Table "Tabelle" "table",
        Amounts "Beträge" "amounts",
        Options "Auswahl" "options",
        MayGo "entfällt" "may go",
        MoreQuestions "weitere Fragen" "more questions",
        Becomes "wird" "becomes",
        AskAnew "neu fragen" "ask anew",
        OtherwiseAskAnew "sonst neu fragen" "otherwise ask anew",
    }
}
