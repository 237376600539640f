//! Deliveries against other sides that behave, misbehave, or are not there.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use amtsweg::deliver::{Channels, Destination, Kept, RealChannel, Tls};
use amtsweg::seal::Place;
use amtsweg::store::{DeliveryKind, Store};
use secrecy::SecretString;
use serde_json::Value;
use standardwebhooks::Webhook;
use support::receiver::{Receiver, SECRET};
use support::smtp::{Say, Sink};
use support::{House, OFFICE, PORTAL};

fn mailbox() -> Destination {
    Destination::Email { address: "amt@stadt.example".to_owned() }
}

fn call(url: &str) -> Destination {
    Destination::Webhook { url: url.to_owned(), authority: OFFICE.to_owned() }
}

fn by_mail(sink: &Sink) -> Channels {
    Channels { mail: Some(sink.server()), ..Channels::default() }
}

fn by_call(receivers: &[&Receiver]) -> Channels {
    let channel = RealChannel::Webhook { url: receivers[0].url(), secrets: vec![SecretString::from(SECRET)] };
    Channels {
        authorities: BTreeMap::from([(OFFICE.to_owned(), channel)]),
        allow: receivers.iter().map(|receiver| format!("127.0.0.1:{}", receiver.port)).collect(),
        ..Channels::default()
    }
}

#[tokio::test]
async fn the_office_gets_every_answer_for_people_and_as_data() {
    let sink = Sink::start(&[Say::Yes]).await;
    let mut house = House::new(by_mail(&sink)).await;
    let answers = House::answers("Er ist <b>lieb</b>.\nSehr.");
    let file = b"%PDF-1.7 Nachweis";
    let reference = house.submit_with(answers.clone(), &mailbox(), None, Some(("Nachweis Ä.pdf", file))).await;
    house.start();
    house.settled(&["delivered"]).await;
    house.stop().await;

    let mails = sink.mails();
    assert_eq!(mails.len(), 1);
    let mail = &mails[0];
    assert_eq!(mail.header("To"), "amt@stadt.example");
    assert_eq!(mail.header("From"), "portal@stadt.example");
    assert_eq!(mail.header("Auto-Submitted"), "auto-generated");
    assert!(mail.header("Message-ID").starts_with("<msg_") && mail.header("Message-ID").ends_with("@stadt.example>"));
    assert_eq!(decoded(&mail.header("Subject")), format!("Hund anmelden – {reference}"));

    let (text, html) = (mail.part("text/plain"), mail.part("text/html"));
    for shown in [
        &reference,
        "Änne Geheim",
        "aenne@privat.example",
        "Bello",
        "Wie heißt der Hund?",
        "Nachweis Ä.pdf",
        "Musteramt",
        "90,00 € je Jahr",
        "Wer sind Sie?",
    ] {
        assert!(html.contains(shown), "{shown} is missing in {html}");
        assert!(text.to_lowercase().contains(&shown.to_lowercase()), "{shown} is missing in {text}");
    }
    assert!(html.contains("Er ist &lt;b&gt;lieb&lt;/b&gt;.") && text.contains("Er ist <b>lieb</b>."));
    assert!(html.contains("<html lang=\"de\">") && html.contains("<h1>Hund anmelden</h1>"));
    assert!(!html.contains("src=") && !html.contains("url("), "nothing is loaded from elsewhere");

    let data: Value = serde_json::from_str(&mail.part("antrag.json")).unwrap();
    assert_eq!(data["name"], answers["name"]);
    assert_eq!(data["nachweis"]["name"], "Nachweis Ä.pdf");
    let edition = house.context.library.shelf().procedures["hund"][0].clone();
    assert!(edition.validator.is_valid(&data), "the data do not fit the schema");
    assert!(mail.parts().iter().any(|(head, content)| head.contains("application/pdf") && content == file));
    assert_eq!(house.store.submission(PORTAL, &reference).await.unwrap().unwrap().state, "handed_over");
}

