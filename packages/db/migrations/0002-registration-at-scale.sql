--! breaking
-- Items are written and listed by the million: their references are checked a statement at a time instead of a row
-- at a time, and their keys let a page of one type be read as fast as a page of all.

DROP INDEX items_by_name;
ALTER TABLE items
  DROP CONSTRAINT items_folder_id_fkey,
  DROP CONSTRAINT items_integration_id_fkey,
  DROP CONSTRAINT items_created_by_fkey,
  DROP CONSTRAINT items_pkey,
  ADD PRIMARY KEY (folder_id, type, id);
CREATE INDEX items_by_name ON items (folder_id, type, name, id);
-- Not on folder_id itself: with statistics from before a large import, the planner would rather read the whole folder.
DROP INDEX items_by_identity;
CREATE INDEX items_by_identity ON items (uuid_send(folder_id), identity_hash);
-- Names sort by code point; the database's own collation folds the case of every letter. What waits in the pending
-- list is searched one by one: 8 MiB is the most that a search may have to read.
CREATE INDEX items_by_trigram ON items USING gin (name COLLATE "default" gin_trgm_ops) WITH (gin_pending_list_limit = 8192);
-- Some of the items whose names are like the pattern, at the most so many; all, if they are fewer. The estimate for a
-- pattern is far off without statistics, and then reads the whole table: here the index is the only way.
CREATE FUNCTION items_named_like(pattern text, most integer)
  RETURNS TABLE (folder_id uuid, type text, id uuid, name text) LANGUAGE sql STABLE ROWS 1000
  SET enable_seqscan = off SET enable_indexonlyscan = off SET jit = off
  AS 'SELECT i.folder_id, i.type, i.id, i.name FROM items i WHERE i.name COLLATE "default" ILIKE pattern LIMIT most';

-- What a foreign key does for each row, for all rows of a statement at once.
CREATE FUNCTION check_item_references(folder_ids uuid[], integration_ids uuid[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  found integer;
BEGIN
  SELECT count(*) INTO found FROM (SELECT 1 FROM folders WHERE id = ANY (folder_ids) ORDER BY id FOR KEY SHARE) locked;
  IF found < coalesce(cardinality(folder_ids), 0) THEN
    RAISE foreign_key_violation USING MESSAGE = 'An item is in a folder that does not exist.', CONSTRAINT = 'items_folder';
  END IF;
  SELECT count(*) INTO found FROM (SELECT 1 FROM integrations WHERE id = ANY (integration_ids) ORDER BY id FOR KEY SHARE) locked;
  IF found < coalesce(cardinality(integration_ids), 0) THEN
    RAISE foreign_key_violation USING MESSAGE = 'An item is of an integration that does not exist.', CONSTRAINT = 'items_integration';
  END IF;
END $$;

CREATE FUNCTION check_items_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM check_item_references(array_agg(DISTINCT folder_id), array_agg(DISTINCT integration_id) FILTER (WHERE integration_id IS NOT NULL))
    FROM added;
  RETURN NULL;
END $$;
-- Triggers fire in the order of their names: these before the ones that count.
CREATE TRIGGER items_checked_inserted AFTER INSERT ON items REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION check_items_added();
CREATE TRIGGER items_checked_updated AFTER UPDATE ON items REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION check_items_added();

CREATE FUNCTION keep_folder_of_items() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM items WHERE folder_id = OLD.id) THEN
    RAISE foreign_key_violation USING MESSAGE = 'The folder has items.', CONSTRAINT = 'items_folder';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER folders_deleted AFTER DELETE ON folders FOR EACH ROW EXECUTE FUNCTION keep_folder_of_items();

CREATE FUNCTION release_items_of_integration() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE items SET integration_id = NULL WHERE integration_id = OLD.id;
  RETURN NULL;
END $$;
CREATE TRIGGER integrations_deleted AFTER DELETE ON integrations FOR EACH ROW EXECUTE FUNCTION release_items_of_integration();

CREATE FUNCTION keep_user_of_items() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM items WHERE created_by = OLD.id) THEN
    RAISE foreign_key_violation USING MESSAGE = 'The user has registered items.', CONSTRAINT = 'items_created_by';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER users_deleted AFTER DELETE ON users FOR EACH ROW EXECUTE FUNCTION keep_user_of_items();

-- The id of an item is that of its job with the last 32 bits replaced by the unit's position, and each part keeps one
-- byte a unit: what became of a unit needs no row of its own.
DROP TABLE upload_job_items;
ALTER TABLE upload_job_parts
  -- Null: each line of the part names its own.
  ALTER COLUMN kind DROP NOT NULL,
  -- One byte a unit: 0 none yet, 1 created, 2 skipped, 3 renewed, 4 error.
  ADD COLUMN outcomes bytea,
  -- Attempts that ended with an error; an attempt whose process died is no failure of the part.
  ADD COLUMN failures integer NOT NULL DEFAULT 0,
  -- Of the skipped and the renewed units, in their order.
  ADD COLUMN known_item_ids uuid[],
  ADD COLUMN units_created integer NOT NULL DEFAULT 0,
  ADD COLUMN units_skipped integer NOT NULL DEFAULT 0,
  ADD COLUMN units_renewed integer NOT NULL DEFAULT 0,
  ADD COLUMN units_error integer NOT NULL DEFAULT 0;
CREATE INDEX upload_job_parts_position ON upload_job_parts (job_id, first_position);

ALTER TABLE unit_errors ALTER COLUMN kind DROP NOT NULL;

ALTER TABLE upload_jobs
  ADD COLUMN format text NOT NULL DEFAULT 'json' CHECK (format IN ('json', 'ndjson')),
  ADD COLUMN started_at timestamptz,
  -- What the first pass of an all-or-nothing job has read.
  ADD COLUMN units_checked bigint NOT NULL DEFAULT 0,
  ADD COLUMN idempotency_key text,
  -- SHA-256 of the body as it came over the wire.
  ADD COLUMN content_hash bytea CHECK (length(content_hash) = 32);
CREATE UNIQUE INDEX upload_jobs_idempotency ON upload_jobs (created_by, idempotency_key) WHERE idempotency_key IS NOT NULL;
CREATE INDEX upload_jobs_finished ON upload_jobs (finished_at) WHERE status <> 'PENDING';
CREATE INDEX upload_jobs_spooled ON upload_jobs (finished_at) WHERE status <> 'PENDING' AND spool_key IS NOT NULL;

-- Every manifest in the spool, from before its first byte is written until it is removed: so that one whose upload
-- broke off is found without a list of the spool.
CREATE TABLE spooled_manifests (
  spool_key text PRIMARY KEY,
  created_at timestamptz NOT NULL DEFAULT now()
);
INSERT INTO spooled_manifests (spool_key) SELECT spool_key FROM upload_jobs WHERE spool_key IS NOT NULL;

-- What all processes of an installation share. One row.
CREATE TABLE installation (
  is_only boolean PRIMARY KEY DEFAULT true CHECK (is_only),
  -- Made with the secret key, to refuse a process that has another one.
  key_check bytea NOT NULL,
  -- Key of a spooled object, to refuse a process that has another spool.
  spool_marker text NOT NULL
);
