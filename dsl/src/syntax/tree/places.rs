//! What may stand where: the depth of headings, the keys that they take, the files that they fit.

use crate::syntax::keyword::{Heading, Key};

/// Depth of a heading: 0 a file, 1 a block, 2 inside a section, `None` anywhere.
pub(super) fn depth(heading: Heading) -> Option<u8> {
    match heading {
        Heading::Application
        | Heading::Report
        | Heading::Topic
        | Heading::Block
        | Heading::List
        | Heading::Authority
        | Heading::Portal
        | Heading::Translation => Some(0),
        Heading::Section
        | Heading::Fee
        | Heading::Responsible
        | Heading::Example
        | Heading::Tiles
        | Heading::Offer
        | Heading::LifeEvent => Some(1),
        Heading::Question | Heading::Paragraph => Some(2),
        Heading::Rule | Heading::Computed | Heading::Value | Heading::EndPage => None,
    }
}

/// The keys that may stand under a heading.
pub(super) fn keys(heading: Heading) -> &'static [Key] {
    match heading {
        Heading::Application | Heading::Report | Heading::Topic => &[
            Key::Version,
            Key::Texts,
            Key::Service,
            Key::Category,
            Key::Access,
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
            &[Key::Text, Key::LegalBasis, Key::Deadline, Key::WhatNext, Key::SearchWords, Key::Texts]
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
        Heading::Section => &[Key::OnlyIf, Key::Repeats, Key::Text, Key::Page, Key::Easy],
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
        ],
        Heading::Paragraph => &[Key::OnlyIf, Key::Easy],
        Heading::Rule => &[Key::OnlyIf, Key::MustHold, Key::At, Key::Otherwise, Key::OtherwiseWarning],
        Heading::Computed => &[Key::OnlyIf],
        Heading::Fee => &[Key::OnlyIf, Key::Payment, Key::ForEach],
        Heading::EndPage => &[Key::OnlyIf, Key::Text, Key::Easy],
        Heading::Example => &[Key::On, Key::Expects],
        Heading::Value | Heading::Responsible | Heading::Tiles | Heading::Offer | Heading::LifeEvent => &[],
    }
}

/// Keys that may stand several times under one heading.
pub(super) const REPEATABLE: &[Key] =
    &[Key::MustHold, Key::Otherwise, Key::OtherwiseWarning, Key::Channel, Key::OpenHours, Key::Expects];

/// Whether a block may stand in a file of this kind.
pub(super) fn fits(root: Heading, heading: Heading) -> bool {
    match root {
        Heading::Application | Heading::Report => {
            !matches!(heading, Heading::Tiles | Heading::Offer | Heading::LifeEvent)
        }
        Heading::Topic => matches!(heading, Heading::Section | Heading::Paragraph),
        Heading::Block => matches!(
            heading,
            Heading::Question | Heading::Paragraph | Heading::Rule | Heading::Computed | Heading::Value
        ),
        Heading::Portal => matches!(heading, Heading::Tiles | Heading::Offer | Heading::LifeEvent),
        Heading::Translation => !matches!(heading, Heading::Example | Heading::Responsible | Heading::Offer),
        _ => false,
    }
}
