-- What the runtime keeps. Moments are microseconds since 1970 (UTC); ids are the 16 bytes of
-- a UUID; answers, and whatever else is personal, arrive sealed. The same tables stand in
-- ../sqlite: a change here is a change there.

-- Answers of somebody who has not sent them yet.
CREATE TABLE amtsweg_draft (
    id BYTEA PRIMARY KEY NOT NULL,
    portal TEXT NOT NULL,
    visitor BYTEA NOT NULL,
    procedure TEXT NOT NULL,
    version TEXT NOT NULL,
    revision BIGINT NOT NULL,
    submit_token BYTEA NOT NULL,
    answers BYTEA NOT NULL,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    UNIQUE (portal, visitor, procedure)
);
CREATE INDEX amtsweg_draft_expires ON amtsweg_draft (expires_at);

-- What was sent. `released_at` is a fact of its own: a second person or a payment may stand
-- between sending and handing over.
CREATE TABLE amtsweg_submission (
    id BYTEA PRIMARY KEY NOT NULL,
    reference TEXT NOT NULL UNIQUE,
    portal TEXT NOT NULL,
    procedure TEXT NOT NULL,
    version TEXT NOT NULL,
    submit_token BYTEA NOT NULL UNIQUE,
    language TEXT NOT NULL,
    authority TEXT NOT NULL,
    fees TEXT NOT NULL,
    answers BYTEA NOT NULL,
    secret BYTEA NOT NULL,
    state TEXT NOT NULL,
    submitted_at BIGINT NOT NULL,
    released_at BIGINT
);

-- Deliveries. `due_at` is also the end of a lease; `fence` grows with each lease, so that a
-- worker that lost its lease cannot finish the row.
CREATE TABLE amtsweg_outbox (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    portal TEXT NOT NULL,
    submission BYTEA NOT NULL REFERENCES amtsweg_submission (id),
    kind TEXT NOT NULL,
    destination BYTEA NOT NULL,
    message_id TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'pending'
        CHECK (state IN ('pending', 'leased', 'delivered', 'parked', 'kept')),
    attempt BIGINT NOT NULL DEFAULT 0,
    fence BIGINT NOT NULL DEFAULT 0,
    due_at BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    finished_at BIGINT,
    reason TEXT,
    message BYTEA
);
CREATE INDEX amtsweg_outbox_due ON amtsweg_outbox (due_at) WHERE state IN ('pending', 'leased');
CREATE INDEX amtsweg_outbox_parked ON amtsweg_outbox (id) WHERE state = 'parked';
CREATE INDEX amtsweg_outbox_submission ON amtsweg_outbox (submission);

-- Uploaded files; the bytes lie in the file store. First they belong to a draft, then to a
-- submission.
CREATE TABLE amtsweg_upload (
    id BYTEA PRIMARY KEY NOT NULL,
    portal TEXT NOT NULL,
    draft BYTEA NOT NULL,
    submission BYTEA REFERENCES amtsweg_submission (id),
    size BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX amtsweg_upload_draft ON amtsweg_upload (draft);
CREATE INDEX amtsweg_upload_submission ON amtsweg_upload (submission) WHERE submission IS NOT NULL;

-- Compiled procedures by their hash: published ones, and those that a trial was made with.
-- They belong to the catalogue, which all portals share.
CREATE TABLE amtsweg_compiled (
    hash TEXT PRIMARY KEY NOT NULL,
    body BYTEA NOT NULL
);

CREATE TABLE amtsweg_published (
    procedure TEXT NOT NULL,
    version BIGINT NOT NULL,
    hash TEXT NOT NULL REFERENCES amtsweg_compiled (hash),
    sources TEXT NOT NULL,
    published_at BIGINT NOT NULL,
    PRIMARY KEY (procedure, version)
);