/// A header with its encoded words (`=?utf-8?b?…?=`) read; blanks between two of them do not count.
fn decoded(header: &str) -> String {
    use base64::Engine;
    let mut text = String::new();
    let mut encoded_before = false;
    for (number, word) in header.split(' ').enumerate() {
        let encoded = word.strip_prefix("=?utf-8?b?").and_then(|word| word.strip_suffix("?="));
        if number > 0 && !(encoded.is_some() && encoded_before) {
            text.push(' ');
        }
        encoded_before = encoded.is_some();
        match encoded {
            Some(encoded) => {
                let bytes = base64::engine::general_purpose::STANDARD.decode(encoded).unwrap();
                text.push_str(&String::from_utf8(bytes).unwrap());
            }
            None => text.push_str(word),
        }
    }
    text
}

/// RUSTSEC-2026-0561: text that is sent as it is could end the message and begin another one.
#[tokio::test]
async fn answers_and_files_never_become_commands() {
    let sink = Sink::start(&[Say::Yes]).await;
    let mut house = House::new(by_mail(&sink)).await;
    let evil = "x\n.\nMAIL FROM:<boese@example.org>\nRCPT TO:<opfer@example.org>\nDATA\nSubject: x\n\nx\n.\n";
    let evils =
        [evil.to_owned(), evil.replace('\n', "\r\n"), format!("%PDF-1.4\n{evil}"), ".\r.\rMAIL FROM:<a@b.c>".into()];
    for text in &evils {
        let mut answers = House::answers(text);
        answers["name"] = text.as_str().into();
        house.submit_with(answers, &mailbox(), Some("aenne@privat.example"), None).await;
    }
    house
        .submit_with(House::answers(evil), &mailbox(), None, Some(("a\r\n.\r\nMAIL FROM:<x@y.z>.pdf", evil.as_bytes())))
        .await;
    house.start();
    house.settled(&["delivered"]).await;
    house.stop().await;
    let sent = evils.len() * 2 + 1;
    assert_eq!((sink.commands("MAIL"), sink.commands("RCPT"), sink.commands("DATA")), (sent, sent, sent));
    assert_eq!(sink.mails().len(), sent);
    for mail in sink.mails() {
        assert!(mail.raw.is_ascii() && mail.raw.lines().all(|line| line.len() <= 998));
        assert!(!mail.raw.lines().any(|line| line == "." || line.starts_with("MAIL FROM")), "{}", mail.raw);
    }
}

#[tokio::test]
async fn the_citizen_gets_the_reference_and_no_answer() {
    let sink = Sink::start(&[Say::Yes]).await;
    let mut house = House::new(by_mail(&sink)).await;
    let reference = house.submit_with(House::answers("geheim"), &mailbox(), Some("aenne@privat.example"), None).await;
    house.start();
    house.settled(&["delivered"]).await;
    house.stop().await;
    let mails = sink.mails();
    let mail = mails.iter().find(|mail| mail.header("To") == "aenne@privat.example").unwrap();
    assert_eq!(mail.parts().len(), 2, "text and HTML, no data");
    for part in [mail.part("text/plain"), mail.part("text/html"), mail.header("Subject")] {
        for answer in ["Änne", "Bello", "geheim", "privat.example"] {
            assert!(!part.contains(answer), "{answer} in {part}");
        }
    }
    let text = mail.part("text/plain");
    assert!(text.contains(&reference) && text.contains("Musteramt") && text.contains("040 123456"), "{text}");
    assert!(text.contains("Das dauert etwa zwei Wochen.") && !text.contains("Sie bekommen einen"), "{text}");
    assert!(text.contains("90,00 € je Jahr") && text.contains("Sie bezahlen, wenn der Bescheid da ist."), "{text}");
    // The address lies sealed in the store.
    let database = std::fs::read(house.data.path().join("amtsweg.db-wal")).unwrap();
    assert!(!database.windows(14).any(|part| part == b"privat.example"));
}

