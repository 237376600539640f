//! A mail server that also takes bare line feeds for ends of lines, as some do.

use std::sync::{Arc, Mutex};

use amtsweg::deliver::{MailServer, Tls};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// What the server says at a step; without: yes.
#[derive(Debug, Clone, Copy)]
pub enum Say {
    /// To everything yes.
    Yes,
    /// This line as the greeting.
    Greeting(&'static str),
    /// This line after RCPT.
    Recipient(&'static str),
    /// This line after the text.
    Text(&'static str),
    /// Nothing after the text: the line breaks.
    Drop,
}

#[derive(Default)]
struct Seen {
    /// Every command of every connection.
    commands: Vec<String>,
    mails: Vec<String>,
}

#[derive(Clone)]
pub struct Sink {
    pub port: u16,
    seen: Arc<Mutex<Seen>>,
}

impl Sink {
    /// Each connection follows the next step of the script; the last one stays.
    pub async fn start(script: &[Say]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let seen = Arc::new(Mutex::new(Seen::default()));
        let (all, script) = (seen.clone(), script.to_vec());
        tokio::spawn(async move {
            let mut steps = script.iter().copied().peekable();
            while let Ok((stream, _)) = listener.accept().await {
                let step = if script.len() > 1 { steps.next() } else { None };
                let step = step.or(script.last().copied()).unwrap_or(Say::Yes);
                tokio::spawn(talk(stream, step, all.clone()));
            }
        });
        Self { port, seen }
    }

    pub fn server(&self) -> MailServer {
        MailServer {
            host: "127.0.0.1".to_owned(),
            port: self.port,
            tls: Tls::None,
            login: None,
            from: "portal@stadt.example".to_owned(),
            ca_file: None,
            max_size: 10_000_000,
        }
    }

    pub fn mails(&self) -> Vec<Received> {
        self.seen.lock().unwrap().mails.iter().map(|raw| Received { raw: raw.clone() }).collect()
    }

    /// How often a command was given.
    pub fn commands(&self, name: &str) -> usize {
        let seen = self.seen.lock().unwrap();
        seen.commands.iter().filter(|command| command.to_uppercase().starts_with(name)).count()
    }
}

async fn talk(stream: TcpStream, step: Say, seen: Arc<Mutex<Seen>>) {
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read);
    let greeting = if let Say::Greeting(line) = step { line } else { "220 ready" };
    drop(write.write_all(format!("{greeting}\r\n").as_bytes()).await);
    let mut line = Vec::new();
    let mut text: Option<String> = None;
    loop {
        line.clear();
        if lines.read_until(b'\n', &mut line).await.unwrap_or(0) == 0 {
            return;
        }
        let said = String::from_utf8_lossy(&line).trim_end_matches(['\r', '\n']).to_owned();
        let reply = if let Some(so_far) = &mut text {
            if said != "." {
                so_far.push_str(&said);
                so_far.push('\n');
                continue;
            }
            let mail = text.take().unwrap_or_default();
            seen.lock().unwrap().mails.push(mail);
            match step {
                Say::Drop => return,
                Say::Text(line) => line,
                _ => "250 taken",
            }
        } else {
            seen.lock().unwrap().commands.push(said.clone());
            match (said.to_uppercase().split(' ').next().unwrap_or_default(), step) {
                ("EHLO", _) => "250-sink\r\n250 8BITMIME",
                ("RCPT", Say::Recipient(line)) => line,
                ("DATA", _) => {
                    text = Some(String::new());
                    "354 go on"
                }
                ("QUIT", _) => "221 bye",
                _ => "250 yes",
            }
        };
        drop(write.write_all(format!("{reply}\r\n").as_bytes()).await);
    }
}

/// A mail as it came.
pub struct Received {
    pub raw: String,
}

impl Received {
    /// The value of a header, lines unfolded.
    pub fn header(&self, name: &str) -> String {
        let head = self.raw.split("\n\n").next().unwrap_or_default().replace("\n ", " ").replace("\n\t", " ");
        let start = format!("{name}: ");
        head.lines().find_map(|line| line.strip_prefix(&start)).unwrap_or_default().to_owned()
    }

    /// The parts: head and content, decoded.
    pub fn parts(&self) -> Vec<(String, Vec<u8>)> {
        let mut parts = Vec::new();
        for chunk in self.raw.split("\n--").skip(1) {
            let Some((head, body)) = chunk.split_once("\n\n") else {
                continue;
            };
            let head = head.split_once('\n').map_or("", |(_, head)| head).to_owned();
            if head.contains("multipart/") || head.is_empty() {
                continue;
            }
            assert!(head.contains("Content-Transfer-Encoding: base64"), "{head}");
            let encoded: String = body.split_whitespace().collect();
            parts.push((head, STANDARD.decode(encoded).unwrap()));
        }
        parts
    }

    /// The part whose head has these words, as text.
    pub fn part(&self, words: &str) -> String {
        let found = self.parts().into_iter().find(|(head, _)| head.contains(words));
        String::from_utf8(found.unwrap_or_else(|| panic!("no part {words}")).1).unwrap()
    }
}
