//! What things are called in messages.

use super::judge::Judge;
use super::site::Site;
use crate::diagnostic::Both;
use crate::syntax::keyword::Heading;

impl Judge<'_> {
    /// The name of a thing as its author writes it.
    pub fn name(&self, site: &Site) -> String {
        match site {
            Site::Option(_, _, key) => self.sites.world.spelled(key),
            _ => self.sites.node(site).map(|(_, node)| node.name_text().to_owned()).unwrap_or_default(),
        }
    }

    /// "Die Frage „x“ wird nie gefragt".
    pub fn what_never(&self, site: &Site) -> Both {
        let name = self.name(site);
        let say = |de: &str, en: &str| Both::new(de.replace("{}", &name), en.replace("{}", &name));
        match site {
            Site::Section(_) => say("Der Abschnitt „{}“ wird nie gefragt", "Section “{}” is never asked"),
            Site::Item(..) if self.is_text(site) => {
                say("Der Zwischentext „{}“ wird nie gezeigt", "Paragraph “{}” is never shown")
            }
            Site::Item(..) => say("Die Frage „{}“ wird nie gefragt", "Question “{}” is never asked"),
            Site::Option(..) => say("Die Auswahl „{}“ wird nie angeboten", "Option “{}” is never offered"),
            Site::EndPage(_) => say("Die Endseite „{}“ wird nie erreicht", "End page “{}” is never reached"),
            Site::Computed(_) => say("„{}“ hat nie einen Wert", "“{}” never has a value"),
            Site::Fee(_) => say("Die Gebühr „{}“ wird nie erhoben", "Fee “{}” is never charged"),
            Site::Rule(_) | Site::QuestionRule(..) => say("Die Regel „{}“ gilt nie", "Rule “{}” never applies"),
        }
    }

    /// "ob die Frage „x“ je gefragt wird, und nicht immer".
    pub fn what_decided(&self, site: &Site) -> Both {
        let name = self.name(site);
        let say = |de: &str, en: &str| Both::new(de.replace("{}", &name), en.replace("{}", &name));
        match site {
            Site::Section(_) => say("wann der Abschnitt „{}“ gefragt wird", "when section “{}” is asked"),
            Site::Item(..) if self.is_text(site) => {
                say("wann der Zwischentext „{}“ gezeigt wird", "when paragraph “{}” is shown")
            }
            Site::Item(..) => say("wann die Frage „{}“ gefragt wird", "when question “{}” is asked"),
            Site::Option(..) => say("wann die Auswahl „{}“ angeboten wird", "when option “{}” is offered"),
            Site::EndPage(_) => say("wann die Endseite „{}“ erreicht wird", "when end page “{}” is reached"),
            Site::Computed(_) => say("welche Werte „{}“ haben kann", "which values “{}” can have"),
            Site::Fee(_) => say("wann die Gebühr „{}“ erhoben wird", "when fee “{}” is charged"),
            Site::Rule(_) => say("wann die Regel „{}“ erfüllt ist", "when rule “{}” holds"),
            Site::QuestionRule(..) => {
                say("wann die Regel bei der Frage „{}“ erfüllt ist", "when the rule at question “{}” holds")
            }
        }
    }

    fn is_text(&self, site: &Site) -> bool {
        self.sites.node(site).is_some_and(|(_, node)| node.heading == Heading::Paragraph)
    }
}
