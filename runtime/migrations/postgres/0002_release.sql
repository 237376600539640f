-- What has to happen before a submission is released: the sender's address is confirmed, the fee
-- is paid, other people have answered. `secret` is the hash of what stands in the link; `detail`
-- (addresses, the link, which questions) arrives sealed. A condition that is `ahead` opens when
-- those before it are met. The same tables stand in ../sqlite.
CREATE TABLE amtsweg_condition (
    id BYTEA PRIMARY KEY NOT NULL,
    portal TEXT NOT NULL,
    submission BYTEA NOT NULL REFERENCES amtsweg_submission (id),
    kind TEXT NOT NULL,
    secret BYTEA NOT NULL UNIQUE,
    detail BYTEA NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('ahead', 'open', 'met', 'over')),
    remind_at BIGINT,
    due_at BIGINT,
    settled_at BIGINT
);
CREATE INDEX amtsweg_condition_submission ON amtsweg_condition (submission);
CREATE INDEX amtsweg_condition_due ON amtsweg_condition (due_at) WHERE state = 'open';
CREATE INDEX amtsweg_condition_remind ON amtsweg_condition (remind_at)
    WHERE state = 'open' AND remind_at IS NOT NULL;

-- Grows with each condition that is settled: two people who answer at once notice each other.
ALTER TABLE amtsweg_submission ADD COLUMN revision BIGINT NOT NULL DEFAULT 0;
