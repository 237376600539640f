//! What the words of the language mean, in a sentence or two, with the page that says more.

use crate::model::Language;
use crate::syntax::keyword::{Fixed, Heading, Inner, Key, KindWord};

/// A word of the language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Word {
    /// It begins a heading.
    Heading(Heading),
    /// It stands before a colon.
    Key(Key),
    /// A kind of answer.
    Kind(KindWord),
    /// It stands inside conditions, cells and calculations.
    Inner(Inner),
    /// It stands in values.
    Fixed(Fixed),
}

/// What a word means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Meaning {
    de: &'static str,
    en: &'static str,
    /// The page of the language reference by its English name.
    page: &'static str,
}

impl Meaning {
    /// The sentences for a reader.
    #[must_use]
    pub fn text(&self, reader: Language) -> &'static str {
        if reader == Language::English { self.en } else { self.de }
    }

    /// The page of the language reference for a reader: `language/questions`, `sprache/fragen`.
    #[must_use]
    pub fn page(&self, reader: Language) -> String {
        super::pages::page(self.page, reader)
    }
}

impl Word {
    /// The spelling in a keyword language.
    #[must_use]
    pub fn spelling(self, language: Language) -> &'static str {
        match self {
            Self::Heading(word) => word.spelling(language),
            Self::Key(word) => word.spelling(language),
            Self::Kind(word) => word.spelling(language),
            Self::Inner(word) => word.spelling(language),
            Self::Fixed(word) => word.spelling(language),
        }
    }

    /// What it means; nothing for words that explain themselves, such as days of the week.
    #[must_use]
    pub fn meaning(self) -> Option<Meaning> {
        match self {
            Self::Heading(word) => of(HEADINGS, word),
            Self::Key(word) => of(KEYS, word),
            Self::Kind(word) => of(KINDS, word),
            Self::Inner(word) => of(INNERS, word),
            Self::Fixed(word) => of(FIXEDS, word),
        }
    }
}

/// Rows of sentences: the word, the page, German, English.
macro_rules! meanings {
    ($($table:ident $word:ident { $($variant:ident $page:literal $de:literal $en:literal;)+ })+) => {
        $(const $table: &[($word, Meaning)] =
            &[$(($word::$variant, Meaning { de: $de, en: $en, page: $page })),+];)+
    };
}

