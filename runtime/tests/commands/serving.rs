//! `serve` as a process: what it says when it has begun, and why it does not begin.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Stdio};

use serde_json::Value;

use crate::{amtsweg, call, place};

/// A process that ends with the test.
struct Serving(Child);

impl Drop for Serving {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

/// Begins to serve, and gives the first line of the output.
fn serve(within: &Path, args: &[&str]) -> (Serving, String) {
    let mut child = amtsweg(within, args).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    (Serving(child), line)
}

#[test]
fn the_one_line_for_programs_says_where_it_serves() {
    let place = place();
    let (_serving, line) = serve(place.path(), &["serve", "--listen", "127.0.0.1:0", "--format", "json"]);
    let said: Value = serde_json::from_str(&line).unwrap();
    assert_eq!(said["trial"], true);
    let address = said["portal"].as_str().unwrap().trim_start_matches("http://").trim_end_matches('/').to_owned();
    let mut portal = TcpStream::connect(&address).unwrap();
    write!(portal, "GET / HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    BufReader::new(portal).read_line(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 "), "{answer}");

    let second = call(place.path(), &["serve", "--listen", "127.0.0.1:0"]);
    assert_eq!(second.code, 3, "{second:?}");
    assert!(second.err.contains("läuft schon mit den Daten in"), "{second:?}");
}

#[test]
fn an_address_that_is_taken_stops_the_start() {
    let place = place();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let done = call(place.path(), &["serve", "--listen", &address]);
    assert_eq!(done.code, 3, "{done:?}");
    assert!(done.err.contains("dort ist schon ein anderes Programm"), "{done:?}");
    let english = call(place.path(), &["serve", "--listen", &address, "--lang", "en"]);
    assert!(english.err.contains("another program listens there already"), "{english:?}");
}
