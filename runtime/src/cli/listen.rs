//! Where the two listeners are.

use std::io::ErrorKind;
use std::net::{Ipv4Addr, SocketAddr};

use tokio::net::TcpListener;

use super::Failure;
use super::output::Output;

/// How many ports are tried where none is set.
const TRIES: u16 = 50;

/// Listens where it is set; where nothing is set, on the next free port from `usual` on.
pub(super) async fn bind(
    set: Option<SocketAddr>,
    key: &str,
    usual: u16,
    output: &Output,
) -> Result<TcpListener, Failure> {
    if let Some(address) = set {
        return TcpListener::bind(address).await.map_err(|error| {
            let why = match error.kind() {
                ErrorKind::AddrInUse => output
                    .pick("dort ist schon ein anderes Programm", "another program listens there already")
                    .to_owned(),
                ErrorKind::PermissionDenied => {
                    output.pick("das darf dieser Benutzer nicht", "this user may not listen there").to_owned()
                }
                ErrorKind::AddrNotAvailable => output
                    .pick("diese Adresse hat der Rechner nicht", "this machine does not have that address")
                    .to_owned(),
                _ => error.to_string(),
            };
            let said = output.pick(
                "Unter {address} lässt sich nichts anbieten: {why}. Wählen Sie mit {key} eine andere Adresse.",
                "Cannot listen on {address}: {why}. Choose another address with {key}.",
            );
            let said = said.replace("{address}", &address.to_string()).replace("{why}", &why);
            Failure::stopped(said.replace("{key}", key))
        });
    }
    for port in usual..usual.saturating_add(TRIES) {
        match TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await {
            Ok(listener) => return Ok(listener),
            Err(error) if error.kind() == ErrorKind::AddrInUse => {}
            Err(error) => {
                let said = output.pick(
                    "Unter 127.0.0.1:{port} lässt sich nichts anbieten: {error}.",
                    "Cannot listen on 127.0.0.1:{port}: {error}.",
                );
                let said = said.replace("{port}", &port.to_string());
                return Err(Failure::stopped(said.replace("{error}", &error.to_string())));
            }
        }
    }
    let last = usual.saturating_add(TRIES - 1);
    let said = output.pick(
        "Alle Ports von {usual} bis {last} sind vergeben. Wählen Sie mit {key} einen anderen.",
        "All ports from {usual} to {last} are taken. Choose one with {key}.",
    );
    let said = said.replace("{usual}", &usual.to_string()).replace("{last}", &last.to_string());
    Err(Failure::stopped(said.replace("{key}", key)))
}
