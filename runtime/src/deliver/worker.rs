//! The worker: leases what is due, hands it over, notes what became of it. Also sweeps drafts
//! that have expired and files that nobody names.

use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::task::JoinSet;
use tokio::time::Instant;
use uuid::Uuid;

use super::breaker::{Admission, Lanes};
use super::case::{Case, store_trouble};
use super::letter::{self, Letter};
use super::mail::Mail;
use super::outcome::Outcome;
use super::webhook::{Call, CallError, Caller};
use super::{Context, Destination, Kept, KeptAttachment, asks, read_destination, schedule, smtp};
use crate::release::{Detail, watch};
use crate::seal::Place;
use crate::store::{Attempt, DeliveryKind, OutboxRow, Submission};

/// Rows that are leased at a time.
const BATCH: usize = 64;
/// Deliveries under way; lanes are much narrower.
const MOST: usize = 256;
/// Longer than the longest delivery.
const LEASE: SignedDuration = SignedDuration::from_mins(15);
/// How often is looked when nothing is due.
const IDLE: Duration = Duration::from_millis(500);
/// How soon after a lane was full.
const SOON: Duration = Duration::from_millis(100);
/// How long deliveries that are under way may take after the end was announced.
const FAREWELL: Duration = Duration::from_secs(10);
/// How often is looked for somebody to be reminded, and for time that is over.
const WAITING: Duration = Duration::from_secs(2);
const SWEEP: Duration = Duration::from_secs(60 * 60);

/// Delivers until `shutdown` comes, then waits up to ten seconds for what is under way.
///
/// Leases of an earlier process are taken back first: where a store belongs to one process, only
/// one of these may run on it.
///
/// # Errors
/// When calls cannot be set up on this machine.
pub async fn run(context: Context, shutdown: impl Future<Output = ()> + Send) -> Result<(), RunError> {
    let worker = Arc::new(Worker {
        caller: Caller::new().map_err(|error| RunError(error.to_string()))?,
        lanes: Lanes::default(),
        context,
    });
    let mut under_way = JoinSet::new();
    let mut sweep = tokio::time::interval(SWEEP);
    let mut waiting = tokio::time::interval(WAITING);
    let mut reclaimed = false;
    let mut next_look = Instant::now();
    tokio::pin!(shutdown);
    loop {
        tokio::select! {
            biased;
            () = &mut shutdown => break,
            _ = sweep.tick() => worker.sweep().await,
            _ = waiting.tick() => watch::look(&worker.context).await,
            Some(_) = under_way.join_next(), if !under_way.is_empty() => {}
            () = tokio::time::sleep_until(next_look), if under_way.len() < MOST => {
                if !reclaimed {
                    reclaimed = worker.reclaim().await;
                }
                next_look = Instant::now() + worker.look(&mut under_way).await;
            }
        }
    }
    let finished = async { while under_way.join_next().await.is_some() {} };
    if tokio::time::timeout(FAREWELL, finished).await.is_err() {
        tracing::warn!("deliveries are under way at the end; they are made again after the next start");
    }
    Ok(())
}

/// The worker cannot run on this machine.
#[derive(Debug, thiserror::Error)]
#[error("deliveries cannot be set up: {0}")]
pub struct RunError(String);

struct Worker {
    context: Context,
    caller: Caller,
    lanes: Lanes,
}

impl Worker {
    async fn reclaim(&self) -> bool {
        match self.context.store.reclaim(self.context.clock.now()).await {
            Ok(0) => true,
            Ok(count) => {
                tracing::info!(count, "deliveries that were under way are made again");
                true
            }
            Err(error) => {
                tracing::error!(%error, "the outbox cannot be read");
                false
            }
        }
    }

    async fn sweep(&self) {
        let context = &self.context;
        let drafts = context.store.sweep_drafts(context.clock.now()).await;
        let files = context.files.sweep(&*context.store).await;
        match (drafts, files) {
            (Ok(drafts), Ok(files)) => tracing::debug!(drafts, files, "swept"),
            (Err(error), _) => tracing::error!(%error, "drafts cannot be swept"),
            (_, Err(error)) => tracing::error!(%error, "files cannot be swept"),
        }
    }

    /// Starts what is due; answers how long to wait until the next look.
    async fn look(self: &Arc<Self>, under_way: &mut JoinSet<()>) -> Duration {
        let now = self.context.clock.now();
        let room = BATCH.min(MOST.saturating_sub(under_way.len()));
        let rows = self.context.store.lease(now, now + LEASE, u32::try_from(room).unwrap_or(u32::MAX)).await;
        let rows = match rows {
            Ok(rows) => rows,
            Err(error) => {
                tracing::error!(%error, "the outbox cannot be read");
                return IDLE * 4;
            }
        };
        let full = rows.len() == room;
        let mut crowded = false;
        for row in rows {
            crowded |= self.start(row, now, under_way).await;
        }
        match (crowded, full) {
            (true, _) => SOON,
            (false, true) => Duration::ZERO,
            (false, false) => IDLE,
        }
    }

