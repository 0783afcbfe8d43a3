-- Secret keys can be replaced: what is sealed names its key, and is sealed again with the newest one beside all other work.

CREATE TABLE secret_keys (
  -- The first bytes of the SHA-256 of the key, as they stand before each sealed value.
  id bytea PRIMARY KEY CHECK (length(id) = 4),
  -- Made with the key, to refuse a process that has another one.
  key_check bytea NOT NULL,
  adopted_at timestamptz NOT NULL DEFAULT now(),
  -- Null: seals what is new.
  replaced_at timestamptz,
  -- From then on nothing was sealed with it any more.
  unused_since timestamptz
);
CREATE UNIQUE INDEX secret_keys_current ON secret_keys ((true)) WHERE replaced_at IS NULL;

-- Null until a process of this version has started.
ALTER TABLE installation ADD COLUMN secret_key_id bytea REFERENCES secret_keys;

-- For whoever commits something sealed: the key that it answers stays current to the end of the transaction, so that
-- nothing sealed with a key comes after that key was replaced. An advisory lock, because it waits its turn: rows that
-- others share again and again are never free. The key is read by a statement of its own, after the lock.
CREATE FUNCTION hold_secret_key() RETURNS bytea LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(7310462985);
  RETURN (SELECT secret_key_id FROM installation);
END $$;

-- For whoever replaces it.
CREATE FUNCTION lock_secret_key() RETURNS void LANGUAGE sql AS 'SELECT pg_advisory_xact_lock(7310462985)';

-- How far sealing again with a key has come; one row for each key that replaced another.
CREATE TABLE resealings (
  to_key_id bytea PRIMARY KEY REFERENCES secret_keys,
  -- The table that is being gone through, and the id of its last row that was looked at.
  place text NOT NULL,
  after_id text,
  looked_at_count bigint NOT NULL DEFAULT 0,
  resealed_count bigint NOT NULL DEFAULT 0,
  started_at timestamptz NOT NULL DEFAULT now(),
  finished_at timestamptz
);

-- Null: written before keys could be replaced.
ALTER TABLE spooled_manifests ADD COLUMN secret_key_id bytea;