#[tokio::test]
async fn a_busy_mail_server_is_tried_again_with_the_same_message() {
    for step in
        [Say::Recipient("451 4.7.1 later"), Say::Text("452 4.3.1 full"), Say::Greeting("421 closing"), Say::Drop]
    {
        let sink = Sink::start(&[step, Say::Yes]).await;
        let mut house = House::new(by_mail(&sink)).await;
        house.submit(House::answers("x"), &mailbox()).await;
        house.start();
        let reason = house.retried().await;
        tokio::time::sleep(Duration::from_millis(700)).await;
        assert_eq!(house.store.outbox(Some("pending"), 1).await.unwrap()[0].row.attempt, 1, "not before its time");
        house.advance(40);
        let done = house.settled(&["delivered"]).await;
        house.stop().await;
        assert_eq!(done[0].row.attempt, 2, "{step:?}: {reason}");
        let ids: Vec<String> = sink.mails().iter().map(|mail| mail.header("Message-ID")).collect();
        assert!(ids.iter().all(|id| *id == ids[0]), "{ids:?}");
        assert_eq!(ids.len(), if matches!(step, Say::Drop | Say::Text(_)) { 2 } else { 1 });
    }
}

#[tokio::test]
async fn what_a_mail_server_refuses_is_parked_and_can_be_released() {
    let sink = Sink::start(&[Say::Recipient("550 5.1.1 <amt@stadt.example> unknown"), Say::Yes]).await;
    let mut house = House::new(by_mail(&sink)).await;
    house.submit(House::answers("x"), &mailbox()).await;
    house.start();
    let parked = house.settled(&["parked"]).await;
    let reason = parked[0].reason.clone().unwrap();
    assert!(reason.contains("550 5.1.1") && !reason.contains('@'), "{reason}");
    assert!(house.store.release(parked[0].row.id, house.context.clock.now()).await.unwrap());
    house.settled(&["delivered"]).await;
    house.stop().await;
}

#[tokio::test]
async fn without_the_protection_that_is_set_no_mail_leaves() {
    let sink = Sink::start(&[Say::Yes]).await;
    for tls in [Tls::StartTls, Tls::Implicit] {
        let mut channels = by_mail(&sink);
        channels.mail.as_mut().unwrap().tls = tls;
        let mut house = House::new(channels).await;
        house.submit(House::answers("x"), &mailbox()).await;
        house.start();
        house.retried().await;
        house.stop().await;
    }
    assert_eq!((sink.commands("MAIL"), sink.commands("AUTH"), sink.mails().len()), (0, 0, 0));
}

#[tokio::test]
async fn a_message_that_is_too_large_is_parked() {
    let sink = Sink::start(&[Say::Yes]).await;
    let mut channels = by_mail(&sink);
    channels.mail.as_mut().unwrap().max_size = 20_000;
    let mut house = House::new(channels).await;
    house.submit_with(House::answers("x"), &mailbox(), None, Some(("a.pdf", &[b'%'; 30_000]))).await;
    house.start();
    let parked = house.settled(&["parked"]).await;
    assert!(parked[0].reason.as_ref().unwrap().contains("mail.max_size"));
    house.stop().await;
}

#[tokio::test]
async fn a_call_is_signed_and_carries_everything() {
    let receiver = Receiver::start(&["503 Busy", "200 OK"]).await;
    let mut house = House::new(by_call(&[&receiver])).await;
    let answers = House::answers("x");
    let reference =
        house.submit_with(answers.clone(), &call(&receiver.url()), None, Some(("a.pdf", b"%PDF-1.7"))).await;
    house.start();
    assert_eq!(house.retried().await, "the receiver answered 503");
    house.advance(7);
    house.settled(&["delivered"]).await;
    house.stop().await;

    let calls = receiver.calls();
    assert_eq!(calls.len(), 2);
    assert_eq!(calls[0].headers["webhook-id"], calls[1].headers["webhook-id"]);
    assert_eq!(calls[0].body, calls[1].body);
    assert!(calls[0].headers["webhook-timestamp"] < calls[1].headers["webhook-timestamp"]);
    assert!(!calls[0].headers["webhook-id"].to_str().unwrap().contains('.'));
    for received in &calls {
        Webhook::new(SECRET).unwrap().verify(received.body.as_bytes(), &received.headers).unwrap();
        let forged = received.body.replace("Bello", "Hasso");
        assert!(Webhook::new(SECRET).unwrap().verify(forged.as_bytes(), &received.headers).is_err());
        assert_eq!(received.headers["content-type"], "application/json");
    }
    let body: Value = serde_json::from_str(&calls[1].body).unwrap();
    assert_eq!(body["type"], "submission.created");
    let data = &body["data"];
    assert_eq!(data["reference"], reference.as_str());
    assert_eq!((&data["procedure"], &data["version"], &data["authority"]), (&"hund".into(), &1.into(), &OFFICE.into()));
    assert_eq!(data["answers"]["hundename"], "Bello");
    assert_eq!(data["fees"][0]["cents"], 9000);
    let file = &data["attachments"][0];
    assert_eq!((&file["name"], &file["size"], &file["content"]), (&"a.pdf".into(), &8.into(), &"JVBERi0xLjc=".into()));
    assert_eq!(file["id"], data["answers"]["nachweis"]["id"]);
}

