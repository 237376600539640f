use std::sync::Arc;

use amtsweg_dsl::model::{Portal, Text};
use amtsweg_dsl::region::Regions;

use crate::assets::Assets;
use crate::clock::{Clock, SystemClock};
use crate::deliver::{self, Channels, RunError};
use crate::files::Files;
use crate::identity::{Anonymous, Identity};
use crate::journey::editions::Editions;
use crate::journey::fresh::FreshPages;
use crate::library::{Library, Shelf};
use crate::links::{Links, is_named};
use crate::payment::{Payment, TrialPayment};
use crate::seal::Vault;
use crate::store::Store;
use crate::texts::AllTexts;
use crate::theme::{PlainTheme, Theme};

/// How the procedures are served.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mode {
    /// For writing and trying: the newest text, every page says that it is a trial.
    Author,
    /// For citizens: published versions under a public address.
    Service {
        /// `https://www.norderstedt.example`
        public_url: String,
    },
}

impl Mode {
    /// Whether this is author mode.
    #[must_use]
    pub fn is_author(&self) -> bool {
        matches!(self, Self::Author)
    }

    /// Whether browsers come by https.
    #[must_use]
    pub fn is_https(&self) -> bool {
        matches!(self, Self::Service { public_url } if public_url.starts_with("https://"))
    }
}

/// What one request may bring.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Bytes of a body without files.
    pub body: usize,
    /// Bytes of a body with files.
    pub upload: usize,
    /// Fields of a form; members of a JSON body.
    pub fields: usize,
    /// Levels of a JSON body.
    pub depth: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { body: 1 << 20, upload: 32 << 20, fields: 1_000, depth: 8 }
    }
}

/// Every portal has a name of its own on the machine that it is tried on: `norderstedt.localhost`;
/// `bad_segeberg` may be written with a hyphen as well.
const LOCAL: &str = ".localhost";

/// Everything that handlers need.
pub(crate) struct Inner {
    pub library: Arc<Library>,
    pub store: Arc<dyn Store>,
    pub vault: Arc<Vault>,
    pub files: Files,
    pub clock: Arc<dyn Clock>,
    pub identity: Arc<dyn Identity>,
    pub theme: Arc<dyn Theme>,
    pub payment: Option<Arc<dyn Payment>>,
    pub channels: Arc<Channels>,
    pub mode: Mode,
    pub links: Links,
    pub limits: Limits,
    pub regions: &'static Regions,
    pub texts: AllTexts,
    pub assets: Assets,
    pub editions: Editions,
    pub fresh: FreshPages,
}

impl Inner {
    /// What deliveries need.
    pub fn deliveries(&self) -> deliver::Context {
        deliver::Context {
            store: self.store.clone(),
            vault: self.vault.clone(),
            files: self.files.clone(),
            library: self.library.clone(),
            regions: self.regions,
            clock: self.clock.clone(),
            channels: self.channels.clone(),
            payment: self.payment.clone(),
        }
    }

    /// The portal of a host name; where none fits, the one that offers most (in service mode only
    /// at the public address). Without any portal everything is offered.
    pub fn portal_of(&self, shelf: &Shelf, host: &str) -> Option<Arc<Portal>> {
        let local = host.len().checked_sub(LOCAL.len()).and_then(|at| host.split_at_checked(at));
        let local = local.filter(|(_, end)| end.eq_ignore_ascii_case(LOCAL)).map(|(name, _)| name.to_ascii_lowercase());
        let mut portals = shelf.portals.values();
        let named = portals.find(|portal| {
            portal.host.as_ref().is_some_and(|own| own.eq_ignore_ascii_case(host))
                || local
                    .as_ref()
                    .is_some_and(|name| is_named(&portal.path, name) || is_named(&portal.path, &name.replace('-', "_")))
        });
        if let Some(portal) = named {
            return Some(portal.clone());
        }
        match (shelf.portals.len(), &self.mode) {
            (0, _) => Some(Arc::new(everything(shelf))),
            (1, _) | (_, Mode::Author) => largest(shelf),
            (_, Mode::Service { public_url }) => {
                let public = public_url.split("://").nth(1).and_then(|rest| rest.split('/').next());
                let own = crate::request::without_port(public.unwrap_or_default());
                own.eq_ignore_ascii_case(host).then(|| largest(shelf))?
            }
        }
    }
}

/// The portal that offers most; of several the first.
fn largest(shelf: &Shelf) -> Option<Arc<Portal>> {
    shelf.portals.values().rev().max_by_key(|portal| portal.offers.len()).cloned()
}

/// Stands in where there is no portal file: offers all there is.
fn everything(shelf: &Shelf) -> Portal {
    use amtsweg_dsl::model::{Language, Set};
    let mut title = Text::new(Language::German, "Bürgerportal");
    title.0.insert(Language::English, "Citizens’ portal".into());
    Portal {
        path: "portal".into(),
        title,
        area: Set::any(),
        host: None,
        coat_of_arms: None,
        colour: None,
        contact: None,
        imprint: None,
        privacy: None,
        barrier_report: None,
        tiles: Vec::new(),
        offers: shelf.procedures.keys().cloned().collect(),
        life_events: Vec::new(),
    }
}