    /// Starts a delivery, if its lane lets it; answers whether the lane is full.
    async fn start(self: &Arc<Self>, row: OutboxRow, now: Timestamp, under_way: &mut JoinSet<()>) -> bool {
        let prepared = match self.prepare(&row).await {
            Ok(prepared) => prepared,
            Err(outcome) => {
                let mail = Destination::Email { address: String::new() };
                self.note(&row, &mail, outcome).await;
                return false;
            }
        };
        let lane = lane(&prepared.destination);
        let postponed = |at, reason: &str| Attempt::Postponed { at, reason: reason.to_owned() };
        match self.lanes.enter(&lane, now) {
            Admission::Go => {
                let worker = self.clone();
                under_way.spawn(async move {
                    let outcome = worker.deliver(&row, &prepared).await;
                    let failed = matches!(&outcome, Outcome::Later { blame: true, .. });
                    worker.lanes.leave(&lane, now, worker.context.clock.now(), failed);
                    worker.note(&row, &prepared.destination, outcome).await;
                });
                false
            }
            Admission::Soon => {
                let soon = now + SignedDuration::from_secs(1);
                self.finish(&row, postponed(soon, "others go first")).await;
                true
            }
            Admission::Not(until) => {
                self.finish(&row, postponed(until, "the last deliveries to the same place failed")).await;
                false
            }
        }
    }

    async fn prepare(&self, row: &OutboxRow) -> Result<Prepared, Outcome> {
        let found = self.context.store.submission_by_id(row.submission).await;
        let submission = found
            .map_err(|error| store_trouble(&error))?
            .ok_or_else(|| Outcome::never("the submission is not in the store"))?;
        let meant = read_destination(&self.context.vault, &submission.portal, row)
            .map_err(|error| Outcome::never(format!("the destination cannot be read: {error}")))?;
        let channels = &self.context.channels;
        let (destination, meant) = match &channels.redirect_all {
            Some(address) if !channels.author_mode => {
                let named = name(&meant);
                let redirected = match meant {
                    Destination::Link { link, condition, .. } => {
                        Destination::Link { address: address.clone(), link, condition }
                    }
                    _ => Destination::Email { address: address.clone() },
                };
                (redirected, Some(named))
            }
            _ => (meant, None),
        };
        Ok(Prepared { submission, destination, meant })
    }

    async fn deliver(&self, row: &OutboxRow, prepared: &Prepared) -> Outcome {
        let case = match Case::load(&self.context, prepared.submission.clone()).await {
            Ok(case) => case,
            Err(outcome) => return outcome,
        };
        let delivered = match &prepared.destination {
            Destination::Email { address } => self.mail(row, &case, address, None, prepared.meant.as_deref()).await,
            Destination::Link { address, condition, .. } => {
                self.mail(row, &case, address, Some(*condition), prepared.meant.as_deref()).await
            }
            Destination::Webhook { url, authority } => self.call(row, &case, url, authority).await,
        };
        delivered.unwrap_or_else(|outcome| outcome)
    }

    async fn mail(
        &self,
        row: &OutboxRow,
        case: &Case,
        address: &str,
        condition: Option<Uuid>,
        meant: Option<&str>,
    ) -> Result<Outcome, Outcome> {
        let context = &self.context;
        let (mut letter, data, attachments) = match row.kind {
            DeliveryKind::Authority => {
                let attachments = case.attachments(context).await?;
                let data = serde_json::to_string_pretty(&case.answers)
                    .map_err(|_| Outcome::never("the answers cannot be written as JSON"))?;
                (letter::to_authority(case, &attachments, context), Some(data), attachments)
            }
            other => (self.to_people(other, case, condition).await?, None, Vec::new()),
        };
        if let Some(meant) = meant {
            letter.mark_as_trial(meant);
        }
        if context.channels.author_mode {
            let files = attachments.iter().map(|file| KeptAttachment {
                name: file.name.clone(),
                media_type: file.media_type.clone(),
                size: file.size,
            });
            return self.keep(row, case, &kept_mail(address, &letter, data, files.collect()));
        }
        let Some(server) = &context.channels.mail else {
            return Ok(Outcome::never("no mail server is set (mail.host)"));
        };
        let mail = Mail {
            from: &server.from,
            to: address,
            message_id: &row.message_id,
            at: context.clock.now(),
            letter: &letter,
            data: data.as_deref(),
            attachments: &attachments,
        };
        let message = mail.build().map_err(|error| Outcome::never(error.to_string()))?;
        if message.formatted().len() > server.max_size {
            return Ok(Outcome::never(format!("the message is larger than mail.max_size ({} bytes)", server.max_size)));
        }
        Ok(smtp::send(server, &message).await)
    }

