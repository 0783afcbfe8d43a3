-- The audit log: append-only, and sealed into a chain of hashes that shows a changed, removed or inserted entry.

-- Who is gone stays in the log.
ALTER TABLE audit_log DROP CONSTRAINT audit_log_user_id_fkey;
-- When the entry was written, however long its transaction takes.
ALTER TABLE audit_log ALTER COLUMN at SET DEFAULT clock_timestamp();
CREATE INDEX audit_log_user ON audit_log (user_id, id);
CREATE INDEX audit_log_action ON audit_log (action, id);
-- The items of entries that are about several.
CREATE INDEX audit_log_items ON audit_log USING gin ((details -> 'itemUuids') jsonb_path_ops) WHERE details ? 'itemUuids';

-- Entries that are not in the chain yet. Writers only add to it, so none waits for another.
CREATE TABLE audit_unsealed (entry_id uuid PRIMARY KEY);

CREATE TABLE audit_chain (
  -- From 1, without gaps.
  position bigint PRIMARY KEY CHECK (position > 0),
  entry_id uuid NOT NULL UNIQUE,
  -- All entries that were committed before were in the chain when this one was sealed.
  sealed_through timestamptz NOT NULL,
  -- Of the hash before it and the entry.
  hash bytea NOT NULL CHECK (length(hash) = 32)
);

-- Where the chain begins once its oldest entries are removed: the position and hash of the last one that was.
CREATE TABLE audit_checkpoints (
  position bigint PRIMARY KEY,
  hash bytea NOT NULL CHECK (length(hash) = 32),
  removed_at timestamptz NOT NULL DEFAULT now()
);

INSERT INTO audit_unsealed SELECT id FROM audit_log;

CREATE FUNCTION queue_audit_entries() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO audit_unsealed SELECT id FROM added;
  RETURN NULL;
END $$;
CREATE TRIGGER audit_log_inserted AFTER INSERT ON audit_log REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION queue_audit_entries();

-- Retention alone removes, and says so in its transaction.
CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND current_setting('latchkey.audit_retention', true) = 'on' THEN
    RETURN NULL;
  END IF;
  RAISE EXCEPTION 'The audit log is append-only: % of % is refused.', TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER audit_log_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_log
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();
CREATE TRIGGER audit_chain_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_chain
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();
CREATE TRIGGER audit_checkpoints_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_checkpoints
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();
