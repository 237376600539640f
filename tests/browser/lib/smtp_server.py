"""A mail server for the tests: aiosmtpd with scripted answers.

One JSON object on the command line: folder, port, tls ("none", "starttls", "tls"), certificate, key, user, password.
Standard input takes one JSON object a line, {"script": [...]}: the answers to the next mails, the last one repeats.
Standard output gives one JSON object a line: {"event": "ready", "port"}, {"event": "mail", ...}, {"event": "answer", ...}.

Answers: "250" take it; "451" and "550" at the recipient; "451 data" and "552 data" after the text;
"421" before the envelope; "slow N" take it after N seconds; "drop" take it and hang up without an answer.
"""

import asyncio
import json
import pathlib
import ssl
import sys
import time

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

settings = json.loads(sys.argv[1])
folder = pathlib.Path(settings["folder"])
script = ["250"]
count = 0

REFUSED = {
    "421": "421 4.3.2 Service not available",
    "451": "451 4.3.0 Try again later",
    "550": "550 5.1.1 No such mailbox",
    "552": "552 5.3.4 Message too big",
}


def tell(**event):
    print(json.dumps(event), flush=True)


def next_answer():
    return script.pop(0) if len(script) > 1 else script[0]


class Handler:
    """One answer of the script belongs to one attempt; it is drawn when the sender is named."""

    async def handle_MAIL(self, server, session, envelope, address, options):
        session.answer = next_answer()
        tell(event="answer", answer=session.answer, sender=address, at=time.time())
        if session.answer == "421":
            return REFUSED["421"]
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if session.answer in ("451", "550"):
            return REFUSED[session.answer]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        global count
        code, _, rest = session.answer.partition(" ")
        if rest == "data":
            return REFUSED[code]
        if code == "slow":
            await asyncio.sleep(float(rest))
        count += 1
        path = folder / f"{count:05}.eml"
        path.write_bytes(envelope.original_content)
        tell(
            event="mail",
            file=str(path),
            sender=envelope.mail_from,
            recipients=envelope.rcpt_tos,
            tls=session.ssl is not None or settings.get("tls") == "tls",
            user=session.auth_data.login.decode() if session.auth_data else None,
            at=time.time(),
        )
        if code == "drop":
            server.transport.abort()
        return "250 2.0.0 Taken"


def authenticate(server, session, envelope, mechanism, data):
    right = (
        isinstance(data, LoginPassword)
        and data.login.decode() == settings["user"]
        and data.password.decode() == settings["password"]
    )
    return AuthResult(success=right, handled=False, auth_data=data if right else None)


async def main():
    tls = settings.get("tls", "none")
    context = None
    if tls != "none":
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(settings["certificate"], settings["key"])
    login = bool(settings.get("user"))

    def session():
        return SMTP(
            Handler(),
            hostname="localhost",
            data_size_limit=64 * 1024 * 1024,
            require_starttls=tls == "starttls",
            tls_context=context if tls == "starttls" else None,
            authenticator=authenticate if login else None,
            auth_required=login,
            auth_require_tls=tls == "starttls",
        )

    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        session, "127.0.0.1", settings.get("port", 0), ssl=context if tls == "tls" else None
    )
    tell(event="ready", port=server.sockets[0].getsockname()[1])

    reader = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while line := await reader.readline():
        script[:] = json.loads(line)["script"]
        tell(event="scripted")


asyncio.run(main())
