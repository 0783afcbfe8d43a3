-- Which items die in a minute: counted by blocks of neighbouring ids, so that a list by expiry reads these blocks alone.
-- Units of one manifest that are neighbours share minute and block, so a million items make some thousand rows. No index
-- on items has the expiry: a renewal changes it, and would then have to write all indexes anew.

CREATE TABLE folder_expiry_blocks (
  folder_id uuid NOT NULL REFERENCES folders ON DELETE CASCADE,
  -- As in folder_expiry_counts; infinity: the URL is signed and does not say when it dies.
  expired_by timestamptz NOT NULL,
  -- The first 15 bytes of the ids.
  block bytea NOT NULL,
  items_count integer NOT NULL,
  PRIMARY KEY (folder_id, expired_by, block)
);

-- Null: there is nothing that dies.
CREATE FUNCTION counted_expiry(expires_at timestamptz, certainty text) RETURNS timestamptz LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN CASE WHEN expires_at IS NOT NULL THEN end_of_minute(expires_at) WHEN certainty IS NOT NULL THEN 'infinity'::timestamptz END;

CREATE FUNCTION id_block(id uuid) RETURNS bytea LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN substring(uuid_send(id) FROM 1 FOR 15);

INSERT INTO folder_expiry_blocks (folder_id, expired_by, block, items_count)
  SELECT folder_id, counted_expiry(expires_at, expiry_certainty), id_block(id), count(*) FROM items
  WHERE expires_at IS NOT NULL OR expiry_certainty IS NOT NULL GROUP BY 1, 2, 3;

-- Both tables in one pass over the rows of a statement.
CREATE OR REPLACE FUNCTION count_expiries_inserted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  WITH changed AS MATERIALIZED (
    SELECT folder_id, counted_expiry(expires_at, expiry_certainty) AS expired_by, id_block(id) AS block, count(*) AS n
    FROM added WHERE expires_at IS NOT NULL OR expiry_certainty IS NOT NULL GROUP BY 1, 2, 3),
  counted AS (
    INSERT INTO folder_expiry_counts AS c (folder_id, expired_by, items_count)
      SELECT folder_id, expired_by, sum(n) FROM changed WHERE expired_by < 'infinity' GROUP BY 1, 2 ORDER BY 1, 2
      ON CONFLICT (folder_id, expired_by) DO UPDATE SET items_count = c.items_count + excluded.items_count)
  INSERT INTO folder_expiry_blocks AS b (folder_id, expired_by, block, items_count)
    SELECT folder_id, expired_by, block, n FROM changed ORDER BY 1, 2, 3
    ON CONFLICT (folder_id, expired_by, block) DO UPDATE SET items_count = b.items_count + excluded.items_count;
  RETURN NULL;
END $$;

-- A block that is empty is looked up by its key, whatever the plan that is kept was made for.
CREATE FUNCTION drop_empty_expiry_blocks(folder_ids uuid[], minutes timestamptz[], blocks bytea[]) RETURNS void LANGUAGE sql
  SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET jit = off AS $$
    DELETE FROM folder_expiry_blocks b USING (SELECT DISTINCT * FROM unnest(folder_ids, minutes, blocks) AS t (folder_id, expired_by, block)) touched
      WHERE b.folder_id = touched.folder_id AND b.expired_by = touched.expired_by AND b.block = touched.block AND b.items_count = 0
  $$;

CREATE OR REPLACE FUNCTION count_expiries_deleted() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  folder_ids uuid[];
  minutes timestamptz[];
  blocks bytea[];
BEGIN
  WITH changed AS MATERIALIZED (
    SELECT folder_id, counted_expiry(expires_at, expiry_certainty) AS expired_by, id_block(id) AS block, count(*) AS n
    FROM removed WHERE expires_at IS NOT NULL OR expiry_certainty IS NOT NULL GROUP BY 1, 2, 3),
  counted AS (
    INSERT INTO folder_expiry_counts AS c (folder_id, expired_by, items_count)
      SELECT folder_id, expired_by, -sum(n) FROM changed WHERE expired_by < 'infinity' GROUP BY 1, 2 ORDER BY 1, 2
      ON CONFLICT (folder_id, expired_by) DO UPDATE SET items_count = c.items_count + excluded.items_count),
  placed AS (
    INSERT INTO folder_expiry_blocks AS b (folder_id, expired_by, block, items_count)
      SELECT folder_id, expired_by, block, -n FROM changed ORDER BY 1, 2, 3
      ON CONFLICT (folder_id, expired_by, block) DO UPDATE SET items_count = b.items_count + excluded.items_count
      RETURNING b.folder_id, b.expired_by, b.block, b.items_count)
  SELECT array_agg(placed.folder_id), array_agg(placed.expired_by), array_agg(placed.block) INTO folder_ids, minutes, blocks
    FROM placed WHERE placed.items_count = 0;
  IF blocks IS NOT NULL THEN
    PERFORM drop_empty_expiry_blocks(folder_ids, minutes, blocks);
    DELETE FROM folder_expiry_counts WHERE items_count = 0 AND folder_id = ANY (folder_ids);
  END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION count_expiries_updated() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  folder_ids uuid[];
  minutes timestamptz[];
  blocks bytea[];
BEGIN
  WITH changed AS MATERIALIZED (
    SELECT folder_id, expired_by, block, sum(n) AS n FROM (
      SELECT folder_id, counted_expiry(expires_at, expiry_certainty) AS expired_by, id_block(id) AS block, 1 AS n
      FROM added WHERE expires_at IS NOT NULL OR expiry_certainty IS NOT NULL
      UNION ALL SELECT folder_id, counted_expiry(expires_at, expiry_certainty), id_block(id), -1
      FROM removed WHERE expires_at IS NOT NULL OR expiry_certainty IS NOT NULL) changes
    GROUP BY 1, 2, 3 HAVING sum(n) <> 0),
  counted AS (
    INSERT INTO folder_expiry_counts AS c (folder_id, expired_by, items_count)
      SELECT folder_id, expired_by, sum(n) FROM changed WHERE expired_by < 'infinity' GROUP BY 1, 2 HAVING sum(n) <> 0 ORDER BY 1, 2
      ON CONFLICT (folder_id, expired_by) DO UPDATE SET items_count = c.items_count + excluded.items_count),
  placed AS (
    INSERT INTO folder_expiry_blocks AS b (folder_id, expired_by, block, items_count)
      SELECT folder_id, expired_by, block, n FROM changed ORDER BY 1, 2, 3
      ON CONFLICT (folder_id, expired_by, block) DO UPDATE SET items_count = b.items_count + excluded.items_count
      RETURNING b.folder_id, b.expired_by, b.block, b.items_count)
  SELECT array_agg(placed.folder_id), array_agg(placed.expired_by), array_agg(placed.block) INTO folder_ids, minutes, blocks
    FROM placed WHERE placed.items_count = 0;
  IF blocks IS NOT NULL THEN
    PERFORM drop_empty_expiry_blocks(folder_ids, minutes, blocks);
    DELETE FROM folder_expiry_counts WHERE items_count = 0 AND folder_id = ANY (folder_ids);
  END IF;
  RETURN NULL;
END $$;
