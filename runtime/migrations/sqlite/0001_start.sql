-- What the runtime keeps. Moments are microseconds since 1970 (UTC); ids are the 16 bytes of
-- a UUID; answers, and whatever else is personal, arrive sealed. The same tables stand in
-- ../postgres: a change here is a change there.

-- Answers of somebody who has not sent them yet.
CREATE TABLE amtsweg_draft (
    id BLOB PRIMARY KEY NOT NULL,
    portal TEXT NOT NULL,
    visitor BLOB NOT NULL,
    procedure TEXT NOT NULL,
    version TEXT NOT NULL,
    revision INTEGER NOT NULL,
    submit_token BLOB NOT NULL,
    answers BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    UNIQUE (portal, visitor, procedure)
) STRICT;
CREATE INDEX amtsweg_draft_expires ON amtsweg_draft (expires_at);

-- What was sent. `released_at` is a fact of its own: a second person or a payment may stand
-- between sending and handing over.
CREATE TABLE amtsweg_submission (
    id BLOB PRIMARY KEY NOT NULL,
    reference TEXT NOT NULL UNIQUE,
    portal TEXT NOT NULL,
    procedure TEXT NOT NULL,
    version TEXT NOT NULL,
    submit_token BLOB NOT NULL UNIQUE,
    language TEXT NOT NULL,
    authority TEXT NOT NULL,
    fees TEXT NOT NULL,
    answers BLOB NOT NULL,
    secret BLOB NOT NULL,
    state TEXT NOT NULL,
    submitted_at INTEGER NOT NULL,
    released_at INTEGER
) STRICT;

-- Deliveries. `due_at` is also the end of a lease; `fence` grows with each lease, so that a
-- worker that lost its lease cannot finish the row.
CREATE TABLE amtsweg_outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    portal TEXT NOT NULL,
    submission BLOB NOT NULL REFERENCES amtsweg_submission (id),
    kind TEXT NOT NULL,
    destination BLOB NOT NULL,
    message_id TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'pending'
        CHECK (state IN ('pending', 'leased', 'delivered', 'parked', 'kept')),
    attempt INTEGER NOT NULL DEFAULT 0,
    fence INTEGER NOT NULL DEFAULT 0,
    due_at INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    finished_at INTEGER,
    reason TEXT,
    message BLOB
) STRICT;
CREATE INDEX amtsweg_outbox_due ON amtsweg_outbox (due_at) WHERE state IN ('pending', 'leased');
CREATE INDEX amtsweg_outbox_parked ON amtsweg_outbox (id) WHERE state = 'parked';
CREATE INDEX amtsweg_outbox_submission ON amtsweg_outbox (submission);

-- Uploaded files; the bytes lie in the file store. First they belong to a draft, then to a
-- submission.
CREATE TABLE amtsweg_upload (
    id BLOB PRIMARY KEY NOT NULL,
    portal TEXT NOT NULL,
    draft BLOB NOT NULL,
    submission BLOB REFERENCES amtsweg_submission (id),
    size INTEGER NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX amtsweg_upload_draft ON amtsweg_upload (draft);
CREATE INDEX amtsweg_upload_submission ON amtsweg_upload (submission) WHERE submission IS NOT NULL;

-- Compiled procedures by their hash: published ones, and those that a trial was made with.
-- They belong to the catalogue, which all portals share.
CREATE TABLE amtsweg_compiled (
    hash TEXT PRIMARY KEY NOT NULL,
    body BLOB NOT NULL
) STRICT;

CREATE TABLE amtsweg_published (
    procedure TEXT NOT NULL,
    version INTEGER NOT NULL,
    hash TEXT NOT NULL REFERENCES amtsweg_compiled (hash),
    sources TEXT NOT NULL,
    published_at INTEGER NOT NULL,
    PRIMARY KEY (procedure, version)
) STRICT;
