-- Operators and what they sign in with. Secrets stand here as SHA-256 only, passwords as argon2id.
create table operator (
  name text primary key check (name ~ '^[a-z0-9][a-z0-9._-]{0,63}$'),
  role text not null check (role in ('viewer', 'analyst', 'administrator')),
  password_hash text not null,
  disabled boolean not null default false,
  created_at timestamptz not null,
  last_sign_in_at timestamptz
);

create table session (
  id_hash bytea primary key check (length(id_hash) = 32),
  operator text not null references operator (name),
  created_at timestamptz not null,
  used_at timestamptz not null
);
create index session_operator on session (operator);

create table api_token (
  id uuid primary key,
  secret_hash bytea not null unique check (length(secret_hash) = 32),
  owner text not null references operator (name),
  label text not null,
  role text not null check (role in ('viewer', 'analyst', 'administrator')),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  last_used_at timestamptz,
  revoked_at timestamptz
);
create index api_token_owner on api_token (owner, created_at desc, id);

create table join_token (
  id uuid primary key,
  secret_hash bytea not null unique check (length(secret_hash) = 32),
  group_name text not null,
  uses_left int not null check (uses_left >= 0),
  address_range text,
  replace boolean not null,
  created_by text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz
);
create index join_token_created on join_token (created_at desc, id);

-- The audit log: lines are appended, each hashed together with the one before.
create table audit_entry (
  sequence bigint primary key,
  at timestamptz not null,
  actor_kind text not null check (actor_kind in ('operator', 'agent', 'system')),
  actor text not null,
  address text,
  action text not null,
  target text not null,
  detail jsonb not null,
  hash bytea not null check (length(hash) = 32)
);
create index audit_entry_actor on audit_entry (actor, sequence desc);
create index audit_entry_action on audit_entry (action text_pattern_ops, sequence desc);

-- Its end; the row is locked by whoever appends, which puts the lines in one order.
create table audit_head (
  one boolean primary key default true check (one),
  sequence bigint not null,
  hash bytea not null
);
insert into audit_head (sequence, hash) values (0, decode(repeat('00', 32), 'hex'));

create function refuse_audit_change() returns trigger language plpgsql as $$
begin
  raise exception 'the audit log is append-only';
end
$$;
create trigger audit_entry_append_only before update or delete on audit_entry
  for each row execute function refuse_audit_change();
create trigger audit_entry_no_truncate before truncate on audit_entry
  for each statement execute function refuse_audit_change();

-- Certificates that agents may show. A replaced identity's are deleted, which refuses them.
create table agent_certificate (
  fingerprint bytea primary key check (length(fingerprint) = 32),
  host_id uuid not null,
  issued_at timestamptz not null,
  expires_at timestamptz not null
);
create index agent_certificate_host on agent_certificate (host_id);
