//! Where the two listeners are.

use std::io::ErrorKind;
use std::net::{Ipv4Addr, SocketAddr};

use tokio::net::TcpListener;

use super::Failure;

/// How many ports are tried where none is set.
const TRIES: u16 = 50;

/// Listens where it is set; where nothing is set, on the next free port from `usual` on.
pub(super) async fn bind(set: Option<SocketAddr>, key: &str, usual: u16) -> Result<TcpListener, Failure> {
    if let Some(address) = set {
        return TcpListener::bind(address).await.map_err(|error| {
            let why = match error.kind() {
                ErrorKind::AddrInUse => "another program listens there already".to_owned(),
                ErrorKind::PermissionDenied => "this user may not listen there".to_owned(),
                ErrorKind::AddrNotAvailable => "this machine does not have that address".to_owned(),
                _ => error.to_string(),
            };
            Failure::stopped(format!("Cannot listen on {address}: {why}. Choose another address with {key}."))
        });
    }
    for port in usual..usual.saturating_add(TRIES) {
        match TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await {
            Ok(listener) => return Ok(listener),
            Err(error) if error.kind() == ErrorKind::AddrInUse => {}
            Err(error) => return Err(Failure::stopped(format!("Cannot listen on 127.0.0.1:{port}: {error}."))),
        }
    }
    let last = usual.saturating_add(TRIES - 1);
    Err(Failure::stopped(format!("All ports from {usual} to {last} are taken. Choose one with {key}.")))
}
