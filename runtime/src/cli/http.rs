//! The server under the router: deadlines, a limit on connections, an end without dropped
//! requests.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Request};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;
use tower::ServiceExt;

use crate::config::Proxy;

/// How long the head of a request may take.
const HEAD: Duration = Duration::from_secs(10);
/// Connections at the same time; more wait until one ends.
const CONNECTIONS: usize = 1_024;
/// How long requests that are under way may take after the end was announced.
const FAREWELL: Duration = Duration::from_secs(10);

/// Serves until `end` turns true, then lets what is under way come to its end.
pub(super) async fn serve(
    listener: TcpListener,
    router: Router,
    proxies: Arc<[Proxy]>,
    mut end: watch::Receiver<bool>,
) {
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    let mut connections = JoinSet::new();
    loop {
        let Ok(place) = places.clone().acquire_owned().await else {
            break;
        };
        let accepted = tokio::select! {
            biased;
            () = ended(&mut end) => break,
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((stream, peer)) => {
                let (router, proxies, end) = (router.clone(), proxies.clone(), end.clone());
                connections.spawn(async move {
                    connection(stream, peer, router, proxies, end).await;
                    drop(place);
                });
            }
            Err(error) => {
                // Out of file descriptors, mostly: what is open goes on, and soon there is room.
                tracing::warn!(%error, "a connection cannot be taken");
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
        while connections.try_join_next().is_some() {}
    }
    drop(listener);
    let farewell = async { while connections.join_next().await.is_some() {} };
    if tokio::time::timeout(FAREWELL, farewell).await.is_err() {
        tracing::warn!("requests were still under way at the end");
    }
}

/// Resolves once the end is announced, or nobody is left to announce it.
async fn ended(end: &mut watch::Receiver<bool>) {
    drop(end.wait_for(|ended| *ended).await);
}

async fn connection(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    proxies: Arc<[Proxy]>,
    mut end: watch::Receiver<bool>,
) {
    // Answers are small and written at once: waiting for more makes them late.
    drop(stream.set_nodelay(true));
    let service = router.map_request(move |mut request: Request<Incoming>| {
        let client = client(peer, request.headers(), &proxies);
        request.extensions_mut().insert(ConnectInfo(client));
        request.map(Body::new)
    });
    let serving = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .max_headers(100)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(service));
    tokio::pin!(serving);
    // A connection that breaks, or that does not speak HTTP, concerns nobody else.
    tokio::select! {
        done = serving.as_mut() => drop(done),
        () = ended(&mut end) => {
            serving.as_mut().graceful_shutdown();
            drop(serving.await);
        }
    }
}

/// Who is asking: the peer; behind proxies that are believed the last address that none of them has.
fn client(peer: SocketAddr, headers: &HeaderMap, proxies: &[Proxy]) -> SocketAddr {
    let believed = |address: IpAddr| proxies.iter().any(|proxy| proxy.contains(address));
    if !believed(peer.ip()) {
        return peer;
    }
    let named = headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
    let mut addresses: Vec<&str> = named.flat_map(|value| value.split(',')).map(str::trim).collect();
    while let Some(address) = addresses.pop().and_then(|text| text.parse::<IpAddr>().ok()) {
        if !believed(address) {
            return SocketAddr::new(address, 0);
        }
    }
    peer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_proxies_that_are_believed_name_the_client() {
        let proxies = [Proxy { address: "127.0.0.1".parse().unwrap(), prefix: 32 }];
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", "6.6.6.6, 8.8.8.8, 127.0.0.1".parse().unwrap());
        let proxy: SocketAddr = "127.0.0.1:5000".parse().unwrap();
        let stranger: SocketAddr = "9.9.9.9:5000".parse().unwrap();
        assert_eq!(
            client(proxy, &headers, &proxies).ip().to_string(),
            "8.8.8.8",
            "what the client wrote is not believed"
        );
        assert_eq!(client(stranger, &headers, &proxies), stranger);
        headers.insert("x-forwarded-for", "nonsense".parse().unwrap());
        assert_eq!(client(proxy, &headers, &proxies), proxy);
    }
}
