-- When the object URLs of a folder die: counted by the minute, so that badges and summaries scan no items, and a list of
-- expired items reads no folder that has none.

ALTER TABLE upload_jobs ADD COLUMN allow_expired_urls boolean NOT NULL DEFAULT true;
-- Jobs that were started before go on under the rule of then.
ALTER TABLE upload_jobs ALTER COLUMN allow_expired_urls SET DEFAULT false;

-- Items that expire at no known moment are not counted. Rows whose count falls to 0 are deleted.
CREATE TABLE folder_expiry_counts (
  folder_id uuid NOT NULL REFERENCES folders ON DELETE CASCADE,
  -- The end of the minute: by then all of them are dead.
  expired_by timestamptz NOT NULL,
  items_count bigint NOT NULL,
  PRIMARY KEY (folder_id, expired_by)
);

CREATE FUNCTION end_of_minute(moment timestamptz) RETURNS timestamptz LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN date_bin('1 minute', moment + '59.999999 seconds', '2000-01-01T00:00:00Z');

-- Triggers fire in the order of their names: these behind the ones that count by type, whose rows they would else lock
-- in another order.
CREATE FUNCTION count_expiries_inserted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO folder_expiry_counts AS c (folder_id, expired_by, items_count)
    SELECT folder_id, end_of_minute(expires_at), count(*) FROM added WHERE expires_at IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2
    ON CONFLICT (folder_id, expired_by) DO UPDATE SET items_count = c.items_count + excluded.items_count;
  RETURN NULL;
END $$;

CREATE FUNCTION count_expiries_deleted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO folder_expiry_counts AS c (folder_id, expired_by, items_count)
    SELECT folder_id, end_of_minute(expires_at), -count(*) FROM removed WHERE expires_at IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2
    ON CONFLICT (folder_id, expired_by) DO UPDATE SET items_count = c.items_count + excluded.items_count;
  IF FOUND THEN
    DELETE FROM folder_expiry_counts WHERE items_count = 0 AND folder_id = ANY (ARRAY(SELECT folder_id FROM removed));
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION count_expiries_updated() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO folder_expiry_counts AS c (folder_id, expired_by, items_count)
    SELECT folder_id, expired_by, sum(n) FROM (
      SELECT folder_id, end_of_minute(expires_at) AS expired_by, 1 AS n FROM added WHERE expires_at IS NOT NULL
      UNION ALL SELECT folder_id, end_of_minute(expires_at), -1 FROM removed WHERE expires_at IS NOT NULL) changes
    GROUP BY 1, 2 HAVING sum(n) <> 0 ORDER BY 1, 2
    ON CONFLICT (folder_id, expired_by) DO UPDATE SET items_count = c.items_count + excluded.items_count;
  IF FOUND THEN
    DELETE FROM folder_expiry_counts WHERE items_count = 0 AND folder_id = ANY (ARRAY(SELECT folder_id FROM removed));
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER items_inserted_expiry AFTER INSERT ON items REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION count_expiries_inserted();
CREATE TRIGGER items_removed_expiry AFTER DELETE ON items REFERENCING OLD TABLE AS removed
  FOR EACH STATEMENT EXECUTE FUNCTION count_expiries_deleted();
CREATE TRIGGER items_updated_expiry AFTER UPDATE ON items REFERENCING OLD TABLE AS removed NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION count_expiries_updated();

INSERT INTO folder_expiry_counts (folder_id, expired_by, items_count)
  SELECT folder_id, end_of_minute(expires_at), count(*) FROM items WHERE expires_at IS NOT NULL GROUP BY 1, 2;
