//! Handing an e-mail to the operator's mail server.
//!
//! A connection for each message. Getting through to the server has a minute; the message has
//! more than the ten minutes that a server may take to answer its end, because giving up earlier
//! makes duplicates (RFC 5321, 4.5.3.2.6).

use std::error::Error as _;
use std::time::Duration;

use lettre::Message;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{AsyncSmtpConnection, Certificate, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use secrecy::ExposeSecret;
use tokio::time::timeout;

use super::outcome::Outcome;
use super::{MailServer, Tls};

const TO_GET_THROUGH: Duration = Duration::from_secs(60);
const TO_HAND_OVER: Duration = Duration::from_secs(11 * 60);

/// Sends a message.
pub(super) async fn send(server: &MailServer, message: &Message) -> Outcome {
    let mut connection = match timeout(TO_GET_THROUGH, connect(server)).await {
        Ok(Ok(connection)) => connection,
        Ok(Err(outcome)) => return outcome,
        Err(_) => return Outcome::trouble("the mail server did not answer within a minute"),
    };
    let handed_over = timeout(TO_HAND_OVER, connection.send(message.envelope(), &message.formatted())).await;
    match handed_over {
        Ok(Ok(_)) => {
            // It is handed over, whatever the server says to the farewell.
            drop(timeout(Duration::from_secs(5), connection.quit()).await);
            Outcome::Delivered
        }
        Ok(Err(error)) => refused(&error),
        Err(_) => Outcome::trouble("the mail server did not take the message within eleven minutes"),
    }
}

async fn connect(server: &MailServer) -> Result<AsyncSmtpConnection, Outcome> {
    let hello = ClientId::default();
    let tls = match server.tls {
        Tls::Implicit | Tls::StartTls => Some(tls_parameters(server).await?),
        Tls::None => None,
    };
    let implicit = tls.clone().filter(|_| server.tls == Tls::Implicit);
    let address = (server.host.as_str(), server.port);
    let mut connection = AsyncSmtpConnection::connect_tokio1(address, Some(TO_GET_THROUGH), &hello, implicit, None)
        .await
        .map_err(|error| not_through(&error))?;
    if let (Tls::StartTls, Some(tls)) = (server.tls, tls) {
        connection.starttls(tls, &hello).await.map_err(|error| not_through(&error))?;
    }
    if server.tls != Tls::None && !connection.is_encrypted() {
        return Err(Outcome::trouble("the mail server did not protect the connection"));
    }
    if let Some((user, password)) = &server.login {
        let credentials = Credentials::new(user.clone(), password.expose_secret().to_owned());
        connection
            .auth(&[Mechanism::Plain, Mechanism::Login], &credentials)
            .await
            .map_err(|error| not_through(&error))?;
    }
    Ok(connection)
}

async fn tls_parameters(server: &MailServer) -> Result<TlsParameters, Outcome> {
    let mut builder = TlsParameters::builder(server.host.clone());
    if let Some(file) = &server.ca_file {
        let pem = tokio::fs::read(file).await.map_err(|_| Outcome::trouble("mail.ca_file cannot be read"))?;
        let certificate =
            Certificate::from_pem(&pem).map_err(|_| Outcome::trouble("mail.ca_file holds no certificate"))?;
        builder = builder.add_root_certificate(certificate);
    }
    builder.build_rustls().map_err(|_| Outcome::trouble("TLS cannot be set up"))
}

/// Before the message: what goes wrong here concerns every message.
fn not_through(error: &Error) -> Outcome {
    if error.is_permanent() {
        return Outcome::never(format!("the mail server refused the connection or the login: {}", code(error)));
    }
    if error.is_transient() {
        return Outcome::trouble(format!("the mail server takes nothing now: {}", code(error)));
    }
    if error.is_tls() {
        return Outcome::trouble("the mail server's certificate was not accepted");
    }
    if error.is_client() {
        return Outcome::trouble(format!("the mail server does not offer what is set: {error}"));
    }
    Outcome::trouble("the mail server cannot be reached")
}

/// While the message is handed over: a refusal concerns this message, a broken line all of them.
fn refused(error: &Error) -> Outcome {
    if error.is_permanent() {
        return Outcome::never(format!("the mail server refused the message: {}", code(error)));
    }
    match error.status() {
        Some(status) if status.to_string() == "421" => Outcome::trouble("the mail server is closing: 421"),
        Some(_) => Outcome::later(format!("the mail server does not take the message now: {}", code(error))),
        None if error.is_client() => Outcome::never("the recipient's address needs what the mail server cannot do"),
        None => Outcome::trouble("the connection to the mail server broke"),
    }
}

/// The code and, where there is one, the enhanced code (`550 5.1.1`). Never the server's words:
/// they often repeat the address.
fn code(error: &Error) -> String {
    let status = error.status().map(|status| status.to_string()).unwrap_or_default();
    let words = error.source().map(ToString::to_string).unwrap_or_default();
    let enhanced = words.split_whitespace().find(|word| {
        let mut numbers = word.split('.');
        let three = [numbers.next(), numbers.next(), numbers.next()];
        numbers.next().is_none()
            && three.iter().all(|number| {
                number.is_some_and(|n| (1..=3).contains(&n.len()) && n.bytes().all(|b| b.is_ascii_digit()))
            })
            && matches!(three[0], Some("4" | "5"))
    });
    match enhanced {
        Some(enhanced) => format!("{status} {enhanced}"),
        None => status,
    }
}
