-- Code that enters processes other than by execution, what processes do to memory, and what could be seen when.

-- One row for what differs in nothing but time; key is the SHA-256 of host-independent kind, content, path, loader,
-- container and user. Times are the agent's, but for ingested_at.
create table code_load (
  id          bigint generated always as identity primary key,
  host_id     uuid not null,
  key         bytea not null check (length(key) = 32),
  ingested_at timestamptz not null,
  first_at    timestamptz not null,
  last_at     timestamptz not null,
  count       bigint not null,
  kind        text not null,
  sha256      bytea,
  detail      jsonb not null,
  unique (host_id, key)
) with (fillfactor = 70);
create index code_load_by_host on code_load (host_id, id);
create index code_load_by_code on code_load (sha256, host_id, id) where sha256 is not null;
create index code_load_by_time on code_load (ingested_at);

alter table code_object_host add column loads bigint not null default 0;

-- One partition a day, as executions.
create sequence action_id cache 1;
create table action (
  id          bigint not null,
  host_id     uuid not null,
  ingested_at timestamptz not null,
  kind        text not null,
  detail      jsonb not null
) partition by range (ingested_at);
create index action_by_host on action (host_id, id);

alter table alert_evidence add column load jsonb;
alter table alert_evidence add column action jsonb;

-- What a host's sensors could see from a time on, as its agent says; the newest row at or before a time holds then.
-- level null: nobody can say.
create table coverage_statement (
  host_id     uuid not null,
  since       timestamptz not null,
  ingested_at timestamptz not null,
  level       text,
  coverage    jsonb,
  primary key (host_id, since)
);
create index coverage_statement_by_time on coverage_statement (since);
insert into coverage_statement (host_id, since, ingested_at, level, coverage)
select distinct on (host_id, since) host_id, since, ingested_at, coverage ->> 'level', coverage
from (select *, least((coverage ->> 'since')::timestamptz, ingested_at) as since from coverage_history) stated
order by host_id, since, id desc;
drop table coverage_history;

-- Whether the server heard a host, from a time on: connected, silent, banned.
create table connectivity (
  host_id uuid not null,
  since   timestamptz not null,
  state   text not null,
  primary key (host_id, since)
);

create index loss_by_interval on loss (host_id, to_at);

-- How far retention has come; it follows the clock by one day an hour at most, so that a clock that jumps ahead drops
-- little before somebody notices.
create table retention_clock (
  one boolean primary key default true check (one),
  at  timestamptz not null
);