meanings! {
    HEADINGS Heading {
        Application "procedures" "Ein Antrag: Bürgerinnen und Bürger beantragen etwas, eine Stelle entscheidet."
            "An application: citizens apply for something, an authority decides.";
        Report "procedures" "Eine Meldung an eine Stelle, zum Beispiel ein Schlagloch."
            "A report to an authority, for example of a pothole.";
        Topic "procedures" "Ein Thema zum Lesen, ohne Fragen."
            "A topic to read, without questions.";
        Block "blocks" "Ein Baustein: Fragen und Regeln, die mehrere Verfahren als eine Art von Antwort verwenden."
            "A building block: questions and rules that several procedures use as one kind of answer.";
        List "blocks" "Eine Liste von Werten mit Bezeichnungen, aus denen gewählt wird."
            "A list of values with labels to choose from.";
        Authority "authorities" "Eine Stelle: wer zuständig sein kann und auf welchen Wegen sie erreicht wird."
            "An authority: who can be responsible, and the ways in which it is reached.";
        Portal "authorities" "Die Seiten einer Gemeinde: Gebiet, Kacheln und was sie anbietet."
            "The site of a municipality: its area, tiles and what it offers.";
        Translation "translations" "Die Texte eines Verfahrens in einer anderen Sprache, unter denselben Namen."
            "The texts of a procedure in another language, under the same names.";
        Section "procedures" "Ein Abschnitt ist eine Seite des Formulars. Er zählt nicht zum Namen einer Antwort, außer wenn er wiederholt wird."
            "A section is a page of the form. It is no part of the name of an answer, unless it is repeated.";
        Question "questions" "Eine Frage: dahinter der Name und der Text, darunter „Art:“ und was sonst zu ihr gehört."
            "A question: behind it the name and the text, below it “Kind:” and whatever else belongs to it.";
        Paragraph "questions" "Ein Text zwischen den Fragen."
            "A text between the questions.";
        Rule "rules" "Eine Regel über mehrere Antworten: „Es muss gelten:“, und die Meldung dahinter in „sonst:“."
            "A rule about several answers: “Must hold:”, and its message in “otherwise:”.";
        Computed "calculations" "Ein berechneter Wert: eine Rechnung, eine Bedingung oder eine Tabelle mit einem Namen."
            "A computed value: a calculation, a condition or a table with a name.";
        Value "calculations" "Ein fester Wert mit einem Namen, damit er nur an einer Stelle steht."
            "A fixed value with a name, so that it stands in one place only.";
        Fee "tables" "Eine Gebühr: links von „||“ die Fälle, rechts der Betrag. Geprüft wird, dass jeder Fall genau eine Zeile trifft."
            "A fee: the cases left of “||”, the amount right of it. It is checked that each case meets exactly one row.";
        Responsible "tables" "Wer zuständig ist: links von „||“ die Fälle, rechts die Stelle. Geprüft wird, dass jeder Fall genau eine Zeile trifft."
            "Who is responsible: the cases left of “||”, the authority right of it. It is checked that each case meets exactly one row.";
        EndPage "procedures" "Eine Seite, auf der der Weg endet, ohne dass etwas abgeschickt wird."
            "A page on which the way ends without anything being sent.";
        Example "examples" "Ein Beispiel nennt Antworten und was dabei herauskommen muss. Es wird bei jeder Prüfung ausgeführt."
            "An example names answers and what must come of them. Every check runs it.";
        Tiles "authorities" "Die Kacheln der Startseite: die Kategorien des Portals."
            "The tiles of the first page: the categories of the portal.";
        Offer "authorities" "Was das Portal anbietet, eine Zeile für jedes Verfahren."
            "What the portal offers, one line for each procedure.";
        LifeEvent "authorities" "Eine Lebenslage fasst Verfahren zusammen, zum Beispiel „Umzug“."
            "A life event groups procedures, for example “Moving house”.";
        Adopts "templates" "Diese Datei übernimmt eine Vorlage und ändert daran nur, was örtlich anpassbar ist."
            "This file adopts a template and changes only what is locally adaptable.";
        Replaces "templates" "Ersetzt bei einer Überschrift der Vorlage die Zeilen, die darunter stehen."
            "Replaces the lines below it at a heading of the template.";
        Adds "templates" "Ergänzt einen Abschnitt der Vorlage um weitere Fragen."
            "Adds further questions to a section of the template.";
        Drops "templates" "Lässt eine Frage der Vorlage weg."
            "Leaves out a question of the template.";
        Transition "versions" "Was mit den Antworten von Entwürfen geschieht, die mit der vorigen Fassung begonnen wurden."
            "What becomes of the answers in drafts that were begun with the previous version.";
    }
    KEYS Key {
        Language "lines" "Die Sprache der Schlüsselwörter dieser Datei. Die Zeile steht ganz oben."
            "The language of the keywords of this file. The line stands at the very top.";
        Texts "procedures" "Die Sprache der Texte, wenn sie eine andere ist als die der Schlüsselwörter."
            "The language of the texts where it differs from that of the keywords.";
        Version "procedures" "Nummer der Fassung und der erste Tag, an dem sie gilt; der letzte kann dahinter stehen."
            "The number of the version and the first day on which it is valid; the last may follow.";
        Service "procedures" "Der Schlüssel der Leistung im Leistungskatalog (LeiKa), 14 Stellen."
            "The key of the service in the federal catalogue (LeiKa), 14 digits.";
        Category "procedures" "Die Kachel des Portals, unter der das Verfahren steht."
            "The tile of the portal under which the procedure stands.";
        Access "procedures" "Womit man sich ausweist: „keine“, „E-Mail“, „Konto“ oder „Online-Ausweis“."
            "How people identify themselves: “none”, “e-mail”, “account” or “eID”.";
        LegalBasis "procedures" "Die Vorschrift, auf der das Verfahren beruht. Ohne sie wird nichts veröffentlicht."
            "The provision that the procedure rests on. Nothing is published without it.";
        Deadline "procedures" "Die Frist als Text, oder „keine“."
            "The deadline as a text, or “none”.";
        Retention "procedures" "Wie lange die Angaben aufbewahrt werden, zum Beispiel „10 Jahre nach Erledigung“."
            "How long the answers are kept, for example “10 years after completion”.";
        WhatNext "procedures" "Was nach dem Absenden geschieht, als Text auf der Bestätigung."
            "What happens after sending, as a text on the confirmation.";
        Uses "names" "Die Bausteine und Listen, die diese Datei verwendet; danach gilt der letzte Teil ihres Namens."
            "The building blocks and lists that this file uses; after that the last part of their names counts.";
        SearchWords "procedures" "Wörter, unter denen das Portal das Verfahren findet."
            "Words by which the portal finds the procedure.";
        Kind "kinds" "Die Art der Antwort, dahinter ihre Grenzen und Zusätze, mit Kommas getrennt."
            "The kind of the answer, then its limits and marks, separated by commas.";
        Hint "questions" "Ein Satz unter der Frage, der beim Antworten hilft."
            "A sentence below the question that helps to answer it.";
        Easy "questions" "Derselbe Text in Leichter Sprache."
            "The same text in easy language.";
        Text "lines" "Der Text dazu; jede weitere Zeile in Anführungszeichen ist ein neuer Absatz."
            "The text for it; each further line in quotation marks is a new paragraph.";
        OnlyIf "conditions" "Die Bedingung, unter der dies gilt. Was nicht gefragt wird, hat keine Antwort und ist nie Pflicht."
            "The condition under which this holds. What is not asked has no answer and is never required.";
        Repeats "procedures" "Wie oft es sich wiederholt, und wie ein Eintrag heißt: „1 bis 5 mal, je \"Hund\"“."
            "How often it repeats, and what an entry is called: “1 to 5 times, each \"dog\"”.";
        MustHold "rules" "Was gelten muss. Darunter steht in „sonst:“ die Meldung, wenn es nicht gilt."
            "What must hold. Below it “otherwise:” has the message for when it does not.";
        Otherwise "rules" "Die Meldung, wenn die Regel darüber verletzt ist. So lässt sich nicht absenden."
            "The message when the rule above is broken. Nothing can be sent then.";
        OtherwiseWarning "rules" "Ein Hinweis, wenn die Regel darüber verletzt ist. Absenden geht trotzdem."
            "A warning when the rule above is broken. It can be sent nevertheless.";
        At "rules" "Die Frage, bei der die Meldung der Regel steht."
            "The question at which the message of the rule stands.";
        Without "questions" "Fragen des Bausteins, die hier weggelassen werden."
            "Questions of the building block that are left out here.";
        About "questions" "Wen die Angabe betrifft: „andere“ heißt, dass es nicht die Daten der antragstellenden Person sind."
            "Whom the answer is about: “another person” means that it is not the applicant's own data.";
        Page "procedures" "„je Frage“: jede Frage des Abschnitts bekommt eine eigene Seite."
            "“each question”: every question of the section gets a page of its own.";
        Appears "questions" "„auf derselben Seite“: die Frage erscheint, sobald ihre Bedingung erfüllt ist."
            "“on the same page”: the question appears as soon as its condition holds.";
        Payment "tables" "Wann gezahlt wird: „vor dem Absenden“ oder „nach Bescheid“."
            "When to pay: “before sending” or “after notice”.";
        ForEach "tables" "Die Liste, für deren Einträge die Gebühr jeweils anfällt."
            "The list for each of whose entries the fee is due.";
        On "examples" "Der Tag, an dem das Beispiel spielt."
            "The day on which the example takes place.";
        Level "authorities" "Die Ebene der Stelle: Stadt, Kreis, Land oder Bund."
            "The level of the authority: city, county, state or federal.";
        Area "authorities" "Das Gebiet: Gemeinden, Ämter, Kreise oder Länder, auch mit „oder“ und „ohne“."
            "The area: municipalities, Ämter, districts or states, also with “or” and “except”.";
        Task "authorities" "Aufgaben der Stelle; Tabellen nennen sie mit „aufgabe für ort“."
            "Tasks of the authority; tables name them with “task for place”.";
        Channel "authorities" "Auf welchem Weg die Stelle etwas bekommt; mehrere Zeilen sind die Reihenfolge, in der es versucht wird."
            "The way in which the authority is reached; several lines are tried in their order.";
        OpenHours "authorities" "Öffnungszeiten: „Mo bis Fr, 08:00 bis 12:00“."
            "Opening hours: “Mon to Fri, 08:00 to 12:00”.";
        Address "authorities" "Die Anschrift der Stelle."
            "The postal address of the authority.";
        Phone "authorities" "Die Telefonnummer der Stelle."
            "The telephone number of the authority.";
        Host "authorities" "Die Adresse im Netz, unter der das Portal steht."
            "The address on the web at which the portal stands.";
        CoatOfArms "authorities" "Die Bilddatei des Wappens und ihre Beschreibung."
            "The file with the coat of arms, and its description.";
        Colour "authorities" "Die Farbe des Portals, in Anführungszeichen: \"#00457C\"."
            "The colour of the portal, in quotation marks: \"#00457C\".";
        Contact "authorities" "Die Stelle, an die man sich bei Fragen wendet."
            "The authority to turn to with questions.";
        Imprint "authorities" "Das Thema mit dem Impressum."
            "The topic with the imprint.";
        Privacy "authorities" "Das Thema mit der Datenschutzerklärung."
            "The topic with the privacy statement.";
        BarrierReport "authorities" "Das Verfahren, mit dem man eine Barriere meldet."
            "The procedure by which a barrier is reported.";
        Source "blocks" "Woher die Liste stammt, und ihr Stand."
            "Where the list comes from, and its date.";
        Expects "examples" "Was bei diesem Beispiel herauskommen muss."
            "What must come of this example.";
        Template "templates" "Dieses Verfahren ist eine Vorlage, die Gemeinden oder Kreise übernehmen."
            "This procedure is a template that municipalities or counties adopt.";
        Adaptable "templates" "Was eine Gemeinde hier ändern darf, wenn sie die Vorlage übernimmt."
            "What a municipality may change here when it adopts the template.";
        Renamed "versions" "Eine Frage hat einen neuen Namen: „alt wird neu“. Die Antwort zieht um."
            "A question has a new name: “old becomes new”. The answer moves.";
        Dropped "versions" "Diese Frage oder Auswahl gibt es nicht mehr."
            "This question or option is gone.";
        AskedAnew "versions" "Diese Frage wird in begonnenen Entwürfen noch einmal gestellt."
            "This question is asked once more in drafts.";
        New "versions" "Diese Frage ist neu; Entwürfe bekommen den Wert dahinter."
            "This question is new; drafts get the value behind it.";
        Converted "versions" "Diese Antwort wird umgewandelt, nach der Tabelle darunter."
            "This answer is converted by the table below.";
        Open "time" "Von wann bis wann das Verfahren offen ist: „01.03.2027 bis 30.04.2027“."
            "From when to when the procedure is open: “01.03.2027 to 30.04.2027”.";
        Closed "time" "Was außerhalb dieser Zeit zu lesen ist."
            "What is to be read outside of this time.";
        AnsweredBy "second-person" "Diese Fragen beantwortet eine zweite Person; hier steht die Frage nach deren E-Mail-Adresse."
            "A second person answers these questions; here stands the question for their e-mail address.";
        Sees "second-person" "Welche Antworten der zweiten Person gezeigt werden; sonst sieht sie nichts."
            "Which answers the second person is shown; they see nothing else.";
        Waits "second-person" "Wie lange auf die zweite Person gewartet wird, und was danach geschieht."
            "How long the second person is waited for, and what happens then.";
    }
    KINDS KindWord {
        Text "kinds" "Ein Text in einer Zeile. Dahinter etwa „höchstens 40 Zeichen“."
            "A text on one line. Behind it for example “at most 40 characters”.";
        LongText "kinds" "Ein Text in mehreren Zeilen."
            "A text on several lines.";
        Digits "kinds" "Ziffern, auch mit Nullen am Anfang: „genau 15 Stellen“."
            "Digits, also with leading zeros: “exactly 15 digits”.";
        Whole "kinds" "Eine ganze Zahl, mit Einheit und Grenzen: „in cm, 10 bis 500“."
            "A whole number with its unit and limits: “in cm, 10 to 500”.";
        Decimal "kinds" "Eine Zahl mit Komma; wie viele Stellen, muss dabeistehen: „1 Nachkommastelle“."
            "A number with decimal places; how many must be said: “1 decimal place”.";
        Money "kinds" "Ein Betrag in Euro und Cent."
            "An amount in euros and cents.";
        Date "kinds" "Ein Datum. Grenzen: „bis heute“, „heute bis heute + 1 Jahr“."
            "A date. Limits: “up to today”, “today to today + 1 year”.";
        BirthDate "kinds" "Ein Geburtsdatum; mit „auch unvollständig“ genügt das Jahr."
            "A date of birth; with “also incomplete” the year is enough.";
        Month "kinds" "Ein Monat mit Jahr: 10/2027."
            "A month with its year: 10/2027.";
        Time "kinds" "Eine Uhrzeit: 15:00."
            "A time of day: 15:00.";
        YesNo "kinds" "Ja oder Nein."
            "Yes or no.";
        OneOf "kinds" "Genau eine Möglichkeit. Jede steht darunter in einer Zeile mit „- “."
            "Exactly one of a few. Each stands below on a line with “- ”.";
        SeveralOf "kinds" "Mehrere Möglichkeiten. Jede steht darunter in einer Zeile mit „- “."
            "Several of a few. Each stands below on a line with “- ”.";
        List "kinds" "Ein Wert aus einer Liste, die „verwendet:“ nennt."
            "A value of a list that “uses:” names.";
        File "kinds" "Eine oder mehrere Dateien: „PDF oder JPEG, höchstens 5 MB“."
            "One or several files: “PDF or JPEG, at most 5 MB”.";
        Email "kinds" "Eine E-Mail-Adresse."
            "An e-mail address.";
        Phone "kinds" "Eine Telefonnummer."
            "A telephone number.";
        Postcode "kinds" "Eine Postleitzahl mit fünf Stellen."
            "A postcode of five digits.";
        Municipality "kinds" "Eine Gemeinde; gespeichert wird ihr amtlicher Schlüssel. Dahinter kann stehen, welche zugelassen sind."
            "A municipality; its official key is kept. Behind it may stand which ones are allowed.";
        Country "kinds" "Ein Staat."
            "A country.";
        GivenName "kinds" "Ein Vorname, mit allen Zeichen, die Ausweise kennen (DIN 91379)."
            "A given name, with every letter that identity papers know (DIN 91379).";
        FamilyName "kinds" "Ein Familienname, mit allen Zeichen, die Ausweise kennen (DIN 91379)."
            "A family name, with every letter that identity papers know (DIN 91379).";
        FullName "kinds" "Ein ganzer Name in einem Feld."
            "A whole name in one field.";
        Organisation "kinds" "Der Name einer Firma, eines Vereins oder einer Behörde."
            "The name of a company, an association or an authority.";
        Street "kinds" "Ein Straßenname."
            "The name of a street.";
        HouseNumber "kinds" "Eine Hausnummer mit Zusatz."
            "A house number with its addition.";
        Place "kinds" "Ein Ort."
            "A place.";
        Iban "kinds" "Eine IBAN; ihre Prüfziffern werden geprüft."
            "An IBAN; its check digits are checked.";
        TaxNumber "kinds" "Eine Steuer-Identifikationsnummer; ihre Prüfziffer wird geprüft."
            "A tax identification number; its check digit is checked.";
        NumberPlate "kinds" "Ein Kfz-Kennzeichen."
            "A number plate.";
        Declaration "kinds" "Eine Erklärung, die angekreuzt werden muss."
            "A declaration that must be ticked.";
    }
    INNERS Inner {
        And "conditions" "Beides muss gelten. „und“ und „oder“ stehen nur mit Klammern nebeneinander."
            "Both must hold. “and” and “or” stand beside each other only with brackets.";
        Or "conditions" "Eines genügt; hinter „=“ steht damit ein weiterer Wert."
            "One is enough; behind “=” a further value follows.";
        Not "conditions" "Das Gegenteil dessen, was dahinter steht."
            "The opposite of what stands behind it.";
        IsNotAnswered "conditions" "Ob die Frage beantwortet ist: gefragt und nicht leer gelassen."
            "Whether the question is answered: asked and not left empty.";
        IsAnswered "conditions" "Ob die Frage beantwortet ist: gefragt und nicht leer gelassen."
            "Whether the question is answered: asked and not left empty.";
        Is "conditions" "Vergleicht mit dem, was dahinter steht: „ist größer als“, „ist nicht“."
            "Compares with what stands behind it: “is greater than”, “is not”.";
        IsNot "conditions" "Die Antwort ist da und eine andere."
            "The answer is there and another one.";
        Contains "conditions" "Bei „mehrere von“: ob etwas davon gewählt ist."
            "Of “Several of”: whether one of these was chosen.";
        Every "conditions" "In jedem Eintrag der Liste muss gelten, was hinter dem Doppelpunkt steht."
            "What stands behind the colon must hold in every entry of the list.";
        Some "conditions" "In mindestens einem Eintrag der Liste gilt, was hinter dem Doppelpunkt steht."
            "What stands behind the colon holds in at least one entry of the list.";
        None "conditions" "„Nein“, oder vor einer Liste: in keinem Eintrag gilt, was hinter dem Doppelpunkt steht."
            "“no”, or before a list: what stands behind the colon holds in no entry.";
        No "conditions" "„Nein“, oder vor einer Liste: in keinem Eintrag gilt, was hinter dem Doppelpunkt steht."
            "“no”, or before a list: what stands behind the colon holds in no entry.";
        Yes "conditions" "Die Antwort „Ja“."
            "The answer “yes”.";
        AtLeastOneAnswer "conditions" "Mindestens eine der Fragen dahinter ist beantwortet."
            "At least one of the questions behind it is answered.";
        ExactlyOneAnswer "conditions" "Genau eine der Fragen dahinter ist beantwortet."
            "Exactly one of the questions behind it is answered.";
        AtMostOneAnswer "conditions" "Höchstens eine der Fragen dahinter ist beantwortet."
            "At most one of the questions behind it is answered.";
        NoAnswer "conditions" "In einer Zelle: die Frage ist nicht beantwortet oder nicht gestellt."
            "In a cell: the question is not answered or not asked.";
        Count "calculations" "Wie viele Einträge eine Liste hat; mit „mit“ nur die, für die etwas gilt."
            "How many entries a list has; with “with” only those for which something holds.";
        Sum "conditions" "Die Summe über alle Einträge einer Liste: „Summe hunde: gewicht“."
            "The sum over all entries of a list: “Sum hunde: gewicht”.";
        With "calculations" "Nur die Einträge, für die gilt, was dahinter steht."
            "Only the entries for which the condition behind it holds.";
        Distinct "conditions" "Alle Einträge unterscheiden sich in dieser Angabe."
            "All entries differ in this answer.";
        Today "calculations" "Der Tag des Absendens, in deutscher Zeit. Für eine Einreichung steht er fest."
            "The day of sending, in German time. It is fixed for a submission.";
        Now "calculations" "Der Augenblick des Absendens, in deutscher Zeit."
            "The moment of sending, in German time.";
        Age "calculations" "Das Alter in vollen Jahren, heute oder „am“ einem Tag."
            "The age in whole years, today or “on” a day.";
        On "calculations" "Der Tag, an dem das Alter zählt."
            "The day on which the age counts.";
        AtTime "calculations" "Die Uhrzeit zu einem Tag."
            "The time of a day.";
        From "conditions" "Ab diesem Wert; er gehört dazu."
            "From this value on; it is included.";
        Over "conditions" "Mehr als dieser Wert; er selbst gehört nicht dazu."
            "More than this value; the value itself is not included.";
        UpTo "conditions" "Bis zu diesem Wert; er gehört dazu."
            "Up to this value; it is included.";
        To "conditions" "Bis zu diesem Wert; er gehört dazu."
            "Up to this value; it is included.";
        Under "conditions" "Weniger als dieser Wert; er selbst gehört nicht dazu."
            "Less than this value; the value itself is not included.";
        Except "conditions" "Alles davor, ausgenommen das dahinter."
            "Everything before it except what follows.";
        Any "tables" "Jeder Wert; auch keine Antwort, wenn die Frage leer bleiben kann."
            "Every value; also no answer where the question may stay empty.";
        OwnArea "templates" "Das Gebiet der Gemeinde, die die Vorlage übernimmt."
            "The area of the municipality that adopts the template.";
        Otherwise "tables" "Die letzte Zeile: alle Fälle, die keine andere Zeile trifft."
            "The last row: all cases that no other row meets.";
        Per "calculations" "Je Zeitraum: 5 € je Monat und 60 € je Jahr sind verschiedene Einheiten."
            "Per period: 5 € per month and 60 € per year are different units.";
        RoundedUp "conditions" "Aufgerundet auf ein Vielfaches."
            "Rounded up to a multiple.";
        RoundedDown "conditions" "Abgerundet auf ein Vielfaches."
            "Rounded down to a multiple.";
        Rounded "conditions" "Kaufmännisch gerundet auf ein Vielfaches."
            "Rounded to the nearest multiple, halves up.";
        For "tables" "Die Stelle, die am genannten Ort diese Aufgabe hat."
            "The authority that has this task in the place named.";
        AtLeast "conditions" "Dieser Wert oder mehr."
            "This value or more.";
        AtMost "conditions" "Dieser Wert oder weniger."
            "This value or less.";
        MoreThan "conditions" "Mehr als dieser Wert."
            "More than this value.";
        LessThan "conditions" "Weniger als dieser Wert."
            "Less than this value.";
        GreaterThan "conditions" "Mehr als dieser Wert."
            "More than this value.";
        SmallerThan "conditions" "Weniger als dieser Wert."
            "Less than this value.";
        Before "conditions" "Vor diesem Tag."
            "Before this day.";
        After "conditions" "Nach diesem Tag."
            "After this day.";
        Latest "conditions" "An diesem Tag oder davor."
            "On this day or before it.";
        Earliest "conditions" "An diesem Tag oder danach."
            "On this day or after it.";
        EndPage "tables" "Der Weg endet auf dieser Seite, ohne dass etwas abgeschickt wird."
            "The way ends on this page without anything being sent.";
    }
    FIXEDS Fixed {
        Optional "questions" "Die Frage darf leer bleiben."
            "The question may be left empty.";
        MayFollow "questions" "Die Datei darf nach dem Absenden noch so lange nachgereicht werden."
            "The file may follow for so long after sending.";
        MayFollowUntil "questions" "Die Datei darf bis zu diesem Tag nachgereicht werden."
            "The file may follow until this day.";
        AlsoIncomplete "kinds" "Es genügt das Jahr, oder Jahr und Monat."
            "The year alone is enough, or year and month.";
        ExcludesOthers "questions" "Wer dies wählt, kann nichts anderes dazu wählen."
            "Whoever chooses this can choose nothing beside it.";
        EachQuestion "procedures" "Jede Frage des Abschnitts bekommt eine eigene Seite."
            "Every question of the section gets a page of its own.";
        OnTheSamePage "questions" "Die Frage erscheint, sobald ihre Bedingung erfüllt ist."
            "The question appears as soon as its condition holds.";
        AnotherPerson "questions" "Die Angabe betrifft jemand anderen als die antragstellende Person."
            "The answer is about somebody other than the applicant.";
        AfterNotice "tables" "Gezahlt wird erst, wenn der Bescheid da ist."
            "Payment is due when the notice has come.";
        BeforeSending "tables" "Gezahlt wird vor dem Absenden."
            "Payment is due before sending.";
        AfterCompletion "procedures" "Die Zeit zählt vom Ende der Bearbeitung an."
            "The time counts from the end of processing.";
        AfterReceipt "procedures" "Die Zeit zählt vom Eingang an."
            "The time counts from receipt.";
        AfterEndOfYear "procedures" "Die Zeit zählt vom Ende des Jahres an."
            "The time counts from the end of the year.";
        ValidFrom "procedures" "Der erste Tag, an dem es gilt."
            "The first day on which it is valid.";
        ValidTo "blocks" "Der letzte Tag, an dem es gilt."
            "The last day on which it is valid.";
        EncryptedWith "authorities" "Was auf diesem Weg geschickt wird, ist mit diesem Schlüssel verschlüsselt."
            "What is sent this way is encrypted with this key.";
        ExpectAsked "examples" "Diese Fragen müssen in dem Beispiel gestellt werden."
            "These questions must be asked in the example.";
        ExpectNotAsked "examples" "Diese Fragen dürfen in dem Beispiel nicht gestellt werden."
            "These questions must not be asked in the example.";
        ExpectError "examples" "Genau diese Regeln müssen verletzt sein."
            "Exactly these rules must be broken.";
        ExpectFee "examples" "Der Betrag, der herauskommen muss."
            "The amount that must come of it.";
        ExpectResponsible "examples" "Die Stelle, die herauskommen muss."
            "The authority that must come of it.";
        ForMunicipalities "templates" "Gemeinden übernehmen diese Vorlage."
            "Municipalities adopt this template.";
        ForCounties "templates" "Kreise übernehmen diese Vorlage."
            "Counties adopt this template.";
        OnWithoutAnswer "second-person" "Kommt keine Antwort, geht es ohne sie weiter."
            "Where no answer comes, it goes on without it.";
        ThenNotSent "second-person" "Kommt keine Antwort, wird nichts abgeschickt."
            "Where no answer comes, nothing is sent.";
    }
}

fn of<T: Copy + PartialEq>(table: &[(T, Meaning)], word: T) -> Option<Meaning> {
    table.iter().find(|(known, _)| *known == word).map(|(_, meaning)| *meaning)
}