    /// A letter that goes to no authority.
    async fn to_people(&self, kind: DeliveryKind, case: &Case, condition: Option<Uuid>) -> Result<Letter, Outcome> {
        let context = &self.context;
        let conditions = context.store.conditions(case.submission.id).await.map_err(|error| store_trouble(&error))?;
        Ok(match kind {
            DeliveryKind::Link | DeliveryKind::Reminder => {
                let found = conditions.iter().find(|known| Some(known.id) == condition);
                let condition = found.ok_or_else(|| Outcome::never("what was asked for is not in the store"))?;
                let detail = Detail::open(&context.vault, condition)
                    .map_err(|error| Outcome::never(format!("what was asked for cannot be opened: {error}")))?;
                asks::asking(case, condition, &detail, kind == DeliveryKind::Reminder, context)
            }
            DeliveryKind::Released => asks::released(case, &conditions, context),
            DeliveryKind::Withdrawn => asks::withdrawn(case, &conditions, context),
            DeliveryKind::Citizen | DeliveryKind::Authority => letter::to_citizen(case, &conditions, context),
        })
    }

    async fn call(&self, row: &OutboxRow, case: &Case, url: &str, authority: &str) -> Result<Outcome, Outcome> {
        let context = &self.context;
        let secrets = context.channels.secrets(authority);
        let attachments = case.attachments(context).await?;
        let call = Call::new(case, &attachments, &row.message_id, secrets, context.clock.now())
            .map_err(|error| Outcome::never(error.to_string()))?;
        if context.channels.author_mode {
            let headers = call.headers.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
            let kept = Kept {
                to: url.to_owned(),
                headers,
                subject: "submission.created".to_owned(),
                text: None,
                html: None,
                json: Some(call.body),
                attachments: Vec::new(),
            };
            return self.keep(row, case, &kept);
        }
        if secrets.is_empty() {
            return Ok(Outcome::never(CallError::NoSecret.to_string()));
        }
        Ok(self.caller.call(url, &context.channels.allow, &call).await)
    }

    fn keep(&self, row: &OutboxRow, case: &Case, kept: &Kept) -> Result<Outcome, Outcome> {
        let place = Place { portal: &case.submission.portal, id: row.submission, format: "message" };
        let sealed = self.context.vault.seal(place, &kept.to_bytes());
        sealed.map(Outcome::Kept).map_err(|error| Outcome::later(error.to_string()))
    }

    async fn note(&self, row: &OutboxRow, destination: &Destination, outcome: Outcome) {
        let attempt = match outcome {
            Outcome::Delivered => Attempt::Delivered,
            Outcome::Kept(message) => Attempt::Kept { message },
            Outcome::Never { reason } => Attempt::Parked { reason },
            Outcome::Later { reason, wait, .. } => {
                schedule::next(row, destination, self.context.clock.now(), reason, wait)
            }
        };
        match &attempt {
            Attempt::Parked { reason } => {
                tracing::error!(row = row.id, reason, "a delivery is parked; somebody has to look at it");
            }
            Attempt::Retry { at, reason } => {
                tracing::warn!(row = row.id, reason, next = %at, "a delivery failed and is made again");
            }
            _ => tracing::info!(row = row.id, attempt = row.attempt, "a delivery is done"),
        }
        self.finish(row, attempt).await;
    }

    async fn finish(&self, row: &OutboxRow, attempt: Attempt) {
        match self.context.store.finish(row, attempt, self.context.clock.now()).await {
            Ok(true) => {}
            Ok(false) => tracing::warn!(row = row.id, "the lease of a delivery was lost"),
            Err(error) => {
                tracing::error!(row = row.id, %error, "what became of a delivery cannot be noted")
            }
        }
    }
}

struct Prepared {
    submission: Submission,
    destination: Destination,
    /// Whom it was meant for, where it goes to somebody else.
    meant: Option<String>,
}

/// All mail leaves through one server; a receiver is known by host and port.
fn lane(destination: &Destination) -> String {
    match destination {
        Destination::Email { .. } | Destination::Link { .. } => "mail".to_owned(),
        Destination::Webhook { url, .. } => {
            let parsed = reqwest::Url::parse(url).ok();
            let host = parsed.as_ref().and_then(|url| Some((url.host_str()?, url.port_or_known_default()?)));
            host.map_or_else(|| url.clone(), |(host, port)| format!("{host}:{port}"))
        }
    }
}

fn name(destination: &Destination) -> String {
    match destination {
        Destination::Email { address } | Destination::Link { address, .. } => address.clone(),
        Destination::Webhook { url, .. } => url.clone(),
    }
}

fn kept_mail(address: &str, letter: &Letter, data: Option<String>, attachments: Vec<KeptAttachment>) -> Kept {
    Kept {
        to: address.to_owned(),
        headers: vec![("Content-Language".to_owned(), letter.language.tag().to_owned())],
        subject: letter.subject.clone(),
        text: Some(letter.text()),
        html: Some(letter.html()),
        json: data,
        attachments,
    }
}
