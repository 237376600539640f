//! Where authorities are reached: what the operator has set, or what the texts say.

use amtsweg_dsl::model::{Authority, Channel};

use crate::deliver::Destination;

/// Knows how submissions reach an authority.
pub trait Directory: Send + Sync + 'static {
    /// The destination of new submissions; `None`: there is no real one, so that nothing can be
    /// sent there.
    fn destination(&self, authority: &Authority) -> Option<Destination>;
}

/// The first channel in the texts that this program can serve.
#[derive(Debug, Clone, Copy, Default)]
pub struct ChannelsOfTexts;

impl Directory for ChannelsOfTexts {
    fn destination(&self, authority: &Authority) -> Option<Destination> {
        authority.channels.iter().find_map(|channel| match channel {
            Channel::Email { address, .. } => Some(Destination::Email { address: address.clone() }),
            Channel::Webhook { url, .. } => {
                Some(Destination::Webhook { url: url.clone(), authority: authority.path.clone() })
            }
            Channel::FitConnect { .. } => None,
        })
    }
}
