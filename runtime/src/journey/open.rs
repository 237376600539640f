//! Whether a procedure is open ("Offen"): can be begun and sent.

use amtsweg_dsl::kind::show_date;
use amtsweg_dsl::model::{Opening, Procedure, Window};
use jiff::civil::DateTime;

use crate::request::Request;

/// Where this minute lies.
pub(crate) fn opening(rq: &Request, procedure: &Procedure) -> Opening {
    procedure.open.as_ref().map_or(Opening::Open, |window| window.at(rq.at))
}

/// Whether it can be begun and sent now; authors can always try.
pub(crate) fn is_open(rq: &Request, procedure: &Procedure) -> bool {
    rq.runtime.mode.is_author() || opening(rq, procedure) == Opening::Open
}

/// Since when or from when, in a sentence; nothing while it is open.
pub(crate) fn when(rq: &Request, procedure: &Procedure) -> Option<String> {
    let window = procedure.open.as_ref()?;
    match window.at(rq.at) {
        Opening::Open => None,
        Opening::Before => window.span(rq.at).0.map(|from| rq.texts().closed_opens(moment(rq, from))),
        Opening::After => window.span(rq.at).1.map(|to| rq.texts().closed_since(moment(rq, to))),
    }
}

/// A bound as people read it: a whole day without its time.
pub(crate) fn moment(rq: &Request, at: DateTime) -> String {
    let date = show_date(at.date(), rq.language);
    if Window::is_whole_day(at) {
        return date;
    }
    rq.texts().moment(date, format!("{:02}:{:02}", at.hour(), at.minute()))
}