#[tokio::test]
async fn the_wish_of_a_receiver_to_wait_is_followed() {
    let receiver = Receiver::start(&["429 Slow\r\nRetry-After: 100", "204 None"]).await;
    let mut house = House::new(by_call(&[&receiver])).await;
    house.submit(House::answers("x"), &call(&receiver.url())).await;
    house.start();
    house.retried().await;
    house.advance(90);
    tokio::time::sleep(Duration::from_millis(1_500)).await;
    assert_eq!(receiver.calls().len(), 1);
    house.advance(15);
    house.settled(&["delivered"]).await;
    house.stop().await;
}

#[tokio::test]
async fn what_a_receiver_refuses_is_parked_and_redirects_are_not_followed() {
    let trap = Receiver::start(&["200 OK"]).await;
    let location = format!("307 Elsewhere\r\nLocation: {}", trap.url()).leak();
    for answer in ["400 No", "401 No", "404 No", "410 Gone", location] {
        let receiver = Receiver::start(&[answer]).await;
        let mut house = House::new(by_call(&[&receiver, &trap])).await;
        house.submit(House::answers("x"), &call(&receiver.url())).await;
        house.start();
        let parked = house.settled(&["parked"]).await;
        house.stop().await;
        assert!(parked[0].reason.as_ref().unwrap().contains(&answer[..3]), "{:?}", parked[0].reason);
        assert_eq!(receiver.calls().len(), 1);
    }
    assert!(trap.calls().is_empty());
}

#[tokio::test]
async fn addresses_that_nobody_named_are_never_called() {
    let receiver = Receiver::start(&["200 OK"]).await;
    let mut channels = by_call(&[&receiver]);
    channels.allow.clear();
    let mut house = House::new(channels).await;
    let port = receiver.port;
    for url in [
        receiver.url(),
        format!("https://127.0.0.1:{port}/"),
        format!("https://localhost:{port}/"),
        format!("https://2130706433:{port}/"),
        format!("https://[::ffff:127.0.0.1]:{port}/"),
        format!("https://127.1:{port}/"),
        "not an address".to_owned(),
    ] {
        house.submit(House::answers("x"), &call(&url)).await;
    }
    house.start();
    let parked = house.settled(&["parked"]).await;
    house.stop().await;
    assert_eq!(parked.len(), 7);
    assert!(receiver.calls().is_empty());
}

