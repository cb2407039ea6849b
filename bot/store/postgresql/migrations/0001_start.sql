-- Conversations by channel and person; `state` is JSON, sealed where there is a key.
CREATE TABLE conversations (
    key       text PRIMARY KEY,
    state     bytea NOT NULL,
    last_seen timestamptz NOT NULL
);

-- Events already answered, so that a redelivery is not answered again.
CREATE TABLE seen (
    event_id text PRIMARY KEY,
    seen_at  timestamptz NOT NULL
);

-- Messages taken back by their sender; one that arrives later is not read.
CREATE TABLE unsent (
    message_id text PRIMARY KEY,
    unsent_at  timestamptz NOT NULL
);

-- Replies accepted but not delivered yet, in the order of their numbers; `due` is null when a
-- delivery was given up. `about` is the person it came from and `message_id` the message it
-- repeats, so that forgetting and unsending reach it. `owner` is the process that makes it; null while
-- nobody does.
CREATE TABLE outbox (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    key          text NOT NULL,
    outgoing     bytea NOT NULL,
    retry_key    text NOT NULL,
    attempts     integer NOT NULL DEFAULT 0,
    created      timestamptz NOT NULL,
    due          timestamptz,
    error        text NOT NULL DEFAULT '',
    held         boolean NOT NULL DEFAULT false,
    token_gone   boolean NOT NULL DEFAULT false,
    about        text NOT NULL DEFAULT '',
    message_id   text NOT NULL DEFAULT '',
    owner        text
);

CREATE INDEX outbox_by_key ON outbox (key);
CREATE INDEX outbox_by_owner ON outbox (owner) WHERE due IS NOT NULL;
CREATE INDEX outbox_by_about ON outbox (about) WHERE about <> '';
CREATE INDEX outbox_by_message ON outbox (message_id) WHERE message_id <> '';

-- The processes that deliver. By this server's clock one is dead after `alive_until`; what it had is
-- then taken over.
CREATE TABLE processes (
    id          text PRIMARY KEY,
    alive_until timestamptz NOT NULL
);

-- Questions without an answer, for staff to answer; a number is never given to another.
CREATE TABLE unanswered (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    key        text NOT NULL,
    message_id text NOT NULL,
    question   bytea NOT NULL,
    asked_at   timestamptz NOT NULL
);

CREATE INDEX unanswered_by_key ON unanswered (key);

-- Our messages on the staff's side, by the name we know them under; `thread` is the name of the post
-- whose thread it is in, `wiped` why a message must still lose its words.
CREATE TABLE posts (
    reference text PRIMARY KEY,
    key       text NOT NULL,
    channel   text NOT NULL,
    ts        text NOT NULL,
    thread    text NOT NULL DEFAULT '',
    wiped     text NOT NULL DEFAULT ''
);

CREATE INDEX posts_by_place ON posts (channel, ts);
CREATE INDEX posts_by_key ON posts (key);
CREATE INDEX posts_by_thread ON posts (thread);
CREATE INDEX posts_to_wipe ON posts (reference) WHERE wiped <> '';

-- Whose conversation a case is in; `promised` is by when an answer was promised, null once a person
-- has answered.
CREATE TABLE cases (
    id       text PRIMARY KEY,
    key      text NOT NULL,
    open     boolean NOT NULL,
    promised timestamptz
);

CREATE INDEX cases_by_key ON cases (key);
CREATE INDEX open_cases ON cases (promised) WHERE open;

-- What is to happen at a time: a promised answer, the daily post.
CREATE TABLE timers (
    name text PRIMARY KEY,
    key  text NOT NULL,
    due  timestamptz NOT NULL
);

CREATE INDEX timers_by_due ON timers (due);
CREATE INDEX timers_by_key ON timers (key);

-- Counts by Japanese day; no people in them. A turn adds a row of one: turns that wrote to one row
-- would wait for each other. Tidying makes one row of many.
CREATE TABLE tallies (
    day   date NOT NULL,
    name  text NOT NULL,
    value text NOT NULL,
    count bigint NOT NULL
);

CREATE INDEX tallies_by_day ON tallies (day);

-- Answers on their way from a staff member's interview to an owner, by the code that fetches them.
CREATE TABLE codes (
    code    text PRIMARY KEY,
    flow    text NOT NULL,
    answers bytea NOT NULL,
    until   timestamptz NOT NULL
);

-- What staff corrected in the knowledge, as JSON, in order.
CREATE TABLE amendments (
    id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    content text NOT NULL
);

-- How a staff member is shown to owners.
CREATE TABLE staff (
    id       text PRIMARY KEY,
    name     text NOT NULL,
    icon_url text NOT NULL
);

-- Lists of unanswered questions that staff were shown: `groups` are the ids of the questions, group
-- by group, `done` what was done, by group.
CREATE TABLE lists (
    reference text PRIMARY KEY,
    channel   text NOT NULL,
    groups    text NOT NULL,
    more      integer NOT NULL,
    done      jsonb NOT NULL DEFAULT '{}'
);

-- What this store knows and nobody else: a secret for the names of people in logs, and by which keys
-- words are kept.
CREATE TABLE secrets (
    name  text PRIMARY KEY,
    value text NOT NULL
);
