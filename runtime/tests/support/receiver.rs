//! A receiver of calls.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::http::HeaderMap;
use axum::http::header::{HeaderName, HeaderValue};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

pub const SECRET: &str = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oDC2FVsBQIhrs=";

/// A call as it came.
#[derive(Debug, Clone)]
pub struct Call {
    pub headers: HeaderMap,
    pub body: String,
}

#[derive(Clone)]
pub struct Receiver {
    pub port: u16,
    calls: Arc<Mutex<Vec<Call>>>,
}

impl Receiver {
    /// Answers with each text in turn (`503\r\nRetry-After: 100`); the last one stays. An empty
    /// one never answers.
    pub async fn start(script: &[&'static str]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let calls = Arc::new(Mutex::new(Vec::new()));
        let (all, script) = (calls.clone(), script.to_vec());
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(talk(stream, script.clone(), all.clone()));
            }
        });
        Self { port, calls }
    }

    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}/annahme", self.port)
    }

    pub fn calls(&self) -> Vec<Call> {
        self.calls.lock().unwrap().clone()
    }
}

async fn talk(mut stream: TcpStream, script: Vec<&'static str>, calls: Arc<Mutex<Vec<Call>>>) {
    let mut bytes = Vec::new();
    loop {
        while whole(&bytes).is_none() {
            let mut chunk = [0; 8192];
            match stream.read(&mut chunk).await {
                Ok(0) | Err(_) => return,
                Ok(count) => bytes.extend_from_slice(&chunk[..count]),
            }
        }
        let (call, length) = whole(&bytes).unwrap();
        bytes.drain(..length);
        let number = {
            let mut calls = calls.lock().unwrap();
            calls.push(call);
            calls.len() - 1
        };
        let answer = script.get(number).or(script.last()).copied().unwrap_or("200 OK");
        if answer.is_empty() {
            tokio::time::sleep(Duration::from_secs(600)).await;
        }
        let response = format!("HTTP/1.1 {answer}\r\nContent-Length: 0\r\n\r\n");
        if stream.write_all(response.as_bytes()).await.is_err() {
            return;
        }
    }
}

/// A request, once all of it is there, and its length.
fn whole(bytes: &[u8]) -> Option<(Call, usize)> {
    let end = bytes.windows(4).position(|part| part == b"\r\n\r\n")? + 4;
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let mut headers = HeaderMap::new();
    for (name, value) in head.lines().skip(1).filter_map(|line| line.split_once(": ")) {
        headers.insert(HeaderName::try_from(name).unwrap(), HeaderValue::try_from(value).unwrap());
    }
    let length: usize = headers.get("content-length")?.to_str().unwrap().parse().unwrap();
    let body = String::from_utf8(bytes.get(end..end + length)?.to_vec()).unwrap();
    Some((Call { headers, body }, end + length))
}
