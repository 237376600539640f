//! ajv, the validator that most receivers of published schemas use: it runs in Node.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::thread;

use serde_json::{Value as Json, json};

/// ajv in a process of its own.
pub struct Third {
    child: Child,
    answers: BufReader<ChildStdout>,
    input: Option<ChildStdin>,
}

impl Third {
    /// With the Node that `TEST_NODE` names, or the one in `tests/.tools`; `None`: it or ajv is missing.
    pub fn start() -> Option<Self> {
        let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests");
        let node = std::env::var_os("TEST_NODE").map_or_else(|| tests.join(".tools/bin/node"), Into::into);
        if !tests.join("browser/node_modules/ajv").exists() {
            assert!(std::env::var_os("TEST_NODE").is_none(), "ajv is not installed in tests/browser");
            return None;
        }
        let mut child = Command::new(node)
            .arg(tests.join("browser/lib/ajv.mjs"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .ok()?;
        let answers = BufReader::new(child.stdout.take()?);
        let input = child.stdin.take();
        Some(Self { child, answers, input })
    }

    /// What ajv says of each of some answers.
    pub fn verdicts(&mut self, schema: &Json, all: &[Json]) -> Vec<bool> {
        let mut lines = format!("{}\n", json!({ "schema": schema }));
        for answers in all {
            lines += &format!("{}\n", json!({ "answers": answers }));
        }
        let mut input = self.input.take().expect("not lent");
        // Written beside, or both sides would wait for each other once the pipes are full.
        let writer = thread::spawn(move || input.write_all(lines.as_bytes()).map(|()| input));
        let mut read = || {
            let mut line = String::new();
            self.answers.read_line(&mut line).expect("a line");
            line.trim().to_owned()
        };
        assert_eq!(read(), "ready", "{schema:#}");
        let verdicts = all.iter().map(|_| read() == "1").collect();
        self.input = Some(writer.join().expect("written").expect("written"));
        verdicts
    }
}

impl Drop for Third {
    fn drop(&mut self) {
        drop(self.input.take());
        let _ = self.child.wait();
    }
}
