-- Hosts, what they report, policies and alerts. Hashes are bytea of 32 bytes. Closed sets are kept by
-- name, so that a row says what it is. Times are the server's unless a column says otherwise.

create table host_group (
  name        text primary key check (name ~ '^[a-z0-9][a-z0-9-]{0,63}$'),
  mode        text not null check (mode in ('LEARN', 'MONITOR')),
  learn_until timestamptz,
  frozen_at   timestamptz,
  version     bigint not null default 1,
  created_at  timestamptz not null
);
insert into host_group (name, mode, created_at) values ('default', 'LEARN', now());

create table host (
  id                     uuid primary key,
  hostname               text not null,
  group_name             text not null references host_group,
  machine_id             text not null unique,
  enrolled_at            timestamptz not null,
  last_seen_at           timestamptz,
  is_marked_silent       boolean not null default false,
  banned_at              timestamptz,
  banned_by              text,
  ban_reason             text,
  facts                  jsonb,
  level                  text,
  coverage               jsonb,
  agent_version          text,
  policy_version         bigint,
  resident_bytes         bigint,
  cpu_millis             bigint,
  spool_events           bigint,
  spool_bytes            bigint,
  certificate_expires_at timestamptz
) with (fillfactor = 70); -- updated every few seconds: room for the new version on the same page
create index host_by_name on host (hostname, id);
create index host_by_group on host (group_name);

-- How far each life of an agent's spool is stored.
create table host_epoch (
  host_id       uuid not null references host,
  epoch         uuid not null,
  last_sequence bigint not null,
  created_at    timestamptz not null,
  primary key (host_id, epoch)
) with (fillfactor = 70);

create sequence execution_id cache 1;

-- One partition a day, made ahead and dropped whole. Numbers come from the sequence above before the
-- insert. What nobody searches by is in detail.
create table execution (
  id          bigint not null,
  host_id     uuid not null,
  ingested_at timestamptz not null,
  occurred_at timestamptz not null,
  count       bigint not null,
  sha256      bytea,
  detail      jsonb not null
) partition by range (ingested_at);
create index execution_by_host on execution (host_id, id);
create index execution_by_code on execution (sha256, host_id, id);

create table execution_hour (
  hour       timestamptz not null,
  host_id    uuid not null,
  executions bigint not null,
  primary key (hour, host_id)
) with (fillfactor = 70);

create table code_object (
  sha256     bytea primary key check (length(sha256) = 32),
  size_bytes bigint,
  first_seen timestamptz not null,
  last_seen  timestamptz not null
);

create table code_object_host (
  sha256     bytea not null,
  host_id    uuid not null,
  executions bigint not null,
  first_seen timestamptz not null,
  last_seen  timestamptz not null,
  executable text,
  package    text,
  primary key (sha256, host_id)
) with (fillfactor = 70);

create table loss (
  id          bigint generated always as identity primary key,
  host_id     uuid not null,
  ingested_at timestamptz not null,
  cause       text not null,
  from_at     timestamptz not null,
  to_at       timestamptz not null,
  count       bigint not null,
  sensor      text
);
create index loss_by_host on loss (host_id, id);
create index loss_by_time on loss (ingested_at);

create table coverage_history (
  id          bigint generated always as identity primary key,
  host_id     uuid not null,
  ingested_at timestamptz not null,
  coverage    jsonb not null
);
create index coverage_by_host on coverage_history (host_id, id);

create table host_package (
  host_id      uuid not null,
  generation   bigint not null,
  manager      text not null,
  name         text not null,
  version      text not null,
  architecture text not null,
  primary key (host_id, generation, manager, name, version, architecture)
);

create table unrecognized_event (
  id          bigint generated always as identity primary key,
  host_id     uuid not null,
  ingested_at timestamptz not null,
  encoded     bytea not null
);
create index unrecognized_by_host on unrecognized_event (host_id, id);

create table rule (
  id           bigint generated always as identity primary key,
  group_name   text not null references host_group,
  effect       text not null check (effect in ('ALLOW', 'DENY')),
  sha256       bytea check (length(sha256) = 32),
  package_name text,
  path         text,
  memory       text,
  reason       text not null,
  owner        text not null,
  created_at   timestamptz not null,
  expires_at   timestamptz,
  alert_id     bigint
);
create index rule_by_group on rule (group_name, id);
create index rule_by_code on rule (sha256) where sha256 is not null;

create table baseline_object (
  group_name text not null references host_group,
  sha256     bytea not null check (length(sha256) = 32),
  executable text,
  first_seen timestamptz not null,
  primary key (group_name, sha256)
);
create index baseline_by_time on baseline_object (group_name, first_seen, sha256);
create index baseline_by_code on baseline_object (sha256);

create table baseline_package (
  group_name   text not null references host_group,
  manager      text not null,
  name         text not null,
  version      text not null,
  architecture text not null,
  first_seen   timestamptz not null,
  primary key (group_name, manager, name, version, architecture)
);

create table alert (
  id           bigint generated always as identity primary key,
  group_name   text not null references host_group,
  subject      bytea not null check (length(subject) = 32), -- SHA-256 of the subject's key: keys can be long
  title        text not null,
  severity     smallint not null,                           -- 0 informational .. 4 critical
  status       text not null,
  verdict      text,
  reason       text,
  detections   text[] not null,
  sha256       bytea,
  origin       text,
  executable   text,
  occurrences  bigint not null,
  host_count   integer not null,
  raised_at    timestamptz not null,
  first_at     timestamptz not null,
  last_at      timestamptz not null,
  assignee     text,
  reopened     integer not null default 0,
  rule_id      bigint,
  coverage     text,
  unique (group_name, subject)
) with (fillfactor = 70);
create index alert_by_activity on alert (last_at desc, id desc);
create index alert_open on alert (severity) where status in ('NEW', 'IN_PROGRESS');
create index alert_by_raised on alert (raised_at);
create index alert_by_code on alert (sha256) where sha256 is not null;

create table alert_host (
  alert_id    bigint not null references alert,
  host_id     uuid not null,
  hostname    text not null,
  occurrences bigint not null,
  first_at    timestamptz not null,
  last_at     timestamptz not null,
  primary key (alert_id, host_id)
);
create index alert_host_by_host on alert_host (host_id);

create table alert_evidence (
  id          bigint generated always as identity primary key,
  alert_id    bigint not null references alert,
  occurred_at timestamptz not null,
  host_id     uuid not null,
  hostname    text not null,
  kind        text not null,
  summary     text not null,
  execution   jsonb,
  loss        jsonb
);
create index alert_evidence_by_alert on alert_evidence (alert_id, id);

create table alert_history (
  id       bigint generated always as identity primary key,
  alert_id bigint not null references alert,
  at       timestamptz not null,
  actor    text not null,
  action   text not null,
  detail   text
);
create index alert_history_by_alert on alert_history (alert_id, id);
