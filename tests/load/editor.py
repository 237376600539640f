"""How long the language server needs after a letter is typed: until the colours of the file are there, and until all messages.

editor.py COMMAND: the built command `amtsweg`. In a folder of one procedure of 300 questions that uses three building
blocks, and in the catalogue of this repository. An editor asks for the colours at once; messages come when nobody has
typed for 120 ms, which is part of the figure. Nothing needed but Python.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

from questions import ours

FORMS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "forms")
TIMES = 30


class Server:
    """The language server of a folder; speaks the Language Server Protocol."""

    def __init__(self, folder):
        self.folder, self.number = os.path.realpath(folder), 0
        self.process = subprocess.Popen([sys.argv[1], "lsp"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.ask("initialize", {"processId": None, "capabilities": {}, "rootUri": None, "workspaceFolders": [{"uri": self.uri(""), "name": "forms"}]})
        self.send("initialized", {})

    def uri(self, file):
        return "file://" + os.path.join(self.folder, file)

    def write(self, message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def send(self, method, params):
        self.write({"method": method, "params": params})

    def read(self, fits):
        """The next message that fits."""
        while True:
            length = 0
            while (line := self.process.stdout.readline().strip()) != b"":
                name, value = line.split(b":")
                length = int(value) if name == b"Content-Length" else length
            if length == 0:
                sys.exit("the server has ended")
            message = json.loads(self.process.stdout.read(length))
            if fits(message):
                return message

    def ask(self, method, params):
        self.number += 1
        self.write({"id": self.number, "method": method, "params": params})
        answer = self.read(lambda message: message.get("id") == self.number and "method" not in message)
        if "error" in answer:
            sys.exit(f"{method}: {answer['error']}")
        return answer["result"]

    def told(self, uri, version):
        told = "textDocument/publishDiagnostics"
        self.read(lambda message: message.get("method") == told and message["params"]["uri"] == uri and message["params"].get("version") == version)

    def stop(self):
        self.ask("shutdown", None)
        self.send("exit", None)
        self.process.wait()


def measure(name, folder, file, word):
    """Types a letter behind a word and takes it away again, by turns; prints a line."""
    began = time.perf_counter()
    server = Server(folder)
    uri = server.uri(file)
    with open(os.path.join(folder, file), encoding="utf-8") as source:
        text = source.read()
    server.send("textDocument/didOpen", {"textDocument": {"uri": uri, "languageId": "amtsweg", "version": 0, "text": text}})
    server.told(uri, 0)
    opened = time.perf_counter() - began
    before = text[: text.index(word) + len(word)]
    line, character = before.count("\n"), len(before.rsplit("\n", 1)[-1])
    colours, messages = [], []
    for version in range(1, 2 * TIMES + 1):
        typed = version % 2 == 1
        place = {"start": {"line": line, "character": character}, "end": {"line": line, "character": character + (0 if typed else 1)}}
        began = time.perf_counter()
        server.send("textDocument/didChange", {"textDocument": {"uri": uri, "version": version}, "contentChanges": [{"range": place, "text": "x" if typed else ""}]})
        # By turns, so that what is kept for the colours does not make the messages faster.
        if version // 2 % 2 == 0:
            server.ask("textDocument/semanticTokens/full", {"textDocument": {"uri": uri}})
            colours.append(time.perf_counter() - began)
        server.told(uri, version)
        if version // 2 % 2 == 1:
            messages.append(time.perf_counter() - began)
    server.stop()
    shown = [f"{what} {statistics.median(times) * 1000:.0f} ms (at most {max(times) * 1000:.0f})" for what, times in [("colours", colours), ("messages", messages)]]
    print(f"{name}: opened {opened * 1000:.0f} ms; after a letter {', '.join(shown)}", flush=True)


with tempfile.TemporaryDirectory() as place:
    ours(os.path.join(place, "forms"), 300, 3)
    measure("300 questions, a hint", os.path.join(place, "forms"), "survey.amt", "Question number 150")
measure("the catalogue, a question of a procedure", FORMS, "kreis/segeberg/baum_faellen.amt", "Wann soll gefällt werden")
measure("the catalogue, a question of a building block that most use", FORMS, "land/person.amt", '"')
