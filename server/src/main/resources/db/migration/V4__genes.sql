-- Genes: families of code, what hosts say of code, and what code is related to. Gene sets and samples are the truth;
-- the index in the data folder is made of them and can be made anew.

create table gene_family (
  name       text primary key check (length(name) between 1 and 200),
  kind       text not null check (kind in ('TRUSTED', 'LIBRARY', 'TOOL', 'MALICIOUS')),
  created_at timestamptz not null,
  created_by text not null
);

-- The genes of one code object: bytes is their exchange form, digest its SHA-256. Verified: an operator gave them, or
-- three hosts said the same. Of different claims the first stays until another one is verified.
create table gene_set (
  sha256      bytea primary key check (length(sha256) = 32),
  definition  integer not null,
  digest      bytea not null check (length(digest) = 32),
  bytes       bytea not null,
  source      text not null check (source in ('OPERATOR', 'AGENT')),
  is_verified boolean not null,
  added_at    timestamptz not null
);
alter table gene_set alter column bytes set storage external; -- hashes do not compress

create table gene_sample (
  family     text not null references gene_family on update cascade on delete cascade,
  sha256     bytea not null references gene_set,
  version    text not null,
  provenance text not null,
  added_at   timestamptz not null,
  added_by   text not null,
  primary key (family, sha256)
);
create index gene_sample_by_code on gene_sample (sha256);

-- What each host said of a code object's genes and of the package that it belongs to.
create table gene_claim (
  sha256          bytea not null,
  host_id         uuid not null,
  definition      integer not null,
  digest          bytea not null check (length(digest) = 32),
  package_manager text,
  package_name    text,
  package_version text,
  package_architecture text,
  at              timestamptz not null,
  primary key (sha256, host_id)
);

-- Who could be asked for the genes of what; bounded. A row goes when its host was asked, or nobody needs to be.
create table analysis_candidate (
  sha256          bytea not null check (length(sha256) = 32),
  host_id         uuid not null,
  at              timestamptz not null,
  package_manager text,
  package_name    text,
  package_version text,
  package_architecture text,
  primary key (sha256, host_id)
);
create index analysis_candidate_by_host on analysis_candidate (host_id, at desc);
create index analysis_candidate_by_time on analysis_candidate (at);

create table analysis_request (
  id              bigint generated always as identity primary key,
  sha256          bytea not null check (length(sha256) = 32),
  host_id         uuid not null,
  state           text not null check (state in ('OPEN', 'ANSWERED', 'WITHOUT_GENES', 'FAILED', 'EXPIRED')),
  asked_at        timestamptz not null,
  expires_at      timestamptz not null,
  error           text,
  package_manager text,
  package_name    text,
  package_version text,
  package_architecture text
);
create unique index analysis_request_open on analysis_request (sha256) where state = 'OPEN';
create index analysis_request_by_code on analysis_request (sha256, id desc);
create index analysis_request_by_time on analysis_request (asked_at);

-- What code is related to. functions is a gzip of JSON; generation tells of which families.
create table code_classification (
  sha256            bytea primary key check (length(sha256) = 32),
  classification    text not null check (classification in ('TRUSTED', 'MALICIOUS', 'SUSPICIOUS', 'UNKNOWN')),
  reason            text not null,
  families          jsonb not null,
  foreign_functions jsonb not null,
  novel_functions   integer not null,
  novel_bytes       bigint not null,
  functions         bytea not null,
  function_count    integer not null,
  is_complete       boolean not null,
  is_verified       boolean not null,
  generation        bigint not null,
  analyzed_at       timestamptz not null
);

-- generation rises with every change of families; what was compared before hunt_generation is compared again.
create table gene_state (
  one             boolean primary key default true check (one),
  generation      bigint not null,
  hunt_generation bigint not null
);
insert into gene_state (generation, hunt_generation) values (1, 1);