/// The procedures as a part of a web application.
///
/// ```no_run
/// # use std::sync::Arc;
/// # use amtsweg::{Runtime, axum, files::Files, library::Library, seal::Vault, store::Store};
/// # fn run(library: Arc<Library>, store: Arc<dyn Store>, vault: Arc<Vault>, files: Files) -> Result<(), amtsweg::BuildError> {
/// let builder = Runtime::builder().library(library).store(store).vault(vault).files(files);
/// let runtime = builder.base_path("/forms").build()?;
/// let app: axum::Router = axum::Router::new().merge(runtime.router());
/// # let _ = app; Ok(()) }
/// ```
#[derive(Clone)]
pub struct Runtime {
    pub(crate) inner: Arc<Inner>,
}

impl Runtime {
    /// Says what a runtime is made of.
    #[must_use]
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// The pages and the API, at the base path: to be merged into the router of the host.
    pub fn router(&self) -> axum::Router {
        crate::router::router(self.inner.clone())
    }

    /// Delivers submissions until `shutdown` comes.
    ///
    /// # Errors
    /// When calls cannot be set up on this machine.
    pub async fn run_deliveries(&self, shutdown: impl Future<Output = ()> + Send) -> Result<(), RunError> {
        deliver::run(self.inner.deliveries(), shutdown).await
    }
}

/// Something that a runtime cannot do without was not given.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// This part is missing.
    #[error("the runtime needs a {0}")]
    Missing(&'static str),
}

/// Makes a [`Runtime`].
#[derive(Default)]
pub struct Builder {
    library: Option<Arc<Library>>,
    store: Option<Arc<dyn Store>>,
    vault: Option<Arc<Vault>>,
    files: Option<Files>,
    clock: Option<Arc<dyn Clock>>,
    identity: Option<Arc<dyn Identity>>,
    theme: Option<Arc<dyn Theme>>,
    payment: Option<Arc<dyn Payment>>,
    channels: Option<Channels>,
    mode: Option<Mode>,
    base_path: String,
    limits: Option<Limits>,
}

impl Builder {
    /// The procedures, authorities and portals.
    #[must_use]
    pub fn library(mut self, library: Arc<Library>) -> Self {
        self.library = Some(library);
        self
    }

    /// Where drafts and submissions are kept.
    #[must_use]
    pub fn store(mut self, store: Arc<dyn Store>) -> Self {
        self.store = Some(store);
        self
    }

    /// The keys that answers are sealed with.
    #[must_use]
    pub fn vault(mut self, vault: Arc<Vault>) -> Self {
        self.vault = Some(vault);
        self
    }

    /// Where the bytes of uploads lie.
    #[must_use]
    pub fn files(mut self, files: Files) -> Self {
        self.files = Some(files);
        self
    }

    /// Where the time comes from; without: the machine's clock.
    #[must_use]
    pub fn clock(mut self, clock: Arc<dyn Clock>) -> Self {
        self.clock = Some(clock);
        self
    }

    /// Who is asking; without: nobody is signed in.
    #[must_use]
    pub fn identity(mut self, identity: impl Identity) -> Self {
        self.identity = Some(Arc::new(identity));
        self
    }

    /// How the pages look; without: as they come.
    #[must_use]
    pub fn theme(mut self, theme: impl Theme) -> Self {
        self.theme = Some(Arc::new(theme));
        self
    }

    /// Who takes fees that are paid before an application is passed on; without: in author mode a
    /// trial that moves no money, in service mode nobody, and such procedures are not offered.
    #[must_use]
    pub fn payment(mut self, payment: impl Payment) -> Self {
        self.payment = Some(Arc::new(payment));
        self
    }

    /// Where authorities are reached and how mail leaves; without, and always in author mode:
    /// nothing leaves the machine.
    #[must_use]
    pub fn channels(mut self, channels: Channels) -> Self {
        self.channels = Some(channels);
        self
    }

    /// Author mode or service mode; without: author mode.
    #[must_use]
    pub fn mode(mut self, mode: Mode) -> Self {
        self.mode = Some(mode);
        self
    }

    /// Where the pages stand in the host: `/forms`; without: at the top.
    #[must_use]
    pub fn base_path(mut self, base_path: &str) -> Self {
        base_path.clone_into(&mut self.base_path);
        self
    }

    /// What one request may bring.
    #[must_use]
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = Some(limits);
        self
    }

    /// The runtime.
    ///
    /// # Errors
    /// When library, store, vault or files are missing.
    pub fn build(self) -> Result<Runtime, BuildError> {
        let theme = self.theme.unwrap_or_else(|| Arc::new(PlainTheme));
        let mode = self.mode.unwrap_or(Mode::Author);
        let mut channels = self.channels.unwrap_or_default();
        channels.author_mode = mode.is_author();
        let trial = || mode.is_author().then(|| Arc::new(TrialPayment::default()) as Arc<dyn Payment>);
        let payment = self.payment.or_else(trial);
        let inner = Inner {
            library: self.library.ok_or(BuildError::Missing("library"))?,
            store: self.store.ok_or(BuildError::Missing("store"))?,
            vault: self.vault.ok_or(BuildError::Missing("vault"))?,
            files: self.files.ok_or(BuildError::Missing("folder for files"))?,
            clock: self.clock.unwrap_or_else(|| Arc::new(SystemClock)),
            identity: self.identity.unwrap_or_else(|| Arc::new(Anonymous)),
            assets: Assets::new(theme.styles()),
            theme,
            payment,
            channels: Arc::new(channels),
            mode,
            links: Links::new(&self.base_path),
            limits: self.limits.unwrap_or_default(),
            regions: Regions::shipped(),
            texts: AllTexts::load(),
            editions: Editions::default(),
            fresh: FreshPages::default(),
        };
        Ok(Runtime { inner: Arc::new(inner) })
    }
}