#[tokio::test]
async fn one_that_hangs_does_not_hold_up_the_others() {
    let hanging = Receiver::start(&[""]).await;
    let healthy = Receiver::start(&["200 OK"]).await;
    let mut house = House::new(by_call(&[&hanging, &healthy])).await;
    for number in 0..300 {
        house.submit(House::answers(&number.to_string()), &call(&hanging.url())).await;
    }
    house.submit(House::answers("x"), &call(&healthy.url())).await;
    house.start();
    let started = Instant::now();
    while healthy.calls().is_empty() {
        assert!(started.elapsed() < Duration::from_secs(10), "held up");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert!(hanging.calls().len() <= 8, "{} at the same time", hanging.calls().len());
}

#[tokio::test]
async fn in_author_mode_nothing_leaves_and_everything_is_kept() {
    let sink = Sink::start(&[Say::Yes]).await;
    let receiver = Receiver::start(&["200 OK"]).await;
    let channels = Channels { author_mode: true, mail: Some(sink.server()), ..by_call(&[&receiver]) };
    let mut house = House::new(channels).await;
    house.submit_with(House::answers("x"), &mailbox(), Some("aenne@privat.example"), Some(("a.pdf", b"%PDF"))).await;
    house.submit(House::answers("y"), &call(&receiver.url())).await;
    house.start();
    let kept = house.settled(&["kept"]).await;
    house.stop().await;
    assert_eq!((sink.commands("EHLO"), receiver.calls().len()), (0, 0));

    let mut messages = Vec::new();
    for entry in &kept {
        let place = Place { portal: PORTAL, id: entry.row.submission, format: "message" };
        let opened = house.context.vault.unseal(place, entry.message.as_ref().unwrap()).unwrap();
        messages.push((entry.row.kind, Kept::read(&opened).unwrap()));
    }
    let (_, office) =
        messages.iter().find(|(kind, kept)| *kind == DeliveryKind::Authority && kept.html.is_some()).unwrap();
    assert!(office.html.as_ref().unwrap().contains("Bello") && office.text.as_ref().unwrap().contains("Bello"));
    assert!(office.json.as_ref().unwrap().contains("Bello"));
    assert_eq!((office.to.as_str(), office.attachments.len()), ("amt@stadt.example", 1));
    let (_, citizen) = messages.iter().find(|(kind, _)| *kind == DeliveryKind::Citizen).unwrap();
    assert!(citizen.json.is_none() && !citizen.text.as_ref().unwrap().contains("Bello"));
    let (_, called) = messages.iter().find(|(_, kept)| kept.html.is_none()).unwrap();
    assert!(called.to == receiver.url() && called.json.as_ref().unwrap().contains("submission.created"));
    assert!(called.headers.iter().any(|(name, _)| name == "webhook-signature"));
}

#[tokio::test]
async fn a_redirected_delivery_goes_to_one_mailbox_and_says_so() {
    let sink = Sink::start(&[Say::Yes]).await;
    let receiver = Receiver::start(&["200 OK"]).await;
    let channels = Channels {
        mail: Some(sink.server()),
        redirect_all: Some("probe@stadt.example".to_owned()),
        ..by_call(&[&receiver])
    };
    let mut house = House::new(channels).await;
    house.submit_with(House::answers("x"), &call(&receiver.url()), Some("aenne@privat.example"), None).await;
    house.start();
    house.settled(&["delivered"]).await;
    house.stop().await;
    assert!(receiver.calls().is_empty());
    let mails = sink.mails();
    assert_eq!(mails.len(), 2);
    for mail in &mails {
        assert_eq!(mail.header("To"), "probe@stadt.example");
        assert!(decoded(&mail.header("Subject")).starts_with("[Probe] "));
        assert!(mail.part("text/plain").contains("Das ist eine Probe."));
    }
}

#[tokio::test]
async fn what_was_under_way_when_the_process_died_is_delivered_after_the_start() {
    let sink = Sink::start(&[Say::Yes]).await;
    let mut house = House::new(by_mail(&sink)).await;
    house.submit(House::answers("x"), &mailbox()).await;
    let now = house.context.clock.now();
    house.store.lease(now, now + jiff::SignedDuration::from_mins(15), 10).await.unwrap();
    house.start();
    house.settled(&["delivered"]).await;
    house.stop().await;
    assert_eq!(sink.mails().len(), 1);
}

#[tokio::test]
async fn what_cannot_be_opened_is_parked_and_says_which_key_is_missing() {
    let sink = Sink::start(&[Say::Yes]).await;
    let mut house = House::new(by_mail(&sink)).await;
    house.submit(House::answers("x"), &mailbox()).await;
    let elsewhere = tempfile::tempdir().unwrap();
    house.context.vault = std::sync::Arc::new(amtsweg::seal::Vault::open(elsewhere.path()).unwrap());
    house.start();
    let parked = house.settled(&["parked"]).await;
    house.stop().await;
    assert!(parked[0].reason.as_ref().unwrap().contains("restore the folder `keys` from the backup"));
}
