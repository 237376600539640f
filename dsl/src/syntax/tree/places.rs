//! What may stand where: the depth of headings, the keys that they take, the files that they fit.

use crate::syntax::keyword::{Heading, Key};

/// Depth of a heading: 0 a file, 1 a block, 2 inside a section, `None` anywhere.
pub(crate) fn depth(heading: Heading) -> Option<u8> {
    match heading {
        Heading::Application
        | Heading::Report
        | Heading::Topic
        | Heading::Block
        | Heading::List
        | Heading::Authority
        | Heading::Portal
        | Heading::Translation
        | Heading::Adopts => Some(0),
        Heading::Section
        | Heading::Fee
        | Heading::Responsible
        | Heading::Example
        | Heading::Tiles
        | Heading::Offer
        | Heading::LifeEvent
        | Heading::Replaces
        | Heading::Adds
        | Heading::Drops
        | Heading::Transition => Some(1),
        Heading::Question | Heading::Paragraph => Some(2),
        Heading::Rule | Heading::Computed | Heading::Value | Heading::EndPage => None,
    }
}

/// The keys that may stand under a heading.
pub(crate) fn keys(heading: Heading) -> &'static [Key] {
    match heading {
        Heading::Application | Heading::Report | Heading::Topic => &[
            Key::Version,
            Key::Texts,
            Key::Service,
            Key::Category,
            Key::Access,
            Key::Open,
            Key::Closed,
            Key::LegalBasis,
            Key::Deadline,
            Key::Retention,
            Key::WhatNext,
            Key::Uses,
            Key::SearchWords,
            Key::Text,
            Key::Easy,
            Key::Template,
            Key::Adaptable,
        ],
        Heading::Adopts => &[
            Key::Area,
            Key::Version,
            Key::Texts,
            Key::Service,
            Key::Category,
            Key::Access,
            Key::Open,
            Key::Closed,
            Key::LegalBasis,
            Key::Deadline,
            Key::Retention,
            Key::WhatNext,
            Key::Uses,
            Key::SearchWords,
            Key::Text,
            Key::Easy,
        ],
        Heading::Translation => {
            &[Key::Text, Key::LegalBasis, Key::Deadline, Key::WhatNext, Key::SearchWords, Key::Closed, Key::Texts]
        }
        Heading::Block => &[Key::Uses, Key::Texts],
        Heading::List => &[Key::Version, Key::Source, Key::Texts],
        Heading::Authority => {
            &[Key::Level, Key::Area, Key::Task, Key::Channel, Key::OpenHours, Key::Address, Key::Phone, Key::Texts]
        }
        Heading::Portal => &[
            Key::Area,
            Key::Host,
            Key::CoatOfArms,
            Key::Colour,
            Key::Contact,
            Key::Imprint,
            Key::Privacy,
            Key::BarrierReport,
            Key::Texts,
        ],
        Heading::Section => &[
            Key::OnlyIf,
            Key::Repeats,
            Key::Text,
            Key::Page,
            Key::Easy,
            Key::AnsweredBy,
            Key::Sees,
            Key::Waits,
            Key::Adaptable,
        ],
        Heading::Question => &[
            Key::Kind,
            Key::Hint,
            Key::Easy,
            Key::OnlyIf,
            Key::Repeats,
            Key::MustHold,
            Key::Otherwise,
            Key::OtherwiseWarning,
            Key::At,
            Key::Without,
            Key::About,
            Key::Appears,
            Key::Adaptable,
            Key::Dropped,
            Key::AnsweredBy,
            Key::Sees,
            Key::Waits,
        ],
        Heading::Paragraph => &[Key::OnlyIf, Key::Easy, Key::Adaptable],
        Heading::Rule => &[Key::OnlyIf, Key::MustHold, Key::At, Key::Otherwise, Key::OtherwiseWarning, Key::Adaptable],
        Heading::Computed => &[Key::OnlyIf, Key::Adaptable],
        Heading::Fee => &[Key::OnlyIf, Key::Payment, Key::ForEach, Key::Adaptable],
        Heading::EndPage => &[Key::OnlyIf, Key::Text, Key::Easy, Key::Adaptable],
        Heading::Example => &[Key::On, Key::Expects],
        Heading::Value | Heading::Responsible => &[Key::Adaptable],
        Heading::Transition => &[Key::Renamed, Key::Dropped, Key::AskedAnew, Key::New, Key::Converted],
        Heading::Tiles | Heading::Offer | Heading::LifeEvent | Heading::Replaces | Heading::Adds | Heading::Drops => {
            &[]
        }
    }
}

/// Keys that may stand several times under one heading.
pub(crate) const REPEATABLE: &[Key] = &[
    Key::MustHold,
    Key::Otherwise,
    Key::OtherwiseWarning,
    Key::Channel,
    Key::OpenHours,
    Key::Expects,
    Key::Renamed,
    Key::Dropped,
    Key::AskedAnew,
    Key::New,
    Key::Converted,
];

/// Whether a block may stand in a file of this kind.
pub(crate) fn fits(root: Heading, heading: Heading) -> bool {
    match root {
        Heading::Application | Heading::Report => !matches!(
            heading,
            Heading::Tiles | Heading::Offer | Heading::LifeEvent | Heading::Replaces | Heading::Adds | Heading::Drops
        ),
        Heading::Adopts => matches!(
            heading,
            Heading::Replaces
                | Heading::Adds
                | Heading::Drops
                | Heading::Transition
                | Heading::Question
                | Heading::Paragraph
                | Heading::Rule
                | Heading::Computed
                | Heading::Value
                | Heading::Example
        ),
        Heading::Topic => matches!(heading, Heading::Section | Heading::Paragraph),
        Heading::Block => matches!(
            heading,
            Heading::Question | Heading::Paragraph | Heading::Rule | Heading::Computed | Heading::Value
        ),
        Heading::Portal => matches!(heading, Heading::Tiles | Heading::Offer | Heading::LifeEvent),
        Heading::Translation => !matches!(
            heading,
            Heading::Example
                | Heading::Responsible
                | Heading::Offer
                | Heading::Replaces
                | Heading::Adds
                | Heading::Drops
                | Heading::Transition
        ),
        _ => false,
    }
}

/// Whether list lines may stand under a heading.
pub(crate) fn takes_options(heading: Heading) -> bool {
    matches!(heading, Heading::Question | Heading::Tiles | Heading::Offer | Heading::LifeEvent)
}

/// Whether a table may stand under a heading.
pub(crate) fn takes_table(heading: Heading) -> bool {
    matches!(
        heading,
        Heading::Fee
            | Heading::Responsible
            | Heading::Computed
            | Heading::List
            | Heading::Translation
            | Heading::Transition
    )
}
